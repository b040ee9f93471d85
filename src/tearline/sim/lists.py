"""Real lists taken as the truth: the source is somebody who was really there, drawn before anything is told.

Here nothing is drawn by the model. One person is picked among all who were at enough gatherings, some of
these are told as collected, and readers who have the same lists guess. No list is ever wrong and nothing
is ever luck, so that whatever the engine reserves for such doubts is missing from what it reports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tearline.domain import ABSENT
from tearline.exposure.envelope import Floats, Ints
from tearline.sim import truth as real
from tearline.sim.calibration import Guesser, Report, Trial, counted, report
from tearline.sim.counting import COUNTING
from tearline.sim.organisations import WhoKnew
from tearline.sim.traffic import MOST_TOLD, House, World, around
from tearline.sim.truth import Truth


def from_lists(who: WhoKnew, count: int, seed: int) -> Trial:
    """Draw ``count`` sources and what each told, let the engine report, and let readers guess.

    The organisation is not tried: its figures are NaN.
    """
    house = House.of(who)
    busy = np.array([len(numbers) for numbers in house.attended])
    able = np.flatnonzero(busy >= 2)
    reports: list[Report] = []
    hits: dict[tuple[Truth, Guesser], list[list[float]]] = {}
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        source = int(rng.choice(able))
        told = int(rng.integers(1, min(MOST_TOLD, int(busy[source]) - 1) + 1))
        gatherings = [int(g) for g in rng.permutation(np.array(house.attended[source]))[: told + 1]]
        world, group_of = around(house, gatherings, rng, as_collected=True)
        reports.append(report(world))
        for guesser, score in _scores(world, group_of).items():
            right = [_among(score, source, tries, rng) for tries in (1, 3)]
            hits.setdefault((Truth.LISTS, guesser), []).append([*right, math.nan])
    return Trial(
        reported=_figures([r.reported for r in reports]),
        box=_figures([r.box for r in reports]),
        point=_figures([r.point for r in reports]),
        hits={guesser: np.array(rows) for guesser, rows in hits.items()},
        chance={},
    )


def _figures(rows: Sequence[Floats]) -> Floats:
    found = np.array(rows)
    found[:, 2] = np.nan
    return found


def _scores(world: World, group_of: Ints) -> dict[Guesser, Floats]:
    """How each reader orders the persons, shape ``(people,)``."""
    away = np.full(world.mid.shape, ABSENT.mid)
    best = real.suspicion(world, world.prior * real.likelihood(world, world.mid, away))
    return {Guesser.BEST: best[group_of], Guesser.COUNTS: counted(world, COUNTING["intersection"])[group_of]}


def _among(score: Floats, source: int, tries: int, rng: np.random.Generator) -> float:
    """Whether the source is among the first ``tries``; those who are tied come in any order."""
    own = score[source]
    close = 1e-9 * abs(own)
    ahead = int((score > own + close).sum())
    tied = int((np.abs(score - own) <= close).sum())
    return float(ahead + int(rng.integers(tied)) < tries)
