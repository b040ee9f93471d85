"""The Permissible Actions Protocol: what may be done with a text so that the adversary could notice.

It says nothing on who may read, so by it alone nobody may.

Source: MISP taxonomy PAP, version 3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.colours import Colour
from tearline.markings.handling import EVERY_ACT, Act, Answer, Handling
from tearline.markings.legible import legible, quoted, unknown
from tearline.markings.reading import Admission, Reader
from tearline.markings.system import RolledUp, System, Written, strictest


class Level(IntEnum):
    """What may be done, from everything to nothing that shows."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    RED = 3


@attrs.frozen(kw_only=True)
class Pap:
    """A PAP label."""

    level: Level
    received: str = attrs.field(default="", eq=False, repr=False)


_WORDS: Final = {level.name: level for level in Level} | {"WHITE": Level.CLEAR}
_MEANS: Final = {
    Level.CLEAR: "may be used in any way",
    Level.GREEN: "may be acted on: pings, blocks, traps set for it",
    Level.AMBER: "questions to third parties only, such as a register; nothing towards the target",
    Level.RED: "nothing that could be noticed: own logs only",
}
_ACTS: Final = {
    Level.CLEAR: EVERY_ACT,
    Level.GREEN: EVERY_ACT,
    Level.AMBER: frozenset({Act.THIRD_PARTIES}),
    Level.RED: frozenset[Act](),
}
_COLOURS: Final = {
    Level.CLEAR: Colour.LIGHT_CLEAR,
    Level.GREEN: Colour.LIGHT_GREEN,
    Level.AMBER: Colour.LIGHT_AMBER,
    Level.RED: Colour.LIGHT_RED,
}


def read(text: str) -> Pap:
    """A label such as ``PAP:AMBER``.

    Raises:
        InputError: It is not exactly one.
    """
    plain = legible(text).upper()
    bare = plain[1:-1] if plain[0] == "(" and plain[-1] == ")" else plain
    prefix, colon, level = bare.partition(":")
    if not colon or prefix != "PAP":
        raise InputError(f"{quoted(plain)} does not begin with `PAP:`")
    if level not in _WORDS:
        raise unknown("PAP level", level, _WORDS, f"there are {', '.join(_WORDS)}")
    return Pap(level=_WORDS[level], received=text)


def write(label: Pap) -> Written:
    """Every form of a label."""
    banner = f"PAP:{label.level.name}"
    return Written(banner=banner, portion=f"({banner})", words=_MEANS[label.level], colour=_COLOURS[label.level])


def roll_up(labels: Sequence[Pap], today: dt.date) -> RolledUp[Pap]:
    """The strictest level."""
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    return strictest("PAP", labels, lambda label: label.level, lambda label: label.level.name)


def admits(label: Pap, reader: Reader) -> Admission:
    """Nobody, by PAP alone: it says nothing on readers."""
    return Admission(refusals=("PAP says what may be done, not who may read: ask the originator",))


def handling(label: Pap) -> Handling:
    """What the label lets recipients do."""
    return Handling(near=None, acts=_ACTS[label.level], otherwise=Answer.NO)


def choices(asked: Handling) -> Iterator[Pap]:
    """Every label, loosest first."""
    yield from (Pap(level=level) for level in Level)


PAP: Final = System(
    key="pap",
    title="Permissible Actions Protocol",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
)
