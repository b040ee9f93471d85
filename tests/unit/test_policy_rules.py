"""Rules: who must be asked, what may never be permitted, and harm to persons before anything else."""

import datetime as dt

import attrs
import pytest

from small_case import TODAY, small_case, with_claim, with_proposal, with_source, with_use, yes
from tearline.domain import (
    AgreedUse,
    Answer,
    Assurance,
    Case,
    Credibility,
    Form,
    Harm,
    Party,
    PartyKind,
    Permission,
    Person,
    Purpose,
    Risk,
    Rule,
    Source,
    SourceKind,
)
from tearline.policy import equities, permissions, persons
from tearline.policy.equities import Standing

SAFE = dict.fromkeys(Harm, Risk.NONE)


def where_stands(case: Case, version: str = "vague") -> dict[str, Standing]:
    """Every stakeholder's standing on a version."""
    claim = case.claims[0]
    return {s.party: equities.standing(case, s, version) for s in equities.stakes(case, claim)}


def with_consent(*consents: object) -> Case:
    return small_case(consents=consents)


def test_a_partner_who_helped_to_get_the_source_has_a_stake() -> None:
    case = small_case()

    (stake,) = equities.stakes(case, case.claims[0])

    assert (stake.party, stake.rule) == ("C", Rule.EQUITY)


def test_stakes_flow_through_everything_that_a_source_depends_on() -> None:
    method = Source(id="s", kind=SourceKind.SIGNALS, owner="A", depends_on=("human",))
    human = Source(id="human", kind=SourceKind.HUMAN, owner="A", depends_on=("trap",))
    trap = Source(id="trap", kind=SourceKind.TECHNICAL, owner="C", depends_on=("human",))
    case = small_case(sources=(method, human, trap))

    (stake,) = equities.stakes(case, case.claims[0])

    assert (stake.party, stake.rule) == ("C", Rule.ORIGINATOR)


def test_the_recipient_is_not_asked_about_its_own_material() -> None:
    case = with_source(small_case(), owner="B", joint_with=("B", "C"))

    assert [stake.party for stake in equities.stakes(case, case.claims[0])] == ["C"]


def test_what_belongs_to_somebody_else_needs_its_originator() -> None:
    case = with_source(small_case(), owner="C", joint_with=())

    (stake,) = equities.stakes(case, case.claims[0])

    assert stake.rule is Rule.ORIGINATOR
    assert "originator" in equities.reason(case, stake).text


def test_silence_is_never_consent() -> None:
    assert where_stands(small_case()) == {"C": Standing.UNASKED}


def test_a_recorded_consent_is_one() -> None:
    assert where_stands(with_consent(yes("C"))) == {"C": Standing.AGREED}


def test_consent_to_a_vaguer_version_never_admits_a_more_exact_one() -> None:
    case = with_consent(yes("C", "vague"))

    assert where_stands(case, "exact") == {"C": Standing.UNASKED}


def test_consent_to_a_more_exact_version_admits_the_vaguer_one() -> None:
    assert where_stands(with_consent(yes("C", "exact"))) == {"C": Standing.AGREED}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"until": TODAY - dt.timedelta(days=1)},
        {"on": TODAY + dt.timedelta(days=1)},
        {"withdrawn": TODAY},
        {"to": ("X",)},
        {"purposes": (Purpose.WARNING,)},
        {"forms": (Form.DISCLOSURE,)},
        {"covers": {}},
    ],
)
def test_consent_binds_time_recipient_purpose_form_and_text(spoilt: dict[str, object]) -> None:
    case = with_consent(attrs.evolve(yes("C"), **spoilt))

    assert where_stands(case) == {"C": Standing.UNASKED}


def test_consent_holds_through_its_last_day_and_until_the_day_it_is_withdrawn() -> None:
    last_day = with_consent(yes("C", until=TODAY))
    tomorrow = with_consent(yes("C", withdrawn=TODAY + dt.timedelta(days=1)))

    assert where_stands(last_day) == where_stands(tomorrow) == {"C": Standing.AGREED}


def test_without_a_date_a_consent_that_ends_cannot_be_relied_on() -> None:
    case = small_case(as_of=None, consents=(yes("C", until=TODAY),))

    assert where_stands(case) == {"C": Standing.UNASKED}


def test_a_later_no_outweighs_an_earlier_yes() -> None:
    case = with_consent(yes("C"), yes("C", on=dt.date(2026, 11, 10), answer=Answer.NO))

    assert where_stands(case) == {"C": Standing.DECLINED}


def test_on_the_same_day_a_no_outweighs_a_yes() -> None:
    case = with_consent(yes("C", answer=Answer.NO), yes("C"))

    assert where_stands(case) == {"C": Standing.DECLINED}


def test_a_no_to_who_would_read_it_in_public_counts() -> None:
    press = Party(id="press", kind=PartyKind.PUBLIC)
    agreed = yes("C", "exact", to=("press",))
    declined = yes("C", "vague", to=("X",), answer=Answer.NO, on=dt.date(2026, 11, 2))
    case = with_proposal(
        attrs.evolve(with_consent(agreed, declined), parties=(*small_case().parties, press)), to="press"
    )

    assert where_stands(case) == {"C": Standing.DECLINED}


