"""Owners through the whole of where it came from, and what an answer, a condition, a caveat or silence binds."""

import datetime as dt

import attrs
import pytest

from small_case import TODAY, small_case, with_proposal, with_source, yes
from tearline.assess import assess
from tearline.cases import read, template
from tearline.domain import (
    AgreedUse,
    Allow,
    AllowIf,
    Answer,
    Ask,
    Case,
    Consent,
    Form,
    Given,
    Interest,
    Operation,
    Permission,
    Purpose,
    Question,
    Refuse,
    Rule,
    Source,
    SourceKind,
)
from tearline.errors import CaseFileError
from tearline.policy import equities
from tearline.policy.equities import Standing

YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


def asked(**changes: object) -> Question:
    """A question to C that is out, for the exact words."""
    question = Question(party="C", on=dt.date(2026, 11, 10), covers={"meeting": "exact"}, to=("B",), due=TODAY)
    return attrs.evolve(question, **changes)


def stands(case: Case, version: str = "vague") -> Standing:
    (stake,) = equities.stakes(case, case.claims[0])
    return equities.standing(case, stake, version)


# --- owners -------------------------------------------------------------------------------------------


def interests(**changes: object) -> dict[str, tuple[Interest, ...]]:
    """Who has a say in a claim whose source is ours alone but for what is changed."""
    case = with_source(small_case(), joint_with=(), **changes)
    operations = (Operation(id="watch", owners=("A", "C"), host="X"),)
    return dict(attrs.evolve(case, operations=operations).interests(case.claims[0]))


def test_whoever_ran_the_operation_in_which_it_was_recruited_has_a_stake_and_so_has_who_let_it_happen_there() -> None:
    assert interests(recruited_in="watch") == {"C": (Interest.OPERATION,), "X": (Interest.PLACE,)}


def test_whose_raw_material_it_is_must_be_asked_as_an_originator() -> None:
    case = with_source(small_case(), joint_with=(), material=("C",))

    (stake,) = equities.stakes(case, case.claims[0])

    assert stake.rule is Rule.ORIGINATOR
    assert "raw material" in equities.reason(case, stake).text


def test_who_lets_it_happen_on_its_soil_is_asked() -> None:
    case = with_source(small_case(), joint_with=(), host="C")

    (stake,) = equities.stakes(case, case.claims[0])

    assert stake.rule is Rule.EQUITY
    assert "on its soil" in equities.reason(case, stake).text


def test_every_reason_of_one_party_is_kept() -> None:
    limit = AgreedUse(forbids=Permission.ACT, without="C")
    source = {"joint_with": ("C",), "host": "C", "recruited_in": "watch", "agreed_use": (limit,)}
    case = with_proposal(with_source(small_case(), **source), allows=(Permission.ACT,))
    case = attrs.evolve(case, operations=(Operation(id="watch", owners=("C",)),))

    assert case.interests(case.claims[0])["C"] == (
        Interest.OPERATION,
        Interest.JOINT,
        Interest.PLACE,
        Interest.LIMIT,
    )


def test_owners_are_found_through_everything_a_source_depends_on() -> None:
    method = Source(id="s", kind=SourceKind.SIGNALS, owner="A", depends_on=("man",))
    man = Source(id="man", kind=SourceKind.HUMAN, owner="A", recruited_in="watch")
    case = small_case(sources=(method, man), operations=(Operation(id="watch", owners=("C",)),))

    assert case.interests(case.claims[0]) == {"C": (Interest.OPERATION,)}


def test_who_only_lets_it_happen_is_not_taken_to_know_how_it_is_got() -> None:
    source = Source(id="s", kind=SourceKind.HUMAN, owner="A", recruited_in="watch", host="X")
    case = small_case(sources=(source,), operations=(Operation(id="watch", owners=("C",), host="B"),))

    assert [case.knows_how(source, party) for party in ("A", "B", "C", "X")] == [True, False, True, False]


