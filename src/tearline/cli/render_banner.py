"""The marks of the recommended text: the banner over it, a mark before each sentence, and why it reads so."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.answer import Assessment
from tearline.cli import render_marking
from tearline.cli.layout import heading, item, paragraph
from tearline.policy.marks import Banner

UNMARKED = "(not marked)"


def over(out: Console, found: Banner | None) -> None:
    """The banner across the page; where a sentence is unmarked, that it is not known."""
    if found is None:
        return
    if found.unmarked:
        least = f"; at least {found.written.banner}" if found.written else ""
        paragraph(out, f"BANNER NOT KNOWN: something is not marked{least}", 2, "bold")
    elif found.written is not None:
        render_marking.banner(out, found.written)


def marked(found: Assessment) -> tuple[str, ...]:
    """The sentences of the recommended text in quotes, each after its mark where the case is marked."""
    words = found.tearline.words
    if found.banner is None:
        return tuple(f"“{text}”" for text in words)
    marks = (portion.mark or UNMARKED for portion in found.banner.portions)
    return tuple(f"{mark} “{text}”" for mark, text in zip(marks, words, strict=True))


def why(out: Console, found: Banner | None) -> None:
    """Why the banner reads so, and what is wrong with it."""
    if found is None:
        return
    heading(out, f"Marked: {found.title}")
    for reason in found.reasons:
        item(out, reason)
    for sentence in cautions(found):
        item(out, sentence, style="bold")


def cautions(found: Banner) -> tuple[str, ...]:
    """What a reader of the banner must know besides."""
    unmarked = (
        f"`{claim}` is not marked: the banner may read too low, and nobody knows who may read it"
        for claim in found.unmarked
    )
    faults = (f"taken at its strictest: {fault}" for fault in found.faults)
    told = sorted({what for portion in found.portions for what in portion.tells})
    tells = [f"the marks name {', '.join(told)}: that can itself tell how it was collected"] if told else []
    refusals = (f"the recipient may not read the whole: {refusal}" for refusal in found.refusals)
    return (*unmarked, *faults, *tells, *refusals)
