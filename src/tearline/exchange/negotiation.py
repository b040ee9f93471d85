"""A negotiation as JSON, shape 1. Nothing of it may leave the house: what goes is settled by ``assess``."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.answer import Assessment
from tearline.assess.bargaining import Bargain, Weighed, goes, nearest
from tearline.domain.names import ClaimId, VersionId
from tearline.domain.negotiation import Move, Negotiation, Text, Turn
from tearline.exchange.answer import WireDecision, decision
from tearline.exchange.parts import figure

SHAPE = 1


class WireNearest(msgspec.Struct, kw_only=True):
    """The limit that comes nearest to breaking: the share of it used before and after (1: reached)."""

    reader: str
    gate: str
    about: str
    before: float
    after: float


class WireAnswer(msgspec.Struct, kw_only=True):
    """The answer to telling one text. ``goes``: exactly this text may go today. ``nearest`` may be null."""

    decision: WireDecision
    goes: bool
    said: dict[str, str]
    value: float
    nearest: WireNearest | None


class WireOffer(msgspec.Struct, kw_only=True):
    """An offer. ``package`` is weighed for somebody who has had the teaser.

    ``retold``: they were told the teaser before, so that it tells nothing.
    """

    asked: list[str]
    teaser: dict[str, str]
    package: dict[str, str]
    retold: bool
    may_be_offered: bool
    telling_the_teaser: WireAnswer
    handing_over: WireAnswer


class WireTurn(msgspec.Struct, kw_only=True):
    """A move that was made, and the terms that lay on the table after it."""

    on: dt.date
    to: str
    by: str
    teaser: dict[str, str]
    package: dict[str, str]
    asked: list[str]
    received: list[str]


class WireNext(msgspec.Struct, kw_only=True):
    """A move that the table knows from here. ``by``: ``giver``, ``receiver`` or ``either``."""

    to: str
    by: str
    tells: str
    says: str


class WireBargain(msgspec.Struct, kw_only=True):
    """All of it. ``position`` is null while nothing was said; ``on_the_table`` while no package lies there."""

    title: str
    giver: str
    receiver: str
    warning_owed: bool
    position: str | None
    lapsed: bool
    turns: list[WireTurn]
    told: dict[str, str]
    asked: list[str]
    outstanding: list[str]
    next: list[WireNext]
    most: WireAnswer
    on_the_table: WireAnswer | None
    openings: list[WireOffer]
    ask_in_return: list[str]


def encode(found: Bargain) -> str:
    """The whole negotiation as JSON text, indented."""
    return _json("tearline_negotiation", bargain(found))


def encode_offer(found: Weighed) -> str:
    """One offer as JSON text, indented."""
    return _json("tearline_offer", offer(found))


def _json(shape: str, house_only: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode({shape: SHAPE, "house_only": house_only}), indent=2).decode()


def bargain(found: Bargain) -> WireBargain:
    """The negotiation, field by field."""
    now, case = found.now, found.case
    return WireBargain(
        title=case.title,
        giver=now.giver,
        receiver=now.receiver,
        warning_owed=case.owes_warning,
        position=now.position.value if now.position else None,
        lapsed=found.lapsed,
        turns=[_turn(turn, after) for turn, after in found.turns],
        told=_text(now.told),
        asked=list(now.terms.asked),
        outstanding=list(found.outstanding),
        next=[_next(move) for move in found.next],
        most=_answer(found.most, found.most.tearline.versions),
        on_the_table=None if found.on_the_table is None else _answer(found.on_the_table, now.terms.package),
        openings=[offer(each) for each in found.openings],
        ask_in_return=[each.wish for each in found.most.in_return],
    )


def offer(found: Weighed) -> WireOffer:
    """One offer, field by field."""
    terms = found.terms
    return WireOffer(
        asked=list(terms.asked),
        teaser=_text(terms.teaser),
        package=_text(terms.package),
        retold=found.retold,
        may_be_offered=found.may_be_offered,
        telling_the_teaser=_answer(found.teaser, terms.teaser),
        handing_over=_answer(found.package, terms.package),
    )


def _answer(found: Assessment, text: Text | dict[ClaimId, VersionId]) -> WireAnswer:
    line = nearest(found)
    return WireAnswer(
        decision=decision(found.decision),
        goes=goes(found, text),
        said=_text(found.tearline.versions),
        value=found.tearline.value,
        nearest=None
        if line is None
        else WireNearest(
            reader=line.reader,
            gate=line.gate.value,
            about=line.about,
            before=figure(line.used_before),
            after=figure(line.used),
        ),
    )


def _turn(turn: Turn, after: Negotiation) -> WireTurn:
    return WireTurn(
        on=turn.on,
        to=turn.to.value,
        by=turn.by,
        teaser=_text(after.terms.teaser),
        package=_text(after.terms.package),
        asked=list(after.terms.asked),
        received=list(turn.received),
    )


def _next(move: Move) -> WireNext:
    return WireNext(to=move.to.value, by=move.by.value, tells=move.tells, says=move.says)


def _text(text: Text) -> dict[str, str]:
    return {str(claim): str(version) for claim, version in text.items()}
