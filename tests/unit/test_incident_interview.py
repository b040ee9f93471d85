"""An incident by interview: at most nine questions, and a file that can be assessed at once."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.cases import open_shipped, text_of
from tearline.cases.incident_interview import (
    MOST_QUESTIONS,
    SEEN,
    compose_incident,
    fault_of,
    first_questions,
    questions_about,
)
from tearline.cases.incidents import read_incident
from tearline.cli import run
from tearline.domain.incidents import IncidentKind

TODAY = dt.date(2026, 11, 24)
ESSAY = open_shipped("essay").case
Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def answering(monkeypatch: Patch, *lines: str) -> None:
    """Standard input from which these answers come."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))


def questions(kind: IncidentKind = IncidentKind.THEFT) -> dict[str, object]:
    """Every question by its key."""
    return {question.key: question for question in (*first_questions(TODAY), *questions_about(ESSAY, kind))}


@pytest.mark.parametrize("kind", list(IncidentKind))
def test_there_are_at_most_nine_questions_and_every_default_is_an_answer(kind: IncidentKind) -> None:
    asked = (*first_questions(TODAY), *questions_about(ESSAY, kind))

    assert len(asked) <= MOST_QUESTIONS
    assert len({question.key for question in asked}) == len(asked)
    assert not any(fault_of(question, "", ESSAY) for question in asked)


@pytest.mark.parametrize("kind", list(IncidentKind))
def test_whoever_only_presses_return_gets_the_worst_that_could_be(kind: IncidentKind) -> None:
    found = read_incident(compose_incident({"kind": kind.value}, ESSAY, TODAY)).incident

    assert found.kind is kind
    assert found.on == TODAY
    assert found.hearers == ()
    assert dict(found.briefed) == {claim.id: claim.versions[0].id for claim in ESSAY.claims}
    assert (found.seen.lo, found.seen.hi) == (0, 1)


def test_the_answers_are_in_the_file() -> None:
    answers = {
        "kind": "mole",
        "on": "2026-11-20",
        "spoke": "an officer: of the partner #1",
        "hearers": "state x, B, X",
        "briefed": "plot: target, convoy",
        "accounts": "a visitor: plot target; a spokesman, in public: not plot warning; a visitor: convoy exact",
        "seen": "likely",
        "hours": "36",
    }

    found = read_incident(compose_incident(answers, ESSAY, TODAY)).incident

    assert (found.kind, found.on, found.spoke) == (IncidentKind.MOLE, dt.date(2026, 11, 20), answers["spoke"])
    assert found.hearers == ("X", "B")
    assert dict(found.briefed) == {"plot": "target", "convoy": "exact"}
    assert [(each.id, each.by) for each in found.accounts] == [
        ("a-visitor", "a visitor"),
        ("a-spokesman-in-public", "a spokesman, in public"),
        ("a-visitor-2", "a visitor"),
    ]
    assert dict(found.accounts[0].says["plot"]) == {"target": 1.0}
    assert dict(found.accounts[1].denies) == {"plot": "warning"}
    assert (found.seen.lo, found.seen.hi) == (0.5, 0.95)
    assert {stake.hours_to_harm for stake in found.sources.values()} == {36}


@pytest.mark.parametrize(
    ("key", "answer", "fault"),
    [
        ("kind", "a leak", "answer `off-script`, `press-leak`"),
        ("on", "2026-02-30", "there is no day 2026-02-30"),
        ("on", "yesterday", "write year-month-day"),
        ("hearers", "Z", "no party `Z`; there is `A`, `B`"),
        ("hearers", "B, State A", "`State A` is ourselves; name others only"),
        ("briefed", "plt: exact", "no claim `plt`; did you mean `plot`?"),
        ("briefed", "plot: targt", "`plot` has no version `targt`; did you mean `target`?"),
        ("briefed", "plot, plot", "`plot` is named twice"),
        ("accounts", "somebody said so", "is no account; write `who: claim version`"),
        ("accounts", "x: plot nothing", "`plot` has no version `nothing`"),
        ("accounts", "; ".join(["x: plot exact"] * 9), "more than 8 accounts"),
        ("seen", "perhaps", f"answer {', '.join(f'`{word}`' for word in SEEN)}"),
        ("hours", "soon", "answer a number of hours, such as `48`"),
        ("hours", "nan", "answer a number of hours"),
        ("hours", "-1", "answer a number of hours"),
        ("hours", "1e9", "answer a number of hours"),
    ],
)
def test_an_answer_that_cannot_be_used_is_told_with_a_hint(key: str, answer: str, fault: str) -> None:
    assert fault in fault_of(questions()[key], answer, ESSAY)  # type: ignore[arg-type]


@given(
    st.sampled_from(list(IncidentKind)),
    st.text(max_size=40),
    st.lists(st.text(st.characters(exclude_characters=":;"), min_size=1, max_size=20), max_size=8),
)
def test_whatever_is_answered_in_words_ends_in_a_file_that_reads(kind: IncidentKind, spoke: str, by: list[str]) -> None:
    accounts = "; ".join(f"{who}: {'not ' * (n % 2)}plot target" for n, who in enumerate(by))
    question = questions(kind)["accounts"]
    answers = {"kind": kind.value, "spoke": spoke, "accounts": accounts}
    if fault_of(question, accounts, ESSAY):  # type: ignore[arg-type]
        answers["accounts"] = ""

    assert read_incident(compose_incident(answers, ESSAY, TODAY)).incident.kind is kind


def test_the_command_asks_and_what_it_writes_is_assessed(capsys: Captured, monkeypatch: Patch, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(text_of("essay"), "utf-8")
    file = tmp_path / "affair.yaml"
    answering(monkeypatch, "", "2026-11-20", "mine.yaml", "the minister", "B", "plot", "a guest: plot target", "24")

    code = run(["incident", "new", "--output", str(file)])

    out, err = capsys.readouterr()
    assert (code, out) == (0, "")
    assert "8. In how many hours could harm come?" in err
    assert f"next: tearline damage {file}" in err
    assert "case: mine.yaml" in file.read_text("utf-8")
    assert run(["check", str(file)]) == run(["damage", str(file)]) == 0


def test_an_answer_that_cannot_be_used_is_asked_again_the_case_too(
    capsys: Captured, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.yaml").write_text("tearline: 1\n", "utf-8")
    answering(monkeypatch, "off script", "off-script", "", "../x.yaml", "broken.yaml", "esay", "essay", *[""] * 5)

    code = run(["incident", "new"])

    out, err = capsys.readouterr()
    assert code == 0
    assert "case: essay" in out
    for fault in (
        "answer `off-script`",
        "only cases in its own folder",
        "broken.yaml:1:1 `title` is missing",
        "did you mean `essay`?",
    ):
        assert fault in err


def test_an_interview_broken_off_writes_no_incident(capsys: Captured, monkeypatch: Patch, tmp_path: Path) -> None:
    answering(monkeypatch, "", "", "", "")

    code = run(["incident", "new", "--output", str(tmp_path / "mine.yaml")])

    assert code == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("ended before its last question; nothing was written")
    assert not (tmp_path / "mine.yaml").exists()
