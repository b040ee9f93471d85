"""Which kinds of detail exact words hold and vague ones do not, by what the words look like.

A reminder for whoever speaks, not a gate: a kind that is missed here is still kept out, because nothing
beyond the cleared words may be said at all. The content of a detail is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final


class Detail(Enum):
    """A kind of detail."""

    DAY = "a day or an hour"
    NUMBER = "a number"
    PLACE = "a place"
    NAME = "a name"
    VERBATIM = "words as they were spoken or written"
    VANTAGE = "words that say how it was learnt"
    OTHER = "further particulars"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DAYS: Final = _listed(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday today tonight tomorrow yesterday noon midnight morning evening "
    "week weekend month"
)
_NUMBERS: Final = _listed(
    "one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million both half"
)
_PLACES: Final = _listed(
    "city town village district quarter street square station building house airport base border port harbour "
    "camp province region embassy office bridge"
)
_VANTAGE: Final = _listed(
    "saw seen watched heard overheard listened told said says according message messages intercepted intercept cable "
    "cables telegram order ordered wrote written letter document documents photograph photographs film tape "
    "transcript recording conversation learnt learned reported read"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HOUR: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{4}-\d{2}-\d{2}\b")
_QUOTED: Final = re.compile(r"[\"“”„«»]")
_SENTENCE: Final = re.compile(r"[.!?:]\s+")


def left_out(words: str, more_exact: Sequence[str]) -> tuple[Detail, ...]:
    """The kinds of detail that any of ``more_exact`` has and ``words`` has not, each once.

    >>> [d.name for d in left_out("They meet soon.", ["They meet on 3 May in Riga, a cable says."])]
    ['DAY', 'NUMBER', 'NAME', 'VANTAGE']
    """
    found = set[Detail]()
    for text in more_exact:
        found |= _details(text, words)
    if more_exact and not found:
        found.add(Detail.OTHER)
    return tuple(detail for detail in Detail if detail in found)


def _details(text: str, words: str) -> set[Detail]:
    known = {word.casefold() for word in _WORD.findall(words)}
    new = {word.casefold() for word in _WORD.findall(text)} - known
    tests = {
        Detail.DAY: bool(new & _DAYS) or _new(_HOUR, text, words),
        Detail.NUMBER: bool(new & _NUMBERS) or bool(set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", words))),
        Detail.PLACE: bool(new & _PLACES),
        Detail.NAME: bool(_names(text) - known - _DAYS),
        Detail.VERBATIM: bool(_QUOTED.search(text)) and not _QUOTED.search(words),
        Detail.VANTAGE: bool(new & _VANTAGE),
    }
    return {detail for detail, is_there in tests.items() if is_there}


def _new(pattern: re.Pattern[str], text: str, words: str) -> bool:
    return bool(set(pattern.findall(text)) - set(pattern.findall(words)))


def _names(text: str) -> set[str]:
    """Words with a capital that do not begin a sentence."""
    found = set[str]()
    for sentence in _SENTENCE.split(text):
        found |= {word.casefold() for word in _WORD.findall(sentence)[1:] if word[0].isupper()}
    return found
