"""The solver: exact branch and bound over versions, with a certified gap whenever it is cut short.

Nodes are sets of options still allowed. A node is narrowed by :mod:`tearline.tearlines.bounds`; if what
is left is short enough to be listed, every text of it is measured, best first; else one block is
settled. The search dives along the most promising child and comes back to the open node with the
largest bound, so the bound of all open nodes falls as early as it can.

The most valuable text is found first. A second pass with that value looks for the one that uses up
least of any limit, and among those for the smallest versions in published order. Nothing else decides,
so an answer does not depend on how candidates, classes or worlds were listed.
"""

from __future__ import annotations

import heapq
import math

import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.worlds import LogMass
from tearline.tearlines.bounds import Narrowed, Panel
from tearline.tearlines.demands import meeting
from tearline.tearlines.greedy import greedy, improved
from tearline.tearlines.problem import LARGEST_VALUE, Problem, canonical, largest_load, settled
from tearline.tearlines.solution import NODES, Limits, Progress, Solution, Stop

SAME_LOAD = 1e-9
"""Relative width within which two loads are compared exactly rather than by bounds."""

FEW_TIES = 64
"""So many texts of the best value are compared on the way; more get a pass of their own."""

PATIENT = 4
"""A search that is not finished after so many nodes looks for a better text by exchange, once."""

FREED = (9, 12)
"""How many blocks of the best text are then decided anew at a time."""

IDLE = 16
"""So many exchanges in vain end each of these."""

SEED = 20_261_123

AT_ONCE = 32
"""How many listed texts are tested against the panel together."""


