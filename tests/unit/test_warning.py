"""Warnings: two tearlines, waivers, overrides, debts, places, outcomes; and what must be refused."""

import datetime as dt

import attrs
import pytest

from small_case import claim, with_claim, with_proposal, yes
from tearline.assess import assess
from tearline.assess.urgent.outcomes import endings, learns_in_all, supposed
from tearline.assess.urgent.owed import Debt
from tearline.assess.urgent.plan import Plan, plan
from tearline.domain import (
    Allow,
    AllowIf,
    Answer,
    Ask,
    Authorities,
    Case,
    Cause,
    Finding,
    Given,
    Ground,
    Interval,
    LeakPath,
    Outcome,
    Party,
    Passage,
    Permission,
    Purpose,
    Refuse,
    Rule,
    Tests,
    ToWarn,
    Trust,
    Waiver,
)
from tearline.errors import InputError
from urgent_case import (
    COMPLETE,
    DEPUTY,
    DIRECTOR,
    HARM,
    INSPECTOR,
    NOW,
    agreed,
    override,
    urgent_case,
    waiver,
    with_urgency,
)


def waived(case: Case, *waivers: Waiver) -> Plan:
    return plan(with_urgency(case, waivers=waivers))


def faults(found: Plan) -> str:
    return "; ".join(fault for each in found.waivers for fault in each.faults)


def override_faults(found: Plan) -> str:
    return "; ".join(fault for _, each in found.overrides for fault in each)


# --- two tearlines -----------------------------------------------------------------------------------


def test_both_are_told_once_everybody_has_agreed() -> None:
    found = plan(agreed(urgent_case()))

    assert isinstance(found.first.decision, Allow)
    assert [isinstance(each.decision, Allow) for each in found.told] == [True, True]
    assert found.may_go


def three_versions() -> Case:
    """With words in between, and a recipient that is told everything because it keeps it."""
    case = agreed(urgent_case())
    exact, vague = case.claims[0].versions
    between = attrs.evolve(vague, id="between", text="They meet at the station this week.", value=6.0)
    parties = tuple(attrs.evolve(p, handling=Trust.SOUND) if p.id in ("B", "C") else p for p in case.parties)
    return with_claim(attrs.evolve(case, parties=parties), versions=(exact, between, vague))


@pytest.mark.parametrize(("enough", "version"), [(0.0, "vague"), (3.0, "vague"), (3.1, "between")])
def test_those_in_danger_are_told_the_vaguest_words_that_are_enough(enough: float, version: str) -> None:
    wanting = ToWarn(id="guests", where="B", enough=enough)

    found = plan(with_urgency(three_versions(), to_warn=(wanting,)))

    assert found.first.tearline.versions == {"meeting": "exact"}
    assert found.seconds[0].found is not None
    assert found.seconds[0].found.tearline.versions == {"meeting": version}


def test_whoever_is_told_by_the_recipient_is_told_nothing_where_it_is_told_nothing() -> None:
    found = plan(agreed(urgent_case(minimum_value=9.5)))

    assert isinstance(found.first.decision, Refuse)
    assert found.seconds[0].found is None
    assert "is told nothing of it" in found.seconds[0].why_not


def test_what_the_recipient_was_told_is_charged_before_those_in_danger_are_told() -> None:
    second = plan(agreed(urgent_case())).seconds[0].found

    assert second is not None
    assert second.case.given[-1].to == ("B",)
    assert second.case.given[-1].claims == {"meeting": "vague"}


def test_whoever_is_warned_acts_and_every_hostile_reader_notices() -> None:
    second = plan(agreed(urgent_case())).seconds[0].found

    assert second is not None
    assert second.case.proposal.allows == (Permission.ACT,)
    assert [r.listener.gets.lo for r in second.readers if r.listener.party.hostile] == [1.0]


