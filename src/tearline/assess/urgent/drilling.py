"""A drill: what has to be tried by people, what each try took, and what it found. Nothing leaves.

The machine's part is done as on the night; the people's part is put to them one by one. What nobody tried
(answered in advance) is no exercise and is reported as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import Enum

import attrs

from tearline.assess.phrases import listed
from tearline.assess.urgent.clock import Act
from tearline.assess.urgent.gaps import Gap
from tearline.assess.urgent.plan import Plan
from tearline.domain import Authority, PartyId, Refuse, Urgency


class Result(Enum):
    """How one step of a drill went."""

    DONE = "done"
    FAILED = "failed"
    NOT_TRIED = "not tried"


@attrs.frozen(kw_only=True)
class Exercise:
    """One thing for people to try.

    Attributes:
        name: What it is called in the report.
        ask: The question, to be answered with yes or no.
        gap: What is missing if it fails.
    """

    name: str
    ask: str
    gap: Gap


@attrs.frozen(kw_only=True)
class Timed:
    """One step of a drill and what it took.

    Attributes:
        by_people: Else by the machine.
    """

    name: str
    by_people: bool
    seconds: float
    result: Result


@attrs.frozen(kw_only=True)
class Report:
    """What a drill found.

    Attributes:
        steps: In the order in which they were tried.
        room: The time between the decision and the last moment for telling; ``None``: nothing to count from.
        gaps: What the case lacks, then what failed.
    """

    title: str
    steps: tuple[Timed, ...]
    room: dt.timedelta | None
    gaps: tuple[Gap, ...]

    @property
    def seconds(self) -> float:
        """What all of it took."""
        return sum(step.seconds for step in self.steps)

    @property
    def tried(self) -> bool:
        """Whether people did every step that is theirs."""
        return all(step.result is not Result.NOT_TRIED for step in self.steps)

    @property
    def in_time(self) -> bool | None:
        """Whether it took less than there would have been; ``None``: nothing to compare with, or not tried."""
        return None if self.room is None or not self.tried else self.seconds <= self.room.total_seconds()


def exercises(found: Plan) -> tuple[Exercise, ...]:
    """Everything that people have to try for this warning, in the order of the night."""
    case, urgent = found.case, found.case.urgent or Urgency()
    duty = ("waive", "override") if found.duty else ()
    named = {
        step: authority
        for step, authority in attrs.asdict(urgent.authorities, recurse=False).items()
        if authority is not None and (step in ("release", "oversight") or step in duty)
    }
    return (
        *(_reached(step, authority) for step, authority in named.items()),
        *(_asked(found, party) for party in found.asked),
        *_words(found),
        _sent(found, case.proposal.to),
        *_told(found),
        *_debts(found),
    )


def _reached(step: str, authority: Authority) -> Exercise:
    how = f" by {authority.reach}" if authority.reach else ""
    return Exercise(
        name=f"reach who decides `{step}`",
        ask=f"Reach {authority.who}{how}. Did {authority.who} or a deputy answer?",
        gap=Gap(what=f"{authority.who} could not be reached", where=f"urgent.authorities.{step}"),
    )


def _asked(found: Plan, party: PartyId) -> Exercise:
    label = found.case.party(party).label
    return Exercise(
        name=f"ask {label}",
        ask=f"Call {label} and say that it is a drill; ask nothing real. Could it have answered in time?",
        gap=Gap(what=f"{label} could not be asked in time", where=f"urgent.contacts.{party}"),
    )


def _words(found: Plan) -> Iterator[Exercise]:
    if isinstance(found.first.decision, Refuse):
        return
    who = found.case.party(found.case.proposal.to).label
    text = " ".join(found.first.tearline.words)
    yield Exercise(
        name="read the words back",
        ask=f"For {who}: “{text}” Read them aloud. Are they clear to somebody who knows nothing else?",
        gap=Gap(what=f"the words for {who} are not clear", where="claims"),
    )
    for each in found.seconds:
        if each.found is not None and each.goes:
            label, words = found.case.party(each.victim.id).label, " ".join(each.found.tearline.words)
            yield Exercise(
                name=f"read the words for {label} back",
                ask=f"For {label}: “{words}” Read them aloud. Would they know what to do?",
                gap=Gap(what=f"{label} would not know what to do", where=f"urgent.to_warn.{each.victim.id}"),
            )


def _sent(found: Plan, party: PartyId) -> Exercise:
    label = found.case.party(party).label
    contact = found.case.urgent.contact(party) if found.case.urgent else None
    how = f" by {contact.reach}" if contact and contact.reach else ""
    return Exercise(
        name=f"open the way to {label}",
        ask=f"Send an empty page to {label}{how}. Could they open it, and answer?",
        gap=Gap(what=f"the way to {label} does not work", where=f"urgent.contacts.{party}"),
    )


def _told(found: Plan) -> Iterator[Exercise]:
    for each in found.seconds:
        label, through = found.case.party(each.victim.id).label, found.case.party(each.through).label
        where = f" in {each.victim.where}" if each.victim.where else ""
        yield Exercise(
            name=f"find {label}",
            ask=f"Ask {through} how it would find {label}{where} by day and by night. Does it know?",
            gap=Gap(what=f"{through} does not know how to find {label}", where=f"urgent.to_warn.{each.victim.id}"),
        )


def _debts(found: Plan) -> Iterator[Exercise]:
    if found.owed:
        kinds = listed(dict.fromkeys(each.debt.value for each in found.owed))
        yield Exercise(
            name="write down what is owed",
            ask=f"{len(found.owed)} things would be owed ({kinds}). Does each have a person and a day?",
            gap=Gap(what="nobody would remember what is owed", where="urgent.authorities"),
        )


def report(found: Plan, steps: Sequence[Timed], failed: Sequence[Gap]) -> Report:
    """What a drill found.

    Args:
        failed: What was tried without success.
    """
    telling = [step.by for step in found.clock.steps if step.act in (Act.SEND, Act.DELIVER)]
    last, now = telling[-1] if telling else None, found.clock.now
    stated = found.clock.harm is not None and now is not None and last is not None
    return Report(
        title=found.case.title,
        steps=tuple(steps),
        room=last - now if stated and last is not None and now is not None else None,
        gaps=(*found.gaps, *failed),
    )
