"""One source or several: what a reader believes that does not know which pieces of evidence belong together.

Pieces are the events and lone claims of a view. The reader lets them fall into blocks, each with a source
of its own, by the Chinese-restaurant process: a partition into blocks ``B`` has weight
``prod(concentration * (|B| - 1)!)``, and each block draws its source anew from the prior. So a block weighs

    w(B) = concentration * (|B| - 1)! * sum over sources of prior * prod of access over B,

all partitions of a set of pieces together ``f(S) = sum over B in S with min S in B of w(B) * f(S - B)``,
and a source is behind none of the pieces with probability ``n(M) / f(M)``, ``n`` being the same sum
without it. At a concentration of 0 one source is behind everything; at infinity each piece has its own.

Everything is exact and listed; nothing is drawn. The sum over partitions takes ``3 ** pieces`` steps, so
there is an end at :data:`MOST_PIECES`.

Source: the process as in Aldous, "Exchangeability and related topics", 1985; covering sums over subsets
as in Björklund, Husfeldt, Koivisto, "Set partitioning via inclusion-exclusion", 2009.
"""

from __future__ import annotations

import math
from typing import Final

import attrs
import numpy as np

from tearline.errors import InvariantError
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.worlds import LogMass

MOST_PIECES: Final = 16
"""So many pieces of evidence are taken apart in every way; more are refused."""

FEW_GROUPS: Final = 10
"""Up to so many groups the upper edge of two pieces is exact: ``2 ** groups`` corners are listed."""

_AT_ONCE: Final = 1 << 16
"""About so many numbers are folded together at once: they should fit where a processor finds them quickly."""


