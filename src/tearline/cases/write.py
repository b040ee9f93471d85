"""A case, written as the YAML that people like to read and to edit.

Laws, which the tests check for every shipped case and for generated ones: reading what was written
gives an equal :class:`CaseFile`; writing that again gives the same text; as plain data nothing has
been added to the file or lost from it. Comments are lost: an unchanged file still has its ``text``.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tearline.cases.format import CASE
from tearline.cases.format.parts import default_value
from tearline.cases.format.sources import SOURCE
from tearline.cases.read import CaseFile
from tearline.cases.shapes import Spread

WIDTH: Final = 120
"""Columns up to which a short mapping or list stays in one line."""

DEEPEST: Final = 2
"""How many mappings may stand inside each other in one line."""

LONG: Final = 160
"""Columns from which a text is folded; the words of a claim mostly stay in one line."""

_KEYS_OF_SOURCES: Final = [field.name for field in SOURCE.fields]
_AFTER_PLACEMENT: Final = _KEYS_OF_SOURCES[_KEYS_OF_SOURCES.index("placement") + 1 :]

_PLAIN: Final = re.compile(r"\w(?:[^:#]|:(?! |$)|(?<! )#)*")
_INLINE_STOPS: Final = re.compile(r"[,\[\]{}?]|:$|:[,\[\]{}]")
_READ_AS_OTHER: Final = re.compile(
    r"[+-]?([0-9][0-9_,.:]*|\.[0-9]+)([eE][+-]?[0-9]+)?|0[xob][0-9a-fA-F]+|[+-]?\.?(inf|nan)|true|false|null",
    re.IGNORECASE,
)
"""Texts that other readers of YAML take for numbers, truth values or nothing."""


def write(file: CaseFile) -> str:
    """The canonical text of a case file: keys in the order of the format, ids in the order of the file.

    Raises:
        InvariantError: The case holds an interval that no spelling of the format stands for.
    """
    plain = CASE.take(file.case, (), file.longhand)
    _drop_values(plain, file)
    _add_placements(plain, file)
    sections = ["\n".join(entry_lines(key, value, 0)) for key, value in plain.items()]
    text = ""
    for before, section in zip(["", *sections], sections, strict=False):
        apart = "\n" if before and ("\n" in section or "\n" in before) else ""
        text += f"{apart}{section}\n"
    return text


def _drop_values(plain: dict[str, Any], file: CaseFile) -> None:
    """Leave out the values that the reader of the file supplied."""
    for claim in file.case.claims:
        before = None
        for version in claim.versions:
            path = ("claims", claim.id, "versions", version.id, "value")
            if version.value == default_value(before) and path not in file.longhand:
                del plain["claims"][claim.id]["versions"][version.id]["value"]
            before = version.value


def _add_placements(plain: dict[str, Any], file: CaseFile) -> None:
    for source, placement in file.sealed.items():
        held = plain["sources"][source]
        later = {key: held.pop(key) for key in _AFTER_PLACEMENT if key in held}
        held["placement"] = placement.unseal()
        held.update(later)


class Bare(str):
    """A single value that is written without quotes although other readers of YAML take it for no text."""

    __slots__ = ()


def entry_lines(key: str, value: Any, indent: int) -> list[str]:
    """The lines of one key and its value."""
    start = " " * indent + spelled(key) + ":"
    if isinstance(value, str):
        return [f"{start} {line}" if first else line for first, line in prose_lines(value, indent, len(start) + 1)]
    if not isinstance(value, Mapping | list) or not value or fits(value, len(start)):
        return [f"{start} {inline(value, nested=False)}"]
    return [start, *block_lines(value, indent + 2)]


def block_lines(value: Mapping[str, Any] | Sequence[Any], indent: int) -> Iterator[str]:
    """The lines of a mapping or a list, one entry to a line or more."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield from entry_lines(key, held, indent)
        return
    for item in value:
        yield from item_lines(item, indent)


def item_lines(item: Any, indent: int) -> list[str]:
    """The lines of one item of a list, from its dash on."""
    if isinstance(item, Mapping) and item and not fits(item, indent + 2):
        lines = list(block_lines(item, indent + 2))
        return [" " * indent + "- " + lines[0].lstrip(" "), *lines[1:]]
    if isinstance(item, str):
        return [" " * indent + f"- {line}" if first else line for first, line in prose_lines(item, indent, indent + 2)]
    return [" " * indent + "- " + inline(item, nested=False)]


def fits(value: Any, start: int) -> bool:
    """Whether a collection may stand in one line that already has ``start`` columns."""
    return not _must_spread(value) and start + 1 + len(inline(value, nested=True)) <= WIDTH


def _must_spread(value: Any) -> bool:
    if isinstance(value, Spread):
        return True
    if isinstance(value, str):
        return _has_lines(value)
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return True
    return _depth(value) > DEEPEST or any(_must_spread(inner) for inner in _held(value))


def _depth(value: Any) -> int:
    """How many mappings stand inside each other."""
    return isinstance(value, Mapping) + max(map(_depth, _held(value)), default=0)


def _held(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def inline(value: Any, nested: bool) -> str:
    """A value in one line. ``nested``: it stands between brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{spelled(key, True)}: {inline(held, True)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(item, True) for item in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return spelled(value, nested) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """The shortest decimal figures that read as ``value``, without an exponent where that is short."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def spelled(text: str, nested: bool = False) -> str:
    """``text`` as YAML reads it back to the letter, without quotes where none are needed.

    Args:
        nested: Whether it stands between brackets, where commas and brackets need quotes too.
    """
    if isinstance(text, Bare):
        return str(text)
    safe = _PLAIN.fullmatch(text) and text.isprintable() and not text.endswith(" ")
    if not safe or _READ_AS_OTHER.fullmatch(text) or (nested and _INLINE_STOPS.search(text)):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(c) or (c if c.isprintable() else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def prose_lines(text: str, indent: int, start: int) -> Iterator[tuple[bool, str]]:
    """The lines of a text that stands alone after ``start`` columns; the first goes on in the same line."""
    inside = " " * (indent + 2)
    if _has_lines(text):
        yield True, "|" if text.endswith("\n") else "|-"
        for line in text.removesuffix("\n").split("\n"):
            yield False, inside + line if line else ""
    elif start + len(text) > LONG and _has_words(text):
        yield True, ">-"
        for line in textwrap.wrap(text, WIDTH - len(inside), break_long_words=False, break_on_hyphens=False):
            yield False, inside + line
    else:
        yield True, spelled(text)


def _has_lines(text: str) -> bool:
    """Whether ``text`` has several lines and may stand under ``|`` as it is."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and lines[-1] != ""
        and not text.startswith((" ", "\n"))
        and all(line.isprintable() and (line == "" or line.strip(" ") != "") for line in lines)
    )


def _has_words(text: str) -> bool:
    """Whether ``text`` is one line of words between single spaces, and so may be folded under ``>-``."""
    return text.isprintable() and text == " ".join(text.split())
