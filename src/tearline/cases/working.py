"""A case file while somebody works on it: changes written whole or not at all, undone and done again.

What was there before a change is kept beside the file, with ``.previous`` behind its name. A change that
somebody else made on disk meanwhile is noticed and never written over. A case that is no file, such as a
shipped one, is worked on in memory only. What is worked on is a case, or a text that is none yet with all
its problems; a change puts only a case in the file.
"""

from __future__ import annotations

import datetime as dt
import os
from enum import Enum
from pathlib import Path
from typing import Final

import attrs

from tearline.cases.journal import digest
from tearline.cases.opening import text_in
from tearline.cases.placing import create, reason, replace
from tearline.cases.read import CaseFile, read
from tearline.cases.unfinished import Aside, Unfinished
from tearline.errors import CaseFileError, InputError, Problem, StaleError

PREVIOUS: Final = ".previous"
MOST_STEPS: Final = 100
"""So many changes can be undone."""


@attrs.frozen
class Faulty:
    """A text that is no case, and everything that is wrong with it."""

    text: str = attrs.field(repr=False)
    problems: tuple[Problem, ...] = attrs.field(validator=attrs.validators.min_len(1))


Held = CaseFile | Faulty
"""What a text is: a case, or none yet."""


def held(text: str, name: str, folder: str | None) -> Held:
    """What a text is. Arguments as those of :func:`tearline.cases.read.read`."""
    try:
        return read(text, name, folder)
    except CaseFileError as wrong:
        return Faulty(text, wrong.problems)


