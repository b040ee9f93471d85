"""Countries and groups of countries as they stand on US release lists.

A *trigraph* names a country, a *tetragraph* (any longer word) a group. Rolling up and reading open groups
differently, so there are two functions; a single one is how a closed group gets opened by mistake.

Source: ISMCAT of November 2022 (ODNI, public release) for groups, with groups inside groups opened; the GENC
trigraphs of the published release list for countries. Membership is as of :data:`AS_OF`: NATO has 30 members here.
The live register may differ, and a release is judged by the list of its own date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from enum import Enum
from typing import Final

import attrs

AS_OF: Final = dt.date(2022, 11, 2)
"""The day as of which the groups are given."""

COUNTRIES: Final[frozenset[str]] = frozenset(
    """
    ABW AFG AGO AIA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AX2 AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH
    BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPT CPV CRI
    CUB CUW CXR CYM CYP CZE DEU DGA DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB
    GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT
    IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU
    LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM
    NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT
    REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR
    TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR URY USA UZB VAT VCT VEN VGB VIR VNM VUT
    WLF WSM XAC XAZ XBI XBK XCR XCS XCY XEU XGL XGZ XHO XJA XJM XJN XJV XKM XKN XKR XKS XMW XNV XPL XPR XQP XQZ
    XSP XSV XTR XWB XWK XXD XXX YEM ZAF ZMB ZWE
    """.split()
)
"""Every trigraph that may stand on a list, territories included."""

_NEARLY_EVERYBODY: Final = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN
BWA CAF CAN CHE CHL CHN CIV CMR COD COG COK COL CPV CRI CUB CYP CZE DEU DMA DNK DOM DZA ECU ESP EST ETH FIN
FJI FRA GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HUN IDN IND IRL IRN IRQ ISL ITA JAM JOR JPN
KAZ KEN KGZ KHM KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI
MLT MMR MNE MNG MOZ MRT MUS MWI MYS NER NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRT
PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SRB STP SUR SVK SVN SWE SWZ SYC TGO THA TJK TKM TLS TON
TTO TUN TUR TZA UGA UKR URY USA UZB VAT VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
"""
"""Who has joined both conventions below."""


class Opens(Enum):
    """Whether the members of a group may stand in for it."""

    YES = "yes"
    """Roll-up may open it into its members."""
    NO = "no"
    """It stays closed: who is in it is agreed elsewhere."""
    RETIRED = "retired"
    """No longer given; a document of its time may still carry it."""


@attrs.frozen(kw_only=True)
class Group:
    """A group of countries.

    Attributes:
        members: Trigraphs as far as they are known; empty where a group is only described in words.
        retired: The day after which nothing new may be marked with it.
    """

    token: str
    name: str
    opens: Opens
    members: frozenset[str] = frozenset()
    retired: dt.date | None = None


def _open(token: str, name: str, members: str) -> Group:
    return Group(token=token, name=name, opens=Opens.YES, members=frozenset(members.split()))


def _closed(token: str, name: str) -> Group:
    return Group(token=token, name=name, opens=Opens.NO)


def _retired(token: str, name: str, on: str, members: str = "") -> Group:
    day = dt.date.fromisoformat(on)
    return Group(token=token, name=name, opens=Opens.RETIRED, members=frozenset(members.split()), retired=day)


