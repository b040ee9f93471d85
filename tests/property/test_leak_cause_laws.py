"""Laws of leak worlds with causes that open several ways, of reductions, and of worlds that are not all followed."""

import math
import random
from collections.abc import Sequence
from fractions import Fraction
from unittest.mock import patch

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import leak_enumeration as twin
from tearline.domain import CauseId, Interval, PartyId, Passage
from tearline.exposure import leak_diagram, leaks
from tearline.exposure.leak_diagram import LOST, Diagram, diagram
from tearline.exposure.leak_graph import Edge, LeakGraph
from tearline.exposure.leak_network import Network, network, on_the_way, reduced
from tearline.exposure.leak_ways import bounds, paths
from tearline.exposure.leaks import importance, reach, sandwich, views

NODES = [PartyId(name) for name in "abcdefg"]
READER = NODES[-1]
START = frozenset({NODES[0]})

tenths = st.integers(0, 10)
ends = st.lists(tenths, min_size=3, max_size=3).map(sorted)


@attrs.frozen
class Leaks:
    """Edges (giver, to, three ends in tenths) and causes (three ends, the links they open)."""

    edges: list[tuple[PartyId, PartyId, list[int]]]
    causes: list[tuple[list[int], list[tuple[PartyId, PartyId]]]]

    @property
    def graph(self) -> LeakGraph:
        own = [edge(giver, to, ends) for giver, to, ends in self.edges]
        caused = [
            edge(giver, to, ends, CauseId(f"cause {number}"))
            for number, (ends, opened) in enumerate(self.causes)
            for giver, to in opened
        ]
        return LeakGraph(parties=frozenset(NODES), edges=(*own, *caused))

    def edges_at(self, end: int = 1) -> list[twin.Edge]:
        return [(giver, to, Fraction(ends[end], 10)) for giver, to, ends in self.edges]

    def causes_at(self, end: int = 1) -> list[twin.Cause]:
        return [(Fraction(ends[end], 10), opened) for ends, opened in self.causes]


def leaky(edges: int = 9, causes: int = 3) -> st.SearchStrategy[Leaks]:
    """Graphs with parallel edges, loops, certain and impossible edges.

    Most are drawn whole from a seed: of those that grow piece by piece two in three have no way or a certain one.
    """

    def among(count: int) -> st.SearchStrategy[Leaks]:
        node = st.sampled_from([*NODES[: count - 1], READER])
        own = st.lists(st.tuples(node, node, ends), max_size=edges)
        link = st.tuples(node, node)
        behind = st.lists(st.tuples(ends, st.lists(link, min_size=1, max_size=4, unique=True)), max_size=causes)
        return st.builds(Leaks, own, behind)

    grown = st.integers(3, len(NODES)).flatmap(among)
    drawn = st.integers(0, 2**32).map(lambda seed: tangled(random.Random(seed), edges, causes))
    return st.one_of(drawn, drawn, grown)


def tangled(chance: random.Random, edges: int, causes: int) -> Leaks:
    """As many edges as allowed among few parties; the less they are the more they share."""
    nodes = [*NODES[: chance.randint(2, len(NODES) - 1)], READER]

    def link() -> tuple[PartyId, PartyId]:
        one, other = chance.sample(nodes, 2)
        return (other, one) if one == READER else (one, other)

    def likely() -> list[int]:
        return sorted(chance.choices(range(11), [1, *[3] * 9, 1], k=3))

    own = [(*link(), likely()) for _ in range(edges)]
    behind = [(likely(), list({link() for _ in range(chance.randint(1, 4))})) for _ in range(chance.randint(0, causes))]
    return Leaks(own, behind)


def handed(seed: int) -> list[frozenset[PartyId]]:
    """A package for each of some parties, and one or two to several."""
    chance = random.Random(seed)
    alone = [frozenset({party}) for party in chance.sample(NODES[:5], chance.randint(1, 3))]
    return [*alone, frozenset(chance.sample(NODES[:5], 2))]


some_packages = st.one_of(
    st.integers(0, 2**32).map(handed),
    st.lists(st.frozensets(st.sampled_from([*NODES[:4], READER]), max_size=3), max_size=4),
)
bad_masks = st.frozensets(st.integers(0, 15))


@settings(max_examples=200)
@given(case=leaky(), packages=some_packages)
def test_views_with_causes_are_what_every_world_in_turn_says(case: Leaks, packages: list[frozenset[PartyId]]) -> None:
    held = views(case.graph, packages, READER)

    exact = twin.masks(case.edges_at(), packages, READER, case.causes_at())
    found = held.distribution()
    assert {mask for mask, p in exact.items() if p} <= set(found)
    assert all(p == pytest.approx(float(exact.get(mask, 0)), abs=1e-12) for mask, p in found.items())


