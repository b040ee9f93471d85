"""Random series of reports, worked out by the engine and by the book."""

from __future__ import annotations

from random import Random

import attrs
import numpy as np

from experiments.suspicion import POINTS, PRODUCT, Suspicion
from oracle.list_bayes import posterior, upper_posterior
from tearline.exposure.envelope import Bools, Floats, Ints, suspects_upper
from tearline.exposure.worlds import Gate, measure
from tearline.sim.organisations import WORDINGS, WhoKnew


def assert_the_engine_is_bayes(house: WhoKnew, times: int, seed: int) -> None:
    """Draw ``times`` series of one to six reports; every belief must agree to 1e-9, points and edges."""
    chance = Random(seed)
    for _ in range(times):
        drawn = chance.sample(range(len(house.gatherings)), chance.randint(1, min(6, len(house.gatherings))))
        told = [(gathering, chance.randrange(WORDINGS)) for gathering in drawn]
        _check_points(house, told)
        _check_edges(house, told)


def _check_points(house: WhoKnew, told: list[tuple[int, int]]) -> None:
    on, off = (edge.mid for edge in POINTS)
    lists = [house.wordings(gathering)[wording] for gathering, wording in told]

    count, upper, top = _engine(house, told, exact=True)

    by_the_book = sorted(posterior(house.people, lists, on, off))
    np.testing.assert_allclose(np.sort(np.repeat(upper, count)), by_the_book, rtol=1e-9)
    np.testing.assert_allclose(top, by_the_book[-1], rtol=1e-9)


def _check_edges(house: WhoKnew, told: list[tuple[int, int]]) -> None:
    on, off = ((edge.lo, edge.hi) for edge in PRODUCT)
    lists = [house.wordings(gathering)[wording] for gathering, wording in told if wording < WORDINGS - 1]
    last = house.wordings(told[-1][0])

    count, upper, top = _engine(house, told, exact=False)

    by_the_book = sorted(upper_posterior(house.people, lists, last, on, off))
    np.testing.assert_allclose(np.sort(np.repeat(upper, count)), by_the_book, rtol=1e-9)
    np.testing.assert_allclose(top, by_the_book[-1], rtol=1e-9)


def _engine(house: WhoKnew, told: list[tuple[int, int]], exact: bool) -> tuple[Ints, Floats, float]:
    suspicion = Suspicion.before(house.people, POINTS if exact else PRODUCT)
    for gathering, wording in told[:-1]:
        suspicion = suspicion.after(_fits(house, gathering), gathering, wording)
    gathering, wording = told[-1]
    world = suspicion.world(_fits(house, gathering)[None], (gathering,), top_suspect=0.5)
    world = attrs.evolve(world, limit=np.ones(len(world.count)))  # one limit for all: the top suspect is measured
    mass = world.mass((wording,))
    (top,) = (found.reached for found in measure(world, mass) if found.gate is Gate.TOP_SUSPECT)
    return world.count, suspects_upper(world.count, mass.lo, mass.hi), top


def _fits(house: WhoKnew, gathering: int) -> Bools:
    fits = np.zeros((WORDINGS, house.people), dtype=np.bool_)
    for wording, knowers in enumerate(house.wordings(gathering)):
        fits[wording, sorted(knowers)] = True
    return fits
