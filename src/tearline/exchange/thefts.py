"""What ``incident bulk`` says, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tearline.damage.thefts import Found, Theft
from tearline.exchange.damage import WireSpan, span
from tearline.exchange.parts import figure

SHAPE = 1


class WireFound(msgspec.Struct, kw_only=True):
    """One source; ``danger`` null: no person."""

    source: str
    kind: str
    documents: int
    before: float
    now: WireSpan
    taken: WireSpan
    loss: WireSpan
    hours: float
    danger: float | None
    in_danger: bool


class WireTheft(msgspec.Struct, kw_only=True):
    """The whole; ``sources`` in the order of work, as many as were asked for. ``magnitude`` null: nothing is lost."""

    title: str
    documents: int
    sources_in_all: int
    persons_in_danger: int
    legal: list[str]
    magnitude: WireSpan | None
    accessible: WireSpan
    taken: WireSpan
    sources: list[WireFound]


class WireBulk(msgspec.Struct, kw_only=True):
    """The answer. ``tearline_bulk_damage`` is the number of this shape."""

    tearline_bulk_damage: int
    house_only: WireTheft


def encode(found: Theft, first: Sequence[Found]) -> str:
    """The answer as JSON text, indented."""
    house = WireTheft(
        title=found.title,
        documents=found.documents,
        sources_in_all=len(found.found),
        persons_in_danger=found.lives,
        legal=[word.value for word in found.words],
        magnitude=None if found.scale is None else span(found.scale),
        accessible=span(found.accessible),
        taken=span(found.taken),
        sources=[_found(each) for each in first],
    )
    whole = WireBulk(tearline_bulk_damage=SHAPE, house_only=house)
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def _found(each: Found) -> WireFound:
    return WireFound(
        source=each.source.id,
        kind=each.source.kind.value,
        documents=each.documents,
        before=figure(each.before),
        now=span(each.now),
        taken=span(each.taken),
        loss=span(each.loss),
        hours=each.hours,
        danger=None if each.danger is None else figure(each.danger),
        in_danger=each.in_danger,
    )