def test_a_consent_for_the_recipient_is_none_for_those_in_danger() -> None:
    found = plan(attrs.evolve(urgent_case(), consents=(yes("C", "exact"),)))

    assert isinstance(found.first.decision, Allow)
    assert found.seconds[0].found is not None
    assert isinstance(found.seconds[0].found.decision, Ask)
    assert not found.may_go


def test_only_what_concerns_them_is_told_to_those_in_danger() -> None:
    case = agreed(urgent_case())
    other = claim(id="other")
    both = attrs.evolve(
        case,
        claims=(*case.claims, other),
        consents=tuple(attrs.evolve(c, covers={"meeting": "exact", "other": "exact"}) for c in case.consents),
        proposal=attrs.evolve(case.proposal, claims={"meeting": None, "other": None}),
    )

    found = plan(with_urgency(both, to_warn=(ToWarn(id="guests", where="B", claims=("other",)),)))

    assert set(found.first.tearline.versions) == {"meeting", "other"}
    assert found.seconds[0].found is not None
    assert set(found.seconds[0].found.tearline.versions) == {"other"}


def test_a_case_without_urgency_is_a_warning_all_the_same() -> None:
    found = plan(attrs.evolve(agreed(urgent_case()), urgent=None))

    assert isinstance(found.first.decision, Allow)
    assert found.seconds == ()
    assert "nobody in danger is named, so there is no second tearline" in [gap.what for gap in found.gaps]


def test_nothing_is_urgent_but_warnings_tip_offs_and_requests_to_act() -> None:
    with pytest.raises(InputError, match="`routine`; nothing is urgent but `warning`, `tip-off` and `action`"):
        plan(urgent_case(purpose=Purpose.ROUTINE))


# --- waivers -----------------------------------------------------------------------------------------


def test_after_a_waiver_that_stands_nothing_goes_to_anybody() -> None:
    found = waived(agreed(urgent_case()), waiver())

    assert isinstance(found.first.decision, Refuse)
    assert found.first.decision.reasons[0].rule is Rule.WAIVED
    assert found.first.decision.owner == DIRECTOR
    assert found.first.tearline.words == ()
    assert [each.found for each in found.seconds] == [None]
    assert found.clock.steps == ()


def test_assess_knows_of_the_waiver_too() -> None:
    answer = assess(with_urgency(agreed(urgent_case()), waivers=(waiver(),)))

    assert isinstance(answer.decision, Refuse)
    assert answer.outgoing is None


def test_a_waiver_for_some_leaves_the_recipient_warned() -> None:
    case = agreed(urgent_case())
    two = attrs.evolve(case, parties=(*case.parties, Party(id="staff")))
    to_warn = (*COMPLETE.to_warn, ToWarn(id="staff", where="B"))

    found = waived(with_urgency(two, to_warn=to_warn), waiver(of=("guests",)))

    assert isinstance(found.first.decision, Allow)
    assert [each.waived for each in found.seconds] == [True, False]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"by": DEPUTY}, "the deputy has not seen the evidence"),
        ({"by": "officer-1"}, "officer-1 has not seen the evidence"),
        ({"by": INSPECTOR}, "the inspector may not waive: the director or the deputy may"),
        ({"reviewer": ""}, "nobody reviews it"),
        ({"reviewer": DIRECTOR}, "no independent reviewer"),
        ({"reviewer": "officer-1"}, "no independent reviewer"),
        ({"reviewer": DEPUTY}, "the deputy, who is to review it, has not seen the evidence"),
        ({"review_on": None}, "it has no day of review"),
        ({"review_on": HARM + dt.timedelta(days=1)}, "it would be reviewed after the harm"),
        ({"ground": Ground.AWARE}, "nothing in the case says that Guests in B knows it already"),
        ({"ground": Ground.NO_MEANS}, "B could tell Guests in B"),
        ({"ground": Ground.ENDANGERS}, "warns Guests in B and passes no limit"),
    ],
)
def test_a_waiver_by_the_wrong_one_or_on_the_wrong_ground_is_refused_and_the_warning_goes(
    changes: dict[str, object], why: str
) -> None:
    found = waived(agreed(urgent_case()), waiver(**changes))

    assert why in faults(found)
    assert found.may_go


