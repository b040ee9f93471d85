"""The finite question behind a policy: thresholds and names cut every attribute into finitely many cells.

All situations in one cell of every variable are alike to every rule, so a policy is decided on cells
without drawing examples. An attribute with an order is cut where some rule compares it; one with words or
names has a cell for each that some rule mentions and one for all the others; a set has a variable for each
member that some rule mentions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from tearline.domain import Form, PartyKind, Permission, Policy, Purpose
from tearline.domain.rules import AtLeast, Condition, Every, Has, Not, OneOf, Some, Test, tests
from tearline.domain.vocabulary import ATTRIBUTES, Attribute, Situation, Sort, Value
from tearline.policy.diagrams import MOST_NODES, Diagrams

MOST_LISTED: Final = 4
"""So many words are listed; of more, those that are left out."""


@attrs.frozen(kw_only=True)
class Variable:
    """What situations are told apart by.

    Attributes:
        member: For a set: the member that is there or not.
        cells: One value of each cell; ``None``: any that no rule mentions. For an ordered attribute the
            lowest value of each cell.
    """

    attribute: Attribute
    member: str | None
    cells: tuple[Value | None, ...]

    def cell(self, value: Value | None) -> int | None:
        """The cell of a value of the attribute; ``None`` if it is not stated."""
        if value is None:
            return None
        if self.member is not None:
            return int(isinstance(value, frozenset) and self.member in value)
        if self.attribute.sort.is_ordered and isinstance(value, int):
            return sum(lowest <= value for lowest in self.cells if isinstance(lowest, int)) - 1
        return self.cells.index(value) if value in self.cells else self.cells.index(None)

    def holding(self, test: Test) -> frozenset[int]:
        """The cells in which a condition on its attribute, or its member, holds."""
        if isinstance(test, Has):
            return frozenset({1})
        return frozenset(number for number, cell in enumerate(self.cells) if _holds(test, cell))

    def spelled(self, allowed: Iterable[int]) -> str:
        """Some of its cells in words."""
        cells = sorted(allowed)
        if self.member is not None:
            return f"{'with' if cells == [1] else 'without'} {self.member}"
        if self.attribute.sort.is_ordered:
            return " or ".join(self._span(first, last) for first, last in _runs(cells))
        if self.attribute.sort is Sort.WORD and len(words := self._words(cells)) <= MOST_LISTED:
            return " or ".join(words)
        named = [self.attribute.spelled(self.cells[cell]) for cell in cells if self.cells[cell] is not None]
        if len(named) == len(cells):
            return " or ".join(named)
        others = [self.attribute.spelled(each) for cell, each in enumerate(self.cells) if cell not in cells]
        if not others:
            return "whatever it is"
        return f"not {' or '.join(others)}" if named or len(others) > 1 else f"any other than {others[0]}"

    def _words(self, cells: list[int]) -> list[str]:
        """Every word in some cells, of an attribute with few of them."""
        held = {self.cells[cell] for cell in cells}
        return [word for word in self.attribute.words if (word if word in self.cells else None) in held]

    def _span(self, first: int, last: int) -> str:
        low, high = self.cells[first], self._end(last)
        if low == high:
            return self.attribute.spelled(low)
        if first == 0:
            return f"at most {self.attribute.spelled(high)}"
        if last == len(self.cells) - 1:
            return f"at least {self.attribute.spelled(low)}"
        return f"{self.attribute.spelled(low)} to {self.attribute.spelled(high)}"

    def _end(self, cell: int) -> int:
        following = self.cells[cell + 1] if cell + 1 < len(self.cells) else None
        return following - 1 if isinstance(following, int) else self.attribute.reach[1]

    def example(self, cell: int) -> Value | None:
        """One value in a cell; a plain one where there are many."""
        lowest = self.cells[cell]
        if cell == 0 and len(self.cells) > 1 and self.attribute.sort in (Sort.DAY, Sort.NUMBER):
            highest = self._end(cell)
            return highest if self.attribute.sort is Sort.DAY or self.attribute.lowest < 0 else lowest
        if lowest is not None:
            return lowest
        mentioned = {value for value in self.cells if value is not None}
        others = [word for word in self.attribute.words if word not in mentioned]
        return others[0] if others else _fresh(mentioned)


def _fresh(mentioned: Iterable[Value]) -> str:
    """A name that no rule mentions."""
    taken = set(mentioned)
    names = itertools.chain(["another"], (f"another-{number}" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _runs(cells: list[int]) -> Iterator[tuple[int, int]]:
    """Cells that follow each other, as first and last."""
    for _, run in itertools.groupby(enumerate(cells), lambda each: each[1] - each[0]):
        members = [cell for _, cell in run]
        yield members[0], members[-1]


class Cells:
    """The situations of a policy as diagrams.

    Args:
        most: How many nodes the diagrams may have.
    Raises:
        InputError: The rules interlock too much to be decided exactly.
    """

    def __init__(self, policy: Policy, most: int = MOST_NODES) -> None:
        self.policy = policy
        self.variables = variables(policy)
        self._place = {(v.attribute.key, v.member): place for place, v in enumerate(self.variables)}
        self.diagrams = Diagrams([len(v.cells) for v in self.variables], most)
        self.possible = self.diagrams.every([self.of(fact) for fact in self._facts()])
        self.when = {rule.id: self.both(self.of(rule.when)) for rule in policy.rules}
        self.that = {rule.id: self.both(self.of(rule.that)) for rule in policy.rules}

    def both(self, one: int) -> int:
        """The possible situations of a set."""
        return self.diagrams.both(one, self.possible)

    def of(self, condition: Condition) -> int:
        """The situations, possible or not, in which a condition holds."""
        match condition:
            case Not(of=inner):
                return self.diagrams.outside(self.of(inner))
            case Every(of=several):
                return self.diagrams.every([self.of(each) for each in several])
            case Some(of=several):
                return self.diagrams.some([self.of(each) for each in several])
            case _:
                place = self._place[condition.attribute.key, getattr(condition, "member", None)]
                return self.diagrams.among(place, self.variables[place].holding(condition))

    def cells_of(self, situation: Situation) -> list[int | None]:
        """The cell of every variable in a situation; ``None`` where it is not stated."""
        return [variable.cell(situation.get(variable.attribute.key)) for variable in self.variables]

    def example(self, inside: int) -> dict[int, int] | None:
        """A situation of a set: plain cells first; ``None`` if there is none."""
        return self.diagrams.nearest(self.both(inside), lambda _variable, cell: cell)

    def situation(self, cells: Mapping[int, int]) -> dict[str, Value]:
        """A situation in these cells, every other variable in the first that is possible."""
        chosen = self.diagrams.box({variable: {cell} for variable, cell in cells.items()})
        found = self.example(chosen) or {}
        stated: dict[str, Value] = {}
        for place, variable in enumerate(self.variables):
            cell, key = cells.get(place, found.get(place, 0)), variable.attribute.key
            if variable.member is None:
                value = variable.example(cell)
                if value is not None:
                    stated[key] = value
                continue
            held = stated.get(key, frozenset())
            assert isinstance(held, frozenset)
            stated[key] = held | {variable.member} if cell else held
        return self._filled(stated)

    def _filled(self, stated: dict[str, Value]) -> dict[str, Value]:
        """Sets that are never empty, with a member that no rule mentions."""
        for attribute in self.policy.attributes:
            if attribute.never_empty and stated.get(attribute.key) == frozenset():
                mentioned = {v.member for v in self.variables if v.attribute == attribute}
                others = [word for word in attribute.words if word not in mentioned]
                stated[attribute.key] = frozenset({others[0] if others else _fresh(map(str, mentioned))})
        return stated | self._counted(stated)

    def _counted(self, stated: Mapping[str, Value]) -> dict[str, Value]:
        """Counts of earlier releases that go together: a wider window counts no fewer than a narrower one."""
        counts = {a.key: a.window for a in self.policy.attributes if a.window is not None and a.key in stated}
        return {
            key: max(
                held
                for other, narrow in counts.items()
                if narrow.within(wide) and isinstance(held := stated[other], int)
            )
            for key, wide in counts.items()
        }

    def _facts(self) -> Iterator[Condition]:
        """What holds of every situation there can be, as far as variables speak of it."""
        for fact in (*FACTS, *self._never_empty(), *self._windows()):
            if all((test.attribute.key, getattr(test, "member", None)) in self._place for test in tests(fact)):
                yield fact

    def _never_empty(self) -> Iterator[Condition]:
        for attribute in self.policy.attributes:
            if attribute.never_empty and attribute.words:
                yield Some(tuple(Has(attribute, word) for word in attribute.words))

    def _windows(self) -> Iterator[Condition]:
        """What is counted in one window is counted in every wider one."""
        counts = [v for v in self.variables if v.attribute.window is not None]
        for one, other in itertools.permutations(counts, 2):
            narrow, wide = one.attribute.window, other.attribute.window
            if narrow and wide and narrow.within(wide):
                for least in other.cells[1:]:
                    if isinstance(least, int):
                        yield from _no_more(one, other, least)


def _no_more(narrow: Variable, wide: Variable, least: int) -> Iterator[Condition]:
    """If the narrow window has at least so many, the wide one has."""
    fewest = next((low for low in narrow.cells[1:] if isinstance(low, int) and low >= least), None)
    if fewest is not None:
        yield _then(AtLeast(narrow.attribute, fewest), AtLeast(wide.attribute, least))


def _then(one: Condition, other: Condition) -> Condition:
    return Some((Not(one), other))


def _permits(permission: Permission) -> Condition:
    return Has(ATTRIBUTES["permissions"], permission.value)


FACTS: Final = (
    *(
        _then(_permits(permission), _permits(use))
        for permission in Permission
        for use in sorted(permission.involves - {permission}, key=lambda use: use.value)
    ),
    _then(OneOf(ATTRIBUTES["form"], frozenset({Form.ACTION.value})), _permits(Permission.ACT)),
    _then(OneOf(ATTRIBUTES["purpose"], frozenset({Purpose.ACTION.value})), _permits(Permission.ACT)),
    _then(OneOf(ATTRIBUTES["recipient.kind"], frozenset({PartyKind.PUBLIC.value})), _permits(Permission.EVIDENCE)),
)
"""What holds of every proposal: an arrest is an act, evidence is passed on, an act is acted on."""


def _met_in_facts(found: Iterable[Test]) -> list[Test]:
    """Tests of the facts about attributes that rules read, so that no impossible situation is shown."""
    read = {test.attribute.key for test in found}
    return [test for fact in FACTS for test in tests(fact) if all(t.attribute.key in read for t in tests(fact))]


def variables(policy: Policy) -> tuple[Variable, ...]:
    """What situations are told apart by, in the order in which rules first name it."""
    found = [test for rule in policy.rules for c in rule.conditions for test in tests(c)]
    return tuple(_variables([*found, *_met_in_facts(found)]))


def _variables(found: Iterable[Test]) -> Iterator[Variable]:
    by_attribute: dict[Attribute, list[Test]] = {}
    for test in found:
        by_attribute.setdefault(test.attribute, []).append(test)
    for attribute, those in by_attribute.items():
        if attribute.sort.is_set:
            for member in dict.fromkeys(test.member for test in those if isinstance(test, Has)):
                yield Variable(attribute=attribute, member=member, cells=(False, True))
        else:
            yield Variable(attribute=attribute, member=None, cells=_cut(attribute, those))


def _cut(attribute: Attribute, those: Iterable[Test]) -> tuple[Value | None, ...]:
    if attribute.sort is Sort.FLAG:
        return (False, True)
    if attribute.sort.is_ordered:
        lowest, highest = attribute.reach
        cuts = {test.value for test in those if isinstance(test, AtLeast) and lowest < test.value <= highest}
        return (lowest, *sorted(cuts))
    named = {value: None for test in those if isinstance(test, OneOf) for value in sorted(map(str, test.values))}
    complete = attribute.sort is Sort.WORD and set(attribute.words) <= set(named)
    return tuple(named) if complete else (*named, None)


def _holds(test: Test, cell: Value | None) -> bool:
    match test:
        case OneOf(values=values):
            return cell in values
        case AtLeast(value=least):
            return isinstance(cell, int) and cell >= least
        case _:
            return False
