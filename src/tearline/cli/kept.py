"""The record and the keys of whoever runs a command: found, read, and what is on record added to a case."""

from __future__ import annotations

import os
from pathlib import Path

from tearline.assess.recorded import with_record
from tearline.domain import Case
from tearline.errors import InputError
from tearline.store.acts import released
from tearline.store.keys import Keys
from tearline.store.places import keys_of, record_of
from tearline.store.record import Record


def keys() -> Keys:
    """The keys of this user."""
    return Keys(keys_of(os.environ), os.urandom)


def place(named: Path | None) -> Path:
    """Where the record is."""
    return record_of(os.environ, named)


def recorded(case: Case, named: Path | None, *, needed: bool = False) -> Case:
    """A case with what is on record.

    Args:
        needed: Whether there must be a record; else a place without one adds nothing.
    Raises:
        InputError: There is none, or it is damaged.
    """
    path = place(named)
    if not needed and not os.path.lexists(path):
        return case
    with Record.opened(path) as record:
        return with_record(case, released(record))


def existing(named: Path | None) -> Path:
    """Where the record is, which must be there.

    Raises:
        InputError: There is none.
    """
    path = place(named)
    if not path.exists():
        raise InputError(f"{path}: there is no record; `tearline release` begins one, and `--record` names another")
    return path
