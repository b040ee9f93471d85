"""Killing `tearline release` at every call that changes something on disk, and looking at what is left.

Or `tearline record erase`. Each point is a process of its own: it does the same on a fresh copy of the same desk
and is killed (``SIGKILL``) right before the n-th such call, or in the middle of it where it writes. Then the desk
is looked at, and the same is run again.
"""

from __future__ import annotations

import contextlib
import ctypes
import datetime as dt
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

HERE = Path(__file__).parent

CASE = """\
tearline: 1
title: A meeting of X
us: A
parties:
  A: {name: State A}
  B: {name: State B, trust: {handling: wary}}
  X: {name: State X, hostile: true}
sources:
  clerk: {kind: human, owner: A}
readers:
  X: {groups: {insiders: {count: 4}, staff: {count: 4000}, elsewhere: {other: true, weight: 0.2}}}
claims:
  meeting:
    sources: [clerk]
    persons: []
    versions:
      day: {text: They meet on Thursday., value: 8, known: {insiders: informed}}
      week: {text: They meet this week., value: 3, known: {staff: informed, elsewhere: near}}
proposal: {to: B, claims: [meeting], by: desk}
"""
OTHER = CASE.replace("meet", "dine").replace("meeting", "dinner").replace("clerk", "cook")
LONG = CASE.replace("this week.", f"this week{'.' * 9000}")
LONG_OTHER = LONG.replace("meet", "dine").replace("meeting", "dinner").replace("clerk", "cook")
WORDS = "They meet this week"
TRACE = b"meet this week..."

MEMORY = Path("/dev/shm")
"""Files in memory, where there is such a folder: what a kill leaves is the same, and syncing takes no time."""

MOVES = (("draft", "desk"), ("assessed", "desk"), ("cleared", "chief"))


@attrs.frozen
class Left:
    """What a look at the desk finds.

    Attributes:
        releases: How often the release is on record, with what it says.
        erasures: How many erasures are on record.
        traces: Whether the words of what was to be erased are in any file of the record.
        moves: How often the journal says that it was released; ``None``: there is no journal.
        faults: What `record verify` finds.
        notes: What it tells besides.
        printed: Whether the words came out.
        code: How the process ended; below 0: by a signal.
    """

    releases: int
    erasures: int
    traces: bool
    moves: int | None
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    printed: bool
    code: int


@attrs.frozen
class Point:
    """One point: where it was killed, what was left, and what running it again made of that.

    Attributes:
        call: What would have been done next, or was cut off in its middle.
        torn: Whether it was cut off in its middle.
    """

    number: int
    call: str
    torn: bool
    left: Left
    again: Left


