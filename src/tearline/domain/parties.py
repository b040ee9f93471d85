"""Who shares, who listens in, and the ways in which what is handed to one is read by another."""

import datetime as dt
from enum import Enum

import attrs

from tearline.domain.cleared import Cleared
from tearline.domain.grades import Interval, Trust
from tearline.domain.names import CauseId, OrganisationId, PartyId


class PartyKind(Enum):
    """A state or service, the public (press, a speech), or a body that oversees us (never a third party)."""

    STATE = "state"
    PUBLIC = "public"
    OVERSIGHT = "oversight"


@attrs.frozen(kw_only=True)
class Consulted:
    """How a party is asked for its consent. Its silence is a no, whatever else was agreed.

    Attributes:
        asked_anyway: How likely it is asked about a report like ours though nothing of its own stands
            behind it: 0 where it is asked only when it must be, so that every question points; 1 where it
            is asked about every report of the kind. In between lie rounds in which the question goes with
            others, true ones, each about a report that may go and that its answer would bind.
        answers_in: Days in which it has to answer.
        next_round: The next day on which it is asked anyway.
    """

    asked_anyway: Interval = attrs.field(factory=lambda: Interval.exactly(0.0))
    answers_in: int | None = None
    next_round: dt.date | None = None


@attrs.frozen(kw_only=True)
class Party:
    """One who gives, receives, or may end up reading.

    Attributes:
        hostile: Would use what it works out against our sources.
        handling: Trust that it passes nothing on; ``None``: not stated, and then taken as wary.
        use: Trust that it uses what it gets without harming people, us or the flow.
        in_us: How far we think that it trusts us; ``None``: not stated. For advice only.
        presence: Where it has people who can act.
        shares_with_us: What it gives us, and could stop giving if it were offended.
        consulted: How it is asked; ``None``: only when it must be, with no day set.
        cleared: Who would read there, as marks ask; by default nobody of whom anything is known.
    """

    id: PartyId
    name: str = ""
    kind: PartyKind = PartyKind.STATE
    hostile: bool = False
    handling: Trust | None = None
    use: Trust | None = None
    in_us: Trust | None = None
    presence: tuple[str, ...] = ()
    shares_with_us: tuple[str, ...] = ()
    consulted: Consulted | None = None
    cleared: Cleared = attrs.field(factory=Cleared)

    @property
    def label(self) -> str:
        """The name to print."""
        return self.name or self.id


@attrs.frozen(kw_only=True)
class Organisation:
    """A cell of a partition that is protected as a whole: a ministry, a directorate (gate G5).

    Attributes:
        of: The party whose organisation it is.
        belief: How far a reader may come to believe that the source sits here; ``None``: the default.
    """

    id: OrganisationId
    of: PartyId | None = None
    belief: float | None = None


class Passage(Enum):
    """How something handed to one party comes to be read by another."""

    PENETRATION = "penetration"
    ONWARD = "onward"
    PUBLIC = "public"
    SHARED_SYSTEM = "shared-system"


@attrs.frozen(kw_only=True)
class Cause:
    """What opens several leak paths at once: a broken cipher, a penetrated coalition system.

    Attributes:
        probability: How likely it has happened, or will.
    """

    id: CauseId
    name: str = ""
    probability: Interval

    @property
    def label(self) -> str:
        """The name to print."""
        return self.name or self.id


@attrs.frozen(kw_only=True)
class LeakPath:
    """An edge of the leak graph: what ``giver`` holds, ``to`` may read.

    Attributes:
        probability: How likely it is open by itself, whatever else happens.
        or_if: Causes any of which opens it, too.
    """

    giver: PartyId
    to: PartyId
    how: Passage
    probability: Interval
    or_if: tuple[CauseId, ...] = ()
