"""Suspects: every limit of a world as one inequality that can be bounded block by block.

A limit says ``sum(q * mass) <= limit * sum(mass)`` at the worst vertex of the box: classes with ``q``
above the limit at their upper edge, all others at their lower edge. So with ``p = q - limit`` on the
*accused* and ``d = limit - q`` on the *rivals* a text is inside the limit iff::

    sum over accused of p * hi   <=   sum over rivals of d * lo

One accused class: divide by its side, and the rivals' side becomes a sum of products over blocks.
Several accused: the weighted mean inequality says ``sum(p * hi) >= prod((p * hi / w) ** w)`` for any
weights ``w`` that sum to 1, equality where ``w`` is each one's share; that, too, is a product over
blocks. A suspect therefore is a table of ratios (option by rival) and a start: the text can only be
inside the limit if ``sum over rivals of start * product of ratios >= 1``. Ratios are scaled so that the
largest of each block is 1; then leaving a block out bounds every choice in it.

The crowd has the same form: persons at least half as likely as the suspect must be many, and each
such person counts for at most twice its likelihood ratio. Here each rival counts in full or not at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import attrs
import numpy as np
import numpy.typing as npt

from tearline.exposure.envelope import Floats, Ints, belief, suspects_upper, upper
from tearline.exposure.worlds import Belief, Gate, LogMass, World, crowd_size, member

SLACK = 1e-9
"""Limits are widened by this much where bounds are taken, so that rounding never prunes what may go."""

SMALLEST_RATIO = 1e-37
"""Ratios are kept in single precision; smaller ones are raised to this, which only weakens a bound."""

LARGEST_START = 1e290

Singles = npt.NDArray[np.float32]


@attrs.frozen(eq=False, kw_only=True)
class Accusation:
    """Who would be exposed, before any limit is put to it.

    Attributes:
        gate: Which gate it belongs to.
        which: The class or the index in ``World.beliefs`` that it is about; -1 for a set of persons.
        weight: ``q``, shape ``(classes,)``.
        blend: Weights of the mean, shape ``(classes,)``, sum 1, positive only on the accused.
        best_point: Whether it is measured at best points rather than at the edges of the box.
    """

    gate: Gate
    which: int
    weight: Floats
    blend: Floats
    best_point: bool = False

    @property
    def name(self) -> bytes:
        """Two accusations with the same name are the same."""
        said = blake2b(repr((self.gate.value, self.which, self.best_point)).encode(), digest_size=16)
        said.update(self.weight.tobytes())
        said.update(self.blend.tobytes())
        return said.digest()


@attrs.frozen(eq=False, kw_only=True)
class Suspect:
    """One inequality that every text inside the limits fulfils.

    Attributes:
        ratio: Shape ``(rows, classes)``, one row for each option of each block, in [0, 1].
        start: Shape ``(classes,)``: the sum over it times one ratio per block must reach 1.
        whole: For a crowd: what each rival counts if it counts at all; else ``None``.
    """

    ratio: Singles
    start: Floats
    whole: Floats | None = None


def person_limits(world: World, load_limit: float) -> Floats:
    """The largest upper belief in one member that any single gate leaves to each class of persons.

    From G1; from G4, because as many members as can be investigated share one belief; from G3, where
    the class has more members than may newly cross the threshold. Infinite for other classes.
    """
    limit = world.limit * load_limit
    if world.tries and _catches(world, load_limit):
        limit = np.minimum(limit, world.tries_limit * load_limit / np.minimum(world.tries, world.count))
    barred = ~world.crossed & (world.count > world.newly * load_limit)
    limit = np.where(barred, np.minimum(limit, world.threshold), limit)
    return np.where(world.person, limit, np.inf)


def _catches(world: World, load_limit: float) -> bool:
    """Whether G4 is in force: a limit of 1 switches it off, however small the load."""
    return world.tries_limit < 1 and world.tries_limit * load_limit < 1


def limit_of(world: World, accusation: Accusation, load_limit: float) -> float:
    """The limit on the fraction of mass that is accused, at the given largest load."""
    if accusation.gate is Gate.TOP_SUSPECT:
        return float(person_limits(world, load_limit)[accusation.which])
    if accusation.gate is Gate.TRIES:
        return world.tries_limit * load_limit
    if accusation.best_point:
        return world.beliefs[accusation.which].mid_limit * load_limit
    return belief_limit(world, accusation.which, load_limit)


def belief_limit(world: World, which: int, load_limit: float) -> float:
    """The limit on a belief; where it falls upon persons it must also pass the gates that count them."""
    limited = world.beliefs[which]
    if not limited.count:
        return limited.limit * load_limit
    return min(limited.limit * load_limit, float(person_limits(world, load_limit)[member(world.person, limited)]))


def accusations(world: World, mass: LogMass, load_limit: float) -> Iterator[Accusation]:
    """Everybody whom the text that led to ``mass`` exposes beyond a limit, the worst one per gate."""
    direct = suspects_upper(world.count, mass.lo, mass.hi)
    load = direct / person_limits(world, load_limit)
    worst = int(load.argmax())
    if load[worst] > 1:
        yield _person(world, worst)
    suspicion = np.where(world.person, direct, 0.0)
    for which, limited in enumerate(world.beliefs):
        value, limit = upper(limited.weight, mass.lo, mass.hi), belief_limit(world, which, load_limit)
        if limited.count:
            whom = member(world.person, limited)
            suspicion[whom] = max(suspicion[whom], value)
        if value > limit:
            yield _believed(limited, which, _shares(limited.weight - limit, mass.hi))
        if limited.mid_limit < 1 and belief(limited.weight, mass.mid) > (limit := limited.mid_limit * load_limit):
            yield _believed(limited, which, _shares(limited.weight - limit, mass.mid), best_point=True)
    through_channels = any(limited.count for limited in world.beliefs)
    if world.crowd and not through_channels and crowd_size(world, mass) * load_limit < world.crowd:
        yield leader(world, mass)
    if _catches(world, load_limit):
        weight = _caught(world, suspicion)
        if weight @ suspicion > world.tries_limit * load_limit:
            blend = _shares(np.maximum(weight - world.tries_limit * load_limit, 0), mass.hi)
            yield Accusation(gate=Gate.TRIES, which=-1, weight=weight, blend=blend)


def leader(world: World, mass: LogMass) -> Accusation:
    """The most likely person at the best point, whom a crowd must surround."""
    each = np.where(world.person, mass.mid - np.log(world.count), -np.inf)
    return attrs.evolve(_person(world, int(each.argmax())), gate=Gate.CROWD, best_point=True)


def _person(world: World, which: int) -> Accusation:
    alone = np.zeros(world.count.shape)
    alone[which] = 1.0
    return Accusation(gate=Gate.TOP_SUSPECT, which=which, weight=alone / world.count[which], blend=alone)


def _believed(limited: Belief, which: int, blend: Floats, *, best_point: bool = False) -> Accusation:
    return Accusation(gate=Gate.BELIEF, which=which, weight=limited.weight, blend=blend, best_point=best_point)


def _caught(world: World, suspicion: Floats) -> Floats:
    """The share of each class that is investigated when the most suspected are."""
    weight, left = np.zeros(world.count.shape), world.tries
    for which in np.argsort(-suspicion, kind="stable"):
        taken = min(left, int(world.count[which])) if world.person[which] else 0
        weight[which] = taken / world.count[which]
        left -= taken
        if not left:
            break
    return weight


def _shares(weight: Floats, log_mass: Floats) -> Floats:
    mass: Floats = np.maximum(weight, 0.0) * np.exp(log_mass - log_mass.max())
    total = float(mass.sum())
    return mass / total if total > 0 else mass


@attrs.frozen(eq=False, kw_only=True)
class Ratios:
    """What of a suspect does not depend on the limit: the table, and the logarithm of its start."""

    table: Singles
    log_start: Floats


def ratios(world: World, accusation: Accusation, starts: Ints) -> Ratios:
    """The table of a suspect: rivals' lower edges against the accused's (mean) upper edge.

    Args:
        starts: The first row of each block in the table.
    """
    point, blend = accusation.best_point, accusation.blend
    table = np.concatenate([block.mid if point else block.lo for block in world.blocks])
    accused = blend > 0
    own = np.concatenate([(block.mid if point else block.hi)[:, accused] @ blend[accused] for block in world.blocks])
    table -= own[:, None]
    peak = np.maximum.reduceat(table, starts, axis=0)
    table -= np.repeat(peak, np.diff(starts, append=len(table)), axis=0)
    np.exp(table, out=table)
    np.maximum(table, SMALLEST_RATIO, out=table)
    hi, lo = (world.base.mid, world.base.mid) if point else (world.base.hi, world.base.lo)
    log_accused = float(blend[accused] @ (hi[accused] - np.log(blend[accused])))
    return Ratios(table=table.astype(np.float32), log_start=lo + peak.sum(axis=0) - log_accused)


def suspect(world: World, accusation: Accusation, known: Ratios, load_limit: float) -> Suspect | None:
    """Put the limit to an accusation.

    Returns:
        ``None`` where the limit cannot be broken, or nothing can be proved in this way.
    """
    accused = accusation.blend > 0
    if not accused.any():
        return None
    if accusation.gate is Gate.CROWD:
        return _crowd(world, accusation, known, load_limit)
    limit = limit_of(world, accusation, load_limit) * (1 + SLACK)
    over = accusation.weight[accused] - limit
    if not (over > 0).all():
        return None
    rivals = np.maximum(limit - accusation.weight, 0.0)
    shift = float(accusation.blend[accused] @ np.log(over))
    start = _start(known.log_start - shift, rivals)
    return None if start is None else Suspect(ratio=known.table, start=start)


def _crowd(world: World, accusation: Accusation, known: Ratios, load_limit: float) -> Suspect | None:
    own = int(world.count[accusation.which])
    missing = world.crowd / (load_limit * (1 + SLACK)) - own
    if missing <= 0:
        return None
    rivals = np.where(world.person & (accusation.blend == 0), 1.0, 0.0)
    start = _start(known.log_start + math.log(2 * own / missing), rivals)
    whole = rivals * world.count / missing
    return None if start is None else Suspect(ratio=known.table, start=start, whole=whole)


def _start(log_start: Floats, rivals: Floats) -> Floats | None:
    counted = rivals > 0
    log_start = np.where(counted, log_start, -np.inf)
    if not np.all(log_start < math.log(LARGEST_START)):
        return None
    return np.exp(log_start) * rivals


def starts_of(sizes: Sequence[int]) -> Ints:
    """The first row of each block when all options stand in one column."""
    return np.concatenate([[0], np.cumsum(sizes[:-1])]).astype(np.int64)
