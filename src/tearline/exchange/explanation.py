"""What ``explain`` and ``frontier`` say, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import msgspec

from tearline.assess.explaining import Cut, Reasoning, TextExplanation
from tearline.assess.frontiers import Choice
from tearline.domain import ClaimId, VersionId
from tearline.exchange.answer import WireEstimate, estimate, figure
from tearline.exposure.evidence import Piece, Weighed
from tearline.exposure.history import Spent

SHAPE = 1


class WireCharge(msgspec.Struct, kw_only=True):
    """What a release added to one belief: bits at the best point, and the belief after it."""

    about: str
    bits: float
    mid: float
    hi: float


class WireSpent(msgspec.Struct, kw_only=True):
    """One past release."""

    on: dt.date
    to: list[str]
    claims: list[str]
    charges: list[WireCharge]


class WirePiece(msgspec.Struct, kw_only=True):
    """One piece of evidence about the most suspected group, in bits; or what the list ``left_off`` leaves out."""

    claims: list[str]
    left_off: str | None
    against_other: float | None
    against_runner_up: float | None
    sequential: float
    left_out: float
    shapley: float


class WireWeighed(msgspec.Struct, kw_only=True):
    """One explanation: belief in the whole group before and after, and bits by piece."""

    group: str
    before: float
    after: float
    bits: list[float]


class WireEvidence(msgspec.Struct, kw_only=True):
    """One way to reason: who is suspected most at the best estimate, and why.

    ``reasons_like`` names the reader whose candidates are borrowed; null: the reader's own, or assumed.
    """

    reasons_like: str | None
    suspect: str
    runner_up: str | None
    belief_before: float
    belief_after: float
    pieces: list[WirePiece]
    groups: list[WireWeighed]


class WireCut(msgspec.Struct, kw_only=True):
    """A way by which a reader comes to read; ``without``: how likely it would get anything if it were closed.

    ``cause``: what opens several ways at once, this one among them; then closing means all of them.
    """

    giver: str
    to: str
    how: str
    assumed: bool
    cause: str | None
    probability: WireEstimate
    importance: float
    without: WireEstimate


class WireReading(msgspec.Struct, kw_only=True):
    """One reader of one text.

    ``text`` is ``recommended`` or ``proposed`` (nobody has released that one), ``said`` the version of
    each claim that it says.
    """

    reader: str
    text: str
    said: Mapping[ClaimId, VersionId]
    ever: WireEstimate
    cuts: list[WireCut]
    spent: list[WireSpent]
    evidence: list[WireEvidence]


class WireExplanation(msgspec.Struct, kw_only=True):
    """The explanation. ``tearline_explanation`` is the number of this shape."""

    tearline_explanation: int
    house_only: list[WireReading]


def encode(found: TextExplanation) -> str:
    """The explanation as JSON text, indented."""
    readings = [
        WireReading(
            reader=each.reader,
            text=found.wording.value,
            said=found.said,
            ever=estimate(each.ever),
            cuts=[_cut(c) for c in each.cuts],
            spent=[_spent(s) for s in each.spent],
            evidence=[_evidence(way) for way in each.ways],
        )
        for each in found.readers
    ]
    answer = WireExplanation(tearline_explanation=SHAPE, house_only=readings)
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _cut(c: Cut) -> WireCut:
    return WireCut(
        giver=c.edge.giver,
        to=c.edge.to,
        how=c.edge.how.value,
        assumed=c.edge.assumed,
        cause=c.edge.cause,
        probability=estimate(c.edge.probability),
        importance=figure(c.importance),
        without=estimate(c.without),
    )


def _spent(s: Spent) -> WireSpent:
    charges = [WireCharge(about=c.about, bits=figure(c.bits), mid=figure(c.mid), hi=figure(c.hi)) for c in s.charges]
    return WireSpent(on=s.on, to=list(s.to), claims=list(s.claims), charges=charges)


def _evidence(way: Reasoning) -> WireEvidence:
    e = way.evidence
    return WireEvidence(
        reasons_like=way.like,
        suspect=e.suspect,
        runner_up=e.runner_up,
        belief_before=figure(e.belief_before),
        belief_after=figure(e.belief_after),
        pieces=[_piece(p) for p in e.pieces],
        groups=[_weighed(g) for g in e.groups],
    )


def _weighed(g: Weighed) -> WireWeighed:
    bits = [figure(b) for b in g.bits]
    return WireWeighed(group=g.group, before=figure(g.before), after=figure(g.after), bits=bits)


def _maybe(bits: float | None) -> float | None:
    return None if bits is None else figure(bits)


def _piece(p: Piece) -> WirePiece:
    return WirePiece(
        claims=list(p.claims),
        left_off=p.left_off,
        against_other=_maybe(p.against_other),
        against_runner_up=_maybe(p.against_runner_up),
        sequential=figure(p.sequential),
        left_out=figure(p.left_out),
        shapley=figure(p.shapley),
    )


class WireChoice(msgspec.Struct, kw_only=True):
    """One text of the frontier; ``load`` is the largest share of any limit used, null where infinite."""

    value: float
    held: float
    load: float | None
    said: dict[str, str]


class WireFrontier(msgspec.Struct, kw_only=True):
    """The frontier, least value first. ``tearline_frontier`` is the number of this shape."""

    tearline_frontier: int
    house_only: list[WireChoice]


def encode_frontier(found: Sequence[Choice]) -> str:
    """The frontier as JSON text, indented."""
    return msgspec.json.format(msgspec.json.encode(wire_frontier(found)), indent=2).decode()


def wire_frontier(found: Sequence[Choice]) -> WireFrontier:
    """The frontier in its wire shape."""
    choices = [
        WireChoice(
            value=choice.value,
            held=choice.held,
            load=figure(choice.load) if math.isfinite(choice.load) else None,
            said={s.claim: s.version for s in choice.said if s.version},
        )
        for choice in found
    ]
    return WireFrontier(tearline_frontier=SHAPE, house_only=choices)