# --- what an answer binds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "proposal"),
    [
        ({"covers": {"meeting": "vague"}}, {"claims": {"meeting": "exact"}, "minimum_value": 5.0}),
        ({"to": ("X",)}, {}),
        ({"purposes": (Purpose.WARNING,)}, {"purpose": Purpose.GESTURE}),
        ({"forms": (Form.DISCLOSURE,)}, {"form": Form.RELEASE}),
        ({"until": YESTERDAY}, {}),
        ({"withdrawn": TODAY}, {}),
        ({"on": TOMORROW}, {}),
        ({"permissions": (Permission.ACT,)}, {"allows": (Permission.EVIDENCE,)}),
    ],
    ids=["text", "recipient", "purpose", "form", "time", "withdrawn", "not yet", "permissions"],
)
def test_beyond_what_a_consent_binds_it_is_as_if_it_had_not_been_given(
    consent: dict[str, object], proposal: dict[str, object]
) -> None:
    given = attrs.evolve(yes("C", "exact"), **consent)
    case = with_proposal(small_case(consents=(given,)), **proposal)

    decision = assess(case).decision

    assert not isinstance(decision, Allow | AllowIf)
    assert assess(attrs.evolve(case, consents=())).decision == decision


def test_inside_it_the_text_goes() -> None:
    bound = yes("C", "exact", purposes=(Purpose.ROUTINE,), forms=(Form.RELEASE,), until=TODAY, withdrawn=TOMORROW)

    assert isinstance(assess(small_case(consents=(bound,))).decision, Allow)


# --- conditions and caveats ----------------------------------------------------------------------------


def test_a_condition_of_a_yes_is_a_condition_of_the_decision() -> None:
    case = small_case(consents=(yes("C", "exact", conditions=("the training goes on",)),))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert any(c.endswith("has happened: the training goes on") for c in decision.conditions)


def test_once_all_its_conditions_are_recorded_as_met_the_text_goes() -> None:
    met = yes("C", "exact", conditions=("one", "two"), met=("two", "one"))
    half = attrs.evolve(met, met=("two",))

    assert isinstance(assess(small_case(consents=(met,))).decision, Allow)
    assert isinstance(assess(small_case(consents=(half,))).decision, AllowIf)


def test_a_caveat_of_a_yes_travels_with_the_text_and_does_not_say_whose_it_is() -> None:
    case = small_case(consents=(yes("C", "exact", caveats=("not to be quoted in parliament",)),))

    found = assess(case)

    assert found.outgoing is not None
    assert found.outgoing.limits_of_use[-1] == "not to be quoted in parliament"


def test_conditions_of_a_yes_that_is_not_in_force_bind_nobody() -> None:
    old = yes("C", "exact", conditions=("never mind",), caveats=("nor this",))
    new = yes("C", "exact", on=dt.date(2026, 11, 5))
    case = small_case(consents=(old, new))

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert "nor this" not in found.outgoing.limits_of_use


# --- partial, silent, withdrawn -------------------------------------------------------------------------


def test_a_question_that_is_out_is_still_to_be_answered() -> None:
    case = small_case(questions=(asked(),))

    found = assess(case)

    assert stands(case) is Standing.PENDING
    assert isinstance(found.decision, Ask)
    assert (found.asked[0].asked_on, found.asked[0].due) == (dt.date(2026, 11, 10), TODAY)


def test_when_its_day_is_over_silence_is_a_no() -> None:
    case = small_case(questions=(asked(due=YESTERDAY),))

    found = assess(case)

    assert stands(case) is Standing.SILENT
    assert isinstance(found.decision, Refuse)
    assert "silence is a no" in found.decision.reasons[0].text
    assert found.holders[0].could_stop == ("training",)


def test_a_question_without_a_day_stays_open() -> None:
    assert stands(small_case(questions=(asked(due=None),))) is Standing.PENDING


def test_an_answer_after_its_day_counts_all_the_same() -> None:
    late = small_case(questions=(asked(due=YESTERDAY),), consents=(yes("C", "exact", on=TODAY),))

    assert stands(late) is Standing.AGREED


def test_whoever_grants_less_than_asked_has_refused_the_rest() -> None:
    partly = small_case(questions=(asked(),), consents=(yes("C", "vague", on=YESTERDAY),))

    assert stands(partly, "vague") is Standing.AGREED
    assert stands(partly, "exact") is Standing.LESS


