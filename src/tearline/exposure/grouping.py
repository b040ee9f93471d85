"""Fewer candidates: those that no reader can tell apart taken together, and unlike ones merged safely.

Grouping is exact and comes first, always. Merging is for rosters that stay too large even so: it
over-states exposure, never under-states it, and treats every candidate alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.posterior import log_sum, ratio
from tearline.exposure.rosters import Piece, Roster, blocks

Words = npt.NDArray[np.uint64]


@attrs.frozen(eq=False, kw_only=True)
class Grouped:
    """Candidates with equal rows taken together; groups stand in the order of their first members.

    Attributes:
        roster: One row per group.
        count: Members of each group, shape ``(groups,)``.
        group_of: The group of every candidate, shape ``(candidates,)``.
    """

    roster: Roster
    count: Ints
    group_of: Ints

    def total(self, values: Floats) -> Floats:
        """Sum a value of candidates, such as their prior mass, over each group."""
        found: Floats = np.bincount(self.group_of, weights=values).astype(np.float64)
        return found


def grouped(roster: Roster, apart: Sequence[npt.NDArray[np.generic]] = ()) -> Grouped:
    """Take candidates together that have the same grade in every column.

    Rows are hashed, sorted by hash and compared; should different rows ever share a hash, they are
    sorted by their content instead.

    Args:
        apart: What else keeps candidates apart, each of shape ``(candidates,)``: their prior, whether
            they are persons, their organisation.
    Law: no belief changes. That in a candidate is that in its group over the group's count, if its
        members have the same prior.
    """
    order, new = _side_by_side(_rows(roster, apart))
    first = np.minimum.reduceat(order, np.flatnonzero(new))
    by_first = np.argsort(first)
    group_of = np.empty(roster.candidates, np.int64)
    group_of[order] = np.argsort(by_first)[np.cumsum(new) - 1]
    everybody = slice(0, roster.width)
    kept = first[by_first]
    codes = np.stack([roster.grades_in((column,), everybody)[kept] for column in range(roster.columns)])
    return Grouped(
        roster=Roster.from_codes(codes, roster.grades),
        count=np.bincount(group_of).astype(np.int64),
        group_of=group_of,
    )


def _rows(roster: Roster, apart: Sequence[npt.NDArray[np.generic]]) -> Words:
    """Everything that tells candidates apart, packed without loss: shape ``(words, candidates)``."""
    bits = (len(roster.grades) - 1).bit_length()
    in_word = 64 // bits
    packed = -(-roster.columns // in_word)
    rows = np.zeros((packed + len(apart), roster.candidates), np.uint64)
    for at in blocks(roster.width):
        some = rows[:, 8 * at.start : 8 * at.stop]
        for column in range(roster.columns):
            word, place = divmod(column, in_word)
            codes = roster.grades_in((column,), at)[: some.shape[1]]
            some[word] |= codes.astype(np.uint64) << np.uint64(bits * place)
    for word, values in zip(rows[packed:], apart, strict=True):
        word[:] = np.unique(values, return_inverse=True)[1]
    return rows


def _side_by_side(rows: Words) -> tuple[Ints, Bools]:
    """An order of candidates in which equal rows are neighbours, and where in it a new row begins."""
    hashes = _hashed(rows)
    order = np.argsort(hashes)
    new = _differs(rows.take(order, axis=1))
    if not np.array_equal(new, _differs(hashes[None, order])):
        order = np.lexsort(rows)
        new = _differs(rows.take(order, axis=1))
    return order, new


def _hashed(rows: Words) -> Words:
    """A 64-bit hash of every candidate's row: the mixing step of splitmix64, word after word.

    Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    found = np.zeros(rows.shape[1], np.uint64)
    for word in rows:
        found ^= word
        found += np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(30)
        found *= np.uint64(0xBF58476D1CE4E5B9)
        found ^= found >> np.uint64(27)
        found *= np.uint64(0x94D049BB133111EB)
        found ^= found >> np.uint64(31)
    return found


