"""A policy in the language of Cedar, so that another engine can decide the same situations.

The shared fragment: permit and forbid, every condition, every attribute stated. Cedar skips a policy whose
condition it cannot evaluate, a forbid too; ours then applies in doubt, so unknown inputs are not shared.
Cedar's words: words and names are strings, grades, numbers and days are longs, flags booleans, sets sets.
"""

from __future__ import annotations

import json
from typing import Any

from tearline.domain.rules import AtLeast, Condition, Effect, Every, Has, Not, OneOf, Policy, PolicyRule, Some
from tearline.domain.vocabulary import Situation, Value


def cedar_text(policy: Policy) -> str:
    """The permits and forbids of a policy as Cedar policies with their ids."""
    return "\n".join(_rule(rule) for rule in policy.rules if rule.effect is not Effect.REQUIRE)


def _rule(rule: PolicyRule) -> str:
    head = f"@id({json.dumps(rule.id)}) {rule.effect.value}(principal, action, resource)"
    return f"{head} when {{ {_condition(rule.when)} }};"


def _condition(condition: Condition) -> str:
    match condition:
        case Not(of=inner):
            return f"!({_condition(inner)})"
        case Every(of=several):
            return "(" + (" && ".join(map(_condition, several)) or "true") + ")"
        case Some(of=several):
            return "(" + (" || ".join(map(_condition, several)) or "false") + ")"
        case OneOf(attribute=attribute, values=values):
            literals = ", ".join(sorted(map(_literal, values)))
            return f"[{literals}].contains(context[{json.dumps(attribute.key)}])"
        case AtLeast(attribute=attribute, value=value):
            return f"context[{json.dumps(attribute.key)}] >= {value}"
        case Has(attribute=attribute, member=member):
            return f"context[{json.dumps(attribute.key)}].contains({json.dumps(member)})"


def _literal(value: Value) -> str:
    return json.dumps(value)


def cedar_request(of: Situation) -> dict[str, Any]:
    """A situation as a request; what is not stated is left out."""
    context = {key: sorted(v) if isinstance(v, frozenset) else v for key, v in of.items() if v is not None}
    return {
        "principal": 'Party::"recipient"',
        "action": 'Action::"share"',
        "resource": 'Claim::"claim"',
        "context": context,
    }
