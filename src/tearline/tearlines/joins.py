"""Joins: open blocks of a node put together bit by bit, with all that cannot be wanted left out.

A *part* is a set of open blocks, its rows are the choices in them that may still be wanted. At first
every part is one block. Two parts are joined into one by listing their compatible pairs of rows; what
is left when a single part remains is the list of all texts of the node that may be wanted.
"""

from __future__ import annotations

import itertools

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.tearlines.suspects import SMALLEST_RATIO, Singles, Suspect

ALMOST = 1 - 1e-5
"""A rival counts in a crowd if it comes this close to half the suspect's likelihood."""

LARGEST_SINGLE = 1e25
"""Beyond, products could leave the range of single precision: such a suspect proves nothing here."""

DUST = 1e-2
"""Rivals that together count for less than this are kept as a constant, at their largest."""

MOST_PAIRS = 400_000
"""More pairs of rows than this are not listed."""

CELLS = 1_000_000
"""So many cells of pairs by rows are held at once."""

SHRINKS = 0.7
"""Rivals that hardly count are dropped on the way once only this share would be left."""


def _counting(start: Floats, dust: float) -> Ints:
    """Which rivals to keep so that those left out count for at most ``dust`` together."""
    order = np.argsort(start, kind="stable")
    return np.sort(order[int(np.searchsorted(np.cumsum(start[order]), dust)) :])


def shelter(one: Suspect, start: Floats) -> float:
    """What a suspect's rivals count for together; below 1 it is exposed."""
    if one.whole is None:
        return float(start.sum())
    return float(one.whole[start >= one.whole * ALMOST].sum())


@attrs.define(eq=False, kw_only=True)
class View:
    """A suspect at a node: ratios of all rows to the largest that their part still allows.

    Attributes:
        ratio: Shape ``(rows, rivals)``, in [0, 1]; rivals that hardly count are left out.
        start: What each rival counts for if every part takes its largest ratio.
        rest: What the rivals left out count for at most, together.
        whole: As in :class:`~tearline.tearlines.suspects.Suspect`.
    """

    ratio: Singles
    start: Floats
    rest: float
    whole: Floats | None

    @classmethod
    def of(cls, one: Suspect, start: Floats, rows: Ints) -> View:
        """The view once other blocks have settled ``start``."""
        kept = _counting(start, DUST)
        whole = None if one.whole is None else one.whole[kept]
        rest = max(float(start.sum() - start[kept].sum()), 0.0)
        return cls(ratio=one.ratio[np.ix_(rows, kept)], start=start[kept], rest=rest, whole=whole)

    def rescale(self, parts: list[slice]) -> None:
        """Make the largest ratio of each part 1 again; what that takes away leaves the start."""
        start = self.start.copy()
        for rows in parts:
            peak = self.ratio[rows].max(axis=0)
            self.ratio[rows] /= peak
            start *= peak
        self.start = start
        kept = _counting(self.start, DUST - self.rest)
        if len(kept) < SHRINKS * len(self.start):
            self.rest += max(float(self.start.sum() - self.start[kept].sum()), 0.0)
            self.whole = None if self.whole is None else self.whole[kept]
            self.ratio, self.start = self.ratio[:, kept], self.start[kept]

    def singles(self, enough: float) -> Bools:
        """Which rows leave the suspect enough shelter if all other parts do their best."""
        if self.whole is not None:
            counted: Bools = (self.ratio * self.start >= self.whole * ALMOST) @ self.whole + self.rest >= enough
            return counted
        if self._too_large:
            return np.ones(len(self.ratio), dtype=np.bool_)
        fits: Bools = self.ratio @ self.start.astype(np.float32) + self.rest >= enough
        return fits

    def pairs(self, rows: slice, others: slice, enough: float) -> Bools | None:
        """Which pairs of rows of different parts do, shape ``(rows, others)``; ``None``: nothing is known."""
        if self._too_large:
            return None
        half = np.sqrt(self.start).astype(np.float32)
        fits: Bools = (self.ratio[rows] * half) @ (self.ratio[others] * half).T >= np.float32(enough - self.rest)
        return fits

    @property
    def _too_large(self) -> bool:
        return bool(self.start.max(initial=0.0) > LARGEST_SINGLE)


