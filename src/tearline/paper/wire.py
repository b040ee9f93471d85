"""A paper as JSON, shape 1.

One of two keys holds it and the other is null: ``may_leave``, or ``house_only`` for what stays.
"""

from __future__ import annotations

import json

import msgspec

from tearline.paper.document import Document, Part

SHAPE = 1


class WireSentence(msgspec.Struct, kw_only=True):
    """One sentence. ``number`` counts within its part; ``mark`` and ``grade`` are empty where it bears none."""

    number: int
    mark: str
    words: str
    grade: str


class WirePart(msgspec.Struct, kw_only=True):
    """One part: sentences that go or are to be spoken, points, and boxes to tick."""

    title: str
    sentences: list[WireSentence]
    points: list[str]
    boxes: list[str]


class WireFact(msgspec.Struct, kw_only=True):
    """From whom, to whom, when, under which reference."""

    name: str
    says: str


class WireSigned(msgspec.Struct, kw_only=True):
    """Who signs; an empty ``name`` is to be filled in."""

    role: str
    name: str


class WireContent(msgspec.Struct, kw_only=True):
    """All that stands on the paper, in order. ``banner``: the lines at the top and bottom of every page."""

    paper: str
    banner: list[str]
    heading: str
    facts: list[WireFact]
    lead: list[str]
    parts: list[WirePart]
    signatures: list[WireSigned]


class WirePaper(msgspec.Struct, kw_only=True):
    """A paper. ``tearline_paper`` is the number of this shape; ``may_leave`` or ``house_only`` is null."""

    tearline_paper: int
    may_leave: WireContent | None
    house_only: WireContent | None


def encode(found: Document) -> str:
    """The paper as JSON text, indented."""
    content = _content(found)
    wire = WirePaper(
        tearline_paper=SHAPE,
        may_leave=content if found.leaves else None,
        house_only=None if found.leaves else content,
    )
    return msgspec.json.format(msgspec.json.encode(wire), indent=2).decode() + "\n"


def schema() -> str:
    """The JSON Schema of a paper."""
    return json.dumps(msgspec.json.schema(WirePaper), indent=2)


def _content(found: Document) -> WireContent:
    return WireContent(
        paper=found.paper.value,
        banner=list(found.banner),
        heading=found.heading,
        facts=[WireFact(name=name, says=says) for name, says in found.facts],
        lead=list(found.lead),
        parts=[_part(part) for part in found.parts],
        signatures=[WireSigned(role=role, name=name) for role, name in found.signatures],
    )


def _part(part: Part) -> WirePart:
    return WirePart(
        title=part.title,
        sentences=[
            WireSentence(number=number, mark=each.mark, words=each.words, grade=each.grade)
            for number, each in enumerate(part.sentences, 1)
        ],
        points=list(part.points),
        boxes=list(part.boxes),
    )
