"""The picture of ways: from us by whoever is told to whoever may read on, drawn in columns from left to right.

The layout is deterministic. A way that skips a column has a lane of its own there, so that no line runs
through a box and no figure lies on another one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs
from markupsafe import Markup

from tearline.exposure.leak_graph import downstream
from tearline.web.pictures import drawn

BOX, GAP, LABEL = 168, 132, 88
"""Width of a box, from box to box, and the part of it that is kept for a figure."""

LANE, BETWEEN, PORT, LINE = 14, 26, 26, 17
LETTERS: Final = 17
"""So many letters fit on a line of a box, those of somebody who spaces letters out among them."""

DASHES: Final[Mapping[str, str]] = {
    "given": "",
    "onward": "9 5",
    "penetration": "2 5",
    "public": "16 5",
    "shared-system": "9 4 2 4",
}
"""How the line of each kind is broken."""


@attrs.frozen(kw_only=True)
class Stop:
    """Somebody on the way.

    Attributes:
        name: Wrapped to three lines, and cut there; ``full`` says it whole.
        notes: What is written below the name, line by line.
        kind: ``us``, ``told``, ``reader`` or ``hostile``; who is hostile stands in the last column.
    """

    id: str
    name: str
    notes: tuple[str, ...]
    kind: str
    full: str

    @property
    def lines(self) -> tuple[tuple[str, bool], ...]:
        """What is written in its box, and whether it belongs to the name."""
        named = textwrap.wrap(self.name, LETTERS, max_lines=3, placeholder="…") or ["…"]
        noted = [line for note in self.notes for line in textwrap.wrap(note, LETTERS)]
        return (*((line, True) for line in named), *((line, False) for line in noted))


@attrs.frozen(kw_only=True)
class Link:
    """What the giver holds, the other one comes to read.

    Attributes:
        lo, hi: How likely, 0 to 1.
        kind: One of :data:`DASHES`.
        figure: What is written beside it; ``full`` says it whole.
    """

    giver: str
    to: str
    lo: float
    hi: float
    kind: str
    figure: str
    full: str


@attrs.define(eq=False)
class _Item:
    """A box, or the lane of a way that only passes a column."""

    column: int
    stop: Stop | None = None
    height: float = LANE
    top: float = 0.0
    rank: float = 0.0
    into: list[_Piece] = attrs.field(factory=list)
    out: list[_Piece] = attrs.field(factory=list)

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    def at(self, pieces: Sequence[_Piece], piece: _Piece) -> float:
        """How far down one of the ways that begin, or end, here meets it."""
        if self.stop is None:
            return self.middle
        return self.top + self.height * (pieces.index(piece) + 1) / (len(pieces) + 1)


@attrs.frozen(eq=False)
class _Piece:
    """A way from one column to the next."""

    link: Link
    start: _Item
    end: _Item


def flow(title: str, description: str, stops: Sequence[Stop], links: Sequence[Link]) -> Markup:
    """The picture. Ways that lead back to an earlier column are not drawn; the table beside it has them."""
    columns = _columns(stops, links)
    items, pieces = _items(stops, links, columns)
    height = _place(items)
    across = max(columns.values(), default=0) + 1
    parts = [*(_way(piece) for piece in pieces), *(_figure(piece) for piece in pieces if piece.end.stop)]
    parts += [_box(item, item.stop) for column in items for item in column if item.stop]
    size = (across * BOX + (across - 1) * GAP + 4, height)
    return drawn(title, description, size, parts, kind="picture flow", natural=True)


def _columns(stops: Sequence[Stop], links: Sequence[Link]) -> dict[str, int]:
    """The column of everybody: behind everybody that reaches him, hostile ones last."""
    ahead: list[tuple[str, str]] = []
    for link in links:
        if link.giver not in downstream(ahead, [link.to]):
            ahead.append((link.giver, link.to))
    found = {stop.id: 0 if stop.kind == "us" else 1 for stop in stops}
    for _ in stops:
        for giver, to in ahead:
            found[to] = max(found[to], found[giver] + 1)
    friendly = max((found[stop.id] for stop in stops if stop.kind != "hostile"), default=0)
    hostile = {stop.id for stop in stops if stop.kind == "hostile"}
    return {who: max(column, friendly + 1) if who in hostile else column for who, column in found.items()}


def _items(
    stops: Sequence[Stop], links: Sequence[Link], columns: Mapping[str, int]
) -> tuple[list[list[_Item]], list[_Piece]]:
    """Boxes and lanes, column by column in their order from above, and the ways between them."""
    found: list[list[_Item]] = [[] for _ in range(max(columns.values(), default=0) + 1)]
    boxes = {stop.id: _Item(columns[stop.id], stop) for stop in stops}
    for box in boxes.values():
        found[box.column].append(box)
    pieces = []
    for link in links:
        at, end = boxes[link.giver], boxes[link.to]
        while at.column < end.column:
            after = end if at.column + 1 == end.column else _Item(at.column + 1)
            if after is not end:
                found[after.column].append(after)
            pieces.append(_Piece(link, at, after))
            at = after
    for piece in pieces:
        piece.start.out.append(piece)
        piece.end.into.append(piece)
    for column in found:
        for item in column:
            item.rank = sum(p.start.rank for p in item.into) / len(item.into) if item.into else len(column)
        column.sort(key=lambda item: item.rank)
        for place, item in enumerate(column):
            item.rank = (place + 0.5) / len(column)
    return found, pieces


def _place(items: Sequence[Sequence[_Item]]) -> float:
    """Give everything its height and its place; how tall the whole is."""
    for column in items:
        for item in column:
            item.into.sort(key=lambda piece: piece.start.rank)
            item.out.sort(key=lambda piece: piece.end.rank)
            if item.stop:
                written = LINE * len(item.stop.lines) + 16
                item.height = max(written, PORT * (len(item.into) + 1), LANE * (len(item.out) + 1))
    tall = [sum(item.height + BETWEEN for item in column) - BETWEEN for column in items]
    most = max(tall, default=0.0)
    for column, own in zip(items, tall, strict=True):
        top = (most - own) / 2 + 12
        for item in column:
            item.top = top
            top += item.height + BETWEEN
    return most + 24


def _left(item: _Item) -> float:
    return 2 + item.column * (BOX + GAP)


def _way(piece: _Piece) -> Markup:
    """One way: as wide as it is likely at most, and the sure part of that within."""
    x, y = _left(piece.start) + BOX, piece.start.at(piece.start.out, piece)
    far = _left(piece.end)
    end_y = piece.end.at(piece.end.into, piece)
    turn = far - LABEL
    half = (x + turn) / 2
    lane = "" if piece.start.stop else f"M{x - BOX:.0f} {y:.1f}H{x:.0f}"
    path = f"{lane}M{x:.0f} {y:.1f}C{half:.0f} {y:.1f} {half:.0f} {end_y:.1f} {turn:.0f} {end_y:.1f}H{far:.0f}"
    link = piece.link
    return Markup(
        '<g class="way {}"><title>{}</title><path class="most" d="{}" stroke-width="{:.1f}"/>'
        '<path class="least" d="{}" stroke-width="{:.1f}" stroke-dasharray="{}"/></g>'
    ).format(link.kind, link.full, path, _wide(link.hi), path, _wide(link.lo), DASHES[link.kind] or "none")


def _wide(chance: float) -> float:
    return 1.5 + 10.5 * chance


def _figure(piece: _Piece) -> Markup:
    x, y = _left(piece.end) - 10, piece.end.at(piece.end.into, piece)
    return Markup('<text class="figure" x="{:.0f}" y="{:.1f}" text-anchor="end">{}</text>').format(
        x, y - 8, piece.link.figure
    )


def _box(item: _Item, stop: Stop) -> Markup:
    x, y = _left(item), item.top
    lines = stop.lines
    first = item.middle - LINE * len(lines) / 2 + 13
    written = Markup("").join(
        Markup('<text class="{}" x="{:.0f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
            "label" if named else "note", x + BOX / 2, first + LINE * place, line
        )
        for place, (line, named) in enumerate(lines)
    )
    return Markup(
        '<g class="stop {}"><title>{}</title><rect x="{:.0f}" y="{:.1f}" width="{}" height="{:.1f}" rx="8"/>{}</g>'
    ).format(stop.kind, stop.full, x, y, BOX, item.height, written)


def legend(kinds: Iterable[tuple[str, str]]) -> Markup:
    """What each kind of line stands for."""
    rows = [
        Markup(
            '<li><svg class="key" viewBox="0 0 48 12" aria-hidden="true" focusable="false"><g class="way {}">'
            '<path class="least" d="M0 6H48" stroke-width="6" stroke-dasharray="{}"/></g></svg> {}</li>'
        ).format(kind, DASHES[kind] or "none", told)
        for kind, told in kinds
    ]
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(rows))
