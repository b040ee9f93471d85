"""Who may end up reading it, how likely, and what each would then hold together."""

from __future__ import annotations

import attrs

from tearline.domain import Case, ClaimId, Party, PartyId, PartyKind, Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.exposure.history import held, in_order
from tearline.exposure.leaks import CERTAIN, LeakGraph, Path, Reach, Views, leak_graph, packages_of, paths, reach, views
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
    other view comes too that it has, together with the proposal, with an upper probability at or above
    the leak gate. Packages that make up the same view count together. Where there are too many leak
    worlds to list, every set of packages comes, up to :data:`SUBSETS_OF` of them (:func:`untried`).
    """
    releases = in_order(case)
    possible = _views(case, reader)
    proposal = 1 << len(releases)
    masks = possible.masks if possible.exact else () if untried(case, reader) else range(2 * proposal)
    alike: dict[tuple[tuple[ClaimId, int], ...], set[int]] = {}
    for mask in masks:
        if mask & proposal:
            view = held(case, tuple(given for i, given in enumerate(releases) if mask >> i & 1))
            alike.setdefault(tuple(view.items()), set()).add(mask)
    likely = [view for view, which in alike.items() if possible.worst(which.__contains__) >= LEAK_GATE]
    everything = tuple(held(case, releases).items())
    return tuple(dict(view) for view in dict.fromkeys([everything, *likely]))


SUBSETS_OF = 10
"""So many packages have all their subsets tried where leak worlds cannot be listed."""


def untried(case: Case, reader: PartyId) -> bool:
    """Whether smaller holdings of ``reader`` go untried: too many leak worlds, and too many packages."""
    return len(case.given) > SUBSETS_OF and not _views(case, reader).exact


def _views(case: Case, reader: PartyId) -> Views:
    ordered = attrs.evolve(case, given=in_order(case))
    return views(leak_graph(case), packages_of(ordered), reader)
