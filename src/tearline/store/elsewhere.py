"""Whether a record continues a head that was kept elsewhere: the one way to find that all of it was put back.

Who can put back a record together with its sums, its keys and its pledge leaves nothing at home that tells. A head
that somebody else has kept does: the file with a proof, a request to a witness, or the signed head itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tearline.errors import TearlineError
from tearline.ledger import notes, spots
from tearline.ledger.checkpoints import cosigned_at, open_checkpoint
from tearline.ledger.notes import Key, NoteError
from tearline.ledger.tree import EMPTY_ROOT, root
from tearline.store.record import Record
from tearline.store.verifying import Fault


def head_in(data: bytes) -> bytes:
    """The signed head in what was kept: alone, in a proof, or in a request to a witness."""
    first, _, rest = data.partition(b"\n\n")
    return rest if first.startswith((f"{spots.TITLE}\n".encode(), b"old ")) else data


def against(path: Path, key: Key, kept: bytes, witnesses: Sequence[Key]) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """What is wrong with a record, held against a head from elsewhere; and what is not.

    Args:
        key: The log's.
        kept: What was kept elsewhere (:func:`head_in`).
        witnesses: Who must have cosigned it.
    """
    try:
        data = head_in(kept)
        head = open_checkpoint(data, key)
        for witness in witnesses:
            if cosigned_at(notes.read(data), witness) is None:
                raise NoteError(f"not cosigned by `{witness.name}`")
    except NoteError as error:
        return (Fault(place="the head from elsewhere", text=str(error)),), ()
    try:
        with Record.opened(path) as record:
            here, same = record.size, False
            if head.size <= here:
                same = head.root == (root(record, head.size) if head.size else EMPTY_ROOT)
    except TearlineError as error:
        return (Fault(place="the head from elsewhere", text=f"cannot be held against the record: {error}"),), ()
    if same:
        return (), (f"it continues the head of {head.size} entries that was kept elsewhere",)
    text = f"was signed over other entries than the first {head.size} of this record: there are two histories"
    if head.size > here:
        text = f"has {head.size} entries, this record {here}: it was put back from an older copy"
    return (Fault(place="the head from elsewhere", text=text),), ()
