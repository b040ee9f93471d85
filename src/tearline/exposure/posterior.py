"""What one reader believes of every candidate of a roster, kept up to date release by release.

Nothing is recomputed: a release adds one number to each candidate's log mass, looked up by its
grade. It does so when somebody asks: the best point for beliefs, the edges for the gate on persons.
Everything goes in blocks that stay in the cache, and in logarithms from end to end: ten thousand
claims neither underflow nor lose a candidate that falls far behind and recovers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from tearline.errors import InputError, InvariantError
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.rosters import BLOCK, Piece, Roster, blocks, edges, pair_codes
from tearline.exposure.worlds import LogMass

BEST: Final = (1,)
"""The row of the best point among the three."""

EDGES: Final = (0, 2)
"""The rows of the lower and the upper edge."""


@attrs.frozen(kw_only=True)
class TopSuspect:
    """The candidate in a member of which the upper belief is largest, and that belief."""

    candidate: int
    upper: float


class Posterior:
    """What one reader believes, given everything released so far.

    It changes in place: to copy a million candidates costs more than the release itself.

    Args:
        roster: The candidates' grades.
        prior: Prior mass of each candidate (of the whole group, where a candidate is a group), shape
            ``(candidates,)``, each above 0; need not sum to 1.
        count: Members of each candidate, shape ``(candidates,)``; default 1 each.
        view: What the reader holds already.
    Raises:
        InputError: Not a positive number for every candidate.

    Laws: beliefs sum to 1; the order of releases does not matter; a piece that says the same of all
    changes nothing; what is released and then replaced (``instead_of``) leaves no trace beyond rounding.
    """

    def __init__(self, roster: Roster, prior: Floats, *, count: Ints | None = None, view: Sequence[Piece] = ()) -> None:
        if prior.shape != (roster.candidates,) or not (np.isfinite(prior) & (prior > 0)).all():
            raise InputError("every candidate needs a prior mass above 0")
        self.roster = roster
        self.count = count
        self._state = np.full((3, 8 * roster.width), -np.inf)  # past the last candidate: no mass
        self._state[:, : roster.candidates] = np.log(prior)
        roster.add_log_likelihood(view, self._state)
        self._due: dict[tuple[int, ...], list[tuple[Piece, float]]] = {}  # what has not reached these rows yet
        self._added = np.empty((4 * BLOCK, 2))  # room for one block of what a release adds to one row

    @property
    def log_mass(self) -> LogMass:
        """Log masses as they stand, shared: they change after the next release."""
        self._settle(BEST)
        self._settle(EDGES)
        return edges(self._state, self.roster.candidates)

    def release(self, piece: Piece, *, instead_of: Piece = ()) -> None:
        """Take one more piece of evidence into account.

        Args:
            piece: What the reader now holds.
            instead_of: What it held before of the same claim or event, which this replaces: the vaguer
                version, or those claims of the event that had been given.
        Raises:
            InvariantError: No column, or one that is not there; nothing has changed then.
        """
        changes = [(tuple(piece), 1.0)]
        if len(instead_of):
            changes.append((tuple(instead_of), -1.0))
        for changed, _ in changes:
            self.roster.check(changed)
        for rows in (BEST, EDGES):
            self._due.setdefault(rows, []).extend(changes)

    def _settle(self, rows: tuple[int, ...]) -> None:
        """Add to some rows of the state what was released since they were last asked for."""
        for piece, sign in self._due.pop(rows, ()):
            tables = sign * self.roster.grades.pairs
            for at in blocks(self.roster.width):
                both = pair_codes(self.roster.grades_in(piece, at))
                added = self._added[: len(both)]
                for row in rows:
                    tables[row].take(both, axis=0, out=added, mode="clip")
                    self._state[row, 8 * at.start : 8 * at.stop] += added.reshape(-1)

    def beliefs(self, out: Floats | None = None) -> Floats:
        """The belief in each candidate at the best point: shape ``(candidates,)``, sums to 1.

        Args:
            out: Where to write them, to spare a million numbers' allocation.
        """
        self._settle(BEST)
        mid = self._state[1, : self.roster.candidates]
        out = np.empty_like(mid) if out is None else out
        top = mid.max()
        total = 0.0
        for at in blocks(len(mid), 8 * BLOCK):
            some = out[at]
            np.subtract(mid[at], top, out=some)
            np.exp(some, out=some)
            total += some.sum()
        out *= 1 / total
        return out

    def top_suspect(self, among: Bools | None = None) -> TopSuspect:
        """The largest upper belief in one member, exact over the box (G1 without channels).

        Args:
            among: Which candidates are persons, shape ``(candidates,)``; default all.
        Returns:
            The largest ``hi/n / (hi + all others' lo)``, as in
            :func:`tearline.exposure.envelope.suspects_upper`, and the first candidate that has it.
        Raises:
            InvariantError: Nobody is among them.
        """
        self._settle(EDGES)
        lo, _, hi = self._state[:, : self.roster.candidates]
        everybody = log_sum(lo)
        found = TopSuspect(candidate=-1, upper=-1.0)
        for at in blocks(self.roster.candidates, 8 * BLOCK):
            others = ratio(everybody, hi[at]) * -np.expm1(np.minimum(lo[at] - everybody, 0.0))
            upper = 1 / (1 + others)
            if self.count is not None:
                upper /= self.count[at]
            if among is not None:
                upper[~among[at]] = -1.0
            best = int(upper.argmax())
            if upper[best] > found.upper:
                found = TopSuspect(candidate=at.start + best, upper=float(upper[best]))
        if found.candidate < 0:
            raise InvariantError("nobody to suspect")
        return found


def log_sum(logs: Floats) -> float:
    """The logarithm of the sum of ``exp(logs)``, wherever on the scale they lie."""
    top = float(logs.max())
    return top + float(np.log(sum(np.exp(logs[at] - top).sum() for at in blocks(len(logs), 8 * BLOCK))))


def ratio(log_top: float, log_bottom: Floats) -> Floats:
    """``exp(log_top - log_bottom)``, held at e**700 where it would pass the largest number."""
    found: Floats = np.exp(np.minimum(log_top - log_bottom, 700.0))
    return found
