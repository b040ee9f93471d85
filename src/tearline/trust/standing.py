"""Where a partner stands on one axis, for the whole of it or for one channel, with the doubt that remains.

Evidence belongs to the narrowest scope that was stated. A scope stands by its own record, shrunk towards
the one around it: with ``n`` shares of its own that speak for it, its record has the weight
``n / (n + 20)``; incidents earn no weight. Wider scopes
hear of what happened inside them shrunk in the same way, but never stand better than the worst of it; and
what speaks against a partner, without it being said through whom, counts for every channel. So a breach
can be limited to the channel it happened in only if another has a record of its own, and neither a new
name nor the way round through the whole partner washes it off.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from tearline.domain import WHOLE, Axis, Case, Dealing, Interval, PartyId, Scope
from tearline.errors import InvariantError
from tearline.trust.record import Entry, Measure, Piece, entries, regimes_of
from tearline.trust.regimes import Regimes, expected_leak_rate, start

SHRINK: Final = 20
"""n₀: so many shares of its own weigh as much as what is known of the scope around it. Judgement."""

Ends = tuple[float, float, float]
"""P(unsound) at least, at the best point, at most."""


@attrs.frozen(kw_only=True)
class Standing:
    """How far a partner can be relied on, on one measure.

    Attributes:
        unsound: P(unsound) after what is on record.
        rate: P(the next share leaks), or P(the next use goes wrong).
        shares: How many shares or uses of this scope are on record and speak for it.
        entries: What moved it and what did not count, in the order of days.
    """

    measure: Measure
    scope: Scope
    unsound: Interval
    rate: Interval
    shares: int
    entries: tuple[Entry, ...]

    @property
    def moved_by(self) -> tuple[Dealing, ...]:
        """The dealings that counted."""
        return tuple(entry.dealing for entry in self.entries if entry.piece is not None)


def standing(
    case: Case, party: PartyId, measure: Measure | Axis, scope: Scope = WHOLE, *, ours: bool = False
) -> Standing:
    """Where ``party`` stands with us, or with ``ours`` we with it, on one measure and in one scope.

    Guarantee:
        Without dealings it is what its word says. The interval holds what any chance of noticing inside
        its own intervals would give. A narrower scope never stands worse than a wider one around it, and
        without a record of its own it stands just as that. To take a dealing out is never to have had it.
    """
    measure = Measure(measure.value)
    regimes, found = regimes_of(case, party, measure, ours=ours), entries(case, party, measure, ours=ours)
    pieces = tuple(entry.piece for entry in found if entry.piece is not None)
    unsound = _ends(regimes, pieces, scope)
    return Standing(
        measure=measure,
        scope=scope,
        unsound=Interval(*unsound),
        rate=Interval(*(expected_leak_rate(end, regimes) for end in unsound)),
        shares=sum(piece.times for piece in pieces if scope.holds(piece.through) and not piece.speaks_against),
        entries=found,
    )


def leak_chance_of(case: Case, party: PartyId, through: Sequence[Scope]) -> Interval:
    """P(at least one of several shares leaks by the partner's own handling), each through its own scope.

    As :func:`.leak_chance` where nothing is on record.

    Raises:
        InvariantError: No share.
    """
    if not through:
        raise InvariantError("no share")
    rates = [standing(case, party, Measure.HANDLING, scope).rate for scope in through]
    lo, mid, hi = (1 - _none(ends) for ends in zip(*((r.lo, r.mid, r.hi) for r in rates), strict=True))
    return Interval(lo, mid, hi, spelled=f"{len(rates)} shares")


def _none(rates: Iterable[float]) -> float:
    left = 1.0
    for rate, alike in itertools.groupby(sorted(rates)):
        left *= (1 - rate) ** len(list(alike))
    return left


@functools.lru_cache(maxsize=4096)
def _ends(regimes: Regimes, pieces: tuple[Piece, ...], scope: Scope) -> Ends:
    """The scope's own record and the one around it, weighed by how much record it has."""
    worst = _worst_inside(regimes, pieces, scope)
    if scope == WHOLE:
        return worst
    shares = sum(piece.times for piece in pieces if scope.holds(piece.through) and not piece.speaks_against)
    weight, around = _weight(shares), _ends(regimes, pieces, scope.wider)
    ends = (_between(weight, own, wider) for own, wider in zip(worst, around, strict=True))
    lo, mid, hi = itertools.accumulate(ends, max)  # rounding of the last digit put right
    return lo, mid, hi


def _between(weight: float, own: float, wider: float) -> float:
    return wider if own == wider else own + (1 - weight) * (wider - own)


def _weight(shares: int) -> float:
    return shares / (shares + SHRINK)


def _worst_inside(regimes: Regimes, pieces: tuple[Piece, ...], scope: Scope) -> Ends:
    """The worst of a scope and of every scope inside it that has a record: it may go through any of them."""
    recorded = (piece.through for piece in pieces if scope.holds(piece.through))
    inside = {scope, *(each for found in recorded for each in found.around if scope.holds(each))}
    found = [_followed(regimes, pieces, each) for each in inside]
    lo, mid, hi = (max(ends) for ends in zip(*found, strict=True))
    return lo, mid, hi


def _followed(regimes: Regimes, pieces: tuple[Piece, ...], scope: Scope) -> Ends:
    """What a scope's own evidence makes of the word, in the order of days.

    The belief after a step grows with the belief before it and with the ratio, and sinks with how much was
    watched, so the ends are reached with everything at its own end.
    """
    heard = [found for piece in pieces if (found := _heard(pieces, piece, scope)) is not None]
    ends = []
    for end, unsound in enumerate(start(regimes)):
        for piece in heard:
            unsound = piece.after(unsound, end, regimes)
        ends.append(unsound)
    lo, mid, hi = itertools.accumulate(ends, max)
    return lo, mid, hi


def _heard(pieces: tuple[Piece, ...], piece: Piece, scope: Scope) -> Piece | None:
    """One piece of evidence as a scope hears of it; ``None``: not at all."""
    if piece.through == scope:
        return piece
    if scope.holds(piece.through):
        shares = sum(other.times for other in pieces if piece.through.holds(other.through))
        power = _weight(shares)
        least, ratio, most = (end**power for end in (piece.least, piece.ratio, piece.most))
        return attrs.evolve(piece, least=least, ratio=ratio, most=most)
    return piece if piece.speaks_against and scope.may_be(piece.through) else None
