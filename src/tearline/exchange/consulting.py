"""Whom to ask, how, and everybody with a stake, as they stand in the answer's JSON."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.answer import Asking, Consultation, Pointed
from tearline.exchange.parts import WireEstimate, WireReason, estimate, figure, reason
from tearline.policy.holders import Holder


class WirePointed(msgspec.Struct, kw_only=True):
    """What the question lets one reader believe: that the party asked is involved.

    ``words``: from the words alone; ``asked``: once it knows of the question; both at most. ``enough``: how
    likely the party would have to be asked anyway to keep the ``limit`` (null: the words alone pass it).
    """

    reader: str
    gets: WireEstimate
    words: float
    asked: float
    limit: float
    enough: float | None
    binds: bool


class WireAsking(msgspec.Struct, kw_only=True):
    """How to ask. ``anyway``: how likely the party would be asked about such a report though it were not involved."""

    anyway: float
    on: dt.date | None
    answer_by: dt.date | None
    too_late: bool
    readers: list[WirePointed]


class WireToldBefore(msgspec.Struct, kw_only=True):
    """An earlier disclosure."""

    on: dt.date
    to: str


class WireConsultation(msgspec.Struct, kw_only=True):
    """Whom to ask for what, in which words, what asking tells, and what they could stop.

    ``question`` is what the party would read, and may be sent to it alone. ``asked_on`` and ``due``: it has
    been asked already. ``told_before``: earlier disclosures without its consent on record.
    """

    party: str
    covers: dict[str, str]
    permissions: list[str]
    must_be_told: list[str]
    question: list[str]
    asked_on: dt.date | None
    due: dt.date | None
    asking: WireAsking
    told_before: list[WireToldBefore]
    could_stop: list[str]
    reasons: list[WireReason]


class WireStakeholder(msgspec.Struct, kw_only=True):
    """A party with a stake in what is proposed: why, where it stands, what it could stop.

    ``standing``: ``agreed``, ``unasked``, ``pending``, ``less`` (it granted less than it was asked for), ``silent``
    (it did not answer in time, which is a no) or ``declined``. ``to_recall``: what went out under a consent that
    it has withdrawn since.
    """

    party: str
    interests: list[str]
    standing: str
    told_before: list[WireToldBefore]
    to_recall: list[WireToldBefore]
    could_stop: list[str]


def consultation(found: Consultation) -> WireConsultation:
    """One party to ask."""
    return WireConsultation(
        party=found.party,
        covers=dict(found.covers),
        permissions=[p.value for p in found.permissions],
        must_be_told=list(found.must_be_told),
        question=list(found.question),
        asked_on=found.asked_on,
        due=found.due,
        asking=_asking(found.asking),
        told_before=[WireToldBefore(on=on, to=to) for on, to in found.told_before],
        could_stop=list(found.could_stop),
        reasons=[reason(r) for r in found.reasons],
    )


def stakeholder(found: Holder) -> WireStakeholder:
    """One party with a stake."""
    return WireStakeholder(
        party=found.party,
        interests=[interest.value for interest in found.interests],
        standing=found.standing.value,
        told_before=[WireToldBefore(on=on, to=to) for on, to in found.told_before],
        to_recall=[WireToldBefore(on=on, to=to) for on, to in found.to_recall],
        could_stop=list(found.could_stop),
    )


def _asking(found: Asking) -> WireAsking:
    return WireAsking(
        anyway=figure(found.anyway),
        on=found.on,
        answer_by=found.answer_by,
        too_late=found.too_late,
        readers=[_pointed(reader) for reader in found.readers],
    )


def _pointed(found: Pointed) -> WirePointed:
    return WirePointed(
        reader=found.reader,
        gets=estimate(found.gets),
        words=figure(found.words),
        asked=figure(found.asked),
        limit=figure(found.limit),
        enough=None if found.enough is None else figure(found.enough),
        binds=found.binds,
    )
