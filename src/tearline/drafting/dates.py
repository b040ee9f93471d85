"""Dates in a report: a day becomes a week, a part of a month, a month, half a year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

import attrs

from tearline.drafting.calendar_words import (
    ANY_YEAR,
    MONTHS,
    WEEKDAYS,
    Stretch,
    Wider,
    month,
    nearest_year,
    part_of_month,
    wider,
)
from tearline.drafting.clock import TIME
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted

_SHORT: Final = {"Sept": 9} | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_NUMBERS: Final = {name.casefold(): number for number, name in enumerate(MONTHS, 1)} | {
    name.casefold(): number for name, number in _SHORT.items()
}
_ANY_CASE: Final = "|".join(f"{name}|{name.upper()}" for name in MONTHS)
_ANY_SHORT: Final = "|".join(rf"(?:{name}|{name.upper()})\.?" for name in _SHORT)
_MONTH: Final = rf"(?:{_ANY_CASE}|{_ANY_SHORT})"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[89]|20)\d\d"
_TO: Final = rf"(?:{GAP}(?:to|and|until){GAP}|[ ]?[-–][ ]?)"
_THEN_YEAR: Final = rf"(?:,?{GAP}(?P<year>{_YEAR})\b)?"


_DAYS_OF_TWO: Final = re.compile(
    rf"(?<![\w.,:/-])(?P<first>{_DAY}){GAP}(?P<month>{_MONTH})(?:,?{GAP}(?P<early>{_YEAR})\b)?{_TO}"
    rf"(?P<last>{_DAY}){GAP}(?P<then>{_MONTH}){_THEN_YEAR}(?!\w)"
)
_DAY_MONTH: Final = re.compile(
    rf"(?<![\w.,:/-])(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?:{GAP}of)?{GAP}(?P<month>{_MONTH}){_THEN_YEAR}(?!\w)"
)
_MONTH_DAY: Final = re.compile(
    rf"(?<![\w])(?P<month>{_MONTH}){GAP}(?P<first>{_DAY})(?!\d)(?:{_TO}(?P<last>{_DAY})(?!\d))?{_THEN_YEAR}(?![\w:])"
)
_ISO: Final = re.compile(r"(?<![\w.:/-])(?P<year>(?:1[89]|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<first>[0-3]\d)(?![\w-])")
_FIGURES: Final = re.compile(
    r"(?<![\w.:/-])(?P<first>[0-3]?\d)(?P<mark>[./])(?P<m>[01]?\d)(?P=mark)(?P<year>(?:1[89]|20)\d\d)(?![\w/-])"
)
_GROUP: Final = re.compile(
    rf"(?<!\w)(?P<first>[0-3]\d)(?P<clock>[0-2]\d[0-5]\d)[A-Z]{GAP}(?P<month>{_MONTH}){GAP}(?P<short>\d\d)(?!\w)"
)
_PART: Final = re.compile(
    rf"(?<!\w)(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:{GAP}(?:in{GAP})?|-)"
    rf"|[Tt]he{GAP}(?P<end>beginning|start|middle|end){GAP}of{GAP})(?P<month>{'|'.join(MONTHS)}){_THEN_YEAR}(?!\w)"
)
_WHOLE: Final = re.compile(rf"(?<!\w)(?P<month>{'|'.join(MONTHS)})(?:{GAP}(?P<year>{_YEAR}))?(?![\w'’])")

_DAY_BEFORE: Final = re.compile(rf"\d(?:st|nd|rd|th)?{GAP}$")
_PARTS: Final = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_WEEKDAY: Final = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}),?{GAP}(?:the{GAP})?$")
_PART_OF_DAY: Final = re.compile(
    rf"\b(?:the{GAP})?(?:early{GAP}|late{GAP})?(?:morning|afternoon|evening|night){GAP}of{GAP}$"
)
_CLOCK_BEFORE: Final = re.compile(
    rf"(?:\b(?P<lead>[Aa]t|[Bb]y|[Ff]rom|[Uu]ntil|[Ss]ince){GAP})?(?:about{GAP}|around{GAP})?{TIME},?{GAP}(?:on{GAP})?$"
)
_CLOCK_AFTER: Final = re.compile(rf",?{GAP}(?:at{GAP}(?:about{GAP}|around{GAP})?)?{TIME}(?!\w)")
_WEEK: Final = re.compile(rf"\b(?:the{GAP})?week(?:{GAP}(?:of|beginning|starting)){GAP}$", re.IGNORECASE)
_LEAD: Final = re.compile(
    rf"\b(?P<lead>on|by|until|till|before|after|since|from|between|in|during|of|for|to|through|around|about){GAP}$",
    re.IGNORECASE,
)
_OWNED: Final = re.compile(rf"\b(?:the|this|that|his|her|its|their|\w{{1,30}}['’]s){GAP}$", re.IGNORECASE)
_ARTICLE: Final = re.compile(rf"\b(?:a|an|every|each){GAP}$", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?<!\w)(?!(?:the|this|that|his|her|its|their){GAP}$)[a-z]{{2,20}}{GAP}$")
_NOUN: Final = re.compile(rf"{GAP}(?:[A-Z]|[a-z]{{3,}})")
_TAKES_IN: Final = frozenset(("on", "at", "in", "during"))
_WIDENED: Final = {"before": "in or before", "after": "in or after"}

_LEVELS: Final = {1: Level.CLOSE, 2: Level.WIDER, 3: Level.VAGUE, 4: Level.FAINT}
_WHY: Final = {
    1: "the day is the week around it",
    2: "the day is a third of its month",
    3: "the day is its month",
    4: "the day is half a year",
}


@attrs.frozen(kw_only=True)
class _Date:
    """A date as it stands: where, which days, and whether a clock time is part of it."""

    span: Span
    stretch: Stretch
    is_range: bool = False
    day_words: str = ""
    needs_lead: bool = False


def dates(text: str, written: dt.date | None) -> Iterator[Proposal]:
    """A ladder for each date of ``text``.

    Args:
        written: When the report was written, which gives dates without a year theirs.
    """
    taken: list[Span] = []
    for date in sorted(_found(text, written), key=lambda date: (date.span.start, -date.span.end)):
        if taken and taken[-1].meets(date.span):
            continue
        if proposal := _ladder(text, date):
            taken.append(proposal.spans[0])
            yield proposal


def _found(text: str, written: dt.date | None) -> Iterator[_Date]:
    for pattern in (_DAYS_OF_TWO, _DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(text):
            yield from _by_name(found, written)
    for pattern in (_ISO, _FIGURES):
        for found in pattern.finditer(text):
            yield from _by_figures(found)
    for found in _GROUP.finditer(text):
        yield from _by_group(found)
    for found in _PART.finditer(text):
        part = found["part"].casefold() if found["part"] else _PARTS[found["end"]]
        number, year = _NUMBERS[found["month"].casefold()], found["year"]
        settled, known = _year(year, number, 15, written)
        days = part_of_month(settled, number, part)
        yield _Date(span=Span(*found.span()), stretch=_stretch(days, year, known))
    for found in _WHOLE.finditer(text):
        if _DAY_BEFORE.search(text, max(0, found.start() - 8), found.start()):
            continue  # no day of the calendar
        number, year = _NUMBERS[found["month"].casefold()], found["year"]
        settled, known = _year(year, number, 15, written)
        yield _Date(
            span=Span(*found.span()), stretch=_stretch(month(settled, number), year, known), needs_lead=year is None
        )


def _stretch(days: tuple[dt.date, dt.date], year: str | None, known: bool) -> Stretch:
    return Stretch(first=days[0], last=days[1], year=int(year) if year else None, known=known)


def _year(stated: str | None, number: int, day: int, written: dt.date | None) -> tuple[int, bool]:
    """The year of a date, and whether it is known."""
    if stated:
        return int(stated), True
    return (nearest_year(number, day, written), True) if written else (ANY_YEAR, False)


def _by_name(found: re.Match[str], written: dt.date | None) -> Iterator[_Date]:
    parts = found.groupdict()
    number = _NUMBERS[parts["month"].rstrip(".").casefold()]
    then = _NUMBERS[parts["then"].rstrip(".").casefold()] if parts.get("then") else number
    first = int(re.sub(r"\D", "", parts["first"]))
    last = int(re.sub(r"\D", "", parts["last"])) if parts.get("last") else first
    year, known = _year(parts.get("year") or parts.get("early"), number, first, written)
    try:
        days = dt.date(int(parts.get("early") or year), number, first), dt.date(year, then, last)
    except ValueError:
        return
    if days[0] > days[1]:
        return
    named = parts.get("year") or parts.get("early")
    yield _Date(
        span=Span(*found.span()),
        stretch=_stretch(days, named, known),
        is_range=days[0] != days[1],
        day_words=found[0],
    )


def _by_figures(found: re.Match[str]) -> Iterator[_Date]:
    parts = found.groupdict()
    first, number = int(parts["first"]), int(parts["m"])
    if parts.get("mark") == "/":
        if first <= 12 and number <= 12 and first != number:
            return  # 3/11: March or November
        if number > 12:
            first, number = number, first
    yield from _single(found, int(parts["year"]), number, first)


def _by_group(found: re.Match[str]) -> Iterator[_Date]:
    """A date-time group, such as 031430Z NOV 26."""
    number = _NUMBERS[found["month"].rstrip(".").casefold()]
    yield from _single(found, 2000 + int(found["short"]), number, int(found["first"]), clock=True)


def _single(found: re.Match[str], year: int, number: int, day: int, clock: bool = False) -> Iterator[_Date]:
    try:
        date = dt.date(year, number, day)
    except ValueError:
        return
    yield _Date(
        span=Span(*found.span()),
        stretch=Stretch(first=date, last=date, year=year, known=True),
        day_words=f"{day} {MONTHS[number - 1]} {year}" if clock else "",
    )


@attrs.frozen(kw_only=True)
class _Around:
    """What stands around a date and goes with it."""

    start: int
    end: int
    lead: str
    with_clock: bool
    is_week: bool
    with_more: bool


def _around(text: str, date: _Date) -> _Around:
    start, end = date.span.start, date.span.end
    with_clock = with_more = is_week = False
    lead = ""

    def before(pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(text[max(0, start - 60) : start])

    if found := before(_WEEKDAY):
        start, with_more = start - len(found[0]), True
    if found := before(_WEEK):
        start, is_week = start - len(found[0]), True
    if found := before(_PART_OF_DAY):
        start, with_more = start - len(found[0]), True
    if found := before(_CLOCK_BEFORE):
        start, with_clock, lead = start - len(found[0]), True, (found["lead"] or "").lower()
    elif found := _CLOCK_AFTER.match(text, end, end + 40):
        end, with_clock = found.end(), True
    if not lead and (found := before(_LEAD)):
        start, lead = start - len(found[0]), found["lead"].lower()
    return _Around(start=start, end=end, lead=lead, with_clock=with_clock, is_week=is_week, with_more=with_more)


def _ladder(text: str, date: _Date) -> Proposal | None:
    around = _around(text, date)
    if (date.needs_lead and not around.lead) or text[around.end : around.end + 1] in ("'", "’"):
        return None
    before = text[max(0, around.start - 40) : around.start]
    describes = not around.lead and bool(_OWNED.search(before)) and bool(_NOUN.match(text, around.end))
    if not around.lead and _ARTICLE.search(before):
        return None
    stretch = _week_of(date.stretch) if around.is_week else date.stretch
    rungs = list(_clock_left_out(text, date, around))
    for wide in wider(stretch):
        if describes and wide.depth not in (2, 3):
            continue
        rungs.append(_rung(text, around, date, wide, stretch))
    if not rungs:
        return None
    specific = text[around.start : around.end] if around.with_clock else date.span.of(text)
    return Proposal(
        kind=Kind.DATE,
        specific=specific,
        spans=(Span(around.start, around.end),),
        rungs=tuple(rungs),
        days=stretch.days,
        taken=f"taken to be in {stretch.first.year}" if stretch.known and stretch.year is None else "",
    )


def _week_of(stretch: Stretch) -> Stretch:
    """The week around a day; where the year is not known, the seven days from it."""
    try:
        monday = stretch.first - dt.timedelta(days=stretch.first.weekday() if stretch.known else 0)
        return attrs.evolve(stretch, first=monday, last=monday + dt.timedelta(days=6))
    except OverflowError:
        return stretch


def _clock_left_out(text: str, date: _Date, around: _Around) -> Iterator[Rung]:
    """The day without the time of day, as the first rung."""
    if not (around.with_clock or (date.day_words and date.day_words != date.span.of(text))):
        return
    lead = "on" if around.lead in ("at", "on", "") else around.lead
    said = date.day_words or date.span.of(text)
    words = f"{lead} {said}" if around.lead or around.with_clock else said
    if around.lead == "" and around.with_clock and not text[around.start : around.end][:1].isdigit():
        words = said
    yield Rung(
        level=Level.CLOSE,
        words=(fitted(text, around.start, words),),
        why="the time of day is left out",
        days=date.stretch.days,
    )


def _rung(text: str, around: _Around, date: _Date, wide: Wider, stretch: Stretch) -> Rung:
    if not around.lead and not around.with_clock and not _BARE.search(text, max(0, around.start - 30), around.start):
        words = wide.words
    elif around.lead in _TAKES_IN or not around.lead or (date.is_range and around.lead in ("from", "between")):
        words = f"in {wide.words}"
    else:
        words = f"{_WIDENED.get(around.lead, around.lead)} {wide.words}"
    known = Stretch(first=wide.first, last=wide.last, year=stretch.year, known=stretch.known)
    return Rung(
        level=_LEVELS[wide.depth], words=(fitted(text, around.start, words),), why=_WHY[wide.depth], days=known.days
    )
