"""Names for new files: plain ones in the folder of the command, so that no form can write anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tearline.errors import InputError

SUFFIXES: Final = (".yaml", ".yml")
LONGEST_NAME: Final = 100
BESIDES: Final = " ._-()"
"""What a name may hold besides letters and digits."""


def new_file(form: Mapping[str, str], folder: Path) -> Path | None:
    """Where a form asks to keep a new case; ``None``: in memory only.

    Raises:
        InputError: The name is none that a form may choose.
    """
    return None if form.get("keep") == "memory" else named(form.get("file", ""), folder)


def named(name: str, folder: Path) -> Path:
    """The file of that name in ``folder``.

    Raises:
        InputError: It is more than the plain name of a YAML file: a path, hidden, or with characters that are
            not letters, digits or :data:`BESIDES`.
    """
    name = name.strip()
    if not name:
        raise InputError("name the file, such as `case.yaml`")
    if "/" in name or "\\" in name:
        raise InputError("name the file only, without a folder; it is made where the command was started")
    if not name[0].isalnum() or not all(c.isalnum() or c in BESIDES for c in name):
        raise InputError("begin with a letter or digit, and use letters, digits, `-`, `_`, `.` and spaces only")
    if not name.endswith(SUFFIXES):
        raise InputError("end the name with `.yaml`")
    if len(name.encode()) > LONGEST_NAME:
        raise InputError(f"take a shorter name, of at most {LONGEST_NAME} characters")
    return folder / name
