"""Leak worlds on small graphs whose answers were worked out by hand."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import product

import attrs
import pytest

from tearline.domain import (
    Case,
    Claim,
    ClaimId,
    Form,
    Given,
    Interval,
    LeakPath,
    Party,
    PartyId,
    PartyKind,
    Passage,
    Permission,
    Proposal,
    Trust,
    Version,
    VersionId,
)
from tearline.errors import InvariantError
from tearline.exposure import leak_diagram, leak_ways, leaks
from tearline.exposure.leak_graph import Edge, LeakGraph, edges_of, leak_graph, packages_of
from tearline.exposure.leak_network import End
from tearline.exposure.leak_ways import harris_upper, paths
from tearline.exposure.leaks import Certificate, Reach, importance, reach, sandwich, views
from tearline.trust import leak_chance, leak_rate

A, B, C, D, E, X, Z = (PartyId(name) for name in ("A", "B", "C", "D", "E", "X", "Z"))
PRESS = PartyId("press")
FROM_B = frozenset({B})


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hardly any worlds are followed."""
    monkeypatch.setattr(leak_diagram, "WORK", 0)
    monkeypatch.setattr(leak_diagram, "NARROWEST", 2)
    leaks._reach.cache_clear()
    yield
    leaks._reach.cache_clear()


