"""Texts that must say enough: demands on several blocks at once, without a bound of their own.

A *demand* is met by certain options of certain blocks, any one of them. The search first leaves demands
aside. If its best text meets them all, no other can be better. If one is not met, the texts that meet it
fall into as many sets as there are blocks that can: those where the first block does, those where it
does not and the second does, and so on. Each is a smaller problem of the same kind, and the best of it
is a bound on all that is in it. So the sets are taken up in the order of their bounds until the best
text of one meets every demand.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator

import attrs

from tearline.exposure.worlds import LogMass, World
from tearline.tearlines.problem import Block, Demand, Problem, Whole
from tearline.tearlines.solution import Limits, Progress, Solution

Allowed = tuple[tuple[int, ...], ...]
"""Options of each block that are left, ascending."""

Rank = tuple[float, float, tuple[int, ...]]
"""The order of answers: value (falling), load, versions; smaller is better."""


def meeting(problem: Problem, limits: Limits, search: Callable[[Problem, Limits], Solution]) -> Solution:
    """The best text that meets every demand of ``problem``.

    Args:
        search: Solves a problem without demands, within limits.
    Laws:
        As those of :func:`tearline.tearlines.solve.solve`.
    """
    return _Demanding(problem, limits, search).solved()


class _Demanding:
    """One search among sets of texts."""

    def __init__(self, problem: Problem, limits: Limits, search: Callable[[Problem, Limits], Solution]) -> None:
        self.problem = problem
        self.limits = limits
        self.search = search
        self.nodes = 0
        self.exact = True
        self.best: tuple[Rank, Solution] | None = None
        self.waiting: list[tuple[Rank, int, Allowed, Solution]] = []
        self.made = 0
        self.pending = 0

    def solved(self) -> Solution:
        self._add(tuple(tuple(range(len(block.options))) for block in self.problem.blocks))
        while self.waiting:
            rank, _, allowed, found = heapq.heappop(self.waiting)
            if self.best is not None and self.best[0] <= rank:
                break
            if not found.proved or self.limits.stopped(self.nodes):
                return self._cut_short(rank)
            assert found.options is not None  # sets without any text are not kept
            self.pending = max(0, int(-rank[0]))
            for part in _parts(allowed, self._unmet(found.options)):
                self._add(part)
        if self.best is None:
            return _nothing(self.nodes)
        return attrs.evolve(self.best[1], nodes=self.nodes, canonical=self.exact)

    def _add(self, allowed: Allowed) -> None:
        """Solve one set; keep it unless its best text is an answer or there is none."""
        left = None if self.limits.nodes is None else max(1, self.limits.nodes - self.nodes)
        limits = attrs.evolve(self.limits, nodes=left, progress=self._told())
        found = self.search(_within(self.problem, allowed), limits)
        self.nodes += found.nodes
        options = None
        if found.options is not None:
            options = tuple(those[option] for those, option in zip(allowed, found.options, strict=True))
            found = attrs.evolve(found, options=options)
            self.exact = self.exact and found.canonical
        met = options is not None and self.problem.meets(options)
        if met and options is not None:
            rank = (-float(found.value), found.load, self.problem.key(options))
            if self.best is None or rank < self.best[0]:
                self.best = rank, found
        if not found.proved:
            self._wait((-float(found.upper_bound), 0.0, ()), allowed, found)
        elif options is not None and not met:
            self._wait((-float(found.value), found.load, self.problem.key(options)), allowed, found)

    def _wait(self, rank: Rank, allowed: Allowed, found: Solution) -> None:
        self.made += 1
        heapq.heappush(self.waiting, (rank, self.made, allowed, found))

    def _unmet(self, options: tuple[int, ...]) -> Demand:
        return next(demand for demand in self.problem.demands if not demand.met(options))

    def _cut_short(self, rank: Rank) -> Solution:
        bound = max(0, int(-rank[0]))
        if self.best is None:
            return attrs.evolve(_nothing(self.nodes), upper_bound=bound, proved=False, canonical=False)
        found = self.best[1]
        proved = found.value >= bound
        return attrs.evolve(
            found, upper_bound=max(found.value, bound), proved=proved, canonical=False, nodes=self.nodes
        )

    def _told(self) -> Progress | None:
        """Progress of one set, told as that of all: with the best answer and the bound of what waits."""
        told, before, pending = self.limits.progress, self.nodes, self.pending
        if told is None:
            return None
        best = None if self.best is None else self.best[1].value
        waiting = int(-self.waiting[0][0][0]) if self.waiting else 0
        return lambda nodes, _, bound: told(before + nodes, best, max(bound, waiting, pending, best or 0))


def _parts(allowed: Allowed, demand: Demand) -> Iterator[Allowed]:
    """The texts that meet a demand, in sets by the first block that does."""
    before = list(allowed)
    for block, meets in sorted(demand.options.items()):
        here = tuple(option for option in before[block] if option in meets)
        if here:
            yield (*before[:block], here, *before[block + 1 :])
        before[block] = tuple(option for option in before[block] if option not in meets)
        if not before[block]:
            return


def _within(problem: Problem, allowed: Allowed) -> Problem:
    """The problem with some options only, and without demands. Silence is the last of them."""
    blocks = tuple(
        Block(
            options=tuple(block.options[option] for option in those),
            silence=those.index(block.silence) if block.silence in those else len(those) - 1,
        )
        for block, those in zip(problem.blocks, allowed, strict=True)
    )
    return Problem(
        blocks=blocks,
        worlds=tuple(_world_within(world, allowed) for world in problem.worlds),
        whole=tuple(_WholeWithin(further, allowed) for further in problem.whole),
    )


@attrs.frozen
class _WholeWithin:
    """Limits on whole texts, where only some options are left to choose from."""

    limits: Whole
    allowed: Allowed

    @property
    def is_exhausted(self) -> bool:
        return self.limits.is_exhausted

    def load(self, options: tuple[int, ...], *, beliefs_only: bool = False) -> float:
        whole = tuple(those[option] for those, option in zip(self.allowed, options, strict=True))
        return self.limits.load(whole, beliefs_only=beliefs_only)


def _world_within(world: World, allowed: Allowed) -> World:
    rows = tuple(_rows(mass, list(those)) for mass, those in zip(world.blocks, allowed, strict=True))
    return attrs.evolve(world, blocks=rows)


def _rows(mass: LogMass, those: list[int]) -> LogMass:
    if len(those) == len(mass.lo):
        return mass
    lo = mass.lo[those]
    if mass.lo is mass.hi:
        return LogMass(lo=lo, mid=lo, hi=lo)
    return LogMass(lo=lo, mid=mass.mid[those], hi=mass.hi[those])


def _nothing(nodes: int) -> Solution:
    return Solution(options=None, value=0, load=math.inf, upper_bound=0, proved=True, canonical=True, nodes=nodes)
