"""Corners of warnings: who has not answered and who has, who has earned which word, promises of others, endings."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from small_case import TODAY, claim, with_use, yes
from tearline.assess import assess
from tearline.assess.urgent.outcomes import learns_in_all
from tearline.assess.urgent.owed import Debt
from tearline.assess.urgent.plan import Plan, plan
from tearline.assess.urgent.second import told_after
from tearline.domain import (
    AllowIf,
    Answer,
    Approval,
    Ask,
    Assurance,
    Authorities,
    Case,
    Cause,
    Credibility,
    Group,
    GroupKind,
    Harm,
    Interval,
    LeakPath,
    Outcome,
    Party,
    PartyId,
    Passage,
    Permission,
    Person,
    Purpose,
    Question,
    Reader,
    Refuse,
    Risk,
    Rule,
    Secret,
    SecretKind,
    Source,
    SourceKind,
    ToWarn,
    Trust,
    Version,
)
from tearline.policy import overrides
from urgent_case import DEPUTY, DIRECTOR, HARM, INSPECTOR, agreed, override, urgent_case, waiver, with_urgency

ASKED_IN_VAIN = Question(
    party="C",
    on=TODAY - dt.timedelta(days=9),
    covers={"meeting": "exact"},
    to=("B", "guests"),
    due=TODAY - dt.timedelta(days=1),
    permissions=(Permission.ACT,),
)
STILL_OUT = attrs.evolve(ASKED_IN_VAIN, due=TODAY + dt.timedelta(days=1))


def three_partners(case: Case) -> Case:
    """C, D and E all have a stake in the source."""
    sources = tuple(attrs.evolve(source, joint_with=("C", "D", "E")) for source in case.sources)
    return attrs.evolve(case, sources=sources, parties=(*case.parties, Party(id="D"), Party(id="E")))


def override_faults(found: Plan) -> str:
    return "; ".join(fault for _, each in found.overrides for fault in each)


# --- silence and answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [ASKED_IN_VAIN, STILL_OUT])
def test_whoever_was_asked_and_is_silent_may_be_overridden_and_is_told(question: Question) -> None:
    case = attrs.evolve(urgent_case(), questions=(question,))

    found = plan(with_urgency(case, overrides=(override(),)))

    assert override_faults(found) == ""
    assert isinstance(found.first.decision, AllowIf)
    assert any("answers for acting without the consent of C" in each for each in found.first.decision.conditions)
    notices = [debt for debt in found.owed if debt.debt is Debt.NOTICE]
    assert [debt.to for debt in notices] == ["C"]
    assert any(debt.debt is Debt.REPORT and debt.to == INSPECTOR for debt in found.owed)


def test_without_an_override_silence_is_still_a_no() -> None:
    case = attrs.evolve(urgent_case(), questions=(ASKED_IN_VAIN,))

    assert isinstance(plan(case).first.decision, Refuse)


def test_of_three_partners_the_silent_are_overridden_one_by_one_and_a_no_stands() -> None:
    case = three_partners(urgent_case())
    both = (override(), override(party="D"))
    no = yes("E", "vague", answer=Answer.NO, to=("B", "guests"))

    one = plan(with_urgency(case, overrides=both[:1]))
    two = plan(with_urgency(case, overrides=both))
    with_a_no = plan(with_urgency(attrs.evolve(case, consents=(no,)), overrides=(*both, override(party="E"))))

    assert isinstance(one.first.decision, Ask)
    assert [each.party for each in one.first.asked] == ["D", "E"]
    assert isinstance(two.first.decision, Ask)
    assert [each.party for each in two.first.asked] == ["E"]
    assert isinstance(with_a_no.first.decision, Refuse)
    assert override_faults(with_a_no) == "E has said no: an override is for silence, not for an answer"
    assert not [debt for debt in with_a_no.owed if debt.debt is Debt.NOTICE]


def raid_that_tells_of_the_meeting(case: Case) -> Case:
    """What goes is a raid of our own; that it implies the meeting makes it C's affair."""
    raid = claim(id="raid", sources=("ours",))
    raid = attrs.evolve(raid, versions=tuple(attrs.evolve(v, implies={"meeting": "vague"}) for v in raid.versions))
    ours = Source(id="ours", kind=SourceKind.IMAGERY, owner="A")
    proposal = attrs.evolve(case.proposal, claims={"raid": None})
    return attrs.evolve(case, claims=(*case.claims, raid), sources=(*case.sources, ours), proposal=proposal)


