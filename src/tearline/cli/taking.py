"""The command `take`: a paper of a case as a file. Standard output holds the paper, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

from tearline.assess.phrases import listed
from tearline.cli.answers import ALLOWED, REFUSED, code, stages
from tearline.cli.files import STDIN, faults_told, opened
from tearline.cli.streams import put_file, say
from tearline.errors import InputError
from tearline.paper import Document, Kind, Paper, written
from tearline.store.places import record_of
from tearline.taking import taken


def take(
    case: str, paper: str, *, kind: str | None, out: Path | None, force: bool, record: Path | None, at: dt.datetime
) -> int:
    """Write a paper of a case; return the exit code of the decision that it rests on.

    Args:
        at: What time it is.
    """
    wanted, written_as = _paper(paper), _kind(kind, out)
    with faults_told(case, as_json=written_as is Kind.JSON and out is None):
        if out is not None:
            _judge(out, force=force)
        file = opened(case)
        with stages() as told:
            told("the answer that the paper rests on")
            path = None if case == STDIN or not os.path.isfile(case) else Path(case)
            found = taken(file, wanted, path=path, record=_record(record), at=at)
        content = None if found.paper is None else written(found.paper, written_as)
        if content is not None and out is not None:
            write_whole(out, content, force=force)
    if content is not None and out is None:
        _print(content, written_as)
    if found.told:
        say(found.told)
    if found.paper is not None and out is not None:
        say(f"written: {out} ({found.paper.name.lower()}, {_where(found.paper)})")
    if found.answer is not None:
        return code(found.answer)
    return REFUSED if found.paper is None else ALLOWED


def _record(named: Path | None) -> Path | None:
    """Where the record is; ``None``: nobody named one, and there is none."""
    path = record_of(os.environ, named)
    return path if named is not None or os.path.lexists(path) else None


def _paper(named: str) -> Paper:
    try:
        return Paper(named)
    except ValueError:
        there_are = listed(f"`{each.value}`" for each in Paper)
        raise InputError(f"there is no paper `{named}`; there are {there_are}") from None


def _kind(named: str | None, out: Path | None) -> Kind:
    """What it is written as: what was asked for, else what the file is called, else Markdown."""
    wanted = named if named is not None else out.suffix.removeprefix(".") if out is not None else Kind.MARKDOWN.value
    try:
        return Kind(wanted)
    except ValueError:
        kinds = listed(f"`{each.value}`" for each in Kind)
        hint = "" if named is not None else "; say `--as`"
        raise InputError(f"nothing is written as `{wanted}`; there are {kinds}{hint}") from None


def _where(paper: Document) -> str:
    return "may leave the house" if paper.leaves and not paper.is_draft else "stays in the house"


# --- where it goes -----------------------------------------------------------------------------------------


def _print(content: bytes, kind: Kind) -> None:
    """The paper on standard output, to the letter."""
    if kind is not Kind.PDF:
        put_file(content.decode())
        return
    if sys.stdout.isatty():
        raise InputError("a PDF is no page for a terminal; say where it goes: `-o FILE`")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _judge(out: Path, *, force: bool) -> None:
    """Refuse a place that cannot be written to before anything is worked out."""
    if out.is_dir():
        raise InputError(f"`{out}` is a directory; name a file in it")
    if os.path.lexists(out) and not force:
        raise InputError(f"`{out}` is there already; nothing was overwritten; `--force` overwrites")
    if not out.parent.is_dir():
        raise InputError(f"`{out}` cannot be written: there is no directory `{out.parent}`; make it first")


def write_whole(out: Path, content: bytes, *, force: bool) -> None:
    """Write a file, whole or not at all, for its owner's eyes.

    Without ``force`` the name is taken first, so nothing that comes to lie there meanwhile is overwritten.
    """
    made = ""
    try:
        if not force:
            os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            place, made = tempfile.mkstemp(prefix=".tearline.", dir=out.parent)
            with os.fdopen(place, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(made, out)
        except OSError:
            _removed(made, *([] if force else [str(out)]))
            raise
    except FileExistsError:
        raise InputError(f"`{out}` is there already; nothing was overwritten; `--force` overwrites") from None
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        raise InputError(f"`{out}` cannot be written: {reason}; name another place") from failure


def _removed(*names: str) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            os.unlink(name)
