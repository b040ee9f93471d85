"""ProbLog on one leak graph, run in its own environment by ``leaks.py``: ``problog_peer.py PROGRAM``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from problog import get_evaluatable
from problog.program import PrologString


def main() -> None:
    program = Path(sys.argv[1]).read_text()
    sys.setrecursionlimit(100_000)
    began = time.perf_counter()
    found = get_evaluatable().create_from(PrologString(program)).evaluate()
    print(json.dumps({"value": float(*found.values()), "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
