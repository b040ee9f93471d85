"""Swaps between two and among three: each gives one thing, gets one thing, and gains.

Longer rings are not worth the talk they need. What rests on somebody else's source goes only if that
originator agrees: whoever has said no closes every ring through that offer, whoever has not answered is
named.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from tearline.domain import Offer, PartyId
from tearline.errors import InvariantError

MOST_PARTIES: Final = 30
"""So many parties are tried."""


@attrs.frozen(kw_only=True)
class Hand:
    """One gives one thing to another."""

    giver: PartyId
    to: PartyId
    offer: Offer


@attrs.frozen(kw_only=True)
class Swap:
    """A ring of two or three.

    Attributes:
        hands: Each gives to the next, the last to the first.
        gains: What each gains, in the order of ``hands``; all above 0.
        to_ask: Originators who have not agreed yet.
    """

    hands: tuple[Hand, ...]
    gains: tuple[float, ...]
    to_ask: tuple[PartyId, ...]

    @property
    def parties(self) -> tuple[PartyId, ...]:
        """Who takes part, in the order of giving."""
        return tuple(hand.giver for hand in self.hands)


def swaps(offers: Sequence[Offer]) -> tuple[Swap, ...]:
    """Every ring of two or three in which everybody gains and nobody who must agree has said no.

    Returns:
        Those that need fewest answers first, then those in which the one who gains least gains most.
    Raises:
        InvariantError: More than :data:`MOST_PARTIES` parties.
    """
    parties = tuple(dict.fromkeys(party for offer in offers for party in (offer.by, *offer.worth)))
    if len(parties) > MOST_PARTIES:
        raise InvariantError(f"{len(parties)} parties; at most {MOST_PARTIES} are tried")
    hands = {(giver, to): _hands(offers, giver, to) for giver, to in itertools.permutations(parties, 2)}
    found = []
    for size in (2, 3):
        for ring in _rings(parties, size):
            links = [hands[giver, to] for giver, to in zip(ring, (*ring[1:], ring[0]), strict=True)]
            found += [swap for chosen in itertools.product(*links) if (swap := _swap(chosen)) is not None]
    return tuple(sorted(found, key=lambda swap: (len(swap.to_ask), -min(swap.gains), swap.parties)))


def _rings(parties: Sequence[PartyId], size: int) -> Iterator[tuple[PartyId, ...]]:
    """Every ring once: it begins with whoever of it comes first."""
    for first, *others in itertools.combinations(parties, size):
        for rest in itertools.permutations(others):
            yield (first, *rest)


def _hands(offers: Sequence[Offer], giver: PartyId, to: PartyId) -> list[Hand]:
    """What one could give another, without what is dearer to give and worth no more."""
    useful = [
        offer
        for offer in offers
        if offer.by == giver and offer.worth.get(to, 0.0) > 0 and not set(offer.declined) & _must_agree(offer, to)
    ]
    return [
        Hand(giver=giver, to=to, offer=offer)
        for offer in useful
        if not any(_betters(other, offer, to) for other in useful)
    ]


def _betters(one: Offer, other: Offer, to: PartyId) -> bool:
    """Whether one offer is worth as much and costs as little, one of them more so, and needs no other answers."""
    needs = _unanswered(one, to) <= _unanswered(other, to)
    as_good = one.worth[to] >= other.worth[to] and one.cost <= other.cost and needs
    return as_good and (one.worth[to], -one.cost) != (other.worth[to], -other.cost)


def _must_agree(offer: Offer, to: PartyId) -> set[PartyId]:
    return set(offer.originators) - {offer.by, to}


def _unanswered(offer: Offer, to: PartyId) -> set[PartyId]:
    return _must_agree(offer, to) - set(offer.agreed)


def _swap(hands: Sequence[Hand]) -> Swap | None:
    gets = [hands[place - 1].offer.worth[hand.giver] for place, hand in enumerate(hands)]
    gains = tuple(got - hand.offer.cost for got, hand in zip(gets, hands, strict=True))
    if min(gains) <= 0:
        return None
    unanswered = set[PartyId]().union(*(_unanswered(hand.offer, hand.to) for hand in hands))
    return Swap(hands=tuple(hands), gains=gains, to_ask=tuple(sorted(unanswered)))
