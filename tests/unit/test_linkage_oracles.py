"""One source or several: worked numbers, the largest size, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from tearline.errors import InvariantError
from tearline.exposure.envelope import suspects_upper
from tearline.exposure.linkage import MOST_PIECES, Mixture, coverings
from tearline.exposure.worlds import LogMass


def points(rows: list[list[float]]) -> LogMass:
    logs = np.log(np.array(rows))
    return LogMass(lo=logs, mid=logs, hi=logs)


def four_origins(concentration: float) -> Mixture:
    """Three claims; the first of four equally likely origins knew all, each other one its own claim only."""
    rows = [[1, 1, 0.01, 0.01], [1, 0.01, 1, 0.01], [1, 0.01, 0.01, 1]]
    return Mixture(
        prior=np.full(4, 0.25), count=np.ones(4, dtype=np.int64), pieces=points(rows), concentration=concentration
    )


FIRST = np.eye(4)[:1]


@pytest.mark.parametrize(
    ("concentration", "any_of_it", "each"),
    [
        (1e-9, 0.999700, 0.999700),  # one source: 1 / (1 + 3e-4)
        (0.5, 0.991431, 0.929071),
        (1.0, 0.979735, 0.866751),
        (1e9, 0.871250, 0.495050),  # every claim its own: 1 / 2.02 each
    ],
)
def test_the_more_sources_are_imagined_the_less_one_is_behind_all(
    concentration: float, any_of_it: float, each: float
) -> None:
    mixture = four_origins(concentration)

    assert mixture.beliefs(FIRST) == pytest.approx([any_of_it], abs=5e-7)
    assert mixture.behind_each(FIRST)[0] == pytest.approx([each] * 3, abs=5e-7)
    assert mixture.uppers(FIRST) == pytest.approx([any_of_it], abs=5e-7)  # no width: the bound is exact


def test_three_pieces_are_together_and_apart_as_the_process_says() -> None:
    weights = np.array([[0.0], [1.0], [1.0], [1.0], [1.0], [1.0], [1.0], [2.0]])  # (|B| - 1)! at concentration 1

    total = coverings(weights)[-1, 0]

    assert total == 6
    assert weights[7, 0] / total == pytest.approx(1 / 3)
    assert 1 / total == pytest.approx(1 / 6)  # all apart; and each pair with the third apart


def test_members_of_a_group_are_sources_of_their_own() -> None:
    whole = Mixture(
        prior=np.array([0.6, 0.4]), count=np.array([3, 1]), pieces=points([[0.8, 0.1], [0.4, 0.4]]), concentration=1.0
    )
    apart = Mixture(
        prior=np.array([0.2, 0.2, 0.2, 0.4]),
        count=np.ones(4, dtype=np.int64),
        pieces=points([[0.8, 0.8, 0.8, 0.1], [0.4, 0.4, 0.4, 0.4]]),
        concentration=1.0,
    )

    assert whole.beliefs(np.array([[1 / 3, 0]])) == pytest.approx(apart.beliefs(np.array([[1.0, 0, 0, 0]])))
    assert whole.beliefs(np.array([[1.0, 0]])) == pytest.approx(apart.beliefs(np.array([[1.0, 1, 1, 0]])))


def test_one_piece_has_one_source() -> None:
    lo, hi = np.log([[0.6, 0.2]]), np.log([[0.95, 0.6]])
    prior, count = np.array([0.3, 0.7]), np.array([5, 20])
    mixture = Mixture(prior=prior, count=count, pieces=LogMass(lo=lo, mid=(lo + hi) / 2, hi=hi), concentration=2.0)

    assert mixture.uppers(np.diag(1 / count)) == pytest.approx(
        suspects_upper(count, np.log(prior) + lo[0], np.log(prior) + hi[0])
    )


def test_sixteen_pieces_are_taken_apart_exactly() -> None:
    """All origins alike: the urn gives ``1 - (a/2)(a/2 + 1)... / a(a + 1)...`` for one of two."""
    mixture = Mixture(
        prior=np.array([0.5, 0.5]),
        count=np.ones(2, dtype=np.int64),
        pieces=points([[0.3, 0.3]] * MOST_PIECES),
        concentration=1.0,
    )
    steps = np.arange(MOST_PIECES)

    assert mixture.beliefs(np.eye(2)) == pytest.approx([1 - np.prod((0.5 + steps) / (1 + steps))] * 2)


@pytest.mark.parametrize("pieces", [0, MOST_PIECES + 1])
def test_more_pieces_than_can_be_taken_apart_are_refused(pieces: int) -> None:
    logs = np.zeros((pieces, 1))

    with pytest.raises(InvariantError, match="pieces of evidence"):
        Mixture(
            prior=np.ones(1),
            count=np.ones(1, dtype=np.int64),
            pieces=LogMass(lo=logs, mid=logs, hi=logs),
            concentration=1.0,
        )


def test_a_likelihood_too_small_for_a_number_is_no_error() -> None:
    rows = np.full((3, 2), -900.0)
    rows[:, 0] = -1.0

    mixture = Mixture(
        prior=np.array([0.5, 0.5]),
        count=np.ones(2, dtype=np.int64),
        pieces=LogMass(lo=rows, mid=rows, hi=rows),
        concentration=1.0,
    )

    assert mixture.beliefs(np.eye(2)) == pytest.approx([1.0, 0.0])
    assert mixture.uppers(np.eye(2)) == pytest.approx([1.0, 0.0])