class TestReach:
    @pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
    def test_the_bridge_network_has_its_known_reachability(self, p: float) -> None:
        known = 2 * p**2 + 2 * p**3 - 5 * p**4 + 2 * p**5

        found = reach(bridge(p), frozenset({PartyId("s")}), PartyId("t"))

        assert found.mid == pytest.approx(known, abs=1e-15)
        assert (found.lo, found.hi) == (found.mid, found.mid)
        assert found.exact

    @pytest.mark.parametrize(("p", "known"), [(0.1, 0.02152), (0.5, 0.5), (0.9, 0.97848)])
    def test_the_bridge_network_has_the_figures_worked_out_by_hand(self, p: float, known: float) -> None:
        assert reach(bridge(p), frozenset({PartyId("s")}), PartyId("t")).mid == pytest.approx(known, abs=1e-12)

    @pytest.mark.parametrize(
        ("p", "known"),
        [(0.9, 0.972502171407), (0.1, 5.96841967e-4)],
    )
    def test_a_grid_of_nine_has_its_known_reachability(self, p: float, known: float) -> None:
        found = reach(grid(3, p), frozenset({PartyId("00")}), PartyId("22"))

        assert found.exact
        assert found.mid == pytest.approx(known, rel=1e-8)

    def test_the_edges_of_the_answer_stand_at_the_edges_of_the_box(self) -> None:
        graph = graph_of((B, X, Interval(0.1, 0.2, 0.3)), (B, PRESS, Interval(0.0, 0.05, 0.1)), (PRESS, X, 1.0))

        found = reach(graph, FROM_B, X)

        assert (found.lo, found.mid, found.hi) == pytest.approx((0.1, 0.24, 0.37))

    def test_an_edge_that_is_certain_at_its_best_point_only_is_uncertain(self) -> None:
        graph = graph_of((B, C, Interval(0.5, 1.0, 1.0)), (C, X, Interval(0.2, 0.2, 1.0)), (C, D, 0.5), (D, X, 0.5))

        found = reach(graph, FROM_B, X)

        assert (found.lo, found.mid, found.hi) == pytest.approx((0.2, 0.4, 1.0))

    def test_who_is_handed_it_has_it(self) -> None:
        assert reach(graph_of((B, X, 0.1)), frozenset({B, X}), X) == Reach(lo=1.0, mid=1.0, hi=1.0)

    def test_nobody_gets_what_nobody_was_handed(self) -> None:
        assert reach(graph_of((B, X, 0.1)), frozenset(), X) == Reach(lo=0.0, mid=0.0, hi=0.0)

    def test_without_a_way_nothing_arrives(self) -> None:
        assert reach(graph_of((X, B, 0.9), (C, X, 0.5)), FROM_B, X) == Reach(lo=0.0, mid=0.0, hi=0.0)

    def test_impossible_edges_lead_nowhere(self) -> None:
        assert reach(graph_of((B, X, 0.0)), FROM_B, X).hi == 0

    def test_a_certain_edge_leads_one_way_only(self) -> None:
        """Contracting C and D into one would let what reaches D leave through C's way to X."""
        graph = graph_of((B, D, 0.5), (C, D, 1.0), (C, X, 1.0), (B, C, 0.1), (D, E, 0.5), (E, X, 0.5))

        found = reach(graph, FROM_B, X)

        assert found.mid == pytest.approx(0.1 + 0.9 * 0.5 * 0.25)

    def test_several_recipients_share_what_lies_downstream(self) -> None:
        graph = graph_of((B, D, 0.5), (C, D, 0.5), (D, X, 0.2))

        found = reach(graph, frozenset({B, C}), X)

        assert found.mid == pytest.approx(0.75 * 0.2)

    def test_a_shock_is_a_node_of_its_own(self) -> None:
        """B→D .2, B→E .1; X has penetrated B .05, D .3, E .2; a shock of .1 opens D and E both."""
        own = [(B, X, 0.05), (B, D, 0.2), (B, E, 0.1), (D, X, 0.3), (E, X, 0.2)]
        shock = PartyId("cipher broken")

        without = reach(graph_of(*own), FROM_B, X)
        shocked = reach(graph_of(*own, (D, shock, 1.0), (E, shock, 1.0), (shock, X, 0.1)), FROM_B, X)
        apart = reach(graph_of(*own[:3], (D, X, 0.37), (E, X, 0.28)), FROM_B, X)

        assert without.mid == pytest.approx(0.12486, abs=1e-12)
        assert shocked.mid == pytest.approx(0.143974, abs=1e-12)
        assert apart.mid == pytest.approx(0.1449316, abs=1e-12)

    def test_a_party_that_nobody_knows_is_our_own_mistake(self) -> None:
        graph = graph_of((B, X, 0.1))

        for ask in (reach, sandwich, paths, importance):
            with pytest.raises(InvariantError, match="no party `Z`"):
                ask(graph, frozenset({Z}), X)
            with pytest.raises(InvariantError, match="no party `Z`"):
                ask(graph, FROM_B, Z)
        with pytest.raises(InvariantError, match="no party `Z`"):
            views(graph, [frozenset({Z})], X)

    def test_an_edge_to_a_party_that_nobody_knows_makes_no_graph(self) -> None:
        edge = Edge(giver=B, to=X, probability=Interval.exactly(0.1), how=Passage.PENETRATION)

        with pytest.raises(InvariantError, match="no party `X`"):
            LeakGraph(parties=FROM_B, edges=(edge,))

    def test_twenty_two_uncertain_edges_are_still_exact(self) -> None:
        graph, start, end = chain_of_bridges(0.5, 3, crossing=(0.5,) * 4), frozenset({PartyId("0")}), PartyId("3")

        found = reach(graph, start, end)

        each = [reach(chain_of_bridges(0.5, 3, crossing=on), start, end) for on in product((0.0, 1.0), repeat=4)]
        assert found.exact
        assert found.mid == pytest.approx(sum(one.mid for one in each) / 16, abs=1e-12)

    def test_the_route_through_a_penetrated_partner_and_its_press_adds_up(self) -> None:
        graph = graph_of((B, X, Interval(0.1, 0.2, 0.3)), (B, PRESS, Interval(0.025, 0.05, 0.075)), (PRESS, X, 1.0))

        assert reach(graph, FROM_B, X).hi == pytest.approx(1 - 0.7 * 0.925)

    def test_a_cause_behind_sixty_parties_costs_one_uncertain_edge(self) -> None:
        friends = [PartyId(f"f{number:02}") for number in range(60)]
        graph = graph_of(*((B, friend, 1.0) for friend in friends), *((friend, X, 1e-3) for friend in friends))

        found = reach(graph, FROM_B, X)

        assert found.exact
        assert found.mid == pytest.approx(1 - (1 - 1e-3) ** 60, abs=1e-12)


