"""The commands `record show`, `prove`, `verify` and `erase`."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import attrs

from tearline.cases.alone import alone
from tearline.cli import clock, kept, record_json, render_record
from tearline.cli.files import FINE, faults_told
from tearline.cli.layout import console
from tearline.cli.streams import put_file, put_json, say
from tearline.errors import InputError, PartnerError
from tearline.ledger import notes, spots
from tearline.ledger.notes import Key
from tearline.ledger.spots import Spot
from tearline.store import acts
from tearline.store.desk import writing
from tearline.store.elsewhere import against
from tearline.store.pages import beside
from tearline.store.record import ERASURE, Entry, Record
from tearline.store.verifying import Fault, Verdict
from tearline.store.verifying import verify as verified

CHANGED = 4
_LARGEST = 1 << 20


def show(record: Path | None, *, oversight: bool, as_json: bool) -> int:
    """Print what is on record; 4 where an entry is not what was written."""
    with faults_told(None, as_json=as_json):
        path = kept.existing(record)
        with Record.opened(path) as opened:
            entries = tuple(opened.entries())
            last = opened.head()
    changed = _changed(entries)
    head, counts = last[1] if last else "", render_record.counts(entries, changed)
    if as_json:
        put_json(record_json.encode_show(entries, changed, head, str(path), counts))
    else:
        render_record.show(console(), entries, changed, head, counts, oversight)
    return CHANGED if changed else FINE


def _changed(entries: Sequence[Entry]) -> list[int]:
    """The entries that do not say what was committed to, and those that say nothing though nobody erased them."""
    said = {entry.seq: entry.content for entry in entries if _is_true(entry)}
    erased = {(said.get(entry.seq) or {}).get("of") for entry in entries if entry.kind == ERASURE}
    return [each.seq for each in entries if each.seq not in said and not (each.content is None and each.seq in erased)]


def _is_true(entry: Entry) -> bool:
    try:
        acts.checked(entry)
    except InputError:
        return False
    return True


def prove(seq: int, record: Path | None, *, as_json: bool) -> int:
    """Print the proof that an entry is on record, with the cosignatures of its head."""
    with faults_told(None, as_json=as_json):
        path = kept.existing(record)
        with Record.opened(path) as opened:
            found = opened.inclusion(seq)
            last = opened.head()
            assert last is not None  # else there were no proof
            lines = "".join(str(line) for size, line in opened.cosignatures() if size == last[0].size)
    spot = Spot(found.commitment, seq, found.path, found.head + lines)
    if as_json:
        hashes = [base64.b64encode(each).decode() for each in spot.path]
        fields = {"number": seq, "commitment": spot.commitment.hex(), "path": hashes, "head": spot.head}
        put_json(record_json.encode_proved({**fields, "file": str(spot)}))
    else:
        put_file(str(spot))
    return FINE


def verify(
    record: Path | None, *, proof: Path | None, head: Path | None, key: str | None, witness: list[str], as_json: bool
) -> int:
    """Check a record, or a proof without one; 4 where something is not as it was written."""
    with faults_told(None, as_json=as_json):
        named = key_line(key) if key is not None else None
        witnesses = [key_line(line) for line in witness]
        if proof is not None and head is None:
            return _proof(read_bytes(proof), named, witnesses, as_json=as_json)
        if proof is not None or (witnesses and head is None):
            raise InputError("`--witness` goes with `--proof` or `--head`, and these two not with each other")
        path, elsewhere = kept.existing(record), None if head is None else read_bytes(head)
        own = named or _own(path)
        with _undisturbed(path):
            found = _found(path, own)
            if elsewhere is not None:
                found = _held_against(elsewhere, path, own, witnesses, found)
    told = str(own) if own else "that the record itself names: it proves nothing against who has rewritten all of it"
    if as_json:
        put_json(record_json.encode_verdict(found, str(path), told))
    else:
        render_record.verdict(console(), found, str(path), told)
    return CHANGED if found.faults else FINE


@contextmanager
def _undisturbed(path: Path) -> Iterator[None]:
    """Keep others from adding to a record while it is looked at, where that can be done."""
    with ExitStack() as held:
        with suppress(InputError):  # a disk that may only be read: nobody adds to that either
            held.enter_context(alone(path, wait=True))
        yield


def _held_against(data: bytes, path: Path, key: Key | None, witnesses: list[Key], found: Verdict) -> Verdict:
    """What a check finds besides once it is known what was seen elsewhere."""
    if key is None:
        raise InputError("say with which key the head must be signed, as it was handed over: `--key KEY`")
    faults, told = against(path, key, data, witnesses)
    return attrs.evolve(found, faults=(*found.faults, *faults), notes=(*found.notes, *told))


def _found(path: Path, key: Key | None) -> Verdict:
    """What a check finds, of the pledge beside the key as well if that key is kept here."""
    if key is None:
        return verified(path)
    try:
        pledged = kept.keys().pledged(key)
        gone = pledged is None and _own(path) == key
        lost = [Fault(place="the pledge", text="what the key has signed is gone")] if gone else []
    except InputError as error:
        pledged, lost = None, [Fault(place="the pledge", text=str(error))]
    found = verified(path, key, pledged=pledged)
    return attrs.evolve(found, faults=(*found.faults, *lost))


def _own(path: Path) -> Key | None:
    """The key of a record as it is kept here, if it is; that is another folder than the record's."""
    for name in _names(path):
        with suppress(InputError):
            return kept.keys().kept(name).key
    return None


