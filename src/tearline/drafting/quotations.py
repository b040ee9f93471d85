"""Words quoted: verbatim words betray whoever heard or read them, so only that something was said is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span

MOST_QUOTED: Final = 600
"""Longer quotations are not followed to their end."""

QUOTED: Final = re.compile(
    rf"“[^“”]{{3,{MOST_QUOTED}}}”|\"[^\"]{{3,{MOST_QUOTED}}}\"|«[^«»]{{3,{MOST_QUOTED}}}»|(?<!\w)‘[^‘’]{{3,{MOST_QUOTED}}}’(?!\w)"
)
_SAID: Final = re.compile(
    rf"\b(?:(?P<said>said|says|stated|declared|announced|added|warned|explained|claimed|insisted|remarked|boasted|wrote|"
    rf"replied|answered)|(?P<told>told){GAP}(?P<whom>(?:[\w'’-]{{1,20}}{GAP}){{0,4}}?[\w'’-]{{1,20}}))"
    rf"(?:,|:|{GAP}that)?{GAP}?$"
)


def quotations(text: str) -> Iterator[Proposal]:
    """A ladder for each quotation that ends a sentence and follows a verb of saying."""
    for found in QUOTED.finditer(text):
        before = text[max(0, found.start() - 120) : found.start()]
        verb = _SAID.search(before)
        end = text[found.end() : found.end() + 1]
        inner = found[0][-2]
        if verb is None or not (end in (".", "!", "?") or (inner in ".!?" and text[found.end() :][:2].strip() == "")):
            continue
        closing = "" if end in (".", "!", "?") else "."
        whom = f" to {verb['whom']}" if verb["told"] and verb["whom"] != "that" else ""
        yield Proposal(
            kind=Kind.QUOTATION,
            specific=found[0][1:-1],
            spans=(Span(found.start() - len(before) + verb.start(), found.end()),),
            rungs=(
                Rung(
                    level=Level.WIDER,
                    words=(f"made a statement{whom}{closing}",),
                    why="the words are left out; say what they came to, if that may be said",
                ),
            ),
        )
