"""The proof that one entry is in a log, as a file that anybody can check without the log.

Source: C2SP tlog-proof: a first line, what the log wants to add (here the commitment, which is the entry itself),
the place, the hashes, an empty line, the head.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

import attrs

from tearline.ledger import notes
from tearline.ledger.checkpoints import Checkpoint, cosigned_at, open_checkpoint, parse
from tearline.ledger.notes import Key, NoteError
from tearline.ledger.proofs import MOST_HASHES, verify_inclusion
from tearline.ledger.tree import HASH_BYTES, leaf_hash

TITLE: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)


@attrs.frozen
class Spot:
    """That a commitment is entry ``index`` of the log with that head.

    Attributes:
        head: The signed head, with every cosignature that is known.
    """

    commitment: bytes = attrs.field(repr=bytes.hex)
    index: int
    path: tuple[bytes, ...] = attrs.field(repr=False)
    head: str = attrs.field(repr=False)

    def __str__(self) -> str:
        lines = [TITLE, f"extra {_encoded(self.commitment)}", f"index {self.index}", *map(_encoded, self.path)]
        return "\n".join(lines) + "\n\n" + self.head

    @property
    def origin(self) -> str:
        """The log that the head names, checked or not."""
        return parse(notes.read(self.head.encode()).text).origin


def read(data: bytes) -> Spot:
    """Read such a file, nothing of it checked.

    Raises:
        NoteError: Not such a file.
    """
    before, between, head = data.partition(b"\n\n")
    try:
        title, extra, index, *path = before.decode("ascii").split("\n")
        said = _INDEX.fullmatch(index)
        if title != TITLE or not between or said is None or not extra.startswith("extra ") or len(path) > MOST_HASHES:
            raise ValueError
        hashes = tuple(_decoded(each) for each in (extra.removeprefix("extra "), *path))
        return Spot(hashes[0], int(said[1]), hashes[1:], head.decode("utf-8"))
    except (UnicodeDecodeError, ValueError):
        raise NoteError(
            f"not a proof: it reads `{TITLE}`, `extra` with the commitment, `index` with the place, at most "
            f"{MOST_HASHES} hashes, an empty line, and a head"
        ) from None


def check(spot: Spot, log: Key) -> Checkpoint:
    """The head under which the entry is proved.

    Raises:
        NoteError: The head is not signed by that log.
        ProofError: The proof does not lead to it.
    """
    head = open_checkpoint(spot.head.encode(), log)
    verify_inclusion(leaf_hash(spot.commitment), spot.index, head.size, spot.path, head.root)
    return head


def seen_by(spot: Spot, witness: Key) -> int:
    """When a witness saw the head, seconds since 1970, UTC.

    Raises:
        NoteError: It did not, or the line in its name is not by its key.
    """
    time = cosigned_at(notes.read(spot.head.encode()), witness)
    if time is None:
        raise NoteError(f"the head is not cosigned by `{witness.name}`")
    return time


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(text) from None
    if len(decoded) != HASH_BYTES or _encoded(decoded) != text:
        raise ValueError(text)
    return decoded
