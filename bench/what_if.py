"""The page: how long it takes to say what other words would mean, and what it weighs.

    python bench/what_if.py [--quick]

Prints two tables, what was aimed at, and one JSON line per row. One process, one thread. There is no peer: the
ratio is to a trial on a case that was just read, which finds nothing remembered. Each trial changes one claim, as
somebody at the page does. Times are those of the processor; weights are bytes after gzip.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import importlib.util
import json
import statistics
import time
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import numpy as np
from replay import SEED, report

from tearline import cases
from tearline.assess.what_if import what_if
from tearline.domain import Case, ClaimId, VersionId

ROWS = ((1_000, 20), (10_000, 20), (10_000, 5))
"""Groups that a reader considers, and claims."""
QUICK = 1
TRIALS = 20
AIM = 0.2
"""Seconds for a trial at 10,000 groups and 20 claims."""
WEIGHT_AIM = 150_000
"""Bytes for a page with all that it loads."""
SHOWN = ("essay", "oval-office", "ukraine")
TRIAL_TITLE = f"{'groups':>8}{'claims':>8}{'median ms':>11}{'slowest ms':>12}{'anew ms':>9}{'ratio':>7}"
WEIGHT_TITLE = f"{'case':>14}{'page':>9}{'beside it':>11}{'all':>9}"


def texts(case: Case, trials: int) -> Iterator[Mapping[ClaimId, VersionId]]:
    """One text after the other, each with one claim said otherwise, or left out."""
    random = np.random.default_rng(SEED)
    text = {claim.id: claim.versions[1].id for claim in case.claims}
    for _ in range(trials):
        claim = case.claims[int(random.integers(len(case.claims)))]
        chosen = int(random.integers(len(claim.versions) + 1))
        text = {of: words for of, words in text.items() if of != claim.id}
        if chosen < len(claim.versions):
            text[claim.id] = claim.versions[chosen].id
        yield text


def timed(case: Case, text: Mapping[ClaimId, VersionId]) -> float:
    """Seconds of the processor for one trial."""
    start = time.process_time()
    what_if(case, text)
    return time.process_time() - start


def trials(groups: int, claims: int) -> dict[str, Any]:
    """One row."""
    made = report(groups, claims, 0.05, 10, 0)
    for text in texts(made, TRIALS):
        what_if(made, text)
    seconds = [timed(made, text) for text in texts(made, TRIALS)]
    anew = [timed(report(groups, claims, 0.05, 10, 0), text) for text in texts(made, 5)]
    return {
        "bench": "what-if",
        "groups": groups,
        "claims": claims,
        "median_s": round(statistics.median(seconds), 4),
        "slowest_s": round(max(seconds), 4),
        "anew_s": round(statistics.median(anew), 4),
    }


def weight(name: str) -> dict[str, Any]:
    """One row: the page of a shipped case after gzip, and what it loads."""
    page = asyncio.run(_got(name))
    top = resources.files("tearline.web") / "static"
    beside = [f.read_bytes() for f in (*top.iterdir(), *_built(top)) if f.is_file()]
    return {
        "bench": "weight",
        "case": name,
        "page": len(gzip.compress(page)),
        "beside": sum(len(gzip.compress(each)) for each in beside),
    }


def _built(top: Any) -> list[Any]:
    return list((top / "build").iterdir()) if (top / "build").is_dir() else []


async def _got(name: str) -> bytes:
    """The page of a shipped case as it is sent."""
    from tearline.cases.working import Working
    from tearline.web.app import application
    from tearline.web.desk import Desk

    served = application(Desk(Working(name=name, path=None, file=cases.open_shipped(name))), "token")
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        parts.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": []}
    await served(scope | {"scheme": "http", "server": ("127.0.0.1", 80), "client": None}, receive, send)  # type: ignore[arg-type]
    return b"".join(parts)


def main() -> None:
    """Measure every row."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    print(TRIAL_TITLE)
    for groups, claims in ROWS[:QUICK] if parser.parse_args().quick else ROWS:
        row = trials(groups, claims)
        median, slowest, anew = (row[key] * 1e3 for key in ("median_s", "slowest_s", "anew_s"))
        print(f"{groups:>8,}{claims:>8}{median:>11.0f}{slowest:>12.0f}{anew:>9.0f}{anew / median:>6.1f}x")
        print(json.dumps(row), flush=True)
    print(f"aim: {AIM * 1e3:.0f} ms at 10,000 groups and 20 claims\n")
    if importlib.util.find_spec("litestar") is None:
        print("SKIPPED: the weight of the page needs tearline[web]")
        return
    print(WEIGHT_TITLE)
    for name in SHOWN:
        row = weight(name)
        every = row["page"] + row["beside"]
        print(f"{name:>14}{row['page']:>9,}{row['beside']:>11,}{every:>9,}")
        print(json.dumps(row), flush=True)
    print(f"aim: {WEIGHT_AIM:,} bytes in all")


if __name__ == "__main__":
    main()
