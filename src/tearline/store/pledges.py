"""What a key has pledged to sign, kept beside it: only that is ever signed.

Who can write the file of a record, but has not its key, can add an entry under a head without a signature, just as
whoever is cut off leaves one. So the key says what it will sign before the entries are there to stay, in a note of
its own signature: the head that it signed last, and the one that comes next. What is there unsigned is signed if it
is the one that comes next; any other is somebody else's. The first of the two is moved on before a signature is
given, so a record that was put back from an older copy, which would be a second history, is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.ledger import checkpoints, notes
from tearline.ledger.checkpoints import Checkpoint
from tearline.ledger.notes import Key, NoteError, Signer
from tearline.ledger.tree import EMPTY_ROOT, root
from tearline.store.private import private_text, put_private
from tearline.store.record import Record, empty_head

_TITLE: Final = "tearline pledge v1"
"""No log has a name with spaces, so no pledge can be taken for a head."""


@attrs.frozen
class Pledged:
    """What a key has pledged.

    Attributes:
        kept: The head that it has signed last, or was about to sign, of entries that are there to stay.
        coming: The head that it will sign once its entries are there to stay; the same where none is under way.
    """

    kept: Checkpoint
    coming: Checkpoint

    def __str__(self) -> str:
        """The text that is signed."""
        return f"{_TITLE}\n{self.kept}{self.coming}"

    def covers(self, head: Checkpoint) -> bool:
        """Whether a head that bears no signature may be given one."""
        return head in (self.kept, self.coming)


def read(path: Path, key: Key) -> Pledged | None:
    """What was pledged with a key; ``None``: there is nothing.

    Raises:
        InputError: It cannot be read, or it is not by that key.
    """
    text = private_text(path)
    if text is None:
        return None
    try:
        note = notes.read(text.encode())
        lines = note.text.splitlines(keepends=True)
        found = Pledged(checkpoints.parse("".join(lines[1:4])), checkpoints.parse("".join(lines[4:])))
        if not notes.verify(note, [key]) or str(found) != note.text or found.kept.origin != key.name:
            raise NoteError("not a pledge of that key")
    except NoteError as error:
        raise InputError(f"{path}: damaged ({error}); without it nobody can tell what was signed") from None
    return found


@attrs.frozen
class Pledges:
    """What the key of one record pledges, in a file beside the key."""

    path: Path
    signer: Signer

    def begin(self) -> None:
        """Pledge for a record that is to be begun, and has no entries."""
        none = empty_head(self.signer.name)
        self._put(none, none)

    def promise(self, record: Record, head: Checkpoint) -> None:
        """Keep what will be signed, before its entries are there to stay.

        Raises:
            InputError: The record does not continue all that was signed before, or the pledge is gone.
        """
        signed = record.head()
        last = empty_head(record.origin) if signed is None else signed[0]
        self._continued(record, last)
        self._put(last, head)

    def keep(self, record: Record, head: Checkpoint) -> None:
        """Keep that a head is about to be signed, whose entries are there to stay.

        Raises:
            InputError: It was not pledged: the key did not add what it stands over.
        """
        found = self._continued(record, head)
        if not found.covers(head):
            raise InputError(
                f"{record.path}: entries up to {head.size - 1} stand under a head that bears no signature, and that "
                "its key has not pledged to sign: somebody without the key has added to the record, or its keys were "
                "put back from an older copy. Nothing is signed; see `tearline record verify`"
            )
        if found != Pledged(head, head):
            self._put(head, head)

    def settle(self, record: Record, head: Checkpoint) -> None:
        """Take back what was pledged and never came to be; the record ends with a head that is signed."""
        if self._continued(record, head) != Pledged(head, head):
            self._put(head, head)

    def _continued(self, record: Record, head: Checkpoint) -> Pledged:
        found = read(self.path, self.signer.key)
        if found is None:
            raise InputError(
                f"{self.path}: gone; without it nobody can tell what was signed. Put it back from the copy of "
                "the keys, or begin a new record"
            )
        kept = found.kept
        whole = kept.size <= head.size and (root(record, kept.size) if kept.size else EMPTY_ROOT) == kept.root
        if not whole:
            raise InputError(
                f"{record.path}: its key has signed {kept.size} entries that this record does not have: it was put "
                "back from an older copy, or is another one of the same name. To sign it would be a second history: "
                "put the newer one back, or begin a new record"
            )
        return found

    def _put(self, kept: Checkpoint, coming: Checkpoint) -> None:
        note = notes.sign(str(Pledged(kept, coming)), [self.signer])
        put_private(self.path, str(note), over=True)
