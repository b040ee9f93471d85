"""Is what the engine reports what a reader achieves? Ten thousand drawn worlds answer.

For each world the engine reports, from the case alone, how far a hostile reader could get. Then the truth
is drawn, readers guess, and reports are set against how often they were right, decile by decile.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

import attrs
import numpy as np

from tearline.domain import ABSENT
from tearline.exposure.account import suspicion
from tearline.exposure.envelope import Floats, belief, upper
from tearline.exposure.history import held as all_of
from tearline.exposure.history import in_order
from tearline.exposure.situation import Setting, settings
from tearline.exposure.worlds import Gate, best_tries
from tearline.sim import truth as real
from tearline.sim.counting import COUNTING, Counting
from tearline.sim.readers import FACTOR
from tearline.sim.traffic import HOSTILE, World
from tearline.sim.truth import Aim, Secret, Truth

BINS: Final = 10
SURE: Final = 0.05 / BINS
"""A decile is said to be under-reported if so many hits come this seldom by chance: at 95 % for ten together."""

NEARLY: Final = 1e-9
"""Chances that pass a report by no larger share are a matter of rounding."""


class Quantity(Enum):
    """What is reported, and then tried."""

    TOP = "first guess"
    TRIES = "three guesses"
    CELL = "the organisation"


class Guesser(Enum):
    """Who guesses."""

    KNOWS = "knows everybody's real access"
    BEST = "goes by our best points"
    WRONG = "goes by grades off by up to two"
    COUNTS = "intersects lists"
    STATISTICAL = "statistical disclosure"
    LEAKED = "knows real access, has only what leaked"


@attrs.frozen(eq=False, kw_only=True)
class Report:
    """What the engine reports of one world, each of shape ``(quantities,)``, in the order of the enum.

    Attributes:
        reported: The upper edge over the intervals and the whole sweep: what limits are kept against.
        box: The upper edge over the intervals, at the prior as written.
        point: The best point.
        cell: The organisation that is reported as most believed; -1: there is none, and its figures are NaN.
        aim: Whom it reports as most exposed, and at which point of the sweep.
    """

    reported: Floats
    box: Floats
    point: Floats
    cell: int
    aim: Aim


def report(world: World) -> Report:
    """Ask the engine, from the case alone."""
    case = world.case
    every = settings(case, HOSTILE, all_of(case, in_order(case)), ())
    uppers = np.array([_uppers(setting) for setting in every])
    cells = uppers.max(axis=0)[2:]
    cell = int(cells.argmax()) if len(cells) else -1
    chosen = [0, 1, 2 + cell]
    written = next(number for number, setting in enumerate(every) if setting.prior.written)
    if cell < 0:
        uppers, chosen = np.hstack([uppers, np.full((len(every), 1), np.nan)]), [0, 1, 2]
    return Report(
        reported=uppers.max(axis=0)[chosen],
        box=uppers[written][chosen],
        point=_points(every[written], cell),
        cell=cell,
        aim=_aim(every),
    )


def _aim(every: Sequence[Setting]) -> Aim:
    """The person most exposed at the upper edge, in whichever world of the sweep."""
    persons = [suspicion(setting.world, setting.before).hi for setting in every]
    worst = max(range(len(every)), key=lambda number: float(persons[number].max()))
    return Aim(group=int(persons[worst].argmax()), other=every[worst].prior.other)


def _cells(setting: Setting) -> list[Floats]:
    return [b.weight for b in setting.world.beliefs if b.gate is Gate.BELIEF and b.about.startswith("organisation:")]


def _uppers(setting: Setting) -> list[float]:
    world, mass = setting.world, setting.before
    persons = suspicion(world, mass).hi
    caught = best_tries(persons[world.person], world.count[world.person], world.tries)
    return [float(persons.max()), caught, *(upper(weight, mass.lo, mass.hi) for weight in _cells(setting))]


def _points(setting: Setting, cell: int) -> Floats:
    world, mass = setting.world, setting.before
    persons = suspicion(world, mass).mid
    caught = best_tries(persons[world.person], world.count[world.person], world.tries)
    sits = belief(_cells(setting)[cell], mass.mid) if cell >= 0 else np.nan
    return np.array([float(persons.max()), caught, sits])


@attrs.frozen(eq=False, kw_only=True)
class Trial:
    """Many worlds: what was reported, and who was right.

    Attributes:
        reported, box, point: Shape ``(worlds, quantities)``.
        hits: For each truth and guesser, whether the guess was right, shaped alike; NaN where there was
            nothing to guess.
        chance: For each truth how likely the reader who knows everybody's real access was to be right,
            shaped alike: no draw of the source in it, so no luck.
    """

    reported: Floats
    box: Floats
    point: Floats
    hits: Mapping[tuple[Truth, Guesser], Floats]
    chance: Mapping[Truth, Floats]


def trial(
    drawn: Iterable[World],
    seed: int,
    truths: Sequence[Truth] = real.DRAWN,
    ask: Callable[[World], Report] = report,
) -> Trial:
    """Let the engine report and readers guess, world by world.

    Args:
        ask: What reports; the engine, unless a test puts something worse in its place.
    """
    reports: list[Report] = []
    hits: dict[tuple[Truth, Guesser], list[list[float]]] = {}
    chance: dict[Truth, list[tuple[float, float, float]]] = {}
    for number, world in enumerate(drawn):
        said = ask(world)
        reports.append(said)
        for truth in truths:
            rng = np.random.default_rng([seed, number, list(Truth).index(truth)])
            found = _guesses(world, said, truth, rng)
            chance.setdefault(truth, []).append(found.chance)
            for guesser, right in found.right.items():
                hits.setdefault((truth, guesser), []).append(right)
    return Trial(
        reported=np.array([r.reported for r in reports]),
        box=np.array([r.box for r in reports]),
        point=np.array([r.point for r in reports]),
        hits={who: np.array(rows) for who, rows in hits.items()},
        chance={truth: np.array(rows) for truth, rows in chance.items()},
    )


@attrs.frozen(kw_only=True)
class _Guesses:
    """Of one world and one truth: who was right, and how likely the one who knows all was to be."""

    right: Mapping[Guesser, list[float]]
    chance: tuple[float, float, float]


def _guesses(world: World, said: Report, truth: Truth, rng: np.random.Generator) -> _Guesses:
    """Draw the truth; every guesser names one person, and three; the organisation is the reported one."""
    actual, aim = world, said.aim
    if truth in real.SINGLY:
        actual, aim = real.apart(world), real.first_of(world, aim)
    access, absent = real.access(actual, truth, aim, rng), real.absent(actual, truth, aim, rng)
    mass = real.prior(actual, truth, aim) * real.likelihood(actual, access, absent)
    secret = real.drawn(actual, mass, rng)
    sits = float(real.sits_in(actual, secret, said.cell)) if said.cell >= 0 else math.nan
    scores = {Guesser.KNOWS: real.suspicion(actual, mass)}
    if truth is Truth.MODEL:
        scores |= _others(world, access, absent, rng)
    return _Guesses(
        right={who: [*_right(actual, score, secret), sits] for who, score in scores.items()},
        chance=real.chance(actual, mass, said.cell),
    )


def _right(world: World, score: Floats, secret: Secret) -> list[float]:
    return [float(real.guessed(world, score, secret, tries)) for tries in (1, 3)]


def _others(world: World, access: Floats, absent: Floats, rng: np.random.Generator) -> dict[Guesser, Floats]:
    """How those who know less order the persons."""
    away = np.full(world.mid.shape, ABSENT.mid)
    wrong = np.clip(world.mid * FACTOR ** rng.uniform(-1, 1, world.mid.shape), 0.0, 1.0)
    leaked, rows = real.held(world), np.flatnonzero(world.leaked)
    likely = {
        Guesser.BEST: real.likelihood(world, world.mid, away),
        Guesser.WRONG: real.likelihood(world, wrong, away),
        Guesser.LEAKED: real.likelihood(leaked, access[rows], absent[rows]),
    }
    return {
        **{who: real.suspicion(world, world.prior * each) for who, each in likely.items()},
        Guesser.COUNTS: counted(world, COUNTING["intersection"]),
        Guesser.STATISTICAL: counted(world, COUNTING["statistical"]),
    }


def counted(world: World, count_by: Counting) -> Floats:
    """How a reader who counts lists orders the persons, shape ``(groups,)``; no persons come last."""
    people = world.count > 0
    on = real.lists(world)[:, people]
    score = np.full(len(people), -np.inf)
    score[people] = count_by(on, np.maximum(world.busy[people], 1.0), world.count[people])
    return score


# --- reliability --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Bin:
    """One decile of what was reported.

    Attributes:
        reported: Mean of what was reported.
        achieved: Share of guesses that were right.
        low, high: The 95 % interval of that share (Wilson).
        chance: P(so many hits or more), were each world's chance just what was reported.
    """

    worlds: int
    reported: float
    achieved: float
    low: float
    high: float
    chance: float

    @property
    def excess(self) -> float:
        """How much more was reported than achieved: sharpness is this being small."""
        return self.reported - self.achieved

    @property
    def under_reported(self) -> bool:
        """Whether significantly more was achieved than reported."""
        return self.chance < SURE

    @property
    def covers(self) -> bool:
        """Whether what was reported lies in the interval of what was achieved: two-sided."""
        return self.low <= self.reported <= self.high


def reliability(reported: Floats, right: Floats, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of equal size by what was reported, lowest first; worlds without a report are left out.

    Empty where there are too few.

    Args:
        reported: Shape ``(worlds,)``, in [0, 1].
        right: 1 where the guess was right, shaped alike.
    """
    there = np.isfinite(reported)
    reported, right = reported[there], right[there]
    if len(reported) < bins:
        return ()
    order = np.argsort(reported, kind="stable")
    return tuple(_bin(reported[some], right[some]) for some in np.array_split(order, bins))


