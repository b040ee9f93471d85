"""The record of what was decided and released: entries in order, which nobody can change unseen.

Each entry is a commitment in a log (:mod:`tearline.ledger`); its content stands beside it and can be erased
by destroying its salt, which leaves the proof of its order. Everything that one act writes (entries, nodes of
the tree, the head that is to be signed) is one transaction: it is wholly there, or not at all. A head is pledged
at its end and signed only after it: whoever is cut off in between finds the head there and signs the same, so no two
roots of one size ever bear a signature, and none that was not pledged.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, Protocol

import attrs

from tearline.errors import InputError, InvariantError
from tearline.ledger import notes
from tearline.ledger.checkpoints import Checkpoint, cosigned_at, open_checkpoint
from tearline.ledger.commitments import SALT_BYTES, Value, canonical
from tearline.ledger.notes import ForgedError, Key, NoteError, Signer
from tearline.ledger.tree import EMPTY_ROOT, consistency_path, grown, inclusion_path, leaf_hash, root
from tearline.store.tables import connect, make, whole

ERASURE: Final = "erasure"
"""The kind of an entry which says that the content of another was erased."""

Salts = Callable[[], bytes]
"""Where salts come from: 32 bytes of chance at each call."""

Contents = Sequence[tuple[str, Mapping[str, Value]]]
"""What is put on record: kinds, and what each says."""


class Pledging(Protocol):
    """Keeps what will be signed where nobody loses it, and who has not the key cannot make it."""

    def promise(self, record: Record, head: Checkpoint) -> None:
        """Before entries are there to stay: what head over them will be signed; raises where that must not be."""

    def keep(self, record: Record, head: Checkpoint) -> None:
        """Once they are, before a head is signed; raises where it was not promised."""


class Watching(Protocol):
    """Looks on while a record is changed."""

    def foresee(self, record: Record) -> None:
        """At the end of a change, before it counts; what is raised undoes it."""

    def arrived(self, record: Record) -> None:
        """Once it counts."""


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
        self.watch: Watching | None = None
        self.connection = connect(path)
        try:
            origin, key = self.connection.execute("select origin, key from log").fetchone()
            self.key = Key.parse(key)
        except (sqlite3.DatabaseError, UnicodeDecodeError, TypeError, AttributeError, InputError):
            self.connection.close()
            raise InputError(f"{path}: damaged: it does not say whose record it is") from None
        self.origin = str(origin)

    @classmethod
    def create(cls, path: Path, key: Key) -> Record:
        """Begin a record at a place where there is none; its log bears the name of the key for life."""
        make(path, key.name, str(key))
        return cls(path)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def moved(self, new: Path) -> None:
        """Put another file in the place of the record's, which says the same, and open that."""
        self.connection.close()
        new.replace(self.path)
        self.connection = connect(self.path)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Everything that is done inside counts afterwards, or nothing does; whoever watches sees it.

        Raises:
            InputError: It cannot be written.
        """
        done, watch = self.connection.total_changes, self.watch
        with whole(self.connection):
            yield
            changed = self.connection.total_changes > done
            if changed and watch is not None:
                watch.foresee(self)
        if changed and watch is not None:
            watch.arrived(self)

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Record]:
        """A record to be read and let go of.

        Raises:
            InputError: There is none, or it is damaged so far that it cannot be read.
        """
        record = cls(path)
        try:
            yield record
        except (sqlite3.DatabaseError, UnicodeDecodeError, json.JSONDecodeError, RecursionError, NoteError) as error:
            raise InputError(f"{path}: damaged ({error}); see `tearline record verify`") from None
        finally:
            record.close()

    # --- reading ----------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many entries there are."""
        (size,) = self.connection.execute("select coalesce(max(seq) + 1, 0) from entry").fetchone()
        return int(size)

    @property
    def acts(self) -> int:
        """A count that grows with everything that is kept: entries, and lines of witnesses."""
        (lines,) = self.connection.execute("select count(*) from witnessed").fetchone()
        return self.size + int(lines)

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree of the log; that of one entry follows from its commitment."""
        sql, where = "select hash from node where level = ? and place = ?", (level, place)
        if not level:
            sql, where = "select commitment from entry where ? = 0 and seq = ?", (level, place)
        row = self.connection.execute(sql, where).fetchone()
        if row is None:
            raise InvariantError(f"no complete subtree {place} on level {level}")
        return bytes(row[0]) if level else leaf_hash(bytes(row[0]))

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
        """The last signed head, and as it was signed; ``None`` if none was."""
        rows = self.connection.execute("select note from head where note is not null order by size desc limit 1")
        row = rows.fetchone()
        return None if row is None else (open_checkpoint(row[0].encode(), self.key), str(row[0]))

    def inclusion(self, seq: int) -> Inclusion:
        """The proof that an entry is on record, under the last head.

        Raises:
            InputError: There is no such entry, or the head over it was not signed yet.
        """
        entry, last = self.entry(seq), self.head()
        if last is None or last[0].size <= seq:
            raise InputError(f"the head over entry {seq} is not signed yet; the next act on this record signs it")
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
        self, contents: Contents, at: int, signer: Signer, salts: Salts, pledging: Pledging | None = None
    ) -> Checkpoint:
        """Write entries, each a kind and what it says, all of them or none; then sign the head over them.

        Args:
            pledging: Is told what will be signed, before it is there and before it is signed.
        Raises:
            InputError: Nothing to write, another signer's key, or a time before the last entry's.
        """
        self._judge(signer)
        self.sign(signer, pledging)
        with self.changing():
            self._enter(contents, at, salts, pledging)
        return self.sign(signer, pledging)

    def sign(self, signer: Signer, pledging: Pledging | None = None) -> Checkpoint:
        """Sign the last head, if nobody has; whoever was cut off before that signs the same now."""
        self._judge(signer)
        row = self.connection.execute("select size, root, note from head order by size desc limit 1").fetchone()
        if row is None:
            return empty_head(self.origin)
        head = Checkpoint(self.origin, row[0], bytes(row[1]))
        if row[2] is None:
            if pledging is not None:
                pledging.keep(self, head)
            note = str(head.signed(signer))
            with self.changing():
                self.connection.execute("update head set note = ? where size = ? and note is null", (note, head.size))
        return head

    def erase(
        self,
        seq: int,
        says: Mapping[str, Value],
        at: int,
        signer: Signer,
        salts: Salts,
        pledging: Pledging | None = None,
    ) -> Checkpoint:
        """Destroy the content and the salt of an entry; that it was erased is an entry itself.

        Args:
            says: What that entry says besides which it was: by whom, and why (`why`, never empty).
        Raises:
            InputError: No such entry, erased before, or no reason given.
        """
        self._judge(signer)
        self.sign(signer, pledging)
        with self.changing():
            entry = self.entry(seq)
            if entry.content is None:
                raise InputError(f"entry {seq} was erased before")
            if entry.kind == ERASURE or not str(says.get("why", "")).strip():
                raise InputError("an erasure has a reason, and cannot be erased itself")
            self.connection.execute("delete from content where seq = ?", (seq,))
            self._enter([(ERASURE, {**says, "of": seq})], at, salts, pledging)
        return self.sign(signer, pledging)

    def judged(self, line: notes.Signature, witness: Key) -> tuple[Checkpoint, int]:
        """Which of our heads a witness has cosigned with a line, and when it saw it.

        Raises:
            InputError: Not a line of that witness, or a cosignature of no head of ours.
        """
        rows = self.connection.execute("select note from head where note is not null order by size desc").fetchall()
        for (note,) in rows:
            try:
                seen = cosigned_at(attrs.evolve(notes.read(note.encode()), signatures=(line,)), witness)
            except ForgedError:
                continue
            except NoteError as error:
                raise InputError(str(error)) from None
            if seen is None:
                raise InputError(f"not a line of `{witness.name}`")
            return open_checkpoint(note.encode(), self.key), seen
        raise InputError(f"`{witness.name}` has cosigned no head of this record with that line")

    def witnessed(self, line: notes.Signature, witness: Key) -> tuple[Checkpoint, int]:
        """Keep what a witness has added to one of our heads (:meth:`judged`)."""
        head, seen = self.judged(line, witness)
        with self.changing():
            self.connection.execute("insert or ignore into witnessed values (?, ?)", (head.size, str(line)))
        return head, seen

    def cosignatures(self) -> tuple[tuple[int, notes.Signature], ...]:
        """What witnesses have added: the size of the head, and the line."""
        rows = self.connection.execute("select size, line from witnessed order by size, line")
        return tuple((size, notes.signature_of(line)) for size, line in rows)

    def _judge(self, signer: Signer) -> None:
        if signer.key != self.key:
            raise InputError(f"the record is signed by `{self.key.name}`, not by `{signer.name}`")

    def _enter(self, contents: Contents, at: int, salts: Salts, pledging: Pledging | None) -> None:
        """Entries, the nodes that they complete, and the head that is to be signed, which is pledged last."""
        if not contents:
            raise InputError("nothing to put on record")
        (last,) = self.connection.execute("select max(at) from entry").fetchone()
        if last is not None and at < last:
            raise InputError("the clock stands before the last entry; set it right, then write")
        first, made, kept = self.size, list[bytes](), []
        for kind, alike in groupby(contents, itemgetter(0)):
            start, named = first + len(made), canonical(kind)
            for _, content in alike:
                salt, text = salts(), canonical(content)
                kept.append((first + len(made), salt, text.decode()))
                made.append(_committed(named, at, text, salt))
            self.connection.execute(_ENTRIES, (at, start, b"".join(made[start - first :]), kind))
        self.connection.executemany("insert into content values (?, ?, ?)", kept)
        for level, start, nodes in grown(first, list(map(leaf_hash, made)), self.node):
            if level:
                self.connection.execute(_NODES, (level, start, b"".join(nodes)))
        size = first + len(made)
        head = Checkpoint(self.origin, size, root(self, size))
        self.connection.execute("insert into head values (?, ?, ?, null)", (size, at, head.root))
        if pledging is not None:
            pledging.promise(self, head)


def committed(kind: str, at: int, content: Mapping[str, Value], salt: bytes) -> bytes:
    """What the log holds of an entry: the commitment to ``{"at": ..., "kind": ..., "says": content}``."""
    return _committed(canonical(kind), at, canonical(content), salt)


def _committed(kind: bytes, at: int, text: bytes, salt: bytes) -> bytes:
    """The same, of a kind and a content that are in their one spelling already."""
    if len(salt) != SALT_BYTES:
        raise InputError(f"a salt has {SALT_BYTES} bytes")
    return sha256(b'%b{"at":%d,"kind":%b,"says":%b}' % (salt, at, kind, text)).digest()


_BESIDE: Final = """
with recursive beside (n) as (select 0 union all select n + 1 from beside where n + 1 < length(?3) / 32)
select {} from beside
"""
"""Rows for hashes that lie one after another, from a place on: one statement for all of them."""
_NODES: Final = "insert into node" + _BESIDE.format("?1, ?2 + n, substr(?3, n * 32 + 1, 32)")
_ENTRIES: Final = "insert into entry" + _BESIDE.format("?2 + n, ?1, ?4, substr(?3, n * 32 + 1, 32)")


def empty_head(origin: str) -> Checkpoint:
    """What a record without entries commits to."""
    return Checkpoint(origin, 0, EMPTY_ROOT)


def _entry(row: sqlite3.Row | tuple[int, int, str, bytes, bytes | None, str | None]) -> Entry:
    seq, at, kind, commitment, salt, text = row
    content = None if text is None else json.loads(text)
    return Entry(seq=seq, at=at, kind=kind, commitment=bytes(commitment), content=content, salt=salt)
