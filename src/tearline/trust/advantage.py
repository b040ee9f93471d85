"""Who should cover what: comparative advantage between two who share, topic by topic.

What is known can be shared without being used up, so one producer a topic is enough, unless it is so
critical that a second, independent one is wanted. Beside the product one can share the capability behind
it, after which each produces for itself, or work on it together.

Source:
    Comparative advantage as in Ricardo (1817); the split is Nash's bargaining solution (1950) over every
    combination, with covering everything alone as the disagreement point. Topics add up, so combinations
    that somebody can better for both are dropped topic by topic, which loses none that could win.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.domain import PartyId, Topic
from tearline.errors import InvariantError

MOST_TOPICS: Final = 40
"""So many topics are planned together at most."""

MOST_PLANS: Final = 20_000
"""So many combinations that nobody betters are kept; beyond, those with the largest sum."""


class Way(Enum):
    """How a topic is covered."""

    ALONE = "each for itself"
    PRODUCT = "one for both"
    CAPABILITY = "the capability is shared"
    JOINT = "worked on together"


@attrs.frozen(kw_only=True)
class Arrangement:
    """How one topic is covered, and what that saves each against covering it alone (below 0: costs).

    Attributes:
        by: Who produces, or hands the capability over; ``None``: both.
    """

    topic: str
    way: Way
    by: PartyId | None
    gain: tuple[float, float]


@attrs.frozen(kw_only=True)
class Plan:
    """How all topics are covered.

    Attributes:
        alone: What both pay in all if each covers everything alone.
        gain: What each of the two gains; never below 0.
        exact: Whether every combination was considered.
        unplanned: Topics for which a cost is missing.
    """

    parties: tuple[PartyId, PartyId]
    arrangements: tuple[Arrangement, ...]
    alone: float
    gain: tuple[float, float]
    exact: bool
    unplanned: tuple[str, ...]

    @property
    def together(self) -> float:
        """What both pay in all under this plan, exposure counted."""
        return self.alone - sum(self.gain)


def plan(topics: Sequence[Topic], us: PartyId, them: PartyId) -> Plan:
    """The best plan for both: the largest product of gains among those from which neither loses.

    Where no plan gains something for both, the one with the largest sum from which neither loses.

    Raises:
        InvariantError: More than :data:`MOST_TOPICS` topics.
    """
    if len(topics) > MOST_TOPICS:
        raise InvariantError(f"{len(topics)} topics; at most {MOST_TOPICS} are planned together")
    known = [topic for topic in topics if us in topic.costs and them in topic.costs]
    kept: list[tuple[float, float, tuple[Arrangement, ...]]] = [(0.0, 0.0, ())]
    exact = True
    for topic in known:
        choices = list(ways(topic, us, them))
        grown = [(a + c.gain[0], b + c.gain[1], (*done, c)) for a, b, done in kept for c in choices]
        kept = _unbettered(grown)
        if len(kept) > MOST_PLANS:
            kept, exact = sorted(kept, key=lambda each: -(each[0] + each[1]))[:MOST_PLANS], False
    willing = [each for each in kept if each[0] >= 0 and each[1] >= 0]
    ours, theirs, done = max(willing, key=lambda each: (each[0] * each[1], each[0] + each[1]))
    return Plan(
        parties=(us, them),
        arrangements=done,
        alone=sum(topic.need * (topic.costs[us] + topic.costs[them]) for topic in known),
        gain=(ours, theirs),
        exact=exact,
        unplanned=tuple(topic.id for topic in topics if topic not in known),
    )


def ways(topic: Topic, us: PartyId, them: PartyId) -> Iterator[Arrangement]:
    """Every way to cover a topic; a critical one is never left to one producer."""
    pair = (us, them)
    alone = [topic.need * topic.costs[party] for party in pair]
    shown = [topic.exposure.get(party, 0.0) for party in pair]
    yield Arrangement(topic=topic.id, way=Way.ALONE, by=None, gain=(0.0, 0.0))
    for place, party in enumerate(pair):
        other = 1 - place
        if not topic.critical:
            yield _by(topic, Way.PRODUCT, party, place, 0.0 - shown[place], alone[other])
        if topic.capability is not None and topic.capability.by == party:
            saved = alone[other] - topic.need * topic.capability.cost
            yield _by(topic, Way.CAPABILITY, party, place, 0.0 - topic.capability.exposure, saved)
    if topic.joint is not None and not topic.critical:
        half = topic.need * topic.joint / 2
        gain = (alone[0] - half - shown[0], alone[1] - half - shown[1])
        yield Arrangement(topic=topic.id, way=Way.JOINT, by=None, gain=gain)


def _by(topic: Topic, way: Way, party: PartyId, place: int, own: float, others: float) -> Arrangement:
    return Arrangement(topic=topic.id, way=way, by=party, gain=(own, others) if place == 0 else (others, own))


def _unbettered(
    found: list[tuple[float, float, tuple[Arrangement, ...]]],
) -> list[tuple[float, float, tuple[Arrangement, ...]]]:
    """Those that no other betters for one without being worse for the other."""
    kept, best = [], float("-inf")
    for each in sorted(found, key=lambda one: (-one[0], -one[1])):
        if each[1] > best:
            kept.append(each)
            best = each[1]
    return kept
