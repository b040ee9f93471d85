"""A case file while somebody works on it: changes written whole or not at all, undone and done again.

What was there before a change is kept beside the file, with ``.previous`` behind its name. A change that
somebody else made on disk meanwhile is noticed and never written over. A case that is no file, such as a
shipped one, is worked on in memory only.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

import attrs

from tearline.cases.journal import digest
from tearline.cases.opening import text_in
from tearline.cases.read import CaseFile, read
from tearline.errors import InputError, StaleError

PREVIOUS: Final = ".previous"
MOST_STEPS: Final = 100
"""So many changes can be undone."""


@attrs.define(kw_only=True)
class Working:
    """One case file that is worked on. Not for several threads at once.

    Attributes:
        name: What it is called in messages.
        path: Where it lies, with links followed; ``None``: nowhere.
        file: What is worked on, as it was read.
    """

    name: str
    path: Path | None
    file: CaseFile
    _done: list[str] = attrs.field(factory=list, init=False)
    _undone: list[str] = attrs.field(factory=list, init=False)

    @classmethod
    def on(cls, name: str, file: CaseFile) -> Working:
        """Work on the file ``name``, which has been read as ``file``."""
        return cls(name=name, path=Path(os.path.realpath(name)), file=file)

    @property
    def text(self) -> str:
        """The file as it now is."""
        return self.file.text

    @property
    def digest(self) -> str:
        """What stands for :attr:`text`."""
        return digest(self.text)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._undone)

    def changed_on_disk(self) -> bool:
        """Whether the file is another than the one worked on, or gone."""
        return self.path is not None and self.on_disk() != self.text

    def reload(self) -> None:
        """Go on with the file as it is on disk; what was worked on can be had back by :meth:`undo`.

        Raises:
            CaseFileError: It cannot be used; nothing has changed.
        """
        if self.path is None:
            return
        text = text_in(str(self.path))
        if text != self.text:
            self._go_on_with(self._read(text))

    def change(self, text: str, made_to: str) -> None:
        """Put ``text`` in the file's place.

        Args:
            made_to: The digest of the text that was changed.
        Raises:
            CaseFileError: The text is no case; nothing was written.
            StaleError: The file is no longer what was changed, here or on disk; nothing was written.
            InputError: The file cannot be written; nothing has changed.
        """
        if made_to != self.digest:
            raise StaleError(f"{self.name}: it has been changed since; nothing was written")
        file = self._read(text)
        if text == self.text:
            return
        self._write(text)
        self._go_on_with(file)

    def undo(self, made_to: str) -> None:
        """Take the last change back. Raises as :meth:`change`, and InputError where there is none."""
        self._step(self._done, self._undone, made_to, "there is no change to take back")

    def redo(self, made_to: str) -> None:
        """Make the change again that was taken back last. Raises as :meth:`undo`."""
        self._step(self._undone, self._done, made_to, "no change was taken back")

    def _step(self, source: list[str], target: list[str], made_to: str, nothing: str) -> None:
        if not source:
            raise InputError(f"{self.name}: {nothing}")
        if made_to != self.digest:
            raise StaleError(f"{self.name}: it has been changed since; nothing was written")
        file = self._read(source[-1])
        self._write(source[-1])
        source.pop()
        target.append(self.text)
        self.file = file

    def _go_on_with(self, file: CaseFile) -> None:
        self._done = [*self._done, self.text][-MOST_STEPS:]
        self._undone.clear()
        self.file = file

    def _read(self, text: str) -> CaseFile:
        return read(text, self.name, None if self.path is None else str(self.path.parent))

    def on_disk(self) -> str | None:
        """What stands on disk; ``None``: nothing that can be read, or it is no file."""
        if self.path is None:
            return None
        try:
            return text_in(str(self.path))
        except InputError:
            return None

    def _write(self, text: str) -> None:
        """Write the file, what was there before kept beside it."""
        if self.path is None:
            return
        if self.changed_on_disk():
            raise StaleError(f"{self.name}: it has been changed on disk since; nothing was written")
        try:
            mode = self.path.stat().st_mode & 0o777
            _replace(Path(f"{self.path}{PREVIOUS}"), self.text, mode)
            _replace(self.path, text, mode)
        except OSError as failure:
            reason = (failure.strerror or str(failure)).lower()
            raise InputError(f"{self.name}: cannot be written: {reason}; nothing has changed") from failure


def _replace(path: Path, text: str, mode: int) -> None:
    """Put a file in place, whole or not at all: a reader finds the old text or the new one."""
    place, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(place, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(made, mode)
        os.replace(made, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(made)
        raise
