"""What is true in a drawn world: the real access of everybody, and who the source was.

Here the source is drawn *after* what it told: among all who could have yielded that, each as likely as
the prior and its real access make it. That is the same as drawing sources from the prior and throwing away
every world in which the source could not have told it (a test does so), only faster. Nothing here uses
the engine's arithmetic, because it is what the engine is tried by.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs
import numpy as np

from tearline.domain import ABSENT, ACCESS_FLOOR
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.sim.readers import FACTOR, KNOWS
from tearline.sim.traffic import World


class Truth(Enum):
    """How real access lies to what the case says."""

    MODEL = "as modelled"
    EDGES = "at the edges"
    WORST = "the worst inside"
    APART = "members of a group move apart"
    MIXED = "every grade off by two, up or down at random"
    TWICE = "every grade twice as high"
    HALF = "every grade half as high"
    SHARPER = "those near twice as high, the rest half"
    FLATTER = "those near half as high, the rest twice"
    NO_LINE = "grades as modelled, but no line is read"
    ALONE = "the worst inside for one member of a group"
    BEYOND = "the worst inside, and off by two beyond"
    LISTS = "the lists are the truth"


INSIDE: Final = (Truth.MODEL, Truth.EDGES, Truth.WORST)
"""Truths that lie inside the intervals of the case: here nothing may be under-reported."""

AIMED: Final = (Truth.WORST, Truth.ALONE, Truth.BEYOND)
"""Truths that are aimed at whom the engine reports as most exposed."""

SINGLY: Final = (Truth.APART, Truth.ALONE)
"""Truths in which every person is a group of one."""

DRAWN: Final = tuple(truth for truth in Truth if truth is not Truth.LISTS)
"""Truths in which the source is drawn by the model; for the other one see :mod:`tearline.sim.lists`."""


@attrs.frozen(kw_only=True)
class Aim:
    """At whom the worst truth is aimed: the group that the engine reports as most exposed, and when.

    Attributes:
        group: Its access is at the upper edge, everybody else's at the lower.
        other: The prior mass of luck at which it is most exposed.
    """

    group: int
    other: float


def access(world: World, truth: Truth, aim: Aim, rng: np.random.Generator) -> Floats:
    """Real access of each group to every sentence told, shape ``(sentences, groups)``.

    As modelled, it lies anywhere below or above the best point, such that the best point is its mean; and
    it is off by a factor of two from there for the truths that lie outside.
    """
    lo, mid, hi = world.lo, world.mid, world.hi
    if truth is Truth.EDGES:
        return np.where(rng.random(mid.shape) < 0.5, lo, hi)
    if truth in AIMED:
        by = FACTOR if truth is Truth.BEYOND else 1.0
        found: Floats = np.where(np.arange(len(world.prior)) == aim.group, np.minimum(hi * by, 1.0), lo / by)
        return found
    return np.clip(between(lo, mid, hi, rng) * _off(world, truth, rng), ACCESS_FLOOR, 1.0)


def prior(world: World, truth: Truth, aim: Aim) -> Floats:
    """The real prior mass, shape ``(groups,)``; need not sum to 1.

    As written, but the worst truth takes the worst point of the sweep, and the read line may be none.
    """
    found = world.prior.copy()
    if truth is Truth.NO_LINE:
        found[-2] = 0.0
    if truth in AIMED:
        found *= (1 - aim.other) / (1 - found[-1])
        found[-1] = aim.other
    return found


def _off(world: World, truth: Truth, rng: np.random.Generator) -> Floats | float:
    near = world.mid >= KNOWS
    factors: Mapping[Truth, Floats | float] = {
        Truth.MIXED: np.where(rng.random(near.shape) < 0.5, FACTOR, 1 / FACTOR),
        Truth.TWICE: FACTOR,
        Truth.HALF: 1 / FACTOR,
        Truth.SHARPER: np.where(near, FACTOR, 1 / FACTOR),
        Truth.FLATTER: np.where(near, 1 / FACTOR, FACTOR),
    }
    return factors.get(truth, 1.0)


def between(lo: Floats, mid: Floats, hi: Floats, rng: np.random.Generator) -> Floats:
    """Draw inside intervals: evenly below or above the best point, which is the mean.

    Args:
        lo, mid, hi: Edges and best points of one shape, ``lo <= mid <= hi``.
    """
    width = np.maximum(hi - lo, np.finfo(np.float64).tiny)
    below = rng.random(mid.shape) * width < hi - mid
    even = rng.random(mid.shape)
    found: Floats = np.where(below, lo + even * (mid - lo), mid + even * (hi - mid))
    return found


def likelihood(world: World, real: Floats, absent: Floats) -> Floats:
    """P(each group would have told it all), given its real access; shape ``(groups,)``.

    Who knew the hardest sentence of an event knew them all, unless it is said who was there: then whoever
    was, knew each by itself, and who was not knew as little as the absent.

    Args:
        real: Access of those who were there, shape ``(sentences, groups)``.
        absent: Access of those who were not, shaped alike.
    """
    total = np.ones(real.shape[1])
    for piece in world.pieces:
        rows = real[list(piece.rows)]
        hardest = rows.min(axis=0)
        if piece.attended is None:
            total *= hardest
            continue
        away = absent[list(piece.rows)].prod(axis=0)
        there = np.where(np.isnan(piece.attended), 0.0, piece.attended)
        mixed = there * rows.prod(axis=0) + (1 - there) * away
        total *= np.where(np.isnan(piece.attended), hardest, mixed)
    return total


def absent(world: World, truth: Truth, aim: Aim, rng: np.random.Generator) -> Floats:
    """Real access of those who were not in on an event, drawn as :func:`access` draws that of the others."""
    lo, mid, hi = (np.full(world.mid.shape, edge) for edge in (ABSENT.lo, ABSENT.mid, ABSENT.hi))
    return access(attrs.evolve(world, lo=lo, mid=mid, hi=hi), truth, aim, rng)


@attrs.frozen(kw_only=True)
class Secret:
    """Who it was.

    Attributes:
        explanation: What is behind it: a group of persons, the channel, or luck.
        group: The group of the person whom an investigation would have to find; -1: there is none.
        place: The place of that person among the members of the group, from 0.
    """

    explanation: int
    group: int
    place: int


def drawn(world: World, mass: Floats, rng: np.random.Generator) -> Secret:
    """Draw who it was, from what each explanation weighs (shape ``(groups,)``, not normalised)."""
    explanation = int(np.searchsorted(np.cumsum(mass), rng.random() * mass.sum(), side="right"))
    group = explanation
    if world.count[explanation] == 0:
        group = -1
        if world.via.any() and explanation == len(mass) - 2:
            behind = int(world.via.argmax())
            group = behind if rng.random() < world.via[behind] else -1
    place = int(rng.integers(world.count[group])) if group >= 0 else 0
    return Secret(explanation=explanation, group=group, place=place)


def suspicion(world: World, mass: Floats) -> Floats:
    """Belief in one person of each group, from what each explanation weighs; shape ``(groups,)``.

    Suspicion that reaches a person through the channel is part of it.
    """
    people = world.count > 0
    through = world.via * mass[-2]
    found: Floats = np.where(people, (mass + through) / np.maximum(world.count, 1), 0.0) / mass.sum()
    return found


def chance(world: World, mass: Floats, cell: int) -> tuple[float, float, float]:
    """How likely somebody who knows what each explanation weighs is right: with one guess, with three,
    and about an organisation (-1: none, then NaN)."""
    each = suspicion(world, mass)
    order = np.argsort(-each, kind="stable")
    best = np.repeat(each[order], np.minimum(world.count[order], 3))[:3]
    if cell < 0:
        return float(best[0]), float(best.sum()), float("nan")
    inside = world.cells[cell]
    sits = (mass[inside].sum() + world.via[inside].sum() * mass[-2]) / mass.sum()
    return float(best[0]), float(best.sum()), float(sits)


def guessed(world: World, score: Floats, secret: Secret, tries: int) -> bool:
    """Whether the person is among the first ``tries`` of those with the highest score."""
    if secret.group < 0:
        return False
    order = np.argsort(-np.where(world.count > 0, score, -np.inf), kind="stable")
    before = world.count[order[: int(np.flatnonzero(order == secret.group)[0])]].sum()
    return bool(before + secret.place < tries)


def sits_in(world: World, secret: Secret, cell: int) -> bool:
    """Whether it was somebody of that organisation."""
    return secret.group >= 0 and bool(world.cells[cell, secret.group])


def first_of(world: World, aim: Aim) -> Aim:
    """The same aim in the world taken :func:`apart`: at the first member of the group, and at nobody else."""
    return attrs.evolve(aim, group=int(np.maximum(world.count[: aim.group], 1).sum()))


def apart(world: World) -> World:
    """The same world with every person a group of one: members of a group need not move together."""
    times = np.maximum(world.count, 1)
    place = np.repeat(np.arange(len(times)), times)
    share: Ints = times[place]
    return attrs.evolve(
        world,
        lo=world.lo[:, place],
        mid=world.mid[:, place],
        hi=world.hi[:, place],
        pieces=tuple(attrs.evolve(p, attended=None if p.attended is None else p.attended[place]) for p in world.pieces),
        prior=world.prior[place] / share,
        count=np.minimum(world.count, 1)[place],
        via=world.via[place] / share,
        cells=world.cells[:, place],
        busy=world.busy[place],
    )


def held(world: World) -> World:
    """The same world, in which only what leaked was told."""
    rows = np.flatnonzero(world.leaked)
    of = {int(row): place for place, row in enumerate(rows)}
    pieces = tuple(attrs.evolve(p, rows=tuple(of[r] for r in p.rows)) for p in world.pieces if p.rows[0] in of)
    return attrs.evolve(world, lo=world.lo[rows], mid=world.mid[rows], hi=world.hi[rows], pieces=pieces)


def lists(world: World) -> Bools:
    """Who could have told what of each event, as a reader who counts has it; shape ``(events, groups)``."""
    found: Bools = np.array([world.mid[list(p.rows)].min(axis=0) >= KNOWS for p in world.pieces], dtype=np.bool_)
    return found
