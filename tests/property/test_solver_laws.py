"""The solver against every text there is, and its laws."""

from collections.abc import Callable
from importlib import import_module
from random import Random
from unittest.mock import patch

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.all_tearlines import best_text, every_point, every_text, some_problem, ten_digits
from tearline.exposure.envelope import Floats, Ints
from tearline.exposure.worlds import TOLERANCE, Belief, LogMass, World, measure
from tearline.tearlines import Problem, bounds, frontier, joins, lightest, solve
from tearline.tearlines.frontier import CLOSE

SEEDS = range(0, 640, 40)

SEARCH = import_module("tearline.tearlines.solve")  # the package gives that name to the function

problems = st.builds(some_problem, st.integers(0, 2**32), monotone=st.booleans())


@pytest.mark.parametrize("first", SEEDS)
def test_brute_force_agrees_on_forty_instances_half_of_them_not_monotone(first: int) -> None:
    for seed in range(first, first + 40):
        problem = some_problem(seed, monotone=seed % 2 == 0)

        found = solve(problem)

        expected = best_text(problem)
        if expected is None:
            assert found.options is None
        else:
            assert (found.value, ten_digits(found.load), found.options) == expected
        assert found.proved
        assert found.canonical


@given(problems, st.sampled_from([0, 4, 12]), st.sampled_from([0, 1]), st.sampled_from([0.01, 0.3]), st.integers(1, 3))
def test_no_answer_depends_on_how_much_is_listed_compared_kept_or_exchanged(
    problem: Problem, joined: int, ties: int, dust: float, closely: int
) -> None:
    with (
        patch.object(bounds, "JOINED_ROWS", joined),
        patch.object(bounds, "CLOSELY", closely),
        patch.object(bounds, "PANEL_BYTES", 0),
        patch.object(joins, "DUST", dust),
        patch.object(SEARCH, "FEW_TIES", ties),
        patch.object(SEARCH, "PATIENT", closely),
        patch.object(SEARCH, "FREED", (1, 2)),
    ):
        found = solve(problem)

    assert attrs.evolve(found, nodes=0) == attrs.evolve(solve(problem), nodes=0)


@given(problems, st.sampled_from([5.0, 20.0, 60.0]))
def test_likelihoods_far_beyond_single_precision_lose_no_text(problem: Problem, steeper: float) -> None:
    worlds = tuple(
        attrs.evolve(w, blocks=tuple(_each_edge(b, lambda edge: edge * steeper) for b in w.blocks))
        for w in problem.worlds
    )
    extreme = attrs.evolve(problem, worlds=worlds)

    found = solve(extreme, load_limit=2.0)

    expected = best_text(extreme, 2.0)
    assert (found.value, found.options) == ((expected[0], expected[2]) if expected else (0, None))


@given(problems)
def test_the_frontier_is_every_text_that_none_beats(problem: Problem) -> None:
    points = frontier(problem)

    assert [(p.value, ten_digits(p.load)) for p in points] == every_point(problem)


@given(problems, st.integers(1, 12))
def test_the_lightest_useful_text_passes_no_belief_by_more_than_it_must(problem: Problem, least: int) -> None:
    worlds = tuple(attrs.evolve(w, newly=int(w.count.sum()), crowd=0) for w in problem.worlds)
    uncounted = attrs.evolve(problem, worlds=worlds)
    useful = {options: load for value, load, _, options in every_text(uncounted) if value >= least}

    found = lightest(uncounted, least)

    if found is None:
        assert not useful
    else:
        assert useful[found] <= max(min(useful.values()) * CLOSE, 1) * (1 + 1e-9)


@given(problems, st.integers(1, 12))
def test_no_exchange_of_one_option_makes_a_warning_pass_less(problem: Problem, least: int) -> None:
    found = lightest(problem, least)

    if found is not None:
        for block, choice in enumerate(problem.blocks):
            for other in range(len(choice.options)):
                text = (*found[:block], other, *found[block + 1 :])
                assert problem.value(text) < least or passed(problem, text) >= passed(problem, found)


def passed(problem: Problem, text: tuple[int, ...]) -> list[float]:
    """Loads beyond their limits, the largest first."""
    loads = [r.load for w in problem.worlds for r in measure(w, w.mass(text)) if r.load > 1 + TOLERANCE]
    return sorted(map(ten_digits, loads), reverse=True)


@given(problems, st.integers(0, 6))
def test_the_bound_is_never_below_the_best(problem: Problem, nodes: int) -> None:
    found = solve(problem, nodes=nodes)

    best = best_text(problem)
    assert found.upper_bound >= (best[0] if best else 0) >= found.value
    assert not found.proved or found.upper_bound == found.value


