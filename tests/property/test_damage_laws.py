"""Laws of damage assessment (D1 to D9), on drawn incidents about a small case."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incident_case import DAY, a_case, a_theft, account, an_incident
from oracle.slow_damage import slow_gain, slow_value
from oracle.slow_versions import slow_posterior
from tearline.damage.assessment import blame, damage, told_by
from tearline.damage.choices import value_of_answer, value_of_certainty
from tearline.damage.magnitude import DISCOUNT, POINT, Span, exceeds
from tearline.damage.versions import BENT, ODDS, TRUTHFUL, came_out, heard
from tearline.domain import Given, Interval, Reliability
from tearline.domain.incidents import Looseness, Motive, RealisedHarm, Rival

GRADES = st.sampled_from(list(Reliability))
MOTIVES = st.sampled_from(list(Motive))
CHANCES = st.floats(0, 1)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval of probabilities."""
    return Interval(*sorted(draw(st.tuples(CHANCES, CHANCES, CHANCES))))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A magnitude."""
    return Span(*sorted(draw(st.tuples(*[st.floats(-2, 5)] * 3))))


@st.composite
def accounts(draw: st.DrawFn) -> tuple[object, ...]:
    """Up to three accounts of the meeting."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        says = {"meeting": {draw(st.sampled_from(["exact", "vague"])): 1.0}}
        one = account(f"a{number}", reliability=draw(GRADES), motive=draw(MOTIVES), says=says)
        if draw(st.booleans()):
            one = attrs.evolve(one, says={}, denies={"meeting": "exact"})
        found.append(one)
    return tuple(found)


@given(accounts())
def test_d1_where_nothing_becomes_likelier_nothing_is_lost(told: tuple[object, ...]) -> None:
    before = (Given(to=("X",), on=dt.date(2026, 11, 1), claims={"meeting": "exact"}),)
    case = attrs.evolve(a_case(), given=before)

    found = damage(an_incident(hearers=("X",), accounts=told), case)

    assert found.taken.hi == pytest.approx(0, abs=1e-9)


@given(st.sampled_from(["exact", "vague"]), st.sampled_from(["house", "town"]))
def test_d2_two_incidents_charged_one_after_the_other_add_up_to_one(first: str, second: str) -> None:
    """Belief by belief at the best point: the most of several beliefs need not add up."""
    sure = Interval(1.0, 1.0, 1.0)

    def added(briefed: dict[str, str], given_before: dict[str, str]) -> float:
        past = (Given(to=("X",), on=DAY, claims=given_before),) if given_before else ()
        stolen = a_theft(briefed=briefed, taken={}, seen=sure)
        (view,) = (v for v in damage(stolen, attrs.evolve(a_case(), given=past)).sources[0].views if v.reader == "X")
        return view.after.mid - view.before.mid

    whole = added({"meeting": first, "place": second}, {})
    parts = added({"meeting": first}, {}) + added({"place": second}, {"meeting": first})

    assert parts == pytest.approx(whole, abs=1e-9)


