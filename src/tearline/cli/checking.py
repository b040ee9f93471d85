"""Reading a file as what it says it is: a case, or an incident with the case that it names."""

from __future__ import annotations

import os
import sys

from tearline import cases as on_cases
from tearline.cases.document import MAX_BYTES
from tearline.cases.incidents import incident_names, is_incident, read_incident, shipped_incident
from tearline.cases.opening import decoded, text_in
from tearline.cases.read import STDIN, read
from tearline.errors import InputError


def checked(name: str) -> None:
    """Read a file, a shipped case or incident, or the standard input; a case wins over an incident of its name.

    Raises:
        CaseFileError: With every fault of it, in the order of the file.
        InputError: There is nothing of that name.
    """
    if name == STDIN:
        _read(_from_stdin(), "stdin", None)
    elif _is_file(name):
        _read(text_in(name), name, os.path.dirname(name) or os.curdir)
    elif name in incident_names() and name not in on_cases.names():
        shipped_incident(name)
    else:
        on_cases.open_shipped(name)


def _is_file(name: str) -> bool:
    shipped = (*on_cases.names(), *incident_names())
    is_file = os.path.isfile(name) or (os.path.exists(name) and name not in shipped)
    return is_file or any(mark in name for mark in "./\\")


def _from_stdin() -> str:
    try:
        return decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    except OSError as failure:
        raise InputError(f"stdin: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure


def _read(text: str, name: str, folder: str | None) -> None:
    if is_incident(text):
        read_incident(text, name, folder)
    else:
        read(text, name, folder)
