"""The leak graph of a case: who reads what was handed to whom, and how likely.

Parties are the nodes of a directed graph; an edge says that what one of them holds, another comes to
read, with a probability known to an interval. Edges come from the file, or stand for what it leaves
unsaid. How likely a reader ends up holding something is in :mod:`.leaks`.

A cause that opens several ways at once (a broken cipher, a penetrated coalition system) is behind one
edge beside each of these ways. The edges of one cause are open together or not at all, so a way is open
if it is by itself or by its cause, and two packages that a cause lays open are held together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import attrs

from tearline.domain import WHOLE, Case, CauseId, Interval, LeakPath, Party, PartyId, PartyKind, Passage, Scope
from tearline.errors import InvariantError
from tearline.trust import leak_chance_of

Node = TypeVar("Node", bound=Hashable)


@attrs.frozen(kw_only=True)
class Edge:
    """What ``giver`` holds, ``to`` comes to read, with that probability.

    Attributes:
        assumed: No line of the file says so; it stands for a word of trust, or for the public.
        cause: What opens it, and every other edge of the same cause with it; ``None``: nothing but itself.
    """

    giver: PartyId
    to: PartyId
    probability: Interval
    how: Passage
    assumed: bool = False
    cause: CauseId | None = None


@attrs.frozen(kw_only=True, cache_hash=True)
class LeakGraph:
    """Parties and the edges between them; parallel edges are allowed. All edges are independent but those of one cause.

    Raises:
        InvariantError: An edge begins or ends at a party that is not in the graph, or two edges of one
            cause differ in how likely they are open.
    """

    parties: frozenset[PartyId]
    edges: tuple[Edge, ...]

    def __attrs_post_init__(self) -> None:
        self.must_know(party for edge in self.edges for party in (edge.giver, edge.to))
        behind = {(edge.cause, edge.probability) for edge in self.edges if edge.cause is not None}
        if len(behind) > len({cause for cause, _ in behind}):
            raise InvariantError("edges of one cause must be open with one probability")

    def must_know(self, parties: Iterable[PartyId]) -> None:
        """Check that every party is in the graph.

        Raises:
            InvariantError: One is not.
        """
        for party in parties:
            if party not in self.parties:
                raise InvariantError(f"no party `{party}` in the leak graph")

    def without(self, edge: Edge) -> LeakGraph:
        """The graph with that edge closed; if it has a cause, with everything closed that this opens."""
        return attrs.evolve(self, edges=tuple(other for other in self.edges if not opens_with(other, edge)))


def opens_with(one: Edge, other: Edge) -> bool:
    """Whether two edges are one, or of one cause."""
    return one is other or (one.cause is not None and one.cause == other.cause)


def leak_graph(case: Case, packages: Sequence[frozenset[PartyId]] | None = None) -> LeakGraph:
    """The leak graph of a case; ``packages`` as in :func:`edges_of`."""
    return LeakGraph(parties=frozenset(party.id for party in case.parties), edges=edges_of(case, packages))


def packages_of(case: Case) -> tuple[frozenset[PartyId], ...]:
    """Who gets each release for certain: those given before, in order, and the proposal last.

    Its recipients, whoever notices what they may do with it, and of the proposal whoever must be told its
    words to agree to them, or to what they imply. What comes home to the originator does not count.
    """
    releases = [frozenset(given.to) | case.noticing(given.permits) for given in case.given]
    told = {party for claim in case.tells for party in case.stakeholders(case.claim(claim))}
    askable = {party for party in told if not case.party(party).hostile}
    releases.append(frozenset({case.proposal.to, *askable}) | case.noticing(case.uses))
    return tuple(parties - {case.us} for parties in releases)


def _throughs_of(case: Case) -> tuple[dict[PartyId, Scope], ...]:
    """Through whom each of :func:`packages_of` goes to its recipient; of anybody else nothing is stated."""
    before = [dict.fromkeys(given.to, given.through) for given in case.given]
    return (*before, {case.proposal.to: case.proposal.through})


def edges_of(case: Case, packages: Sequence[frozenset[PartyId]] | None = None) -> tuple[Edge, ...]:
    """The edges of a case: those of its file, and those that stand for what the file leaves unsaid.

    The public reaches every other party for certain, unless the file has an edge from it to that party.
    A body that oversees us passes on only what the file says. Any other party that is not hostile and has
    no onward edge of its own in the file passes things on to every hostile party as often as its word of
    trust says, moved by what is on record with it (:mod:`tearline.trust`). That is a rate for one share, so
    its edge counts every package that may reach the party, directly or through others, and at least one.
    Edges into or out of the originator, and back to their giver, are left out.

    Args:
        packages: Recipients of each package that counts, the last ones of :func:`packages_of`; ``None``:
            all of them.
    """
    stated = [
        edge
        for path in case.leak_paths
        if case.us not in (path.giver, path.to) and path.giver != path.to
        for edge in _stated(case, path)
    ]
    others = [party for party in case.parties if party.id != case.us]
    assumed = [link for giver in others for link in _unsaid(giver, others, stated)]
    links = {(edge.giver, edge.to) for edge in stated} | {(giver.id, to.id) for giver, to in assumed}
    counted = packages_of(case) if packages is None else packages
    holders = [downstream(links, recipients) for recipients in counted]
    routes = _throughs_of(case)[-len(counted) :] if counted else ()

    def edge(giver: Party, to: Party) -> Edge:
        held = [route.get(giver.id, WHOLE) for route, own in zip(routes, holders, strict=True) if giver.id in own]
        if giver.kind is PartyKind.PUBLIC:
            how, probability = Passage.PUBLIC, Interval.exactly(1)
        else:
            how, probability = Passage.ONWARD, leak_chance_of(case, giver.id, held or [WHOLE])
        return Edge(giver=giver.id, to=to.id, probability=probability, how=how, assumed=True)

    return (*stated, *(edge(giver, to) for giver, to in assumed))


def _stated(case: Case, path: LeakPath) -> list[Edge]:
    """The path by itself, and beside it one edge for each cause that opens it, too."""
    alone = Edge(giver=path.giver, to=path.to, probability=path.probability, how=path.how)
    return [
        alone,
        *(attrs.evolve(alone, probability=case.cause(c).probability, cause=c) for c in dict.fromkeys(path.or_if)),
    ]


def _unsaid(giver: Party, others: Sequence[Party], stated: Sequence[Edge]) -> list[tuple[Party, Party]]:
    own = [edge for edge in stated if edge.giver == giver.id]
    if giver.kind is PartyKind.PUBLIC:
        told = {giver.id, *(edge.to for edge in own)}
        return [(giver, party) for party in others if party.id not in told]
    hostile = [party for party in others if party.hostile and party.id != giver.id]
    overseer = giver.kind is PartyKind.OVERSIGHT
    if giver.hostile or overseer or any(edge.how is Passage.ONWARD for edge in own):
        return []
    return [(giver, party) for party in hostile]


def downstream(links: Iterable[tuple[Node, Node]], starts: Iterable[Node]) -> frozenset[Node]:
    """Everything that can be reached from ``starts``, themselves among them."""
    onward: dict[Node, list[Node]] = {}
    for giver, to in links:
        onward.setdefault(giver, []).append(to)
    met = set(starts)
    waiting = list(met)
    while waiting:
        for to in onward.get(waiting.pop(), ()):
            if to not in met:
                met.add(to)
                waiting.append(to)
    return frozenset(met)
