"""A theft in bulk: how many documents a second, against how many sources, in how much memory.

    python bench/damage.py [--quick]

Prints a table, what was aimed at, and one JSON line per row. One process, one thread. There is no peer: the
ratio is to the same sums in plain numpy, without merging the claims of a document, where these fit into memory.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc

import numpy as np

from tearline.damage.bulk import Documents, Leaked, exposed
from tearline.domain import ACCESS_WORDS
from tearline.exposure.rosters import Grades

SEED = 20261123
CLAIMS, CANDIDATES = 5, 50
SIZES = ((10_000, 1_000), (250_000, 1_000), (250_000, 5_000), (1_000_000, 5_000))
"""Documents and sources."""
QUICK = 1
"""Rows with ``--quick``."""
AIM = 10.0
"""Seconds for 250,000 documents against 5,000 sources."""
TITLE = f"{'documents':>10}{'sources':>9}{'entries':>13}{'seconds':>9}{'a second':>11}{'plain':>8}{'added MB':>10}"


def drawn(documents: int, sources: int) -> Documents:
    """Documents of five claims, each naming every candidate of its source with some grade but the lowest."""
    chance = np.random.default_rng((SEED, documents, sources))
    claims = documents * CLAIMS
    return Documents(
        first_claim=np.arange(documents + 1) * CLAIMS,
        source=chance.integers(0, sources, documents),
        first_entry=np.arange(claims + 1) * CANDIDATES,
        candidate=np.tile(np.arange(CANDIDATES, dtype=np.uint8), claims),
        grade=chance.integers(1, len(ACCESS_WORDS), claims * CANDIDATES, dtype=np.uint8),
    )


def measured(documents: Documents, sources: int, grades: Grades) -> tuple[float, float]:
    """Seconds from documents to beliefs, and the megabytes that it took at most besides them."""
    tracemalloc.start()
    start = time.perf_counter()
    leaked = Leaked(sources, CANDIDATES, grades)
    leaked.add(documents)
    shape = (sources, CANDIDATES)
    exposed(leaked, np.full(shape, 1 / CANDIDATES), np.ones(shape, np.int64), np.ones(shape, np.bool_))
    taken = time.perf_counter() - start
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return taken, most / 2**20


def plainly(documents: Documents, sources: int, grades: Grades) -> float:
    """Seconds for one edge, claim by claim: a table of logarithms, then one sum for each source and candidate."""
    start = time.perf_counter()
    table = np.log([interval.hi for interval in grades.intervals])
    source = np.repeat(documents.source, CLAIMS * CANDIDATES)
    np.bincount(source * CANDIDATES + documents.candidate, weights=table[documents.grade], minlength=sources)
    return time.perf_counter() - start


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    rows = SIZES[:QUICK] if parser.parse_args().quick else SIZES
    grades = Grades(tuple(reversed(ACCESS_WORDS.values())))
    print(TITLE)
    for documents, sources in rows:
        some = drawn(documents, sources)
        seconds, added = measured(some, sources, grades)
        plain = plainly(some, sources, grades) if len(some.grade) < 10**8 else None
        shown = f"{plain:7.1f}s" if plain is not None else f"{'-':>8}"
        rate, entries = documents / seconds, len(some.grade)
        print(f"{documents:>10,}{sources:>9,}{entries:>13,}{seconds:>8.2f}s{rate:>11,.0f}{shown}{added:>10.0f}")
        row = {
            "bench": "damage",
            "documents": documents,
            "sources": sources,
            "seconds": round(seconds, 3),
            "plain": None if plain is None else round(plain, 3),
            "added_mb": round(added, 1),
        }
        print(json.dumps(row))
    print(f"aim: 250,000 documents against 5,000 sources within {AIM:g} seconds")


if __name__ == "__main__":
    main()
