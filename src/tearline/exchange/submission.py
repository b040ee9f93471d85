"""The submission as JSON, shape 1: the same facts as on the page, all of which stay in the house."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.submission import Section, Submission

SHAPE = 1


class WireSection(msgspec.Struct, kw_only=True):
    """One part of the page: words that are quoted, their marks (none: not marked), points, and boxes to tick."""

    title: str
    quoted: list[str]
    marks: list[str]
    points: list[str]
    boxes: list[str]


class WireSignature(msgspec.Struct, kw_only=True):
    """Who signs; an empty ``name`` is to be filled in."""

    role: str
    name: str


class WirePage(msgspec.Struct, kw_only=True):
    """Everything on the page."""

    title: str
    date: dt.date | None
    verdict: str
    recommendation: str
    why: list[str]
    sections: list[WireSection]
    signatures: list[WireSignature]


class WireSubmission(msgspec.Struct, kw_only=True):
    """The submission. ``tearline_submission`` is the number of this shape."""

    tearline_submission: int
    house_only: WirePage


def encode(found: Submission) -> str:
    """The page as JSON text, indented."""
    page = WirePage(
        title=found.title,
        date=found.date,
        verdict=found.verdict[0],
        recommendation=found.verdict[1],
        why=list(found.why),
        sections=[_section(section) for section in found.sections],
        signatures=[WireSignature(role=role, name=name) for role, name in found.signatures],
    )
    written = msgspec.json.encode(WireSubmission(tearline_submission=SHAPE, house_only=page))
    return msgspec.json.format(written, indent=2).decode()


def _section(found: Section) -> WireSection:
    return WireSection(
        title=found.title,
        quoted=list(found.quoted),
        marks=list(found.marks),
        points=list(found.points),
        boxes=list(found.boxes),
    )
