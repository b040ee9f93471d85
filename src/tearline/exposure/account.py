"""The account of what a reader could work out: before and after, per secret, in words' reach.

A line is about one gate of one reader, worst over every way it may reason and every point of the
sweep, so its numbers are those that the gate sees.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import attrs
import numpy as np

from tearline.domain import Case, PartyId
from tearline.exposure.budgets import person_limits, protected
from tearline.exposure.envelope import Floats, belief, suspects_lower, suspects_upper
from tearline.exposure.situation import Setting
from tearline.exposure.worlds import (
    TOLERANCE,
    Belief,
    Gate,
    LogMass,
    Reached,
    World,
    best_tries,
    crowd_size,
    measure,
    member,
)


@attrs.frozen
class Estimate:
    """A belief: lower edge, best point, upper edge over the whole sweep.

    The best point is that of the prior as written.
    """

    lo: float
    mid: float
    hi: float


@attrs.frozen(kw_only=True)
class Line:
    """One gate of one reader.

    Attributes:
        about: What it concerns: ``group:…``, ``channel:…``, ``organisation:…``, ``secret:…``; for
            persons the group that is most suspected, or breaks its limit most; empty for the crowd, tries
            and investigation.
        before, after: Beliefs; for the crowd and the investigation, numbers of persons.
        budget: The limit as the case or the table sets it.
        allowed: The limit that holds: the budget, or what was reached before if that is worse.
        bits: How much this release adds, at the best point (log2 of after over before).
        bits_left: How much more could be added at the upper edge before the budget is reached.
        broken: Whether this release may not go because of it.
        over_before: Whether the budget was already passed before this release.
    """

    reader: PartyId
    gate: Gate
    about: str
    before: Estimate
    after: Estimate
    budget: float
    allowed: float
    bits: float
    bits_left: float
    broken: bool
    over_before: bool

    @property
    def used(self) -> float:
        """The share of the limit that is used after this release; above 1 where it is passed."""
        return self._share(self.after)

    @property
    def used_before(self) -> float:
        """The share of the limit that was used before it."""
        return self._share(self.before)

    def _share(self, reached: Estimate) -> float:
        if self.gate is Gate.CROWD:
            return self.allowed / reached.lo if reached.lo else 0.0
        return reached.hi / self.allowed if self.allowed else float(reached.hi > 0)


@attrs.frozen(eq=False, kw_only=True)
class Suspicion:
    """How far one reader suspects one member of each group, at one point of the sweep."""

    lo: Floats
    mid: Floats
    hi: Floats


def suspicion(world: World, mass: LogMass) -> Suspicion:
    """Belief in one person of each group, suspicion that reaches him through channels included."""
    each = {
        "lo": suspects_lower(world.count, mass.lo, mass.hi),
        "mid": np.exp(mass.mid - np.logaddexp.reduce(mass.mid)) / world.count,
        "hi": suspects_upper(world.count, mass.lo, mass.hi),
    }
    for limited in world.beliefs:
        if limited.gate is Gate.TOP_SUSPECT:
            which = member(world.person, limited)
            each["lo"][which] = mass.box.lower(limited.weight)
            each["mid"][which] = belief(limited.weight, mass.mid)
            each["hi"][which] = mass.box.upper(limited.weight)
    return Suspicion(**{edge: np.where(world.person, value, 0.0) for edge, value in each.items()})


@attrs.frozen(eq=False, kw_only=True)
class _State:
    """What is believed in one setting at one time."""

    world: World
    mass: LogMass

    @cached_property
    def suspicion(self) -> Suspicion:
        return suspicion(self.world, self.mass)


@attrs.frozen(eq=False, kw_only=True)
class _Moment:
    """One setting before and after, with its gates measured after."""

    setting: Setting
    before: _State
    after: _State
    reached: tuple[Reached, ...]

    @property
    def world(self) -> World:
        return self.setting.world

    @property
    def states(self) -> tuple[_State, _State]:
        return self.before, self.after


def account(case: Case, settings: Sequence[Setting], options: tuple[int, ...]) -> tuple[Line, ...]:
    """The lines of one reader for one choice of versions.

    Args:
        settings: All settings of one reader (every mind, every point of the sweep).
        options: The chosen option of every block.
    """
    reader = settings[0].mind.reader
    limits = person_limits(case, reader)
    moments = [_moment(setting, options) for setting in settings]
    lines = [_top_suspect(reader, moments, limits.top_suspect)]
    for limited in _every_belief(case, settings):
        lines.append(_belief(reader, moments, limited))
    lines.append(_count(reader, moments, Gate.CROWD, limits.crowd, _crowd, min))
    lines.append(_count(reader, moments, Gate.TRIES, limits.tries_limit, _caught, max))
    lines.append(_count(reader, moments, Gate.INVESTIGATION, limits.newly, _above, max))
    return tuple(lines)


def _moment(setting: Setting, options: tuple[int, ...]) -> _Moment:
    world = setting.world
    before, after = _State(world=world, mass=setting.before), _State(world=world, mass=world.mass(options))
    return _Moment(setting=setting, before=before, after=after, reached=measure(world, after.mass))


def _top_suspect(reader: PartyId, moments: Sequence[_Moment], budget: float) -> Line:
    """The line of the most suspected group; where a limit is broken, of the group that breaks it most."""
    found = [_most_suspected(moment) for moment in moments]
    broken = any(reached.broken for _, reached in found)
    _, worst = max(found, key=lambda each: each[1].load if broken else each[1].reached)
    return _line(
        reader,
        Gate.TOP_SUSPECT,
        f"group:{worst.about}",
        (_suspected(moments, found, 0), _suspected(moments, found, 1)),
        budget,
        [reached for _, reached in found],
    )


def _most_suspected(moment: _Moment) -> tuple[int, Reached]:
    """The most suspected class, or the one that breaks its limit most; and how far it has come."""
    world = moment.world
    now, limit = moment.after.suspicion.hi, world.limit.copy()
    for limited in world.beliefs:
        if limited.gate is Gate.TOP_SUSPECT:
            limit[member(world.person, limited)] = limited.limit
    load = now / limit
    which = int((load if load.max() > 1 + TOLERANCE else now).argmax())
    about = moment.setting.mind.groups[which].id
    reached, allowed = float(now[which]), float(limit[which])
    return which, Reached(gate=Gate.TOP_SUSPECT, about=about, reached=reached, limit=allowed, load=reached / allowed)


def _suspected(moments: Sequence[_Moment], found: Sequence[tuple[int, Reached]], when: int) -> Estimate:
    """The suspicion of one member of the class found in each setting, before (0) or after (1)."""
    each = []
    for moment, (which, _) in zip(moments, found, strict=True):
        now = moment.states[when].suspicion
        each.append(Estimate(float(now.lo[which]), float(now.mid[which]), float(now.hi[which])))
    written = [e.mid for m, e in zip(moments, each, strict=True) if m.setting.prior.written]
    return Estimate(min(e.lo for e in each), max(written), max(e.hi for e in each))


def _every_belief(case: Case, settings: Sequence[Setting]) -> list[Belief]:
    """Every protected belief of any way of reasoning, with its budget as written, named once."""
    named: dict[str, Belief] = {}
    for mind in {id(s.mind): s.mind for s in settings}.values():
        for limited in protected(case, mind):
            if limited.gate is Gate.BELIEF:
                named.setdefault(limited.about, limited)
    return list(named.values())


def _belief(reader: PartyId, moments: Sequence[_Moment], limited: Belief) -> Line:
    here = [(m, b.weight) for m in moments for b in m.world.beliefs if b.about == limited.about]
    estimates = [
        Estimate(
            min(m.states[when].mass.box.lower(q) for m, q in here),
            max(belief(q, m.states[when].mass.mid) for m, q in here if m.setting.prior.written),
            max(m.states[when].mass.box.upper(q) for m, q in here),
        )
        for when in (0, 1)
    ]
    found = [r for m, _ in here for r in m.reached if r.about == limited.about]
    return _line(reader, Gate.BELIEF, limited.about, (estimates[0], estimates[1]), limited.limit, found)


def _count(
    reader: PartyId,
    moments: Sequence[_Moment],
    gate: Gate,
    budget: float,
    number: Callable[[_State], float],
    worst: Callable[[Iterable[float]], float],
) -> Line:
    before, after = ([number(m.states[when]) for m in moments] for when in (0, 1))
    written = [m.setting.prior.written for m in moments]
    found = [r for m in moments for r in m.reached if r.gate is gate]
    estimates = tuple(
        Estimate(min(v), worst(x for x, w in zip(v, written, strict=True) if w), max(v)) for v in (before, after)
    )
    return _line(reader, gate, "", (estimates[0], estimates[1]), budget, found)


def _crowd(state: _State) -> float:
    return crowd_size(state.world, state.mass)


def _caught(state: _State) -> float:
    world = state.world
    return best_tries(state.suspicion.hi[world.person], world.count[world.person], world.tries)


def _above(state: _State) -> float:
    world = state.world
    above = state.suspicion.hi > world.threshold * (1 + TOLERANCE)
    return int(world.count[above & world.person].sum())


def _line(
    reader: PartyId,
    gate: Gate,
    about: str,
    moments: tuple[Estimate, Estimate],
    budget: float,
    found: Sequence[Reached],
) -> Line:
    before, after = moments
    is_crowd = gate is Gate.CROWD
    return Line(
        reader=reader,
        gate=gate,
        about=about,
        before=before,
        after=after,
        budget=budget,
        allowed=(max if is_crowd else min)((r.limit for r in found if r.gate is gate), default=budget),
        bits=_bits(before.mid, after.mid),
        bits_left=_bits(budget, after.lo) if is_crowd else _bits(after.hi, budget),
        broken=any(r.broken for r in found),
        over_before=before.lo < budget if is_crowd else before.hi > budget * (1 + TOLERANCE),
    )


def _bits(smaller: float, larger: float) -> float:
    if smaller <= 0 or larger <= 0:
        return 0.0
    return math.log2(larger / smaller)
