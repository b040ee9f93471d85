"""Leak worlds too many to list: networks of known reliability, causes in common, rare leaks."""

import io
import random

import attrs
import pytest
from rich.console import Console

from small_case import small_case, yes
from tearline.assess import assess
from tearline.assess.explaining import explained
from tearline.cases import read
from tearline.cli.render_explanation import explanations
from tearline.domain import Case, Cause, CauseId, Interval, LeakPath, Party, PartyId, Passage
from tearline.errors import CaseFileError, InvariantError
from tearline.exposure.leak_diagram import diagram
from tearline.exposure.leak_estimate import SURE, WITHIN, stops_at
from tearline.exposure.leak_graph import Edge, LeakGraph, edges_of, leak_graph
from tearline.exposure.leak_network import End, network, reduced
from tearline.exposure.leak_ways import harris_upper, paths
from tearline.exposure.leaks import Reach, estimate, importance, reach, views

B, C, D, E, X, Z = (PartyId(name) for name in ("B", "C", "D", "E", "X", "Z"))
FROM_B = frozenset({B})
BREACH = CauseId("breach")


class TestKnownNetworks:
    @pytest.mark.parametrize(
        ("size", "p", "known"),
        [
            (3, 0.9, 0.972502171407),
            (3, 0.1, 5.96841967e-4),
            (4, 0.9, 0.975046349577),
            (4, 0.1, 1.99763988e-5),
            (5, 0.9, 0.975556589505),
            (5, 0.1, 7.03856663e-7),
        ],
    )
    def test_a_grid_whose_edges_lead_both_ways_has_its_known_reliability(
        self, size: int, p: float, known: float
    ) -> None:
        found = reach(grid(size, p), frozenset({PartyId("00")}), PartyId(f"{size - 1}{size - 1}"))

        assert found.exact
        assert found.mid == pytest.approx(known, rel=1e-8)

    def test_a_grid_of_sixteen_needs_few_states(self) -> None:
        links = reduced(network(grid(4, 0.5).edges, {frozenset({PartyId("00")}): 1}, PartyId("33")))

        found = diagram(links)

        assert len(links.chances) <= 24
        assert max(len(layer.off) for layer in found.layers) < 60

    @pytest.mark.parametrize(("p", "known"), [(0.1, 0.02152), (0.5, 0.5), (0.9, 0.97848)])
    def test_sixty_bridges_in_a_row_are_exact(self, p: float, known: float) -> None:
        edges = [
            between(PartyId(f"{n}{one}"), PartyId(f"{m}{other}"), p, f"{n}{one}-{other}")
            for n in range(60)
            for one, other, m in [("", "u", n), ("", "v", n), ("u", "v", n), ("u", "", n + 1), ("v", "", n + 1)]
        ]

        found = reach(graph_of(*(one for pair in edges for one in pair)), frozenset({PartyId("0")}), PartyId("60"))

        assert found.exact
        assert found.mid == pytest.approx(known**60, rel=1e-9)

    def test_a_chain_through_many_hands_needs_no_worlds(self) -> None:
        hands = [PartyId(f"h{number:03}") for number in range(200)]
        edges = [edge(one, other, 0.99) for one, other in zip([B, *hands], [*hands, X], strict=True)]

        links = reduced(network(graph_of(*edges).edges, {FROM_B: 1}, X))

        assert len(links.chances) == 1
        assert reach(graph_of(*edges), FROM_B, X).mid == pytest.approx(0.99**201)

    def test_forty_partners_that_each_hold_one_of_five_secrets_are_exact(self) -> None:
        partners = [PartyId(f"p{number:02}") for number in range(40)]
        graph = graph_of(*(edge(partner, X, 0.1) for partner in partners))

        held = views(graph, [frozenset({p}) for p in partners], X, [1 << n % 5 for n in range(40)])

        assert held.exact
        assert len(held.masks) == 32
        assert held.distribution()[0b11111] == pytest.approx((1 - 0.9**8) ** 5)

    def test_parties_that_read_each_other_are_exact(self) -> None:
        """Two who tell each other for certain hold the same, whoever of them was told."""
        graph = graph_of(edge(B, C, 0.5), edge(C, D, 1), edge(D, C, 1), edge(D, X, 0.5), edge(C, X, 0.2))

        assert reach(graph, FROM_B, X).mid == pytest.approx(0.5 * (1 - 0.5 * 0.8))


