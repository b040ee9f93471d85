"""What every page is laid out with: headings, wrapped paragraphs, points of a list, bars, dates."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from tearline.assess.telling import day

__all__ = ["WIDEST", "bar", "console", "day", "heading", "item", "paragraph"]

WIDEST = 100
_BAR = 10


def console() -> Console:
    """Standard output: as wide as the terminal up to a readable width, 80 columns through a pipe."""
    out = Console(highlight=False, markup=False, emoji=False)
    out.width = min(out.width, WIDEST)
    return out


def heading(out: Console, text: str) -> None:
    """A section's title."""
    out.print()
    paragraph(out, text, indent=0, style="bold")


def paragraph(out: Console, text: str, indent: int = 2, style: str = "", first: str = "") -> None:
    """Text in one paragraph, wrapped; every line is indented, the first one after ``first``.

    Line ends within the text are spaces: nothing in a case can pass for a line of the page.
    """
    flowing = Text(" ".join(text.split()), style=style)
    for number, line in enumerate(flowing.wrap(out, max(20, out.width - indent))):
        line.rstrip()
        start = first if number == 0 else ""
        out.print(Text(f"{start:<{indent}}") + line)


def item(out: Console, text: str, indent: int = 2, style: str = "") -> None:
    """One point of a list; further lines hang below the first word."""
    paragraph(out, text, indent + 2, style, first=" " * indent + "•")


def bar(share: float) -> str:
    """Ten cells, filled by ``share`` of 1; never quite full unless it is."""
    filled = _BAR if share >= 1 else min(_BAR - 1, round(max(0.0, share) * _BAR))
    return "█" * filled + "·" * (_BAR - filled)
