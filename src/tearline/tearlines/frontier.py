"""The frontier: what every further step of exactness costs, as exact points of value against load.

The load of a text is the largest share of any limit that it uses up: 1 is as far as it may go. The
frontier is drawn beyond 1 too, because people ask what they would gain by giving way.
"""

from __future__ import annotations

import math

import attrs

from tearline.exposure.worlds import TOLERANCE, measure
from tearline.tearlines.bounds import Panel
from tearline.tearlines.problem import Problem, Whole, canonical, settled
from tearline.tearlines.solution import NODES, Limits, Progress, Solution, Stop
from tearline.tearlines.solve import SAME_LOAD, search, solve


@attrs.frozen(kw_only=True)
class Point:
    """One text that no other beats in both value and load.

    Attributes:
        options: One option per block.
        value: In millionths.
        load: The largest share of any limit that it uses up, to ten digits; may be infinite.
        upper_bound: No text with at most this load is worth more.
        proved: Whether the text is the most valuable of its load and the lightest of its value.
    """

    options: tuple[int, ...]
    value: int
    load: float
    upper_bound: int
    proved: bool


def frontier(
    problem: Problem,
    *,
    most: float = math.inf,
    nodes: int | None = NODES,
    stop: Stop | None = None,
) -> tuple[Point, ...]:
    """List the frontier from the lightest text to the most valuable.

    Args:
        most: The largest load of interest.
        nodes: Nodes for each point; a point that ran out of them is not ``proved``, and texts between
            it and the next may be missing.
        stop: Asked at each node; the points found so far are returned when the answer is true.
    Laws:
        Value and load both rise from point to point. Where all are proved every text that meets all
        demands is matched or beaten by some point in both.
    """
    panel = Panel(canonical(problem), most)
    limits = Limits(nodes=nodes, stop=stop)

    def best() -> Solution:
        if problem.demands:
            return solve(problem, nodes=nodes, load_limit=panel.load_limit, stop=stop)
        return search(panel, limits)

    points: list[Point] = []
    while (found := best()).options is not None:
        points.append(_point(found, found.options))
        if found.load <= 0 or (stop is not None and stop()):
            break
        panel.lower(_below(found.load))
    return tuple(reversed(points))


def _point(found: Solution, options: tuple[int, ...]) -> Point:
    return Point(
        options=options,
        value=found.value,
        load=found.load,
        upper_bound=found.upper_bound,
        proved=found.proved and found.canonical,
    )


def _below(load: float) -> float:
    return load * (1 - SAME_LOAD) if math.isfinite(load) else LARGEST_LOAD


LARGEST_LOAD = 1e300
"""Stands for "anything finite" once a text of infinite load has been listed."""


def lightest(
    problem: Problem,
    least: int,
    nodes: int | None = NODES,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> tuple[int, ...] | None:
    """A text worth ``least`` millionths or more that passes the limits by as little as possible.

    First the least load: the text that uses up least of any limit on a belief, by halving the range of
    loads until it is within :data:`CLOSE` of the least possible (wherever the searches finish). Counts of
    persons do not decide here: they jump, and may be as bad for every text. Then, since one limit that
    must be passed says nothing of the others, options are exchanged one at a time as long as the loads
    beyond their limits get smaller, the largest first, all gates counted.

    Returns:
        One option per block; ``None`` where no text that meets every demand is worth so much.
    """
    worlds = tuple(attrs.evolve(world, newly=int(world.count.sum()), crowd=0) for world in problem.worlds)
    open_problem = attrs.evolve(problem, worlds=worlds, whole=tuple(map(_BeliefsOnly, problem.whole)))

    def useful(load: float) -> Solution | None:
        found = solve(open_problem, nodes=nodes, load_limit=load, progress=progress, stop=stop)
        return found if found.options is not None and found.value >= least else None

    best, too_light = useful(math.inf), NOTHING_TELLING
    while best is not None and min(best.load, LARGEST_LOAD) > too_light * CLOSE and not (stop is not None and stop()):
        between = math.sqrt(too_light) * math.sqrt(min(best.load, LARGEST_LOAD))
        lighter = useful(between)
        if lighter is None:
            too_light = between
        else:
            best = lighter
    return None if best is None or best.options is None else _exchanged(problem, best.options, least)


@attrs.frozen
class _BeliefsOnly:
    """Limits on whole texts without those that count persons."""

    limits: Whole

    @property
    def is_exhausted(self) -> bool:
        return self.limits.is_exhausted

    def load(self, options: tuple[int, ...], *, beliefs_only: bool = True) -> float:
        return self.limits.load(options, beliefs_only=beliefs_only)


def _exchanged(problem: Problem, options: tuple[int, ...], least: int) -> tuple[int, ...]:
    """Exchange one option at a time while less is passed, or as much and the text is worth more."""
    standing = _passed(problem, options)
    while True:
        others = [
            (*options[:block], other, *options[block + 1 :])
            for block, choice in enumerate(problem.blocks)
            for other in range(len(choice.options))
            if other != options[block]
        ]
        tried = [
            (_passed(problem, text), text) for text in others if problem.value(text) >= least and problem.meets(text)
        ]
        better = min(tried, default=None, key=lambda found: found[0])
        if better is None or better[0] >= standing:
            return options
        standing, options = better


def _passed(problem: Problem, options: tuple[int, ...]) -> tuple[tuple[float, ...], int, tuple[int, ...]]:
    """How a text stands: loads beyond 1, the largest first; then its worth; then its versions."""
    reached = [found.load for world in problem.worlds for found in measure(world, world.mass(options)) if found.broken]
    reached += [load for load in (further.load(options) for further in problem.whole) if load > 1 + TOLERANCE]
    return tuple(sorted(map(settled, reached), reverse=True)), -problem.value(options), problem.key(options)


CLOSE = 1.0001
"""How near to the least load possible is near enough."""

NOTHING_TELLING = 1e-3
"""A load below which nobody cares by how much."""