@given(accounts(), st.sampled_from([0, 1, None]), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_d3_less_doubt_about_a_teller_never_widens_what_may_have_been_said(
    told: tuple[object, ...], rank: int | None, wide: Interval, one: float, other: float
) -> None:
    """An interval inside another: its corners lie in the outer one, and means have no other extremes."""
    assume(wide.lo < wide.hi < 1)
    inner = sorted(wide.lo + share * (wide.hi - wide.lo) for share in (one, other))
    found = came_out(a_case(), an_incident(accounts=told))
    true = np.array([float(case[0] == 0) for case in found.cases])
    which = np.array([float(case[0] == rank) for case in found.cases])

    def edges(span: tuple[float, float]) -> tuple[float, float]:
        means = []
        for row, truthful in itertools.product(found.stances, span):
            weights = row * heard(true, 0.3, truthful)
            means.append(float(weights @ which / weights.sum()))
        return min(means), max(means)

    outer, narrower = edges((wide.lo, wide.hi)), edges((inner[0], inner[1]))

    assert outer[0] <= narrower[0] + 1e-9
    assert narrower[1] <= outer[1] + 1e-9


@given(st.data())
def test_d4_a_question_is_worth_something_from_nothing_to_certainty(data: st.DataObject) -> None:
    cases, measures, answers = (data.draw(st.integers(1, 5)) for _ in range(3))
    seed = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    likely = seed.dirichlet(np.ones(cases))
    table = seed.random((measures, cases)) * 10
    said = seed.dirichlet(np.ones(answers), size=cases).T

    worth = value_of_answer(likely, table, said)

    assert 0 <= worth <= value_of_certainty(likely, table) + 1e-9


@given(accounts(), st.randoms(use_true_random=False))
def test_d5_the_order_of_parties_sources_and_accounts_changes_no_figure(
    told: tuple[object, ...], chance: object
) -> None:
    case, incident = a_case(), an_incident(accounts=told)
    shuffle = chance.shuffle  # type: ignore[attr-defined]
    parties, claims, said = list(case.parties), list(case.claims), list(told)
    for each in (parties, claims, said):
        shuffle(each)

    found = damage(incident, case)
    turned = damage(
        attrs.evolve(incident, accounts=tuple(said)),
        attrs.evolve(case, parties=tuple(parties), claims=tuple(claims)),
    )

    for one, other in ((found.taken, turned.taken), (found.accessible, turned.accessible)):
        assert (one.lo, one.mid, one.hi) == pytest.approx((other.lo, other.mid, other.hi), abs=1e-9)


@given(intervals(), intervals(), st.sampled_from(["exact", "vague"]))
def test_d6_what_lay_open_besides_never_lowers_what_was_accessible(
    seen: Interval, taken: Interval, meeting: str
) -> None:
    few = a_theft(briefed={"meeting": meeting}, taken={"meeting": taken}, seen=seen)
    more = a_theft(briefed={"meeting": "exact", "place": "house"}, taken={"meeting": taken}, seen=seen)

    assert damage(few, a_case()).accessible.hi <= damage(more, a_case()).accessible.hi + 1e-9


@given(accounts())
def test_d7_what_a_reader_has_is_not_charged_again(told: tuple[object, ...]) -> None:
    vague = (Given(to=("X",), on=dt.date(2026, 11, 1), claims={"meeting": "vague"}),)
    once = attrs.evolve(a_case(), given=vague)
    twice = attrs.evolve(a_case(), given=(*vague, *vague))
    incident = an_incident(hearers=("X",), accounts=told)

    assert damage(incident, once).taken == damage(incident, twice).taken


@given(spans(), spans())
def test_d8_more_less_and_equal_sum_to_one(one: Span, other: Span) -> None:
    more, less = exceeds(one, other), exceeds(other, one)
    both_points = max(one.hi - one.lo, other.hi - other.lo) < POINT
    equal = float(both_points and abs(one.lo - other.lo) <= POINT)

    assert more + less + equal == pytest.approx(1, abs=1e-6)


@given(spans(), spans(), st.floats(0, 3))
def test_to_exceed_by_more_is_less_likely(one: Span, other: Span, by: float) -> None:
    assert exceeds(one, other, by) <= exceeds(one, other) + 1e-9


@given(intervals(), intervals())
def test_d9_a_harm_that_a_rival_explains_as_well_tells_nothing(ours: Interval, theirs: Interval) -> None:
    assume(theirs.mid >= ours.mid)
    harm = RealisedHarm(source="s", what="x", explains=ours, rivals=(Rival(what="r", explains=theirs),), checked="us")

    assert told_by(harm) == 1
    assert damage(an_incident(harms=(harm,)), a_case()).taken == damage(an_incident(), a_case()).taken


@given(intervals(), intervals(), intervals())
def test_one_more_rival_never_makes_a_harm_more_ours(ours: Interval, first: Interval, second: Interval) -> None:
    harm = RealisedHarm(source="s", what="x", explains=ours, rivals=(Rival(what="r", explains=first),), checked="us")
    more = attrs.evolve(harm, rivals=(*harm.rivals, Rival(what="q", explains=second)))
    taken = Span(0.1, 0.3, 0.6)

    for edge in ("lo", "mid", "hi"):
        assert getattr(blame(more, taken), edge) <= getattr(blame(harm, taken), edge) + 1e-12


@given(st.lists(st.tuples(st.sampled_from([0, 1]), GRADES, MOTIVES), max_size=3), st.sampled_from(list(Looseness)))
def test_the_loss_is_that_of_the_slow_twin(heard_of: list[tuple[int, Reliability, Motive]], way: Looseness) -> None:
    """Two claims, accounts of the meeting, the loss in source-years: all of it again in fractions and loops."""
    ids = ("exact", "vague")
    told = tuple(
        account(f"a{n}", says={"meeting": {ids[rank]: 1.0}}, reliability=grade, motive=motive)
        for n, (rank, grade, motive) in enumerate(heard_of)
    )
    briefed = {"meeting": "exact", "place": "house"}
    incident = an_incident(hearers=("X",), briefed=briefed, accounts=told, looseness={way: 1.0})

    found = damage(incident, a_case())

    towards = {Motive.NONE: 0.0, Motive.PLAY_DOWN: 1.0, Motive.PLAY_UP: -1.0}
    spoken = [
        (([float(place == rank) for place in range(3)], None), TRUTHFUL[grade].mid, towards[motive])
        for rank, grade, motive in heard_of
    ]
    odds = {each.value: odd for each, odd in ODDS.items()}
    chances = slow_posterior((3, 3), odds, {way.value: 1.0}, spoken, BENT)
    gain = slow_gain(a_case(), "X", ("meeting", "place"), chances)
    assert found.sources[0].taken.mid == pytest.approx(float(gain), abs=1e-9)
    assert found.taken.mid == pytest.approx(float(gain) * slow_value(2, (2.0, 4.0), DISCOUNT), rel=1e-6)


@given(
    st.lists(st.tuples(st.sampled_from([0, 1]), GRADES, MOTIVES, CHANCES), max_size=3),
    st.dictionaries(st.sampled_from(list(Looseness)), st.integers(1, 9), min_size=1),
)
def test_whatever_teller_and_way_of_speaking_may_be_chosen_the_slow_twin_stays_inside_the_edges(
    heard_of: list[tuple[int, Reliability, Motive, float]], shares: dict[Looseness, int]
) -> None:
    """Any mixture of ways of speaking where nobody has said one, and any share of truth inside each grade."""
    ids = ("exact", "vague")
    told = tuple(
        account(f"a{n}", says={"meeting": {ids[rank]: 1.0}}, reliability=grade, motive=motive)
        for n, (rank, grade, motive, _) in enumerate(heard_of)
    )
    incident = an_incident(hearers=("X",), briefed={"meeting": "exact", "place": "house"}, accounts=told)

    found = damage(incident, a_case())

    towards = {Motive.NONE: 0.0, Motive.PLAY_DOWN: 1.0, Motive.PLAY_UP: -1.0}
    spoken = [
        (
            ([float(place == rank) for place in range(3)], None),
            TRUTHFUL[grade].lo + share * (TRUTHFUL[grade].hi - TRUTHFUL[grade].lo),
            towards[motive],
        )
        for rank, grade, motive, share in heard_of
    ]
    odds = {each.value: odd for each, odd in ODDS.items()}
    weights = {way.value: share / sum(shares.values()) for way, share in shares.items()}
    chances = slow_posterior((3, 3), odds, weights, spoken, BENT)
    assert found.came_out is not None
    for rank in (0, 1, None):
        chance = float(sum(p for said, p in chances.items() if said[0] == (2 if rank is None else rank)))
        edges = found.came_out.chance("meeting", rank)
        assert edges.lo - 1e-9 <= chance <= edges.hi + 1e-9
    gain = float(slow_gain(a_case(), "X", ("meeting", "place"), chances))
    assert found.sources[0].taken.lo - 1e-9 <= gain <= found.sources[0].taken.hi + 1e-9


@given(accounts(), intervals(), st.sampled_from([("B",), ("C",), ("X",), ("B", "C"), ("B", "X")]))
def test_no_tier_of_what_was_read_exceeds_what_lay_open(
    told: tuple[object, ...], named: Interval, hearers: tuple[str, ...]
) -> None:
    stakes = {"s": attrs.evolve(an_incident().sources["s"], named=named)}

    (exposed,) = damage(an_incident(hearers=hearers, accounts=told, sources=stakes), a_case()).sources

    for edge in ("lo", "mid", "hi"):
        assert getattr(exposed.taken, edge) <= getattr(exposed.accessible, edge) + 1e-9
        assert getattr(exposed.published, edge) <= getattr(exposed.accessible, edge) + 1e-9


@given(accounts(), st.dictionaries(st.sampled_from(list(Looseness)), st.floats(0.1, 1), max_size=3))
def test_every_stance_is_a_distribution_and_the_best_point_lies_between_the_edges(
    told: tuple[object, ...], looseness: dict[Looseness, float]
) -> None:
    found = came_out(a_case(), an_incident(accounts=told, looseness=looseness))

    assert found.stances.sum(axis=1) == pytest.approx(np.ones(len(found.stances)))
    for rank in (0, 1, None):
        chance = found.chance("meeting", rank)
        assert chance.lo <= chance.mid <= chance.hi