@attrs.frozen
class Desk:
    """A desk: a case, and a record and keys below the same folder.

    Attributes:
        erasing: Whether it is an erasure that is killed, not a release.
    """

    folder: Path
    erasing: bool = False

    @property
    def case(self) -> Path:
        return self.folder / "case.yaml"

    @property
    def record(self) -> Path:
        return self.folder / "data" / "record.db"

    def begin(self, *, journal: bool = False, earlier: bool = False, erased: bool = False) -> None:
        """Set it up: with a clearance in a journal, with another release on record, with a long one that was erased,
        or without all that; for an erasure with what is to be erased."""
        self.folder.mkdir(parents=True)
        self.case.write_text(LONG if erased or self.erasing else CASE, "utf-8")
        with self.at_home():
            if earlier:
                other = self.folder / "other.yaml"
                other.write_text(OTHER, "utf-8")
                assert self.run("release", str(other), "--by", "chief")[0] == 0
            if erased:
                other = self.folder / "erased.yaml"
                other.write_text(LONG_OTHER, "utf-8")
                assert self.run("release", str(other), "--by", "chief")[0] == 0
                assert self.run("record", "erase", "0", "--by", "archivist", "--because", "time is up")[0] == 0
                (that,) = json.loads(self.run("release", str(self.case), "--by", "liaison", "--json")[1])["house_only"][
                    "unsigned"
                ]
                signed = f'[{{that: "{that}", by: chief, on: {dt.datetime.now(dt.UTC).date()}}}]'
                self.case.write_text(LONG.replace("by: desk}", f"by: desk, signed: {signed}}}"), "utf-8")
            if self.erasing:
                assert self.run("release", str(self.case), "--by", "liaison")[0] == 0
            for to, by in MOVES if journal else ():
                assert self.run("move", str(self.case), "--to", to, "--by", by)[0] == 0

    @contextlib.contextmanager
    def at_home(self) -> Iterator[None]:
        kept = {name: os.environ.get(name) for name in ("TEARLINE_RECORD", "TEARLINE_KEYS")}
        os.environ |= {"TEARLINE_RECORD": str(self.record), "TEARLINE_KEYS": str(self.folder / "keys")}
        try:
            yield
        finally:
            for name, value in kept.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command here; its exit code and what it printed."""
        from tearline.cli import run

        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            return run(list(arguments)), out.getvalue()

    def act(self) -> tuple[int, str]:
        """What is killed."""
        if self.erasing:
            return self.run("record", "erase", "0", "--by", "archivist", "--because", "time is up")
        return self.run("release", str(self.case), "--by", "liaison")

    def look(self, code: int, printed: str) -> Left:
        """What is there now."""
        from tearline.cases.journal import path_of
        from tearline.store.acts import RELEASE
        from tearline.store.keys import Keys
        from tearline.store.record import ERASURE, Record
        from tearline.store.verifying import verify

        releases, erasures, faults, notes = 0, 0, (), ()
        if self.record.exists():
            record = Record(self.record)
            pledged = Keys(self.folder / "keys", os.urandom).pledged(record.key)
            found = verify(self.record, record.key, sums=False, pledged=pledged)
            faults, notes = tuple(f"{f.place}: {f.text}" for f in found.faults), found.notes
            says = [entry.content for entry in record.entries(RELEASE)]
            erasures = len(list(record.entries(ERASURE)))
            record.close()
            releases = sum(each is not None and each["title"] == "A meeting of X" for each in says)
        journal = path_of(str(self.case))
        moves = journal.read_bytes().count(b'"to":"released"') if journal.exists() else None
        kept = [path for path in self.record.parent.glob("*") if path.is_file()]
        traces = any(TRACE in path.read_bytes() for path in kept)
        return Left(releases, erasures, traces, moves, faults, notes, WORDS in " ".join(printed.split()), code)


def build(folder: Path) -> Path | None:
    """The library that kills, compiled; ``None``: there is no compiler, or not this kind of system."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "kill_at.so"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "kill_at.c"), "-ldl"], check=False
    )
    return library if done.returncode == 0 else None


def points(folder: Path, *, erasing: bool = False, **begun_with: bool) -> list[Point]:
    """Every point of one act (:meth:`Desk.begin`); for a process into which the library was loaded."""
    arm = ctypes.CDLL(None).arm
    begun = Desk(folder / "begun", erasing)
    begun.begin(**begun_with)
    calls = _calls(folder, begun, arm)
    strikes = [(number, False) for number in range(1, len(calls) + 1)]
    strikes += [(number, True) for number, call in enumerate(calls, 1) if call.startswith("write ")]
    return [_struck(folder, begun, arm, number, calls[number - 1], torn) for number, torn in strikes]


Arm = Callable[[int, bytes, int], object]


def _copy(folder: Path, begun: Desk, name: str) -> Desk:
    desk = Desk(folder / name, begun.erasing)
    shutil.copytree(begun.folder, desk.folder)
    return desk


def _calls(folder: Path, begun: Desk, arm: Arm) -> list[str]:
    desk, listed = _copy(folder, begun, "whole"), folder / "calls"
    child = os.fork()
    if not child:
        place = os.open(listed, os.O_WRONLY | os.O_CREAT)
        with desk.at_home():
            arm(0, os.fsencode(desk.folder), place)
            desk.act()
        os._exit(0)
    os.waitpid(child, 0)
    return listed.read_text("utf-8").splitlines()


def _struck(folder: Path, begun: Desk, arm: Arm, number: int, call: str, torn: bool) -> Point:
    desk = _copy(folder, begun, f"{number}{'-torn' if torn else ''}")
    printed = folder / "printed"
    child = os.fork()
    if not child:
        with desk.at_home():
            arm(-number if torn else number, os.fsencode(desk.folder), -1)
            text = desk.act()[1]
        printed.write_text(text, "utf-8")
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = desk.look(code, printed.read_text("utf-8") if printed.exists() else "")
    with desk.at_home():
        again = desk.look(*desk.act())
    shutil.rmtree(desk.folder)
    return Point(number, call, torn, left, again)


def killed(point: Point) -> bool:
    """Whether it was killed; chance may let a run have fewer calls than the one that was listed."""
    return point.left.code == -signal.SIGKILL


def main() -> None:
    """Print the points as JSON: FOLDER, and `journal`, `earlier`, `erased` or `erasing` if wanted."""
    folder, *words = sys.argv[1:]
    found = points(Path(folder), **dict.fromkeys(words, True))
    print(json.dumps([attrs.asdict(point) for point in found]))


if __name__ == "__main__":
    main()
