"""`tearline warn` and `tearline drill`: exit codes, pages, JSON, prompts, and a report that alone is written."""

import io
import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tearline.assess.urgent.drilling import Result, exercises
from tearline.assess.urgent.plan import plan
from tearline.cases import open_shipped, text_of
from tearline.cli import run
from tearline.cli.rehearsal import Stopwatch, rehearsed, written

Captured = pytest.CaptureFixture[str]


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run one command; its exit code, standard output and standard error."""
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def case(tmp_path: Path, *changes: tuple[str, str], name: str = "belgrade") -> str:
    """A shipped case as a file, with some of its text replaced."""
    text = text_of(name)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return str(path)


# --- warn --------------------------------------------------------------------------------------------


def test_a_warning_that_may_go_exits_with_0(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "warn", "belgrade")

    assert code == 0
    assert "“These men mean to attack the journalist at this place and hour.”" in out


def test_a_warning_that_waits_exits_with_3(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "warn", "essay")

    assert code == 3
    assert "ASK State C FIRST; then it goes:" in out


def test_a_waived_warning_exits_with_4_and_shows_no_words(capsys: Captured, tmp_path: Path) -> None:
    waiver = """  waivers:
    - {on: 1999-07-01 13:50Z, ground: victim-is-attacker, because: he is one of them, harm: his death,
       by: duty director, reviewer: inspector, review_on: 1999-07-01 20:00Z}
"""
    code, out, _ = printed(capsys, "warn", case(tmp_path, ("  to_warn:\n", f"{waiver}  to_warn:\n")))

    assert code == 4
    assert "WAIVED." in out
    assert "should leave the city" not in out
    assert "1 waivers, 1 stand" in out


@pytest.mark.parametrize("name", ["belgrade", "moscow", "essay"])
def test_a_warning_fits_80_columns_and_is_plain_through_a_pipe(capsys: Captured, name: str) -> None:
    _, out, _ = printed(capsys, "warn", name)

    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_what_may_leave_holds_words_and_no_name_from_the_house(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "warn", "belgrade", "--json")

    answer = json.loads(out)
    assert answer["tearline_warning"] == 1
    assert [one["to"] for one in answer["may_leave"]] == ["Friendly embassy", "Journalist"]
    leaving = json.dumps(answer["may_leave"])
    assert not any(name in leaving for name in ("attackers", "fry", "traffic", "report", "duty officer"))


def test_nothing_may_leave_while_anybody_must_be_asked(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "warn", "essay", "--json")

    assert json.loads(out)["may_leave"] is None


def test_waivers_and_overrides_are_counted(capsys: Captured, tmp_path: Path) -> None:
    waiver = """  waivers:
    - {on: 1999-07-01 13:50Z, ground: endangers-source, because: precious, harm: his death, by: the handler}
