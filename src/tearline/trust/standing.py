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
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs
import numpy as np
import numpy.typing as npt

from tearline.domain import WHOLE, Axis, Case, Dealing, Interval, PartyId, Scope, Trust
from tearline.errors import InvariantError
from tearline.trust.record import Entry, Ledger, Measure, Piece, entries, regimes_of
from tearline.trust.regimes import UNSTATED, WORDS, Regimes, expected_leak_rate, start
from tearline.trust.use import of_use

SHRINK: Final = 20
"""n₀: so many shares of its own weigh as much as what is known of the scope around it. Judgement."""

FEW: Final = 12
"""Up to so many shares alike are followed one by one, more as a power."""

Floats = npt.NDArray[np.float64]

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
    return _standing(Ledger.of(case), party, Measure(measure.value), scope, ours)


@functools.lru_cache(maxsize=4096)
def _standing(ledger: Ledger, party: PartyId, measure: Measure, scope: Scope, ours: bool) -> Standing:
    regimes, found = regimes_of(ledger.party(party), measure, ours=ours), entries(ledger, party, measure, ours=ours)
    pieces = tuple(entry.piece for entry in found if entry.piece is not None)
    unsound = _ends(_Record(regimes=regimes, pieces=pieces), scope)
    return Standing(
        measure=measure,
        scope=scope,
        unsound=Interval(*unsound),
        rate=Interval(*(expected_leak_rate(end, regimes) for end in unsound)),
        shares=_shares(pieces, scope),
        entries=found,
    )


def earned(case: Case, party: PartyId, measure: Measure, scope: Scope = WHOLE) -> Trust | None:
    """The word that still holds for ``party``: its own, or a lower one where something on record speaks against it.

    A lower word is the best one that starts no better than the party stands now. ``None``: nobody has given it
    a word, and nothing on record makes it worse than one whose word is not stated.

    Laws: never better than its word; another certain breach never makes it better; to take an entry back is never
    to have had it.
    """
    held, found = case.party(party), standing(case, party, measure, scope)
    word = held.use if measure is Measure.USE else held.handling
    if not any(entry.piece is not None and entry.piece.speaks_against for entry in found.entries):
        return word
    worst = found.rate.hi * (1 - A_HAIR)
    if word is None:
        return None if worst <= _at_first(UNSTATED, measure) else Trust.RIVAL
    lower = BY_TRUST[BY_TRUST.index(word) :]
    return next((each for each in lower if worst <= _at_first(each, measure)), Trust.RIVAL)


BY_TRUST: Final = (Trust.SOUND, Trust.FAIR, Trust.WARY, Trust.RIVAL)
"""From most to least trusted."""

A_HAIR: Final = 1e-12
"""Slack for rounding of the last digit."""


def _at_first(word: Trust, measure: Measure) -> float:
    """The largest rate that a word by itself may stand for."""
    regimes = of_use(WORDS[word]) if measure is Measure.USE else WORDS[word]
    return max(expected_leak_rate(unsound, regimes) for unsound in start(regimes))


def course(
    case: Case, party: PartyId, measure: Measure, *, ours: bool = False
) -> tuple[tuple[Dealing, float, float], ...]:
    """Every dealing that counted, with P(unsound) of the whole partner before and after it, at the best point.

    How far scopes hear of each other is as of today; after the last dealing it is :func:`standing`.
    """
    ledger = Ledger.of(case)
    held = [entry for entry in entries(ledger, party, measure, ours=ours) if entry.piece is not None]
    pieces = tuple(entry.piece for entry in held if entry.piece is not None)
    worst = _followed(_Record(regimes=regimes_of(ledger.party(party), measure, ours=ours), pieces=pieces)).worst
    return tuple((entry.dealing, *pair) for entry, pair in zip(held, itertools.pairwise(worst), strict=True))


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


@attrs.frozen(kw_only=True, cache_hash=True)
class _Record:
    """All evidence about one partner on one measure."""

    regimes: Regimes
    pieces: tuple[Piece, ...]


def _ends(record: _Record, scope: Scope) -> Ends:
    """The scope's own record and the one around it, weighed by how much record it has."""
    table = _followed(record).table
    if scope == WHOLE:
        return _worst(table.values())
    around, shares = _ends(record, scope.wider), _shares(record.pieces, scope)
    if not shares:
        return around
    weight, own = _weight(shares), _worst(ends for inside, ends in table.items() if scope.holds(inside))
    ends = (_between(weight, *pair) for pair in zip(own, around, strict=True))
    lo, mid, hi = itertools.accumulate(ends, max)  # rounding of the last digit put right
    return lo, mid, hi


