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

Each step is valid for any likelihoods and any suspect, so a panel of few suspects suffices; it grows
by those whom the search finds exposed. Sums in single precision are given the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.worlds import TOLERANCE, World
from tearline.tearlines.problem import Problem, largest_load
from tearline.tearlines.suspects import (
    Accusation,
    Ratios,
    Singles,
    Suspect,
    accusations,
    ratios,
    starts_of,
    suspect,
)

CLOSELY = 2
"""How many suspects are looked at with forward checking and pairs at each node: the tightest."""

ROUNDS = 6
"""How often a node is narrowed again after options were struck out."""

PAIR_ROWS = 640
"""Above so many open options pairs are not compared: the matrix would cost more than it saves."""

PANEL_BYTES = 96_000_000
"""Memory that tables of suspects may take."""

ALMOST = 1 - 1e-5
"""A rival counts in a crowd if it comes this close to half the suspect's likelihood."""

LARGEST_SINGLE = 1e25
"""Beyond, products could leave the range of single precision: such a suspect proves nothing here."""

DUST = 1e-4
"""Rivals that together count for less than this are kept as a constant, at their largest."""


@attrs.frozen(eq=False, kw_only=True)
class Narrowed:
    """What is left of a node.

    Attributes:
        allowed: Options that may still be part of a wanted text, shape ``(rows,)``.
        worth: For each option the most that a wanted text with it can be worth; ``-inf`` where struck out.
        bound: The most that any wanted text of this node can be worth.
    """

    allowed: Bools
    worth: Floats
    bound: float


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


