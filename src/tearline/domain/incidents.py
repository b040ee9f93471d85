"""Something got out: what may have been said or taken, who says so, and what it could cost.

An incident refers to a case, which knows sources, readers and wordings. It adds what is known of the
disclosure, and nothing that an engine can work out: beliefs, damage and its legal word are answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs

from tearline.domain.grades import Interval, Reliability
from tearline.domain.names import ClaimId, PartyId, SourceId, VersionId, fixed
from tearline.domain.parties import LeakPath
from tearline.domain.sources import SourceKind

NEVER: Final = Interval.exactly(0.0)
UNKNOWN: Final = Interval.between(0.0, 1.0)

MOST_ACCOUNTS: Final = 8
"""More accounts than these are refused: few are independent."""

TO_HOLD: Final = "hold"
"""What it is called to do nothing for a source for the time being. It is always among the choices."""


class IncidentKind(Enum):
    """How it got out."""

    OFF_SCRIPT = "off-script"
    PRESS_LEAK = "press-leak"
    MOLE = "mole"
    THEFT = "theft"
    LOST_DEVICE = "lost-device"
    PUBLICATION = "publication"

    @property
    def is_spoken(self) -> bool:
        """Whether somebody chose words: then how exact they were is the question, else how much went."""
        return self in (IncidentKind.OFF_SCRIPT, IncidentKind.PRESS_LEAK, IncidentKind.PUBLICATION)


class Looseness(Enum):
    """How freely somebody spoke, over all that was said."""

    GUARDED = "guarded"
    USUAL = "usual"
    LOOSE = "loose"


class Motive(Enum):
    """What whoever gives an account would rather have us believe."""

    NONE = "none"
    PLAY_DOWN = "play-down"
    PLAY_UP = "play-up"


class Rank(Enum):
    """What one year of a source is worth, set against an ordinary one. Ranks, not prices."""

    ORDINARY = "ordinary"
    USEFUL = "useful"
    IMPORTANT = "important"
    IRREPLACEABLE = "irreplaceable"


@attrs.frozen(kw_only=True)
class Account:
    """What somebody says was said or taken, or was not.

    Attributes:
        says: By claim, how likely such an account comes if that version was said; versions that are not
            named: not at all. An account of one version names it with 1.
        denies: By claim, the vaguest version that is denied, and with it every more exact one.
        on: From when on it is known; ``None``: from the start.
    """

    id: str
    by: str
    says: Mapping[ClaimId, Mapping[VersionId, float]] = attrs.field(converter=fixed, factory=dict)
    denies: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed, factory=dict)
    reliability: Reliability = Reliability.F
    motive: Motive = Motive.NONE
    on: dt.date | None = None


@attrs.frozen(kw_only=True)
class Stake:
    """What is at stake in one source, or in what a partner gives us.

    Attributes:
        worth: What one year of it is worth.
        years: For how many more years it would have gone on.
        hours_to_harm: How soon somebody could be hurt, or the take end; ``None``: the table's for its kind.
        named: For a source: how likely what came out names it in clear, so that nothing need be worked out.
        stops: For a partner: how likely it stops sharing over this.
    """

    worth: Rank = Rank.ORDINARY
    years: tuple[float, float] = (1.0, 5.0)
    hours_to_harm: float | None = None
    named: Interval = NEVER
    stops: Interval = NEVER


@attrs.frozen(kw_only=True)
class Beside:
    """Sources that the case does not describe one by one: so many, with how exposed they are judged to be.

    Attributes:
        count: How many.
        accessible, taken, published: How much likelier a hostile reader has worked out one of them: had it
            seen everything that lay open, given what was probably taken, from what is in print.
        because: What the judgement rests on.
    """

    id: str
    kind: SourceKind
    count: tuple[float, float]
    worth: Rank = Rank.ORDINARY
    years: tuple[float, float] = (1.0, 5.0)
    accessible: Interval
    taken: Interval
    published: Interval
    because: str = ""


@attrs.frozen(kw_only=True)
class Rival:
    """Another cause that would explain a harm; ``explains``: how likely the harm was, had that been at work."""

    what: str
    explains: Interval


@attrs.frozen(kw_only=True)
class RealisedHarm:
    """Something that has happened since, and what else could be behind it.

    Attributes:
        source: Whom or what it befell.
        explains: How likely it was to happen, had a hostile reader worked the source out.
        checked: Who of ours has looked into it; empty: a claim that nobody has checked, shown and not counted.
    """

    source: SourceId
    what: str
    explains: Interval
    rivals: tuple[Rival, ...] = ()
    checked: str = ""
    on: dt.date | None = None


@attrs.frozen(kw_only=True)
class Witness:
    """Somebody who could be asked what was said of one claim.

    Attributes:
        cost: What asking costs, in standard source-years: to ask is itself to tell.
    """

    whom: str
    about: ClaimId
    reliability: Reliability = Reliability.F
    motive: Motive = Motive.NONE
    cost: float = 0.0


@attrs.frozen(kw_only=True)
class Measure:
    """Something that can be done for a source.

    Attributes:
        name: In a word or two; to hold is always among the choices.
        costs: The share of its value that is lost by doing it, exposed or not.
        saves: The share of the loss by exposure that it prevents; below 0, as a trial that confirms: it adds to it.
        spares: The share of the danger to whoever is the source that it removes.
        signals: Whether doing it lets itself be seen, and so confirms.
    """

    name: str
    costs: float
    saves: float
    spares: float = 0.0
    signals: bool = False


@attrs.frozen(kw_only=True)
class Incident:
    """One incident.

    Attributes:
        on: The day on which it happened.
        spoke: Who spoke, or who took it; a role.
        hearers: Who has it for certain, as far as it was said.
        briefed: What could have been said at most: by claim, the most exact version that was in the briefing,
            or lay open. A claim that is not named cannot have come out.
        prior: By claim, how likely each version was to be said before anybody gave an account: weights.
        looseness: How likely each way of speaking; empty: nobody has said, and every one is tried.
        taken: By claim, how likely it was taken; for what was not spoken. A claim that is not named: for certain.
        seen: How likely a hostile reader came to see what was taken.
        published: By claim, what is in print: everybody has it.
        leak_paths: Ways onward beside those of the case.
        legal_hold: Whether no assessment may be written: only counts then, and whom to tell.
        gains: What the disclosure brought, in words: the honest balance.
    """

    title: str
    kind: IncidentKind
    on: dt.date
    spoke: str = ""
    about: str = ""
    cites: tuple[str, ...] = ()
    case: str = ""
    hearers: tuple[PartyId, ...] = ()
    briefed: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed, factory=dict)
    prior: Mapping[ClaimId, Mapping[VersionId, float]] = attrs.field(converter=fixed, factory=dict)
    looseness: Mapping[Looseness, float] = attrs.field(converter=fixed, factory=dict)
    taken: Mapping[ClaimId, Interval] = attrs.field(converter=fixed, factory=dict)
    seen: Interval = UNKNOWN
    published: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed, factory=dict)
    accounts: tuple[Account, ...] = ()
    leak_paths: tuple[LeakPath, ...] = ()
    sources: Mapping[SourceId, Stake] = attrs.field(converter=fixed, factory=dict)
    flows: Mapping[PartyId, Stake] = attrs.field(converter=fixed, factory=dict)
    beside: tuple[Beside, ...] = ()
    harms: tuple[RealisedHarm, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    measures: Mapping[SourceId, tuple[Measure, ...]] = attrs.field(converter=fixed, factory=dict)
    legal_hold: bool = False
    gains: tuple[str, ...] = ()

    def known_by(self, day: dt.date) -> Incident:
        """What was known of it by the end of ``day``: later accounts and harms are left out."""

        def told(on: dt.date | None) -> bool:
            return on is None or on <= day

        accounts = tuple(account for account in self.accounts if told(account.on))
        return attrs.evolve(self, accounts=accounts, harms=tuple(harm for harm in self.harms if told(harm.on)))

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which something became known, the first its own."""
        told = [*(account.on for account in self.accounts), *(harm.on for harm in self.harms)]
        return tuple(sorted({self.on, *(day for day in told if day is not None and day > self.on)}))
