"""Pictures drawn on the server: SVG with attributes and classes only, so that no inline style is needed.

Each picture goes with a table of the same figures. Colour never says anything alone. Where a picture is
made of rows, the words beside the bars are words of the page: they wrap, grow and are read like others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
from markupsafe import Markup, escape

WIDTH = 340
"""Units across; a picture is as wide as its place."""

PEOPLE = 25
"""So many small figures stand for a whole crowd."""


@attrs.frozen(kw_only=True)
class Bar:
    """One bar under its label.

    Attributes:
        share: Its length, 0 to 1.
        figure: What stands at its end.
    """

    label: str
    share: float
    figure: str


def bars(rows: Sequence[Bar]) -> Markup:
    """Horizontal bars, one below the other."""
    return _rows((row.label, row.figure, _strip(_fill(row.share))) for row in rows)


def crowds(rows: Sequence[Bar]) -> Markup:
    """The same as crowds: small figures of people, as many of them dark as are left."""
    return _rows((row.label, row.figure, _crowd(row.share)) for row in rows)


@attrs.frozen(kw_only=True)
class Stack:
    """One limit as a bar that is used up in steps.

    Attributes:
        steps: What share of the limit was used after each step, 1 being all of it; the last is now.
        tone: ``inside``, ``near`` or ``over``.
    """

    label: str
    steps: tuple[float, ...]
    tone: str
    figure: str


def stacks(rows: Sequence[Stack]) -> Markup:
    """Limits used up step by step: what was used before in grey, what is added now in the tone of the limit."""
    return _rows((row.label, row.figure, _strip(_stack(row))) for row in rows)


def gauge(title: str, used: float, before: float, tone: str) -> Markup:
    """How much of a limit is used: the bar now, a tick for before, and the limit as the end of the inner frame.

    Args:
        used, before: Shares of the limit; beyond 1 it is passed. The frame shows up to a quarter more.
    """
    room, limit = WIDTH - 4, (WIDTH - 4) / 1.25
    now, then = (min(room, max(0.0, share) * limit) for share in (used, before))
    parts = [
        Markup('<rect class="track" x="0" y="6" width="{:.0f}" height="16"/>').format(limit),
        _rect(f"fill {tone}", 0, 6, max(2.0, now)),
        Markup('<line class="before" x1="{0:.1f}" x2="{0:.1f}" y1="3" y2="25"/>').format(max(1.0, then)),
        Markup('<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="28"/>').format(limit),
    ]
    return Markup(
        '<svg class="gauge" viewBox="0 0 {} 28" role="img" aria-label="{}" preserveAspectRatio="none" '
        'focusable="false">{}</svg>'
    ).format(WIDTH, title, _joined(parts))


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
        Markup('<text class="axis" x="{}" y="{}">gives away more →</text>').format(left, 66 + tall),
        Markup('<text class="axis" x="{}" y="14">↑ worth more to the recipient</text>').format(left - 20),
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
    return drawn(title, description, (WIDTH, height + 4), parts, role="group")


def drawn(
    title: str,
    description: str,
    size: tuple[float, float],
    parts: Sequence[Markup],
    kind: str = "picture",
    role: str = "img",
    natural: bool = False,
) -> Markup:
    """A picture of its own, ``size`` units wide and tall; ``natural``: one unit is one point where there is room."""
    told = f"{title}. {description}" if description else title
    return Markup(
        '<svg class="{}" viewBox="0 0 {:.0f} {:.0f}" role="{}" aria-label="{}" focusable="false">{}</svg>'
    ).format(kind, *size, role, told, _joined(parts))


# --- rows ---------------------------------------------------------------------------------------------------------


def _rows(rows: Iterable[tuple[str, str, Markup]]) -> Markup:
    made = [
        Markup('<li><span class="bar-label">{}</span> {}<span class="bar-figure">{}</span></li>').format(
            label, picture, figure
        )
        for label, figure, picture in rows
    ]
    return Markup('<ul class="bars">{}</ul>').format(_joined(made))


def _strip(parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="strip" viewBox="0 0 {} 28" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        "{}</svg>"
    ).format(WIDTH, _joined(parts))


def _fill(share: float) -> list[Markup]:
    return [
        Markup('<rect class="track" x="0" y="6" width="{}" height="16"/>').format(WIDTH),
        _rect("fill plain", 0, 6, max(2.0, min(1.0, share) * WIDTH)),
    ]


def _stack(row: Stack) -> list[Markup]:
    limit = (WIDTH - 4) / 1.25
    parts = [Markup('<rect class="track" x="0" y="6" width="{:.0f}" height="16"/>').format(limit)]
    last, reached = len(row.steps) - 1, 0.0
    for place, share in enumerate(row.steps):
        end = min(WIDTH - 4, max(0.0, share) * limit)
        if end > reached:
            kind = f"fill {row.tone}" if place == last else f"spent shade-{place % 2}"
            parts.append(_rect(kind, reached, 6, max(1.0, end - reached - (1 if place < last else 0))))
            reached = end
    parts.append(Markup('<line class="limit" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="28"/>').format(limit))
    return parts


def _crowd(share: float) -> Markup:
    dark = max(1, round(min(1.0, share) * PEOPLE))
    parts = [
        Markup(
            '<path class="person{}" d="M{x} 24v-8a5 5 0 0 1 10 0v8z"/><circle class="person{}" cx="{}" cy="6" r="4"/>'
        ).format(kind, kind, x + 5, x=x)
        for kind, x in ((" left" if place < dark else "", 2 + place * 14) for place in range(PEOPLE))
    ]
    return Markup('<svg class="crowd" viewBox="0 0 {} 26" aria-hidden="true" focusable="false">{}</svg>').format(
        2 + PEOPLE * 14, _joined(parts)
    )


def _rect(kind: str, x: float, y: float, width: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="16"/>').format(kind, x, y, width)


def _joined(parts: Sequence[Markup]) -> Markup:
    return Markup("").join(escape(part) for part in parts)
