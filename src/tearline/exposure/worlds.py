"""A world: one reader, one prior, one view. Gates are measured in worlds, solvers search through them.

Everything a solver may know about secrets is here as plain arrays over classes of candidates: no
names, no placement, nothing that tells the true source from any other candidate.
"""

from __future__ import annotations

import math
from enum import Enum
from functools import cached_property

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Box, Floats, Ints, belief, suspects_upper

TOLERANCE = 1e-12
"""Relative slack of every comparison with a limit, for rounding of the last digit only."""


class Gate(Enum):
    """The gates of the exposure engine; all must hold in every world of every reader that binds."""

    TOP_SUSPECT = "top_suspect"
    CROWD = "crowd"
    INVESTIGATION = "investigation"
    TRIES = "tries"
    BELIEF = "belief"
    STEP = "step"


@attrs.frozen(eq=False, kw_only=True)
class LogMass:
    """Log masses of all classes: lower edge, best point, upper edge, each of shape ``(classes,)``."""

    lo: Floats
    mid: Floats
    hi: Floats

    @cached_property
    def box(self) -> Box:
        """What fractions of it may lie between."""
        return Box(self.lo, self.hi)

    def __add__(self, other: LogMass) -> LogMass:
        return LogMass(lo=self.lo + other.lo, mid=self.mid + other.mid, hi=self.hi + other.hi)


@attrs.frozen(eq=False, kw_only=True)
class Belief:
    """A limit on a fraction of the mass: a suspect reached through a channel, a cell, a proposition.

    Attributes:
        gate: ``TOP_SUSPECT`` where it is a person's suspicion, else ``BELIEF``.
        weight: ``q`` of :func:`tearline.exposure.envelope.upper`, shape ``(classes,)``.
        limit: The largest upper belief allowed.
        mid_limit: The largest belief at the best point allowed: the step gate, an alarm for jumps
            from a low base, which compares like with like and so leaves the widths out.
        about: What it is, for people (a group, a cell, a secret).
        count: For a person's suspicion: how many persons share exactly this one; else 0.
    """

    gate: Gate
    weight: Floats
    limit: float
    mid_limit: float = math.inf
    about: str
    count: int = 0


@attrs.frozen(eq=False, kw_only=True)
class World:
    """One reader's reasoning under one prior over one view, with the limits that it must stay inside.

    Limits are *effective*: where a budget was broken before this release they already stand at what
    was reached before, so that nothing may be released that worsens it.

    Attributes:
        count: Members of each class, shape ``(classes,)``.
        person: Which classes are made of persons, shape ``(classes,)``.
        base: Log mass before anything in the blocks is said.
        blocks: For each block (the claims of one event, or one claim alone) the log likelihood of
            every option: ``lo``, ``mid``, ``hi`` of shape ``(options, classes)``.
        limit: Largest upper belief in one member of a class, shape ``(classes,)``; infinite for
            classes that are no persons, or that are limited through ``beliefs``.
        beliefs: Limits on other fractions.
        crowd: How many persons must stay at least half as suspected as the most suspected one.
        tries: How many persons the reader can investigate at once.
        tries_limit: Largest allowed sum of that many largest upper beliefs in persons.
        threshold: Belief above which the reader investigates a person.
        newly: How many persons may newly cross it.
        crossed: Which classes' members were above it before, shape ``(classes,)``.
    """

    count: Ints
    person: Bools
    base: LogMass
    blocks: tuple[LogMass, ...]
    limit: Floats
    beliefs: tuple[Belief, ...] = ()
    crowd: int = 0
    tries: int = 3
    tries_limit: float = 1.0
    threshold: float = 1.0
    newly: int = 0
    crossed: Bools
    about: str = ""

    def mass(self, options: tuple[int, ...]) -> LogMass:
        """The log mass after the given option of every block."""
        lo, mid, hi = self.base.lo, self.base.mid, self.base.hi
        for block, option in zip(self.blocks, options, strict=True):
            lo, mid, hi = lo + block.lo[option], mid + block.mid[option], hi + block.hi[option]
        return LogMass(lo=lo, mid=mid, hi=hi)


