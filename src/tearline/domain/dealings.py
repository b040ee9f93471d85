"""What has happened between us and partners, as evidence about how far each may be trusted."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.domain.grades import Interval
from tearline.domain.names import PartyId, fixed


class Event(Enum):
    """What happened. Who did it: they, unless the dealing is ``ours``."""

    CLEAN = "clean"  # shares that were watched, and nothing was noticed
    BREACH = "breach"  # something was passed on, or may have been
    CONFESSION = "confession"  # a breach that its author reported
    USED_WELL = "used-well"  # used, and nobody and nothing came to harm
    MISUSE = "misuse"  # used outside what was permitted
    PROMISE_KEPT = "promise-kept"
    PROMISE_BROKEN = "promise-broken"
    ACCREDITATION_ASKED = "accreditation-asked"
    ACCREDITATION_GRANTED = "accreditation-granted"
    ACCREDITATION_REFUSED = "accreditation-refused"
    REQUEST_ANSWERED = "request-answered"
    REQUEST_REFUSED = "request-refused"
    RICH_RETURN = "rich-return"
    THIN_RETURN = "thin-return"

    @property
    def words(self) -> str:
        """As people say it."""
        return _WORDS.get(self, self.value.replace("-", " "))


_WORDS = {
    Event.CLEAN: "nothing noticed",
    Event.CONFESSION: "breach, own report",
    Event.ACCREDITATION_ASKED: "officer proposed",
    Event.ACCREDITATION_GRANTED: "officer accepted",
    Event.ACCREDITATION_REFUSED: "officer refused",
}


class Axis(Enum):
    """Trust has two, and they are never added up."""

    HANDLING = "handling"
    USE = "use"


class Severity(Enum):
    """What a use outside permission did."""

    EMBARRASSMENT = "embarrassment"
    ENDANGERED_FLOW = "endangered-flow"
    GRAVE_HARM = "grave-harm"


@attrs.frozen(kw_only=True, cache_hash=True)
class Scope:
    """Through whom something goes: from the whole of a partner down to one topic of one channel.

    A field that is empty is not stated: it may be any.

    >>> Scope(agency="service").holds(Scope(agency="service", topic="ports"))
    True
    >>> Scope(topic="ports").may_be(Scope(agency="service"))
    True
    """

    agency: str = ""
    channel: str = ""
    topic: str = ""

    def holds(self, other: Scope) -> bool:
        """Whether ``other`` is this scope or lies within it."""
        return all(own in ("", there) for own, there in zip(self.steps, other.steps, strict=True))

    def may_be(self, other: Scope) -> bool:
        """Whether the two may be the same: nothing that both state differs."""
        return all("" in (own, there) or own == there for own, there in zip(self.steps, other.steps, strict=True))

    @property
    def steps(self) -> tuple[str, str, str]:
        """Agency, channel, topic."""
        return self.agency, self.channel, self.topic

    @property
    def wider(self) -> Scope:
        """The scope around it: without its last stated step; the whole partner is its own."""
        for step in ("topic", "channel", "agency"):
            if getattr(self, step):
                return attrs.evolve(self, **{step: ""})
        return self

    @property
    def around(self) -> tuple[Scope, ...]:
        """Itself and every scope that it lies in."""
        kept = itertools.product(*({step, ""} for step in self.steps))
        return tuple(Scope(agency=agency, channel=channel, topic=topic) for agency, channel, topic in kept)

    @property
    def label(self) -> str:
        """The name to print; empty for the whole partner."""
        return ", ".join(step for step in self.steps if step)


WHOLE = Scope()
"""All of a partner."""


@attrs.frozen(kw_only=True, cache_hash=True)
class Dealing:
    """One entry of the partner ledger: evidence, and never a verdict.

    Attributes:
        parties: With whom. Several: one leak that any of them, or our own house, may be behind.
        count: How many shares or uses of which nothing else is known.
        severity: Of a misuse.
        times_likelier: ``Λ``: how many times likelier what was seen is if they did it than if they did
            not; ``None``: certainly theirs. Never a posterior, which already holds a prior.
        points_at: ``Λ`` by party, where there are several; whoever is not named has 1.
        through: Agency, channel, topic.
        noticed: P(we notice | it leaked or was misused) in these shares; ``None``: the default.
        about: Which axis a promise was about; ``None``: nobody has said.
        what_happened: In words.
        judged_by: Who judged it. What speaks for a partner counts only if somebody has.
        review: From then on what speaks for a partner no longer counts unless somebody judges it again.
        retracted: Taken back on that day: as if it had never been entered.
        ours: We did it, to them.
    """

    parties: tuple[PartyId, ...]
    on: dt.date
    what: Event
    count: int = 1
    severity: Severity | None = None
    times_likelier: float | None = None
    points_at: Mapping[PartyId, float] = attrs.field(converter=fixed, factory=dict, hash=False)
    through: Scope = WHOLE
    noticed: Interval | None = None
    about: Axis | None = None
    what_happened: str = ""
    judged_by: str = ""
    review: dt.date | None = None
    retracted: dt.date | None = None
    ours: bool = False
