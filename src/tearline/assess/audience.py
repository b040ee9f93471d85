"""Who may end up reading it, how likely, and what each would then hold together."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tearline.domain import Case, Party, PartyId, PartyKind, Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.exposure.history import held, in_order
from tearline.exposure.leaks import CERTAIN, LeakGraph, Path, Reach, leak_graph, packages_of, paths, reach, views
from tearline.exposure.likelihood import View


@attrs.frozen(kw_only=True)
class Listener:
    """One party that may end up reading.

    Attributes:
        gets: How likely it gets this proposal.
        ever: How likely it gets anything of all that was given so far, this proposal included.
        protected_against: Whether it is hostile, wary, public or of unstated trust. Others are only
            reported.
        binds: Whether the gates must hold against it.
        paths: The likeliest ways by which this proposal reaches it.
    """

    party: Party
    gets: Reach
    ever: Reach
    protected_against: bool
    binds: bool
    paths: tuple[Path, ...]


def listeners(case: Case) -> tuple[Listener, ...]:
    """Every party besides us that may come to hold anything, in the order of the case."""
    packages = packages_of(case)
    this, all_so_far = leak_graph(case, packages[-1:]), leak_graph(case)
    everybody = frozenset[PartyId]().union(*packages)
    found = (
        _listener(party, this, packages[-1], _reached(all_so_far, everybody, party.id))
        for party in case.parties
        if party.id != case.us
    )
    return tuple(listener for listener in found if listener.ever.hi > 0)


def _listener(party: Party, graph: LeakGraph, recipients: frozenset[PartyId], ever: Reach) -> Listener:
    guarded = party.hostile or party.kind is PartyKind.PUBLIC or party.handling is not Trust.SOUND
    return Listener(
        party=party,
        gets=_reached(graph, recipients, party.id),
        ever=ever,
        protected_against=guarded,
        binds=guarded and ever.hi >= LEAK_GATE,
        paths=paths(graph, recipients, party.id),
    )


def _reached(graph: LeakGraph, recipients: frozenset[PartyId], party: PartyId) -> Reach:
    return CERTAIN if party in recipients else reach(graph, recipients, party)


def pasts(case: Case, reader: PartyId) -> tuple[View, ...]:
    """What ``reader`` may hold when this proposal arrives.

    Everything given so far, first of all. A larger view is not always the more telling one, so every
    other set of earlier packages comes too that it holds, together with the proposal, with an upper
    probability at or above the leak gate.
    """
    releases = in_order(case)
    ordered = attrs.evolve(case, given=releases)
    found = [held(case, releases)]
    possible = views(leak_graph(case), packages_of(ordered), reader)
    proposal = 1 << len(releases)
    for mask in possible.masks:
        if mask & proposal and possible.worst(mask.__eq__) >= LEAK_GATE:
            found.append(held(case, tuple(r for i, r in enumerate(releases) if mask >> i & 1)))
    return _different(found)


def _different(found: Iterable[View]) -> tuple[View, ...]:
    kept: list[View] = []
    for view in found:
        if view not in kept:
            kept.append(view)
    return tuple(kept)
