"""Where rules of clearance meet: what is entailed, another recipient, one's own decision, what nobody has stated."""

import datetime as dt

import attrs
import pytest

from small_case import TODAY, WIDE, claim, small_case, with_claim, with_proposal, with_source, with_use, yes
from tearline.assess import assess
from tearline.assess.decide import limits_of_use
from tearline.assess.recommend import recommend
from tearline.assess.ruled import why
from tearline.assess.urgent.package import package
from tearline.assess.urgent.plan import plan
from tearline.assess.urgent.second import told_after
from tearline.assess.verdict import verdict
from tearline.cases.policies import read_policy
from tearline.domain import (
    Agreement,
    Allow,
    AllowIf,
    Answer,
    Answered,
    Approval,
    Ask,
    Aspect,
    Assurance,
    Case,
    Claim,
    Consent,
    Credibility,
    Days,
    Dealing,
    Event,
    Form,
    Given,
    Harm,
    Judgement,
    Party,
    PartyKind,
    Person,
    Policy,
    Question,
    Refuse,
    Risk,
    Rule,
    Source,
    SourceKind,
    Taint,
    Trust,
    Version,
    Wrong,
)
from tearline.policy import equities, taint
from tearline.policy.situation import situation
from urgent_case import DIRECTOR, agreed, override, urgent_case, waiver, with_urgency

SAFE = dict.fromkeys(Harm, Risk.NONE)
KILLED = {**SAFE, Harm.KILLING: Risk.REAL}


def ours(**changes: object) -> Case:
    """The small case without anybody's stake."""
    return with_source(small_case(**changes), joint_with=())


def implying(**source: object) -> Case:
    """Our claim implies `plan`, which rests on a source of its own."""
    case, plan = ours(), attrs.evolve(claim(id="plan"), sources=("t",))
    other = attrs.evolve(Source(id="t", kind=SourceKind.LIAISON, owner="A"), **source)
    told = case.claims[0]
    versions = tuple(attrs.evolve(version, implies={"plan": "vague"}) for version in told.versions)
    return attrs.evolve(case, sources=(*case.sources, other), claims=(attrs.evolve(told, versions=versions), plan))


def policy(rule: str, head: str = "") -> Policy:
    """A policy of one permit for everything, and one rule besides."""
    words = "text: words, owner: the desk, review: 2027-01-01"
    rules = f"  all: {{effect: permit, {words}}}\n  one: {{{rule}, {words}}}\n"
    return read_policy(f"tearline_policy: 1\ntitle: t\n{head}rules:\n{rules}", "ours")


# --- what is entailed ----------------------------------------------------------------------------------------


def test_a_caveat_on_what_the_words_imply_travels_with_them() -> None:
    caveat = "not for shipping companies"
    agreed = yes("C", covers={"plan": "exact"}, caveats=(caveat,))
    case = attrs.evolve(implying(owner="C"), consents=(agreed,))

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert caveat in limits_of_use(case, found.tearline)


def test_a_mark_on_what_the_words_imply_travels_with_them() -> None:
    case = implying(tainted=Taint(how=Wrong.TORTURE, authority="the minister"))

    found = assess(case)

    assert isinstance(found.decision, AllowIf)
    assert taint.TRAVELS in limits_of_use(case, found.tearline)


def test_whom_words_name_without_listing_them_is_judged_by_what_other_claims_say() -> None:
    listed = attrs.evolve(claim(id="other"), persons=(Person(id="p", risk=KILLED),))
    naming = tuple(attrs.evolve(version, tells={"p": (Aspect.IDENTITY,)}) for version in claim().versions)
    case = ours(claims=(claim(versions=naming), listed))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert Rule.PERSON_HARM in {reason.rule for reason in found.decision.reasons}


def test_a_rule_on_identifiable_persons_sees_whom_the_words_name() -> None:
    naming = tuple(attrs.evolve(version, tells={"p": (Aspect.IDENTITY,)}) for version in claim().versions)
    ruled = policy("effect: forbid, when: {claim.persons: true}")
    case = ours(claims=(claim(versions=naming),), policy=ruled)

    found = situation(case, ruled, case.claims[0], case.claims[0].versions[1])

    assert found == {"claim.persons": True}


