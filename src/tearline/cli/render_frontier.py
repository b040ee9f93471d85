"""The frontier as a picture in text: value against the share of the tightest limit that is used."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tearline.assess.frontiers import Choice
from tearline.cli.render import bar, heading, joined, paragraph
from tearline.domain import Case
from tearline.domain.estimative import percent_up


def frontier(out: Console, case: Case, found: Sequence[Choice]) -> None:
    """Print every text that no other one beats on both, the least telling first."""
    out.print(Text(case.title, style="bold"))
    heading(out, "Value to the recipient against the tightest limit used")
    allowed = [choice for choice in found if choice.load <= 1]
    for choice in found:
        over = choice.load > 1
        used = percent_up(choice.load) if math.isfinite(choice.load) else "beyond any"
        mark = "over" if over else "best" if choice is allowed[-1] else ""
        numbers = f"  {choice.value:>5g} of {choice.held:<5g} {bar(choice.load)} {used:>8} {mark:<5}"
        out.print(Text(numbers.rstrip(), style="dim" if over else "bold" if mark else ""))
        going = [f"{s.claim} as {s.version}" for s in choice.said if s.version]
        paragraph(out, joined(going) if going else "nothing said", indent=17)
    out.print()
    paragraph(
        out, "As if everybody who must be asked had agreed. What is over breaks a limit and may not go.", indent=0
    )
