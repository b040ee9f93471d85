"""The principal's card as JSON, shape 1.

``may_leave`` is the card that is taken into the room, word for word; ``house_only`` is the briefing.
"""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from tearline.assess.card import DO_NOT_SAY, Card
from tearline.assess.stepping import Step
from tearline.exchange.answer import WireBreach, WireDecision, breach, decision
from tearline.exchange.banner import WireBanner, banner
from tearline.exchange.parts import WireReason, reason

SHAPE = 1

NUMBER_LENGTH = 12
"""Characters of a card's number: enough to tell the cards of one case apart."""


class WireInHand(msgspec.Struct, kw_only=True):
    """The card: ``say`` is empty until the words are cleared."""

    say: list[str]
    do_not_say: list[str]
    instead: str
    if_pressed: str
    if_it_leaks: str


class WireKeptBack(msgspec.Struct, kw_only=True):
    """Kinds of detail of one claim that must stay out."""

    claim: str
    details: list[str]


class WireOffended(msgspec.Struct, kw_only=True):
    """A party with a stake, and what it could stop."""

    party: str
    could_stop: list[str]


class WireStep(msgspec.Struct, kw_only=True):
    """One step more: from ``said`` (null: withheld) to ``further``."""

    claim: str
    said: str | None
    further: str
    gain: float
    breaches: list[WireBreach]
    reasons: list[WireReason]
    offended: list[WireOffended]


class WireCaveat(msgspec.Struct, kw_only=True):
    """What an originator said of a claim."""

    claim: str
    party: str
    words: str
    oral: bool
    on: dt.date | None
    heard_by: str


class WireBriefing(msgspec.Struct, kw_only=True):
    """The briefing. ``clearance`` is ``cleared``, ``not yet`` or ``not to be said``."""

    number: str
    title: str
    as_of: dt.date | None
    to: str
    clearance: str
    decision: WireDecision
    once_that_holds: list[str]
    banner: WireBanner | None
    kept_back: list[WireKeptBack]
    one_step_more: list[WireStep]
    caveats: list[WireCaveat]
    normal_channels: list[str]
    ask_in_return: list[str]


class WireCard(msgspec.Struct, kw_only=True):
    """Both papers. ``tearline_card`` is the number of this shape."""

    tearline_card: int
    may_leave: WireInHand
    house_only: WireBriefing


def encode(found: Card) -> str:
    """Both papers as JSON text, indented."""
    return msgspec.json.format(msgspec.json.encode(_wire(found, number(found))), indent=2).decode()


def number(found: Card) -> str:
    """The number of the card: it changes with anything on either paper, so a receipt is for these words only."""
    return hashlib.sha256(msgspec.json.encode(_wire(found, ""))).hexdigest()[:NUMBER_LENGTH]


def _wire(found: Card, number: str) -> WireCard:
    case = found.found.case
    return WireCard(
        tearline_card=SHAPE,
        may_leave=WireInHand(
            say=list(found.say),
            do_not_say=list(DO_NOT_SAY),
            instead=found.instead,
            if_pressed=found.if_pressed,
            if_it_leaks=found.if_it_leaks,
        ),
        house_only=WireBriefing(
            number=number,
            title=case.title,
            as_of=case.as_of,
            to=case.proposal.to,
            clearance=found.clearance.value,
            decision=decision(found.found.decision),
            once_that_holds=list(found.once),
            banner=None if found.found.banner is None else banner(found.found.banner),
            kept_back=[
                WireKeptBack(claim=kept.claim, details=[detail.value for detail in kept.details])
                for kept in found.kept_back
            ],
            one_step_more=[_step(step) for step in found.steps],
            caveats=[
                WireCaveat(
                    claim=claim,
                    party=standing.party,
                    words=standing.caveat.words,
                    oral=standing.caveat.oral,
                    on=standing.caveat.on,
                    heard_by=standing.caveat.heard_by,
                )
                for claim, standing in found.caveats
            ],
            normal_channels=list(found.channels),
            ask_in_return=list(case.proposal.ask_in_return),
        ),
    )


def _step(step: Step) -> WireStep:
    return WireStep(
        claim=step.claim,
        said=step.said,
        further=step.further,
        gain=step.gain,
        breaches=[breach(each) for each in step.breaches],
        reasons=[reason(each) for each in step.reasons],
        offended=[WireOffended(party=party, could_stop=list(could)) for party, could in step.offended],
    )