def test_who_has_a_stake_in_what_the_words_imply_is_among_those_with_a_stake() -> None:
    found = assess(implying(owner="C"))

    assert [holder.party for holder in found.holders] == ["C"]


def test_what_was_implied_earlier_was_told_without_consent_too() -> None:
    case = implying(owner="C")
    before = Given(to=("B",), on=dt.date(2026, 11, 1), claims={"meeting": "vague"})

    assert equities.told_without(attrs.evolve(case, given=(before,)), "C") == (before,)


def test_whom_the_words_imply_and_which_mark_they_bear_stands_on_the_page() -> None:
    case = implying(tainted=Taint(how=Wrong.UNLAWFUL))
    plan = attrs.evolve(case.claims[1], persons=(Person(id="p", risk=KILLED),))

    found = assess(attrs.evolve(case, claims=(case.claims[0], plan)))

    assert [(person.person, person.shown, person.bars) for person in found.people] == [
        ("p", (("plan", "vague"),), True)
    ]
    assert [(mark.claim, mark.made_on) for mark in found.marks] == [("plan", "t")]


def what_forbids(case: Case) -> set[str]:
    return {rule.rule for ruled in why(case).claims for rule in ruled.built_in if rule.does == "forbids"}


def test_why_names_the_rule_that_keeps_back_what_the_words_imply() -> None:
    hostile = Party(id="Y", hostile=True)
    ended = Agreement(id="old", parties=("B",), topics=("ports",), forms=(Form.RELEASE,), until=dt.date(2026, 1, 1))
    tainted = implying(tainted=Taint(how=Wrong.TORTURE))
    theirs = attrs.evolve(implying(owner="Y"), parties=(*ours().parties, hostile))
    under = with_proposal(attrs.evolve(ours(), agreements=(ended,)), agreement="old")
    silent = small_case(questions=(question(due=dt.date(2026, 11, 5)),))
    kinds = policy("effect: forbid, when: {source.kinds: {includes: liaison}}")

    assert what_forbids(tainted) == {"tainted"}
    assert what_forbids(theirs) == {"consent"}
    assert what_forbids(under) == {"agreement"}
    assert what_forbids(silent) == {"consent"}
    assert what_forbids(attrs.evolve(implying(), policy=kinds)) == {"implied"}


# --- another recipient ---------------------------------------------------------------------------------------


def with_another_route(case: Case) -> Case:
    return attrs.evolve(case, parties=(*case.parties, Party(id="D", handling=Trust.SOUND, presence=("D",))))


def test_that_one_recipient_does_no_harm_says_nothing_of_another() -> None:
    judged = Person(id="p", judgements=(Judgement(by="the desk for B", risk=SAFE),))
    case = with_another_route(with_claim(ours(), persons=(judged,)))

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert [way.text for way in found.better] == []


def test_what_was_found_real_for_one_recipient_stays_real_for_another() -> None:
    offices = (Judgement(by="one", risk={Harm.KILLING: Risk.REAL}), Judgement(by="two", risk={Harm.KILLING: Risk.NONE}))
    person = Person(id="p", risk=SAFE, judgements=offices, authority="the minister")

    (other,) = with_claim(ours(), persons=(person,)).told_to("D").claims[0].persons or ()

    assert other.baseline(Harm.KILLING) is Risk.REAL
    assert other.baseline(Harm.TORTURE) is Risk.UNKNOWN
    assert other.authority == ""


def test_after_a_waiver_no_other_way_of_telling_is_advised() -> None:
    case = with_urgency(with_source(urgent_case(), joint_with=()), waivers=(waiver(),), to_warn=())

    found = assess(with_another_route(case))

    assert isinstance(found.decision, Refuse)
    assert found.better == ()


