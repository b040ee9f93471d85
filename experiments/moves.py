"""The tables of moves drawn: what is in the table is in the picture, and nothing else.

python -m experiments.moves     writes docs/explanation/figures/lifecycle.svg and negotiation.svg
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from experiments.figures import FAINT, FONT, INK, REPORT, WORST
from tearline.domain import lifecycle, negotiation
from tearline.domain.lifecycle import Stage
from tearline.domain.negotiation import Position

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "figures"

Point = tuple[float, float]

COLUMN, ROW = 158, 92
WIDE, HIGH = 116, 34
LEFT, TOP = 112, 112
LANE: Final = 5
"""Pixels between two lines that go down beside each other."""

_OVERHANG: Final = 40
"""Pixels by which a bar reaches further left than its boxes, for the lines that come down there."""


@attrs.frozen
class Place:
    """Where a box stands, in columns and rows; a bar reaches over ``over`` more columns."""

    x: float
    y: float
    over: float = 0.0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box, in pixels."""
        return LEFT + (self.x + self.over / 2) * COLUMN, TOP + self.y * ROW

    @property
    def width(self) -> float:
        """Pixels across."""
        return WIDE + self.over * COLUMN


@attrs.frozen
class Picture:
    """A table of moves as boxes and arrows.

    Attributes:
        places: Every stage by its word.
        edges: From and to.
        ends: Stages drawn as bars, to which faint lines go down.
        around: Edges that go down first and then across.
        first: Where it may begin.
    """

    title: str
    places: Mapping[str, Place]
    edges: Sequence[tuple[str, str]]
    ends: Sequence[str] = ()
    around: Sequence[tuple[str, str]] = ()
    first: Sequence[str] = ()


LIFE: Final = {
    Stage.DRAFT: Place(0, 0),
    Stage.ASSESSED: Place(1, 0),
    Stage.CLEARED: Place(2, 0),
    Stage.RELEASED: Place(3, 0),
    Stage.ACKNOWLEDGED: Place(5, 0),
    Stage.CONSULTING: Place(1, 1),
    Stage.REFUSED: Place(2, 1),
    Stage.ONWARD_ASKED: Place(4, 1),
    Stage.ACT_ASKED: Place(6, 1),
    Stage.CORRECTED: Place(5, 2),
    Stage.RECALLED: Place(3, 3, 3),
    Stage.EXPIRED: Place(0, 4, 6),
}

TRADE: Final = {
    Position.ANNOUNCED: Place(0, 0),
    Position.OFFERED: Place(1.5, 0),
    Position.COUNTERED: Place(1.5, 1),
    Position.AGREED: Place(3, 0),
    Position.ESCROWED: Place(4.5, 0),
    Position.EXCHANGED: Place(6, 0),
    Position.GIVEN: Place(0, 1),
    Position.CLOSED: Place(0, 2, 6),
}


def lifecycle_picture() -> Picture:
    """The life of a proposal."""
    return Picture(
        title="The life of a proposal",
        places={stage.value: place for stage, place in LIFE.items()},
        edges=[(m.start.value, m.to.value) for m in lifecycle.MOVES if m.start],
        ends=(Stage.RECALLED.value, Stage.EXPIRED.value),
        around=((Stage.RELEASED.value, Stage.CORRECTED.value),),
        first=[m.to.value for m in lifecycle.MOVES if m.start is None],
    )


def negotiation_picture() -> Picture:
    """A negotiation."""
    return Picture(
        title="A negotiation",
        places={position.value: place for position, place in TRADE.items()},
        edges=[(m.start.value, m.to.value) for m in negotiation.MOVES if m.start],
        ends=(Position.CLOSED.value,),
        first=[m.to.value for m in negotiation.MOVES if m.start is None],
    )


def drawn(picture: Picture) -> str:
    """The picture as SVG."""
    right = max(p.middle[0] + p.width / 2 for p in picture.places.values()) + 28
    bottom = max(p.middle[1] for p in picture.places.values()) + 52
    size = f"width='{right:.0f}' height='{bottom:.0f}' viewBox='0 0 {right:.0f} {bottom:.0f}'"
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{picture.title}'>",
        f"<title>{picture.title}</title>",
        f"<desc>{_described(picture)}</desc>",
        f"<rect width='{right:.0f}' height='{bottom:.0f}' fill='#ffffff'/>",
        _text(LEFT - WIDE / 2, 32, picture.title, size=16, weight="bold", anchor="start"),
    ]
    parts += [_beginning(picture.places[word]) for word in picture.first]
    lanes = dict.fromkeys(picture.places, 0)
    for start, to in picture.edges:
        parts.append(_edge(picture, start, to, lanes))
    parts += [_box(word, place, word in picture.ends) for word, place in picture.places.items()]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _described(picture: Picture) -> str:
    return "; ".join(f"{start} to {to}" for start, to in picture.edges)


