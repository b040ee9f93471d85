"""The exact solver on generated rosters, beside greedy and plain CP-SAT, on the same instances.

    python bench/tearline_solver.py [--quick] [--without-peers]

Prints a table, what was aimed at, and one JSON line per row. The gap is (upper - value) / upper.
CP-SAT gets the rosters without grades only and there the strictest linear form of the gate: candidates who
fully know everything said must be at least 1 / limit (nothing is counted for the others, so its optimum
can only be lower). On graded rosters the gate is a ratio of sums of products, which has no linear form.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import peers
from instances import graded, hard, scattered, structured

from tearline.tearlines import Problem, micro, solve
from tearline.tearlines.bounds import Panel
from tearline.tearlines.greedy import greedy
from tearline.tearlines.problem import canonical

HERE = Path(__file__).parent
GENERATORS = {"structured": structured, "scattered": scattered, "graded": graded, "hard": hard}
WHOLE = 10**9
"""Into so many parts the prior of hard sets is cut for CP-SAT, which counts in whole numbers."""
PATIENCE = 60
"""Seconds for CP-SAT, and for rows on which nothing was aimed at."""
ROWS = (
    ("structured", 10_000, 12, 0.1, None),
    ("structured", 10_000, 20, 0.1, None),
    ("structured", 10_000, 30, 0.1, 10.0),
    ("scattered", 10_000, 20, 0.1, None),
    ("scattered", 10_000, 30, 0.1, None),
    ("graded", 3_000, 12, 0.1, 1.0),
    ("graded", 3_000, 20, 0.1, 10.0),
    ("graded", 3_000, 30, 0.1, None),
    ("graded", 10_000, 30, 0.1, 30.0),
    ("hard", 1_000, 20, 0.3, 0.2),
    ("hard", 1_000, 20, 0.1, 1.0),
    ("hard", 1_000, 20, 0.02, 60.0),
)
"""Roster, candidates, claims, limit (of hard sets: the mass to survive), and the seconds aimed at."""
CLOSE = 0.05
"""The gap that is near enough on graded rosters of 30 claims, where a proof is out of reach."""
QUICK = (("structured", 2_000, 12, 0.1, None), ("graded", 1_000, 12, 0.1, None), ("hard", 1_000, 20, 0.3, 0.2))
TITLE = "roster      candidates  claims    value    upper     gap   proved    nodes  seconds   greedy   cp-sat"


def instance(kind: str, candidates: int, claims: int, limit: float) -> Problem:
    """The problem of one row."""
    return GENERATORS[kind](candidates, claims, limit)


def measured(kind: str, candidates: int, claims: int, limit: float, aim: float | None) -> dict[str, Any]:
    """Solve one instance; wall-clock seconds of the whole of ``solve``, preparation included."""
    problem = instance(kind, candidates, claims, limit)
    began = time.perf_counter()
    start = greedy(Panel(canonical(problem), 1.0))
    greedy_seconds = time.perf_counter() - began
    began = time.perf_counter()
    patience = 30 if candidates * claims > 250_000 and kind == "graded" else PATIENCE
    found = solve(problem, nodes=None, stop=lambda: time.perf_counter() - began > patience)
    seconds = time.perf_counter() - began
    upper, value = found.upper_bound / micro(1), found.value / micro(1)
    return {
        "bench": "solver",
        "roster": kind,
        "candidates": candidates,
        "claims": claims,
        "limit": limit,
        "value": value,
        "upper": upper,
        "gap": (upper - value) / upper if upper else 0.0,
        "proved": found.proved,
        "nodes": found.nodes,
        "seconds": seconds,
        "greedy": problem.value(start) / micro(1) if start is not None else 0.0,
        "greedy_seconds": greedy_seconds,
        "aim": aim,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def cp_sat(kind: str, candidates: int, claims: int, limit: float) -> dict[str, Any] | None:
    """Plain CP-SAT on an instance without grades; ``None`` where it cannot be installed."""
    python = peers.interpreter("ortools")
    if python is None:
        return None
    problem = instance(kind, candidates, claims, limit)
    (world,) = problem.worlds
    knows = np.array([block.lo >= math.log(0.5) for block in world.blocks])
    values = np.array([[option.value for option in block.options] for block in problem.blocks])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instance.npz"
        mass, least = np.ones(knows.shape[-1], dtype=np.int64), math.ceil(1 / limit)
        if kind == "hard":
            mass, least = np.round(np.exp(world.base.mid) * WHOLE).astype(np.int64), math.ceil(limit * WHOLE)
        np.savez(path, knows=knows, values=values, mass=mass, least=least, seconds=PATIENCE)
        command = [str(python), str(HERE / "cp_sat_peer.py"), str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"SKIPPED: CP-SAT failed: {ran.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def line(row: dict[str, Any]) -> str:
    """One row of the table."""
    peer = row.get("cp_sat")
    beside = "-" if peer is None else f"{peer['value']:.4f} in {peer['seconds']:.1f} s ({peer['status'].lower()})"
    return (
        f"{row['roster']:<11} {row['candidates']:>10,} {row['claims']:>7} {row['value']:>8.4f} {row['upper']:>8.4f} "
        f"{row['gap']:>7.1%} {row['proved']!s:>8} {row['nodes']:>8,} {row['seconds']:>8.2f} {row['greedy']:>8.4f}   "
        f"{beside}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small instances only")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    given = parser.parse_args()
    print(TITLE)
    for kind, candidates, claims, limit, aim in QUICK if given.quick else ROWS:
        row = measured(kind, candidates, claims, limit, aim)
        if kind != "graded" and not given.without_peers:
            row["cp_sat"] = cp_sat(kind, candidates, claims, limit)
        print(line(row), flush=True)
        if aim is not None:
            wanted, done = f"proved within {aim:g} s", row["proved"] and row["seconds"] <= aim
            if kind == "graded" and claims == 30:
                wanted, done = f"a gap of {CLOSE:.0%} within {aim:g} s", row["gap"] <= CLOSE
            print(f"  aim: {wanted}: {'met' if done else 'MISSED'}")
        print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
