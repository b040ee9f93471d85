"""Faults of a policy itself: contradictions, rules that change nothing, situations that no rule speaks of.

Decided exactly over all situations there can be, cell by cell (:mod:`.cells`), not on samples; every
finding carries a situation as an example. It may take time and room exponential in how many things the
rules ask about together, and stops with a message beyond :data:`tearline.policy.diagrams.MOST_NODES`.

Complete situations suffice: what is unknown only narrows (:mod:`.rules`), so a permit that can never have
an effect has none in doubt either.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.domain import Policy, RuleId
from tearline.domain.rules import Effect, PolicyRule
from tearline.domain.vocabulary import Situation
from tearline.policy.cells import Cells
from tearline.policy.diagrams import MOST_NODES, NONE, widest

MOST_GAPS: Final = 8
"""So many gaps are shown; the situations in the others are counted."""

Words = tuple[tuple[str, str], ...]
"""Attributes with their values, in words."""


class Fault(Enum):
    """What is wrong with a policy."""

    CONTRADICTION = "contradiction"
    UNREACHABLE = "unreachable"
    GAP = "gap"
    UNUSED = "unused"
    OVERDUE = "overdue"


@attrs.frozen(kw_only=True)
class Finding:
    """One fault.

    Attributes:
        rules: The rules that it is about, the one to look at first.
        where: For a gap: the whole region, as wide as it can be described.
        example: A situation that shows it; empty where none can.
    """

    fault: Fault
    rules: tuple[RuleId, ...]
    text: str
    where: Words = ()
    example: Words = ()


@attrs.frozen(kw_only=True)
class Review:
    """What was found, and how many kinds of situation there are.

    Two situations are of one kind if no condition of any rule tells them apart.

    Attributes:
        kinds: All there can be; each is one of the next three.
        may_go: Permitted, and nothing in the way but approvals and conditions in words.
        refused: Kept back by a rule.
        silent: Kept back because no rule speaks of them.
        stated: Whether the policy says that what no rule permits is refused; then gaps are no faults.
    """

    policy: Policy
    findings: tuple[Finding, ...]
    kinds: int
    may_go: int
    refused: int
    silent: int
    stated: bool

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(f.fault is not Fault.GAP or not self.stated for f in self.findings)


def review(policy: Policy, *, on: dt.date | None = None, most: int = MOST_NODES, gaps: int = MOST_GAPS) -> Review:
    """Every fault of a policy.

    Args:
        on: The day on which reviews may be overdue; ``None``: none is looked for.
        most: How many nodes the diagrams may have.
        gaps: How many gaps to describe at most.
    Raises:
        InputError: The rules interlock too much to be decided exactly.
    """
    look = _Look(policy, most)
    found = [*look.contradictions(), *look.unreachable(), *_unused(policy), *(_overdue(policy, on) if on else ())]
    found += look.gaps(gaps)
    count = look.cells.diagrams.count
    kinds, may_go, silent = count(look.cells.possible), count(look.goes), count(look.silent)
    return Review(
        policy=policy,
        findings=tuple(found),
        kinds=kinds,
        may_go=may_go,
        refused=kinds - may_go - silent,
        silent=silent,
        stated=policy.otherwise is not None,
    )


class _Look:
    """One policy looked at."""

    def __init__(self, policy: Policy, most: int) -> None:
        self.cells = Cells(policy, most)
        self.sets = self.cells.diagrams
        self.permits, self.forbids, self.requires = (
            tuple(rule for rule in policy.rules if rule.effect is effect) for effect in Effect
        )
        self.permitted = self._some(self.permits)
        self.barred = self.sets.some([self._bars(rule) for rule in (*self.forbids, *self.requires)])
        self.goes = self.sets.less(self.permitted, self.barred)
        spoken = self.sets.either(self.permitted, self._some(self.forbids))
        self.silent = self.sets.less(self.cells.possible, spoken)

    def _some(self, rules: Iterable[PolicyRule]) -> int:
        return self.sets.some([self.cells.when[rule.id] for rule in rules])

    def _bars(self, rule: PolicyRule) -> int:
        """What a rule keeps back by itself."""
        when = self.cells.when[rule.id]
        return when if rule.effect is Effect.FORBID else self.sets.less(when, self.cells.that[rule.id])

    def contradictions(self) -> Iterator[Finding]:
        """Permits that never let anything go, and demands that cannot be met."""
        for rule in self.permits:
            when = self.cells.when[rule.id]
            if when != NONE and self.sets.less(when, self.barred) == NONE:
                by = self._cover(when, (*self.forbids, *self.requires), self._bars)
                text = f"`{rule.id}` permits nothing: all of it is kept back by {_names(by)}"
                yield self._finding(Fault.CONTRADICTION, (rule, *by), text, when)
        for rule in self.requires:
            when = self.cells.when[rule.id]
            if when != NONE and self.sets.both(when, self.cells.that[rule.id]) == NONE:
                text = f"`{rule.id}` demands what cannot hold where it applies: it forbids"
                yield self._finding(Fault.CONTRADICTION, (rule,), text, when)
        yield from self._clashes()

    def _clashes(self) -> Iterator[Finding]:
        """Two demands, each of which can be met, that cannot be met together."""
        for one, other in itertools.combinations(self.requires, 2):
            where = self.sets.both(self.cells.when[one.id], self.cells.when[other.id])
            first, second = (self.sets.both(where, self.cells.that[rule.id]) for rule in (one, other))
            if NONE not in (where, first, second) and self.sets.both(first, second) == NONE:
                text = f"`{one.id}` and `{other.id}` demand what cannot hold together"
                yield self._finding(Fault.CONTRADICTION, (one, other), text, where)

    def unreachable(self) -> Iterator[Finding]:
        """Rules without which every decision would be the same."""
        for rule in (*self.permits, *self.forbids, *self.requires):
            if self.cells.when[rule.id] == NONE:
                text = f"`{rule.id}` never applies: its condition cannot hold"
                yield Finding(fault=Fault.UNREACHABLE, rules=(rule.id,), text=text)
        for rule in self.permits:
            alone = self.sets.less(self.cells.when[rule.id], self.barred)
            yield from self._shadowed(rule, alone, self.permits, "what it permits is permitted by")
        for rule in self.forbids:
            yield from self._shadowed(rule, self.cells.when[rule.id], self.forbids, "what it forbids is forbidden by")
        for rule in self.requires:
            when = self.cells.when[rule.id]
            if when != NONE and self.sets.both(when, self._goes_without(rule)) == NONE:
                text = f"`{rule.id}` changes nothing: nothing that it applies to may go anyway"
                yield self._finding(Fault.UNREACHABLE, (rule,), text, when)

    def _goes_without(self, rule: PolicyRule) -> int:
        others = [self._bars(each) for each in (*self.forbids, *self.requires) if each.id != rule.id]
        return self.sets.less(self.permitted, self.sets.some(others))

    def _shadowed(self, rule: PolicyRule, what: int, alike: Sequence[PolicyRule], why: str) -> Iterator[Finding]:
        others = [each for each in alike if each.id != rule.id]
        if what != NONE and self.sets.less(what, self._some(others)) == NONE:
            by = self._cover(what, others, lambda each: self.cells.when[each.id])
            text = f"`{rule.id}` changes nothing: {why} {_names(by)} already"
            yield self._finding(Fault.UNREACHABLE, (rule, *by), text, what)

    def _cover(self, what: int, rules: Sequence[PolicyRule], of: Callable[[PolicyRule], int]) -> tuple[PolicyRule, ...]:
        """Rules that together cover a set; none of them can be left out."""
        needed = list(rules)
        for rule in rules:
            rest = [each for each in needed if each is not rule]
            if self.sets.less(what, self.sets.some([of(each) for each in rest])) == NONE:
                needed = rest
        return tuple(needed)

    def gaps(self, most: int) -> Iterator[Finding]:
        """Regions of which no rule speaks, the plainest first, each as wide as it can be described."""
        left = self.silent
        for _ in range(most):
            start = self.cells.diagrams.nearest(left, lambda _variable, cell: cell)
            if start is None:
                return
            box = widest(self.sets, self.silent, start, self.cells.possible)
            where = tuple((variable, allowed) for variable, allowed in sorted(box.cells.items()))
            found = self.sets.box(box.cells)
            text = "no rule speaks of this, so it is refused without a word"
            yield self._finding(Fault.GAP, (), text, self.sets.both(found, left), self._in_words(where))
            left = self.sets.less(left, found)
        if left != NONE:
            count = self.sets.count(left)
            text = f"no rule speaks of {count} more kind{'s' if count > 1 else ''} of situation"
            yield self._finding(Fault.GAP, (), text, left)

    def _finding(self, fault: Fault, rules: Sequence[PolicyRule], text: str, inside: int, where: Words = ()) -> Finding:
        cells = self.cells.example(inside) or {}
        example = in_words(self.cells.policy, self.cells.situation(cells))
        return Finding(fault=fault, rules=tuple(rule.id for rule in rules), text=text, where=where, example=example)

    def _in_words(self, cells: Iterable[tuple[int, frozenset[int]]]) -> Words:
        found: dict[str, list[str]] = {}
        for place, allowed in cells:
            variable = self.cells.variables[place]
            found.setdefault(variable.attribute.key, []).append(variable.spelled(allowed))
        return tuple((key, ", ".join(words)) for key, words in found.items())


def in_words(policy: Policy, situation: Situation) -> Words:
    """A situation, attribute by attribute, in the order in which the rules name them."""
    return tuple((attribute.key, attribute.spelled(situation.get(attribute.key))) for attribute in policy.attributes)


def _unused(policy: Policy) -> Iterator[Finding]:
    read = {attribute.key for attribute in policy.attributes}
    for question in policy.questions:
        if f"answers.{question.id}" not in read:
            yield Finding(fault=Fault.UNUSED, rules=(), text=f"no rule reads the answer to `{question.id}`")


def _overdue(policy: Policy, on: dt.date) -> Iterator[Finding]:
    for rule in policy.rules:
        if rule.review < on:
            text = f"`{rule.id}` was to be reviewed by {rule.review}, by {rule.owner}"
            yield Finding(fault=Fault.OVERDUE, rules=(rule.id,), text=text)
    if policy.otherwise is not None and policy.otherwise.review < on:
        text = f"`otherwise` was to be reviewed by {policy.otherwise.review}, by {policy.otherwise.owner}"
        yield Finding(fault=Fault.OVERDUE, rules=(), text=text)
    for agreement in policy.agreements:
        if agreement.until is not None and agreement.until < on:
            yield Finding(fault=Fault.OVERDUE, rules=(), text=f"agreement `{agreement.id}` ended on {agreement.until}")


def _names(rules: Sequence[PolicyRule]) -> str:
    *first, last = [f"`{rule.id}`" for rule in rules]
    return f"{', '.join(first)} and {last}" if first else last
