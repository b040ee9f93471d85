"""Rosters to solve on: who could know what, generated with fixed seeds.

The *structured* roster is an organisation of 20 directorates with 5 teams each. Each claim has four
versions: silence, one that a fifth of the directorates know, one that half of their teams know, one
that a third of the people in those teams know. One person knows everything, and so, as far as they go,
do that person's team and directorate. Whoever does not know has access 0.02.

The *scattered* roster is the same organisation where .7 of the directorates, .7 of their teams and half
of their people know each claim, each time by chance: many people share much, which is harder.

The *graded* roster has 40 roles. For each claim a role has a ceiling: full access 1 (rarely), 0.8 or
0.4, or none (0.01), and each person departs from it at random. Grades fall as versions get more exact,
and nobody has full access to everything.

All three are blind: every candidate may be the top suspect, all have the same prior, nothing else is
considered. Values rise with exactness and are drawn at random.

*Hard sets* have no grades at all: who does not know a version could not have yielded it (1e-9). Each more
exact version keeps .45 to .95 of those who know the one before it, each person by chance; one person knows
everything, and may be believed to be the source only as far as those who know all that is said hold a
given share of the prior, which is drawn at random. It is the search for the most useful set of items that
enough transactions contain.
"""

from __future__ import annotations

import numpy as np

from tearline.exposure.envelope import Floats
from tearline.exposure.worlds import LogMass, World
from tearline.tearlines.problem import Block, Option, Problem, micro

VERSIONS = 4


def structured(candidates: int, claims: int, limit: float, seed: int = 1) -> Problem:
    """Directorates, teams, people, each step a small circle."""
    return _by_office(candidates, claims, limit, (0.2, 0.5, 1 / 3), seed)


def scattered(candidates: int, claims: int, limit: float, seed: int = 1) -> Problem:
    """The same organisation, where more than half of everybody knows everything."""
    return _by_office(candidates, claims, limit, (0.7, 0.7, 0.5), seed)


def _by_office(candidates: int, claims: int, limit: float, share: tuple[float, float, float], seed: int) -> Problem:
    random = np.random.default_rng(seed)
    directorate = np.arange(candidates) % 20
    team = directorate * 5 + (np.arange(candidates) // 20) % 5
    access = np.full((claims, VERSIONS, candidates), 1.0)
    for claim in range(claims):
        knows = (random.random(20) < share[0])[directorate] | (directorate == 0)
        access[claim, 1] = np.where(knows, 1.0, 0.02)
        knows &= (random.random(100) < share[1])[team] | (team == 0)
        access[claim, 2] = np.where(knows, 1.0, 0.02)
        knows &= (random.random(candidates) < share[2]) | (np.arange(candidates) == 0)
        access[claim, 3] = np.where(knows, 1.0, 0.02)
    return _problem(access, limit, random)


def graded(candidates: int, claims: int, limit: float, seed: int = 1) -> Problem:
    """Roles with mixed grades: nobody knows everything well, many know something."""
    random = np.random.default_rng(seed)
    grades = np.array([1.0, 0.8, 0.4, 0.01])
    role = random.integers(0, 40, candidates)
    access = np.ones((claims, VERSIONS, candidates))
    for claim in range(claims):
        worst = np.zeros(candidates, dtype=np.int64)
        for version in range(1, VERSIONS):
            ignorant = (0.2, 0.4, 0.6)[version - 1]
            odds = [0.4 * (1 - ignorant), 0.35 * (1 - ignorant), 0.25 * (1 - ignorant), ignorant]
            usual = random.choice(4, 40, p=odds)[role]
            own = random.choice(4, candidates, p=odds)
            drawn = np.where(random.random(candidates) < 0.6, usual, own)
            drawn[0] = random.choice(2, p=[0.7, 0.3])
            worst = np.maximum(worst, drawn)
            access[claim, version] = grades[worst]
    always = (access[:, -1] == 1).all(axis=0)
    access[0, 1:, always] = 0.8
    return _problem(access, limit, random)


def hard(candidates: int, claims: int, mass: float, seed: int = 1) -> Problem:
    """Knower sets without grades: those who know all that is said must hold ``mass`` of the prior."""
    random = np.random.default_rng(seed)
    worth = np.cumsum(random.integers(1, 20, (claims, VERSIONS - 1)), axis=1)
    kept = random.uniform(0.45, 0.95, (claims, VERSIONS - 1))
    most_exact = np.cumprod(random.random((candidates, claims, VERSIONS - 1)) < kept, axis=2).sum(axis=2)
    most_exact[0] = VERSIONS - 1
    prior = random.random(candidates)
    prior /= prior.sum()
    knows = most_exact.T[:, None, :] >= np.arange(VERSIONS)[None, :, None]
    limit = np.ones(candidates)
    limit[0] = prior[0] / mass
    return _decided(np.where(knows, 1.0, 1e-9), worth.astype(np.float64), np.log(prior), limit)


def _problem(access: Floats, limit: float, random: np.random.Generator) -> Problem:
    claims, _, candidates = access.shape
    worth = np.cumsum(random.uniform(0.05, 0.3, (claims, VERSIONS - 1)), axis=1)
    return _decided(access, np.round(worth, 6), np.zeros(candidates), np.full(candidates, limit))


def _decided(access: Floats, worth: Floats, prior: Floats, limit: Floats) -> Problem:
    candidates = len(prior)
    blocks = tuple(
        Block(options=tuple(Option(value=micro(float(v)), key=(VERSIONS - 1 - i,)) for i, v in enumerate([0.0, *row])))
        for row in worth
    )
    world = World(
        count=np.ones(candidates, dtype=np.int64),
        person=np.ones(candidates, dtype=np.bool_),
        base=LogMass(lo=prior, mid=prior, hi=prior),
        blocks=tuple(LogMass(lo=log, mid=log, hi=log) for log in np.log(access)),
        limit=limit,
        crossed=np.zeros(candidates, dtype=np.bool_),
    )
    return Problem(blocks=blocks, worlds=(world,))