class Disk(Enum):
    """How the file on disk stands to what is worked on."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@attrs.define(kw_only=True)
class Working:
    """One case file that is worked on. Not for several threads at once.

    Attributes:
        name: What it is called in messages.
        path: Where it lies, with links followed; ``None``: nowhere.
        is_copy: Whether the text as it was opened lies elsewhere too, as that of a shipped case does.
    """

    name: str
    path: Path | None
    _file: Held
    is_copy: bool = True
    _done: list[str] = attrs.field(factory=list, init=False)
    _undone: list[str] = attrs.field(factory=list, init=False)
    _aside: Aside = attrs.field(init=False)

    @_aside.default
    def _nothing_aside(self) -> Aside:
        return Aside(self.path)

    @classmethod
    def on(cls, name: str, file: Held) -> Working:
        """Work on the file ``name``, whose text has been read as ``file``."""
        return cls(name=name, path=Path(os.path.realpath(name)), file=file)

    @classmethod
    def new(cls, path: Path, text: str) -> Working:
        """Make a new file of a text, be it a case or none yet, and work on it.

        Raises:
            InputError: There is such a file already, or none can be made.
        """
        _made(path, text, path.name)
        return cls(name=path.name, path=Path(os.path.realpath(path)), file=held(text, path.name, str(path.parent)))

    @property
    def file(self) -> CaseFile:
        """The case that is worked on. Raises CaseFileError while the text is none."""
        if isinstance(self._file, Faulty):
            raise CaseFileError(self.name, self._file.problems)
        return self._file

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the text; empty: it is a case."""
        return self._file.problems if isinstance(self._file, Faulty) else ()

    @property
    def text(self) -> str:
        """The file as it now is."""
        return self._file.text

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

    @property
    def would_be_lost(self) -> bool:
        """Whether something was changed or typed that lies nowhere on disk."""
        unfinished = self.unfinished()
        typed = unfinished is not None and not unfinished.lasting
        return typed or (self.path is None and (not self.is_copy or self.can_undo or self.can_redo))

    def changed_on_disk(self) -> bool:
        """Whether the file is another than the one worked on, or gone."""
        return self.disk() is not Disk.SAME

    def disk(self) -> Disk:
        """How the file on disk stands to what is worked on."""
        if self.path is None or self.on_disk() == self.text:
            return Disk.SAME
        return Disk.CHANGED if os.path.lexists(self.path) else Disk.GONE

    def on_disk(self) -> str | None:
        """What stands on disk; ``None``: nothing that can be read, or it is no file."""
        if self.path is None:
            return None
        try:
            return text_in(str(self.path))
        except InputError:
            return None

    def reload(self) -> None:
        """Go on with the file as it is on disk; what was worked on can be had back by :meth:`undo`.

        Raises:
            CaseFileError: It is no text; nothing has changed.
        """
        if self.path is None:
            return
        text = text_in(str(self.path))
        if text != self.text:
            self._go_on_with(self.read(text))

    def change(self, text: str, made_to: str) -> None:
        """Put ``text`` in the file's place.

        Args:
            made_to: The digest of the text that was changed.
        Raises:
            CaseFileError: The text is no case; nothing was written.
            StaleError: The file is no longer what was changed, here or on disk; nothing was written.
            InputError: The file cannot be written; nothing has changed.
        """
        self._must_be(made_to)
        file = self.read(text)
        if isinstance(file, Faulty):
            raise CaseFileError(self.name, file.problems)
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

    def write_again(self, made_to: str) -> None:
        """Write the file that is gone from disk. Raises as :meth:`change`."""
        self._must_be(made_to)
        if self.path is not None and self.disk() is Disk.GONE:
            _made(self.path, self.text, self.name)

    def save_as(self, path: Path, name: str) -> None:
        """Make what is worked on a file of its own, and go on with that.

        Raises:
            InputError: There is such a file already, or it cannot be written; nothing has changed.
        """
        _made(path, self.text, name)
        unfinished = self.unfinished()
        self.name, self.path, self._aside = name, path, Aside(path)
        self._file = self.read(self.text)
        if unfinished is not None:
            self._aside.put(unfinished.text, self.digest, unfinished.since)

    def read(self, text: str) -> Held:
        """What a text is, in the place of the file."""
        return held(text, self.name, None if self.path is None else str(self.path.parent))

    def problems_in(self, text: str) -> tuple[Problem, ...]:
        """What is wrong with a text, in the place of the file."""
        if text == self.text:
            return self.problems
        file = self.read(text)
        return file.problems if isinstance(file, Faulty) else ()

    def unfinished(self) -> Unfinished | None:
        """What was typed and is not in the file yet."""
        return self._aside.found(self.digest)

    def put_aside(self, text: str, known: str, now: dt.datetime) -> None:
        """Keep a text that was typed and is not in the file yet; one that says what the file says is finished.

        Args:
            known: The digest of the unfinished text that was gone on with; empty: of none.
        Raises:
            StaleError: There is another unfinished text by now. It stays.
        """
        there = self.unfinished()
        if there is not None and there.digest not in (known, digest(text)):
            raise StaleError(f"{self.name}: there is another unfinished text by now; nothing was kept")
        if text == self.text:
            self._aside.drop()
        else:
            self._aside.put(text, self.digest, now)

    def throw_away(self, known: str) -> None:
        """Throw the unfinished text away, if it is the one with this digest or is in the file by now."""
        there = self.unfinished()
        if there is not None and there.digest in (known, self.digest):
            self._aside.drop()

    def _must_be(self, made_to: str) -> None:
        if made_to != self.digest:
            raise StaleError(f"{self.name}: it has been changed since; nothing was written")

    def _step(self, source: list[str], target: list[str], made_to: str, nothing: str) -> None:
        if not source:
            raise InputError(f"{self.name}: {nothing}")
        self._must_be(made_to)
        file = self.read(source[-1])
        self._write(source[-1])
        source.pop()
        target.append(self.text)
        self._file = file

    def _go_on_with(self, file: Held) -> None:
        self._done = [*self._done, self.text][-MOST_STEPS:]
        self._undone.clear()
        self._file = file

    def _write(self, text: str) -> None:
        """Write the file, what was there before kept beside it."""
        if self.path is None:
            return
        match self.disk():
            case Disk.CHANGED:
                raise StaleError(f"{self.name}: it has been changed on disk since; nothing was written")
            case Disk.GONE:
                raise StaleError(f"{self.name}: it is gone from disk; nothing was written")
            case Disk.SAME:
                pass
        try:
            mode = self.path.stat().st_mode & 0o777
            replace(Path(f"{self.path}{PREVIOUS}"), self.text, mode)
            replace(self.path, text, mode)
        except OSError as failure:
            raise InputError(f"{self.name}: cannot be written: {reason(failure)}; nothing has changed") from failure


def _made(path: Path, text: str, name: str) -> None:
    """Make a new file. Raises InputError where there is one, or none can be made."""
    try:
        create(path, text)
    except FileExistsError:
        raise InputError(f"{name}: there is one already; nothing was overwritten") from None
    except OSError as failure:
        raise InputError(f"{name}: cannot be written: {reason(failure)}; nothing has changed") from failure