class TestCauses:
    def test_a_cause_in_common_has_its_known_effect(self) -> None:
        """X may have penetrated D and E; a cause of .1 behind both."""
        own = [(B, X, 0.05), (B, D, 0.2), (B, E, 0.1), (D, X, 0.3), (E, X, 0.2)]
        edges = [edge(*one) for one in own]
        graph = graph_of(*edges, edge(D, X, 0.1, BREACH), edge(E, X, 0.1, BREACH))

        assert reach(graph_of(*edges), FROM_B, X).mid == pytest.approx(0.12486, abs=1e-12)
        assert reach(graph, FROM_B, X).mid == pytest.approx(0.143974, abs=1e-12)

    def test_packages_that_a_cause_lays_open_are_held_together(self) -> None:
        graph = graph_of(edge(B, X, 0.3), edge(C, X, 0.2), edge(B, X, 0.1, BREACH), edge(C, X, 0.1, BREACH))

        found = views(graph, [frozenset({B}), frozenset({C})], X).distribution()

        assert found == pytest.approx({0b00: 0.504, 0b01: 0.216, 0b10: 0.126, 0b11: 0.154}, abs=1e-12)

    def test_a_cause_leads_nobody_to_the_reader_of_somebody_else(self) -> None:
        """One node for the cause, with edges from B and D and to X and Z, would let Z read what B holds."""
        graph = graph_of(edge(B, X, 0.1, BREACH), edge(D, Z, 0.1, BREACH))

        assert reach(graph, FROM_B, Z) == Reach(lo=0.0, mid=0.0, hi=0.0)
        assert reach(graph, FROM_B, X).mid == pytest.approx(0.1)

    def test_a_chain_opened_by_one_cause_is_as_likely_as_the_cause(self) -> None:
        graph = graph_of(edge(B, C, 0.1, BREACH), edge(C, D, 0.1, BREACH), edge(D, X, 0.1, BREACH))

        (way,) = paths(graph, FROM_B, X)

        assert reach(graph, FROM_B, X).mid == pytest.approx(0.1)
        assert way.probability.mid == pytest.approx(0.1)

    def test_a_dearer_beginning_that_opens_the_rest_makes_the_better_way(self) -> None:
        graph = graph_of(edge(B, C, 0.5), edge(B, C, 0.2, BREACH), edge(C, X, 0.2, BREACH))

        found = paths(graph, FROM_B, X)

        assert [way.probability.mid for way in found] == pytest.approx([0.2, 0.1])
        assert [e.cause for e in found[0].edges] == [BREACH, BREACH]

    def test_importance_names_a_cause_once(self) -> None:
        graph = graph_of(edge(B, X, 0.3), edge(B, X, 0.2, BREACH), edge(B, C, 1), edge(C, X, 0.2, BREACH))

        found = importance(graph, FROM_B, X)

        assert {(e.giver, e.to, e.cause): pytest.approx(p) for e, p in found.items()} == {
            (B, X, None): 0.8,
            (B, X, BREACH): 0.7,
            (B, C, None): 0.0,
        }

    def test_without_a_cause_everything_that_it_opens_is_closed(self) -> None:
        graph = graph_of(edge(B, X, 0.3), edge(B, X, 0.2, BREACH), edge(C, X, 0.2, BREACH))

        assert graph.without(graph.edges[1]).edges == graph.edges[:1]
        assert graph.without(graph.edges[0]).edges == graph.edges[1:]

    def test_a_cause_has_one_probability(self) -> None:
        with pytest.raises(InvariantError, match="one probability"):
            graph_of(edge(B, X, 0.3, BREACH), edge(C, X, 0.2, BREACH))

    def test_a_path_of_a_case_is_open_by_itself_or_by_its_cause(self) -> None:
        edges = [e for e in edges_of(breached()) if e.to == X and e.giver in (B, C) and e.probability.hi]

        assert [(e.giver, e.probability.mid, e.cause) for e in edges] == [
            (B, 0.3, None),
            (B, 0.1, BREACH),
            (C, 0.2, None),
            (C, 0.1, BREACH),
        ]
        assert reach(leak_graph(breached()), frozenset({B, C}), X).mid == pytest.approx(1 - 0.7 * 0.8 * 0.9)

    def test_an_explanation_names_the_cause_and_what_is_left_without_it(self) -> None:
        (found,) = explained(assess(breached()), X).readers

        cut = next(cut for cut in found.cuts if cut.edge.cause == BREACH)
        assert cut.importance == pytest.approx(0.7 * 0.8)
        assert cut.without.mid == pytest.approx(1 - 0.7 * 0.8)

    def test_a_page_says_what_a_cause_opens_and_what_closing_it_leaves(self) -> None:
        page = io.StringIO()

        explanations(Console(file=page, width=200), breached(), explained(assess(breached()), X))

        assert "The coalition breach (10%), which opens the ways from B to X and from C to X: closed, 44%." in (
            page.getvalue()
        )


