"""The command `incident bulk`: a theft of any number of documents, read line by line, with how far it has come."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tearline.cases.bulk_file import BulkFile
from tearline.cases.read import STDIN
from tearline.cli.files import faults_told
from tearline.cli.layout import console, heading, item, paragraph
from tearline.cli.streams import put_json
from tearline.damage.comparing import told_scale
from tearline.damage.phrases import years
from tearline.damage.thefts import Found, Theft, theft
from tearline.domain.estimative import percent_up, percents
from tearline.errors import InputError
from tearline.exchange import thefts as wire


def bulk(name: str, *, top: int, as_json: bool) -> int:
    """Print what a theft betrays, the ``top`` sources in the order of work."""
    with faults_told(name, as_json=as_json):
        if top < 1:
            raise InputError(f"`--top {top}` is no number of sources; write 1 or more")
        with _opened(name) as stream, _progress(stream) as told:
            found = theft(BulkFile(stream, "stdin" if name == STDIN else name), told)
    first = found.found[:top]
    if as_json:
        put_json(wire.encode(found, first))
    else:
        _page(console(), found, first)
    return 0


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file, or the standard input; a pipe by name is refused rather than waited for."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    try:
        descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) and failure.strerror else "no such name"
        raise InputError(f"{name}: cannot be read: {reason.lower()}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InputError(f"{name}: not an ordinary file; `-` reads the standard input")
    with os.fdopen(descriptor, "rb") as stream:
        yield stream


@contextmanager
def _progress(stream: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Show on standard error how much has been read; gone when it is done."""
    aside = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    size = os.fstat(stream.fileno()).st_size if stream.seekable() else None
    with Progress(*columns, console=aside, transient=True, disable=not aside.is_interactive) as bar:
        task = bar.add_task("0 documents", total=size)

        def told(documents: int) -> None:
            bar.update(task, completed=stream.tell() if size else 0, description=f"{documents:,} documents")

        yield told


def _page(out: Console, found: Theft, first: tuple[Found, ...]) -> None:
    paragraph(out, found.title, indent=0, style="bold")
    paragraph(out, f"{_many(found.documents, 'document')} about {_many(len(found.found), 'source')}", 0, "dim")
    out.print()
    if found.lives:
        paragraph(
            out,
            f"{_many(found.lives, 'person').upper()} MAY BE IN DANGER. That comes before every figure below.",
            0,
            "bold red",
        )
    if found.scale is None:
        paragraph(out, "No loss of future take that can be told from none.", 0, "bold")
    else:
        text = f"Magnitude {told_scale(found.scale)}: {years(found.taken)} lost, in standard source-years."
        paragraph(out, text, 0, "bold")
    paragraph(out, f"Had every hostile reader all of it: {years(found.accessible)}.", 0)
    words = list(dict.fromkeys((found.words[0].value, found.words[-1].value)))
    legal = words[0] if len(words) == 1 else f"from “{words[0]}” to “{words[1]}”"
    paragraph(out, f"In the words of the law, derived from this: {legal}.", 0)
    heading(out, "The order of work: lives first, then what is at stake per hour to harm")
    for number, each in enumerate(first, 1):
        documents = _many(each.documents, "document")
        life = "; beyond the limit for a life" if each.in_danger else ""
        text = (
            f"{each.source.id} ({each.source.kind.value}), within {each.hours:g} hours: {percent_up(each.before)} "
            f"before, {percents(each.now.lo, each.now.hi)} now from {documents}{life}; "
            f"{years(each.loss)} lost"
        )
        paragraph(out, text, 6, "bold" if each.in_danger else "", first=f"  {number}.")
    if len(found.found) > len(first):
        item(out, f"and {len(found.found) - len(first):,} more; `--top` shows more of them", style="dim")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
