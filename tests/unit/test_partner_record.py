"""What is on record with a partner: what counts, how much it says, and through whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from small_case import TODAY, small_case
from tearline.domain import WHOLE, Axis, Case, Dealing, Event, Interval, Party, PartyId, Scope, Severity, Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.errors import InvariantError
from tearline.trust import BREACH, CLEAN, WORDS, Measure, Regimes, follow, leak_chance, leak_rate, standing, update
from tearline.trust.blame import OWN_HOUSE, blame, evidence
from tearline.trust.record import NOTICED, Ledger, Silence, entries, laid_at_doors, regimes_of
from tearline.trust.regimes import likelihood_ratio, weigh
from tearline.trust.standing import SHRINK, leak_chance_of
from tearline.trust.use import TELLING

A, B, C, D, E, X = map(PartyId, "ABCDEX")
FIRST = dt.date(2026, 1, 1)
SURE = Interval.exactly(0.2)
WORDED = [
    (Trust.SOUND, 0.0079, 0.0035, 0.0890),
    (Trust.FAIR, 0.0343, 0.0194, 0.1549),
    (Trust.WARY, 0.105, 0.0602, 0.1775),
]


def dealing(what: Event, day: int = 0, **changes: Any) -> Dealing:
    """One entry about B, judged by somebody."""
    entry = Dealing(parties=(B,), on=FIRST + dt.timedelta(days=day), what=what, judged_by="the desk")
    return attrs.evolve(entry, **changes)


def clean(count: int = 100, day: int = 0, **changes: Any) -> Dealing:
    """Shares that were watched, with a chance of noticing of exactly one in five."""
    return dealing(Event.CLEAN, day, count=count, **{"noticed": SURE, **changes})


def breach(day: int = 1, **changes: Any) -> Dealing:
    """A breach that is certainly theirs."""
    return dealing(Event.BREACH, day, **changes)


def ledger(*dealings: Dealing, word: Trust = Trust.SOUND, **changes: Any) -> Case:
    """The small case with B under that word of trust, and these dealings."""
    parties = [Party(id=A), Party(id=B, handling=word, use=word), *(Party(id=p) for p in (C, D, E))]
    return small_case(parties=(*parties, Party(id=X, hostile=True)), dealings=dealings, **changes)


def rate(case: Case, scope: Scope = WHOLE, measure: Measure = Measure.HANDLING) -> Interval:
    """P(the next share leaks, or the next use goes wrong)."""
    return standing(case, B, measure, scope).rate


# --- the figures that were worked out by hand ------------------------------------------------------------


@pytest.mark.parametrize(("word", "start", "proven", "betrayed"), WORDED)
def test_a_record_moves_the_word_it_starts_from(word: Trust, start: float, proven: float, betrayed: float) -> None:
    assert rate(ledger(word=word)).mid == pytest.approx(start, abs=5e-5)
    assert rate(ledger(clean(), word=word)).mid == pytest.approx(proven, abs=5e-5)
    assert rate(ledger(clean(), breach(), word=word)).mid == pytest.approx(betrayed, abs=5e-5)


@pytest.mark.parametrize("word", Trust)
def test_without_dealings_a_partner_is_what_its_word_says_to_the_last_bit(word: Trust) -> None:
    case = ledger(word=word)

    assert rate(case) == leak_rate(word)
    assert leak_chance_of(case, B, [WHOLE] * 3) == leak_chance(word, 3)


def test_the_likelihood_ratio_of_evidence_is_what_the_filter_uses() -> None:
    one = Regimes()

    for lambda_ in (CLEAN, 0.5, 1.0, 9.0, BREACH):
        ratio = likelihood_ratio(lambda_, one.noticed, one)

        assert weigh(0.12, ratio) == pytest.approx(update(0.12, lambda_, one), abs=1e-12)
    assert likelihood_ratio(BREACH, 0.2, one) == pytest.approx(40)
    assert likelihood_ratio(CLEAN, 0.2, one) == pytest.approx(0.96096, abs=5e-6)


def test_one_leak_among_three_recipients_and_our_own_house() -> None:
    hazards = {"b": 0.00568, "d": 0.0205, "e": 0.00568, "own": OWN_HOUSE}

    shares = blame(hazards, {"d": 9.0})

    assert shares == pytest.approx({"b": 0.028420, "d": 0.923146, "e": 0.028420, "own": 0.020014}, abs=5e-7)
    after = {who: update(p, evidence(shares[who], hazards[who]), Regimes()) for who, p in WHO}
    assert after == pytest.approx({"b": 0.136582, "d": 0.938292, "e": 0.136582}, abs=5e-7)


WHO = [("b", 0.12), ("d", 0.5), ("e", 0.12)]


def test_a_leak_with_several_suspects_is_evidence_about_each_and_a_breach_of_none() -> None:
    shared = breach(parties=(B, C, D), points_at={D: 9.0})
    case = ledger(shared, word=Trust.WARY)

    doors = laid_at_doors(Ledger.of(case))[0]

    assert sum(door.share for door in doors.values()) == pytest.approx(1)
    assert doors[D].share > 0.8 > doors[B].share == doors[C].share > 0
    before, surely = rate(ledger(word=Trust.WARY)).mid, rate(ledger(breach(), word=Trust.WARY)).mid
    assert before < rate(case).mid < surely


def test_a_leak_that_points_at_nobody_is_laid_at_the_leakier_door() -> None:
    case = ledger(breach(parties=(B, C)), word=Trust.SOUND)  # C's handling is not stated: wary

    doors = laid_at_doors(Ledger.of(case))[0]

    assert doors[C].share > doors[B].share
    assert doors[None].share > doors[B].share  # a treaty ally is less likely than our own house


# --- what counts ---------------------------------------------------------------------------------------


def silent(case: Case, measure: Measure = Measure.HANDLING) -> list[Silence | None]:
    return [entry.silent for entry in entries(Ledger.of(case), B, measure)]


def test_what_speaks_for_a_partner_counts_only_if_somebody_judged_it() -> None:
    unjudged = ledger(clean(judged_by=""))

    assert silent(unjudged) == [Silence.UNJUDGED]
    assert rate(unjudged) == rate(ledger())


def test_what_speaks_against_a_partner_counts_whoever_judged_it() -> None:
    assert silent(ledger(breach(judged_by=""))) == [None]
    assert rate(ledger(breach(judged_by=""))) == rate(ledger(breach()))


def test_what_speaks_for_a_partner_lapses_on_the_day_of_its_review() -> None:
    due, fresh = clean(review=TODAY - dt.timedelta(days=1)), clean(review=TODAY)

    assert silent(ledger(due)) == [Silence.REVIEW_DUE]
    assert silent(ledger(fresh)) == [None]
    assert silent(ledger(fresh, as_of=None)) == [Silence.REVIEW_DUE]
    assert silent(ledger(breach(review=FIRST + dt.timedelta(days=2)))) == [None]


def test_what_was_taken_back_was_never_there() -> None:
    case = ledger(clean(), breach(retracted=TODAY))

    assert silent(case)[1] is Silence.RETRACTED
    assert rate(case) == rate(ledger(clean()))


def test_a_breach_that_its_author_reports_says_less_and_still_lowers_trust() -> None:
    own_report = rate(ledger(dealing(Event.CONFESSION, 1)))

    assert rate(ledger()).mid < own_report.mid < rate(ledger(breach())).mid
    assert own_report.mid >= LEAK_GATE


def test_evidence_that_may_have_another_cause_lies_between() -> None:
    maybe = [rate(ledger(breach(times_likelier=ratio))).mid for ratio in (0.5, 1.0, 9.0, 40.0)]

    assert maybe == sorted(maybe)
    assert maybe[-1] < rate(ledger(breach())).mid
    assert maybe[1] == pytest.approx(rate(ledger()).mid, abs=1e-3)  # drift of one share


def test_a_promise_is_about_the_axis_that_was_promised() -> None:
    kept = ledger(dealing(Event.PROMISE_KEPT, about=Axis.HANDLING))
    broken = ledger(dealing(Event.PROMISE_BROKEN, about=Axis.USE))

    assert rate(kept).mid < rate(ledger()).mid
    assert rate(broken) == rate(ledger())
    assert rate(broken, measure=Measure.USE).mid > rate(ledger(), measure=Measure.USE).mid


def test_of_a_promise_about_nothing_stated_only_the_broken_one_counts() -> None:
    broken, kept = ledger(dealing(Event.PROMISE_BROKEN)), ledger(dealing(Event.PROMISE_KEPT))

    for measure in (Measure.HANDLING, Measure.USE):
        assert rate(broken, measure=measure).mid > rate(ledger(), measure=measure).mid
        assert silent(kept, measure) == [Silence.UNSAID]


def test_the_interval_holds_every_chance_of_noticing() -> None:
    history = (clean(30, noticed=None), breach(1, times_likelier=9.0), clean(5, 2, noticed=None))

    whole = rate(ledger(*history))

    for share in (NOTICED.lo, 0.1, NOTICED.mid, 0.4, NOTICED.hi):
        sure = [attrs.evolve(one, noticed=Interval.exactly(share)) for one in history]
        assert whole.lo <= rate(ledger(*sure)).mid <= whole.hi


# --- use -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "ratio"), [(s, r) for s, r in TELLING.items()])
def test_how_bad_a_misuse_was_is_a_column_of_the_likelihood(severity: Severity, ratio: float) -> None:
    misused = standing(ledger(dealing(Event.MISUSE, severity=severity)), B, Measure.USE).unsound.mid
    before = WORDS[Trust.SOUND].start * (1 - 0.001) + (1 - WORDS[Trust.SOUND].start) * 0.0003

    assert misused / (1 - misused) == pytest.approx(ratio * before / (1 - before), rel=1e-9)


def test_graver_misuse_lowers_trust_more_and_the_worst_is_taken_where_nobody_says() -> None:
    rates = [rate(ledger(dealing(Event.MISUSE, severity=s)), measure=Measure.USE).mid for s in Severity]

    assert rates == sorted(rates)
    assert rate(ledger(dealing(Event.MISUSE)), measure=Measure.USE).mid == rates[-1]


def test_the_two_axes_do_not_mix() -> None:
    misused, leaked = ledger(dealing(Event.MISUSE)), ledger(breach())

    assert rate(misused) == rate(ledger())
    assert rate(leaked, measure=Measure.USE) == rate(ledger(), measure=Measure.USE)


# --- their view of us ---------------------------------------------------------------------------------------


def test_what_we_did_to_them_moves_their_view_of_us_and_not_ours_of_them() -> None:
    case = ledger(breach(ours=True))

    theirs = standing(case, B, Measure.HANDLING, ours=True)

    assert rate(case) == rate(ledger())
    assert theirs.rate.mid > standing(ledger(), B, Measure.HANDLING, ours=True).rate.mid
    assert regimes_of(case.party(B), Measure.HANDLING, ours=True) == WORDS[Trust.FAIR]


@pytest.mark.parametrize("ours", [True, False])
def test_an_officer_refused_costs_good_will_and_no_trust(ours: bool) -> None:
    refused = ledger(dealing(Event.ACCREDITATION_REFUSED, ours=ours))

    before, after = (standing(case, B, Measure.GOODWILL).unsound.mid for case in (ledger(), refused))

    assert after > 2 * before
    assert rate(refused) == rate(ledger())
    assert rate(refused, measure=Measure.USE) == rate(ledger(), measure=Measure.USE)


def test_a_thin_return_is_no_breach() -> None:
    thin = ledger(dealing(Event.THIN_RETURN))

    assert rate(thin) == rate(ledger())
    assert rate(thin, measure=Measure.USE) == rate(ledger(), measure=Measure.USE)


# --- scopes ----------------------------------------------------------------------------------------------------

POST, LINK = Scope(agency="service", channel="post"), Scope(agency="service", channel="link")


def test_a_suspension_can_be_limited_to_the_channel_that_leaked() -> None:
    case = ledger(clean(100, 0, through=POST), clean(100, 1, through=LINK), breach(2, through=LINK))

    assert rate(case, LINK).hi >= LEAK_GATE
    assert rate(case, POST).hi < LEAK_GATE


def test_its_own_record_weighs_n_in_n_plus_twenty() -> None:
    case = ledger(breach(0, through=LINK), clean(60, 1, through=POST))
    alone = rate(ledger(clean(60, 1, through=POST)), WHOLE)

    around, own = rate(case, Scope(agency="service")).mid, rate(case, POST).mid

    assert SHRINK == 20
    expected = 60 / 80 * follow_clean(60) + 20 / 80 * around
    assert own == pytest.approx(expected, abs=1e-12)
    assert own > alone.mid


def follow_clean(count: int) -> float:
    regimes = WORDS[Trust.SOUND]
    unsound = follow(regimes.start, [CLEAN] * count, regimes)
    return unsound * regimes.leak_unsound + (1 - unsound) * regimes.leak_sound


# --- attacks -----------------------------------------------------------------------------------------------------


def test_attack_a_new_name_for_the_channel_that_leaked_gains_nothing() -> None:
    case = ledger(clean(200, 0, through=LINK), breach(1, through=LINK))

    renamed = rate(case, Scope(agency="service", channel="link-2"))

    assert renamed.mid == pytest.approx(rate(case, LINK.wider).mid)
    assert renamed.hi >= LEAK_GATE


def test_attack_a_fresh_channel_for_every_leak_does_not_hide_them() -> None:
    leaks = [breach(day, through=Scope(channel=f"officer-{day}")) for day in range(5)]

    assert rate(ledger(*leaks)).hi >= LEAK_GATE
    assert rate(ledger(*leaks), Scope(channel="officer-9")).hi >= LEAK_GATE


def test_attack_trust_is_not_laundered_through_the_whole_partner() -> None:
    """Hundreds of harmless clean shares elsewhere after the breach, and then no channel is named."""
    weather = Scope(agency="met-office", topic="weather")
    case = ledger(breach(0, through=LINK), *(clean(10_000, day, through=weather) for day in range(1, 4)))

    assert rate(case).mid == pytest.approx(rate(case, LINK).mid, rel=0.05)
    assert rate(case).hi >= LEAK_GATE
    assert rate(case, weather).hi < LEAK_GATE


def test_attack_a_breach_of_which_the_channel_is_not_said_is_not_lost_on_one_with_a_long_record() -> None:
    case = ledger(clean(1000, 0, through=POST), breach(1))

    assert rate(case, POST).hi >= LEAK_GATE


def test_attack_shares_in_which_nothing_could_be_noticed_restore_nothing() -> None:
    """A partner that knows where we look behaves there, and leaks where we cannot see."""
    unseen = dealing(Event.CLEAN, 2, count=10_000, noticed=Interval.exactly(0.0))
    hardly = dealing(Event.CLEAN, 2, count=200, noticed=Interval.exactly(0.0005))

    betrayed = rate(ledger(breach()))

    assert rate(ledger(breach(), unseen)).mid >= betrayed.mid
    assert rate(ledger(breach(), hardly)).mid > 0.97 * betrayed.mid
    assert rate(ledger(breach(), hardly)).hi >= LEAK_GATE
    assert rate(ledger(unseen)).mid >= rate(ledger()).mid  # only drift is left, and that is against it


def test_attack_shares_of_which_the_chance_of_noticing_is_not_stated_are_held_to_the_worst() -> None:
    bare = dealing(Event.CLEAN, 2, count=50)

    assert rate(ledger(breach(), bare)).hi > rate(ledger(breach(), attrs.evolve(bare, noticed=SURE))).hi


def test_attack_quiet_is_not_counted_as_clean() -> None:
    years_ago, today = breach(0), ledger(breach(0), as_of=FIRST)

    assert rate(ledger(years_ago, as_of=FIRST + dt.timedelta(days=3650))) == rate(today)
    assert rate(ledger(years_ago, clean(500, 1, judged_by=""))) == rate(today)


def test_attack_a_spotless_record_of_any_length_buys_no_immunity() -> None:
    for word in Trust:
        assert rate(ledger(clean(10_000), breach(), word=word)).lo >= LEAK_GATE


def test_attack_a_thousand_leaks_with_many_suspects_are_laid_in_linear_time() -> None:
    shared = [breach(day % 300, parties=(B, C, D, E), what_happened=str(day)) for day in range(1000)]

    assert rate(ledger(*shared)).hi >= LEAK_GATE


def test_blame_wants_suspects_who_could_have_done_it() -> None:
    with pytest.raises(InvariantError, match="hazards"):
        blame({"b": 0.0}, {})
    with pytest.raises(InvariantError, match="clears"):
        blame({"b": 0.1}, {"b": 0.0})
    assert blame({"b": 0.1, "c": 0.3}, {"c": float("inf")}) == {"b": 0.0, "c": 1.0}


def test_shares_that_were_never_made_have_no_chance_of_leaking() -> None:
    with pytest.raises(InvariantError, match="no share"):
        leak_chance_of(ledger(), B, [])