def test_a_yes_to_one_claim_is_none_to_another() -> None:
    base = small_case()
    second = attrs.evolve(base.claims[0], id="plan")
    case = with_proposal(
        attrs.evolve(base, claims=(*base.claims, second), consents=(yes("C", "exact"),)),
        claims={"meeting": None, "plan": None},
    )

    found = assess(case)

    assert {s.claim: s.version is not None for s in found.tearline.said} == {"meeting": True, "plan": False}
    assert found.asked[0].covers[-1][0] == "plan"


def test_a_lapsed_yes_may_be_asked_for_again() -> None:
    lapsed = small_case(questions=(asked(),), consents=(yes("C", "exact", on=dt.date(2026, 11, 11), until=YESTERDAY),))

    assert stands(lapsed) is Standing.UNASKED


def test_who_was_asked_for_words_alone_was_not_asked_for_more_than_reading() -> None:
    acting = with_proposal(small_case(questions=(asked(due=YESTERDAY),)), allows=(Permission.ACT,))
    asked_for_it = attrs.evolve(acting, questions=(asked(due=YESTERDAY, permissions=(Permission.ACT,)),))
    agreed_to_words = attrs.evolve(acting, consents=(yes("C", "exact", on=TODAY),))

    assert stands(acting) is Standing.UNASKED
    assert stands(asked_for_it) is Standing.SILENT
    assert stands(agreed_to_words) is Standing.UNASKED


def test_a_question_for_vaguer_words_speaks_of_no_exact_ones() -> None:
    case = small_case(questions=(asked(covers={"meeting": "vague"}, due=YESTERDAY),))

    assert stands(case, "vague") is Standing.SILENT
    assert stands(case, "exact") is Standing.UNASKED


def test_what_went_out_under_a_consent_that_is_withdrawn_must_be_recalled() -> None:
    told = Given(to=("B",), on=dt.date(2026, 11, 5), claims={"meeting": "vague"})
    case = small_case(given=(told,), consents=(yes("C", "exact", withdrawn=dt.date(2026, 11, 15)),))

    (holder,) = assess(case).holders

    assert holder.to_recall == ((dt.date(2026, 11, 5), "B"),)
    assert holder.told_before == ()


def test_what_was_told_before_without_consent_stands_with_the_question() -> None:
    told = Given(to=("X", "C"), on=dt.date(2026, 10, 5), claims={"meeting": "vague"})

    (consultation,) = assess(small_case(given=(told,))).asked

    assert consultation.told_before == ((dt.date(2026, 10, 5), "X"),)


@pytest.mark.parametrize("standing", [Standing.DECLINED, Standing.SILENT, Standing.LESS])
def test_whoever_has_refused_is_shown_with_what_it_could_stop(standing: Standing) -> None:
    consents: dict[Standing, tuple[Consent, ...]] = {
        Standing.DECLINED: (yes("C", "vague", answer=Answer.NO),),
        Standing.LESS: (yes("C", "vague", on=TODAY, to=("X",)),),
    }
    case = small_case(questions=(asked(due=YESTERDAY),), consents=consents.get(standing, ()))

    (holder,) = assess(case).holders

    assert holder.standing is standing
    assert holder.could_stop == ("training",)
    assert holder.offended


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("due: 2026-11-25", "due: 2026-11-01", "before the question was asked"),
        ("- {party: C, on: 2026-11-18", "- {party: A, on: 2026-11-18", "`A` is us"),
        ("covers: {plan: exact}, to: [B], due", "covers: {plan: exat}, to: [B], due", "no version `exat`"),
        ("met: [training goes on]", "met: [training stops]", "none of the `conditions`"),
        ("answer: yes", "answer: no", "a no has no conditions"),
        ("recruited_in: watch", "recruited_in: wacth", "no operation `wacth`"),
        ("caveats: [not to be quoted", "caveats: [State C is not to be quoted", "travels to the recipient"),
        ("caveats: [not to be quoted", "caveats: [for C alone, not to be quoted", "it names `C`"),
    ],
)
def test_what_a_file_must_not_say_of_questions_and_consents(old: str, new: str, message: str) -> None:
    text = template("full")
    assert old in text

    with pytest.raises(CaseFileError) as wrong:
        read(text.replace(old, new))

    assert any(message in problem.message for problem in wrong.value.problems)
