"""The language in which the case format is described: what may stand where.

A *shape* describes one kind of value. From a description made of shapes follow the reader (every
problem of a file at once), the writer, the JSON Schema and the reference table, so that they cannot
disagree. The description of the case file itself is :mod:`.format`.

Reading has three steps. ``read`` turns a node into a *draft*: mappings and lists of finished values,
with everything unusable left out and reported. Checks that compare one part of the file with another
work on the draft (:mod:`.checks`). ``build`` turns a draft without problems into nouns of the domain;
``take`` is its inverse and is what the writer uses.
"""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final

import attrs

from tearline.cases.document import MAX_NODES, MappingNode, Node, ScalarNode, SequenceNode
from tearline.errors import CaseFileError, Problem

Path = tuple[str | int, ...]
"""The keys and list indices that lead to a value."""

MAX_PROBLEMS: Final = 200
"""How many problems of one file are listed; the rest are only counted."""

MAX_HINTS: Final = 50
"""How many of them get the nearest name as a hint: comparing names is the only slow part."""

LONGEST_ID: Final = 80
"""Characters of an id."""


class Kind(Enum):
    """What an id names."""

    PARTY = "party"
    ORGANISATION = "organisation"
    SOURCE = "source"
    GROUP = "group"
    SECRET = "secret"
    CLAIM = "claim"
    CAUSE = "cause"
    OPERATION = "operation"


class Unreadable(Enum):
    """The draft of a value that cannot be used; what is wrong with it has been reported."""

    UNREADABLE = "unreadable"


UNREADABLE: Final = Unreadable.UNREADABLE


