"""One engine in one process: how long it takes to measure one channel, and what it answers.

Run by ``leakage.py``, in the peer's own environment where the engine is a peer, so that this file imports
nothing but numpy until the engine is known. Every engine starts from the same float64 channel in memory,
laid out as it likes best (libqif by columns, the others by rows), which is not timed. Times are processor
time on one thread, the best of several runs.

``posterior``  posterior vulnerability: ``sum over y of max over s of prior[s] * channel[s, y]``.
``leakage``    by how much that is more than the largest prior: the multiplicative leakage.
``capacity``   the most that it could be for any prior: ``sum over y of max over s of channel[s, y]``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

ROWS = 64
"""Secrets in one block of plain numpy: of 16, 64 and 256 the fastest here."""

Array = np.ndarray


class Engine(Protocol):
    """What is asked of every engine."""

    def posterior(self) -> float:
        """The posterior vulnerability."""

    def leakage(self) -> float:
        """The multiplicative leakage, as a factor."""

    def capacity(self) -> float:
        """The multiplicative capacity, as a factor."""


class BlockedNumpy:
    """The running maximum of every column, over blocks that stay in the cache."""

    def __init__(self, prior: Array, rows: Array) -> None:
        self.prior, self.rows = prior, rows

    def posterior(self) -> float:
        best, room = np.zeros(self.rows.shape[1]), np.empty((ROWS, self.rows.shape[1]))
        for start in range(0, len(self.rows), ROWS):
            block = self.rows[start : start + ROWS]
            products = np.multiply(block, self.prior[start : start + ROWS, None], out=room[: len(block)])
            np.maximum(best, products.max(axis=0), out=best)
        return float(best.sum())

    def leakage(self) -> float:
        return self.posterior() / float(self.prior.max())

    def capacity(self) -> float:
        return float(self.rows.max(axis=0).sum())


class Tearline:
    """A channel is checked when it is made; that is timed apart, as ``check``."""

    def __init__(self, prior: Array, rows: Array) -> None:
        from tearline.exposure import leakage

        self.measures, self.prior, self.rows = leakage, prior, rows
        self.channel = leakage.Channel(rows)

    def check(self) -> None:
        self.measures.Channel(self.rows)

    def posterior(self) -> float:
        return self.measures.posterior_vulnerability(self.prior, self.channel)

    def leakage(self) -> float:
        return float(2 ** self.measures.leakage_bits(self.prior, self.channel))

    def capacity(self) -> float:
        return float(2 ** self.measures.capacity_bits(self.channel))


class Qif:
    """libqif, whose arrays are stored by columns: it is given the channel so."""

    def __init__(self, prior: Array, rows: Array) -> None:
        from qif.measure import bayes_vuln

        self.measures, self.prior, self.rows = bayes_vuln, prior, np.asfortranarray(rows)

    def posterior(self) -> float:
        return float(self.measures.posterior(self.prior, self.rows))

    def leakage(self) -> float:
        return float(self.measures.mult_leakage(self.prior, self.rows))

    def capacity(self) -> float:
        return float(self.measures.mult_capacity(self.rows))


ENGINES: dict[str, Callable[[Array, Array], Engine]] = {"numpy": BlockedNumpy, "tearline": Tearline, "qif": Qif}


def seconds(act: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Best time of ``runs`` runs, and the answer."""
    times, answer = [], None
    for _ in range(runs):
        started = time.process_time()
        answer = act()
        times.append(time.process_time() - started)
    return min(times), answer


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("prior", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    engine = ENGINES[given.engine](np.load(given.prior), np.load(given.rows))
    row: dict[str, Any] = {"engine": given.engine}
    for name in ("posterior", "leakage", "capacity"):
        row[f"{name}_s"], row[name] = seconds(getattr(engine, name), given.runs)
    if isinstance(engine, Tearline):
        row["check_s"], _ = seconds(engine.check, given.runs)
    print(json.dumps(row))


if __name__ == "__main__":
    main()
