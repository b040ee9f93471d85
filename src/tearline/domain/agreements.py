"""What parties have agreed to share as a matter of course: on what, in which form, how much, until when."""

import datetime as dt
from enum import Enum

import attrs

from tearline.domain.forms import Form, Purpose
from tearline.domain.names import AgreementId, PartyId, TopicId
from tearline.domain.sources import Permission


class Direction(Enum):
    """Who gives under an agreement."""

    BOTH = "both"
    US = "us"
    THEM = "them"


@attrs.frozen(kw_only=True)
class Quota:
    """So many releases at most in any so many days."""

    count: int
    days: int


@attrs.frozen(kw_only=True)
class Signature:
    """A party's signature.

    Attributes:
        by: The person who signed for it.
    """

    party: PartyId
    by: str
    on: dt.date


@attrs.frozen(kw_only=True)
class Agreement:
    """A standing arrangement. It covers what it names and nothing else.

    Attributes:
        parties: With whom, besides us.
        topics: What it is about; a claim belongs under it only if it states one of them.
        forms: How.
        purposes: Why; empty: any.
        gives: Who gives under it.
        permits: What a recipient may do beyond reading.
        quota: How much we give under it; ``None``: no limit.
        their_quota: How much they give.
        since, until: Its first and last day; ``None``: open.
        suspended: Nothing goes under it from that day on.
        signed: It is in force for a party only once that party and we have signed.
        single_officer: Whether one officer may propose and clear what it covers.
        text: What it is, in words.
    """

    id: AgreementId
    parties: tuple[PartyId, ...]
    topics: tuple[TopicId, ...]
    forms: tuple[Form, ...]
    purposes: tuple[Purpose, ...] = ()
    gives: Direction = Direction.BOTH
    permits: tuple[Permission, ...] = ()
    quota: Quota | None = None
    their_quota: Quota | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    suspended: dt.date | None = None
    signed: tuple[Signature, ...] = ()
    single_officer: bool = False
    text: str = ""
