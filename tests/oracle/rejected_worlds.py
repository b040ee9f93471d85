"""Drawing the truth the long way: a source from the prior, thrown away unless it could have told everything."""

from __future__ import annotations

import numpy as np

from tearline.exposure.envelope import Floats
from tearline.sim.traffic import World


def kept_sources(world: World, real: Floats, absent: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """How often each explanation is behind a world in which all was told, shape ``(groups,)``; sums to 1.

    One draw of fate for each event decides what whoever was in on it knew: who knew the hardest sentence
    knew the others. Where somebody has said who was there, each sentence has a fate of its own.
    """
    found = np.zeros(len(world.prior))
    for explanation in rng.choice(len(world.prior), draws, p=world.prior / world.prior.sum()):
        if all(_told(world, real, absent, piece, explanation, rng) for piece in range(len(world.pieces))):
            found[explanation] += 1
    return found / found.sum()


def _told(world: World, real: Floats, absent: Floats, piece: int, explanation: int, rng: np.random.Generator) -> bool:
    rows, attended = list(world.pieces[piece].rows), world.pieces[piece].attended
    if attended is None or np.isnan(attended[explanation]):
        return bool((rng.random() < real[rows, explanation]).all())
    was_there = rng.random() < attended[explanation]
    access = real if was_there else absent
    return bool((rng.random(len(rows)) < access[rows, explanation]).all())
