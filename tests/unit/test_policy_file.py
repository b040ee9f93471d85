"""The policy file: read whole, every fault at once, and nothing taken for permitted that nobody wrote."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.cases import load, read, text_of
from tearline.cases.policies import load_policy, policy_names, policy_text, read_policy, shipped_policy
from tearline.domain.rules import ALWAYS, AtLeast, Effect, Every, Has, Not, OneOf, Policy, Some
from tearline.domain.vocabulary import ATTRIBUTES, Kin, Window, answered, counted, marked
from tearline.errors import CaseFileError, InputError
from tearline.policy.rules import ruling

HEAD = "tearline_policy: 1\ntitle: t\n"
RULE = "  r:\n    effect: permit\n    text: words\n    owner: desk\n    review: 2027-01-01\n"


RULES_OF_MANY_SORTS = f"""{HEAD}markings: [OPEN, SECRET]
groups: {{allies: [B, C]}}
agreements: {{gsa: {{with: [B], until: 2027-01-01, purposes: warning}}}}
questions: {{plan: {{text: Is it planned?}}}}
rules:
{RULE}    when: {{recipient: {{among: allies}}, marking: {{at_most: OPEN}}, agreement.in_force: true}}
  s:
    {{effect: forbid, text: t, owner: o, review: 2027-01-01,
     when: {{any: [{{answers.plan: no}}, {{not: {{form: action}}}}]}}}}
  q: {{effect: require, text: t, owner: o, review: 2027-01-01, that: {{earlier: {{of: same-claim, below: 3}}}}}}
