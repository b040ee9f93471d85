"""What the rules of a policy say of one situation, with their reasons.

Deny overrides: it may go as far as the policy is concerned if some rule permits it and none forbids it.
An unknown input never widens. Conditions are three-valued (Kleene, *Introduction to Metamathematics*,
1952, section 64): where one cannot be decided because nobody has stated what it asks, a permit does not
apply, a forbid does, a demand is made, and one that would have to be checked is not met.

Laws, which the tests check: another forbid or require never lets more go; another permit never less; the
order of rules means nothing; to state what was unknown never lets less go than before.
"""

from __future__ import annotations

from enum import Enum

import attrs

from tearline.domain import Case, Claim, Reason, Rule, Version
from tearline.domain.rules import (
    AtLeast,
    Condition,
    Effect,
    Every,
    Has,
    Not,
    OneOf,
    Otherwise,
    Policy,
    PolicyRule,
    Some,
    Test,
    tests,
)
from tearline.domain.vocabulary import Attribute, Situation
from tearline.errors import InvariantError
from tearline.policy.authority import decided
from tearline.policy.situation import situation


class Truth(Enum):
    """Whether a condition holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def truth(condition: Condition, of: Situation) -> Truth:
    """Whether ``condition`` holds in a situation, or whether nobody can tell."""
    match condition:
        case Not(of=inner):
            return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(truth(inner, of), Truth.UNKNOWN)
        case Every(of=several):
            return _combined([truth(each, of) for each in several], decides=Truth.NO, otherwise=Truth.YES)
        case Some(of=several):
            return _combined([truth(each, of) for each in several], decides=Truth.YES, otherwise=Truth.NO)
        case _:
            return _tested(condition, of)


def _combined(found: list[Truth], decides: Truth, otherwise: Truth) -> Truth:
    if decides in found:
        return decides
    return Truth.UNKNOWN if Truth.UNKNOWN in found else otherwise


def _tested(test: Test, of: Situation) -> Truth:
    value = of.get(test.attribute.key)
    if value is None:
        return Truth.UNKNOWN
    match test:
        case OneOf(values=values):
            holds = value in values
        case AtLeast(value=least) if isinstance(value, int):
            holds = value >= least
        case Has(member=member) if isinstance(value, frozenset):
            holds = member in value
        case _:
            raise InvariantError(f"`{test.attribute.key}` has a value of another sort")
    return Truth.YES if holds else Truth.NO


@attrs.frozen(kw_only=True)
class Applied:
    """One rule in one situation.

    Attributes:
        applies: Whether it has its effect: in doubt a permit has none, the others have.
        met: For a rule that demands something of the situation itself: whether that surely holds.
        unknown: What nobody has stated and the rule would have to know.
    """

    rule: PolicyRule
    holds: Truth
    applies: bool
    met: bool
    unknown: tuple[Attribute, ...]

    @property
    def bars(self) -> bool:
        """Whether it alone keeps everything back."""
        return self.applies and (
            self.rule.effect is Effect.FORBID or (self.rule.effect is Effect.REQUIRE and not self.met)
        )


@attrs.frozen(kw_only=True)
class Ruling:
    """What a policy says of one situation.

    Attributes:
        rules: Every rule, in the order of the policy.
    """

    policy: Policy
    of: Situation
    rules: tuple[Applied, ...]

    @property
    def permitted(self) -> bool:
        """Whether some rule permits it."""
        return any(each.applies for each in self.rules if each.rule.effect is Effect.PERMIT)

    @property
    def barred(self) -> tuple[Applied, ...]:
        """Rules each of which keeps it back."""
        return tuple(each for each in self.rules if each.bars)

    @property
    def goes(self) -> bool:
        """Whether it may go as far as the policy is concerned, once every demand is met."""
        return self.permitted and not self.barred

    @property
    def demands(self) -> tuple[PolicyRule, ...]:
        """Rules that attach an approval or a condition."""
        return tuple(
            each.rule
            for each in self.rules
            if each.applies and each.rule.effect is Effect.REQUIRE and (each.rule.approval or each.rule.condition)
        )


def ruling(policy: Policy, of: Situation) -> Ruling:
    """What every rule of ``policy`` says of a situation."""
    return Ruling(policy=policy, of=of, rules=tuple(_applied(rule, of) for rule in policy.rules))


def _applied(rule: PolicyRule, of: Situation) -> Applied:
    holds = truth(rule.when, of)
    applies = holds is Truth.YES or (holds is Truth.UNKNOWN and rule.effect is not Effect.PERMIT)
    met = truth(rule.that, of) is Truth.YES
    doubtful = [c for c in rule.conditions if truth(c, of) is Truth.UNKNOWN]
    unknown = (t.attribute for c in doubtful for t in tests(c) if of.get(t.attribute.key) is None)
    return Applied(rule=rule, holds=holds, applies=applies, met=met, unknown=tuple(dict.fromkeys(unknown)))


def ruled(case: Case, claim: Claim, version: Version) -> Ruling | None:
    """What the policy of a case says of one version; ``None`` where the case names none.

    A body that oversees us is never a third party: no rule speaks of what it may read.
    """
    if case.policy is None or case.for_oversight:
        return None
    return ruling(case.policy, situation(case, case.policy, claim, version))


def refused(case: Case, claim: Claim, version: Version) -> tuple[Reason, ...]:
    """Why the policy keeps ``version`` back: each rule that does, or that none permits it."""
    found = ruled(case, claim, version)
    if found is None or found.goes:
        return ()
    texts = [_why(found.policy, each) for each in found.barred]
    if not found.permitted:
        texts.append(_unpermitted(found.policy))
    return tuple(Reason(rule=Rule.POLICY, text=text, claim=claim.id, version=version.id) for text in texts)


def conditions(case: Case, claim: Claim, version: Version) -> tuple[str, ...]:
    """What must be met before ``version`` goes, as conditions in plain words; approvals on record are."""
    found = ruled(case, claim, version)
    if found is None:
        return ()
    return tuple(text for rule in found.demands for text in _demanded(case, rule))


def approved(case: Case, rule: PolicyRule) -> bool:
    """Whether the approval that a rule asks for is on record; nobody approves what they propose themselves."""
    return any(
        approval.by == rule.approval and (case.as_of is None or approval.on <= case.as_of)
        for approval in case.proposal.approvals
        if decided(case, approval.by)
    )


def _demanded(case: Case, rule: PolicyRule) -> list[str]:
    found = []
    if rule.approval and not approved(case, rule):
        found.append(f"{rule.approval} has approved it (rule `{rule.id}`: {rule.text.rstrip('.')})")
    if rule.condition:
        found.append(f"{rule.condition} (rule `{rule.id}`)")
    return found


def _why(policy: Policy, found: Applied) -> str:
    rule = found.rule
    forbids = rule.effect is Effect.FORBID
    verb = "forbids it" if forbids else "is not met"
    text = f"Rule `{rule.id}` of `{policy.name}` {verb}: {_sentence(rule.text)}"
    if found.unknown:
        names = ", ".join(f"`{attribute.key}`" for attribute in found.unknown)
        text += f" In doubt it {'applies' if forbids else 'is taken as not met'}, for nobody has stated {names}."
    return f"{text} {_answers(rule)}"


def _unpermitted(policy: Policy) -> str:
    text = f"No rule of `{policy.name}` permits it"
    if policy.otherwise is None:
        return f"{text}."
    return f"{text}: {_sentence(policy.otherwise.text)} {_answers(policy.otherwise)}"


def _answers(who: PolicyRule | Otherwise) -> str:
    return f"({who.owner} answers for it; to be reviewed by {who.review.day} {who.review:%B %Y}.)"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
