"""Times of day and minutes of the calendar in a case file, always in UTC."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

import attrs

from tearline.cases.scalars import Day, MalformedError, Scalar
from tearline.cases.shapes import Path, printable

_TIME: Final = re.compile(r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})Z")
_TIME_HINT: Final = "write hours and minutes in UTC, such as 06:30Z"
_MOMENT_HINT: Final = "write the day and the time in UTC, such as 2026-11-20 06:30Z"


@attrs.frozen
class TimeOfDay(Scalar):
    """Hours and minutes in UTC, with the `Z` that posts write."""

    def parse(self, text: str) -> dt.time:
        found = _TIME.fullmatch(text)
        if not found:
            raise MalformedError(f"`{printable(text)}` is not a time of day", _TIME_HINT)
        try:
            return dt.time(int(found["hour"]), int(found["minute"]), tzinfo=dt.UTC)
        except ValueError:
            raise MalformedError(f"there is no time {text}", _TIME_HINT) from None

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return f"{value:%H:%M}Z"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}Z$"}

    def words(self) -> str:
        return "a time of day in UTC, such as 06:30Z"


@attrs.frozen
class Moment(Scalar):
    """A minute of the calendar in UTC."""

    def parse(self, text: str) -> dt.datetime:
        day, _, time = text.partition(" ")
        if not time:
            raise MalformedError(f"`{printable(text)}` is no day with a time", _MOMENT_HINT)
        return dt.datetime.combine(Day().parse(day), TimeOfDay().parse(time))

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return f"{value:%Y-%m-%d %H:%M}Z"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}Z$"}

    def words(self) -> str:
        return "a day and a time in UTC, such as 2026-11-20 06:30Z"
