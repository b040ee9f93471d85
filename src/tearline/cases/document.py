"""YAML text to a tree that remembers lines and columns, and nothing else.

Only the shape of the text is read here. A scalar stays text, so ``NO`` is a party, ``yes`` an answer
and ``2026-11-20`` whatever the format expects there; nothing is executed, merged or repeated.
Anchors, aliases and tags are refused: without them a small file cannot unfold into a large one.
JSON is read too: it is YAML, but for the spelling of a few characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import attrs
import yaml

from tearline.errors import CaseFileError, Problem

MAX_BYTES: Final = 4 * 1024 * 1024
"""Size of the largest file that is read. A case written by hand has some ten thousand bytes."""

MAX_DEPTH: Final = 32
"""How deeply values may be nested; the format itself needs ten levels."""

MAX_NODES: Final = 100_000
"""How many keys, values and collections one file may hold."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""No part of any text; those from U+202A on could show it in another order than it has."""

_PAIR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""Two escapes that JSON spells one character with; the backslash before them is not itself escaped."""

_BREAK: Final = re.compile("[\x85\u2028\u2029]")
"""Characters that are text in JSON and end a line in YAML."""

_PLAIN_WORDS: Final = {
    "found character": ("a value cannot start with this character", "quote the value; indent with spaces, not tabs"),
    "found a tab": ("a tab where spaces must stand", "indent with spaces"),
    "mapping values": ("`: ` in the middle of a value", "quote the value, or check the indentation"),
    "mapping keys": ("`? ` in the middle of a value", "quote the value"),
    "block sequence entries": ("`- ` in the middle of a value", "quote the value, or start a new line"),
    "did not find expected ','": ("a bracket is not closed, or a comma is missing", ""),
    "did not find expected '-'": ("a list goes on without `- `", "check the indentation"),
    "did not find expected key": ("no key where one is expected", "check indentation and quotes"),
    "could not find expected ':'": ("a key without `:`", "write `key: value`"),
    "found unexpected end": ("the file ends inside quotes", "close the quotes"),
    "found invalid Unicode": ("an escape that is no character", "write the character itself"),
    "found unknown escape": ("an unknown escape in double quotes", r"write `\\` for a backslash, or use single quotes"),
}
"""What people understand, by the start of what the parser says; nothing here quotes the file."""


@attrs.frozen
class Node:
    """A value and where it starts, counted from 1; ``fault`` says why it cannot be used, if so."""

    line: int
    column: int
    fault: str


@attrs.frozen
class ScalarNode(Node):
    """Text. ``plain`` if it was written without quotes."""

    text: str
    plain: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written: ``key:``, ``key: ~`` or the ``null`` of JSON."""
        return self.plain and self.text in ("", "~", "null")


@attrs.frozen
class SequenceNode(Node):
    """A list."""

    items: tuple[Node, ...]


@attrs.frozen
class MappingNode(Node):
    """Keys and values in the order of the file; keys may repeat and are then a problem of the reader."""

    entries: tuple[tuple[Node, Node], ...]


