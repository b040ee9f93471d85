"""The incident that lies on the desk beside its case, and what the engines say of it, worked out once for each text."""

from __future__ import annotations

import datetime as dt
import functools
import os
import threading
from pathlib import Path

import attrs

from tearline.cases.incidents import (
    IncidentFile,
    case_beside,
    incident_names,
    load_incident,
    read_incident,
    shipped_incident,
)
from tearline.cases.opening import text_in
from tearline.cases.read import STDIN
from tearline.damage.assessment import Damage, damage
from tearline.damage.comparing import Compared, compare
from tearline.damage.history import Stood, history
from tearline.damage.moving import Moves, movers
from tearline.damage.telling import ToTell, to_tell
from tearline.domain import Case
from tearline.errors import InputError


@attrs.frozen(eq=False, kw_only=True)
class Assessed:
    """Everything that ``tearline damage`` says of an incident.

    Attributes:
        past, moved: Empty under legal hold: then nothing is worked out that is not shown.
    """

    found: Damage
    tell: tuple[ToTell, ...]
    past: tuple[Stood, ...]
    moved: tuple[Moves, ...]
    held: bool


@attrs.frozen(eq=False, kw_only=True)
class OnScale:
    """One incident under its name."""

    name: str
    found: Damage


@functools.cache
def shipped_on_scale() -> tuple[OnScale, ...]:
    """Every shipped incident with its damage, by name."""
    files = {name: shipped_incident(name) for name in incident_names()}
    return tuple(OnScale(name=name, found=damage(f.incident, _case(f))) for name, f in files.items())


def _case(file: IncidentFile) -> Case | None:
    return file.case.case if file.case else None


@attrs.define(eq=False, kw_only=True)
class IncidentDesk:
    """One incident file that is looked at. Several threads may ask; one is served.

    Attributes:
        name: What it is called.
        path: Where it lies, with links followed; ``None``: nowhere, as a shipped one.
        file: What was read last, and had no fault.
    """

    name: str
    path: Path | None
    file: IncidentFile
    _lock: threading.RLock = attrs.field(factory=threading.RLock, init=False)
    _assessed: dict[tuple[dt.date | None, bool], Assessed] = attrs.field(factory=dict, init=False)

    @classmethod
    def on(cls, name: str) -> IncidentDesk:
        """Look at an incident by file, by the name of a shipped one, or from standard input.

        Raises:
            CaseFileError: The file cannot be used.
            InputError: There is neither, or no damage can be worked out of it.
        """
        if name in incident_names() and not os.path.isfile(name):
            desk = cls(name=name, path=None, file=shipped_incident(name))
        else:
            place = None if name == STDIN else Path(os.path.realpath(name))
            desk = cls(name="stdin" if name == STDIN else name, path=place, file=load_incident(name))
        desk.assessed()
        return desk

    @property
    def lock(self) -> threading.RLock:
        """Held by whoever looks at several things that must fit together."""
        return self._lock

    @property
    def short(self) -> str:
        """What it is called among others."""
        return os.path.basename(self.name).removesuffix(".yaml")

    @property
    def is_shipped(self) -> bool:
        """Whether it is one of the shipped ones, and so on the scale already."""
        return self.path is None and self.name in incident_names()

    @property
    def case_path(self) -> Path | None:
        """The file of its case; ``None``: it has none, or the case is shipped."""
        return None if self.path is None else case_beside(self.file.incident, str(self.path.parent))

    def changed(self) -> tuple[str, ...]:
        """Which files are no longer what was read, or gone: the incident, its case."""
        read = [(self.path, self.file.text)]
        if self.file.case is not None:
            read.append((self.case_path, self.file.case.text))
        return tuple(path.name for path, text in read if path is not None and _on_disk(path) != text)

    def look_again(self) -> None:
        """Read the files anew.

        Raises:
            CaseFileError, InputError: They cannot be used; what was read last stays.
        """
        with self._lock:
            if self.path is None:
                return
            file = read_incident(text_in(str(self.path)), self.name, str(self.path.parent))
            last = IncidentDesk(name=self.name, path=self.path, file=file)
            last.assessed()
            self.file, self._assessed = file, last._assessed

    def assessed(self, day: dt.date | None = None, hold: bool = False) -> Assessed:
        """What is said of it, as it stood at the end of ``day``; ``None``: with all that is known.

        Raises:
            InputError: It had not happened yet, or no damage can be worked out.
        """
        with self._lock:
            incident = self.file.incident
            if day is not None and day < incident.on:
                raise InputError(f"`as_of`: {day} is before it happened, on {incident.on}")
            last = None if day is None else max(d for d in incident.days if d <= day)
            held = hold or incident.legal_hold
            key = None if last == incident.days[-1] else last, held
            if key not in self._assessed:
                self._assessed[key] = self._work_out(key[0], held)
            return self._assessed[key]

    def _work_out(self, day: dt.date | None, held: bool) -> Assessed:
        incident, case = self.file.incident, _case(self.file)
        if day is not None:
            incident = incident.known_by(day)
        found = damage(incident, case)
        return Assessed(
            found=found,
            tell=to_tell(found),
            past=() if held else history(incident, case, found),
            moved=() if held else movers(incident, case, found),
            held=held,
        )

    def compared(self, other: str) -> Compared:
        """Set against a shipped one, with all that is known.

        Raises:
            InputError: There is none of that name, it is this one, or a legal hold forbids it.
        """
        named = [each for each in shipped_on_scale() if each.name == other]
        if not named or (self.is_shipped and other == self.name):
            raise InputError(f"`with`: no other shipped incident `{other}`")
        if self.file.incident.legal_hold:
            raise InputError("legal hold: no assessment is written, and none is compared")
        return compare(self.assessed().found, named[0].found)


def _on_disk(path: Path) -> str | None:
    """What stands there; ``None``: nothing that can be read."""
    try:
        return text_in(str(path))
    except InputError:
        return None
