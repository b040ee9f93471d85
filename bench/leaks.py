"""Leak graphs: how likely a reader comes to hold something, beside listing every world, drawing worlds, and ProbLog.

    python bench/leaks.py [--quick] [--without-peers]

Prints a table, what was aimed at, and one JSON line per row. Every edge is open with one probability.
*Listing* adds up all worlds of the reduced graph at once, as bits. *Drawing* draws worlds as they come until
the stopping rule promises an error of a tenth; where that takes more than it is given, its time is worked
out from those that it drew. ProbLog compiles the same graph as a logic program.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import peers

from tearline.domain import CauseId, Interval, PartyId, Passage
from tearline.exposure import leaks
from tearline.exposure.leak_estimate import BATCH, stops_at, worlds_as_they_come
from tearline.exposure.leak_graph import Edge, LeakGraph
from tearline.exposure.leak_network import READER, Network, network, reduced

HERE = Path(__file__).parent
SEED = 20261123
PATIENCE = 60
"""Seconds for ProbLog on one graph."""
LISTED = 22
"""So many chances are listed at most."""
DRAWN = 50_000
"""So many worlds are drawn at most."""
TITLE = "graph              p   edges  chances      answer  exact   seconds   listing   drawing   ProbLog   estimate"

Instance = tuple[LeakGraph, PartyId, PartyId]


def edge(giver: str, to: str, p: float, cause: str | None = None) -> Edge:
    """An edge without doubt about its probability."""
    behind = CauseId(cause) if cause is not None else None
    chance = Interval.exactly(p)
    return Edge(giver=PartyId(giver), to=PartyId(to), probability=chance, how=Passage.ONWARD, cause=behind)


def graph_of(edges: list[Edge]) -> LeakGraph:
    """The graph of some edges."""
    return LeakGraph(parties=frozenset(party for e in edges for party in (e.giver, e.to)), edges=tuple(edges))


def grid(size: int, p: float) -> Instance:
    """A square grid; an edge leads both ways or neither."""
    edges = []
    for row in range(size):
        for column in range(size):
            for down, right in ((row + 1, column), (row, column + 1)):
                if max(down, right) < size:
                    one, other = f"n{row}{column}", f"n{down}{right}"
                    edges += [edge(one, other, p, one + other), edge(other, one, p, one + other)]
    return graph_of(edges), PartyId("n00"), PartyId(f"n{size - 1}{size - 1}")


def bridges(count: int, p: float) -> Instance:
    """Bridges in a row; what joins the banks leads each way by itself."""
    edges = []
    for n in range(count):
        here, up, down, there = f"n{n}", f"u{n}", f"d{n}", f"n{n + 1}"
        for giver, to in ((here, up), (here, down), (up, down), (down, up), (up, there), (down, there)):
            edges.append(edge(giver, to, p))
    return graph_of(edges), PartyId("n0"), PartyId(f"n{count}")


def sparse(parties: int, p: float) -> Instance:
    """Parties who tell four others each; the first was handed it, the last reads."""
    chance, names = random.Random(SEED), [f"n{n:02}" for n in range(parties)]
    edges = [edge(name, to, p) for name in names for to in chance.sample([n for n in names if n != name], 4)]
    return graph_of(edges), PartyId(names[0]), PartyId(names[-1])


MAKERS: dict[str, Callable[[int, float], Instance]] = {"grid": grid, "bridges": bridges, "sparse": sparse}
ROWS: tuple[tuple[str, int, float, float | None], ...] = (
    ("grid", 3, 0.1, 0.1),
    ("grid", 4, 0.1, 0.5),
    ("grid", 5, 0.1, 1.0),
    ("grid", 6, 0.1, 4.0),
    ("bridges", 3, 0.5, 0.1),
    ("bridges", 60, 0.9, 2.0),
    ("sparse", 12, 0.05, None),
    ("sparse", 60, 0.05, 3.0),
    ("sparse", 60, 0.2, None),
)
"""Kind, size, probability of an edge, and the seconds aimed at."""
QUICK = (ROWS[0], ROWS[1], ROWS[4], ROWS[7])


def listing(links: Network) -> float | None:
    """Seconds to add up every world; ``None`` where there are too many."""
    switches = sorted(links.chances)
    if len(switches) > LISTED or not links.links:
        return None
    began = time.perf_counter()
    worlds = np.arange(2 ** len(switches), dtype=np.uint32)
    on = {switch: (worlds >> place & 1).astype(np.bool_) for place, switch in enumerate(switches)}
    every = np.ones(len(worlds), np.bool_)
    holds: dict[int, Any] = dict.fromkeys(links.contents, every)
    grows = True
    while grows:
        grows = False
        for (giver, to), opened in links.links.items():
            if giver not in holds:
                continue
            passes = np.logical_or.reduce([on[s] for s in opened]) if opened else every
            more = holds[giver] & passes | holds.get(to, False)
            grows = grows or to not in holds or bool((more != holds[to]).any())
            holds[to] = more
    weight = np.ones(1)
    for switch in switches:
        p = links.chances[switch].mid
        weight = np.concatenate([weight * (1 - p), weight * p])
    float(weight[holds[READER]].sum())
    return time.perf_counter() - began


def drawing(links: Network, answer: float) -> float | None:
    """Seconds until drawn worlds promise an error of a tenth."""
    if not links.links:
        return None
    (source,) = links.contents
    order = sorted(links.chances)
    scores = worlds_as_they_come(links, source, np.array([links.chances[s].mid for s in order]), order)
    chance, needed = np.random.default_rng(SEED), stops_at() / answer
    began = time.perf_counter()
    drawn = 0
    while drawn < min(DRAWN, needed):
        scores(chance)
        drawn += BATCH
    return (time.perf_counter() - began) * max(1.0, needed / drawn)


def problog(instance: Instance) -> dict[str, Any] | None:
    """ProbLog's answer; ``None`` where it cannot be had in time."""
    python = peers.interpreter("problog")
    if python is None:
        return None
    graph, start, end = instance
    lines, causes = [], set()
    for number, one in enumerate(graph.edges):
        name = f"c_{one.cause}" if one.cause is not None else f"s_{number}"
        if name not in causes:
            lines.append(f"{one.probability.mid}::{name}.")
        causes.add(name)
        lines.append(f"e({one.giver},{one.to}) :- {name}.")
    lines += [f"r({end}).", "r(X) :- e(X,Y), r(Y).", f"query(r({start}))."]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.pl"
        path.write_text("\n".join(lines))
        command = [str(python), str(HERE / "problog_peer.py"), str(path)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return None
    if ran.returncode:
        return None
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def measured(kind: str, size: int, p: float, aim: float | None, with_peers: bool) -> dict[str, Any]:
    """One row."""
    instance = MAKERS[kind](size, p)
    graph, start, end = instance
    began = time.perf_counter()
    found = leaks.reach(graph, frozenset({start}), end)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    estimate = leaks.estimate(graph, frozenset({start}), end, SEED)
    estimated = time.perf_counter() - began
    links = reduced(network(graph.edges, {frozenset({start}): 1}, end))
    return {
        "bench": "leaks",
        "graph": f"{kind} {size}",
        "p": p,
        "edges": len(graph.edges),
        "chances": len(links.chances),
        "lo": found.lo,
        "mid": found.mid,
        "hi": found.hi,
        "exact": found.exact,
        "seconds": seconds,
        "listing": listing(links),
        "drawing": drawing(links, found.mid),
        "problog": problog(instance) if with_peers else None,
        "estimate": estimate.value if estimate else None,
        "drawn": estimate.drawn if estimate else None,
        "estimate_seconds": estimated,
        "aim": aim,
    }


def line(row: dict[str, Any]) -> str:
    """One row of the table."""

    def took(seconds: float | None) -> str:
        return "-" if seconds is None else f"{seconds:.3g} s"

    peer = row["problog"]
    guess = "-" if row["estimate"] is None else f"{row['estimate']:.3e} from {row['drawn']:,}"
    return (
        f"{row['graph']:<12} {row['p']:>7} {row['edges']:>7} {row['chances']:>8} {row['mid']:>11.4e} "
        f"{row['exact']!s:>6} {took(row['seconds']):>9} {took(row['listing']):>9} {took(row['drawing']):>9} "
        f"{took(peer and peer['seconds']):>9}   {guess}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="four graphs")
    parser.add_argument("--without-peers", action="store_true", help="install nothing")
    given = parser.parse_args()
    print(TITLE)
    for kind, size, p, aim in QUICK if given.quick else ROWS:
        row = measured(kind, size, p, aim, not given.without_peers)
        print(line(row), flush=True)
        peer = row["problog"]
        if peer is not None and not row["lo"] * (1 - 1e-9) <= peer["value"] <= row["hi"] * (1 + 1e-9):
            print(f"  ProbLog says {peer['value']:.9e}", flush=True)
        if aim is not None:
            print(f"  aim: within {aim:g} s: {'met' if row['seconds'] <= aim else 'MISSED'}")
        print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
