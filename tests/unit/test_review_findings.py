"""What review bodies found to have gone wrong where services share what may harm people, each as a test.

Named in the docstrings:

- *Arar*: Commission of Inquiry into the Actions of Canadian Officials in Relation to Maher Arar, *Report of
  the Events Relating to Maher Arar: Analysis and Recommendations*, 2006.
- *Iacobucci*: Internal Inquiry into the Actions of Canadian Officials in Relation to Abdullah Almalki, Ahmad
  Abou-Elmaati and Muayyed Nureddin, 2008.
- *ISC*: Intelligence and Security Committee of Parliament, *Detainee Mistreatment and Rendition: 2001-2010*
  and *Current Issues*, 28 June 2018.
- *IPCO*: Investigatory Powers Commissioner, annual reports for 2017 and 2018, on the Consolidated Guidance
  and on what replaced it in July 2019, the Principles.
- *NSIRA*: National Security and Intelligence Review Agency (Canada), reviews of departmental implementation of
  the Avoiding Complicity in Mistreatment by Foreign Entities Act for 2020 and for 2022.
"""

import datetime as dt
import itertools

import attrs
import pytest

from small_case import TODAY, small_case, with_claim, with_proposal, with_source, with_use, yes
from tearline.assess import assess
from tearline.domain import (
    Allow,
    AllowIf,
    Assurance,
    Case,
    Claim,
    Credibility,
    Harm,
    Judgement,
    Party,
    Permission,
    Person,
    Purpose,
    Refuse,
    Reliability,
    Risk,
    Rule,
    Source,
    SourceKind,
    Trust,
    Version,
)
from tearline.policy import persons

SAFE = dict.fromkeys(Harm, Risk.NONE)
AGREED = with_use(small_case(consents=(yes("C", "exact"),)))
PROMISE = Assurance(
    by="the ministry of B",
    covers=tuple(Harm),
    credibility=Credibility.HIGH,
    follow_up="visits by our consul",
    until=TODAY,
)


def about(person: Person, case: Case = AGREED) -> Case:
    """The case with a person who can be recognised in every version of its claim."""
    return with_claim(case, persons=(person,))


def held(by: str, risk: Risk, **changes: bool) -> Judgement:
    """What an office held of torture; of everything else that there is no risk."""
    return Judgement(by=by, risk={**SAFE, Harm.TORTURE: risk}, **changes)


def is_refused_for_a_person(case: Case) -> bool:
    found = assess(case)
    return isinstance(found.decision, Refuse) and any(
        reason.rule is Rule.PERSON_HARM for each in found.obstacles for reason in each.reasons
    )


@pytest.mark.parametrize("order", list(itertools.permutations([Risk.NONE, Risk.REMOTE, Risk.REAL])))
def test_where_offices_differ_the_worst_counts_in_whatever_order_they_are_asked(order: tuple[Risk, ...]) -> None:
    """NSIRA 2020 and 2022: departments judged the risk of one country differently, by thresholds of their own."""
    person = Person(id="p", judgements=tuple(held(f"office {n}", risk) for n, risk in enumerate(order)))

    assert person.baseline(Harm.TORTURE) is Risk.REAL
    assert is_refused_for_a_person(about(person))


def test_it_does_not_matter_which_office_wants_to_send_it() -> None:
    """NSIRA 2022: discrepant applications of the threshold."""
    person = Person(id="p", judgements=(held("office 1", Risk.REMOTE), held("office 2", Risk.REAL)))

    outcomes = [is_refused_for_a_person(with_proposal(about(person), by=by)) for by in ("office 1", "office 2", "")]

    assert outcomes == [True, True, True]


def test_that_offices_differ_is_shown() -> None:
    """NSIRA 2020: the same sources, the same country, and significant divergences that nobody compared."""
    person = Person(id="p", judgements=(held("office 1", Risk.REMOTE), held("office 2", Risk.REAL)))

    (account,) = assess(about(person)).people

    (torture,) = [danger for danger in account.dangers if danger.harm is Harm.TORTURE]
    assert torture.differ == (("office 1", Risk.REMOTE), ("office 2", Risk.REAL))


