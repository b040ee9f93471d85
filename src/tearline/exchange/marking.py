"""What ``marking`` says, as JSON, shape 1 of each command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tearline.markings.mapping import Mapped
from tearline.markings.reading import Admission
from tearline.markings.system import RolledUp, Written

SHAPE = 1


class WireColour(msgspec.Struct, kw_only=True):
    """The colours of a banner, as ``#RRGGBB``."""

    background: str
    text: str


class WireLabel(msgspec.Struct, kw_only=True):
    """One label in every form; a form that its system does not have is null."""

    system: str
    banner: str
    portion: str
    words: str
    colour: WireColour
    xml: str | None
    stix: dict[str, Any] | None
    json: dict[str, Any] | None


class WireAdmission(msgspec.Struct, kw_only=True):
    """Whether the reader may read, and what stands against it."""

    may_read: bool
    view_only: bool
    refusals: list[str]


class WireRead(msgspec.Struct, kw_only=True):
    """``marking read``: the label as received and as understood, what is wrong with it, and who may read."""

    tearline_marking_read: int
    received: str
    label: WireLabel
    handling: dict[str, str]
    faults: list[str]
    reader: WireAdmission | None


class WireRendered(msgspec.Struct, kw_only=True):
    """``marking render``: the label in every form."""

    tearline_marking_render: int
    label: WireLabel


class WireRollUp(msgspec.Struct, kw_only=True):
    """``marking rollup``: the banner, why it reads so, what was wrong with portions, and the label in every form."""

    tearline_marking_rollup: int
    banner: str
    reasons: list[str]
    faults: list[str]
    attributes: dict[str, Any]
    label: WireLabel


class WireMapped(msgspec.Struct, kw_only=True):
    """``marking map``: the label in the other system (null: refused), what is lost, and what would be loosened."""

    tearline_marking_map: int
    banner: str | None
    label: WireLabel | None
    loses: list[str]
    would_loosen: list[str]


def read(
    system: str, received: str, written: Written, handling: Mapping[str, str], faults: tuple[str, ...],
    admission: Admission | None,
) -> str:  # fmt: skip
    """What a label says, as JSON text."""
    return _text(
        WireRead(
            tearline_marking_read=SHAPE,
            received=received,
            label=_label(system, written),
            handling=dict(handling),
            faults=list(faults),
            reader=None if admission is None else _admission(admission),
        )
    )


def rendered(system: str, written: Written) -> str:
    """A label in every form, as JSON text."""
    return _text(WireRendered(tearline_marking_render=SHAPE, label=_label(system, written)))


def rolled_up(system: str, found: RolledUp[Any], written: Written) -> str:
    """A roll-up, as JSON text."""
    return _text(
        WireRollUp(
            tearline_marking_rollup=SHAPE,
            banner=written.banner,
            reasons=list(found.reasons),
            faults=list(found.faults),
            attributes=dict(written.details),
            label=_label(system, written),
        )
    )


def mapped(system: str, found: Mapped, written: Written | None) -> str:
    """A mapping, as JSON text."""
    return _text(
        WireMapped(
            tearline_marking_map=SHAPE,
            banner=written.banner if written else None,
            label=_label(system, written) if written else None,
            loses=list(found.loses),
            would_loosen=list(found.would_loosen),
        )
    )


def _label(system: str, written: Written) -> WireLabel:
    return WireLabel(
        system=system,
        banner=written.banner,
        portion=written.portion,
        words=written.words,
        colour=WireColour(background=written.colour.background, text=written.colour.text),
        xml=written.xml or None,
        stix=dict(written.stix) if written.stix else None,
        json=dict(written.json) if written.json else None,
    )


def _admission(admission: Admission) -> WireAdmission:
    return WireAdmission(may_read=admission.granted, view_only=admission.view_only, refusals=list(admission.refusals))


def _text(found: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()
