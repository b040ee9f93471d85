"""Who may end up reading it, how likely, and what each would then hold together."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator

import attrs
import numpy as np

from tearline.domain import WHOLE, Case, ClaimId, Party, PartyId, PartyKind, Passage, Scope, Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.exposure.envelope import Bools, Ints
from tearline.exposure.history import held, in_order
from tearline.exposure.leak_graph import LeakGraph, leak_graph, packages_of
from tearline.exposure.leak_ways import Path, paths
from tearline.exposure.leaks import CERTAIN, Reach, Views, reach, views
from tearline.exposure.likelihood import View
from tearline.exposure.readings import told_of
from tearline.trust import Measure, standing


@attrs.frozen(kw_only=True)
class Listener:
    """One party that may end up reading.

    Attributes:
        gets: How likely it gets this proposal.
        ever: How likely it gets anything of all that was given so far, this proposal included.
        knows: Whether it knows already how we know: it owns or helped to get everything that all that
            anybody was or would be given rests on, what it implies included.
        protected_against: Whether it is hostile, wary, public or of unstated trust, or has a record that
            belies the word of trust it has, and does not know already. Others, and bodies that oversee us,
            are only reported.
        binds: Whether the gates must hold against it: it is protected against, may read this, and reads
            something of all with a probability that counts.
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
    wary = party.kind is PartyKind.PUBLIC or party.handling is not Trust.SOUND or _has_leaked(case, party)
    gets = _reached(graph, recipients, party.id)
    overseer = party.kind is PartyKind.OVERSIGHT  # its reading is not priced
    guarded = party.hostile or (wary and not knows and not overseer)
    return Listener(
        party=party,
        gets=gets,
        ever=ever,
        knows=knows,
        protected_against=guarded,
        binds=guarded and gets.hi > 0 and ever.hi >= LEAK_GATE,
        paths=paths(graph, recipients, party.id),
    )


def _has_leaked(case: Case, party: Party) -> bool:
    """Whether what is on record with it makes its own handling bind, whatever its word of trust.

    Not where the file states how it passes things on: then that is what counts.
    """
    if any(path.giver == party.id and path.how is Passage.ONWARD for path in case.leak_paths):
        return False
    through = case.proposal.through if party.id == case.proposal.to else WHOLE
    return standing(case, party.id, Measure.HANDLING, through).rate.hi >= LEAK_GATE


def readership(case: Case) -> tuple[tuple[frozenset[PartyId], ...], frozenset[PartyId], tuple[PartyId, Scope]]:
    """Who gets what for certain, who knows already how we know, and through whom of the recipient's it would go.

    Nothing else of a proposal enters :func:`listeners` and :func:`pasts`: two cases that differ in their
    proposals only, and not in this, have the same of both.
    """
    knowing = (party.id for party in case.parties if party.id != case.us and _knows_already(case, party))
    return packages_of(case), frozenset(knowing), (case.proposal.to, case.proposal.through)


def _knows_already(case: Case, party: Party) -> bool:
    """Whether it owns or helped to get all that every claim rests on that anybody was or would be given."""
    behind = [tuple(case.lineage(case.claim(claim))) for claim in told_of(case)]
    theirs = (those and all(case.knows_how(source, party.id) for source in those) for those in behind)
    return bool(behind) and all(theirs)


def _reached(graph: LeakGraph, recipients: frozenset[PartyId], party: PartyId) -> Reach:
    return CERTAIN if party in recipients else reach(graph, recipients, party)


def pasts(case: Case, reader: PartyId) -> tuple[View, ...]:
    """What ``reader`` may hold when this proposal arrives.

    Everything given so far, first of all, unless it cannot come to hold all of that. A larger view is not
    always the more telling one, so smaller ones come too, the likeliest first, until all that are left out
    have together an upper probability below the leak gate. So whatever a text does that passes in every view, the
    reader is over a limit with a probability below the gate (but see :func:`untried`).
    """
    releases = in_order(case)
    holdings = _holdings(case, reader)
    masks = dict.fromkeys(((1 << len(releases)) - 1, *holdings.masks) if holdings.whole else holdings.masks)
    found: dict[object, View] = {}
    for mask in masks:
        view = held(case, tuple(given for i, given in enumerate(releases) if mask >> i & 1))
        found.setdefault(tuple(view.items()), view)
    return tuple(found.values())


