"""Whom a reader would consider when it asks how we know."""

from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.domain.grades import Interval
from tearline.domain.names import ClaimId, GroupId, OrganisationId, PartyId, fixed


class GroupKind(Enum):
    """What stands behind an explanation.

    A ``PERSONS`` group is made of people who can be suspected, a ``CHANNEL`` is a method (a read
    cipher, a tapped line), ``OTHER`` is an innocent explanation (luck, open sources, somebody else).
    """

    PERSONS = "persons"
    CHANNEL = "channel"
    OTHER = "other"


@attrs.frozen(kw_only=True)
class Group:
    """Candidates whom the reader cannot tell apart before it reads: one explanation, ``count`` strong.

    Attributes:
        count: How many persons; 1 for a channel or an innocent explanation.
        weight: The reader's prior probability for the whole group; ``None`` for persons: an equal
            share, head by head, of what the weighted groups leave.
        suspected: For persons without a weight: how many times as much a head of this group is suspected
            beforehand as one of another.
        within: Organisations (cells) that its members belong to.
        via: For a channel: if the reader believes in it, the probability that somebody of the named
            group is behind it, shared equally among that group.
    """

    id: GroupId
    kind: GroupKind = GroupKind.PERSONS
    count: int = 1
    weight: float | None = None
    suspected: float = 1.0
    within: tuple[OrganisationId, ...] = ()
    via: Mapping[GroupId, float] = attrs.field(converter=fixed, factory=dict)


@attrs.frozen(kw_only=True)
class Reader:
    """One who may end up holding what is released, and how it would reason.

    Attributes:
        id: The party that reads.
        groups: Its candidates. Empty: it reasons as ``like`` does, or as every reader with groups.
        like: The reader whose candidates it borrows.
        roster: A file of candidates; read by an engine that comes later.
        investigates_above: The probability above which it pays this reader to investigate a person
            (cost of an investigation over the gain of a catch); ``None``: the default.
        tries: How many persons it could investigate at once; ``None``: the default.
        purges: Whether it punishes on suspicion alone.
        holds_raw: How likely it holds the report as it was collected, by claim.
    """

    id: PartyId
    groups: tuple[Group, ...] = ()
    like: PartyId | None = None
    roster: str | None = None
    investigates_above: float | None = None
    tries: int | None = None
    purges: bool = False
    holds_raw: Mapping[ClaimId, Interval] = attrs.field(converter=fixed, factory=dict)