def test_without_an_authority_named_nobody_waives() -> None:
    found = waived(with_urgency(agreed(urgent_case()), authorities=Authorities()), waiver())

    assert "no authority is named that may waive" in faults(found)
    assert found.may_go


def few_knew(case: Case) -> Case:
    """The claim in words that only a handful could know, whatever the words."""
    close = {"insiders": case.claims[0].versions[0].known["insiders"]}
    versions = tuple(attrs.evolve(v, known=close if n == 0 else {}) for n, v in enumerate(case.claims[0].versions))
    return with_claim(case, versions=versions)


def test_a_waiver_for_the_sake_of_the_source_stands_where_any_words_would_pass_a_limit() -> None:
    case = few_knew(agreed(urgent_case()))
    unwaived = plan(case)

    found = waived(case, waiver(ground=Ground.ENDANGERS, because="whoever leaves was told by one of four"))

    assert isinstance(unwaived.first.decision, AllowIf)
    assert faults(found) == ""
    assert isinstance(found.first.decision, Refuse)


def test_whoever_was_told_before_may_be_left_unwarned() -> None:
    case = agreed(urgent_case())
    told = attrs.evolve(case, given=(Given(to=("guests",), on=dt.date(2026, 11, 1), claims={"meeting": "vague"}),))

    found = waived(told, waiver(ground=Ground.AWARE))

    assert faults(found) == ""


def test_nobody_in_place_is_no_means() -> None:
    case = with_urgency(agreed(urgent_case()), to_warn=(ToWarn(id="guests", where="somewhere else"),))

    assert faults(waived(case, waiver(ground=Ground.NO_MEANS))) == ""


# --- overrides ---------------------------------------------------------------------------------------


def test_an_authority_may_override_silence_and_answers_for_it() -> None:
    found = plan(with_urgency(urgent_case(), overrides=(override(),)))

    assert isinstance(found.first.decision, AllowIf)
    assert "the director answers for acting without the consent of C" in found.first.decision.conditions[0]
    assert found.asked == ()
    assert override_faults(found) == ""


@pytest.mark.parametrize("by", ["officer-1", INSPECTOR, "a passer-by", "", "The Director"])
def test_nobody_overrides_but_the_named_authority(by: str) -> None:
    found = plan(with_urgency(urgent_case(), overrides=(override(by=by),)))

    assert isinstance(found.first.decision, Ask)
    assert "may not override" in override_faults(found)


def test_without_a_named_authority_nothing_is_overridden() -> None:
    found = plan(with_urgency(urgent_case(), overrides=(override(),), authorities=Authorities()))

    assert isinstance(found.first.decision, Ask)
    assert "no authority is named that may override" in override_faults(found)


def test_nobody_overrides_for_their_own_proposal() -> None:
    found = plan(with_urgency(urgent_case(by=DIRECTOR), overrides=(override(),)))

    assert isinstance(found.first.decision, Ask)
    assert "nobody overrides for their own proposal" in override_faults(found)


def test_a_no_is_never_overridden() -> None:
    no = yes("C", "vague", answer=Answer.NO, to=("B", "guests"))
    case = attrs.evolve(urgent_case(), consents=(no,))

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, Refuse)
    assert "C has said no: an override is for silence" in override_faults(found)
    assert not any(each.goes for each in found.seconds)


def test_a_consent_that_was_taken_back_is_never_overridden() -> None:
    back = yes("C", "exact", withdrawn=dt.date(2026, 11, 10))
    case = attrs.evolve(urgent_case(), consents=(back,))

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, Ask)
    assert "C has taken its consent back" in override_faults(found)