def test_what_was_approved_and_promised_for_the_recipient_is_not_so_for_those_in_danger() -> None:
    promise = Assurance(
        by="B", covers=(Harm.KILLING,), credibility=Credibility.HIGH, follow_up="visits", until=dt.date(2027, 1, 1)
    )
    case = with_claim(
        with_use(with_source(urgent_case(), joint_with=())),
        persons=(Person(id="p", risk=KILLED, assurances=(promise,)),),
    )
    assert case.urgent is not None

    then = told_after(
        with_proposal(case, approvals=(Approval(by="the director", on=TODAY),), agreement="old"),
        case.urgent.to_warn[0],
        assess(case).tearline,
    )

    assert isinstance(assess(case).decision, Allow)
    assert then is not None
    assert (then.proposal.approvals, then.proposal.agreement) == ((), None)
    assert isinstance(assess(then).decision, Refuse)


def of_two_originators(*consents: Consent) -> Case:
    """What B is to be told rests on material of C and of D; C has not been asked."""
    sources = tuple(Source(id=name, kind=SourceKind.LIAISON, owner=owner) for name, owner in (("c", "C"), ("d", "D")))
    parties = (*small_case().parties, Party(id="D", handling=Trust.SOUND))
    told = (claim(sources=("c", "d")),)
    return small_case(sources=sources, secrets=(), claims=told, consents=consents, parties=parties)


def test_who_agreed_to_the_recipient_has_not_agreed_to_whoever_else_is_asked() -> None:
    found = assess(of_two_originators(yes("D", "exact")))

    assert isinstance(found.decision, Ask)
    assert "D agrees that C hears `meeting` with the question" in found.decision.conditions


def test_who_agreed_to_whoever_is_asked_need_not_agree_again() -> None:
    found = assess(of_two_originators(yes("D", "exact", to=("B", "C"))))

    assert isinstance(found.decision, Ask)
    assert found.decision.conditions == ()


def test_who_is_asked_hears_of_people_too() -> None:
    found = assess(with_claim(small_case(), persons=(Person(id="p", risk=SAFE),)))

    assert isinstance(found.decision, Ask)
    (condition,) = found.decision.conditions
    assert condition.startswith("it is confirmed that C, which hears of person p with the question")


def test_a_question_that_is_out_has_been_heard() -> None:
    case = small_case(questions=(question(on=TODAY),))

    found = assess(with_claim(case, persons=(Person(id="p", risk=SAFE),)))

    assert isinstance(found.decision, Ask)
    assert found.decision.conditions == ()


# --- nobody decides on their own proposal, however it is spelled ---------------------------------------------


@pytest.mark.parametrize("by", ["the director", "The  Director", "director, the", "the direct\u043er"])
def test_nobody_approves_their_own_proposal_however_they_are_spelled(by: str) -> None:
    signed = ours(policy=policy("effect: require, when: {purpose: routine}, approval: the director"))
    approval = Approval(by="the director", on=TODAY)

    found = assess(with_proposal(signed, by=by, approvals=(approval,)))

    assert isinstance(found.decision, AllowIf)


def test_nobody_makes_an_exception_for_their_own_proposal() -> None:
    asked = policy(
        "effect: require, when: {purpose: routine}, that: {answers.safe: [yes, excepted]}",
        head="questions: {safe: {text: Is it safe?}}\n",
    )
    no = Answered(id="safe", answer=Answer.NO, evidence="none", owner="the desk", exception="Officer-1")

    found = assess(with_proposal(ours(policy=asked), by="officer-1", answers=(no,)))

    assert isinstance(found.decision, Refuse)


# --- silence may be overridden, an answer never --------------------------------------------------------------


def overridden(**changes: object) -> Case:
    """A warning for B alone, with the silence of C overridden by the director."""
    return attrs.evolve(with_urgency(urgent_case(), overrides=(override(),), to_warn=()), **changes)


def question(**changes: object) -> Question:
    asked = Question(party="C", on=dt.date(2026, 11, 1), covers={"meeting": "exact"}, to=("B",))
    return attrs.evolve(asked, **changes)


@pytest.mark.parametrize("due", [None, dt.date(2026, 11, 5), dt.date(2026, 11, 25)])
def test_a_question_that_nobody_answered_is_overridden_before_and_after_its_day(due: dt.date | None) -> None:
    found = assess(overridden(questions=(question(due=due),)))

    assert isinstance(found.decision, AllowIf)
    assert any("answers for acting without the consent of C" in each for each in found.decision.conditions)


