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


FARTHEST = 700.0
"""Natural logs beyond which one mass is nothing beside another: exp of more would overflow."""


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
    return max(belief(weight, np.where(weight >= t, log_hi, log_lo)) for t in np.unique(weight))


def lower(weight: Floats, log_lo: Floats, log_hi: Floats) -> float:
    """The smallest value of ``sum(weight * mass) / sum(mass)`` over the box (as :func:`upper`)."""
    return min(belief(weight, np.where(weight > t, log_lo, log_hi)) for t in np.unique(weight))


def belief(weight: Floats, log_mass: Floats) -> float:
    """``sum(weight * mass) / sum(mass)`` at one point."""
    mass = np.exp(log_mass - log_mass.max())
    return float(weight @ mass / mass.sum())