"""
    path = case(tmp_path, ("  to_warn:\n", f"{waiver}  to_warn:\n"))

    code, out, _ = printed(capsys, "warn", path, "--json")

    counted = json.loads(out)["house_only"]["counted"]
    assert code == 0
    assert (counted["waivers"], counted["waivers_that_stand"]) == (1, 0)
    assert counted["waivers_by_ground"] == {"endangers-source": 1}


def test_whoever_ended_the_duty_is_named(capsys: Captured, tmp_path: Path) -> None:
    doubt = ("impending: {holds: true, by: duty officer", "impending: {holds: false, by: the sceptic")

    _, out, _ = printed(capsys, "warn", case(tmp_path, doubt))

    assert "the sceptic found that the threat is not impending (within a day)" in out


def test_the_page_alone_is_printed_where_it_may_go(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "warn", "belgrade", "--package")

    assert code == 0
    assert out.startswith("WARNING ")
    assert out.endswith("DESTROY WHEN DONE.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("warn", "essay", "--package"), "there is no package yet: State C must agree"),
        (("warn", "belgrade", "--package", "--signed", "the cook"), "`the cook` may not sign"),
        (("warn", "belgrade", "--at", "noon"), "`--at`: `noon` is no day with a time"),
        (("warn", "belgrade", "--at", "1999-06-30 10:00Z"), "is before the day of the case, 1999-07-01"),
        (("warn", "arcos"), "nothing is urgent but"),
        (("drill", "arcos", "--yes"), "nothing is urgent but"),
    ],
)
def test_what_cannot_be_answered_exits_with_2_and_says_why(
    capsys: Captured, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = printed(capsys, *arguments)

    assert (code, out) == (2, "")
    assert said in err


def test_later_than_the_case_can_be_asked(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "warn", "belgrade", "--at", "1999-07-02 07:00Z", "--json")

    house = json.loads(out)["house_only"]
    assert code == 0
    assert (house["too_late"], house["duty_to_warn"]) == (True, False)


# --- drill -------------------------------------------------------------------------------------------


def ticking() -> Stopwatch:
    """A stopwatch on which every look takes a second."""
    seconds: Iterator[int] = itertools.count()
    return Stopwatch(now=lambda: float(next(seconds)))


def test_every_step_is_timed() -> None:
    found = rehearsed("belgrade", ticking(), lambda _: "y")

    assert [step.seconds for step in found.steps] == [1.0] * 12
    assert {step.result for step in found.steps} == {Result.DONE}
    assert found.in_time


def test_what_fails_becomes_a_gap() -> None:
    found = rehearsed("belgrade", ticking(), lambda question: "n" if "empty page" in question else "y")

    assert [gap.what for gap in found.gaps][-1] == "the way to Friendly embassy does not work"
    assert [step.name for step in found.steps if step.result is Result.FAILED] == ["open the way to Friendly embassy"]


def test_what_nobody_tried_is_no_exercise() -> None:
    found = rehearsed("belgrade", ticking(), None)

    assert not found.tried
    assert found.in_time is None
    assert {step.result for step in found.steps if step.by_people} == {Result.NOT_TRIED}


def test_people_are_asked_again_until_they_say_yes_or_no() -> None:
    answers = itertools.cycle(["", "maybe", "YES"])

    assert rehearsed("belgrade", ticking(), lambda _: next(answers)).tried


def test_a_page_that_may_not_go_fails_its_step() -> None:
    found = rehearsed("essay", ticking(), lambda _: "y")

    assert [step.name for step in found.steps if step.result is Result.FAILED] == ["write the page that would go"]
    assert "there is no package yet: State C must agree" in found.gaps[-1].what
    assert "nobody in danger is named, so there is no second tearline" in [gap.what for gap in found.gaps]


def test_the_questions_tell_nobody_outside_anything_real() -> None:
    asked = [exercise.ask for exercise in exercises(plan(open_shipped("essay").case))]

    assert any("say that it is a drill; ask nothing real" in question for question in asked)


def test_a_drill_with_gaps_exits_with_3_and_writes_nothing(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    code, out, _ = printed(capsys, "drill", "--yes")

    assert code == 3
    assert "Nothing was sent." in out
    assert os.listdir(tmp_path) == []


def test_a_drill_without_gaps_exits_with_0(capsys: Captured, tmp_path: Path) -> None:
    code, out, _ = printed(capsys, "drill", case(tmp_path, ("tried: 1979-07-01", "tried: 1999-06-01")), "--yes")

    assert code == 0
    assert "None." in out


def test_the_report_is_written_where_it_was_asked_for_and_overwrites_nothing(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "drill.md"

    code, _, err = printed(capsys, "drill", "--yes", "--output", str(path))
    again, _, refused = printed(capsys, "drill", "--yes", "--output", str(path))

    assert code == 3
    assert f"written: {path}" in err
    assert path.read_text("utf-8").startswith("# Drill: Belgrade 1999")
    assert again == 2
    assert "nothing was overwritten" in refused


def test_a_drill_that_people_leave_writes_nothing(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\ny\n"))
    path = tmp_path / "drill.md"

    code, out, err = printed(capsys, "drill", "--output", str(path))

    assert (code, out) == (2, "")
    assert "the drill ended before its last step; nothing was written" in err
    assert not path.exists()


def test_the_drill_as_json_stays_in_the_house(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "drill", "--yes", "--json")

    answer = json.loads(out)
    assert set(answer) == {"tearline_drill", "house_only"}
    assert answer["house_only"]["room_seconds"] == 36000


def test_a_report_has_a_row_for_every_step() -> None:
    found = rehearsed("belgrade", ticking(), None)

    assert written(found).count("\n| ") == 1 + len(found.steps)
