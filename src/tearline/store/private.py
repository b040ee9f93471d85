"""Files for their owner's eyes: read only if nobody else may, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from tearline.errors import InputError

_LARGEST: Final = 4096


def private_text(path: Path) -> str | None:
    """The text of a file that only its owner may read; ``None``: there is none."""
    try:
        place = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise InputError(f"{path}: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure
    with open(place, "rb") as file:
        found = os.fstat(place)
        if os.name == "posix" and (stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid()):
            raise InputError(f"{path}: others may read or write it; it must be yours alone (chmod 600)")
        try:
            return file.read(_LARGEST).decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(f"{path}: this is no text") from None


def put_private(path: Path, text: str, *, over: bool) -> None:
    """Write a file for its owner's eyes, whole or not at all; one that is there stays, unless ``over``."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        place = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(place, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(place)
        if over:
            new.replace(path)
        else:
            os.link(new, path)
            new.unlink()
        sync_folder(path.parent)
    except FileExistsError:
        new.unlink(missing_ok=True)
    except OSError as failure:
        raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure


def sync_folder(folder: Path) -> None:
    """See to it that a name just given outlives a power cut, where the system lets a folder be opened for that."""
    if os.name == "posix":
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