_ALL: Final[tuple[Group, ...]] = (
    _open("ACGU", "FOUR EYES", "AUS CAN GBR USA"),
    _open(
        "AMSP",
        "AFRICOM Multinational Strategic Partners",
        "AUS AUT BEL CAN DEU DNK ESP EST FIN FRA GBR ITA JPN KOR NLD NOR NZL PRT ROU SWE TUR USA",
    ),
    _open("ASEA", "Association of Southeast Asian Nations (ASEAN)", "BRN IDN KHM LAO MMR MYS PHL SGP THA USA VNM"),
    _open(
        "AUSTRALIA_GROUP",
        "Australia Group",
        (
            "ARG AUS AUT BEL BGR CAN CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA JPN KOR LTU "
            "LUX LVA MLT NLD NOR NZL POL PRT ROU SVK SVN SWE TUR UKR USA"
        ),
    ),
    _open("CFCK", "Combined Forces Command Korea", "KOR USA"),
    _open(
        "CMFC",
        "Combined Maritime Forces Central",
        (
            "ARE AUS BEL BHR BRA CAN DEU DNK EGY ESP FRA GBR GRC IDN IND ITA JOR JPN KOR KWT MYS NLD NOR NZL PAK "
            "PHL PRT QAT SAU SGP SYC THA TUR USA"
        ),
    ),
    _open(
        "CMFP",
        "Cooperative Maritime Forces Pacific",
        "AUS BRN CAN CHL DEU DNK ESP FRA GBR IDN IND ITA JPN KOR MYS NLD NZL PER PHL SGP THA USA",
    ),
    _open("CPMT", "Civilian Protection Monitoring Team for Sudan", "CAN GBR IRL USA"),
    _open(
        "FRME",
        "Counter Violent Extremist Organizations Framework Partners",
        "AUS BEL CAN DEU DNK ESP FRA GBR ITA NLD NOR NZL USA",
    ),
    _open("FVEY", "FIVE EYES", "AUS CAN GBR NZL USA"),
    _open(
        "GMIF",
        "Global Maritime Interception Forces",
        (
            "ALB AUS BEL BGR CAN CZE DEU DNK ESP EST FRA GBR GRC HRV HUN ISL ITA JPN LTU LUX LVA MKD MNE NLD NOR "
            "NZL POL PRT ROU SVK SVN TUR USA"
        ),
    ),
    _open("IMSP", "INDOPACOM Multinational Strategic Partners", "AUS CAN FRA GBR JPN KOR NZL PHL USA"),
    _open("MLEC", "Multi-Lateral Enduring Contingency", "AUS CAN ESP FRA GBR NLD NZL USA"),
    _open(
        "NATO",
        "North Atlantic Treaty Organization",
        (
            "ALB BEL BGR CAN CZE DEU DNK ESP EST FRA GBR GRC HRV HUN ISL ITA LTU LUX LVA MKD MNE NLD NOR POL PRT "
            "ROU SVK SVN TUR USA"
        ),
    ),
    _open(
        "NCFE",
        "NATO CFE Treaty on Conventional Armed Forces in Europe",
        "BEL BGR CAN CZE DEU DNK ESP FRA GBR GRC HUN ISL ITA LUX NLD NOR POL PRT ROU SVK TUR USA",
    ),
    _open(
        "NSG",
        "Nuclear Suppliers' Group",
        (
            "ARG AUS AUT BEL BGR BLR BRA CAN CHE CHN CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ITA JPN "
            "KAZ KOR LTU LUX LVA MLT NLD NOR NZL POL PRT ROU RUS SVK SVN SWE TUR UKR USA ZAF"
        ),
    ),
    _open(
        "OSTY",
        "Open Skies Treaty",
        (
            "BEL BGR BIH BLR CAN CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN ISL ITA LTU LUX LVA NLD NOR POL "
            "PRT ROU RUS SVK SVN SWE TUR UKR USA"
        ),
    ),
    _open(
        "PAWA",
        "Partnership for Actions in West Africa",
        "AUT BEL CAN DEU DNK ESP EST FIN FRA GBR ITA NLD NOR NZL PRT USA",
    ),
    _open("PSMX", "Pacific Security Monitoring Exchange", "AUS CAN DEU FRA GBR JPN KOR NZL USA"),
    _open("TEYE", "THREE EYES", "AUS GBR USA"),
    _open("TFTC", "Terrorist Financing Targeting Center", "ARE BHR KWT OMN QAT SAU USA"),
    _open(
        "UNCK",
        "United Nations Command, Korea",
        "AUS BEL CAN COL DNK FRA GBR GRC ITA KOR NLD NOR NZL PHL THA TUR USA ZAF",
    ),
    _open("BWCS", "Biological Weapons Convention States", _NEARLY_EVERYBODY + " PRK"),
    _open(
        "CWCS",
        "Chemical Weapons Convention States",
        _NEARLY_EVERYBODY + " COM DJI ERI FSM HTI KIR NAM SOM SYR TCD TUV",
    ),
    _closed("APFS", "African Peacekeeping Force Somalia"),
    _closed("CLFC", "Combined Libya Fusion Cell"),
    _closed("CTOC", "Countering Transnational Organized Crime"),
    _closed("EU", "European Union"),
    _closed("GCCH", "Gulf Cooperation Council"),
    _closed("GFNX", "Global Foreign Terrorist Fighter Network Exchange"),
    _closed("IMSC", "International Maritime Security Construct"),
    _closed("IPMC", "INDO PACIFIC Maritime Call"),
    _closed("IRKS", "Inherent Resolve Kinetic Support"),
    _closed("ISSG", "International Syria Support Group"),
    _closed("KFOR", "Stabilization Forces in Kosovo"),
    _closed("MESF", "Middle East Stability Force"),
    _closed("MGEU", "Multinational GEOINT Europe"),
    _closed("MNTF", "Multinational Task Force"),
    _closed("NACT", "North African Counter-Terrorism Forces"),
    _closed("NKIC", "North Korea Intelligence Coalition"),
    _closed("NRDC", "NORDIC"),
    _closed("RISC", "Russia Intelligence Sharing Coalition"),
    _closed("SOFP", "Special Operations Forces Partners"),
    _retired("AOSC", "Athens Olympics Security Coalition", "2005-12-12"),
    _retired("BHTF", "Boko Haram Task Force", "2015-10-27", "USA"),
    _retired("CFOD", "Coalition Forces Odyssey Dawn", "2016-03-17"),
    _retired("CFUP", "Coalition Forces Unified Protector", "2016-03-17"),
    _retired("ECTF", "European Counter-Terrorism Forces", "2016-03-17"),
    _retired("EFOR", "European Union Stabilization Forces in Bosnia", "2016-03-17"),
    _retired("EUDA", "European Union DARFUR", "2016-03-17"),
    _retired("GCTF", "Global Counter-Terrorism Forces", "2016-03-17"),
    _retired("IESC", "International Events Security Coalition", "2016-03-17"),
    _retired("ISAF", "International Security Assistance Force for Afghanistan", "2016-03-17"),
    _retired("MCFI", "Multinational Coalition Forces-Iraq", "2016-03-17"),
    _retired("MIFH", "Multinational Interim Force Haiti", "2016-03-17"),
    _retired("MPFL", "Multinational Peacekeeping Forces", "2016-03-17"),
    _retired("OSAG", "Olympic Security Advisory Group", "2016-03-17"),
    _retired("PGMF", "Persian Gulf Multinational Forces", "2016-03-17"),
    _retired("RSMA", "Resolute Support Mission Afghanistan", "2021-11-03"),
    _retired("SFOR", "Stabilization Force", "2016-03-17"),
    _retired("SPAA", 'SOF Planning Activities in Afghanistan (also called "11-Eyes")', "2021-11-03"),
)

