"""Sets of situations as decision diagrams: exact, and small where rules do not interlock.

A situation is one cell for each of some numbered variables. A diagram asks one variable after the other,
in their order, and ends in no or yes; equal diagrams are one and the same number, so to compare two sets
is to compare two numbers. (Multi-valued decision diagrams: Srinivasan, Kam, Malik and Brayton, ICCAD 1990;
their reduction: Bryant, *IEEE Transactions on Computers* C-35, 1986.)

Union, intersection and complement cost at most the product of the sizes of what they join; a size may
double with every variable in the worst case, so their number is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import attrs

from tearline.errors import InputError

NONE, ALL = 0, 1
"""The empty set, and the set of all situations."""

MOST_NODES: Final = 200_000
"""So many different questions may all diagrams together ask: at most half a minute and a few hundred megabytes."""

JOINS: Final = 10
"""So many intersections are remembered for each node allowed."""

MOST_VARIABLES: Final = 400
"""Diagrams are walked to this depth."""


class Diagrams:
    """Diagrams over the same variables.

    Args:
        sizes: How many cells each variable has, at least one.
        most: How many nodes to make at most.
    Raises:
        InputError: Here for too many variables, later for too many nodes.
    """

    def __init__(self, sizes: Sequence[int], most: int = MOST_NODES) -> None:
        if len(sizes) > MOST_VARIABLES:
            raise InputError(
                f"the rules tell situations apart by {len(sizes)} things; "
                f"more than {MOST_VARIABLES} cannot be decided exactly: split the policy"
            )
        self.sizes = tuple(sizes)
        self._most = most
        self._variable = [len(sizes), len(sizes)]
        self._below: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[tuple[int, int], int] = {}
        self._turned: dict[int, int] = {NONE: ALL, ALL: NONE}

    def _node(self, variable: int, below: tuple[int, ...]) -> int:
        if all(child == below[0] for child in below):
            return below[0]
        found = self._known.get((variable, below))
        if found is None:
            self._judge_room(len(self._below))
            found = self._known[variable, below] = len(self._below)
            self._variable.append(variable)
            self._below.append(below)
        return found

    def _judge_room(self, used: int) -> None:
        if used >= self._most:
            raise InputError(
                f"the rules interlock too much to be decided exactly: more than {self._most} cases to tell apart; "
                "split the policy, or let fewer rules ask about the same things together"
            )

    def among(self, variable: int, cells: Collection[int]) -> int:
        """Situations in which the variable is in one of these cells."""
        return self._node(variable, tuple(ALL if cell in cells else NONE for cell in range(self.sizes[variable])))

    def both(self, one: int, other: int) -> int:
        """Situations in both sets."""
        if one == other or other == ALL:
            return one
        if NONE in (one, other):
            return NONE
        if one == ALL:
            return other
        pair = (one, other) if one < other else (other, one)
        found = self._joined.get(pair)
        if found is None:
            self._judge_room(len(self._joined) // JOINS)
            first = min(self._variable[one], self._variable[other])
            below = zip(self._children(one, first), self._children(other, first), strict=True)
            found = self._joined[pair] = self._node(first, tuple(self.both(a, b) for a, b in below))
        return found

    def outside(self, one: int) -> int:
        """Situations that are not in the set."""
        found = self._turned.get(one)
        if found is None:
            turned = self._node(self._variable[one], tuple(map(self.outside, self._below[one])))
            found = self._turned[one] = turned
            self._turned[turned] = one
        return found

    def either(self, one: int, other: int) -> int:
        """Situations in at least one of the sets."""
        return self.outside(self.both(self.outside(one), self.outside(other)))

    def less(self, one: int, other: int) -> int:
        """Situations of the first set that are not in the other."""
        return self.both(one, self.outside(other))

    def every(self, several: Sequence[int]) -> int:
        """Situations in all of the sets."""
        found = ALL
        for each in several:
            found = self.both(found, each)
        return found

    def some(self, several: Sequence[int]) -> int:
        """Situations in at least one of the sets."""
        found = NONE
        for each in several:
            found = self.either(found, each)
        return found

    def _children(self, node: int, variable: int) -> tuple[int, ...]:
        """What is below ``node`` for each cell of ``variable``, which it may not ask about."""
        return self._below[node] if self._variable[node] == variable else (node,) * self.sizes[variable]

    def count(self, one: int) -> int:
        """How many situations are in the set, exactly."""
        counts = {NONE: 0, ALL: 1}
        spread = [1]
        for size in reversed(self.sizes):
            spread.append(spread[-1] * size)
        spread.reverse()  # situations from a variable on

        def of(node: int, since: int) -> int:
            at = self._variable[node]
            if node not in counts:
                counts[node] = sum(of(child, at + 1) for child in self._below[node])
            return counts[node] * spread[since] // spread[at]

        return of(one, 0)

    def box(self, cells: Mapping[int, Collection[int]]) -> int:
        """Situations in which every variable named is in one of its cells."""
        return self.every([self.among(variable, allowed) for variable, allowed in sorted(cells.items(), reverse=True)])

    def nearest(self, one: int, price: Callable[[int, int], int]) -> dict[int, int] | None:
        """The cheapest way into the set: a cell for every variable that matters; ``None`` if the set is empty.

        Args:
            price: What it costs to put a variable into a cell, 0 or more. Variables that are not in the
                answer may be in any cell.
        """
        settled: dict[int, tuple[int, dict[int, int]] | None] = {NONE: None, ALL: (0, {})}

        def of(node: int) -> tuple[int, dict[int, int]] | None:
            if node not in settled:
                at, best = self._variable[node], None
                for cell, child in enumerate(self._below[node]):
                    below = of(child)
                    if below is not None:
                        cost = below[0] + price(at, cell)
                        if best is None or cost < best[0]:
                            best = cost, {at: cell, **below[1]}
                settled[node] = best
            return settled[node]

        found = of(one)
        return None if found is None else found[1]


@attrs.frozen
class Box:
    """Situations in which each of some variables is in one of some cells."""

    cells: Mapping[int, frozenset[int]]


def widest(diagrams: Diagrams, inside: int, start: Mapping[int, int], possible: int) -> Box:
    """A box around one situation of a set that cannot be made wider without leaving it.

    Args:
        inside: The set.
        start: A cell for every variable that matters for being inside.
        possible: Situations that there can be; the others may be in the box without harm.
    """
    outside = diagrams.less(possible, inside)
    cells = {variable: frozenset({cell}) for variable, cell in start.items()}
    for variable in list(cells):
        without = {other: allowed for other, allowed in cells.items() if other != variable}
        if diagrams.both(diagrams.box(without), outside) == NONE:
            cells = without
        else:
            cells = widened(diagrams, outside, cells, variable)
    return Box(cells)


def widened(
    diagrams: Diagrams, outside: int, cells: Mapping[int, frozenset[int]], variable: int
) -> dict[int, frozenset[int]]:
    """The box with one variable in as many cells as there may be without meeting ``outside``."""
    found = dict(cells)
    for cell in range(diagrams.sizes[variable]):
        wider = {**found, variable: found[variable] | {cell}}
        if diagrams.both(diagrams.box(wider), outside) == NONE:
            found = wider
    return found