class TestSandwich:
    @pytest.mark.parametrize(
        ("p", "lower", "exact", "harris", "union"),
        [
            (0.1, 0.0199, 0.02152, 0.021859, 0.022),
            (0.5, 0.4375, 0.5, 0.569336, 0.75),
            (0.9, 0.9639, 0.97848, 0.997349, 1.0),
        ],
    )
    def test_the_bridge_lies_between_its_known_bounds(
        self, p: float, lower: float, exact: float, harris: float, union: float
    ) -> None:
        ways = [path.probability.mid for path in paths(bridge(p), frozenset({PartyId("s")}), PartyId("t"), most=99)]

        found = sandwich(bridge(p), frozenset({PartyId("s")}), PartyId("t"))

        assert ways == pytest.approx([p**2, p**2, p**3, p**3])
        assert harris_upper(ways) == pytest.approx(harris, abs=5e-7)
        assert min(1.0, sum(ways)) == pytest.approx(union)
        assert found.lo == pytest.approx(lower)
        assert found.lo <= exact <= found.hi <= harris_upper(ways) + 1e-15
        assert found.certificate is Certificate.SANDWICH

    def test_the_shock_example_has_its_known_upper_bounds(self) -> None:
        ways = [0.05, 0.2 * (1 - 0.7 * 0.9), 0.1 * (1 - 0.8 * 0.9)]  # each path with its shock inside

        assert ways == pytest.approx([0.05, 0.074, 0.028])
        assert harris_upper(ways) == pytest.approx(0.144932, abs=5e-7)
        assert harris_upper(ways) >= 0.143974
        assert sum(ways) == pytest.approx(0.152)

    def test_where_too_many_places_are_half_decided_the_answer_is_a_sandwich_that_says_so(self, narrow: None) -> None:
        graph = chain_of_bridges(0.9, 5)
        exact = 0.97848**5

        found = reach(graph, frozenset({PartyId("0")}), PartyId("5"))

        assert not found.exact
        assert found.certificate is Certificate.SANDWICH
        assert found.lo <= exact <= found.hi

    def test_worlds_that_were_followed_tighten_the_bounds_of_the_ways(self, narrow: None) -> None:
        graph, start, end = grid(4, 0.9), frozenset({PartyId("00")}), PartyId("33")
        leak_diagram.NARROWEST = 100

        found = reach(graph, start, end)

        ways = sandwich(graph, start, end)
        assert not found.exact
        assert ways.lo < found.lo <= 0.975046349577 <= found.hi < ways.hi

    def test_beginnings_that_are_not_followed_count_as_arrived(self, monkeypatch: pytest.MonkeyPatch) -> None:
        graph, start, end = grid(3, 0.4), frozenset({PartyId("00")}), PartyId("22")
        exact = reach(graph, start, end)

        bounds = []
        for followed in (1, 2, 5, 20, 10_000):
            monkeypatch.setattr(leak_ways, "PREFIXES", followed)
            bounds.append(sandwich(graph, start, end))

        assert all(bound.lo <= exact.lo and exact.hi <= bound.hi for bound in bounds)
        assert bounds[-1].hi < bounds[0].hi

    def test_ways_through_one_narrow_place_count_once_in_the_lower_bound(self) -> None:
        wide = [(B, C, 0.9), (B, D, 0.9), (C, D, 0.9), (D, C, 0.9), (C, E, 0.9), (D, E, 0.9)]

        found = sandwich(graph_of(*wide, (E, X, 0.1)), FROM_B, X)

        assert found.lo == pytest.approx(0.9 * 0.9 * 0.1)
        assert found.hi == pytest.approx(0.1)

    def test_a_crowded_graph_is_answered_with_bounds(self) -> None:
        """Eleven middlemen all talk to each other; what leaves B or enters X is a bound by itself."""
        names = [PartyId(f"m{number:02}") for number in range(11)]
        crowded = graph_of(
            *((B, name, 0.01) for name in names),
            *((one, other, 0.5) for one in names for other in names if one != other),
            *((name, X, 0.5) for name in names),
        )

        found = reach(crowded, FROM_B, X)

        assert not found.exact
        assert found.hi <= 1 - 0.99**11 + 1e-12
        assert found.lo >= 1 - (1 - 0.005) ** 11 - 1e-12