def test_who_has_granted_less_than_was_asked_has_answered() -> None:
    case = overridden(questions=(question(),), consents=(yes("C", to=("D",), on=dt.date(2026, 11, 3)),))

    assert isinstance(assess(case).decision, Refuse)


def test_a_consent_taken_back_is_not_overridden_because_of_a_later_word_on_something_else() -> None:
    back = yes("C", "exact", withdrawn=dt.date(2026, 11, 3))
    later = yes("C", covers={"other": "exact"}, on=dt.date(2026, 11, 5))
    case = overridden(claims=(claim(), claim(id="other")), consents=(back, later))

    found = assess(with_proposal(case, claims={"meeting": None, "other": None}))

    assert isinstance(found.decision, Ask)


def test_a_no_to_what_the_words_imply_is_not_overridden() -> None:
    implied = attrs.evolve(claim(id="plan"), versions=claim().versions[1:])
    versions = tuple(attrs.evolve(version, implies={"plan": "vague"}) for version in claim().versions)
    no = yes("C", covers={"plan": "vague"}, answer=Answer.NO)

    found = assess(overridden(claims=(claim(versions=versions), implied), consents=(no,)))

    assert isinstance(found.decision, Refuse)


def test_nobody_overrides_for_their_own_proposal_however_they_are_spelled() -> None:
    found = assess(with_proposal(overridden(), by=f" {DIRECTOR.title()}"))

    assert isinstance(found.decision, Ask)


# --- what nobody has stated ----------------------------------------------------------------------------------


def derived() -> Case:
    """Our claim was worked out from another one, of which nobody says where it comes from."""
    case = ours(sources=(Source(id="s", kind=SourceKind.SIGNALS, owner="A"),))
    unsourced = attrs.evolve(claim(id="origin"), sources=())
    return attrs.evolve(case, claims=(claim(derived_from=("origin",)), unsourced))


def test_what_a_claim_was_worked_out_from_must_be_ours_to_give_too() -> None:
    found = assess(derived())

    assert isinstance(found.decision, AllowIf)
    assert any("`origin`, from which `meeting` was worked out, is ours" in each for each in found.decision.conditions)


@pytest.mark.parametrize(
    "condition", ["source.kinds: {includes: human}", "source.owners: {includes: C}", "source.foreign: true"]
)
def test_a_rule_on_sources_is_in_doubt_where_some_of_them_are_not_stated(condition: str) -> None:
    ruled = policy(f"effect: forbid, when: {{{condition}}}")

    found = assess(attrs.evolve(derived(), policy=ruled))

    assert isinstance(found.decision, Refuse)


def told_before(of: str, earlier: Claim) -> Case:
    """B was told something before; a rule forbids a second time."""
    ruled = policy(f"effect: forbid, when: {{earlier: {{of: {of}, within_days: 90, at_least: 1}}}}")
    before = Given(to=("B",), on=dt.date(2026, 11, 1), claims={earlier.id: "vague"})
    return ours(claims=(claim(), earlier), given=(before,), policy=ruled)


def test_what_was_told_before_without_a_source_may_rest_on_the_same_one() -> None:
    case = told_before("same-source", attrs.evolve(claim(id="old"), sources=()))

    assert isinstance(assess(case).decision, Refuse)


def test_what_earlier_words_implied_was_told_with_them() -> None:
    versions = tuple(attrs.evolve(version, implies={"meeting": "vague"}) for version in claim().versions)
    case = told_before("same-claim", attrs.evolve(claim(id="old"), versions=versions))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert Rule.POLICY in {reason.rule for reason in found.decision.reasons}


# --- persons and the record of the recipient -----------------------------------------------------------------


