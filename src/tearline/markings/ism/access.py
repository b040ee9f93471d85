"""Whether somebody may read what carries a US marking. That is another question than what rolls up.

Source: ISM access rules of ISM-ACES V2021-NOV (ODNI) for dissemination; clearance, compartments and programmes are
needed as ever. Classified material on whose foreign disclosure nobody has decided is for the United States alone:
doubt falls on the source's side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from tearline.markings.ism import groups, values
from tearline.markings.ism.mark import RELEASE, UNCLASSIFIED_NUCLEAR, IsmMark
from tearline.markings.ism.need_to_know import Profile, agencies
from tearline.markings.reading import Admission, Reader

SYSTEM: Final = "ism"

US_GOVERNMENT: Final = frozenset(
    "CIA DHS DIA DNI DOD DOE DOJ DOS FBI NGA NRO NSA NSC STATE TREASURY USAF USARMY USCG USMC USNAVY USSF".split()
)
"""Agencies that ORCON-USGOV lets read beforehand. A working list; the register of agencies rules."""


def admits(mark: IsmMark, reader: Reader, *, orcon: Iterable[Profile] = (), dated: dt.date | None = None) -> Admission:
    """Whether ``reader`` may read what carries ``mark``: every condition must hold.

    Args:
        orcon: The lists that stand with the marking; without one, ORCON lets nobody read.
        dated: When the document was made, as far as known; only then do retired groups count.
    """
    view_only, refusals = _foreign_disclosure(mark, reader, dated)
    refusals = [*_clearance(mark, reader), *refusals, *_originator(mark, reader, orcon)]
    if "ND" in mark.non_ic and reader.standing.name != "NAMED":
        refusals.append("NODIS: only those named may read")
    return Admission(refusals=tuple(refusals), view_only=view_only and not refusals)


def _clearance(mark: IsmMark, reader: Reader) -> Iterator[str]:
    level = "C" if mark.classification == "R" else mark.classification
    held = reader.clearance.get(SYSTEM, "U")
    if values.RANK.get(held, 0) < values.RANK[level]:
        yield f"not cleared for {values.LEVELS[level].banner}"
    nuclear = set(mark.aea) - UNCLASSIFIED_NUCLEAR
    for token in sorted({*mark.sci, *mark.sar, *mark.non_us, *nuclear} - reader.accesses):
        yield f"not read into {token}"


def _is_of_us(reader: Reader) -> bool:
    return "USA" in reader.countries and reader.serves == "USA"


def _foreign_disclosure(mark: IsmMark, reader: Reader, dated: dt.date | None) -> tuple[bool, list[str]]:
    """Whether the reader may only be shown it, and what stands against it."""
    if _is_of_us(reader):
        return False, []
    if not RELEASE & set(mark.dissem):
        if "NF" in mark.dissem or {"SBU-NF", "LES-NF"} & set(mark.non_ic):
            return False, ["NOFORN: for the government of the United States only"]
        if mark.classified or mark.caveated or mark.dissem:
            return False, ["nobody has released it abroad: for the government of the United States only"]
        return False, []
    if _on(mark.release_to if "USA" in mark.release_to else (), reader, dated):
        return False, []
    if _on(mark.display_to, reader, dated):
        return True, []
    return False, ["not on the list of those it is released or shown to"]


def _on(listed: tuple[str, ...], reader: Reader, dated: dt.date | None) -> bool:
    countries = groups.opened_to_read(listed, dated)
    return bool(countries & reader.countries) and (reader.serves == "USA" or reader.serves in countries)


def _originator(mark: IsmMark, reader: Reader, orcon: Iterable[Profile]) -> Iterator[str]:
    if not {"OC", "OC-USGOV"} & set(mark.dissem):
        return
    listed = agencies(orcon)
    if "OC-USGOV" in mark.dissem and reader.serves == "USA" and reader.agency in US_GOVERNMENT:
        return
    if listed is None:
        yield "ORCON: no list of agencies; ask the originator"
    elif reader.agency not in listed:
        yield "ORCON: " + (f"only for {', '.join(sorted(listed))}" if listed else "the lists leave nobody who may read")
