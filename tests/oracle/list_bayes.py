"""Bayes by the book for people and lists: one loop per person, no arrays, no logarithms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

Known = tuple[float, float]
"""Smallest and largest chance that somebody could have yielded a thing."""


def posterior(people: int, lists: Sequence[AbstractSet[int]], on: float, off: float) -> list[float]:
    """P(source) of everybody: each list counts ``on`` for those on it and ``off`` for the others."""
    likelihood = [math.prod(on if person in knowers else off for knowers in lists) for person in range(people)]
    total = math.fsum(likelihood)
    return [each / total for each in likelihood]


def upper_posterior(
    people: int,
    lists: Sequence[AbstractSet[int]],
    proposed: Sequence[AbstractSet[int]],
    on: Known,
    off: Known,
) -> list[float]:
    """The largest P(source) of everybody while people whom no list tells apart move together.

    Args:
        lists: What the reader was pointed at.
        proposed: Lists that also tell people apart, though the reader was not pointed at them.
    """
    groups: dict[tuple[bool, ...], list[int]] = {}
    for person in range(people):
        groups.setdefault(tuple(person in knowers for knowers in (*lists, *proposed)), []).append(person)
    lo, hi = (
        {
            kind: len(members) * math.prod((on if here else off)[edge] for here in kind[: len(lists)])
            for kind, members in groups.items()
        }
        for edge in (0, 1)
    )
    found = [0.0] * people
    for kind, members in groups.items():
        others = math.fsum(mass for other, mass in lo.items() if other != kind)
        for person in members:
            found[person] = hi[kind] / (hi[kind] + others) / len(members)
    return found
