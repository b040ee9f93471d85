"""Every text there is: the slow twin of the solver, one exact measurement for each.

And small problems to list them for, drawn from a seed.
"""

import itertools

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Ints
from tearline.exposure.worlds import TOLERANCE, Belief, Gate, LogMass, World, measure
from tearline.tearlines import Block, Demand, Option, Problem


def every_text(problem: Problem) -> list[tuple[int, float, tuple[int, ...], tuple[int, ...]]]:
    """Value, load (to ten digits), versions and options of every text that meets every demand."""
    texts = []
    for options in itertools.product(*(range(len(block.options)) for block in problem.blocks)):
        if not all(any(options[b] in those for b, those in demand.options.items()) for demand in problem.demands):
            continue
        chosen = [block.options[option] for block, option in zip(problem.blocks, options, strict=True)]
        key = tuple(rank for option in chosen for rank in option.key)
        reached = [found.load for world in problem.worlds for found in measure(world, world.mass(options))]
        load = max([*reached, *(further.load(options) for further in problem.whole)], default=0.0)
        texts.append((sum(option.value for option in chosen), load, key, options))
    return texts


def best_text(problem: Problem, load_limit: float = 1.0) -> tuple[int, float, tuple[int, ...]] | None:
    """Largest value, then smallest load, then smallest versions; ``None`` if nothing is inside."""
    inside = [text for text in every_text(problem) if text[1] <= load_limit * (1 + TOLERANCE)]
    if not inside:
        return None
    value, load, _, options = min(inside, key=lambda text: (-text[0], ten_digits(text[1]), text[2]))
    return value, ten_digits(load), options


def every_point(problem: Problem) -> list[tuple[int, float]]:
    """Value and load of every text that none beats in both, from the lightest up."""
    points: list[tuple[int, float]] = []
    for load, value in sorted({(ten_digits(text[1]), -text[0]) for text in every_text(problem)}):
        if not points or -value > points[-1][0]:
            points.append((-value, load))
    return points


def ten_digits(load: float) -> float:
    """A load as answers state it."""
    return float(f"{load:.10g}")


GRADES = ((0.001, 0.01, 0.03), (0.03, 0.1, 0.2), (0.2, 0.4, 0.6), (0.6, 0.8, 0.95), (0.95, 1.0, 1.0))


@attrs.frozen
class Further:
    """A limit on whole texts, drawn from a seed, that nothing about their parts foretells."""

    seed: int
    is_exhausted: bool = False

    def load(self, options: tuple[int, ...], *, beliefs_only: bool = False) -> float:
        """Between nothing and somewhat beyond the limit."""
        return float(np.random.default_rng([self.seed, *options]).uniform(0, 1.4))


def some_problem(seed: int, *, monotone: bool) -> Problem:
    """A small problem with everything in it: several readers, intervals, beliefs, crowds, tries, history.

    One in four also has limits that can be measured on whole texts only.
    """
    random = np.random.default_rng(seed)
    sizes = [int(random.integers(2, 5)) for _ in range(random.integers(1, 4))]
    blocks = tuple(_block(random, size) for size in sizes)
    worlds = tuple(_world(random, sizes, monotone=monotone) for _ in range(random.integers(1, 4)))
    return Problem(blocks=blocks, worlds=worlds, whole=(Further(seed),) if random.random() < 0.25 else ())


def some_demanding_problem(seed: int, *, monotone: bool) -> Problem:
    """A small problem with one to three demands, some of which nothing may meet."""
    problem, random = some_problem(seed, monotone=monotone), np.random.default_rng([seed, 1])
    demands = []
    for _ in range(random.integers(1, 4)):
        blocks = random.permutation(len(problem.blocks))[: random.integers(0 if random.random() < 0.1 else 1, 4)]
        options = {int(b): _some_options(random, len(problem.blocks[b].options)) for b in blocks}
        demands.append(Demand(options={b: those for b, those in options.items() if those}))
    return attrs.evolve(problem, demands=tuple(demands))


def _some_options(random: np.random.Generator, size: int) -> frozenset[int]:
    """The most exact options from some point on, as in a case; now and then any."""
    if random.random() < 0.8:
        return frozenset(range(int(random.integers(1, size)), size))
    return frozenset(np.flatnonzero(random.random(size) < 0.5).tolist())


def _block(random: np.random.Generator, size: int) -> Block:
    values = np.sort(random.integers(0, 6, size))
    return Block(options=tuple(Option(value=int(v), key=(size - 1 - i,)) for i, v in enumerate(values)))


def _world(random: np.random.Generator, sizes: list[int], *, monotone: bool) -> World:
    classes = int(random.integers(2, 7))
    person = random.random(classes) < 0.7
    person[0] = True
    count = np.where(person, random.integers(1, 12, classes), 1)
    width = random.random() < 0.6
    prior = np.log(count * random.uniform(0.5, 1.5, classes))
    limit = float(random.choice([0.1, 0.2, 0.35, 0.6, 0.8]))
    beliefs = tuple(_belief(random, person, count) for _ in range(random.integers(0, 3)))
    limits = np.where(person, limit, np.inf)
    for belief in beliefs:
        if belief.count:
            limits[int(np.where(person, belief.weight, -1).argmax())] = np.inf
    return World(
        count=count,
        person=person,
        base=LogMass(lo=prior - 0.2 * width, mid=prior, hi=prior + 0.1 * width),
        blocks=tuple(_likelihoods(random, size, classes, monotone=monotone, width=width) for size in sizes),
        limit=limits,
        beliefs=beliefs,
        crowd=int(random.choice([0, 0, 0, 2, 4])),
        tries=int(random.integers(1, 4)),
        tries_limit=float(random.choice([1.0, 1.0, 0.6, 0.9])),
        threshold=float(random.choice([1.0, 1.0, 0.3, 0.6])),
        newly=int(random.choice([0, 0, 3])),
        crossed=random.random(classes) < 0.2,
    )


def _likelihoods(random: np.random.Generator, size: int, classes: int, *, monotone: bool, width: bool) -> LogMass:
    grade = random.integers(0, len(GRADES), (size, classes))
    if monotone:
        grade = -np.sort(-grade, axis=0)
    edges = np.log(np.array(GRADES))[grade]
    if random.random() < 0.7:  # nothing said, nothing learnt; else the event has a history
        edges[0] = 0.0
    if not width:
        return LogMass(lo=edges[..., 1], mid=edges[..., 1], hi=edges[..., 1])
    return LogMass(lo=edges[..., 0], mid=edges[..., 1], hi=edges[..., 2])


def _belief(random: np.random.Generator, person: Bools, count: Ints) -> Belief:
    limit = float(random.choice([0.35, 0.5, 0.8, 0.9]))
    if random.random() < 0.4:
        which = int(random.choice(np.flatnonzero(person)))
        weight = np.where(person, 0.0, random.choice([0.0, 0.5, 1.0], len(person))) / count[which]
        weight[which] = 1 / count[which]
        return Belief(gate=Gate.TOP_SUSPECT, weight=weight, limit=limit * 0.7, about="a group", count=int(count[which]))
    weight = random.choice([0.0, 0.0, 0.3, 0.7, 1.0], len(person))
    return Belief(
        gate=Gate.BELIEF,
        weight=weight,
        limit=limit,
        mid_limit=float(random.choice([np.inf, limit * 0.7])),
        about="a cell",
    )
