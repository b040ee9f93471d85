"""US markings as one of the label systems: its label is a :class:`~tearline.markings.ism.document.Portion`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from tearline.markings.handling import Answer, Handling, Level
from tearline.markings.ism import access, groups, reading, rules, values, writing
from tearline.markings.ism.attributes import attributes, xml
from tearline.markings.ism.document import Portion, roll_up_document
from tearline.markings.ism.json_portions import object_from, portion
from tearline.markings.ism.mark import RELEASE, UNCLASSIFIED_NUCLEAR, IsmMark
from tearline.markings.reading import Admission, Reader, Standing
from tearline.markings.system import RolledUp, System, Written

_SAID_OTHERWISE: Final = {"NF", "RELIDO", "FOUO", "OC-USGOV", *RELEASE}
"""Controls that a handling says by nations, or that ORCON says already."""


def read(text: str) -> Portion:
    """A portion mark, a banner, or a JSON object of ISM attributes."""
    return portion(text) if text.lstrip().startswith("{") else Portion(mark=reading.read(text))


def write(label: Portion) -> Written:
    """Every form of a portion."""
    mark = label.mark
    return Written(
        banner=writing.banner(mark),
        portion=writing.portion(mark),
        words=writing.in_words(mark),
        colour=writing.colour(mark),
        xml=xml(mark),
        json=object_from(label),
        details=attributes(mark),
    )


def roll_up(labels: Sequence[Portion], today: dt.date) -> RolledUp[Portion]:
    """The banner of a document, with its notices and its list of who needs to know."""
    found = roll_up_document(labels, today)
    needs = found.need_to_know
    reasons = found.banner.reasons
    if needs and needs.unmerged:
        reasons = (*reasons, f"need to know: {needs.unmerged.value}; a person must merge the lists")
    return RolledUp(
        label=Portion(mark=found.banner.mark, notices=found.notices, need_to_know=needs),
        reasons=reasons,
        faults=tuple(f"portion {number}: {fault}" for number, fault in found.banner.faults),
    )


def admits(label: Portion, reader: Reader) -> Admission:
    """Whether ``reader`` may read the portion; its ORCON lists stand with it."""
    needs = label.need_to_know
    return access.admits(label.mark, reader, orcon=needs.profiles if needs else ())


def handling(label: Portion) -> Handling:
    """What the portion lets recipients do."""
    mark = label.mark
    controls = set(mark.dissem) - _SAID_OTHERWISE
    departments = {token.removesuffix("-NF") for token in mark.non_ic}
    nuclear = set(mark.aea) - UNCLASSIFIED_NUCLEAR
    needs = {*mark.sci, *mark.sar, *nuclear, *mark.non_us, *controls, *departments}
    return Handling(
        level=_level(mark),
        near=_near(mark),
        nations=_nations(mark),
        shown=groups.opened_to_read(mark.display_to),
        needs=frozenset(f"ism {token}" for token in needs),
        resale=Answer.NO if "PR" in mark.dissem else Answer.ASK,
    )


def _level(mark: IsmMark) -> Level | None:
    level = "C" if mark.classification == "R" else mark.classification
    return Level(system="ism", name=level, rank=values.RANK[level]) if mark.classified else None


def _near(mark: IsmMark) -> Standing | None:
    """Plain unclassified text is for everybody; beyond that a US marking says nothing but where it is NODIS."""
    if "ND" in mark.non_ic:
        return Standing.NAMED
    return None if mark.classified or mark.dissem or mark.non_ic or mark.aea else Standing.PUBLIC


def _nations(mark: IsmMark) -> frozenset[str] | None:
    """To whose people it may be given: those it is released to, else the United States, else all."""
    listed = mark.release_to if "USA" in mark.release_to else ("USA",)
    if mark.classified or mark.dissem or mark.caveated:
        return groups.opened_to_read(listed) | {"USA"}
    return frozenset({"USA"}) if mark.non_ic or mark.aea else None


def choices(asked: Handling) -> Iterator[Portion]:
    """The markings that say the level and the nations asked for, and nothing that only their systems know."""
    level = asked.level.name if asked.level and asked.level.system == "ism" else "U"
    if asked.nations is None:
        yield Portion(mark=IsmMark(classification=level))
    elif "USA" in asked.nations:
        given, shown = asked.nations - {"USA"}, asked.shown - asked.nations
        controls = (*(["REL"] if given else []), *(["DISPLAYONLY"] if shown else []))
        if controls and given | shown <= groups.COUNTRIES:
            released = ("USA", *given) if given else ()
            mark = IsmMark(classification=level, dissem=controls, release_to=tuple(released), display_to=tuple(shown))
            yield Portion(mark=mark)
    yield Portion(mark=IsmMark(classification=level, dissem=("NF",)))


def faults(label: Portion) -> tuple[str, ...]:
    """The rules that the portion breaks, and advice."""
    return tuple(map(str, rules.faults(label.mark)))


ISM: Final = System(
    key="ism",
    title="US markings (ISM 2021-NOVr2022-NOV)",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
    faults=faults,
    levels=tuple(values.LEVELS),
)