def test_a_no_to_what_the_words_imply_is_never_overridden() -> None:
    no = yes("C", "vague", answer=Answer.NO, to=("B", "guests"))
    case = attrs.evolve(raid_that_tells_of_the_meeting(urgent_case()), consents=(no,))

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, Refuse)
    assert "C has said no" in override_faults(found)


def test_whoever_is_overridden_for_what_the_words_imply_is_told_of_it() -> None:
    case = raid_that_tells_of_the_meeting(urgent_case())

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, AllowIf)
    assert [debt.to for debt in found.owed if debt.debt is Debt.NOTICE] == ["C"]


def test_whoever_has_granted_less_has_answered() -> None:
    less = yes("C", "vague", on=TODAY - dt.timedelta(days=2), to=("guests",))
    case = attrs.evolve(urgent_case(), questions=(ASKED_IN_VAIN,), consents=(less,))

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, Refuse)
    assert "C has granted less than it was asked for" in override_faults(found)


def test_the_deputy_decides_where_the_authority_is_absent_and_nobody_where_there_is_none() -> None:
    silent = attrs.evolve(urgent_case(), questions=(ASKED_IN_VAIN,))

    by_deputy = plan(with_urgency(silent, overrides=(override(by=DEPUTY),)))
    by_nobody = plan(with_urgency(silent, overrides=(override(),), authorities=Authorities()))

    assert isinstance(by_deputy.first.decision, AllowIf)
    assert isinstance(by_nobody.first.decision, Refuse)
    assert "no authority is named that may override" in override_faults(by_nobody)


@pytest.mark.parametrize("passed", [dt.timedelta(), dt.timedelta(minutes=1), dt.timedelta(days=2)])
def test_once_the_hour_of_the_harm_has_come_nobody_is_overridden(passed: dt.timedelta) -> None:
    case = with_urgency(urgent_case(), overrides=(override(),))

    before, after = plan(case, at=HARM - dt.timedelta(minutes=1)), plan(case, at=HARM + passed)

    assert override_faults(before) == ""
    assert after.too_late
    assert not after.duty
    assert "there is no duty to warn" in override_faults(after)
    assert not isinstance(after.first.decision, AllowIf)
    assert not overrides.overridden(after.case)


# --- waivers ---------------------------------------------------------------------------------------------


def test_whoever_has_not_seen_the_evidence_waives_nothing_however_high() -> None:
    case = with_urgency(agreed(urgent_case()), seen_by=(INSPECTOR,), waivers=(waiver(),))

    found = plan(case)

    assert not found.waivers[0].stands
    assert found.waivers[0].faults == (f"{DIRECTOR} has not seen the evidence (`seen_by`), so may not weigh it",)
    assert not isinstance(found.first.decision, Refuse)
    assert not isinstance(assess(case).decision, Refuse)


@pytest.mark.parametrize(("late", "stands"), [(dt.timedelta(minutes=-1), True), (dt.timedelta(minutes=1), False)])
def test_a_review_in_the_hour_after_the_harm_comes_too_late(late: dt.timedelta, stands: bool) -> None:
    case = with_urgency(agreed(urgent_case()), waivers=(waiver(review_on=HARM + late),))

    found = plan(case)

    assert found.waivers[0].stands is stands
    assert isinstance(found.first.decision, Refuse) is stands


# --- who is where, and what others promised ----------------------------------------------------------------

