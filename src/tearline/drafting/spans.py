"""What a draft is made of: stretches of a report, what could stand in their place, what points at a source."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

import attrs

from tearline.domain import Days

GAP: Final = r"[ \t\n\r\xa0]{1,3}"
"""What may stand between two words of one phrase. Bounded, as every repetition here, so that time stays linear."""

_TOKEN: Final = re.compile(r"\w+")
_BEFORE_A_START: Final = re.compile(r"(?:^|(?P<stop>[.!?…])[\"'”’)\]]{0,2}\s{1,3}|\n\s{0,3})[\"'“‘(\[]{0,2}$")
_WORD_BEFORE: Final = re.compile(r"(\w{1,20})$")

ABBREVIATED: Final = frozenset(
    [
        "adm",
        "approx",
        "apr",
        "art",
        "aug",
        "brig",
        "capt",
        "cdr",
        "ch",
        "cmdr",
        "co",
        "col",
        "corp",
        "cpl",
        "dec",
        "dept",
        "dr",
        "etc",
        "feb",
        "fig",
        "gen",
        "gov",
        "hon",
        "inc",
        "jan",
        "jr",
        "jul",
        "jun",
        "lt",
        "ltd",
        "maj",
        "mar",
        "messrs",
        "mr",
        "mrs",
        "ms",
        "mt",
        "no",
        "nos",
        "nov",
        "oct",
        "p",
        "pfc",
        "pp",
        "para",
        "pres",
        "prof",
        "rev",
        "sen",
        "sep",
        "sept",
        "sgt",
        "spc",
        "sr",
        "st",
        "vol",
        "vs",
    ]
)
"""Words behind which a full stop ends no sentence, besides single letters."""


@attrs.frozen(order=True)
class Span:
    """A stretch of a text, ``start <= end``, in characters from 0; ``end`` is the first that is no part of it."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Kind(Enum):
    """What sort of specific is made vaguer."""

    QUOTATION = "quotation"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    NUMBER = "number"


class Level(Enum):
    """How vague a wording is; the same for all kinds, so that one sentence is made vaguer evenly."""

    CLOSE = 1
    WIDER = 2
    VAGUE = 3
    FAINT = 4


@attrs.frozen(kw_only=True)
class Rung:
    """One vaguer wording of a specific.

    Attributes:
        words: What stands in place of each span of the proposal, in their order.
        why: What it gives up, in words.
        days: The days that it still allows, for dates whose year is known.
        numbers: The lowest and the highest number that it still allows.
        within: Names of the areas in which the place lies by these words, the narrowest first.
    """

    level: Level
    words: tuple[str, ...]
    why: str
    days: Days | None = None
    numbers: tuple[float, float] | None = None
    within: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Proposal:
    """A specific and its ladder of vaguer wordings. It is proposed; nobody has held it to be true or safe.

    Attributes:
        specific: What the ladder takes away, as it stands in the text; every rung does without it.
        spans: Where it stands, in order; all are replaced together.
        rungs: From the closest to the vaguest: what a rung allows, the next allows too.
        taken: How an ambiguous specific was read; empty if there was no choice.
        days, numbers: What the specific itself says, where that can be reckoned.
    """

    kind: Kind
    specific: str
    spans: tuple[Span, ...]
    rungs: tuple[Rung, ...]
    taken: str = ""
    days: Days | None = None
    numbers: tuple[float, float] | None = None

    def at(self, level: Level) -> Rung | None:
        """The vaguest rung that is not vaguer than ``level``; ``None``: the specific stays as it is."""
        fitting = [rung for rung in self.rungs if rung.level.value <= level.value]
        return fitting[-1] if fitting else None


def starts_sentence(text: str, place: int) -> bool:
    """Whether a word at ``place`` opens a sentence of ``text``."""
    found = _BEFORE_A_START.search(text, max(0, place - 8), place) if place else None
    if found is None or (found.start() == place - 8 > 0 and not found["stop"] and text[found.start()] != "\n"):
        return place == 0
    return found["stop"] != "." or not is_abbreviated(text, found.start("stop"))


def is_abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    before = _WORD_BEFORE.search(text, max(0, stop - 20), stop)
    if before is None:
        return False
    word = before[1]
    return (len(word) == 1 and word.isalpha()) or word.casefold() in ABBREVIATED


def fitted(text: str, place: int, words: str) -> str:
    """``words`` with a capital if they open a sentence at ``place``."""
    return words[:1].upper() + words[1:] if starts_sentence(text, place) else words


def tokens(text: str) -> tuple[str, ...]:
    """The words and figures of a text, without regard to capitals and what stands between them."""
    return tuple(word.casefold() for word in _TOKEN.findall(text))