def _beginning(place: Place) -> str:
    x, y = place.middle
    top = y - HIGH / 2
    dot = f"<circle cx='{x:.1f}' cy='{top - 24:.1f}' r='4' fill='{INK}'/>"
    return dot + _arrow([(x, top - 20), (x, top)], INK)


def _box(word: str, place: Place, is_end: bool) -> str:
    x, y = place.middle
    fill, ink = ("#f4f5f1", WORST) if is_end else ("#eef4fb", REPORT)
    left = x - place.width / 2 - (_OVERHANG if is_end else 0)
    width = x + place.width / 2 - left
    box = (
        f"<rect x='{left:.1f}' y='{y - HIGH / 2:.1f}' width='{width:.1f}' height='{HIGH}' rx='6' "
        f"fill='{fill}' stroke='{ink}'/>"
    )
    return box + _text(x, y + 4.5, word, size=13, weight="bold")


def _edge(picture: Picture, start: str, to: str, lanes: dict[str, int]) -> str:
    here, there = picture.places[start], picture.places[to]
    if start == to:
        x, top = here.middle[0], here.middle[1] - HIGH / 2
        return _arrow([(x + 14, top), (x + 14, top - 24), (x + 40, top - 24), (x + 40, top)], INK)
    if to in picture.ends:
        return _down(here, there, start, lanes)
    if (start, to) in picture.around:
        (x, y), (u, v) = here.middle, there.middle
        return _arrow([(x, y + HIGH / 2), (x, v), (u - there.width / 2, v)], INK)
    return _straight(here, there, (to, start) in picture.edges)


def _down(here: Place, there: Place, start: str, lanes: dict[str, int]) -> str:
    """Out at the left, down a lane between the columns, to the bar."""
    (x, y), end = here.middle, there.middle[1] - HIGH / 2
    if here.over:
        foot = x + here.width / 2 - 30
        return _arrow([(foot, y + HIGH / 2), (foot, end)], FAINT)
    lane = x - WIDE / 2 - 7 - LANE * (round(here.y) + 3 * lanes[start])
    lanes[start] += 1
    level = y + 14 - 4 * lanes[start]
    return _arrow([(x - WIDE / 2, level), (lane, level), (lane, end)], FAINT)


def _straight(here: Place, there: Place, both_ways: bool) -> str:
    """From border to border; two lines between the same boxes stand a little apart."""
    (x, y), (u, v) = here.middle, there.middle
    length = math.hypot(u - x, v - y)
    along = ((u - x) / length, (v - y) / length)
    aside = 6.0 if both_ways else 0.0
    off = (-along[1] * aside, along[0] * aside)
    out, into = _border(off, along), _border(off, (-along[0], -along[1]))
    return _arrow(
        [
            (x + off[0] + along[0] * out, y + off[1] + along[1] * out),
            (u + off[0] - along[0] * into, v + off[1] - along[1] * into),
        ],
        INK,
    )


def _border(off: Point, along: Point) -> float:
    """How far it is to the border of a box, from a point beside its middle in a direction."""
    halves = (WIDE / 2, HIGH / 2)
    return min(
        (math.copysign(half, way) - start) / way for half, start, way in zip(halves, off, along, strict=True) if way
    )


def _arrow(points: Sequence[Point], colour: str) -> str:
    """A line along some points with a head at the last."""
    (x, y), (u, v) = points[-2:]
    length = math.hypot(u - x, v - y)
    a, b = (u - x) / length, (v - y) / length
    back, half = 8, 3.4
    foot = (u - back * a, v - back * b)
    head = ((u, v), (foot[0] - half * b, foot[1] + half * a), (foot[0] + half * b, foot[1] - half * a))
    line = f"<polyline points='{_spelled([*points[:-1], foot])}' fill='none' stroke='{colour}' stroke-width='1.3'/>"
    return f"{line}<polygon points='{_spelled(head)}' fill='{colour}'/>"


def _spelled(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _text(x: float, y: float, words: str, *, size: int, weight: str = "normal", anchor: str = "middle") -> str:
    style = f"font-size='{size}' font-weight='{weight}' fill='{INK}' text-anchor='{anchor}'"
    return f"<text x='{x:.1f}' y='{y:.1f}' {FONT} {style}>{words}</text>"


def figures() -> dict[str, str]:
    """Every picture by the name of its file."""
    return {"lifecycle.svg": drawn(lifecycle_picture()), "negotiation.svg": drawn(negotiation_picture())}


def main() -> None:
    """Write the pictures."""
    for name, picture in figures().items():
        (FOLDER / name).write_text(picture, "utf-8")
        sys.stdout.write(f"{name} written\n")


if __name__ == "__main__":
    main()