def test_a_no_that_has_lapsed_revives_no_older_yes() -> None:
    lapsed = yes("C", on=dt.date(2026, 11, 10), answer=Answer.NO, until=TODAY - dt.timedelta(days=1))

    assert where_stands(with_consent(yes("C"), lapsed)) == {"C": Standing.UNASKED}


def test_a_newer_yes_that_was_withdrawn_revives_no_older_one() -> None:
    withdrawn = yes("C", on=dt.date(2026, 11, 10), withdrawn=dt.date(2026, 11, 12))

    assert where_stands(with_consent(yes("C"), withdrawn)) == {"C": Standing.UNASKED}


def test_without_a_date_a_no_counts_however_long_it_was_meant_for() -> None:
    declined = yes("C", on=dt.date(2026, 11, 10), answer=Answer.NO, until=dt.date(2026, 11, 12))
    case = small_case(as_of=None, consents=(yes("C"), declined))

    assert where_stands(case) == {"C": Standing.DECLINED}


def test_an_assurance_removes_nothing_where_others_come_to_read() -> None:
    person = Person(id="p", risk=TORTURE, assurances=(GOOD,))
    case = with_claim(with_proposal(with_use(small_case()), allows=(Permission.ONWARD,)), persons=(person,))

    assert len(persons.findings(case, case.claims[0], "vague")) == 1


def test_a_no_to_the_exact_version_leaves_the_vaguer_one_open() -> None:
    case = with_consent(yes("C", "exact", answer=Answer.NO))

    assert where_stands(case, "exact") == {"C": Standing.DECLINED}
    assert where_stands(case, "vague") == {"C": Standing.UNASKED}


def test_a_no_whatever_its_purpose_is_a_no() -> None:
    case = with_consent(yes("C", answer=Answer.NO, purposes=(Purpose.WARNING,), forms=(Form.ACTION,)))

    assert where_stands(case) == {"C": Standing.DECLINED}


def test_an_agreed_limit_that_one_party_can_lift_makes_us_ask_it_for_that_permission() -> None:
    limit = AgreedUse(forbids=Permission.ACT, without="C", spelled="no action without C")
    case = with_proposal(with_source(small_case(), joint_with=(), agreed_use=(limit,)), allows=(Permission.ACT,))
    text_only = attrs.evolve(case, consents=(yes("C"),))
    with_permission = attrs.evolve(case, consents=(yes("C", permissions=(Permission.ACT,)),))

    assert where_stands(text_only) == {"C": Standing.UNASKED}
    assert where_stands(with_permission) == {"C": Standing.AGREED}


@pytest.mark.parametrize("permission", [*Permission])
def test_a_yes_that_is_silent_on_a_permission_does_not_extend_to_it(permission: Permission) -> None:
    case = with_proposal(with_consent(yes("C")), allows=(permission,))
    expressly = attrs.evolve(case, consents=(yes("C", permissions=(permission, Permission.EVIDENCE)),))

    assert where_stands(case) == {"C": Standing.UNASKED}
    assert where_stands(expressly) == {"C": Standing.AGREED}


def test_a_yes_to_words_is_no_yes_to_a_visible_act() -> None:
    case = with_proposal(with_consent(yes("C")), form=Form.ACTION)

    assert where_stands(case) == {"C": Standing.UNASKED}


def test_a_limit_on_what_is_not_asked_for_asks_nobody() -> None:
    limit = AgreedUse(forbids=Permission.ACT, without="C")
    case = with_source(small_case(), joint_with=(), agreed_use=(limit,))

    assert equities.stakes(case, case.claims[0]) == ()


def test_an_agreed_limit_that_nobody_can_lift_refuses_the_permission() -> None:
    limit = AgreedUse(forbids=Permission.ONWARD, spelled="no onward")
    case = with_proposal(with_source(small_case(), agreed_use=(limit,)), allows=(Permission.ONWARD,))

    (reason,) = permissions.refused(case, case.claims[0])

    assert reason.rule is Rule.AGREED_USE
    assert "no onward" in reason.text


def test_a_visible_act_is_an_action_whatever_is_allowed() -> None:
    case = with_proposal(small_case(), form=Form.ACTION)

    assert case.proposal.permits == {Permission.ACT}


def test_holding_one_permission_never_implies_another() -> None:
    for permission in Permission:
        case = with_proposal(small_case(), allows=(permission,))

        assert case.proposal.permits == {permission}


@pytest.mark.parametrize("permission", [Permission.DETAIN, Permission.LETHAL])
def test_detention_and_lethal_use_are_only_for_the_authority_that_the_law_names(permission: Permission) -> None:
    asked = with_proposal(small_case(), allows=(permission,))
    decided = with_claim(asked, persons=(Person(id="p", risk=SAFE, authority="the court"),))
    undecided = with_claim(asked, persons=(Person(id="p", risk=SAFE),))

    assert [r.rule for r in permissions.refused(asked, asked.claims[0])] == [Rule.PERMISSION]
    assert [r.rule for r in permissions.refused(undecided, undecided.claims[0])] == [Rule.PERMISSION]
    assert permissions.refused(decided, decided.claims[0]) == ()