def _worst(found: Iterable[Ends]) -> Ends:
    """It may go through any of them."""
    lo, mid, hi = (max(ends) for ends in zip(*found, strict=True))
    return lo, mid, hi


def _between(weight: float, own: float, wider: float) -> float:
    return wider if own == wider else own + (1 - weight) * (wider - own)


def _weight(shares: int) -> float:
    return shares / (shares + SHRINK)


def _shares(pieces: Sequence[Piece], scope: Scope) -> int:
    """How many watched shares of a scope are on record."""
    return sum(piece.times for piece in pieces if not piece.speaks_against and scope.holds(piece.through))


@attrs.frozen(kw_only=True)
class _Followed:
    """What the evidence of each scope makes of the word.

    Attributes:
        table: For all scopes that have a record and those around them.
        worst: P(unsound) of the worst of them at the best point, before the first piece and after each.
    """

    table: Mapping[Scope, Ends]
    worst: tuple[float, ...]


@functools.lru_cache(maxsize=1024)
def _followed(record: _Record) -> _Followed:
    """The evidence of every scope, piece by piece.

    All scopes are followed at once, in the order of days. The belief after a step grows with the belief
    before it and with the ratio, and sinks with how much was watched, so the ends are reached with
    everything at its own end.
    """
    scopes = tuple(dict.fromkeys([WHOLE, *(each for piece in record.pieces for each in piece.through.around)]))
    unsound = np.tile(np.array(start(record.regimes)), (len(scopes), 1))
    worst = [float(unsound[:, 1].max())]
    powers = {through: _powers(record.pieces, through, scopes) for through in {p.through for p in record.pieces}}
    for piece in record.pieces:
        unsound = _after(unsound, piece, powers[piece.through][piece.speaks_against], record.regimes)
        worst.append(float(unsound[:, 1].max()))
    lasting = np.maximum.accumulate(unsound, axis=1).tolist()
    table = {scope: (lo, mid, hi) for scope, (lo, mid, hi) in zip(scopes, lasting, strict=True)}
    return _Followed(table=table, worst=tuple(worst))


def _powers(pieces: Sequence[Piece], through: Scope, scopes: Sequence[Scope]) -> dict[bool, Floats]:
    """How far each scope hears of what went through one of them, by whether it speaks against the partner.

    To the full where it happened, shrunk around it. What speaks against the partner is also heard to the
    full wherever it may have happened. NaN: not at all.
    """
    shrunk = _weight(sum(piece.times for piece in pieces if through.holds(piece.through)))
    here = [1.0 if s == through else shrunk if s.holds(through) else math.nan for s in scopes]
    there = [1.0 if math.isnan(own) and s.may_be(through) else own for own, s in zip(here, scopes, strict=True)]
    return {False: np.array(here), True: np.array(there)}


def _after(unsound: Floats, piece: Piece, power: Floats, regimes: Regimes) -> Floats:
    """Beliefs, shape ``(scopes, ends)``, after one piece of evidence; unmoved where it is not heard.

    Each share drifts, then is weighed: a linear map of the odds, so many shares alike are its power.
    """
    heard = ~np.isnan(power)
    before = unsound[heard]
    ratio = np.array([piece.least, piece.ratio, piece.most]) ** power[heard, np.newaxis]
    back = regimes.back * np.array(piece.watched)
    after = unsound.copy()
    after[heard] = (_shares_alike if piece.times > FEW else _share_by_share)(
        before, ratio, back, regimes.drift, piece.times
    )
    return after


def _share_by_share(unsound: Floats, ratio: Floats, back: Floats, drift: float, times: int) -> Floats:
    for _ in range(times):
        predicted = unsound * (1 - back) + (1 - unsound) * drift
        likely = predicted * ratio
        unsound = likely / (likely + 1 - predicted)
    return unsound


def _shares_alike(unsound: Floats, ratio: Floats, back: Floats, drift: float, times: int) -> Floats:
    step = np.empty((*ratio.shape, 2, 2))
    step[..., 0, 0], step[..., 0, 1] = ratio * (1 - back), ratio * drift
    step[..., 1, 0], step[..., 1, 1] = np.broadcast_to(back, ratio.shape), 1 - drift
    odds = np.stack([unsound, 1 - unsound], axis=-1)[..., np.newaxis]
    moved = (np.linalg.matrix_power(step, times) @ odds)[..., 0]
    after: Floats = moved[..., 0] / moved.sum(axis=-1)
    return after
