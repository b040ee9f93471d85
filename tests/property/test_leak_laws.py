"""Laws of the leak worlds on random graphs, each set against every world in exact fractions."""

import math
import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import leak_enumeration as twin
from tearline.domain import Interval, PartyId, Passage
from tearline.exposure.leak_graph import Edge, LeakGraph
from tearline.exposure.leak_network import End
from tearline.exposure.leak_ways import harris_upper, paths
from tearline.exposure.leaks import Reach, importance, reach, sandwich, views

NODES = [PartyId(name) for name in "abcdefgh"]
READER = NODES[-1]
STARTS = frozenset({NODES[0]})
Box = tuple[PartyId, PartyId, int, int, int]  # giver, to, and the three ends in tenths

ends = st.lists(st.integers(0, 10), min_size=3, max_size=3).map(sorted)


def boxes(edges: int, nodes: int = 8) -> st.SearchStrategy[list[Box]]:
    """Random graphs with parallel edges, loops, certain and impossible edges; few nodes make many ways."""
    among = st.sampled_from([*NODES[: nodes - 1], READER])
    edge = st.builds(lambda giver, to, chance: (giver, to, *chance), among, among, ends)
    return st.lists(edge, max_size=edges)


def sizes(edges: int) -> st.SearchStrategy[list[Box]]:
    return st.integers(3, 8).flatmap(lambda nodes: boxes(edges, nodes))


some_starts = st.frozensets(st.sampled_from(NODES[:4]), min_size=1, max_size=3)
some_packages = st.lists(st.frozensets(st.sampled_from([*NODES[:3], READER]), max_size=3), max_size=4)
bad_masks = st.frozensets(st.integers(0, 15))


@settings(max_examples=60)
@given(box=sizes(12), starts=some_starts)
def test_reachability_is_what_every_world_in_turn_says(box: list[Box], starts: frozenset[PartyId]) -> None:
    found = reach(graph_of(box), starts, READER)

    assert found.exact
    assert found.mid == pytest.approx(float(twin.reach(at(box, End.MID), starts, READER)), abs=1e-12)
    assert found.lo <= found.mid <= found.hi


@settings(max_examples=40)
@given(box=sizes(9))
def test_the_edges_of_the_answer_are_reached_at_the_edges_of_the_box(box: list[Box]) -> None:
    found = reach(graph_of(box), STARTS, READER)

    assert found.lo == pytest.approx(float(twin.reach(at(box, End.LO), STARTS, READER)), abs=1e-12)
    assert found.hi == pytest.approx(float(twin.reach(at(box, End.HI), STARTS, READER)), abs=1e-12)


@given(box=sizes(12), starts=some_starts)
def test_the_sandwich_holds_the_exact_answer(box: list[Box], starts: frozenset[PartyId]) -> None:
    exact = reach(graph_of(box), starts, READER)

    bounds = sandwich(graph_of(box), starts, READER)

    assert bounds.lo <= exact.lo + 1e-12
    assert bounds.hi >= exact.hi - 1e-12
    assert bounds.lo <= bounds.mid <= bounds.hi


@given(box=sizes(12), which=st.integers(0), end=st.integers(0, 10))
def test_raising_a_probability_never_lowers_reachability(box: list[Box], which: int, end: int) -> None:
    raised = [
        (giver, to, *(max(tenth, end) for tenth in tenths))
        if box and number == which % len(box)
        else (giver, to, *tenths)
        for number, (giver, to, *tenths) in enumerate(box)
    ]

    before, after = reach(graph_of(box), STARTS, READER), reach(graph_of(raised), STARTS, READER)

    assert no_lower(before, after)


@given(box=sizes(11), more=boxes(1))
def test_another_edge_never_lowers_reachability(box: list[Box], more: list[Box]) -> None:
    before, after = reach(graph_of(box), STARTS, READER), reach(graph_of(box + more), STARTS, READER)

    assert no_lower(before, after)


@given(box=sizes(12), chance=ends, anybody=st.sampled_from(NODES))
def test_an_edge_on_no_way_to_the_reader_changes_nothing(box: list[Box], chance: list[int], anybody: PartyId) -> None:
    stranger = PartyId("stranger")
    off_path = [(anybody, NODES[0]), (READER, anybody), (anybody, stranger), (PartyId("dead end"), anybody)]

    changed = [reach(graph_of([*box, (*link, *chance)]), STARTS, READER) for link in off_path]

    before = reach(graph_of(box), STARTS, READER)
    assert all(ends_of(after) == pytest.approx(ends_of(before), abs=1e-12) for after in changed)


