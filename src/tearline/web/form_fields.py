"""What a form shows of a case, derived from the format and from the text: nothing is described twice.

A single value is a line, a text or a choice; a list of words is ticked; keys that are ids are rows; a record
in a record is a group. What is deeper than that stands as YAML, so that everything can be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Final

import attrs

from tearline.cases.format import CASE
from tearline.cases.format.parts import CLAIM, VERSION
from tearline.cases.places import Value
from tearline.cases.published import left_out
from tearline.cases.scalars import Between, Day, Flag, Judged, Name, Number, Placed, Scalar, SealedText, Text, Word
from tearline.cases.shapes import NEEDED, Field, Kind, Listed, Mapped, Named, Path, Record, Shape
from tearline.cases.worths import Worthy
from tearline.cases.write import block_lines, inline
from tearline.domain import ACCESS_WORDS
from tearline.web.form_paths import bare, data_at, entries_of, heading, is_collection, item_of, pointer, titled

ANY_WORDS: Final = "~"
"""In a choice of versions: said, in whatever words. No id can be that."""

LONGEST_LABEL: Final = 80
"""A longer sentence helps to fill a field in, and its key is the label."""

MOST_TICKS: Final = 40
"""So many things can be ticked; longer lists are typed."""

_SENTENCE: Final = re.compile(r"[.;] ")


class Widget(Enum):
    """How a value is asked for."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    TICKS = "ticks"
    YAML = "yaml"


@attrs.frozen(kw_only=True)
class Option:
    """One of the values that may be chosen."""

    value: str
    label: str
    chosen: bool
    name: str = ""


@attrs.frozen(kw_only=True)
class Asked:
    """One value that is asked for.

    Attributes:
        name: What it is called in the form: its path as a JSON pointer.
        label: In plain words; ``key`` is what stands in the file.
        shown: What stands in the field.
        compact: Whether YAML is a value of one line.
        tucked: Whether it is one step away from what is seen first.
    """

    path: Path
    shape: Shape
    name: str
    label: str
    key: str
    hint: str
    widget: Widget
    shown: str
    now: Value
    there: bool
    options: tuple[Option, ...] = ()
    suggested: tuple[str, ...] = ()
    compact: bool = False
    tucked: bool = False
    row: bool = False
    kind: str = "asked"

    @property
    def short(self) -> bool:
        """Whether what is typed is a number or a day."""
        return isinstance(self.shape, Number | Day | Judged)


@attrs.frozen(kw_only=True)
class Group:
    """Values that belong together: a record in a record, or rows with ids as keys."""

    path: Path
    name: str
    label: str
    key: str
    hint: str
    asked: tuple[Asked | Group, ...]
    tucked: bool
    rows: bool
    there: bool
    kind: str = "group"


@attrs.frozen(kw_only=True)
class Entry:
    """One entry of a collection in a form."""

    path: Path
    name: str
    title: str
    held: tuple[Asked | Group, ...]
    first: bool


@attrs.frozen(kw_only=True)
class Collection:
    """Entries that can be added, moved and removed.

    Attributes:
        by_id: Whether each has an id; else they are a list.
        offered: An id that is not used yet.
        ids: The ids of which one must be taken; empty: any.
    """

    path: Path
    name: str
    label: str
    key: str
    hint: str
    entries: tuple[Entry, ...]
    by_id: bool
    offered: str
    ids: tuple[str, ...]
    one: str
    tucked: bool
    kind: str = "collection"


Shown = Asked | Group | Collection


