"""The command line: parse, call the core, render. No rule lives here.

Exit codes of a decision: 0 allow, 3 allow-if or ask, 4 refuse. 2: the input is wrong. Heavy modules are
imported inside the command that needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

from tearline import __version__
from tearline.errors import InputError, TearlineError

WRONG_INPUT = 2
INTERRUPTED = 130

app = App(
    name="tearline",
    help="Share intelligence without burning the source.",
    help_epilogue="""Try first:

  tearline assess essay        the worked example: a decision with its reasons
  tearline new > mine.yaml     a case of your own, ten questions
  tearline assess mine.yaml

CASE is a file, the name of a shipped case (see `tearline cases`), or - for standard input.
Exit codes: 0 allow, 3 allow-if or ask, 4 refuse, 2 the input is wrong.""",
    help_format="plaintext",
    version=__version__,
)

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
CaseName = Annotated[str, Parameter(allow_leading_hyphen=True)]
Full = Annotated[bool, Parameter(name="--full", negative="")]


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; every expected failure becomes a message on standard error and a code."""
    try:
        code = app(arguments, exit_on_error=False, result_action="return_value")
    except CycloptsError:
        return WRONG_INPUT
    except InputError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG_INPUT
    except TearlineError as failure:
        print(f"tearline: {failure}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    return code if isinstance(code, int) else 0


@app.command(
    help_epilogue="""Examples:

  tearline assess essay
  tearline assess mine.yaml --full
  tearline assess - --json < mine.yaml"""
)
def assess(case: CaseName, /, *, json: AsJson = False, full: Full = False, nodes: int | None = None) -> int:
    """May it go, in which words, whom to ask first, and why not more?

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    json
        Print the answer as JSON (documented in docs/reference/answer.md).
    full
        Show every limit of every reader, not only those nearest to breaking.
    nodes
        How long to search: after so many nodes answer with the best text found and a certified gap.
    """
    from tearline.cli import answers

    return answers.assess(case, as_json=json, full=full, nodes=nodes)


@app.command(
    help_epilogue="""Examples:

  tearline frontier essay
  tearline frontier mine.yaml --json"""
)
def frontier(case: CaseName, /, *, json: AsJson = False) -> int:
    """How much could be said at how much exposure: every text that no other one beats on both.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    json
        Print the points as JSON.
    """
    from tearline.cli import answers

    return answers.frontier(case, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline explain essay
  tearline explain essay --reader X --json"""
)
def explain(case: CaseName, /, *, reader: str | None = None, json: AsJson = False) -> int:
    """Which sentence points at whom, and what every earlier release has cost, in bits.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    reader
        Only this party; by default every reader that counts.
    json
        Print the explanation as JSON.
    """
    from tearline.cli import answers

    return answers.explain(case, reader=reader, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline check mine.yaml
  tearline check *.yaml --json"""
)
def check(files: Annotated[list[str], Parameter(allow_leading_hyphen=True)], /, *, json: AsJson = False) -> int:
    """List every fault of case files, with line, column, path and a hint.

    Parameters
    ----------
    files
        Case files, names of shipped cases, or - for standard input.
    json
        Print the faults as JSON.
    """
    from tearline.cli import files as on_files

    return on_files.check(files, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline schema > case.schema.json
  tearline schema answer"""
)
def schema(what: str = "case", /) -> int:
    """Print a JSON Schema: of the case file, so that editors complete and check, or of the answer.

    Parameters
    ----------
    what
        `case` or `answer`.
    """
    from tearline.cli import files as on_files

    return on_files.schema(what)


@app.command(
    help_epilogue="""Examples:

  tearline new > mine.yaml
  tearline new --template minimal
  tearline new --output mine.yaml"""
)
def new(*, template: str | None = None, output: Path | None = None) -> int:
    """Write a first case: at most ten questions, cautious wide defaults for the rest.

    Parameters
    ----------
    template
        Instead of asking, print a template: `minimal` or `full`.
    output
        Write to this file, which must not exist yet; by default print.
    """
    from tearline.cli import files as on_files

    return on_files.new(template, output)


@app.command(
    help_epilogue="""Examples:

  tearline cases
  tearline cases essay > essay.yaml"""
)
def cases(name: str | None = None, /, *, json: AsJson = False) -> int:
    """List the cases shipped with Tearline, or print one of them.

    Parameters
    ----------
    name
        The case to print as it was written.
    json
        Print the list as JSON.
    """
    from tearline.cli import files as on_files

    return on_files.cases(name, as_json=json)
