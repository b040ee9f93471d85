"""Laws of the partner ledger: they hold for any record with any partners."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.slow_trust import unsound_after
from small_case import small_case
from tearline.domain import Axis, Case, Dealing, Event, Interval, Party, PartyId, Scope, Severity, Trust
from tearline.trust import BREACH, Measure, Regimes, earned, follow, standing
from tearline.trust.blame import blame, evidence
from tearline.trust.record import Ledger, laid_at_doors
from tearline.trust.regimes import WORDS, predict, update
from tearline.trust.standing import BY_TRUST

A, B, C, D, X = map(PartyId, "ABCDX")
FIRST = dt.date(2026, 1, 1)
SCOPES = st.builds(
    Scope,
    agency=st.sampled_from(["", "one", "other"]),
    channel=st.sampled_from(["", "post", "link"]),
    topic=st.sampled_from(["", "ports", "codes"]),
)
CHANCES = st.integers(0, 20).map(lambda n: n / 20)
NOTICED = st.none() | st.tuples(CHANCES, CHANCES).map(lambda pair: Interval.between(min(pair), max(pair)))
MEASURES = st.sampled_from(Measure)
CLOSE = 1e-9


@st.composite
def dealings(draw: st.DrawFn, parties: tuple[PartyId, ...] = (B,)) -> Dealing:
    """One entry of any kind about somebody."""
    what = draw(st.sampled_from(Event))
    soft = what in (Event.BREACH, Event.MISUSE) and draw(st.booleans())
    return Dealing(
        parties=(draw(st.sampled_from(parties)),),
        on=FIRST + dt.timedelta(days=draw(st.integers(0, 300))),
        what=what,
        count=draw(st.sampled_from([1, 1, 2, 30])),
        severity=draw(st.none() | st.sampled_from(Severity)) if what is Event.MISUSE else None,
        times_likelier=draw(st.sampled_from([0.0, 0.5, 1.0, 9.0, 200.0])) if soft else None,
        through=draw(SCOPES),
        noticed=draw(NOTICED),
        about=draw(st.none() | st.sampled_from(Axis)),
        judged_by=draw(st.sampled_from(["", "the desk", "the desk"])),
        retracted=draw(st.sampled_from([None, None, None, dt.date(2026, 11, 1)])),
        ours=draw(st.sampled_from([False, False, False, True])),
    )


RECORDS = st.lists(dealings(), max_size=8).map(tuple)


def ledger(record: tuple[Dealing, ...], word: Trust = Trust.FAIR) -> Case:
    """The small case with B under that word, and this record."""
    return small_case(
        parties=(Party(id=A), Party(id=B, handling=word, use=word), *map(lone, (C, D)), Party(id=X, hostile=True)),
        dealings=record,
    )


def lone(party: PartyId) -> Party:
    return Party(id=party, handling=Trust.FAIR)


def rate(case: Case, measure: Measure = Measure.HANDLING, scope: Scope | None = None) -> Interval:
    return standing(case, B, measure, scope or Scope()).rate


@given(RECORDS, st.sampled_from(Trust), MEASURES, SCOPES)
def test_a_narrower_scope_never_stands_worse_than_one_around_it(
    record: tuple[Dealing, ...], word: Trust, measure: Measure, one: Scope
) -> None:
    case = ledger(record, word)

    narrow = rate(case, measure, one)

    for wide in chain(one):
        around = rate(case, measure, wide)
        assert narrow.lo <= around.lo + CLOSE
        assert narrow.mid <= around.mid + CLOSE
        assert narrow.hi <= around.hi + CLOSE


def chain(scope: Scope) -> list[Scope]:
    """A scope and those around it, each by leaving the last stated step out."""
    found = [scope]
    while found[-1].wider != found[-1]:
        found.append(found[-1].wider)
    return found


@given(RECORDS, st.sampled_from(Trust), SCOPES, SCOPES)
def test_a_certain_breach_never_raises_trust_anywhere(
    record: tuple[Dealing, ...], word: Trust, there: Scope, asked: Scope
) -> None:
    before = ledger(record, word)
    leaked = Dealing(parties=(B,), on=FIRST + dt.timedelta(days=400), what=Event.BREACH, through=there)

    after = attrs.evolve(before, dealings=(*record, leaked))

    # one step of drift is all that a breach elsewhere may give back
    back = max(regimes.back for regimes in WORDS.values())
    assert rate(after, scope=asked).hi >= rate(before, scope=asked).hi * (1 - back) - CLOSE
    if there == asked:
        assert rate(after, scope=asked).mid >= rate(before, scope=asked).mid - CLOSE


@given(RECORDS, st.sampled_from(Trust), MEASURES, SCOPES, st.data())
def test_to_take_an_entry_back_is_never_to_have_had_it(
    record: tuple[Dealing, ...], word: Trust, measure: Measure, scope: Scope, data: st.DataObject
) -> None:
    if not record:
        return
    place = data.draw(st.integers(0, len(record) - 1))
    without = record[:place] + record[place + 1 :]
    taken = (*record[:place], attrs.evolve(record[place], retracted=dt.date(2026, 11, 1)), *record[place + 1 :])

    assert rate(ledger(taken, word), measure, scope) == rate(ledger(without, word), measure, scope)


@given(st.lists(dealings(parties=(B, C, D)), max_size=8).map(tuple), SCOPES)
def test_what_others_did_alone_says_nothing_about_a_partner(record: tuple[Dealing, ...], scope: Scope) -> None:
    own = tuple(dealing for dealing in record if dealing.parties == (B,))

    assert rate(ledger(record), scope=scope) == rate(ledger(own), scope=scope)


@given(st.lists(dealings(parties=(B, C)), max_size=6).map(tuple), SCOPES)
def test_partners_of_one_word_may_change_places(record: tuple[Dealing, ...], scope: Scope) -> None:
    other = {B: C, C: B}
    swapped = tuple(attrs.evolve(dealing, parties=(other[dealing.parties[0]],)) for dealing in record)

    mine, theirs = (
        standing(ledger(record), B, Measure.HANDLING, scope),
        standing(ledger(swapped), C, Measure.HANDLING, scope),
    )

    assert mine.rate == theirs.rate


@given(RECORDS, st.sampled_from(Trust), SCOPES, st.integers(0, 4))
def test_the_interval_holds_every_chance_of_noticing_inside_its_own(
    record: tuple[Dealing, ...], word: Trust, scope: Scope, quarter: int
) -> None:
    def at(noticed: Interval | None) -> Interval:
        share = noticed or Interval(0.05, 0.2, 0.5)
        return Interval.exactly(share.lo + quarter / 4 * (share.hi - share.lo))

    sure = tuple(attrs.evolve(dealing, noticed=at(dealing.noticed)) for dealing in record)
    whole, point = rate(ledger(record, word), scope=scope), rate(ledger(sure, word), scope=scope)

    assert whole.lo - CLOSE <= point.lo <= point.hi <= whole.hi + CLOSE


@given(
    st.lists(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(9), None]), max_size=6),
    st.sampled_from([Regimes(), *WORDS.values()]),
)
def test_the_filter_is_what_all_hidden_courses_add_up_to(history: list[Fraction | None], regimes: Regimes) -> None:
    seen = [BREACH if one is None else float(one) for one in history]

    assert follow(regimes.start, seen, regimes) == pytest.approx(float(unsound_after(history, regimes)), abs=1e-12)


@given(st.floats(0, 1), st.sampled_from([Regimes(), *WORDS.values()]))
def test_a_clean_share_never_lifts_suspicion_above_what_was_to_be_expected(unsound: float, regimes: Regimes) -> None:
    assert update(predict(unsound, regimes), 0.0, regimes) <= predict(unsound, regimes)
    assert update(predict(unsound, regimes), 1.0, regimes) == pytest.approx(predict(unsound, regimes), abs=1e-15)


@given(
    st.dictionaries(st.sampled_from("bcde"), st.floats(1e-4, 0.5), min_size=1),
    st.dictionaries(st.sampled_from("bcde"), st.floats(0, 1e4)),
)
def test_blame_adds_up_to_one_and_comes_down_to_the_mixture(
    hazards: dict[str, float], points_at: dict[str, float]
) -> None:
    own: dict[str, float] = {**hazards, "own": 0.004}

    shares = blame(own, points_at)

    assert sum(shares.values()) == pytest.approx(1)
    one = Regimes()
    for who, hazard in hazards.items():
        unsound = (hazard / one.noticed - one.leak_sound) / (one.leak_unsound - one.leak_sound)
        if 0 < unsound < 1:
            mixed = shares[who] * update(unsound, BREACH, one) + (1 - shares[who]) * update(unsound, 0.0, one)
            assert update(unsound, evidence(shares[who], hazard), one) == pytest.approx(mixed, abs=1e-9)
    assert evidence(1.0, 0.1) == math.inf
    assert evidence(0.0, 0.1) == 0.0


@given(st.lists(dealings(parties=(B, C, D)), max_size=5).map(tuple), st.floats(0, 1e4))
def test_what_points_at_one_suspect_clears_the_others_in_part(record: tuple[Dealing, ...], ratio: float) -> None:
    leak = Dealing(parties=(B, C, D), on=FIRST + dt.timedelta(days=400), what=Event.BREACH)

    def share(points: float) -> float:
        case = ledger((*record, attrs.evolve(leak, points_at={C: points})))
        return laid_at_doors(Ledger.of(case))[len(record)][B].share

    assert share(ratio) >= share(ratio + 1) - CLOSE


@given(RECORDS, st.sampled_from(Trust), st.sampled_from([Measure.HANDLING, Measure.USE]))
def test_a_word_is_only_ever_earned_downwards(record: tuple[Dealing, ...], word: Trust, measure: Measure) -> None:
    what = Event.BREACH if measure is Measure.HANDLING else Event.MISUSE
    worse = Dealing(parties=(B,), on=FIRST + dt.timedelta(days=400), what=what)
    taken_back = attrs.evolve(worse, retracted=FIRST + dt.timedelta(days=401), judged_by="the desk")

    now, then, again = (
        BY_TRUST.index(earned(ledger(some, word), B, measure) or word)
        for some in (record, (*record, worse), (*record, taken_back))
    )

    assert BY_TRUST.index(word) <= now == again <= then
    assert earned(ledger((), word), B, measure) is word


@given(RECORDS, st.sampled_from(Trust))
def test_nobody_loses_a_word_by_what_does_not_speak_against_them(record: tuple[Dealing, ...], word: Trust) -> None:
    clean = tuple(dealing for dealing in record if dealing.what is Event.CLEAN)

    assert earned(ledger(clean, word), B, Measure.HANDLING) is word
