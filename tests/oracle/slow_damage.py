"""What an incident costs, worked out the slow way, at the best point: fractions, loops, one source, one reader.

Nothing of the engine is used but the nouns. For a case without covers, events, days and earlier releases, and a
reader with groups of its own who certainly has what came out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from oracle.slow_versions import Said
from tearline.domain import ABSENT, Case, Group, GroupKind, PartyId

Told = Mapping[str, int | None]
"""By claim the rank of the version that came out; ``None``: it did not."""


def slow_suspicion(case: Case, reader: PartyId, told: Told) -> Fraction:
    """The belief in the person who is suspected most."""
    (groups,) = (r.groups for r in case.readers if r.id == reader)
    mass = {group.id: _prior(groups, group) for group in groups}
    for claim, rank in told.items():
        if rank is not None:
            for group in groups:
                mass[group.id] *= _access(case, claim, rank, group)
    total = sum(mass.values(), Fraction(0))
    return max(mass[g.id] / total / g.count for g in groups if g.kind is GroupKind.PERSONS)


def slow_gain(case: Case, reader: PartyId, claims: tuple[str, ...], chances: Mapping[Said, Fraction]) -> Fraction:
    """How much likelier the most suspected person is found, on average over what may have come out.

    Args:
        chances: By the place of each claim's version: its rank, or the number of versions for none of it.
    """
    before = slow_suspicion(case, reader, {})
    gain = Fraction(0)
    for said, chance in chances.items():
        versions = {claim: len(case.claim(claim).versions) for claim in claims}  # type: ignore[arg-type]
        told = {c: None if place == versions[c] else place for c, place in zip(claims, said, strict=True)}
        gain += chance * max(Fraction(0), slow_suspicion(case, reader, told) - before)
    return gain


def slow_value(weight: int, years: tuple[float, float], discount: float) -> float:
    """Years ahead by a sum of ten thousand slices, each a little less worth than the one before."""
    last = sum(years) / 2
    slices = 10_000
    return weight * sum(math.exp(-discount * last * (n + 0.5) / slices) * last / slices for n in range(slices))


def _prior(groups: tuple[Group, ...], group: Group) -> Fraction:
    weighted = sum((Fraction(g.weight) for g in groups if g.weight is not None), Fraction(0))
    heads = sum(g.count for g in groups if g.weight is None)
    return Fraction(group.weight) if group.weight is not None else (1 - weighted) * Fraction(group.count, heads)


def _access(case: Case, claim: str, rank: int, group: Group) -> Fraction:
    """By the words of the nearest version that names the group, from this one towards the exact one."""
    for version in reversed(case.claim(claim).versions[: rank + 1]):  # type: ignore[arg-type]
        if group.id in version.known:
            return Fraction(version.known[group.id].mid)
    return Fraction(ABSENT.mid)
