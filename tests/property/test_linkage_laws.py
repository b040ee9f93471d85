"""One source or several, the raw text in hand: the engine against its slow twin, and laws that must hold."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generated_cases import any_case, cases, histories, views
from oracle import slow_exposure as slow
from oracle import slow_linkage as twin
from tearline.assess.audience import pasts
from tearline.assess.reasoning import every_doubt, every_setting
from tearline.assess.search import Question, chosen, problem
from tearline.domain import Case, Claim, GroupId, PartyId, Version
from tearline.exposure.envelope import suspects_upper
from tearline.exposure.likelihood import View, seen
from tearline.exposure.linkage import Mixture, coverings
from tearline.exposure.readings import Reading, has_several, readings, resting_on_one, told_of
from tearline.exposure.several import Doubts, is_doubtful
from tearline.exposure.situation import Block, Setting, blocks
from tearline.exposure.situation import settings as engine_settings
from tearline.exposure.worlds import LogMass, measure
from tearline.tearlines.solve import solve

WORDS = ((0.95, 1.0, 1.0), (0.6, 0.8, 0.95), (0.2, 0.4, 0.6), (0.03, 0.1, 0.2), (0.001, 0.01, 0.03))
NAMES = tuple(GroupId(name) for name in "abcd")


def near(exact: Fraction | float) -> object:
    """What differs from it by rounding only."""
    return pytest.approx(float(exact), rel=1e-9, abs=1e-12)


@attrs.frozen(kw_only=True)
class Told:
    """Pieces of evidence for the engine and for the twin."""

    edges: tuple[tuple[tuple[float, float, float], ...], ...]
    prior: tuple[float, ...]
    count: tuple[int, ...]
    concentration: float

    def mixture(self, concentration: float | None = None) -> Mixture:
        lo, mid, hi = np.moveaxis(np.log(np.array(self.edges)), -1, 0)
        return Mixture(
            prior=np.array(self.prior),
            count=np.array(self.count),
            pieces=LogMass(lo=lo, mid=mid, hi=hi),
            concentration=self.concentration if concentration is None else concentration,
        )

    def pieces(self, edge: int) -> twin.Pieces:
        return tuple({name: Fraction(each[edge]) for name, each in zip(NAMES, row, strict=False)} for row in self.edges)

    @property
    def mass(self) -> dict[GroupId, Fraction]:
        return {name: Fraction(p) for name, p in zip(NAMES, self.prior, strict=False)}

    def at(self, corner: Sequence[int]) -> Mixture:
        """Every likelihood at its lower edge (0) or its upper edge (2)."""
        width = len(self.prior)
        rows = [
            tuple((each[end],) * 3 for each, end in zip(row, corner[i * width : (i + 1) * width], strict=True))
            for i, row in enumerate(self.edges)
        ]
        return attrs.evolve(self, edges=tuple(rows)).mixture()


@st.composite
def told(draw: st.DrawFn, most_pieces: int = 4, most_groups: int = 4) -> Told:
    """A few pieces, a few groups, access words."""
    groups = draw(st.integers(2, most_groups))
    row = st.tuples(*[st.sampled_from(WORDS)] * groups)
    parts = [draw(st.integers(1, 20)) for _ in range(groups)]
    return Told(
        edges=tuple(draw(st.lists(row, min_size=1, max_size=most_pieces))),
        prior=tuple(part / sum(parts) for part in parts),
        count=tuple(draw(st.sampled_from([1, 1, 3, 40])) for _ in range(groups)),
        concentration=draw(st.sampled_from([0.1, 0.5, 1.0, 2.0, 10.0])),
    )


def queries(given: Told) -> np.ndarray:
    """A person of each group; a channel; a cell with a channel that leads into it; a proposition."""
    members = np.diag(1 / np.array(given.count, dtype=float))
    led_to = members[0].copy()
    led_to[-1] = 0.3 / given.count[0]
    cell, proposition = np.zeros(len(given.count)), np.zeros(len(given.count))
    cell[0], cell[1] = 1.0, 0.3
    proposition[:2] = 0.5
    return np.array([*members, led_to, np.eye(len(given.count))[-1], cell, proposition])


@given(told())
def test_beliefs_in_doubt_are_those_of_the_twin(case: Told) -> None:
    every = queries(case)

    found, behind = case.mixture().beliefs(every), case.mixture().behind_each(every)

    alpha, mid = Fraction(case.concentration), case.pieces(1)
    for row, query in enumerate(every):
        q = {name: Fraction(chance) for name, chance in zip(NAMES, query, strict=False)}
        assert found[row] == near(twin.belief(mid, case.mass, q, alpha))
        for piece in range(len(mid)):
            assert behind[row, piece] == near(twin.behind(mid, case.mass, q, alpha, piece))


@given(told(most_pieces=3))
def test_partitions_are_the_same_as_drawing_from_an_urn(case: Told) -> None:
    each = case.mixture().beliefs(np.eye(len(case.prior)))

    for index, name in enumerate(case.mass):
        drawn = twin.from_an_urn(case.pieces(1), case.mass, name, Fraction(case.concentration))
        assert each[index] == near(drawn)


@given(told(most_pieces=3, most_groups=3))
@settings(max_examples=40)
def test_the_upper_edge_is_what_it_is_defined_to_be(case: Told) -> None:
    every = queries(case)
    box = twin.Boxed(lo=case.pieces(0), hi=case.pieces(2), mass=case.mass, alpha=Fraction(case.concentration))

    found = case.mixture().uppers(every)

    for row, query in enumerate(every):
        q = {name: Fraction(chance) for name, chance in zip(NAMES, query, strict=False)}
        assert found[row] == near(box.upper(q))


@given(told(most_pieces=3, most_groups=3))
@settings(max_examples=25)
def test_no_corner_of_the_box_is_above_the_upper_edge(case: Told) -> None:
    every = queries(case)
    cells = len(case.edges) * len(case.prior)

    found = case.mixture().uppers(every)

    for corner in itertools.product((0, 2), repeat=cells):
        assert (case.at(corner).beliefs(every) <= found * (1 + 1e-9)).all()


def test_the_upper_edge_is_seldom_far_above_the_worst_corner() -> None:
    drawn = np.random.default_rng(7)
    excess = []
    for _ in range(30):
        rows = tuple(tuple(WORDS[i] for i in row) for row in drawn.integers(0, len(WORDS), (3, 2)))
        prior = tuple(float(p) for p in drawn.dirichlet(np.ones(2)))
        case = Told(edges=rows, prior=prior, count=(1, 30), concentration=1.0)
        persons = queries(case)[:2]
        corners = [case.at(corner).beliefs(persons) for corner in itertools.product((0, 2), repeat=6)]
        excess += list(case.mixture().uppers(persons) / np.max(corners, axis=0))

    assert np.median(excess) < 1.1
    assert np.quantile(excess, 0.9) < 1.5


@given(told())
def test_the_upper_edge_is_never_below_the_best_point(case: Told) -> None:
    every = queries(case)

    assert (case.mixture().uppers(every) >= case.mixture().beliefs(every) * (1 - 1e-9)).all()


@given(told())
def test_hardly_doubting_is_taking_it_all_for_one_source(case: Told) -> None:
    sure = case.mixture(1e-12)
    lo, hi = (np.log(np.array(case.prior)) + edge.sum(axis=0) for edge in (sure.pieces.lo, sure.pieces.hi))
    count = np.array(case.count)

    assert sure.uppers(np.diag(1 / count)) == pytest.approx(suspects_upper(count, lo, hi), rel=1e-5, abs=1e-9)


@given(told(), st.randoms())
def test_the_order_of_pieces_does_not_matter(case: Told, random: object) -> None:
    rows = list(case.edges)
    random.shuffle(rows)  # type: ignore[attr-defined]
    other = attrs.evolve(case, edges=tuple(rows))

    assert case.mixture().beliefs(queries(case)) == near_each(other.mixture().beliefs(queries(case)))
    assert case.mixture().uppers(queries(case)) == near_each(other.mixture().uppers(queries(case)))


def near_each(values: np.ndarray) -> object:
    return pytest.approx(values, rel=1e-9, abs=1e-12)


@given(st.integers(1, 7), st.integers(1, 3))
def test_coverings_count_partitions(pieces: int, columns: int) -> None:
    bell = [1, 1, 2, 5, 15, 52, 203, 877]

    found = coverings(np.ones((1 << pieces, columns)))

    sizes = [bin(which).count("1") for which in range(1 << pieces)]
    assert found.tolist() == [[bell[size]] * columns for size in sizes]


# --- cases ----------------------------------------------------------------------------------------------


def as_view(case: Case, past: slow.History) -> View:
    """The engine's form of what was told."""
    return seen(case, [(claim, case.claim(claim).rank(v), day) for said, day in past for claim, v in said.items()])


