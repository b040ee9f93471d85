"""Leak worlds: who ends up holding what was handed to whom.

In one *world* every edge of the leak graph (:mod:`.leak_graph`) is either open or shut. Edges are
independent, but those of one cause are open together. A reader holds a package in the worlds in which a
way of open edges leads to it from a recipient. An edge is all or nothing: if it is open, everything its
giver holds passes.

Edges that cannot matter are left out and others merged (:mod:`.leak_network`); all worlds of the rest are
then followed at once (:mod:`.leak_diagram`), and answers are exact as long as few places are half decided
at a time. Where too many are, certified bounds stand in for them: each answer says which it is. What it
does not know: when a leak happens, what a partner would choose to pass on ("to one of these, not to
both"), and how good the numbers in the file are.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

import attrs
import numpy as np

from tearline.domain import PartyId
from tearline.errors import InvariantError
from tearline.exposure.envelope import Bools, Floats
from tearline.exposure.leak_diagram import LOST, Diagram, diagram
from tearline.exposure.leak_estimate import Estimate, estimate_of
from tearline.exposure.leak_graph import Edge, LeakGraph
from tearline.exposure.leak_network import End, Network, network, on_the_way, reduced
from tearline.exposure.leak_ways import between, bounds

MOST_LOST: Final = 0.2
"""Worlds that may be lost before following the rest for one reader no longer pays."""


class Certificate(Enum):
    """What a probability rests on."""

    EXACT = "exact"  # every world was followed
    SANDWICH = "sandwich"  # bounds from the worlds that were, and from ways one by one


@attrs.frozen(kw_only=True)
class Reach:
    """How likely a reader holds what was given.

    Attributes:
        lo, mid, hi: At the lower edges, the best points and the upper edges of all probabilities;
            ``lo <= mid <= hi``. In a sandwich ``lo`` is a lower and ``hi`` an upper bound of those,
            and ``mid`` an estimate at the best points that lies between its own bounds: it is to be
            shown, never to be decided on.
    """

    lo: float
    mid: float
    hi: float
    certificate: Certificate = Certificate.EXACT

    @property
    def exact(self) -> bool:
        """Whether every world was followed."""
        return self.certificate is Certificate.EXACT


CERTAIN: Final = Reach(lo=1.0, mid=1.0, hi=1.0)
NEVER: Final = Reach(lo=0.0, mid=0.0, hi=0.0)


def reach(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> Reach:
    """How likely ``target`` holds what every party of ``starts`` was handed.

    Whether it does can only turn from no to yes as edges open, so the probability rises with that of
    every edge: its edges over the box of intervals are reached at the edges of the box.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*starts, target})
    return _reach(graph, starts, target)


def sandwich(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> Reach:
    """The bounds that :func:`reach` falls back on, without following any worlds.

    Below: ways that share no edge or cause fail independently. Above: the least of Harris' bound over all
    simple ways, and of the chances that any edge out of the starts, or into the target, is open.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*starts, target})
    links = reduced(network(graph.edges, {starts: 1}, target))
    return _settled(links) or _bounded(links, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0))


def estimate(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId, seed: int = 0) -> Estimate | None:
    """How likely ``target`` holds it, at the best points, from drawn worlds; ``None`` where too many would be needed.

    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*starts, target})
    return estimate_of(reduced(network(graph.edges, {starts: 1}, target)), seed)


