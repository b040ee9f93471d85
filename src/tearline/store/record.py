"""The record of what was decided and released: entries in order, which nobody can change unseen.

Each entry is a commitment in a log (:mod:`tearline.ledger`); its content stands beside it and can be erased
by destroying its salt, which leaves the proof of its order. Everything that one act writes (entries, nodes of
the tree, the signed head) is one transaction: it is wholly there, or not at all. A head is signed inside the
transaction that keeps it, and what is signed depends on nothing but the entries, so no two roots of one size
ever bear a signature.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from tearline.errors import InputError, InvariantError
from tearline.ledger import notes
from tearline.ledger.checkpoints import Checkpoint, cosigned_at, open_checkpoint
from tearline.ledger.commitments import Value, canonical, commit
from tearline.ledger.notes import Key, Signer
from tearline.ledger.tree import EMPTY_ROOT, completed, consistency_path, inclusion_path, leaf_hash, root
from tearline.store.tables import connect, whole

ERASURE: Final = "erasure"
"""The kind of an entry which says that the content of another was erased."""

Salts = Callable[[], bytes]
"""Where salts come from: 32 bytes of chance at each call."""


@attrs.frozen(kw_only=True)
class Entry:
    """One thing on record.

    Attributes:
        seq: Its place, from 0.
        at: When it was written, in seconds since 1970, UTC.
        commitment: What the log holds of it.
        content: What it says; ``None``: erased.
        salt: What the commitment was made with; ``None``: destroyed.
    """

    seq: int
    at: int
    kind: str
    commitment: bytes = attrs.field(repr=bytes.hex)
    content: Mapping[str, Value] | None
    salt: bytes | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Inclusion:
    """The proof that an entry is on record: it shows no content.

    Attributes:
        head: The signed head as it was published.
        path: From the entry to the root of that head.
    """

    seq: int
    commitment: bytes
    head: str
    path: tuple[bytes, ...]


class Record:
    """An open record. Reading sees the last whole act; writing waits its turn.

    Raises:
        InputError: There is none at that place, or it is no record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = connect(path)
        origin, key = self.connection.execute("select origin, key from log").fetchone()
        self.key = Key.parse(key)
        self.origin = str(origin)

    @classmethod
    def create(cls, path: Path, key: Key) -> Record:
        """Begin a record at a place where there is none; its log bears the name of the key for life."""
        connection = connect(path, new=True)
        with whole(connection):
            connection.execute("insert into log values (?, ?)", (key.name, str(key)))
        connection.close()
        return cls(path)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    # --- reading ----------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many entries there are."""
        (size,) = self.connection.execute("select coalesce(max(seq) + 1, 0) from entry").fetchone()
        return int(size)

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree of the log."""
        found = self.connection.execute("select hash from node where level = ? and place = ?", (level, place))
        row = found.fetchone()
        if row is None:
            raise InvariantError(f"no complete subtree {place} on level {level}")
        return bytes(row[0])

    def entries(self, kind: str | None = None) -> Iterator[Entry]:
        """Everything on record, in order; of one kind only if one is named."""
        rows = self.connection.execute(
            "select seq, at, kind, commitment, salt, record from entry left join content using (seq) "
            "where ?1 is null or kind = ?1 order by seq",
            (kind,),
        )
        return map(_entry, rows)

    def entry(self, seq: int) -> Entry:
        """One entry.

        Raises:
            InputError: There is none at that place.
        """
        rows = self.connection.execute(
            "select seq, at, kind, commitment, salt, record from entry left join content using (seq) where seq = ?",
            (seq,),
        )
        row = rows.fetchone()
        if row is None:
            raise InputError(f"there is no entry {seq}; the record has {self.size}")
        return _entry(row)

    def head(self) -> tuple[Checkpoint, str] | None:
        """The last head, and as it was signed; ``None`` for a record without entries."""
        row = self.connection.execute("select note from head order by size desc limit 1").fetchone()
        return None if row is None else (open_checkpoint(row[0].encode(), self.key), str(row[0]))

    def inclusion(self, seq: int) -> Inclusion:
        """The proof that an entry is on record, under the last head."""
        entry, last = self.entry(seq), self.head()
        assert last is not None  # where there is an entry there is a head
        return Inclusion(
            seq=seq, commitment=entry.commitment, head=last[1], path=inclusion_path(self, seq, last[0].size)
        )

    def continues(self, size: int) -> tuple[bytes, ...]:
        """The proof that the last head continues the one of that size; nothing needs proof of size 0."""
        last = self.head()
        later = 0 if last is None else last[0].size
        if not 0 <= size <= later:
            raise InputError(f"the record has {later} entries, not {size}")
        return consistency_path(self, size, later) if size else ()

    # --- writing ----------------------------------------------------------------------------------------

    def append(
        self, contents: Sequence[tuple[str, Mapping[str, Value]]], at: int, signer: Signer, salts: Salts
    ) -> Checkpoint:
        """Write entries, each a kind and what it says, and sign the head: all of it or nothing.

        Raises:
            InputError: Nothing to write, another signer's key, or a time before the last entry's.
        """
        with whole(self.connection):
            return self._append(contents, at, signer, salts)

    def erase(self, seq: int, why: str, at: int, signer: Signer, salts: Salts) -> Checkpoint:
        """Destroy the content and the salt of an entry; that it was erased, and why, is an entry itself.

        Raises:
            InputError: No such entry, erased before, or no reason given.
        """
        with whole(self.connection):
            entry = self.entry(seq)
            if entry.content is None:
                raise InputError(f"entry {seq} was erased before")
            if entry.kind == ERASURE or not why.strip():
                raise InputError("an erasure has a reason, and cannot be erased itself")
            self.connection.execute("delete from content where seq = ?", (seq,))
            return self._append([(ERASURE, {"of": seq, "why": why.strip()})], at, signer, salts)

    def witnessed(self, line: notes.Signature, witness: Key) -> int:
        """Keep what a witness has added to the last head; returns when it saw it.

        Raises:
            NoteError: Not a cosignature of that head by that witness.
        """
        with whole(self.connection):
            last = self.head()
            if last is None:
                raise InputError("a record without entries has no head to witness")
            head, note = last
            seen = cosigned_at(attrs.evolve(notes.read(note.encode()), signatures=(line,)), witness)
            if seen is None:
                raise InputError(f"not a line of `{witness.name}`")
            self.connection.execute("insert or ignore into witnessed values (?, ?)", (head.size, str(line)))
            return seen

    def _append(
        self, contents: Sequence[tuple[str, Mapping[str, Value]]], at: int, signer: Signer, salts: Salts
    ) -> Checkpoint:
        if signer.key != self.key:
            raise InputError(f"the record is signed by `{self.key.name}`, not by `{signer.name}`")
        if not contents:
            raise InputError("nothing to put on record")
        (last,) = self.connection.execute("select max(at) from entry").fetchone()
        if last is not None and at < last:
            raise InputError("the clock stands before the last entry; set it right, then write")
        first = self.size
        for seq, (kind, content) in enumerate(contents, first):
            salt = salts()
            self._enter(seq, at, kind, committed(kind, at, content, salt), salt, content)
        size = first + len(contents)
        head = Checkpoint(self.origin, size, root(self, size))
        self.connection.execute("insert into head values (?, ?, ?)", (size, at, str(head.signed(signer))))
        return head

    def _enter(self, seq: int, at: int, kind: str, made: bytes, salt: bytes, content: Mapping[str, Value]) -> None:
        self.connection.execute("insert into entry values (?, ?, ?, ?)", (seq, at, kind, made))
        text = canonical(content).decode()
        self.connection.execute("insert into content values (?, ?, ?)", (seq, salt, text))
        for level, place, node in completed(seq, leaf_hash(made), self.node):
            self.connection.execute("insert into node values (?, ?, ?)", (level, place, node))


def committed(kind: str, at: int, content: Mapping[str, Value], salt: bytes) -> bytes:
    """What the log holds of an entry."""
    return commit({"kind": kind, "at": at, "says": content}, salt)


def empty_head(origin: str) -> Checkpoint:
    """What a record without entries commits to."""
    return Checkpoint(origin, 0, EMPTY_ROOT)


def _entry(row: sqlite3.Row | tuple[int, int, str, bytes, bytes | None, str | None]) -> Entry:
    seq, at, kind, commitment, salt, text = row
    content = None if text is None else json.loads(text)
    return Entry(seq=seq, at=at, kind=kind, commitment=bytes(commitment), content=content, salt=salt)
