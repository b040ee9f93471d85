"""What a policy does to the answer of a case: refusals with owner and words, conditions, and nothing to oversight."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from small_case import TODAY, small_case, with_claim, with_proposal, yes
from tearline.assess import assess
from tearline.assess.admission import admissions
from tearline.assess.ruled import why
from tearline.cases import names, open_shipped
from tearline.cases.policies import read_policy, shipped_policy
from tearline.domain import (
    Allow,
    AllowIf,
    Answer,
    Answered,
    Approval,
    Ask,
    Case,
    Consent,
    Form,
    Given,
    Party,
    PartyKind,
    Permission,
    Policy,
    Refuse,
    Rule,
)
from tearline.policy.situation import situation

CRITERIA = ("foreign-policy", "own-security", "protection", "benefit", "purpose-only")


def policy(rules: str, head: str = "") -> Policy:
    """A policy of one permit for everything, and these rules, each on a line."""
    lines = "\n".join(
        f"  {line.strip()[:-1]}, text: words of it, owner: the desk, review: 2027-01-01}}"
        for line in ("all: {effect: permit}", *rules.strip().splitlines())
        if line.strip()
    )
    return read_policy(f"tearline_policy: 1\ntitle: t\n{head}rules:\n{lines}\n", "ours")


def agreed(**changes: object) -> Case:
    """The small case with the consent that its vague version needs."""
    return small_case(consents=(yes("C"),), **changes)


def kept_back(case: Case) -> dict[str, list[str]]:
    """Why the policy keeps each version back."""
    return {a.version: [r.text for r in a.forbidden if r.rule is Rule.POLICY] for a in admissions(case)}


@pytest.mark.parametrize("name", names())
def test_the_default_policy_decides_every_shipped_case_as_none_does(name: str) -> None:
    case = open_shipped(name).case

    assert admissions(attrs.evolve(case, policy=shipped_policy("default"))) == admissions(case)


def test_a_policy_that_permits_nothing_refuses_with_its_words_owner_and_review() -> None:
    head = "otherwise: {text: Nothing goes until the law is passed, owner: the minister, review: 2027-02-01}\n"
    empty = read_policy(f"tearline_policy: 1\ntitle: t\n{head}", "ours")

    decision = assess(agreed(policy=empty)).decision

    assert isinstance(decision, Refuse)
    assert decision.owner == "officer-1"
    assert decision.harm_of_silence == "an ambush"
    assert decision.review_on is not None
    assert (
        "No rule of `ours` permits it: Nothing goes until the law is passed. (the minister answers for it; to be "
        "reviewed by 1 February 2027.)"
    ) in decision.reasons[0].text


def test_a_forbid_outweighs_a_permit_and_names_itself() -> None:
    case = agreed(
        policy=policy("no-raw: {effect: forbid, when: {as_collected: true, source.kinds: {includes: human}}}")
    )

    (text,) = kept_back(case)["exact"]

    assert text.startswith("Rule `no-raw` of `ours` forbids it: words of it. (the desk answers for it")
    assert kept_back(case)["vague"] == []


def test_a_forbid_that_cannot_be_evaluated_applies_and_says_what_is_missing() -> None:
    case = agreed(policy=policy("marked: {effect: forbid, when: {marking: SECRET}}"))

    (text,) = kept_back(case)["vague"]

    assert "In doubt it applies, for nobody has stated `marking`." in text
    assert kept_back(with_claim(case, marking="OPEN"))["vague"] == []


def test_the_marking_of_a_version_comes_before_that_of_its_claim() -> None:
    marked = policy("high: {effect: forbid, when: {marking: {at_least: SECRET}}}", "markings: [OPEN, SECRET]\n")
    case = agreed(policy=marked)
    exact, vague = case.claims[0].versions
    case = with_claim(case, marking="SECRET", versions=(exact, attrs.evolve(vague, marking="OPEN")))

    assert {version: bool(texts) for version, texts in kept_back(case).items()} == {"exact": True, "vague": False}


def test_a_demand_waits_for_an_approval_that_nobody_gives_to_their_own_proposal() -> None:
    case = agreed(policy=policy("signed: {effect: require, approval: officer-1}"))
    own = with_proposal(case, approvals=(Approval(by="officer-1", on=TODAY),))
    late = with_proposal(case, by="officer-2", approvals=(Approval(by="officer-1", on=TODAY + dt.timedelta(days=1)),))
    given = with_proposal(case, by="officer-2", approvals=(Approval(by="officer-1", on=TODAY),))

    decisions = [assess(each).decision for each in (case, own, late, given)]

    assert [type(decision) for decision in decisions] == [AllowIf, AllowIf, AllowIf, Allow]
    assert decisions[0].conditions == ("officer-1 has approved it (rule `signed`: words of it)",)


def test_a_condition_in_words_goes_with_the_answer() -> None:
    decision = assess(agreed(policy=policy("lawyer: {effect: require, condition: counsel has seen it}"))).decision

    assert isinstance(decision, AllowIf)
    assert decision.conditions == ("counsel has seen it (rule `lawyer`)",)


def test_disclosure_and_release_are_different_acts() -> None:
    case = agreed(policy=policy("shown: {effect: require, that: {form: disclosure}}"))
    shown = with_proposal(case, form=Form.DISCLOSURE)

    assert "Rule `shown` of `ours` is not met" in kept_back(case)["vague"][0]
    assert kept_back(shown)["vague"] == []


def test_four_yes_and_one_no_are_refused_and_a_named_exception_waits_for_its_signature() -> None:
    yes_ = tuple(Answered(id=c, answer=Answer.YES, evidence="e", owner="o") for c in CRITERIA)
    no = Answered(id="protection", answer=Answer.NO, evidence="e", owner="o")
    excepted = attrs.evolve(no, exception="the board")
    case = agreed(policy=shipped_policy("five-criteria"))

    answers = [(), yes_, (*yes_[:2], no, *yes_[3:]), (*yes_[:2], excepted, *yes_[3:]), yes_[:4]]
    decisions = [type(assess(with_proposal(case, answers=given)).decision) for given in answers]

    assert decisions == [Refuse, Allow, Refuse, AllowIf, Refuse]


def test_earlier_releases_of_the_same_source_to_the_recipient_are_counted_within_the_window() -> None:
    told = [Given(to=("B",), on=TODAY - dt.timedelta(days=n), claims={"meeting": "vague"}) for n in (1, 89, 90, 400)]
    others = Given(to=("C",), on=TODAY, claims={"meeting": "vague"})
    limit = policy("often: {effect: forbid, when: {earlier: {of: same-source, within_days: 90, at_least: 3}}}")
    case = agreed(policy=limit, given=(*told, others))
    claim = case.claims[0]

    found = situation(case, limit, claim, claim.versions[1])

    assert found == {"earlier(same-source, 90 days)": 2}
    assert kept_back(case)["vague"] == []


def test_without_a_day_nobody_can_tell_what_lies_in_a_window() -> None:
    limit = policy("often: {effect: forbid, when: {earlier: {within_days: 90, at_least: 3}}}")

    assert kept_back(agreed(policy=limit, as_of=None))["vague"] != []


def test_oversight_is_never_a_third_party() -> None:
    strict = read_policy("tearline_policy: 1\ntitle: t\n", "ours")
    no = Consent(party="C", on=TODAY, covers={"meeting": "vague"}, to=("B", "committee"), answer=Answer.NO)
    committee = Party(id="committee", kind=PartyKind.OVERSIGHT)
    case = small_case(policy=strict, consents=(no,))
    case = attrs.evolve(case, parties=(*case.parties, committee))
    told = with_claim(with_proposal(case, to="committee", minimum_value=None), persons=None)

    decision = assess(told).decision

    assert isinstance(decision, Allow)
    assert all(admission.today and not admission.conditions for admission in admissions(told))


def test_what_oversight_may_do_beyond_reading_is_ruled_like_everything_else() -> None:
    case = small_case()
    case = attrs.evolve(case, parties=(*case.parties, Party(id="committee", kind=PartyKind.OVERSIGHT)))
    told = with_proposal(case, to="committee", allows=(Permission.EVIDENCE,))

    assert isinstance(assess(told).decision, Ask | AllowIf | Refuse)


def test_what_was_answered_for_one_recipient_does_not_hold_for_another() -> None:
    answers = tuple(Answered(id=c, answer=Answer.YES, evidence="e", owner="o") for c in CRITERIA)
    approvals = (Approval(by="the minister", on=TODAY),)
    case = with_proposal(agreed(), answers=answers, approvals=approvals, agreement="gsa")

    other = case.told_to("C").proposal

    assert (other.to, other.answers, other.approvals, other.agreement) == ("C", (), (), None)


def test_why_tells_rules_that_apply_from_those_that_do_not_and_what_would_turn_them() -> None:
    rules = "warned: {effect: forbid, when: {purpose: warning}}\nno-raw: {effect: forbid, when: {as_collected: true}}"

    exact, vague = why(agreed(policy=policy(rules))).claims

    assert exact.policy is not None
    assert vague.policy is not None
    turns = {turn.rule.id: turn for turn in exact.policy.turns}
    assert [turns[rule].applied.applies for rule in ("all", "warned", "no-raw")] == [True, False, True]
    assert turns["warned"].values == (("purpose", "routine"),)
    assert [(c.attribute.key, c.then) for c in turns["warned"].changes or ()] == [("purpose", "warning")]
    assert [(c.attribute.key, c.now, c.then) for c in exact.policy.changes or ()] == [("as_collected", "true", "false")]
    assert vague.policy.ruling.goes
    assert vague.policy.changes == ()


def test_why_speaks_of_the_built_in_rules_where_a_case_names_no_policy() -> None:
    exact, vague = why(small_case()).claims[0], why(agreed()).claims[1]

    assert exact.policy is None
    assert [(rule.rule, rule.does) for rule in exact.built_in] == [
        ("consent", "asks"),
        ("use", "nothing"),
        ("person-harm", "nothing"),
        ("quiet", "nothing"),
        ("stated", "nothing"),
    ]
    assert vague.today
