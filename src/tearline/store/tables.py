"""The tables of a record, and how its file is opened."""

from __future__ import annotations

import os
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
    root blob not null,
    note text
) strict;
create table witnessed (
    size integer not null references head (size),
    line text not null,
    primary key (size, line)
) strict, without rowid;
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file of a record, for one writer at a time, every change on the disk before it counts.

    Raises:
        InputError: There is none, it is a link, or it is no record.
    """
    if path.is_symlink():
        raise InputError(f"{path}: this is a link; name the record itself, so that nobody can put another in its place")
    if not path.is_file():
        raise InputError(f"{path}: there is no record")
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        _settings(connection)
        _check(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise InputError(f"{path}: not a record, or damaged: {error}") from None
    except InputError:
        connection.close()
        raise
    return connection


def make(path: Path, origin: str, key: str) -> None:
    """Begin a record at a place where there is none, whole or not at all, for its owner's eyes.

    Raises:
        InputError: There is something already, or it cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(new, isolation_level=None)
        try:
            _settings(connection)
            with whole(connection):
                for statement in filter(str.strip, TABLES.split(";")):
                    connection.execute(statement)
                connection.execute(f"pragma application_id = {APPLICATION}")
                connection.execute(f"pragma user_version = {FORMAT}")
                connection.execute("insert into log values (?, ?)", (origin, key))
        finally:
            connection.close()
        os.link(new, path)
        new.unlink()
    except FileExistsError:
        new.unlink(missing_ok=True)
        raise InputError(f"{path}: there is a record already") from None
    except (OSError, sqlite3.Error) as failure:
        reason = (failure.strerror if isinstance(failure, OSError) else None) or str(failure)
        raise InputError(f"{path}: cannot be written: {reason.lower()}") from None


def _settings(connection: sqlite3.Connection) -> None:
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma secure_delete = on")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if application != APPLICATION:
        raise InputError(f"{path}: not a record of releases")
    if version != FORMAT:
        raise InputError(f"{path}: a record of format {version}; this Tearline writes {FORMAT}")


@contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside is there afterwards, or nothing is.

    Raises:
        InputError: Somebody else keeps it locked, or it cannot be written: a full or read-only disk, for example.
    """
    try:
        connection.execute("begin immediate")
        try:
            yield
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
    except (sqlite3.OperationalError, OSError) as failure:
        raise InputError(f"the record cannot be written: {failure}; nothing was put on record") from None