@attrs.frozen(eq=False, kw_only=True)
class Mixture:
    """One reader's belief over all ways in which the pieces may share sources.

    Attributes:
        prior: Prior mass of each whole group, shape ``(groups,)``, sums to 1.
        count: Members of each group, shape ``(groups,)``; the members of a group are sources of their own,
            equally likely, and know alike.
        pieces: Log likelihood of every piece, ``lo``, ``mid``, ``hi`` of shape ``(pieces, groups)``.
        concentration: How readily the reader takes the next piece for another source's, above 0.
    Raises:
        InvariantError: More than :data:`MOST_PIECES` pieces, or none.

    A query ``q``, shape ``(groups,)`` in [0, 1], is something that a source of each group would speak for
    with that chance: 1 on a channel for "the channel is in use", ``1 / count`` for a certain person.
    """

    prior: Floats
    count: Ints
    pieces: LogMass
    concentration: float

    def __attrs_post_init__(self) -> None:
        if not 0 < len(self.pieces.mid) <= MOST_PIECES:
            raise InvariantError(
                f"{len(self.pieces.mid)} pieces of evidence, where 1 to {MOST_PIECES} can be taken apart"
            )

    def beliefs(self, queries: Floats) -> Floats:
        """At the best point: P(some source behind the pieces speaks for it), one for each query.

        Args:
            queries: Shape ``(queries, groups)``.
        Every block asks its source anew. That is exact for one person, a channel or an organisation, which
        a source is or is not. Where it is a matter of chance (``if``, ``via``) it is an upper bound: two
        blocks of one source would ask it once.
        """
        weights = self._blocks(self.pieces.mid)
        every = weights @ self.prior
        silent = weights @ (self.prior * (1 - queries)).T
        found = coverings(np.column_stack([every, silent]))[-1]
        beliefs: Floats = np.clip(1 - found[1:] / found[0], 0.0, 1.0)
        return beliefs

    def behind_each(self, queries: Floats) -> Floats:
        """At the best point: P(the source of a piece speaks for it), shape ``(queries, pieces)``."""
        weights = self._blocks(self.pieces.mid)
        total = coverings((weights @ self.prior)[:, None])[:, 0]
        rest = total[::-1]  # what is left of all pieces without a block stands mirrored
        spoken = (weights @ (self.prior * queries).T) * rest[:, None] / total[-1]
        holds = _members(len(self.pieces.mid))
        each: Floats = np.stack([spoken[inside].sum(axis=0) for inside in holds], axis=1)
        return each

    def uppers(self, queries: Floats) -> Floats:
        """A sound upper edge of :meth:`beliefs` over the whole box of likelihoods, one for each query.

        Every likelihood of a group for a piece moves between its edges; the members of a group together.
        The belief is not monotone in the likelihoods of *other* groups (who surely tells one piece leaves
        the field free at another), so no corner is known to be the worst, and a bound stands in.

        Proof. Let ``g`` be one group that speaks with chance ``q``, ``G(T)`` the weight of all ways in which
        it is behind exactly the pieces ``T`` (a rising factorial of ``concentration * prior`` times its
        likelihoods, as in an urn), ``h(S)`` the covering sum of all others over ``S``. Given ``T`` some
        member that speaks is behind one of them with chance ``u(|T|)``, which grows with ``|T|``. So

            belief = sum of u(|T|) * x(T) / (1 + sum of x(T)),  x(T) = G(T) * h(M - T) / h(M), T not empty.

        1. ``G`` is at most its value at upper edges.
        2. ``h(M) >= h(T) * h(M - T)``: a covering sum is the mean of ``prod over pieces of sum of likelihood *
           weight`` over independent gamma weights, and products of increasing functions of independent
           variables are positively correlated (Harris). ``h(T)`` is at least its value at lower edges.
        3. ``h(M) / h(M - T)`` is also at least ``h(M)`` at lower over ``h(M - T)`` at upper edges.
        So ``x(T) <= X(T)``, and likewise ``x(T) >= L(T)``. The belief is a fraction as in
        :func:`tearline.exposure.envelope.upper` in the ``x``: its supremum over ``L <= x <= X`` puts the large
        ``|T|`` at ``X`` and the others at ``L``. ∎ For a query about several groups two bounds hold, and the
        smaller is taken: the sum over its groups; and the same with the joint weight of all that speak for
        ``G`` and ``u = 1``, where the part of a group that does not speak counts among the others.

        Two pieces of up to :data:`FEW_GROUPS` groups need no bound: see :meth:`_largest_of_two`.

        Laws: never below :meth:`beliefs`; for a single piece, and as the concentration goes to 0, the exact
        upper edge for one source where one group speaks; wider intervals never lower it.
        """
        if len(self.pieces.mid) == 2 and len(self.prior) <= FEW_GROUPS:
            return np.array([self._largest_of_two(query) for query in queries])
        scale = self.pieces.hi.max(axis=1, keepdims=True)  # beliefs do not change when a piece is rescaled
        lo, hi = self._blocks(self.pieces.lo - scale), self._blocks(self.pieces.hi - scale)
        speaking = [np.flatnonzero(query) for query in queries]
        alone = {int(g): self._shares_of_one(int(g), lo, hi) for g in np.unique(np.concatenate(speaking))}
        found = np.empty(len(queries))
        for index, (query, groups) in enumerate(zip(queries, speaking, strict=True)):
            each = [alone[int(g)].upper(self._spoken(int(g), query[g])) for g in groups]
            found[index] = min(1.0, sum(each))
            if len(groups) > 1:
                together = self._shares_of_many(query, lo, hi).upper(np.ones(len(scale)))
                found[index] = min(found[index], together)
        return found

    def _largest_of_two(self, query: Floats) -> float:
        """The supremum for two pieces, exact: every corner for the second, the worst corner for the first.

        For a given second piece P(nothing speaks) is a fraction ``sum(a * n) / sum(a * f)`` in the likelihoods
        ``a`` of the first: smallest with ``a`` at its upper edge where ``n / f`` is small, else at its lower.
        In each likelihood alone it rises or falls all the way, so corners are enough.
        """
        scale = self.pieces.hi.max(axis=1, keepdims=True)
        lo, hi = np.exp(self.pieces.lo - scale), np.exp(self.pieces.hi - scale)
        groups = len(self.prior)
        second = np.where(_members(groups).T, hi[1], lo[1])
        silent = self.prior * (1 - query)
        every = self.prior * (second + self.concentration * (second @ self.prior)[:, None])
        nobody = silent * (second + self.concentration * (second @ silent)[:, None])
        order = np.argsort(nobody / every, axis=1, kind="stable")
        above, below = hi[0][order], lo[0][order]
        sums = []
        for weight in (nobody, every):
            sorted_weight = np.take_along_axis(weight, order, axis=1)
            raised = np.cumsum((above - below) * sorted_weight, axis=1)
            lowest = (below * sorted_weight).sum(axis=1, keepdims=True)
            sums.append(np.concatenate([lowest, lowest + raised], axis=1))
        return float(max(0.0, 1 - (sums[0] / sums[1]).min()))

    def _blocks(self, logs: Floats) -> Floats:
        """Weights of all blocks for a prior of 1, shape ``(2 ** pieces, groups)``; the empty one weighs nothing."""
        product = np.ones((1, logs.shape[1]))
        for row in np.exp(logs):
            product = np.concatenate([product, product * row])
        size = _sizes(len(logs))
        orders = np.array([0.0, *(math.factorial(n) for n in range(len(logs)))])
        weights: Floats = product * (self.concentration * orders[size])[:, None]
        return weights

    def _spoken(self, group: int, chance: float) -> Floats:
        """``u``: P(a member that speaks is behind one of ``k`` pieces of the group), ``k`` from 1 up."""
        mass = self.concentration * self.prior[group]
        k = np.arange(len(self.pieces.mid))
        found: Floats = 1 - np.cumprod(((1 - chance) * mass + k) / (mass + k))
        return found

    def _shares_of_one(self, group: int, lo: Floats, hi: Floats) -> _Shares:
        mass, pieces = self.concentration * self.prior[group], len(self.pieces.mid)
        rising = np.concatenate([[1.0], np.cumprod(mass + np.arange(pieces))])
        orders = np.array([1.0, *(self.concentration * math.factorial(n) for n in range(pieces))])
        times = (rising / orders)[_sizes(pieces)]  # from the weight of one block to that of all its partitions
        others = np.where(np.arange(len(self.prior)) == group, 0.0, self.prior)
        return _shares(
            lo[:, group] * times, hi[:, group] * times, coverings(np.column_stack([lo @ others, hi @ others]))
        )

    def _shares_of_many(self, query: Floats, lo: Floats, hi: Floats) -> _Shares:
        spoken, silent = self.prior * query, self.prior * (1 - query)
        both = coverings(np.column_stack([lo @ silent, hi @ silent, lo @ spoken, hi @ spoken]))
        return _shares(both[:, 2], both[:, 3], both[:, :2])


