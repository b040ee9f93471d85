"""The clock of a warning: what must be done by when, counted back from the harm, by whom, and what if not.

What is left is first taken from consultation: silence is no consent, and an authority is named for it.
What somebody in danger needs to act is never cut. Where no harm has an hour, its day begins at midnight.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.assess.phrases import listed
from tearline.domain import Authority, Case, PartyId, ToWarn, Urgency
from tearline.domain.urgency import CONSULT_HOURS, NEEDS_HOURS

NONE: Final = dt.timedelta(0)
MINUTES: Final = {"tests": 15, "waive": 15, "override": 15, "release": 15, "send": 30, "deliver": 60}
"""How long each step takes at most, if nobody has said; a duty to warn runs in minutes."""


class Act(Enum):
    """A step of a warning."""

    TESTS = "tests"
    WAIVE = "waive"
    CONSULT = "consult"
    OVERRIDE = "override"
    RELEASE = "release"
    SEND = "send"
    DELIVER = "deliver"
    TAKE_COVER = "take-cover"


@attrs.frozen(kw_only=True)
class Step:
    """One step.

    Attributes:
        who: Who does or decides it; empty: nobody is named.
        deputy, reach: Who else, and how they are reached.
        takes: How long at most.
        by: When it must be done; ``None``: the case has no time to count from.
        late: Whether that has passed.
        if_not: What happens if it is not done by then.
    """

    act: Act
    what: str
    who: str
    takes: dt.timedelta
    if_not: str
    deputy: str = ""
    reach: str = ""
    by: dt.datetime | None = None
    late: bool = False


@attrs.frozen(kw_only=True)
class Clock:
    """All steps, in their order.

    Attributes:
        now, harm: ``None``: the case does not say.
        stated: Whether the hour of the harm is stated; else it is the first of its day.
        cut: What consultation was shortened by.
        short: What is missing even so; the steps are then due at once.
    """

    now: dt.datetime | None
    harm: dt.datetime | None
    stated: bool
    steps: tuple[Step, ...]
    cut: dt.timedelta = NONE
    short: dt.timedelta = NONE


def moment_of(case: Case) -> dt.datetime | None:
    """What time it is in the case: as stated, else when the danger was noticed that day, else midnight."""
    if case.as_of is None:
        return None
    urgent = case.urgent or Urgency()
    if urgent.at is None and urgent.noticed and urgent.noticed.date() == case.as_of:
        return urgent.noticed
    return dt.datetime.combine(case.as_of, urgent.at or _MIDNIGHT)


def harm_of(case: Case) -> dt.datetime | None:
    """When the harm may come at the earliest; ``None``: nobody has said."""
    day, time = case.proposal.harm_by, case.proposal.harm_at
    return dt.datetime.combine(day, time or _MIDNIGHT) if day else None


_MIDNIGHT: Final = dt.time(tzinfo=dt.UTC)


def clock(case: Case, asked: Sequence[PartyId], meanwhile: str, warned: Sequence[ToWarn]) -> Clock:
    """Every step that is still to be taken, with its latest moment.

    Args:
        asked: Whose consent is missing.
        meanwhile: What may go without it, as a phrase; empty: nothing.
        warned: Who is told after the recipient.
    """
    now, harm = moment_of(case), harm_of(case)
    steps = tuple(_steps(case, asked, meanwhile, warned))
    found = Clock(now=now, harm=harm, stated=case.proposal.harm_at is not None, steps=steps)
    if now is not None and harm is not None:
        return _counted_back(attrs.evolve(found, steps=_fitting(steps, harm - now)), steps, now, harm)
    return _counted_forward(found, now)


def _fitting(steps: tuple[Step, ...], room: dt.timedelta) -> tuple[Step, ...]:
    """The steps with consultation cut as far as it must be."""
    missing = max(NONE, sum((step.takes for step in steps), NONE) - room)
    return tuple(
        attrs.evolve(step, takes=max(NONE, step.takes - missing)) if step.act is Act.CONSULT else step for step in steps
    )


def _counted_back(found: Clock, before: tuple[Step, ...], now: dt.datetime, harm: dt.datetime) -> Clock:
    after = list(itertools.accumulate((step.takes for step in reversed(found.steps)), initial=NONE))[::-1]
    timed = []
    for step, rest in zip(found.steps, after[1:], strict=True):
        by = harm - rest
        timed.append(attrs.evolve(step, by=by, late=by - step.takes < now))
    cut = sum((old.takes for old in before), NONE) - after[0]
    return attrs.evolve(found, steps=tuple(timed), cut=cut, short=max(NONE, after[0] - (harm - now)))


def _counted_forward(found: Clock, now: dt.datetime | None) -> Clock:
    """Without an hour of harm nothing can be counted back: each step follows the one before it."""
    if now is None:
        return found
    timed, by = [], now
    for step in found.steps:
        by += step.takes
        timed.append(attrs.evolve(step, by=by))
    return attrs.evolve(found, steps=tuple(timed))


def _steps(case: Case, asked: Sequence[PartyId], meanwhile: str, warned: Sequence[ToWarn]) -> Iterator[Step]:
    urgent = case.urgent or Urgency()
    recipient = case.party(case.proposal.to).label
    without = f"without it {meanwhile or 'nothing'} goes"
    if case.owes_warning and urgent.tests.open:
        yield Step(
            act=Act.TESTS,
            what=f"record whether the threat is {listed(urgent.tests.open)}, and who says so",
            who=case.proposal.by,
            takes=_minutes(Act.TESTS),
            if_not="it counts as a duty to warn; only a recorded no ends that",
        )
    if case.owes_warning:
        what = "warn, or waive the duty with a reason, on sight of the evidence"
        yield _by(urgent.authorities.waive, Act.WAIVE, what, "nobody has waived it, so the warning goes")
    if asked:
        who = listed(case.party(party).label for party in asked)
        yield Step(
            act=Act.CONSULT,
            what=f"ask {who}",
            who=case.proposal.by,
            reach="; ".join(_reach(urgent, case, party) for party in asked),
            takes=dt.timedelta(hours=max(_answers_within(urgent, party) for party in asked)),
            if_not=f"silence is no consent: {'the next step decides' if case.owes_warning else without}",
        )
        if case.owes_warning:
            yield _by(urgent.authorities.override, Act.OVERRIDE, f"act without {who}, or not", without)
    yield _by(urgent.authorities.release, Act.RELEASE, "sign the words", "nothing goes; the harm of silence is theirs")
    yield Step(
        act=Act.SEND,
        what=f"tell {recipient}",
        who=case.proposal.by,
        reach=_reach(urgent, case, case.proposal.to),
        takes=_minutes(Act.SEND),
        if_not="the next party with people in place is asked",
    )
    if warned:
        who = listed(case.party(victim.id).label for victim in warned)
        through = listed(dict.fromkeys(case.party(victim.through or case.proposal.to).label for victim in warned))
        yield Step(
            act=Act.DELIVER,
            what=f"tell {who}",
            who=through,
            takes=_minutes(Act.DELIVER),
            if_not=f"whoever else can reach {who} is asked, in the same words",
        )
    acting = listed(case.party(victim.id).label for victim in warned) if warned else recipient
    yield Step(
        act=Act.TAKE_COVER,
        what="act on it",
        who=acting,
        takes=dt.timedelta(hours=max((victim.hours for victim in warned), default=NEEDS_HOURS)),
        if_not=case.proposal.harm_of_silence or "nobody has said what silence may cost",
    )


def _by(authority: Authority | None, act: Act, what: str, if_not: str) -> Step:
    """A step that a named authority decides."""
    named = authority or Authority(who="")
    return Step(
        act=act,
        what=what,
        who=named.who,
        deputy=named.deputy,
        reach=named.reach,
        takes=_minutes(act),
        if_not=if_not,
    )


def _minutes(act: Act) -> dt.timedelta:
    return dt.timedelta(minutes=MINUTES[act.value])


def _answers_within(urgent: Urgency, party: PartyId) -> float:
    contact = urgent.contact(party)
    return CONSULT_HOURS if contact is None or contact.answers_within is None else contact.answers_within


def _reach(urgent: Urgency, case: Case, party: PartyId) -> str:
    contact = urgent.contact(party)
    if contact is None or not (contact.who or contact.reach):
        return f"{case.party(party).label}: nobody has said how"
    return f"{case.party(party).label}: {', '.join(part for part in (contact.who, contact.reach) if part)}"
