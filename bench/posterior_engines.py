"""One engine in one process: how long it takes, how much memory it needs, and what it answers.

Run by ``posterior.py``, in the peer's own environment where the engine is a peer, so that this file
imports nothing but numpy until the engine is known. Every engine starts from the same table of grade
codes in memory and ends with a normalised posterior in float64; each on one thread. Times are processor time, the
best of several runs: on one thread that is what a clock on the wall would show if nobody else worked.

``build``    from the codes to the engine's own form.
``rebuild``  from that form to the posterior after all claims.
``release``  from the posterior after all claims but one to that after all.
``gate``     the same release at the lower and the upper edge, and the top suspect's upper belief (numpy and
             Tearline only).
``group``    from that form (plain numpy: from the codes) to groups of equal rows, with counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

EDGES = np.array([[0.001, 0.03, 0.2, 0.6, 0.95], [0.01, 0.1, 0.4, 0.8, 1.0], [0.03, 0.2, 0.6, 0.95, 1.0]])
"""Lower edge, best point, upper edge of the five access words, worst first; checked against Tearline's own."""

Array = np.ndarray


class Engine(Protocol):
    """What is asked of every engine."""

    def build(self, codes: Array, prior: Array) -> None:
        """Take the codes, shape ``(claims, candidates)``, into the engine's own form."""

    def rebuild(self) -> Array:
        """The posterior after all claims."""

    def before(self) -> None:
        """Get to the posterior after all claims but the last (not timed)."""

    def release(self) -> Array:
        """The posterior after the last claim as well."""

    def kept(self) -> int | None:
        """Bytes that stay in use between releases, prior and codes left out; ``None`` if the engine does not tell."""


class PlainNumpy:
    """A float64 likelihood for every claim and candidate: log, sum, subtract the maximum, exp, divide.

    Released one by one it keeps the log posterior and the logarithms of the claim at hand.
    """

    def build(self, codes: Array, prior: Array) -> None:
        self.prior = prior
        self.likelihood = np.empty(codes.shape)
        for row, column in zip(self.likelihood, codes, strict=True):
            row[:] = EDGES[1][column]

    def rebuild(self) -> Array:
        x = np.log(self.prior) + np.log(self.likelihood).sum(axis=0)
        x -= x.max()
        np.exp(x, out=x)
        x /= x.sum()
        return x

    def before(self) -> None:
        self.state = np.log(self.prior) + np.log(self.likelihood[:-1]).sum(axis=0)
        self.last = np.log(self.likelihood[-1])

    def release(self) -> Array:
        np.add(self.state, self.last, out=self.state)
        x = self.state - self.state.max()
        np.exp(x, out=x)
        x /= x.sum()
        return x

    def kept(self) -> int:
        return self.likelihood.nbytes + self.state.nbytes

    def ready_gate(self, codes: Array) -> None:
        self.likelihood = np.empty((0, 0))
        self.edges = []
        for edge in EDGES[[0, 2]]:
            logs = np.log(edge)
            self.edges.append((np.log(self.prior) + sum(logs[column] for column in codes[:-1]), logs[codes[-1]]))

    def gate(self) -> float:
        for state, last in self.edges:
            np.add(state, last, out=state)
        (lo, _), (hi, _) = self.edges
        top = hi.max()
        low, high = np.exp(lo - top), np.exp(hi - top)
        return float((high / (high + (low.sum() - low))).max())

    def group(self, codes: Array) -> int:
        rows = np.ascontiguousarray(codes.T)
        _, _, count = np.unique(rows.view(f"V{rows.shape[1]}").ravel(), return_inverse=True, return_counts=True)
        return len(count)


class Tearline:
    """Rebuilds three edges at once, lower, best and upper; a release reaches each when it is asked for."""

    def __init__(self) -> None:
        from tearline.exposure import grouping, posterior, rosters

        if not np.array_equal(rosters.ACCESS_GRADES.logs, np.log(EDGES)):
            raise SystemExit("the table of access words has changed: change EDGES")
        self.from_codes, self.posterior_of, self.grouped = (
            rosters.Roster.from_codes,
            posterior.Posterior,
            grouping.grouped,
        )

    def build(self, codes: Array, prior: Array) -> None:
        self.prior = prior
        self.roster = self.from_codes(codes)
        self.view = [(column,) for column in range(len(codes))]

    def rebuild(self) -> Array:
        return self.posterior_of(self.roster, self.prior, view=self.view).beliefs()

    def before(self) -> None:
        self.posterior = self.posterior_of(self.roster, self.prior, view=self.view[:-1])

    def release(self) -> Array:
        self.posterior.release(self.view[-1])
        return self.posterior.beliefs()

    def kept(self) -> int:
        return self.roster.planes.nbytes + 3 * self.posterior.log_mass.mid.nbytes

    def ready_gate(self, codes: Array) -> None:
        del codes
        self.posterior = self.posterior_of(self.roster, self.prior, view=self.view[:-1])

    def gate(self) -> float:
        self.posterior.release(self.view[-1])
        return self.posterior.top_suspect().upper

    def group(self, codes: Array) -> int:
        del codes
        return len(self.grouped(self.roster).count)


