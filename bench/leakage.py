"""What a standing arrangement tells at most: Tearline beside blocked numpy and libqif, on the same channels.

    python bench/leakage.py [--quick] [--without-peers]

Prints a table, what was aimed at, and one JSON line per row. Every engine runs in a process of its own, on
one thread, on the same files; each answer is compared with blocked numpy's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import peers

SEED = 20261123
SECRETS, OBSERVATIONS = 100_000, 1_000
QUICK = 20_000
"""Secrets with ``--quick``."""
CLAIMS = 10
"""Claims of the graded channel: what is told of each makes 1,024 observations."""
SHARES = (0.60, 0.15, 0.12, 0.09, 0.04)
"""How many of all grades are absent, rumour, near, informed, present."""
GRADES = np.array([0.01, 0.1, 0.4, 0.8, 0.999])
"""The five access words at the best point; the best one just below 1, so that silence stays possible."""
SAME = 1e-12
"""Answers that differ by less, relatively, are the same: sums are taken in another order."""
LONGEST = 600
"""Seconds after which an engine is given up."""
HERE = Path(__file__).parent
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TITLE = f"{'instance':<30}{'engine':<10}{'posterior':>11}{'leakage':>11}{'capacity':>11}   to blocked numpy"

Array = np.ndarray
Row = dict[str, Any]


def dense(secrets: int) -> Array:
    """Every observation is possible for every secret, more or less so by chance."""
    rows = np.random.default_rng((SEED, secrets)).exponential(size=(secrets, OBSERVATIONS))
    return rows / rows.sum(axis=1, keepdims=True)


def graded(secrets: int) -> Array:
    """A roster as the engine sees it: who could have told which of ten claims, each in the five words of access.

    An observation is what is told of them all together; teams of twenty share their grades.
    """
    random = np.random.default_rng((SEED, secrets, CLAIMS))
    teams = GRADES[random.choice(len(GRADES), (secrets // 20, CLAIMS), p=SHARES)]
    rows = np.ones((secrets // 20, 1))
    for told in teams.T[:, :, None]:
        rows = np.concatenate([rows * told, rows * (1 - told)], axis=1)
    return rows[random.integers(0, secrets // 20, secrets)]


def even(secrets: int) -> Array:
    """Everybody is as likely."""
    return np.full(secrets, 1 / secrets)


def uneven(secrets: int) -> Array:
    """Everybody is about as likely, up to a factor of three."""
    prior = np.random.default_rng((SEED, secrets, 1)).uniform(0.5, 1.5, secrets)
    return prior / prior.sum()


def zipf(secrets: int) -> Array:
    """The n-th most likely is n times less likely than the first; in no order."""
    prior = 1 / np.random.default_rng((SEED, secrets, 2)).permutation(np.arange(1.0, secrets + 1))
    return prior / prior.sum()


def ranked(secrets: int) -> Array:
    """The same, the most likely first."""
    return np.sort(zipf(secrets))[::-1].copy()


INSTANCES: tuple[tuple[str, Callable[[int], Array], Callable[[int], Array]], ...] = (
    ("dense, even prior", dense, even),
    ("dense, Zipf prior, shuffled", dense, zipf),
    ("dense, Zipf prior, ranked", dense, ranked),
    ("graded roster, even prior", graded, even),
    ("graded roster, uneven prior", graded, uneven),
    ("graded roster, Zipf, shuffled", graded, zipf),
)


def measured(engine: str, prior: Path, rows: Path) -> Row:
    """Run one engine in its own process; a row with ``failed`` if it does not get through."""
    python: Path | None = peers.interpreter(engine) if engine == "qif" else Path(sys.executable)
    if python is None:
        return {"engine": engine, "failed": "cannot be installed"}
    command = [str(python), str(HERE / "leakage_engines.py"), engine, str(prior), str(rows)]
    command += ["--runs", "5" if engine == "qif" else "15"]
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=LONGEST, env=os.environ | ONE_THREAD
        )
    except subprocess.TimeoutExpired:
        return {"engine": engine, "failed": f"more than {LONGEST} s"}
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or [f"ended with {ran.returncode}"])[-1]
        return {"engine": engine, "failed": last[:120]}
    row: Row = json.loads(ran.stdout.splitlines()[-1])
    return row


def compared(name: str, prior: Array, rows_file: Path, shape: tuple[int, int], engines: tuple[str, ...]) -> list[Row]:
    """All engines on one instance; how far their answers are from blocked numpy's, and how much time they take."""
    prior_file = rows_file.with_name("prior.npy")
    np.save(prior_file, prior)
    found: list[Row] = [
        {"bench": "leakage", "instance": name, "secrets": shape[0], "observations": shape[1], "seed": SEED}
        | measured(engine, prior_file, rows_file)
        for engine in engines
    ]
    plain = found[0]
    for row in found:
        if "failed" in row or "failed" in plain:
            continue
        for what in ("posterior", "leakage", "capacity"):
            row[f"{what}_to_numpy"] = row[f"{what}_s"] / plain[f"{what}_s"]
        row["error"] = max(abs(row[what] / plain[what] - 1) for what in ("posterior", "leakage", "capacity"))
    return found


def line(row: Row) -> str:
    """One row of the table."""
    start = f"{row['instance']:<30}{row['engine']:<10}"
    if "failed" in row:
        return f"{start}FAILED: {row['failed']}"
    times = "".join(f"{1e3 * row[f'{what}_s']:>8.1f} ms" for what in ("posterior", "leakage", "capacity"))
    ratios = ", ".join(f"{row[f'{what}_to_numpy']:.2f}" for what in ("posterior", "leakage", "capacity"))
    return f"{start}{times}   {ratios}, differs by {row['error']:.0e}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="20,000 secrets")
    parser.add_argument(
        "--without-peers", action="store_true", help="blocked numpy and Tearline only; installs nothing"
    )
    given = parser.parse_args()
    secrets = QUICK if given.quick else SECRETS
    engines = ("numpy", "tearline") if given.without_peers else ("numpy", "tearline", "qif")
    print(f"{secrets:,} secrets; answers that differ by less than {SAME:g} are the same\n{TITLE}")
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        rows_file, made, shape = Path(folder) / "rows.npy", None, (0, 0)
        for name, maker, prior in INSTANCES:
            if maker is not made:
                rows = maker(secrets)
                np.save(rows_file, rows)
                made, shape = maker, (rows.shape[0], rows.shape[1])
                del rows
            found += compared(name, prior(secrets), rows_file, shape, engines)
            for row in found[-len(engines) :]:
                print(line(row), flush=True)
    for row in found:
        print(json.dumps(row))
    wrong = [row["instance"] for row in found if row.get("error", 0.0) > SAME]
    for ours in (row for row in found if row["engine"] == "tearline"):
        worst = max(ours[f"{what}_to_numpy"] for what in ("posterior", "leakage"))
        print(f"{'met   ' if worst <= 1 else 'MISSED'}  {ours['instance']}: no slower than blocked numpy: {worst:.2f}")
    for name in wrong:
        print(f"WRONG: {name}: the answers differ")
    return 1 if wrong or any("failed" in row for row in found if row["engine"] != "qif") else 0


if __name__ == "__main__":
    sys.exit(main())
