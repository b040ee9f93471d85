"""What has happened to one proposal: entries in order, and what follows from them.

An entry is what somebody said they did, and when the machine's clock said so. Entries are only ever added.
:func:`faults` finds what cannot have happened: a move that the table does not know, times that run
backwards, a clearance of one's own proposal, a release of something else than was cleared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from tearline.domain.lifecycle import Kind, Stage, Verdict, move
from tearline.domain.names import ClaimId, VersionId, fixed
from tearline.domain.officers import look_alike


@attrs.frozen(kw_only=True)
class Edit:
    """One change of the case between two assessments.

    Attributes:
        path: The keys that lead there.
        before, after: What stood there, spelled; ``None``: nothing.
        needed: Whether the better answer falls without it; ``None``: not tried.
    """

    path: str
    before: str | None
    after: str | None
    needed: bool | None = None


@attrs.frozen(kw_only=True)
class Entry:
    """Something that was done.

    Attributes:
        at: When, UTC, to the second.
        by: Who, as they are called in the case.
        text: The digest of the case then.
        because: The reason given.
    """

    at: dt.datetime
    by: str
    text: str
    because: str = ""


@attrs.frozen(kw_only=True)
class Moved(Entry):
    """A move of the table.

    Attributes:
        proposer: Who proposes, according to the case then.
        verdict: What was answered, where it was assessed, cleared or released.
        override: Whether it was decided against the answer.
        alone: The agreement that lets one officer clear what they proposed; empty: none did.
        case: The case as plain data, where it was assessed; without anything sealed.
        edits: Where an answer got better: what was changed since the first assessment that was worse.
    """

    to: Stage
    proposer: str = ""
    verdict: Verdict | None = None
    override: bool = False
    alone: str = ""
    case: Mapping[str, Any] | None = attrs.field(default=None, repr=False)
    edits: tuple[Edit, ...] = ()


@attrs.frozen(kw_only=True)
class Viewed(Entry):
    """An officer's own view."""

    view: Kind


@attrs.frozen(kw_only=True)
class Briefed(Entry):
    """A receipt: a principal was briefed with a card.

    Attributes:
        principal: Who was briefed.
        card: The number of the card.
        caveats: What originators said, as it was told, word for word.
    """

    principal: str
    card: str
    caveats: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Spoken(Entry):
    """What was probably said, according to somebody who was there or has heard of it.

    Attributes:
        said: Claims and versions.
        beyond: Those of them that were not cleared.
        sure: How likely it was so, 0 to 1.
    """

    said: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed)
    beyond: tuple[ClaimId, ...] = ()
    sure: float = 1.0


Entries = Sequence[Entry]


def stage(entries: Entries) -> Stage | None:
    """Where it stands; ``None``: nobody has proposed anything."""
    return next((e.to for e in reversed(entries) if isinstance(e, Moved)), None)


def authors(entries: Entries) -> tuple[str, ...]:
    """Everybody who proposed it, or who had a changed text assessed, and so vouches for the change."""
    found: dict[str, None] = {}
    text = None
    for entry in entries:
        if isinstance(entry, Moved):
            if entry.proposer:
                found.setdefault(entry.proposer)
            if entry.to is Stage.DRAFT or (entry.to is Stage.ASSESSED and entry.text != text):
                found.setdefault(entry.by)
            text = entry.text
    return tuple(found)


def last(entries: Entries, to: Stage) -> Moved | None:
    """The last move to that stage."""
    return next((e for e in reversed(entries) if isinstance(e, Moved) and e.to is to), None)


def assessments(entries: Entries) -> tuple[Moved, ...]:
    """Every recorded assessment, in order."""
    return tuple(e for e in entries if isinstance(e, Moved) and e.to is Stage.ASSESSED and e.verdict is not None)


def worse_before(entries: Entries, now: Verdict) -> Moved | None:
    """The first assessment whose answer was worse than ``now``; ``None``: the answer has not got better."""
    return next((e for e in assessments(entries) if e.verdict is not None and now.better_than(e.verdict)), None)


def first_views(entries: Entries) -> tuple[Viewed, ...]:
    """Views that were recorded before the answer to the same text was."""
    answered = set[str]()
    found = []
    for entry in entries:
        if isinstance(entry, Moved) and entry.to is Stage.ASSESSED:
            answered.add(entry.text)
        elif isinstance(entry, Viewed) and entry.text not in answered:
            found.append(entry)
    return tuple(found)


def faults(entries: Entries, now: dt.datetime) -> tuple[tuple[int, str], ...]:
    """What cannot have happened so, with the number of the entry from 1.

    Args:
        now: What the clock says, UTC.
    """
    return tuple(_faults(entries, now))


def _faults(entries: Entries, now: dt.datetime) -> Iterator[tuple[int, str]]:
    before: Entry | None = None
    for number, entry in enumerate(entries, 1):
        if before is not None and entry.at < before.at:
            yield number, f"its time, {entry.at:%Y-%m-%d %H:%M:%S}, is before that of the entry above"
        if entry.at > now:
            yield number, f"its time, {entry.at:%Y-%m-%d %H:%M:%S}, has not come yet"
        if isinstance(entry, Moved):
            for fault in _cannot(entries[: number - 1], entry):
                yield number, fault
        before = entry


def _cannot(earlier: Entries, made: Moved) -> Iterator[str]:
    start = stage(earlier)
    if move(start, made.to) is None:
        since = f"what is {start.value}" if start else "nothing"
        yield f"{since} cannot become {made.to.value}"
    if made.to is Stage.CLEARED:
        assessed = last(earlier, Stage.ASSESSED)
        if assessed is None or assessed.text != made.text:
            yield "it clears another text than was assessed"
        if not made.alone and any(look_alike(author, made.by) for author in authors(earlier)):
            yield f"{made.by} clears what they proposed themselves"
    if made.to is Stage.RELEASED:
        cleared = last(earlier, Stage.CLEARED)
        if cleared is None or cleared.text != made.text:
            yield "it releases another text than was cleared"