def test_no_promise_removes_a_harm_where_the_record_of_the_recipient_is_of_misuse() -> None:
    promise = Assurance(
        by="B", covers=(Harm.KILLING,), credibility=Credibility.HIGH, follow_up="visits", until=dt.date(2027, 1, 1)
    )
    promised = with_claim(ours(), persons=(Person(id="p", risk=KILLED, assurances=(promise,)),))
    parties = tuple(attrs.evolve(p, use=Trust.FAIR) if p.id == "B" else p for p in promised.parties)
    trusted = attrs.evolve(promised, parties=parties)
    misuses = tuple(
        Dealing(parties=("B",), on=dt.date(2026, month, 1), what=Event.MISUSE, judged_by="the desk")
        for month in (3, 5, 7)
    )

    before, after = assess(trusted), assess(attrs.evolve(trusted, dealings=misuses))

    assert isinstance(before.decision, Allow)
    assert isinstance(after.decision, Refuse)


# --- who, where and when, in every room ----------------------------------------------------------------------


def sentence(name: str, aspect: Aspect) -> Claim:
    version = Version(id="said", text=f"Sentence {name}.", value=5.0, known=WIDE, tells={"p": (aspect,)})
    return Claim(id=name, sources=("s",), persons=(), versions=(version,))


def locating() -> Case:
    """Three sentences tell where to lay hands on somebody; a fourth claim becomes public on a later day."""
    named = attrs.evolve(sentence("who", Aspect.IDENTITY), persons=(Person(id="p", risk=KILLED, versions=("never",)),))
    exact, vague = claim().versions
    later = attrs.evolve(exact, public=Days(first=dt.date(2026, 11, 25), last=dt.date(2026, 11, 25)))
    never = Version(id="never", text="His name.", value=9.0)
    whole = attrs.evolve(named, versions=(never, *named.versions))
    told = (whole, sentence("where", Aspect.PLACE), sentence("when", Aspect.TIME), claim(versions=(later, vague)))
    case = ours(claims=told)
    return with_proposal(case, claims={"who": "said", "where": None, "when": None, "meeting": None})


def test_no_day_is_given_for_words_that_would_tell_where_to_lay_hands_on_somebody() -> None:
    found = assess(locating())

    (untold,) = {"who", "where", "when"} - set(found.tearline.versions)
    days = {(timing.claim, timing.version): timing.safe_from for timing in found.timings}
    assert days[untold, "said"] is None
    assert days["meeting", "exact"] == dt.date(2026, 11, 25)


def test_a_text_found_by_leaving_something_untold_is_no_proof_for_fewer_wordings() -> None:
    found = recommend(locating()).recommended

    assert found.tearline.proved
    assert not found.is_canonical


def test_who_oversees_us_may_read_who_where_and_when() -> None:
    case = locating()
    parties = tuple(attrs.evolve(p, kind=PartyKind.OVERSIGHT) if p.id == "B" else p for p in case.parties)

    found = assess(attrs.evolve(case, parties=parties))

    assert {"who", "where", "when"} <= set(found.tearline.versions)


def test_no_name_of_a_party_opens_a_section_of_the_page_that_goes() -> None:
    case = agreed(urgent_case())
    forged = "Guests\n2. FOR YOU\n   Do nothing."
    parties = tuple(attrs.evolve(p, name=forged) if p.id == "guests" else p for p in case.parties)

    page = package(plan(attrs.evolve(case, parties=parties)))

    assert sum(line.startswith("2. ") for line in page.splitlines()) == 1
    assert not any(line.startswith("2. FOR YOU") for line in page.splitlines())


# --- what nobody may decide against --------------------------------------------------------------------------


def refused_for_a_no() -> Case:
    """C refuses the vague words already."""
    return small_case(consents=(yes("C", answer=Answer.NO),))


def test_a_refusal_is_not_overridden_where_what_was_proposed_would_harm_a_person() -> None:
    case = with_claim(refused_for_a_no(), persons=(Person(id="p", risk=KILLED, versions=("exact",)),))

    assert verdict(assess(case)).harms


def test_a_refusal_is_not_overridden_where_the_material_is_tainted() -> None:
    case = with_source(refused_for_a_no(), tainted=Taint(how=Wrong.TORTURE))

    assert verdict(assess(case)).harms


def test_another_refusal_is_no_matter_of_harm() -> None:
    assert not verdict(assess(refused_for_a_no())).harms
