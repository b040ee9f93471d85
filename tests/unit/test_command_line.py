"""The command line: exit codes, plain output, JSON, and errors that help."""

import json
import re
from pathlib import Path

import pytest

from tearline.cases import QUESTIONS, open_shipped, text_of
from tearline.cli import run

PLACEMENT = "official in X's Communications Ministry"

Captured = pytest.CaptureFixture[str]


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run one command; its exit code, standard output and standard error."""
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def changed(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The worked example as a file, with some of its text replaced."""
    text = text_of("essay")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "changed.yaml"
    path.write_text(text, "utf-8")
    return str(path)


CONSENT = "consents: [{party: C, on: 2026-11-19, covers: {plot: warning}, to: [B], answer: yes}]"


def test_ask_exits_with_3(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "assess", "essay")

    assert code == 3
    assert "ASK State C FIRST." in out


def test_allow_exits_with_0_and_shows_the_words(capsys: Captured, tmp_path: Path) -> None:
    code, out, _ = printed(capsys, "assess", changed(tmp_path, ("consents: []", CONSENT)))

    assert code == 0
    assert "ALLOW." in out
    assert "A state-backed group plans an attack in B" in out


def test_refuse_exits_with_4_and_says_what_silence_may_cost(capsys: Captured, tmp_path: Path) -> None:
    refused = CONSENT.replace("answer: yes", "answer: no")
    code, out, _ = printed(capsys, "assess", changed(tmp_path, ("consents: []", refused)))

    assert code == 4
    assert "REFUSE." in out
    assert "an attack on a crowded station" in out


@pytest.mark.parametrize("command", ["assess", "explain", "frontier", "cases"])
def test_a_page_fits_80_columns_and_is_plain_through_a_pipe(capsys: Captured, command: str) -> None:
    arguments = (command,) if command == "cases" else (command, "essay")
    _, out, _ = printed(capsys, *arguments)

    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_the_answer_as_json_has_its_two_parts(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "assess", "essay", "--json")

    answer = json.loads(out)
    assert answer["tearline_answer"] == 1
    assert set(answer) == {"tearline_answer", "may_leave", "house_only"}
    assert answer["may_leave"] is None
    assert answer["house_only"]["decision"]["kind"] == "ask"


def test_what_may_leave_holds_the_words_and_no_name_from_the_house(capsys: Captured, tmp_path: Path) -> None:
    _, out, _ = printed(capsys, "assess", changed(tmp_path, ("consents: []", CONSENT)), "--json")

    leaving = json.dumps(json.loads(out)["may_leave"])
    assert "A state-backed group plans an attack" in leaving
    for name in ("State C", "State X", "cipher", "m-dec", "s-min", "key-desk", "plot", "convoy", "officer-7"):
        assert name not in leaving


@pytest.mark.parametrize(
    "arguments", [("assess", "essay", "--full"), ("assess", "essay", "--json"), ("explain", "essay")]
)
def test_no_output_says_where_the_source_sits(capsys: Captured, arguments: tuple[str, ...]) -> None:
    assert PLACEMENT in text_of("essay")

    _, out, err = printed(capsys, *arguments)

    assert PLACEMENT not in out + err


def test_no_message_about_a_broken_file_says_where_the_source_sits(capsys: Captured, tmp_path: Path) -> None:
    broken = changed(tmp_path, ("placement: ", "placement: [1, "), ("kind: human", "kind: hunam"))
    _, out, err = printed(capsys, "check", broken)

    assert PLACEMENT not in out + err


def test_a_shipped_case_misspelt_is_met_with_a_suggestion(capsys: Captured) -> None:
    code, _, err = printed(capsys, "assess", "essai")

    assert code == 2
    assert "did you mean `essay`?" in err


def test_a_missing_file_is_named(capsys: Captured, tmp_path: Path) -> None:
    code, _, err = printed(capsys, "assess", str(tmp_path / "none.yaml"))

    assert code == 2
    assert "none.yaml" in err


@pytest.mark.parametrize(
    "arguments", [("asess",), ("assess",), ("assess", "essay", "--jsn"), ("assess", "essay", "--nodes", "x")]
)
def test_a_wrong_command_line_exits_with_2(capsys: Captured, arguments: tuple[str, ...]) -> None:
    assert printed(capsys, *arguments)[0] == 2


