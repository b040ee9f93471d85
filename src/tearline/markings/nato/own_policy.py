"""The policy of NATO as we know it, for those who have no policy file at hand.

Levels, sensitivities and contexts, and the lists of those to whom NATO material may be released, with the levels at
which it may not. Source: the published NATO policy of 6 November 2015 (facts; the table is our own). It writes BLG
and FYR where others write BGR and MKD. A newer file that your authority gave you comes before this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tearline.markings.nato.policy import NATO_ID, Category, Classification, Kind, Policy, Value

_NONE: Final = frozenset[str]()
_TOP: Final = frozenset({"TOP SECRET"})
_LOW: Final = frozenset({"UNCLASSIFIED"})
_SECRETS: Final = frozenset({"SECRET", "TOP SECRET"})
_ABOVE_UNCLASSIFIED: Final = frozenset({"RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"})
_BELOW_CONFIDENTIAL: Final = frozenset({"UNCLASSIFIED", "RESTRICTED"})

_PARTNERS: Final[tuple[tuple[str, int, str], ...]] = (
    ("AFG", 4, "Afghanistan"),
    ("ALB", 8, "Albania"),
    ("DZA", 12, "Algeria"),
    ("ARM", 51, "Armenia"),
    ("AUS", 36, "Australia"),
    ("AUT", 40, "Austria"),
    ("AZE", 31, "Azerbaijan"),
    ("BHR", 48, "Bahrain"),
    ("BLR", 112, "Belarus"),
    ("BEL", 56, "Belgium"),
    ("BIH", 70, "Bosnia and Herzegovina"),
    ("BLG", 100, "Bulgaria"),
    ("CAN", 124, "Canada"),
    ("COL", 170, "Colombia"),
    ("HRV", 191, "Croatia"),
    ("CZE", 203, "Czech Republic"),
    ("DNK", 208, "Denmark"),
    ("EGY", 818, "Egypt"),
    ("SLV", 222, "El Salvador"),
    ("EST", 233, "Estonia"),
    ("FIN", 246, "Finland"),
    ("FRA", 250, "France"),
    ("GEO", 268, "Georgia"),
    ("DEU", 276, "Germany"),
    ("GRC", 300, "Greece"),
    ("HUN", 348, "Hungary"),
    ("ISL", 352, "Iceland"),
    ("IRQ", 368, "Iraq"),
    ("IRL", 372, "Ireland"),
    ("ISR", 376, "Israel"),
    ("ITA", 380, "Italy"),
    ("JPN", 392, "Japan"),
    ("JOR", 400, "Jordan"),
    ("KAZ", 398, "Kazakhstan"),
    ("KOR", 410, "Korea, Republic of"),
    ("KWT", 414, "Kuwait"),
    ("KGZ", 417, "Kyrgyzstan"),
    ("LVA", 428, "Latvia"),
    ("LTU", 440, "Lithuania"),
    ("LUX", 442, "Luxembourg"),
    ("FYR", 807, "Macedonia, the former Yugoslav Republic of"),
    ("MYS", 458, "Malaysia"),
    ("MLT", 470, "Malta"),
    ("MRT", 478, "Mauritania"),
    ("MDA", 498, "Moldova, Republic of"),
    ("MNG", 496, "Mongolia"),
    ("MNE", 499, "Montenegro"),
    ("MAR", 504, "Morocco"),
    ("NLD", 528, "Netherlands"),
    ("NZL", 554, "New Zealand"),
    ("NOR", 578, "Norway"),
    ("OMN", 512, "Oman"),
    ("PAK", 586, "Pakistan"),
    ("POL", 616, "Poland"),
    ("PRT", 620, "Portugal"),
    ("QAT", 634, "Qatar"),
    ("ROU", 642, "Romania"),
    ("RUS", 643, "Russian Federation"),
    ("SAU", 682, "Saudi Arabia"),
    ("SRB", 688, "Serbia"),
    ("SGP", 702, "Singapore"),
    ("SVK", 703, "Slovakia"),
    ("SVN", 705, "Slovenia"),
    ("ESP", 724, "Spain"),
    ("SWE", 752, "Sweden"),
    ("CHE", 756, "Switzerland"),
    ("TJK", 762, "Tajikistan"),
    ("TON", 776, "Tonga"),
    ("TUN", 788, "Tunisia"),
    ("TUR", 792, "Turkey"),
    ("TKM", 795, "Turkmenistan"),
    ("UKR", 804, "Ukraine"),
    ("ARE", 784, "United Arab Emirates"),
    ("GBR", 826, "United Kingdom"),
    ("USA", 840, "United States of America"),
    ("UZB", 860, "Uzbekistan"),
    ("NATO", 1001, "NATO"),
    ("EAPC", 1101, "EAPC"),
    ("ISAF", 1201, "ISAF"),
    ("IP", 1301, "IP"),
    ("ICI", 1401, "ICI"),
    ("KFOR", 1501, "KFOR"),
    ("MD", 1601, "MD"),
    ("PATG", 1701, "PATG"),
    ("PFP", 1801, "PFP"),
    ("RESOLUTE SUPPORT", 1901, "RESOLUTE SUPPORT"),
    ("PARP", 2001, "PARP"),
    ("NGC", 2101, "NGC"),
    ("NUC", 2201, "NUC"),
    ("NRC", 2301, "NRC"),
)
"""Nations and groups: word, number, and what is printed."""

_EVEN_TOP_SECRET: Final = frozenset({"BEL", "BLG", "CAN", "NOR", "SWE", "NATO"})
_UNCLASSIFIED_ONLY: Final = frozenset("BLR COL IRQ MYS OMN PAK QAT SAU TON EAPC ISAF ICI PATG PFP PARP".split())

SAME_NATION: Final = {"BLG": "BGR", "FYR": "MKD"}
"""Words of the policy for nations that everybody else writes otherwise."""


def _released(hides: frozenset[str] = _NONE) -> Iterable[Value]:
    for name, code, shown in _PARTNERS:
        if name in _EVEN_TOP_SECRET:
            barred = _NONE
        elif name in _UNCLASSIFIED_ONLY:
            barred = _ABOVE_UNCLASSIFIED
        else:
            barred = _SECRETS if name == "SGP" else _TOP
        yield Value(name=name, code=str(code), shown="" if name in hides else shown, not_with=barred)


def _sensitive() -> Iterable[Value]:
    old = {"SIOP ESI", "EXCLUSIVE", "INTELLIGENCE", "LOGISTICS", "OPERATIONS"}
    barred = {"ATOMAL": _BELOW_CONFIDENTIAL, "CRYPTO": _BELOW_CONFIDENTIAL, "SIOP": _NONE, "SIOP ESI": _NONE}
    names = ("ATOMAL", "CRYPTO", "SIOP", "SIOP ESI", "EXCLUSIVE", "INTELLIGENCE", "LOGISTICS", "OPERATIONS", "BOHEMIA")
    for code, name in enumerate(names, 1):
        yield Value(name=name, code=str(code), shown=name, not_with=barred.get(name, _LOW), obsolete=name in old)


def _contexts() -> Iterable[Value]:
    yield Value(name="NATO", code="1001", policy_as="NATO")
    names = ("EAPC", "GEORGIA", "ISAF", "KFOR", "PFP", "RUSSIA", "UKRAINE", "IP", "RESOLUTE SUPPORT")
    for code, name in enumerate(names, 1002):
        yield Value(name=name, code=str(code), policy_as=f"NATO/{name}", not_with=_TOP, obsolete=code > 1007)
    yield Value(name="Releasable", code="10000", not_with=_TOP)


def _informative() -> Iterable[Value]:
    for code, name in enumerate(("MANAGEMENT", "STAFF", "PERSONAL", "MEDICAL", "COMMERCIAL"), 1):
        yield Value(name=name, code=str(code), shown=name)


def _by_name(values: Iterable[Value]) -> dict[str, Value]:
    return {value.name: value for value in values}


def _categories() -> Iterable[Category]:
    yield Category(
        name="Additional Sensitivity",
        set_id="1.3.26.1.4.1",
        kind=Kind.RESTRICTIVE,
        values=_by_name(_sensitive()),
    )
    yield Category(
        name="Releasable To",
        set_id="1.3.26.1.4.2",
        kind=Kind.PERMISSIVE,
        values=_by_name(_released(hides=frozenset({"NATO"}))),
        prefix="Releasable to ",
        between=", ",
    )
    yield Category(
        name="Only",
        set_id="1.3.26.1.4.5",
        kind=Kind.PERMISSIVE,
        values=_by_name(_released()),
        between=", ",
        suffix=" ONLY",
    )
    yield Category(
        name="Administrative",
        set_id="1.3.26.1.4.3",
        kind=Kind.INFORMATIVE,
        values=_by_name(_informative()),
        prefix="- ",
    )
    yield Category(name="Context", set_id="1.3.26.1.4.4", kind=Kind.PERMISSIVE, values=_by_name(_contexts()))


def _classifications() -> Iterable[Classification]:
    for rank, name in enumerate(("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"), 1):
        instead = "COSMIC" if name == "TOP SECRET" else None
        yield Classification(name=name, code=str(rank), hierarchy=rank, policy_as=instead)


NATO_POLICY: Final = Policy(
    name="NATO",
    id=NATO_ID,
    shown="NATO",
    classifications={each.name: each for each in _classifications()},
    categories={each.name: each for each in _categories()},
)
