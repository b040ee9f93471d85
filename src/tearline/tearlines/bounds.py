"""Bounds: what no completion of a half-chosen text can be worth, shown without any monotonicity.

A node of the search allows some options of every block. :meth:`Panel.narrow` strikes out options that
cannot be part of any text worth ``floor`` or more inside the limits, and bounds what is left:

1. *Ratio bound*: if the sum of a suspect's rivals stays below 1 with the largest ratio that each block
   still allows, no completion protects that suspect.
2. *Forward checking*: the same with one option fixed. What fails is struck out.
3. *Pair bound*: the same with two options of different blocks fixed, all pairs in one matrix product.
   A text may hold only compatible pairs, so an option is worth at most its own value plus, for each
   other block, the best option compatible with it; and disjoint pairs of blocks are worth at most
   their best compatible pair.
4. *Value*: an option with which even the best of everything else stays below ``floor`` is struck out.
   That lowers the ratios that other blocks allow, so all is repeated until nothing changes.
5. *Tilts* (:mod:`.tilts`): value and shelter in one inequality, before anything else is compared.

Each step is valid for any likelihoods and any suspect, so a panel of few suspects suffices; it grows
by those whom the search finds exposed. Sums in single precision are given the benefit of the doubt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.worlds import TOLERANCE
from tearline.tearlines.joins import Parts, Reach, View, shelter
from tearline.tearlines.problem import LARGEST_VALUE, Problem, largest_load
from tearline.tearlines.suspects import (
    Accusation,
    Ratios,
    Suspect,
    accusations,
    ratios,
    starts_of,
    suspect,
)
from tearline.tearlines.tilts import Tilting

CLOSELY = 1
"""How many suspects are looked at with forward checking and pairs at each node: the tightest."""

WORK = 2.0e10
"""So many products of rows, rows and rivals may a comparison of joined parts take."""

AGAIN = 0.8
"""Pairs are compared again once this share of the rows is left."""

JOINED_ROWS = 2_500
"""Above so many rows parts are no longer joined: the matrix would cost more than it saves."""

ROUNDING = 1e-3
"""Millionths by which a bound through logarithms is raised, so that rounding never prunes what may go."""

PANEL_BYTES = 96_000_000
"""Memory that tables of suspects may take."""


@attrs.frozen(eq=False, kw_only=True)
class Narrowed:
    """What is left of a node.

    Attributes:
        allowed: Options that may still be part of a wanted text, shape ``(rows,)``.
        worth: For each option the most that a wanted text with it can be worth; ``-inf`` where struck out.
        bound: The most that any wanted text of this node can be worth.
        texts: All texts of the node that may be wanted, best first, where they are few enough to list.
    """

    allowed: Bools
    worth: Floats
    bound: float
    texts: Ints | None


class Layout:
    """All options of all blocks in one column: where blocks start, what options are worth."""

    def __init__(self, problem: Problem) -> None:
        sizes = [len(block.options) for block in problem.blocks]
        self.starts: Ints = starts_of(sizes)
        self.block: Ints = np.repeat(np.arange(len(sizes)), sizes)
        self.value: Floats = np.array([float(o.value) for block in problem.blocks for o in block.options])

    def options(self, rows: Sequence[int] | Ints) -> tuple[int, ...]:
        """One option per block from one row per block."""
        return tuple(int(row) for row in np.asarray(rows) - self.starts)

    def rows(self, options: tuple[int, ...]) -> Ints:
        """One row per block from one option per block."""
        return self.starts + np.array(options, dtype=np.int64)

    def worth(self, allowed: Bools) -> Floats:
        """For each allowed row its value and the best of every other block; ``-inf`` for the rest."""
        value = np.where(allowed, self.value, -np.inf)
        top = np.maximum.reduceat(value, self.starts)
        worth: Floats = value - top[self.block] + top.sum()
        return worth

    def best(self, allowed: Bools) -> Ints:
        """The row of the most valuable allowed option of each block, the first of equals."""
        value = np.where(allowed, self.value, -np.inf)
        top = np.maximum.reduceat(value, self.starts)
        first: Ints = np.minimum.reduceat(
            np.where(value == top[self.block], np.arange(len(value)), len(value)), self.starts
        )
        return first


def _room(parts: Parts) -> int:
    """How many rows parts may be joined to, where comparing them takes many rivals."""
    rivals = max((len(view.start) for view in parts.views), default=1)
    return min(JOINED_ROWS, int(math.sqrt(WORK / max(1, rivals))))


class Panel:
    """The suspects against whom half-chosen texts are tested, for one largest load.

    Attributes:
        suspects: Those of the panel. It has room for so many; who rules out least makes way.
        known: How many suspects were ever added.
    """

    def __init__(self, problem: Problem, load_limit: float) -> None:
        self.problem = problem
        self.load_limit = load_limit
        self.layout = Layout(problem)
        self._accused: list[tuple[int, Accusation, Ratios]] = []
        self._names: set[tuple[int, bytes]] = set()
        self.suspects: list[Suspect] = []
        self.known = 0
        self._useful: list[int] = []
        self._slope = 8.0
        widest = max((len(world.count) for world in problem.worlds), default=1)
        table = 4 * max(1, len(self.layout.value)) * widest
        worlds = len(problem.worlds)
        self._room = max(4 * worlds, min(24 + 4 * worlds, PANEL_BYTES // table))
        self._enough = 1 - 2.0**-23 * (widest + 64 + len(problem.blocks))

    @property
    def enough(self) -> float:
        """What shelter must reach, less what sums in single precision may have lost."""
        return self._enough

    def lower(self, load_limit: float) -> None:
        """Go on with another largest load; the suspects stay, their starts are taken anew."""
        self.load_limit = load_limit
        kept, self._accused, self._names = self._accused, [], set()
        self.suspects, self._useful = [], []
        for index, accusation, known in kept:
            self._names.add((index, accusation.name))
            self._add(index, accusation, known)

    def admits(self, options: tuple[int, ...]) -> bool:
        """Whether the text is inside every limit, measured exactly; if not, accuse whom it exposes."""
        most = self.load_limit * (1 + TOLERANCE)
        if largest_load(self.problem, options, most) <= most:
            return True
        self.accuse(options, self.load_limit)
        return False

    def accuse(self, options: tuple[int, ...], load_limit: float) -> None:
        """Suspect everybody whom the text exposes beyond the given largest load."""
        for index, world in enumerate(self.problem.worlds):
            for accusation in accusations(world, world.mass(options), load_limit):
                name = (index, accusation.name)
                if name not in self._names:
                    self._names.add(name)
                    with np.errstate(all="ignore"):
                        self._add(index, accusation, ratios(world, accusation, self.layout.starts))

    def _add(self, index: int, accusation: Accusation, known: Ratios) -> None:
        with np.errstate(all="ignore"):
            found = suspect(self.problem.worlds[index], accusation, known, self.load_limit)
        if found is None:
            return
        if len(self.suspects) >= self._room:
            least = int(np.argmin(self._useful))
            for column in (self.suspects, self._accused, self._useful):
                del column[least]
        self.known += 1
        self.suspects.append(found)
        self._accused.append((index, accusation, known))
        self._useful.append(max(self._useful, default=0))

    def plausible(self, texts: Ints) -> Bools:
        """Which texts expose no suspect of the panel: necessary, quick, not exact.

        Args:
            texts: One row per block, shape ``(texts, blocks)``.
        """
        left = np.ones(len(texts), dtype=np.bool_)
        for one in self.suspects:
            for index in np.flatnonzero(left):
                left[index] = shelter(one, self._product(one, texts[index])) >= self._enough
        return left

    def tightest(self, rows: Ints) -> int | None:
        """The suspect whom a text leaves least shelter, the first of equals."""
        found = [shelter(one, self._product(one, rows)) for one in self.suspects]
        return int(np.argmin(found)) if found else None

    def around(self, index: int, rows: Ints) -> tuple[Floats, Floats]:
        """A suspect seen from a text: what each rival counts for, and the ratio of every row to the text's."""
        one = self.suspects[index]
        return self._product(one, rows), one.ratio.astype(np.float64) / one.ratio[rows][self.layout.block]

    def narrow(self, allowed: Bools, floor: float) -> Narrowed | None:
        """Strike out what cannot be part of a text worth at least ``floor`` inside the limits.

        Args:
            allowed: Options still open, shape ``(rows,)``; at least one per block.
        Returns:
            ``None`` where no such text exists.
        """
        with np.errstate(all="ignore"):
            return self._narrow(allowed.copy(), max(floor, -LARGEST_VALUE))  # what nothing completes is worth less

    def _narrow(self, allowed: Bools, floor: float) -> Narrowed | None:
        layout = self.layout
        worth = layout.worth(allowed)
        allowed &= worth >= floor
        if worth.max() < floor:
            return None
        alone = np.add.reduceat(allowed.astype(np.int64), layout.starts)[layout.block] == 1
        fixed, rows = np.flatnonzero(allowed & alone), np.flatnonzero(allowed & ~alone)
        tightest = self._tightest(fixed)
        if tightest is None:
            return None
        others = float(layout.value[fixed].sum())
        if not len(rows):
            return Narrowed(allowed=allowed, worth=worth, bound=others, texts=fixed[None, :])
        if not tightest:
            return Narrowed(allowed=allowed, worth=worth, bound=float(worth.max()), texts=None)
        most = np.minimum(worth, self._tilted(tightest, rows, others))
        rows = rows[most[rows] >= floor]
        if len(np.unique(layout.block[rows])) < len(np.unique(layout.block[allowed & ~alone])):
            return None
        views = [View.of(one, start, rows) for one, start in tightest]
        parts = Parts.of(rows, layout.block[rows], len(layout.starts), layout.value[rows], others, views)
        reach = self._joined(parts, floor)
        return None if reach is None else self._left(parts, reach, fixed, most)

    def _tilted(self, tightest: list[tuple[Suspect, Floats]], rows: Ints, others: float) -> Floats:
        """The most that texts with each row can be worth, value and shelter taken together."""
        most = np.full(len(self.layout.value), np.inf)
        block = self.layout.block[rows]
        firsts = np.flatnonzero(block != np.concatenate([[-1], block[:-1]]))
        for one, start in tightest:
            if one.whole is None:
                value = self.layout.value[rows]
                tilting = Tilting(ratio=one.ratio[rows], start=start, value=value, firsts=firsts, enough=self._enough)
                found = tilting.least(self._slope)
                if found is not None:
                    self._slope = found.slope
                    most[rows] = np.minimum(most[rows], others + np.minimum(found.worth, found.bound) + ROUNDING)
        return most

    def _joined(self, parts: Parts, floor: float) -> Reach | None:
        """Strike out and join while that keeps the tables small; ``None``: nothing is left."""
        compared = 0
        while True:
            fits = np.logical_and.reduce([view.singles(self._enough) for view in parts.views])
            if not parts.keep(fits & (parts.worth() >= floor)):
                return None
            if len(parts.part) < AGAIN * compared or not compared:
                parts.compare(self._enough)
                compared = len(parts.part)
            reach = parts.reach()
            if reach.bound < floor:
                return None
            wanted = reach.worth >= floor
            if not wanted.all():
                if not parts.keep(wanted):
                    return None
                continue
            if len(parts.firsts) == 1:
                return reach
            before = len(parts.firsts)
            if not parts.join(reach, floor, _room(parts)):
                return reach
            if len(parts.firsts) < before - 1:
                return None
            parts.compare_last(self._enough)
            compared = len(parts.part)

    def _left(self, parts: Parts, reach: Reach, fixed: Ints, most: Floats) -> Narrowed:
        worth = np.full(len(self.layout.value), -np.inf)
        worth[fixed] = reach.bound
        for column in parts.chosen.T:
            taken = column >= 0
            np.maximum.at(worth, column[taken], np.minimum(reach.worth[taken], reach.bound))
        worth = np.minimum(worth, most)
        bound = min(reach.bound, float(np.maximum.reduceat(worth, self.layout.starts).min()))
        worth[fixed] = bound
        texts = None
        if len(parts.firsts) == 1:
            order = np.argsort(-parts.value, kind="stable")
            texts = np.maximum(parts.chosen[order], -1)
            texts[:, self.layout.block[fixed]] = fixed
        return Narrowed(allowed=np.isfinite(worth), worth=worth, bound=bound, texts=texts)

    def _tightest(self, rows: Ints) -> list[tuple[Suspect, Floats]] | None:
        """The suspects with the least shelter once the given rows are chosen; ``None``: one has too little."""
        found = []
        for index, one in enumerate(self.suspects):
            start = self._product(one, rows)
            sheltered = shelter(one, start)
            if sheltered < self._enough:
                self._useful[index] += 1
                return None
            found.append((sheltered, index, start))
        found.sort(key=lambda entry: entry[:2])
        return [(self.suspects[index], start) for _, index, start in found[:CLOSELY]]

    @staticmethod
    def _product(one: Suspect, rows: Ints) -> Floats:
        """What each rival still counts for once one option of some blocks is chosen."""
        start: Floats = one.start * one.ratio[rows].prod(axis=0, dtype=np.float64)
        return start
