"""The file of a record, page by page: what its bytes were when the last act was written.

The log finds any entry that was changed. This finds any byte, also where the file holds nothing: a hash of
every page, signed by the log's key, in a file of its own beside the record. It is written after the act; who
is cut off between the two has a whole record and older sums. The next act cannot tell, where the file holds
nothing, what was changed since; it sums the file as it is, and the new sums say for good that it did, and when.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import attrs

from tearline.ledger import notes
from tearline.ledger.notes import Key, NoteError, Signer

PAGE: Final = 4096
_TITLE: Final = "tearline pages v1"
_RENEWED: Final = "renewed "


@attrs.frozen
class Pages:
    """The hashes of all pages of a file, when so much had been done on the record (its ``acts``).

    Attributes:
        renewed: The acts that were cut off before their sums were written, so that the next act summed the file as it
            was then: how much had been done, and the time of the last entry, in seconds since 1970, UTC.
    """

    acts: int
    hashes: tuple[str, ...]
    renewed: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        renewed = [f"{_RENEWED}{acts} {at}" for acts, at in self.renewed]
        return "\n".join([_TITLE, str(self.acts), *renewed, *self.hashes]) + "\n"

    def fit(self, path: Path, acts: int) -> bool:
        """Whether they are those of a file as it is now, with so much done on it."""
        return (self.acts, self.hashes) == (acts, summed(path, acts).hashes)


def beside(path: Path) -> Path:
    """Where the sums of a record are kept."""
    return path.with_name(path.name + ".pages")


def summed(path: Path, acts: int) -> Pages:
    """The sums of a file as it is now."""
    return Pages(acts, tuple(_hashes(path)))


def write(path: Path, acts: int, signer: Signer, renewed: tuple[tuple[int, int], ...] = ()) -> None:
    """Keep the sums of a record beside it, whole or not at all."""
    place = beside(path)
    new = place.with_name(place.name + ".new")
    with new.open("wb") as file:
        file.write(str(notes.sign(str(attrs.evolve(summed(path, acts), renewed=renewed)), [signer])).encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)


def read(path: Path, key: Key) -> Pages:
    """The sums that are kept beside a record.

    Raises:
        NoteError: There are none, or they are not signed by the log.
    """
    try:
        note = notes.read(beside(path).read_bytes(), notes.MOST_BYTES + path.stat().st_size)
    except OSError:
        raise NoteError("there are no sums beside the record") from None
    if not notes.verify(note, [key]):
        raise NoteError(f"the sums are not signed by `{key.name}`")
    title, acts, *lines = note.text.splitlines()
    if title != _TITLE or not acts.isdecimal():
        raise NoteError("not the sums of a record")
    said = [line.removeprefix(_RENEWED).split(" ") for line in lines if line.startswith(_RENEWED)]
    return Pages(int(acts), tuple(lines[len(said) :]), tuple((int(acts), int(at)) for acts, at in said))


def _hashes(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        while page := file.read(PAGE):
            yield sha256(page).hexdigest()
