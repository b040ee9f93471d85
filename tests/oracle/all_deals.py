"""Plans and swaps the slow way: every combination, one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tearline.domain import Offer, PartyId, Topic
from tearline.trust.advantage import ways


def best_plan(topics: Sequence[Topic], us: PartyId, them: PartyId) -> tuple[float, float]:
    """The largest product of gains, and the largest sum among those, over every combination nobody loses by."""
    found = []
    for choice in itertools.product(*(list(ways(topic, us, them)) for topic in topics)):
        ours, theirs = (sum(each.gain[side] for each in choice) for side in (0, 1))
        if ours >= 0 and theirs >= 0:
            found.append((ours * theirs, ours + theirs))
    return max(found)


def every_ring(offers: Sequence[Offer]) -> set[tuple[PartyId, ...]]:
    """Every ring of two or three in which all gain and nobody has declined, beginning with its first party."""
    parties = list(dict.fromkeys(party for offer in offers for party in (offer.by, *offer.worth)))
    found = set()
    for size in (2, 3):
        for ring in itertools.permutations(parties, size):
            if parties.index(ring[0]) != min(map(parties.index, ring)):
                continue
            for given in itertools.product(offers, repeat=size):
                if _works(ring, given):
                    found.add(ring)
    return found


def _works(ring: tuple[PartyId, ...], given: tuple[Offer, ...]) -> bool:
    for place, giver in enumerate(ring):
        to, mine, theirs = ring[(place + 1) % len(ring)], given[place], given[place - 1]
        needed = set(mine.originators) - {giver, to}
        if mine.by != giver or mine.worth.get(to, 0) <= 0 or needed & set(mine.declined):
            return False
        if theirs.worth.get(giver, 0) - mine.cost <= 0:
            return False
    return True
