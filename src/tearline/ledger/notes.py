"""Signed notes: a text, and below it lines by which anybody can tell who stands by it.

Source: C2SP signed-note. A key has a name and an id; lines of keys that are not known are passed over, so that
a note may carry signatures for others. A line of a known key that does not verify spoils the whole note.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from hashlib import sha256
from typing import Final

import attrs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tearline.errors import InputError, PartnerError

DASH: Final = "\u2014"
KEY_BYTES: Final = 32
ID_BYTES: Final = 4
MOST_BYTES: Final = 1 << 20
MOST_LINES: Final = 100
"""A note with more signatures than that is refused unread."""


class NoteError(PartnerError):
    """A note that is none, or that its signatures do not bear out."""


class ForgedError(NoteError):
    """A signature in the name of a key that is not by it."""


class Scheme(IntEnum):
    """How a key signs; the number is part of its id."""

    ED25519 = 1
    COSIGNATURE = 4
    """Ed25519 over the time and the text."""


@attrs.frozen
class Key:
    """A public key by name.

    Attributes:
        public: Ed25519, 32 bytes.
    Raises:
        InputError: A name that no line could carry, or not such a key.
    """

    name: str
    public: bytes
    scheme: Scheme = Scheme.ED25519

    def __attrs_post_init__(self) -> None:
        if not self.name or any(c == "+" or c.isspace() or unicodedata.category(c) in _HIDDEN for c in self.name):
            raise InputError(f"the name of a key has no spaces, no `+` and nothing invisible: {self.name!r}")
        if len(self.public) != KEY_BYTES:
            raise InputError(f"an Ed25519 key has {KEY_BYTES} bytes")

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature line finds its key."""
        return sha256(self.name.encode() + b"\n" + self._tagged).digest()[:ID_BYTES]

    @property
    def _tagged(self) -> bytes:
        return bytes([self.scheme]) + self.public

    def __str__(self) -> str:
        """The key in one line, as others are given it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self._tagged).decode()}"

    @classmethod
    def parse(cls, line: str) -> Key:
        """Read what :meth:`__str__` writes.

        Raises:
            InputError: Not such a line, an unknown scheme, or an id that belongs to another key.
        """
        name, _, rest = line.partition("+")
        said, _, encoded = rest.partition("+")
        tagged = _decoded(encoded)
        if tagged is None or not tagged or tagged[0] not in list(Scheme):
            raise InputError("not a key; it reads `name+id+base64`, for Ed25519 or a cosignature")
        key = cls(name=name, public=tagged[1:], scheme=Scheme(tagged[0]))
        if key.id.hex() != said:
            raise InputError(f"the id `{said}` is not that of the key; copy the line again, as a whole")
        return key


_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""All control characters (category Cc, which never grows) but the new line."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


@attrs.frozen
class Signer:
    """A private key by name. Its secret is in no text that can be printed."""

    name: str
    _private: Ed25519PrivateKey = attrs.field(repr=False)
    scheme: Scheme = Scheme.ED25519

    @classmethod
    def of(cls, name: str, seed: bytes, scheme: Scheme = Scheme.ED25519) -> Signer:
        """The signer with that seed of 32 bytes."""
        if len(seed) != KEY_BYTES:
            raise InputError(f"the seed of an Ed25519 key has {KEY_BYTES} bytes")
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed), scheme)

    @property
    def key(self) -> Key:
        """What others need to check."""
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Key(self.name, raw, self.scheme)

    def sign(self, message: bytes) -> bytes:
        """64 bytes over exactly this message."""
        return self._private.sign(message)


@attrs.frozen
class Signature:
    """One line below a note.

    Attributes:
        blob: What comes after the id: for Ed25519 the signature itself.
    """

    name: str
    id: bytes
    blob: bytes

    def __str__(self) -> str:
        return f"{DASH} {self.name} {base64.b64encode(self.id + self.blob).decode()}\n"


@attrs.frozen
class Note:
    """A text that ends in a new line, and the signatures below it, checked or not."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def by(self, key: Key) -> tuple[Signature, ...]:
        """The lines that claim to be of that key, each said once."""
        return tuple(dict.fromkeys(s for s in self.signatures if (s.name, s.id) == (key.name, key.id)))


def sign(text: str, signers: Iterable[Signer]) -> Note:
    """A note signed by everybody.

    Raises:
        InputError: The text does not end in a new line, or has an empty line at its end.
    """
    if not text.endswith("\n") or text.startswith("\n"):
        raise InputError("the text of a note ends in a new line and begins with something")
    signed = (Signature(s.name, s.key.id, s.sign(text.encode())) for s in signers)
    return Note(text, tuple(signed))


def read(data: bytes, most: int = MOST_BYTES) -> Note:
    """Read a note, its signatures not checked.

    Args:
        most: How many bytes it may have.
    Raises:
        NoteError: Not a note: no signature, another line ending, something invisible, or too long.
    """
    if len(data) > most:
        raise NoteError(f"a note of more than {most} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("a note is UTF-8") from None
    if _CONTROL.search(whole):
        raise NoteError("a control character in a note; lines end in a bare new line")
    text, between, below = whole.rpartition("\n\n")
    if not between or not below.endswith("\n"):
        raise NoteError("a note is a text, an empty line, and signature lines that all end in a new line")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_LINES:
        raise NoteError(f"a note with more than {MOST_LINES} signatures")
    return Note(text + "\n", tuple(map(_signature, lines)))


def signature_of(line: str) -> Signature:
    """Read one signature line, with or without its new line.

    Raises:
        NoteError: Not such a line.
    """
    return _signature(line.removesuffix("\n"))


def verify(note: Note, keys: Sequence[Key]) -> tuple[Key, ...]:
    """The keys whose signature the note carries.

    Raises:
        ForgedError: A line of one of these keys does not verify: the note is not what was signed.
    """
    found = []
    for key in keys:
        lines = note.by(key)
        for line in lines:
            check(key, line.blob, note.text.encode())
        found += [key] if lines else []
    return tuple(found)


def check(key: Key, signature: bytes, message: bytes) -> None:
    """Check one signature over exactly this message.

    Raises:
        ForgedError: It is not that key's.
    """
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise ForgedError(f"a signature in the name of `{key.name}` is not by its key") from None


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    decoded = _decoded(parts[2]) if len(parts) == 3 and parts[0] == DASH and parts[1] else None
    if decoded is None or len(decoded) <= ID_BYTES:
        raise NoteError("a signature line reads `\u2014 name base64`")
    return Signature(parts[1], decoded[:ID_BYTES], decoded[ID_BYTES:])


def _decoded(text: str) -> bytes | None:
    """Base64 in its one canonical spelling, else ``None``."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return decoded if base64.b64encode(decoded).decode() == text else None
