"""Faults of a policy: found exactly, each with a situation that shows it, and never for hours."""

from __future__ import annotations

import datetime as dt

import pytest

from tearline.cases.policies import read_policy
from tearline.domain import Policy
from tearline.errors import InputError
from tearline.policy.columns import Decider
from tearline.policy.diagrams import MOST_VARIABLES, NONE, Diagrams
from tearline.policy.review import Fault, Finding, review

WORDS = "text: words, owner: the desk, review: 2027-01-01"


def policy(rules: dict[str, str], head: str = "") -> Policy:
    """A policy of these rules, the words added."""
    lines = "".join(f"  {id_}: {{{rule}, {WORDS}}}\n" for id_, rule in rules.items())
    return read_policy(f"tearline_policy: 1\ntitle: t\n{head}rules:\n{lines}", "ours")


def found(rules: dict[str, str], fault: Fault, head: str = "") -> list[Finding]:
    """The findings of one kind."""
    return [each for each in review(policy(rules, head)).findings if each.fault is fault]


def test_a_permit_that_is_wholly_forbidden_is_a_contradiction_with_an_example() -> None:
    rules = {
        "open": "effect: permit, when: {purpose: warning, as_collected: true}",
        "raw": "effect: forbid, when: {as_collected: true}",
        "other": "effect: forbid, when: {recipient: X}",
    }

    (one,) = found(rules, Fault.CONTRADICTION)

    assert one.text == "`open` permits nothing: all of it is kept back by `raw`"
    assert one.rules == ("open", "raw")
    assert dict(one.example)["as_collected"] == "true"


def test_several_rules_can_cover_a_permit_between_them() -> None:
    rules = {
        "open": "effect: permit",
        "copy": "effect: forbid, when: {form: release}",
        "shown": "effect: forbid, when: {form: [disclosure, action]}",
    }

    (one,) = found(rules, Fault.CONTRADICTION)

    assert one.rules == ("open", "copy", "shown")


def test_a_demand_that_cannot_hold_where_it_applies_is_a_contradiction() -> None:
    rules = {"open": "effect: permit", "shown": "effect: require, when: {form: release}, that: {form: disclosure}"}

    (one,) = found(rules, Fault.CONTRADICTION)

    assert one.text == "`shown` demands what cannot hold where it applies: it forbids"


def test_two_demands_can_contradict_each_other() -> None:
    rules = {
        "open": "effect: permit",
        "soon": "effect: require, when: {purpose: warning}, that: {days_left: {at_most: 3}}",
        "late": "effect: require, when: {form: release}, that: {days_left: {at_least: 10}}",
    }

    (one,) = found(rules, Fault.CONTRADICTION)

    assert one.text == "`soon` and `late` demand what cannot hold together"
    assert dict(one.example)["purpose"] == "warning"
    assert dict(one.example)["form"] == "release"


def test_a_rule_whose_condition_cannot_hold_never_applies() -> None:
    rules = {"lethal": "effect: permit, when: {permissions: {only: lethal, includes: lethal}}"}

    (one,) = found(rules, Fault.UNREACHABLE)

    assert one.text == "`lethal` never applies: its condition cannot hold"  # a strike is an act


def test_a_rule_in_the_shadow_of_others_changes_nothing() -> None:
    rules = {
        "allies": "effect: permit, when: {recipient: [B, C]}",
        "b": "effect: permit, when: {recipient: B, purpose: warning}",
        "often": "effect: forbid, when: {earlier: {within_days: 30, at_least: 5}}",
        "oftener": "effect: forbid, when: {earlier: {within_days: 30, of: same-source, at_least: 6}}",
    }

    shadowed = found(rules, Fault.UNREACHABLE)

    assert [each.rules for each in shadowed] == [("b", "allies"), ("oftener", "often")]


def test_a_demand_on_what_may_not_go_anyway_changes_nothing() -> None:
    rules = {
        "open": "effect: permit, when: {purpose: warning}",
        "sign": "effect: require, when: {purpose: trade}, approval: x",
    }

    (one,) = found(rules, Fault.UNREACHABLE)

    assert one.text == "`sign` changes nothing: nothing that it applies to may go anyway"


