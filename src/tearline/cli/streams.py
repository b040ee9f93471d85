"""Standard streams that end well: odd encodings, full disks, readers that leave early, hostile names.

Text for people goes through :func:`shown` wherever it repeats what somebody typed, so that no name can
drive a terminal. What programs read, JSON and case files, is never altered by an encoding.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
from contextlib import suppress
from typing import Final, TextIO, cast

_PLAIN: Final = {"“": '"', "”": '"', "█": "#", "·": ".", "•": "*", "–": "-", "…": "..."}
"""What stands for the characters of a page where an encoding lacks them; for all others ``?`` does."""

_PLAINLY: Final = "tearline"
"""The name of the error handler that puts :data:`_PLAIN` in place."""


def make_ready() -> None:
    """Make the standard streams of this process fit to be used, whatever they are.

    A character that a stream's encoding lacks is written plainly instead of failing. In place of a closed
    standard input comes an empty one, of a closed standard error one that nobody reads; a closed
    standard output stays ``None``.
    """
    codecs.register_error(_PLAINLY, _plainly)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())
    sys.stderr = sys.stderr or io.TextIOWrapper(io.BytesIO())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAINLY)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(c, "?") for c in error.object[error.start : error.end]), error.end


def shown(text: str) -> str:
    r"""Text in one line that moves no cursor and turns no writing around: all else is escaped.

    >>> print(shown("a\x1b[31m\n\u202e.yaml"))
    a\x1b[31m\n\u202e.yaml
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def say(text: str) -> None:
    """Say one line on standard error. Where nobody can be told, the exit code alone speaks."""
    try:
        print(shown(text), file=sys.stderr, flush=True)
    except OSError:
        _write_nowhere(sys.stderr)


def put_json(text: str) -> None:
    """Print JSON text so that it says the same in every encoding: outside UTF-8 in ASCII, with escapes.

    What would move a cursor or turn writing around is escaped everywhere.
    """
    plain = _is_utf8(sys.stdout)
    print(re.sub(r"[^\x00-\x7f]", lambda c: c[0] if plain and c[0].isprintable() else json.dumps(c[0])[1:-1], text))


def put_file(text: str) -> None:
    """Print the text of a file to the letter: in UTF-8, unless it goes to a terminal that has no UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)
    print(text, end="")


class _Trimmed:
    """A stream that drops the spaces which wrapping leaves at the end of lines. It is handed whole lines.

    No :class:`io.IOBase`, which would flush once more when it is thrown away, and swallow what fails then.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +$", "", text, flags=re.MULTILINE))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def trimmed() -> TextIO:
    """Standard output for pages that others lay out, such as help: no line of it ends in spaces."""
    return cast(TextIO, _Trimmed(sys.stdout))


def _is_utf8(stream: TextIO) -> bool:
    return codecs.lookup(stream.encoding or "utf-8").name == "utf-8"


def abandon_output() -> None:
    """Write what standard output still holds back nowhere, so that the end of the process does not fail again."""
    _write_nowhere(sys.stdout)


def _write_nowhere(stream: TextIO) -> None:
    with suppress(OSError, ValueError):  # it may be no file, as in a test; then it holds nothing back
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