PROMISE = Assurance(
    by="B",
    covers=(Harm.TORTURE,),
    credibility=Credibility.HIGH,
    follow_up="visits",
    until=TODAY + dt.timedelta(days=90),
)
COURIER = Person(id="courier", risk=dict.fromkeys(Harm, Risk.NONE) | {Harm.TORTURE: Risk.REAL}, assurances=(PROMISE,))


def with_a_courier(case: Case) -> Case:
    return attrs.evolve(case, claims=tuple(attrs.evolve(c, persons=(COURIER,)) for c in case.claims))


def test_what_the_recipient_promised_holds_for_nobody_else() -> None:
    """Neither for a friend with people in place, nor for those in danger."""
    case = with_a_courier(with_use(agreed(urgent_case())))
    friend = Party(id="F", presence=("B",), use=Trust.FAIR)
    consents = tuple(attrs.evolve(c, to=(*c.to, "F")) for c in case.consents)

    found = plan(attrs.evolve(case, parties=(*case.parties, friend), consents=consents))

    said = {place.party: bool(place.said) for place in found.places}
    assert said == {"B": True, "F": False}
    (second,) = found.seconds
    assert second.found is not None
    assert isinstance(second.found.decision, Refuse)
    assert Rule.PERSON_HARM in {reason.rule for reason in second.found.decision.reasons}


def test_what_was_approved_for_the_recipient_is_not_for_those_in_danger() -> None:
    case = agreed(urgent_case(approvals=(Approval(by="the board", on=TODAY),)))
    (victim,) = case.urgent.to_warn if case.urgent else ()

    then = told_after(case, victim, assess(case).tearline)

    assert then is not None
    assert then.proposal.approvals == ()
    assert then.proposal.to == "guests"


def test_people_in_place_who_are_hostile_are_no_means_to_warn_and_nobody_to_ask() -> None:
    case = agreed(urgent_case())
    parties = tuple(
        attrs.evolve(p, presence=("B",) if p.hostile else ()) if p.id in ("B", "X") else p for p in case.parties
    )

    found = plan(attrs.evolve(case, parties=parties))

    assert [(place.party, place.reaches) for place in found.places] == [("B", ())]
    assert any("has no people in B" in gap.what for gap in found.gaps)


# --- the second text comes after the first -----------------------------------------------------------------


def two_halves(**proposed: object) -> Case:
    """Each half alone fits fifty people; whoever knew both is one of three."""
    groups = (
        Group(id="both", count=30),
        Group(id="left", count=400),
        Group(id="right", count=400),
        Group(id="elsewhere", kind=GroupKind.OTHER, weight=0.2),
    )
    knew = {side: {group: Interval.exactly(1.0) for group in ("both", side)} for side in ("left", "right")}
    halves = tuple(
        claim(id=side, versions=(Version(id="exact", text=f"The {side} half.", value=5.0, known=knew[side]),))
        for side in ("left", "right")
    )
    case = agreed(urgent_case(claims={"left": None, "right": None}, **proposed))
    return attrs.evolve(
        case,
        readers=(Reader(id="X", groups=groups),),
        claims=halves,
        secrets=(Secret(id="who", of="s", kind=SecretKind.PERSON),),
        consents=tuple(attrs.evolve(c, covers={"left": "exact", "right": "exact"}) for c in case.consents),
    )


def test_the_second_text_is_measured_by_a_reader_who_may_hold_the_first() -> None:
    case = two_halves()
    leaky = attrs.evolve(
        case,
        leak_paths=(
            LeakPath(giver="B", to="X", how=Passage.PENETRATION, probability=Interval.between(0.1, 0.3)),
            LeakPath(giver="B", to="X", how=Passage.ONWARD, probability=Interval.exactly(0.0)),
        ),
    )
    victim = ToWarn(id="guests", where="B", through="A", claims=("right",))
    first = assess(with_urgency(attrs.evolve(leaky, proposal=attrs.evolve(leaky.proposal, claims={"left": None}))))

    then = told_after(with_urgency(leaky, to_warn=(victim,)), victim, first.tearline)
    assert then is not None
    after = assess(then, replayed=False)
    alone = assess(attrs.evolve(then, given=()), replayed=False)

    assert first.tearline.versions == {"left": "exact"}
    assert [given.claims for given in then.given] == [{"left": "exact"}]

    def loads(found: object) -> dict[str, float]:
        return {
            line.gate.value: line.after.hi
            for reader in found.readers  # type: ignore[attr-defined]
            if reader.listener.party.id == "X"
            for line in reader.lines
        }

    assert loads(after)["top_suspect"] > 3 * loads(alone)["top_suspect"]


