"""Times of day, and days said by today, yesterday or a weekday: a part of the day, then nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tearline.drafting.calendar_words import WEEKDAYS
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted, starts_sentence

_HALF: Final = r"(?:[AaPp]\.?[Mm]\b\.?)"
_ZONE: Final = rf"(?:[ ]?(?:Z|UTC|GMT|hours|hrs|local{GAP}time)\b)"
TIME: Final = (
    rf"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?:[ ]?{_HALF}|{_ZONE})"
    rf"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])|(?:[01]\d|2[0-3])[0-5]\d{_ZONE}"
    rf"|(?:1[0-2]|0?[1-9])(?:[ ]?{_HALF})|(?:noon|midnight)\b)"
)
"""A time of day as reports write it."""

_ALONE: Final = re.compile(
    rf"(?<![\w.:/])(?:(?P<lead>[Aa]t|[Bb]y|[Bb]efore|[Aa]fter|[Uu]ntil|[Ss]ince|[Ff]rom|[Aa]round|[Aa]bout){GAP})?"
    rf"(?P<rough>(?:exactly|precisely|about|around|approximately|shortly{GAP}(?:before|after)){GAP})?"
    rf"(?P<time>{TIME})(?![\w:])"
)
_RANGE: Final = re.compile(
    rf"(?<!\w)(?:[Bb]etween|[Ff]rom){GAP}(?P<time>{TIME}){GAP}(?:and|to|until){GAP}{TIME}(?![\w:])"
)
_TOLD_DAY: Final = re.compile(
    rf"(?<!\w)(?:(?P<past>[Yy]esterday(?:{GAP}(?:morning|afternoon|evening))?|[Ll]ast{GAP}night)"
    rf"|(?P<now>[Tt]oday|[Tt]onight|[Tt]his{GAP}(?:morning|afternoon|evening))"
    rf"|(?P<next>[Tt]omorrow(?:{GAP}(?:morning|afternoon|evening|night))?))(?![\w'’-])"
)
_WEEKDAY: Final = re.compile(
    rf"(?<!\w)[Oo]n{GAP}(?:{'|'.join(WEEKDAYS)})(?:{GAP}(?:morning|afternoon|evening|night))?(?![\w'’-]|,?{GAP}\d)"
)
_FIRST_NUMBER: Final = re.compile(r"\d{1,4}")
_NEXT_WORD: Final = re.compile(r",?[ \t\n\r\xa0]{0,3}(\w)")
_LEFT_OUT: Final = "the time is left out"


def times(text: str) -> Iterator[Proposal]:
    """A ladder for each time of day that no date goes with, and for each day told from the day of writing."""
    for found in _RANGE.finditer(text):
        yield _without(text, found, Kind.TIME, found["time"])
    for found in _ALONE.finditer(text):
        yield from _of_day(text, found)
    for found in _TOLD_DAY.finditer(text):
        wider = "in recent days" if found["past"] else "this week" if found["now"] else "in the coming days"
        rung = _put(text, found, wider, Level.WIDER, "which day is left open")
        yield Proposal(kind=Kind.DATE, specific=found[0], spans=(Span(*found.span()),), rungs=(rung,))
    for found in _WEEKDAY.finditer(text):
        yield _without(text, found, Kind.DATE, found[0])


def _of_day(text: str, found: re.Match[str]) -> Iterator[Proposal]:
    lead = (found["lead"] or "").lower()
    before = re.search(rf"(?:\b(\w{{1,12}}){GAP})$", text[max(0, found.start() - 16) : found.start()])
    describes = not lead and before is not None and before[1].lower() in ("the", "a", "an", "this", "every", "his")
    if describes or not lead:
        return
    part = part_of_day(found["time"])
    kept: tuple[str, ...] = ()
    if lead in ("at", "around", "about"):
        kept = (_put_before(text, found, part),)
    left = _without(text, found, Kind.TIME, found["time"])
    gone = left.rungs[0]
    span = left.spans[0]
    ahead, behind = text[span.start : found.start()], text[found.end() : span.end]
    rungs = tuple(
        Rung(level=Level.CLOSE, words=(f"{ahead}{words}{behind}",), why="the time is a part of the day")
        for words in kept
    )
    yield Proposal(kind=Kind.TIME, specific=found["time"], spans=left.spans, rungs=(*rungs, gone))


def _put_before(text: str, found: re.Match[str], part: str) -> str:
    return fitted(text, found.start(), "at night" if part == "night" else f"in the {part}")


def part_of_day(time: str) -> str:
    """`morning`, `afternoon`, `evening` or `night` of a time as reports write it.

    >>> part_of_day("14:30"), part_of_day("2.15 pm"), part_of_day("0215Z"), part_of_day("noon")
    ('afternoon', 'afternoon', 'night', 'afternoon')
    """
    if time.lower().startswith(("noon", "midnight")):
        return "afternoon" if time.lower().startswith("noon") else "night"
    figures = _FIRST_NUMBER.match(time)
    hour = int(figures[0]) if figures else 0
    hour = hour // 100 if figures and len(figures[0]) == 4 else hour
    half = re.search(r"([AaPp])\.?[Mm]\b", time)
    if half:
        hour = hour % 12 + (12 if half[1] in "Pp" else 0)
    return "night" if hour < 5 or hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _put(text: str, found: re.Match[str], words: str, level: Level, why: str) -> Rung:
    return Rung(level=level, words=(fitted(text, found.start(), words),), why=why)


def _without(text: str, found: re.Match[str], kind: Kind, specific: str) -> Proposal:
    """The text without the phrase: the space before it goes too, or what follows takes its capital."""
    span, words = left_out(text, Span(*found.span()))
    return Proposal(
        kind=kind,
        specific=specific,
        spans=(span,),
        rungs=(Rung(level=Level.WIDER, words=(words,), why=_LEFT_OUT),),
    )


def left_out(text: str, span: Span) -> tuple[Span, str]:
    """What to replace, and by what, so that the words of ``span`` are gone and the sentence still reads."""
    following = _NEXT_WORD.match(text, span.end)
    if starts_sentence(text, span.start) and following:
        return Span(span.start, following.end()), following[1].upper()
    start = span.start
    while start > 0 and span.start - start < 3 and text[start - 1] in " \t\n\xa0":
        start -= 1
    if start < span.start and not starts_sentence(text, span.start):
        both = text[start - 1 : start] == "," and text[span.end : span.end + 1] in (",", ".", ";", ":", "!", "?", "")
        return Span(start - 1 if both else start, span.end), ""
    return span, ""
