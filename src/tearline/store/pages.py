"""The file of a record, page by page: what its bytes were when the last act was written.

The log finds any entry that was changed. This finds any byte, also where the file holds nothing: a hash of
every page, signed by the log's key, in a file of its own beside the record. The sums of what the file will be are
written before an act counts (:func:`coming`), and take the place of the others after it; so one of the two fits,
whoever is cut off. Where neither is of the last act, because the second was taken away, the next act cannot tell,
where the file holds nothing, what was changed since; it sums the file as it is, and the new sums say for good that
it did, and when.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from operator import ne
from pathlib import Path
from typing import Final

import attrs

from tearline.ledger import notes
from tearline.ledger.notes import Key, NoteError, Signer
from tearline.store.private import sync_folder

PAGE: Final = 4096
_TITLE: Final = "tearline pages v1"
_RENEWED: Final = "renewed "


@attrs.frozen
class Pages:
    """The hashes of all pages of a file, when so much had been done on the record (its ``acts``).

    Attributes:
        renewed: The acts whose sums were not there, so that the next act summed the file as it was then: how much had
            been done, and the time of the last entry, in seconds since 1970, UTC.
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


def coming(path: Path) -> Path:
    """Where the sums are kept of what a record will be when the act under way counts."""
    return path.with_name(path.name + ".pages.coming")


def summed(path: Path, acts: int) -> Pages:
    """The sums of a file as it is now."""
    return Pages(acts, tuple(_hashes(path)))


def write(path: Path, acts: int, signer: Signer, renewed: tuple[tuple[int, int], ...] = ()) -> None:
    """Keep the sums of a record beside it, whole or not at all."""
    _put(beside(path), attrs.evolve(summed(path, acts), renewed=renewed), signer)


def foresee(path: Path, acts: int, image: bytes, signer: Signer, renewed: tuple[tuple[int, int], ...] = ()) -> None:
    """Keep the sums of what the file of a record will be, so that they are there when it is."""
    parts = (image[start : start + PAGE] for start in range(0, len(image), PAGE))
    _put(coming(path), Pages(acts, tuple(sha256(part).hexdigest() for part in parts), renewed), signer)
    sync_folder(path.parent)


def arrive(path: Path) -> None:
    """Take the sums of what was to come for those of the file, which it has become."""
    coming(path).replace(beside(path))


def take(path: Path, found: Pages, key: Key) -> None:
    """Take sums that were found to fit for those of the file, and the others away."""
    try:
        is_kept = read(path, key) == found
    except NoteError:
        is_kept = False
    if is_kept:
        coming(path).unlink(missing_ok=True)
    else:
        arrive(path)


def _put(place: Path, made: Pages, signer: Signer) -> None:
    new = place.with_name(place.name + ".new")
    with new.open("wb") as file:
        file.write(str(notes.sign(str(made), [signer])).encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)


def judging(path: Path, key: Key) -> Pages:
    """The sums by which a file is to be judged: those that are kept, or those of what was to come, if it came.

    Where neither fits, because something was changed, those are taken from which it differs less.

    Raises:
        NoteError: There are none, or they are not signed by the log.
    """
    kept = read(path, key) if beside(path).exists() or not coming(path).exists() else None
    try:
        after = read(path, key, coming(path))
    except NoteError:
        if kept is None:
            raise
        return kept
    if kept is None or kept.acts > after.acts:
        return kept or after
    now = tuple(_hashes(path))
    return min(kept, after, key=lambda one: sum(map(ne, one.hashes, now)) + abs(len(one.hashes) - len(now)))


def read(path: Path, key: Key, place: Path | None = None) -> Pages:
    """The sums that are kept beside a record, or at another place.

    Raises:
        NoteError: There are none, or they are not signed by the log.
    """
    try:
        note = notes.read((place or beside(path)).read_bytes(), notes.MOST_BYTES + path.stat().st_size)
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
