"""pymerkle on so many entries: appends and proofs. Run by ``ledger.py`` in its environment."""

import json
import random
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import pymerkle

COUNT, PROOFS, SEED = int(sys.argv[1]), 100, 20261123
DATA = [sha256(number.to_bytes(8, "big")).digest() for number in range(COUNT)]


def tell(what: str, tree, took: float) -> None:
    draw, found = random.Random(SEED), []
    for _ in range(PROOFS):
        index = draw.randrange(COUNT) + 1
        start = time.process_time()
        tree.prove_inclusion(index)
        found.append((time.process_time() - start) * 1e3)
    first, *_ = found
    found.sort()
    row = {"what": what, "appends_per_s": COUNT / took, "first_ms": first, "root": tree.get_state().hex()}
    print(json.dumps({**row, "p50_ms": found[len(found) // 2], "p99_ms": found[len(found) * 99 // 100]}), flush=True)


tree = pymerkle.InmemoryTree(algorithm="sha256")
start = time.process_time()
for entry in DATA:
    tree.append_entry(entry)
tell("pymerkle, in memory", tree, time.process_time() - start)

with tempfile.TemporaryDirectory() as folder:
    kept = pymerkle.SqliteTree(str(Path(folder) / "tree.db"), algorithm="sha256")
    start = time.process_time()
    kept.append_entries(DATA)
    tell("pymerkle, SQLite, batched", kept, time.process_time() - start)