def _bin(reported: Floats, right: Floats) -> Bin:
    size, hits, mean = len(reported), int(right.sum()), float(reported.mean())
    low, high = wilson(hits, size)
    return Bin(
        worlds=size,
        reported=mean,
        achieved=hits / size,
        low=low,
        high=high,
        chance=at_least(hits, size, mean),
    )


def wilson(hits: int, size: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference" (1927).

    >>> [round(edge, 3) for edge in wilson(5, 50)]
    [0.043, 0.214]
    """
    share, room = hits / size, z * z / size
    middle = (share + room / 2) / (1 + room)
    half = z * math.sqrt(share * (1 - share) / size + room / (4 * size)) / (1 + room)
    return max(0.0, middle - half), min(1.0, middle + half)


def at_least(hits: int, size: int, chance: float) -> float:
    """P(so many hits or more) among ``size`` independent trials of one chance, exactly.

    Where the chances differ and their mean is ``chance``, hits beyond the mean are no likelier than this
    (Hoeffding, "On the distribution of the number of successes in independent trials", 1956).

    >>> round(at_least(8, 10, 0.5), 4)
    0.0547
    """
    if hits <= 0 or chance >= 1:
        return 1.0
    if chance <= 0:
        return 0.0
    odds, logs = math.log(chance) - math.log1p(-chance), []
    for k in range(hits, size + 1):
        ways = math.lgamma(size + 1) - math.lgamma(k + 1) - math.lgamma(size - k + 1)
        logs.append(ways + k * odds + size * math.log1p(-chance))
    return min(1.0, math.exp(float(np.logaddexp.reduce(logs))))


def bend(reported: Floats, chance: Floats, bins: int = BINS) -> tuple[float, float]:
    """How far the promise bends, without the luck of the draw.

    Args:
        reported: Shape ``(worlds,)``; worlds without a report are left out.
        chance: How likely a reader was to be right, shaped alike.
    Returns:
        The most by which the mean chance of a decile passes the mean report, at least 0; and in what
        share of worlds the chance passes the report at all.
    """
    there = np.isfinite(reported)
    if not there.any():
        return 0.0, 0.0
    reported, chance = reported[there], chance[there]
    order = np.argsort(reported, kind="stable")
    beyond = chance - reported
    most = max(float(beyond[some].mean()) for some in np.array_split(order, bins))
    return max(0.0, most), float((beyond > NEARLY * reported).mean())


def right_about(tried: Trial, truth: Truth, guesser: Guesser, quantity: Quantity) -> Floats:
    """Who was right about one quantity, shape ``(worlds,)``."""
    found: Floats = tried.hits[truth, guesser][:, list(Quantity).index(quantity)]
    return found


def column(values: Floats, quantity: Quantity) -> Floats:
    """One quantity of ``(worlds, quantities)``."""
    found: Floats = values[:, list(Quantity).index(quantity)]
    return found


def joined(trials: Sequence[Trial]) -> Trial:
    """Several trials of the same truths and guessers as one."""
    return Trial(
        reported=np.concatenate([each.reported for each in trials]),
        box=np.concatenate([each.box for each in trials]),
        point=np.concatenate([each.point for each in trials]),
        hits={who: np.concatenate([each.hits[who] for each in trials]) for who in trials[0].hits},
        chance={truth: np.concatenate([each.chance[truth] for each in trials]) for truth in trials[0].chance},
    )
