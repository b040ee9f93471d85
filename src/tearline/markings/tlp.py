"""The Traffic Light Protocol: to whom a text may be passed on. Version 2.0; version 1 is read.

It says nothing on acting, evidence or expiry. No TLP mark means *ask*, never CLEAR. Words are read in either case,
since machine tags are written small.

Source: FIRST, TLP 2.0 (August 2022); STIX 2.1 marking definitions of TLP 2.0 (extension) and of TLP 1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.colours import Colour
from tearline.markings.handling import Answer, Handling
from tearline.markings.json_text import object_of, parsed, text_of
from tearline.markings.legible import legible, quoted, unknown
from tearline.markings.reading import Admission, Reader, Standing
from tearline.markings.system import RolledUp, System, Written, strictest


class Level(IntEnum):
    """How far a text may go, from far to near."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def word(self) -> str:
        """As it is written."""
        return self.name.replace("_", "+")


@attrs.frozen(kw_only=True)
class Tlp:
    """A TLP label; ``unattributed``: the Chatham House rule, the provider must not be named."""

    level: Level
    unattributed: bool = False
    received: str = attrs.field(default="", eq=False, repr=False)


_WORDS: Final = {level.word: level for level in Level} | {"WHITE": Level.CLEAR}
_CHATHAM: Final = "EX:CHR"
_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_STIX: Final = {
    Level.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
    Level.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Level.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Level.AMBER_STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    Level.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_STIX_1: Final = {
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": Level.CLEAR,
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": Level.GREEN,
    "f88d31f6-486f-44da-b317-01333bde0b82": Level.AMBER,
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Level.RED,
}
_IDS: Final = {f"marking-definition--{each}": level for level, each in _STIX.items()} | {
    f"marking-definition--{each}": level for each, level in _STIX_1.items()
}
_NEAR: Final = {
    Level.CLEAR: Standing.PUBLIC,
    Level.GREEN: Standing.COMMUNITY,
    Level.AMBER: Standing.CLIENT,
    Level.AMBER_STRICT: Standing.ORGANISATION,
    Level.RED: Standing.NAMED,
}
_ONWARD: Final = {
    Level.CLEAR: Answer.YES,
    Level.GREEN: Answer.YES,
    Level.AMBER: Answer.ASK,
    Level.AMBER_STRICT: Answer.NO,
    Level.RED: Answer.NO,
}
_MEANS: Final = {
    Level.CLEAR: "may go to anybody",
    Level.GREEN: "may go round the community, not to the public",
    Level.AMBER: "may go to those in the organisation and its clients who need to know",
    Level.AMBER_STRICT: "may go to those in the organisation who need to know, not to its clients",
    Level.RED: "for the eyes and ears of those it was given to by name",
}
_COLOURS: Final = {
    Level.CLEAR: Colour.LIGHT_CLEAR,
    Level.GREEN: Colour.LIGHT_GREEN,
    Level.AMBER: Colour.LIGHT_AMBER,
    Level.AMBER_STRICT: Colour.LIGHT_AMBER,
    Level.RED: Colour.LIGHT_RED,
}


def read(text: str) -> Tlp:
    """A label such as ``TLP:AMBER+STRICT`` or ``TLP:RED EX:CHR``, or a STIX marking definition or its id.

    Raises:
        InputError: It is not exactly one of them.
    """
    if text.lstrip().startswith("{"):
        return _from_stix(parsed(text), text)
    plain = legible(text)
    if plain in _IDS:
        return Tlp(level=_IDS[plain], received=text)
    words = plain.removeprefix("(").removesuffix(")").upper().split() if plain[0] == "(" else plain.upper().split()
    unattributed = any(word.removeprefix("TLP:") == _CHATHAM for word in words[1:])
    if len(words) != 1 + unattributed or (plain[0] == "(") != (plain[-1] == ")"):
        raise InputError(
            f"{quoted(plain)} is no TLP label; write one such as TLP:AMBER, with EX:CHR after it if need be"
        )
    prefix, colon, level = words[0].partition(":")
    if not colon or prefix != "TLP":
        raise InputError(f"{quoted(plain)} does not begin with `TLP:`")
    if level not in _WORDS:
        raise unknown("TLP level", level, _WORDS, f"there are {', '.join(_WORDS)}")
    return Tlp(level=_WORDS[level], unattributed=unattributed, received=text)


def _from_stix(given: dict[str, object], text: str) -> Tlp:
    """A marking definition. Its id and what it says must agree: an old id with a new name was met in the wild."""
    if text_of(given, "type") != "marking-definition":
        raise InputError("no STIX marking definition: `type` says otherwise")
    said = {level for level in (_IDS.get(text_of(given, "id", "")), *_named(given)) if level is not None}
    if len(said) != 1:
        raise InputError("a STIX marking definition that says " + ("no TLP level" if not said else "two TLP levels"))
    return Tlp(level=said.pop(), received=text)


def _named(given: dict[str, object]) -> Iterator[Level]:
    extensions = given.get("extensions")
    if isinstance(extensions, dict) and isinstance(extension := extensions.get(_EXTENSION), dict):
        yield _level(text_of(extension, "tlp_2_0"))
    if given.get("definition_type") == "tlp":
        yield _level(text_of(object_of(given, "definition"), "tlp"))


def _level(word: str) -> Level:
    if (found := word.upper()) not in _WORDS:
        raise unknown("TLP level", word, _WORDS)
    return _WORDS[found]


def write(label: Tlp) -> Written:
    """Every form of a label."""
    banner = f"TLP:{label.level.word}{f' {_CHATHAM}' * label.unattributed}"
    words = _MEANS[label.level] + ("; who said it must not be told" if label.unattributed else "")
    return Written(
        banner=banner,
        portion=f"({banner})",
        words=words,
        colour=_COLOURS[label.level],
        stix=stix(label.level) if not label.unattributed else None,
        details={"tlp": label.level.word.lower()},
    )


def stix(level: Level) -> dict[str, object]:
    """The STIX 2.1 marking definition of a level; it has no word for the Chatham House rule."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{_STIX[level]}",
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level.word}",
        "extensions": {_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.word.lower()}},
    }


def roll_up(labels: Sequence[Tlp], today: dt.date) -> RolledUp[Tlp]:
    """The strictest level; nobody is named where one label says so."""
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    found = strictest("TLP", labels, lambda label: label.level, lambda label: label.level.word)
    unattributed = any(label.unattributed for label in labels)
    reasons = (*found.reasons, *(["EX:CHR: one label forbids to say who said it"] if unattributed else []))
    return RolledUp(label=Tlp(level=found.label.level, unattributed=unattributed), reasons=reasons)


def admits(label: Tlp, reader: Reader) -> Admission:
    """Whether ``reader`` is near enough to whoever it was given to."""
    if reader.standing >= _NEAR[label.level]:
        return Admission()
    return Admission(refusals=(f"TLP:{label.level.word} {_MEANS[label.level]}",))


def handling(label: Tlp) -> Handling:
    """What the label lets recipients do."""
    return Handling(
        near=_NEAR[label.level],
        onward=_ONWARD[label.level],
        attribute=Answer.NO if label.unattributed else Answer.ASK,
    )


def choices(asked: Handling) -> Iterator[Tlp]:
    """Every label, loosest first."""
    for level in Level:
        for unattributed in (False, True):
            yield Tlp(level=level, unattributed=unattributed)


TLP: Final = System(
    key="tlp",
    title="Traffic Light Protocol 2.0",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
)