@given(problems, st.floats(1.0, 3.0))
def test_wider_limits_never_lower_the_optimum(problem: Problem, wider: float) -> None:
    before, after = solve(problem), solve(problem, load_limit=wider)

    assert before.options is None or after.value >= before.value


@given(problems, st.data())
def test_removing_an_option_never_raises_the_optimum(drawn: Problem, data: st.DataObject) -> None:
    problem = attrs.evolve(drawn, whole=())  # those of the slow twin go by the place of an option
    which = data.draw(st.integers(0, len(problem.blocks) - 1))
    gone = data.draw(st.integers(1, len(problem.blocks[which].options) - 1))
    fewer = _without(problem, which, gone)

    before, after = solve(problem), solve(fewer)

    assert after.options is None or (before.options is not None and after.value <= before.value)


@given(problems, st.integers(2, 9))
def test_scaling_all_values_scales_the_optimum_and_keeps_the_text(problem: Problem, factor: int) -> None:
    blocks = tuple(
        attrs.evolve(b, options=tuple(attrs.evolve(o, value=o.value * factor) for o in b.options))
        for b in problem.blocks
    )

    before, after = solve(problem), solve(attrs.evolve(problem, blocks=blocks))

    assert (after.value, after.options) == (before.value * factor, before.options)


@given(problems, st.randoms(use_true_random=False))
def test_the_order_of_candidates_and_worlds_changes_no_digit(problem: Problem, random: Random) -> None:
    shuffled = list(problem.worlds)
    random.shuffle(shuffled)
    turned = tuple(_reordered(world, random) for world in shuffled)

    assert solve(attrs.evolve(problem, worlds=turned)) == solve(problem)


@given(problems)
def test_a_claim_that_says_the_same_of_everybody_changes_nothing(problem: Problem) -> None:
    worlds = tuple(
        attrs.evolve(w, base=LogMass(lo=w.base.lo - 1, mid=w.base.mid - 1, hi=w.base.hi - 1)) for w in problem.worlds
    )

    before, after = solve(problem), solve(attrs.evolve(problem, worlds=worlds))

    assert (after.options, after.value) == (before.options, before.value)


@given(problems)
def test_one_more_innocent_explanation_never_lowers_the_optimum_where_only_persons_are_limited(
    problem: Problem,
) -> None:
    alone = attrs.evolve(problem, worlds=tuple(attrs.evolve(w, beliefs=()) for w in problem.worlds))
    more = attrs.evolve(alone, worlds=tuple(map(_with_innocent, alone.worlds)))

    before, after = solve(alone), solve(more)

    assert before.options is None or (after.options is not None and after.value >= before.value)


def _each_edge(mass: LogMass, change: Callable[[Floats], Floats]) -> LogMass:
    return LogMass(lo=change(mass.lo), mid=change(mass.mid), hi=change(mass.hi))


def _without(problem: Problem, which: int, gone: int) -> Problem:
    def fewer(options: tuple[object, ...]) -> tuple[object, ...]:
        return options[:gone] + options[gone + 1 :]

    blocks = tuple(attrs.evolve(b, options=fewer(b.options)) if i == which else b for i, b in enumerate(problem.blocks))
    worlds = tuple(
        attrs.evolve(
            w,
            blocks=tuple(
                _each_edge(m, lambda edge: np.delete(edge, gone, axis=0)) if i == which else m
                for i, m in enumerate(w.blocks)
            ),
        )
        for w in problem.worlds
    )
    return Problem(blocks=blocks, worlds=worlds)


def _reordered(world: World, random: Random) -> World:
    order = list(range(len(world.count)))
    random.shuffle(order)
    at: Ints = np.array(order)

    def mass(m: LogMass) -> LogMass:
        return _each_edge(m, lambda edge: edge[..., at])

    def belief(b: Belief) -> Belief:
        return attrs.evolve(b, weight=b.weight[at])

    return attrs.evolve(
        world,
        count=world.count[at],
        person=world.person[at],
        limit=world.limit[at],
        crossed=world.crossed[at],
        base=mass(world.base),
        blocks=tuple(map(mass, world.blocks)),
        beliefs=tuple(map(belief, world.beliefs)),
    )


def _with_innocent(world: World) -> World:
    def mass(m: LogMass) -> LogMass:
        return _each_edge(m, lambda edge: np.concatenate([edge, np.zeros((*edge.shape[:-1], 1))], axis=-1))

    return attrs.evolve(
        world,
        count=np.append(world.count, 1),
        person=np.append(world.person, False),
        limit=np.append(world.limit, np.inf),
        crossed=np.append(world.crossed, False),
        base=mass(world.base),
        blocks=tuple(map(mass, world.blocks)),
    )
