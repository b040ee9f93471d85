"""The words of US markings: every value, in the order in which it is printed, with its portion and banner form.

Source: ISM.XML 2021-NOVr2022-NOV (ODNI, public release), and its 2013 edition for older values that still
have to be read. Which section a word stands in follows from the tables, so no word stands in two of them.
"""

from __future__ import annotations

import re
from typing import Final

import attrs


@attrs.frozen(kw_only=True)
class Word:
    """One value: how it is stored, and how it is written in a portion, in a banner and in full."""

    token: str
    portion: str
    banner: str
    meaning: str


def _words(*rows: tuple[str, str, str, str]) -> dict[str, Word]:
    return {row[0]: Word(token=row[0], portion=row[1], banner=row[2], meaning=row[3]) for row in rows}


def _order(table: dict[str, Word]) -> dict[str, int]:
    return {token: place for place, token in enumerate(table)}


LEVELS: Final = _words(
    ("U", "U", "UNCLASSIFIED", "unclassified"),
    ("R", "R", "RESTRICTED", "restricted; foreign only, counts as confidential"),
    ("C", "C", "CONFIDENTIAL", "disclosure could cause damage"),
    ("S", "S", "SECRET", "disclosure could cause serious damage"),
    ("TS", "TS", "TOP SECRET", "disclosure could cause exceptionally grave damage"),
)
"""Levels, from low to high."""

RANK: Final = _order(LEVELS)

NATO_PORTIONS: Final[dict[str, str]] = {"CTS": "TS", "NS": "S", "NC": "C", "NR": "R", "NU": "U"}
"""What stands in a portion for NATO material, by level."""

NATO_BANNERS: Final[dict[str, str]] = {
    "COSMIC TOP SECRET": "TS",
    "NATO SECRET": "S",
    "NATO CONFIDENTIAL": "C",
    "NATO RESTRICTED": "R",
    "NATO UNCLASSIFIED": "U",
}

DISSEM: Final = _words(
    ("RS", "RS", "RSEN", "risk sensitive"),
    ("FOUO", "FOUO", "FOUO", "for official use only"),
    ("OC", "OC", "ORCON", "originator controlled"),
    ("OC-USGOV", "OC-USGOV", "ORCON-USGOV", "originator controlled, US Government approved beforehand"),
    ("IMC", "IMC", "IMCON", "controlled imagery"),
    ("NF", "NF", "NOFORN", "not releasable to foreign nationals"),
    ("PR", "PR", "PROPIN", "proprietary information"),
    ("REL", "REL", "REL", "authorised for release to"),
    ("RELIDO", "RELIDO", "RELIDO", "releasable by an information disclosure official"),
    ("EYES", "EYES", "EYES", "eyes only"),
    ("DSEN", "DSEN", "DEA SENSITIVE", "drug enforcement sensitive"),
    ("RAWFISA", "RAWFISA", "RAWFISA", "raw, under the Foreign Intelligence Surveillance Act"),
    ("FISA", "FISA", "FISA", "under the Foreign Intelligence Surveillance Act"),
    ("DISPLAYONLY", "DISPLAY ONLY", "DISPLAY ONLY", "may be shown but not given to"),
    (
        "EXEMPT_FROM_ICD501_DISCOVERY",
        "EXEMPT FROM ICD501 DISCOVERY",
        "EXEMPT FROM ICD501 DISCOVERY",
        "not to be found by search across agencies",
    ),
    ("WAIVED", "WAIVED", "WAIVED", "waived special access"),
    ("AC", "AC", "AC", "attorney and client"),
    ("AWP", "AWP", "AWP", "attorney's work product"),
    ("DL_ONLY", "DL ONLY", "DL ONLY", "those on a list only"),
    ("FED_ONLY", "FED ONLY", "FED ONLY", "federal employees only"),
    ("FEDCON", "FEDCON", "FEDCON", "federal employees and contractors only"),
    ("NOCON", "NOCON", "NOCON", "no contractors"),
)
"""Dissemination controls. The last six are for controlled unclassified information only."""

