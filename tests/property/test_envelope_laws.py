"""Laws of beliefs over a box: the extremes are those of all its corners, however far apart the masses lie."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.exposure.envelope import Box, belief, lower, upper

LOGS = st.floats(-2_000, 2_000)  # far beyond what one scale can hold
WEIGHTS = st.one_of(st.just(0.0), st.floats(1e-6, 1), st.sampled_from((0.25, 1.0)))
EDGES = st.tuples(LOGS, st.floats(0, 900)).map(lambda edge: (edge[0], edge[0] + edge[1]))
CLASSES = st.lists(st.tuples(WEIGHTS, EDGES), min_size=1, max_size=6)


@given(CLASSES)
def test_the_extremes_are_those_of_all_corners(classes: list[tuple[float, tuple[float, float]]]) -> None:
    weight = np.array([q for q, _ in classes])
    edges = [edge for _, edge in classes]

    corners = [belief(weight, np.array(corner)) for corner in itertools.product(*edges)]

    lo, hi = (np.array(edge) for edge in zip(*edges, strict=True))
    assert upper(weight, lo, hi) == pytest.approx(max(corners), rel=1e-9, abs=1e-200)
    assert lower(weight, lo, hi) == pytest.approx(min(corners), rel=1e-9, abs=1e-200)


@given(CLASSES)
def test_one_box_serves_many_fractions(classes: list[tuple[float, tuple[float, float]]]) -> None:
    weight = np.array([q for q, _ in classes])
    lo, hi = (np.array(edge) for edge in zip(*(edge for _, edge in classes), strict=True))

    box = Box(lo, hi)
    found = [(box.lower(q), box.upper(q)) for q in (weight, weight[::-1], weight)]

    assert found[0] == found[2] == (lower(weight, lo, hi), upper(weight, lo, hi))
    assert all(0 <= low <= high * (1 + 1e-12) <= 1 + 1e-9 for low, high in found)


def test_what_has_no_weight_anywhere_is_never_believed() -> None:
    assert upper(np.zeros(3), np.zeros(3), np.ones(3)) == lower(np.zeros(3), np.zeros(3), np.ones(3)) == 0


def test_a_mass_beyond_the_scale_of_the_largest_still_counts_where_the_largest_is_at_its_lower_edge() -> None:
    weight, lo, hi = np.array([0.5, 1.0]), np.array([-3_000.0, -2_000.0]), np.array([0.0, -1_999.0])

    assert upper(weight, lo, hi) == pytest.approx(1.0)
    assert math.isclose(lower(weight, lo, hi), 0.5)
