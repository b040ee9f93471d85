"""The problem: for every block of claims choose one option, worth most, inside every world's limits.

A *block* is a set of claims that stand or fall together (those of one event, or one claim alone). An
*option* is one version for each of them. Values are whole numbers of millionths, so that sums are
exact and no rounding can decide between two texts.

:func:`canonical` brings a problem into one fixed order that does not depend on how candidates and
worlds happened to be listed. All sums are then taken in that order, which is what makes answers the
same to the last byte however a roster was sorted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from hashlib import blake2b
from typing import Protocol

import attrs
import numpy as np
import numpy.typing as npt

from tearline.errors import InvariantError
from tearline.exposure.envelope import Floats, Ints
from tearline.exposure.worlds import Belief, LogMass, World, measure

LARGEST_VALUE = 2**52
"""Values must add up to less than this many millionths: below it, doubles count without loss."""

SIGNIFICANT = 10
"""Digits to which loads are compared: what differs only beyond is a tie."""

Bytes = npt.NDArray[np.void]


def micro(value: float) -> int:
    """A value in whole millionths, rounded down as written.

    >>> micro(0.29), micro(-0.0000001)
    (290000, -1)
    """
    return int((Decimal(repr(value)) * 1_000_000).to_integral_value(ROUND_FLOOR))


@attrs.frozen(kw_only=True)
class Option:
    """One way to word a block.

    Attributes:
        value: What it is worth, in millionths.
        key: Rank of the version of each claim in published order (0: as collected; withheld: last).
            Among texts of equal value and load the one with the smallest keys is taken.
    """

    value: int
    key: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Block:
    """The claims of one event, or one claim alone.

    Attributes:
        options: Every wording that may be considered; keys differ.
        silence: Which option says nothing (new).
    """

    options: tuple[Option, ...]
    silence: int = 0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.silence < len(self.options):
            raise InvariantError("a block has no option that says nothing")
        if len({option.key for option in self.options}) != len(self.options):
            raise InvariantError("two options of a block have the same versions")


@attrs.frozen(kw_only=True)
class Demand:
    """Something that a text must say to be of use; any one of these options says it.

    Attributes:
        options: By block, those that do; none at all: nothing can meet it.
    """

    options: Mapping[int, frozenset[int]]

    def met(self, options: tuple[int, ...]) -> bool:
        """Whether a text says it."""
        return any(options[block] in those for block, those in self.options.items())


class Whole(Protocol):
    """Limits that can be measured on whole texts only, and that no bound knows of.

    Leaving them out of bounds is safe: fewer limits, larger bounds.
    """

    @property
    def is_exhausted(self) -> bool:
        """Whether some text was refused only because it would have taken too long to measure."""
        ...

    def load(self, options: tuple[int, ...], *, beliefs_only: bool = False) -> float:
        """The largest share of any of these limits that a text uses up.

        Args:
            beliefs_only: Leave aside the limits that count persons.
        """
        ...


@attrs.frozen(eq=False, kw_only=True)
class Problem:
    """What to choose, and the worlds whose limits must all hold.

    Attributes:
        blocks: In published order.
        worlds: Each has one :class:`~tearline.exposure.worlds.LogMass` of shape ``(options, classes)``
            for each block. Likelihoods need not fall as versions get more exact: a claim can clear
            somebody.
        demands: What a text must say, all of it.
        whole: Further limits, measured on whole texts.
    Raises:
        InvariantError: Shapes do not fit, a mass is no number, edges are out of order, or values are
            so large that sums would lose digits.
    """

    blocks: tuple[Block, ...]
    worlds: tuple[World, ...]
    demands: tuple[Demand, ...] = ()
    whole: tuple[Whole, ...] = ()

    def __attrs_post_init__(self) -> None:
        if sum(max(abs(option.value) for option in block.options) for block in self.blocks) >= LARGEST_VALUE:
            raise InvariantError("values are too large to be added without loss")
        sizes = [len(block.options) for block in self.blocks]
        for demand in self.demands:
            if not all(
                block < len(sizes) and those <= set(range(sizes[block])) for block, those in demand.options.items()
            ):
                raise InvariantError("a demand names an option that there is not")
        for world in self.worlds:
            _check(world, sizes)

    def value(self, options: tuple[int, ...]) -> int:
        """What a text is worth, in millionths."""
        return sum(block.options[option].value for block, option in zip(self.blocks, options, strict=True))

    def meets(self, options: tuple[int, ...]) -> bool:
        """Whether a text meets every demand."""
        return all(demand.met(options) for demand in self.demands)

    def key(self, options: tuple[int, ...]) -> tuple[int, ...]:
        """The versions of all claims, block after block: the last resort between equal texts."""
        chosen = (block.options[option].key for block, option in zip(self.blocks, options, strict=True))
        return tuple(rank for key in chosen for rank in key)

    def silence(self) -> tuple[int, ...]:
        """The text that says nothing."""
        return tuple(block.silence for block in self.blocks)


def largest_load(problem: Problem, options: tuple[int, ...], stop_above: float = math.inf) -> float:
    """The largest share of any limit of any world that a text uses up; above 1 it may not go.

    Measured exactly. What comes after the first world whose load exceeds ``stop_above`` is not looked at.
    """
    load = 0.0
    for world in problem.worlds:
        load = max(load, *(reached.load for reached in measure(world, world.mass(options))))
        if load > stop_above:
            return load
    return max([load, *(further.load(options) for further in problem.whole)])


def settled(load: float) -> float:
    """A load to the digits in which loads are compared."""
    return float(f"{load:.{SIGNIFICANT}g}")


def _check(world: World, sizes: list[int]) -> None:
    classes = world.count.shape
    if len(world.blocks) != len(sizes):
        raise InvariantError("a world has more or fewer blocks than the problem")
    parts = [(world.base, classes), *((b, (n, *classes)) for b, n in zip(world.blocks, sizes, strict=True))]
    for mass, shape in parts:
        if not mass.lo.shape == mass.mid.shape == mass.hi.shape == shape:
            raise InvariantError(f"log masses of shape {mass.lo.shape} where {shape} was expected")
        if not (np.all(mass.lo <= mass.mid) and np.all(mass.mid <= mass.hi) and np.all(mass.hi < np.inf)):
            raise InvariantError("a log mass is no number, or its edges are out of order")
    if not all(np.all(np.isfinite(block.lo)) for block in world.blocks):
        raise InvariantError("a likelihood is zero: nobody's ignorance is certain")
    if not np.all(np.isfinite(world.base.hi).any()):
        raise InvariantError("a reader with no possible explanation")


def canonical(problem: Problem) -> Problem:
    """The same problem in the one order of classes and worlds that depends on nothing but content.

    Worlds that say the same are kept once. Classes without width whose members no reader can tell
    apart become one class; where masses are intervals they stay apart, since two classes move
    independently and one class does not.
    """
    worlds = {_digest(world): world for world in map(_ordered, problem.worlds)}
    return attrs.evolve(problem, worlds=tuple(worlds[digest] for digest in sorted(worlds)))


def _ordered(world: World) -> World:
    beliefs = sorted(world.beliefs, key=_likeness)
    points = all(mass.lo is mass.hi or np.array_equal(mass.lo, mass.hi) for mass in (world.base, *world.blocks))
    each = np.log(world.count) if points else np.zeros(world.count.shape)
    columns = [world.person, world.limit, world.crossed, *_weights(beliefs)]
    columns += [] if points else [world.count]
    columns += [edge - each for edge in _edges(world.base, points)]
    columns += [row for block in world.blocks for edge in _edges(block, points) for row in edge]
    columns += [limited.weight for limited in beliefs] if points else []  # unequal in any limit: never merged
    content = _as_bytes(np.array(columns, dtype=np.float64).T)
    order = np.argsort(content, kind="stable")
    _, first, kind = np.unique(content, return_index=True, return_inverse=True)
    if not points or len(first) == len(content):
        return _taken(world, beliefs, order)
    return _merged(world, beliefs, first, kind)


def _edges(mass: LogMass, points: bool) -> list[Floats]:
    return [mass.lo] if points else [mass.lo, mass.mid, mass.hi]


def _likeness(limited: Belief) -> tuple[object, ...]:
    """What a limit looks like without regard to the order of classes."""
    weights = np.sort(limited.weight).astype(">f8").tobytes()
    return limited.gate.value, limited.limit, limited.mid_limit, limited.count, weights


def _weights(beliefs: list[Belief]) -> list[Floats]:
    """For each class its weights in all limits, like limits sorted, so that their order says nothing."""
    found: list[Floats] = []
    for like in sorted({_likeness(limited) for limited in beliefs}, key=repr):
        found.extend(np.sort([limited.weight for limited in beliefs if _likeness(limited) == like], axis=0))
    return found


def _as_bytes(content: Floats) -> Bytes:
    """Rows as byte strings that sort and compare whole; both zeros alike."""
    wide = np.ascontiguousarray(content + 0.0).astype(">f8")
    view: Bytes = wide.view(np.dtype((np.void, wide.dtype.itemsize * wide.shape[1]))).ravel()
    return view


def _taken(world: World, beliefs: list[Belief], order: Ints) -> World:
    moved = [attrs.evolve(limited, weight=limited.weight[order]) for limited in beliefs]
    return attrs.evolve(
        world,
        count=world.count[order],
        person=world.person[order],
        limit=world.limit[order],
        crossed=world.crossed[order],
        base=_columns(world.base, order),
        blocks=tuple(_columns(block, order) for block in world.blocks),
        beliefs=tuple(sorted(moved, key=lambda limited: (repr(_likeness(limited)), limited.weight.tobytes()))),
    )


def _columns(mass: LogMass, order: Ints) -> LogMass:
    lo = np.ascontiguousarray(mass.lo[..., order])
    if mass.lo is mass.hi or (np.array_equal(mass.lo, mass.hi)):
        return LogMass(lo=lo, mid=lo, hi=lo)
    return LogMass(lo=lo, mid=np.ascontiguousarray(mass.mid[..., order]), hi=np.ascontiguousarray(mass.hi[..., order]))


def _merged(world: World, beliefs: list[Belief], first: Ints, kind: Ints) -> World:
    members = np.bincount(kind, weights=world.count).astype(np.int64)
    one = _taken(world, beliefs, first)
    base = one.base.lo - np.log(one.count) + np.log(members)
    return attrs.evolve(one, count=members, base=LogMass(lo=base, mid=base, hi=base))


def _digest(world: World) -> bytes:
    """All that is in a world, apart from what it is called."""
    said = blake2b()
    scalars = (world.crowd, world.tries, world.tries_limit, world.threshold, world.newly, len(world.blocks))
    said.update(repr(scalars).encode())
    arrays = [world.count, world.person, world.limit, world.crossed]
    for mass in (world.base, *world.blocks):
        arrays += [mass.lo, mass.mid, mass.hi]
    for limited in world.beliefs:
        said.update(repr(_likeness(limited)).encode())
        arrays.append(limited.weight)
    for array in arrays:
        said.update(repr(array.shape).encode())
        said.update(array.astype(">f8").tobytes())
    return said.digest()
