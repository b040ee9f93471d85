"""The tables of a record, and how its file is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tearline.errors import InputError

FORMAT: Final = 1
APPLICATION: Final = 0x7EA21E
"""What the head of the file says, so that nothing else is taken for a record."""

TABLES: Final = """
create table log (
    origin text not null,
    key text not null
) strict;
create table entry (
    seq integer primary key,
    at integer not null,
    kind text not null,
    commitment blob not null
) strict;
create table content (
    seq integer primary key references entry (seq),
    salt blob not null,
    record text not null
) strict;
create table node (
    level integer not null,
    place integer not null,
    hash blob not null,
    primary key (level, place)
) strict, without rowid;
create table head (
    size integer primary key,
    at integer not null,
    note text not null
) strict;
create table witnessed (
    size integer not null references head (size),
    line text not null,
    primary key (size, line)
) strict, without rowid;
"""


def connect(path: Path, *, new: bool = False) -> sqlite3.Connection:
    """Open the file of a record, for one writer at a time, every change on the disk before it counts.

    Raises:
        InputError: There is none, there is one already, or it is no record.
    """
    if new == path.exists():
        raise InputError(f"{path}: there is a record already" if new else f"{path}: there is no record")
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
        if new:
            _make(connection)
        _check(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise InputError(f"{path}: not a record, or damaged: {error}") from None
    except InputError:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("begin exclusive")
    for statement in TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"pragma application_id = {APPLICATION}")
    connection.execute(f"pragma user_version = {FORMAT}")
    connection.execute("commit")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if application != APPLICATION:
        raise InputError(f"{path}: not a record of releases")
    if version != FORMAT:
        raise InputError(f"{path}: a record of format {version}; this Tearline writes {FORMAT}")


@contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside is there afterwards, or nothing is."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
