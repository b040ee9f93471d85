"""Where a record and its keys are kept, if nobody says: folders of the user, closed to others.

The key lies in another folder than the record, so that who gets hold of one has not got the other.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tearline.errors import InputError

RECORD, KEYS = "TEARLINE_RECORD", "TEARLINE_KEYS"
"""Environment variables that name other places."""


def record_of(environ: Mapping[str, str], named: Path | None = None) -> Path:
    """The record: as named, as ``TEARLINE_RECORD`` says, or in the user's data folder."""
    if named is not None:
        return named
    return Path(environ[RECORD]) if environ.get(RECORD) else _data(environ) / "record.db"


def seen_of(environ: Mapping[str, str], named: Path | None = None) -> Path:
    """What a witness has seen: as named, or in the user's data folder."""
    return named if named is not None else _data(environ) / "witness.db"


def keys_of(environ: Mapping[str, str]) -> Path:
    """The folder of keys: as ``TEARLINE_KEYS`` says, or in the user's folder of settings."""
    if environ.get(KEYS):
        return Path(environ[KEYS])
    return _base(environ, "XDG_CONFIG_HOME", ".config") / "tearline" / "keys"


def _data(environ: Mapping[str, str]) -> Path:
    return _base(environ, "XDG_DATA_HOME", ".local/share") / "tearline"


def _base(environ: Mapping[str, str], name: str, otherwise: str) -> Path:
    """A folder of the XDG base directories; a relative one does not count, as they say."""
    said = Path(environ.get(name, ""))
    return said if said.is_absolute() else Path.home() / otherwise


def make_folder(folder: Path) -> None:
    """Make a folder that is closed to others, unless it is there.

    Raises:
        InputError: It cannot be made.
    """
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
        if not os.path.isdir(folder):
            raise InputError(f"{folder}: this is no folder")
    except OSError as failure:
        raise InputError(f"{folder}: cannot be made: {(failure.strerror or str(failure)).lower()}") from failure
