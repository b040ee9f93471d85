"""The frontier as a picture in text: value against the share of the tightest limit that is used."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tearline.assess.frontiers import Choice
from tearline.assess.phrases import listed
from tearline.cli.render import bar, paragraph
from tearline.domain import Case
from tearline.domain.estimative import percent_up

_ROOM_FOR_PICTURES = 60
"""Columns from which on the bars are drawn; below, the figures have the line for themselves."""


def frontier(out: Console, case: Case, found: Sequence[Choice]) -> None:
    """Print every text that no other one beats on both, the least telling first."""
    paragraph(out, case.title, indent=0, style="bold")
    out.print()
    paragraph(out, "Value to the recipient against the tightest limit used", indent=0, style="bold")
    allowed = [choice for choice in found if choice.load <= 1]
    for choice in found:
        over = choice.load > 1
        used = percent_up(choice.load) if math.isfinite(choice.load) else "beyond any"
        mark = "over" if over else "best" if choice is allowed[-1] else ""
        picture = f"{bar(choice.load)} " if out.width >= _ROOM_FOR_PICTURES else ""
        numbers = f"  {choice.value:>5g} of {choice.held:<5g} {picture}{used:>8} {mark}"
        out.print(Text(numbers.rstrip(), style="dim" if over else "bold" if mark else ""))
        going = [f"{s.claim} as {s.version}" for s in choice.said if s.version]
        paragraph(out, listed(going) if going else "nothing said", indent=min(17, out.width // 4))
    out.print()
    paragraph(
        out, "As if everybody who must be asked had agreed. What is over breaks a limit and may not go.", indent=0
    )
