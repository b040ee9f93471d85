"""The commands `record witness ask`, `answer` and `keep`: files in, files out, nothing of the content.

Who keeps a record asks; the partner answers with a key of its own and keeps what it has seen; who asked keeps
the answer with the record.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from tearline.cli import clock, kept, record_json
from tearline.cli.files import FINE, faults_told
from tearline.cli.layout import console, paragraph
from tearline.cli.records import CHANGED, key_line, read_bytes
from tearline.cli.streams import put_file, put_json, say, shown
from tearline.errors import InputError
from tearline.ledger import notes
from tearline.ledger.notes import Key, NoteError, Scheme, Signer
from tearline.ledger.witness import Reply, Status, Witness, request
from tearline.store.desk import writing
from tearline.store.places import seen_of
from tearline.store.record import Record
from tearline.store.seen import Seen

WITNESS: Final = "tearline.witness/"
CLOCKS_APART: Final = 300
"""Seconds by which the clocks of a record and its witness may differ."""


def key(*, witness: bool, record: Path | None, as_json: bool) -> int:
    """Print the public key of the record, or of ourselves as a witness."""
    with faults_told(None, as_json=as_json):
        found = _own().key if witness else _key_of(kept.existing(record))
    if as_json:
        put_json(record_json.encode_witness({"name": found.name, "key": str(found)}))
    else:
        put_file(f"{found}\n")
    return FINE


def ask(record: Path | None, *, of: str, old: int | None, as_json: bool) -> int:
    """Print what a witness is asked: that the head continues what it saw last."""
    with faults_told(None, as_json=as_json):
        witness = _witness(of)
        with Record.opened(kept.existing(record)) as opened:
            last = opened.head()
            if last is None:
                raise InputError("a record without entries has no head to witness")
            before = _seen_last(opened, witness) if old is None else old
            text = request(before, opened.continues(before), last[1])
    if as_json:
        put_json(record_json.encode_witness({"old": before, "size": last[0].size, "request": text.decode()}))
    else:
        put_file(text.decode())
    return FINE


def answer(asked: Path, *, log: str | None, state: Path | None, as_json: bool) -> int:
    """Answer as a witness: cosign a head that continues what was seen, and keep it before that is told."""
    with faults_told(None, as_json=as_json):
        seen = Seen(seen_of(os.environ, state))
        try:
            if log is not None:
                seen.follow(key_line(log))
            witness = Witness(signer=_own(), logs=seen.logs(), heads=seen)
            now = int(clock.now().timestamp())
            reply = witness.add_checkpoint(read_bytes(asked), now)
            if reply.split:
                seen.alarm(now, notes.read(reply.split.encode()).text.splitlines()[0], reply.split, "split view")
        finally:
            seen.close()
    if as_json:
        fields: dict[str, Any] = {"status": int(reply.status), "kind": reply.kind, "body": reply.body}
        put_json(record_json.encode_witness({**fields, "split_view": bool(reply.split)}))
    elif reply.status is Status.OK:
        put_file(reply.body)
    else:
        _refused(reply)
    return FINE if reply.status is Status.OK else CHANGED


def _refused(reply: Reply) -> None:
    body = reply.body.strip()
    said = {
        Status.CONFLICT: f"the last head that was seen has {body} entries: ask again with `--old {body}`",
        Status.NOT_FOUND: "this log is not followed; to follow it, name its key: `--log KEY`",
    }.get(reply.status, body)
    if reply.split:
        said = (
            "SPLIT VIEW: the log has signed another head of the same size than it showed before. It shows different "
            "records to different people. Both heads are kept as proof; tell everybody who relies on it."
        )
    say(f"NOT COSIGNED ({int(reply.status)}): {said}")


def keep(answered: Path, record: Path | None, *, of: str, as_json: bool) -> int:
    """Keep the answer of a witness with the record."""
    with faults_told(None, as_json=as_json):
        witness = _witness(of)
        lines = _lines(read_bytes(answered))
        mine = [line for line in lines if (line.name, line.id) == (witness.name, witness.id)]
        if not mine:
            raise InputError(f"{answered}: there is no line of `{witness.name}` in it")
        now = int(clock.now().timestamp())
        with writing(kept.existing(record), kept.keys(), new=False) as desk:
            found = [desk.record.judged(line, witness) for line in mine]
            late = [at for _, at in found if at > now + CLOCKS_APART]
            if late:
                raise InputError(
                    f"`{witness.name}` says it saw the head {late[0] - now} seconds from now: nothing is kept"
                )
            for line in mine:
                desk.record.witnessed(line, witness)
    head, at = found[0]
    if as_json:
        put_json(record_json.encode_witness({"witness": witness.name, "size": head.size, "seen_at": at}))
    else:
        paragraph(console(), shown(f"KEPT: {witness.name} has cosigned the head of {head.size} entries."), indent=0)
    return FINE


def _lines(data: bytes) -> list[notes.Signature]:
    try:
        text = data.decode("utf-8")
        if not text.endswith("\n"):
            raise NoteError("the last line is cut off")
        return [notes.signature_of(line) for line in text.removesuffix("\n").split("\n")]
    except (UnicodeDecodeError, NoteError) as error:
        raise InputError(f"this is no answer of a witness: {error}") from None


def _own() -> Signer:
    """Our key as a witness, made on first use."""
    keys = kept.keys()
    name = keys.first(WITNESS) or f"{WITNESS}{keys.chance(8).hex()}"
    return keys.made(name, Scheme.COSIGNATURE)


def _witness(line: str) -> Key:
    found = key_line(line)
    if found.scheme is not Scheme.COSIGNATURE:
        raise InputError(f"`{found.name}` signs logs, and is no witness; ask it for the key that it cosigns with")
    return found


def _key_of(path: Path) -> Key:
    opened = Record(path)
    try:
        return opened.key
    finally:
        opened.close()


def _seen_last(record: Record, witness: Key) -> int:
    sizes = [size for size, line in record.cosignatures() if (line.name, line.id) == (witness.name, witness.id)]
    return max(sizes, default=0)
