"""How firm the answers of the shipped cases are when their numbers are moved, and that these keep to one scale."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from scenarios.answers import shipped
from scenarios.perturbation import (
    AS_WRITTEN,
    CASES,
    COLUMNS,
    COVER_UNSEEN,
    NO_COPIES,
    NOTHING_TOLD_BEFORE,
    SEALED,
    UNCHANGED,
    column,
    columns_of,
)
from tearline.domain import Case, Claim, ClaimId, Group, GroupKind, OrganisationId, VersionId

HISTORICAL = tuple(name for name in CASES if name != "essay")

# --- how firm the answers are ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def firmness(root: Path) -> dict[str, dict[str, str]]:
    """The perturbation table as the documentation shows it."""
    return columns_of((root / "docs" / "explanation" / "historical-cases.md").read_text("utf-8"))


@pytest.mark.parametrize("name", COLUMNS)
def test_the_table_of_the_documentation_is_what_is_answered_now(name: str, firmness: dict[str, dict[str, str]]) -> None:
    assert firmness[name] == column(name)


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("arcos", {"verbatim", "paraphrase"}),
        ("la-belle", {"text", "dated"}),
        ("oval-office", {"city", "details"}),
        ("cuba", {"film", "manual", "papers"}),
        ("matapan", {"message"}),
        ("ukraine", {"plan", "scene", "staged"}),
        ("satphone", {"set", "called", "voice", "heard"}),
        ("manchester", {"photographs"}),
        ("alert", {"name", "operative", "files"}),
        ("iraq", {"recording", "transcript", "substance"}),
        ("belgrade", {"item"}),
        ("moscow", {"names", "circle"}),
        ("pollard", {"order", "brigades", "soon", "watch"}),
        ("fizzled", {"sentence-by-sentence", "shipments"}),
    ],
)
def test_what_history_regrets_is_refused_however_the_numbers_are_moved(
    name: str, never: set[str], firmness: dict[str, dict[str, str]]
) -> None:
    said = {word for answer in firmness[name].values() for word in answer.replace("+", " ").split()}

    assert said & never == set()


@pytest.mark.parametrize("name", ["essay", "oval-office", "kal007"])
def test_who_is_asked_does_not_hang_on_the_numbers(name: str, firmness: dict[str, dict[str, str]]) -> None:
    decisions = {answer.partition(":")[0] for answer in firmness[name].values() if answer != UNCHANGED}

    assert decisions == {"Ask"}


def test_the_series_costs_a_version_nearly_however_the_numbers_are_moved(firmness: dict[str, dict[str, str]]) -> None:
    case = shipped("gordievsky")
    worth = {v.id: v.value for v in case.claim(ClaimId("reply")).versions}

    def values(name: str) -> list[float]:
        answers = firmness[name]
        full = [answers[AS_WRITTEN] if text == UNCHANGED else text for text in answers.values()]
        return [worth.get(VersionId(text.split()[-1]), 0.0) for text in full]

    pairs = list(zip(values("gordievsky"), values(NOTHING_TOLD_BEFORE), strict=True))

    assert sum(with_it < without for with_it, without in pairs) == 14
    assert sum(with_it == without for with_it, without in pairs) == 2
    assert len(pairs) == 17


@pytest.mark.parametrize(
    ("name", "without", "more", "as_much"),
    [("matapan", COVER_UNSEEN, 10, 7), ("ultra", NO_COPIES, 13, 4), ("video", SEALED, 16, 1)],
)
def test_what_a_case_is_about_moves_its_answer_in_most_lines(
    name: str, without: str, more: int, as_much: int, firmness: dict[str, dict[str, str]]
) -> None:
    worth = {v.id: v.value for claim in shipped(name).claims for v in claim.versions}

    def values(column: str) -> list[float]:
        answers = firmness[column]
        return [worth[VersionId((answers[AS_WRITTEN] if a == UNCHANGED else a).split()[-1])] for a in answers.values()]

    pairs = list(zip(values(name), values(without), strict=True))

    assert sum(one != other for one, other in pairs) == more
    assert sum(one == other for one, other in pairs) == as_much
    assert all((one >= other) == (name == "matapan") or one == other for one, other in pairs)


# --- the common scale --------------------------------------------------------------------------------

COUNTS = {5, 12, 50, 300, 3000}
METHOD_WEIGHTS = {0.003, 0.01, 0.1, 0.3}
INNOCENT_WEIGHTS = METHOD_WEIGHTS | {0.1, 0.3, 0.5}
CONSEQUENCES = {0.8, 0.5, 0.2}
LEAKS = {(0.01, 0.04), (0.1, 0.3), (0.3, 0.7), 1.0}
WORDS = {"present", "informed", "near", "rumour", "absent"}
VALUES = (10.0, 8.0, 6.0, 4.0, 2.0)
HALVES_IN = {None, 1, 7, 30}
FITS = {None, 1, 5, 12}


def weights_on_scale(group: Group) -> bool:
    """Whether the weight of a group is one that the scale has for its kind."""
    if group.kind is GroupKind.PERSONS:
        return group.weight is None and group.count in COUNTS
    return group.weight in (METHOD_WEIGHTS if group.kind is GroupKind.CHANNEL else INNOCENT_WEIGHTS)


def words_only(claim: Claim) -> bool:
    """Whether everything said about who knew a claim is a word."""
    return all(grade.spelled in WORDS for version in claim.versions for grade in version.known.values())


@pytest.mark.parametrize("name", HISTORICAL)
def test_every_number_of_a_historical_case_is_on_the_common_scale(name: str) -> None:
    case = shipped(name)
    groups = [g for reader in case.readers for g in reader.groups]

    assert [g.id for g in groups if not weights_on_scale(g)] == []
    assert {p for g in groups for p in g.via.values()} <= {0.3}
    assert {p for s in case.secrets for p in s.given.values()} <= CONSEQUENCES
    assert {path.probability.spelled for path in case.leak_paths} <= LEAKS
    assert [c.id for c in case.claims if not words_only(c)] == []
    assert all(tuple(v.value for v in c.versions) == VALUES[: len(c.versions)] for c in case.claims)
    assert {p.spelled for reader in case.readers for p in reader.holds_raw.values()} <= LEAKS
    assert {claim.halves_in for claim in case.claims} <= HALVES_IN
    assert {v.fits for claim in case.claims for v in claim.versions} <= FITS
    assert case.consents == ()


@pytest.mark.parametrize("name", HISTORICAL)
def test_a_historical_case_has_no_limit_but_those_that_the_scale_allows(name: str) -> None:
    case = shipped(name)
    set_limits = [
        {limit: value for limit, value in attrs.asdict(s.budget).items() if value is not None} for s in case.secrets
    ]

    assert all(limits in ({}, {"top_suspect": 0.02, "crowd": 40}) for limits in set_limits)
    assert [o.id for o in case.organisations if o.belief != (0.75 if members(case, o.id) >= 40 else None)] == []


def members(case: Case, organisation: OrganisationId) -> int:
    """How many persons belong to an organisation."""
    return sum(g.count for reader in case.readers for g in reader.groups if organisation in g.within)
