"""Who may end up reading it, how likely, and what each would then hold together."""

from __future__ import annotations

import datetime as dt
import functools

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, Party, PartyId, PartyKind, Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.exposure.envelope import Ints
from tearline.exposure.history import held, in_order
from tearline.exposure.leak_graph import LeakGraph, leak_graph, packages_of
from tearline.exposure.leaks import CERTAIN, Path, Reach, paths, reach, views
from tearline.exposure.likelihood import View


@attrs.frozen(kw_only=True)
class Listener:
    """One party that may end up reading.

    Attributes:
        gets: How likely it gets this proposal.
        ever: How likely it gets anything of all that was given so far, this proposal included.
        knows: Whether it knows already how we know: it owns or helped to get every source of all that
            anybody was or would be given.
        protected_against: Whether it is hostile, wary, public or of unstated trust, and does not know
            already. Others are only reported.
        binds: Whether the gates must hold against it.
        paths: The likeliest ways by which this proposal reaches it.
    """

    party: Party
    gets: Reach
    ever: Reach
    knows: bool
    protected_against: bool
    binds: bool
    paths: tuple[Path, ...]


def listeners(case: Case) -> tuple[Listener, ...]:
    """Every party besides us that may come to hold anything, in the order of the case."""
    packages = packages_of(case)
    this, all_so_far = leak_graph(case, packages[-1:]), leak_graph(case)
    everybody = frozenset[PartyId]().union(*packages)
    found = (
        _listener(case, party, this, packages[-1], _reached(all_so_far, everybody, party.id))
        for party in case.parties
        if party.id != case.us
    )
    return tuple(listener for listener in found if listener.ever.hi > 0)


def _listener(case: Case, party: Party, graph: LeakGraph, recipients: frozenset[PartyId], ever: Reach) -> Listener:
    knows = _knows_already(case, party)
    wary = party.kind is PartyKind.PUBLIC or party.handling is not Trust.SOUND
    guarded = party.hostile or (wary and not knows)
    return Listener(
        party=party,
        gets=_reached(graph, recipients, party.id),
        ever=ever,
        knows=knows,
        protected_against=guarded,
        binds=guarded and ever.hi >= LEAK_GATE,
        paths=paths(graph, recipients, party.id),
    )


def _knows_already(case: Case, party: Party) -> bool:
    """Whether it owns or helped to get every source of every claim that anybody was or would be given."""
    told = {*case.proposal.claims, *(claim for given in case.given for claim in given.claims)}
    sources = [[case.source(source) for source in case.claim(claim).sources] for claim in told]
    return all(those and all(party.id in (s.owner, *s.joint_with) for s in those) for those in sources)


def _reached(graph: LeakGraph, recipients: frozenset[PartyId], party: PartyId) -> Reach:
    return CERTAIN if party in recipients else reach(graph, recipients, party)


def pasts(case: Case, reader: PartyId) -> tuple[View, ...]:
    """What ``reader`` may hold when this proposal arrives.

    Everything given so far, first of all. A larger view is not always the more telling one, so smaller
    ones come too, the likeliest first, until all that are left out have together an upper probability
    below the leak gate. So whatever a text does that passes in every view, the reader is over a limit
    with a probability below the gate (but see :func:`untried`).
    """
    releases = in_order(case)
    everything = held(case, releases)
    found = {tuple(everything.items()): everything}
    for mask in _holdings(case, reader).masks:
        view = held(case, tuple(given for i, given in enumerate(releases) if mask >> i & 1))
        found.setdefault(tuple(view.items()), view)
    return tuple(found.values())


def untried(case: Case, reader: PartyId) -> float:
    """The upper probability that ``reader`` holds something that :func:`pasts` leaves out.

    Below the leak gate unless there are more than :data:`HOLDINGS` ways to hold something, or too many
    leak worlds to list.
    """
    return _holdings(case, reader).left_out


HOLDINGS = 64
"""So many different views are tried at most."""


@attrs.frozen(kw_only=True)
class _Holdings:
    """Views of one reader, each by a set of packages (a mask, the proposal among them) that makes it up.

    Attributes:
        left_out: The upper probability of holding the proposal with any other view.
    """

    masks: tuple[int, ...]
    left_out: float


Told = tuple[tuple[tuple[ClaimId, dt.date], int], ...]
"""What a package says: claims, each with the day by which it must have been known, and ranks."""


def _holdings(case: Case, reader: PartyId) -> _Holdings:
    releases = in_order(case)
    told = tuple(_said(held(case, (given,))) for given in releases)
    return _listed(leak_graph(case), packages_of(attrs.evolve(case, given=releases)), told, reader)


def _said(view: View) -> Told:
    return tuple(((claim, telling.by), telling.rank) for claim, tellings in view.items() for telling in tellings)


@functools.lru_cache(maxsize=256)
def _listed(
    graph: LeakGraph, packages: tuple[frozenset[PartyId], ...], told: tuple[Told, ...], reader: PartyId
) -> _Holdings:
    possible = views(graph, packages, reader)
    proposal = 1 << len(told)
    if not possible.exact:
        subsets = range(proposal, 2 * proposal) if proposal <= HOLDINGS else ()
        return _Holdings(masks=tuple(subsets), left_out=0.0 if subsets else possible.any_upper)
    kind = _kinds(possible.masks, told)
    likely = np.bincount(kind, weights=possible.shares() * (kind > 0))
    order = np.argsort(-likely, kind="stable")[: HOLDINGS + 1]
    kinds, first = np.unique(kind, return_index=True)
    of_kind = dict(zip(kinds.tolist(), first.tolist(), strict=True))
    chosen = [int(k) for k in order if k > 0][:HOLDINGS]
    kept = 0
    while (left_out := possible.worst_among((kind > 0) & ~np.isin(kind, chosen[:kept]))) >= LEAK_GATE:
        if kept == len(chosen):
            break
        kept = min(len(chosen), max(1, 2 * kept))
    return _Holdings(masks=tuple(possible.masks[of_kind[k]] for k in chosen[:kept]), left_out=left_out)


def _kinds(masks: tuple[int, ...], told: tuple[Told, ...]) -> Ints:
    """For each mask a number that two masks share if they make up the same view; 0: without the proposal."""
    bits = np.array(masks, dtype=np.int64 if len(told) < LONG else object)
    best: dict[tuple[ClaimId, dt.date], Ints] = {}
    for package, said in enumerate(told):
        holds = (bits >> package & 1).astype(np.bool_)
        for claim, rank in said:
            column = best.setdefault(claim, np.full(len(masks), NOT_TOLD))
            column[holds & (column > rank)] = rank
    kind: Ints = np.zeros(len(masks), dtype=np.int64)
    for column in best.values():
        _, kind = np.unique(kind * (NOT_TOLD + 1) + column, return_inverse=True)
    return np.where((bits >> len(told) & 1).astype(np.bool_), kind.ravel() + 1, 0)


NOT_TOLD = 1_000_000
"""More than any rank."""

LONG = 62
"""Masks of so many bits do not fit into a machine word."""