class TestPaths:
    def test_paths_come_most_probable_first_with_the_edges_they_take(self) -> None:
        graph = graph_of((B, X, 0.05), (B, D, 0.5), (D, X, 0.4), (D, E, 0.9), (E, X, 0.3))

        found = paths(graph, FROM_B, X, most=2)

        assert [route(path.edges) for path in found] == [[B, D, X], [B, D, E, X]]
        assert [path.probability.mid for path in found] == pytest.approx([0.2, 0.135])

    def test_parallel_edges_make_different_paths(self) -> None:
        penetration = Edge(giver=B, to=X, probability=Interval(0.1, 0.2, 0.3), how=Passage.PENETRATION)
        onward = Edge(giver=B, to=X, probability=Interval(0.2, 0.3, 0.4), how=Passage.ONWARD)

        found = paths(LeakGraph(parties=frozenset({B, X}), edges=(penetration, onward)), FROM_B, X)

        assert [path.edges for path in found] == [(onward,), (penetration,)]
        assert found[0].probability == Interval(0.2, 0.3, 0.4)

    def test_a_reader_that_is_handed_it_needs_no_path(self) -> None:
        (found,) = paths(graph_of((B, X, 0.1)), frozenset({B, X}), X)

        assert found.edges == ()
        assert found.probability == Interval.exactly(1)

    def test_a_path_leaves_the_recipients_once(self) -> None:
        graph = graph_of((B, C, 0.9), (C, X, 0.5))

        found = paths(graph, frozenset({B, C}), X)

        assert [route(path.edges) for path in found] == [[C, X]]

    def test_no_way_no_path(self) -> None:
        assert paths(graph_of((X, B, 0.5), (B, C, 0.0), (C, X, 0.5)), FROM_B, X) == ()

    def test_among_equals_the_shorter_path_comes_first(self) -> None:
        graph = graph_of((B, C, 1.0), (C, X, 0.5), (B, X, 0.5))

        found = paths(graph, FROM_B, X)

        assert [route(path.edges) for path in found] == [[B, X], [B, C, X]]

    def test_a_clique_of_certain_edges_does_not_hide_the_next_path(self) -> None:
        """Sixteen parties who tell each other everything have more ways than could ever be listed."""
        names = [PartyId(f"m{number:02}") for number in range(16)]
        clique = [(one, other, 1.0) for one in names for other in names if one != other]

        found = paths(graph_of(*clique, (B, names[0], 0.9), (names[9], X, 0.8), (B, X, 0.01)), FROM_B, X, most=20)

        assert len(found) == 20
        assert route(found[0].edges) == [B, names[0], names[9], X]


class TestImportance:
    def test_cutting_the_bulletin_matters_most(self) -> None:
        graph = graph_of((B, PRESS, 0.5), (PRESS, X, 1.0), (B, X, 0.1), (B, C, 0.9))

        found = importance(graph, FROM_B, X)

        assert [(edge.giver, edge.to) for edge in found] == [(B, PRESS), (B, X), (PRESS, X)]
        assert list(found.values()) == pytest.approx([0.9, 0.5, 0.45])

    def test_where_worlds_are_too_many_there_is_no_importance(self, narrow: None) -> None:
        assert importance(chain_of_bridges(0.9, 5), frozenset({PartyId("0")}), PartyId("5")) == {}

    def test_nothing_can_be_cut_where_the_reader_is_a_recipient(self) -> None:
        assert importance(graph_of((B, X, 0.5)), frozenset({B, X}), X) == {}