def _differs(rows: Words) -> Bools:
    new = np.ones(rows.shape[1], np.bool_)
    new[1:] = (rows[:, 1:] != rows[:, :-1]).any(axis=0)
    return new


@attrs.frozen(eq=False, kw_only=True)
class Merged:
    """Unlike groups taken together so that exposure can only be over-stated.

    A merged class has two rows: as rivals, its members explain each claim as badly as the worst of
    them; as suspects, as well as the best of them. The source's own group is treated like any other.

    Attributes:
        rival: Lowest grade of each column, one candidate per class.
        suspect: Highest grade of each column, one candidate per class.
        rivals_mass: Prior mass of each whole class.
        suspect_mass: Largest prior mass of one member.
        fewest: Members of the smallest group inside each class: at least so many move together.
    """

    rival: Roster
    suspect: Roster
    rivals_mass: Floats
    suspect_mass: Floats
    fewest: Ints

    def uppers(self, view: Sequence[Piece]) -> Floats:
        """A bound of the upper belief in any one member of each class, shape ``(classes,)``, at most 1.

        Law (M11): never below ``hi/n / (hi + all others' lo)`` of a group inside the class, and equal
        to it where the class is a single group.
        Proof: let ``x`` be the upper mass of one member of a group of ``n``, ``r`` its mass as a rival,
            and ``c >= n * r`` the rival mass of everybody. The group's belief is at most
            ``x / (n * (x - r) + c)``, which grows with ``x``, falls with ``n``, and grows when the prior
            inside both ``x`` and ``r`` does.
        """
        rival = self.rival.log_likelihood(view).lo
        suspect = self.suspect.log_likelihood(view).hi
        everybody = log_sum(rival + np.log(self.rivals_mass))
        rivals = ratio(everybody, suspect + np.log(self.suspect_mass))
        found: Floats = np.minimum(1 / (rivals - self.fewest * np.expm1(rival - suspect)), 1.0)
        return found


def merged(groups: Grouped, prior: Floats, class_of: Ints) -> Merged:
    """Merge groups into classes; any choice is safe, and alike groups lose least.

    Args:
        prior: Prior mass of each group, shape ``(groups,)``; its members have equal shares of it.
        class_of: The class of each group, shape ``(groups,)``: ``0 .. classes - 1``, each used.
    """
    order = np.argsort(class_of, kind="stable")
    starts = np.flatnonzero(np.diff(class_of[order], prepend=-1))
    codes, grades = groups.roster.codes()[:, order], groups.roster.grades
    return Merged(
        rival=Roster.from_codes(np.minimum.reduceat(codes, starts, axis=1), grades),
        suspect=Roster.from_codes(np.maximum.reduceat(codes, starts, axis=1), grades),
        rivals_mass=np.add.reduceat(prior[order], starts),
        suspect_mass=np.maximum.reduceat((prior / groups.count)[order], starts),
        fewest=np.minimum.reduceat(groups.count[order], starts),
    )


def alike(roster: Roster, at_most: int, first: Piece = ()) -> Ints:
    """Sort candidates into at most ``at_most`` classes, each of one grade in as many columns as can be.

    Columns are taken one after another; one that would make too many classes is passed over.

    Args:
        first: Columns to take before the others, such as those about to be released.
    Returns:
        The class of each candidate, shape ``(candidates,)``, fit for :func:`merged`.
    """
    class_of = np.zeros(roster.candidates, np.int64)
    everybody = slice(0, roster.width)
    for column in dict.fromkeys((*first, *range(roster.columns))):
        codes = roster.grades_in((column,), everybody)[: roster.candidates]
        seen, finer = np.unique(class_of * len(roster.grades) + codes, return_inverse=True)
        if len(seen) <= at_most:
            class_of = finer.astype(np.int64)
    return class_of
