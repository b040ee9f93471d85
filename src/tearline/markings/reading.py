"""Who would read, and whether a marking lets them: the same two nouns for every label system."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import attrs

from tearline.domain.names import fixed


class Standing(IntEnum):
    """How near a reader is to whoever a text was given to; nearer ones may read more."""

    PUBLIC = 0
    COMMUNITY = 1
    CLIENT = 2
    ORGANISATION = 3
    NAMED = 4


@attrs.frozen(kw_only=True)
class Reader:
    """Somebody who would read. What is not said of a reader is taken not to hold.

    Attributes:
        countries: Affiliations, as trigraphs.
        serves: The country for whose administration the reader works; empty: for none.
        agency: The duty organisation, such as ``CIA``.
        clearance: The highest level it is cleared for, by label system.
        accesses: Compartments, programmes and special categories it is read into.
        groups: Missions and groups it belongs to.
        standing: How near it is to whoever the text was given to.
    """

    countries: frozenset[str] = frozenset()
    serves: str = ""
    agency: str = ""
    clearance: Mapping[str, str] = attrs.field(factory=dict, converter=fixed)
    accesses: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    standing: Standing = Standing.PUBLIC


@attrs.frozen(kw_only=True)
class Admission:
    """Whether a reader is let in, and why not.

    Attributes:
        refusals: Every condition that fails; none: the reader may read.
        view_only: It may be shown, and neither kept nor copied.
    """

    refusals: tuple[str, ...] = ()
    view_only: bool = False

    @property
    def granted(self) -> bool:
        """Whether the reader may read at all."""
        return not self.refusals

    def at_most(self, other: Admission) -> bool:
        """Whether this lets in no more than ``other`` does."""
        if not self.granted:
            return True
        return other.granted and (self.view_only or not other.view_only)
