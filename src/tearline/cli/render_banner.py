"""The marks of the recommended text: the banner over it, and why it reads so."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.marked import cautions, not_known
from tearline.cli import render_marking
from tearline.cli.layout import heading, item, paragraph
from tearline.policy.marks import Banner


def over(out: Console, found: Banner | None) -> None:
    """The banner across the page; where a sentence is unmarked, that it is not known."""
    if found is None:
        return
    if found.unmarked:
        paragraph(out, not_known(found), 2, "bold")
    elif found.written is not None:
        render_marking.banner(out, found.written)


def why(out: Console, found: Banner | None) -> None:
    """Why the banner reads so, and what is wrong with it."""
    if found is None:
        return
    heading(out, f"Marked: {found.title}")
    for reason in found.reasons:
        item(out, reason)
    for sentence in cautions(found):
        item(out, sentence, style="bold")
