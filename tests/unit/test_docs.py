"""The documentation tells the truth: every example runs, every link leads somewhere, nothing is left out.

What is run is told by the word after the fence:

``python``
    runs; with ``>>>`` it is a doctest. Blocks of one page share their names.
``console``
    every line ``$ tearline ...`` runs, also at the end of a pipe; its exit code is 0 or what a comment
    ``# exit 3`` says. If output is shown it must match, where ``...`` stands for any text in a line
    or, alone, any lines. Other commands are only shown.
``yaml policy NAME``
    is a policy file that reads without a problem, saved for the page's later commands.
``yaml case``
    is a case file that reads without a problem; ``yaml case NAME`` also saves it, for the page's
    later commands.

All blocks of a page run in order, in one empty folder.
"""

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from cyclopts import App

import tearline
from tearline.errors import TearlineError

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
FENCE = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@attrs.frozen
class Block:
    """One fenced block of a page."""

    words: tuple[str, ...]
    text: str
    place: str


@attrs.frozen
class Command:
    """One command of a console block and what the page says it prints."""

    line: str
    exit_code: int
    output: tuple[str, ...]


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page."""
    text = page.read_text("utf-8")
    for found in FENCE.finditer(text):
        number = text.count("\n", 0, found.start()) + 1
        yield Block(tuple(found["info"].split()), found["text"], f"{page.relative_to(ROOT)}:{number}")


def commands(text: str) -> list[Command]:
    """The commands of a console block, each with the output below it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [_command(*part.split("\n", 1)) for part in parts]


def _command(line: str, output: str) -> Command:
    said = re.search(r"#\s*exit (\d+)\s*$", line)
    return Command(line, int(said[1]) if said else 0, tuple(output.rstrip("\n").splitlines()))


def matches(shown: tuple[str, ...], printed: str) -> bool:
    """Whether what a page shows fits what was printed, blank lines around it apart; nothing shown fits everything."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(line.rstrip()).replace(r"\.\.\.", ".*") + "\n"
        for line in shown
    )
    plain = "".join(line.rstrip() + "\n" for line in printed.strip("\n").splitlines())
    return not shown or re.fullmatch(pattern, plain) is not None


def prose(page: Path) -> str:
    """A page without its blocks."""
    return FENCE.sub("", page.read_text("utf-8"))


def headings(page: Path) -> list[str]:
    """The headings of a page."""
    return re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)


def anchor(heading: str) -> str:
    """The anchor that a heading gets when it is shown as a web page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which ``tearline`` is a command and the terminal is plain and 80 columns wide."""
    tools, desk = tmp_path / "bin", tmp_path / "desk"
    tools.mkdir()
    desk.mkdir()
    script = tools / "tearline"
    script.write_text(f"""#!/bin/sh\nexec '{sys.executable}' -c 'from tearline.cli import main; main()' "$@"\n""")
    script.chmod(0o755)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", "NO_COLOR": "1"}
    home = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    for name, value in {**plain, **home}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(desk)
    return desk


def try_block(block: Block, folder: Path, names: dict[str, object]) -> None:
    """Run one block as the word after its fence says."""
    match block.words:
        case ("python", *_) if ">>>" in block.text:
            test = doctest.DocTestParser().get_doctest(block.text, names, block.place, block.place, 0)
            assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0, block.place
        case ("python", *_):
            exec(compile(block.text, block.place, "exec"), names)
        case ("console", *_):
            for command in commands(block.text):
                if re.match(r"(.*\| *)?tearline ", command.line):
                    try_command(command, block.place, folder)
        case ("yaml", "policy", name):
            from tearline.cases.policies import read_policy

            read_policy(block.text, block.place)
            (folder / name).write_text(block.text, "utf-8")
        case ("yaml", "case", *rest):
            from tearline.cases.read import read

            read(block.text, block.place)
            for name in rest:
                (folder / name).write_text(block.text, "utf-8")


def try_command(command: Command, place: str, folder: Path) -> None:
    """Run one command; exit code and output must be what the page says."""
    done = subprocess.run(
        ["sh", "-c", command.line],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == command.exit_code, f"{place}: $ {command.line}\n{done.stdout}"
    assert matches(command.output, done.stdout), f"{place}: $ {command.line} printed\n{done.stdout}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_example_of_a_page_works(page: Path, folder: Path) -> None:
    names: dict[str, object] = {"__name__": "example"}

    for block in blocks(page):
        try_block(block, folder, names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    dangling = [
        target
        for target in LINK.findall(prose(page))
        if not target.startswith(("https://", "http://", "mailto:")) and not resolves(page, target)
    ]

    assert dangling == []


def resolves(page: Path, target: str) -> bool:
    """Whether a link inside the repository leads to a file that is there and to a heading in it."""
    name, _, heading = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    return path.exists() and (not heading or heading in map(anchor, headings(path)))


def test_every_page_is_listed_in_the_index() -> None:
    listed = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(prose(DOCS / "README.md"))}

    assert [str(page) for page in DOCS.rglob("*.md") if page.resolve() not in listed | {DOCS / "README.md"}] == []


def test_every_command_has_a_heading_in_the_reference_and_every_option_stands_below_it() -> None:
    from tearline.cli import app

    options = dict(commands_of(app, "tearline"))

    described = sections(DOCS / "reference" / "commands.md")

    assert described.keys() == options.keys()
    assert [
        (heading, option)
        for heading, names in options.items()
        for option in names
        if option.startswith("--") and f"- `{option}" not in described[heading]
    ] == []


def commands_of(app: App, name: str) -> Iterator[tuple[str, set[str]]]:
    """Every command below an app, as its heading and its options; a command with commands of its own has none."""
    for word in app:
        inner = app[word]
        if not word.startswith("-"):
            if inner.default_command is None:
                yield from commands_of(inner, f"{name} {word}")
            else:
                names = {option for argument in inner.assemble_argument_collection() for option in argument.names}
                yield f"`{name} {word}`", names


def sections(page: Path) -> dict[str, str]:
    """The text below each second-level heading of a page."""
    _, *parts = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(part.split("\n", 1) for part in parts)


def test_every_exception_is_in_the_reference() -> None:
    for found in pkgutil.walk_packages(tearline.__path__, "tearline."):
        importlib.import_module(found.name)

    described = (DOCS / "reference" / "errors.md").read_text("utf-8")

    assert [kind.__name__ for kind in family(TearlineError) if f"`{kind.__name__}`" not in described] == []


def family(kind: type[Exception]) -> Iterator[type[Exception]]:
    """A class of exceptions and everything below it."""
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


def test_output_shown_with_dots_matches_any_text() -> None:
    printed = "one 1\ntwo\nthree\nfour\n"

    assert matches(("one ...", "...", "four"), printed)
    assert matches((), printed)
    assert not matches(("one ...", "four"), printed)
    assert not matches(("one 1",), printed)


def test_a_command_says_how_it_ends() -> None:
    found = commands("$ tearline assess essay  # exit 3\nASK\n$ tearline cases\n")

    assert [command.exit_code for command in found] == [3, 0]
    assert [command.output for command in found] == [("ASK",), ()]
