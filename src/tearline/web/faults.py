"""Faults of a text as a page shows them: each with its place, and the line that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from tearline.cases.shapes import printable
from tearline.errors import Problem

LINE_END: Final = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
"""What ends a line of a case file."""

AROUND: Final = 60
"""So many characters of a long line are shown on either side of the place."""


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        place: File, line and column, as ``tearline check`` prints them; the file alone where all of it is meant.
        told: The rest of what it prints.
        line, column: Counted from 1; 0 where all of the file is meant.
        before, word, after: The line, cut at the word that stands there; all empty where there is none.
    """

    place: str
    told: str
    line: int = 0
    column: int = 0
    before: str = ""
    word: str = ""
    after: str = ""


def faults(problems: Sequence[Problem], name: str, text: str) -> tuple[Fault, ...]:
    """What is wrong with a text, fault by fault."""
    lines = LINE_END.split(text) if problems else []
    return tuple(_fault(problem, name, lines) for problem in problems)


def _fault(problem: Problem, name: str, lines: list[str]) -> Fault:
    told = problem.seen_in(name)
    if not 1 <= problem.line <= len(lines):
        return Fault(place=name, told=told.removeprefix(name))
    place = f"{name}:{problem.line}:{problem.column}"
    line, start = lines[problem.line - 1], max(0, problem.column - 1)
    found = re.match(r"\S*", line[start:])
    end = start + (len(found[0]) if found else 0)
    return Fault(
        place=place,
        told=told.removeprefix(place),
        line=problem.line,
        column=problem.column,
        before=_shown(("…" if start > AROUND else "") + line[max(0, start - AROUND) : start].lstrip()),
        word=_shown(line[start : min(end, start + AROUND)]),
        after=_shown(line[min(end, start + AROUND) : end + AROUND] + ("…" if len(line) > end + AROUND else "")),
    )


def _shown(text: str) -> str:
    """Text of a file with nothing in it that is not seen."""
    return printable(text, len(text) + 1)