def harms_found(person: Person, version: str = "vague", as_of: dt.date | None = TODAY) -> list[str]:
    case = with_use(small_case(claims=(attrs.evolve(small_case().claims[0], persons=(person,)),), as_of=as_of))
    return [f.reason.text for f in persons.findings(case, case.claims[0], version)]


def test_a_harm_that_nobody_has_judged_counts_as_real() -> None:
    (text,) = harms_found(Person(id="p"))

    assert all(harm.value in text for harm in Harm)


def test_a_remote_risk_stops_nothing() -> None:
    assert harms_found(Person(id="p", risk=dict.fromkeys(Harm, Risk.REMOTE))) == []


GOOD = Assurance(
    by="the minister",
    covers=(Harm.TORTURE,),
    credibility=Credibility.HIGH,
    follow_up="monthly visits",
    until=TODAY,
)
TORTURE = {**SAFE, Harm.TORTURE: Risk.REAL}


@pytest.mark.parametrize(
    ("permission", "harm"), [(Permission.DETAIN, Harm.DETENTION), (Permission.LETHAL, Harm.KILLING)]
)
def test_a_harm_that_is_permitted_is_real_whatever_anybody_judged(permission: Permission, harm: Harm) -> None:
    promised = attrs.evolve(GOOD, covers=(harm,))
    person = Person(id="p", risk=SAFE, assurances=(promised,), versions=("exact",), authority="the court")
    case = with_claim(with_proposal(small_case(), allows=(permission,)), persons=(person,))

    for version in ("exact", "vague"):
        (found,) = persons.findings(case, case.claims[0], version)

        assert found.authority == "the court"
        assert f"would face {harm.value}" in found.reason.text


def test_a_credible_followed_up_unexpired_assurance_removes_a_risk() -> None:
    assert harms_found(Person(id="p", risk=TORTURE, assurances=(GOOD,))) == []


def test_nobody_promises_for_a_recipient_of_whom_nobody_has_said_how_it_uses_what_it_gets() -> None:
    unstated = with_claim(small_case(), persons=(Person(id="p", risk=TORTURE, assurances=(GOOD,)),))

    assert persons.weakness(with_use(unstated), GOOD) == ""
    assert persons.weakness(unstated, GOOD) == "nobody has said how B uses what it gets"
    assert len(persons.findings(unstated, unstated.claims[0], "vague")) == 1


@pytest.mark.parametrize(
    "weakness",
    [
        {"credibility": Credibility.MODERATE},
        {"follow_up": ""},
        {"until": TODAY - dt.timedelta(days=1)},
        {"until": None},
        {"covers": (Harm.DETENTION,)},
    ],
)
def test_any_weakness_of_an_assurance_leaves_the_risk_as_it_was(weakness: dict[str, object]) -> None:
    person = Person(id="p", risk=TORTURE, assurances=(attrs.evolve(GOOD, **weakness),))

    assert len(harms_found(person)) == 1


def test_without_a_date_an_assurance_that_ends_removes_nothing() -> None:
    assert len(harms_found(Person(id="p", risk=TORTURE, assurances=(GOOD,)), as_of=None)) == 1


def test_a_version_in_which_nobody_is_identifiable_endangers_nobody() -> None:
    person = Person(id="p", risk=TORTURE, versions=("exact",))

    assert harms_found(person, "vague") == []
    assert len(harms_found(person, "exact")) == 1


def test_whoever_can_be_identified_in_vague_words_can_be_in_exact_ones() -> None:
    person = Person(id="p", risk=TORTURE, versions=("vague",))

    assert len(harms_found(person, "exact")) == 1


def test_lethal_use_with_nobody_listed_is_refused() -> None:
    asked = with_claim(with_proposal(small_case(), allows=(Permission.LETHAL,)), persons=())

    assert [r.rule for r in permissions.refused(asked, asked.claims[0])] == [Rule.PERMISSION]


# --- one person in several claims -----------------------------------------------------------------------------


@pytest.mark.parametrize("spelled", ["courier-7", "Courier 7"])
def test_the_worst_that_was_held_of_a_person_with_any_claim_counts_with_every_claim(spelled: str) -> None:
    safe = small_case().claims[0]
    first = attrs.evolve(safe, persons=(Person(id="courier-7", risk=SAFE),))
    second = attrs.evolve(safe, id="other", persons=(Person(id=spelled, risk=TORTURE),))
    case = small_case(claims=(first, second))

    (found,) = persons.findings(case, first, "vague")

    assert "Person courier-7 may face torture by B" in found.reason.text


def test_a_person_judged_safe_with_another_claim_is_no_safer_with_this_one() -> None:
    claim = small_case().claims[0]
    unjudged = attrs.evolve(claim, persons=(Person(id="p"),))
    case = small_case(claims=(unjudged, attrs.evolve(claim, id="other", persons=(Person(id="p", risk=SAFE),))))

    assert len(persons.findings(case, unjudged, "vague")) == 1
