"""A desk from which things are released: a case file, a record and keys in one folder, a clock in the test's hands."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from tearline.cli import clock, run
from tearline.store.record import Entry, Record

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

CASE = """\
tearline: 1
title: A meeting of X
us: A
as_of: 2026-11-20
parties:
  A: {name: State A}
  B: {name: State B, trust: {handling: wary}}
  C: {name: State C, shares_with_us: [training]}
  X: {name: State X, hostile: true}
sources:
  clerk: {kind: human, owner: A, placement: third floor of the ministry}
readers:
  X: {groups: {insiders: {count: 4}, staff: {count: 4000}, elsewhere: {other: true, weight: 0.2}}}
claims:
  meeting:
    sources: [clerk]
    persons: []
    versions:
      day: {text: They meet on Thursday., value: 8, known: {insiders: informed}}
      week: {text: They meet this week., value: 3, known: {staff: informed, elsewhere: near}}
proposal:
  to: B
  claims: [meeting]
  by: desk
  harm_of_silence: an ambush
"""

OTHER = CASE.replace("meet", "dine").replace("meeting", "dinner").replace("clerk", "cook")
"""A case that shares no words, no claim and no source with the first."""

Captured = pytest.CaptureFixture[str]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@attrs.frozen
class Desk:
    """The desk."""

    folder: Path
    clock: Clock
    captured: Captured

    @property
    def record(self) -> Path:
        return self.folder / "data" / "record.db"

    def write(self, text: str = CASE, name: str = "mine.yaml") -> str:
        """Put a case file on the desk."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def tearline(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command; its exit code and what it printed."""
        self.captured.readouterr()
        code = run(list(arguments))
        out, err = self.captured.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> dict[str, Any]:
        """What a command prints as JSON."""
        found: dict[str, Any] = json.loads(self.tearline(*arguments, "--json")[1])
        return found

    def release(self, text: str = CASE, name: str = "mine.yaml", by: str = "chief") -> tuple[int, str, str]:
        """Release a case."""
        return self.tearline("release", self.write(text, name), "--by", by)

    def entries(self) -> list[Entry]:
        """Everything on record; nothing where there is no record."""
        if not self.record.exists():
            return []
        record = Record(self.record)
        try:
            return list(record.entries())
        finally:
            record.close()


def desk_in(folder: Path, monkeypatch: pytest.MonkeyPatch, captured: Captured) -> Desk:
    """An empty desk in a folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TEARLINE_RECORD", str(folder / "data" / "record.db"))
    monkeypatch.setenv("TEARLINE_KEYS", str(folder / "keys"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[1] / "src"))
    made = Desk(folder, Clock(), captured)
    monkeypatch.setattr(clock, "now", made.clock)
    return made
