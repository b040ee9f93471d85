"""What was done with a proposal, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.cases.journal import WireEdit, WireVerdict, wire_edit, wire_said, wire_verdict
from tearline.domain import Case
from tearline.domain.dossier import (
    Briefed,
    Entries,
    Entry,
    Moved,
    Spoken,
    Viewed,
    first_views,
    last,
    stage,
)
from tearline.domain.lifecycle import Stage, moves_from

SHAPE = 1


class WireEntry(msgspec.Struct, kw_only=True):
    """One entry. ``kind`` is ``move``, ``view``, ``briefed`` or ``said``; the fields of other kinds are null."""

    at: dt.datetime
    kind: str
    by: str
    because: str
    to: str | None = None
    verdict: WireVerdict | None = None
    override: bool | None = None
    alone_under: str | None = None
    edits: list[WireEdit] | None = None
    view: str | None = None
    before_the_answer: bool | None = None
    principal: str | None = None
    card: str | None = None
    caveats: list[str] | None = None
    said: dict[str, str] | None = None
    beyond: list[str] | None = None
    sure: float | None = None


class WireNext(msgspec.Struct, kw_only=True):
    """A move that the table knows from here."""

    to: str
    who: list[str]
    needs: list[str]
    says: str


class WireHistory(msgspec.Struct, kw_only=True):
    """Everything. ``stage`` is null before anybody proposed; ``void`` tells that a clearance no longer counts."""

    stage: str | None
    void: bool
    entries: list[WireEntry]
    next: list[WireNext]


class WirePage(msgspec.Struct, kw_only=True):
    """The history of one case. ``tearline_history`` is the number of this shape."""

    tearline_history: int
    house_only: WireHistory


def history(case: Case, text: str, entries: Entries) -> WireHistory:
    """What was done, where it stands, and what may follow.

    Args:
        text: The digest of the case as it is now.
    """
    here = stage(entries)
    cleared = last(entries, Stage.CLEARED)
    early = first_views(entries)
    return WireHistory(
        stage=here.value if here else None,
        void=here is Stage.CLEARED and cleared is not None and cleared.text != text,
        entries=[entry(each, any(each is view for view in early)) for each in entries],
        next=[
            WireNext(
                to=move.to.value,
                who=sorted(duty.value for duty in move.who),
                needs=[need.value for need in move.needs],
                says=move.says,
            )
            for move in moves_from(here)
        ],
    )


def encode(found: WireHistory) -> str:
    """The history as JSON text, indented."""
    page = WirePage(tearline_history=SHAPE, house_only=found)
    return msgspec.json.format(msgspec.json.encode(page), indent=2).decode()


def entry(of: Entry, is_first: bool | None = None) -> WireEntry:
    """One entry.

    Args:
        is_first: For a view: whether it was recorded before the answer was.
    """
    found = WireEntry(at=of.at, kind="", by=of.by, because=of.because)
    match of:
        case Moved():
            found.kind, found.to, found.override, found.alone_under = "move", of.to.value, of.override, of.alone
            found.verdict = None if of.verdict is None else wire_verdict(of.verdict)
            found.edits = [wire_edit(edit) for edit in of.edits]
        case Viewed():
            found.kind, found.view, found.before_the_answer = "view", of.view.label, is_first
        case Briefed():
            found.kind, found.principal, found.card, found.caveats = "briefed", of.principal, of.card, list(of.caveats)
        case Spoken():
            found.kind, found.said, found.beyond, found.sure = "said", wire_said(of.said), list(of.beyond), of.sure
    return found
