"""Changing single places of the text of a case file: every other line stays as somebody wrote it.

Laws, which the tests check: a place that is put to what it says already leaves the text as it is, to the
letter; after a change the text says what was meant at that place and the same as before at every other, in
the same order; comments outside the changed place are still there. Nothing here knows the format.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs

from tearline.cases.places import AS_TEXT, Place, Sort, Value, found, line_end, line_start, places
from tearline.cases.shapes import Path, spelled_path
from tearline.cases.write import block_lines, entry_lines, fits, inline, item_lines, prose_lines
from tearline.errors import InputError

_COLON: Final = re.compile(r"\s*:\s*")


Order = Callable[[Path], Sequence[str]]
"""The keys of the mapping at a path, in their order; empty: any."""


def _any_order(_: Path) -> Sequence[str]:
    return ()


def put(text: str, path: Path, value: Value, order: Order = _any_order) -> str:
    """``text`` with ``value`` at ``path``, as few lines changed as can be.

    Args:
        path: At least one step. What leads there is made where it is missing, as keys.
        order: Among which keys a new one takes its place; else it comes last.
    Raises:
        InputError: The text cannot be changed place by place, or a step leads through what has no keys.
    """
    root = places(text)
    for depth in range(len(path)):
        here = _at(root, path[:depth])
        if here.entry(path[depth]) is None:
            return _with_new(text, root, path, depth, value, order)
    return _changed(text, path, value)


def removed(text: str, path: Path) -> str:
    """``text`` without the entry at ``path``. Raises InputError where there is none."""
    root = places(text)
    parent, index = _entry(root, path)
    entries = parent.entries
    if len(entries) == 1:
        return _verified(_replaced(text, root, path[:-1], {} if parent.sort is Sort.MAPPING else []), _less(root, path))
    cut = _without_in_brackets if parent.flow else _without_lines
    return _verified(cut(text, parent, index), _less(root, path))


def moved(text: str, path: Path) -> str:
    """``text`` with the entry at ``path`` and the one before it in each other's place. Raises InputError for none."""
    root = places(text)
    parent, index = _entry(root, path)
    if index == 0:
        raise InputError(f"`{spelled_path(path)}` comes first already")
    one, other = parent.entries[index - 1], parent.entries[index]
    (a, b), (c, d) = (
        (entry.start, max(entry.value.end, entry.key_end)) if parent.flow else (entry.start, _last(text, entry.value))
        for entry in (one, other)
    )
    result = f"{text[:a]}{text[c:d]}{text[b:c]}{text[a:b]}{text[d:]}"
    return _verified(result, _swapped(root, path, index))


def inserted(text: str, path: Path, index: int, key: str | None, value: Value) -> str:
    """``text`` with a new entry in the collection at ``path``, before the entry that is now at ``index``.

    Args:
        key: ``None`` in a list.
    Raises:
        InputError: There is no such collection, or the key is there already.
    """
    root = places(text)
    here = _at(root, path)
    if key is not None and here.entry(key) is not None:
        raise InputError(f"`{spelled_path((*path, key))}` is there already")
    if here.sort is not (Sort.LIST if key is None else Sort.MAPPING) and (here.text is not None or here.entries):
        raise InputError(f"`{spelled_path(path)}` is {here.sort.value}")
    if not here.entries:
        only: Value = [value] if key is None else {key: value}
        return _verified(_replaced(text, root, path, only), _with_entry(root, path, 0, key, value))
    index = max(0, min(index, len(here.entries)))
    add = _added_in_brackets if here.flow else _added_lines
    return _verified(add(text, here, index, key, value), _with_entry(root, path, index, key, value))


# --- what is put ------------------------------------------------------------------------------------------------


def _at(root: Place, path: Path) -> Place:
    here = found(root, path)
    if here is None:
        raise InputError(f"there is no `{spelled_path(path)}`")
    return here


def _entry(root: Place, path: Path) -> tuple[Place, int]:
    parent = found(root, path[:-1]) if path else None
    index = parent.entry(path[-1]) if parent is not None else None
    if parent is None or index is None:
        raise InputError(f"there is no `{spelled_path(path)}`")
    return parent, index