def test_check_lists_every_fault_with_its_place(capsys: Captured, tmp_path: Path) -> None:
    broken = changed(tmp_path, ("us: A ", "us: AA "), ("party: C,", "party: CC,"), ("count: 9", "count: -9"))
    code, out, _ = printed(capsys, "check", broken)

    assert code == 2
    assert len(re.findall(r"changed\.yaml:\d+:\d+ ", out)) == 3
    assert "3 faults" in out


def test_check_as_json_holds_line_column_and_hint(capsys: Captured, tmp_path: Path) -> None:
    broken = changed(tmp_path, ("hostile: true", "hostil: true"))
    code, out, _ = printed(capsys, "check", broken, "essay", "--json")

    faulty, fine = json.loads(out)["files"]
    assert code == 2
    assert fine == {"file": "essay", "faults": []}
    assert any("hostile" in fault["hint"] and fault["line"] > 1 for fault in faulty["faults"])


def test_every_shipped_case_is_without_faults(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "cases", "--json")
    names = [case["name"] for case in json.loads(out)["cases"]]

    assert "essay" in names
    assert printed(capsys, "check", *names)[0] == 0


def test_a_shipped_case_is_printed_as_it_was_written(capsys: Captured) -> None:
    assert printed(capsys, "cases", "essay")[1] == text_of("essay")


@pytest.mark.parametrize("what", ["case", "answer"])
def test_the_schemas_are_json(capsys: Captured, what: str) -> None:
    code, out, _ = printed(capsys, "schema", what)

    assert code == 0
    assert isinstance(json.loads(out), dict)


def test_there_is_no_other_schema(capsys: Captured) -> None:
    assert printed(capsys, "schema", "cases")[0] == 2


class Typed:
    """A standard input that says these lines."""

    def __init__(self, *lines: str) -> None:
        self.left = [f"{line}\n" for line in lines]

    def readline(self) -> str:
        return self.left.pop(0) if self.left else ""

    def isatty(self) -> bool:
        return False


def test_the_interview_prints_a_case_that_gets_an_answer(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", Typed(*[""] * len(QUESTIONS)))
    code, out, _ = printed(capsys, "new")
    (tmp_path / "mine.yaml").write_text(out, "utf-8")

    assert code == 0
    assert printed(capsys, "assess", str(tmp_path / "mine.yaml"))[0] == 3


def test_an_answer_that_cannot_be_used_is_asked_again(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [question.default for question in QUESTIONS]
    kind = [question.key for question in QUESTIONS].index("kind")
    monkeypatch.setattr("sys.stdin", Typed(*asked[:kind], "a psychic", *asked[kind:]))

    code, _, err = printed(capsys, "new")

    assert code == 0
    assert any(line.startswith("   answer `human`") for line in err.splitlines())


def test_an_interview_broken_off_writes_nothing(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", Typed("", ""))
    code, out, err = printed(capsys, "new", "--output", str(tmp_path / "mine.yaml"))

    assert code == 2
    assert out == ""
    assert err.splitlines()[-1] == "the interview ended before its last question; nothing was written"
    assert not (tmp_path / "mine.yaml").exists()


def test_a_file_that_is_there_is_never_overwritten(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious", "utf-8")
    code, _, err = printed(capsys, "new", "--template", "minimal", "--output", str(tmp_path / "mine.yaml"))

    assert code == 2
    assert "nothing was overwritten" in err
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "precious"


@pytest.mark.parametrize("name", ["minimal", "full"])
def test_a_template_gets_an_answer(capsys: Captured, tmp_path: Path, name: str) -> None:
    printed(capsys, "new", "--template", name, "--output", str(tmp_path / "mine.yaml"))

    assert printed(capsys, "assess", str(tmp_path / "mine.yaml"))[0] in (0, 3, 4)


def test_the_minimal_template_has_ten_lines(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "new", "--template", "minimal")

    lines = [line for line in out.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) <= 10


def test_explain_names_the_readers_there_are(capsys: Captured) -> None:
    code, _, err = printed(capsys, "explain", "essay", "--reader", "Q")

    assert code == 2
    assert "`X`" in err


def test_the_same_case_gives_the_same_bytes(capsys: Captured) -> None:
    once, again = (printed(capsys, "assess", "essay", "--json")[1] for _ in range(2))

    assert once == again


def test_where_the_source_sits_changes_no_byte_of_the_answer(capsys: Captured, tmp_path: Path) -> None:
    _, here, _ = printed(capsys, "assess", "essay", "--json")
    moved = changed(tmp_path, ("placement: official in X's Communications Ministry", "placement: the leader's driver"))
    _, there, _ = printed(capsys, "assess", moved, "--json")

    assert open_shipped("essay").sealed
    assert here == there
