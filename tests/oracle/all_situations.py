"""The slow twin of a policy's review: list every kind of situation and judge each by the rules as written."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from tearline.domain.names import RuleId
from tearline.domain.rules import Effect, Policy, PolicyRule
from tearline.domain.vocabulary import Value
from tearline.policy.cells import FACTS, Variable, variables
from tearline.policy.rules import Truth, ruling, truth


def all_situations(policy: Policy) -> Iterator[dict[str, Value]]:
    """One situation for each combination of cells that can be."""
    those = variables(policy)
    for cells in itertools.product(*(range(len(variable.cells)) for variable in those)):
        found = _counted(policy, _situation(those, cells))
        same = all(
            v.member is not None or v.cell(found[v.attribute.key]) == c for v, c in zip(those, cells, strict=True)
        )
        if same and _can_be(policy, found):
            yield found


def _counted(policy: Policy, of: dict[str, Value]) -> dict[str, Value]:
    """With the least counts there can be: what is counted in one window is counted in every wider one."""
    counts = {a.key: a.window for a in policy.attributes if a.window is not None}
    inside = {key: [other for other in counts if counts[other].within(counts[key])] for key in counts}
    return of | {key: max(of[other] for other in within) for key, within in inside.items()}


def _situation(those: tuple[Variable, ...], cells: tuple[int, ...]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    mentioned: dict[str, set[str | None]] = {}
    for variable, cell in zip(those, cells, strict=True):
        key = variable.attribute.key
        if variable.member is None:
            value = variable.example(cell)
            assert value is not None
            found[key] = value
        else:
            held = found.get(key, frozenset())
            assert isinstance(held, frozenset)
            found[key] = held | {variable.member} if cell else held
            mentioned.setdefault(key, set()).add(variable.member)
    for variable in those:
        key = variable.attribute.key
        others = [word for word in (*variable.attribute.words, "another") if word not in mentioned.get(key, ())]
        if (
            variable.attribute.never_empty
            and not found[key]
            and others[:1] != ["another"] * bool(variable.attribute.words)
        ):
            found[key] = frozenset({others[0]})
    return found


def _can_be(policy: Policy, of: dict[str, Value]) -> bool:
    """Facts about what there is; an attribute that no rule reads makes nothing impossible."""
    if any(truth(fact, of) is Truth.NO for fact in FACTS):
        return False
    return all(of[a.key] or not (a.never_empty and a.words) for a in policy.attributes)


@attrs.frozen
class Tables:
    """What there is to count, and which rules do nothing."""

    possible: int
    goes: int
    silent: int
    never: set[RuleId]
    powerless: set[RuleId]
    idle_permits: set[RuleId]

    @classmethod
    def of(cls, policy: Policy) -> Tables:
        """By listing every situation."""
        every = [(of, ruling(policy, of)) for of in all_situations(policy)]
        permits = [rule for rule in policy.rules if rule.effect is Effect.PERMIT]
        lets = {rule.id: [found for of, found in every if truth(rule.when, of) is Truth.YES] for rule in policy.rules}

        def without(rule: PolicyRule) -> bool:
            return all(
                any(each.applies for each in found.rules if each.rule in permits and each.rule is not rule)
                for found in lets[rule.id]
                if found.goes
            )

        powerless = {r.id for r in permits if lets[r.id] and not any(found.goes for found in lets[r.id])}
        return cls(
            possible=len(every),
            goes=sum(found.goes for _, found in every),
            silent=sum(
                not any(each.applies for each in found.rules if each.rule.effect is not Effect.REQUIRE)
                for _, found in every
            ),
            never={rule.id for rule in policy.rules if not lets[rule.id]},
            powerless=powerless,
            idle_permits={r.id for r in permits if r.id not in powerless and lets[r.id] and without(r)},
        )