def _with_new(text: str, root: Place, path: Path, depth: int, value: Value, order: Order) -> str:
    key, within = path[depth], value
    for step in reversed(path[depth + 1 :]):
        within = {str(step): within}
    if isinstance(key, int) or any(isinstance(step, int) for step in path[depth + 1 :]):
        raise InputError(f"there is no `{spelled_path(path)}`")
    rank = {name: place for place, name in enumerate(order(path[:depth]))}
    keys = [entry.name for entry in _at(root, path[:depth]).entries]
    before = [i for i, name in enumerate(keys) if rank.get(name, -1) < rank.get(key, len(rank))]
    return inserted(text, path[:depth], before[-1] + 1 if before else 0, key, within)


def _changed(text: str, path: Path, value: Value) -> str:
    root = places(text)
    old = _at(root, path).plain
    if same(old, value):
        return text
    if isinstance(old, dict) and isinstance(value, dict) and _keeps_order(old, value):
        for key in [key for key in old if key not in value]:
            text = removed(text, (*path, key))
        for index, (key, held) in enumerate(value.items()):
            is_old = key in old
            text = _changed(text, (*path, key), held) if is_old else inserted(text, path, index, key, held)
        return text
    if isinstance(old, list) and isinstance(value, list) and old and value:
        return _changed_list(text, path, old, value)
    return _verified(_replaced(text, root, path, value), _with_value(root, path, value))


def _keeps_order(old: dict[str, Any], value: dict[str, Any]) -> bool:
    common = [key for key in old if key in value]
    return bool(common) and common == [key for key in value if key in old]


def _changed_list(text: str, path: Path, old: list[Any], value: list[Any]) -> str:
    """Items that stay at the beginning and at the end are left alone."""
    alike = 0
    while alike < min(len(old), len(value)) and same(old[alike], value[alike]):
        alike += 1
    tail = 0
    while tail < min(len(old), len(value)) - alike and same(old[-1 - tail], value[-1 - tail]):
        tail += 1
    was, now = len(old) - tail, len(value) - tail
    for index in range(alike, min(was, now)):
        text = _changed(text, (*path, index), value[index])
    for index in reversed(range(now, was)):
        text = removed(text, (*path, index))
    for index in range(max(was, alike), now):
        text = inserted(text, path, index, None, value[index])
    return text


