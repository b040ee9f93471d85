"""JSON that carries a marking: one object, strictly read, nothing twice, nothing too deep or too long."""

from __future__ import annotations

import json
from typing import Final

from tearline.errors import InputError

LONGEST: Final = 1_000_000
DEEPEST: Final = 32


def parsed(text: str) -> dict[str, object]:
    """The object that ``text`` says.

    Raises:
        InputError: It is no JSON object, a key stands in it twice, or it is too long or too deep.
    """
    if len(text) > LONGEST:
        raise InputError(f"{len(text)} characters of JSON; nothing beyond {LONGEST} is read")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        raise InputError(f"not JSON: {wrong.msg.lower()} at line {wrong.lineno}, column {wrong.colno}") from None
    except RecursionError:
        raise InputError(f"JSON deeper than {DEEPEST} levels is not read") from None
    if not isinstance(found, dict):
        raise InputError("a marking in JSON is one object, between braces")
    _shallow(found, DEEPEST)
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"the key `{key[:60]}` stands twice in one object; which one holds cannot be known")
        found[key] = value
    return found


def _no_number(word: str) -> object:
    raise InputError(f"`{word}` is no value of JSON")


def _shallow(value: object, left: int) -> None:
    if left < 0:
        raise InputError(f"JSON deeper than {DEEPEST} levels is not read")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _shallow(each, left - 1)


def text_of(holder: dict[str, object], key: str, default: str | None = None) -> str:
    """The text under ``key``.

    Raises:
        InputError: There is none, and no default, or it is no text.
    """
    value = holder.get(key, default)
    if not isinstance(value, str):
        raise InputError(f"`{key}` is missing or is no text")
    return value


def objects_of(holder: dict[str, object], key: str) -> list[dict[str, object]]:
    """The list of objects under ``key``; empty where the key is not there.

    Raises:
        InputError: It is something else.
    """
    value = holder.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InputError(f"`{key}` is a list of objects")
    return value


def object_of(holder: dict[str, object], key: str) -> dict[str, object]:
    """The object under ``key``.

    Raises:
        InputError: There is none.
    """
    value = holder.get(key)
    if not isinstance(value, dict):
        raise InputError(f"`{key}` is missing or is no object")
    return value


def only(holder: dict[str, object], known: tuple[str, ...], what: str) -> None:
    """Refuse keys that are not known: what is skipped is a control lost.

    Raises:
        InputError: There is one.
    """
    for key in holder:
        if key not in known:
            raise InputError(f"{what} has the unknown key `{key[:60]}`; known are {', '.join(known)}")
