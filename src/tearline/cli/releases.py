"""The command `release`: what may go is put on record, and only then shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tearline.assess.proceeding import Barred, Request
from tearline.assess.recorded import with_record
from tearline.assess.releasing import Going, Outcome, Waiting, Withheld, releasing
from tearline.cases import CaseFile
from tearline.cases.journal import append, digest, path_of, read_journal, settle
from tearline.cli import clock, kept, render_record
from tearline.cli import record_json as wire
from tearline.cli.answers import ALLOWED, CONDITIONAL, REFUSED, stages
from tearline.cli.files import a_file, faults_told
from tearline.cli.layout import console
from tearline.cli.streams import put_json
from tearline.domain.dossier import Entries, Moved, last, stage
from tearline.domain.lifecycle import Stage
from tearline.errors import InputError
from tearline.store import acts
from tearline.store.acts import REFUSAL, RELEASE
from tearline.store.desk import Desk, writing
from tearline.store.record import Contents, Entry


def release(
    case: str,
    *,
    by: str | None,
    because: str,
    record: Path | None,
    as_json: bool,
    at: dt.datetime | None = None,
    by_table: bool = False,
) -> int:
    """Assess, put on record what goes or that nothing does, and print it with its number.

    Args:
        at: What time it is; by default what the clock says.
        by_table: Whether it must have been cleared in a journal.
    """
    with faults_told(case, as_json=as_json):
        file = a_file(case)
        who = by if by is not None else file.case.proposal.carried_by or ""
        if not who.strip():
            raise InputError("nobody is named who releases it; say by whose authority: `--by OFFICER`")
        asked = Request(case=file.case, text=digest(file.text), by=who, at=at or clock.now(), because=because)
        with writing(kept.place(record), kept.keys()) as desk:
            done = _done(desk, case, asked, by_table=by_table)
            head = desk.record.head()
    if isinstance(done, Waiting | Barred):
        _stopped(file, done, as_json=as_json)
        return CONDITIONAL if isinstance(done, Waiting) else REFUSED
    entry, again = done
    shown = wire.Shown(entry=entry, head=head[1] if head else "", record=str(kept.place(record)), again=again)
    if as_json:
        put_json(wire.encode_release(shown))
    else:
        render_record.release(console(), shown)
    return ALLOWED if entry.kind == RELEASE else REFUSED


def _done(desk: Desk, case: str, asked: Request, *, by_table: bool) -> tuple[Entry, bool] | Waiting | Barred:
    """The entry, and whether it was there before; or why there is none."""
    before = acts.release_on(desk.record, asked.text)
    journal = path_of(case)
    settle(journal)
    entries = read_journal(journal, asked.at)
    if before is not None:
        over = stage(entries)
        if over in (Stage.RECALLED, Stage.EXPIRED, Stage.CORRECTED):
            why = f"it is on record as number {before.seq}, and is {over.value} since"
            return Barred(start=over, to=Stage.RELEASED, why=(why,))
        if stage(entries) is Stage.CLEARED:
            append(journal, lambda found: acts.move_of(before, _cleared(found)), asked.at)
        return before, True
    with stages() as told:
        told("the answer for today, with all that is on record")
        asked = Request(
            case=with_record(asked.case, acts.released(desk.record)),
            text=asked.text,
            by=asked.by,
            at=asked.at,
            because=asked.because,
        )
        found = releasing(entries, asked, by_table=by_table)
    return _put(desk, found, entries, case)


def _cleared(entries: Entries) -> Moved:
    cleared = last(entries, Stage.CLEARED)
    if stage(entries) is not Stage.CLEARED or cleared is None:
        raise InputError("the journal has gone on meanwhile; look at `tearline history`")
    return cleared


def _put(desk: Desk, found: Outcome, entries: Entries, case: str) -> tuple[Entry, bool] | Waiting | Barred:
    if isinstance(found, Waiting | Barred):
        return found
    aside = acts.new_of(desk.record, list(acts.set_aside(found.case)))
    at = int(found.at.timestamp())
    if isinstance(found, Withheld):
        content = acts.refusal_of(found)
        before = acts.refusal_on(desk.record, content)
        if before is None or aside:
            desk.put([*aside, *([(REFUSAL, content)] if before is None else [])], at)
        return before or desk.record.entry(desk.record.size - 1), before is not None
    return _released(desk, found, aside, at, entries, case), False


def _released(desk: Desk, going: Going, aside: Contents, at: int, entries: Entries, case: str) -> Entry:
    """Put a release on record, then tell the journal; nobody else adds to either meanwhile."""

    def put(found: Entries) -> Moved:
        if tuple(found) != tuple(entries):
            raise InputError("the journal has gone on meanwhile; nothing was released: try again")
        desk.put([*aside, (RELEASE, acts.release_of(going))], at)
        assert going.move is not None  # there is a journal
        return going.move

    if going.move is None:
        desk.put([*aside, (RELEASE, acts.release_of(going))], at)
    else:
        append(path_of(case), put, going.at)
    return desk.record.entry(desk.record.size - 1)


def _stopped(file: CaseFile, found: Waiting | Barred, *, as_json: bool) -> None:
    if as_json:
        put_json(wire.encode_stopped(found))
    elif isinstance(found, Barred):
        render_record.barred(console(), found)
    else:
        render_record.waiting(console(), file.case, found)
