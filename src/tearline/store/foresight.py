"""What the file of a record will be, summed before it is: so whoever is cut off leaves no byte unaccounted for.

Before a change counts, the database says how its file will look then; the sums of that are signed and kept beside
the record (:func:`tearline.store.pages.coming`). Once the change counts they become its sums. Whoever is cut off in
between leaves a file that is one of the two, and nothing else: a byte that was changed meanwhile fits neither.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from tearline.ledger.notes import Signer
from tearline.store import pages
from tearline.store.private import sync_folder
from tearline.store.record import Record

_COUNTER, _COUNTED_FOR, _WRITTEN_BY, _END = 24, 92, 96, 100
"""Where the head of the file counts its changes, and says by which library it was changed (its first 100 bytes)."""

Renewed = tuple[tuple[int, int], ...]


class Foresight:
    """Sums every change of one record ahead.

    Attributes:
        renewed: The acts after which the pages had to be summed as they were found (:class:`pages.Pages`).
    """

    def __init__(self, signer: Signer, renewed: Renewed = ()) -> None:
        self.signer, self.renewed = signer, renewed
        self._image: bytes | None = None

    def foresee(self, record: Record) -> None:
        """Sum the file as it will be once the change under way counts."""
        self._image = image_after(record.connection)
        if self._image is not None:
            pages.foresee(record.path, record.acts, self._image, self.signer, self.renewed)

    def arrived(self, record: Record) -> None:
        """Take these sums for those of the file, which has become what was foreseen."""
        image, self._image = self._image, None
        if image is not None and _is(record.path, image):
            pages.arrive(record.path)
            return
        if image is not None:  # somebody has written to it meanwhile
            self.cut_off(record)
        self.sum(record)

    def cut_off(self, record: Record) -> None:
        """Say for good that the pages were summed as they were found, after the last act."""
        (at,) = record.connection.execute("select max(at) from entry").fetchone()
        if at is not None:
            self.renewed = (*self.renewed, (record.acts, int(at)))

    def sum(self, record: Record) -> None:
        """Sum the file as it is."""
        pages.write(record.path, record.acts, self.signer, self.renewed)


def image_after(connection: sqlite3.Connection) -> bytes | None:
    """The file as it will be when the transaction under way is done; ``None``: this library cannot say.

    Source: the SQLite file format, "The Database Header": what a commit itself adds is a count of changes, twice,
    and the version of the library.
    """
    if not hasattr(connection, "serialize"):  # pragma: no cover - a library that was built without it
        return None
    image = bytearray(connection.serialize())
    counted = (int.from_bytes(image[_COUNTER : _COUNTER + 4]) + 1) % (1 << 32)
    image[_COUNTER : _COUNTER + 4] = image[_COUNTED_FOR:_WRITTEN_BY] = counted.to_bytes(4)
    major, minor, patch = sqlite3.sqlite_version_info
    image[_WRITTEN_BY:_END] = (major * 1_000_000 + minor * 1_000 + patch).to_bytes(4)
    return bytes(image)


def fill_gaps(record: Record, foresight: Foresight) -> None:
    """Write the file anew if it has pages that hold nothing, as an erasure may leave them.

    The database does not put such pages back as they were when an act is cut off that had taken them, since it need
    not: they hold nothing. Then no sums would fit, and what was never released would stand in them.

    Raises:
        OSError: It cannot be written.
    """
    (gaps,) = record.connection.execute("pragma freelist_count").fetchone()
    if not gaps:
        return
    new = beginnings(record.path)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    record.connection.execute("vacuum into ?", (str(new),))
    with new.open("r+b") as file:
        os.fsync(file.fileno())
        pages.foresee(record.path, record.acts, file.read(), foresight.signer, foresight.renewed)
    record.moved(new)
    sync_folder(record.path.parent)
    pages.arrive(record.path)


def beginnings(path: Path) -> Path:
    """Where a file is made that will be the record; what somebody who was cut off has left there is taken away."""
    new = path.with_name(f"{path.name}.new")
    for each in (new, path.with_name(f"{new.name}-journal")):
        each.unlink(missing_ok=True)
    return new


def _is(path: Path, image: bytes) -> bool:
    with path.open("rb") as file:
        at = 0
        while part := file.read(1 << 20):
            if image[at : at + len(part)] != part:
                return False
            at += len(part)
    return at == len(image)
