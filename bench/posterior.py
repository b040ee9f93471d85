"""Posterior over many candidates: Tearline beside plain numpy, libqif and pyAgrum, on the same instances.

    python bench/posterior.py [--quick] [--without-peers]

Prints a table, what was aimed at, and one JSON line per row. Every engine runs in a process of its
own, on one thread, on the same files; each answer is compared with plain numpy's.
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

import numpy as np
import peers

SEED = 20261123
CLAIMS = 100
SIZES = (10_000, 100_000, 1_000_000)
SHARES = (0.60, 0.15, 0.12, 0.09, 0.04)
"""How many of all grades are absent, rumour, near, informed, present."""
ALIKE = 20
"""Candidates that share one row, on average: a roster is made of teams."""
DEEP = {3_000: ("numpy", "tearline", "qif", "pyagrum"), 10_000: ("numpy", "tearline", "qif")}
"""Claims of the deep instances and who takes part; pyAgrum needs more than ten minutes for the larger."""
LONG = 1_000
"""Claims of the long instances."""
WELL_PLACED = (0.0, 0.0, 0.45, 0.35, 0.20)
"""The shares of grades of the long instance that pyAgrum can still take: everybody at least near everything."""
FASTER = 20
"""How many times faster than pyAgrum was aimed at, on that instance."""
WIDE_AND_DEEP = (10_000, 100_000)
"""Claims and candidates of a deep instance whose table of likelihoods would take 8 GB; Tearline alone."""
LONGEST = 900
"""Seconds after which an engine is given up."""
ENGINES = ("numpy", "tearline", "qif", "pyagrum")
WIDTHS = (8, 9, 9, 8, 8, 8, 8, 9)
HERE = Path(__file__).parent
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Row = dict[str, Any]


def roster(
    candidates: int, claims: int, seed: int, shares: tuple[float, ...] = SHARES
) -> tuple[np.ndarray, np.ndarray]:
    """Grade codes, shape ``(claims, candidates)``, and a prior that sums to 1."""
    rng = np.random.default_rng((seed, candidates, claims))
    rows = rng.choice(len(shares), (claims, candidates // ALIKE), p=shares).astype(np.uint8)
    codes = np.ascontiguousarray(rows[:, rng.integers(0, candidates // ALIKE, candidates)])
    prior = rng.uniform(0.5, 1.5, candidates)
    return codes, prior / prior.sum()


def recovering(claims: int, candidates: int = 100) -> tuple[np.ndarray, np.ndarray]:
    """Candidates half of whom are ahead in the first half of the claims, and half in the second.

    All stand equal again after ``claims`` claims, but on the way each has been behind by 8 to the
    power of half the claims.
    """
    codes = np.full((claims, candidates), 1, np.uint8)
    codes[: claims // 2, : candidates // 2] = 3
    codes[claims // 2 :, candidates // 2 :] = 3
    return codes, np.full(candidates, 1 / candidates)


def measured(engine: str, codes: Path, prior: Path, answers: Path, runs: int) -> Row:
    """Run one engine in its own process; a row with ``failed`` if it does not get through."""
    python: Path | None = Path(sys.executable) if engine in ("numpy", "tearline") else peers.interpreter(engine)
    if python is None:
        return {"engine": engine, "failed": "cannot be installed"}
    command = [str(python), str(HERE / "posterior_engines.py"), engine, str(codes), str(prior), str(answers)]
    try:
        ran = subprocess.run(
            [*command, "--runs", str(runs)],
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
            env=os.environ | ONE_THREAD,
        )
    except subprocess.TimeoutExpired:
        return {"engine": engine, "failed": f"more than {LONGEST} s"}
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or [f"ended with {ran.returncode}"])[-1]
        return {"engine": engine, "failed": last[:120]}
    row: Row = json.loads(ran.stdout.splitlines()[-1])
    return row


def instance(
    codes: np.ndarray, prior: np.ndarray, engines: tuple[str, ...], runs: int, expected: np.ndarray | None
) -> list[Row]:
    """All engines on one instance; how far each answer is from ``expected`` (default: plain numpy's)."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        codes_file, prior_file, answers = (Path(folder, name) for name in ("codes.npy", "prior.npy", "answers.npz"))
        np.save(codes_file, codes)
        np.save(prior_file, prior)
        for engine in engines:
            row = {"bench": "posterior", "candidates": codes.shape[1], "claims": codes.shape[0]}
            row |= measured(engine, codes_file, prior_file, answers, runs)
            if "failed" not in row:
                with np.load(answers) as found:
                    expected = found["rebuilt"] if expected is None else expected
                    row["error"] = float(max(abs(found[name] - expected).max() for name in ("rebuilt", "released")))
            rows.append(row)
    plain = next((row for row in rows if row["engine"] == "numpy" and "failed" not in row), {})
    for row in rows:
        for what in ("build_s", "rebuild_s", "release_s", "gate_s", "group_s", "peak_mb", "kept_mb"):
            if row.get(what) and plain.get(what):
                row[f"{what.rsplit('_', 1)[0]}_to_numpy"] = row[what] / plain[what]
    return rows


def milliseconds(value: float | None) -> str:
    return "-" if value is None else f"{1e3 * value:.3g}" if value < 0.1 else f"{1e3 * value:.0f}"


def print_table(rows: list[Row]) -> None:
    print(f"\n{rows[0]['candidates']:,} candidates x {rows[0]['claims']:,} claims; times in ms, memory in MB")
    heads = zip(("build", "rebuild", "release", "gate", "group", "peak", "kept", "error"), WIDTHS, strict=True)
    print(f"{'':9}{''.join(f'{head:>{width}}' for head, width in heads)}  to plain numpy")
    for row in rows:
        if "failed" in row:
            print(f"{row['engine']:9}FAILED: {row['failed']}")
            continue
        times = [milliseconds(row.get(f"{what}_s")) for what in ("build", "rebuild", "release", "gate", "group")]
        memory = ["-" if row.get(what) is None else f"{row[what]:.4g}" for what in ("peak_mb", "kept_mb")]
        figures = zip([*times, *memory, f"{row['error']:.0e}"], WIDTHS, strict=True)
        cells = "".join(f"{figure:>{width}}" for figure, width in figures)
        compared = [
            f"{what} {row[f'{what}_to_numpy']:.2g}"
            for what in ("rebuild", "release", "gate", "peak")
            if f"{what}_to_numpy" in row
        ]
        print(f"{row['engine']:9}{cells}  {', '.join(compared)}")


def aims(rows: list[Row]) -> list[Row]:
    """What was aimed at, and what came out; ratios are to plain numpy in the same run."""
    ours = {row["candidates"]: row for row in rows if row["engine"] == "tearline" and row["claims"] == CLAIMS}
    largest = ours[max(ours)]
    wanted = [
        (f"rebuild at {max(ours):,}: half the time of plain numpy", largest["rebuild_to_numpy"], 0.5),
        (f"memory at {max(ours):,}: a tenth of plain numpy's peak", largest["peak_to_numpy"], 0.1),
        (f"memory kept at {max(ours):,}: a tenth of plain numpy's", largest["kept_to_numpy"], 0.1),
    ]
    wanted += [
        (f"one more release at {size:,}: within twice the time of plain numpy", row["release_to_numpy"], 2.0)
        for size, row in ours.items()
    ]
    wanted += [("largest difference from plain numpy", max(row["error"] for row in ours.values()), 1e-9)]
    return [
        {"bench": "posterior aim", "aim": aim, "reached": reached, "limit": limit, "met": reached <= limit}
        for aim, reached, limit in wanted
    ]


def long(candidates: int, engines: tuple[str, ...]) -> list[Row]:
    """Long reports: one in which everybody is well placed, and one with the usual shares of grades."""
    rows: list[Row] = []
    for what, shares in (("everybody well placed", WELL_PLACED), ("the usual grades", SHARES)):
        rows += instance(*roster(candidates, LONG, SEED, shares), engines, runs=3, expected=None)
        print_table(rows[-len(engines) :])
        print(f"({what})")
    return rows


def deep(wide: bool, engines: tuple[str, ...]) -> list[Row]:
    """Instances whose right answer is known; ``wide``: one with 100,000 candidates as well."""
    rows: list[Row] = []
    sizes = [(claims, 100, able) for claims, able in DEEP.items()]
    sizes += [(*WIDE_AND_DEEP, ("tearline",))] if wide else []
    for claims, candidates, able in sizes:
        able = tuple(engine for engine in able if engine in engines)
        expected = np.full(candidates, 1 / candidates)
        rows += instance(*recovering(claims, candidates), able, runs=1, expected=expected)
        print_table(rows[-len(able) :])
        behind = int(claims / 2 * np.log10(8))
        print(f"(every candidate falls behind by 10^{behind} and recovers: {1 / candidates:g} each is right)")
    return rows


def long_aims(rows: list[Row]) -> list[Row]:
    """What was aimed at on long reports: against pyAgrum, and the right answer after 10,000 claims."""
    able = {row["engine"]: row for row in reversed(rows) if row["claims"] == LONG and "failed" not in row}
    found = []
    if {"tearline", "pyagrum"} <= able.keys():
        ours, peer = able["tearline"], able["pyagrum"]
        for what, keys in (("rebuild", ["rebuild_s"]), ("build and rebuild", ["build_s", "rebuild_s"])):
            share = sum(ours[key] for key in keys) / sum(peer[key] for key in keys)
            aim = f"{LONG:,} claims over {ours['candidates']:,}, {what}: {FASTER} times faster than pyAgrum"
            found.append((aim, share, 1 / FASTER))
        aim = f"{LONG:,} claims over {ours['candidates']:,}: memory, as a share of pyAgrum's"
        found.append((aim, ours["peak_mb"] / peer["peak_mb"], 1 / FASTER))
    deepest = max(WIDE_AND_DEEP[0], *DEEP)
    for row in rows:
        if row["engine"] == "tearline" and row["claims"] == deepest:
            share = row["error"] * row["candidates"]
            aim = f"{deepest:,} claims over {row['candidates']:,}: largest relative difference from what is right"
            found.append((aim, share, 1e-9))
    return [
        {"bench": "posterior aim", "aim": aim, "reached": reached, "limit": limit, "met": reached <= limit}
        for aim, reached, limit in found
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a minute: up to 100,000 candidates")
    parser.add_argument("--without-peers", action="store_true", help="plain numpy and Tearline only; installs nothing")
    given = parser.parse_args()
    engines = ENGINES[:2] if given.without_peers else ENGINES
    rows: list[Row] = []
    for size in SIZES[:2] if given.quick else SIZES:
        rows += instance(*roster(size, CLAIMS, SEED), engines, runs=3, expected=None)
        print_table(rows[-len(engines) :])
    further = long(SIZES[0] if given.quick else SIZES[1], engines) + deep(not given.quick, engines)
    print()
    met = aims(rows) + long_aims(further)
    rows += further
    for aim in met:
        print(f"{'met   ' if aim['met'] else 'MISSED'}  {aim['aim']}: {aim['reached']:.3g} (limit {aim['limit']:g})")
    print()
    for row in rows + met:
        print(json.dumps(row | {"seed": SEED}))


if __name__ == "__main__":
    main()
