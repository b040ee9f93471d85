"""Figures drawn by hand-written SVG: a reliability diagram, one panel for each quantity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from tearline.sim.calibration import Bin

SIDE: Final = 250
"""Pixels along each side of a panel."""

GAP: Final = 70
LEFT, TOP, BOTTOM = 64, 74, 78
INK, FAINT, GRID = "#1d2733", "#6b7785", "#e3e8ee"
REPORT, POINT, WORST, DANGER = "#0b5cad", "#c05621", "#5f6b3a", "#fbeceb"
FONT: Final = "font-family='Helvetica, Arial, sans-serif'"


@attrs.frozen(kw_only=True)
class Panel:
    """One quantity.

    Attributes:
        reported: The upper edge, which is promised never to be passed, where the truth is as modelled.
        worst: The same where the truth is the worst inside the intervals.
        point: The best point, where the truth is as modelled.
    """

    title: str
    reported: Sequence[Bin]
    worst: Sequence[Bin]
    point: Sequence[Bin]


def reliability_diagram(panels: Sequence[Panel], title: str) -> str:
    """An SVG with one panel beside the other; a mark for each decile, with its 95 % interval."""
    width = LEFT + len(panels) * (SIDE + GAP) - GAP + 24
    height = TOP + SIDE + BOTTOM
    size = f"width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{title}'>",
        f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
        _text(LEFT, 28, title, size=16, weight="bold"),
    ]
    for number, panel in enumerate(panels):
        parts += _panel(panel, LEFT + number * (SIDE + GAP), first=number == 0)
    parts += _legend(LEFT, height - 16)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, left: float, *, first: bool) -> list[str]:
    bottom, right = TOP + SIDE, left + SIDE
    parts = [
        f"<polygon points='{left},{bottom} {left},{TOP} {right},{TOP}' fill='{DANGER}'/>",
        _text(left, TOP - 12, panel.title, size=13, weight="bold"),
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = left + tick * SIDE, bottom - tick * SIDE
        parts += [
            f"<line x1='{left}' x2='{right}' y1='{y}' y2='{y}' stroke='{GRID}'/>",
            f"<line x1='{x}' x2='{x}' y1='{TOP}' y2='{bottom}' stroke='{GRID}'/>",
            _text(x, bottom + 16, f"{tick:g}", size=10, anchor="middle", fill=FAINT),
        ]
        if first:
            parts.append(_text(left - 8, y + 3.5, f"{tick:g}", size=10, anchor="end", fill=FAINT))
    parts += [
        f"<rect x='{left}' y='{TOP}' width='{SIDE}' height='{SIDE}' fill='none' stroke='{FAINT}'/>",
        f"<line x1='{left}' y1='{bottom}' x2='{right}' y2='{TOP}' stroke='{INK}' stroke-dasharray='4 4'/>",
        _text(left + 10, TOP + 18, "found more often than reported", size=10, fill="#a33a32"),
        _text(left + SIDE / 2, bottom + 34, "reported", size=11, anchor="middle"),
    ]
    if first:
        middle = TOP + SIDE / 2
        parts.append(
            f"<text x='{left - 42}' y='{middle}' {FONT} font-size='11' fill='{INK}' text-anchor='middle' "
            f"transform='rotate(-90 {left - 42} {middle})'>how often it was right</text>"
        )
    parts += _marks(panel.worst, left, WORST, fill=WORST)
    parts += _marks(panel.point, left, POINT, fill="#ffffff")
    parts += _marks(panel.reported, left, REPORT, fill=REPORT)
    return parts


def _marks(bins: Sequence[Bin], left: float, colour: str, *, fill: str) -> list[str]:
    bottom, parts = TOP + SIDE, []
    if bins:
        line = " ".join(f"{left + b.reported * SIDE:.1f},{bottom - b.achieved * SIDE:.1f}" for b in bins)
        parts.append(f"<polyline points='{line}' fill='none' stroke='{colour}' stroke-opacity='0.35'/>")
    for each in bins:
        x, y = left + each.reported * SIDE, bottom - each.achieved * SIDE
        low, high = bottom - each.low * SIDE, bottom - each.high * SIDE
        parts += [
            f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{low:.1f}' y2='{high:.1f}' stroke='{colour}' stroke-width='1.2'/>",
            f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.6' fill='{fill}' stroke='{colour}' stroke-width='1.5'/>",
        ]
    return parts


def _legend(left: float, y: float) -> list[str]:
    entries = [
        (REPORT, REPORT, "upper edge, truth as modelled: must not lie above the line"),
        (WORST, WORST, "upper edge, worst truth inside the intervals"),
        (POINT, "#ffffff", "best point: should lie on the line"),
    ]
    parts = []
    for number, (colour, fill, words) in enumerate(entries):
        x = left + (0, 368, 660)[number]
        parts += [
            f"<circle cx='{x + 5}' cy='{y - 4}' r='3.6' fill='{fill}' stroke='{colour}' stroke-width='1.5'/>",
            _text(x + 16, y, words, size=11),
        ]
    return parts


def _text(
    x: float, y: float, words: str, *, size: int, weight: str = "normal", anchor: str = "start", fill: str = INK
) -> str:
    return (
        f"<text x='{x:g}' y='{y:g}' {FONT} font-size='{size}' font-weight='{weight}' text-anchor='{anchor}' "
        f"fill='{fill}'>{words}</text>"
    )


@attrs.frozen(kw_only=True)
class Bars:
    """Bars below one another.

    Attributes:
        bars: What each stands for, and its height in [0, 1].
    """

    title: str
    bars: Sequence[tuple[str, float]]


WIDE: Final = 300
"""Pixels of a bar of height 1."""

STEP: Final = 24


def bar_chart(charts: Sequence[Bars], label: str) -> str:
    """An SVG with some charts of bars below one another, each bar with its figure."""
    height = 20 + sum(48 + STEP * len(chart.bars) for chart in charts)
    size = f"width='620' height='{height}' viewBox='0 0 620 {height}'"
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{label}'>",
        f"<rect width='620' height='{height}' fill='#ffffff'/>",
    ]
    y = 28.0
    for chart in charts:
        parts.append(_text(16, y, chart.title, size=13, weight="bold"))
        for number, (words, share) in enumerate(chart.bars):
            line = y + 14 + STEP * number
            parts += [
                _text(216, line + 12, words, size=11, anchor="end"),
                f"<rect x='224' y='{line}' width='{share * WIDE:.1f}' height='16' fill='{REPORT}'/>",
                _text(224 + share * WIDE + 8, line + 12, f"{share:.3f}", size=11, fill=FAINT),
            ]
        y += 48 + STEP * len(chart.bars)
    return "\n".join([*parts, "</svg>"]) + "\n"
