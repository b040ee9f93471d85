"""What ``drill`` says, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import msgspec

from tearline.assess.urgent.drilling import Report
from tearline.exchange.answer import figure
from tearline.exchange.warning import WireGap

SHAPE = 1


class WireTimed(msgspec.Struct, kw_only=True):
    """One step: by people or by the machine, how long, and how it went."""

    name: str
    by_people: bool
    seconds: float
    result: str


class WireHouse(msgspec.Struct, kw_only=True):
    """The report. ``room_seconds`` null: nothing to count from; ``in_time`` null: nothing to compare."""

    title: str
    steps: list[WireTimed]
    seconds: float
    room_seconds: float | None
    tried: bool
    in_time: bool | None
    gaps: list[WireGap]


class WireDrill(msgspec.Struct, kw_only=True):
    """The drill. ``tearline_drill`` is the number of this shape."""

    tearline_drill: int
    house_only: WireHouse


def encode(found: Report) -> str:
    """The report as JSON text, indented."""
    house = WireHouse(
        title=found.title,
        steps=[
            WireTimed(name=s.name, by_people=s.by_people, seconds=figure(s.seconds), result=s.result.value)
            for s in found.steps
        ],
        seconds=figure(found.seconds),
        room_seconds=None if found.room is None else figure(found.room.total_seconds()),
        tried=found.tried,
        in_time=found.in_time,
        gaps=[WireGap(what=gap.what, where=gap.where) for gap in found.gaps],
    )
    return msgspec.json.format(
        msgspec.json.encode(WireDrill(tearline_drill=SHAPE, house_only=house)), indent=2
    ).decode()