class TestViews:
    def test_packages_held_together_are_not_independent(self) -> None:
        """Package 1 reaches X with .3, package 2 with .2, and a shock of .1 gives both."""
        shock = PartyId("archive insider")
        graph = graph_of((B, X, 0.3), (C, X, 0.2), (B, shock, 1.0), (C, shock, 1.0), (shock, X, 0.1))
        exposure = {0b00: 0.001, 0b01: 0.02, 0b10: 0.05, 0b11: 0.5}

        held = views(graph, [frozenset({B}), frozenset({C})], X)

        chance = held.distribution()
        assert chance == pytest.approx({0b00: 0.504, 0b01: 0.216, 0b10: 0.126, 0b11: 0.154}, abs=1e-12)
        assert sum(chance[mask] * exposure[mask] for mask in chance) == pytest.approx(0.088124, abs=1e-12)
        assert held.worst(lambda mask: exposure[mask] > 0.2) == pytest.approx(0.154, abs=1e-12)
        one, two = chance[0b01] + chance[0b11], chance[0b10] + chance[0b11]
        apart = {0b00: (1 - one) * (1 - two), 0b01: one * (1 - two), 0b10: (1 - one) * two, 0b11: one * two}
        assert (one, two) == pytest.approx((0.37, 0.28))
        assert sum(apart[mask] * exposure[mask] for mask in apart) == pytest.approx(0.066402, abs=5e-7)

    def test_a_second_package_can_exonerate(self) -> None:
        """Claims [.9, .1] and [.1, .9]: each alone points at somebody, both together say nothing."""
        graph = graph_of((B, X, 0.9), (C, X, Interval(0.1, 0.5, 0.9)))
        claims = {0: (0.9, 0.1), 1: (0.1, 0.9)}

        def points_at_somebody(mask: int) -> bool:
            mass = [math.prod(access[who] for i, access in claims.items() if mask >> i & 1) for who in (0, 1)]
            return max(mass) / sum(mass) > 0.6

        held = views(graph, [frozenset({B}), frozenset({C})], X)

        at = {end: sum(p for m, p in held.distribution(end).items() if points_at_somebody(m)) for end in End}
        assert at[End.LO] == pytest.approx(0.82)
        assert at[End.HI] == pytest.approx(0.18)
        assert held.worst(points_at_somebody) == pytest.approx(0.82)

    def test_the_worst_may_stand_at_a_vertex_that_is_neither_edge(self) -> None:
        graph = graph_of((B, X, Interval(0.2, 0.5, 0.8)), (C, X, Interval(0.2, 0.5, 0.8)))

        held = views(graph, [frozenset({B}), frozenset({C})], X)

        assert held.worst(lambda mask: mask == 0b01) == pytest.approx(0.64)

    def test_packages_of_the_same_recipients_go_together(self) -> None:
        graph = graph_of((B, X, 0.3), (C, X, 0.2))

        held = views(graph, [frozenset({B}), frozenset({C}), frozenset({B})], X)

        assert sorted(held.distribution()) == [0b000, 0b010, 0b101, 0b111]

    def test_what_the_reader_was_handed_is_in_every_view(self) -> None:
        held = views(graph_of((B, X, 0.3)), [frozenset({X}), frozenset({B})], X)

        assert held.distribution() == pytest.approx({0b01: 0.7, 0b11: 0.3})
        assert held.any_upper == pytest.approx(1)

    def test_without_packages_there_is_nothing_to_hold(self) -> None:
        held = views(graph_of((B, X, 0.3)), [], X)

        assert held.distribution() == {0: 1.0}
        assert held.worst(lambda _: True) == 1
        assert held.worst(lambda _: False) == 0

    def test_many_packages_of_many_recipients_are_told_apart(self) -> None:
        friends = [PartyId(f"f{number}") for number in range(9)]
        graph = graph_of(*((friend, X, 0.5) for friend in friends))

        held = views(graph, [frozenset({friend}) for friend in friends] * 8, X)

        assert len(held.masks) == 2**9
        assert held.distribution()[0] == pytest.approx(2**-9)
        assert max(held.masks) == 2**72 - 1

    def test_what_was_not_followed_counts_as_bad(self, narrow: None) -> None:
        graph, start, end = chain_of_bridges(0.9, 5), frozenset({PartyId("0")}), PartyId("5")

        held = views(graph, [start], end)

        exact = 0.97848**5
        assert not held.exact
        assert held.shares().sum() < 1
        assert exact <= held.worst(lambda mask: mask == 1) <= held.any_upper <= reach(graph, start, end).hi
        assert 1 - exact <= held.worst(lambda mask: mask == 0) <= 1
        with pytest.raises(InvariantError, match="too many leak worlds"):
            held.distribution()


