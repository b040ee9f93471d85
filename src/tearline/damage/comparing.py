"""Two incidents set against each other: how likely one cost more, by how many tens at least, and through what."""

from __future__ import annotations

import attrs

from tearline.damage.assessment import Damage
from tearline.damage.magnitude import Span, exceeds, tens_apart

SURE = 0.95
"""From how likely on it is said that one exceeded the other."""


@attrs.frozen(eq=False, kw_only=True)
class Compared:
    """Two incidents on one scale.

    Attributes:
        first_exceeds, second_exceeds, equal: Sum to 1.
        first_by, second_by: By how many tens one exceeds the other with :data:`SURE`; ``None``: not surely at all.
    """

    first: Damage
    second: Damage
    first_exceeds: float
    second_exceeds: float
    equal: float
    first_by: int | None
    second_by: int | None

    @property
    def distinguishable(self) -> bool:
        """Whether either surely exceeds the other."""
        return self.first_by is not None or self.second_by is not None


def compare(first: Damage, second: Damage) -> Compared:
    """Set two assessments against each other.

    Each magnitude is taken as equally likely all over its interval, and independent of the other: two incidents
    that touched the same sources are not, and then it is only an indication.
    """
    more, less = exceeds(first.scale, second.scale), exceeds(second.scale, first.scale)
    return Compared(
        first=first,
        second=second,
        first_exceeds=more,
        second_exceeds=less,
        equal=max(0.0, 1 - more - less),
        first_by=tens_apart(first.scale, second.scale, SURE),
        second_by=tens_apart(second.scale, first.scale, SURE),
    )


def told_scale(scale: Span | None) -> str:
    """A magnitude as it is printed."""
    if scale is None:
        return "none that can be told"
    return f"{scale.mid:+.1f} ({scale.lo:+.1f} to {scale.hi:+.1f})"
