"""Reads US portion marks and banners: ``(S//SI-G/TK//OC/NF)`` and ``SECRET//SI-G/TK//ORCON/NOFORN`` alike.

Sections are divided by ``//``, values within one by ``/``. Every word must be a known one, as it is written: what
is not known is an error with a suggestion. Sections may come in any order here, since a wrong order loosens
nothing; :mod:`tearline.markings.ism.rules` says that it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.ism import groups, values
from tearline.markings.ism.mark import OWNER_UNKNOWN, IsmMark
from tearline.markings.legible import legible, quoted, unknown

_ATOMAL: Final = {"CTS-A": "CTS", "NS-A": "NS", "NC-A": "NC"}
_SECTION: Final = re.compile(r"\s*//\s*")
_EYES: Final = re.compile(r"(?P<list>[A-Z]{2,}(?:/[A-Z]{2,})*) EYES ONLY")
_SIGMA: Final = re.compile(r"(?P<kind>F?RD)(?P<design>-CNWDI)?(?:-(?:SIGMA|SG) (?P<numbers>\d\d(?: \d\d)*))?")
_NON_US: Final = {token.removeprefix("NATO-"): token for token in values.NON_US} | {t: t for t in values.NON_US}
_LEVEL_WORDS: Final = {word.banner: token for token, word in values.LEVELS.items()} | {t: t for t in values.LEVELS}
_DISSEM_WORDS: Final = {
    written: token for token, word in values.DISSEM.items() for written in (word.banner, word.portion, token)
} | {"FOR OFFICIAL USE ONLY": "FOUO"}
_NON_IC_WORDS: Final = {
    written: token for token, word in values.NON_IC.items() for written in (word.banner, word.portion, token)
}
_AEA_WORDS: Final = {banner: token for token, banner in values.AEA_BANNERS.items()} | {
    token: token for token in values.AEA_BANNERS
}
_SAR: Final = "SAR-"
_SAR_IN_FULL: Final = "SPECIAL ACCESS REQUIRED-"

FIELDS: Final = ("non_us", "sci", "sar", "aea", "fgi", "dissem", "non_ic")
"""The sections after the classification, in banner order."""


@attrs.frozen
class Section:
    """One section: which field of a mark it fills, and the parts of the mark that it gives."""

    field: str
    gives: dict[str, object]


def read(text: str) -> IsmMark:
    """Read one portion mark or banner.

    Raises:
        InputError: Anything in it is not exactly known; the message names it.

    >>> read("(S//REL TO USA, AUS)").release_to
    ('USA', 'AUS')
    """
    whole = _bare(legible(text))
    level, *sections = _levels(whole)
    gives = classification(level, foreign=whole.startswith("//"))
    seen = set[str]()
    for section in map(section_of, sections):
        if section.field in seen:
            raise InputError(f"{quoted(whole)} has two sections of one kind; join their values by `/`")
        seen.add(section.field)
        gives |= {key: _joined(gives.get(key, ()), value) for key, value in section.gives.items()}
    return IsmMark(**gives, received=text)  # type: ignore[arg-type]


def _joined(before: object, value: object) -> object:
    return (*before, *value) if isinstance(before, tuple) and isinstance(value, tuple) else value


def _bare(text: str) -> str:
    if text.startswith("(") and ")" in text[:-1]:
        raise InputError(f"{quoted(text)}: give the portion mark alone, without its text")
    if text.startswith("(") != text.endswith(")"):
        raise InputError(f"{quoted(text)} has one bracket only; a portion mark stands in two")
    bare = text[1:-1].strip() if text.startswith("(") else text
    if "(" in bare or ")" in bare:
        raise InputError(f"{quoted(text)} has brackets within; give the portion mark alone, without its text")
    return bare


def _levels(text: str) -> list[str]:
    parts = _SECTION.split(text.removeprefix("//"))
    if "" in parts:
        raise InputError(f"{quoted(text)} has an empty section; between two `//` stands a value")
    return parts


# --- the classification ------------------------------------------------------------------------------------


def classification(text: str, *, foreign: bool) -> dict[str, object]:
    """What the first section says: the level, whose it is, and controls of NATO written with it."""
    if not foreign:
        if text not in _LEVEL_WORDS:
            raise unknown("classification", text, _LEVEL_WORDS, "one of TS, S, C, U; foreign ones begin with `//`")
        return {"classification": _LEVEL_WORDS[text]}
    if nato := _nato(text):
        return nato
    if text.startswith("JOINT "):
        return _joint(text)
    owner, _, level = text.partition(" ")
    if level not in _LEVEL_WORDS:
        raise unknown("foreign classification", text, [*values.NATO_BANNERS, *values.NATO_PORTIONS], "as in `//DEU S`")
    if owner == OWNER_UNKNOWN:
        return {"classification": _LEVEL_WORDS[level], "owners": (OWNER_UNKNOWN,), "fgi_protected": True}
    return {"classification": _LEVEL_WORDS[level], "owners": (_country(owner),)}


def _nato(text: str) -> dict[str, object] | None:
    short = _ATOMAL.get(text, text)
    level = values.NATO_BANNERS.get(short) or values.NATO_PORTIONS.get(short)
    if level is None:
        return None
    return {"classification": level, "owners": ("NATO",), "non_us": ("NATO-ATOMAL",) if short != text else ()}


def _joint(text: str) -> dict[str, object]:
    words = text.split(" ")[1:]
    count = 2 if " ".join(words[:2]) in _LEVEL_WORDS else 1
    level, owners = " ".join(words[:count]), words[count:]
    if level not in _LEVEL_WORDS or len(owners) < 2:
        raise InputError(f"{quoted(text)}: write `JOINT`, the level and two or more owners: `//JOINT S GBR USA`")
    return {"classification": _LEVEL_WORDS[level], "owners": tuple(map(_country, owners))}


def _country(token: str) -> str:
    if not groups.known(token):
        raise unknown("country or group", token, [*groups.COUNTRIES, *groups.GROUPS])
    return token


# --- the other sections ------------------------------------------------------------------------------------


def section_of(text: str) -> Section:
    """One section after the first. Its first value tells which, and all others must be of that kind."""
    for field, is_one, gives in _KINDS:
        if is_one(text):
            return Section(field, gives(text))
    known = [*_DISSEM_WORDS, *_NON_IC_WORDS, *values.SCI, *_AEA_WORDS, *_NON_US, "RD", "FRD", "FGI", "REL TO USA, "]
    raise unknown("value", text.split("/")[0], known, "is it in another system?")


def _is_dissem(text: str) -> bool:
    first = text.split("/")[0]
    begins = first.startswith(("REL TO ", "DISPLAY ONLY ")) or first in ("REL TO", "USA", *groups.FIVE_EYES)
    return begins or first in _DISSEM_WORDS or _EYES.match(text) is not None


def _dissem(text: str) -> dict[str, object]:
    tokens: list[str] = []
    gives: dict[str, object] = {}
    if eyes := _EYES.search(text):
        listed = _eyes_list(eyes["list"])
        gives["release_to"] = listed
        tokens.append("EYES")
        text = text.replace(f"{'/'.join(listed)} EYES ONLY", "EYES", 1)
    for word in text.split("/"):
        token, countries = _control(word)
        if token in tokens and word != "EYES":
            raise InputError(f"{quoted(word)} stands twice in one section")
        tokens.append(token)
        if countries and (key := "display_to" if token == "DISPLAYONLY" else "release_to") in gives:
            raise InputError(f"two lists of countries in {quoted(text)}: REL and EYES exclude one another ({key})")
        if countries:
            gives[key] = countries
    return {"dissem": tuple(tokens), **gives}


def _eyes_list(text: str) -> tuple[str, ...]:
    """The countries before ``EYES ONLY``: as many words before it as are countries."""
    words = text.split("/")
    listed: list[str] = []
    while words and groups.known(words[-1]):
        listed.insert(0, words.pop())
    if not listed:
        raise unknown("country or group", text.split("/")[-1], groups.FIVE_EYES)
    return tuple(listed)


def _control(word: str) -> tuple[str, tuple[str, ...]]:
    for prefix, token in (("REL TO ", "REL"), ("DISPLAY ONLY ", "DISPLAYONLY")):
        if word.startswith(prefix):
            return token, tuple(_country(each.strip()) for each in word.removeprefix(prefix).split(","))
    if word not in _DISSEM_WORDS:
        raise unknown("dissemination control", word, _DISSEM_WORDS, "one section holds values of one kind")
    return _DISSEM_WORDS[word], ()


def _is_non_ic(text: str) -> bool:
    first = text.split("/")[0]
    return first in _NON_IC_WORDS or first.startswith("ACCM-")


def _non_ic(text: str) -> dict[str, object]:
    return {"non_ic": tuple(map(_other_department, text.split("/")))}


def _other_department(word: str) -> str:
    if word.startswith("ACCM-"):
        return word
    if word not in _NON_IC_WORDS:
        raise unknown("marking of another department", word, _NON_IC_WORDS)
    return _NON_IC_WORDS[word]


_SYSTEMS: Final = frozenset(token.split("-")[0] for token in values.SCI)


def _is_sci(text: str) -> bool:
    return re.split("[-/ ]", text)[0] in _SYSTEMS


def _sci(text: str) -> dict[str, object]:
    """Control systems joined by ``/``, compartments by ``-``, sub-compartments by blanks: ``SI-G ABCD-NK/TK``."""
    found: list[str] = []
    for part in text.split("/"):
        system, *compartments = part.split("-")
        found.append(system)
        for compartment in compartments:
            name, *inner = compartment.split(" ")
            found += [f"{system}-{name}", *(f"{system}-{name}-{each}" for each in inner)]
    return {"sci": tuple(found)}


def _is_sar(text: str) -> bool:
    return text.startswith((_SAR, _SAR_IN_FULL))


def _sar(text: str) -> dict[str, object]:
    names = [name.removeprefix(_SAR_IN_FULL).removeprefix(_SAR) for name in text.split("/")]
    return {"sar": tuple(_SAR + name for name in names)}


def _is_aea(text: str) -> bool:
    first = text.split("/")[0]
    return first in _AEA_WORDS or re.match(r"F?RD(-|$)", first) is not None


def _aea(text: str) -> dict[str, object]:
    found: list[str] = []
    for word in text.split("/"):
        if word in _AEA_WORDS:
            found.append(_AEA_WORDS[word])
        elif parts := _SIGMA.fullmatch(word):
            kind = parts["kind"]
            found += [kind, *([kind + parts["design"]] if parts["design"] else [])]
            found += [f"{kind}-SG-{number}" for number in (parts["numbers"] or "").split()]
        else:
            raise unknown("atomic energy marking", word, [*_AEA_WORDS, "RD", "FRD", "RD-CNWDI", "RD-SIGMA 14"])
    return {"aea": tuple(found)}


def _is_fgi(text: str) -> bool:
    return text == "FGI" or text.startswith("FGI ")


def _fgi(text: str) -> dict[str, object]:
    if text == "FGI":
        return {"fgi_protected": True}
    return {"fgi_open": tuple(map(_country, text.removeprefix("FGI ").split(" ")))}


def _is_non_us(text: str) -> bool:
    return text.split("/")[0] in _NON_US


def _non_us(text: str) -> dict[str, object]:
    for word in text.split("/"):
        if word not in _NON_US:
            raise unknown("NATO control", word, _NON_US)
    return {"non_us": tuple(_NON_US[word] for word in text.split("/"))}


_KINDS: Final[tuple[tuple[str, Callable[[str], bool], Callable[[str], dict[str, object]]], ...]] = (
    ("non_us", _is_non_us, _non_us),
    ("sci", _is_sci, _sci),
    ("sar", _is_sar, _sar),
    ("aea", _is_aea, _aea),
    ("fgi", _is_fgi, _fgi),
    ("dissem", _is_dissem, _dissem),
    ("non_ic", _is_non_ic, _non_ic),
)
