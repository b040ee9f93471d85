"""The command line where things go wrong around it: encodings, full disks, closed pipes, hostile names."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tearline.cases import compose, text_of
from tearline.cli import run

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = f"'{sys.executable}' -c 'from tearline.cli import main; main()'"

Captured = pytest.CaptureFixture[str]


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which ``tearline`` is the program; standard input is empty."""
    plain = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(
        ["bash", "-c", f'tearline() {{ {PROGRAM} "$@"; }}; {line}'],
        cwd=folder,
        env={**plain, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run one command; its exit code, standard output and standard error."""
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


ODD_ENCODINGS = [
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize("environment", ODD_ENCODINGS)
@pytest.mark.parametrize(("command", "code"), [("assess essay", 3), ("frontier essay", 0), ("--help", 0)])
def test_a_page_stays_readable_where_its_characters_cannot_be_shown(
    tmp_path: Path, environment: dict[str, str], command: str, code: int
) -> None:
    done = shell(f"tearline {command}", tmp_path, **environment)

    assert (done.returncode, done.stderr) == (code, b"")
    assert b"?" not in done.stdout.replace(b"charged?", b"").replace(b"why not more?", b"")
    if command == "assess essay":
        assert b'"A state-backed group plans an attack' in done.stdout
        assert b"####" in done.stdout


@pytest.mark.parametrize("environment", ODD_ENCODINGS)
def test_json_and_case_files_stay_exact_in_every_encoding(tmp_path: Path, environment: dict[str, str]) -> None:
    answer = shell("tearline assess essay --json", tmp_path, **environment)
    case = shell("tearline cases la-belle", tmp_path, **environment)

    assert "“" in json.dumps(json.loads(answer.stdout), ensure_ascii=False)
    assert case.stdout == text_of("la-belle").encode()


@pytest.mark.parametrize("command", ["assess essay", "assess essay --json", "cases", "schema", "--help", "check essay"])
def test_a_full_disk_is_told_in_one_line(tmp_path: Path, command: str) -> None:
    done = shell(f"tearline {command} > /dev/full", tmp_path)

    assert done.returncode == 1
    assert re.fullmatch(rb"tearline: [^\n]*no space left on device[^\n]*\n", done.stderr, re.IGNORECASE)


def test_a_closed_standard_output_is_told_in_one_line(tmp_path: Path) -> None:
    done = shell("tearline cases >&-", tmp_path)

    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("silenced", ["2>/dev/full", "2>&-", "2> >(true)"])
def test_the_answer_comes_also_where_nothing_can_be_said_beside_it(tmp_path: Path, silenced: str) -> None:
    done = shell(f"tearline assess essay {silenced}", tmp_path)

    assert done.returncode == 3
    assert b"ASK State C FIRST." in done.stdout


@pytest.mark.parametrize("silenced", ["2>/dev/full", "2>&-"])
def test_a_fault_that_cannot_be_told_still_has_its_code(tmp_path: Path, silenced: str) -> None:
    done = shell(f"tearline assess nowhere {silenced}", tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")


def test_a_closed_standard_input_is_an_empty_file(tmp_path: Path) -> None:
    done = shell("tearline assess - <&-", tmp_path)

    assert done.returncode == 2
    assert b"the file is empty" in done.stderr


def test_a_standard_input_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    done = shell("tearline assess - 0> written", tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(b"stdin: cannot be read: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["assess essay", "assess essay --json", "schema", "cases cuba", "--help"])
def test_a_reader_that_leaves_early_makes_no_noise(tmp_path: Path, command: str) -> None:
    early = shell(f"tearline {command} | head -1 >&2; echo ${{PIPESTATUS[0]}}", tmp_path)
    # The reader is gone for certain before anything is written.
    gone = shell(f"( sleep 0.05; tearline {command}; echo $? > code ) | true; cat code", tmp_path)

    assert early.stdout.strip() in (b"0", b"3", b"141")
    assert early.stderr.count(b"\n") == 1
    assert (gone.stdout.strip(), gone.stderr) == (b"141", b"")


def test_nothing_in_a_case_can_pass_for_a_line_of_the_page(capsys: Captured, desk: Path) -> None:
    forged = text_of("essay").replace("name: State X", 'name: "State X\nALLOW. This may go.\u2028REFUSE."')
    (desk / "mine.yaml").write_text(forged, "utf-8")

    _, page, _ = printed(capsys, "assess", "mine.yaml")

    assert [line.split()[0] for line in page.splitlines() if line.startswith(("ALLOW", "ASK", "REFUSE"))] == ["ASK"]


@pytest.mark.parametrize("nodes", ["0", "-3"])
def test_a_search_of_no_length_is_refused_with_a_hint(capsys: Captured, nodes: str) -> None:
    code, out, err = printed(capsys, "assess", "essay", "--nodes", nodes)

    assert (code, out) == (2, "")
    assert f"--nodes {nodes}" in err
    assert "1 or more" in err


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_directory_does_not_hide_a_shipped_case(capsys: Captured, desk: Path) -> None:
    (desk / "essay").mkdir()

    assert printed(capsys, "assess", "essay")[0] == 3


def test_a_file_hides_a_shipped_case(capsys: Captured, desk: Path) -> None:
    (desk / "essay").write_text("tearline: 1\n", "utf-8")

    assert printed(capsys, "assess", "essay")[0] == 2


def test_a_directory_is_no_case_and_says_so(capsys: Captured, desk: Path) -> None:
    (desk / "mine").mkdir()

    code, _, err = printed(capsys, "assess", "mine")

    assert code == 2
    assert err == "mine: this is a directory; name a file in it\n"


def test_a_name_too_long_for_a_file_is_told(capsys: Captured) -> None:
    assert printed(capsys, "assess", "a" * 5000)[0] == 2


@pytest.mark.parametrize("place", [".", "none/mine.yaml", "file/mine.yaml"])
def test_a_case_cannot_be_written_just_anywhere(capsys: Captured, desk: Path, place: str) -> None:
    (desk / "file").write_text("", "utf-8")

    code, out, err = printed(capsys, "new", "--output", place)

    assert (code, out) == (2, "")
    assert re.fullmatch(rf"`{re.escape(place)}` [^\n;]*; [^\n;]*\n", err)


def test_nobody_is_asked_ten_questions_for_a_place_that_is_shut(
    capsys: Captured, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)

    code, _, err = printed(capsys, "new", "--output", "mine.yaml")

    assert code == 2
    assert err == "`mine.yaml` cannot be written: `.` is closed to you; name another place\n"


def test_a_case_that_cannot_be_written_to_the_end_leaves_nothing_behind(tmp_path: Path) -> None:
    done = shell("ulimit -f 0; trap '' XFSZ; tearline new --template full --output mine.yaml", tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(b"`mine.yaml` cannot be written: ")
    assert not (tmp_path / "mine.yaml").exists()


def test_a_link_to_nowhere_is_not_followed(capsys: Captured, desk: Path) -> None:
    (desk / "mine.yaml").symlink_to("elsewhere.yaml")

    code, _, err = printed(capsys, "new", "--template", "minimal", "--output", "mine.yaml")

    assert code == 2
    assert "nothing was overwritten" in err
    assert not (desk / "elsewhere.yaml").exists()


EVIL = "a\x1b[31mb\nfake: no faults\u202ec.yaml"


@pytest.mark.parametrize("command", ["assess", "frontier", "explain", "redteam", "check", "cases", "schema"])
@pytest.mark.parametrize("there", [True, False])
def test_no_name_drives_the_terminal(capsys: Captured, desk: Path, command: str, there: bool) -> None:
    if there:
        (desk / EVIL).write_text("tearline: 1\n", "utf-8")

    code, out, err = printed(capsys, command, EVIL)

    assert code == 2
    assert all(c.isprintable() or c == "\n" for c in out + err)
    assert not any(line.startswith("fake") for line in (out + err).splitlines())
    assert "\\x1b[31m" in out + err


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "--template", "minimal", "--output", EVIL),
        ("new", "--template", EVIL),
        ("explain", "essay", "--reader", EVIL),
        ("assess", "essay", EVIL),
        ("assess", "essay", f"--{EVIL}"),
        ("assess", "essay", "--nodes", EVIL),
        (EVIL,),
    ],
)
def test_nothing_typed_drives_the_terminal(capsys: Captured, desk: Path, arguments: tuple[str, ...]) -> None:
    _, out, err = printed(capsys, *arguments)

    assert all(c.isprintable() or c == "\n" for c in out + err)
    assert "\\x1b" in err


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    done = shell(r"tearline check $'caf\xe9.yaml' $'caf\xe9'; tearline $'caf\xe9'", tmp_path)

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert rb"caf\udce9.yaml: cannot be read" in done.stdout


def test_names_stay_exact_in_json(capsys: Captured, desk: Path) -> None:
    _, out, _ = printed(capsys, "check", EVIL, "--json")

    assert json.loads(out)["files"][0]["file"] == EVIL


BROKEN = "tearline: 1\ntitle: t\nus: A\nparties: {A: {}, B: {hostil: true}}\n"


@pytest.mark.parametrize("command", ["assess", "frontier", "explain", "redteam"])
def test_faults_of_a_case_come_as_json_where_json_is_asked_for(capsys: Captured, desk: Path, command: str) -> None:
    (desk / "broken.yaml").write_text(BROKEN, "utf-8")

    code, out, err = printed(capsys, command, "broken.yaml", "--json")
    checked = json.loads(printed(capsys, "check", "broken.yaml", "--json")[1])

    told = json.loads(out)
    assert code == 2
    assert told == {"tearline_faults": 1, **checked["files"][0]}
    assert any("hostile" in fault["hint"] and fault["line"] == 4 for fault in told["faults"])
    assert len(err.splitlines()) == len(told["faults"])


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("assess", "essai"), "essai"),
        (("assess", "essay", "--nodes", "0"), "essay"),
        (("frontier", "none.yaml"), "none.yaml"),
        (("explain", "essay", "--reader", "Q"), "essay"),
        (("cases", "essai"), "essai"),
        (("new", "--template", "tiny"), None),
        (("new", "--output", "."), None),
        (("schema", "cases"), None),
    ],
)
def test_every_other_fault_comes_as_json_too(
    capsys: Captured, desk: Path, arguments: tuple[str, ...], file: str | None
) -> None:
    code, out, err = printed(capsys, *arguments, "--json")

    told = json.loads(out)
    assert code == 2
    assert (told["tearline_faults"], told["file"], len(told["faults"])) == (1, file, 1)
    assert set(told["faults"][0]) == {"line", "column", "path", "message", "hint"}
    assert told["faults"][0]["message"] in err


@pytest.mark.parametrize("command", [("schema",), ("schema", "answer")])
def test_a_schema_is_json_already(capsys: Captured, command: tuple[str, ...]) -> None:
    assert printed(capsys, *command, "--json") == printed(capsys, *command)


def test_a_new_case_comes_as_json(capsys: Captured, desk: Path) -> None:
    _, plain, _ = printed(capsys, "new", "--template", "minimal")

    code, out, _ = printed(capsys, "new", "--template", "minimal", "--json", "--output", "mine.yaml")

    assert code == 0
    assert json.loads(out) == {"tearline_new": 1, "case": plain}
    assert (desk / "mine.yaml").read_text("utf-8") == plain


def test_a_shipped_case_comes_as_json(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "cases", "essay", "--json")

    title = "X will sponsor a terror attack in B"
    assert json.loads(out) == {"tearline_cases": 1, "name": "essay", "title": title, "text": text_of("essay")}


def test_a_name_given_twice_is_checked_once(tmp_path: Path) -> None:
    done = shell("tearline cases essay | tearline check - - essay essay", tmp_path)

    assert done.stdout == b"stdin: no faults\nessay: no faults\n"


def test_the_command_after_a_new_case_can_be_copied(capsys: Captured, desk: Path) -> None:
    _, _, err = printed(capsys, "new", "--template", "minimal", "--output", "my case.yaml")

    assert "tearline assess 'my case.yaml'" in err
    assert printed(capsys, "check", "my case.yaml")[0] == 0


def test_answers_that_are_no_text_are_told(tmp_path: Path) -> None:
    done = shell(r"printf '\xff\n' | tearline new", tmp_path, PYTHONIOENCODING="utf-8")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.endswith(b"\nthe answers are not text in utf-8; nothing was written\n")


def test_who_interrupts_is_not_told_that_all_went_well(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())

    code, out, err = printed(capsys, "new")

    assert (code, out) == (130, "")
    assert err.endswith("\nstopped\n")


@pytest.mark.parametrize(("typed", "helped"), [(("asess",), "tearline --help"), (("new", "x"), "tearline new --help")])
def test_a_wrong_command_line_names_the_help_that_helps(capsys: Captured, typed: tuple[str, ...], helped: str) -> None:
    code, _, err = printed(capsys, *typed)

    assert code == 2
    assert f"Try `{helped}`." in err
    assert len(err.splitlines()) == 1


def test_nothing_is_said_beside_an_answer_where_no_terminal_listens(capsys: Captured) -> None:
    assert printed(capsys, "assess", "essay")[2] == ""


def test_a_search_takes_one_core_unless_told_otherwise(tmp_path: Path) -> None:
    program = "import os, sys; sys.argv[1:] = ['--version']; import tearline.cli as c; {}; {}"
    ended = "\ntry: c.main()\nexcept SystemExit: print(os.environ['OPENBLAS_NUM_THREADS'])"

    told = [
        subprocess.run(
            [sys.executable, "-c", program.format("pass", "pass") + ended],
            env={"PYTHONPATH": str(ROOT / "src"), **environment},
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()[-1:]
        for environment in ({}, {"OPENBLAS_NUM_THREADS": "2"})
    ]

    assert told == [["1"], ["2"]]


def test_who_answers_at_a_terminal_gets_no_empty_lines(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return "\n"

    monkeypatch.setattr("sys.stdin", Terminal())

    _, _, err = printed(capsys, "new")

    assert "   [our service] \n2. Whom do we want to tell?" in err


COMMANDS = ["assess", "budget", "cases", "check", "explain", "frontier", "new", "redteam", "schema"]


@pytest.mark.parametrize("width", [33, 50, 80])
@pytest.mark.parametrize("arguments", [("--help",), *((command, "--help") for command in COMMANDS)])
def test_no_line_of_the_help_ends_in_spaces(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, width: int, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    code, out, _ = printed(capsys, *arguments)

    assert code == 0
    assert "Usage: tearline" in out
    assert all(line == line.rstrip() and len(line) <= width for line in out.splitlines())


# --- explain ---------------------------------------------------------------------------------------------


def test_explain_shows_every_reader_that_counts_and_those_alike_together(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "explain", "essay")

    headings = [line for line in out.splitlines() if line.startswith("What earlier releases have cost with")]
    assert headings == ["What earlier releases have cost with State X, State B and Press in B"]


def test_explain_says_what_its_figures_are(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "explain", "essay")

    told = " ".join(out.split())
    assert "best estimate" in told
    assert "Limits are kept at the upper edge" in told


def test_explain_as_json_has_every_reader_that_counts_the_hostile_first(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "explain", "essay", "--json")

    readings = json.loads(out)["house_only"]
    assert [reading["reader"] for reading in readings] == ["X", "B", "press-b"]
    assert [[e["reasons_like"] for e in reading["evidence"]] for reading in readings] == [[None], ["X"], ["X"]]


def test_explain_tells_apart_the_ways_a_reader_may_reason(capsys: Captured, desk: Path) -> None:
    more = "readers:\n  C: {groups: {street: {count: 900}, desk: {count: 5}}}\n"
    case = text_of("essay").replace("readers:\n", more, 1)
    (desk / "two.yaml").write_text(case, "utf-8")
    code, out, err = printed(capsys, "explain", "two.yaml", "--reader", "press-b")

    assert (code, err) == (0, "")
    assert "if it reasons as State X" in out
    assert "if it reasons as State C" in out


def refused(desk: Path) -> str:
    """The worked example after partner C has said no."""
    no = "consents: [{party: C, on: 2026-11-19, covers: {plot: warning}, to: [B], answer: no}]"
    text = text_of("essay")
    assert "consents: []" in text
    (desk / "refused.yaml").write_text(text.replace("consents: []", no), "utf-8")
    return "refused.yaml"


def test_explain_takes_the_recommended_text_unless_told_otherwise(capsys: Captured) -> None:
    _, out, _ = printed(capsys, "explain", "essay")
    _, proposed, _ = printed(capsys, "explain", "essay", "--proposed")

    assert "As recommended: plot as warning" in out.splitlines()
    assert "As proposed, not released: plot as exact" in proposed.splitlines()


def test_explain_takes_a_refused_text_as_proposed(capsys: Captured, desk: Path) -> None:
    case = refused(desk)
    assert printed(capsys, "assess", case)[0] == 4

    code, out, _ = printed(capsys, "explain", case)

    assert code == 0
    assert "As proposed, not released: plot as exact" in out.splitlines()
    assert re.search(r"^  plot +\+\d", out, re.MULTILINE)
    assert out == printed(capsys, "explain", case, "--proposed")[1]


def test_explain_takes_the_version_that_was_proposed(capsys: Captured, desk: Path) -> None:
    text = text_of("essay")
    assert "  claims: [plot]" in text
    (desk / "target.yaml").write_text(text.replace("  claims: [plot]", "  claims: {plot: target}"), "utf-8")

    _, out, _ = printed(capsys, "explain", "target.yaml", "--proposed")

    assert "As proposed, not released: plot as target" in out.splitlines()


def test_explain_as_json_says_which_text_it_explains(capsys: Captured, desk: Path) -> None:
    told = [
        [(reading["text"], reading["said"]) for reading in json.loads(printed(capsys, *arguments)[1])["house_only"]]
        for arguments in (
            ("explain", "essay", "--json"),
            ("explain", "essay", "--json", "--proposed"),
            ("explain", refused(desk), "--json"),
        )
    ]

    assert [set(map(str, readings)) for readings in told] == [
        {"('recommended', {'plot': 'warning'})"},
        {"('proposed', {'plot': 'exact'})"},
        {"('proposed', {'plot': 'exact'})"},
    ]


def test_the_columns_of_an_explanation_are_explained_once(capsys: Captured) -> None:
    told = " ".join(printed(capsys, "explain", "essay")[1].split())

    for column in ("In order:", "Left out:", "Fair share:", "Against a group:", "Shapley value"):
        assert told.count(column) == 1


@pytest.mark.parametrize("width", [30, 40, 50, 60, 71])
@pytest.mark.parametrize("name", ["essay", "gordievsky"])
def test_no_figure_of_an_explanation_is_lost_on_a_narrow_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, width: int, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    wide = printed(capsys, "explain", name)[1]
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = printed(capsys, "explain", name)[1]

    assert all(len(line) <= width and line == line.rstrip() for line in narrow.splitlines())
    assert Counter(figures(narrow)) == Counter(figures(wide))
    assert "…" not in narrow


def figures(page: str) -> list[str]:
    """Every percentage and every number of bits on a page."""
    return re.findall(r"(?<!\S)[+-]?\d+\.\d+%?(?!\S)|(?<!\S)[\d.]+%", page)


@pytest.mark.parametrize("width", [30, 40, 60])
def test_no_figure_of_the_frontier_is_lost_on_a_narrow_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    _, out, _ = printed(capsys, "frontier", "essay")

    assert max(map(len, out.splitlines())) <= width
    assert re.search(r"^ +4 of 10 .*98% best$", out, re.MULTILINE)


def few_knew(desk: Path, more: str = "") -> str:
    """A case whose exact text would bring persons under investigation, where none may come."""
    (desk / "few.yaml").write_text(compose({"known": "1, 300"}) + more, "utf-8")
    return "few.yaml"


@pytest.mark.parametrize("width", [30, 50, 66, 80])
def test_what_no_limit_could_hold_is_said_in_so_many_words(
    capsys: Captured, desk: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    _, out, _ = printed(capsys, "frontier", few_knew(desk))

    assert "over; no limit could hold it" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= width
    assert all(line == line.rstrip() for line in out.splitlines())


def test_a_text_that_is_not_worth_sending_is_not_the_best(capsys: Captured, desk: Path) -> None:
    _, out, _ = printed(capsys, "frontier", few_knew(desk, "  minimum_value: 5\n"))

    assert re.search(r"^ +0 of 8 .*% best$", out, re.MULTILINE)
    assert re.search(r"^ +4 of 8 .*% too little$", out, re.MULTILINE)
    assert "Less than 5 is not worth sending." in " ".join(out.split())


def test_a_reader_who_never_gets_it_is_told_from_one_who_is_not_there(capsys: Captured) -> None:
    stranger = printed(capsys, "explain", "essay", "--reader", "Q")
    outside = printed(capsys, "explain", "essay", "--reader", "A")
    nobody = printed(capsys, "explain", "essay", "--reader", "")

    assert [stranger[0], outside[0], nobody[0]] == [2, 2, 2]
    assert "no party `Q`" in stranger[2]
    assert "`A` does not come to read anything in this case" in outside[2]
    assert all("come to read something: `X`, " in told[2] for told in (stranger, outside, nobody))
