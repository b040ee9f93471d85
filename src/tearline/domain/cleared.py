"""Who would read at a party, as marks ask: clearance, nation, compartments, and how near it is."""

from __future__ import annotations

from enum import Enum

import attrs


class MarkSystem(Enum):
    """A label system in which the marks of a case may be written; one for all of them."""

    ISM = "ism"
    NATO = "nato"
    TLP = "tlp"
    PAP = "pap"
    EUROPOL = "europol"
    UK = "uk"


class Nearness(Enum):
    """How near a party is to whoever a text was given to; nearer ones may read more."""

    PUBLIC = "public"
    COMMUNITY = "community"
    CLIENT = "client"
    ORGANISATION = "organisation"
    NAMED = "named"


@attrs.frozen(kw_only=True)
class Cleared:
    """Who would read at a party. What is not said does not hold: unknown means no.

    Attributes:
        countries: Affiliations, as trigraphs.
        serves: The country for whose administration they work; empty: for none.
        agency: The duty organisation.
        level: The highest level they are cleared for, in the words of the system.
        accesses: Compartments, programmes and special categories they are read into.
        groups: Missions and groups they belong to.
    """

    countries: tuple[str, ...] = ()
    serves: str = ""
    agency: str = ""
    level: str = ""
    accesses: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    nearness: Nearness = Nearness.PUBLIC