def test_a_consent_is_only_overridden_where_people_are_in_danger() -> None:
    tip_off = urgent_case(purpose=Purpose.TIP_OFF)

    found = plan(with_urgency(tip_off, overrides=(override(),)))

    assert isinstance(found.first.decision, Ask)
    assert "there is no duty to warn" in override_faults(found)


# --- the duty itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["credible", "specific", "impending"])
def test_a_recorded_no_to_any_test_ends_the_duty(name: str) -> None:
    no = Tests(**{name: Finding(holds=False, by="officer-1")})
    case = few_knew(agreed(urgent_case()))

    beyond, ordinary = plan(case), plan(with_urgency(case, tests=no))

    assert beyond.duty
    assert isinstance(beyond.first.decision, AllowIf)
    assert not ordinary.duty
    assert isinstance(ordinary.first.decision, Refuse)


def test_tests_that_nobody_has_answered_count_as_a_duty() -> None:
    assert plan(with_urgency(few_knew(agreed(urgent_case())), tests=Tests())).duty


@pytest.mark.parametrize("at", [HARM, HARM + dt.timedelta(minutes=1), HARM + dt.timedelta(days=3)])
def test_once_the_harm_has_passed_no_limit_is_passed_for_it(at: dt.datetime) -> None:
    found = plan(few_knew(agreed(urgent_case())), at=at)

    assert found.too_late
    assert not found.duty
    assert isinstance(found.first.decision, Refuse)


def test_a_minute_before_the_harm_there_is_still_a_duty() -> None:
    found = plan(few_knew(agreed(urgent_case())), at=HARM - dt.timedelta(minutes=1))

    assert found.duty
    assert not found.too_late


def test_a_time_before_the_day_of_the_case_is_refused() -> None:
    with pytest.raises(InputError, match="is before the day of the case"):
        plan(urgent_case(), at=NOW - dt.timedelta(days=1))


# --- what is owed ------------------------------------------------------------------------------------


def kinds(found: Plan, set_aside: bool) -> list[Debt]:
    return [each.debt for each in found.owed if each.set_aside == set_aside]


def test_a_warning_that_keeps_to_every_rule_owes_receipts_debriefs_and_corrections() -> None:
    found = plan(agreed(urgent_case()))

    assert kinds(found, set_aside=True) == []
    assert set(kinds(found, set_aside=False)) == {Debt.RECEIPT, Debt.DEBRIEF, Debt.CORRECTION}


def test_an_override_owes_a_notice_at_once_and_a_report() -> None:
    found = plan(with_urgency(urgent_case(), overrides=(override(),)))

    notice, report = (each for each in found.owed if each.set_aside)
    assert (notice.debt, notice.to, notice.by) == (Debt.NOTICE, "C", None)
    assert (report.debt, report.to) == (Debt.REPORT, INSPECTOR)


def test_an_override_that_nothing_rests_on_owes_nothing() -> None:
    found = plan(with_urgency(agreed(urgent_case()), overrides=(override(),)))

    assert kinds(found, set_aside=True) == []


def test_a_waiver_owes_a_report_and_a_review() -> None:
    assert kinds(waived(agreed(urgent_case()), waiver()), set_aside=True) == [Debt.REPORT, Debt.REVIEW]


def test_a_warning_beyond_the_limits_owes_a_word_to_the_handler_and_a_report() -> None:
    assert set(kinds(plan(few_knew(agreed(urgent_case()))), set_aside=True)) == {Debt.HANDLER, Debt.REPORT}


def test_where_nothing_goes_nothing_is_owed() -> None:
    assert plan(agreed(urgent_case(minimum_value=9.5))).owed == ()


# --- who is where ------------------------------------------------------------------------------------