class TestCausesInTheFile:
    TEXT = """
tearline: 1
title: A plot
us: A
parties: {A: {}, B: {}, C: {}, X: {hostile: true}}
causes: {breach: {name: the coalition breach, probability: 0.1}}
leak_paths:
  - {from: B, to: X, how: shared-system, probability: 0.3, or_if: breach}
  - {from: C, to: X, how: shared-system, probability: 0.2, or_if: [breach]}
claims: {plot: {versions: {exact: {text: A plot.}}}}
proposal: {to: B, claims: [plot]}
"""

    def test_causes_are_read(self) -> None:
        case = read(self.TEXT).case

        assert case.causes == (
            Cause(id=BREACH, name="the coalition breach", probability=Interval(0.05, 0.1, 0.1 * 1.5)),
        )
        assert [path.or_if for path in case.leak_paths] == [(BREACH,), (BREACH,)]

    def test_an_unknown_cause_is_named_with_the_nearest(self) -> None:
        with pytest.raises(CaseFileError, match="no cause `breech`; did you mean `breach`"):
            read(self.TEXT.replace("or_if: breach}", "or_if: breech}"))


class TestEstimates:
    def test_the_stopping_rule_has_its_known_bounds(self) -> None:
        assert stops_at() == pytest.approx(1166.848, abs=5e-4)
        assert (stops_at() - 1) / (1 + WITHIN) == pytest.approx(1059.862, abs=5e-4)

    def test_a_rare_leak_costs_no_more_worlds_than_a_common_one(self) -> None:
        """Sixty parties, four whom each tells with .05: drawn as they come it would take millions of worlds."""
        graph, start, end = crowd(60, 4, 0.05)

        found, bounds = estimate(graph, start, end), reach(graph, start, end)

        assert found is not None
        assert found.value < 1e-3
        assert found.drawn < 1_400
        assert bounds.hi < 1.2 * found.value
        assert found.lo <= bounds.hi
        assert found.hi >= bounds.lo

    @pytest.mark.parametrize("p", [0.1, 0.5])
    def test_estimates_are_as_near_as_they_promise_as_often_as_they_promise(self, p: float) -> None:
        graph, start, end = grid(3, p), frozenset({PartyId("00")}), PartyId("22")
        exact = reach(graph, start, end).mid

        found = [estimate(graph, start, end, seed) for seed in range(200)]

        near = [one is not None and abs(one.value - exact) <= WITHIN * exact for one in found]
        assert sum(near) >= (1 - SURE) * 200

    def test_an_estimate_is_shown_between_bounds_that_are_kept(self) -> None:
        graph, start, end = crowd(60, 4, 0.2)

        found, drawn = reach(graph, start, end), estimate(graph, start, end)

        assert not found.exact
        assert drawn is not None
        assert found.lo < found.mid < found.hi
        assert found.mid == drawn.value

    def test_the_same_seed_draws_the_same(self) -> None:
        graph, start, end = crowd(20, 4, 0.2)

        assert estimate(graph, start, end, 7) == estimate(graph, start, end, 7)
        assert estimate(graph, start, end, 7) != estimate(graph, start, end, 8)

    def test_what_is_certain_needs_no_drawing(self) -> None:
        surely, never = estimate(graph_of(edge(B, X, 1)), FROM_B, X), estimate(graph_of(edge(X, B, 1)), FROM_B, X)

        assert surely is not None
        assert never is not None
        assert (surely.value, surely.drawn, never.value, never.drawn) == (1.0, 0, 0.0, 0)