def test_a_judgement_into_which_mitigation_was_folded_is_no_baseline() -> None:
    """NSIRA 2022: mitigations were incorporated into baseline assessments of risk."""
    person = Person(id="p", risk={}, judgements=(held("the desk", Risk.REMOTE, after_mitigation=True),))

    assert person.baseline(Harm.TORTURE) is Risk.UNKNOWN
    assert is_refused_for_a_person(about(person))


def test_a_risk_that_is_real_even_after_mitigation_is_real() -> None:
    """NSIRA 2022, the other way round: whoever finds it real with every promise in mind is believed."""
    person = Person(id="p", risk=SAFE, judgements=(held("the desk", Risk.REAL, after_mitigation=True),))

    assert person.baseline(Harm.TORTURE) is Risk.REAL


def test_a_promise_against_what_is_said_not_to_be_feared_must_be_explained() -> None:
    """NSIRA 2022: a baseline that is low because of a promise shows by the promise."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REMOTE}, assurances=(PROMISE,))

    found = assess(about(person))

    assert isinstance(found.decision, AllowIf)
    assert any("judged remote before the promise of the ministry of B" in c for c in found.decision.conditions)


def test_no_explanation_is_asked_for_words_in_which_nobody_is_recognised() -> None:
    """As above: what is not said of anybody needs no baseline."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REMOTE}, assurances=(PROMISE,), versions=("exact",))

    found = assess(about(person))

    assert isinstance(found.decision, Allow)
    assert found.tearline.versions == {"meeting": "vague"}


@pytest.mark.parametrize(
    "overrated",
    [
        {"credibility": Credibility.MODERATE},
        {"credibility": Credibility.LOW},
        {"follow_up": ""},
        {"until": None},
        {"until": TODAY - dt.timedelta(days=1)},
        {"broken": (dt.date(2024, 5, 1),)},
        {"covers": (Harm.DETENTION, Harm.RENDITION, Harm.KILLING)},
    ],
    ids=["moderate", "low", "not followed up", "without end", "over", "broken before", "about something else"],
)
def test_an_overrated_assurance_removes_nothing(overrated: dict[str, object]) -> None:
    """NSIRA 2022: the effects of mitigations, assurances and caveats among them, were overestimated."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL}, assurances=(attrs.evolve(PROMISE, **overrated),))

    assert is_refused_for_a_person(about(person))


@pytest.mark.parametrize("use", [Trust.WARY, Trust.RIVAL])
def test_a_promise_rated_high_of_a_partner_trusted_little_removes_nothing(use: Trust) -> None:
    """Arar, and NSIRA 2022: who may not be trusted in what it does cannot promise it away."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL}, assurances=(PROMISE,))
    parties = tuple(attrs.evolve(party, use=use) if party.id == "B" else party for party in AGREED.parties)

    assert is_refused_for_a_person(about(person, attrs.evolve(AGREED, parties=parties)))


def test_a_promise_of_the_recipient_does_not_bind_those_to_whom_it_is_passed_on() -> None:
    """ISC 2018, on rendition: what was passed to one ally led to treatment by another."""
    person = Person(id="p", risk={**SAFE, Harm.RENDITION: Risk.REAL}, assurances=(PROMISE,))
    alone = about(person)
    onward = with_proposal(alone, allows=(Permission.ONWARD,))

    assert persons.findings(alone, alone.claims[0], "vague") == ()
    assert len(persons.findings(onward, onward.claims[0], "vague")) == 1


def test_whoever_broke_a_promise_is_not_supplied_as_if_it_had_not() -> None:
    """ISC 2018: in many cases intelligence or questions were still supplied after mistreatment was suspected."""
    broken = attrs.evolve(PROMISE, broken=(dt.date(2026, 1, 5),))
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL}, assurances=(broken,))

    (account,) = assess(about(person)).people

    assert account.bars
    assert account.dangers[0].promises == (("the ministry of B", "such a promise was broken (2026-01-05)"),)


@pytest.mark.parametrize("harm", Harm)
def test_the_gate_knows_killing_and_rendition_beside_torture_and_detention(harm: Harm) -> None:
    """IPCO 2018: the Principles added unlawful killing and rendition to what the Guidance had covered."""
    person = Person(id="p", risk={**SAFE, harm: Risk.REAL})

    assert is_refused_for_a_person(about(person))


