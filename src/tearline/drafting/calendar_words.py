"""Days, weeks, parts of months, halves of years: as intervals of days and as words.

Weeks begin on Monday. Seasons are not used, since they differ between the halves of the globe.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Final

import attrs

from tearline.domain import Days

MONTHS: Final = tuple(calendar.month_name[1:])
WEEKDAYS: Final = tuple(calendar.day_name)
ANY_YEAR: Final = 2024
"""Stands in for a year that is not known: a leap year, so that every day of a year has its place."""


@attrs.frozen(kw_only=True)
class Stretch:
    """Days that a wording allows.

    Attributes:
        year: As the words name it; ``None``: they name none.
        known: Whether the year of the days is known, by the words or from when the report was written.
    """

    first: dt.date
    last: dt.date
    year: int | None
    known: bool

    @property
    def days(self) -> Days | None:
        """The days for the calendar, where the year is known."""
        return Days(first=self.first, last=self.last) if self.known else None


@attrs.frozen(kw_only=True)
class Wider:
    """A wider stretch and what it is called: a noun phrase that takes `in`.

    Attributes:
        depth: 1 week, 2 part of a month, 3 month, 4 half of a year.
    """

    depth: int
    words: str
    first: dt.date
    last: dt.date


def wider(stretch: Stretch) -> Iterator[Wider]:
    """What contains ``stretch``, each containing the one before it, and none as narrow as the stretch itself."""
    inside = (stretch.first, stretch.last)
    for each in _candidates(stretch):
        if each.first <= inside[0] and inside[1] <= each.last and (each.first, each.last) != inside:
            yield each
            inside = (each.first, each.last)


def _candidates(stretch: Stretch) -> Iterator[Wider]:
    first, year = stretch.first, f" {stretch.year}" if stretch.year is not None else ""
    part = _part(first)
    monday = first - dt.timedelta(days=first.weekday())
    sunday = monday + dt.timedelta(days=6)
    if stretch.known and part.first <= monday and sunday <= part.last:
        yield Wider(
            depth=1, words=f"the week of {monday.day} {MONTHS[monday.month - 1]}{year}", first=monday, last=sunday
        )
    yield attrs.evolve(part, words=part.words + year)
    whole = month(first.year, first.month)
    yield Wider(depth=3, words=f"{MONTHS[first.month - 1]}{year}", first=whole[0], last=whole[1])
    half = "first" if first.month <= 6 else "second"
    start, end = ((1, 1), (6, 30)) if half == "first" else ((7, 1), (12, 31))
    of = year if year else " the year"
    yield Wider(
        depth=4,
        words=f"the {half} half of{of}",
        first=dt.date(first.year, *start),
        last=dt.date(first.year, *end),
    )


def month(year: int, number: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month."""
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def _part(day: dt.date) -> Wider:
    """The third of its month in which a day lies: up to the 10th, up to the 20th, the rest."""
    first, last = part_of_month(day.year, day.month, "early" if day.day <= 10 else "mid" if day.day <= 20 else "late")
    name = MONTHS[day.month - 1]
    words = f"early {name}" if day.day <= 10 else f"mid-{name}" if day.day <= 20 else f"late {name}"
    return Wider(depth=2, words=words, first=first, last=last)


def part_of_month(year: int, number: int, part: str) -> tuple[dt.date, dt.date]:
    """The days of `early`, `mid` or `late` in a month."""
    first, last = month(year, number)
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def nearest_year(number: int, day: int, written: dt.date) -> int:
    """The year in which a day and month without one lie nearest to when the report was written."""
    years = (year for year in (written.year - 1, written.year, written.year + 1) if 1 <= year <= 9998)
    return min(years, key=lambda year: abs((_day(year, number, day) - written).days))


def _day(year: int, number: int, day: int) -> dt.date:
    return dt.date(year, number, min(day, calendar.monthrange(year, number)[1]))
