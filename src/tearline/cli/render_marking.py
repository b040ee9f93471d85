"""Markings as pages: the banner in its colours where there are any, always with its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.style import Style
from rich.text import Text

from tearline.cli.layout import heading, item, paragraph
from tearline.cli.streams import put_file, put_json
from tearline.errors import InputError
from tearline.markings.mapping import Mapped
from tearline.markings.reading import Admission
from tearline.markings.system import RolledUp, Written

_COLUMN = 16


def banner(out: Console, written: Written) -> None:
    """The banner across the page; on a terminal in its colours."""
    style = Style(color=written.colour.text, bgcolor=written.colour.background, bold=True)
    for line in Text(written.banner).wrap(out, out.width - 2):
        line.rstrip()
        line.align("center", out.width)
        line.stylize(style)
        if not out.is_terminal:  # without colour the padding is only blanks at the end of a line
            line.rstrip()
        out.print(line)


def label(
    out: Console, written: Written, handling: Mapping[str, str], faults: Sequence[str], asked: Admission | None
) -> None:
    """What one label says."""
    banner(out, written)
    paragraph(out, written.words, indent=_COLUMN, first="  It says")
    paragraph(out, written.portion, indent=_COLUMN, first="  In a portion")
    if handling:
        heading(out, "What recipients may do")
        for field, says in handling.items():
            paragraph(out, says, indent=_COLUMN + 4, first=f"  {field}")
        paragraph(out, "All else: ask the originator.")
    _wrong(out, faults)
    if asked is not None:
        heading(out, "This reader")
        _admitted(out, asked)


def _admitted(out: Console, asked: Admission) -> None:
    if asked.view_only:
        paragraph(out, "MAY SEE IT, and keep no copy.", style="bold")
    elif asked.granted:
        paragraph(out, "MAY READ IT.", style="bold")
    else:
        paragraph(out, "MAY NOT READ IT:", style="bold")
        for refusal in asked.refusals:
            item(out, refusal)


def _wrong(out: Console, faults: Sequence[str]) -> None:
    if faults:
        heading(out, "What is wrong with it")
        for fault in faults:
            item(out, fault)


def rolled_up(out: Console, written: Written, rolled: RolledUp[Any]) -> None:
    """A banner and why it reads so."""
    banner(out, written)
    heading(out, "Why")
    for reason in rolled.reasons:
        item(out, reason)
    _wrong(out, rolled.faults)
    out.print()
    paragraph(out, "It cannot see what portions reveal together; `tearline assess` can.", style="dim")


def mapped(out: Console, title: str, found: Mapped, written: Written | None) -> None:
    """A marking in another system, and what is lost on the way."""
    if written is None:
        paragraph(out, f"REFUSED. No label of {title} says this without loosening it.", indent=0, style="bold")
        heading(out, "What it would loosen")
        for field in found.would_loosen:
            item(out, field)
    else:
        banner(out, written)
    if found.loses:
        heading(out, "What is lost")
        for loss in found.loses:
            item(out, loss)
    if written is not None:
        out.print()
        paragraph(out, "A view only: the provider's own marking stays with it.", style="dim")


def forms(out: Console, written: Written) -> None:
    """A label in every form that its system has."""
    banner(out, written)
    for name, text in (("portion", written.portion), ("words", written.words)):
        paragraph(out, text, indent=_COLUMN, first=f"  {name}")
    colour = f"{written.colour.text} on {written.colour.background}"
    paragraph(out, colour, indent=_COLUMN, first="  colour")
    for name in ("xml", "stix", "json"):
        if getattr(written, name):
            paragraph(out, f"--as {name}", indent=_COLUMN, first=f"  {name}")


def form(written: Written, name: str) -> None:
    """A label in one form, to the letter."""
    found = getattr(written, name)
    if not found:
        raise InputError(f"this system has no form `{name}`")
    if isinstance(found, Mapping):
        put_json(json.dumps(found, indent=2))
    else:
        put_file(f"{found}\n")