otherwise: {{text: t, owner: o, review: 2027-01-01}}
"""


def with_when(when: str, head: str = "") -> Policy:
    """A policy of one permit with this condition."""
    return read_policy(f"{HEAD}{head}rules:\n{RULE}    when: {when}\n")


def faults(text: str) -> list[str]:
    """What is wrong with a policy file, a line for each fault."""
    with pytest.raises(CaseFileError) as raised:
        read_policy(text, "p.yaml")
    return str(raised.value).splitlines()


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ("{purpose: warning}", OneOf(ATTRIBUTES["purpose"], frozenset({"warning"}))),
        ("{purpose: [warning, trade]}", OneOf(ATTRIBUTES["purpose"], frozenset({"warning", "trade"}))),
        ("{purpose: {not: warning}}", Not(OneOf(ATTRIBUTES["purpose"], frozenset({"warning"})))),
        ("{recipient.hostile: no}", OneOf(ATTRIBUTES["recipient.hostile"], frozenset({False}))),
        ("{recipient: NO}", OneOf(ATTRIBUTES["recipient"], frozenset({"NO"}))),
        ("{recipient: {among: allies}}", OneOf(ATTRIBUTES["recipient"], frozenset({"B", "C"}))),
        ("{recipient.handling: {at_least: fair}}", AtLeast(ATTRIBUTES["recipient.handling"], 2)),
        ("{recipient.handling: {above: fair}}", AtLeast(ATTRIBUTES["recipient.handling"], 3)),
        ("{recipient.handling: {below: fair}}", Not(AtLeast(ATTRIBUTES["recipient.handling"], 2))),
        ("{recipient.handling: {at_most: fair}}", Not(AtLeast(ATTRIBUTES["recipient.handling"], 3))),
        ("{recipient.handling: sound}", AtLeast(ATTRIBUTES["recipient.handling"], 3)),
        ("{marking: {at_most: OPEN}}", Not(AtLeast(marked(("OPEN", "SECRET")), 1))),
        ("{today: {below: 2027-01-01}}", Not(AtLeast(ATTRIBUTES["today"], 739_982))),
        ("{permissions: {includes: act}}", Has(ATTRIBUTES["permissions"], "act")),
        (
            "{source.owners: {among: allies}}",
            Some((Has(ATTRIBUTES["source.owners"], "B"), Has(ATTRIBUTES["source.owners"], "C"))),
        ),
        ("{answers.plan: yes}", OneOf(answered("plan"), frozenset({"yes"}))),
        ("{earlier: {at_least: 3}}", AtLeast(counted(Window(of=Kin.ANYTHING, days=None)), 3)),
        ("{not: {form: release}}", Not(OneOf(ATTRIBUTES["form"], frozenset({"release"})))),
        (
            "{form: release, as_collected: true}",
            Every(
                (
                    OneOf(ATTRIBUTES["form"], frozenset({"release"})),
                    OneOf(ATTRIBUTES["as_collected"], frozenset({True})),
                )
            ),
        ),
        (
            "{any: [{form: release}, {form: action}]}",
            Some((OneOf(ATTRIBUTES["form"], frozenset({"release"})), OneOf(ATTRIBUTES["form"], frozenset({"action"})))),
        ),
    ],
)
def test_a_condition_means_what_it_says(when: str, condition: object) -> None:
    head = "markings: [OPEN, SECRET]\ngroups: {allies: [B, C]}\nquestions: {plan: {text: Is it planned?}}\n"

    policy = with_when(when, head)

    assert policy.rules[0].when == condition


def test_only_allows_no_other_member() -> None:
    policy = with_when("{permissions: {only: [act, onward]}}")

    assert ruling(policy, {"permissions": frozenset({"act"})}).goes
    assert ruling(policy, {"permissions": frozenset()}).goes
    assert not ruling(policy, {"permissions": frozenset({"act", "lethal"})}).goes


def test_an_agreement_is_in_force_for_its_partners_days_purposes_and_forms_only() -> None:
    head = "agreements: {gsa: {with: B, since: 2026-01-01, until: 2026-12-31, purposes: warning, forms: release}}\n"
    policy = with_when("{agreement.in_force: true}", head)
    of = {"agreement": "gsa", "recipient": "B", "today": 739_900, "purpose": "warning", "form": "release"}

    assert ruling(policy, of).goes
    for other in (
        {"agreement": "other"},
        {"recipient": "C"},
        {"today": 739_985},
        {"purpose": "trade"},
        {"form": "action"},
    ):
        assert not ruling(policy, {**of, **other}).goes
    for unknown in of:
        assert not ruling(policy, {**of, unknown: None}).goes


def test_a_rule_without_a_condition_always_applies() -> None:
    policy = read_policy(f"{HEAD}rules:\n{RULE}")

    assert policy.rules[0].when == ALWAYS
    assert policy.rules[0].effect is Effect.PERMIT


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing here\n", "\ufeff", f"{HEAD}rules:\n", HEAD])
def test_a_policy_without_rules_permits_nothing(text: str) -> None:
    policy = read_policy(text)

    assert policy.rules == ()
    assert not ruling(policy, {}).goes


def test_every_fault_of_a_file_is_told_at_once_with_its_place_and_a_hint() -> None:
    found = faults(
        f"{HEAD}markings: [A, A]\n"
        "rules:\n"
        "  one:\n"
        "    effect: permits\n"
        "    text: words\n"
        "    owner: desk\n"
        "    review: soon\n"
        "    when:\n"
        "      purpos: warning\n"
        "      recipient.handling: {at_least: sond, most: fair}\n"
        "      marking: {at_most: B}\n"
        "      permissions: act\n"
        "      source.kinds: {only: [human], includes: humn}\n"
        "      all: []\n"
        "      answers.plan: yes\n"
        "      agreement.in_force: true\n"
        "  two:\n"
        "    effect: require\n"
        "    text: words\n"
        "    owner: desk\n"
        "    review: 2027-01-01\n"
        "  three: {effect: forbid, text: w, owner: o, review: 2027-01-01, approval: the minister}\n"
    )

    assert [fault.removeprefix("p.yaml:").partition(";")[0] for fault in found] == [
        "3:15 markings[1]: `A` is listed twice",
        "6:13 rules.one.effect: `permits` is none of the words for this",
        "9:13 rules.one.review: `soon` is not a day",
        "11:7 rules.one.when.purpos: rules know no `purpos`",
        "12:38 rules.one.when.recipient.handling.at_least: `sond` is none of the words for this",
        "12:44 rules.one.when.recipient.handling.most: `recipient.handling` has no `most`",
        "13:26 rules.one.when.marking.at_most: `B` is none of the words for this",
        "14:20 rules.one.when.permissions: a set is not compared as a whole",
        "15:47 rules.one.when.source.kinds.includes: `humn` is none of the words for this",
        "16:12 rules.one.when.all: nothing is listed here",
        "17:7 rules.one.when.answers.plan: rules know no `answers.plan`",
        "18:7 rules.one.when.agreement.in_force: the policy names no `agreements`",
        "20:5 rules.two.effect: nothing is required",
        "24:66 rules.three.approval: a `forbid` demands nothing",
    ]
    assert "did you mean `purpose`?" in found[3]
    assert "did you mean `at_most`?" in found[5]


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("", "expected a condition, found a single value"),
        ("{}", "nothing is written here; leave the key out if it always holds"),
        ("always", "expected a condition, found a single value"),
        ("{recipient.handling: {at_least: rival}}", "`at_least: rival` always holds"),
        ("{recipient.handling: {above: sound}}", "`above: sound` never holds"),
        ("{recipient.handling: {at_most: sound}}", "`at_most: sound` always holds"),
        ("{recipient.handling: {below: rival}}", "`below: rival` never holds"),
        ("{recipient.handling: {}}", "nothing is compared here"),
        ("{earlier: {at_least: 0}}", "`at_least: 0` always holds"),
        ("{earlier: {within_days: 90}}", "nothing is compared here"),
        ("{earlier: 3}", "expected a count, found a single value"),
        ("{earlier: {within_days: 0, at_least: 1}}", "0 is outside the range"),
        ("{recipient: {among: friends}}", "no group `friends`"),
        ("{permissions: {only: [onward, act, evidence, detain, lethal]}}", "this always holds"),
        ("{purpose: &a warning}", "an anchor"),
        ("{purpose: warning, purpose: trade}", "`purpose` is given twice"),
    ],
)
def test_a_condition_that_says_nothing_is_a_fault(when: str, fault: str) -> None:
    (found,) = faults(f"{HEAD}rules:\n{RULE}    when: {when}\n")

    assert fault in found


@given(st.integers(0, 10_000), st.integers(0, 40), st.text(max_size=12))
def test_whatever_a_file_holds_it_is_read_or_its_faults_are_told(at: int, gone: int, put: str) -> None:
    text = RULES_OF_MANY_SORTS
    place = at % len(text)

    with suppress(CaseFileError):
        policy = read_policy(text[:place] + put + text[place + gone :], "p.yaml")
        assert all(rule.text and rule.owner for rule in policy.rules)


def test_an_agreement_ends_after_it_begins() -> None:
    (found,) = faults(f"{HEAD}agreements: {{a: {{with: B, since: 2026-02-01, until: 2026-01-01}}}}\n")

    assert "2026-01-01 is before 2026-02-01" in found


@pytest.mark.parametrize("name", policy_names())
def test_every_shipped_policy_reads(name: str) -> None:
    policy = shipped_policy(name)

    assert policy.name == name
    assert policy.rules
    assert policy.about


def test_an_unknown_policy_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no shipped policy `five-criterai`; did you mean `five-criteria`\?"):
        policy_text("five-criterai")


def case_with(policy: str) -> str:
    """A small case that names a policy."""
    return text_of("essay").replace("\nparties:", f"\npolicy: {policy}\nparties:", 1)


def test_a_case_names_a_policy_beside_it(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yaml").write_text(f"{HEAD}rules:\n{RULE}")
    (tmp_path / "case.yaml").write_text(case_with("rules/ours.yaml"))

    policy = load(tmp_path / "case.yaml").case.policy

    assert policy is not None
    assert (policy.name, len(policy.rules)) == ("rules/ours.yaml", 1)


@pytest.mark.parametrize("name", ["../ours.yaml", "/etc/ours.yaml", "a/../../ours.yaml", "link.yaml", "..\\ours.yaml"])
def test_a_case_never_names_a_policy_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "ours.yaml").write_text(f"{HEAD}rules:\n{RULE}")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "link.yaml").symlink_to(tmp_path / "ours.yaml")
    (tmp_path / "desk" / "case.yaml").write_text(case_with(f"'{name}'"))

    with pytest.raises(CaseFileError, match="in its own folder or below"):
        load(tmp_path / "desk" / "case.yaml")


def test_a_case_that_is_no_file_names_shipped_policies_only() -> None:
    with pytest.raises(CaseFileError, match="a case that is not a file can name shipped policies only"):
        read(case_with("ours.yaml"))


def test_the_faults_of_its_policy_are_faults_of_a_case(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(f"{HEAD}rules:\n  r: {{effect: permit}}\n")
    (tmp_path / "case.yaml").write_text(case_with("ours.yaml"))

    with pytest.raises(
        CaseFileError, match=r"this policy cannot be used: ours.yaml:4:6 rules.r: `text` is missing.*, and 2 more"
    ):
        load(tmp_path / "case.yaml")


def test_what_a_case_says_to_its_policy_the_policy_knows() -> None:
    text = case_with("five-criteria").replace(
        "\nproposal:", "\nproposal:\n  answers: {protektion: {answer: yes, evidence: e, owner: o}}"
    )

    with pytest.raises(CaseFileError, match="the policy asks no `protektion`; did you mean `protection`"):
        read(text)


def test_a_policy_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(CaseFileError, match="cannot be read"):
        load_policy("nowhere.yaml")
