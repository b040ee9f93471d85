"""The commands `move`, `log` and `history`: what is done with the proposal of a case file, and what was done."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import msgspec

from tearline.assess.card import card as card_of
from tearline.assess.proceeding import Barred, Request, briefed, proceed, spoken, view
from tearline.cases import CaseFile
from tearline.cases.journal import append, digest, path_of, read_journal
from tearline.cli import clock, kept, render_history
from tearline.cli.answers import REFUSED, stages
from tearline.cli.files import FINE, a_file, faults_told
from tearline.cli.releases import release
from tearline.cli.render import console
from tearline.cli.streams import put_json
from tearline.domain import ClaimId, VersionId
from tearline.domain.dossier import Entry, Moved
from tearline.domain.lifecycle import Kind, Stage
from tearline.errors import InputError
from tearline.exchange import card as card_wire
from tearline.exchange import history as wire


class _BarredError(Exception):
    """A move that cannot be made, on its way out of the journal; nothing is written."""

    def __init__(self, barred: Barred) -> None:
        self.barred = barred


def move(
    case: str, *, to: str, by: str, because: str, override: bool, as_json: bool, record: Path | None = None
) -> int:
    """Make a move and record it; 4 where something stands in its way, and then nothing is recorded."""
    if to == Stage.RELEASED.value:
        return release(case, by=by, because=because, record=record, as_json=as_json, at=_now(), by_table=True)
    with faults_told(case, as_json=as_json):
        goal = _stage(to)
        file = a_file(case)
        asked = _request(file, by, because, override=override)
        asked = attrs.evolve(asked, case=kept.recorded(asked.case, record, needed=record is not None))

        def decide(entries: tuple[Entry, ...]) -> Entry:
            with stages() as told:
                made = proceed(entries, goal, asked, told)
            if isinstance(made, Barred):
                raise _BarredError(made)
            return made

        try:
            entry = append(path_of(case), decide, asked.at)
        except _BarredError as stopped:
            return _barred(stopped.barred, as_json=as_json)
    return _told(entry, file, as_json=as_json)


def log(
    case: str,
    *,
    by: str,
    because: str,
    own_view: str | None,
    principal: str | None,
    said: list[str],
    sure: float,
    as_json: bool,
) -> int:
    """Record what is no move: an own view, a receipt, or what was said."""
    with faults_told(case, as_json=as_json):
        if sum((own_view is not None, principal is not None, bool(said))) != 1:
            raise InputError("say what to record: one of `--view`, `--briefed` and `--said`")
        if not 0 < sure <= 1:
            raise InputError(f"`--sure {sure:g}` is no probability; write a number above 0 up to 1")
        file = a_file(case)
        asked = _request(file, by, because)
        with stages() as told:
            told("reading the case")
            if own_view is not None:
                entry: Entry = view(file.case, asked, _kind(own_view))
            elif principal is not None:
                shown = card_of(file.case)
                entry = briefed(asked, _principal(file, principal), card_wire.number(shown), shown)
            else:
                entry = spoken(asked, claims_said(said), sure)
        entry = append(path_of(case), lambda _: entry, asked.at)
    return _told(entry, file, as_json=as_json)


def history(case: str, *, as_json: bool) -> int:
    """Print what was done, where it stands, and what may be done next."""
    with faults_told(case, as_json=as_json):
        file = a_file(case)
        entries = read_journal(path_of(case), _now())
        found = wire.history(file.case, digest(file.text), entries)
    if as_json:
        put_json(wire.encode(found))
    else:
        render_history.history(console(), file.case, entries, found)
    return FINE


def _request(file: CaseFile, by: str, because: str, *, override: bool = False) -> Request:
    return Request(case=file.case, text=digest(file.text), by=by, at=_now(), because=because, override=override)


def _now() -> dt.datetime:
    return clock.now()


def _stage(word: str) -> Stage:
    for stage in Stage:
        if stage.value == word:
            return stage
    raise InputError(f"`{word}` is no stage; there is {', '.join(f'`{stage.value}`' for stage in Stage)}")


def _kind(word: str) -> Kind:
    for kind in Kind:
        if kind.label == word:
            return kind
    raise InputError(f"`{word}` is no answer; there is {', '.join(f'`{kind.label}`' for kind in Kind)}")


def _principal(file: CaseFile, name: str) -> str:
    if not name.strip():
        raise InputError("nobody is named who was briefed")
    return name.strip()


def claims_said(said: list[str]) -> dict[ClaimId, VersionId]:
    """Claims and their versions as they are typed, ``CLAIM=VERSION``.

    Raises:
        InputError: One of them is not of that shape.
    """
    found = {}
    for each in said:
        claim, mark, version = each.partition("=")
        if not mark or not claim or not version:
            raise InputError(f"`{each}` is nothing that was said; write CLAIM=VERSION")
        found[ClaimId(claim)] = VersionId(version)
    return found


def _barred(barred: Barred, *, as_json: bool) -> int:
    if as_json:
        put_json(
            json.dumps({"tearline_move": 1, "house_only": {"recorded": None, "in_the_way": list(barred.why)}}, indent=2)
        )
    else:
        render_history.barred(console(), barred)
    return REFUSED


def _told(entry: Entry, file: CaseFile, *, as_json: bool) -> int:
    if as_json:
        recorded = json.loads(msgspec.json.encode(wire.entry(entry)))
        shape = "tearline_move" if isinstance(entry, Moved) else "tearline_log"
        put_json(json.dumps({shape: 1, "house_only": {"recorded": recorded, "in_the_way": []}}, indent=2))
    else:
        render_history.recorded(console(), file.case, entry)
    return FINE
