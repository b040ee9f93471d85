"""Beliefs over a box: what a reader may believe when every grade is known only to an interval.

A class is a group of candidates that no reader can tell apart. Its *mass* is prior times likelihood,
summed over its members; what is known of it is an interval, and the masses of different classes move
independently (one unknown per group, claim and version, and every unknown belongs to one group). A
belief is then a fraction ``sum(q * mass) / sum(mass)`` with ``q >= 0``. The supremum of such a
fraction over a box is reached at a vertex that puts every class with a large ``q`` at its upper edge
and every other one at its lower edge, so trying each threshold is exact.

All masses arrive and leave as natural logarithms: ten thousand claims do not underflow.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


FARTHEST = 700.0
"""Natural logs beyond which one mass is nothing beside another: exp of more would overflow."""

FAINTEST = 1e-100
"""Sums of masses beside the largest that are taken as they are: what fainter ones are made of is scaled anew."""


def suspects_upper(count: Ints, log_lo: Floats, log_hi: Floats) -> Floats:
    """The upper belief in one member of each class: ``hi/n / (hi + all others' lo)``.

    Args:
        count: Members of each class, shape ``(classes,)``.
        log_lo, log_hi: Edges of the log mass of each whole class, shape ``(classes,)``.
    Returns:
        Shape ``(classes,)``, in [0, 1]; exact up to rounding, for every class at once.
    """
    return _one_against_all(count, log_hi, log_lo)


def suspects_lower(count: Ints, log_lo: Floats, log_hi: Floats) -> Floats:
    """The lower belief in one member of each class, as :func:`suspects_upper` with the edges exchanged."""
    return _one_against_all(count, log_lo, log_hi)


def _one_against_all(count: Ints, log_own: Floats, log_rival: Floats) -> Floats:
    """Each class at its own edge against all others at theirs; scaled anew for every class."""
    top = log_rival.max()
    everybody = top + np.log(np.exp(log_rival - top).sum())
    others = np.exp(np.minimum(everybody - log_own, FARTHEST)) * -np.expm1(np.minimum(log_rival - everybody, 0.0))
    one: Floats = 1 / (1 + others) / count
    return one


def upper(weight: Floats, log_lo: Floats, log_hi: Floats) -> float:
    """The largest value of ``sum(weight * mass) / sum(mass)`` over the box.

    Args:
        weight: ``q``, shape ``(classes,)``, each at least 0.
        log_lo, log_hi: Edges of the log masses, shape ``(classes,)``.
    Proof sketch:
        For fixed ``t`` the fraction exceeds ``t`` somewhere iff ``max sum((q - t) * mass) > 0``, and
        that maximum puts mass at its upper edge exactly where ``q > t``.
    """
    return Box(log_lo, log_hi).upper(weight)


def lower(weight: Floats, log_lo: Floats, log_hi: Floats) -> float:
    """The smallest value of ``sum(weight * mass) / sum(mass)`` over the box (as :func:`upper`)."""
    return Box(log_lo, log_hi).lower(weight)


class Box:
    """Edges of all masses, ready for many fractions over the same box.

    Most weights are 0 for most classes: what has none is summed once for each fraction, so that a
    threshold costs only what has some. The sums are those of :func:`upper` and :func:`lower` in another order.
    """

    def __init__(self, log_lo: Floats, log_hi: Floats) -> None:
        self._log_lo, self._log_hi = log_lo, log_hi
        top = log_hi.max()
        self._lo, self._hi = np.exp(log_lo - top), np.exp(log_hi - top)

    def upper(self, weight: Floats) -> float:
        """The largest fraction, as :func:`upper`."""
        each = _vertices(weight, (self._log_lo, self._lo), (self._log_hi, self._hi))
        return max(each, default=0.0)

    def lower(self, weight: Floats) -> float:
        """The smallest fraction, as :func:`lower`."""
        each = _vertices(weight, (self._log_hi, self._hi), (self._log_lo, self._lo))
        return min(each, default=0.0)


def _vertices(weight: Floats, below: tuple[Floats, Floats], above: tuple[Floats, Floats]) -> Iterator[float]:
    """The fraction with every class from some weight on at one edge and all others at the other, weight by weight.

    Args:
        below, above: Both edges, as logarithms and as masses beside the largest.
    """
    some = np.flatnonzero(weight)
    q, low, high = weight[some], below[1][some], above[1][some]
    without = below[1].copy()
    without[some] = 0
    rest = without.sum()
    for t in np.unique(q):
        mass = np.where(q >= t, high, low)
        total = rest + mass.sum()
        if total > FAINTEST:
            yield float(q @ mass / total)
        else:
            yield belief(weight, np.where(weight >= t, above[0], below[0]))


def belief(weight: Floats, log_mass: Floats) -> float:
    """``sum(weight * mass) / sum(mass)`` at one point."""
    mass = np.exp(log_mass - log_mass.max())
    return float(weight @ mass / mass.sum())
