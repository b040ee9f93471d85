"""What a question about one reader comes down to: fewer links, the same answer.

A *switch* is an independent chance. A *link* leads from one place to another and is open in the worlds
in which any of its switches is on; a cause that opens several ways is one switch of several links, and
so is an edge that leads both ways. What parties are handed is *content*, one bit a piece: it starts in
places of its own, whose links to the recipients are always open.

The reductions keep the joint distribution of what the reader holds at every point of the box of
intervals, for each of them replaces switches by one whose chance takes the same values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.domain import Interval, PartyId
from tearline.exposure.leak_graph import Edge, downstream

Place = int
Joint = tuple[Place, Place]
Switches = frozenset[int]

READER: Final[Place] = 0
OPEN: Final[Switches] = frozenset()
"""The switches of a link that is always open."""


class End(Enum):
    """A point of an interval: an edge of it, or the best point."""

    LO = "lo"
    MID = "mid"
    HI = "hi"

    def of(self, interval: Interval) -> float:
        """The value of ``interval`` there."""
        match self:
            case End.LO:
                return interval.lo
            case End.MID:
                return interval.mid
            case End.HI:
                return interval.hi


def any_of(chances: Iterable[Interval]) -> Interval:
    """P(at least one of several independent switches is on), at each end."""
    every = list(chances)
    lo, mid, hi = (1 - math.prod(1 - end.of(chance) for chance in every) for end in End)
    return Interval(lo, mid, hi)


def all_of(chances: Iterable[Interval]) -> Interval:
    """P(several independent switches are all on), at each end."""
    every = list(chances)
    lo, mid, hi = (math.prod(end.of(chance) for chance in every) for end in End)
    return Interval(lo, mid, hi)


@attrs.frozen(kw_only=True, eq=False)
class Network:
    """Links that lead to one reader, who is the place :data:`READER`.

    Attributes:
        contents: What starts at each place; no link leads into these.
        links: For each pair of places the switches that open the link between them.
        chances: How likely each switch is on, independently of the others.
        surely: What the reader holds in every world.
    """

    contents: Mapping[Place, int]
    links: Mapping[Joint, Switches]
    chances: Mapping[int, Interval]
    surely: int = 0

    @property
    def everything(self) -> int:
        """All that the reader may come to hold."""
        found = self.surely
        for content in self.contents.values():
            found |= content
        return found


def network(edges: Sequence[Edge], handed: Mapping[frozenset[PartyId], int], reader: PartyId) -> Network:
    """The network of a leak graph: edge ``i`` is switch ``i``, all edges of one cause that of the first of them.

    Args:
        handed: What each set of recipients was handed, as bits.
    """
    parties = {reader: READER}
    for party in sorted({p for edge in edges for p in (edge.giver, edge.to)}.union(*handed)):
        parties.setdefault(party, len(parties))
    links: dict[Joint, Switches] = {}
    chances: dict[int, Interval] = {}
    of_cause: dict[str, int] = {}
    for number, edge in enumerate(edges):
        if edge.giver == edge.to or edge.probability.hi == 0:
            continue
        switch = number if edge.cause is None else of_cause.setdefault(edge.cause, number)
        joint = parties[edge.giver], parties[edge.to]
        links[joint] = links.get(joint, frozenset()) | {switch}
        chances[switch] = edge.probability
    to_whom: dict[int, frozenset[PartyId]] = {}  # what says the same is held if any recipient of it leads to the reader
    for recipients, content in handed.items():
        to_whom[content] = to_whom.get(content, frozenset()) | recipients
    contents = {len(parties) + number: content for number, content in enumerate(sorted(to_whom)) if content}
    for place, content in contents.items():
        links |= {(place, parties[recipient]): OPEN for recipient in to_whom[content]}
    return Network(contents=contents, links=links, chances=chances)


def reduced(found: Network) -> Network:
    """The same with fewer links and switches.

    Leaves out what lies on no way, joins places that surely hold the same, merges switches that open
    the same links, and bridges places where that makes no more links.
    """
    found = _certain_open(found)
    while True:
        fewer = _bridged(_merged(_on_the_way(_joined(found))))
        if (fewer.links, fewer.chances) == (found.links, found.chances):
            return fewer
        found = fewer


def on_the_way(found: Network) -> Network:
    """The same without links that lie on no way from any content to the reader; switches keep their names."""
    return _on_the_way(found)


def _certain_open(found: Network) -> Network:
    sure = {switch for switch, chance in found.chances.items() if chance.lo == 1}
    return attrs.evolve(
        found, links={joint: OPEN if switches & sure else switches for joint, switches in found.links.items()}
    )


def _on_the_way(found: Network) -> Network:
    ahead = downstream(found.links, found.contents)
    behind = downstream(((to, giver) for giver, to in found.links), [READER])
    links = {
        (giver, to): switches
        for (giver, to), switches in found.links.items()
        if giver in ahead and to in behind and giver != READER
    }
    used = frozenset[int]().union(*links.values())
    return attrs.evolve(
        found,
        links=links,
        chances={switch: chance for switch, chance in found.chances.items() if switch in used},
        contents={place: content for place, content in found.contents.items() if place in behind},
    )


def _joined(found: Network) -> Network:
    """Join what surely leads to the reader with the reader, and what surely gets all there is with its start."""
    always = [joint for joint, switches in found.links.items() if switches == OPEN]
    sure = downstream(((to, giver) for giver, to in always), [READER])
    surely = found.surely
    for place, content in found.contents.items():
        surely |= content if place in sure else 0
    contents = {place: content & ~surely for place, content in found.contents.items() if content & ~surely}
    renamed = dict.fromkeys(sure, READER)
    links = {joint: switches for joint, switches in found.links.items() if joint[0] not in sure}
    if len(contents) == 1:
        (start,) = contents
        early = downstream((joint for joint in always if joint in links), [start]) - sure
        renamed |= dict.fromkeys(early, start)
        links = {joint: switches for joint, switches in links.items() if joint[1] not in early}
    return attrs.evolve(found, contents=contents, links=_renamed(links, renamed), surely=surely)


def _renamed(links: Mapping[Joint, Switches], places: Mapping[Place, Place]) -> dict[Joint, Switches]:
    renamed: dict[Joint, Switches] = {}
    for (giver, to), switches in links.items():
        _add(renamed, (places.get(giver, giver), places.get(to, to)), switches)
    return renamed


def _add(links: dict[Joint, Switches], joint: Joint, switches: Switches) -> None:
    """Open a link by more switches; one that is always open stays so."""
    if joint[0] == joint[1]:
        return
    before = links.get(joint)
    links[joint] = OPEN if OPEN in (before, switches) else switches | (before or OPEN)


def _merged(found: Network) -> Network:
    """Switches that open the same links become one, and those that open none go."""
    opens: dict[int, list[Joint]] = {}
    for joint in sorted(found.links):
        for switch in found.links[joint]:
            opens.setdefault(switch, []).append(joint)
    alike: dict[tuple[Joint, ...], list[int]] = {}
    for switch in sorted(opens):
        alike.setdefault(tuple(opens[switch]), []).append(switch)
    if all(len(switches) == 1 for switches in alike.values()) and len(alike) == len(found.chances):
        return found
    links = {joint: OPEN for joint, switches in found.links.items() if switches == OPEN}
    for joints, switches in alike.items():
        for joint in joints:
            links[joint] = links.get(joint, frozenset()) | {switches[0]}
    chances = {switches[0]: any_of(found.chances[switch] for switch in switches) for switches in alike.values()}
    return attrs.evolve(found, links=links, chances=chances)


def _bridged(found: Network) -> Network:
    """Bridge every place that can be left out without making more links."""
    links, chances = dict(found.links), dict(found.chances)
    for place in sorted({to for _, to in links} - {READER}):
        into = [joint for joint in sorted(links) if joint[1] == place]
        out = [joint for joint in sorted(links) if joint[0] == place]
        pairs = [(one, other) for one in into for other in out if one[0] != other[1]]
        if len(pairs) <= len(into) + len(out) - 1 and all(_bridges(links, pairs, *pair) for pair in pairs):
            bridges = [((one[0], other[1]), _both(links[one], links[other], chances)) for one, other in pairs]
            for joint in (*into, *out):
                del links[joint]
            for joint, switches in bridges:
                _add(links, joint, switches)
    return attrs.evolve(found, links=links, chances=chances)


def _bridges(links: Mapping[Joint, Switches], pairs: Sequence[tuple[Joint, Joint]], one: Joint, other: Joint) -> bool:
    """Whether "both are open" can be said with switches: one of them always is, or each has one of its own."""
    if OPEN in (links[one], links[other]):
        return True
    for joint in (one, other):
        (switch, *more) = links[joint]
        if more or sum(joint in pair for pair in pairs) > 1 or sum(switch in held for held in links.values()) > 1:
            return False
    return True


def _both(one: Switches, other: Switches, chances: dict[int, Interval]) -> Switches:
    if OPEN in (one, other):
        return one | other
    switch = max(chances) + 1
    chances[switch] = all_of(chances[each] for each in (*one, *other))
    return frozenset({switch})
