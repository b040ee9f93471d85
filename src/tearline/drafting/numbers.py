"""Numbers of people and things: rounded, then only their order (several dozen), then a number of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from tearline.drafting.articles import is_plural
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted

_UNITS: Final = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        2,
    )
}
_TENS: Final = {
    word: number * 10
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_ONES: Final = {"one": 1} | {word: number for word, number in _UNITS.items() if number < 10}
_WORDS: Final = (
    {"dozen": 12}
    | _UNITS
    | _TENS
    | {f"{ten}-{one}": tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items()}
)
_SPELLED: Final = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER: Final = re.compile(
    rf"(?<![\w.,:/$£€#-])(?:(?P<lead>[A-Za-z]{{1,14}}(?:{GAP}[a-z]{{2,5}})?){GAP})?"
    rf"(?:(?P<figures>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}})(?![\d,.]\d)|(?P<word>[Aa]{GAP}dozen|(?i:{_SPELLED})))"
    rf"(?:{GAP}(?P<scale>hundred|thousand|million|billion))?"
    rf"(?={GAP}(?P<rest>(?:[a-z][a-z-]{{1,20}}{GAP}|[A-Z][a-z]{{2,20}}{GAP}){{0,2}})(?P<noun>[a-z]{{3,20}})(?![\w'’-]))"
)
_ROUGH: Final = frozenset(
    ["about", "around", "some", "nearly", "almost", "roughly", "approximately", "exactly", "precisely"]
)
_AT_LEAST: Final = frozenset(("more than", "at least", "over", "no fewer than"))
_AT_MOST: Final = frozenset(("up to", "at most", "fewer than", "less than", "no more than", "under", "within"))
_DEFINITE: Final = frozenset(["the", "these", "those", "his", "her", "its", "their", "our"])
_REFUSED: Final = frozenset(
    [
        "all",
        "both",
        "other",
        "another",
        "last",
        "first",
        "next",
        "past",
        "every",
        "each",
        "no",
        "not",
        "page",
        "paragraph",
        "article",
        "resolution",
        "unit",
        "room",
        "flight",
        "line",
        "chapter",
        "number",
        "phase",
        "group",
        "section",
        "figure",
        "table",
        "day",
        "week",
        "month",
        "year",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "of",
        "or",
        "and",
        "to",
        "than",
        "only",
    ]
)
_UNITS_OF_TIME: Final = frozenset(
    ["years", "months", "weeks", "days", "hours", "minutes", "seconds", "am", "pm", "percent", "degrees"]
)
_MEASURES: Final = frozenset(
    [
        "kilometres",
        "kilometers",
        "metres",
        "meters",
        "miles",
        "feet",
        "yards",
        "tons",
        "tonnes",
        "kilograms",
        "kilos",
        "grams",
        "pounds",
        "litres",
        "liters",
        "gallons",
        "barrels",
        "dollars",
        "euros",
        "rubles",
        "hectares",
        "acres",
        "knots",
        "watts",
        "megawatts",
        "points",
    ]
)

ORDERS: Final = (
    (2, 9, "several", "a few"),
    (10, 19, "a dozen or so", "a dozen or so"),
    (20, 99, "several dozen", "dozens of"),
    (100, 199, "more than a hundred", "more than a hundred"),
    (200, 999, "several hundred", "hundreds of"),
    (1_000, 9_999, "several thousand", "thousands of"),
    (10_000, 99_999, "tens of thousands of", "tens of thousands of"),
    (100_000, 999_999, "hundreds of thousands of", "hundreds of thousands of"),
    (1_000_000, 999_999_999, "millions of", "millions of"),
)
"""Lowest and highest number, its words, the same after `at least` and `at most`."""


@attrs.frozen(kw_only=True)
class _Found:
    """A number with the noun that it counts."""

    value: int
    span: Span
    noun: str
    lead: str


def numbers(text: str) -> Iterator[Proposal]:
    """A ladder for each number that counts something; measures, money, dates and designations are left alone."""
    for found in _NUMBER.finditer(text):
        if counted := _counted(text, found):
            yield from _ladder(text, counted)


def _counted(text: str, found: re.Match[str]) -> _Found | None:
    value = _value(found)
    words = found["rest"].split()
    noun = found["noun"]
    plural = next((place for place, word in enumerate([*words, noun]) if is_plural(word)), None)
    if value is None or not 2 <= value <= 999_999_999 or plural is None or "of" in words[: plural + 1]:
        return None
    counted = [*words, noun][: plural + 1]
    if set(counted) & _UNITS_OF_TIME or (found["figures"] and 1800 <= value <= 2100 and "," not in found["figures"]):
        return None
    at = found.end()
    for word in counted:
        at = text.index(word, at) + len(word)
    lead, start = _lead(found)
    if lead is None:
        return None
    return _Found(value=value, span=Span(start, at), noun=text[found.end() : at].lstrip(), lead=lead)


def _lead(found: re.Match[str]) -> tuple[str | None, int]:
    """The words before a number that go with it, and where all begins; ``None``: it is no count."""
    first = found.start("figures") if found["figures"] else found.start("word")
    before = " ".join((found["lead"] or "").lower().split())
    if not before:
        return "", first
    if before in _AT_LEAST | _AT_MOST or before in _ROUGH or before in _DEFINITE:
        return before, found.start()
    last = before.split()[-1]
    place = found.start("lead") + found["lead"].lower().rindex(last)
    if last in _ROUGH | _DEFINITE:
        return last, place
    if last in ("over", "under", "within"):
        return last, place
    if last in _REFUSED or (found["lead"].split()[-1][:1].isupper() and last not in _OPENINGS):
        return None, first
    return "", first


_OPENINGS: Final = frozenset(
    ["in", "on", "at", "by", "with", "from", "when", "while", "after", "before", "and", "but", "there", "then", "they"]
)


def _value(found: re.Match[str]) -> int | None:
    if found["figures"]:
        value = int(found["figures"].replace(",", ""))
    else:
        word = " ".join(found["word"].lower().split()).removeprefix("a ")
        value = _WORDS[word]
        if word == "dozen" and not found["word"].lower().startswith("a"):
            return None
    return value * _SCALES[found["scale"]] if found["scale"] else value


def rounded(value: int) -> tuple[int, float, float]:
    """A rounder number and the interval that it stands for, which contains ``value``.

    >>> rounded(37), rounded(1234)
    ((40, 35.0, 45.0), (1200, 1150.0, 1250.0))
    """
    step = 5 if value < 20 else 10 ** (len(str(value)) - 1) if value < 1000 else 10 ** (len(str(value)) - 2)
    near = (value + step // 2) // step * step
    return near, near - step / 2, near + step / 2


def _ladder(text: str, found: _Found) -> Iterator[Proposal]:
    low, high, order, bounding = next(each for each in ORDERS if each[0] <= found.value <= each[1])
    rungs: list[Rung] = []

    def rung(level: Level, words: str, interval: tuple[float, float], why: str) -> None:
        rungs.append(Rung(level=level, words=(fitted(text, found.span.start, words),), why=why, numbers=interval))

    any_number = (2.0, float("inf"))
    if found.lead in _DEFINITE:
        rung(Level.WIDER, f"{found.lead} {found.noun}", any_number, "how many is left out")
    elif found.lead in _AT_LEAST:
        rung(Level.WIDER, f"at least {bounding.removeprefix('more than ')} {found.noun}", (low, float("inf")), _ORDER)
        if not _is_measure(found):
            rung(Level.FAINT, f"a number of {found.noun}", any_number, "how many is left open")
    elif found.lead in _AT_MOST:
        rung(Level.WIDER, f"at most {bounding.removeprefix('more than ')} {found.noun}", (0, high), _ORDER)
    else:
        near, least, most = rounded(found.value)
        if found.value >= 10 and near != found.value and low <= least and most <= high:
            rung(Level.CLOSE, f"about {near:,} {found.noun}", (least, most), "the number is rounded")
        rung(Level.WIDER, f"{order} {found.noun}", (low, high), _ORDER)
        if not _is_measure(found):
            rung(Level.FAINT, f"a number of {found.noun}", any_number, "how many is left open")
    value = float(found.value)
    yield Proposal(
        kind=Kind.NUMBER,
        specific=text[found.span.start : found.span.end] if not found.lead else _without_lead(text, found),
        spans=(found.span,),
        rungs=tuple(rungs),
        numbers=(value, value),
    )


def _is_measure(found: _Found) -> bool:
    return found.noun.split()[-1] in _MEASURES


_ORDER: Final = "only the order of the number is left"


def _without_lead(text: str, found: _Found) -> str:
    return re.sub(rf"^{re.escape(found.lead)}\s{{1,3}}", "", found.span.of(text), flags=re.IGNORECASE)