def test_a_party_with_people_where_they_are_comes_first() -> None:
    case = agreed(urgent_case())
    parties = tuple(attrs.evolve(p, presence=("elsewhere",)) if p.id == "B" else p for p in case.parties)
    friend = Party(id="F", presence=(" b ",))

    found = plan(attrs.evolve(case, parties=(*parties, friend)))

    assert [(place.party, place.reaches) for place in found.places] == [("F", ("guests",)), ("B", ())]
    assert "B, who is to tell Guests in B, has no people in B" in [gap.what for gap in found.gaps]


def test_no_hostile_party_is_asked_to_act() -> None:
    case = agreed(urgent_case())
    parties = tuple(attrs.evolve(p, presence=("B",)) if p.hostile else p for p in case.parties)

    assert [place.party for place in plan(attrs.evolve(case, parties=parties)).places] == ["B"]


def test_whoever_is_told_besides_a_tip_off_is_owed_no_warning_either() -> None:
    case = few_knew(agreed(urgent_case(purpose=Purpose.TIP_OFF)))

    found = plan(case)

    assert isinstance(found.first.decision, Refuse)
    assert not found.seconds[0].goes


# --- outcomes ----------------------------------------------------------------------------------------

FALLS, STAYS = Interval.between(0.2, 0.4), Interval.between(0.6, 0.8)


def tip_off() -> Case:
    """B is a leader; if he falls Y reads what he was told."""
    case = agreed(urgent_case(purpose=Purpose.TIP_OFF))
    consents = tuple(attrs.evolve(c, purposes=()) for c in case.consents)
    outcomes = (Outcome(id="falls", what="Y governs", in_danger=("B",)), Outcome(id="stays", what="B punishes"))
    return attrs.evolve(
        with_urgency(case, outcomes=outcomes, to_warn=()),
        consents=consents,
        parties=(*case.parties, Party(id="Y", hostile=True)),
        causes=(Cause(id="falls", probability=FALLS), Cause(id="stays", probability=STAYS)),
        leak_paths=(
            LeakPath(giver="B", to="Y", how=Passage.ONWARD, probability=Interval.exactly(0.1), or_if=("falls",)),
            LeakPath(giver="B", to="X", how=Passage.ONWARD, probability=Interval.exactly(0.0)),
        ),
    )


def test_who_reads_depends_on_how_it_ends() -> None:
    falls, stays = plan(tip_off()).endings

    assert [w.reads.lo for w in falls.witnesses if w.party == "Y"] == [1.0]
    assert [w.reads.hi < 0.2 for w in stays.witnesses if w.party == "Y"] == [True]


def test_who_learns_that_we_told_is_added_up_over_the_outcomes() -> None:
    found = plan(tip_off()).endings
    (stays,) = (w.reads for w in found[1].witnesses if w.party == "Y")

    learns = learns_in_all(found, "Y")

    assert (learns.lo, learns.hi) == pytest.approx((0.2 + 0.6 * stays.lo, 0.4 + 0.8 * stays.hi))


def test_supposing_one_outcome_excludes_the_others() -> None:
    case = tip_off()
    then = supposed(case, case.urgent.outcomes[1]) if case.urgent else case

    assert [(cause.id, cause.probability.hi) for cause in then.causes] == [("falls", 0.0), ("stays", 1.0)]


def test_who_is_in_danger_never_moves_a_figure() -> None:
    case = tip_off()
    named = with_urgency(
        case, outcomes=tuple(attrs.evolve(o, in_danger=("thousands",)) for o in case.urgent.outcomes if case.urgent)
    )

    before, after = plan(case), plan(named)

    assert [e.witnesses for e in before.endings] == [e.witnesses for e in after.endings]
    assert before.first.decision == after.first.decision


def test_a_case_without_outcomes_has_no_endings() -> None:
    assert endings(urgent_case(), {}) == ()


def test_a_purpose_of_a_trade_is_not_urgent() -> None:
    with pytest.raises(InputError, match="`trade`"):
        plan(with_proposal(urgent_case(), purpose=Purpose.TRADE))
