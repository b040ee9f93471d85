"""A report in sentences: each is a claim that somebody may want to make vaguer, or to withhold.

It splits where a sentence ends and where a line is left blank or begins an item of a list. It does not know
what a sentence says: two facts in one sentence stay one claim until somebody marks them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tearline.drafting.spans import Span, is_abbreviated

FEWEST_WORDS: Final = 3
"""A stretch of fewer words is a heading, a marking or a signature, and no claim."""

_END: Final = re.compile(r"[.!?…]{1,3}[\"'”’)\]]{0,3}(?=\s)")
_BREAK: Final = re.compile(r"\n[ \t\r]*(?=\n)|\n(?=[ \t]{0,8}(?:[-*•–]|\(?[0-9a-z]{1,3}[.)])[ \t])")
_ITEM: Final = re.compile(r"(?:^|\n)[ \t]{0,8}\d{1,2}$")
_LISTED: Final = re.compile(r"\s*(?:[-*•–]|\(?[0-9a-z]{1,3}[.)])[ \t]+")
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` that could be claims, in order, apart from each other, without space around."""
    return tuple(span for span in _trimmed(text) if _says_something(text, span))


def _trimmed(text: str) -> Iterator[Span]:
    start = 0
    for end in (*_ends(text), len(text)):
        listed = _LISTED.match(text, start, min(end, start + 40))
        piece = Span(listed.end() if listed else start, max(end, listed.end() if listed else start))
        words = piece.of(text)
        left = len(words) - len(words.lstrip())
        if words.strip():
            yield Span(piece.start + left, piece.start + left + len(words.strip()))
        start = end


def _ends(text: str) -> list[int]:
    """Where sentences end, in order."""
    ends = {found.end() for found in _BREAK.finditer(text)}
    ends.update(found.end() for found in _END.finditer(text) if _ends_here(text, found))
    return sorted(ends)


def _ends_here(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation or an initial, and a new one must begin."""
    following = text[found.end() : found.end() + 40].lstrip(" \t\n\r\xa0\"'“‘([")
    if following and (following[0].islower() or following[0] in ",;:"):
        return False
    if found[0][0] != ".":
        return True
    is_item = bool(_ITEM.search(text, max(0, found.start() - 12), found.start()))
    return not is_item and not is_abbreviated(text, found.start())


def _says_something(text: str, span: Span) -> bool:
    return len(_WORDS.findall(span.of(text))) >= FEWEST_WORDS
