"""Incident files: read, checked against the case they are about, shipped."""

from __future__ import annotations

import difflib
import os
import sys
from importlib import resources
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

import attrs

from tearline.cases import shipped, shipped_incidents
from tearline.cases.checks import node_at
from tearline.cases.document import MAX_BYTES, MappingNode, Node, ScalarNode, parse, refuse
from tearline.cases.incident_checks import define, judge
from tearline.cases.incident_format import INCIDENT, INCIDENT_FORMAT
from tearline.cases.opening import decoded, text_in
from tearline.cases.published import schema_of
from tearline.cases.read import STDIN, CaseFile, is_of_incident, read
from tearline.cases.shapes import Kind, Reading
from tearline.domain.incidents import Incident
from tearline.errors import CaseFileError, InputError, Problem

SUFFIXES: Final = (".yaml", ".yml", ".json")
"""What the name of a case file ends with, where an incident names one."""


@attrs.frozen(kw_only=True)
class IncidentFile:
    """An incident with the case that it is about, and its text as it was read."""

    incident: Incident
    case: CaseFile | None = None
    text: str = attrs.field(default="", eq=False, repr=False)


def read_incident(text: str, name: str = "incident.yaml", folder: str | None = None) -> IncidentFile:
    """Read an incident file.

    Args:
        name: What to call the file in messages.
        folder: Where it is, so that a case beside it can be opened; ``None``: nowhere, and then it can name
            shipped cases only.
    Raises:
        CaseFileError: With every problem of the file, in its order.
    """
    root = parse(text, name)
    if not is_of_incident(root) and _is_a_case(root):
        hint = "`tearline assess` answers it; an incident names its case by `case`"
        refuse(name, Problem(message="this is a case file and no incident", hint=hint, line=1, column=1))
    reading = Reading()
    fields = INCIDENT.read(root, (), reading)
    case = None
    if isinstance(fields.get("case"), str):
        try:
            case = case_named(fields["case"], folder)
            define(case.case, reading)
        except CaseFileError as wrong:
            first = wrong.problems[0].seen_in(wrong.name)
            more = f", and {len(wrong.problems) - 1} more" if len(wrong.problems) > 1 else ""
            message = f"this case cannot be used: {first}{more}"
            reading.report(node_at(root, ("case",)), ("case",), message, "`tearline check` lists them all")
        except InputError as wrong:
            reading.report(node_at(root, ("case",)), ("case",), str(wrong))
    if case is None:
        reading.unsure |= set(Kind)
    reading.judge_uses()
    judge(fields, root, reading, case.case if case else None)
    reading.raise_problems(name)
    return IncidentFile(incident=INCIDENT.build(fields), case=case, text=text)


def is_incident(text: str) -> bool:
    """Whether a text says that it is an incident file. What cannot be read at all says nothing."""
    if "tearline_incident" not in text:
        return False
    try:
        return is_of_incident(parse(text, ""))
    except CaseFileError:
        return False


def _is_a_case(root: Node) -> bool:
    return isinstance(root, MappingNode) and any(
        isinstance(key, ScalarNode) and key.text == "tearline" for key, _ in root.entries
    )


def load_incident(path: str, stdin: BinaryIO | None = None) -> IncidentFile:
    """Read an incident file from disk; ``-`` is the standard input, from where it can name shipped cases only.

    Raises:
        CaseFileError: As :func:`read_incident`, or as of any file.
    """
    if path == STDIN:
        return read_incident(decoded((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), "stdin"), "stdin")
    return read_incident(text_in(path), path, os.path.dirname(path) or os.curdir)


def incident_names() -> tuple[str, ...]:
    """The names of the shipped incidents, in alphabetical order."""
    found = (entry.name for entry in resources.files(shipped_incidents).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def incident_text(name: str) -> str:
    """The file of a shipped incident, comments and all.

    Raises:
        InputError: There is none of that name.
    """
    if name not in incident_names():
        close = difflib.get_close_matches(name, incident_names(), n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"there is {', '.join(f'`{n}`' for n in incident_names())}"
        raise InputError(f"no shipped incident `{name}`; {hint}")
    return resources.files(shipped_incidents).joinpath(f"{name}.yaml").read_text("utf-8")


def shipped_incident(name: str) -> IncidentFile:
    """Read a shipped incident (InputError if there is none of that name)."""
    with resources.as_file(resources.files(shipped_incidents)) as folder:
        return read_incident(incident_text(name), f"{name}.yaml", str(folder))


def incident_schema() -> dict[str, Any]:
    """The format in JSON Schema, draft 2020-12."""
    return schema_of(INCIDENT, f"Tearline incident file, version {INCIDENT_FORMAT}")


def case_beside(incident: Incident, folder: str) -> Path | None:
    """The file of the case that an incident in ``folder`` names; ``None``: it names none, or a shipped one."""
    if not incident.case or _is_shipped(incident.case):
        return None
    return Path(os.path.realpath(os.path.join(folder, incident.case)))


def _is_shipped(name: str) -> bool:
    return not name.endswith(SUFFIXES) and "/" not in name and "\\" not in name


def case_named(name: str, folder: str | None) -> CaseFile:
    """The case that an incident names: shipped, or a file in its own folder or below, and no link out of it.

    Raises:
        CaseFileError: The file cannot be used.
        InputError: There is no such case, or an incident in ``folder`` may not name it.
    """
    if _is_shipped(name):
        return shipped.open_shipped(name)
    if folder is None:
        raise InputError("an incident that is not a file can name shipped cases only")
    plain = PurePath(name)
    if plain.is_absolute() or ".." in plain.parts or "\\" in name:
        raise InputError("an incident can name only cases in its own folder or below")
    home, path = os.path.realpath(folder), os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([home, path]) != home:
        raise InputError("an incident can name only cases in its own folder or below; this is a link out of it")
    try:
        text = text_in(path)
    except CaseFileError as wrong:  # in the words of the file: where on this machine it lies is nobody's business
        raise CaseFileError(name, wrong.problems) from None
    return read(text, name, os.path.dirname(path) or os.curdir)
