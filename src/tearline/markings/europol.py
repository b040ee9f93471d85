"""Europol: the 4x4 grade of a source and its information, and the handling codes H0 to H3.

A label has a grade, or several, and codes: ``B2 H1/H2``. The text of H3 stands word for word, in quotation marks as
in JSON: ``B2 H3 "ask the liaison bureau first"``.

Source: Regulation (EU) 2016/794, article 29, and the meaning of the codes as published.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.handling import Answer, Handling
from tearline.markings.legible import legible, quoted, wording
from tearline.markings.reading import Admission, Reader, Standing
from tearline.markings.system import RolledUp, System, Written

SOURCE: Final = {
    "A": "no doubt about the source",
    "B": "source reliable in most instances",
    "C": "source unreliable in most instances",
    "X": "source cannot be assessed",
}
INFORMATION: Final = {
    "1": "no doubt about the information",
    "2": "known personally to the source, not to whoever passes it on",
    "3": "not known personally to the source, but corroborated",
    "4": "not known personally to the source, and not corroborated",
}
CODES: Final = {
    "H0": "may be used for every purpose of the Regulation",
    "H1": "not in judicial proceedings without the provider's leave",
    "H2": "not to be passed on without the provider's leave",
    "H3": "other conditions",
}

_GRADE: Final = re.compile(r"[ABCX][1-4]")
_TEXT: Final = re.compile(r'\s*"(?:[^"\\]|\\.)*"')


@attrs.frozen(kw_only=True)
class Europol:
    """A Europol label.

    Attributes:
        grades: Letter and digit each, such as ``B2``.
        codes: ``H0`` alone, or ``H1``, ``H2``, ``H3``.
        conditions: The texts of H3, word for word.
    """

    grades: frozenset[str] = frozenset()
    codes: frozenset[str]
    conditions: frozenset[str] = frozenset()
    received: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.codes:
            raise InputError("no handling code; where none is given, ask the provider")
        if "H0" in self.codes and len(self.codes) > 1:
            raise InputError("H0 means no further limit; it does not stand beside another code")
        if ("H3" in self.codes) != bool(self.conditions):
            raise InputError('H3 stands with its text, and a text with H3: H3 "ask the liaison bureau first"')
        for text in self.conditions:
            wording(text)


def read(text: str) -> Europol:
    """A label such as ``B2 H1/H2`` or ``H3 "..."``.

    Raises:
        InputError: It is not exactly one.
    """
    head, conditions = _conditions(text)
    plain = legible(head)
    words = plain.replace("/", " ").split()
    grades = [word for word in words if _GRADE.fullmatch(word)]
    codes = [word for word in words if word in CODES]
    if odd := [word for word in words if word not in grades and word not in codes]:
        raise InputError(f"{quoted(odd[0])} is neither a grade such as B2 nor a handling code H0 to H3")
    return Europol(grades=frozenset(grades), codes=frozenset(codes), conditions=frozenset(conditions), received=text)


def _conditions(text: str) -> tuple[str, list[str]]:
    """What stands before the first quotation mark, and every quoted text after it."""
    bare = text.strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    head, mark, rest = bare.partition('"')
    rest, found = mark + rest, []
    while rest.strip():
        match = _TEXT.match(rest)
        if match is None:
            raise InputError(f"{quoted(rest)} is no text in quotation marks")
        try:
            found.append(wording(json.loads(match[0])))
        except json.JSONDecodeError:
            raise InputError(f"{quoted(match[0])} is no text in quotation marks as in JSON") from None
        rest = rest[match.end() :]
    return head, found


def write(label: Europol) -> Written:
    """Every form of a label; conditions in quotation marks, word for word."""
    texts = [json.dumps(text, ensure_ascii=False) for text in sorted(label.conditions)]
    banner = " ".join([*sorted(label.grades), "/".join(sorted(label.codes)), *texts])
    words = [f"{SOURCE[grade[0]]}; {INFORMATION[grade[1]]}" for grade in sorted(label.grades)]
    words += [CODES[code] for code in sorted(label.codes) if code != "H3"]
    words += [f"condition, word for word: {text}" for text in sorted(label.conditions)]
    return Written(banner=banner, portion=f"({banner})", words="; ".join(words))


def roll_up(labels: Sequence[Europol], today: dt.date) -> RolledUp[Europol]:
    """Every limit of every label; grades stay side by side."""
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    codes = frozenset[str]().union(*(label.codes for label in labels))
    limits = codes - {"H0"}
    found = Europol(
        grades=frozenset[str]().union(*(label.grades for label in labels)),
        codes=limits or codes,
        conditions=frozenset[str]().union(*(label.conditions for label in labels)),
    )
    return RolledUp(label=found, reasons=tuple(_reasons(labels, found)))


def _reasons(labels: Sequence[Europol], found: Europol) -> Iterator[str]:
    for code in sorted(found.codes):
        numbers = ", ".join(str(number) for number, label in enumerate(labels, 1) if code in label.codes)
        yield f"{code}: {CODES[code]}: label {numbers}"
    if len(found.grades) > 1:
        yield f"{', '.join(sorted(found.grades))}: grades stand side by side, never averaged"


def admits(label: Europol, reader: Reader) -> Admission:
    """Competent authorities, which are the community; beyond those it was given to only without H2 and H3."""
    limits = sorted(label.codes & {"H2", "H3"})
    if limits and reader.standing < Standing.NAMED:
        return Admission(refusals=(f"{' and '.join(limits)}: not to be passed on without the provider's leave",))
    if reader.standing < Standing.COMMUNITY:
        return Admission(refusals=("for competent authorities only",))
    return Admission()


def handling(label: Europol) -> Handling:
    """What the label lets recipients do."""
    if label.codes == {"H0"}:
        return Handling(near=Standing.COMMUNITY, onward=Answer.YES, evidence=Answer.YES)
    limits = bool(label.codes & {"H2", "H3"})
    return Handling(
        near=Standing.NAMED if limits else Standing.COMMUNITY,
        onward=Answer.ASK if limits else Answer.YES,
        evidence=Answer.ASK,
        conditions=label.conditions,
    )


def choices(asked: Handling) -> Iterator[Europol]:
    """The codes, loosest first; conditions that must stand word for word are H3."""
    if asked.conditions:
        for codes in ({"H3"}, {"H1", "H3"}, {"H2", "H3"}, {"H1", "H2", "H3"}):
            yield Europol(codes=frozenset(codes), conditions=asked.conditions)
    else:
        for codes in ({"H0"}, {"H1"}, {"H2"}, {"H1", "H2"}):
            yield Europol(codes=frozenset(codes))


EUROPOL: Final = System(
    key="europol",
    title="Europol grades and handling codes",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
)
