"""Run every benchmark, print their tables, and keep their JSON lines with the machine they ran on.

    python bench/run.py [--quick] [--only posterior] [--json FILE]

Ends with 1 if a benchmark could not run. Aims that were missed are reported, not failed: times depend
on the machine.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BENCHES = {
    "posterior": "posterior.py",
    "leakage": "leakage.py",
    "solver": "tearline_solver.py",
    "replay": "replay.py",
    "leaks": "leaks.py",
    "policy": "policy.py",
    "damage": "damage.py",
    "ledger": "ledger.py",
    "what-if": "what_if.py",
}
"""Each prints for people, and one JSON object per line for :func:`run` to keep; each takes ``--quick``."""


ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""As in the command line: on arrays as small as ours threads cost more than they gain."""


def machine() -> dict[str, Any]:
    """Where and when this ran; busy machines make slow figures, so the load is kept too."""
    info = Path("/proc/cpuinfo")
    models = (
        [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        if info.exists()
        else []
    )
    return {
        "bench": "machine",
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def run(script: Path, flags: list[str]) -> tuple[list[dict[str, Any]], int]:
    """Run one benchmark; pass its words on as they come, keep its JSON lines."""
    kept = []
    with subprocess.Popen(
        [sys.executable, str(script), *flags], stdout=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("{"):
                kept.append(json.loads(line))
            else:
                print(line, end="", flush=True)
    return kept, running.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller instances: a minute or two in all")
    parser.add_argument("--only", choices=BENCHES, help="one benchmark")
    parser.add_argument("--json", type=Path, default=HERE / "results" / "bench.json", help="where the figures go")
    given = parser.parse_args()
    rows, failed = [machine()], []
    for name, file in BENCHES.items():
        if given.only not in (None, name):
            continue
        print(f"\n=== {name} ===", flush=True)
        if not (HERE / file).exists():
            print(f"SKIPPED: there is no {file}")
            continue
        kept, code = run(HERE / file, ["--quick"] if given.quick else [])
        rows += kept
        failed += [name] if code else []
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(rows, indent=1) + "\n")
    print(f"\nfigures: {given.json}")
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
