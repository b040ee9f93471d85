"""The best words that may go: which version of every claim to choose.

This room knows worlds (what a reader may believe, and the limits on it) and values; it does not know
sources, cases, consents or policy. Whoever calls it leaves out what may not be said for other reasons.
Start with :func:`solve`; read :mod:`.suspects` for why a few inequalities stand for all limits,
:mod:`.bounds`, :mod:`.tilts` and :mod:`.joins` for how texts are ruled out by the million, :mod:`.demands`
for texts that must say enough, :mod:`.frontier` for the price of exactness.
"""

from tearline.tearlines.frontier import Point, frontier, lightest
from tearline.tearlines.problem import Block, Demand, Option, Problem, Whole, largest_load, micro
from tearline.tearlines.solution import NODES, Solution
from tearline.tearlines.solve import solve

__all__ = [
    "NODES",
    "Block",
    "Demand",
    "Option",
    "Point",
    "Problem",
    "Solution",
    "Whole",
    "frontier",
    "largest_load",
    "lightest",
    "micro",
    "solve",
]
