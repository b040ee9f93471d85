"""How fast the record grows and proves: the tree alone, the record in its file, and pymerkle.

    python bench/ledger.py [--quick] [--without-peers]

The tree and pymerkle get the same entries of 32 bytes (commitments), and must come to the same root. The record
does all of its work besides: a salt and a commitment for each entry, its content, the head, one transaction. The
last row is that of whole acts: the file is held against its sums first, and is summed anew as it will be.
Times are processor time on one thread; waiting for the disk is not in them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]

import peers  # noqa: E402

from tearline.ledger.notes import Signer  # noqa: E402
from tearline.ledger.proofs import verify_inclusion  # noqa: E402
from tearline.ledger.tree import Tree, consistency_path, inclusion_path, leaf_hash  # noqa: E402
from tearline.store.desk import writing  # noqa: E402
from tearline.store.keys import Keys  # noqa: E402
from tearline.store.record import Record  # noqa: E402

AIM_APPENDS, AIM_PROOF_MS = 100_000, 1.0
SEED, PROOFS = 20261123, 2_000


def entries(count: int) -> list[bytes]:
    """So many commitments."""
    return [sha256(number.to_bytes(8, "big")).digest() for number in range(count)]


def percentiles(run: Callable[[int], object], count: int) -> tuple[float, float]:
    """The median and the 99th percentile of a proof of a drawn entry, in milliseconds."""
    draw, found = random.Random(SEED), []
    for _ in range(PROOFS):
        index = draw.randrange(count)
        start = time.process_time()
        run(index)
        found.append((time.process_time() - start) * 1e3)
    found.sort()
    return found[len(found) // 2], found[len(found) * 99 // 100]


def tree(count: int) -> bytes:
    """The tree in memory; returns its root."""
    data = entries(count)
    start = time.process_time()
    log = Tree()
    for first in range(0, count, 10_000):
        log.extend([leaf_hash(entry) for entry in data[first : first + 10_000]])
    took = time.process_time() - start
    middle, late = percentiles(lambda index: inclusion_path(log, index, count), count)
    growth = percentiles(lambda index: consistency_path(log, index + 1, count), count)
    root = log.root()
    verify_inclusion(leaf_hash(data[7]), 7, count, inclusion_path(log, 7, count), root)
    tell("tree", count, count / took, middle, late, growth[1])
    return root


def record(count: int, batch: int) -> None:
    """The record in its file, in batches, every change on the disk."""
    signer = Signer.of("tearline.record/bench", bytes(32))
    with tempfile.TemporaryDirectory() as folder:
        made = Record.create(Path(folder) / "record", signer.key)
        start = time.process_time()
        for first in range(0, count, batch):
            contents = [("release", {"to": "B", "number": number}) for number in range(first, first + batch)]
            made.append(contents, 1, signer, lambda: os.urandom(32))
        took = time.process_time() - start
        middle, late = percentiles(made.inclusion, count)
        growth = percentiles(lambda index: made.continues(index + 1), count)
        size = made.path.stat().st_size
        made.close()
    tell(f"record, {batch:,} at once", count, count / took, middle, late, growth[1], megabytes=size / 2**20)


def desk(count: int, batch: int) -> None:
    """The same as every act does it: the file looked at first, heads pledged, the whole file summed ahead twice."""
    with tempfile.TemporaryDirectory() as folder:
        path, keys = Path(folder) / "record", Keys(Path(folder) / "keys", os.urandom)
        start = time.process_time()
        for first in range(0, count, batch):
            with writing(path, keys) as held:
                held.put([("release", {"to": "B", "number": n}) for n in range(first, first + batch)], 1)
        took = time.process_time() - start
        with Record.opened(path) as made:
            middle, late = percentiles(made.inclusion, count)
            growth = percentiles(lambda index: made.continues(index + 1), count)
    tell(f"acts of {batch:,}, summed", count, count / took, middle, late, growth[1])


def tell(what: str, count: int, rate: float, middle: float, late: float, growth: float, **more: float) -> None:
    """One row."""
    aims = f"aims: {'met' if rate >= AIM_APPENDS else 'MISSED'}, {'met' if late < AIM_PROOF_MS else 'MISSED'}"
    print(
        f"{what:26} {count:9,} entries  {rate:9,.0f} appends/s  inclusion {middle:.3f} ms, p99 {late:.3f} ms  "
        f"consistency p99 {growth:.3f} ms  {aims}",
        flush=True,
    )
    row: dict[str, Any] = {"bench": "ledger", "what": what, "entries": count, "appends_per_s": rate}
    print(json.dumps({**row, "p50_ms": middle, "p99_ms": late, "consistency_p99_ms": growth, **more}), flush=True)


def peer(count: int, root: bytes | None) -> None:
    """pymerkle, in its own environment; its root must be ours."""
    python = peers.interpreter("pymerkle")
    if python is None:
        return
    ran = subprocess.run(
        [str(python), str(HERE / "pymerkle_peer.py"), str(count)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(f"SKIPPED: pymerkle failed: {(ran.stderr.strip().splitlines() or ['no message'])[-1]}", flush=True)
        return
    for line in ran.stdout.splitlines():
        row = json.loads(line)
        assert root is None or row["root"] == root.hex(), "pymerkle comes to another root"
        print(
            f"{row['what']:26} {count:9,} entries  {row['appends_per_s']:9,.0f} appends/s  inclusion "
            f"{row['p50_ms']:.3f} ms, p99 {row['p99_ms']:.3f} ms (first {row['first_ms']:,.0f} ms)",
            flush=True,
        )
        print(json.dumps({"bench": "ledger", "entries": count, **row}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the entries")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    given = parser.parse_args()
    count = 100_000 if given.quick else 1_000_000
    tree(count)
    record(count // 5 if given.quick else count, 10_000)
    desk(count // 10, 10_000)
    if not given.without_peers:
        peer(count // 10, tree(count // 10))


if __name__ == "__main__":
    main()
