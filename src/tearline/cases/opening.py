"""Files opened with care: never more than a limit, never a pipe that somebody would wait for, UTF-8 only."""

from __future__ import annotations

import os
import stat

from tearline.cases.document import MAX_BYTES, refuse, too_large
from tearline.errors import Problem


def text_in(name: str) -> str:
    """The text of an ordinary file.

    Raises:
        CaseFileError: There is no such file, it is not an ordinary file, it is larger than
            :data:`tearline.cases.document.MAX_BYTES`, or it is not UTF-8.
    """
    return decoded(_bytes_of(name), name)


def _bytes_of(name: str) -> bytes:
    """At most ``MAX_BYTES + 1`` bytes of an ordinary file; a pipe is refused rather than waited for."""
    try:
        with open(name, "rb", opener=_without_waiting) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                refuse(name, Problem(message="not an ordinary file", hint="`-` reads the standard input"))
            if found.st_size > MAX_BYTES:
                refuse(name, too_large())
            return file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        refuse(name, Problem(message="this is a directory", hint="name a file in it"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such name"
        refuse(name, Problem(message=f"cannot be read: {reason.lower()}"))


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def decoded(content: bytes, name: str) -> str:
    """The text that ``content`` is in UTF-8 (CaseFileError if it is none, or too large)."""
    if len(content) > MAX_BYTES:
        refuse(name, too_large())
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        refuse(name, Problem(message="not UTF-8", hint="save the file as UTF-8", line=line, column=column))
