"""Rules as pages: the faults of a policy, and what rules say of a case."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tearline.assess.built_in import BuiltIn
from tearline.assess.phrases import listed
from tearline.assess.ruled import Ruled, Why
from tearline.cli.render import day, heading, item, paragraph
from tearline.domain.rules import Effect
from tearline.policy.review import Fault, Finding, Review, Words
from tearline.policy.rules import Truth
from tearline.policy.why import Change, Explained, Means, Turn

_INDENT = 15
_WORDS = {
    Fault.CONTRADICTION: "Contradictions",
    Fault.UNREACHABLE: "Rules that change nothing",
    Fault.GAP: "Situations that no rule speaks of",
    Fault.UNUSED: "What no rule uses",
    Fault.OVERDUE: "Overdue",
}
_STYLES = {Effect.PERMIT: "green", Effect.FORBID: "red", Effect.REQUIRE: "yellow"}


def review(out: Console, found: Review) -> None:
    """Print the faults of one policy, each with a situation that shows it."""
    paragraph(out, f"{found.policy.name}: {found.policy.title}" if found.policy.title else found.policy.name, 0, "bold")
    rules = len(found.policy.rules)
    counts = (
        f"{rules} rule{'s' * (rules != 1)} tell {found.kinds:,} kinds of situation apart: {found.may_go:,} may go, "
        f"{found.refused:,} are refused by a rule, of {found.silent:,} no rule speaks."
    )
    paragraph(out, counts, indent=0)
    if found.stated and found.policy.otherwise is not None:
        paragraph(out, f"What no rule permits is refused, says `otherwise`: {found.policy.otherwise.text}", 0)
    for fault in Fault:
        those = [each for each in found.findings if each.fault is fault]
        if those:
            aside = " (left to `otherwise`)" if fault is Fault.GAP and found.stated else ""
            heading(out, f"{_WORDS[fault]}{aside}")
            for each in those:
                _finding(out, each)
    if found.sound:
        paragraph(out, "Nothing is wrong with it.", indent=0)


def _finding(out: Console, found: Finding) -> None:
    item(out, _spelled(found.where) if found.where else found.text)
    if found.example:
        paragraph(out, f"for example {_spelled(found.example)}", indent=4, style="dim")


def _spelled(words: Words) -> str:
    return "; ".join(f"{key} {value}" for key, value in words)


def why(out: Console, found: Why) -> None:
    """Print which rules applied, with what they read, and what would have to change."""
    case, policy = found.case, found.case.policy
    paragraph(out, case.title, indent=0, style="bold")
    recipient = case.party(case.proposal.to).label
    named = f"the policy `{policy.name}` and the built-in rules" if policy else "the built-in rules alone"
    hint = "" if policy else " (the case names no policy; `--policy NAME` tries one)"
    paragraph(out, f"What may go to {recipient} by {named}{hint}:", indent=0)
    if found.oversight:
        paragraph(out, f"{recipient} oversees us and is never a third party: no rule stands in the way.", indent=0)
    for ruled in found.claims:
        heading(out, f"{ruled.claim} as {listed(ruled.versions)}: {_outcome(ruled)}")
        for condition in ruled.conditions:
            item(out, f"once {condition}")
        for rule in ruled.built_in:
            _built_in(out, rule)
        if ruled.policy is not None:
            _policy(out, ruled, ruled.policy)
    if not found.claims:
        paragraph(out, "Nothing is proposed.", indent=0)
    out.print()
    paragraph(out, "Rules only: `tearline assess` also weighs what a reader could work out.", 0, "dim")


def _outcome(ruled: Ruled) -> str:
    if ruled.forbidden:
        return "kept back"
    if not ruled.today:
        return "somebody must be asked"
    return "may go on conditions" if ruled.conditions else "may go"


def _built_in(out: Console, rule: BuiltIn) -> None:
    style = {"forbids": "red", "asks": "yellow", "requires": "yellow"}.get(rule.does, "dim")
    does = "does not apply" if rule.does == "nothing" else rule.does
    change = f" It would change with {rule.change}." if rule.change else ""
    read = "; ".join(_ended(each)[:-1] for each in rule.why)
    text = f"{does}: {read}.{change}"
    paragraph(out, text, _INDENT, style, first=f"  {rule.rule}")


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _policy(out: Console, ruled: Ruled, found: Explained) -> None:
    for turn in sorted(found.turns, key=lambda each: (not each.applied.applies, not each.applied.bars)):
        _turn(out, turn)
    if not found.ruling.permitted:
        paragraph(out, "No rule of the policy permits it.", style="red")
    for by, on_record in ruled.approvals:
        paragraph(out, f"The approval of {by} is {'on record' if on_record else 'missing'}.")
    if found.changes is None:
        paragraph(out, "Under this policy nothing of the kind can go.", style="bold")
    elif found.changes:
        paragraph(out, f"For the policy it could go if {_changed(found.changes)}.", style="bold")


def _turn(out: Console, turn: Turn) -> None:
    rule, applied = turn.rule, turn.applied
    verb = f"{rule.effect.value}s" if applied.applies else "does not apply"
    if applied.holds is Truth.UNKNOWN and applied.applies:
        verb = f"{verb} in doubt"
    style = _STYLES[rule.effect] if applied.applies else "dim"
    paragraph(out, f"Rule `{rule.id}` {verb}: {_ended(rule.text)}", style=style)
    if turn.values:
        paragraph(out, f"read {'; '.join(f'{key} {value}' for key, value in turn.values)}", indent=4, style="dim")
    whose = f"{rule.owner} answers for it; review by {day(rule.review)}"
    turned = "it would not apply" if applied.applies else "it would apply"
    if rule.effect is Effect.REQUIRE and applied.bars:
        turned = "it would be met"
    if turn.changes:
        whose = f"{whose}; {turned} if {_changed(turn.changes)}"
    paragraph(out, whose, indent=4, style="dim")


def _changed(changes: Sequence[Change]) -> str:
    stated = [f"{each.attribute.key} is {each.then}" for each in changes if each.means is Means.STATE]
    other = [
        f"{each.attribute.key} were {each.then} (now {each.now})" for each in changes if each.means is not Means.STATE
    ]
    return listed([*other, *([f"it is true, and stated, that {listed(stated)}"] if stated else [])])
