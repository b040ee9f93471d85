"""What goes into a log in place of a record: a commitment that shows nothing and can be opened later.

``SHA-256(salt ‖ record)`` with a salt of 32 random bytes. Who has record and salt can show that just this was
committed to; who destroys the salt and the record has erased the content, and the proof of its order remains.
A log proves that a commitment was made, and when; not that it is true, nor that nothing else was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Final, NoReturn

import msgspec

from tearline.errors import InputError

SALT_BYTES: Final = 32
LARGEST_NUMBER: Final = (1 << 53) - 1

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a record may hold. Fractions are written as decimal strings, so that there is one spelling of each."""


def canonical(record: Value) -> bytes:
    """A record in its one spelling as JSON.

    >>> canonical({"seq": 1, "kind": "release"}).decode()
    '{"kind":"release","seq":1}'

    Source: RFC 8785, for records without fractions: keys by their UTF-16 code units, nothing between.
    Raises:
        InputError: A fraction, a whole number beyond 2^53, half of a character, or something that is no JSON.
    """
    written = _written(record) if _plain(record) else None
    return _spelled(record).encode() if written is None else written


def _written(record: Value) -> bytes | None:
    """What is :func:`_plain` in its one spelling, fast; ``None``: its names may go in another order, or it has none."""
    try:
        written: bytes = _FAST(record)
    except UnicodeEncodeError:
        return None
    return written if written.isascii() or max(written) < _BEYOND else None


_FAST: Final = msgspec.json.Encoder(order="deterministic").encode
"""Writes what is :func:`_plain` in the same spelling, names in the order of their code points."""
_BEYOND: Final = 0xF0
"""Bytes from here on begin a character beyond the first plane, where the two orders of names differ."""


_PLAINEST: Final = frozenset({str, bool, type(None)})


def _plain(value: object) -> bool:
    """Whether a record is made of the plainest types only, as nearly all are."""
    kind = type(value)
    if kind in _PLAINEST:
        return True
    if isinstance(value, int):
        return kind is int and -LARGEST_NUMBER <= value <= LARGEST_NUMBER
    if isinstance(value, dict):
        if kind is not dict or not set(map(type, value)) <= {str}:
            return False
        return all(map(_plain, value.values()))
    return isinstance(value, list | tuple) and kind in (list, tuple) and all(map(_plain, value))


_QUOTED: Final = json.JSONEncoder(ensure_ascii=False).encode


def _spelled(value: object) -> str:
    if isinstance(value, str):
        return _QUOTED(value) if value.isascii() else _QUOTED(_whole(value))
    if value is None or isinstance(value, bool):
        return _QUOTED(value)
    if isinstance(value, int):
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise InputError("a whole number beyond 2^53 goes into a record as text")
        return int.__repr__(value)
    if isinstance(value, dict | Mapping):  # most are, and to ask that first is faster
        return "{" + ",".join([f"{_QUOTED(name)}:{_spelled(value[name])}" for name in _in_order(value)]) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(map(_spelled, value)) + "]"
    raise _strange(value)


def _in_order(names: Iterable[object]) -> list[str]:
    """Names by their UTF-16 code units, which is the usual order but for characters beyond the first plane."""
    found: list[str] = [name if isinstance(name, str) else _no_name(name) for name in names]
    found.sort()
    if "".join(found).isascii():
        return found
    return sorted(found, key=lambda name: _whole(name).encode("utf-16-be"))


def _no_name(name: object) -> NoReturn:
    raise _strange(name)


def _strange(value: object) -> InputError:
    return InputError(f"a record holds texts, whole numbers, lists and names, no {type(value).__name__}")


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError("half of a character in a record") from None
    return text


def commit(record: Value, salt: bytes) -> bytes:
    """The commitment to a record: the data of its entry in the log.

    Raises:
        InputError: Not such a record, or a salt of another length.
    """
    if len(salt) != SALT_BYTES:
        raise InputError(f"a salt has {SALT_BYTES} bytes")
    return sha256(salt + canonical(record)).digest()


def opens(commitment: bytes, record: Value, salt: bytes) -> bool:
    """Whether it is this record that was committed to."""
    return compare_digest(commitment, commit(record, salt))
