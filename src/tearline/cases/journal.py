"""The journal beside a case file: what was done with the proposal, one line of JSON for each entry.

Lines are only ever added, each written whole or not at all. Anybody who can write the file can forge it;
what cannot have happened is found all the same (:func:`tearline.domain.dossier.faults`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tearline.cases.alone import alone
from tearline.domain.dossier import Briefed, Edit, Entry, Moved, Spoken, Viewed, faults
from tearline.domain.lifecycle import Kind, Stage, Verdict
from tearline.domain.names import ClaimId, PartyId, VersionId
from tearline.errors import InputError, InvariantError

SUFFIX: Final = ".journal"
MAX_BYTES: Final = 64 * 1024 * 1024
"""A larger file is no journal of one proposal."""

JOURNAL: Final = 1
"""The version of the format; every line says it."""


class WireVerdict(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An answer."""

    kind: str
    said: dict[str, str]
    value: float
    consult: list[str]
    conditions: list[str]
    harms: bool


class WireEdit(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A change of the case."""

    path: str
    before: str | None
    after: str | None
    needed: bool | None


class _Line(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every line says: the format, its number from 1, when, who, the digest of the case, why."""

    tearline_journal: int
    n: int
    at: dt.datetime
    by: str
    text: str
    because: str


class WireMoved(_Line, kw_only=True, forbid_unknown_fields=True, tag="move"):
    """A move."""

    to: str
    proposer: str
    verdict: WireVerdict | None
    override: bool
    alone: str
    edits: list[WireEdit]
    case: dict[str, Any] | None


class WireViewed(_Line, kw_only=True, forbid_unknown_fields=True, tag="view"):
    """An officer's own view."""

    view: str


class WireBriefed(_Line, kw_only=True, forbid_unknown_fields=True, tag="briefed"):
    """A receipt."""

    principal: str
    card: str
    caveats: list[str]


class WireSpoken(_Line, kw_only=True, forbid_unknown_fields=True, tag="said"):
    """What was probably said."""

    said: dict[str, str]
    beyond: list[str]
    sure: float


Wire = WireMoved | WireViewed | WireBriefed | WireSpoken


def path_of(case: str) -> Path:
    """The journal of a case file: the same name with ``.journal`` behind it."""
    return Path(f"{case}{SUFFIX}")


def digest(text: str) -> str:
    """What stands for a case file as it is, comments and all."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_journal(path: Path, now: dt.datetime) -> tuple[Entry, ...]:
    """Every entry, oldest first; none where there is no journal.

    Args:
        now: What the clock says, UTC: no entry may be later.
    Raises:
        InputError: It cannot be read, a line is broken, or something in it cannot have happened.
    """
    content = _content(path)
    lines = content.split(b"\n")
    if lines.pop():
        told = "the last line is cut off; if nobody has seen it written, the next move takes it away"
        raise InputError(f"{path}:{len(lines) + 1}: {told}")
    entries = tuple(_entry(path, number, line) for number, line in enumerate(lines, 1))
    wrong = faults(entries, now)
    if wrong:
        told = "\n".join(f"{path}:{number}: {fault}" for number, fault in wrong)
        raise InputError(f"{told}\n{path}: this is not what happened; nothing can be added to it")
    return entries


def append(path: Path, decide: Callable[[tuple[Entry, ...]], Entry], now: dt.datetime) -> Entry:
    """Add what ``decide`` makes of all entries so far; nobody else writes meanwhile.

    Raises:
        InputError: As :func:`read_journal`, or the journal cannot be written; then nothing was added.
    """
    with alone(path):
        _clear(path)
        entries = read_journal(path, now)
        entry = decide(entries)
        line = msgspec.json.encode(_wire(len(entries) + 1, entry)) + b"\n"
        _add(path, line)
    return entry


def settle(path: Path) -> None:
    """Put right what somebody left who was cut off while writing, so that the journal can be read."""
    if path.exists():
        with alone(path):
            _clear(path)


def _clear(path: Path) -> None:
    """Take away a line at the end that somebody was writing when they were cut off: nobody has seen it written.

    A whole entry without its line end stays, and is told of: whoever edited the file has to say what it is.
    """
    content = _content(path)
    torn = content[content.rfind(b"\n") + 1 :]
    if torn and not _is_entry(torn):
        try:
            os.truncate(path, len(content) - len(torn))
        except OSError as failure:
            raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure


def _is_entry(line: bytes) -> bool:
    try:
        _DECODER.decode(line)
    except msgspec.MsgspecError:
        return False
    return True


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                raise InputError(f"{path}: this is no journal")
            return file.read(MAX_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as failure:
        raise InputError(f"{path}: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure


def _add(path: Path, line: bytes) -> None:
    """Write one line at the end, whole or not at all."""
    try:
        place = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as failure:
        raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure
    try:
        end = os.fstat(place).st_size
        try:
            if os.write(place, line) != len(line):
                raise OSError("no space left")
            os.fsync(place)
        except OSError as failure:
            os.ftruncate(place, end)
            raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure
    finally:
        os.close(place)


# --- lines and entries ----------------------------------------------------------------------------------------

_DECODER: Final = msgspec.json.Decoder(Wire)
_KINDS: Final = {kind.label: kind for kind in Kind}


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        wire = _DECODER.decode(line)
        if wire.tearline_journal != JOURNAL or wire.n != number:
            raise ValueError(f"entry {wire.n} of format {wire.tearline_journal} in line {number}")
        return _noun(wire)
    except (msgspec.MsgspecError, ValueError, KeyError) as wrong:
        raise InputError(f"{path}:{number}: this is no entry of a journal ({wrong})") from None


def _noun(wire: Wire) -> Entry:
    if wire.at.utcoffset() != dt.timedelta(0):
        raise ValueError("its time is not in UTC")
    shared: dict[str, Any] = {"at": wire.at, "by": wire.by, "text": wire.text, "because": wire.because}
    match wire:
        case WireMoved():
            return Moved(
                to=Stage(wire.to),
                proposer=wire.proposer,
                verdict=None if wire.verdict is None else _verdict(wire.verdict),
                override=wire.override,
                alone=wire.alone,
                case=wire.case,
                edits=tuple(
                    Edit(path=edit.path, before=edit.before, after=edit.after, needed=edit.needed)
                    for edit in wire.edits
                ),
                **shared,
            )
        case WireViewed():
            return Viewed(view=_KINDS[wire.view], **shared)
        case WireBriefed():
            return Briefed(principal=wire.principal, card=wire.card, caveats=tuple(wire.caveats), **shared)
        case WireSpoken():
            return Spoken(said=wire.said, beyond=tuple(map(ClaimId, wire.beyond)), sure=wire.sure, **shared)


def _verdict(wire: WireVerdict) -> Verdict:
    return Verdict(
        kind=_KINDS[wire.kind],
        said=wire.said,
        value=wire.value,
        consult=tuple(map(PartyId, wire.consult)),
        conditions=tuple(wire.conditions),
        harms=wire.harms,
    )


def _wire(number: int, entry: Entry) -> Wire:
    shared: dict[str, Any] = {
        "tearline_journal": JOURNAL,
        "n": number,
        "at": entry.at,
        "by": entry.by,
        "text": entry.text,
        "because": entry.because,
    }
    match entry:
        case Moved():
            return WireMoved(
                to=entry.to.value,
                proposer=entry.proposer,
                verdict=None if entry.verdict is None else wire_verdict(entry.verdict),
                override=entry.override,
                alone=entry.alone,
                edits=[wire_edit(edit) for edit in entry.edits],
                case=None if entry.case is None else dict(entry.case),
                **shared,
            )
        case Viewed():
            return WireViewed(view=entry.view.label, **shared)
        case Briefed():
            return WireBriefed(principal=entry.principal, card=entry.card, caveats=list(entry.caveats), **shared)
        case Spoken():
            return WireSpoken(said=wire_said(entry.said), beyond=list(entry.beyond), sure=entry.sure, **shared)
    raise InvariantError(f"no line for {type(entry).__name__}")


def wire_verdict(verdict: Verdict) -> WireVerdict:
    """An answer as a line says it."""
    return WireVerdict(
        kind=verdict.kind.label,
        said=wire_said(verdict.said),
        value=verdict.value,
        consult=list(verdict.consult),
        conditions=list(verdict.conditions),
        harms=verdict.harms,
    )


def wire_said(said: Mapping[ClaimId, VersionId]) -> dict[str, str]:
    """What was said, claim by claim, as a line says it."""
    return {str(claim): str(version) for claim, version in said.items()}


def wire_edit(edit: Edit) -> WireEdit:
    """An edit as a line says it."""
    return WireEdit(path=edit.path, before=edit.before, after=edit.after, needed=edit.needed)


def lines(entries: Sequence[Entry]) -> bytes:
    """The journal that holds these entries."""
    return b"".join(msgspec.json.encode(_wire(number, entry)) + b"\n" for number, entry in enumerate(entries, 1))
