"""What partners give each other: favours, dossiers received, asks, topics of routine exchange, offers to swap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.domain.grades import Interval, Spelling
from tearline.domain.names import ClaimId, PartyId, fixed

HALVES_IN = 180
"""Days in which a favour fades by half, if nobody says otherwise."""

MOST_WORTH = 1e9
"""No favour is worth more."""

UNJUDGED = Interval.between(0, 1)
"""A chance of which nobody has said anything."""


@attrs.frozen
class Worth:
    """What something is worth, known only to lie between two edges; in units of a claim's value (0 to 10 a claim).

    Attributes:
        lo, mid, hi: ``0 <= lo <= mid <= hi``.
        spelled: As it was written.

    >>> Worth.exactly(3)
    Worth(lo=3, mid=3, hi=3)
    """

    lo: float
    mid: float
    hi: float
    spelled: Spelling | tuple[float, float, float] = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.lo <= self.mid <= self.hi <= MOST_WORTH:  # also false for NaN
            raise ValueError(f"not an interval of worth: [{self.lo}, {self.mid}, {self.hi}]")

    @classmethod
    def exactly(cls, point: float) -> Worth:
        """Without doubt."""
        return cls(point, point, point, spelled=(point, point, point))

    def times(self, factor: float) -> Worth:
        """So many times as much; ``factor`` is not negative."""
        return Worth(self.lo * factor, self.mid * factor, self.hi * factor)

    def plus(self, other: Worth) -> Worth:
        """Both together."""
        return Worth(self.lo + other.lo, self.mid + other.mid, self.hi + other.hi)


NOTHING = Worth.exactly(0)


class Aside(Enum):
    """What never counts as debt, however much it is worth."""

    GESTURE = "gesture"
    DUTY_TO_WARN = "duty-to-warn"
    BULK = "bulk"
    CORRECTION = "correction"


@attrs.frozen(kw_only=True)
class Favour:
    """Something given or received.

    Attributes:
        worth: What it is worth to us to have it, or what we think that it is worth to them.
        their_worth: What we think they hold it to be worth, where that differs.
        aside: Why it is outside the bill.
        halves_in: Days in which it fades by half.
        promised: The day on which it was promised.
        officer: By whose hand it came: a channel dies with the person.
        asked: What was asked for in return.
    """

    giver: PartyId
    to: PartyId
    on: dt.date
    topic: str
    worth: Worth
    their_worth: Worth | None = None
    aside: Aside | None = None
    halves_in: int = HALVES_IN
    promised: dt.date | None = None
    officer: str = ""
    asked: str = ""


class Lineage(Enum):
    """What the giver attests, without naming its source: is it the same as ours?"""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class Item:
    """One claim of a dossier that was received.

    Attributes:
        worth: What it would be worth were it new to us.
        held: P(we held it already, as exactly).
        prior: How likely we found it before.
        if_true, if_false: P(they would report it | it is so), and if it is not.
        echo: κ: P(it descends from what we gave, or from a source of ours).
        matches: The claim of ours that says the same.
        carries_variant_of: The party to whom alone we gave it in these words.
        lineage: What the giver attests of its source.
        only_to_us: Nobody else got it in these words, as far as we know.
        checkable: Whether we could find out without the giver; ``None``: nobody has said.
        public: The day on which it stood where everybody can read it.
    """

    id: str
    text: str = ""
    worth: Worth
    held: Interval = UNJUDGED
    prior: float | None = None
    if_true: float = 0.8
    if_false: float = 0.2
    echo: Interval | None = None
    matches: ClaimId | None = None
    carries_variant_of: PartyId | None = None
    lineage: Lineage = Lineage.UNKNOWN
    only_to_us: bool = False
    checkable: bool | None = None
    public: dt.date | None = None


@attrs.frozen(kw_only=True)
class Dossier:
    """Something received, claim by claim.

    Attributes:
        could_hold: What the giver plausibly holds on the topic; ``None``: nobody has said.
        pages: How thick it is.
    """

    id: str
    giver: PartyId
    on: dt.date
    topic: str
    items: tuple[Item, ...]
    could_hold: Worth | None = None
    pages: int | None = None


@attrs.frozen(kw_only=True)
class Choice:
    """What we would do with an answer: a small decision under uncertainty.

    Attributes:
        states: P(each state).
        acts: For each act what it comes to in each state.
        answers: For each answer P(we get it | state); in each state they add up to 1.
    """

    states: Mapping[str, float] = attrs.field(converter=fixed)
    acts: Mapping[str, Mapping[str, float]] = attrs.field(converter=fixed)
    answers: Mapping[str, Mapping[str, float]] = attrs.field(converter=fixed)


@attrs.frozen(kw_only=True)
class Request:
    """Something that we could ask a partner for.

    Attributes:
        worth: What an answer is worth to us; ``None``: follows from ``choice``.
        holds: P(they have it).
        agrees: P(they would give it, if they have it); ``None``: as willing as the partner is.
        cost: What asking shows of our interest, and the debt it leaves, in the same units.
    """

    id: str
    of: PartyId
    what: str
    topic: str = ""
    worth: Worth | None = None
    choice: Choice | None = None
    holds: Interval = UNJUDGED
    agrees: Interval | None = None
    cost: float = 0.0


@attrs.frozen(kw_only=True)
class Capability:
    """A way of getting it that one could hand to the other: then each produces for itself.

    Attributes:
        by: Who has it.
        cost: What a unit costs whoever has been given it.
        exposure: What handing it over costs the giver: it cannot be taken back.
    """

    by: PartyId
    cost: float
    exposure: float = 0.0


@attrs.frozen(kw_only=True)
class Topic:
    """What two parties both need to cover, and what that costs each.

    Attributes:
        need: Units of coverage that each needs.
        critical: Two independent producers are needed.
        costs: What a unit costs each party.
        exposure: What it costs each to hand its coverage over, all together.
        capability: What could be handed over in place of its product.
        joint: What a unit costs if both work together, each paying half.
    """

    id: str
    need: float
    critical: bool = False
    costs: Mapping[PartyId, float] = attrs.field(converter=fixed)
    exposure: Mapping[PartyId, float] = attrs.field(converter=fixed, factory=dict)
    capability: Capability | None = None
    joint: float | None = None


class OfferKind(Enum):
    """What is on offer: a product, the capability behind it, or to work on it together."""

    PRODUCT = "product"
    CAPABILITY = "capability"
    JOINT_WORK = "joint-work"


@attrs.frozen(kw_only=True)
class Offer:
    """Something that a party could give in a swap.

    Attributes:
        worth: To whom it is worth how much.
        cost: What giving it costs the giver.
        originators: Who must agree besides the giver.
        agreed, declined: Who of them has answered.
    """

    id: str
    by: PartyId
    what: str = ""
    kind: OfferKind = OfferKind.PRODUCT
    worth: Mapping[PartyId, float] = attrs.field(converter=fixed)
    cost: float = 0.0
    originators: tuple[PartyId, ...] = ()
    agreed: tuple[PartyId, ...] = ()
    declined: tuple[PartyId, ...] = ()
