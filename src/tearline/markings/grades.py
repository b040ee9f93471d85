"""Grades of sources and of information: Admiralty, and the UK's 3x5x2. They say how good, not who may read.

The two halves of a grade are independent and never multiplied or averaged. *Cannot be judged* is no middling grade
but none at all. Several grades stay side by side, each as its provider gave it.

Source: STANAG 2511 (January 2003), with `F` and `6` as defined there; College of Policing, 3x5x2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.handling import Answer, Handling
from tearline.markings.legible import legible, quoted
from tearline.markings.reading import Admission, Reader
from tearline.markings.system import RolledUp, System, Written


@attrs.frozen(kw_only=True)
class Scale:
    """One system of grades: the letters of each part in order, and what they mean."""

    key: str
    title: str
    parts: tuple[tuple[str, Mapping[str, str]], ...]
    pattern: re.Pattern[str]
    joined: str
    conditional: str = ""


@attrs.frozen(kw_only=True)
class Grades:
    """One or more grades, each a tuple of its letters; their order does not matter."""

    grades: frozenset[tuple[str, ...]]
    received: str = attrs.field(default="", eq=False, repr=False)


ADMIRALTY_SCALE: Final = Scale(
    key="admiralty",
    title="Admiralty grades (STANAG 2511)",
    parts=(
        (
            "source",
            {
                "A": "completely reliable",
                "B": "usually reliable",
                "C": "fairly reliable",
                "D": "not usually reliable",
                "E": "unreliable",
                "F": "reliability cannot be judged",
            },
        ),
        (
            "information",
            {
                "1": "confirmed by another source",
                "2": "probably true",
                "3": "possibly true",
                "4": "doubtful",
                "5": "improbable",
                "6": "truth cannot be judged",
            },
        ),
    ),
    pattern=re.compile(r"([A-F])([1-6])"),
    joined="",
)

UK_SCALE: Final = Scale(
    key="3x5x2",
    title="UK police grades (3x5x2)",
    parts=(
        ("source", {"1": "reliable", "2": "untested", "3": "not reliable"}),
        (
            "information",
            {
                "A": "known directly to the source",
                "B": "known indirectly, but corroborated",
                "C": "known indirectly",
                "D": "not known",
                "E": "suspected to be false",
            },
        ),
        ("handling", {"P": "lawful sharing permitted", "C": "sharing permitted with conditions"}),
    ),
    pattern=re.compile(r"([1-3])/?([A-E])/?([PC])"),
    joined="",
    conditional="C",
)


def _reader(scale: Scale) -> Callable[[str], Grades]:
    def read(text: str) -> Grades:
        plain = legible(text)
        bare = plain[1:-1] if plain[0] == "(" and plain[-1] == ")" else plain
        found = [scale.pattern.fullmatch(word) for word in bare.split()]
        if not found or None in found:
            parts = " and ".join(f"{name} {'-'.join((min(letters), max(letters)))}" for name, letters in scale.parts)
            raise InputError(f"{quoted(plain)} is no grade of {scale.title}: {parts}")
        return Grades(grades=frozenset(each.groups() for each in found if each), received=text)

    return read


def _writer(scale: Scale) -> Callable[[Grades], Written]:
    def write(label: Grades) -> Written:
        ordered = sorted(label.grades)
        banner = " ".join(scale.joined.join(grade) for grade in ordered)
        words = "; ".join(
            ", ".join(f"{name} {means[letter]}" for (name, means), letter in zip(scale.parts, grade, strict=True))
            for grade in ordered
        )
        return Written(banner=banner, portion=f"({banner})", words=words)

    return write


def _roller(scale: Scale) -> Callable[[Sequence[Grades], dt.date], RolledUp[Grades]]:
    def roll_up(labels: Sequence[Grades], today: dt.date) -> RolledUp[Grades]:
        if not labels:
            raise InputError("nothing to roll up: there is no grade")
        found = frozenset[tuple[str, ...]]().union(*(label.grades for label in labels))
        shown = ", ".join(scale.joined.join(grade) for grade in sorted(found))
        return RolledUp(label=Grades(grades=found), reasons=(f"{shown}: grades stand side by side, never averaged",))

    return roll_up


def _admits(label: Grades, reader: Reader) -> Admission:
    return Admission(refusals=("a grade says how good something is, not who may read: ask the originator",))


def _handler(scale: Scale) -> Callable[[Grades], Handling]:
    def handling(label: Grades) -> Handling:
        if not scale.conditional:
            return Handling(near=None)
        if any(grade[-1] == scale.conditional for grade in label.grades):
            return Handling(near=None, conditions=frozenset({"3x5x2 C: as its provider lays down"}))
        return Handling(near=None, onward=Answer.YES)

    return handling


def _choices(asked: Handling) -> Iterator[Grades]:
    yield from ()


def _faults(label: Grades) -> tuple[str, ...]:
    """What a grade promises that must be seen to."""
    confirmed = any(grade[1] == "1" for grade in label.grades)
    return ("information 1 needs another source: make sure that it is not the same one twice",) if confirmed else ()


def _system(scale: Scale, faults: Callable[[Grades], tuple[str, ...]]) -> System[Grades]:
    return System(
        key=scale.key,
        title=scale.title,
        read=_reader(scale),
        write=_writer(scale),
        roll_up=_roller(scale),
        admits=_admits,
        handling=_handler(scale),
        choices=_choices,
        faults=faults,
    )


ADMIRALTY: Final = _system(ADMIRALTY_SCALE, _faults)
UK_GRADES: Final = _system(UK_SCALE, lambda label: ())
