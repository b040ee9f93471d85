"""Sentences about the marks of a text, for every page that shows one."""

from __future__ import annotations

from collections.abc import Sequence

from tearline.policy.marks import Banner

UNMARKED = "(not marked)"


def not_known(found: Banner) -> str:
    """That the banner is not known because something is not marked, and the least that it can be."""
    least = f"; at least {found.written.banner}" if found.written else ""
    return f"BANNER NOT KNOWN: something is not marked{least}"


def sentences(found: Banner | None, words: Sequence[str]) -> tuple[str, ...]:
    """The sentences of a text in quotes, each after its mark where the case is marked."""
    if found is None:
        return tuple(f"“{text}”" for text in words)
    marks = (portion.mark or UNMARKED for portion in found.portions)
    return tuple(f"{mark} “{text}”" for mark, text in zip(marks, words, strict=True))


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
