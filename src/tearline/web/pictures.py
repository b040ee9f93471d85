"""Pictures as SVG, drawn on the server: attributes and classes only, so that no inline style is needed.

Each picture goes with a table of the same figures. Colour never says anything alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from markupsafe import Markup, escape

WIDTH = 420
"""Units across; a picture is as wide as its place."""

_ROW, _FIGURES = 54, 122
_LETTERS = 54
"""So many letters of a label fit."""


@attrs.frozen(kw_only=True)
class Bar:
    """One bar.

    Attributes:
        share: Its length, 0 to 1.
        low: Where doubt begins: the part from here on is hatched; ``None``: there is none.
        tone: ``inside``, ``near``, ``over`` or ``plain``.
        figure: What stands at its end.
    """

    label: str
    share: float
    figure: str
    low: float | None = None
    tone: str = "plain"


def bars(title: str, description: str, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars, one below the other, each under its label."""
    height = _ROW * len(rows) + 6
    room = WIDTH - _FIGURES
    parts = []
    for place, row in enumerate(rows):
        top = place * _ROW
        long = max(2.0, min(1.0, row.share) * room)
        sure = long if row.low is None else max(2.0, min(1.0, row.low) * room)
        parts.append(Markup('<text class="label" x="0" y="{}">{}</text>').format(top + 16, _short(row.label, _LETTERS)))
        parts.append(Markup('<rect class="track" x="0" y="{}" width="{}" height="18" rx="3"/>').format(top + 24, room))
        if row.low is not None:
            parts.append(_rect(f"doubt {row.tone}", 0, top + 24, long))
        parts.append(_rect(f"fill {row.tone}", 0, top + 24, sure))
        parts.append(Markup('<text class="figure" x="{}" y="{}">{}</text>').format(room + 10, top + 39, row.figure))
    return _picture(title, description, height, parts)


def gauge(title: str, used: float, before: float, tone: str) -> Markup:
    """How much of a limit is used: the bar now, a tick for before, and the limit as the end of the inner frame.

    Args:
        used, before: Shares of the limit; beyond 1 it is passed. The frame shows up to a quarter more.
    """
    room, limit = WIDTH - 4, (WIDTH - 4) / 1.25
    now, then = (min(room, max(0.0, share) * limit) for share in (used, before))
    parts = [
        Markup('<rect class="track" x="0" y="6" width="{:.0f}" height="16" rx="3"/>').format(limit),
        _rect(f"fill {tone}", 0, 6, max(2.0, now), 16),
        Markup('<line class="before" x1="{0:.1f}" x2="{0:.1f}" y1="3" y2="25"/>').format(max(1.0, then)),
        Markup('<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="28"/>').format(limit),
    ]
    return _picture(title, "", 28, parts, kind="gauge")


@attrs.frozen(kw_only=True)
class Range:
    """How likely something is, from ``lo`` to ``hi``, 0 to 1."""

    label: str
    lo: float
    hi: float
    figure: str


def ranges(title: str, description: str, rows: Sequence[Range]) -> Markup:
    """Ranges of probability along one axis from 0 to 100 per cent."""
    room, height = WIDTH - 20, _ROW * len(rows) + 26
    parts = []
    for tick in (0, 25, 50, 75, 100):
        x = 10 + tick / 100 * room
        parts.append(Markup('<line class="grid" x1="{0:.0f}" x2="{0:.0f}" y1="0" y2="{1}"/>').format(x, height - 22))
        end = {0: "start", 100: "end"}.get(tick, "middle")
        parts.append(
            Markup('<text class="axis" x="{:.0f}" y="{}" text-anchor="{}">{}%</text>').format(x, height - 6, end, tick)
        )
    for place, row in enumerate(rows):
        top = place * _ROW
        start, end_x = 10 + row.lo * room, 10 + row.hi * room
        parts.append(
            Markup('<text class="label" x="10" y="{}">{}</text>').format(top + 16, _short(row.label, _LETTERS))
        )
        parts.append(
            Markup('<line class="range" x1="{:.1f}" x2="{:.1f}" y1="{y}" y2="{y}"/>').format(
                start, max(end_x, start + 2), y=top + 32
            )
        )
        beside, anchor = (end_x + 10, "start") if end_x < room * 0.72 else (start - 10, "end")
        if anchor == "end" and start < room * 0.3:
            beside, anchor = room + 4, "end"
        lower = top + 48 if beside == room + 4 else top + 37
        parts.append(
            Markup('<text class="figure" x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
                beside, lower, anchor, row.figure
            )
        )
    return _picture(title, description, height, parts)


