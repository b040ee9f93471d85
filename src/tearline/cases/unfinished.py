"""Text that was typed and is not in the file yet: kept beside it, so that nothing typed is lost.

It lies beside the file with ``.draft`` behind its name, for its owner only. Where it cannot, and where there
is no file, it is kept in memory.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import Final

import attrs

from tearline.cases.journal import digest
from tearline.cases.opening import text_in
from tearline.cases.placing import OWNER_ONLY, replace
from tearline.errors import InputError

UNFINISHED: Final = ".draft"


@attrs.frozen(kw_only=True)
class Unfinished:
    """A text that somebody typed.

    Attributes:
        since: When it was kept last, in UTC.
        outdated: Whether the file has changed after it was typed.
        lasting: Whether it lies on disk, and outlives the command.
    """

    text: str = attrs.field(repr=False)
    since: dt.datetime
    outdated: bool
    lasting: bool

    @property
    def digest(self) -> str:
        """What stands for :attr:`text`."""
        return digest(self.text)


@attrs.define
class Aside:
    """Where the unfinished text of one file is put.

    Attributes:
        path: The file; ``None``: there is none.
    """

    path: Path | None
    _remembered: tuple[str, dt.datetime, str] | None = attrs.field(default=None, init=False)

    def found(self, file: str) -> Unfinished | None:
        """What was put aside; ``file`` stands for what the file says now."""
        if self._remembered is not None:
            text, since, made_to = self._remembered
            return Unfinished(text=text, since=since, outdated=made_to != file, lasting=False)
        return None if self.path is None else _beside(self.path)

    def put(self, text: str, file: str, now: dt.datetime) -> None:
        """Keep a text in the place of the one kept before, on disk where that can be."""
        self._remembered = None if self._lies_beside(text) else (text, now, file)

    def drop(self) -> None:
        """Throw away what was put aside.

        Raises:
            InputError: It cannot be taken from the disk.
        """
        self._remembered = None
        if self.path is None or _beside(self.path) is None:
            return
        try:
            os.unlink(_place(self.path))
        except OSError as failure:
            raise InputError(f"{_place(self.path).name}: cannot be thrown away: {failure.strerror}") from failure

    def _lies_beside(self, text: str) -> bool:
        """Whether the text could be written beside the file. What is no text of ours there is left alone."""
        if self.path is None:
            return False
        if os.path.lexists(_place(self.path)) and _beside(self.path) is None:
            return False
        with contextlib.suppress(OSError):
            replace(_place(self.path), text, OWNER_ONLY)
            return True
        return False


def _place(path: Path) -> Path:
    return Path(f"{path}{UNFINISHED}")


def _beside(path: Path) -> Unfinished | None:
    """The text beside a file; it is outdated if the file is younger."""
    place = _place(path)
    try:
        text, kept = text_in(str(place)), place.stat().st_mtime_ns
    except (InputError, OSError):
        return None
    try:
        outdated = path.stat().st_mtime_ns > kept
    except OSError:
        outdated = False
    since = dt.datetime.fromtimestamp(kept / 1e9, dt.UTC)
    return Unfinished(text=text, since=since, outdated=outdated, lasting=True)
