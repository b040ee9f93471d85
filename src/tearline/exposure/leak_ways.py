"""The ways that what was handed over may take to a reader, one by one: the likeliest, and bounds from them.

A way is open if all its switches are on; a cause that it meets twice counts once.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

import attrs

from tearline.domain import Interval, PartyId
from tearline.exposure.leak_graph import Edge, LeakGraph, downstream
from tearline.exposure.leak_network import OPEN, READER, End, Joint, Network, Place, Switches, all_of, any_of

PREFIXES: Final = 2_000
"""How many beginnings of ways the upper bound follows before it bounds what may follow them."""

Ends = tuple[float, float, float]  # lower edge, best point, upper edge
ALWAYS: Final = Interval.exactly(1)


def harris_upper(ways: Iterable[float]) -> float:
    """An upper bound on P(any of the ways is open): ``1 - prod(1 - p)``.

    Each way is open in an increasing set of worlds, so by the Harris inequality all of them are
    shut at least as often as if they were independent. Ways that share no switch *are* independent,
    and then it is exact. Never above the sum of the probabilities.

    Assumes:
        Switches are independent, and nothing opens where one is off: a giver that passes things to one
        of two parties but never to both breaks it.
    Source:
        Harris, Proc. Camb. Phil. Soc. 56 (1960).
    """
    return 1 - math.prod(1 - p for p in ways)


# --- the likeliest ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Path:
    """One way from a recipient to the reader; without edges: the reader is a recipient itself."""

    edges: tuple[Edge, ...]
    probability: Interval


def paths(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId, most: int = 3) -> tuple[Path, ...]:
    """The ``most`` most probable simple paths, by their best points, most probable first.

    Parallel edges make different paths, and so do a way by itself and the same by its cause. Among equals
    the one with fewer edges comes first, then the one whose edges come first in the graph. Impossible
    edges make no path.

    Raises:
        InvariantError: A party that is not in the graph.
    Source:
        Yen, Management Science 17 (1971), with Lawler's partition: each path found splits the
        others by where they first leave it, so none is found twice.
    """
    graph.must_know({*starts, target})
    if target in starts:
        return (Path(edges=(), probability=ALWAYS),)
    edges = between(graph.edges, starts, target)
    causes = {edge.cause: number for number, edge in reversed(list(enumerate(edges))) if edge.cause is not None}
    ways = _Ways(
        [
            _Step(e.giver, e.to, causes[e.cause] if e.cause is not None else number, e.probability)
            for number, e in enumerate(edges)
        ],
        starts,
        target,
    )
    found: list[Path] = []
    waiting = [(way, 0, frozenset[int]()) for way in ways.best((), frozenset())]
    while waiting and len(found) < most:
        (*_, way), kept, shut = heapq.heappop(waiting)
        found.append(Path(edges=tuple(edges[number] for number in way), probability=ways.chance(way)))
        for left_at in range(kept, len(way)):
            shut |= {way[left_at]}  # what was shut before leaves from elsewhere, and shuts nothing here
            for other in ways.best(way[:left_at], shut):
                heapq.heappush(waiting, (other, left_at, shut))
    return tuple(found)


def between(edges: Sequence[Edge], starts: frozenset[PartyId], target: PartyId) -> tuple[Edge, ...]:
    """The possible edges that lie between ``starts`` and ``target``, in order; none if it is a start."""
    if target in starts:
        return ()
    possible = [e for e in edges if e.probability.hi > 0 and e.to not in starts and e.giver not in (target, e.to)]
    ahead = downstream([(e.giver, e.to) for e in possible], starts)
    behind = downstream([(e.to, e.giver) for e in possible], [target])
    return tuple(edge for edge in possible if edge.giver in ahead and edge.to in behind)


@attrs.frozen
class _Step:
    """A link, by one of its switches (-1: it is always open)."""

    giver: Hashable
    to: Hashable
    switch: int
    chance: Interval


Way = tuple[float, int, tuple[int, ...]]  # minus the probability, how many steps, their numbers


@attrs.frozen
class _Ways:
    """Best simple ways through numbered steps."""

    steps: Sequence[_Step]
    starts: Iterable[Hashable]
    target: Hashable
    _onward: dict[Hashable, list[int]] = attrs.field(factory=dict, init=False)
    _shared: set[int] = attrs.field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        met = {-1}
        for number, step in enumerate(self.steps):
            self._onward.setdefault(step.giver, []).append(number)
            (self._shared if step.switch in met else met).add(step.switch)

    def chance(self, way: Sequence[int]) -> Interval:
        """P(the way is open): each switch counts once."""
        switches = {self.steps[number].switch: self.steps[number].chance for number in way}
        return all_of(switches.values())

    def best(self, begun: tuple[int, ...], shut: frozenset[int]) -> list[Way]:
        """The best way that begins with the steps ``begun`` and takes none of ``shut`` next, if any.

        Where switches are shared, the best way to a place may not begin the best way beyond it: one that
        has used more of them may go on more cheaply. So a place is left once for each set of them.
        """
        passed = {*self.starts, *(self.steps[number].to for number in begun)}
        at = [self.steps[begun[-1]].to] if begun else list(self.starts)
        begin = (-self.chance(begun).mid, len(begun), begun)
        waiting = [
            self._longer(begin, number)
            for place in at
            for number in self._onward.get(place, ())
            if self.steps[number].to not in passed and number not in shut
        ]
        heapq.heapify(waiting)
        left = set()
        while waiting:
            way = heapq.heappop(waiting)
            here = self.steps[way[2][-1]].to
            if here == self.target:
                return [way]
            state = here, frozenset(self.steps[number].switch for number in way[2]) & self._shared
            if state in left:
                continue
            left.add(state)
            visited = passed | {self.steps[number].to for number in way[2]}
            for number in self._onward.get(here, ()):
                if self.steps[number].to not in visited:
                    heapq.heappush(waiting, self._longer(way, number))
        return []

    def _longer(self, way: Way, number: int) -> Way:
        cost, length, numbers = way
        step = self.steps[number]
        counted = step.switch in self._shared and any(self.steps[n].switch == step.switch for n in numbers)
        return cost if counted else cost * step.chance.mid, length + 1, (*numbers, number)


# --- bounds from them ------------------------------------------------------------------------------


def bounds(network: Network) -> tuple[Ends, Ends]:
    """Lower and upper bounds, at the three ends, on P(the reader holds it), for a network with one content.

    Below: ways that share no switch fail independently. Above: the least of Harris' bound over all
    simple ways, and of the chances that any link from the start, or into the reader, is open.
    """
    (source,) = network.contents
    apart = _apart(network, source)
    covers = [
        [piece.chance for piece in pieces(network, source, PREFIXES)],
        _rim(network, [joint for joint in network.links if joint[0] == source]),
        _rim(network, [joint for joint in network.links if joint[1] == READER]),
    ]
    low, mid, high = (harris_upper(end.of(way) for way in apart) for end in End)
    upper = [min(harris_upper(piece[at] for piece in cover) for cover in covers) for at in range(3)]
    return (low, mid, high), (upper[0], upper[1], upper[2])


def ends_of(chance: Interval) -> Ends:
    """The lower edge, the best point and the upper edge."""
    return chance.lo, chance.mid, chance.hi


def chance_of(network: Network, switch: int) -> Interval:
    """How likely a switch is on; -1 always is."""
    return network.chances.get(switch, ALWAYS)


def _rim(network: Network, joints: Sequence[Joint]) -> list[Ends]:
    if any(network.links[joint] == OPEN for joint in joints):
        return [(1.0, 1.0, 1.0)]
    switches = frozenset[int]().union(*(network.links[joint] for joint in joints))
    return [ends_of(network.chances[switch]) for switch in sorted(switches)]


@attrs.frozen
class Piece:
    """A way to the reader, or the beginning of some.

    Attributes:
        switches: What must be on for it to be open.
        chance: P(it is open); of a beginning a bound on P(it is open *and* leads on).
        arrives: Whether it reaches the reader.
    """

    switches: Switches
    chance: Ends
    arrives: bool


def pieces(network: Network, source: Place, followed: int) -> list[Piece]:
    """All simple ways; where there are too many, the likeliest, and beginnings that cover the rest.

    Every way from ``source`` to the reader begins with one of the pieces.

    Args:
        followed: How many beginnings are followed before the rest are left as they are.
    """
    onward = _onward(network)
    beyond = _beyond(network)
    found: list[Piece] = []
    turn = itertools.count()
    begin = Piece(frozenset(), (1.0, 1.0, 1.0), arrives=False)
    waiting: list[tuple[float, int, tuple[Place, ...], Piece]] = [(-1.0, next(turn), (source,), begin)]
    for _ in range(followed):
        if not waiting:
            break
        *_, way, so_far = heapq.heappop(waiting)
        for to, switch in onward.get(way[-1], ()):
            if to in way:
                continue
            known = switch < 0 or switch in so_far.switches
            chance = so_far.chance if known else _times(so_far.chance, ends_of(network.chances[switch]))
            longer = Piece(so_far.switches if known else so_far.switches | {switch}, chance, to == READER)
            if longer.arrives:
                found.append(longer)
            else:
                heapq.heappush(waiting, (-chance[2] * beyond[to][2], next(turn), (*way, to), longer))
    cut = (attrs.evolve(piece, chance=_times(piece.chance, beyond[way[-1]])) for *_, way, piece in waiting)
    return found + list(cut)


def _times(one: Ends, other: Ends) -> Ends:
    return one[0] * other[0], one[1] * other[1], one[2] * other[2]


def _onward(network: Network) -> dict[Place, list[tuple[Place, int]]]:
    onward: dict[Place, list[tuple[Place, int]]] = {}
    for giver, to in sorted(network.links):
        onward.setdefault(giver, []).extend((to, switch) for switch in sorted(network.links[giver, to]) or [-1])
    return onward


def _beyond(network: Network) -> dict[Place, Ends]:
    """For each place a bound on P(what is there reaches the reader), whatever way led to it.

    Link by link: a way of at most ``k`` links leaves by a link that is open and goes on by one of at most
    ``k - 1`` that never returns, so the two are independent, and Harris' bound holds over the links out.
    Switches of several links may be on already, so they count as on.
    """
    uses: dict[int, int] = {}
    for switches in network.links.values():
        for switch in switches:
            uses[switch] = uses.get(switch, 0) + 1
    out: dict[Place, list[tuple[Place, Ends]]] = {}
    for (giver, to), switches in network.links.items():
        sure = not switches or any(uses[switch] > 1 for switch in switches)
        chance = ALWAYS if sure else any_of(network.chances[switch] for switch in switches)
        out.setdefault(giver, []).append((to, ends_of(chance)))
    found: dict[Place, Ends] = dict.fromkeys(out, (0.0, 0.0, 0.0)) | {READER: (1.0, 1.0, 1.0)}
    for _ in range(len(out)):
        longer = {place: _leads_on(links, found) for place, links in out.items()} | {READER: (1.0, 1.0, 1.0)}
        if longer == found:
            break
        found = longer
    return found


def _leads_on(links: Sequence[tuple[Place, Ends]], found: Mapping[Place, Ends]) -> Ends:
    lo, mid, hi = (harris_upper(chance[at] * found[to][at] for to, chance in links) for at in range(3))
    return lo, mid, hi


def _apart(network: Network, source: Place) -> list[Interval]:
    """Chances of ways that share no switch: the best one, the best one of what is left, and so on."""
    steps = [
        _Step(giver, to, switch, chance_of(network, switch))
        for giver, links in _onward(network).items()
        for to, switch in links
    ]
    found = []
    while ways := (left := _Ways(steps, [source], READER)).best((), frozenset()):
        taken = ways[0][2]
        found.append(left.chance(taken))
        used = {steps[number].switch for number in taken} - {-1}
        if not used:
            break
        steps = [step for step in steps if step.switch not in used]
    return found