@attrs.frozen(eq=False, kw_only=True)
class Reach:
    """What compatible pairs of rows allow.

    Attributes:
        partner: For each row the best compatible value of each part (its own: its value).
        worth: The most that a text with that row can be worth.
        bound: The most that any text can be worth.
    """

    partner: Floats
    worth: Floats
    bound: float


@attrs.define(eq=False, kw_only=True)
class Parts:
    """All open blocks of a node.

    Attributes:
        part: To which part each row belongs, ascending.
        chosen: The option row that it takes of each block, -1 where it leaves the block open.
        value: What it is worth.
        others: What the blocks that are not open are worth.
        views: Suspects looked at closely.
        fits: Which pairs of rows are compatible as far as is known, shape ``(rows, rows)``; rows of
            one part are not, except each with itself.
    """

    part: Ints
    chosen: Ints
    value: Floats
    others: float
    views: list[View]
    fits: Bools

    @classmethod
    def of(cls, rows: Ints, block: Ints, blocks: int, value: Floats, others: float, views: list[View]) -> Parts:
        """One part for each open block."""
        chosen = np.full((len(rows), blocks), -1)
        chosen[np.arange(len(rows)), block] = rows
        fits = block[:, None] != block[None, :]
        np.fill_diagonal(fits, True)
        parts = cls(part=block, chosen=chosen, value=value, others=others, views=views, fits=fits)
        parts._rescale(parts.slices)
        return parts

    @property
    def firsts(self) -> Ints:
        """The first row of each part."""
        return np.flatnonzero(self.part != np.concatenate([[-1], self.part[:-1]]))

    @property
    def slices(self) -> list[slice]:
        """The rows of each part."""
        edges = [*self.firsts.tolist(), len(self.part)]
        return [slice(a, b) for a, b in itertools.pairwise(edges)]

    def keep(self, wanted: Bools) -> bool:
        """Drop all other rows; false if that leaves a part without any."""
        if wanted.all():
            return True
        size = [rows.stop - rows.start for rows in self.slices]
        left = np.add.reduceat(wanted.astype(np.int64), self.firsts)
        if not left.all():
            return False
        self.part, self.chosen, self.value = self.part[wanted], self.chosen[wanted], self.value[wanted]
        self.fits = self.fits[np.ix_(wanted, wanted)]
        for view in self.views:
            view.ratio = view.ratio[wanted]
        self._rescale([rows for rows, before, after in zip(self.slices, size, left, strict=True) if after < before])
        return True

    def _rescale(self, parts: list[slice]) -> None:
        for view in self.views:
            view.rescale(parts)

    def worth(self) -> Floats:
        """For each row its value and the best of every other part."""
        firsts = self.firsts
        top = np.maximum.reduceat(self.value, firsts)
        size = np.diff(firsts, append=len(self.value))
        worth: Floats = self.value - np.repeat(top, size) + (self.others + top.sum())
        return worth

    def compare(self, enough: float) -> None:
        """Look for incompatible pairs among all parts."""
        for rows in self.slices[:-1]:
            self._compare(rows, slice(rows.stop, len(self.part)), enough)

    def compare_last(self, enough: float) -> None:
        """Look for incompatible pairs of the part that was joined last with all others."""
        rows = self.slices[-1]
        if rows.start:
            self._compare(rows, slice(0, rows.start), enough)

    def _compare(self, rows: slice, others: slice, enough: float) -> None:
        for view in self.views:
            fits = view.pairs(rows, others, enough)
            if fits is not None:
                self.fits[rows, others] &= fits
        self.fits[others, rows] = self.fits[rows, others].T

    def reach(self) -> Reach:
        """Bound the worth of each row, and of all, by compatible pairs."""
        firsts = self.firsts
        partner = np.maximum.reduceat(np.where(self.fits, self.value, -np.inf), firsts, axis=1)
        worth = self.others + partner.sum(axis=1)
        top = np.maximum.reduceat(self.value, firsts)
        pair = np.maximum.reduceat(self.value[:, None] + partner, firsts, axis=0)
        lost = _matching(top[:, None] + top[None, :] - pair)
        bound = min(self.others + float(top.sum()) - lost, float(np.maximum.reduceat(worth, firsts).min()))
        return Reach(partner=partner, worth=worth, bound=bound)

    def join(self, reach: Reach, floor: float, most_rows: int) -> bool:
        """Join the two parts that give the fewest rows; false if all rows would be more than ``most_rows``.

        A pair of rows is wanted if they, and for every other part the best row compatible with both,
        are worth ``floor``.
        """
        slices, firsts = self.slices, self.firsts
        counted = np.add.reduceat(np.add.reduceat(self.fits, firsts, axis=0, dtype=np.int64), firsts, axis=1)
        counted[np.tril_indices(len(firsts))] = np.iinfo(np.int64).max
        one, other = (int(index) for index in np.unravel_index(int(counted.argmin()), counted.shape))
        if counted[one, other] > MOST_PAIRS:
            return False
        left, right = np.nonzero(self.fits[slices[one], slices[other]])
        left, right = left + slices[one].start, right + slices[other].start
        value = self.value[left] + self.value[right]
        elsewhere = np.minimum(reach.partner[left], reach.partner[right])
        elsewhere[:, [one, other]] = 0.0
        wanted = self.others + value + elsewhere.sum(axis=1) >= floor
        stay = np.ones(len(self.part), dtype=np.bool_)
        stay[slices[one]] = stay[slices[other]] = False
        found = self._supported(left[wanted], right[wanted], stay, floor, most_rows - int(stay.sum()))
        if found is None:
            return False
        self._replace(stay, *found)
        return True

    def _supported(
        self, left: Ints, right: Ints, stay: Bools, floor: float, most: int
    ) -> tuple[Ints, Ints, Floats, Bools] | None:
        """Those pairs that are worth ``floor`` with the best row compatible with both of every part that stays.

        Returns:
            Their rows, values, and which of the rows that stay are compatible with both, shape
            ``(pairs, rows that stay)``; ``None`` if they are more than ``most``.
        """
        value, part = self.value[stay], self.part[stay]
        edges = np.flatnonzero(part != np.concatenate([[-1], part[:-1]]))
        step, room = max(1, CELLS // max(1, len(part))), most
        found: list[tuple[Ints, Bools]] = [(np.zeros(0, dtype=np.int64), np.zeros((0, len(part)), dtype=np.bool_))]
        for first in range(0, len(left), step):
            some = slice(first, first + step)
            both = self.fits[left[some]][:, stay] & self.fits[right[some]][:, stay]
            worth = self.others + self.value[left[some]] + self.value[right[some]]
            if len(part):
                best = np.maximum.reduceat(np.where(both, value, -np.inf), edges, axis=1)
                worth += best.sum(axis=1)
            wanted = np.flatnonzero(worth >= floor)
            room -= len(wanted)
            if room < 0:
                return None
            found.append((wanted + first, both[wanted]))
        which = np.concatenate([rows for rows, _ in found])
        left, right = left[which], right[which]
        return left, right, self.value[left] + self.value[right], np.concatenate([both for _, both in found])

    def _replace(self, stay: Bools, left: Ints, right: Ints, value: Floats, both: Bools) -> None:
        self.value = np.concatenate([self.value[stay], value])
        self.chosen = np.concatenate([self.chosen[stay], np.maximum(self.chosen[left], self.chosen[right])])
        self.fits = np.block([[self.fits[np.ix_(stay, stay)], both.T], [both, np.eye(len(left), dtype=np.bool_)]])
        self.part = np.concatenate([self.part[stay], np.full(len(left), int(self.part.max()) + 1)])
        for view in self.views:
            joined = view.ratio[left]
            joined *= view.ratio[right]
            np.maximum(joined, SMALLEST_RATIO, out=joined)  # a part whose best ratio is 0 could not be rescaled
            view.ratio = np.concatenate([view.ratio[stay], joined])
        if len(left):
            self._rescale(self.slices[-1:])


def _matching(lost: Floats) -> float:
    """The sum of what disjoint pairs of parts lose, greedily the largest first."""
    np.fill_diagonal(lost, 0.0)
    lost = np.maximum(lost, lost.T)
    total = 0.0
    while lost.size:
        one, other = divmod(int(lost.argmax()), len(lost))
        if lost[one, other] <= 0:
            break
        total += float(lost[one, other])
        lost[[one, other], :] = 0.0
        lost[:, [one, other]] = 0.0
    return total
