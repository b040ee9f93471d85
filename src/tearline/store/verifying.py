"""Checking a record against everything that it says of itself: any byte that was changed is found and located."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import attrs

from tearline.errors import InputError, TearlineError
from tearline.ledger import notes
from tearline.ledger.checkpoints import Checkpoint, open_checkpoint
from tearline.ledger.notes import Key, NoteError
from tearline.ledger.tree import Tree, leaf_hash
from tearline.store import pages
from tearline.store.pledges import Pledged
from tearline.store.record import ERASURE, Record, committed


@attrs.frozen(kw_only=True)
class Fault:
    """Something that is not as it was written.

    Attributes:
        place: Where: an entry, a head, a page of the file, the file.
        text: What is wrong with it.
    """

    place: str
    text: str


@attrs.frozen(kw_only=True)
class Verdict:
    """What a check found.

    Attributes:
        entries, erased: How many entries there are, and of how many the content was erased.
        faults: Everything that is wrong; empty: the record is as it was written.
        notes: What is no fault, but should be known.
    """

    entries: int
    erased: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def verify(path: Path, key: Key | None = None, *, sums: bool = True, pledged: Pledged | None = None) -> Verdict:
    """Check a record.

    Args:
        sums: Whether its sums must be there and of the last act; after an act that was cut off they are not.
        key: The log's key as it was handed over on another way; ``None``: the one that the record names,
            which then proves only that it was changed by nobody without that key.
        pledged: What the key has pledged to sign, where it is kept here; a head without a signature is a fault
            unless it is one of these.
    """
    try:
        record = Record(path)
    except (InputError, NoteError, sqlite3.DatabaseError, TypeError, ValueError) as error:
        if not path.exists():
            raise
        faults = [Fault(place="the file", text=f"cannot be read as a record: {_said(error)}")]
        return Verdict(entries=0, erased=0, faults=(*faults, *_changed_pages(path, key)))
    try:
        return _verified(record, record.key if key is None else key, pledged, sums=sums)
    finally:
        record.close()


def _verified(record: Record, key: Key, pledged: Pledged | None, *, sums: bool) -> Verdict:
    faults, said, entries, erased, acts = [], [], 0, 0, 0
    if record.key != key:
        faults.append(Fault(place="the log", text=f"it names another key than `{key.name}`"))
    try:
        for (line,) in record.connection.execute("pragma integrity_check"):
            faults += [] if line == "ok" else [Fault(place="the file", text=line)]
        entries, acts = record.size, record.acts
        (kept,) = record.connection.execute("select count(*) from content").fetchone()
        erased = entries - kept
        faults += _changed_entries(record)
        strange = tuple(_not_pledged(record, pledged))
        faults += strange
        (unsigned,) = record.connection.execute("select count(*) from head where note is null").fetchone()
        if unsigned and not strange:
            said.append("the last act was cut off before its head was signed; the next act signs it")
    except (TearlineError, sqlite3.DatabaseError, TypeError, ValueError, OverflowError, RecursionError) as error:
        faults.append(Fault(place="the file", text=f"cannot be read to its end: {_said(error)}"))
    try:
        kept_pages = pages.judging(record.path, key)
    except NoteError as error:
        faults += [Fault(place="the sums", text=str(error))] if sums else []
    else:
        said += map(_renewed, kept_pages.renewed)
        older = "the sums beside the record are older than the last act on it"
        if kept_pages.acts < acts and not faults and not sums:
            said.append(f"{older}, which was cut off after it")
        else:
            why = "which was cut off, or somebody has added to it; the next act looks at every entry and sums it anew"
            faults += [Fault(place="the sums", text=f"{older}, {why}")] if kept_pages.acts < acts else []
            faults += _differing(record.path, kept_pages)
    return Verdict(entries=entries, erased=erased, faults=tuple(faults), notes=tuple(said))


def _changed_entries(record: Record) -> Iterator[Fault]:
    """What the entries, the nodes and the heads do not bear out of one another."""
    log, without, erased = Tree(), set[int](), set[object]()
    for expected, entry in enumerate(record.entries()):
        if entry.seq != expected:
            yield Fault(place=f"entry {expected}", text="is missing")
            return
        if entry.content is None:
            without.add(entry.seq)
        elif entry.salt is None or committed(entry.kind, entry.at, entry.content, entry.salt) != entry.commitment:
            yield Fault(place=f"entry {entry.seq}", text="does not say what was committed to")
        elif entry.kind == ERASURE:
            erased.add(entry.content.get("of"))
        log.append(leaf_hash(entry.commitment))
    for seq in sorted(without - erased):
        yield Fault(place=f"entry {seq}", text="has lost its content, and no erasure of it is on record")
    nodes = record.connection.execute("select level, place, hash from node order by level, place")
    count = 0
    for level, place, kept in nodes:
        count += 1
        try:
            same = log.node(level, place) == kept
        except TearlineError:
            same = False
        if not same:
            yield Fault(place=f"node {place} on level {level}", text="is not that of the entries")
    if count != log.size - log.size.bit_count():
        yield Fault(place="the tree", text=f"has {count} nodes")
    yield from _changed_heads(record, log)


def _changed_heads(record: Record, log: Tree) -> Iterator[Fault]:
    last = 0
    for size, kept, note in record.connection.execute("select size, root, note from head order by size"):
        last = size
        if size > log.size or kept != log.root(size):
            yield Fault(place=f"the head of {size} entries", text="is not that of the entries")
            continue
        if note is None and size == log.size:
            continue
        try:
            if open_checkpoint(note.encode(), record.key) != Checkpoint(record.origin, size, kept):
                yield Fault(place=f"the head of {size} entries", text="was signed for something else")
        except (NoteError, AttributeError) as error:
            yield Fault(place=f"the head of {size} entries", text=_said(error))
    if last != log.size:
        yield Fault(place="the last head", text=f"is of {last} entries; there are {log.size}")
    for size, line in record.connection.execute("select size, line from witnessed"):
        try:
            notes.signature_of(line)
        except (NoteError, AttributeError) as error:
            yield Fault(place=f"a witness of {size} entries", text=_said(error))


def _renewed(one: tuple[int, int]) -> str:
    acts, at = one
    written = dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds")
    return (
        f"the sums of act {acts}, after the entry of {written}, were not there: the next act looked at every entry and "
        "summed the pages as they were then; bytes that hold nothing could have been changed unseen between the two"
    )


def _not_pledged(record: Record, pledged: Pledged | None) -> Iterator[Fault]:
    """What the key has neither signed nor pledged to sign, and what it has signed that is not here."""
    heads = record.connection.execute("select size, root, note from head order by size").fetchall()
    signed = max((size for size, _, note in heads if note is not None), default=0)
    for size, kept, note in heads:
        if note is None and (pledged is None or not pledged.covers(Checkpoint(record.origin, size, bytes(kept)))):
            where = f"entry {signed}" if size == signed + 1 else f"entries {signed} to {size - 1}"
            why = (
                "bears no signature, and the key has not pledged to sign it: somebody without the key may have added it"
            )
            if pledged is None:
                why = "bears no signature, and what the key has pledged to sign is not here to be asked"
            yield Fault(place=where, text=f"its head {why}")
    if pledged is not None and pledged.kept.size > record.size:
        text = f"has {record.size} entries; its key has signed {pledged.kept.size}: it was put back from an older copy"
        yield Fault(place="the record", text=text)


def _changed_pages(path: Path, key: Key | None) -> Iterator[Fault]:
    """Where a file differs from its sums, if it cannot be read and its log's key is known from elsewhere."""
    if key is not None:
        try:
            yield from _differing(path, pages.judging(path, key))
        except NoteError as error:
            yield Fault(place="the sums", text=str(error))


def _differing(path: Path, kept: pages.Pages) -> Iterator[Fault]:
    now = pages.summed(path, kept.acts).hashes
    if len(now) != len(kept.hashes):
        yield Fault(place="the file", text=f"has {len(now)} pages; it had {len(kept.hashes)}")
    for number, (one, other) in enumerate(zip(now, kept.hashes, strict=False)):
        if one != other:
            first = number * pages.PAGE
            yield Fault(place=f"bytes {first} to {first + pages.PAGE - 1} of the file", text="were changed")


def _said(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