class TestEdgesOfACase:
    def test_what_the_file_states_is_taken_as_it_stands(self) -> None:
        penetrated = LeakPath(giver=B, to=X, how=Passage.PENETRATION, probability=Interval(0.1, 0.2, 0.3))
        onward = LeakPath(giver=B, to=PRESS, how=Passage.ONWARD, probability=Interval(0.025, 0.05, 0.075))
        case = case_of(leak_paths=(penetrated, onward))

        edges = [edge for edge in edges_of(case) if edge.giver == B]

        assert [(e.giver, e.to, e.how, e.probability, e.assumed) for e in edges] == [
            (B, X, Passage.PENETRATION, penetrated.probability, False),
            (B, PRESS, Passage.ONWARD, onward.probability, False),
        ]

    def test_a_party_without_an_onward_edge_of_its_own_passes_on_as_its_word_says(self) -> None:
        penetrated = LeakPath(giver=B, to=X, how=Passage.PENETRATION, probability=Interval.exactly(0.2))

        found = between(edges_of(case_of(leak_paths=(penetrated,))), B, X)

        assert [(edge.how, edge.assumed) for edge in found] == [(Passage.PENETRATION, False), (Passage.ONWARD, True)]
        assert found[1].probability == leak_chance(Trust.FAIR, 1)

    def test_handling_that_is_not_stated_counts_as_wary(self) -> None:
        case = case_of(parties=(Party(id=A), Party(id=B), Party(id=X, hostile=True)))

        (edge,) = edges_of(case)

        assert edge.probability == leak_chance(Trust.WARY, 1)

    def test_a_word_of_trust_counts_every_release_to_the_party(self) -> None:
        case = case_of(given=(given_to(B), given_to(C), given_to(B, C)))

        edges = edges_of(case)

        assert between(edges, B, X)[0].probability == leak_chance(Trust.FAIR, 3)  # two given and the proposal
        assert between(edges, C, X)[0].probability == leak_chance(Trust.SOUND, 2)

    def test_what_may_reach_a_party_through_others_counts_too(self) -> None:
        told = LeakPath(giver=B, to=C, how=Passage.ONWARD, probability=Interval.exactly(0.05))
        case = case_of(leak_paths=(told,), given=(given_to(B), given_to(B)))

        edges = edges_of(case)

        assert between(edges, B, X) == []
        assert between(edges, C, X)[0].probability == leak_chance(Trust.SOUND, 3)

    def test_a_party_that_nothing_reaches_still_counts_as_given_one(self) -> None:
        assert between(edges_of(case_of()), C, X)[0].probability == leak_chance(Trust.SOUND, 1)

    def test_only_the_packages_asked_for_count(self) -> None:
        case = case_of(given=(given_to(B), given_to(B)))

        alone = edges_of(case, packages_of(case)[-1:])

        assert between(alone, B, X)[0].probability == leak_chance(Trust.FAIR, 1)

    def test_the_public_reaches_every_hostile_party_unless_the_file_says_otherwise(self) -> None:
        slow = LeakPath(giver=PRESS, to=X, how=Passage.PUBLIC, probability=Interval.exactly(0.5))
        hostile = (Party(id=X, hostile=True), Party(id=Z, hostile=True))
        case = case_of(
            parties=(Party(id=A), Party(id=B, handling=Trust.SOUND), Party(id=PRESS, kind=PartyKind.PUBLIC), *hostile),
            leak_paths=(slow,),
        )

        edges = edges_of(case)

        assert [(e.probability.mid, e.assumed) for e in between(edges, PRESS, X)] == [(0.5, False)]
        assert [(e.probability.mid, e.how, e.assumed) for e in between(edges, PRESS, Z)] == [
            (1.0, Passage.PUBLIC, True)
        ]

    def test_paths_through_the_originator_do_not_count(self) -> None:
        home = LeakPath(giver=B, to=A, how=Passage.ONWARD, probability=Interval.exactly(1))
        house = LeakPath(giver=A, to=X, how=Passage.PENETRATION, probability=Interval.exactly(0.5))
        itself = LeakPath(giver=C, to=C, how=Passage.ONWARD, probability=Interval.exactly(1))

        edges = edges_of(case_of(leak_paths=(home, house, itself)))

        assert all(A not in (edge.giver, edge.to) and edge.giver != edge.to for edge in edges)
        assert between(edges, B, X)[0].assumed  # an edge back home is no edge of its own
        assert between(edges, C, X)[0].assumed

    def test_hostile_parties_get_no_assumed_edges(self) -> None:
        case = case_of(parties=(Party(id=A), Party(id=B), Party(id=X, hostile=True), Party(id=Z, hostile=True)))

        assert {(edge.giver, edge.to) for edge in edges_of(case)} == {(B, X), (B, Z)}

    def test_packages_are_the_releases_in_order_and_the_proposal_last(self) -> None:
        case = case_of(given=(given_to(B, A), given_to(C)))

        assert packages_of(case) == (frozenset({B}), frozenset({C}), frozenset({B}))

    def test_an_action_is_seen_by_every_hostile_party(self) -> None:
        case = case_of(form=Form.ACTION)

        assert packages_of(case) == (frozenset({B, X}),)
        assert reach(leak_graph(case), packages_of(case)[-1], X).lo == 1

    @pytest.mark.parametrize("permission", [Permission.ACT, Permission.DETAIN, Permission.LETHAL])
    def test_what_the_recipient_may_visibly_do_is_seen_by_every_hostile_party(self, permission: Permission) -> None:
        case = permitting(permission)

        assert packages_of(case) == (frozenset({B, X}),)

    def test_what_may_be_evidence_or_published_reaches_everybody(self) -> None:
        assert packages_of(permitting(Permission.EVIDENCE)) == (frozenset({B, C, PRESS, X}),)

    def test_what_may_be_passed_on_goes_to_every_party_that_is_not_hostile(self) -> None:
        assert packages_of(permitting(Permission.ONWARD)) == (frozenset({B, C}),)

    def test_permissions_of_the_proposal_say_nothing_of_earlier_releases(self) -> None:
        assert packages_of(permitting(Permission.EVIDENCE, given=(given_to(C),)))[0] == frozenset({C})

    def test_the_graph_of_a_case_knows_every_party(self) -> None:
        graph = leak_graph(case_of())

        assert graph.parties == {A, B, C, PRESS, X}
        assert reach(graph, FROM_B, X).hi == pytest.approx(leak_rate(Trust.FAIR).hi)