def proposed(case: Case) -> tuple[Block, ...]:
    """Every version of the proposed claims that is no more exact than what was asked for."""
    admitted = {}
    for claim_id, finest in case.proposal.claims.items():
        claim = case.claim(claim_id)
        admitted[claim_id] = [v.id for v in claim.versions[0 if finest is None else claim.rank(finest) :]]
    return blocks(case, admitted)


def protected_readers(case: Case) -> list[PartyId]:
    return [party.id for party in case.parties if slow.is_gated(case, party)]


@given(any_case())
def test_claims_rest_on_the_sources_that_the_twin_finds(case: Case) -> None:
    every = [claim.id for claim in case.claims]

    for size in range(len(every) + 1):
        for some in itertools.combinations(every, size):
            assert set(resting_on_one(case, some)) == {frozenset(c) for c in slow.of_one_source(case, some)}
            vaguest = {claim: case.claim(claim).versions[-1].id for claim in some}
            history = slow.today(case, vaguest)
            assert is_doubtful(case, as_view(case, history)) == twin.is_doubtful(case, history)


@given(any_case())
def test_no_part_of_what_one_source_is_behind_has_several(case: Case) -> None:
    every = [claim.id for claim in case.claims]

    if not has_several(case, every):
        for some in itertools.combinations(every, len(every) - 1):
            assert not has_several(case, some)