class Qif:
    """libqif: one binary channel per claim, the posterior of one the prior of the next (linear scale)."""

    def __init__(self) -> None:
        import qif

        self.posterior = qif.channel.posterior

    def build(self, codes: Array, prior: Array) -> None:
        self.prior = prior
        self.channels = []
        for column in codes:
            yes = EDGES[1][column]
            self.channels.append(np.asfortranarray(np.stack([yes, 1 - yes], axis=1)))

    def rebuild(self) -> Array:
        belief = self.prior
        for channel in self.channels:
            belief = self.posterior(channel, belief, 0)
        return belief

    def before(self) -> None:
        self.belief = self.prior
        for channel in self.channels[:-1]:
            self.belief = self.posterior(channel, self.belief, 0)

    def release(self) -> Array:
        return self.posterior(self.channels[-1], self.belief, 0)

    def kept(self) -> None:
        return None


class PyAgrum:
    """A naive Bayes network, one node with a state per candidate, one binary node per claim."""

    def __init__(self) -> None:
        import pyagrum

        self.inference, self.variable = pyagrum.LazyPropagation, pyagrum.RangeVariable
        self.net = pyagrum.BayesNet()

    def build(self, codes: Array, prior: Array) -> None:
        self.net.add(self.variable("origin", "", 0, len(prior) - 1))
        self.net.cpt("origin").fillWith(prior.tolist())
        self.claims = [f"claim{which}" for which in range(len(codes))]
        for name, column in zip(self.claims, codes, strict=True):
            yes = EDGES[1][column]
            self.net.add(self.variable(name, "", 0, 1))
            self.net.addArc("origin", name)
            self.net.cpt(name)[:] = np.stack([1 - yes, yes], axis=1)

    def _infer(self, claims: list[str]) -> Any:
        inference = self.inference(self.net)
        inference.setEvidence(dict.fromkeys(claims, 1))
        inference.addTarget("origin")
        inference.makeInference()
        return inference

    def rebuild(self) -> Array:
        return self._infer(self.claims).posterior("origin").toarray()

    def before(self) -> None:
        self.running = self._infer(self.claims[:-1])
        self.running.posterior("origin")

    def release(self) -> Array:
        self.running.addEvidence(self.claims[-1], 1)
        self.running.makeInference()
        return self.running.posterior("origin").toarray()

    def kept(self) -> None:
        return None


ENGINES: dict[str, Callable[[], Engine]] = {
    "numpy": PlainNumpy,
    "tearline": Tearline,
    "qif": Qif,
    "pyagrum": PyAgrum,
}


def resident(field: str) -> int:
    """``VmRSS`` (now) or ``VmHWM`` (highest so far) of this process in bytes."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux: the highest so far is all there is
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    line = next(line for line in status.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


def seconds(act: Callable[[], Any], runs: int, before: Callable[[], None] | None = None) -> tuple[float, Any]:
    """Best time of ``runs`` runs, each after ``before`` (not timed), and the last answer."""
    times, answer = [], None
    for _ in range(runs):
        if before:
            before()
        started = time.process_time()
        answer = act()
        times.append(time.process_time() - started)
    return min(times), answer


def many_releases(engine: Engine, runs: int) -> float:
    """Best time of one more release; engines that can say the same claim again need no way back."""
    if isinstance(engine, PyAgrum):
        return seconds(engine.release, min(runs, 3), engine.before)[0]
    return seconds(engine.release, runs)[0]


def run(name: str, codes: Array, prior: Array, runs: int, answers: Path) -> dict[str, Any]:
    """Measure one engine on one instance; write its two posteriors to ``answers``."""
    engine = ENGINES[name]()
    at_first = resident("VmRSS")
    row: dict[str, Any] = {"engine": name}
    row["build_s"], _ = seconds(lambda: engine.build(codes, prior), 1)
    row["rebuild_s"], rebuilt = seconds(engine.rebuild, runs)
    engine.before()
    released = np.array(engine.release())
    row["release_s"] = many_releases(engine, 5 * runs)
    row["peak_mb"] = (resident("VmHWM") - at_first) / 1e6
    kept = engine.kept()
    row["kept_mb"] = None if kept is None else kept / 1e6
    np.savez(answers, rebuilt=rebuilt, released=released)
    if isinstance(engine, PlainNumpy | Tearline):
        row["group_s"], row["groups"] = seconds(lambda: engine.group(codes), 1)
        engine.ready_gate(codes)
        row["top_suspect"] = engine.gate()
        row["gate_s"], _ = seconds(engine.gate, 5 * runs)
    return row


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("codes", type=Path)
    parser.add_argument("prior", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    row = run(given.engine, np.load(given.codes), np.load(given.prior), given.runs, given.answers)
    print(json.dumps(row))


if __name__ == "__main__":
    main()
