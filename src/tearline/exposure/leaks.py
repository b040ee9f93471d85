"""Leak worlds: who ends up holding what was handed to whom.

In one *world* every edge of the leak graph (:mod:`.leak_graph`) is either on or off; edges are
independent. A reader holds a package in the worlds in which a way of edges that are on leads to it from
a recipient. An edge is all or nothing: if it is on, everything its giver holds passes.

Up to :data:`ENUMERATED` uncertain edges every world is listed and answers are exact. Beyond, a
certified sandwich stands in for them: each answer says which it is. What it does not know: when a
leak happens, what a partner would choose to pass on ("to one of these, not to both"), and how good
the numbers in the file are.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from tearline.domain import Interval, PartyId, Passage
from tearline.errors import InvariantError
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.leak_graph import Edge, LeakGraph, Link, downstream

ENUMERATED: Final = 22
"""The largest number of uncertain edges whose worlds (two to its power) are all listed."""

PREFIXES: Final = 2_000
"""How many beginnings of paths the upper bound follows before it counts the rest as arrived."""

Bits = npt.NDArray[np.uint8]
Links = dict[Link, Interval]


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


# --- how likely a reader gets it -------------------------------------------------------------------


class Certificate(Enum):
    """What a probability rests on."""

    EXACT = "exact"  # every world was listed
    SANDWICH = "sandwich"  # edge-disjoint paths below, Harris' inequality above


@attrs.frozen(kw_only=True)
class Reach:
    """How likely a reader holds what was given.

    Attributes:
        lo, mid, hi: At the lower edges, the best points and the upper edges of all probabilities;
            ``lo <= mid <= hi``. In a sandwich ``lo`` is a lower and ``hi`` an upper bound of those,
            and ``mid`` is halfway between the bounds at the best points.
    """

    lo: float
    mid: float
    hi: float
    certificate: Certificate = Certificate.EXACT

    @property
    def exact(self) -> bool:
        """Whether every world was listed."""
        return self.certificate is Certificate.EXACT


CERTAIN: Final = Reach(lo=1.0, mid=1.0, hi=1.0)
NEVER: Final = Reach(lo=0.0, mid=0.0, hi=0.0)


def reach(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> Reach:
    """How likely ``target`` holds what every party of ``starts`` was handed.

    Whether it does can only turn from no to yes as edges turn on, so the probability rises with
    that of every edge: its edges over the box of intervals are reached at the edges of the box.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*starts, target})
    return _reach(graph.edges, starts, target)