@attrs.frozen(kw_only=True)
class Reached:
    """How far one gate has come: ``load`` is the share of its limit that is used (above 1: broken)."""

    gate: Gate
    about: str
    reached: float
    limit: float
    load: float

    @property
    def broken(self) -> bool:
        """Whether the limit is passed by more than rounding."""
        return self.load > 1 + TOLERANCE


def measure(world: World, mass: LogMass) -> tuple[Reached, ...]:
    """Measure every gate of ``world`` at ``mass``.

    G1 and G5 are upper beliefs, exact over the box. G2 counts, and the step compares, at the best
    point. G4 is the sum of the largest upper beliefs in persons, capped at 1: an upper bound, since
    they need not be reached at one vertex. G3 counts persons whose upper belief newly passes the threshold.
    """
    direct = suspects_upper(world.count, mass.lo, mass.hi)
    suspicion = np.where(world.person, direct, 0.0)
    found = []
    if np.isfinite(world.limit).any():
        load = np.where(world.person, direct / world.limit, 0.0)
        worst = int(load.argmax())
        found.append(_reached(Gate.TOP_SUSPECT, str(worst), float(direct[worst]), float(world.limit[worst])))
    for limited in world.beliefs:
        value = mass.box.upper(limited.weight)
        found.append(_reached(limited.gate, limited.about, value, limited.limit))
        if limited.mid_limit < 1:
            found.append(_reached(Gate.STEP, limited.about, belief(limited.weight, mass.mid), limited.mid_limit))
        if limited.count:
            whom = member(world.person, limited)
            suspicion[whom] = max(suspicion[whom], value)
    found.extend(_counts(world, mass, suspicion))
    return tuple(found)


def member(person: Bools, suspect: Belief) -> int:
    """The class of persons that a suspicion reached through a channel falls upon."""
    return int(np.where(person, suspect.weight, -1.0).argmax())


def _counts(world: World, mass: LogMass, suspicion: Floats) -> list[Reached]:
    found = []
    persons = world.count[world.person]
    if world.crowd:
        crowd = crowd_size(world, mass)
        load = world.crowd / crowd if crowd else np.inf
        found.append(Reached(gate=Gate.CROWD, about="", reached=crowd, limit=world.crowd, load=load))
    if world.tries_limit < 1:
        caught = best_tries(suspicion[world.person], persons, world.tries)
        found.append(_reached(Gate.TRIES, "", caught, world.tries_limit))
    above = (suspicion > world.threshold * (1 + TOLERANCE)) & world.person & ~world.crossed
    newly = int(world.count[above].sum())
    load = 0.0 if newly == 0 else (newly / world.newly if world.newly else np.inf)
    found.append(Reached(gate=Gate.INVESTIGATION, about="", reached=newly, limit=world.newly, load=load))
    return found


def crowd_size(world: World, mass: LogMass) -> int:
    """G2: persons at least half as suspected, at the best point, as the most suspected person.

    Suspicion that reaches a person through a channel is part of it.
    """
    each = np.where(world.person, mass.mid - np.log(world.count), -np.inf)
    total = np.logaddexp.reduce(mass.mid)
    for limited in world.beliefs:
        if limited.count:
            whom = member(world.person, limited)
            each[whom] = max(each[whom], np.log(belief(limited.weight, mass.mid)) + total)
    return int(world.count[world.person & (each >= each.max() - np.log(2) - TOLERANCE)].sum())


def best_tries(suspicion: Floats, count: Ints, tries: int) -> float:
    """The sum of the ``tries`` largest suspicions, ``count`` persons sharing each, at most 1."""
    total, left = 0.0, tries
    for which in np.argsort(-suspicion, kind="stable"):
        taken = min(left, int(count[which]))
        total += taken * float(suspicion[which])
        left -= taken
        if not left:
            break
    return min(total, 1.0)


def _reached(gate: Gate, about: str, value: float, limit: float) -> Reached:
    load = value / limit if limit > 0 else (np.inf if value > 0 else 0.0)
    return Reached(gate=gate, about=about, reached=value, limit=limit, load=load)
