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

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def linear(log_lo: Floats, log_hi: Floats) -> tuple[Floats, Floats]:
    """Bring a box of log masses to the linear scale, the largest upper edge at 1.

    A lower edge too small for the scale becomes 0, which can only raise an upper belief.
    """
    top = log_hi.max()
    return np.exp(log_lo - top), np.exp(log_hi - top)


def suspects_upper(count: Ints, log_lo: Floats, log_hi: Floats) -> Floats:
    """The upper belief in one member of each class: ``hi/n / (hi + all others' lo)``.

    Args:
        count: Members of each class, shape ``(classes,)``.
        log_lo, log_hi: Edges of the log mass of each whole class, shape ``(classes,)``.
    Returns:
        Shape ``(classes,)``, in [0, 1]; exact, for every class at once.
    """
    lo, hi = linear(log_lo, log_hi)
    others = np.maximum(lo.sum() - lo, 0.0)
    upper: Floats = hi / (hi + others) / count
    return upper


def upper(weight: Floats, log_lo: Floats, log_hi: Floats) -> float:
    """The largest value of ``sum(weight * mass) / sum(mass)`` over the box.

    Args:
        weight: ``q``, shape ``(classes,)``, each at least 0.
        log_lo, log_hi: Edges of the log masses, shape ``(classes,)``.
    Proof sketch:
        For fixed ``t`` the fraction exceeds ``t`` somewhere iff ``max sum((q - t) * mass) > 0``, and
        that maximum puts mass at its upper edge exactly where ``q > t``.
    """
    lo, hi = linear(log_lo, log_hi)
    return max(_fraction(weight, np.where(weight >= t, hi, lo)) for t in np.unique(weight))


def lower(weight: Floats, log_lo: Floats, log_hi: Floats) -> float:
    """The smallest value of ``sum(weight * mass) / sum(mass)`` over the box (as :func:`upper`)."""
    lo, hi = linear(log_lo, log_hi)
    return min(_fraction(weight, np.where(weight > t, lo, hi)) for t in np.unique(weight))


def belief(weight: Floats, log_mass: Floats) -> float:
    """``sum(weight * mass) / sum(mass)`` at one point."""
    return _fraction(weight, np.exp(log_mass - log_mass.max()))


def _fraction(weight: Floats, mass: Floats) -> float:
    return float(weight @ mass / mass.sum())
