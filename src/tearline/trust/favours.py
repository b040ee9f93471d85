"""The ledger of favours: what was given and received by topic, fading with time, never a bill.

Gestures, warnings that duty demanded, bulk flows and corrections are outside it: they are shown and are
never debt. What a balance is worth to a negotiator is that it can be looked at, not that it can be
presented.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from tearline.domain import NOTHING, Case, Dealing, Event, Favour, PartyId, Worth
from tearline.errors import InvariantError

DEPENDENT: Final = 2 / 3
"""From this share of a topic's inflow on, it rests on one partner, or one channel on one officer. Judgement."""

YEAR: Final = 365


@attrs.frozen(kw_only=True)
class Balance:
    """One topic with one partner, as of one day.

    Attributes:
        given, received: What is left of it after fading; what never counts as debt is not in it.
        outside: Both ways, what never counts as debt.
    """

    topic: str
    given: Worth
    received: Worth
    outside: Worth

    @property
    def leaning(self) -> str:
        """Who has given more: ``they``, ``we``, or neither where the intervals overlap."""
        if self.given.lo > self.received.hi:
            return "we"
        return "they" if self.received.lo > self.given.hi else ""


@attrs.frozen(kw_only=True)
class Trends:
    """How the exchange with one partner is going. ``None``: nothing on record tells.

    Attributes:
        lag: Days from promise to delivery, on average.
        answered: The share of our requests that were answered.
        by_one_officer: The largest share of what was received that came by one hand, and whose.
    """

    lag: float | None
    answered: float | None
    by_one_officer: tuple[str, float] | None


@attrs.frozen(kw_only=True)
class Dependence:
    """A topic that rests on one partner."""

    topic: str
    on: PartyId
    share: float


def faded(favour: Favour, today: dt.date) -> Worth:
    """What is left of a favour: half of it after each half-life.

    Raises:
        InvariantError: It lies in the future.
    """
    days = (today - favour.on).days
    if days < 0:
        raise InvariantError(f"a favour of {favour.on} on {today}")
    return favour.worth.times(2 ** (-days / favour.halves_in))


def balances(case: Case, party: PartyId, today: dt.date) -> tuple[Balance, ...]:
    """By topic, in the order of the record; for all topics each favour counts once."""
    found = []
    for topic in dict.fromkeys(favour.topic for favour in between(case, party)):
        own = [favour for favour in between(case, party) if favour.topic == topic]
        counted = [favour for favour in own if favour.aside is None]
        found.append(
            Balance(
                topic=topic,
                given=_total((f for f in counted if f.giver == case.us), today),
                received=_total((f for f in counted if f.giver == party), today),
                outside=_total((f for f in own if f.aside is not None), today),
            )
        )
    return tuple(found)


def between(case: Case, party: PartyId) -> tuple[Favour, ...]:
    """Everything that we and that party gave each other."""
    return tuple(favour for favour in case.favours if party in (favour.giver, favour.to))


def _total(favours: Iterable[Favour], today: dt.date) -> Worth:
    total = NOTHING
    for favour in favours:
        total = total.plus(faded(favour, today))
    return total


def inflow(case: Case, party: PartyId, today: dt.date) -> Worth:
    """What comes from a partner in a year, as far as the record tells.

    A steady inflow of so much a day has a faded sum of that times ``half-life / ln 2``; this is the inverse.
    """
    total = NOTHING
    for favour in between(case, party):
        if favour.giver == party:
            total = total.plus(faded(favour, today).times(YEAR * math.log(2) / favour.halves_in))
    return total


def trends(case: Case, party: PartyId) -> Trends:
    """How promptly, how readily, and by how many hands."""
    received = [favour for favour in between(case, party) if favour.giver == party]
    lags = [(favour.on - favour.promised).days for favour in received if favour.promised is not None]
    theirs = [dealing for dealing in case.dealings if party in dealing.parties and _stands(dealing)]
    events = (Event.REQUEST_ANSWERED, Event.REQUEST_REFUSED)
    asked = {what: sum(dealing.count for dealing in theirs if dealing.what is what) for what in events}
    return Trends(
        lag=sum(lags) / len(lags) if lags else None,
        answered=asked[Event.REQUEST_ANSWERED] / sum(asked.values()) if any(asked.values()) else None,
        by_one_officer=_by_one_officer(received),
    )


def _stands(dealing: Dealing) -> bool:
    return not dealing.ours and dealing.retracted is None


def _by_one_officer(received: Sequence[Favour]) -> tuple[str, float] | None:
    named = [favour for favour in received if favour.officer]
    total = sum(favour.worth.mid for favour in named)
    if not total:
        return None
    shares: dict[str, float] = {}
    for favour in named:
        shares[favour.officer] = shares.get(favour.officer, 0.0) + favour.worth.mid / total
    return max(shares.items(), key=lambda share: (share[1], share[0]))


def dependence(case: Case, today: dt.date) -> tuple[Dependence, ...]:
    """Topics of which most of what is received, faded, comes from one partner."""
    found = []
    for topic in dict.fromkeys(favour.topic for favour in case.favours):
        from_whom: dict[PartyId, float] = {}
        for favour in case.favours:
            if favour.topic == topic and favour.to == case.us:
                from_whom[favour.giver] = from_whom.get(favour.giver, 0.0) + faded(favour, today).mid
        total = sum(from_whom.values())
        for party, part in from_whom.items():
            if total and part / total >= DEPENDENT:
                found.append(Dependence(topic=topic, on=party, share=part / total))
    return tuple(found)
