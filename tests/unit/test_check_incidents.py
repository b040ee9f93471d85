"""`tearline check` reads a file as what it says it is, and no command takes one for the other."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tearline.cases import read, text_of
from tearline.cases.incident_templates import incident_template
from tearline.cases.incidents import incident_names, incident_text, is_incident, read_incident
from tearline.cli import run
from tearline.errors import CaseFileError

Captured = pytest.CaptureFixture[str]
BROKEN = incident_template("theft").replace("kind: theft", "kind: thft").replace("s-min:", "s-men:")


def lines(capsys: Captured, *arguments: str) -> tuple[int, list[str]]:
    """Exit code and the lines of standard output of one command."""
    code = run(list(arguments))
    return code, capsys.readouterr().out.splitlines()


def test_an_incident_is_checked_as_one_with_its_case(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "theft.yaml"
    file.write_text(BROKEN, "utf-8")

    code, out = lines(capsys, "check", str(file))

    assert code == 2
    assert out == [
        f"{file}:6:7 kind: `thft` is none of the words for this; did you mean `theft`?",
        f"{file}:23:3 sources: no source `s-men`; did you mean `s-min`?",
        f"{file}: 2 faults",
    ]


def test_cases_and_incidents_are_checked_side_by_side_and_as_json(capsys: Captured, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(incident_template("spoken"), "utf-8")
    bad.write_text(BROKEN, "utf-8")

    code, out = lines(capsys, "check", str(good), str(bad), "essay", "--json")

    files = json.loads("".join(out))["files"]
    assert code == 2
    assert [len(each["faults"]) for each in files] == [0, 2, 0]


def test_every_shipped_incident_is_without_a_fault(capsys: Captured) -> None:
    assert lines(capsys, "check", *incident_names())[0] == 0


def test_an_incident_from_a_pipe_is_known_as_one(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))

    code, out = lines(capsys, "check", "-")

    assert code == 2
    assert out[0].startswith("stdin:6:7 kind: `thft`")
    assert out[-1] == "stdin: 2 faults"


def test_a_case_of_an_incident_that_is_missing_is_a_fault_of_the_incident(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "i.yaml"
    file.write_text(incident_template("theft").replace("case: essay", "case: gone.yaml"), "utf-8")

    code, out = lines(capsys, "check", str(file))

    assert code == 2
    assert "gone.yaml: cannot be read: no such file or directory" in out[0]


@pytest.mark.parametrize("text", ["a: {", "", "- tearline_incident", "x: tearline_incident"])
def test_what_is_no_incident_is_not_taken_for_one(text: str) -> None:
    assert not is_incident(text)


def test_both_shapes_of_a_file_are_known_as_incidents() -> None:
    assert is_incident(incident_text("midway"))
    assert is_incident('{"tearline_incident": 1}')
    assert not is_incident("tearline: 1\ntearline_incident: 1\n")


def test_a_case_and_an_incident_are_not_taken_for_each_other() -> None:
    with pytest.raises(CaseFileError, match=r"i.yaml:1:1 this is an incident file and no case; `tearline damage`"):
        read(incident_text("midway"), "i.yaml")
    with pytest.raises(CaseFileError, match=r"c.yaml:1:1 this is a case file and no incident; `tearline assess`"):
        read_incident(text_of("essay"), "c.yaml")