@pytest.mark.parametrize("risk", [Risk.REAL, Risk.UNKNOWN])
def test_the_threshold_is_a_real_risk_and_there_is_no_word_above_it(risk: Risk) -> None:
    """IPCO 2018: the threshold became `real` where it had been `serious`, and what nobody knows is no comfort."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: risk})

    assert [word for word in Risk if word.is_real] == [Risk.REAL, Risk.UNKNOWN]
    assert is_refused_for_a_person(about(person))


@pytest.mark.parametrize("value", [0.1, 10.0])
@pytest.mark.parametrize("purpose", Purpose)
def test_no_value_and_no_purpose_outweighs_a_real_risk_of_torture(value: float, purpose: Purpose) -> None:
    """Arar, recommendation 14: never where there is a credible risk that it contributes to torture."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL})
    base = about(person)
    versions = tuple(attrs.evolve(version, value=value) for version in base.claims[0].versions)
    case = with_proposal(with_claim(base, versions=versions), purpose=purpose, harm_of_silence="many may die")

    assert is_refused_for_a_person(case)


def test_whoever_proposes_does_not_lift_the_gate() -> None:
    """NSIRA 2022: a lack of checks and balances in the assessment of risk."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL}, authority="Officer-1 ")

    assert is_refused_for_a_person(with_proposal(about(person), by="officer-1"))


def test_somebody_else_who_is_named_may_and_it_must_be_on_record() -> None:
    """IPCO 2017: where the risk cannot be mitigated ministers decide, with all that is known before them."""
    person = Person(id="p", risk={**SAFE, Harm.TORTURE: Risk.REAL}, authority="the minister")

    found = assess(about(person))

    assert isinstance(found.decision, AllowIf)
    assert any("the decision of the minister" in condition for condition in found.decision.conditions)


def test_nothing_leaves_without_its_conditions() -> None:
    """Arar: whole files went to another country without the written conditions that the rules asked for."""
    found = assess(AGREED)

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert len(found.outgoing.limits_of_use) == len(Permission)


def test_nothing_leaves_without_its_grade_and_what_nobody_judged_says_so() -> None:
    """Arar: what was inaccurate or unchecked went without a word that it was."""
    found = assess(AGREED)

    assert found.outgoing is not None
    assert found.outgoing.grades == ("F6",)


def test_a_label_taken_over_from_elsewhere_is_graded_like_its_weakest_source() -> None:
    """Iacobucci: words such as `imminent threat` had come from elsewhere and were passed on unchecked."""
    case = with_source(AGREED, reliability=Reliability.A)
    heard = Source(id="heard", kind=SourceKind.LIAISON, owner="A", reliability=Reliability.E)
    known = case.claims[0].versions[1].known
    label = Claim(
        id="label",
        derived_from=("meeting", "talk"),
        persons=(),
        credibility=3,
        versions=(Version(id="only", text="They are a threat.", value=5.0, known=known),),
    )
    talk = Claim(
        id="talk", sources=("heard",), persons=(), versions=(Version(id="only", text="So they say.", value=1.0),)
    )
    rested = attrs.evolve(
        case,
        sources=(*case.sources, heard),
        claims=(*case.claims, talk, label),
        consents=(yes("C", covers={"label": "only"}),),
    )

    found = assess(with_proposal(rested, claims={"label": None}))

    assert found.outgoing is not None
    assert found.outgoing.grades == ("E3",)


def test_questions_to_be_put_to_somebody_in_custody_are_weighed_like_any_words() -> None:
    """Iacobucci: questions that were sent for an interrogation contributed to how the man was treated."""
    prisoner = Person(id="a man in custody", risk={**SAFE, Harm.TORTURE: Risk.REAL})
    custody = Party(id="B", handling=Trust.SOUND, use=Trust.FAIR)
    parties = tuple(custody if party.id == "B" else party for party in AGREED.parties)
    question = Version(id="only", text="Ask him whom he met in March.", value=6.0, known={})
    case = attrs.evolve(
        AGREED,
        parties=parties,
        claims=(Claim(id="question", sources=("s",), persons=(prisoner,), versions=(question,)),),
        consents=(yes("C", covers={"question": "only"}),),
    )

    assert is_refused_for_a_person(with_proposal(case, claims={"question": None}, purpose=Purpose.JOINT_WORK))
