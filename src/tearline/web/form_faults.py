"""The faults of a text beside the fields that they are about, and how to get there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from tearline.cases.places import Value
from tearline.cases.shapes import Path, spelled_path
from tearline.errors import Problem
from tearline.web.form_fields import Asked, Collection, Group, Shown
from tearline.web.form_parts import Sheet, is_at, path_in
from tearline.web.form_paths import pointer

_MISSING: Final = re.compile(r"`(\w+)` is missing")


@attrs.frozen(kw_only=True)
class Fault:
    """One fault in the list of all.

    Attributes:
        field: The field on this page that it is about; empty: there is none.
        part: The part on whose page it is then.
    """

    told: str
    field: str
    part: str


@attrs.frozen(kw_only=True)
class Faults:
    """All faults of a text.

    Attributes:
        beside: What is told beside each field, by its name.
        inside: The names of everything that holds a faulty field.
    """

    listed: tuple[Fault, ...]
    beside: Mapping[str, tuple[str, ...]]
    inside: frozenset[str]


def placed(problems: Sequence[Problem], sheet: Sheet, plain: Value) -> Faults:
    """Every problem with its place on a page, in the order of the file."""
    targets = dict(_targets(sheet.held))
    listed, beside, inside = [], dict[str, tuple[str, ...]](), set[str]()
    for problem in problems:
        path = _nearest(problem, targets)
        told = problem.message + (f"; {problem.hint}" if problem.hint else "")
        field = pointer(path) if path is not None else ""
        listed.append(Fault(told=worded(problem), field=field, part=pointer(path_in(problem.path, plain))))
        if path is not None:
            beside[field] = (*beside.get(field, ()), told)
            inside |= {pointer(path[:length]) for length in range(1, len(path) + 1)}
    return Faults(listed=tuple(listed), beside=beside, inside=frozenset(inside))


def worded(problem: Problem) -> str:
    """A problem by its path: lines are those of a text that lies nowhere yet."""
    told = problem.message + (f"; {problem.hint}" if problem.hint else "")
    return f"{problem.path}: {told}" if problem.path else told


def _nearest(problem: Problem, targets: Mapping[Path, str]) -> Path | None:
    """The field that a problem is about, or the smallest thing on the page that holds its place."""
    spelled = problem.path
    missing = _MISSING.match(problem.message)
    if missing and any(spelled_path(path) == _below(spelled, missing[1]) for path in targets):
        spelled = _below(spelled, missing[1])
    held = [path for path in targets if spelled and is_at(spelled, path)]
    return max(held, key=len) if held else None


def _below(spelled: str, key: str) -> str:
    return f"{spelled}.{key}" if spelled else key


def _targets(shown: Sequence[Shown]) -> list[tuple[Path, str]]:
    """Everything on a page beside which something can be told."""
    found: list[tuple[Path, str]] = []
    for each in shown:
        found.append((each.path, each.name))
        match each:
            case Group():
                found += _targets(each.asked)
            case Collection():
                for entry in each.entries:
                    found += [(entry.path, entry.name), *_targets(entry.held)]
            case Asked():
                pass
    return found