@given(box=sizes(12), anybody=st.sampled_from(NODES[:-1]))
def test_an_impossible_edge_is_no_edge_and_a_certain_one_hands_it_over(box: list[Box], anybody: PartyId) -> None:
    impossible = reach(graph_of([*box, (NODES[0], anybody, 0, 0, 0)]), STARTS, READER)
    certain = reach(graph_of([*box, (NODES[0], anybody, 10, 10, 10)]), STARTS, READER)

    assert ends_of(impossible) == pytest.approx(ends_of(reach(graph_of(box), STARTS, READER)), abs=1e-12)
    assert ends_of(certain) == pytest.approx(ends_of(reach(graph_of(box), STARTS | {anybody}, READER)), abs=1e-12)


@given(box=sizes(10), link=st.tuples(*[st.sampled_from(NODES)] * 2), first=ends, second=ends)
def test_two_edges_in_series_or_side_by_side_act_as_one(
    box: list[Box], link: tuple[PartyId, PartyId], first: list[int], second: list[int]
) -> None:
    rest, (giver, to), middle = edges_of(box), link, PartyId("middle")
    one, other = interval(first), interval(second)
    both = Interval(one.lo * other.lo, one.mid * other.mid, one.hi * other.hi)
    either = Interval(*(harris_upper((end.of(one), end.of(other))) for end in End))

    series = reach(graph([*rest, edge(giver, middle, one), edge(middle, to, other)]), STARTS, READER)
    side_by_side = reach(graph([*rest, edge(giver, to, one), edge(giver, to, other)]), STARTS, READER)

    assert ends_of(series) == pytest.approx(
        ends_of(reach(graph([*rest, edge(giver, to, both)]), STARTS, READER)), abs=1e-12
    )
    assert ends_of(side_by_side) == pytest.approx(
        ends_of(reach(graph([*rest, edge(giver, to, either)]), STARTS, READER)), abs=1e-12
    )


@given(box=sizes(10), opened=st.sets(st.sampled_from(NODES[:-1])), q=st.integers(0, 10))
def test_a_shock_mixes_the_world_with_its_edges_on_and_the_world_without(
    box: list[Box], opened: set[PartyId], q: int
) -> None:
    """With q = 0 it is the independent model, with q = 1 its edges are contracted."""
    shock = PartyId("shock")
    struck = [(party, shock, 10, 10, 10) for party in opened] + [(shock, READER, q, q, q)]
    penetrated = [(party, READER, 10, 10, 10) for party in opened]

    found = reach(graph_of(box + struck), STARTS, READER).mid

    without = reach(graph_of(box), STARTS, READER).mid
    with_shock = reach(graph_of(box + penetrated), STARTS, READER).mid
    assert found == pytest.approx(q / 10 * with_shock + (1 - q / 10) * without, abs=1e-12)


@settings(max_examples=60)
@given(box=sizes(10), packages=some_packages)
def test_views_are_what_every_world_in_turn_says(box: list[Box], packages: list[frozenset[PartyId]]) -> None:
    found = views(graph_of(box), packages, READER).distribution()

    exact = twin.masks(at(box, End.MID), packages, READER)
    assert {mask for mask, p in exact.items() if p} <= set(found)
    assert all(p == pytest.approx(float(exact.get(mask, 0)), abs=1e-12) for mask, p in found.items())


@given(box=sizes(12), packages=some_packages, end=st.sampled_from(End))
def test_masks_sum_to_one_and_their_margins_are_reachabilities(
    box: list[Box], packages: list[frozenset[PartyId]], end: End
) -> None:
    graph = graph_of(box)

    found = views(graph, packages, READER).distribution(end)

    assert math.fsum(found.values()) == pytest.approx(1, abs=1e-12)
    for number, recipients in enumerate(packages):
        margin = math.fsum(p for mask, p in found.items() if mask >> number & 1)
        assert margin == pytest.approx(getattr(reach(graph, recipients, READER), end.value), abs=1e-12)


@given(box=sizes(12), packages=some_packages)
def test_holding_anything_is_reaching_from_any_recipient(box: list[Box], packages: list[frozenset[PartyId]]) -> None:
    graph = graph_of(box)

    held = views(graph, packages, READER)

    union = reach(graph, frozenset().union(*packages), READER)
    assert held.any_upper == pytest.approx(union.hi, abs=1e-12)
    assert held.worst(lambda mask: mask != 0) == pytest.approx(union.hi, abs=1e-12)


@settings(max_examples=60)
@given(box=sizes(5), packages=some_packages, bad=bad_masks)
def test_the_worst_over_the_box_stands_at_one_of_its_vertices(
    box: list[Box], packages: list[frozenset[PartyId]], bad: frozenset[int]
) -> None:
    found = views(graph_of(box), packages, READER).worst(bad.__contains__)

    corners = [(giver, to, Fraction(lo, 10), Fraction(hi, 10)) for giver, to, lo, _, hi in box]
    assert found == pytest.approx(float(twin.worst(corners, packages, READER, bad.__contains__)), abs=1e-12)


