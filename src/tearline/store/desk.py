"""A record, open for writing: one at a time, put right after whoever was cut off, signed, and summed.

Every act on a record goes through :func:`writing`. It holds the record alone, looks whether the file is as its
sums say, signs a head that is still to be signed if that was pledged, and only then lets anybody add to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from tearline.cases.alone import alone
from tearline.errors import InputError
from tearline.ledger.checkpoints import Checkpoint
from tearline.ledger.commitments import SALT_BYTES, Value
from tearline.ledger.notes import NoteError, Signer
from tearline.store import pages
from tearline.store.foresight import Foresight, beginnings, fill_gaps
from tearline.store.keys import Keys
from tearline.store.places import make_folder
from tearline.store.pledges import Pledges
from tearline.store.record import Contents, Entry, Record
from tearline.store.verifying import verify

NAMED: Final = "tearline.record/"
"""How the names of records begin; what follows is chance, since a name is for life and tells nothing."""


@attrs.frozen
class Desk:
    """A record to which its holder may add."""

    record: Record
    signer: Signer
    keys: Keys
    foresight: Foresight

    @property
    def pledges(self) -> Pledges:
        """What its key has pledged to sign."""
        return Pledges(self.keys.pledge_of(self.record.origin), self.signer)

    def put(self, contents: Contents, at: int) -> Checkpoint:
        """Put things on record, all of them or none, and sign the head over them.

        Raises:
            InputError: The clock stands before the last entry, or it cannot be written.
        """
        return self.record.append(contents, at, self.signer, self._salt, self.pledges)

    def erase(self, seq: int, says: Mapping[str, Value], at: int) -> Checkpoint:
        """Destroy the content of an entry (:meth:`tearline.store.record.Record.erase`)."""
        head = self.record.erase(seq, says, at, self.signer, self._salt, self.pledges)
        fill_gaps(self.record, self.foresight)
        return head

    def settle(self) -> None:
        """Put right what was left by whoever was cut off.

        Raises:
            InputError: The file is not as it was written.
        """
        kept = self._sums()
        late = kept is None or kept.acts < self.record.acts
        if kept is None or late or not kept.fit(self.record.path, self.record.acts):
            pledged = self.keys.pledged(self.signer.key)
            faults = verify(self.record.path, self.signer.key, sums=not late, pledged=pledged).faults
            if faults:
                first = f"{faults[0].place}: {faults[0].text}"
                raise InputError(
                    f"{self.record.path}: not as it was written ({first}); nothing is added to it: see "
                    "`tearline record verify`"
                )
        if kept is not None:
            self.foresight.renewed = kept.renewed
            pages.take(self.record.path, kept, self.signer.key)
        if late:
            self.foresight.cut_off(self.record)
        self.record.watch = self.foresight
        self.pledges.settle(self.record, self.record.sign(self.signer, self.pledges))
        if late:
            self.foresight.sum(self.record)
        beginnings(self.record.path)
        fill_gaps(self.record, self.foresight)

    def _sums(self) -> pages.Pages | None:
        """The sums; ``None`` where there are none yet, which is so before the first entry is summed."""
        if self.record.size and not pages.beside(self.record.path).exists() and self._was_summed():
            raise InputError(f"{self.record.path}: its sums (`{pages.beside(self.record.path).name}`) are gone")
        try:
            return pages.judging(self.record.path, self.signer.key)
        except NoteError as error:
            if pages.beside(self.record.path).exists():
                raise InputError(f"{pages.beside(self.record.path)}: {error}") from None
            return None

    def _was_summed(self) -> bool:
        """Whether more than one act was written, so that at least the first must have been summed."""
        (heads,) = self.record.connection.execute("select count(*) from head").fetchone()
        return int(heads) > 1

    def _salt(self) -> bytes:
        return self.keys.chance(SALT_BYTES)


@contextmanager
def writing(path: Path, keys: Keys, *, new: bool = True) -> Iterator[Desk]:
    """Hold a record alone and add to it.

    Args:
        new: Whether to begin one, with a key of its own, where there is none.
    Raises:
        InputError: It cannot be opened or written, its key is not here, or it is not as it was written.
    """
    if new:
        make_folder(path.parent)
    if path.is_symlink():
        raise InputError(f"{path}: this is a link; name the record itself, so that nobody can put another in its place")
    with alone(path, wait=True):
        if new and not path.exists():
            signer = keys.made(f"{NAMED}{keys.chance(8).hex()}")
            Pledges(keys.pledge_of(signer.name), signer).begin()
            Record.create(path, signer.key).close()
        with Record.opened(path) as record:
            signer = keys.kept(record.origin)
            desk = Desk(record, signer, keys, Foresight(signer))
            if desk.signer.key != record.key:
                raise InputError(f"{path}: it names another key than the one kept for `{record.origin}`")
            desk.settle()
            yield desk


def found(record: Record, kind: str, path: str, value: str) -> tuple[Entry, ...]:
    """Entries of a kind whose content says so at a place, such as ``$.case``, in order."""
    rows = record.connection.execute(
        "select seq from entry join content using (seq) where kind = ? and json_extract(record, ?) = ? order by seq",
        (kind, path, value),
    )
    return tuple(map(record.entry, [seq for (seq,) in rows]))