def same(one: Any, other: Any) -> bool:
    """Whether two plain values say the same in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(held, other[key]) for key, held in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return (type(one) in (dict, list, type(None)) and one == other) or (
        isinstance(one, str) and isinstance(other, str) and str(one) == str(other)
    )


# --- characters -------------------------------------------------------------------------------------------------


def _replaced(text: str, root: Place, path: Path, value: Value) -> str:
    """The text with other characters in the place of a value."""
    here = _at(root, path)
    start, end = here.start, here.end
    in_brackets = any(_at(root, path[:depth]).flow for depth in range(len(path)))
    parent, index = _entry(root, path) if path else (None, 0)
    if in_brackets or parent is None:
        spaced = " " if start == end and text[start - 1 : start] not in ("", " ") else ""
        return f"{text[:start]}{spaced}{inline(value, nested=True)}{text[end:]}"
    entry = parent.entries[index]
    gap = text[entry.key_end : start]
    deeper = ""
    if parent.sort is Sort.MAPPING and (colon := _COLON.fullmatch(gap)):
        start = entry.key_end + colon[0].index(":") + 1
    elif parent.sort is Sort.LIST and not text[entry.start + 1 : start].strip():
        start = entry.start + 1
    elif not here.flow:
        deeper = "  "
    column = entry.start - line_start(text, entry.start)
    alone = not text[end : line_end(text, end)].strip()
    spelled = _spelled(value, column, start - line_start(text, start), alone)
    if text[start - 1 : start].isspace():
        spelled = spelled.removeprefix(" ")
    return f"{text[:start]}{deeper}{_as_broken(spelled, text)}{text[end:]}"


def _spelled(value: Value, indent: int, column: int, alone: bool) -> str:
    """A value as it stands after a colon or a dash in block style, the space before it included.

    Args:
        indent: The column of the key or the dash.
        column: Where the value begins.
        alone: Whether nothing follows it in its last line, so that it may take several.
    """
    if not alone:
        return " " + inline(value, nested=False)
    if isinstance(value, str):
        return " " + "\n".join(line for _, line in prose_lines(value, indent, column + 1))
    if not value or fits(value, column):
        return " " + inline(value, nested=False)
    return "\n" + "\n".join(block_lines(value, indent + 2))


def _as_broken(lines: str, text: str) -> str:
    """Lines that end as those of the file."""
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines


def _last(text: str, value: Place) -> int:
    """Where the last line of a value ends, a comment behind it included."""
    return line_end(text, value.end)


def _added_in_brackets(text: str, parent: Place, index: int, key: str | None, value: Value) -> str:
    new = inline(value, nested=True) if key is None else inline({key: value}, nested=True)[1:-1]
    if index == 0:
        start = parent.entries[0].start
        return f"{text[:start]}{new}, {text[start:]}"
    before = parent.entries[index - 1]
    end = max(before.value.end, before.key_end)
    return f"{text[:end]}, {new}{text[end:]}"


def _added_lines(text: str, parent: Place, index: int, key: str | None, value: Value) -> str:
    first = parent.entries[0].start
    indent = first - line_start(text, first)
    lines = item_lines(value, indent) if key is None else entry_lines(key, value, indent)
    if index == 0:
        new = "\n".join(lines).removeprefix(" " * indent) + "\n" + " " * indent
        return f"{text[:first]}{_as_broken(new, text)}{text[first:]}"
    end = _last(text, parent.entries[index - 1].value)
    return f"{text[:end]}{_as_broken(chr(10) + chr(10).join(lines), text)}{text[end:]}"


def _without_in_brackets(text: str, parent: Place, index: int) -> str:
    entries = parent.entries
    start, end = entries[index].start, max(entries[index].value.end, entries[index].key_end)
    if index + 1 < len(entries):
        between = text[end : entries[index + 1].start]
        if "#" not in between:
            return text[:start] + text[entries[index + 1].start :]
        return text[:start] + between.replace(",", "", 1) + text[entries[index + 1].start :]
    before = max(entries[index - 1].value.end, entries[index - 1].key_end)
    between = text[before:start]
    kept = between.replace(",", "", 1) if "#" in between else ""
    return text[:before] + kept + text[end:]


def _without_lines(text: str, parent: Place, index: int) -> str:
    entries = parent.entries
    start, end = entries[index].start, _last(text, entries[index].value)
    begin = line_start(text, start)
    if text[begin:start].strip():
        return text[:start] + text[entries[index + 1].start :]
    after = text.find("\n", end)
    if after < 0:
        return text[: max(begin - 1, 0)]
    return text[:begin] + text[after + 1 :]


# --- what must come out ------------------------------------------------------------------------------------------


@attrs.frozen
class _Meant:
    """What a text must say after a change."""

    plain: Any


def _with_value(root: Place, path: Path, value: Value) -> _Meant:
    if not path:
        return _Meant(value)
    whole, parent = _copied(root, path)
    parent[path[-1]] = value
    return _Meant(whole)


def _less(root: Place, path: Path) -> _Meant:
    whole, parent = _copied(root, path)
    del parent[path[-1]]
    return _Meant(whole)


def _swapped(root: Place, path: Path, index: int) -> _Meant:
    whole, parent = _copied(root, path)
    if isinstance(parent, list):
        parent[index - 1], parent[index] = parent[index], parent[index - 1]
    else:
        items = list(parent.items())
        items[index - 1], items[index] = items[index], items[index - 1]
        parent.clear()
        parent.update(items)
    return _Meant(whole)


def _with_entry(root: Place, path: Path, index: int, key: str | None, value: Value) -> _Meant:
    holder: dict[str, Any] = {"": root.plain}
    way: tuple[str | int, ...] = ("", *path)
    above: Any = holder
    for step in way[:-1]:
        above = above[step]
    here = above[way[-1]]
    if key is None:
        above[way[-1]] = [*(here or [])[:index], value, *(here or [])[index:]]
    else:
        items = list((here or {}).items())
        above[way[-1]] = dict([*items[:index], (key, value), *items[index:]])
    return _Meant(holder[""])


def _copied(root: Place, path: Path) -> tuple[Any, Any]:
    """All plain data of a text, and the part of it that holds what a path leads to."""
    whole: Any = copy.deepcopy(root.plain)
    parent = whole
    for step in path[:-1]:
        parent = parent[step]
    return whole, parent


def _verified(result: str, meant: _Meant) -> str:
    """``result``, if it says what was meant and nothing else."""
    try:
        says = places(result).plain
    except InputError:
        says = None
    if not same(says, meant.plain):
        raise InputError(f"this place cannot be changed without changing others; {AS_TEXT}")
    return result
