"""Rosters: the access of up to millions of candidates, one grade each for each claim.

A case file lists a dozen groups by hand. A real roster (a ministry's telephone book, the recipients
of a mailing list) has one row per person, and for each claim one *grade* per person: a word of the
access table, not a number. That is all that is stored. A grade out of ``g`` ordered ones is kept as
``g - 1`` bits, "at least this grade", packed eight candidates to the byte. From this follow:

* memory: half a byte per candidate and claim with the five access words;
* the log likelihood of a view is a weighted sum of *counts* of bits, and one set of counts serves
  the lower edge, the best point and the upper edge;
* claims of one event are one piece of evidence at the lowest grade among them: a bitwise *and*.

What a roster does not carry: attendance of events (`attended`), and numbers instead of grades.
Next: :mod:`tearline.exposure.posterior` (beliefs), :mod:`tearline.exposure.grouping` (fewer candidates).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from tearline.domain import ACCESS_WORDS, Interval
from tearline.errors import InputError, InvariantError
from tearline.exposure.envelope import Floats, Ints
from tearline.exposure.worlds import LogMass

Bytes = npt.NDArray[np.uint8]
Piece = Sequence[int]
"""Columns that count as one piece of evidence: one claim, or all claims of one event in a view."""

MOST_GRADES: Final = 16
"""Two grades of so many fit one byte, which then indexes the table of a release."""

BLOCK: Final = 2048
"""Bytes of one plane that are worked on at a time (16,384 candidates): what stays in the cache."""

MOST_COUNTED: Final = 255
"""Pieces whose bits are counted before an 8-bit counter could run over."""


def _check_rising(_: object, __: object, intervals: tuple[Interval, ...]) -> None:
    if not 2 <= len(intervals) <= MOST_GRADES:
        raise InputError(f"a roster has 2 to {MOST_GRADES} grades, not {len(intervals)}")
    if intervals[0].lo <= 0:
        raise InputError("the lowest grade needs a lower edge above 0: lists of who knew what are wrong sometimes")
    for worse, better in pairwise(intervals):
        if worse.lo > better.lo or worse.mid > better.mid or worse.hi > better.hi:
            raise InputError(f"grades must rise in both edges and the best point: {worse} stands before {better}")


@attrs.frozen
class Grades:
    """Access grades from worst to best; the code of a grade is its place, from 0.

    Attributes:
        intervals: 2 to 16, rising in the lower edge, the best point and the upper edge; none reaches 0.
    Raises:
        InputError: Too few, too many, not rising, or one that reaches 0.
    """

    intervals: tuple[Interval, ...] = attrs.field(validator=_check_rising)

    def __len__(self) -> int:
        return len(self.intervals)

    @cached_property
    def logs(self) -> Floats:
        """Logarithms, shape ``(3, grades)``: lower edge, best point, upper edge."""
        return np.log([[g.lo for g in self.intervals], [g.mid for g in self.intervals], [g.hi for g in self.intervals]])

    @cached_property
    def steps(self) -> Floats:
        """What each grade adds to the one below it, shape ``(3, grades - 1)``; never negative."""
        return np.diff(self.logs, axis=1)

    @cached_property
    def pairs(self) -> Floats:
        """Logarithms for two candidates at once: shape ``(3, 256, 2)``, indexed by ``first + 16 * second``."""
        padded = np.zeros((3, MOST_GRADES))
        padded[:, : len(self)] = self.logs
        both = np.arange(MOST_GRADES**2)
        return np.stack([padded[:, both % MOST_GRADES], padded[:, both // MOST_GRADES]], axis=2)


ACCESS_GRADES: Final = Grades(tuple(reversed(ACCESS_WORDS.values())))
"""The five access words as codes: 0 absent, 1 rumour, 2 near, 3 informed, 4 present."""


@attrs.frozen(eq=False, kw_only=True)
class Roster:
    """One grade for each column and candidate; a column is a claim at one version.

    Attributes:
        grades: What the codes mean.
        planes: Bits, shape ``(columns, grades - 1, width)``: bit ``j % 8``, from the low end, of byte
            ``j // 8`` of ``planes[c, t]`` says that candidate ``j`` has at least grade ``t + 1`` in
            column ``c``. Bits past the last candidate are 0.
        candidates: How many; a candidate is one person, or a group of persons with equal rows.
    """

    grades: Grades
    planes: Bytes
    candidates: int

    @classmethod
    def from_codes(cls, codes: Bytes, grades: Grades = ACCESS_GRADES) -> Roster:
        """Pack a table of grade codes.

        Args:
            codes: Shape ``(columns, candidates)``, each from 0 (the worst grade) to ``len(grades) - 1``.
        Raises:
            InputError: Not such a table.
        """
        if codes.ndim != 2 or codes.dtype != np.uint8 or 0 in codes.shape:
            raise InputError("grade codes must be a table of unsigned bytes, (columns, candidates), and not empty")
        if codes.max() >= len(grades):
            raise InputError(f"grade code {codes.max()} has no meaning: there are only {len(grades)} grades")
        columns, candidates = codes.shape
        planes = np.empty((columns, len(grades) - 1, -(-candidates // 8)), np.uint8)
        for column, plane in zip(codes, planes, strict=True):
            for below, bits in enumerate(plane):
                bits[:] = np.packbits(column > below, bitorder="little")
        return cls(grades=grades, planes=planes, candidates=candidates)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.planes)

    @property
    def width(self) -> int:
        """Bytes of one plane; ``8 * width`` is the number of candidates, rounded up to whole bytes."""
        width: int = self.planes.shape[2]
        return width

    def codes(self) -> Bytes:
        """Unpack everything: the table of :meth:`from_codes`."""
        everybody = slice(0, self.width)
        return np.stack([self.grades_in((column,), everybody)[: self.candidates] for column in range(self.columns)])

    def grades_in(self, piece: Piece, at: slice) -> Bytes:
        """The code of each candidate in one piece of evidence: the lowest among its columns.

        Args:
            at: Bytes of the planes, as :func:`blocks` yields them.
        Returns:
            Shape ``(8 * bytes,)``; 0 past the last candidate.
        """
        bits = np.unpackbits(self._evidence(piece, at), axis=1, bitorder="little")
        found: Bytes = np.add.reduce(bits, axis=0, dtype=np.uint8)
        return found

    def log_likelihood(self, view: Sequence[Piece]) -> LogMass:
        """How well each candidate explains everything in ``view``.

        Args:
            view: Pieces of evidence. Which version is the most exact, and which claims belong to one
                event, is settled by whoever lists them; a piece listed twice counts twice.
        Returns:
            Natural logarithms of shape ``(candidates,)``; the order of pieces does not matter.
        Raises:
            InvariantError: An empty piece, or a column that is not there.
        """
        state = np.zeros((3, 8 * self.width))
        self.add_log_likelihood(view, state)
        return edges(state, self.candidates)

    def add_log_likelihood(self, view: Sequence[Piece], state: Floats) -> None:
        """Add the log likelihood of ``view`` to ``state``, of shape ``(3, 8 * width)``, in place."""
        for piece in view:
            self.check(piece)
        for at in blocks(self.width):
            part = state[:, 8 * at.start : 8 * at.stop]
            for first in range(0, len(view), MOST_COUNTED):
                pieces = view[first : first + MOST_COUNTED]
                part += self.grades.steps @ self._counts(pieces, at).astype(np.float64)
                part += len(pieces) * self.grades.logs[:, :1]

    def check(self, piece: Piece) -> None:
        """Raise :class:`~tearline.errors.InvariantError` unless ``piece`` names columns of this roster."""
        if len(piece) == 0 or not all(0 <= column < self.columns for column in piece):
            raise InvariantError(f"a piece of evidence names some of {self.columns} columns, not {tuple(piece)}")

    def _counts(self, pieces: Sequence[Piece], at: slice) -> Bytes:
        """In how many pieces each candidate has at least each grade above the worst."""
        counts = np.zeros((len(self.grades) - 1, 8 * (at.stop - at.start)), np.uint8)
        for piece in pieces:
            counts += np.unpackbits(self._evidence(piece, at), axis=1, bitorder="little")
        return counts

    def _evidence(self, piece: Piece, at: slice) -> Bytes:
        if len(piece) == 1:
            return self.planes[piece[0], :, at]
        bits: Bytes = np.bitwise_and.reduce([self.planes[column, :, at] for column in piece])
        return bits


def block(roster: Roster, options: Sequence[Sequence[Piece]]) -> LogMass:
    """The options of one block of a :class:`~tearline.exposure.worlds.World`: shape ``(options, candidates)``."""
    each = [roster.log_likelihood(option) for option in options]
    return LogMass(
        lo=np.stack([mass.lo for mass in each]),
        mid=np.stack([mass.mid for mass in each]),
        hi=np.stack([mass.hi for mass in each]),
    )


def blocks(size: int, step: int = BLOCK) -> Iterator[slice]:
    """Cover ``range(size)`` with slices of ``step``."""
    for start in range(0, size, step):
        yield slice(start, min(start + step, size))


def pair_codes(codes: Bytes) -> Ints:
    """``first + 16 * second`` for each two neighbours; ``codes`` has even length."""
    words = codes.view("<u2")
    found: Ints = (words | words >> 4).astype(np.uint8).astype(np.int64)
    return found


def edges(state: Floats, candidates: int) -> LogMass:
    """Name the three rows of ``state`` and leave out what lies past the last candidate."""
    lo, mid, hi = state[:, :candidates]
    return LogMass(lo=lo, mid=mid, hi=hi)