@given(data=st.data(), case=any_case())
def test_every_way_to_take_a_text_is_weighed_as_by_the_twin(data: st.DataObject, case: Case) -> None:
    reader = data.draw(st.sampled_from(protected_readers(case)), label="reader")
    past = data.draw(histories(case.claims), label="past")
    text = data.draw(views(case.claims), label="text")
    decisions = blocks(case, {claim: [version] for claim, version in text.items()})
    reading = data.draw(st.sampled_from(readings(case, reader)), label="reading")
    way = slow.Way(only=reading.only, raw=reading.raw)

    found = engine_settings(case, reader, as_view(case, past), decisions, reading)

    for model in slow.models(case, reader):
        for weighed in slow.weigh(case, reader, model, text, past, way):
            ids = tuple(group.id for group in model.groups)
            same = [s for s in found if (s.mind.expects, dict(s.mind.truth)) == (weighed.complete, weighed.truth)]
            same = [s for s in same if tuple(g.id for g in s.mind.groups) == ids]
            setting = min(same, key=lambda s: abs(Fraction(s.prior.other) - (weighed.other or 0)))
            reached = measure(setting.world, setting.world.mass((0,) * len(decisions)))
            worst = max(r.load for r in reached)
            assert worst == near(weighed.load) or min(abs(worst - 1), abs(weighed.load - 1)) < 1e-9


@given(any_case())
def test_the_ways_to_take_a_text_are_those_of_the_twin(case: Case) -> None:
    for reader in protected_readers(case):
        found = {(r.only, r.raw) for r in readings(case, reader)}
        whole = frozenset(told_of(case))
        expected = {(None if w.only == whole else w.only, w.raw) for w in slow.ways(case, reader)}

        assert found <= expected
        telling = {raw for _, raw in found}
        assert all(raw in telling or slow_is_vain(case, raw - frozenset().union(*telling)) for _, raw in expected)


def slow_is_vain(case: Case, raw: frozenset[object]) -> bool:
    """Whether holding these reports raw changes no wording."""

    def told(claim: Claim, version: Version, way: slow.Way) -> set[tuple[object, object]]:
        parts = slow.entailed(case, (({claim.id: version.id}, None),), way)
        return {pair for part, _ in parts for pair in part.items()}

    of = [(claim, version) for claim in case.claims if claim.id in raw for version in claim.versions]
    return all(told(*each, slow.Way(raw=raw)) == told(*each, slow.PLAIN) for each in of)


