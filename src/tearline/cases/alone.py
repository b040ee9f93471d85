"""Being the only one who writes a file: a lock that dies with whoever holds it.

A process that is killed lets go of it, so nobody has to clear anything away by hand. Where the system has no
such locks the file itself is the lock, and what a killed process leaves must be deleted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tearline.errors import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover - only where the system has none
    _DIES_WITH_US = False
else:
    _DIES_WITH_US = True


def lock_of(path: Path) -> Path:
    """The file that is locked while somebody writes ``path``."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def alone(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Keep everybody else from writing ``path``.

    Args:
        wait: Whether to wait for whoever writes now; else that is an error.
    Raises:
        InputError: Somebody writes, or the folder cannot be written to.
    """
    lock = lock_of(path)
    try:
        held = _held(lock, wait=wait)
    except (BlockingIOError, FileExistsError):
        hint = "" if _DIES_WITH_US else f"; if nobody is, a write was cut off: delete `{lock}`"
        raise InputError(f"{path}: somebody is writing to it; try again when they are done{hint}") from None
    except OSError as failure:
        raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(held)


def _held(lock: Path, *, wait: bool) -> int:
    """The lock, open; whoever waited for a file that is gone by now begins again."""
    if not _DIES_WITH_US:  # pragma: no cover
        return os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    while True:
        place = os.open(lock, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is(lock, place):
                return place
        except BaseException:
            os.close(place)
            raise
        os.close(place)


def _is(lock: Path, place: int) -> bool:
    """Whether the open file is still the one that others would open."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(place))
    except FileNotFoundError:
        return False