def _names(path: Path) -> list[str]:
    """Whose record it may be: as it says itself, or, where nobody can read it, as the sums beside it do."""
    try:
        opened = Record(path)
    except (InputError, PartnerError):
        with suppress(OSError, PartnerError):
            return [line.name for line in notes.read(beside(path).read_bytes()).signatures]
        return []
    opened.close()
    return [opened.origin]


def _proof(data: bytes, key: Key | None, witnesses: list[Key], *, as_json: bool) -> int:
    told = []
    try:
        spot = spots.read(data)
        if key is None:
            raise InputError(
                f"the proof is of `{spot.origin}`; say with which key it must be signed, as it was handed over: "
                "`--key KEY`"
            )
        head = spots.check(spot, key)
        seen = {each.name: spots.seen_by(spot, each) for each in witnesses}
    except PartnerError as error:
        fields: dict[str, Any] = {"proved": False, "why": str(error)}
        if as_json:
            put_json(record_json.encode_proved(fields))
        else:
            say(f"NOT PROVED: {error}")
        return CHANGED
    if not witnesses:
        told.append("no witness was asked for: that others were shown the same record is not proved")
    fields = {
        "proved": True,
        "number": spot.index,
        "log": head.origin,
        "size": head.size,
        "commitment": spot.commitment.hex(),
        "witnessed": seen,
        "notes": told,
    }
    if as_json:
        put_json(record_json.encode_proved(fields))
    else:
        render_record.proved(console(), fields)
    return FINE


def erase(seq: int, record: Path | None, *, by: str, because: str, as_json: bool) -> int:
    """Destroy the content of an entry; that it was done is on record."""
    with faults_told(None, as_json=as_json):
        if not by.strip() or not because.strip():
            raise InputError("an erasure has an author and a reason: `--by` and `--because`")
        path = kept.existing(record)
        with writing(path, kept.keys(), new=False) as desk:
            says = {"by": by.strip(), "why": because.strip()}
            head = desk.erase(seq, says, int(clock.now().timestamp()))
            entry = desk.record.entry(head.size - 1)
            last = desk.record.head()
    shown = record_json.Shown(entry=entry, head=last[1] if last else "", record=str(path), again=False)
    if as_json:
        put_json(record_json.encode_release(shown))
    else:
        render_record.erased(console(), seq, entry.seq)
    return FINE


def read_bytes(path: Path) -> bytes:
    """A small file, or standard input for ``-``.

    Raises:
        InputError: It cannot be read, or is too large.
    """
    try:
        data = os.fdopen(0, "rb", closefd=False).read(_LARGEST + 1) if str(path) == "-" else _bytes(path)
    except OSError as failure:
        raise InputError(f"{path}: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure
    if len(data) > _LARGEST:
        raise InputError(f"{path}: more than {_LARGEST} bytes; this is no such file")
    return data


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def key_line(line: str) -> Key:
    """A key as others hand it over: the line itself, or a file with it after ``@``."""
    text = read_bytes(Path(line[1:])).decode("utf-8", "replace") if line.startswith("@") else line
    return Key.parse(text.strip())
