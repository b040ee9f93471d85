"""What a witness has seen of the logs that it follows, in one file: looked up, judged and kept in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tearline.errors import InputError
from tearline.ledger.checkpoints import Checkpoint
from tearline.ledger.notes import Key
from tearline.store.places import make_folder
from tearline.store.tables import whole

APPLICATION: Final = 0x7EA215
_TABLES: Final = """
create table if not exists follows (origin text primary key, key text not null) strict;
create table if not exists seen (origin text primary key, size integer not null, root blob not null) strict;
create table if not exists alarm (
    at integer not null, origin text not null, head text not null, text text not null
) strict;
"""


class Seen:
    """The memory of one witness (:class:`tearline.ledger.witness.Heads`).

    Raises:
        InputError: It cannot be opened, or is something else.
    """

    def __init__(self, path: Path) -> None:
        if path.is_symlink():
            raise InputError(f"{path}: this is a link; name the file itself")
        make_folder(path.parent)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
            self._connection.execute("pragma synchronous = full")
            (application,) = self._connection.execute("pragma application_id").fetchone()
            (tables,) = self._connection.execute("select count(*) from sqlite_master").fetchone()
            if application != APPLICATION and tables:
                raise InputError(f"{path}: this is no memory of a witness")
            with whole(self._connection):
                for statement in filter(str.strip, _TABLES.split(";")):
                    self._connection.execute(statement)
                self._connection.execute(f"pragma application_id = {APPLICATION}")
        except OSError as failure:
            raise InputError(f"{path}: cannot be opened: {(failure.strerror or str(failure)).lower()}") from failure
        except sqlite3.DatabaseError as failure:
            raise InputError(f"{path}: this is no memory of a witness: {failure}") from None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def follow(self, key: Key) -> None:
        """Follow a log from now on. It keeps its key for life.

        Raises:
            InputError: Another key of that name is followed.
        """
        with whole(self._connection):
            self._connection.execute("insert or ignore into follows values (?, ?)", (key.name, str(key)))
        if self.logs()[key.name] != (key,):
            raise InputError(
                f"`{key.name}` is followed with another key; a log keeps its key for life: ask who runs it"
            )

    def logs(self) -> dict[str, tuple[Key, ...]]:
        """The keys of the logs that are followed, by name."""
        rows = self._connection.execute("select origin, key from follows")
        return {origin: (Key.parse(key),) for origin, key in rows}

    def seen(self, origin: str) -> Checkpoint | None:
        """The last head of a log; ``None``: none was seen."""
        row = self._connection.execute("select size, root from seen where origin = ?", (origin,)).fetchone()
        return None if row is None else Checkpoint(origin, row[0], bytes(row[1]))

    def advance(self, origin: str, step: Callable[[Checkpoint | None], Checkpoint]) -> Checkpoint:
        """Look up the last head, take the step, and keep what it gives, all or nothing, one at a time."""
        with whole(self._connection):
            head = step(self.seen(origin))
            self._connection.execute("insert or replace into seen values (?, ?, ?)", (origin, head.size, head.root))
        return head

    def alarm(self, at: int, origin: str, head: str, text: str) -> None:
        """Keep a signed head that fits nothing: it is the proof against its log."""
        with whole(self._connection):
            self._connection.execute("insert into alarm values (?, ?, ?, ?)", (at, origin, head, text))