@attrs.frozen
class Forms:
    """What can be asked of one text.

    Attributes:
        plain: What the text says.
    """

    plain: Value
    _known: dict[Kind | None, tuple[str, ...]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def record(self, shape: Record, path: Path, deep: bool = False) -> tuple[Shown, ...]:
        """Everything that a record may say; ``deep``: its collections stand as YAML."""
        held = data_at(self.plain, path)
        there = held if isinstance(held, dict) else {}
        return tuple(
            self._field(field, (*path, field.name), field.name in there, deep)
            for field in shape.fields
            if path or _is_single(field.shape)
        )

    def collection(self, shape: Shape, path: Path, field: Field, tucked: bool = False) -> Collection:
        """The entries at a path, each with all that it says."""
        item = item_of(shape)
        here = data_at(self.plain, path)
        entries = tuple(
            Entry(
                path=(*path, step),
                name=pointer((*path, step)),
                title=titled((*path, step), self.plain) if isinstance(step, str) else f"{step + 1}",
                held=_flat(self.record(item, (*path, step), deep=True)),
                first=index == 0,
            )
            for index, step in enumerate(entries_of(here))
        )
        label, hint = _words(field)
        keys = shape.key if isinstance(shape, Named) else None
        kind = keys.kind if isinstance(keys, Name) else None
        taken = set(here) if isinstance(here, dict) else set()
        return Collection(
            path=path,
            name=pointer(path),
            label=label,
            key=field.name,
            hint=hint,
            entries=entries,
            by_id=isinstance(shape, Named),
            offered=_unused(item.name.replace(" ", "-"), taken),
            ids=tuple(id_ for id_ in self.ids(kind) if id_ not in taken) if kind else (),
            one=item.name,
            tucked=tucked,
        )

    def ids(self, kind: Kind | None) -> tuple[str, ...]:
        """The ids of one kind that the text defines, in its order."""
        if kind not in self._known:
            self._known[kind] = tuple(dict.fromkeys(_defined(CASE, self.plain, kind)))
        return self._known[kind]

    def _field(self, field: Field, path: Path, there: bool, deep: bool) -> Shown:
        label, hint = _words(field)
        tucked = (not there and field.default is not NEEDED) or isinstance(field.shape, SealedText)
        held = data_at(self.plain, path)
        shape = field.shape
        if is_collection(shape) and not deep and (held is None or isinstance(held, dict | list)):
            return self.collection(shape, path, field, tucked)
        if isinstance(shape, Record) and (held is None or isinstance(held, dict)):
            inner = _flat(self.record(shape, path, deep=True))
            return self._group(field, path, inner, tucked, rows=False)
        rows = self._rows(shape, path, held)
        if rows:
            return self._group(field, path, rows, tucked, rows=True)
        return self._asked(shape, path, label, field.name, hint, held, there, tucked)

    def _group(self, field: Field, path: Path, asked: tuple[Asked | Group, ...], tucked: bool, rows: bool) -> Group:
        label, hint = _words(field)
        return Group(
            path=path,
            name=pointer(path),
            label=label,
            key=field.name,
            hint=hint,
            asked=asked,
            tucked=tucked,
            rows=rows,
            there=data_at(self.plain, path) is not None,
        )

    def _rows(self, shape: Shape, path: Path, held: Value) -> tuple[Asked, ...]:
        """One row for each id that may stand there; none where it is no such mapping."""
        if not isinstance(shape, Mapped) or isinstance(shape, Named) or not _is_one_value(shape.value):
            return ()
        keys = self._keys(shape.key)
        listed = isinstance(held, list) and all(isinstance(each, str) for each in held)
        if not keys or not (held is None or isinstance(held, dict) or listed) or (listed and "" in (held or ())):
            return ()
        rows: dict[str, Any] = held if isinstance(held, dict) else {str(key): None for key in held or ()}
        return tuple(self._row(shape, (*path, key), key, rows) for key in dict.fromkeys((*rows, *keys)))

    def _row(self, shape: Mapped, path: Path, key: str, rows: dict[str, Any]) -> Asked:
        held, there = rows.get(key), key in rows
        if shape.key == CLAIM and shape.value == VERSION:
            versions = data_at(self.plain, ("claims", key, "versions"))
            values = {"": "not said"} | ({ANY_WORDS: "in any words"} if shape.blank else {})
            values |= {each: each for each in entries_of(versions) if isinstance(each, str)}
            shown = (held if held is not None else ANY_WORDS if shape.blank else "") if there else ""
            if isinstance(shown, str):
                return _made(shape.value, path, key, key, "", shown, held, there, options=values, row=True)
        return attrs.evolve(self._asked(shape.value, path, key, key, "", held, there, False), row=True)

    def _keys(self, key: Shape) -> tuple[str, ...]:
        if isinstance(key, Name) and key.kind is not None:
            return self.ids(key.kind)
        return tuple(str(member.value) for member in key.words_of) if isinstance(key, Word) else ()

    def _asked(
        self, shape: Shape, path: Path, label: str, key: str, hint: str, held: Value, there: bool, tucked: bool
    ) -> Asked:
        """One value, asked for in the plainest way that can show what stands there."""
        if held is None or isinstance(held, str):
            shown = held or ""
            options = self._options(shape, shown)
            if options:
                return _made(shape, path, label, key, hint, shown, held, there, options=options, tucked=tucked)
            if isinstance(shape, Text) and type(shape).__name__ != "PolicyName":
                return _made(shape, path, label, key, hint, shown, held, there, widget=Widget.TEXT, tucked=tucked)
            if isinstance(shape, Scalar) and "\n" not in shown and "\r" not in shown:
                return _made(shape, path, label, key, hint, shown, held, there, widget=Widget.LINE, tucked=tucked)
        listed = self._listed(shape, path, label, key, hint, held, there, tucked)
        if listed is not None:
            return listed
        compact = isinstance(shape, Judged | Between | Worthy) and _is_flat(held)
        return _made(
            shape,
            path,
            label,
            key,
            hint,
            as_yaml(held, compact),
            held,
            there,
            widget=Widget.YAML,
            compact=compact,
            suggested=tuple(ACCESS_WORDS) if isinstance(shape, Placed) else (),
            tucked=tucked,
        )

    def _options(self, shape: Shape, shown: str) -> dict[str, str]:
        if isinstance(shape, Word):
            values = {str(member.value): str(member.value) for member in shape.words_of}
        elif isinstance(shape, Flag):
            values = {"true": "yes", "false": "no"}
        elif isinstance(shape, Name) and shape.kind is not None:
            values = {id_: self._called(shape.kind, id_) for id_ in self.ids(shape.kind)}
        else:
            return {}
        return {"": "nothing chosen"} | values | ({shown: shown} if shown not in values and shown else {})

    def _called(self, kind: Kind, id_: str) -> str:
        name = data_at(self.plain, ("parties", id_, "name")) if kind is Kind.PARTY else None
        return f"{id_}: {name}" if isinstance(name, str) and name else id_

    def _listed(
        self, shape: Shape, path: Path, label: str, key: str, hint: str, held: Value, there: bool, tucked: bool
    ) -> Asked | None:
        """A list of single values: ticked, or typed one to a line."""
        if not isinstance(shape, Listed) or not isinstance(shape.item, Scalar) or isinstance(held, dict):
            return None
        items = [held] if isinstance(held, str) else held or []
        words = [each for each in items if isinstance(each, str) and each.strip() == each and each.isprintable()]
        if len(words) != len(items) or len(set(words)) != len(words) or "" in words:
            return None
        options = self._options(shape.item, "")
        if options and len(options) <= MOST_TICKS:
            values = {name: label for name, label in options.items() if name} | {
                w: w for w in words if w not in options
            }
            ticks = tuple(
                Option(value="on", label=said, chosen=value in words, name=f"{pointer(path)}={pointer((value,))[1:]}")
                for value, said in values.items()
            )
            made = _made(shape, path, label, key, hint, "", held, there, widget=Widget.TICKS, tucked=tucked)
            return attrs.evolve(made, options=ticks)
        hint = f"One to a line. {hint}"
        return _made(shape, path, label, key, hint, "\n".join(words), held, there, widget=Widget.LINES, tucked=tucked)


def _made(
    shape: Shape,
    path: Path,
    label: str,
    key: str,
    hint: str,
    shown: str,
    held: Value,
    there: bool,
    *,
    widget: Widget = Widget.CHOICE,
    options: dict[str, str] | None = None,
    suggested: tuple[str, ...] = (),
    compact: bool = False,
    tucked: bool = False,
    row: bool = False,
) -> Asked:
    values = {} if options is None else options | ({shown: shown} if shown not in options else {})
    return Asked(
        path=path,
        shape=shape,
        name=pointer(path),
        label=label,
        key=key,
        hint=hint,
        widget=widget,
        shown=shown,
        now=held,
        there=there,
        options=tuple(Option(value=value, label=said, chosen=value == shown) for value, said in values.items()),
        suggested=suggested,
        compact=compact,
        tucked=tucked,
        row=row,
    )


def as_yaml(value: Value, compact: bool) -> str:
    """A value as YAML: of one line, or as a block."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if compact else inline(bare(value), nested=False)
    return inline(bare(value), nested=False) if compact or not value else "\n".join(block_lines(bare(value), 0))


def all_asked(shown: Iterable[Shown]) -> Iterator[Asked]:
    """Every value that is asked for."""
    for each in shown:
        if isinstance(each, Asked):
            yield each
        elif isinstance(each, Group):
            yield from all_asked(each.asked)
        else:
            for entry in each.entries:
                yield from all_asked(entry.held)


def _words(field: Field) -> tuple[str, str]:
    """What a key is called for people, and what helps to fill it in."""
    parts = _SENTENCE.split(field.says.rstrip("."), maxsplit=1)
    label = parts[0]
    if len(label) > LONGEST_LABEL:
        label, parts = heading(field.name), ["", field.says.rstrip(".")]
    rest = f"{parts[1][:1].upper()}{parts[1][1:]}. " if len(parts) > 1 else ""
    takes = "" if isinstance(field.shape, Record | Mapped) or is_collection(field.shape) else _takes(field.shape)
    out = left_out(field).replace("*", "")
    return label, f"{rest}{takes}{'Must be given.' if field.default is NEEDED else f'Left out: {out}.'}"


def _takes(shape: Shape) -> str:
    words = shape.words()
    if isinstance(shape, Word | Flag | Listed) or words in ("text", "id"):
        return ""
    return f"{words[:1].upper()}{words[1:]}. "


def _is_single(shape: Shape) -> bool:
    return isinstance(shape, Scalar | Judged | Between)


def _is_one_value(shape: Shape) -> bool:
    return isinstance(shape, Scalar | Judged | Worthy)


def _is_flat(held: Value) -> bool:
    """Whether it fits into one line."""
    if isinstance(held, list):
        return all(isinstance(each, str) and "\n" not in each for each in held)
    return held is None or (isinstance(held, str) and "\n" not in held and "\r" not in held)


def _flat(shown: Iterable[Shown]) -> tuple[Asked | Group, ...]:
    """Without collections: where a record is shown deep there are none."""
    return tuple(each for each in shown if not isinstance(each, Collection))


def _unused(stem: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _defined(shape: Shape, plain: Value, kind: Kind | None) -> Iterator[str]:
    """The ids of a kind that plain data of a shape defines."""
    if isinstance(shape, Mapped) and isinstance(plain, dict):
        if isinstance(shape, Named) and shape.defines is kind:
            yield from plain
        for held in plain.values():
            yield from _defined(shape.value, held, kind)
    elif isinstance(shape, Record) and isinstance(plain, dict):
        for field in shape.fields:
            yield from _defined(field.shape, plain.get(field.name), kind)
    elif isinstance(shape, Listed) and isinstance(plain, list):
        for held in plain:
            yield from _defined(shape.item, held, kind)


def is_prose(shape: Shape) -> bool:
    """Whether its values are words for people, which stay quoted where they look like numbers."""
    return isinstance(shape, Text)