class TestEnds:
    def test_an_end_is_a_point_of_an_interval(self) -> None:
        assert [end.of(Interval(0.1, 0.2, 0.3)) for end in End] == [0.1, 0.2, 0.3]


def graph_of(*edges: tuple[PartyId, PartyId, float | Interval]) -> LeakGraph:
    made = tuple(
        Edge(
            giver=giver,
            to=to,
            probability=chance if isinstance(chance, Interval) else Interval.exactly(chance),
            how=Passage.ONWARD,
        )
        for giver, to, chance in edges
    )
    return LeakGraph(parties=frozenset(party for e in made for party in (e.giver, e.to)), edges=made)


def both_ways(*edges: tuple[str, str], p: float) -> LeakGraph:
    """An undirected network: two opposite edges reach just as much as one without direction."""
    pairs = [pair for one, other in edges for pair in ((one, other), (other, one))]
    return graph_of(*((PartyId(one), PartyId(other), p) for one, other in pairs))


def bridge(p: float) -> LeakGraph:
    return both_ways(("s", "u"), ("s", "v"), ("u", "v"), ("u", "t"), ("v", "t"), p=p)


def grid(side: int, p: float) -> LeakGraph:
    right = [(f"{r}{c}", f"{r}{c + 1}") for r in range(side) for c in range(side - 1)]
    down = [(f"{r}{c}", f"{r + 1}{c}") for r in range(side - 1) for c in range(side)]
    return both_ways(*right, *down, p=p)


