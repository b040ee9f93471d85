"""What a warning needs besides words: who decides, who is reached how, who is in danger, what was set aside.

Times are aware and in UTC, so that a desk and a post in another zone mean the same minute.
"""

import datetime as dt
from enum import Enum
from typing import Final

import attrs

from tearline.domain.grades import Interval
from tearline.domain.names import CauseId, ClaimId, PartyId
from tearline.domain.sources import Permission

NEEDS_HOURS: Final = 6.0
"""Hours that somebody in danger needs to act on a warning, if nobody has said."""

CONSULT_HOURS: Final = 2.0
"""Hours in which an urgent question is answered, if nobody has said."""

STALE_AFTER_DAYS: Final = 90
"""A way to reach somebody that was not tried for so many days counts as not tried."""


@attrs.frozen(kw_only=True)
class Finding:
    """The recorded answer to one test of a duty to warn.

    Attributes:
        holds: Whether the threat is so.
        by: Who says so.
    """

    holds: bool
    by: str
    because: str = ""


@attrs.frozen(kw_only=True)
class Tests:
    """The three tests: is the threat credible, is it specific, is it impending? ``None``: not answered.

    Source:
        ICD 191 (2015), as published summaries quote it.
    """

    __test__ = False  # no test of ours, whatever its name

    credible: Finding | None = None
    specific: Finding | None = None
    impending: Finding | None = None

    @property
    def open(self) -> tuple[str, ...]:
        """The tests that nobody has answered."""
        return tuple(name for name, found in attrs.asdict(self, recurse=False).items() if found is None)

    @property
    def failed(self) -> bool:
        """Whether somebody has found that the threat does not pass one of them."""
        return any(found is not None and not found.holds for found in (self.credible, self.specific, self.impending))


@attrs.frozen(kw_only=True)
class Authority:
    """A named person who decides one thing.

    Attributes:
        who: The person, by office.
        deputy: Who decides if that person cannot be reached.
        reach: How.
    """

    who: str
    deputy: str = ""
    reach: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Who may decide."""
        return tuple(name for name in (self.who, self.deputy) if name)


@attrs.frozen(kw_only=True)
class Authorities:
    """Who decides at each step; ``None``: nobody is named.

    Attributes:
        release: Signs the words.
        waive: May waive the duty to warn.
        override: May act without a consent that has not come.
        oversight: Whom every waiver, override and warning beyond the limits is reported to.
    """

    release: Authority | None = None
    waive: Authority | None = None
    override: Authority | None = None
    oversight: Authority | None = None


@attrs.frozen(kw_only=True)
class Contact:
    """How a party is reached in a hurry.

    Attributes:
        tried: When that way was last used or exercised.
        answers_within: Hours.
    """

    id: PartyId
    who: str = ""
    reach: str = ""
    tried: dt.date | None = None
    answers_within: float | None = None


@attrs.frozen(kw_only=True)
class ToWarn:
    """Somebody in danger, as a reader of their own.

    Attributes:
        id: The party.
        where: Where they are, in the words of ``presence``.
        through: Who tells them: the recipient, or us; ``None``: the recipient.
        claims: What concerns them, of what is proposed; empty: all of it.
        needs: Hours to act on it; ``None``: :data:`NEEDS_HOURS`.
        enough: A warning worth less to them is none.
        allows: What they may do beyond hearing it. Whoever is warned acts, and acting lets itself be seen.
    """

    id: PartyId
    where: str = ""
    through: PartyId | None = None
    claims: tuple[ClaimId, ...] = ()
    needs: float | None = None
    enough: float = 0.0
    allows: tuple[Permission, ...] = (Permission.ACT,)

    @property
    def hours(self) -> float:
        """Hours to act on it."""
        return NEEDS_HOURS if self.needs is None else self.needs


class Ground(Enum):
    """Why a duty to warn may be waived; the value of a source is none.

    Source:
        ICD 191 (2015), as published summaries quote it; the last two from practice.
    """

    ENDANGERS = "endangers-source"
    ATTACKER = "victim-is-attacker"
    INSURRECTION = "takes-part-in-insurrection"
    AWARE = "already-aware"
    NO_MEANS = "no-means"


@attrs.frozen(kw_only=True)
class Waiver:
    """A decision not to warn.

    Attributes:
        of: Whom it leaves unwarned; empty: everybody.
        by: Who decided. Only who has seen the evidence may.
        because: The reason in words.
        harm: What may happen because of it.
        reviewer: Who looks at it again: another one, who has seen the evidence too.
    """

    on: dt.datetime
    ground: Ground
    because: str
    harm: str
    by: str
    of: tuple[PartyId, ...] = ()
    reviewer: str = ""
    review_on: dt.datetime | None = None


@attrs.frozen(kw_only=True)
class Override:
    """A decision to warn without the consent of somebody who has not answered."""

    on: dt.datetime
    party: PartyId
    by: str
    because: str


@attrs.frozen(kw_only=True)
class Outcome:
    """One way in which it may end with a leader who is tipped off, or is not.

    Attributes:
        id: The cause that stands for it; its probability is the one with the tip-off, and leak paths that
            open with it say who comes to read what he was told.
        what: What happens then.
        silent: How likely it is if nothing is said; ``None``: nobody has said.
        in_danger: Whose life or freedom is then in danger. Listed, never counted or weighed.
    """

    id: CauseId
    what: str
    silent: Interval | None = None
    in_danger: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Urgency:
    """Everything about a warning that is no word of it.

    Attributes:
        at: The time of day of the decision, on the day of the case.
        noticed: When the danger came to light: the clock runs from then.
        seen_by: Who has seen the evidence as it was collected.
    """

    at: dt.time | None = None
    noticed: dt.datetime | None = None
    tests: Tests = Tests()
    seen_by: tuple[str, ...] = ()
    authorities: Authorities = Authorities()
    contacts: tuple[Contact, ...] = ()
    to_warn: tuple[ToWarn, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    overrides: tuple[Override, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def contact(self, party: PartyId) -> Contact | None:
        """How ``party`` is reached; ``None``: nobody has said."""
        return {c.id: c for c in self.contacts}.get(party)
