"""Texts put in place on disk, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600
"""Who may read and write what the page makes: its owner."""


def replace(path: Path, text: str, mode: int) -> None:
    """Put a file in place: a reader finds the old text or the new one. Raises OSError; then nothing has changed."""
    place, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        _fill(place, text)
        os.chmod(made, mode)
        os.replace(made, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(made)
        raise


def create(path: Path, text: str) -> None:
    """Make a file that is not there yet, for its owner only.

    Raises:
        FileExistsError: Something of that name is there, be it a link that leads nowhere; it stays as it is.
        OSError: It cannot be made; nothing is left of it.
    """
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    try:
        _fill(place, text)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def _fill(place: int, text: str) -> None:
    with os.fdopen(place, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def reason(failure: OSError) -> str:
    """Why something on disk could not be done, as part of a sentence."""
    return (failure.strerror or str(failure)).lower()