def spelled_path(path: Path) -> str:
    """A path for people.

    >>> spelled_path(("claims", "plot", "persons", 0))
    'claims.plot.persons[0]'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{printable(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def printable(text: str, longest: int = 60) -> str:
    """User's input as a message may carry it: short, and with nothing that moves a terminal's cursor."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def nearest(word: str, among: Iterable[str]) -> str:
    """A hint that names the option nearest to ``word``, or the few there are."""
    options = list(dict.fromkeys(among))
    if not options:
        return ""
    folded = {option.casefold(): option for option in reversed(options[:500])}
    close = difflib.get_close_matches(word[:LONGEST_ID].casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{printable(folded[close[0]])}`?"
    if len(options) <= 8:
        return "there is " + ", ".join(f"`{printable(option)}`" for option in options)
    return ""


@attrs.define
class Reading:
    """What has been found in a file so far.

    Attributes:
        problems: What is wrong, each once.
        unlisted: How many problems were found beyond :data:`MAX_PROBLEMS`.
        longhand: Paths that spell out what might have been left out or shortened: a default that is
            stated all the same, a list of one. Needed to write a file back unchanged.
        defined: The ids of each kind that the file defines.
        uses: References that wait until everything has been read.
        unreadable: Paths of values that are there but could not be read.
        unsure: Kinds whose definitions could not be read; references to them are not judged.
    """

    problems: list[Problem] = attrs.field(factory=list)
    unlisted: int = 0
    longhand: set[Path] = attrs.field(factory=set)
    defined: dict[Kind, dict[str, None]] = attrs.field(factory=lambda: {kind: {} for kind in Kind})
    uses: list[tuple[Kind, str, Node, Path]] = attrs.field(factory=list)
    unreadable: set[Path] = attrs.field(factory=set)
    unsure: set[Kind] = attrs.field(factory=set)

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted."""
        return len(self.problems) >= MAX_PROBLEMS

    def report(self, node: Node, path: Path, message: str, hint: str = "") -> None:
        """Note a problem at ``node``."""
        if self.is_full:
            self.unlisted += 1
            return
        place = spelled_path(path)
        self.problems.append(Problem(message=message, hint=hint, path=place, line=node.line, column=node.column))

    def report_unknown(self, node: Node, path: Path, message: str, word: str, among: Iterable[str]) -> None:
        """Note that ``word`` is none of ``among``; the first ones get the nearest option as a hint."""
        self.report(node, path, message, nearest(word, among) if len(self.problems) < MAX_HINTS else "")

    def define(self, kind: Kind, id_: str) -> None:
        """Note that the file defines ``id_``."""
        self.defined[kind][id_] = None

    def judge_uses(self) -> None:
        """Report every reference that leads nowhere."""
        for kind, id_, node, path in self.uses:
            known = self.defined[kind]
            if id_ in known or kind in self.unsure:
                continue
            if known:
                self.report_unknown(node, path, f"no {kind.value} `{printable(id_)}`", id_, known)
            else:
                self.report(node, path, f"no {kind.value} `{printable(id_)}`", f"the file defines no {kind.value}")

    def raise_problems(self, name: str) -> None:
        """Raise what has been found, if anything.

        Raises:
            CaseFileError: There are problems; it holds them in the order of the file.
        """
        if not self.problems:
            return
        ordered = sorted(self.problems, key=lambda problem: (problem.line, problem.column))
        if self.unlisted:
            ordered.append(Problem(message=f"{self.unlisted} more problems are not listed"))
        raise CaseFileError(name, ordered)


class Shape(ABC):
    """What may stand in one place."""

    @abstractmethod
    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        """The draft of ``node``; what is wrong is reported to ``reading``."""

    def build(self, draft: Any) -> Any:
        """The finished value of a draft without problems."""
        return draft

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        """The plain data that reads as ``value``: the inverse of reading and building."""
        return value

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """This shape in JSON Schema, draft 2020-12."""

    @abstractmethod
    def words(self) -> str:
        """This shape in the words of the reference table, in Markdown."""

    def inner(self) -> Iterable[Shape]:
        """The shapes it is made of."""
        return ()


def wrong(node: Node, path: Path, reading: Reading, message: str, hint: str = "") -> Unreadable:
    """Report a value that cannot be used, and stand in for it."""
    reading.report(node, path, message, hint)
    reading.unreadable.add(path)
    return UNREADABLE


def described(node: Node) -> str:
    """What stands there, for a message; never quotes it."""
    if isinstance(node, MappingNode):
        return "keys and values"
    return "a list" if isinstance(node, SequenceNode) else "a single value"


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.is_blank and not node.fault


@attrs.frozen
class Listed(Shape):
    """A list. With ``one``, a single item may stand without brackets."""

    item: Shape
    one: bool = False
    least: int = 0
    most: int = MAX_NODES

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if self.one and isinstance(node, ScalarNode) and not node.is_blank:
            draft = self.item.read(node, path, reading)
            return UNREADABLE if draft is UNREADABLE else (draft,)
        if _is_empty(node):
            node = SequenceNode(node.line, node.column, "", ())
        if not isinstance(node, SequenceNode) or node.fault:
            hint = "write it in brackets: [a, b]" if isinstance(node, ScalarNode) else ""
            return wrong(node, path, reading, node.fault or f"expected a list, found {described(node)}", hint)
        if len(node.items) < self.least:
            return wrong(node, path, reading, "nothing is listed here")
        if len(node.items) > self.most:
            return wrong(node, path, reading, f"more than {self.most} items")
        if self.one and len(node.items) == 1:
            reading.longhand.add(path)
        return tuple(self.item.read(item, (*path, index), reading) for index, item in enumerate(node.items))

    def build(self, draft: Any) -> Any:
        return tuple(self.item.build(item) for item in draft)

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        if self.one and len(value) == 1 and path not in longhand:
            return self.item.take(value[0], path, longhand)
        return [self.item.take(item, (*path, index), longhand) for index, item in enumerate(value)]

    def schema(self) -> dict[str, Any]:
        several: dict[str, Any] = {"type": "array", "items": self.item.schema(), "minItems": self.least}
        if not self.least:
            several["type"] = ["array", "null"]
        return {"anyOf": [self.item.schema(), several]} if self.one else several

    def words(self) -> str:
        return f"{self.item.words()}, or a list" if self.one else f"list: {self.item.words()}"

    def inner(self) -> Iterable[Shape]:
        return (self.item,)


@attrs.frozen
class Mapped(Shape):
    """Keys that are ids, each with a value; ``blank`` allows keys without one."""

    key: Shape
    value: Shape
    blank: bool = False
    least: int = 0

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if (node := _as_mapping(node)).fault or not isinstance(node, MappingNode):
            return wrong(node, path, reading, node.fault or f"expected keys and values, found {described(node)}")
        draft = {}
        for key, key_node, value in keyed(node, path, reading):
            if self.key.read(key_node, path, reading) is UNREADABLE:
                continue
            self.enter(key, reading)
            draft[key] = None if self.blank and _is_empty(value) else self.value.read(value, (*path, key), reading)
        if len(draft) < self.least:
            return wrong(node, path, reading, "nothing is listed here")
        return draft

    def enter(self, key: str, reading: Reading) -> None:
        """Note what a key stands for."""

    def build(self, draft: Any) -> Any:
        return {key: None if value is None else self.value.build(value) for key, value in draft.items()}

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return {
            str(key): None if held is None else self.value.take(held, (*path, str(key)), longhand)
            for key, held in value.items()
        }

    def schema(self) -> dict[str, Any]:
        held = self.value.schema()
        return {
            "type": "object" if self.least else ["object", "null"],
            "propertyNames": self.key.schema(),
            "additionalProperties": {"anyOf": [held, {"type": "null"}]} if self.blank else held,
            "minProperties": self.least,
        }

    def words(self) -> str:
        return f"by {self.key.words()}: {self.value.words()}"

    def inner(self) -> Iterable[Shape]:
        return (self.value,)


@attrs.frozen
class Named(Mapped):
    """Nouns by their ids. The file's order is kept; each key becomes the noun's ``id``.

    Attributes:
        defines: What the keys name, if they are not references themselves.
    """

    defines: Kind | None = None

    def enter(self, key: str, reading: Reading) -> None:
        if self.defines is not None:
            reading.define(self.defines, key)

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        draft = super().read(node, path, reading)
        if draft is UNREADABLE:
            reading.unsure |= kinds_defined(self)
        return draft

    def build(self, draft: Any) -> Any:
        return tuple(self.value.build(held | {"id": key}) for key, held in draft.items())

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return {noun.id: self.value.take(noun, (*path, noun.id), longhand) for noun in value}


def _as_mapping(node: Node) -> Node:
    """An empty value is a mapping without keys."""
    return MappingNode(node.line, node.column, "", ()) if _is_empty(node) else node


def keyed(node: MappingNode, path: Path, reading: Reading) -> Iterable[tuple[str, ScalarNode, Node]]:
    """The entries of a mapping with usable keys; the others, and those given twice, are reported."""
    first: dict[str, ScalarNode] = {}
    for key, value in node.entries:
        if not isinstance(key, ScalarNode) or key.fault:
            reading.report(key, path, key.fault or f"a key is {described(key)}", "a key is a single word")
        elif key.text == "<<" and key.plain:
            reading.report(key, path, "a merge (`<<`) is not read", "write it out")
        elif key.text in first:
            place = f"it stands first in line {first[key.text].line}"
            reading.report(key, path, f"`{printable(key.text)}` is given twice", place)
        else:
            first[key.text] = key
            yield key.text, key, value


class NoDefault(Enum):
    """The default of a field that has none."""

    NEEDED = "needed"


NEEDED: Final = NoDefault.NEEDED


@attrs.frozen
class Field:
    """One key of a record.

    Attributes:
        says: What it is for, in a sentence: for the reference table and for editors.
        default: The draft it stands for when it is left out; :data:`NEEDED` if it may not be.
        otherwise: What leaving it out means, for the reference table; by default from ``default``.
    """

    name: str
    shape: Shape
    says: str
    default: Any = None
    otherwise: str = ""


Fields = dict[str, Any]


@attrs.frozen
class Record(Shape):
    """Known keys, each with its own shape. Any other key is a problem.

    Attributes:
        name: Its heading in the reference and its name in the JSON Schema.
        make: From the fields of a draft, by their names, to the noun.
        parts: From the noun to the same fields. ``make(**parts(noun)) == noun``.
        spread: Written one key to a line even where it would fit in one.
    """

    name: str
    says: str
    fields: tuple[Field, ...]
    make: Callable[[Fields], Any] = dict
    parts: Callable[[Any], Fields] = dict
    spread: bool = False

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if (node := _as_mapping(node)).fault or not isinstance(node, MappingNode):
            reading.report(node, path, node.fault or f"expected keys and values, found {described(node)}")
            reading.unsure |= kinds_defined(self)
            return {}
        known = {field.name: field for field in self.fields}
        draft: Fields = {}
        met = set()
        for key, key_node, value in keyed(node, path, reading):
            if key not in known:
                self._report_key(key, key_node, path, reading)
                continue
            met.add(key)
            self._read_field(known[key], value, path, reading, draft)
        for field in self.fields:
            if field.default is NEEDED and field.name not in met:
                reading.report(node, path, f"`{field.name}` is missing", _as_hint(field.says))
        return draft

    def _report_key(self, key: str, node: Node, path: Path, reading: Reading) -> None:
        """Report an unknown key; what the field that it was meant for would define is then unsure."""
        known = {field.name: field for field in self.fields}
        if len(reading.problems) < MAX_HINTS:
            for name in difflib.get_close_matches(key[:LONGEST_ID], known, n=1):
                reading.unsure |= kinds_defined(known[name].shape)
        reading.report_unknown(node, path, f"no key `{printable(key)}` here", key, known)

    def _read_field(self, field: Field, node: Node, path: Path, reading: Reading, draft: Fields) -> None:
        here = (*path, field.name)
        value = field.shape.read(node, here, reading)
        if value is not UNREADABLE:
            draft[field.name] = value
            if value == field.default:
                reading.longhand.add(here)

    def build(self, draft: Any) -> Any:
        shapes = {field.name: field.shape for field in self.fields}
        return self.make({key: shapes[key].build(held) if key in shapes else held for key, held in draft.items()})

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        parts, plain = self.parts(value), Spread() if self.spread else {}
        for field in self.fields:
            here = (*path, field.name)
            held = parts.get(field.name, field.default)
            if held is None or held is NEEDED or (held == field.default and here not in longhand):
                continue
            taken = field.shape.take(held, here, longhand)
            if taken != field.default or here in longhand:
                plain[field.name] = taken
        return plain

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.name.replace(' ', '-')}"}

    def definition(self) -> dict[str, Any]:
        """What ``$ref`` points at."""
        needed = [field.name for field in self.fields if field.default is NEEDED]
        written: dict[str, Any] = {
            "description": self.says,
            "type": "object" if needed else ["object", "null"],
            "properties": {field.name: {"description": field.says} | field.shape.schema() for field in self.fields},
            "additionalProperties": False,
        }
        return written | ({"required": needed} if needed else {})

    def words(self) -> str:
        return f"[{self.name}](#{self.name.replace(' ', '-')})"

    def inner(self) -> Iterable[Shape]:
        return tuple(field.shape for field in self.fields)


def kinds_defined(shape: Shape) -> set[Kind]:
    """The kinds of id that a value of this shape would define."""
    own = {shape.defines} if isinstance(shape, Named) and shape.defines is not None else set()
    return own.union(*(kinds_defined(inner) for inner in shape.inner()))


def _as_hint(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


class Spread(dict[str, Any]):
    """Plain data that is written one key to a line even where it would fit in one."""


def records(shape: Shape) -> Mapping[str, Record]:
    """Every record in ``shape``, by name, outermost first."""
    found: dict[str, Record] = {}
    waiting = [shape]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, Record):
            if current.name in found:
                continue
            found[current.name] = current
        waiting.extend(current.inner())
    return found