@given(data=st.data(), case=cases(most_groups=3))
@settings(max_examples=60)
def test_a_reader_in_doubt_is_measured_as_by_the_twin(data: st.DataObject, case: Case) -> None:
    reader = data.draw(st.sampled_from(protected_readers(case)), label="reader")
    past, text = data.draw(histories(case.claims), label="past"), data.draw(views(case.claims), label="text")
    reading = data.draw(st.sampled_from([r for r in readings(case, reader) if r.only is None]), label="reading")
    way = slow.Way(raw=reading.raw)
    doubts = Doubts(case=case, reader=reader, past=reading.view(case, as_view(case, past)), reading=reading)

    found = doubts.reached(reading.view(case, as_view(case, (*past, *slow.today(case, text)))))

    expected = [
        gate for model in slow.models(case, reader) for gate in twin.doubt_gates(case, reader, model, past, text, way)
    ]
    if all(abs(gate.limit - 1) > 1e-9 for gate in expected):  # a limit of certainty is none
        for gate in {gate.gate for gate in expected}:
            engine = sorted(r.load for r in found if r.gate.value == gate)
            assert engine == [near(load) for load in sorted(g.load for g in expected if g.gate == gate)]


def whole_question(case: Case) -> Question:
    """Every reader that is protected against, each holding all that was ever given, in every way."""
    decisions, past = proposed(case), as_view(case, slow.all_given(case))
    readers = protected_readers(case)
    binding = {
        reader: tuple(
            s for reading in readings(case, reader) for s in engine_settings(case, reader, past, decisions, reading)
        )
        for reader in readers
    }
    doubts = {}
    for reader in readers:
        raws = [Reading(raw=r.raw) for r in readings(case, reader) if r.only is None]
        doubts[reader] = tuple(Doubts(case=case, reader=reader, past=raw.view(case, past), reading=raw) for raw in raws)
    return Question(case=case, told=case, blocks=decisions, binding=binding, reported={}, doubts=doubts)


@given(case=cases(most_claims=3, most_groups=3))
@settings(max_examples=15)
def test_the_search_finds_the_best_of_all_tearlines_whatever_readers_bring(case: Case) -> None:
    asked = whole_question(case)
    everything = twin.all_tearlines(case, slow.minds(case))
    assume(not any(abs(candidate.load - 1) < 1e-9 for candidate in everything if candidate.value))
    may_go = [c for c in everything if c.holds]
    best_of_all = min(may_go, key=lambda candidate: candidate.preference)

    solution = solve(problem(asked))

    assert solution.proved
    assert solution.options is not None
    assert solution.value == best_of_all.value * 1_000_000
    found = {c: asked.case.claim(c).versions[r].id for c, r in chosen(asked, solution.options).items() if r is not None}
    assert any(candidate.said == found for candidate in may_go)


@given(any_case())
@settings(max_examples=40)
def test_saying_nothing_breaks_no_gate_in_any_way_of_taking_it(case: Case) -> None:
    decisions = proposed(case)
    nothing = tuple(len(block.options) - 1 for block in decisions)

    for reader in protected_readers(case):
        for setting in every_setting(case, reader, decisions):
            assert not [r for r in measure(setting.world, setting.world.mass(nothing)) if r.broken]
        for doubts in every_doubt(case, reader):
            assert not [r for r in doubts.reached(doubts.past) if r.broken]


@given(data=st.data(), case=any_case())
def test_to_take_what_is_taken_already_changes_nothing(data: st.DataObject, case: Case) -> None:
    reader = data.draw(st.sampled_from(protected_readers(case)), label="reader")
    reading = data.draw(st.sampled_from(readings(case, reader)), label="reading")
    view = as_view(case, data.draw(histories(case.claims), label="past"))

    taken = reading.view(case, view)

    assert reading.view(case, taken) == taken


@given(case=cases(most_groups=3))
@settings(max_examples=40)
def test_ways_to_take_a_text_are_left_out_only_where_others_come_to_the_same(case: Case) -> None:
    decisions = proposed(case)
    texts = list(itertools.product(*(range(len(block.options)) for block in decisions)))[:12]

    for reader in protected_readers(case):
        kept = {outcome(s, texts) for s in every_setting(case, reader, decisions)}

        for past in pasts(case, reader):
            for reading in readings(case, reader):
                for setting in engine_settings(case, reader, past, decisions, reading):
                    assert outcome(setting, texts) in kept


def outcome(setting: Setting, texts: Sequence[tuple[int, ...]]) -> tuple[object, ...]:
    """All that counts about one way to take things: how far each text comes, gate by gate."""
    loads = [r.load for text in texts for r in measure(setting.world, setting.world.mass(text))]
    return tuple(f"{load:.6g}" for load in loads)