@attrs.frozen(eq=False, kw_only=True)
class _Shares:
    """How the weight falls by how many pieces those are behind whom a query is about.

    Attributes:
        lo, hi: Bounds on the weight of 1, 2, ... pieces, where none weighs 1; shape ``(pieces,)``.
    """

    lo: Floats
    hi: Floats

    def upper(self, spoken: Floats) -> float:
        """The largest ``sum(spoken * x) / (1 + sum(x))`` between the bounds; ``spoken`` does not fall."""
        if not np.isfinite(self.hi).all():
            return float(spoken[-1])
        found = 0.0
        for first in range(len(spoken)):
            x = np.where(np.arange(len(spoken)) >= first, self.hi, self.lo)
            found = max(found, float(spoken @ x / (1 + x.sum())))
        return found


def _shares(own_lo: Floats, own_hi: Floats, others: Floats) -> _Shares:
    """Bounds by number of pieces, from weights of all subsets (``others``: lower and upper edges in columns)."""
    lo, hi = others[:, 0], others[:, 1]
    size = _sizes(len(lo).bit_length() - 1)
    with np.errstate(all="ignore"):
        least = np.fmax(lo, lo[-1] / hi[::-1])
        most = np.where(own_hi > 0, own_hi / least, 0.0)
        at_least = np.nan_to_num(own_lo * lo[::-1] / hi[-1], nan=0.0, posinf=0.0)
    fewest: Floats = np.bincount(size, at_least).astype(np.float64)
    largest: Floats = np.bincount(size, most).astype(np.float64)
    return _Shares(lo=fewest[1:], hi=largest[1:])


def coverings(weights: Floats) -> Floats:
    """The sum over all partitions of every set of pieces of the product of their blocks' weights.

    Args:
        weights: Of every block, shape ``(2 ** pieces, columns)``; bit ``c`` of a row says that piece ``c`` is
            in it. The empty block is ignored.
    Returns:
        The same shape; 1 for the empty set. ``3 ** pieces / 2`` steps for each column.
    """
    total = np.ones((1, weights.shape[1]))
    for piece in range(len(weights).bit_length() - 1):
        with_it = weights[1 << piece : 2 << piece]
        total = np.concatenate([total, _folded(with_it, total)])
    return total


def _folded(left: Floats, right: Floats) -> Floats:
    """For every set the sum over its parts of ``left(part) * right(rest)``; rows are sets, columns independent.

    The halves without and with the last piece are folded as three problems of half the size, side by side.
    """
    size, columns = left.shape
    if size == 1:
        one: Floats = left * right
        return one
    half = size // 2
    a, b, c, d = left[:half], left[half:], right[:half], right[half:]
    if 3 * half * columns > _AT_ONCE and size > _SMALL:
        with_last = _folded(a, d)
        with_last += _folded(b, c)
        return np.concatenate([_folded(a, c), with_last])
    if size > _SMALL:
        three = _folded(np.concatenate([a, a, b], axis=1), np.concatenate([c, d, c], axis=1))
        return np.concatenate([three[:, :columns], three[:, columns : 2 * columns] + three[:, 2 * columns :]])
    return np.stack([sum((left[part] * right[s ^ part] for part in _parts(s)), np.zeros(columns)) for s in range(size)])


_SMALL: Final = 8
"""Rows from which on all parts are simply listed."""


def _parts(whole: int) -> list[int]:
    return [part for part in range(whole + 1) if part & whole == part]


def _sizes(pieces: int) -> Ints:
    """How many pieces each set has, shape ``(2 ** pieces,)``."""
    found: Ints = _members(pieces).sum(axis=0)
    return found


def _members(pieces: int) -> Bools:
    """Which sets have a piece, shape ``(pieces, 2 ** pieces)``."""
    found: Bools = (np.arange(1 << pieces) >> np.arange(pieces)[:, None] & 1).astype(np.bool_)
    return found