@given(box=sizes(12), packages=some_packages, bad=bad_masks)
def test_no_point_of_the_box_is_worse_than_the_worst(
    box: list[Box], packages: list[frozenset[PartyId]], bad: frozenset[int]
) -> None:
    held = views(graph_of(box), packages, READER)

    points = [sum(p for mask, p in held.distribution(end).items() if mask in bad) for end in End]

    assert held.worst(bad.__contains__) >= max(points) - 1e-12


@given(box=sizes(12), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_edges_does_not_matter(box: list[Box], seed: random.Random) -> None:
    shuffled = seed.sample(box, len(box))

    assert ends_of(reach(graph_of(shuffled), STARTS, READER)) == pytest.approx(
        ends_of(reach(graph_of(box), STARTS, READER)), abs=1e-12
    )


@given(
    box=sizes(12),
    packages=some_packages,
    harm=st.lists(st.floats(-100, 100), min_size=16, max_size=16),
)
def test_a_mean_over_views_lies_between_its_extremes(
    box: list[Box], packages: list[frozenset[PartyId]], harm: list[float]
) -> None:
    found = views(graph_of(box), packages, READER).distribution()

    mean = sum(p * harm[mask] for mask, p in found.items())

    assert min(harm[mask] for mask in found) - 1e-9 <= mean <= max(harm[mask] for mask in found) + 1e-9


@given(box=sizes(9), starts=some_starts, most=st.integers(1, 6))
def test_the_best_paths_are_the_best_of_all_paths(box: list[Box], starts: frozenset[PartyId], most: int) -> None:
    found = [path.probability.mid for path in paths(graph_of(box), starts, READER, most)]

    every = [float(p) for p in twin.simple_paths(at(box, End.MID), starts, READER)]
    likely = [p for p in found if p > 0]  # a path that only the upper edge allows has nothing at the best point
    assert likely == pytest.approx(every[:most], abs=1e-12)
    assert found == pytest.approx(sorted(found, reverse=True), abs=1e-15)


@given(box=sizes(9), starts=some_starts)
def test_a_path_is_simple_and_leads_from_a_recipient_to_the_reader(box: list[Box], starts: frozenset[PartyId]) -> None:
    found = paths(graph_of(box), starts, READER, most=5)

    for path in found:
        visited = [edge.to for edge in path.edges]
        assert path.edges[0].giver in starts
        assert visited[-1] == READER
        assert all(one.to == other.giver for one, other in pairwise(path.edges))
        assert len(set(visited)) == len(visited)
        assert not starts & set(visited)
    assert (
        len(found) == 0 or max(path.probability.hi for path in found) <= reach(graph_of(box), starts, READER).hi + 1e-12
    )


@settings(max_examples=40)
@given(box=sizes(7))
def test_importance_is_the_difference_an_edge_makes(box: list[Box]) -> None:
    found = importance(graph_of(box), STARTS, READER)

    for number, one in enumerate(edges_of(box)):
        exact = float(twin.importance(at(box, End.MID), number, STARTS, READER))
        if one in found:
            assert found[one] == pytest.approx(exact, abs=1e-12)
        elif one.probability.hi > 0:
            assert exact == 0
    assert list(found.values()) == sorted(found.values(), reverse=True)


@given(chances=st.lists(st.floats(0, 1), max_size=8))
def test_harris_bound_lies_between_the_best_path_and_the_union(chances: Sequence[float]) -> None:
    bound = harris_upper(chances)

    assert max(chances, default=0.0) - 1e-12 <= bound <= min(1.0, sum(chances)) + 1e-12


def interval(tenths: Sequence[int]) -> Interval:
    lo, mid, hi = (tenth / 10 for tenth in tenths)
    return Interval(lo, mid, hi)


def edge(giver: PartyId, to: PartyId, chance: Interval) -> Edge:
    return Edge(giver=giver, to=to, probability=chance, how=Passage.ONWARD)


def edges_of(box: list[Box]) -> list[Edge]:
    return [edge(giver, to, interval(tenths)) for giver, to, *tenths in box]


def graph(edges: Sequence[Edge]) -> LeakGraph:
    parties = frozenset(NODES) | {party for one in edges for party in (one.giver, one.to)}
    return LeakGraph(parties=parties, edges=tuple(edges))


def graph_of(box: list[Box]) -> LeakGraph:
    return graph(edges_of(box))


def at(box: list[Box], end: End) -> list[twin.Edge]:
    place = list(End).index(end)
    return [(giver, to, Fraction(tenths[place], 10)) for giver, to, *tenths in box]


def ends_of(found: Reach) -> tuple[float, float, float]:
    return found.lo, found.mid, found.hi


def no_lower(before: Reach, after: Reach) -> bool:
    return all(two >= one - 1e-12 for one, two in zip(ends_of(before), ends_of(after), strict=True))
