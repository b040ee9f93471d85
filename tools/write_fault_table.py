"""Kill `tearline release` at every point, and write the table of what was left.

    python tools/write_fault_table.py [--print]

It takes a C compiler and Linux. Which points there are depends on the database library, so the page is written by
running this, and not compared to the letter; a test kills at every point and judges what is left.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tools.fault_points import MEMORY, build  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "faults.md"

DESKS = {
    "The first release of all": (
        "No record, no key, no journal: both are begun.",
        (),
    ),
    "A cleared proposal, on a record that is there": (
        "The proposal was cleared in the journal beside the case; one other release is on record.",
        ("journal", "earlier"),
    ),
    "A long release, where another was erased": (
        "Pages of the file held what was erased, and were needed no more.",
        ("erased",),
    ),
}

FILES = {
    "data/record.db.lock": "the lock of the record",
    "case.yaml.journal.lock": "the lock of the journal",
    "case.yaml.journal": "the journal",
    "data/record.db.new-journal": "the record, while it is made",
    "data/record.db.new": "the record, while it is made",
    "data/record.db-journal": "the database's own journal",
    "data/record.db.pages.coming.new": "the sums of what is to come",
    "data/record.db.pages.coming": "the sums of what is to come",
    "data/record.db.pages.new": "the sums",
    "data/record.db.pages": "the sums",
    "data/record.db": "the record",
    ".key": "the key",
    ".head": "what the key has pledged",
    "data": "the folder of the record",
    "keys": "the folder of the keys",
}

DOING = {
    "make folder": "making",
    "create": "creating",
    "write": "writing",
    "sync": "syncing",
    "remove": "removing",
    "truncate": "cutting off",
    "rename to": "putting in place",
    "link as": "putting in place",
}


def run(words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every point on one desk."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        library = build(Path(name))
        if library is None:
            sys.exit("it takes a C compiler and Linux")
        told = {
            "LD_PRELOAD": str(library),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "OPENBLAS_NUM_THREADS": "1",
        }
        done = subprocess.run(
            [sys.executable, str(ROOT / "tools" / "fault_points.py"), str(Path(name) / "desks"), *words],
            env=os.environ | told,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def told(point: dict[str, Any]) -> str:
    """What would have been done, without names that are chance."""
    call, _, path = point["call"].rpartition(" ")
    name = path.removesuffix(".new") if path.startswith("keys/") else path
    file = next((says for end, says in FILES.items() if name == end or (end[0] == "." and name.endswith(end))), path)
    doing = DOING.get(call, call)
    return f"in the middle of {doing} {file}" if point["torn"] else f"{doing} {file}"


def rows(points: list[dict[str, Any]]) -> list[str]:
    """A row for points that follow one another and are alike."""
    found: list[tuple[tuple[str, ...], int]] = []
    for point in points:
        left, again = point["left"], point["again"]
        journal = {None: "–", 0: "no", 1: "yes"}
        cells = (
            told(point),
            "once" if left["releases"] else "not at all",
            journal[left["moves"]],
            "yes" if left["printed"] else "no",
            "; ".join(left["faults"]) or "none",
            "once" if again["releases"] == 1 and not again["faults"] and again["code"] == 0 else "NOT AS IT SHOULD BE",
        )
        if found and found[-1][0] == cells:
            found[-1] = (cells, found[-1][1] + 1)
        else:
            found.append((cells, 1))
    return [f"| {cells[0]} | {count} | {' | '.join(cells[1:])} |" for cells, count in found]


def page() -> str:
    """The page."""
    parts = [
        "# What a killed release leaves",
        (
            "Written by `tools/write_fault_table.py`: every point at which `tearline release` is about to change "
            "something on the disk, in its order, then every write cut off in its middle. At each point a process of "
            "its own was killed (`SIGKILL`) on a fresh copy of the same desk; the desk was looked at, with `tearline "
            "record verify`; then the release was run again. [The record](../explanation/record.md) says how it is "
            "done. What is not tried is a disk that loses or reorders what it has said is written."
        ),
    ]
    for title, (says, words) in DESKS.items():
        found = run(words)
        killed = sum(point["left"]["code"] < 0 for point in found)
        parts += [
            f"## {title}",
            f"{says} {len(found)} points, {killed} kills.",
            "\n".join(
                [
                    "| killed before | points | on record | journal | words out | faults | on record once run again |",
                    "|---|---|---|---|---|---|---|",
                    *rows(found),
                ]
            ),
        ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", help="print it instead of writing the page")
    text = page()
    if parser.parse_args().print:
        print(text, end="")
    else:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