NON_IC: Final = _words(
    ("DS", "DS", "LIMDIS", "limited distribution"),
    ("XD", "XD", "EXDIS", "exclusive distribution"),
    ("ND", "ND", "NODIS", "no distribution but to those named"),
    ("SBU", "SBU", "SBU", "sensitive but unclassified"),
    ("SBU-NF", "SBU-NF", "SBU NOFORN", "sensitive but unclassified, no foreigners"),
    ("LES", "LES", "LES", "law enforcement sensitive"),
    ("LES-NF", "LES-NF", "LES NOFORN", "law enforcement sensitive, no foreigners"),
    ("SSI", "SSI", "SSI", "sensitive security information"),
    ("NNPI", "NNPI", "NNPI", "naval nuclear propulsion"),
)
"""Markings of other departments. ``ACCM-`` and a name come after them."""

AEA: Final[tuple[str, ...]] = tuple(
    "RD RD-CNWDI RD-SG-14 RD-SG-15 RD-SG-18 RD-SG-20 FRD FRD-SG-14 FRD-SG-15 FRD-SG-18 FRD-SG-20 DCNI UCNI TFNI".split()
)
"""Atomic energy markings, in banner order."""

AEA_BANNERS: Final[dict[str, str]] = {"DCNI": "DOD UCNI", "UCNI": "DOE UCNI", "TFNI": "TFNI"}
"""Those without parts. ``DOD UCNI`` in the published style sheet; ``DOE UCNI`` by analogy."""

SCI: Final[frozenset[str]] = frozenset(
    (
        "BUR BUR-BLG BUR-DTP BUR-WRG HCS HCS-O HCS-P HCS-X KLM KLM-R MVL RSV SI SI-EU SI-G SI-NK TK TK-BLFH TK-IDIT "
        "TK-KAND EL EL-EU EL-NK KDK KDK-BLFH KDK-IDIT KDK-KAND"
    ).split()
)
"""Published control systems and compartments; EL and KDK are of 2013."""

REGISTERED: Final = re.compile(
    r"SI-[A-Z]{3}(-[A-Z]{4})?|SI-G-[A-Z]{4}|RSV-[A-Z0-9]{3}"
    r"|(TK|KDK)-(BLFH|IDIT|KAND)-[A-Z0-9]{1,6}|HCS-[OPX]-[A-Z0-9]{1,6}|BUR-(BLG|DTP|WRG)-[A-Z0-9]{1,6}"
)
"""What a compartment looks like that is registered without being published."""

SAR: Final = re.compile(r"[A-Z0-9][A-Z0-9_:-]{0,99}")
"""A special access programme; which there are is known only where they are."""

ACCM: Final = re.compile(r"ACCM-[A-Z0-9_-]{1,61}")

NON_US: Final[tuple[str, ...]] = ("NATO-ATOMAL", "NATO-BOHEMIA", "NATO-BALK")
"""Controls of NATO."""

DECLASS_EXCEPTIONS: Final[tuple[str, ...]] = tuple(
    (
        "AEA NATO NATO-AEA 25X1 25X1-EO-12951 25X2 25X3 25X4 25X5 25X6 25X7 25X8 25X9 50X1 50X1-HUM 50X2 50X2-WMD "
        "50X3 50X4 50X5 50X6 50X7 50X8 50X9 75X"
    ).split()
)
"""Why something is not declassified on a date. *25X1* is the damage to pick from: a human source, a relation with
a foreign service, a source that is no person, or how well a method works."""

SECOND_LINE: Final = ("ACPI", "AWP", "CUSPI", "DPPD", "HVCO", "SSS")
"""What may stand on the line below the banner."""


def is_sci(token: str) -> bool:
    """Whether ``token`` is a control system or compartment, published or registered."""
    return token in SCI or REGISTERED.fullmatch(token) is not None