def parse(text: str, name: str) -> Node:
    """The tree of the one document in ``text``.

    Args:
        name: What to call the file in messages.
    Raises:
        CaseFileError: The text is too large, empty, holds control characters, is no YAML, nests
            deeper than :data:`MAX_DEPTH`, holds more than :data:`MAX_NODES` nodes or more than one
            document. Work done before refusing is linear in those limits.
    """
    if len(text) > MAX_BYTES:
        refuse(name, too_large())
    if odd := CONTROL.search(text):
        refuse(name, _at_offset(text, odd.start()))
    try:
        return _Growing(name).grow(yaml.parse(_as_yaml(text.removeprefix("\ufeff")), Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        refuse(name, _in_plain_words(error))
    except yaml.YAMLError:
        refuse(name, Problem(message="this is not YAML"))


def _as_yaml(text: str) -> str:
    """JSON with pairs of escapes and odd line breaks spelled as YAML spells them; anything else as it is."""
    if not (text.lstrip().startswith("{") and (_PAIR.search(text) or _BREAK.search(text))):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return _BREAK.sub(lambda found: f"\\u{ord(found[0]):04x}", _PAIR.sub(_one_character, text))


def _one_character(pair: re.Match[str]) -> str:
    code = 0x10000 + ((int(pair[2], 16) - 0xD800) << 10) + int(pair[3], 16) - 0xDC00
    return f"{pair[1]}\\U{code:08x}"


def refuse(name: str, problem: Problem) -> NoReturn:
    """Refuse the whole file for one reason."""
    raise CaseFileError(name, [problem]) from None


def too_large() -> Problem:
    """What to say of a file above :data:`MAX_BYTES`."""
    return Problem(message=f"the file is larger than {MAX_BYTES // 1024 // 1024} MB", hint="a case is one situation")


def _at_offset(text: str, offset: int) -> Problem:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Problem(message=f"a control character (U+{ord(text[offset]):04X})", line=line, column=column)


def _in_plain_words(error: yaml.MarkedYAMLError) -> Problem:
    said = error.problem or ""
    message, hint = next(
        (words for start, words in _PLAIN_WORDS.items() if said.startswith(start)),
        ("this is not YAML", "check indentation, brackets and quotes"),
    )
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Problem(message=message, hint=hint, line=line, column=column)


@attrs.define
class _Open:
    """A collection whose end has not come yet."""

    start: Any
    items: list[Node] = attrs.field(factory=list)

    def close(self) -> Node:
        mark, fault = self.start.start_mark, _fault(self.start)
        if isinstance(self.start, yaml.SequenceStartEvent):
            return SequenceNode(mark.line + 1, mark.column + 1, fault, tuple(self.items))
        pairs = tuple(zip(self.items[::2], self.items[1::2], strict=True))
        return MappingNode(mark.line + 1, mark.column + 1, fault, pairs)


@attrs.define
class _Growing:
    """The tree while the parser reports one event after the other."""

    name: str
    open: list[_Open] = attrs.field(factory=list)
    nodes: int = 0
    root: Node | None = None

    def grow(self, events: Iterator[Any]) -> Node:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self._refuse(event, "a second document", "one file holds one case")
            elif isinstance(event, yaml.NodeEvent):
                self._enter(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._put(self.open.pop().close())
        if self.root is None or (isinstance(self.root, ScalarNode) and self.root.is_blank):
            refuse(self.name, Problem(message="the file is empty", hint="`tearline new` writes a first case"))
        return self.root

    def _enter(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, f"more than {MAX_NODES} keys and values", "a case is one situation")
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                self._refuse(event, f"nested more than {MAX_DEPTH} deep", "")
            self.open.append(_Open(event))
            return
        plain = isinstance(event, yaml.ScalarEvent) and event.style in (None, "")
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        mark = event.start_mark
        self._put(ScalarNode(mark.line + 1, mark.column + 1, _fault(event), text, plain))

    def _put(self, node: Node) -> None:
        if self.open:
            self.open[-1].items.append(node)
        else:
            self.root = node

    def _refuse(self, event: Any, message: str, hint: str) -> NoReturn:
        mark = event.start_mark
        refuse(self.name, Problem(message=message, hint=hint, line=mark.line + 1, column=mark.column + 1))


def _fault(event: Any) -> str:
    """Why a node cannot be used. Never quotes the file: the node may be a sealed one."""
    if isinstance(event, yaml.AliasEvent):
        return "an alias (`*`) is not read; write it out, or quote it if it is text"
    if event.anchor is not None:
        return "an anchor (`&`) is not read; write it out, or quote it if it is text"
    if event.tag is not None:
        return "a tag (`!`) is not read; leave it out, or quote it if it is text"
    if isinstance(event, yaml.ScalarEvent) and CONTROL.search(event.value):
        return "a control character in the text"
    return ""
