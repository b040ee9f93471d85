"""Tilts: no bound is below a text that shelters the suspect."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.exposure.envelope import Floats, Ints
from tearline.tearlines.tilts import LEAST_SLOPE, MOST_SLOPE, Tilting

ENOUGH = 1 - 1e-5


def some_tilting(seed: int, steep: float) -> Tilting:
    """Two to four parts of two to four rows, ratios from whole to next to nothing."""
    random = np.random.default_rng(seed)
    sizes = random.integers(2, 5, random.integers(2, 5))
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ratio = random.choice([1.0, 0.8, 0.4, 0.01, 1e-30], (int(sizes.sum()), int(random.integers(1, 9)))) ** steep
    peak = np.maximum.reduceat(ratio, firsts, axis=0)
    ratio = np.maximum(ratio / np.repeat(peak, sizes, axis=0), 1e-37).astype(np.float32)
    start = random.choice([1e-3, 0.2, 1.0, 7.0], ratio.shape[1])
    value = random.choice([0.0, 0.0, 1.0, 250_000.0, 1e6, 7e6, -2e5], int(sizes.sum()))
    return Tilting(ratio=ratio, start=start, value=value, firsts=firsts, enough=ENOUGH)


def every_text(tilting: Tilting) -> list[Ints]:
    """One row of every part, in every way."""
    edges = [*tilting.firsts.tolist(), len(tilting.value)]
    return [np.array(rows) for rows in itertools.product(*(range(a, b) for a, b in itertools.pairwise(edges)))]


def sheltered(tilting: Tilting, rows: Ints) -> float:
    products: Floats = tilting.ratio[rows].astype(np.float64).prod(axis=0)
    return float((tilting.start * products).sum())


@given(st.integers(0, 2**32), st.sampled_from([0.3, 1.0, 1.2]), st.floats(LEAST_SLOPE, MOST_SLOPE))
def test_no_slope_bounds_below_a_text_that_shelters_the_suspect(seed: int, steep: float, slope: float) -> None:
    tilting = some_tilting(seed, steep)

    found = tilting.least(slope)

    for rows in every_text(tilting) if found is not None else []:
        if sheltered(tilting, rows) >= 1:
            value = tilting.value[rows].sum()
            assert value <= found.bound + 1e-3
            assert (value <= found.worth[rows] + 1e-3).all()


def test_value_and_shelter_together_bound_more_than_each_alone() -> None:
    """Two claims, a hundred rivals each knows one of them: both may be said exactly, but not together."""
    knows = np.eye(2).repeat(100, axis=1)
    ratio = np.concatenate([np.stack([np.ones(200), np.maximum(knows[i], 1e-6)]) for i in range(2)])
    tilting = Tilting(
        ratio=ratio.astype(np.float32),
        start=np.full(200, 0.02),
        value=np.array([0.0, 1e6, 0.0, 1e6]),
        firsts=np.array([0, 2]),
        enough=ENOUGH,
    )

    found = tilting.least(8.0)

    assert found is not None
    assert sheltered(tilting, np.array([0, 3])) >= 1
    assert 1e6 <= found.bound < 1.6e6
    assert found.bound == pytest.approx(found.worth.max())