@functools.lru_cache(maxsize=1024)
def _reach(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> Reach:
    links = reduced(network(graph.edges, {starts: 1}, target))
    if (settled := _settled(links)) is not None:
        return settled
    worlds = diagram(links, most_lost=MOST_LOST)
    below = np.array([held == 1 for held in worlds.held]) @ worlds.shares
    if worlds.exact:
        return _ordered(below.tolist(), Certificate.EXACT)
    above = np.array([held != 0 for held in worlds.held]) @ worlds.shares
    return _bounded(links, below.tolist(), above.tolist())


def _settled(links: Network) -> Reach | None:
    """The answer where there is nothing to follow."""
    if links.surely:
        return CERTAIN
    return None if links.links else NEVER


def _bounded(links: Network, below: Sequence[float], above: Sequence[float]) -> Reach:
    """The better ones of these bounds and those from ways one by one."""
    lower, upper = bounds(links)
    low, high = max(below[1], lower[1]), min(above[1], upper[1])
    guess = estimate_of(links)
    middle = (low + high) / 2 if guess is None else min(max(guess.value, low), high)
    return _ordered([max(below[0], lower[0]), middle, min(above[2], upper[2])], Certificate.SANDWICH)


def _ordered(ends: Sequence[float], certificate: Certificate) -> Reach:
    """Three ends in order, rounding of the last digit put right."""
    lo, mid, hi = itertools.accumulate((min(max(end, 0.0), 1.0) for end in ends), max)
    return Reach(lo=lo, mid=mid, hi=hi, certificate=certificate)


def importance(graph: LeakGraph, starts: frozenset[PartyId], target: PartyId) -> dict[Edge, float]:
    """How much each edge matters: P(target holds it | edge open) - P(... | edge shut), best points.

    Returns:
        Edges that lie between ``starts`` and ``target``, most important first; each in [0, 1] and
        exact. For a cause its first edge stands, and means all of them. Empty where there are too many
        worlds to follow.
    Raises:
        InvariantError: A party that is not in the graph.
    Source:
        Birnbaum, "On the importance of different components in a multicomponent system" (1969).
    """
    graph.must_know({*starts, target})
    edges = between(graph.edges, starts, target)
    worlds = diagram(on_the_way(network(edges, {starts: 1}, target)))
    if not worlds.exact:
        return {}
    matters = worlds.differences(np.array([float(held == 1) for held in worlds.held]))
    first = {edge.cause: edge for edge in reversed(edges) if edge.cause is not None}
    listed = [(number, e) for number, e in enumerate(edges) if e.cause is None or first[e.cause] is e]
    found = {edge: max(0.0, matters.get(number, 0.0)) for number, edge in listed}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


# --- which packages a reader holds together --------------------------------------------------------


@attrs.frozen(eq=False, kw_only=True)
class Views:
    """What a reader holds together: a distribution over masks.

    Attributes:
        masks: Everything that the reader may hold in a world that was followed, each once: the bits of the
            packages that it holds.
        any_upper: The largest probability of holding anything at all, or a bound above it.
        exact: Whether every world was followed.
    """

    masks: tuple[int, ...]
    any_upper: float
    exact: bool
    _worlds: Diagram = attrs.field(alias="worlds")

    def shares(self, end: End = End.MID) -> Floats:
        """P(exactly this is held), one for each of ``masks``; sums to 1 within 1e-12 if all worlds were followed.

        Otherwise each is at most the true probability, which is larger by no more than what lacks to 1.
        """
        known = np.array([held != LOST for held in self._worlds.held])
        share: Floats = self._worlds.shares[known, list(End).index(end)]
        return share

    def distribution(self, end: End = End.MID) -> dict[int, float]:
        """The same by mask.

        Raises:
            InvariantError: Not every world was followed.
        """
        if not self.exact:
            raise InvariantError("too many leak worlds to follow them all")
        return {mask: float(p) for mask, p in zip(self.masks, self.shares(end), strict=True)}

    def worst(self, bad: Callable[[int], bool]) -> float:
        """The largest probability, over the whole box of intervals, of holding a bad mask.

        As :meth:`worst_among`; never more than the chance of holding anything, if holding nothing is good.
        """
        found = self.worst_among(np.array([bad(mask) for mask in self.masks], np.bool_))
        return found if bad(0) else min(found, self.any_upper)

    def worst_among(self, bad: Bools) -> float:
        """The same for the masks that are marked, shape of ``masks``; what was not followed is bad.

        The probability is linear in each edge's, so its largest value stands at a vertex of the box, but
        not always at the upper one: a second package can exonerate. Exact where every world was followed
        and all vertices can be tried, otherwise a bound above (:meth:`.leak_diagram.Diagram.largest`).
        """
        value: Floats = np.ones(len(self._worlds.held))
        value[[held != LOST for held in self._worlds.held]] = bad
        return min(1.0, self._worlds.largest(value))


def views(
    graph: LeakGraph,
    packages: Sequence[frozenset[PartyId]],
    reader: PartyId,
    contents: Sequence[int] | None = None,
) -> Views:
    """Which packages ``reader`` holds together, given the recipients of each.

    Packages of the same recipients always go together.

    Args:
        contents: What each package says, as bits; holding several is holding all their bits. Where many
            packages say the same, far fewer worlds must be told apart. ``None``: a bit for each package.
    Raises:
        InvariantError: A party that is not in the graph.
    """
    graph.must_know({*frozenset[PartyId]().union(*packages), reader})
    said = [1 << package for package in range(len(packages))] if contents is None else list(contents)
    handed: dict[frozenset[PartyId], int] = {}
    for recipients, content in zip(packages, said, strict=True):
        handed[recipients] = handed.get(recipients, 0) | content
    links = reduced(network(graph.edges, handed, reader))
    worlds = diagram(links)
    upper = min(1.0, float((np.array([held != 0 for held in worlds.held]) @ worlds.shares)[2]))
    if not worlds.exact:
        upper = min(upper, _reach(graph, frozenset[PartyId]().union(*packages), reader).hi)
    return Views(
        masks=tuple(held for held in worlds.held if held != LOST), any_upper=upper, exact=worlds.exact, worlds=worlds
    )