GROUPS: Final[dict[str, Group]] = {group.token: group for group in _ALL}
"""Every group, by its tetragraph."""

FIVE_EYES: Final[frozenset[str]] = GROUPS["FVEY"].members


def known(token: str) -> bool:
    """Whether ``token`` may stand on a release list."""
    return token in COUNTRIES or token in GROUPS


def in_order(tokens: Iterable[str]) -> tuple[str, ...]:
    """A list as it is printed: USA, then countries, then groups, each from A to Z; nothing twice.

    >>> in_order(["NATO", "GBR", "USA", "AUS"])
    ('USA', 'AUS', 'GBR', 'NATO')
    """
    return tuple(sorted(set(tokens), key=lambda token: (token != "USA", token not in COUNTRIES, token)))


def opened_to_roll_up(tokens: Iterable[str]) -> frozenset[str]:
    """A list with those groups opened that roll-up may open; all others stay as they are."""
    return frozenset(each for token in tokens for each in _opened(token, {Opens.YES}))


def opened_to_read(tokens: Collection[str], dated: dt.date | None = None) -> frozenset[str]:
    """The countries whose people a list lets read: every group whose members are known is opened.

    A group that is only described in words lets nobody read, and a retired one only where the document
    is known to be ``dated`` before it was retired.
    """
    groups = (GROUPS[token] for token in tokens if token in GROUPS)
    named = frozenset(token for token in tokens if token in COUNTRIES)
    return named.union(*(group.members for group in groups if _stands(group, dated)))


def _stands(group: Group, dated: dt.date | None) -> bool:
    return group.retired is None or (dated is not None and dated < group.retired)


def _opened(token: str, which: set[Opens]) -> frozenset[str]:
    group = GROUPS.get(token)
    return group.members if group and group.opens in which else frozenset({token})
