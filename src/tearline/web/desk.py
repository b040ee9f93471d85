"""The case that lies on the desk, and its answers, worked out once for each text of the file."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import attrs

from tearline.assess import assess
from tearline.assess.answer import Assessment, Text
from tearline.assess.frontiers import Choice, frontier
from tearline.assess.what_if import Tried, what_if
from tearline.cases.choosing import chosen
from tearline.cases.working import Working
from tearline.domain import Case, ClaimId, VersionId
from tearline.errors import NothingOpenError, StaleError
from tearline.tearlines.solution import NODES

MOST_TRIED = 50
"""So many texts that were tried are remembered."""

MOST_NODES = NODES
"""So long is searched for the picture of all best texts: as long as for the answer. Then those found are shown."""


@attrs.frozen(kw_only=True)
class Options:
    """How much could be said at how much exposure; ``whole``: nothing is missing."""

    found: tuple[Choice, ...]
    whole: bool


@attrs.define
class _Patience:
    """Says when so many nodes have been looked at in all."""

    nodes: int
    asked: int = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.is_over

    @property
    def is_over(self) -> bool:
        return self.asked > self.nodes


@attrs.define(eq=False)
class Desk:
    """One case file that is worked on, and what the engines say of it. Several threads may ask; one is served.

    Attributes:
        opened: The file that lies open; ``None``: nothing has been begun.
        folder: Where new files are made.
    """

    opened: Working | None = attrs.field(alias="working")
    folder: Path = attrs.field(factory=Path.cwd)
    _lock: threading.RLock = attrs.field(factory=threading.RLock, init=False)
    _answers: dict[str, Assessment] = attrs.field(factory=dict, init=False)
    _frontiers: dict[str, Options] = attrs.field(factory=dict, init=False)
    _tried: dict[tuple[str, tuple[tuple[ClaimId, VersionId], ...]], Tried] = attrs.field(factory=dict, init=False)

    @property
    def working(self) -> Working:
        """The file that lies open. Raises NothingOpenError where none does."""
        if self.opened is None:
            raise NothingOpenError("no case lies open; begin one")
        return self.opened

    @property
    def case(self) -> Case:
        """The case as it now is. Raises CaseFileError while the text of the file is none."""
        return self.working.file.case

    @property
    def lock(self) -> threading.RLock:
        """Held by whoever looks at several things that must fit together, or changes something."""
        return self._lock

    def begin(self, working: Working) -> None:
        """Put another file in the place of the one that lies open. Raises as :meth:`must_be_free`."""
        with self._lock:
            self.must_be_free()
            self._put(working)

    def must_be_free(self) -> None:
        """Raise StaleError while something of the open file lies nowhere on disk."""
        if self.opened is not None and self.opened.would_be_lost:
            raise StaleError(f"{self.opened.name}: its changes lie nowhere on disk; save it first or let it go")

    def save_as(self, path: Path) -> None:
        """Make the open case a file of its own. Raises as :meth:`Working.save_as`."""
        with self._lock:
            self.working.save_as(path, path.name)
            self._put(self.opened)

    def let_go(self) -> None:
        """Put the open file away, with whatever of it lies nowhere on disk."""
        with self._lock:
            self._put(None)

    def _put(self, working: Working | None) -> None:
        self.opened = working
        self._answers, self._frontiers, self._tried = {}, {}, {}

    def answer(self) -> Assessment:
        """The whole answer."""
        with self._lock:
            key = self.working.digest
            if key not in self._answers:
                assumed = [f"{a.path}: {a.what}" for a in self.working.file.assumed]
                self._answers = {key: assess(self.case, assumed=assumed)}
            return self._answers[key]

    def frontier(self) -> Options:
        """How much could be said at how much exposure, as far as it is found in time."""
        with self._lock:
            key = self.working.digest
            if key not in self._frontiers:
                patience = _Patience(MOST_NODES)
                found = frontier(self.case, patience)
                self._frontiers = {key: Options(found=found, whole=not patience.is_over)}
            return self._frontiers[key]

    def tried(self, text: Text) -> Tried:
        """What one text would mean. Raises InputError for a claim or version that there is not."""
        with self._lock:
            key = (self.working.digest, tuple(sorted(text.items())))
            if key not in self._tried:
                while len(self._tried) >= MOST_TRIED:
                    del self._tried[next(iter(self._tried))]
                self._tried[key] = what_if(self.case, text)
            return self._tried[key]

    def choose(self, text: Mapping[ClaimId, VersionId], made_to: str) -> None:
        """Make a text the proposal. Raises as :func:`tearline.cases.choosing.chosen` and :meth:`Working.change`."""
        with self._lock:
            working = self.working
            folder = None if working.path is None else str(working.path.parent)
            working.change(chosen(working.file, working.name, folder, text), made_to)
