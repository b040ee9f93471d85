"""The whole warning: words for the recipient, words for those in danger, the clock, and what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tearline.assess.admission import admissions
from tearline.assess.answer import Assessment, Tearline
from tearline.assess.decide import assess
from tearline.assess.phrases import listed
from tearline.assess.recommend import recommend
from tearline.assess.search import Effort
from tearline.assess.urgent import outcomes, second
from tearline.assess.urgent.clock import NONE, Clock, clock, harm_of, moment_of
from tearline.assess.urgent.gaps import Gap, gaps
from tearline.assess.urgent.outcomes import Ending
from tearline.assess.urgent.owed import Owed, owed
from tearline.assess.urgent.places import Place, places
from tearline.assess.urgent.waiving import Judged, judged, unwarned
from tearline.assess.waiting import on_day
from tearline.domain import Allow, Case, ClaimId, Override, PartyId, Purpose, Reason, Refuse, Rule, ToWarn, Urgency
from tearline.errors import InputError
from tearline.policy import overrides
from tearline.tearlines.solution import Progress, Stop

WARNING_PURPOSES = (Purpose.WARNING, Purpose.TIP_OFF, Purpose.ACTION)
"""Purposes that are in a hurry: warn somebody, tip off a leader, ask a partner in place to act."""


@attrs.frozen(eq=False, kw_only=True)
class Second:
    """What one of those in danger is told.

    Attributes:
        through: Who tells them.
        found: The answer with them in the recipient's place; ``None``: they are told nothing.
        why_not: Why not.
        waived: Whether it is because somebody who may has decided so.
    """

    victim: ToWarn
    through: PartyId
    found: Assessment | None
    why_not: str = ""
    waived: bool = False

    @property
    def goes(self) -> bool:
        """Whether there are words for them, perhaps on conditions."""
        return self.found is not None and not isinstance(self.found.decision, Refuse)


@attrs.frozen(eq=False, kw_only=True)
class Plan:
    """The answer to a case in a hurry.

    Attributes:
        case: At the time of the decision.
        duty: Whether there is a duty to warn: then words beyond the limits may be signed for.
        too_late: Whether the harm's time has passed.
        first: The answer for the recipient.
        refused: Versions that are refused for the sake of a person, before anything is weighed.
        least: The least telling words that are still of use to it; ``None``: none are.
        seconds: Those in danger, in the order of the case.
        clock: What must be done by when.
        places: Who has people where.
        waivers: Every decision not to warn, and why it does not stand.
        overrides: Every override, and why it does not count.
        owed: What is owed if this goes.
        gaps: What would be missing on the night.
        endings: How it may end with a leader; empty unless it is a tip-off.
    """

    case: Case
    duty: bool
    too_late: bool
    first: Assessment
    refused: tuple[Reason, ...]
    least: Tearline | None
    seconds: tuple[Second, ...]
    clock: Clock
    places: tuple[Place, ...]
    waivers: tuple[Judged, ...]
    overrides: tuple[tuple[Override, tuple[str, ...]], ...]
    owed: tuple[Owed, ...]
    gaps: tuple[Gap, ...]
    endings: tuple[Ending, ...]

    @property
    def told(self) -> tuple[Assessment, ...]:
        """The answers for everybody who would be told, the recipient first."""
        return (self.first, *(each.found for each in self.seconds if each.found is not None))

    @property
    def may_go(self) -> bool:
        """Whether all of it may go now."""
        return all(isinstance(each.decision, Allow) for each in self.told) and not self.untold

    @property
    def untold(self) -> tuple[PartyId, ...]:
        """Those in danger for whom there are no words, though nobody has waived their warning."""
        return tuple(each.victim.id for each in self.seconds if not each.goes and not each.waived)

    @property
    def asked(self) -> tuple[PartyId, ...]:
        """Whose consent is missing for any of it."""
        return tuple(dict.fromkeys(one.party for each in self.told for one in each.asked))


def plan(
    case: Case,
    *,
    at: dt.datetime | None = None,
    assumed: Sequence[str] = (),
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Plan:
    """Everything about a warning, at a time.

    Args:
        at: The time of the decision; by default the one that the case states.
        assumed: What the file leaves to defaults.
    Raises:
        InputError: The proposal is no warning, tip-off or request to act, or ``at`` is before the case.
    Guarantee:
        After a waiver that stands nothing goes to whom it is about. Nobody in danger is told a claim more
        exactly than whoever tells them. What they are told was measured with the first text given.
    """
    _judge(case, at)
    now = at_time(case, at)
    effort = Effort(progress=progress, stop=stop)
    first = assess(now, assumed=assumed, progress=progress, stop=stop)
    made = recommend(now, effort)
    judgements = judged(now, made)
    without = unwarned(now, judgements)
    urgent = now.urgent or Urgency()
    seconds = tuple(_second(now, victim, first, without) for victim in urgent.to_warn)
    told = [first, *(each.found for each in seconds if each.found is not None)]
    asked = tuple(dict.fromkeys(one.party for each in told for one in each.asked))
    warned = [each.victim for each in seconds if each.goes]
    timed = clock(now, asked, _meanwhile(made.now.tearline), warned)
    if now.proposal.to in without:
        timed = attrs.evolve(timed, steps=(), cut=NONE, short=NONE)
    harm = harm_of(now)
    return Plan(
        case=now,
        duty=now.owes_warning,
        too_late=_is_too_late(now),
        first=first,
        refused=tuple(r for each in admissions(now) for r in each.forbidden if r.rule is Rule.PERSON_HARM),
        least=None if isinstance(first.decision, Refuse) else second.least(now, effort),
        seconds=seconds,
        clock=timed,
        places=places(now, effort),
        waivers=judgements,
        overrides=tuple((each, overrides.faults(now, each)) for each in urgent.overrides),
        owed=owed(now, told, judgements, timed.now, harm),
        gaps=gaps(now, asked, timed),
        endings=outcomes.endings(now, _ranks(now, first)),
    )


def _judge(case: Case, at: dt.datetime | None) -> None:
    if case.proposal.purpose not in WARNING_PURPOSES:
        words = listed(f"`{purpose.value}`" for purpose in WARNING_PURPOSES)
        raise InputError(f"the proposal is a `{case.proposal.purpose.value}`; nothing is urgent but {words}")
    if at is not None and case.as_of is not None and at.date() < case.as_of:
        raise InputError(f"{at:%Y-%m-%d %H:%M} is before the day of the case, {case.as_of}")


def at_time(case: Case, at: dt.datetime | None) -> Case:
    """The case at another time; values fall as they halve. Without one, at the time it states."""
    moment = at or moment_of(case)
    if moment is None:
        return case
    later = on_day(case, moment.date()) if case.as_of else attrs.evolve(case, as_of=moment.date())
    return attrs.evolve(later, urgent=attrs.evolve(case.urgent or Urgency(), at=moment.timetz()))


def _is_too_late(case: Case) -> bool:
    now, day = moment_of(case), case.proposal.harm_by
    if now is None or day is None:
        return False
    return now.date() > day or (
        now.date() == day and case.proposal.harm_at is not None and now.timetz() >= case.proposal.harm_at
    )


def _second(case: Case, victim: ToWarn, first: Assessment, without: frozenset[PartyId]) -> Second:
    through, label = second.carrier(case, victim), case.party(victim.id).label
    if victim.id in without or case.proposal.to in without:
        return Second(victim=victim, through=through, found=None, why_not="the warning is waived", waived=True)
    then = second.told_after(case, victim, first.tearline)
    if then is None:
        why = f"{case.party(through).label}, who is to tell {label}, is told nothing of it"
        return Second(victim=victim, through=through, found=None, why_not=why)
    return Second(victim=victim, through=through, found=assess(second.smallest(then)))


def _meanwhile(text: Tearline) -> str:
    return listed(f"{claim} as {version}" for claim, version in text.versions.items()) if text.serves else ""


def _ranks(case: Case, first: Assessment) -> dict[ClaimId, int | None]:
    """What is recommended, or where nothing is, what was proposed."""
    versions = first.tearline.versions or case.proposal.claims
    return {c: case.claim(c).rank(v) if v else 0 for c, v in versions.items()}
