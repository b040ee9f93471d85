"""Pictures of an incident as SVG: losses on a scale of tens, and chances before and after with their limits.

As in :mod:`.pictures`: attributes and classes only, and a table of the same figures beside each. A bar is the
interval, a dot its best point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import attrs
from markupsafe import Markup, escape

from tearline.damage.magnitude import Span

WIDTH: Final = 380
"""Units across; a picture is as wide as its place, and must be read where that is narrow."""

_EDGE: Final = 12
_SHORT_ROW, _TALL_ROW = 50, 70
_LETTERS: Final = 46
"""So many letters fit across."""


@attrs.frozen(kw_only=True)
class Whisker:
    """One loss on the scale; ``scale`` ``None``: no loss that can be told from none. ``here``: it is this one."""

    label: str
    scale: Span | None
    figure: str
    here: bool = False


def whiskers(title: str, rows: Sequence[Whisker]) -> Markup:
    """Dots with whiskers, one below the other, on one scale of source-years that grows by tens."""
    known = [row.scale for row in rows if row.scale is not None]
    lowest = math.floor(min((scale.lo for scale in known), default=-1))
    highest = max(lowest + 1, math.ceil(max((scale.hi for scale in known), default=1)))
    high = _row_height(rows)
    room, foot = WIDTH - 2 * _EDGE, high * len(rows) + 8

    def at(tens: float) -> float:
        return _EDGE + (tens - lowest) / (highest - lowest) * room

    parts = []
    step = math.ceil((highest - lowest) / 6)
    for tens in range(lowest, highest + 1):
        parts.append(_grid(at(tens), foot))
        if (tens - lowest) % step == 0:
            parts.append(_tick(at(tens), foot, f"{10.0**tens:,.10g}"))
    for place, row in enumerate(rows):
        top = place * high
        parts += _labels(top, row.label, row.figure, high, strong=row.here)
        if row.scale is not None:
            parts += _whisker(at(row.scale.lo), at(row.scale.mid), at(row.scale.hi), top + high - 16, row.here)
    return _picture(f"{title}. A scale of source-years that grows by tens.", foot + 26, parts)


@attrs.frozen(kw_only=True)
class Chance:
    """How likely something is, 0 to 1, between two edges with its best point.

    Attributes:
        before: The same before the incident, drawn thin above it; ``None``: there is no before.
        limit: How far it may go; ``None``: there is no limit.
    """

    label: str
    lo: float
    mid: float
    hi: float
    figure: str
    before: tuple[float, float] | None = None
    limit: float | None = None


def chances(title: str, rows: Sequence[Chance]) -> Markup:
    """Ranges of probability on one axis from 0 to 100 per cent."""
    high = _row_height(rows)
    room, foot = WIDTH - 2 * _EDGE, high * len(rows) + 8
    parts = []
    for tick in (0, 25, 50, 75, 100):
        parts.append(_grid(_EDGE + tick / 100 * room, foot))
        parts.append(_tick(_EDGE + tick / 100 * room, foot, f"{tick}%"))
    for place, row in enumerate(rows):
        top = place * high
        parts += _labels(top, row.label, row.figure, high)
        if row.before is not None:
            start, end = (_EDGE + edge * room for edge in row.before)
            parts.append(_bar("earlier", start, max(end, start + 3), top + high - 26, 4))
        lo, mid, hi = (_EDGE + edge * room for edge in (row.lo, row.mid, row.hi))
        parts += _whisker(lo, mid, hi, top + high - 14, False)
        if row.limit is not None:
            x = _EDGE + row.limit * room
            parts.append(
                Markup('<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(
                    x, top + high - 28, top + high - 4
                )
            )
    return _picture(title, foot + 26, parts)


def _row_height(rows: Sequence[Whisker] | Sequence[Chance]) -> int:
    """Low rows where every label and its figure fit on one line, else the figure goes below the label."""
    fits = all(len(row.label) + len(row.figure) + 2 <= _LETTERS for row in rows)
    return _SHORT_ROW if fits else _TALL_ROW


def _labels(top: float, label: str, figure: str, high: int, strong: bool = False) -> list[Markup]:
    short = label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1].rstrip()}…"
    kind = "label here" if strong else "label"
    x, y, anchor = (WIDTH - _EDGE, top + 16, "end") if high == _SHORT_ROW else (_EDGE, top + 34, "start")
    return [
        Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _EDGE, top + 16, short),
        Markup('<text class="figure" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, figure),
    ]


def _whisker(lo: float, mid: float, hi: float, y: float, here: bool) -> list[Markup]:
    return [
        _bar("span here" if here else "span", lo, max(hi, lo + 3), y - 6, 12),
        Markup('<circle class="best{}" cx="{:.1f}" cy="{}" r="7"/>').format(" here" if here else "", mid, y),
    ]


def _bar(kind: str, start: float, end: float, top: float, high: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="2"/>').format(
        kind, start, top, end - start, high
    )


def _grid(x: float, foot: float) -> Markup:
    return Markup('<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1}"/>').format(x, foot)


def _tick(x: float, foot: float, text: str) -> Markup:
    anchor = "start" if x < _EDGE + 1 else "end" if x > WIDTH - _EDGE - 1 else "middle"
    return Markup('<text class="axis" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(x, foot + 18, anchor, text)


def _picture(told: str, height: float, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="picture" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>'
    ).format(WIDTH, height, told, Markup("").join(escape(part) for part in parts))