# --- how it may end with a leader ----------------------------------------------------------------------------


def tip_off(reader: Party, **more: object) -> Case:
    """B is a leader; if he falls Y reads what he was told, if he stays nobody does."""
    case = agreed(urgent_case(purpose=Purpose.TIP_OFF))
    plotters = Person(id="plotters", risk=dict.fromkeys(Harm, Risk.NONE) | {Harm.KILLING: Risk.REAL})
    outcomes = (
        Outcome(id="falls", what="Y governs", in_danger=("B",)),
        Outcome(id="stays", what="B punishes", in_danger=("the plotters",)),
    )
    persons = (plotters,) if more.pop("plotters", False) else ()
    return attrs.evolve(
        with_urgency(case, outcomes=outcomes, to_warn=()),
        claims=tuple(attrs.evolve(c, persons=persons) for c in case.claims),
        parties=(*case.parties, reader),
        causes=(
            Cause(id="falls", probability=Interval.between(0.2, 0.4)),
            Cause(id="stays", probability=Interval.between(0.6, 0.8)),
        ),
        leak_paths=(
            LeakPath(giver="B", to="Y", how=Passage.ONWARD, probability=Interval.exactly(0.0), or_if=("falls",)),
            LeakPath(giver="B", to="X", how=Passage.ONWARD, probability=Interval.exactly(0.0)),
        ),
    )


@pytest.mark.parametrize("hostile", [True, False])
def test_an_heir_who_is_hostile_binds_and_is_shown_in_the_ending_that_brings_him(hostile: bool) -> None:
    case = tip_off(Party(id="Y", hostile=hostile))

    found = plan(case)

    falls, stays = found.endings
    heirs = [w for w in falls.witnesses if w.party == "Y"]
    assert [w.reads.lo for w in heirs] == [1.0]
    assert (heirs[0].learns.lo, heirs[0].learns.hi) == (0.2, 0.4)
    assert heirs[0].shown
    assert all(w.reads.hi < 0.2 for w in stays.witnesses if w.party == "Y")  # by way of C, who was asked
    binding = {r.listener.party.id for r in found.first.readers if r.listener.binds}
    assert "Y" in binding  # of unstated trust where it is not hostile


def test_what_an_heir_could_work_out_stays_inside_the_limits_in_every_ending() -> None:
    found = plan(tip_off(Party(id="Y", hostile=True)))

    assert not isinstance(found.first.decision, Refuse)
    broken = [shown for end in found.endings for w in end.witnesses for shown in w.shown if shown.broken]
    assert not broken


def test_who_comes_to_read_in_no_ending_learns_nothing() -> None:
    found = plan(tip_off(Party(id="Y", hostile=True)))

    assert learns_in_all(found.endings, PartyId("nobody")) == Interval.exactly(0)


def test_the_plotters_are_persons_at_risk_whatever_the_tip_off_is_worth() -> None:
    found = plan(tip_off(Party(id="Y", hostile=True), plotters=True))

    assert isinstance(found.first.decision, Refuse)
    assert {reason.rule for reason in found.refused} == {Rule.PERSON_HARM}
    assert [end.outcome.in_danger for end in found.endings] == [("B",), ("the plotters",)]


def test_a_tip_off_is_no_duty_so_nobody_is_overridden_for_it() -> None:
    case = attrs.evolve(tip_off(Party(id="Y", hostile=True)), consents=())

    found = plan(with_urgency(case, overrides=(override(),)))

    assert isinstance(found.first.decision, Ask)
    assert "there is no duty to warn" in override_faults(found)