@settings(max_examples=100)
@given(case=leaky(), packages=some_packages)
def test_reductions_keep_what_is_held_together_at_every_end(case: Leaks, packages: list[frozenset[PartyId]]) -> None:
    whole = network_of(case.graph, packages)

    fewer = reduced(whole)

    assert len(fewer.links) <= len(whole.links)
    assert len(fewer.chances) <= len(whole.chances)
    before, after = shares(diagram(whole)), shares(diagram(fewer))
    for mask in before.keys() | after.keys():
        nothing = np.zeros(3)
        assert after.get(mask, nothing) == pytest.approx(before.get(mask, nothing), abs=1e-12)


@given(case=leaky(), packages=some_packages, contents=st.lists(st.integers(0, 15), min_size=4, max_size=4))
def test_what_is_held_is_all_that_the_packages_held_say(
    case: Leaks, packages: list[frozenset[PartyId]], contents: list[int]
) -> None:
    said = views(case.graph, packages, READER, contents[: len(packages)]).distribution()

    expected: dict[int, float] = {}
    for mask, p in views(case.graph, packages, READER).distribution().items():
        holds = 0
        for package, content in enumerate(contents):
            holds |= content if mask >> package & 1 else 0
        expected[holds] = expected.get(holds, 0.0) + p
    assert all(said.get(mask, 0.0) == pytest.approx(p, abs=1e-12) for mask, p in expected.items())
    assert math.fsum(said.values()) == pytest.approx(1, abs=1e-12)


@given(case=leaky(), tenth=tenths, opened=st.lists(st.tuples(*[st.sampled_from(NODES)] * 2), max_size=4))
def test_a_cause_mixes_the_world_with_its_ways_open_and_the_world_without(
    case: Leaks, tenth: int, opened: list[tuple[PartyId, PartyId]]
) -> None:
    """With probability 0 it changes nothing, with 1 its ways are open."""

    def reached(which: Leaks) -> float:
        return reach(which.graph, START, READER).mid

    behind = attrs.evolve(case, causes=[*case.causes, ([tenth] * 3, opened)])
    certain = attrs.evolve(case, edges=[*case.edges, *((giver, to, [10] * 3) for giver, to in opened)])

    found = reached(behind)

    assert found == pytest.approx(tenth / 10 * reached(certain) + (1 - tenth / 10) * reached(case), abs=1e-12)


@given(case=leaky(), shuffle=st.randoms(use_true_random=False), packages=some_packages)
def test_the_order_of_edges_and_causes_does_not_matter(
    case: Leaks, shuffle: random.Random, packages: list[frozenset[PartyId]]
) -> None:
    graph = case.graph
    shuffled = attrs.evolve(graph, edges=tuple(shuffle.sample(graph.edges, len(graph.edges))))

    found = views(shuffled, packages, READER).distribution()

    assert found == pytest.approx(views(graph, packages, READER).distribution(), abs=1e-12)


@given(case=leaky())
def test_the_sandwich_holds_the_exact_answer_with_causes(case: Leaks) -> None:
    exact = reach(case.graph, START, READER)

    found = sandwich(case.graph, START, READER)

    assert found.lo <= exact.lo + 1e-12
    assert found.hi >= exact.hi - 1e-12
    assert found.lo <= found.mid <= found.hi


@given(case=leaky(), followed=st.integers(1, 6))
def test_ways_that_are_not_followed_to_their_end_are_bounded(case: Leaks, followed: int) -> None:
    links = reduced(network(case.graph.edges, {START: 1}, READER))
    exact = reach(case.graph, START, READER)
    if links.surely or not links.links:
        return

    with patch("tearline.exposure.leak_ways.PREFIXES", followed):
        lower, upper = bounds(links)

    for at, end in enumerate((exact.lo, exact.mid, exact.hi)):
        assert lower[at] - 1e-12 <= end <= upper[at] + 1e-12


@given(case=leaky(), packages=some_packages, bad=bad_masks, widest=st.integers(1, 4))
def test_what_is_lost_never_makes_a_leak_look_smaller(
    case: Leaks, packages: list[frozenset[PartyId]], bad: frozenset[int], widest: int
) -> None:
    exact = views(case.graph, packages, READER)

    with patch.multiple(leak_diagram, WORK=0, NARROWEST=widest):
        found = views(case.graph, packages, READER)
    leaks._reach.cache_clear()  # what was answered with so few worlds must not answer anybody else

    known = dict(zip(found.masks, found.shares(), strict=True))
    assert all(p <= exact.distribution().get(mask, 0.0) + 1e-12 for mask, p in known.items())
    assert found.worst(bad.__contains__) >= exact.worst(bad.__contains__) - 1e-12
    assert found.any_upper >= exact.any_upper - 1e-12


