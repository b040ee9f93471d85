"""One shape for all label systems: read, write, roll up, who may read, and the way into the normal form.

A *label* is whatever a system reads: a frozen value, equal to another that says the same however it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import attrs

from tearline.markings.colours import Colour
from tearline.markings.handling import Handling
from tearline.markings.reading import Admission, Reader

L = TypeVar("L")


@attrs.frozen(kw_only=True)
class Written:
    """A label in all its forms.

    Attributes:
        banner: At the top and the bottom of every page; ``portion`` before a paragraph; ``words`` in full.
        xml: As XML, where the system has that; ``stix`` as a STIX 2.1 marking definition, and ``json``.
        details: What is said beside the banner, such as a date of declassification, by published name.
    """

    banner: str
    portion: str
    words: str
    colour: Colour = Colour.NEUTRAL
    xml: str = ""
    stix: Mapping[str, object] | None = None
    json: Mapping[str, object] | None = None
    details: Mapping[str, object] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class RolledUp(Generic[L]):
    """One label for several.

    Attributes:
        reasons: Why it reads so, in sentences.
        faults: What is wrong with the labels it was made of, and was taken at its strictest.
    """

    label: L
    reasons: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class System(Generic[L]):
    """A label system.

    Attributes:
        key: What it is called on the command line.
        read: Exact words only; raises :class:`~tearline.errors.InputError` for anything else, never defaults.
        write: Law: ``read(write(x).banner) == x``, and so for the portion, as far as a banner can say it all.
        roll_up: Law: order does not matter, twice is once, and it reads no weaker than any label in it.
        admits: Law: whoever a roll-up lets in, every label in it lets in.
        handling: What the label lets recipients do.
        choices: Labels of this system that might stand for a handling, loosest first; those that would be looser
            are sorted out by whoever asks.
        faults: What is wrong with a label that can be read all the same.
    """

    key: str
    title: str
    read: Callable[[str], L]
    write: Callable[[L], Written]
    roll_up: Callable[[Sequence[L], dt.date], RolledUp[L]]
    admits: Callable[[L, Reader], Admission]
    handling: Callable[[L], Handling]
    choices: Callable[[Handling], Iterable[L]]
    faults: Callable[[L], tuple[str, ...]] = lambda label: ()
    levels: tuple[str, ...] = ()


def strictest(what: str, labels: Sequence[L], rank: Callable[[L], int], name: Callable[[L], str]) -> RolledUp[L]:
    """Roll-up where the strictest binds: the label with the highest rank, with the numbers of those that have it."""
    top = max(labels, key=rank)
    numbers = [str(number) for number, label in enumerate(labels, 1) if rank(label) == rank(top)]
    which = f"portion{'s'[: len(numbers) > 1]} {', '.join(numbers)}"
    return RolledUp(label=top, reasons=(f"{what} {name(top)}: {which}",))
