"""From what happened to evidence: which dealings count on an axis, and how much each says.

What speaks against a partner always counts. What speaks for it counts only if somebody judged it, and
until the day on which that is to be looked at again: quiet that nobody watched is no clean record, and a
share in which nothing could have been noticed says nothing. What was taken back was never there.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs

from tearline.domain import Axis, Case, Dealing, Event, Interval, Party, PartyId, Scope, Severity, Trust
from tearline.trust import goodwill
from tearline.trust.blame import OWN_HOUSE, blame, evidence
from tearline.trust.regimes import (
    BREACH,
    CLEAN,
    UNSTATED,
    WORDS,
    Regimes,
    expected_leak_rate,
    likelihood_ratio,
    predict,
    weigh,
)
from tearline.trust.use import TELLING, of_severity, of_use

NOTICED: Final = Interval(0.05, 0.2, 0.5)
"""δ: how likely we notice that one share leaked or was misused. All of it is tried. Judgement."""

CONFESSED: Final = 0.3
"""How much less a breach says against a partner that reports it itself, and early. Judgement."""

BROKEN_PROMISE: Final = 8.0
"""How many times likelier an unsound partner breaks a promise. A kept one says as much as a clean share. Judgement."""

US_BY_DEFAULT: Final = Trust.FAIR
"""What our own record with a partner is taken to start from where nobody has said how it sees us."""


class Measure(Enum):
    """What is followed: an axis of trust, or good will."""

    HANDLING = "handling"
    USE = "use"
    GOODWILL = "goodwill"


class Silence(Enum):
    """Why a dealing does not count."""

    RETRACTED = "it was taken back"
    UNJUDGED = "nobody has judged it"
    REVIEW_DUE = "its review is due"
    UNSAID = "nobody has said which axis the promise was about"


@attrs.frozen(kw_only=True)
class Piece:
    """Evidence about one measure: how many times likelier it is from an unsound partner.

    Attributes:
        times: So many shares or uses, each with that ratio.
        least, ratio, most: At the edges and the best point of what is noticed.
        watched: How much of the drift back to sound each end allows. Shares that are watched less than usual
            prove less of it: else a partner could wait out a breach where nobody looks.
    """

    through: Scope
    times: int
    least: float
    ratio: float
    most: float
    watched: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def speaks_against(self) -> bool:
        """Whether it lowers trust."""
        return self.ratio > 1

    def after(self, unsound: float, end: int, regimes: Regimes) -> float:
        """P(unsound) after it, given that before; ``end`` 0, 1, 2 for least, best point, most."""
        return repeated(unsound, (self.least, self.ratio, self.most)[end], self.times, regimes, self.watched[end])


@attrs.frozen(kw_only=True)
class Entry:
    """One dealing with one partner, and what it comes down to; ``silent``: why it does not count."""

    dealing: Dealing
    piece: Piece | None
    silent: Silence | None = None


@attrs.frozen(kw_only=True, cache_hash=True)
class Ledger:
    """What of a case trust follows from, and nothing else: so what was once worked out is known again."""

    parties: tuple[Party, ...]
    dealings: tuple[Dealing, ...]
    today: dt.date | None

    @classmethod
    def of(cls, case: Case) -> Ledger:
        """The ledger of a case, its dealings by day; those of one day as they are listed."""
        return cls(parties=case.parties, dealings=in_order(case), today=case.as_of)

    def party(self, party: PartyId) -> Party:
        """The party of that id (KeyError if there is none)."""
        return {held.id: held for held in self.parties}[party]


def regimes_of(held: Party, measure: Measure, *, ours: bool = False) -> Regimes:
    """Where a measure starts and how it moves: from the words of a party.

    Args:
        ours: How they may see us, instead of how we see them. Good will is between the two.
    """
    if ours or measure is Measure.GOODWILL:
        word = held.in_us or US_BY_DEFAULT
    else:
        word = (held.use if measure is Measure.USE else held.handling) or UNSTATED
    return of_use(WORDS[word]) if measure is Measure.USE else WORDS[word]


@functools.lru_cache(maxsize=1024)
def entries(ledger: Ledger, party: PartyId, measure: Measure, *, ours: bool = False) -> tuple[Entry, ...]:
    """What happened with a partner that says something about a measure, in the order of days."""
    regimes, doors = regimes_of(ledger.party(party), measure, ours=ours), laid_at_doors(ledger)
    found = []
    for place, dealing in enumerate(ledger.dealings):
        if party not in dealing.parties or (measure is not Measure.GOODWILL and dealing.ours is not ours):
            continue
        mine = _as_laid(dealing, doors[place][party]) if place in doors else dealing
        if (entry := _entry(mine, dealing, measure, regimes, ledger.today)) is not None:
            found.append(entry)
    return tuple(found)


def in_order(case: Case) -> tuple[Dealing, ...]:
    """All dealings by day; those of one day as they are listed."""
    return tuple(sorted(case.dealings, key=lambda dealing: dealing.on))


def _entry(mine: Dealing, listed: Dealing, measure: Measure, regimes: Regimes, today: dt.date | None) -> Entry | None:
    piece, silent = _piece(mine, measure, regimes), None
    if piece is None:
        return None
    if listed.retracted is not None:
        silent = Silence.RETRACTED
    elif not piece.speaks_against:
        silent = _unheard(listed, measure, today)
    return Entry(dealing=listed, piece=None if silent else piece, silent=silent)


def _unheard(dealing: Dealing, measure: Measure, today: dt.date | None) -> Silence | None:
    """Why something that speaks for a partner does not count."""
    promise = dealing.what is Event.PROMISE_KEPT and measure is not Measure.GOODWILL
    if promise and dealing.about is None:
        return Silence.UNSAID
    if not dealing.judged_by:
        return Silence.UNJUDGED
    if dealing.review is not None and (today is None or dealing.review < today):
        return Silence.REVIEW_DUE
    return None


def _piece(dealing: Dealing, measure: Measure, regimes: Regimes) -> Piece | None:
    """What a dealing says about a measure; ``None``: nothing."""
    if measure is Measure.GOODWILL:
        ratio = goodwill.ratio(dealing)
        return None if ratio is None else _sure(dealing, ratio)
    if dealing.what in (Event.PROMISE_KEPT, Event.PROMISE_BROKEN):
        if dealing.about not in (None, Axis(measure.value)):
            return None
        return (
            _sure(dealing, BROKEN_PROMISE) if dealing.what is Event.PROMISE_BROKEN else _seen(dealing, CLEAN, regimes)
        )
    return _of_handling(dealing, regimes) if measure is Measure.HANDLING else _of_use(dealing, regimes)


def _of_handling(dealing: Dealing, regimes: Regimes) -> Piece | None:
    match dealing.what:
        case Event.CLEAN:
            return _seen(dealing, CLEAN, regimes)
        case Event.BREACH:
            return _seen(dealing, _certainty(dealing), regimes)
        case Event.CONFESSION:
            return _sure(dealing, max(1.0, CONFESSED * regimes.leak_unsound / regimes.leak_sound))
        case _:
            return None


def _of_use(dealing: Dealing, regimes: Regimes) -> Piece | None:
    match dealing.what:
        case Event.USED_WELL:
            return _seen(dealing, CLEAN, regimes)
        case Event.MISUSE if dealing.times_likelier is None:
            return _sure(dealing, TELLING[_severity(dealing)])
        case Event.MISUSE:
            return _seen(dealing, _certainty(dealing), of_severity(_severity(dealing), regimes))
        case _:
            return None


def _severity(dealing: Dealing) -> Severity:
    """How bad it was; the worst where nobody has said."""
    return dealing.severity or Severity.GRAVE_HARM


def _certainty(dealing: Dealing) -> float:
    return BREACH if dealing.times_likelier is None else dealing.times_likelier


def _sure(dealing: Dealing, ratio: float) -> Piece:
    return Piece(through=dealing.through, times=dealing.count, least=ratio, ratio=ratio, most=ratio)


def _seen(dealing: Dealing, lambda_: float, regimes: Regimes) -> Piece:
    """A piece whose weight hangs on how much is noticed: monotone in it, so its edges stand at the edges."""
    noticed = dealing.noticed or NOTICED
    lo, mid, hi = (likelihood_ratio(lambda_, share, regimes) for share in (noticed.lo, noticed.mid, noticed.hi))
    piece = Piece(through=dealing.through, times=dealing.count, least=min(lo, hi), ratio=mid, most=max(lo, hi))
    if lambda_ > CLEAN:
        return piece
    most, best, least = (min(1.0, share / regimes.noticed) for share in (noticed.hi, noticed.mid, noticed.lo))
    return attrs.evolve(piece, watched=(most, best, least))


def repeated(unsound: float, ratio: float, times: int, regimes: Regimes, watched: float = 1.0) -> float:
    """P(unsound) after so many shares with the same evidence: each drifts first, then is weighed.

    Args:
        watched: How much of the drift back to sound is allowed, from 0 to 1.
    """
    for _ in range(times):
        after = weigh(predict(unsound, regimes) + (1 - watched) * unsound * regimes.back, ratio)
        if after == unsound:  # it has come to rest
            break
        unsound = after
    return unsound


# --- one leak, several suspects --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Door:
    """What of one leak is laid at one door: the share of the blame, and the ``Λ`` that it comes down to."""

    share: float
    times_likelier: float


Doors = dict[PartyId | None, Door]
"""By suspect; ``None`` is our own house."""


@functools.lru_cache(maxsize=64)
def laid_at_doors(ledger: Ledger) -> Mapping[int, Doors]:
    """Every leak with several suspects, by its place in the order of days.

    The hazards are those of each suspect's handling after all that was on record before, other such leaks
    among it. What happened through one channel counts for the whole partner here. Each leak is laid once,
    in the order of days, so the work grows with the length of the record.
    """
    found: dict[int, Doors] = {}
    if all(len(dealing.parties) < 2 for dealing in ledger.dealings):
        return found
    regimes = {party.id: regimes_of(party, Measure.HANDLING) for party in ledger.parties}
    unsound = {party: own.start for party, own in regimes.items()}
    for place, dealing in enumerate(ledger.dealings):
        if dealing.ours:
            continue
        if len(dealing.parties) > 1:
            found[place] = _doors(dealing, {party: (unsound[party], regimes[party]) for party in dealing.parties})
        for party in dealing.parties:
            mine = _as_laid(dealing, found[place][party]) if place in found else dealing
            entry = _entry(mine, dealing, Measure.HANDLING, regimes[party], ledger.today)
            if entry is not None and entry.piece is not None:
                unsound[party] = entry.piece.after(unsound[party], 1, regimes[party])
    return found


def _doors(dealing: Dealing, suspects: dict[PartyId, tuple[float, Regimes]]) -> Doors:
    hazards: dict[PartyId | None, float] = {
        party: NOTICED.mid * expected_leak_rate(predict(unsound, regimes), regimes)
        for party, (unsound, regimes) in suspects.items()
    }
    hazards[None] = OWN_HOUSE
    pointing: dict[PartyId | None, float] = dict(dealing.points_at.items())
    shares = blame(hazards, pointing)
    return {who: Door(share=share, times_likelier=evidence(share, hazards[who])) for who, share in shares.items()}


def _as_laid(dealing: Dealing, door: Door) -> Dealing:
    """The same leak as evidence about one of its suspects."""
    return attrs.evolve(dealing, times_likelier=None if math.isinf(door.times_likelier) else door.times_likelier)
