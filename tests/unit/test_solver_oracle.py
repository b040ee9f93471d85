"""The solver on the worked instance: twelve candidates, three claims, forty-eight texts, all known."""

import attrs
import numpy as np
import pytest

from tearline.errors import InvariantError
from tearline.exposure.worlds import LogMass, World
from tearline.tearlines import Block, Option, Problem, frontier, solve

KNOWERS = (
    ({*range(1, 11)}, {1, 2, 3, 4, 5}, {1, 2}),
    ({*range(1, 10)}, {1, 2, 3, 4, 6, 7}, {1, 6}),
    ({1, 2, 3, 4, 5, 8, 9, 10}, {1, 3, 4, 8}),
)
VALUES = ((3, 8, 12), (2, 6, 10), (4, 9))
LITTLE = 0.01


def worked(limit: float) -> Problem:
    """Candidates 1 to 12 with equal priors and no innocent explanation; option 0 says nothing."""
    blocks, rows = [], []
    for known, values in zip(KNOWERS, VALUES, strict=True):
        most = len(values)
        options = [Option(value=0, key=(most,)), *(Option(value=v, key=(most - 1 - i,)) for i, v in enumerate(values))]
        blocks.append(Block(options=tuple(options)))
        log = np.log([[1.0] * 12, *([1.0 if person in who else LITTLE for person in range(1, 13)] for who in known)])
        rows.append(LogMass(lo=log, mid=log, hi=log))
    prior = np.full(12, -np.log(12))
    world = World(
        count=np.ones(12, dtype=np.int64),
        person=np.ones(12, dtype=np.bool_),
        base=LogMass(lo=prior, mid=prior, hi=prior),
        blocks=tuple(rows),
        limit=np.full(12, limit),
        crossed=np.zeros(12, dtype=np.bool_),
    )
    return Problem(blocks=tuple(blocks), worlds=(world,))


@pytest.mark.parametrize(
    ("limit", "value", "levels", "exposure"),
    [
        (0.125, 7, (1, 0, 1), 0.124685),
        (0.20, 14, (2, 1, 1), 0.199191),
        (0.25, 18, (2, 2, 1), 0.249345),
        (0.34, 23, (2, 2, 2), 0.332181),
        (0.50, 23, (2, 2, 2), 0.332181),
        (1.0, 31, (3, 3, 2), 0.999494),
    ],
)
def test_the_best_text_at_each_limit(limit: float, value: int, levels: tuple[int, ...], exposure: float) -> None:
    found = solve(worked(limit))

    assert (found.value, found.options) == (value, levels)
    assert found.load * limit == pytest.approx(exposure, abs=5e-7)
    assert found.proved
    assert found.canonical
    assert found.upper_bound == value


def test_the_whole_frontier() -> None:
    points = frontier(worked(1.0))

    assert [(p.value, round(p.load, 6)) for p in points] == [
        (0, 0.083333),
        (3, 0.099800),
        (5, 0.110985),
        (7, 0.124685),
        (9, 0.142247),
        (10, 0.198401),
        (12, 0.198791),
        (14, 0.199191),
        (18, 0.249345),
        (19, 0.330000),
        (23, 0.332181),
        (27, 0.970586),
        (31, 0.999494),
    ]
    assert all(p.proved for p in points)


def test_below_the_prior_nothing_is_inside() -> None:
    found = solve(worked(0.08))

    assert found.options is None
    assert found.proved


def test_a_search_cut_short_still_bounds_what_a_better_text_could_be_worth() -> None:
    found = solve(worked(0.25), nodes=0)

    assert not found.proved
    assert found.upper_bound >= 18 >= found.value


def test_whoever_waits_may_stop_the_search() -> None:
    assert not solve(worked(0.25), stop=lambda: True).proved


def test_whoever_waits_is_told() -> None:
    told: list[tuple[int, int | None, int]] = []

    solve(worked(0.25), progress=lambda *news: told.append(news))

    assert told
    assert all(best is None or best <= bound for _, best, bound in told)


def test_without_anything_to_choose_there_is_the_empty_text() -> None:
    assert solve(Problem(blocks=(), worlds=())).options == ()


def test_a_zero_likelihood_is_refused() -> None:
    world = worked(0.2).worlds[0]
    gone = np.where(np.arange(12) == 3, -np.inf, world.blocks[0].lo)

    with pytest.raises(InvariantError, match="likelihood is zero"):
        attrs.evolve(
            worked(0.2), worlds=(attrs.evolve(world, blocks=(LogMass(lo=gone, mid=gone, hi=gone), *world.blocks[1:])),)
        )
