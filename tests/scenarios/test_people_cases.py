"""Cases whose lesson is a person: one who is held, one who could be saved, one whose word is all there is."""

import datetime as dt

import attrs
import pytest

from scenarios.answers import going, obstacle, shipped
from scenarios.perturbation import fearless
from tearline.assess import assess
from tearline.domain import (
    Allow,
    AllowIf,
    Answer,
    Ask,
    Assurance,
    Case,
    ClaimId,
    Consent,
    Credibility,
    Form,
    Harm,
    PartyId,
    Purpose,
    Refuse,
    Risk,
    Rule,
    VersionId,
)

# --- Arar: what nobody has judged ------------------------------------------------------------------------


def arar(risk: dict[Harm, Risk], **changes: object) -> Case:
    """The case with the man's risks judged."""
    case = shipped("arar")
    (claim,) = case.claims
    (person,) = claim.persons or ()
    return attrs.evolve(case, claims=(attrs.evolve(claim, persons=(attrs.evolve(person, risk=risk, **changes),)),))


SAFE = dict.fromkeys(Harm, Risk.NONE)


def test_nothing_goes_about_a_man_who_is_held_and_whose_risks_nobody_has_judged() -> None:
    found = assess(shipped("arar"))

    assert isinstance(found.decision, Refuse)
    assert {r.rule for r in obstacle(found, "man").reasons} == {Rule.PERSON_HARM}
    assert "for all anybody has said, face torture or rendition or killing" in found.decision.reasons[0].text
    assert obstacle(found, "man").version == "witness"


@pytest.mark.parametrize("harm", Harm)
def test_one_real_risk_alone_refuses_what_is_worth_most(harm: Harm) -> None:
    found = assess(arar(SAFE | {harm: Risk.REAL}))

    assert isinstance(found.decision, Refuse)
    assert found.tearline.held == 10


def test_had_there_been_nothing_to_fear_the_other_service_would_be_asked_and_the_label_not_told() -> None:
    found = assess(fearless(shipped("arar")))

    assert isinstance(found.decision, Ask)
    assert found.decision.consult == ("service",)
    assert going(found) == {"man": "association"}


def test_what_was_handed_over_had_conditions_and_the_grade_of_its_weakest_source() -> None:
    case = fearless(shipped("arar"))
    agreed = Consent(
        party=PartyId("service"),
        on=dt.date(2002, 10, 2),
        covers={ClaimId("man"): VersionId("label")},
        to=(PartyId("US"),),
        answer=Answer.YES,
    )

    found = assess(attrs.evolve(case, consents=(agreed,)))

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert found.outgoing.grades == ("F6",)
    assert len(found.outgoing.limits_of_use) == 5


def test_a_promise_of_who_works_with_his_torturers_removes_nothing_where_it_may_be_passed_on() -> None:
    promise = Assurance(
        by="the agency",
        covers=(Harm.RENDITION, Harm.TORTURE),
        credibility=Credibility.HIGH,
        follow_up="a consul who may see him",
        until=dt.date(2002, 12, 31),
    )
    feared = SAFE | {Harm.RENDITION: Risk.REAL, Harm.TORTURE: Risk.REAL}

    kept = assess(arar(feared, assurances=(promise,)))
    broken = assess(arar(feared, assurances=(attrs.evolve(promise, broken=(dt.date(2002, 1, 9),)),)))

    assert isinstance(kept.decision, Ask)
    assert isinstance(broken.decision, Refuse)


# --- Stakeknife: the value of a source alone ----------------------------------------------------------------


def test_the_police_are_told_although_it_passes_a_limit_and_somebody_signs_for_it() -> None:
    found = assess(shipped("stakeknife"))

    assert isinstance(found.decision, AllowIf)
    assert going(found) == {"taken": "missing"}
    assert found.decision.reasons[0].rule is Rule.DUTY_TO_WARN


def test_however_valuable_the_source_a_limit_alone_does_not_silence_a_warning() -> None:
    """Interim report of Operation Kenova, 2024: preventable killings were allowed to protect agents."""
    case = shipped("stakeknife")
    strictest = tuple(
        attrs.evolve(s, budget=attrs.evolve(s.budget, top_suspect=1e-6, crowd=10**6)) for s in case.secrets
    )

    found = assess(attrs.evolve(case, secrets=strictest))

    assert isinstance(found.decision, AllowIf)
    assert going(found) == {"taken": "missing"}


def test_without_a_harm_of_silence_the_limits_rebuild_what_was_found_to_be_wrong() -> None:
    case = shipped("stakeknife")

    found = assess(attrs.evolve(case, proposal=attrs.evolve(case.proposal, harm_of_silence="")))

    assert isinstance(found.decision, Refuse)


def test_who_holds_that_the_place_must_be_told_can_say_so_and_somebody_signs() -> None:
    case = shipped("stakeknife")
    all_of_it = attrs.evolve(case.proposal, actionable=({ClaimId("taken"): VersionId("place")},))

    found = assess(attrs.evolve(case, proposal=all_of_it))

    assert isinstance(found.decision, AllowIf)
    assert going(found) == {"taken": "place"}


# --- Curveball: one man's word -------------------------------------------------------------------------------


def to_an_ally(*consents: Consent) -> Case:
    case = shipped("curveball")
    proposal = attrs.evolve(case.proposal, to=PartyId("UK"), purpose=Purpose.ROUTINE, form=Form.RELEASE, allows=())
    return attrs.evolve(case, proposal=proposal, consents=consents)


def test_the_eyewitness_is_refused_for_his_family_and_the_rest_for_the_telephones() -> None:
    found = assess(shipped("curveball"))

    assert isinstance(found.decision, Refuse)
    assert obstacle(found, "trucks").version == "programme"
    assert found.people[0].shown == ((ClaimId("trucks"), VersionId("eyewitness")),)


def test_in_confidence_to_an_ally_the_partner_whose_man_it_is_must_be_asked() -> None:
    found = assess(to_an_ally())

    assert isinstance(found.decision, Ask)
    assert found.decision.consult == ("DE",)


def test_the_doubts_of_the_partner_travel_and_the_grade_says_that_nobody_can_judge() -> None:
    doubt = "rests on one man, whom we have not been able to confirm"
    agreed = Consent(
        party=PartyId("DE"),
        on=dt.date(2003, 2, 3),
        covers={ClaimId("trucks"): VersionId("trucks")},
        to=(PartyId("UK"),),
        answer=Answer.YES,
        caveats=(doubt,),
    )

    found = assess(to_an_ally(agreed))

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert found.outgoing.grades == ("F6",)
    assert doubt in found.outgoing.limits_of_use
