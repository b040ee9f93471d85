"""Where every value of a case file stands in its text, character by character: what changing one place needs.

Comments are nowhere in it, so whatever is not inside the characters of a value is left alone. A text in which
a value could stand for several places, or a key for two values, has no such map.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

import attrs
import yaml

from tearline.cases.document import MappingNode, Node, ScalarNode, SequenceNode, parse
from tearline.cases.shapes import Path, printable
from tearline.errors import InputError

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

AS_TEXT: Final = "edit this file as text"

Value = dict[str, Any] | list[Any] | str | None
"""Plain data: keys and values, a list, a text, or nothing written. The text of a number is a text here."""


class Sort(Enum):
    """What a value is."""

    SCALAR = "a single value"
    LIST = "a list"
    MAPPING = "keys and values"


@attrs.frozen(kw_only=True)
class Place:
    """One value and where it stands.

    Attributes:
        start, end: Its characters, those of its entries included; a block ends where its last value ends.
        flow: It stands in brackets, or is a single value.
        text: Of a single value; ``None`` where nothing is written.
    """

    sort: Sort
    start: int
    end: int
    flow: bool
    text: str | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def plain(self) -> Value:
        """What it says."""
        match self.sort:
            case Sort.MAPPING:
                return {entry.name: entry.value.plain for entry in self.entries}
            case Sort.LIST:
                return [entry.value.plain for entry in self.entries]
        return self.text

    def entry(self, step: str | int) -> int | None:
        """Which entry a key or an index leads to."""
        if isinstance(step, int):
            return step if self.sort is Sort.LIST and 0 <= step < len(self.entries) else None
        if self.sort is not Sort.MAPPING:
            return None
        return next((index for index, entry in enumerate(self.entries) if entry.name == step), None)


@attrs.frozen(kw_only=True)
class Entry:
    """One key with its value, or one item of a list.

    Attributes:
        start: Where its key starts, or the dash before it; in brackets the item itself.
        name: Its key; empty in a list.
        key_end: Where its key ends; in a list the same as ``start``.
    """

    start: int
    value: Place
    name: str = ""
    key_end: int


def places(text: str, name: str = "case.yaml") -> Place:
    """The map of a text.

    Raises:
        CaseFileError: It is no YAML that is read at all (:func:`tearline.cases.document.parse`).
        InputError: It holds anchors, aliases or tags, a key that is none, or a key twice.
    """
    _must_be_plain(parse(text, name), name)
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        return _Surveying(text, shift).survey(yaml.parse(text[shift:], Loader=_LOADER))
    except yaml.YAMLError:
        raise InputError(f"{name}: JSON with escapes that YAML does not know; {AS_TEXT}") from None


def _must_be_plain(root: Node, name: str) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.fault:
            raise InputError(f"{name}:{node.line}:{node.column}: {node.fault}; {AS_TEXT}")
        if isinstance(node, SequenceNode):
            waiting.extend(node.items)
        if isinstance(node, MappingNode):
            met = set()
            for key, value in node.entries:
                if not isinstance(key, ScalarNode) or key.fault or (key.plain and key.text == "<<"):
                    raise InputError(f"{name}:{key.line}:{key.column}: a key that is no single word; {AS_TEXT}")
                if key.text in met:
                    raise InputError(f"{name}:{key.line}:{key.column}: `{printable(key.text)}` twice; {AS_TEXT}")
                met.add(key.text)
                waiting.append(value)


@attrs.define
class _Surveying:
    """A map while the parser reports one event after the other."""

    source: str
    shift: int

    def survey(self, events: Iterator[Any]) -> Place:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return self._value(event, events)
        raise InputError("the file is empty")

    def _value(self, event: Any, events: Iterator[Any]) -> Place:
        start, end = self._index(event.start_mark), self._index(event.end_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(start, bool(event.flow_style), events)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(start, bool(event.flow_style), events)
        plain = event.style in (None, "")
        if event.style in ("|", ">"):
            end = start + len(self.source[start:end].rstrip(" \t\r\n"))
        held = None if plain and event.value in ("", "~", "null") else event.value
        return Place(sort=Sort.SCALAR, start=start, end=end, flow=True, text=held)

    def _index(self, mark: Any) -> int:
        return int(mark.index) + self.shift

    def _mapping(self, start: int, flow: bool, events: Iterator[Any]) -> Place:
        entries: list[Entry] = []
        end = start
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                end = self._index(event.end_mark)
                break
            key, value = self._value(event, events), self._value(next(events), events)
            entries.append(Entry(start=key.start, key_end=key.end, name=str(event.value), value=value))
        return self._closed(Sort.MAPPING, start, end, flow, entries)

    def _list(self, start: int, flow: bool, events: Iterator[Any]) -> Place:
        entries: list[Entry] = []
        end = start
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                end = self._index(event.end_mark)
                break
            value = self._value(event, events)
            at = value.start if flow else (self._dash(value.start, start) if entries else start)
            entries.append(Entry(start=at, key_end=at, value=value))
        return self._closed(Sort.LIST, start, end, flow, entries)

    def _closed(self, sort: Sort, start: int, end: int, flow: bool, entries: list[Entry]) -> Place:
        if not flow:
            end = max(entries[-1].value.end, entries[-1].key_end) if entries else start
        return Place(sort=sort, start=start, end=end, flow=flow, entries=tuple(entries))

    def _dash(self, item: int, first: int) -> int:
        """The dash before an item: the nearest one in the column of the first."""
        column = first - line_start(self.source, first)
        here = line_start(self.source, item)
        while here > first:
            if self.source[here + column : here + column + 1] == "-" and not self.source[here : here + column].strip():
                return here + column
            here = line_start(self.source, here - 1)
        return item


def line_start(text: str, at: int) -> int:
    """Where the line begins in which a character stands."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends in which a character stands, before what ends it."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def found(root: Place, path: Path) -> Place | None:
    """The value to which a path leads; ``None``: there is none."""
    here = root
    for step in path:
        index = here.entry(step)
        if index is None:
            return None
        here = here.entries[index].value
    return here
