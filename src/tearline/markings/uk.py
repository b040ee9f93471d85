"""The United Kingdom's Government Security Classifications: three levels, and caveats on nationality and handling.

There has been no CONFIDENTIAL since 2014: what others call so is held as SECRET, and their RESTRICTED as
OFFICIAL-SENSITIVE, by agreement and never by guess. OFFICIAL-SENSITIVE is a handling marking within OFFICIAL, not a
level. Source: the policy as in force since 2014 and revised in 2023 (from memory; check before relying on a caveat).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.handling import Handling, Level
from tearline.markings.ism.groups import COUNTRIES
from tearline.markings.legible import legible, unknown
from tearline.markings.reading import Admission, Reader
from tearline.markings.system import RolledUp, System, Written

LEVELS: Final = {
    "OFFICIAL": "routine business of government",
    "SECRET": "very sensitive: needs heightened protection against capable adversaries",
    "TOP SECRET": "the most sensitive: needs the highest protection",
}
RANK: Final = {level: place for place, level in enumerate(LEVELS)}
SENSITIVE: Final = "OFFICIAL-SENSITIVE"
DESCRIPTORS: Final = ("COMMERCIAL", "LOCSEN", "PERSONAL")
"""What kind of sensitivity it is; for handling, not for access."""

STRAP: Final = ("STRAP 1", "STRAP 2", "STRAP 3")
"""Compartments, each within the one before."""

_SHORT: Final = {"UK": "GBR", "US": "USA"}
_GONE: Final = {"CONFIDENTIAL": "SECRET", "RESTRICTED": SENSITIVE, "PROTECT": SENSITIVE}
_EYES: Final = re.compile(r"(?P<list>[A-Z]+(?:/[A-Z]+)*) EYES ONLY")


@attrs.frozen(kw_only=True)
class Uk:
    """A UK marking.

    Attributes:
        sensitive: Of OFFICIAL only.
        strap: 0 to 3.
        eyes: Nations, as trigraphs; ``None``: no caveat; empty: nobody, where two lists have nothing in common.
    """

    level: str
    sensitive: bool = False
    descriptors: frozenset[str] = frozenset()
    strap: int = 0
    eyes: frozenset[str] | None = None
    received: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.level not in LEVELS:
            raise unknown("UK level", self.level, LEVELS)
        if self.sensitive and self.level != "OFFICIAL":
            raise InputError("SENSITIVE stands with OFFICIAL only")
        if self.strap and self.level == "OFFICIAL":
            raise InputError("STRAP stands with SECRET and TOP SECRET only")
        if not 0 <= self.strap <= len(STRAP):
            raise InputError(f"STRAP {self.strap}: there are 1, 2 and 3")
        for nation in self.eyes or ():
            if nation not in COUNTRIES:
                raise unknown("nation", nation, [*_SHORT, *COUNTRIES])


def read(text: str) -> Uk:
    """A marking such as ``UK OFFICIAL-SENSITIVE - COMMERCIAL`` or ``UK SECRET - STRAP 1 - UK/US EYES ONLY``.

    Raises:
        InputError: Anything in it is not exactly known, or is a level that was given up.
    """
    plain = legible(text)
    bare = plain[1:-1] if plain[0] == "(" and plain[-1] == ")" else plain
    first, *caveats = bare.removeprefix("UK ").split(" - ")
    if first in _GONE:
        raise InputError(f"the UK has had no {first} since 2014; by agreement it may be held as {_GONE[first]}")
    sensitive = first == SENSITIVE
    if not sensitive and first not in LEVELS:
        raise unknown("UK level", first, [*LEVELS, SENSITIVE])
    fields: dict[str, object] = {}
    descriptors: list[str] = []
    for caveat in caveats:
        if caveat in DESCRIPTORS and caveat not in descriptors:
            descriptors.append(caveat)
        elif caveat in STRAP and "strap" not in fields:
            fields["strap"] = 1 + STRAP.index(caveat)
        elif (eyes := _EYES.fullmatch(caveat)) and "eyes" not in fields:
            nations = eyes["list"].split("/")
            fields["eyes"] = frozenset() if nations == ["NO"] else frozenset(_SHORT.get(n, n) for n in nations)
        else:
            raise unknown("UK caveat", caveat, [*DESCRIPTORS, *STRAP, "UK EYES ONLY", "UK/US EYES ONLY"], "or twice")
    level = "OFFICIAL" if sensitive else first
    return Uk(level=level, sensitive=sensitive, descriptors=frozenset(descriptors), received=text, **fields)  # type: ignore[arg-type]


def write(label: Uk) -> Written:
    """Every form of a marking."""
    parts = ["UK " + (SENSITIVE if label.sensitive else label.level), *sorted(label.descriptors)]
    if label.strap:
        parts.append(STRAP[label.strap - 1])
    if label.eyes is not None:
        parts.append(f"{_nations(label.eyes)} EYES ONLY")
    banner = " - ".join(parts)
    words = [LEVELS[label.level] + ("; sensitive, for those who need to know" if label.sensitive else "")]
    words += [f"kind: {each.lower()}" for each in sorted(label.descriptors)]
    words += [f"compartment {STRAP[label.strap - 1]}"] if label.strap else []
    words += [] if label.eyes is None else [f"for nationals of {', '.join(sorted(label.eyes)) or 'nobody'} only"]
    return Written(banner=banner, portion=f"({banner})", words="; ".join(words))


def _nations(nations: frozenset[str]) -> str:
    """The United Kingdom first, then the others; ``NO`` where nobody is left."""
    short = {code: name for name, code in _SHORT.items()}
    ordered = sorted(nations, key=lambda code: (code != "GBR", short.get(code, code)))
    return "/".join(short.get(code, code) for code in ordered) or "NO"


def roll_up(labels: Sequence[Uk], today: dt.date) -> RolledUp[Uk]:
    """The highest level with every caveat; eyes-only lists meet."""
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    level = max((label.level for label in labels), key=RANK.__getitem__)
    lists = [label.eyes for label in labels if label.eyes is not None]
    if lists and any(label.eyes is None and RANK[label.level] for label in labels):
        lists.append(frozenset({"GBR"}))  # what is classified and carries no list has been released to nobody abroad
    found = Uk(
        level=level,
        sensitive=level == "OFFICIAL" and any(label.sensitive for label in labels),
        descriptors=frozenset[str]().union(*(label.descriptors for label in labels)),
        strap=max(label.strap for label in labels),
        eyes=frozenset.intersection(*lists) if lists else None,
    )
    numbers = ", ".join(str(n) for n, label in enumerate(labels, 1) if label.level == level)
    reasons = [f"{level}: label {numbers}"]
    if found.eyes is not None:
        reasons.append(f"{_nations(found.eyes)} EYES ONLY: that is what the lists have in common")
    return RolledUp(label=found, reasons=tuple(reasons))


def admits(label: Uk, reader: Reader) -> Admission:
    """Whether the reader is in government, cleared, read in and of the right nation."""
    refusals = []
    held = reader.clearance.get("uk", "OFFICIAL")
    if RANK.get(held, 0) < RANK[label.level]:
        refusals.append(f"not cleared for UK {label.level}")
    if label.strap and not set(STRAP[label.strap - 1 :]) & reader.accesses:
        refusals.append(f"not read into {STRAP[label.strap - 1]}")
    if label.eyes is not None and not (reader.countries & label.eyes and reader.serves in label.eyes):
        refusals.append(f"{_nations(label.eyes)} EYES ONLY")
    if not reader.serves:
        refusals.append("for those in government who need to know")
    return Admission(refusals=tuple(refusals))


def handling(label: Uk) -> Handling:
    """What the marking lets recipients do. Above OFFICIAL, nobody abroad has it by the marking alone."""
    needs = {f"uk {STRAP[place]}" for place in range(label.strap)} | {f"uk {d}" for d in label.descriptors}
    return Handling(
        level=_level(label),
        near=None,
        nations=label.eyes if label.eyes is not None or label.level == "OFFICIAL" else frozenset({"GBR"}),
        needs=frozenset(needs),
    )


def _level(label: Uk) -> Level | None:
    """The level as a reader meets it: OFFICIAL-SENSITIVE asks more than OFFICIAL, and less than SECRET."""
    if label.sensitive:
        return Level(system="uk", name=SENSITIVE, rank=1)
    return Level(system="uk", name=label.level, rank=1 + RANK[label.level]) if RANK[label.level] else None


def choices(asked: Handling) -> Iterator[Uk]:
    """The level and the nations asked for."""
    level = asked.level.name if asked.level and asked.level.system == "uk" else "OFFICIAL"
    held = level.replace(SENSITIVE, "OFFICIAL")
    if asked.nations is None or asked.nations <= COUNTRIES:
        yield Uk(level=held, sensitive=level == SENSITIVE, eyes=asked.nations)


UK: Final = System(
    key="uk",
    title="UK Government Security Classifications",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
    levels=tuple(LEVELS),
)