def sandwich(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> Reach:
    """The bounds that :func:`reach` falls back on where there are too many worlds.

    Below: paths that share no edge fail independently. Above: the least of Harris' bound over all
    simple paths, and of the chances that any edge out of the starts, or into the target, is on.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*starts, target})
    return _reach(graph.edges, starts, target, listed=-1)


def harris_upper(paths: Iterable[float]) -> float:
    """An upper bound on P(any of the paths is open): ``1 - prod(1 - p)``.

    Each path is open in an increasing set of worlds, so by the Harris inequality all of them are
    shut at least as often as if they were independent. Paths that share no edge *are* independent,
    and then it is exact. Never above the sum of the probabilities.

    Assumes:
        Edges are independent, and so is nothing else: a giver that passes things to one of two
        parties but never to both breaks it.
    Source:
        Harris, Proc. Camb. Phil. Soc. 56 (1960).
    """
    return 1 - math.prod(1 - p for p in paths)


def importance(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> dict[Edge, float]:
    """How much each edge matters: P(target holds it | edge on) - P(... | edge off), best points.

    Returns:
        Edges that lie between ``starts`` and ``target``, most important first; each in [0, 1] and
        exact. Empty where there are too many worlds to list.
    Raises:
        InvariantError: A party that is not in the graph.
    Source:
        Birnbaum, "On the importance of different components in a multicomponent system" (1969).
    """
    graph.must_know({*starts, target})
    between = _between(graph.edges, starts, target)
    edges = [attrs.evolve(edge, probability=Interval.exactly(edge.probability.mid)) for edge in between]
    if not _reach(edges, starts, target).exact:
        return {}

    def given(chosen: int, probability: float) -> Reach:
        changed = attrs.evolve(edges[chosen], probability=Interval.exactly(probability))
        return _reach([*edges[:chosen], changed, *edges[chosen + 1 :]], starts, target)

    switched = {edge: (given(number, 1.0), given(number, 0.0)) for number, edge in enumerate(between)}
    if not all(on.exact and off.exact for on, off in switched.values()):
        return {}
    found = {edge: max(0.0, on.mid - off.mid) for edge, (on, off) in switched.items()}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _reach(edges: Iterable[Edge], starts: frozenset[PartyId], target: PartyId, listed: int = ENUMERATED) -> Reach:
    """As :func:`reach`, exact where no more than ``listed`` uncertain links are left after reduction."""
    if not starts:
        return NEVER
    links, source = _from_one(edges, starts, target)
    if source == target:
        return CERTAIN
    if len(_uncertain(links)) > listed:
        return _sandwich(links, source, target)
    chances, reaching = _worlds(links, target)
    if source not in reaching:
        return NEVER
    held = _unpacked(reaching[source], len(chances)).astype(np.float64)
    points = [tuple(end.of(chance) for chance in chances) for end in End]
    means = {point: _expected(held, point) for point in dict.fromkeys(points)}
    return _ordered([means[point] for point in points], Certificate.EXACT)


def _ordered(ends: Sequence[float], certificate: Certificate) -> Reach:
    """Three ends in order, rounding of the last digit put right."""
    lo, mid, hi = itertools.accumulate((min(max(end, 0.0), 1.0) for end in ends), max)
    return Reach(lo=lo, mid=mid, hi=hi, certificate=certificate)


# --- the ways it may take --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Path:
    """One way from a recipient to the reader; without edges: the reader is a recipient itself."""

    edges: tuple[Edge, ...]
    probability: Interval


def paths(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId, most: int = 3) -> tuple[Path, ...]:
    """The ``most`` most probable simple paths, by their best points, most probable first.

    Parallel edges make different paths. Among equals the one with fewer edges comes first, then the
    one whose edges come first in the graph. Impossible edges make no path.

    Raises:
        InvariantError: A party that is not in the graph.
    Source:
        Yen, Management Science 17 (1971), with Lawler's partition: each path found splits the
        others by where they first leave it, so none is found twice.
    """
    graph.must_know({*starts, target})
    if target in starts:
        return (Path(edges=(), probability=Interval.exactly(1)),)
    edges = _between(graph.edges, starts, target)
    ways = _Ways(edges, starts, target)
    found: list[Path] = []
    waiting = [(way, 0, frozenset[int]()) for way in ways.best((), frozenset())]
    while waiting and len(found) < most:
        (*_, way), kept, shut = heapq.heappop(waiting)
        found.append(_path([edges[number] for number in way]))
        for left_at in range(kept, len(way)):
            shut |= {way[left_at]}  # what was shut before leaves from elsewhere, and shuts nothing here
            for other in ways.best(way[:left_at], shut):
                heapq.heappush(waiting, (other, left_at, shut))
    return tuple(found)


def _path(edges: Sequence[Edge]) -> Path:
    return Path(edges=tuple(edges), probability=_all_of(edge.probability for edge in edges))


Way = tuple[float, int, tuple[int, ...]]  # minus the probability, how many edges, their numbers


@attrs.frozen
class _Ways:
    """Best simple ways through numbered edges."""

    edges: Sequence[Edge]
    starts: frozenset[PartyId]
    target: PartyId

    def best(self, begun: tuple[int, ...], shut: frozenset[int]) -> list[Way]:
        """The best way that begins with the edges ``begun`` and takes none of ``shut`` next, if any."""
        met = set(self.starts) | {self.edges[number].to for number in begun}
        at = {self.edges[begun[-1]].to} if begun else self.starts
        so_far = math.prod(self.edges[number].probability.mid for number in begun)
        waiting = [
            self._longer((-so_far, len(begun), begun), number)
            for number, edge in enumerate(self.edges)
            if edge.giver in at and edge.to not in met and number not in shut
        ]
        heapq.heapify(waiting)
        while waiting:
            way = heapq.heappop(waiting)
            here = self.edges[way[2][-1]].to
            if here == self.target:
                return [way]
            if here in met:
                continue
            met.add(here)
            for number, edge in enumerate(self.edges):
                if edge.giver == here and edge.to not in met:
                    heapq.heappush(waiting, self._longer(way, number))
        return []

    def _longer(self, way: Way, number: int) -> Way:
        cost, length, numbers = way
        return cost * self.edges[number].probability.mid, length + 1, (*numbers, number)


# --- which packages a reader holds together --------------------------------------------------------


@attrs.frozen(eq=False, kw_only=True)
class Views:
    """Which packages a reader holds together: a distribution over masks, exact at any point of the box.

    A mask is a whole number whose bit ``i`` says that package ``i`` is held.

    Attributes:
        masks: Every mask that some world gives, each once; empty where there are too many worlds.
        held: For each world the index of its mask, shape ``(2 ** len(chances),)``; bit ``e`` of a
            world's index says that uncertain edge ``e`` is on.
        chances: Probabilities of the uncertain edges.
        any_upper: The largest probability of holding anything at all.
        exact: Whether every world was listed.
    """

    masks: tuple[int, ...]
    held: Ints
    chances: tuple[Interval, ...]
    any_upper: float
    exact: bool

    def shares(self, end: End = End.MID) -> Floats:
        """P(exactly these packages are held), one for each of ``masks``; sums to 1 within 1e-12.

        Raises:
            InvariantError: There are too many worlds to list.
        """
        if not self.exact:
            raise InvariantError("too many uncertain edges to list every view")
        weight: Floats = np.ones(1)
        for chance in self.chances:
            weight = np.concatenate([weight * (1 - end.of(chance)), weight * end.of(chance)])
        share: Floats = np.bincount(self.held, weights=weight, minlength=len(self.masks)).astype(np.float64)
        return share

    def distribution(self, end: End = End.MID) -> dict[int, float]:
        """The same by mask (InvariantError: as there)."""
        return {mask: float(p) for mask, p in zip(self.masks, self.shares(end), strict=True)}

    def worst(self, bad: Callable[[int], bool]) -> float:
        """The largest probability, over the whole box of intervals, of holding a bad mask.

        Where there are too many worlds it is the chance of holding anything at all, and 1 if holding
        nothing is bad: an upper bound.
        """
        if not self.exact:
            return 1.0 if bad(0) else self.any_upper
        return self.worst_among(np.array([bad(mask) for mask in self.masks]))

    def worst_among(self, bad: Bools) -> float:
        """The same for the masks that are marked, shape of ``masks``; only where every world was listed.

        The probability is linear in each edge's, so its largest value stands at a vertex of the box, but
        not always at the upper one: a second package can exonerate. All vertices are tried.
        """
        return min(1.0, _largest(bad.astype(np.float64)[self.held], self.chances))


def views(graph: LeakGraph, packages: Sequence[frozenset[PartyId]], reader: PartyId) -> Views:
    """Which packages ``reader`` holds together, given the recipients of each.

    Packages of the same recipients always go together.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    recipients = frozenset[PartyId]().union(*packages)
    graph.must_know({*recipients, reader})
    links = _reduced(_merged(graph.edges), recipients, reader)
    if len(_uncertain(links)) > ENUMERATED:
        upper = _reach(graph.edges, recipients, reader).hi
        return Views(masks=(), held=np.zeros(0, np.int64), chances=(), any_upper=upper, exact=False)
    chances, reaching = _worlds(links, reader)
    masks, held = _masks([_any_bits(reaching, sorted(package)) for package in packages], len(chances))
    something = np.array([float(mask != 0) for mask in masks])[held]
    upper = _expected(something, [chance.hi for chance in chances])
    return Views(masks=masks, held=held, chances=chances, any_upper=upper, exact=True)


def _masks(held: Sequence[Bits | None], edges: int) -> tuple[tuple[int, ...], Ints]:
    """The distinct masks over all worlds, and the index of its mask for each world."""
    together: dict[bytes, int] = {}
    for package, bits in enumerate(held):
        if bits is not None:
            together[bits.tobytes()] = together.get(bits.tobytes(), 0) | 1 << package
    masks = [0]
    code: Ints = np.zeros(2**edges, np.int64)
    for bits_held, added in together.items():
        code = 2 * code + _unpacked(np.frombuffer(bits_held, np.uint8), edges)
        present = np.flatnonzero(np.bincount(code))
        masks = [masks[old // 2] | (added if old % 2 else 0) for old in present.tolist()]
        place = np.zeros(present[-1] + 1, np.int64)
        place[present] = np.arange(len(present))
        code = place[code]
    return tuple(masks), code


# --- fewer edges, same answer ----------------------------------------------------------------------


def _all_of(chances: Iterable[Interval]) -> Interval:
    every = list(chances)
    lo, mid, hi = (math.prod(end.of(chance) for chance in every) for end in End)
    return Interval(lo, mid, hi)


def _any_of(chances: Iterable[Interval]) -> Interval:
    every = list(chances)
    lo, mid, hi = (harris_upper(end.of(chance) for chance in every) for end in End)
    return Interval(lo, mid, hi)


def _merged(edges: Iterable[Edge]) -> Links:
    """One link per pair of parties; impossible edges and edges back to their giver are dropped."""
    parallel: dict[Link, list[Interval]] = {}
    for edge in edges:
        if edge.probability.hi > 0 and edge.giver != edge.to:
            parallel.setdefault((edge.giver, edge.to), []).append(edge.probability)
    return {link: _any_of(parallel[link]) for link in sorted(parallel)}


def _from_one(edges: Iterable[Edge], starts: frozenset[PartyId], target: PartyId) -> tuple[Links, PartyId]:
    """Links from one source that stands for the starts (at least one) and all that surely hold the same.

    The source is the target itself where the target surely holds it.
    """
    edges = tuple(edges)
    sure = downstream({(e.giver, e.to) for e in edges if e.probability.lo == 1}, starts)
    if target in sure:
        return {}, target
    source = min(sure)
    outward = (attrs.evolve(e, giver=source) if e.giver in sure else e for e in edges if e.to not in sure)
    return _reduced(_merged(outward), frozenset({source}), target), source


def _reduced(links: Links, starts: Collection[PartyId], target: PartyId) -> Links:
    """Fewer links with the same reachability from each of ``starts`` to ``target``.

    Drops links on no way, replaces a party with one way in and one way out by a single link, and
    merges what has become parallel. A certain link is kept, not contracted: it leads one way only.
    """
    while True:
        fewer = _in_series(_on_the_way(links, starts, target), starts, target)
        if fewer == links:
            return links
        links = fewer


def _on_the_way(links: Mapping[Link, Interval], starts: Collection[PartyId], target: PartyId) -> Links:
    ahead = downstream(links, starts)
    behind = downstream({(to, giver) for giver, to in links}, {target})
    return {
        (giver, to): chance
        for (giver, to), chance in links.items()
        if giver in ahead and to in behind and giver != target
    }


def _in_series(links: Links, starts: Collection[PartyId], target: PartyId) -> Links:
    """Bridge the first party that has a single way in and a single way out, if there is one."""
    for party in sorted({to for _, to in links} - {*starts, target}):
        ways_in = [link for link in links if link[1] == party]
        ways_out = [link for link in links if link[0] == party]
        if len(ways_in) == len(ways_out) == 1:
            return _bridged(links, ways_in[0], ways_out[0])
    return links


def _bridged(links: Links, first: Link, second: Link) -> Links:
    left = {link: chance for link, chance in links.items() if link not in (first, second)}
    across = (first[0], second[1])
    if across[0] != across[1]:
        chance = _all_of([links[first], links[second]])
        left[across] = _any_of([left[across], chance]) if across in left else chance
    return dict(sorted(left.items()))


def _between(edges: Sequence[Edge], starts: frozenset[PartyId], target: PartyId) -> tuple[Edge, ...]:
    """The possible edges that lie between ``starts`` and ``target``, in order; none if it is a start."""
    if target in starts:
        return ()
    onward = [edge for edge in edges if edge.to not in starts]
    kept = _on_the_way(_merged(onward), starts, target)
    return tuple(edge for edge in onward if edge.probability.hi > 0 and (edge.giver, edge.to) in kept)


# --- every world at once ---------------------------------------------------------------------------


def _uncertain(links: Mapping[Link, Interval]) -> list[Link]:
    return [link for link, chance in links.items() if chance.lo < 1]


def _worlds(links: Links, target: PartyId) -> tuple[tuple[Interval, ...], dict[PartyId, Bits]]:
    """Who reaches ``target`` in which worlds.

    Returns:
        The chances of the uncertain links; and for each party that ever reaches the target one bit
        per world, lowest first: bit ``e`` of a world's index says that uncertain link ``e`` is on.
    """
    uncertain = _uncertain(links)
    length = max(1, 2 ** len(uncertain) // 8)
    on = {link: _on(number, length) for number, link in enumerate(uncertain)}
    reaching = {target: np.full(length, 255, np.uint8)}
    waiting = [target]
    while waiting:
        to = waiting.pop(0)
        for link in links:
            if link[1] != to:
                continue
            arrives = reaching[to] & on[link] if link in on else reaching[to]
            known = reaching.get(link[0])
            grown = arrives if known is None else known | arrives
            if known is None or not np.array_equal(grown, known):
                reaching[link[0]] = grown
                if link[0] not in waiting:
                    waiting.append(link[0])
    return tuple(links[link] for link in uncertain), reaching


def _on(edge: int, length: int) -> Bits:
    """The worlds in which uncertain edge ``edge`` is on, one bit each, ``length`` bytes."""
    period = np.packbits(np.arange(max(8, 2 << edge)) >> edge & 1, bitorder="little")
    return np.tile(period, max(1, length // len(period)))


def _any_bits(reaching: Mapping[PartyId, Bits], recipients: Iterable[PartyId]) -> Bits | None:
    ways = [reaching[party] for party in recipients if party in reaching]
    return np.bitwise_or.reduce(ways) if ways else None


def _unpacked(bits: Bits, edges: int) -> Bits:
    return np.unpackbits(bits, count=2**edges, bitorder="little")


def _expected(value: Floats, chances: Sequence[float]) -> float:
    """The mean over worlds of ``value``, shape ``(2 ** len(chances),)``, the last edge's bit highest."""
    for chance in reversed(chances):
        off, on = np.split(value, 2)
        value = off + chance * (on - off)
    return float(value[0])


def _largest(value: Floats, chances: Sequence[Interval]) -> float:
    """The largest mean over worlds that any vertex of the box gives; shapes as in :func:`_expected`."""
    means = value[:, np.newaxis]  # shape (worlds of the edges left, vertices of the edges done)
    for chance in reversed(chances):
        off, on = np.split(means, 2)
        ends = dict.fromkeys((chance.lo, chance.hi))
        means = np.concatenate([off + end * (on - off) for end in ends], axis=1)
    return float(means.max())


# --- too many worlds -------------------------------------------------------------------------------


def _sandwich(links: Links, source: PartyId, target: PartyId) -> Reach:
    apart = _edge_disjoint(links, source, target)
    covers = [
        _pieces(links, source, target),
        [_ends(chance) for (giver, _), chance in links.items() if giver == source],
        [_ends(chance) for (_, to), chance in links.items() if to == target],
    ]

    def below(end: End) -> float:
        return harris_upper(end.of(path) for path in apart)

    def above(at: int) -> float:
        return min(harris_upper(piece[at] for piece in cover) for cover in covers)

    middle = (below(End.MID) + above(1)) / 2
    return _ordered([below(End.LO), middle, above(2)], Certificate.SANDWICH)


Ends = tuple[float, float, float]  # lower edge, best point, upper edge


def _ends(chance: Interval) -> Ends:
    return chance.lo, chance.mid, chance.hi


def _pieces(links: Links, source: PartyId, target: PartyId) -> list[Ends]:
    """Chances of all simple paths; where there are too many, of beginnings that cover the rest.

    Every way from source to target begins with one of the pieces.
    """
    onward: dict[PartyId, list[tuple[PartyId, Ends]]] = {}
    for (giver, to), chance in links.items():
        onward.setdefault(giver, []).append((to, _ends(chance)))
    arrived: list[Ends] = []
    turn = itertools.count()
    waiting: list[tuple[float, int, tuple[PartyId, ...], Ends]] = [(-1.0, next(turn), (source,), (1.0, 1.0, 1.0))]
    for _ in range(PREFIXES):
        if not waiting:
            break
        *_, way, (lo, mid, hi) = heapq.heappop(waiting)
        for to, step in onward.get(way[-1], ()):
            longer = lo * step[0], mid * step[1], hi * step[2]
            if to == target:
                arrived.append(longer)
            elif to not in way:
                heapq.heappush(waiting, (-longer[2], next(turn), (*way, to), longer))
    return arrived + [so_far for *_, so_far in waiting]


def _edge_disjoint(links: Links, source: PartyId, target: PartyId) -> list[Interval]:
    """Chances of paths that share no link: the best one, the best one of what is left, and so on."""
    apart = []
    left = [Edge(giver=g, to=t, probability=chance, how=Passage.ONWARD) for (g, t), chance in links.items()]
    while ways := _Ways(left, frozenset({source}), target).best((), frozenset()):
        taken = ways[0][2]
        apart.append(_all_of(left[number].probability for number in taken))
        left = [edge for number, edge in enumerate(left) if number not in taken]
    return apart
