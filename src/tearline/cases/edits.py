"""Cases as plain data: without anything sealed, to be kept, compared, and changed back one edit at a time."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from tearline.cases.format import CASE
from tearline.cases.read import read
from tearline.cases.shapes import Path, spelled_path
from tearline.domain import Case, Policy


class _Nothing:
    """What stands where nothing stands."""

    def __repr__(self) -> str:
        return "<nothing>"


NOTHING: Final = _Nothing()

Plain = Mapping[str, Any]


@attrs.frozen
class Change:
    """One place in which two cases differ.

    Attributes:
        path: The keys that lead there.
        before, after: The plain data there; :data:`NOTHING` where there is none.
    """

    path: Path
    before: Any
    after: Any

    @property
    def spelled(self) -> str:
        """The place for people."""
        return spelled_path(self.path)


def plain(case: Case) -> dict[str, Any]:
    """A case as JSON can hold it. Where sources sit is no part of a case, so it is not in it."""
    taken = json.loads(json.dumps(CASE.take(case, (), frozenset()), default=_spelled))
    assert isinstance(taken, dict)
    return taken


def _spelled(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a case file")


def rebuilt(data: Plain, policy: Policy | None = None) -> Case:
    """The case of plain data.

    Args:
        policy: The policy that it names, if that is a file: plain data does not say where that lies.
    Raises:
        CaseFileError: It is none, which may be so after a change back.
    """
    return read(json.dumps(data), "a case as it was", policy=policy).case


def changes(before: Plain, after: Plain) -> tuple[Change, ...]:
    """Every place in which two cases differ, as deep as both have the same shape, in the order of the format."""
    return tuple(_changes((), before, after))


def _changes(path: Path, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _changes((*path, key), before.get(key, NOTHING), after.get(key, NOTHING))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changes((*path, index), one, other)
    else:
        yield Change(path, before, after)


def changed_back(data: Plain, change: Change) -> dict[str, Any]:
    """The case with one change undone."""
    whole: dict[str, Any] = copy.deepcopy(dict(data))
    *way, last = change.path
    here: Any = whole
    for step in way:
        here = here[step]
    if change.before is NOTHING:
        del here[last]
    else:
        here[last] = copy.deepcopy(change.before)
    return whole