def solve(
    problem: Problem,
    *,
    nodes: int | None = NODES,
    load_limit: float = 1.0,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Solution:
    """Find the most valuable text that stays inside every limit of every world and meets every demand.

    Args:
        nodes: Stop after so many; ``None``: never.
        load_limit: The largest share of any limit that may be used up; infinite: limits do not hold.
        stop: Asked at each node; the search ends with what it has when the answer is true.
    Laws:
        Any likelihoods, monotone or not. The same answer however classes and worlds are ordered.
        ``upper_bound >= value``, with equality where ``proved``.
    """
    limits = Limits(nodes=nodes, progress=progress, stop=stop)
    if problem.demands:
        return meeting(problem, limits, lambda part, within: search(Panel(canonical(part), load_limit), within))
    return search(Panel(canonical(problem), load_limit), limits)


def search(panel: Panel, limits: Limits) -> Solution:
    """Solve for the largest load that ``panel`` stands at, demands left aside."""
    if not panel.problem.blocks:
        return _nothing_to_choose(panel)
    hunt = _Hunt(panel, limits)
    open_bound = hunt.most_valuable()
    if hunt.best is None:
        bound = 0 if open_bound is None else open_bound
        return _unsolved(bound, proved=open_bound is None, nodes=hunt.nodes)
    value = panel.problem.value(hunt.best)
    exact = hunt.canonical() if open_bound is None else False
    return Solution(
        options=hunt.best,
        value=value,
        load=settled(largest_load(panel.problem, hunt.best)),
        upper_bound=value if open_bound is None else max(value, open_bound),
        proved=open_bound is None,
        canonical=exact,
        nodes=hunt.nodes,
    )


def _nothing_to_choose(panel: Panel) -> Solution:
    if not panel.admits(()):
        return _unsolved(0, proved=True, nodes=0)
    load = settled(largest_load(panel.problem, ()))
    return Solution(options=(), value=0, load=load, upper_bound=0, proved=True, canonical=True, nodes=0)


def _unsolved(bound: int, *, proved: bool, nodes: int) -> Solution:
    return Solution(
        options=None, value=0, load=math.inf, upper_bound=max(bound, 0), proved=proved, canonical=proved, nodes=nodes
    )


class _Hunt:
    """One search: the best text so far, and what is asked of others.

    While there are few texts of the best value they are compared on the way. Once they get many the
    search asks for more value only, and ties are left to a pass of their own.
    """

    def __init__(self, panel: Panel, limits: Limits) -> None:
        self.panel = panel
        self.limits = limits
        self.best: tuple[int, ...] | None = None
        self.nodes = 0
        self._everything = _undominated(panel.problem)
        self._value = -math.inf
        self._load = math.inf
        self._ties = 0
        self._weighing = False

    def most_valuable(self) -> int | None:
        """Look for the largest value.

        Returns:
            ``None`` once it is proved, else the bound on all texts not yet ruled out.
        """
        first = greedy(self.panel)
        if first is not None:
            self._take(improved(self.panel, first))
        return self._explore()

    def canonical(self) -> bool:
        """Look for the smallest load, then the smallest versions, at the value found; true once proved."""
        if self._ties <= FEW_TIES:
            return True
        self._weighing = True
        self._lighten()
        return self._explore() is None

    @property
    def _floor(self) -> float:
        return self._value if self._weighing or self._ties <= FEW_TIES else self._value + 1

    def _explore(self) -> int | None:
        """Go through the tree; returns the bound on what is still open, ``None`` if nothing is."""
        waiting: list[tuple[float, int, Bools]] = []
        node, made = (math.inf, self._everything), 0
        while True:
            open_bound = max(node[0], -waiting[0][0] if waiting else -math.inf)
            if self._stopped(open_bound):
                return self._bound(open_bound)
            self.nodes += 1
            if self.nodes == PATIENT and not self._weighing:
                self._exchange()
            children = self._children(node[1])
            for child in reversed(children[1:]):
                made += 1
                heapq.heappush(waiting, (-child[0], -made, child[1]))
            if children:
                node = children[0]
                continue
            if not waiting or -waiting[0][0] < self._floor:
                return None
            bound, _, allowed = heapq.heappop(waiting)
            node = (-bound, allowed)

    def _children(self, allowed: Bools) -> list[tuple[float, Bools]]:
        """What is left of a node when its texts, or its best text, have been considered."""
        left = self.panel.narrow(allowed, self._floor)
        if left is None:
            return []
        if left.texts is not None:
            self._consider(left.texts)
            return []
        before = self.panel.known, self.best
        self._consider(self.panel.layout.best(left.allowed)[None, :])
        if before != (self.panel.known, self.best):  # more is known: the node can be narrowed further
            return [(left.bound, left.allowed)]
        return _split(self.panel, left, self._floor)

    def _exchange(self) -> None:
        """Free a few blocks of the best text at a time, and take the best that is then found.

        Blocks are drawn with a fixed seed, so that the answer is the same everywhere.
        """
        drawn, blocks = np.random.default_rng(SEED), len(self.panel.problem.blocks)
        for freed in (size for size in FREED if size < blocks):
            idle = 0
            while self.best is not None and idle < IDLE and not self.limits.stopped(self.nodes):
                before = self._value
                self._decide_anew(drawn.permutation(blocks)[:freed], self.best)
                idle = 0 if self._value > before else idle + 1

    def _decide_anew(self, blocks: Ints, standing: tuple[int, ...]) -> None:
        """Consider the texts that are worth more than the best and differ from one in some blocks only."""
        allowed = self._everything & np.isin(self.panel.layout.block, blocks)
        allowed[self.panel.layout.rows(standing)] = True
        left = self.panel.narrow(allowed, self._value + 1)
        if left is not None:
            self._consider(self.panel.layout.best(left.allowed)[None, :] if left.texts is None else left.texts)

    def _consider(self, texts: Ints) -> None:
        """Take the best of some texts, listed best first, if it is better than what there is."""
        layout = self.panel.layout
        for first in range(0, len(texts), AT_ONCE):
            some = texts[first : first + AT_ONCE]
            if layout.value[some[0]].sum() < self._floor:
                return
            for text in some[self.panel.plausible(some)]:
                if layout.value[text].sum() >= self._floor and self.panel.admits(layout.options(text)):
                    self._take(layout.options(text))

    def _take(self, options: tuple[int, ...]) -> None:
        """Take an admissible text if it is worth more, or as much for less load or smaller versions."""
        problem = self.panel.problem
        value, load = problem.value(options), settled(largest_load(problem, options))
        if value > self._value:
            self._ties = 0
        elif value == self._value:
            self._ties += options != self.best
        key = () if self.best is None else problem.key(self.best)
        if (-value, load, problem.key(options)) < (-self._value, self._load, key):
            lighter = load < self._load
            self.best, self._value, self._load = options, value, load
            if lighter and self._weighing:
                self._lighten()

    def _lighten(self) -> None:
        """From here on bounds look for texts that are no heavier than the best."""
        if self.best is not None and 0 < self._load < math.inf:
            self.panel.lower(self._load * (1 + SAME_LOAD))
            self.panel.accuse(self.best, self._load * (1 - SAME_LOAD))

    def _stopped(self, bound: float) -> bool:
        limits = self.limits
        if limits.progress is not None:
            best = None if self.best is None else self.panel.problem.value(self.best)
            limits.progress(self.nodes, best, self._bound(bound))
        return limits.stopped(self.nodes)

    def _bound(self, bound: float) -> int:
        most = sum(max(option.value for option in block.options) for block in self.panel.problem.blocks)
        return int(min(bound, most))


def _split(panel: Panel, left: Narrowed, floor: float) -> list[tuple[float, Bools]]:
    """Settle one block: the one whose options have least room above the floor, best options first."""
    layout = panel.layout
    room = max(left.bound - floor, 0.0) + 1 if math.isfinite(floor) else max(abs(left.bound), 1.0)
    weight = np.where(left.allowed, np.exp2(10 * (np.maximum(left.worth, -LARGEST_VALUE) - left.bound) / room), 0.0)
    size = np.add.reduceat(left.allowed.astype(np.int64), layout.starts)
    score = np.where(size > 1, np.add.reduceat(weight, layout.starts), np.inf)
    block = int(score.argmin())
    if size[block] <= 1:
        return []
    rows = np.flatnonzero(left.allowed & (layout.block == block))
    order = np.lexsort((rows, -layout.value[rows], -left.worth[rows]))
    children = []
    for row in rows[order]:
        allowed = left.allowed & (layout.block != block)
        allowed[row] = True
        children.append((float(left.worth[row]), allowed))
    return children


def _undominated(problem: Problem) -> Bools:
    """Leave out options that do to every reader exactly what another of their block does, for less.

    None where there are limits on whole texts: whether something was told at all may count there.
    """
    if problem.whole:
        return np.ones(sum(len(block.options) for block in problem.blocks), dtype=np.bool_)
    allowed: list[bool] = []
    for index, block in enumerate(problem.blocks):
        best: dict[bytes, int] = {}
        for which, option in enumerate(block.options):
            effect = b"".join(
                edge[which].tobytes() for world in problem.worlds for edge in _distinct_edges(world.blocks[index])
            )
            rival = best.setdefault(effect, which)
            if (-option.value, option.key) < (-block.options[rival].value, block.options[rival].key):
                best[effect] = which
        allowed.extend(which in best.values() for which in range(len(block.options)))
    return np.array(allowed, dtype=np.bool_)


def _distinct_edges(mass: LogMass) -> tuple[Floats, ...]:
    return (mass.lo,) if mass.lo is mass.hi else (mass.lo, mass.mid, mass.hi)
