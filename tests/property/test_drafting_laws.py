"""Laws of proposals: they quote to the letter, lose the specific, grow vaguer step by step, and never fail."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tearline.cases import read
from tearline.drafting import (
    Gazetteer,
    Kind,
    Level,
    Proposal,
    draft,
    drafted,
    everything,
    ladder,
    proposals,
    said,
    sentences,
    telltales,
)
from tearline.drafting.calendar_words import MONTHS
from tearline.drafting.gazetteer import Place
from tearline.errors import InputError

WORLD = Gazetteer.of(
    (name, Place(name=name, part=part, country=country, region=region, people=people, is_country=name == country))
    for name, part, country, region, people in (
        ("Karst", "northern Ruritania", "Ruritania", "Central Europe", 400_000),
        ("Aldburg", "southern Ruritania", "Ruritania", "Central Europe", 90_000),
        ("Ruritania", "", "Ruritania", "Central Europe", 5_000_000),
        ("Reading", "southern Albion", "Albion", "Northern Europe", 300_000),
        ("Same", "eastern Timor", "Timor", "Southeast Asia", 20_000),
    )
)

PIECES = st.sampled_from(
    [
        "on",
        "in",
        "at",
        "from",
        "to",
        "the",
        "a",
        "3",
        "17",
        "37",
        "1200",
        "2026",
        "14:30",
        "November",
        "May",
        "Karst",
        "Aldburg",
        "Ruritania",
        "Reading",
        "Same",
        "men",
        "trucks",
        "Colonel",
        "\n    Minister",
        "Hassan",
        "minister",
        "of",
        "Ministry",
        "Defence",
        "FSB",
        "said",
        "“we go”",
        '"yes',
        ' now"',
        ".",
        "; ",
        "!",
        "not",
        "and",
        "between",
        "week",
        "before",
        "after",
        "\n    yesterday",
        "2026-11-03",
        "031430Z NOV 26",
        "Operation Falcon",
        "room",
        "I",
        "saw",
        "+44 20 7946 0000",
        "X's",
        "directorate",
        "Brigade",
        "4th",
    ]
)
WRITTEN = st.one_of(st.none(), st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES.map(str.strip), max_size=30).map(" ".join))


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def holds(text: str, specific: str) -> bool:
    """Whether the words of ``specific`` stand in ``text`` in a row."""
    wanted, words = words_of(specific), words_of(text)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


@given(TEXTS, WRITTEN)
@example("İ 3 November ǅ", None)
@example('\x00“”""', None)
def test_spans_quote_the_text_to_the_letter_and_stand_apart(text: str, written: dt.date | None) -> None:
    found = proposals(text, WORLD, written)
    claims = sentences(text)
    signs = telltales(text)

    for spans in ([s for one in found for s in one.spans], list(claims)):
        ordered = sorted(spans)
        assert all(0 <= span.start < span.end <= len(text) for span in ordered)
        assert all(one.end <= other.start for one, other in pairwise(ordered))
    assert all(one.words == text[one.span.start : one.span.end] != "" for one in signs)
    assert all(claim.of(text) == claim.of(text).strip() for claim in claims)
    assert all(any(one.specific in span.of(text) for span in one.spans) for one in found)


@given(TEXTS, WRITTEN)
def test_no_wording_holds_the_specific_that_it_takes_away(text: str, written: dt.date | None) -> None:
    for one in proposals(text, WORLD, written):
        for rung in one.rungs:
            assert not holds(said(text, {one: rung}), one.specific), (one, rung)


@given(TEXTS, WRITTEN)
def test_what_one_rung_allows_the_next_allows_too(text: str, written: dt.date | None) -> None:
    for one in proposals(text, WORLD, written):
        assert_grows(one)


def assert_grows(one: Proposal) -> None:
    levels = [rung.level.value for rung in one.rungs]
    assert levels == sorted(levels)
    known = [days for days in (one.days, *(rung.days for rung in one.rungs)) if days is not None]
    for near, far in pairwise(known):
        assert far.first <= near.first <= near.last <= far.last
    counts = [each for each in (one.numbers, *(rung.numbers for rung in one.rungs)) if each is not None]
    for (low, high), (lower, higher) in pairwise(counts):
        assert lower <= low <= high <= higher
    areas = [rung.within for rung in one.rungs if rung.within]
    for near_areas, far_areas in pairwise(areas):
        assert near_areas[-len(far_areas) :] == far_areas
        assert len(far_areas) < len(near_areas)


@given(TEXTS, WRITTEN)
def test_the_same_text_gives_the_same_proposals(text: str, written: dt.date | None) -> None:
    once = proposals(text, WORLD, written)

    again = proposals(text, WORLD, written)

    assert once == again
    assert telltales(text) == telltales(text)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(["dmy", "mdy", "iso"]))
def test_every_rung_of_a_day_contains_that_day_by_the_calendar(day: dt.date, form: str) -> None:
    month = MONTHS[day.month - 1]
    forms = {"dmy": f"{day.day} {month} {day.year}", "mdy": f"{month} {day.day}, {day.year}", "iso": day.isoformat()}

    (found,) = proposals(f"The ship left on {forms[form]} in silence.", WORLD)

    assert found.kind is Kind.DATE
    assert (found.days.first, found.days.last) == (day, day) if found.days else False
    for rung in found.rungs:
        assert rung.days is not None
        assert rung.days.first <= day <= rung.days.last
        assert (month in rung.words[0]) == (rung.level is not Level.FAINT)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)), st.integers(-180, 180))
def test_a_day_without_a_year_is_the_one_nearest_to_the_writing(day: dt.date, off: int) -> None:
    assume((day.month, day.day) != (2, 29))
    written = day + dt.timedelta(days=off)

    (found,) = proposals(f"The ship left on {day.day} {MONTHS[day.month - 1]}.", WORLD, written)

    assert found.days is not None
    assert found.days.first == day


@given(st.integers(2, 999_999_999))
def test_every_rung_of_a_number_contains_it(number: int) -> None:
    assume(not 1800 <= number <= 2100)

    (found,) = proposals(f"They brought {number:,} rifles to the camp.")

    assert found.numbers == (number, number)
    assert all(rung.numbers and rung.numbers[0] <= number <= rung.numbers[1] for rung in found.rungs)


@given(TEXTS)
def test_whatever_the_report_the_case_reads_or_the_report_is_refused(text: str) -> None:
    try:
        claims = drafted(text, None, WORLD)
    except InputError:
        return

    cautious = read(draft(text, gazetteer=WORLD), "drafted").case
    open_handed = read(draft(text, marked=everything(claims), gazetteer=WORLD), "drafted").case

    assert [claim.versions[0].text for claim in cautious.claims] == [claim.text for claim in claims]
    assert all(len(claim.versions) == 1 for claim in cautious.claims)
    assert [len(claim.versions) - 1 for claim in open_handed.claims] == [len(claim.vaguer) for claim in claims]


@given(TEXTS)
def test_whole_versions_differ_and_lose_what_they_changed(text: str) -> None:
    found = proposals(text, WORLD)

    versions = ladder(text, found)

    assert len({text, *(one.text for one in versions)}) == len(versions) + 1
    assert len(versions) <= len(Level)


LONG = ("a", "1", "\n", "“", "3 November ", "in Karst ", "from Karst to ", "the minister of ", "[", "I saw ")
SHORTER = (
    " ", "A", ".", '"', "‘", "'s ", "3 ", "Karst, ", "Karst and ", "Colonel A", "X's Ministry of ", "37 ", "at 14:30 ",
    "1,", "a@", "1.1.", "12:", "not. ", "- ", "0 ", "in the ", "\u017f", "\u202e", "A-", "the ", "of ", "Ministry ",
)  # fmt: skip


@pytest.mark.parametrize(("unit", "size"), [*((unit, 200_000) for unit in LONG), *((unit, 30_000) for unit in SHORTER)])
def test_hundreds_of_thousands_of_hostile_characters_are_done_with(unit: str, size: int) -> None:
    text = (unit * (size // len(unit) + 1))[:size]

    found = proposals(text, WORLD)
    signs = telltales(text)

    assert all(span.end <= size for one in found for span in one.spans)
    assert all(one.span.end <= size for one in signs)