class Panel:
    """The suspects against whom half-chosen texts are tested, for one largest load."""

    def __init__(self, problem: Problem, load_limit: float) -> None:
        self.problem = problem
        self.load_limit = load_limit
        self.layout = Layout(problem)
        self._accused: list[tuple[int, Accusation, Ratios]] = []
        self._names: set[tuple[object, ...]] = set()
        self.suspects: list[Suspect] = []
        self._useful: list[int] = []
        rows = len(self.layout.value)
        classes = max((len(world.count) for world in problem.worlds), default=1)
        self._room = max(4 * len(problem.worlds), min(24 + 4 * len(problem.worlds), PANEL_BYTES // (4 * rows * classes)))
        widest = max((len(world.count) for world in problem.worlds), default=1)
        self._enough = 1 - 2.0**-23 * (widest + 64 + len(problem.blocks))

    def lower(self, load_limit: float) -> None:
        """Go on with a smaller largest load; the suspects stay, their starts are taken anew."""
        self.load_limit = load_limit
        known, self._accused, self.suspects, self._useful = self._accused, [], [], []
        for world, accusation, table in known:
            self._add(world, accusation, table)

    def admits(self, options: tuple[int, ...]) -> bool:
        """Whether the text is inside every limit, measured exactly; if not, accuse whom it exposes."""
        if largest_load(self.problem, options, self._most) <= self._most:
            return True
        for index, world in enumerate(self.problem.worlds):
            for accusation in accusations(world, world.mass(options), self.load_limit):
                self._accuse(index, world, accusation)
        return False

    @property
    def _most(self) -> float:
        return self.load_limit * (1 + TOLERANCE)

    def _accuse(self, index: int, world: World, accusation: Accusation) -> None:
        name = (index, *accusation.name)
        if name in self._names:
            return
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
        self.suspects.append(found)
        self._accused.append((index, accusation, known))
        self._useful.append(max(self._useful, default=0))

    def plausible(self, rows: Ints) -> bool:
        """Whether no suspect of the panel is exposed by a whole text: necessary, quick, not exact."""
        return all(_shelter(one, _product(one, rows)) >= self._enough for one in self.suspects)

    def narrow(self, allowed: Bools, floor: float) -> Narrowed | None:
        """Strike out what cannot be part of a text worth at least ``floor`` inside the limits.

        Args:
            allowed: Options still open, shape ``(rows,)``; at least one per block.
        Returns:
            ``None`` where no such text exists.
        """
        with np.errstate(all="ignore"):
            return self._narrow(allowed.copy(), floor)

    def _narrow(self, allowed: Bools, floor: float) -> Narrowed | None:
        layout = self.layout
        for _ in range(ROUNDS):
            worth = layout.worth(allowed)
            bound = float(worth.max())
            allowed &= worth >= floor
            if bound < floor:
                return None
            alone = np.add.reduceat(allowed.astype(np.int64), layout.starts)[layout.block] == 1
            tightest = self._tightest(np.flatnonzero(allowed & alone))
            if tightest is None:
                return None
            rows = np.flatnonzero(allowed & ~alone)
            if not len(rows) or not tightest:
                break
            views = [_View.of(one, start, rows, layout.block[rows]) for one, start in tightest]
            fits = np.logical_and.reduce([view.singles(self._enough) for view in views])
            if not fits.all():
                allowed[rows] = fits
                if not np.logical_or.reduceat(allowed, layout.starts).all():
                    return None
                continue
            if len(rows) > PAIR_ROWS:
                break
            fits = np.logical_and.reduce([view.pairs(self._enough) for view in views])
            others = float(layout.value[allowed & alone].sum())
            worth[rows], bound = _by_pairs(fits, layout.value[rows], layout.block[rows], others)
            worth[~allowed] = -np.inf
            bound = min(bound, float(np.maximum.reduceat(worth[rows], _firsts(layout.block[rows])).min()))
            if bound < floor:
                return None
            if (worth[rows] >= floor).all():
                break
            allowed &= worth >= floor
        return Narrowed(allowed=allowed, worth=np.where(allowed, np.minimum(worth, bound), -np.inf), bound=bound)

    def _tightest(self, rows: Ints) -> list[tuple[Suspect, Floats]] | None:
        """The suspects with the least shelter once the given rows are chosen; ``None``: one has too little."""
        found = []
        for index, one in enumerate(self.suspects):
            start = _product(one, rows)
            shelter = _shelter(one, start)
            if shelter < self._enough:
                self._useful[index] += 1
                return None
            found.append((shelter, index, start))
        found.sort(key=lambda entry: entry[:2])
        return [(self.suspects[index], start) for _, index, start in found[:CLOSELY]]


def _product(one: Suspect, rows: Ints) -> Floats:
    """What each rival still counts for once one option of some blocks is chosen."""
    return one.start * one.ratio[rows].prod(axis=0, dtype=np.float64)


def _shelter(one: Suspect, start: Floats) -> float:
    if one.whole is None:
        return float(start.sum())
    return float(one.whole[start >= one.whole * ALMOST].sum())


@attrs.frozen(eq=False, kw_only=True)
class _View:
    """A suspect at a node: ratios of the open rows to the largest that their block still allows.

    Attributes:
        ratio: Shape ``(rows, rivals)``, in [0, 1]; rivals that hardly count are left out.
        start: What each rival counts for if every open block takes its largest ratio.
        rest: What the rivals left out count for at most, together.
        whole: As in :class:`~tearline.tearlines.suspects.Suspect`.
    """

    ratio: Singles
    start: Floats
    rest: float
    whole: Floats | None

    @classmethod
    def of(cls, one: Suspect, start: Floats, rows: Ints, block: Ints) -> _View:
        kept = np.flatnonzero(start > DUST / len(start))
        ratio = one.ratio[rows] if len(kept) == len(start) else one.ratio[np.ix_(rows, kept)]
        firsts = _firsts(block)
        peak = np.maximum.reduceat(ratio, firsts, axis=0)
        ratio /= np.repeat(peak, np.diff(firsts, append=len(rows)), axis=0)
        whole = None if one.whole is None else one.whole[kept]
        rest = float(start.sum() - start[kept].sum()) if whole is None else 0.0
        return cls(ratio=ratio, start=start[kept] * peak.prod(axis=0, dtype=np.float64), rest=rest, whole=whole)

    def singles(self, enough: float) -> Bools:
        """Which rows leave the suspect enough shelter if all other blocks do their best."""
        if self.whole is not None:
            counted = self.ratio * self.start >= self.whole * ALMOST
            return counted @ self.whole >= enough
        if self.start.max(initial=0) > LARGEST_SINGLE:
            return np.ones(len(self.ratio), dtype=np.bool_)
        return self.ratio @ self.start.astype(np.float32) + self.rest >= enough

    def pairs(self, enough: float) -> Bools:
        """Which pairs of rows do, shape ``(rows, rows)``."""
        if self.start.max(initial=0) > LARGEST_SINGLE:
            return np.ones((len(self.ratio),) * 2, dtype=np.bool_)
        half = self.ratio * np.sqrt(self.start).astype(np.float32)
        return half @ half.T + self.rest >= enough


def _firsts(block: Ints) -> Ints:
    """Where each block begins in a list of rows in order."""
    return np.flatnonzero(np.diff(block, prepend=-1))


def _by_pairs(fits: Bools, value: Floats, block: Ints, others: float) -> tuple[Floats, float]:
    """Bound the worth of each row, and of all, by compatible pairs.

    Args:
        fits: Which pairs of rows are compatible, shape ``(rows, rows)``.
        others: What the blocks without open rows are worth.
    """
    firsts = _firsts(block)
    fits &= block[:, None] != block[None, :]
    np.fill_diagonal(fits, True)  # a row goes with itself; its product with itself says nothing
    partner = np.maximum.reduceat(np.where(fits, value, -np.inf), firsts, axis=1)
    worth = others + partner.sum(axis=1)
    top = np.maximum.reduceat(value, firsts)
    pair = np.maximum.reduceat(value[:, None] + partner, firsts, axis=0)
    saved = top[:, None] + top[None, :] - pair
    return worth, others + float(top.sum()) - _matching(saved)


def _matching(saved: Floats) -> float:
    """The sum of what disjoint pairs of blocks lose, greedily the largest first."""
    np.fill_diagonal(saved, 0.0)
    saved = np.triu(np.maximum(saved, saved.T))
    total = 0.0
    while saved.size:
        one, other = divmod(int(saved.argmax()), len(saved))
        if saved[one, other] <= 0:
            break
        total += float(saved[one, other])
        saved[[one, other], :] = 0.0
        saved[:, [one, other]] = 0.0
    return total
