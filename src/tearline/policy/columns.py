"""The same rules, decided fast: one situation in a microsecond or two, or columns of records against partners.

Every rule is unfolded into rows, each a conjunction, and every value of an attribute stands for the set of
rows that it leaves possible, as bits; a decision is the intersection over all attributes, so its time does
not grow with the number of rules while they fit in a few machine words. (Lakshman and Stiliadis, *High-speed
policy-based packet forwarding*, SIGCOMM 1998.) Two sets are kept: rows that surely hold, and rows that may.
By the distributive laws of Kleene's logic the outcome is that of :mod:`.rules` for unknown inputs too.

It answers with the outcome alone. Reasons are for one situation at a time: :func:`tearline.policy.rules.ruling`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from tearline.domain import Policy
from tearline.domain.rules import Condition, Effect, Every, Not, Some
from tearline.domain.vocabulary import Situation, Value
from tearline.errors import InputError
from tearline.policy.cells import Variable, variables

MOST_ROWS: Final = 4_096
"""A policy may unfold into so many rows."""

REMEMBERED: Final = 4_096
"""So many values of one attribute are remembered at a time."""

BLOCK: Final = 1 << 20
"""So many combinations of records and partners are worked out at a time."""

_WORD: Final = 64

Words = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int64]
Row = dict[int, frozenset[int]]


class Outcome(IntEnum):
    """What becomes of a situation, as far as the policy is concerned."""

    REFUSED = 0
    CONDITIONAL = 1
    ALLOWED = 2


@attrs.frozen(eq=False)
class Column:
    """An attribute of many records: of each the place of its value among a few.

    Attributes:
        codes: Any shape; places in ``values``.
        values: Distinct or not; ``None``: not stated.
    """

    codes: Codes
    values: tuple[Value | None, ...]

    @classmethod
    def of(cls, values: Iterable[Value | None]) -> Column:
        """A column of values one by one."""
        places: dict[Value | None, int] = {}
        codes = [places.setdefault(value, len(places)) for value in values]
        return cls(np.array(codes, np.int64), tuple(places))

    @classmethod
    def of_numbers(cls, numbers: npt.NDArray[np.int64]) -> Column:
        """A column of numbers or days in an array of any shape."""
        values, codes = np.unique(numbers, return_inverse=True)
        return cls(codes.reshape(numbers.shape).astype(np.int64), tuple(values.tolist()))


class Decider:
    """One policy, made ready.

    Raises:
        InputError: The rules unfold into more than :data:`MOST_ROWS` rows.
    """

    def __init__(self, policy: Policy) -> None:
        self._variables = variables(policy)
        place = {(v.attribute.key, v.member): number for number, v in enumerate(self._variables)}
        rows, self._permits, self._bars, self._demands = list[Row](), 0, 0, 0
        for rule in policy.rules:
            bars = rule.when if rule.effect is Effect.FORBID else Every((rule.when, Not(rule.that)))
            if rule.effect is Effect.PERMIT:
                self._permits |= _added(rows, self._rows(rule.when, place))
            else:
                self._bars |= _added(rows, self._rows(bars, place))
            if rule.approval or rule.condition:
                self._demands |= _added(rows, self._rows(rule.when, place))
        self._count = len(rows)
        self._all = (1 << self._count) - 1
        self._by_cell = [_by_cell(number, variable, rows) for number, variable in enumerate(self._variables)]
        self._unasked = [_unasked(number, rows) for number in range(len(self._variables))]
        groups = itertools.groupby(range(len(self._variables)), lambda number: self._variables[number].attribute.key)
        self._places = {key: tuple(numbers) for key, numbers in groups}
        self._memory: list[tuple[str, dict[Value | None, tuple[int, int]]]] = [(key, {}) for key in self._places]

    def _rows(self, condition: Condition, place: Mapping[tuple[str, str | None], int]) -> list[Row]:
        return _unfolded(condition, self._variables, place, holds=True)

    def decide(self, of: Situation) -> Outcome:
        """What becomes of one situation."""
        sure = maybe = self._all
        for key, memory in self._memory:
            value = of.get(key)
            found = memory.get(value)
            if found is None:
                if len(memory) >= REMEMBERED:
                    memory.clear()
                found = memory[value] = self._left(key, value)
            sure &= found[0]
            maybe &= found[1]
        if maybe & self._bars or not sure & self._permits:
            return Outcome.REFUSED
        return Outcome.CONDITIONAL if maybe & self._demands else Outcome.ALLOWED

    def _left(self, key: str, value: Value | None) -> tuple[int, int]:
        """The rows that a value leaves: surely, and possibly."""
        sure = maybe = self._all
        for number in self._places[key]:
            cell = self._variables[number].cell(value)
            if cell is None:
                sure &= self._unasked[number]
            else:
                sure &= self._by_cell[number][cell]
                maybe &= self._by_cell[number][cell]
        return sure, maybe

    def decide_columns(
        self,
        records: Mapping[str, Column],
        partners: Mapping[str, Column],
        pairs: Mapping[str, Column] | None = None,
        *,
        count: tuple[int, int],
    ) -> npt.NDArray[np.uint8]:
        """What becomes of every record for every partner.

        Args:
            records: By attribute what each record has, shape ``(records,)``.
            partners: What each partner has, shape ``(partners,)``.
            pairs: What a record has with a partner, such as how often it was told, shape
                ``(records, partners)``.
            count: How many records and how many partners.
        Returns:
            Shape ``count``: an :class:`Outcome` for each. An attribute that is in none is not stated.
        """
        given = {*records, *partners, *(pairs or {})}
        unstated = {key: Column(np.zeros(1, np.int64), (None,)) for key in self._places if key not in given}
        unstated_words, _ = self._signatures(unstated, 1)
        of_records, which_record = self._signatures(records, count[0])
        of_partners, which_partner = self._signatures(partners, count[1])
        of_pairs, which_pair = self._signatures(pairs or {}, count[0] * count[1])
        of_partners &= unstated_words
        table = self._table(of_records, of_partners, of_pairs)
        places = which_record[:, None] * len(of_partners) + which_partner[None, :]
        if len(of_pairs) > 1:
            places = places * len(of_pairs) + which_pair.reshape(count)
        found: npt.NDArray[np.uint8] = table.reshape(-1)[places]
        return found

    def _signatures(self, columns: Mapping[str, Column], count: int) -> tuple[Words, Codes]:
        """The different sets of rows that some columns leave, and for each record which one it is.

        Returns:
            Words of shape ``(signatures, 2, words)``, surely first; codes of shape ``(count,)``.
        """
        width = -(-self._count // _WORD) or 1
        found, which = _packed([(self._all, self._all)], width), np.zeros(count, np.int64)
        for key, column in columns.items():
            if key not in self._places:
                continue
            left = [self._left(key, value) for value in column.values]
            different = list(dict.fromkeys(left))
            place = {each: number for number, each in enumerate(different)}
            codes = np.array([place[each] for each in left], np.int64)[column.codes].reshape(-1)
            both = which * len(different) + codes
            kept, which = np.unique(both, return_inverse=True)
            found = found[kept // len(different)] & _packed(different, width)[kept % len(different)]
        return found, which.astype(np.int64).reshape(-1)

    def _table(self, records: Words, partners: Words, pairs: Words) -> npt.NDArray[np.uint8]:
        """The outcome of every combination of signatures, shape ``(records, partners, pairs)``."""
        masks = [_packed([(mask, mask)], records.shape[2])[0, 0] for mask in self._masks]
        table = np.empty((len(records), len(partners), len(pairs)), np.uint8)
        step = max(1, BLOCK // (len(partners) * len(pairs)))
        for start in range(0, len(records), step):
            block = records[start : start + step, None, None]
            sure = block[:, :, :, 0] & partners[None, :, None, 0] & pairs[None, None, :, 0]
            maybe = block[:, :, :, 1] & partners[None, :, None, 1] & pairs[None, None, :, 1]
            permitted, barred, demanded = (
                (rows & mask).any(axis=-1) for rows, mask in zip((sure, maybe, maybe), masks, strict=True)
            )
            goes = np.where(demanded, np.uint8(Outcome.CONDITIONAL), np.uint8(Outcome.ALLOWED))
            table[start : start + step] = np.where(permitted & ~barred, goes, np.uint8(Outcome.REFUSED))
        return table

    @property
    def _masks(self) -> tuple[int, int, int]:
        return self._permits, self._bars, self._demands


def _added(rows: list[Row], more: list[Row]) -> int:
    """Put rows behind those there are; their bits."""
    first = len(rows)
    rows += more
    _judge_size(rows)
    return (1 << len(rows)) - (1 << first)


def _judge_size(rows: Sequence[Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise InputError(
            f"the rules unfold into more than {MOST_ROWS} alternatives: split rules with many `any` inside `all`"
        )


def _unfolded(
    condition: Condition, those: Sequence[Variable], place: Mapping[tuple[str, str | None], int], *, holds: bool
) -> list[Row]:
    """A condition, or its opposite, as rows one of which must hold."""
    match condition:
        case Not(of=inner):
            return _unfolded(inner, those, place, holds=not holds)
        case Every(of=several) | Some(of=several):
            parts = [_unfolded(each, those, place, holds=holds) for each in several]
            if isinstance(condition, Some) == holds:
                return [row for part in parts for row in part]
            return _crossed(parts)
        case _:
            number = place[condition.attribute.key, getattr(condition, "member", None)]
            cells = those[number].holding(condition)
            every = frozenset(range(len(those[number].cells)))
            return [{number: cells if holds else every - cells}]


def _crossed(parts: Sequence[list[Row]]) -> list[Row]:
    """Rows each of which takes one row of every part."""
    found: list[Row] = [{}]
    for part in parts:
        found = [_met(row, other) for row in found for other in part]
        _judge_size(found)
    return found


def _met(one: Row, other: Row) -> Row:
    return {**one, **{number: one.get(number, cells) & cells for number, cells in other.items()}}


def _by_cell(number: int, variable: Variable, rows: Sequence[Row]) -> list[int]:
    """For each cell of a variable the rows that allow it, as bits."""
    return [
        sum(1 << at for at, row in enumerate(rows) if number not in row or cell in row[number])
        for cell in range(len(variable.cells))
    ]


def _unasked(number: int, rows: Sequence[Row]) -> int:
    """The rows that do not ask about a variable, as bits."""
    return sum(1 << at for at, row in enumerate(rows) if number not in row)


def _packed(found: Sequence[tuple[int, int]], width: int) -> Words:
    """Pairs of bit sets as words, shape ``(found, 2, width)``."""
    low = (1 << _WORD) - 1
    return np.array(
        [[[mask >> _WORD * word & low for word in range(width)] for mask in pair] for pair in found], np.uint64
    )
