"""Who may end up reading it, how likely, and what each would then hold together."""

from __future__ import annotations

import functools

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
        knows: Whether it knows already how we know: it has a stake in all that anybody was or would be
            given.
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
    """Whether it has a stake in every claim that anybody was or would be given: it knows how we know."""
    told = {*case.proposal.claims, *(claim for given in case.given for claim in given.claims)}
    return all(party.id in case.stakeholders(case.claim(claim)) for claim in told)


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
"""So many sets of packages that a reader may hold are tried at most."""


@attrs.frozen(kw_only=True)
class _Holdings:
    """Sets of packages, the proposal among them, as masks; and the upper probability of any other."""

    masks: tuple[int, ...]
    left_out: float


def _holdings(case: Case, reader: PartyId) -> _Holdings:
    ordered = attrs.evolve(case, given=in_order(case))
    return _listed(leak_graph(case), packages_of(ordered), reader)


@functools.lru_cache(maxsize=256)
def _listed(graph: LeakGraph, packages: tuple[frozenset[PartyId], ...], reader: PartyId) -> _Holdings:
    possible = views(graph, packages, reader)
    proposal = 1 << (len(packages) - 1)
    if not possible.exact:
        subsets = range(proposal, 2 * proposal) if 1 << len(packages) <= 2 * HOLDINGS else ()
        return _Holdings(masks=tuple(subsets), left_out=0.0 if subsets else possible.any_upper)
    likely = sorted(possible.distribution().items(), key=lambda found: -found[1])
    with_it = [mask for mask, _ in likely if mask & proposal]
    kept = 0
    while (left_out := possible.worst(frozenset(with_it[kept:]).__contains__)) >= LEAK_GATE and kept < HOLDINGS:
        kept = min(len(with_it), max(1, 2 * kept), HOLDINGS)
    return _Holdings(masks=tuple(with_it[:kept]), left_out=left_out)
