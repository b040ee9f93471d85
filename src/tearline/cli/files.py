"""Commands about case files: check, schema, new, cases; and opening a case by name."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tearline import cases as on_cases
from tearline.cases import CaseFile
from tearline.cases.opening import text_in
from tearline.cases.read import text_of_stdin
from tearline.cli.asking import asked
from tearline.cli.render import console, paragraph
from tearline.cli.streams import put_file, put_json, say, shown
from tearline.errors import CaseFileError, InputError, Problem

WRONG, FINE = 2, 0
STDIN = "-"


def opened(case: str) -> CaseFile:
    """A case by file, by the name of a shipped one, or from standard input.

    An ordinary file of that name wins over a shipped case; a directory does not.

    Raises:
        CaseFileError: The file cannot be used.
        InputError: There is neither a file nor a shipped case of that name.
    """
    if case == STDIN:
        return _from_stdin()
    is_file = os.path.isfile(case) or (os.path.exists(case) and case not in on_cases.names())
    if is_file or any(mark in case for mark in "./\\"):
        return on_cases.load(case)
    return on_cases.open_shipped(case)


def a_file(case: str) -> CaseFile:
    """A case that is a file, so that a journal can lie beside it."""
    if not os.path.isfile(case):
        if case in on_cases.names():
            hint = f"`{case}` is a shipped case; print it to a file of yours: tearline cases {case} > {case}.yaml"
            raise InputError(f"a journal lies beside a file, and {hint}")
        raise InputError(f"`{case}` is no file; a journal lies beside one")
    return opened(case)


def text_opened(case: str) -> str | None:
    """The text of a file, or on standard input; ``None``: what is named is no file. Raises as :func:`opened`."""
    if case == STDIN:
        return _stdin()
    return text_in(case) if os.path.isfile(case) else None


def _from_stdin() -> CaseFile:
    return on_cases.read(_stdin(), "stdin")


def _stdin() -> str:
    try:
        return text_of_stdin()
    except OSError as failure:
        raise InputError(f"stdin: cannot be read: {_reason(failure)}") from failure


def _reason(failure: OSError) -> str:
    return (failure.strerror or str(failure)).lower()


@contextmanager
def faults_told(file: str | None, *, as_json: bool) -> Iterator[None]:
    """Print what is wrong with the input as JSON too, where JSON was asked for; the fault goes on.

    Args:
        file: The case as it was named; ``None``: the command is about none.
    """
    try:
        yield
    except InputError as wrong:
        if as_json:
            put_json(json.dumps({"tearline_faults": 1, **_wire(file, _problems(wrong))}, indent=2))
        raise


def _problems(wrong: InputError) -> tuple[Problem, ...]:
    return wrong.problems if isinstance(wrong, CaseFileError) else (Problem(message=str(wrong)),)


def check(files: list[str], *, as_json: bool) -> int:
    """List every fault of every file, a case or an incident, each file once; 2 if there is any."""
    from tearline.cli.checking import checked

    found: dict[str, tuple[Problem, ...]] = {}
    for name in dict.fromkeys(files):
        try:
            checked(name)
            found[name] = ()
        except InputError as wrong:
            found[name] = _problems(wrong)
    if as_json:
        put_json(json.dumps({"tearline_check": 1, "files": [_wire(name, p) for name, p in found.items()]}, indent=2))
    else:
        for name, problems in found.items():
            _told("stdin" if name == STDIN else name, problems)
    return WRONG if any(found.values()) else FINE


def _wire(name: str | None, problems: tuple[Problem, ...]) -> dict[str, object]:
    faults = [
        {"line": p.line, "column": p.column, "path": p.path, "message": p.message, "hint": p.hint} for p in problems
    ]
    return {"file": name, "faults": faults}


def _told(name: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(shown(problem.seen_in(name)))
    count = len(problems)
    print(shown(f"{name}: {'no faults' if not count else '1 fault' if count == 1 else f'{count} faults'}"))


def schema(what: str, *, as_json: bool) -> int:
    """Print the schema of the case file or of the answer."""
    with faults_told(None, as_json=as_json):
        put_json(_schema_of(what))
    return FINE


def _schema_of(what: str) -> str:
    if what == "case":
        return json.dumps(on_cases.schema(), indent=2)
    if what == "answer":
        from tearline.exchange import answer

        return answer.schema()
    if what == "paper":
        from tearline.paper import wire

        return wire.schema()
    if what == "policy":
        from tearline.cases.policies import policy_schema

        return json.dumps(policy_schema(), indent=2)
    if what == "incident":
        from tearline.cases.incidents import incident_schema

        return json.dumps(incident_schema(), indent=2)
    raise InputError(f"no schema of `{what}`; there is `case`, `policy`, `incident`, `answer` and `paper`")


def new(template: str | None, output: Path | None, *, as_json: bool) -> int:
    """Ask, compose and print a case, or print a template."""
    with faults_told(None, as_json=as_json):
        if output is not None:
            judge_place(output)
        text = on_cases.template(template) if template is not None else on_cases.compose(_interview())
        if output is not None:
            write_new(output, text)
            say(f"written: {output}; next: tearline assess {shlex.quote(str(output))}")
            say("its defaults are cautious and keep most of it back until you say who could have known each version")
    if as_json:
        put_json(json.dumps({"tearline_new": 1, "case": text}, indent=2))
    elif output is None:
        put_file(text)
    return FINE


def judge_place(output: Path) -> None:
    """Refuse a place that cannot be written to before anybody has answered a question."""
    folder = output.parent
    if output.is_dir():
        raise InputError(f"`{output}` is a directory; name a file in it")
    if os.path.lexists(output):
        raise InputError(f"`{output}` is there already; nothing was overwritten")
    if not folder.is_dir():
        raise InputError(f"`{output}` cannot be written: there is no directory `{folder}`; make it first")
    if not os.access(folder, os.W_OK):
        raise InputError(f"`{output}` cannot be written: `{folder}` is closed to you; name another place")


def write_new(output: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    try:
        with output.open("x", encoding="utf-8") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                output.unlink()
                raise
    except FileExistsError:
        raise InputError(f"`{output}` is there already; nothing was overwritten") from None
    except OSError as failure:
        raise InputError(f"`{output}` cannot be written: {_reason(failure)}; name another place") from failure


def _interview() -> dict[str, str]:
    """Ask on standard error, so that the case alone goes to standard output."""
    answers: dict[str, str] = {}
    print(f"{len(on_cases.QUESTIONS)} questions; return alone takes the answer in brackets.", file=sys.stderr)
    for number, question in enumerate(on_cases.QUESTIONS, 1):
        answers[question.key] = asked(number, question, on_cases.fault_in)
    print(file=sys.stderr)
    return answers


def cases(name: str | None, *, as_json: bool) -> int:
    """List the shipped cases, or print one as it was written."""
    with faults_told(name, as_json=as_json):
        return _listed(as_json=as_json) if name is None else _printed(name, as_json=as_json)


def _printed(name: str, *, as_json: bool) -> int:
    text = on_cases.text_of(name)
    if as_json:
        title = on_cases.open_shipped(name).case.title
        put_json(json.dumps({"tearline_cases": 1, "name": name, "title": title, "text": text}, indent=2))
    else:
        put_file(text)
    return FINE


def _listed(*, as_json: bool) -> int:
    shipped = {each: on_cases.open_shipped(each).case for each in on_cases.names()}
    if as_json:
        listed = [{"name": each, "title": case.title} for each, case in shipped.items()]
        put_json(json.dumps({"tearline_cases": 1, "cases": listed}, indent=2))
        return FINE
    out = console()
    width = max(map(len, shipped), default=0) + 2
    for each, case in shipped.items():
        paragraph(out, case.title, indent=width, first=each)
    print("\ntearline assess NAME answers one; tearline cases NAME prints it.")
    return FINE
