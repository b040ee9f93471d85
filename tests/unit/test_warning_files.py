"""What a case file says of a warning: times in UTC, and what it must not say."""

import textwrap

import pytest

from tearline.cases import read, write
from tearline.errors import CaseFileError

CASE = """
tearline: 1
title: A warning
us: A
as_of: 2026-11-20
parties: {A: {}, B: {}, C: {}, guests: {}}
causes:
  falls: {probability: [0.2, 0.4]}
  stays: {probability: [0.6, 0.8]}
claims:
  plot: {versions: {exact: {text: Tonight.}}}
  other: {versions: {exact: {text: Tomorrow.}}}
proposal: {to: B, claims: [plot], harm_by: 2026-11-21}
"""

URGENT = """
urgent:
  at: 06:30Z
  noticed: 2026-11-20 05:50Z
  to_warn: {guests: {through: B}}
"""


def faults(text: str) -> list[str]:
    """What is wrong with a file: path, message and hint of each fault."""
    with pytest.raises(CaseFileError) as refused:
        read(text)
    return [f"{p.path}: {p.message}; {p.hint}" for p in refused.value.problems]


def added(section: str) -> list[str]:
    return faults(CASE + textwrap.dedent(section))


def test_times_are_read_in_utc_and_written_as_they_stood() -> None:
    file = read(CASE + URGENT)

    urgent = file.case.urgent
    assert urgent is not None
    assert urgent.at is not None
    assert urgent.noticed is not None
    assert urgent.at.isoformat() == "06:30:00+00:00"
    assert urgent.noticed.isoformat() == "2026-11-20T05:50:00+00:00"
    assert read(write(file)) == file
    assert "06:30Z" in write(file)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("06:30Z", "06:30", "`06:30` is not a time of day; write hours and minutes in UTC, such as 06:30Z"),
        ("06:30Z", "24:10Z", "there is no time 24:10Z"),
        ("06:30Z", "half past six", "is not a time of day"),
        ("2026-11-20 05:50Z", "2026-11-20", "is no day with a time"),
        ("2026-11-20 05:50Z", "2026-02-30 05:50Z", "there is no day 2026-02-30"),
        ("2026-11-20 05:50Z", "2026-11-20 06:31Z", "is after the time of the case, 2026-11-20 06:30"),
        ("2026-11-20 05:50Z", "2026-11-21 05:50Z", "is after the time of the case"),
        ("guests: {through: B}", "B: {}", "`B` is the recipient, who is told already"),
        ("guests: {through: B}", "A: {}", "`A` is us"),
        ("through: B", "through: C", "`C` is neither us nor the recipient; make that party the recipient"),
        ("through: B", "claims: [other]", "`other` is not proposed"),
        ("through: B", "trough: B", "no key `trough` here; did you mean `through`?"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_hint(old: str, new: str, said: str) -> None:
    text = CASE + URGENT
    assert old in text

    (fault,) = faults(text.replace(old, new))

    assert said in fault


def test_an_hour_of_harm_needs_its_day() -> None:
    (fault,) = faults(CASE.replace("harm_by: 2026-11-21", "harm_at: 09:00Z"))

    assert fault.startswith("proposal.harm_at: `harm_at` without a `harm_by`")


WAIVER = "{on: 2026-11-20 06:00Z, ground: no-means, because: none, harm: deaths, by: X"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"waivers: [{WAIVER}, of: [guest]}}]", "no party `guest`"),
        (f"waivers: [{WAIVER}, of: [C]}}]", "`C` is not among those `to_warn`"),
        (f"waivers: [{WAIVER}, review_on: 2026-11-20 05:00Z}}]", "the review is no later than the waiver"),
        (f"waivers: [{WAIVER.replace('11-20', '11-22')}}}]", "is after the time of the case"),
        (f"waivers: [{WAIVER.replace('no-means', 'source-value')}}}]", "`source-value` is none of the words"),
        ("waivers: [{on: 2026-11-20 06:00Z, ground: no-means, harm: deaths, by: X}]", "`because` is missing"),
        ("overrides: [{on: 2026-11-20 06:00Z, party: C, by: X}]", "`because` is missing"),
        ("overrides: [{on: 2026-11-22 06:00Z, party: C, by: X, because: y}]", "is after the time of the case"),
    ],
)
def test_a_waiver_or_override_without_what_it_needs_is_a_fault(line: str, said: str) -> None:
    assert any(said in fault for fault in added(f"{URGENT}  {line}\n"))


def test_outcomes_can_add_up_to_one() -> None:
    both = "outcomes: {falls: {what: a, silent: 0.5}, stays: {what: b, silent: 0.5}}"

    assert read(f"{CASE}{URGENT}  {both}\n").case.urgent is not None


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("{falls: {what: a}}", "the outcomes with the tip-off cannot add up to 1"),
        (
            "{falls: {what: a, silent: [0.8, 0.9]}, stays: {what: b, silent: [0.8, 0.9]}}",
            "the outcomes in silence cannot add up to 1",
        ),
        ("{fall: {what: a}}", "no cause `fall`"),
    ],
)
def test_outcomes_that_no_probabilities_fit_are_a_fault(outcomes: str, said: str) -> None:
    assert any(said in fault for fault in added(f"{URGENT}  outcomes: {outcomes}\n"))


def test_an_empty_section_is_no_fault_and_is_written_back() -> None:
    file = read(f"{CASE}urgent: {{}}\n")

    assert file.case.urgent is not None
    assert read(write(file)) == file