def untried(case: Case, reader: PartyId) -> float:
    """The upper probability that ``reader`` holds something that :func:`pasts` leaves out.

    Below the leak gate unless there are more than :data:`HOLDINGS` views to try, or too many leak worlds
    to follow.
    """
    return _holdings(case, reader).left_out


HOLDINGS = 64
"""So many different views are tried at most."""


@attrs.frozen(kw_only=True)
class _Holdings:
    """Views of one reader who holds the proposal, each by a set of releases (a mask) that makes up the rest of it.

    Attributes:
        left_out: The upper probability of holding the proposal with any other view.
        whole: Whether the reader may come to hold everything.
    """

    masks: tuple[int, ...]
    left_out: float
    whole: bool


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
    contents, proposal = _contents(told)
    possible = views(graph, packages, reader, [*contents, proposal])
    with_it = np.array([bool(mask & proposal) for mask in possible.masks], np.bool_)
    likely = np.where(with_it, possible.shares(), -1.0)
    chosen = np.argsort(-likely, kind="stable")[: min(HOLDINGS, int(with_it.sum()))]
    gets = _reached(graph, packages[-1], reader).hi
    full = functools.reduce(int.__or__, contents, proposal)
    whole = not with_it.any() or possible.worst(lambda mask: mask == full) > 0

    def left_out(kept: int) -> float:
        return min(gets, _missing(possible, with_it, chosen[:kept]))

    enough = (kept for kept in _ever_more(len(chosen)) if left_out(kept) < LEAK_GATE)
    kept = next(enough, len(chosen)) if left_out(len(chosen)) < LEAK_GATE else len(chosen)
    if left_out(kept) >= LEAK_GATE and 2 ** len(told) <= HOLDINGS:
        return _Holdings(masks=tuple(range(2 ** len(told))), left_out=0.0, whole=whole)
    held = [possible.masks[place] for place in chosen[:kept]]
    return _Holdings(masks=tuple(_releases(contents, mask) for mask in held), left_out=left_out(kept), whole=whole)


def _ever_more(most: int) -> Iterator[int]:
    """None, one, two, four and so on, and ``most`` in the end."""
    yield 0
    yield from itertools.takewhile(lambda kept: kept < most, (2**doubled for doubled in itertools.count()))
    yield most


def _missing(possible: Views, with_it: Bools, chosen: Ints) -> float:
    """The upper probability of holding the proposal and none of the chosen views."""
    missing = with_it.copy()
    missing[chosen] = False
    return possible.worst_among(missing)


def _contents(told: tuple[Told, ...]) -> tuple[list[int], int]:
    """What each release says, as bits, and the bit of the proposal.

    Sets of releases that make up the same bits make up the same view, and the other way round.

    A claim has a bit for each rank in which it was told, and a release holds those of its rank and of every
    vaguer one.
    """
    ranks: dict[tuple[ClaimId, dt.date], set[int]] = {}
    for said in told:
        for claim, rank in said:
            ranks.setdefault(claim, set()).add(rank)
    bits: dict[tuple[tuple[ClaimId, dt.date], int], int] = {}
    for claim in sorted(ranks):
        for rank in sorted(ranks[claim]):
            bits[claim, rank] = 1 << len(bits)
    contents = [
        sum(bits[claim, vaguer] for claim, rank in said for vaguer in ranks[claim] if vaguer >= rank) for said in told
    ]
    return contents, 1 << len(bits)


def _releases(contents: list[int], mask: int) -> int:
    """The releases that say nothing beyond ``mask``, as bits; together they say all of it."""
    return sum(1 << place for place, content in enumerate(contents) if not content & ~mask)