def test_harris_bound_of_the_rare_leak_is_close() -> None:
    graph, start, end = crowd(60, 4, 0.05)

    ways = paths(graph, start, end, most=50)

    assert reach(graph, start, end).lo >= max(way.probability.mid for way in ways) - 1e-15
    assert reach(graph, start, end).hi >= harris_upper(way.probability.mid for way in ways[:1])


@pytest.mark.parametrize("end", End)
def test_an_end_of_the_answer_belongs_to_an_end_of_every_interval(end: End) -> None:
    graph = grid(4, Interval(0.2, 0.4, 0.7))

    found = reach(graph, frozenset({PartyId("00")}), PartyId("33"))

    point = end.of(Interval(0.2, 0.4, 0.7))
    alone = reach(grid(4, point), frozenset({PartyId("00")}), PartyId("33"))
    assert getattr(found, end.value) == pytest.approx(alone.mid, abs=1e-13)


def edge(giver: PartyId, to: PartyId, chance: float | Interval, cause: str | None = None) -> Edge:
    probability = chance if isinstance(chance, Interval) else Interval.exactly(chance)
    behind = CauseId(cause) if cause is not None else None
    return Edge(giver=giver, to=to, probability=probability, how=Passage.ONWARD, cause=behind)


def between(one: PartyId, other: PartyId, chance: float | Interval, name: str) -> tuple[Edge, Edge]:
    """An edge that leads both ways: one event for both."""
    return edge(one, other, chance, name), edge(other, one, chance, name)


def graph_of(*edges: Edge) -> LeakGraph:
    return LeakGraph(parties=frozenset({B, C, D, E, X, Z, *(p for e in edges for p in (e.giver, e.to))}), edges=edges)


def grid(size: int, chance: float | Interval) -> LeakGraph:
    """A square grid whose edges lead both ways."""
    edges: list[Edge] = []
    for row in range(size):
        for column in range(size):
            here = PartyId(f"{row}{column}")
            for down, right in ((row + 1, column), (row, column + 1)):
                if max(down, right) < size:
                    edges += between(here, PartyId(f"{down}{right}"), chance, f"{here}-{down}{right}")
    return graph_of(*edges)


def crowd(parties: int, told: int, chance: float) -> tuple[LeakGraph, frozenset[PartyId], PartyId]:
    """Parties of whom each tells a few others; the first one was handed it, the last one reads."""
    drawn, names = random.Random(7), [PartyId(f"n{number:02}") for number in range(parties)]
    edges = [
        edge(name, other, chance)
        for name in names
        for other in drawn.sample([one for one in names if one != name], told)
    ]
    return graph_of(*edges), frozenset({names[0]}), names[-1]


def breached() -> Case:
    """B and C read by X, each by itself and both by a breach; both were told."""
    ways = tuple(
        LeakPath(giver=giver, to=X, how=Passage.SHARED_SYSTEM, probability=Interval.exactly(chance), or_if=(BREACH,))
        for giver, chance in ((B, 0.3), (C, 0.2))
    )
    shut = tuple(LeakPath(giver=giver, to=X, how=Passage.ONWARD, probability=Interval.exactly(0)) for giver in (B, C))
    cause = Cause(id=BREACH, name="the coalition breach", probability=Interval.exactly(0.1))
    case = small_case(leak_paths=(*ways, *shut), causes=(cause,), consents=(yes("C", "exact"),))
    return attrs.evolve(case, parties=(*case.parties, Party(id=D)))
