"""The frontier as a picture in text: value against the share of the tightest limit that is used."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tearline.assess.content import all_in_words
from tearline.assess.frontiers import Choice
from tearline.assess.phrases import listed
from tearline.assess.search import useful
from tearline.cli.render import bar, paragraph
from tearline.domain import Case
from tearline.domain.estimative import percent_up

_ROOM_FOR_PICTURES = 60
"""Columns from which on the bars are drawn; below, the figures have the line for themselves."""

_OVER, _NEVER, _BEST, _TOO_LITTLE = "over", "over; no limit could hold it", "best", "too little"


def frontier(out: Console, case: Case, found: Sequence[Choice]) -> None:
    """Print every text that no other one beats on both, the least telling first."""
    paragraph(out, case.title, indent=0, style="bold")
    out.print()
    paragraph(out, "Value to the recipient against the tightest limit used", indent=0, style="bold")
    for choice, mark in zip(found, _marks(case, found), strict=True):
        _row(out, choice, mark)
        going = [f"{s.claim} as {s.version}" for s in choice.said if s.version]
        paragraph(out, listed(going) if going else "nothing said", indent=_below(out))
    out.print()
    little = f" Less than {case.proposal.minimum_value:g} is not worth sending." if case.proposal.minimum_value else ""
    paragraph(
        out,
        f"As if everybody who must be asked had agreed. What is over breaks a limit and may not go.{little}",
        indent=0,
    )
    if case.proposal.actionable:
        enough = all_in_words(case, case.proposal.actionable)
        paragraph(out, f"Only texts are listed that are enough to act on: {enough}.", indent=0)


def _marks(case: Case, found: Sequence[Choice]) -> list[str]:
    """What each text is: over a limit, too little to be worth sending, the best there is, or nothing of these."""
    minimum = case.proposal.minimum_value or 0.0
    inside = [c for c in found if c.load <= 1 and (c.value == 0 or useful(c.value, minimum))]

    def mark(choice: Choice) -> str:
        if choice.load > 1:
            return _OVER if math.isfinite(choice.load) else _NEVER
        if choice not in inside:
            return _TOO_LITTLE
        return _BEST if choice is inside[-1] else ""

    return [mark(choice) for choice in found]


def _row(out: Console, choice: Choice, mark: str) -> None:
    """The figures of one text; a mark that does not fit beside them stands below."""
    style = "dim" if choice.load > 1 else "bold" if mark == _BEST else ""
    picture = f"{bar(choice.load)} " if out.width >= _ROOM_FOR_PICTURES else ""
    used = percent_up(choice.load) if math.isfinite(choice.load) else ""
    figures = f"  {choice.value:>5g} of {choice.held:<5g} {picture}{used:>8}"
    if len(figures) + 1 + len(mark) <= out.width:
        out.print(Text(f"{figures} {mark}".rstrip(), style=style))
    else:
        out.print(Text(figures.rstrip(), style=style))
        paragraph(out, mark, indent=_below(out), style=style)


def _below(out: Console) -> int:
    return min(17, out.width // 4)
