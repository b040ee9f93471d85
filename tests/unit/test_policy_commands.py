"""The commands about rules, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tearline.cases import text_of
from tearline.cli import run

RULES = """tearline_policy: 1
title: Rules of a small service
rules:
  warnings: {effect: permit, text: Warn, owner: desk, review: 2026-01-01, when: {purpose: warning}}
  never: {effect: forbid, text: No, owner: desk, review: 2027-01-01, when: {purpose: warning}}
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """A policy with faults, as a file."""
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    return str(path)


def test_check_tells_the_faults_of_a_policy_and_ends_with_three(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["policy", "check", rules, "--on", "2026-11-20"])

    printed = " ".join(capsys.readouterr().out.split())
    assert code == 3
    assert "`warnings` permits nothing: all of it is kept back by `never`" in printed
    assert "for example purpose warning" in printed
    assert "`warnings` was to be reviewed by 2026-01-01, by desk" in printed


def test_check_of_a_sound_policy_ends_with_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["policy", "check", "five-criteria", "default"])

    assert code == 0
    assert capsys.readouterr().out.count("Nothing is wrong with it.") == 2


def test_check_as_json(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["policy", "check", rules, "--json"])

    (told,) = json.loads(capsys.readouterr().out)["policies"]
    assert code == 3
    assert told["kinds"] == {"all": "2", "may_go": "0", "refused": "1", "silent": "1"}
    assert [finding["fault"] for finding in told["findings"]] == ["contradiction", "gap"]


def test_a_policy_file_with_faults_is_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES.replace("permit", "allow").replace("purpose: warning", "purpose: warn"))

    code = run(["policy", "check", str(path)])

    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


@pytest.mark.parametrize("day", ["soon", "2026-13-01"])
def test_a_day_that_is_none_is_wrong_input(rules: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["policy", "check", rules, "--on", day])

    assert code == 2
    assert capsys.readouterr().err.startswith("`--on`: ")


def test_why_tells_of_built_in_rules_and_of_a_policy_put_in_place(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [run(["policy", "why", "essay"]), run(["policy", "why", "essay", "--policy", "five-criteria"])]

    printed = " ".join(capsys.readouterr().out.split())
    assert codes == [0, 0]
    assert "consent asks: State C: unasked. It would change with a yes of State C that covers it." in printed
    assert "Rule `protection` forbids in doubt" in printed
    assert "it could go if it is true, and stated, that answers.foreign-policy is yes or excepted" in printed


def test_why_as_json_keeps_everything_in_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["policy", "why", "essay", "--policy", "five-criteria", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(told) == {"tearline_policy_why", "house_only"}
    (claim,) = told["house_only"]["claims"]
    assert claim["permitted"] is False
    assert [change["means"] for change in claim["goes_if"]] == ["state"] * 5


def test_assess_takes_another_policy(rules: str) -> None:
    assert run(["assess", "essay", "--policy", "default"]) == 3
    assert run(["assess", "essay", "--policy", rules]) == 4


def test_show_lists_the_shipped_policies_and_prints_one(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [run(["policy", "show"]), run(["policy", "show", "default"]), run(["policy", "show", "nowhere"])]

    printed = capsys.readouterr()
    assert codes == [0, 0, 2]
    assert "five-criteria  Five criteria of disclosure" in printed.out
    assert "tearline_policy: 1\n" in printed.out
    assert "no shipped policy `nowhere`" in printed.err


def test_a_name_of_a_policy_cannot_drive_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "check", "\x1b[31m.yaml"]) == 2

    assert "\x1b" not in capsys.readouterr().err


def test_what_only_a_policy_reads_is_named_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text_of("essay").replace("\nproposal:", "\nproposal:\n  agreement: gsa", 1))

    run(["assess", str(path), "--json"])

    assert "the case names no policy that would read them" in capsys.readouterr().out