@attrs.frozen(kw_only=True)
class Point:
    """One text: the share of the limits that it uses, what it is worth, and where a click leads."""

    x: float
    y: float
    label: str
    href: str
    here: bool


def staircase(title: str, description: str, points: Sequence[Point], most: float) -> Markup:
    """Value against exposure, with the limit as a line across; points are links."""
    height, left, bottom = 270, 30, 40
    room, tall = WIDTH - left - 24, height - bottom - 32
    widest = max(1.25, *(min(3.0, p.x) for p in points)) if points else 1.25
    top = max(most, 1e-9)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + min(x, widest) / widest * room, 32 + (1 - y / top) * tall

    limit_x = at(1, 0)[0]
    parts = [
        Markup('<rect class="beyond" x="{:.1f}" y="32" width="{:.1f}" height="{}"/>').format(
            limit_x, left + room - limit_x, tall
        ),
        Markup('<line class="axis-line" x1="{0}" x2="{0}" y1="32" y2="{1}"/>').format(left, 32 + tall),
        Markup('<line class="axis-line" x1="{}" x2="{}" y1="{y}" y2="{y}"/>').format(left, left + room, y=32 + tall),
        Markup('<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="24" y2="{1}"/>').format(limit_x, 32 + tall),
        Markup('<text class="axis" x="{:.1f}" y="{}" text-anchor="middle">limit</text>').format(limit_x, 50 + tall),
        Markup('<text class="axis" x="{}" y="{}">no limit used</text>').format(left, 50 + tall),
        Markup('<text class="axis" x="{}" y="{}" text-anchor="end">0</text>').format(left - 6, 36 + tall),
        Markup('<text class="axis" x="{}" y="14">worth to the recipient</text>').format(left),
    ]
    places = [at(p.x, p.y) for p in points]
    if places:
        path = f"M{places[0][0]:.1f} {places[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in places[1:])
        parts.append(Markup('<path class="stairs" d="{}"/>').format(path))
    for point, (x, y) in zip(points, places, strict=True):
        dot = Markup('<circle class="dot{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
            " here" if point.here else "", x, y, 11 if point.here else 8
        )
        parts.append(
            Markup('<text class="figure" x="{:.1f}" y="{:.1f}" text-anchor="end">{:g}</text>').format(
                x - 13, y - 6, point.y
            )
        )
        parts.append(
            Markup(
                '<a href="{}" aria-label="{}"><title>{}</title>'
                '<circle class="target" cx="{:.1f}" cy="{:.1f}" r="16"/>{}</a>'
            ).format(point.href, point.label, point.label, x, y, dot)
        )
    return _picture(title, description, height, parts, role="group")


def _rect(kind: str, x: float, y: float, width: float, height: float = 18) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{:.1f}" height="{}" rx="3"/>').format(
        kind, x, y, width, height
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _picture(
    title: str, description: str, height: int, parts: Sequence[Markup], kind: str = "picture", role: str = "img"
) -> Markup:
    told = f"{title}. {description}" if description else title
    stretched = Markup(' preserveAspectRatio="none"') if kind == "gauge" else ""
    return Markup('<svg class="{}" viewBox="0 0 {} {}" role="{}" aria-label="{}"{} focusable="false">{}</svg>').format(
        kind, WIDTH, height, role, told, stretched, Markup("").join(escape(part) for part in parts)
    )