@given(case=leaky(), packages=some_packages, bad=bad_masks, cells=st.integers(1, 40))
def test_vertices_that_are_not_all_tried_never_make_the_worst_look_better(
    case: Leaks, packages: list[frozenset[PartyId]], bad: frozenset[int], cells: int
) -> None:
    held = views(case.graph, packages, READER)

    with patch.object(leak_diagram, "CELLS", cells):
        bound, anything = held.worst(bad.__contains__), held.worst(lambda mask: mask != 0)

    assert bound >= held.worst(bad.__contains__) - 1e-12
    assert anything == pytest.approx(held.any_upper, abs=1e-12)


@settings(max_examples=60)
@given(case=leaky(edges=5, causes=1), packages=some_packages, bad=bad_masks)
def test_the_worst_over_the_box_stands_at_a_vertex_with_causes_too(
    case: Leaks, packages: list[frozenset[PartyId]], bad: frozenset[int]
) -> None:
    corners = [
        sum(p for mask, p in twin.masks(edges, packages, READER, causes).items() if mask in bad)
        for edges, causes in vertices(case)
    ]

    found = views(case.graph, packages, READER).worst(bad.__contains__)

    assert found == pytest.approx(float(max(corners)), abs=1e-12)


@given(case=leaky(edges=6, causes=2), most=st.integers(1, 6))
def test_the_best_paths_are_the_best_of_all_ways_and_count_a_cause_once(case: Leaks, most: int) -> None:
    found = [path.probability.mid for path in paths(case.graph, START, READER, most) if path.probability.mid > 0]

    every = [float(p) for p in twin.ways(case.edges_at(), case.causes_at(), START, READER)]
    assert found == pytest.approx(every[:most], abs=1e-12)


@given(case=leaky(edges=6, causes=2))
def test_importance_of_a_cause_is_the_difference_it_makes(case: Leaks) -> None:
    found = {edge.cause: matters for edge, matters in importance(case.graph, START, READER).items() if edge.cause}

    for number, (_, opened) in enumerate(case.causes):
        others = [cause for place, cause in enumerate(case.causes_at()) if place != number]
        reached = [
            float(twin.masks(case.edges_at(), [START], READER, [*others, (Fraction(on), opened)]).get(1, 0))
            for on in (0, 1)
        ]
        assert found.get(CauseId(f"cause {number}"), 0.0) == pytest.approx(
            reached[1] - reached[0] if case.causes[number][0][2] else 0.0, abs=1e-12
        )


@given(case=leaky())
def test_leaving_out_what_lies_on_no_way_changes_nothing(case: Leaks) -> None:
    whole = network_of(case.graph, [START])

    fewer = on_the_way(whole)

    assert shares(diagram(fewer)).get(1, np.zeros(3)) == pytest.approx(
        shares(diagram(whole)).get(1, np.zeros(3)), abs=1e-12
    )


def vertices(case: Leaks) -> Sequence[tuple[list[twin.Edge], list[twin.Cause]]]:
    """Edges and causes at every vertex of the box."""
    count = len(case.edges) + len(case.causes)
    found = []
    for corner in range(2**count):
        high = [2 if corner >> bit & 1 else 0 for bit in range(count)]
        edges = [(g, t, Fraction(e[at], 10)) for (g, t, e), at in zip(case.edges, high, strict=False)]
        causes = [
            (Fraction(e[at], 10), opened) for (e, opened), at in zip(case.causes, high[len(case.edges) :], strict=True)
        ]
        found.append((edges, causes))
    return found


def network_of(graph: LeakGraph, packages: Sequence[frozenset[PartyId]]) -> Network:
    handed: dict[frozenset[PartyId], int] = {}
    for number, recipients in enumerate(packages):
        handed[recipients] = handed.get(recipients, 0) | 1 << number
    return network(graph.edges, handed, READER)


def shares(worlds: Diagram) -> dict[int, object]:
    """How likely each mask is at the three ends."""
    assert LOST not in worlds.held
    return dict(zip(worlds.held, worlds.shares, strict=True))


def edge(giver: PartyId, to: PartyId, ends: Sequence[int], cause: CauseId | None = None) -> Edge:
    lo, mid, hi = (tenth / 10 for tenth in ends)
    return Edge(giver=giver, to=to, probability=Interval(lo, mid, hi), how=Passage.ONWARD, cause=cause)
