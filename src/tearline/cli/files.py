"""Commands about case files: check, schema, new, cases; and opening a case by name."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tearline import cases as on_cases
from tearline.cases import CaseFile
from tearline.cli.render import console, paragraph
from tearline.errors import CaseFileError, InputError, Problem

WRONG, FINE = 2, 0
STDIN = "-"


def opened(case: str) -> CaseFile:
    """A case by file, by the name of a shipped one, or from standard input.

    A file of that name wins over a shipped case.

    Raises:
        CaseFileError: The file cannot be used.
        InputError: There is neither a file nor a shipped case of that name.
    """
    looks_like_a_path = case == STDIN or any(mark in case for mark in "./\\") or Path(case).exists()
    return on_cases.load(case) if looks_like_a_path else on_cases.open_shipped(case)


def check(files: list[str], *, as_json: bool) -> int:
    """List every fault of every file; 2 if there is any."""
    found: dict[str, tuple[Problem, ...]] = {}
    for name in files:
        try:
            opened(name)
            found[name] = ()
        except CaseFileError as wrong:
            found[name] = wrong.problems
        except InputError as wrong:
            found[name] = (Problem(message=str(wrong)),)
    if as_json:
        print(json.dumps({"tearline_check": 1, "files": [_wire(name, p) for name, p in found.items()]}, indent=2))
    else:
        for name, problems in found.items():
            _told(name, problems)
    return WRONG if any(found.values()) else FINE


def _wire(name: str, problems: tuple[Problem, ...]) -> dict[str, object]:
    faults = [
        {"line": p.line, "column": p.column, "path": p.path, "message": p.message, "hint": p.hint} for p in problems
    ]
    return {"file": name, "faults": faults}


def _told(name: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(problem.seen_in(name))
    count = len(problems)
    print(f"{name}: {'no faults' if not count else '1 fault' if count == 1 else f'{count} faults'}")


def schema(what: str) -> int:
    """Print the schema of the case file or of the answer."""
    if what == "case":
        print(json.dumps(on_cases.schema(), indent=2))
    elif what == "answer":
        from tearline.exchange import answer

        print(answer.schema())
    else:
        raise InputError(f"no schema of `{what}`; there is `case` and `answer`")
    return FINE


def new(template: str | None, output: Path | None) -> int:
    """Ask, compose and print a case, or print a template."""
    if output is not None and output.exists():
        raise InputError(f"{output} is there already; nothing was overwritten")
    text = on_cases.template(template) if template else on_cases.compose(_interview())
    if output is None:
        print(text, end="")
        return FINE
    output.write_text(text, encoding="utf-8")
    print(f"written: {output}; next: tearline assess {output}", file=sys.stderr)
    return FINE


def _interview() -> dict[str, str]:
    """Ask on standard error, so that the case alone goes to standard output."""
    answers: dict[str, str] = {}
    print(f"{len(on_cases.QUESTIONS)} questions; return alone takes the answer in brackets.", file=sys.stderr)
    for number, question in enumerate(on_cases.QUESTIONS, 1):
        print(f"\n{number}. {question.text}", file=sys.stderr)
        if question.choices:
            print(f"   one of: {', '.join(question.choices)}", file=sys.stderr)
        if question.hint:
            print(f"   {question.hint}", file=sys.stderr)
        while True:
            print(f"   [{question.default}] ", end="", file=sys.stderr, flush=True)
            answer = _line()
            if not (fault := on_cases.fault_in(question, answer)):
                break
            print(f"   {fault}", file=sys.stderr)
        answers[question.key] = answer
    print(file=sys.stderr)
    return answers


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise InputError("the interview ended before its last question; nothing was written")
    return line.rstrip("\n")


def cases(name: str | None, *, as_json: bool) -> int:
    """List the shipped cases, or print one as it was written."""
    if name is not None:
        print(on_cases.text_of(name), end="")
        return FINE
    shipped = {each: on_cases.open_shipped(each).case for each in on_cases.names()}
    if as_json:
        listed = [{"name": each, "title": case.title} for each, case in shipped.items()]
        print(json.dumps({"tearline_cases": 1, "cases": listed}, indent=2))
        return FINE
    out = console()
    width = max(map(len, shipped), default=0) + 2
    for each, case in shipped.items():
        paragraph(out, case.title, indent=width, first=each)
    print("\ntearline assess NAME answers one; tearline cases NAME prints it.")
    return FINE
