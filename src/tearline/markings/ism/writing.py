"""Writes US markings: as a portion mark, as a banner, and in words.

Sections stand in the published order: classification, NATO controls, compartments, special access, atomic energy,
foreign government information, dissemination, other departments. Lists are always written out: the short
portion ``REL`` would take over the list of whatever document the portion is copied into.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from tearline.markings.colours import Colour
from tearline.markings.ism import groups, values
from tearline.markings.ism.mark import OWNER_UNKNOWN, IsmMark

_NATO_PORTIONS: Final = {level: short for short, level in values.NATO_PORTIONS.items()}
_NATO_BANNERS: Final = {level: banner for banner, level in values.NATO_BANNERS.items()}


def banner(mark: IsmMark) -> str:
    """The line at the top and the bottom of every page.

    >>> from tearline.markings.ism.reading import read
    >>> banner(read("(TS//SI-G/TK//OC/NF)"))
    'TOP SECRET//SI-G/TK//ORCON/NOFORN'
    """
    return "//".join([_level(mark, portion=False), *_sections(mark, portion=False)])


def portion(mark: IsmMark) -> str:
    """The mark before a paragraph, in brackets."""
    return f"({'//'.join([_level(mark, portion=True), *_sections(mark, portion=True)])})"


def in_words(mark: IsmMark) -> str:
    """Everything that the marking says, for somebody who does not know the abbreviations."""
    level = values.LEVELS[mark.classification]
    said = [f"{level.banner.lower()}{_whose(mark)} ({level.meaning})" if mark.classified else level.meaning]
    said += [f"compartment {token}" for token in mark.sci]
    said += [f"special access programme {token.removeprefix('SAR-')}" for token in mark.sar]
    said += [f"NATO control {token.removeprefix('NATO-')}" for token in mark.non_us]
    said += [f"atomic energy: {token}" for token in mark.aea]
    if mark.fgi_protected:
        said.append("from a foreign government that must not be named")
    elif mark.fgi_open:
        said.append(f"from the governments of {', '.join(mark.fgi_open)}")
    said += [_meaning(mark, token) for token in mark.dissem]
    said += [values.NON_IC[t].meaning if t in values.NON_IC else f"measures {t[5:]}" for t in mark.non_ic]
    return "; ".join(said)


def colour(mark: IsmMark) -> Colour:
    """The colour by convention; it never stands alone."""
    match mark.classification:
        case "TS":
            return Colour.YELLOW if mark.sci else Colour.ORANGE
        case "S":
            return Colour.RED
        case "C" | "R":
            return Colour.BLUE
        case _:
            return Colour.GREEN


def _whose(mark: IsmMark) -> str:
    if mark.owners == ("USA",):
        return ""
    if OWNER_UNKNOWN in mark.owners:
        return ", foreign, whose must not be said"
    return f" of {', '.join(mark.owners)}"


def _meaning(mark: IsmMark, token: str) -> str:
    meaning = values.DISSEM[token].meaning
    countries = mark.display_to if token == "DISPLAYONLY" else mark.release_to
    if token not in ("REL", "EYES", "DISPLAYONLY"):
        return meaning
    names = [f"{each} ({groups.GROUPS[each].name})" if each in groups.GROUPS else each for each in countries]
    return f"{meaning} {', '.join(names) or 'nobody: the list is missing'}"


def _level(mark: IsmMark, *, portion: bool) -> str:
    word = values.LEVELS[mark.classification]
    level = word.portion if portion else word.banner
    if mark.owners == ("USA",):
        return level
    if mark.owners == ("NATO",):
        return "//" + (_NATO_PORTIONS if portion else _NATO_BANNERS)[mark.classification]
    if len(mark.owners) == 1:
        return f"//{mark.owners[0]} {level}"
    return f"//JOINT {level} {' '.join(sorted(mark.owners))}"


def _sections(mark: IsmMark, *, portion: bool) -> Iterable[str]:
    written = (
        "/".join(token.removeprefix("NATO-") for token in mark.non_us),
        _sci(mark.sci),
        "/".join(f"SAR-{token.removeprefix('SAR-')}" for token in mark.sar),
        _aea(mark.aea, portion=portion),
        _fgi(mark),
        "/".join(_control(mark, token, portion=portion) for token in mark.dissem),
        "/".join(_non_ic(token, portion=portion) for token in mark.non_ic),
    )
    return (section for section in written if section)


def _sci(tokens: Iterable[str]) -> str:
    systems = []
    for system, inside in groupby(sorted(tokens), key=lambda token: token.split("-")[0]):
        parts = [token.split("-")[1:] for token in inside]
        compartments = []
        for name, within in groupby((part for part in parts if part), key=lambda part: part[0]):
            inner = [part[1] for part in within if len(part) > 1]
            compartments.append(" ".join([name, *inner]))
        systems.append("-".join([system, *compartments]))
    return "/".join(systems)


def _aea(tokens: tuple[str, ...], *, portion: bool) -> str:
    written = []
    for kind in ("RD", "FRD"):
        numbers = [token.removeprefix(f"{kind}-SG-") for token in tokens if token.startswith(f"{kind}-SG-")]
        if any(token == kind or token.startswith(f"{kind}-") for token in tokens):
            design = "-CNWDI" if f"{kind}-CNWDI" in tokens else ""
            sigma = f"-{'SG' if portion else 'SIGMA'} {' '.join(numbers)}" if numbers else ""
            written.append(kind + design + sigma)
    written += [token if portion else values.AEA_BANNERS[token] for token in tokens if token in values.AEA_BANNERS]
    return "/".join(written)


def _fgi(mark: IsmMark) -> str:
    """The section of foreign government information: one protected source hides every name."""
    if (mark.fgi_protected and OWNER_UNKNOWN not in mark.owners) or "UNKNOWN" in mark.fgi_open:
        return "FGI"
    return f"FGI {' '.join(mark.fgi_open)}" if mark.fgi_open and not mark.fgi_protected else ""


def _control(mark: IsmMark, token: str, *, portion: bool) -> str:
    if token == "REL" and mark.release_to:
        return f"REL TO {', '.join(mark.release_to)}"
    if token == "EYES" and mark.release_to:
        return f"{'/'.join(mark.release_to)} EYES ONLY"
    if token == "DISPLAYONLY" and mark.display_to:
        return f"DISPLAY ONLY {', '.join(mark.display_to)}"
    word = values.DISSEM[token]
    return word.portion if portion else word.banner


def _non_ic(token: str, *, portion: bool) -> str:
    word = values.NON_IC.get(token)
    return token if word is None else word.portion if portion else word.banner
