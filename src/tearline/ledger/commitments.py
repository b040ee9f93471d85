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
from typing import Final

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
    return _spelled(record).encode()


_QUOTED: Final = json.JSONEncoder(ensure_ascii=False).encode


def _spelled(value: object) -> str:
    if isinstance(value, str):
        return _QUOTED(value) if value.isascii() else _QUOTED(_whole(value))
    if value is None or isinstance(value, bool):
        return _QUOTED(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise InputError("a whole number beyond 2^53 goes into a record as text")
        return str(value)
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return "{" + ",".join([f"{_spelled(key)}:{_spelled(value[key])}" for key in _in_order(value)]) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(map(_spelled, value)) + "]"
    raise InputError(f"a record holds texts, whole numbers, lists and names, no {type(value).__name__}")


def _in_order(names: Iterable[str]) -> list[str]:
    """Names by their UTF-16 code units, which is the usual order but for characters beyond the first plane."""
    found = sorted(names)
    if all(map(str.isascii, found)):
        return found
    return sorted(found, key=lambda name: _whole(name).encode("utf-16-be"))


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