def test_a_gap_is_described_as_wide_as_it_is_with_an_example() -> None:
    rules = {
        "trusted": "effect: permit, when: {recipient.handling: {at_least: fair}}",
        "rivals": "effect: forbid, when: {recipient.handling: rival}",
    }

    (gap,) = found(rules, Fault.GAP)

    assert gap.where == (("recipient.handling", "wary"),)
    assert gap.example == (("recipient.handling", "wary"),)


def test_what_is_left_to_otherwise_is_no_fault() -> None:
    rules = {"open": "effect: permit, when: {purpose: warning}"}
    stated = policy(rules, f"otherwise: {{{WORDS}}}\n")

    looked = review(stated)

    assert looked.silent == 1
    assert looked.sound
    assert not review(policy(rules)).sound


def test_gaps_beyond_those_described_are_counted() -> None:
    rules = {f"r{n}": f"effect: permit, when: {{recipient: P{n}, claim.type: t{n}}}" for n in range(4)}

    looked = review(policy(rules), gaps=1)

    assert [finding.text for finding in looked.findings][-1].startswith("no rule speaks of ")
    assert looked.findings[-1].text.endswith("more kinds of situation")


def test_the_bounds_of_what_can_be_are_known() -> None:
    rules = {
        "arrest": "effect: permit, when: {permissions: {includes: detain}}",
        "no-acts": "effect: forbid, when: {permissions: {includes: act}}",
    }

    (one,) = found(rules, Fault.CONTRADICTION)

    assert one.rules == ("arrest", "no-acts")


def test_reviews_that_are_overdue_and_agreements_that_ended_are_told_on_the_day_asked_about() -> None:
    head = "agreements: {gsa: {with: B, until: 2026-12-31}}\nquestions: {plan: {text: Is it planned?}}\n"
    given = policy({"open": "effect: permit, when: {agreement.in_force: true}"}, head)

    def overdue(day: dt.date | None) -> list[str]:
        return [each.text for each in review(given, on=day).findings if each.fault in (Fault.OVERDUE, Fault.UNUSED)]

    assert overdue(None) == ["no rule reads the answer to `plan`"]
    assert overdue(dt.date(2027, 1, 1)) == [*overdue(None), "agreement `gsa` ended on 2026-12-31"]
    assert "`open` was to be reviewed by 2027-01-01, by the desk" in overdue(dt.date(2027, 1, 2))


def test_rules_that_interlock_too_much_are_refused_with_a_message() -> None:
    rules = {
        f"r{n}": f"effect: permit, when: {{recipient: P{n}, claim.type: t{7 * n % 40}, agreement: a{3 * n % 40}}}"
        for n in range(40)
    }

    with pytest.raises(InputError, match="the rules interlock too much to be decided exactly: more than 200 cases"):
        review(policy(rules), most=200)


def test_rules_that_unfold_into_too_many_alternatives_are_refused_with_a_message() -> None:
    pairs = ", ".join(f"{{any: [{{recipient: P{n}}}, {{claim.type: t{n}}}]}}" for n in range(13))

    with pytest.raises(InputError, match="the rules unfold into more than 4096 alternatives"):
        Decider(policy({"wide": f"effect: permit, when: {{all: [{pairs}]}}"}))


def test_too_many_variables_are_refused_before_anything_is_built() -> None:
    with pytest.raises(InputError, match=f"more than {MOST_VARIABLES} cannot be decided exactly"):
        Diagrams([2] * (MOST_VARIABLES + 1))


def test_equal_sets_are_one_diagram() -> None:
    sets = Diagrams([2, 3, 2])
    some, other = sets.among(1, {0, 2}), sets.among(2, {1})

    assert sets.outside(sets.both(some, other)) == sets.either(sets.outside(some), sets.outside(other))
    assert sets.less(some, some) == NONE
    assert sets.count(sets.either(some, other)) == 10
