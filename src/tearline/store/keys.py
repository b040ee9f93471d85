"""Keys on disk: made on first use, for their owner's eyes, and what they have pledged to sign.

A key is one line, ``PRIVATE+KEY+name+id+base64``, in a file of mode 0600. Beside the key of a log lies what it
has pledged to sign (``.head``, :mod:`tearline.store.pledges`).

Source: the format of a private key is that of Go's ``sumdb/note``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.ledger.notes import KEY_BYTES, Key, Scheme, Signer
from tearline.store import pledges
from tearline.store.places import make_folder
from tearline.store.pledges import Pledged
from tearline.store.private import private_text, put_private

Chance = Callable[[int], bytes]
"""So many bytes of chance from the system."""

_PREFIX: Final = "PRIVATE+KEY+"
_PLAIN: Final = re.compile(r"[A-Za-z0-9._/-]{1,120}")


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
        line = private_text(path)
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
            put_private(path, f"{_PREFIX}{name}+{signer.key.id.hex()}+{tagged}\n", over=False)
        return self.kept(name)

    def first(self, start: str) -> str | None:
        """The first name that begins so and has a key; ``None``: none has."""
        found = sorted(self.folder.glob(f"{start.replace('/', '_')}*.key"))
        return found[0].name.removesuffix(".key").replace("_", "/", 1) if found else None

    def pledged(self, key: Key) -> Pledged | None:
        """What the key of a log has pledged to sign; ``None``: that is gone, or was never here.

        Raises:
            InputError: It cannot be read, or is not by that key.
        """
        return pledges.read(self.pledge_of(key.name), key)

    def pledge_of(self, name: str) -> Path:
        """Where that is kept."""
        return self._path(name, ".head")

    def _path(self, name: str, ending: str) -> Path:
        if not _PLAIN.fullmatch(name) or ".." in name:
            raise InputError(f"`{name}` is no name of a key that is kept here")
        return self.folder / f"{name.replace('/', '_')}{ending}"