def chain_of_bridges(p: float, length: int, crossing: tuple[float, ...] = ()) -> LeakGraph:
    """Bridge networks one behind the other, from `0` to `length`: six edges each, some edges between."""
    edges: list[tuple[PartyId, PartyId, float | Interval]] = []
    for n in range(length):
        s, u, v, t = (PartyId(name) for name in (f"{n}", f"{n}u", f"{n}v", f"{n + 1}"))
        edges += [(s, u, p), (s, v, p), (u, v, p), (v, u, p), (u, t, p), (v, t, p)]
    across = [(f"{n}{one}", f"{n + 1}{other}") for n in range(length - 1) for one, other in ("uv", "vu")]
    edges += [(PartyId(one), PartyId(other), q) for (one, other), q in zip(across, crossing, strict=False)]
    return graph_of(*edges)


def route(edges: Sequence[Edge]) -> list[PartyId]:
    return [edges[0].giver, *(edge.to for edge in edges)]


def between(edges: Sequence[Edge], giver: PartyId, to: PartyId) -> list[Edge]:
    return [edge for edge in edges if (edge.giver, edge.to) == (giver, to)]


PLOT = ClaimId("plot")


def given_to(*to: PartyId) -> Given:
    return Given(to=to, on=dt.date(2026, 6, 2), claims={PLOT: VersionId("exact")})


def case_of(
    *,
    parties: tuple[Party, ...] = (
        Party(id=A),
        Party(id=B, handling=Trust.FAIR),
        Party(id=C, handling=Trust.SOUND),
        Party(id=PRESS, kind=PartyKind.PUBLIC),
        Party(id=X, hostile=True),
    ),
    leak_paths: tuple[LeakPath, ...] = (),
    given: tuple[Given, ...] = (),
    form: Form = Form.RELEASE,
) -> Case:
    """A proposes to hand B one claim; X is hostile."""
    exact = Version(id=VersionId("exact"), text="A plot.", value=5)
    return Case(
        title="A plot",
        us=A,
        parties=parties,
        leak_paths=leak_paths,
        claims=(Claim(id=PLOT, versions=(exact,)),),
        given=given,
        proposal=Proposal(to=B, claims={PLOT: None}, form=form),
    )


def permitting(permission: Permission, given: tuple[Given, ...] = ()) -> Case:
    """The same, and B may do more with it than read."""
    case = case_of(given=given)
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, allows=(permission,)))
