"""The submission on one page: for a terminal or a printer (80 columns, 60 lines), or as Markdown.

What does not fit is left out from the least important end, and the page says so. Words that may go,
conditions and questions are never cut: where they alone are too long they go into an annex.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import attrs
from rich.console import Console

from tearline.assess.submission import Section, Submission, in_one_line
from tearline.cli.layout import day, heading, item, paragraph

COLUMNS = 80
LINES = 60
"""A4 in a common typewriter face."""

ANNEX = "ANNEX"
BANNER = "INTERNAL - stays in the house: it names whoever has a stake"
_RULE = "_" * 24
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


@attrs.frozen(kw_only=True)
class _Fit:
    """How a page is made to fit: points to a section at most, and whether the longest parts are annexed."""

    points: int | None = None
    annexed: bool = False


_FITS = (_Fit(), _Fit(points=3), _Fit(points=1), _Fit(points=0), _Fit(points=0, annexed=True))


def page(out: Console, found: Submission) -> None:
    """Print the page."""
    _print(out, found, _fit(found))


def plain(found: Submission) -> str:
    """The page as plain text."""
    return _plain(found, _fit(found))


def markdown(found: Submission) -> str:
    """The page as Markdown, with as much on it as on the printed one."""
    return "\n".join(_markdown(found, _fit(found))) + "\n"


def _fit(found: Submission) -> _Fit:
    """The fullest page that fits."""
    return next((fit for fit in _FITS if _plain(found, fit).count("\n") <= LINES), _FITS[-1])


def _plain(found: Submission, fit: _Fit) -> str:
    written = io.StringIO()
    out = Console(file=written, width=COLUMNS, highlight=False, markup=False, emoji=False, color_system=None)
    _print(out, found, fit)
    return "".join(f"{line.rstrip(' ')}\n" for line in written.getvalue().split("\n")[:-1])


def _print(out: Console, found: Submission, fit: _Fit) -> None:
    paragraph(out, BANNER, indent=0, style="bold")
    date = f" ({day(found.date)})" if found.date else ""
    paragraph(out, f"{_line(found.title)}{date}", indent=0, style="bold")
    paragraph(out, f"{found.verdict[0]}. {_line(found.verdict[1])}", indent=0, style="bold")
    for why in found.why:
        paragraph(out, f"Because: {_line(why)}")
    for section in found.sections:
        _section(out, section, fit)
    heading(out, "Signatures")
    for role, name in found.signatures:
        paragraph(out, f"{_line(role)}: {f'{_line(name)} ' if name else ''}{_RULE} on {'_' * 10}")
    paragraph(out, BANNER, indent=0, style="bold")
    if fit.annexed:
        paragraph(out, ANNEX, indent=0, style="bold")
        for section in found.sections:
            if _is_long(section):
                _section(out, section, _FITS[0])
        paragraph(out, BANNER, indent=0, style="bold")


def _section(out: Console, section: Section, fit: _Fit) -> None:
    points, left = _points(section, fit)
    if fit.annexed and _is_long(section):
        heading(out, section.title)
        paragraph(out, f"See the annex: {_count(section)}.")
        return
    if not (section.quoted or section.boxes or points):
        return
    heading(out, section.title)
    for words in _quoted(section):
        paragraph(out, _line(words), indent=4, style="bold")
    for box in section.boxes:
        paragraph(out, _line(box), indent=6, first="  [ ]")
    for point in points:
        item(out, _line(point))
    if left:
        item(out, f"and {left} more: tearline assess")


def _quoted(section: Section) -> list[str]:
    """Words in quotes, each after its mark where there is one."""
    marks = (f"{mark} " for mark in section.marks) if section.marks else ("" for _ in section.quoted)
    return [f"{mark}“{words}”" for mark, words in zip(marks, section.quoted, strict=True)]


def _points(section: Section, fit: _Fit) -> tuple[tuple[str, ...], int]:
    """The points that stay on the page, and how many do not."""
    most = None if fit.points is None else max(fit.points, section.fewest)
    points = section.points[:most]
    return points, len(section.points) - len(points)


def _is_long(section: Section) -> bool:
    """Whether it may be annexed: it is never cut, and longer than a few lines."""
    kept = (*section.quoted, *section.boxes, *section.points[: section.fewest])
    return sum(1 + len(text) // (COLUMNS - 6) for text in kept) > 8


def _count(section: Section) -> str:
    number = len(section.quoted) + len(section.boxes) + len(section.points)
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _markdown(found: Submission, fit: _Fit) -> Iterator[str]:
    yield f"**{BANNER}**"
    yield ""
    date = f" ({day(found.date)})" if found.date else ""
    yield f"# {_escaped(found.title)}{date}"
    yield ""
    yield f"**{found.verdict[0]}.** {_escaped(found.verdict[1])}"
    yield ""
    yield from (f"- {_escaped(why)}" for why in found.why)
    annex = []
    for section in found.sections:
        if fit.annexed and _is_long(section):
            annex.append(section)
            yield from ("", f"## {section.title}", f"See the annex: {_count(section)}.")
        else:
            yield from _part(section, fit)
    yield from ("", "## Signatures")
    yield from (f"- {_escaped(f'{role}: {name}'.strip())} {_blank()} on {_blank()}" for role, name in found.signatures)
    yield from ("", f"**{BANNER}**")
    if annex:
        yield from ("", "# Annex")
        for section in annex:
            yield from _part(section, _FITS[0])


def _part(section: Section, fit: _Fit) -> Iterator[str]:
    points, left = _points(section, fit)
    if not (section.quoted or section.boxes or points):
        return
    yield from ("", f"## {section.title}")
    yield from (
        f"> {_escaped(words)}" + ("" if n == len(section.quoted) else "\n>")
        for n, words in enumerate(_quoted(section), 1)
    )
    yield from (f"- [ ] {_escaped(box)}" for box in section.boxes)
    yield from (f"- {_escaped(point)}" for point in points)
    if left:
        yield f"- and {left} more: `tearline assess`"


def _blank() -> str:
    return "\\_" * 12


def _escaped(text: str) -> str:
    """Text that is text in Markdown, whatever it holds."""
    return _MARKUP.sub(r"\\\1", _line(text))


def _line(text: str) -> str:
    """Text in one line that drives no terminal."""
    return in_one_line(text)
