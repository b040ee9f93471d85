"""Which rules applied to a situation, with the values they read, and what would have to change.

The nearest situation in which it could go, or in which one rule would turn, is found exactly over the cells
of :mod:`.cells`. Near means: as few facts changed as possible, then as little learnt that nobody has stated,
then as few choices of whoever proposes. A price says nothing about whether a change would be true: only what
*is* may be stated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

import attrs

from tearline.domain import Policy
from tearline.domain.rules import Effect, PolicyRule, tests
from tearline.domain.vocabulary import Attribute, Situation, Value
from tearline.policy.cells import Cells
from tearline.policy.diagrams import MOST_VARIABLES, widened
from tearline.policy.rules import Applied, Ruling, ruling


class Means(Enum):
    """What kind of change it would be."""

    CHOOSE = "choose"
    STATE = "state"
    FACT = "fact"


PRICES: Final = {Means.CHOOSE: 1, Means.STATE: MOST_VARIABLES, Means.FACT: MOST_VARIABLES**2}
"""What each counts for in how near a situation is: any number of the lesser outweighs none of the greater."""

CELLS: Final = 1_000_000
"""More than a variable has cells: between situations as near, the plainer is named."""


@attrs.frozen(kw_only=True)
class Change:
    """One attribute that would have to be other, or be stated.

    Attributes:
        now: Its value in words.
        then: What it would have to be, in words.
    """

    attribute: Attribute
    means: Means
    now: str
    then: str


@attrs.frozen(kw_only=True)
class Turn:
    """One rule in a situation.

    Attributes:
        values: What it read, in words.
        changes: The least that would make it apply if it does not, or not if it does; for a demand on the
            situation that is not met, that would meet it. ``None``: nothing would.
    """

    applied: Applied
    values: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...] | None

    @property
    def rule(self) -> PolicyRule:
        """The rule."""
        return self.applied.rule


@attrs.frozen(kw_only=True)
class Explained:
    """What a policy says of a situation, rule by rule.

    Attributes:
        changes: The least with which it could go; empty if it can; ``None``: nothing would do.
    """

    ruling: Ruling
    turns: tuple[Turn, ...]
    changes: tuple[Change, ...] | None


class Explainer:
    """Explains situations of one policy; makes its diagrams once.

    Raises:
        InputError: The rules interlock too much to be decided exactly.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._cells = Cells(policy)
        sets, when, that = self._cells.diagrams, self._cells.when, self._cells.that
        permitted = sets.some([when[rule.id] for rule in policy.rules if rule.effect is Effect.PERMIT])
        barred = [when[rule.id] for rule in policy.rules if rule.effect is Effect.FORBID]
        barred += [sets.less(when[rule.id], that[rule.id]) for rule in policy.rules if rule.effect is Effect.REQUIRE]
        self._goes = sets.less(permitted, sets.some(barred))

    def explain(self, of: Situation) -> Explained:
        """What the policy says of a situation, and what would have to change."""
        found = ruling(self.policy, of)
        changes = () if found.goes else self._nearest(self._goes, of, self._lets_go)
        return Explained(ruling=found, turns=tuple(self._turn(each, of) for each in found.rules), changes=changes)

    def after(self, of: Situation) -> dict[str, Value | None]:
        """The nearest situation that could go: the one that :meth:`explain` describes; as it is if there is none."""
        found = self._path(self._goes, of, self._lets_go)
        return dict(of) if found is None else self._changed(of, found[1])

    def _lets_go(self, then: Situation) -> bool:
        return ruling(self.policy, then).goes

    def _turn(self, found: Applied, of: Situation) -> Turn:
        rule, sets = found.rule, self._cells.diagrams
        when, that = self._cells.when[rule.id], self._cells.that[rule.id]
        if rule.effect is Effect.REQUIRE and found.bars:
            wanted = sets.either(self._cells.both(sets.outside(when)), that)
        else:
            wanted = self._cells.both(sets.outside(when)) if found.applies else when

        def turned(then: Situation) -> bool:
            after = next(each for each in ruling(self.policy, then).rules if each.rule.id == rule.id)
            return not after.bars if found.bars else after.applies != found.applies

        read = dict.fromkeys(test.attribute for c in rule.conditions for test in tests(c))
        values = tuple((attribute.key, attribute.spelled(of.get(attribute.key))) for attribute in read)
        return Turn(applied=found, values=values, changes=self._nearest(wanted, of, turned))

    def _nearest(self, wanted: int, of: Situation, does: Callable[[Situation], bool]) -> tuple[Change, ...] | None:
        path = self._path(wanted, of, does)
        return None if path is None else self._in_words(of, self._as_wide(wanted, *path))

    def _path(
        self, wanted: int, of: Situation, does: Callable[[Situation], bool]
    ) -> tuple[dict[int, int], dict[int, int]] | None:
        """Cells of the nearest situation that is wanted, and those of them that change."""
        now = self._cells.cells_of(of)

        def price(variable: int, cell: int) -> int:
            return 0 if now[variable] == cell else PRICES[self._means(variable, now)] * CELLS + cell

        found = self._cells.diagrams.nearest(self._cells.both(wanted), price)
        if found is None:
            return None
        changed = {variable: cell for variable, cell in found.items() if now[variable] != cell}
        if not does(self._changed(of, changed)):  # what two rules between them leave open has to be known as well
            settled = found | {v: cell for v, cell in enumerate(now) if cell is not None and v not in found}
            whole = self._cells.cells_of(self._cells.situation(settled))
            changed |= {v: cell for v, cell in enumerate(whole) if now[v] is None and cell is not None}
        return found | changed, changed

    def _as_wide(self, wanted: int, cells: Mapping[int, int], changed: Mapping[int, int]) -> dict[int, frozenset[int]]:
        """For each changed variable every cell that would do, the others as they are."""
        sets = self._cells.diagrams
        outside = sets.less(self._cells.possible, wanted)
        box = {variable: frozenset({cell}) for variable, cell in cells.items()}
        for variable in changed:
            box = widened(sets, outside, box, variable)
        return {variable: box[variable] for variable in sorted(changed)}

    def _means(self, variable: int, now: list[int | None]) -> Means:
        if now[variable] is None:
            return Means.STATE
        return Means.CHOOSE if self._cells.variables[variable].attribute.chosen else Means.FACT

    def _changed(self, of: Situation, cells: Mapping[int, int]) -> dict[str, Value | None]:
        then = dict(of)
        for place, cell in cells.items():
            variable = self._cells.variables[place]
            key, member = variable.attribute.key, variable.member
            if member is None:
                then[key] = variable.example(cell)
                continue
            held = then.get(key)
            had = held if isinstance(held, frozenset) else frozenset[str]()
            then[key] = had | {member} if cell else had - {member}
        return then

    def _in_words(self, of: Situation, changed: Mapping[int, frozenset[int]]) -> tuple[Change, ...]:
        now, words = self._cells.cells_of(of), dict[Attribute, list[str]]()
        means: dict[Attribute, Means] = {}
        for place, allowed in changed.items():
            variable = self._cells.variables[place]
            words.setdefault(variable.attribute, []).append(variable.spelled(allowed))
            means[variable.attribute] = self._means(place, now)
        return tuple(
            Change(
                attribute=attribute,
                means=means[attribute],
                now=attribute.spelled(of.get(attribute.key)),
                then=", ".join(parts),
            )
            for attribute, parts in words.items()
        )
