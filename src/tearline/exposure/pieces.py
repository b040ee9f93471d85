"""The evidence in a view, piece by piece, and what all of it says together.

Pieces are independent given the source: what is told of one event, and what a list leaves out. A cover in
which a reader does not quite believe ties the pieces together that it explains: either it explains all
of them, or none.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, ListId
from tearline.exposure.candidates import Mind
from tearline.exposure.likelihood import Telling, View, access, events, has_seen, log_event
from tearline.exposure.worlds import LogMass


@attrs.frozen(kw_only=True)
class Piece:
    """One piece of evidence: the tellings of one event, or what a list leaves out.

    Attributes:
        tellings: What is told of the event.
        missing: The list of which something is told, and the items that are not.
        by: The day by which they would have had to be known: when something was last added to the list.
            To say again what was said is no news.
    """

    tellings: tuple[tuple[ClaimId, tuple[Telling, ...]], ...] = ()
    missing: tuple[ListId, tuple[ClaimId, ...]] | None = None
    by: dt.date = dt.date.min

    @property
    def claims(self) -> frozenset[ClaimId]:
        """What was told, or is missing."""
        return frozenset(self.missing[1] if self.missing else (claim for claim, _ in self.tellings))


def pieces(case: Case, view: View, only: frozenset[ClaimId] | None = None) -> list[Piece]:
    """The evidence in a view, piece by piece; pieces are independent given the source.

    Args:
        only: The claims that the reader looks at by themselves (``None``: all): it misses no others.
    """
    found = [Piece(tellings=tuple((c, view[c]) for c in together)) for together in events(case, view)]
    for listing in case.lists:
        days = [telling.by for claim in listing.items for telling in view.get(claim, ())]
        missing = tuple(c for c in listing.items if c not in view and (only is None or c in only))
        if days and missing:
            found.append(Piece(missing=(listing.id, missing), by=max(days)))
    return found


def log_piece(case: Case, mind: Mind, piece: Piece) -> LogMass:
    """Log likelihood of one piece of evidence."""
    if piece.missing is None:
        return log_event(case, mind, dict(piece.tellings))
    return log_missing(case, mind, *piece.missing, piece.by)


def log_missing(case: Case, mind: Mind, listing: ListId, missing: Iterable[ClaimId], by: dt.date) -> LogMass:
    """Log likelihood of what a list leaves out: ``prod(1 - complete * access)``.

    Had a group been the source, an item that it knew well enough, in the vaguest words there are, would
    have been on the list with the probability that the reader gives lists. ``complete`` is at the edge
    where this mind stands.
    """
    (complete,) = (one.complete for one in case.lists if one.id == listing)
    believed = complete.lo + mind.expects * (complete.hi - complete.lo)
    total = np.zeros((3, len(mind.groups)))
    for claim in map(case.claim, missing):
        total += np.log1p(-believed * access(case, mind, claim, Telling(len(claim.versions) - 1, by))[::-1])
    lo, mid, hi = total
    return LogMass(lo=lo, mid=mid, hi=hi)


def evidence_together(case: Case) -> dict[ClaimId, ClaimId]:
    """For every claim one that stands for all whose evidence hangs together with it.

    By an event, a list, or a cover that a reader may not quite believe in.
    """
    stands: dict[ClaimId, ClaimId] = {claim.id: claim.id for claim in case.claims}
    shared = [*events(case, stands), *(listing.items for listing in case.lists)]
    shared += [cover.claims for cover in case.cover if cover.is_doubtful]
    for group in shared:
        first = {stands[claim] for claim in group}
        leader = next(claim for claim in stands if claim in first)
        stands = {claim: leader if of in first else of for claim, of in stands.items()}
    return stands


Known = dict[tuple[frozenset[int], Piece], LogMass]
"""Pieces that were worked out for one mind, by the covers that it doubts."""


def log_view(
    case: Case, mind: Mind, view: View, only: frozenset[ClaimId] | None = None, known: Known | None = None
) -> LogMass:
    """Log likelihood of everything in ``view``.

    A reader who finds a cover likely with a credence ``c`` weighs two stories: ``c`` times the likelihood
    of all it has been told if the cover explains what it is said to explain, and ``1 - c`` times that if
    it explains nothing. Mixing claim by claim would let it believe in the cover for one claim and not for
    the next, which understates what a series says.

    Args:
        only: As in :func:`pieces`.
        known: What was worked out before for the same mind; added to.
    """
    found = pieces(case, view, only)
    worked_out = {} if known is None else known
    concerned = frozenset(claim for piece in found for claim in piece.claims)
    told = [
        (weight, _together(case, doubting, found, worked_out)) for weight, doubting in stories(case, mind, concerned)
    ]
    if len(told) == 1:
        return told[0][1]
    lo, mid, hi = (
        np.logaddexp.reduce([math.log(weight) + getattr(total, edge) for weight, total in told])
        for edge in ("lo", "mid", "hi")
    )
    return LogMass(lo=lo, mid=np.maximum(lo, mid), hi=np.maximum(np.maximum(lo, mid), hi))


def _together(case: Case, mind: Mind, found: Iterable[Piece], known: Known) -> LogMass:
    total = log_event(case, mind, {})
    for piece in found:
        if (mind.doubts, piece) not in known:
            known[mind.doubts, piece] = log_piece(case, mind, piece)
        total = total + known[mind.doubts, piece]
    return total


def stories(case: Case, mind: Mind, concerned: frozenset[ClaimId]) -> Iterator[tuple[float, Mind]]:
    """Every way in which the doubtful covers of what is told or left out may be believed or not, with its weight."""
    open_ones = [place for place in doubtful(case, mind) if not concerned.isdisjoint(case.cover[place].claims)]
    for size in range(len(open_ones) + 1):
        for doubted in itertools.combinations(open_ones, size):
            believed = [case.cover[p].credence for p in open_ones if p not in doubted]
            weight = math.prod([*believed, *(1 - case.cover[p].credence for p in doubted)])
            yield weight, attrs.evolve(mind, doubts=mind.doubts | set(doubted))


def doubtful(case: Case, mind: Mind) -> tuple[int, ...]:
    """The covers, by their place, that ``mind`` has seen and neither quite believes nor rejects."""
    return tuple(
        place
        for place, cover in enumerate(case.cover)
        if cover.is_doubtful and place not in mind.doubts and has_seen(case, cover, mind.reader)
    )
