"""The head of a log, signed: how long it is and what it commits to; and what a witness adds to it.

Source: C2SP tlog-checkpoint and tlog-cosignature. The first line is the log's name for life; a log never signs
two roots for one size.
"""

from __future__ import annotations

import base64
import re
import struct
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.ledger import notes
from tearline.ledger.notes import Key, Note, NoteError, Scheme, Signature, Signer
from tearline.ledger.tree import EMPTY_ROOT, HASH_BYTES

LARGEST: Final = (1 << 63) - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@attrs.frozen
class Checkpoint:
    """What a log commits to at one size."""

    origin: str
    size: int
    root: bytes = attrs.field(repr=bytes.hex)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.size <= LARGEST or len(self.root) != HASH_BYTES or "\n" in self.origin or not self.origin:
            raise InputError("a checkpoint has a name of one line, a size, and a root of 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise InputError("a log without entries has one root only")

    def __str__(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, signer: Signer) -> Note:
        """The head as its log publishes it; the signer bears the log's name."""
        if signer.name != self.origin or signer.scheme is not Scheme.ED25519:
            raise InputError("a log signs its heads with a key of its own name")
        return notes.sign(str(self), [signer])


def parse(text: str) -> Checkpoint:
    """Read the text of a head.

    Raises:
        NoteError: Not exactly three lines: a name, a size in plain decimal, a root.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteError("a checkpoint is three lines: the log's name, its size, its root")
    try:
        root = base64.b64decode(lines[2], validate=True)
        found = Checkpoint(lines[0], int(lines[1]), root)
    except (ValueError, InputError):
        raise NoteError("a checkpoint has a size below 2^63 and a root of 32 bytes") from None
    if str(found) != text:
        raise NoteError("a checkpoint has one spelling only")
    return found


def open_checkpoint(data: bytes, log: Key) -> Checkpoint:
    """Read a head that its log has signed.

    Raises:
        NoteError: Not a head, of another log, or not signed by it.
    """
    note = notes.read(data)
    if not notes.verify(note, [log]):
        raise NoteError(f"not signed by `{log.name}`")
    found = parse(note.text)
    if found.origin != log.name:
        raise NoteError(f"a head of `{found.origin}`, not of `{log.name}`")
    return found


def cosign(text: str, witness: Signer, time: int) -> Signature:
    """What a witness adds to the head it has seen: that it was so at ``time``, in seconds since 1970, UTC."""
    if witness.scheme is not Scheme.COSIGNATURE or not 0 < time <= LARGEST:
        raise InputError("a witness signs with a key for cosignatures, at a time after 1970")
    signed = witness.sign(_witnessed(text, time))
    return Signature(witness.name, witness.key.id, struct.pack(">Q", time) + signed)


def cosigned_at(note: Note, witness: Key) -> int | None:
    """When a witness saw a head, at the latest; ``None``: it has not said.

    Raises:
        NoteError: A line in its name is not by its key.
    """
    times = []
    for line in note.by(witness):
        if witness.scheme is not Scheme.COSIGNATURE or len(line.blob) != 8 + 64:
            raise NoteError(f"not a cosignature of `{witness.name}`")
        (time,) = struct.unpack(">Q", line.blob[:8])
        if not 0 < time <= LARGEST:
            raise NoteError(f"`{witness.name}` has signed at no time")
        notes.check(witness, line.blob[8:], _witnessed(note.text, time))
        times.append(time)
    return max(times, default=None)


def _witnessed(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
