"""Keys on disk: made on first use, for their owner's eyes, and what they have signed.

A key is one line, ``PRIVATE+KEY+name+id+base64``, in a file of mode 0600. Beside the key of a log lies what it
was about to sign last (``.head``), written before it signs: a record that was put back from an older copy
would be a second history, and is refused.

Source: the format of a private key is that of Go's ``sumdb/note``.
"""

from __future__ import annotations

import base64
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.ledger import checkpoints
from tearline.ledger.checkpoints import Checkpoint
from tearline.ledger.notes import KEY_BYTES, NoteError, Scheme, Signer
from tearline.ledger.tree import EMPTY_ROOT, root
from tearline.store.places import make_folder
from tearline.store.record import Record

Chance = Callable[[int], bytes]
"""So many bytes of chance from the system."""

_PREFIX: Final = "PRIVATE+KEY+"
_PLAIN: Final = re.compile(r"[A-Za-z0-9._/-]{1,120}")
_LARGEST: Final = 4096


@attrs.frozen
class Keys:
    """A folder of keys."""

    folder: Path
    chance: Chance = attrs.field(repr=False)

    def kept(self, name: str) -> Signer:
        """The key of that name.

        Raises:
            InputError: It is not there, others may read it, or it is no such key.
        """
        path = self._path(name, ".key")
        line = _private_text(path)
        if line is None:
            raise InputError(f"there is no key of `{name}` in {self.folder}; without it nothing can be signed")
        prefix, _, rest = line.strip().partition(_PREFIX)
        try:
            said, key_id, encoded = rest.split("+", 2)  # base64 has that sign too
            tagged = base64.b64decode(encoded, validate=True)
            signer = Signer.of(name, tagged[1:], Scheme(tagged[0]))
        except (ValueError, IndexError, InputError):
            raise InputError(f"{path}: this is no key") from None
        if prefix or (said, key_id) != (name, signer.key.id.hex()):
            raise InputError(f"{path}: this is not the key of `{name}`")
        return signer

    def made(self, name: str, scheme: Scheme = Scheme.ED25519) -> Signer:
        """The key of that name, made if there is none; who makes it at the same time gets the same."""
        path = self._path(name, ".key")
        if not path.exists():
            make_folder(self.folder)
            seed = self.chance(KEY_BYTES)
            signer = Signer.of(name, seed, scheme)
            tagged = base64.b64encode(bytes([scheme]) + seed).decode()
            _put(path, f"{_PREFIX}{name}+{signer.key.id.hex()}+{tagged}\n", over=False)
        return self.kept(name)

    def first(self, start: str) -> str | None:
        """The first name that begins so and has a key; ``None``: none has."""
        found = sorted(self.folder.glob(f"{start.replace('/', '_')}*.key"))
        return found[0].name.removesuffix(".key").replace("_", "/", 1) if found else None

    def pledge(self, record: Record, head: Checkpoint) -> None:
        """Keep what will be signed, if it continues all that was to be signed before.

        Raises:
            InputError: It does not: the record was put back from an older copy, or was written anew.
        """
        before = self.pledged(record.origin)
        if before is not None and not _continues(record, head, before):
            raise InputError(
                f"{record.path}: its key has signed {before.size} entries that this record does not have: it was put "
                "back from an older copy, or is another one of the same name. To sign it would be a second history: "
                "put the newer one back, or begin a new record"
            )
        _put(self._path(record.origin, ".head"), str(head), over=True)

    def pledged(self, name: str) -> Checkpoint | None:
        """What the key of a log was about to sign last; ``None``: nothing yet.

        Raises:
            InputError: That cannot be read.
        """
        path = self._path(name, ".head")
        text = _private_text(path)
        try:
            return None if text is None else checkpoints.parse(text)
        except NoteError:
            raise InputError(f"{path}: damaged; without it nobody can tell what was signed") from None

    def _path(self, name: str, ending: str) -> Path:
        if not _PLAIN.fullmatch(name) or ".." in name:
            raise InputError(f"`{name}` is no name of a key that is kept here")
        return self.folder / f"{name.replace('/', '_')}{ending}"


def _continues(record: Record, head: Checkpoint, before: Checkpoint) -> bool:
    if before.origin != head.origin or before.size > head.size:
        return False
    return (root(record, before.size) if before.size else EMPTY_ROOT) == before.root


def _private_text(path: Path) -> str | None:
    """The text of a file that only its owner may read; ``None``: there is none."""
    try:
        place = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise InputError(f"{path}: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure
    with open(place, "rb") as file:
        found = os.fstat(place)
        if os.name == "posix" and (stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid()):
            raise InputError(f"{path}: others may read or write it; it must be yours alone (chmod 600)")
        try:
            return file.read(_LARGEST).decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(f"{path}: this is no text") from None


def _put(path: Path, text: str, *, over: bool) -> None:
    """Write a file for its owner's eyes, whole or not at all; one that is there stays, unless ``over``."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        place = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(place, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(place)
        if over:
            new.replace(path)
        else:
            os.link(new, path)
            new.unlink()
    except FileExistsError:
        new.unlink(missing_ok=True)
    except OSError as failure:
        raise InputError(f"{path}: cannot be written: {(failure.strerror or str(failure)).lower()}") from failure
