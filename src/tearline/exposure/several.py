"""The gates for a reader in doubt whether one source or several stand behind what it has read.

It is asked only about texts after which it holds claims that no one source of ours is behind: then such
doubt is reasonable. What it believes of anybody is that he is behind *any* of it, in a
:class:`~tearline.exposure.linkage.Mixture`. That does not fall apart into a factor for each claim, so
whole texts are measured, never half-chosen ones.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, GroupKind, PartyId
from tearline.domain.defaults import SEVERAL_SOURCES
from tearline.exposure.budgets import PersonLimits, counts, person_limits, persons, protected, steps
from tearline.exposure.candidates import Mind, minds, priors
from tearline.exposure.envelope import Floats
from tearline.exposure.likelihood import Telling, View, events, log_event
from tearline.exposure.linkage import MOST_PIECES, Mixture
from tearline.exposure.pieces import doubtful
from tearline.exposure.readings import Reading, has_several
from tearline.exposure.worlds import TOLERANCE, Belief, Gate, LogMass, Reached, best_tries

MOST_STEPS = 6e9
"""Steps that one text may take for one reader: minutes, where there are many pieces and many groups."""


@attrs.frozen(eq=False, kw_only=True)
class Moment:
    """What a reader in doubt believes at one time, at one point of its sweeps.

    Attributes:
        mid, hi: P(behind any of it) of one member of each group, suspicion through channels included, at
            the best point and at most; shape ``(groups,)``, 0 where a group is no persons.
        beliefs_mid, beliefs_hi: The same for every protected belief, in their order.
    """

    mid: Floats
    hi: Floats
    beliefs_mid: Floats
    beliefs_hi: Floats


Items = tuple[tuple[ClaimId, tuple[Telling, ...]], ...]
"""A view as something to look up."""


@attrs.frozen(eq=False, kw_only=True)
class Doubts:
    """One reader in doubt, before and after any text, with everything remembered that was worked out.

    Attributes:
        past: What it holds before, as it takes it.
        reading: How it takes what it is told.
    """

    case: Case
    reader: PartyId
    past: View
    reading: Reading
    _known: dict[Items, tuple[Moment, ...]] = attrs.field(factory=dict, init=False)

    def reached(self, view: View) -> tuple[Reached, ...]:
        """Every gate, for every way to reason and every point of the sweeps, once ``view`` is held.

        Empty where there is nothing to doubt, or where it would take more than :data:`MOST_STEPS` or
        :data:`~tearline.exposure.linkage.MOST_PIECES` (see :func:`is_untried`).
        """
        if not is_doubtful(self.case, view) or is_untried(self.case, self.reader, view):
            return ()
        before, after = self._moments(self.past), self._moments(view)
        whose = [mind for mind in minds(self.case, self.reader) for _ in range(_points(mind))]
        return tuple(
            found for mind, *both in zip(whose, before, after, strict=True) for found in _gates(self.case, mind, *both)
        )

    def is_new(self, view: View) -> bool:
        """Whether ``view`` has not been worked out yet."""
        return tuple(view.items()) not in self._known

    def _moments(self, view: View) -> tuple[Moment, ...]:
        key = tuple(view.items())
        if key not in self._known:
            self._known[key] = tuple(_moments(self.case, self.reader, view))
        return self._known[key]


def is_doubtful(case: Case, view: View) -> bool:
    """Whether a reader that holds ``view`` holds several pieces that rest on several sources."""
    return has_several(case, view) and len(events(case, view)) > 1


def is_untried(case: Case, reader: PartyId, view: View) -> bool:
    """Whether ``view`` is doubtful and has too many pieces to be taken apart."""
    if not is_doubtful(case, view):
        return False
    return len(events(case, view)) > MOST_PIECES or steps_for(case, reader, view) > MOST_STEPS


def steps_for(case: Case, reader: PartyId, view: View) -> float:
    """About how many steps it takes to work out what ``reader`` believes once it holds ``view``."""
    each = sum(_points(mind) * (3 * len(_queries(case, mind)) + 1) for mind in minds(case, reader))
    return float(each * 3 ** len(events(case, view)))


def _points(mind: Mind) -> int:
    return len(priors(mind.groups)) * len(SEVERAL_SOURCES)


def _moments(case: Case, reader: PartyId, view: View) -> Iterator[Moment]:
    for every in minds(case, reader):
        mind = attrs.evolve(every, doubts=frozenset(doubtful(case, every)))
        together = events(case, view)
        rows = [log_event(case, mind, {c: view[c] for c in claims}) for claims in together]
        rows = rows or [log_event(case, mind, {})]  # before anything was told there is the prior
        for prior in priors(mind.groups):
            for concentration in SEVERAL_SOURCES:
                yield _moment(case, mind, np.exp(prior.log_mass), rows, concentration)


def _moment(case: Case, mind: Mind, prior: Floats, rows: list[LogMass], concentration: float) -> Moment:
    queries = _queries(case, mind)
    lo, mid, hi = (np.array([getattr(row, edge) for row in rows]) for edge in ("lo", "mid", "hi"))
    arrays = (prior, counts(mind).astype(np.float64), lo, mid, hi, queries)
    best, most = _worked_out(concentration, tuple((array.shape, array.tobytes()) for array in arrays))
    is_person = persons(mind)
    mids, his = np.zeros(len(is_person)), np.zeros(len(is_person))
    mids[is_person], his[is_person] = best[: is_person.sum()], most[: is_person.sum()]
    return Moment(mid=mids, hi=his, beliefs_mid=best[is_person.sum() :], beliefs_hi=most[is_person.sum() :])


@functools.lru_cache(maxsize=1_000)
def _worked_out(concentration: float, arrays: tuple[Packed, ...]) -> tuple[Floats, Floats]:
    """Beliefs at the best point and at most, for each query; readers who reason alike are worked out once."""
    prior, count, lo, mid, hi, queries = (np.frombuffer(held).reshape(shape) for shape, held in arrays)
    pieces = LogMass(lo=lo, mid=mid, hi=hi)
    mixture = Mixture(prior=prior, count=count.astype(np.int64), pieces=pieces, concentration=concentration)
    return mixture.beliefs(queries), mixture.uppers(queries)


Packed = tuple[tuple[int, ...], bytes]
"""An array of numbers: its shape and its bytes."""


def _queries(case: Case, mind: Mind) -> Floats:
    """One member of each group of persons, with what leads to him; then every protected belief."""
    members = [
        np.array([float(other is group) or other.via.get(group.id, 0.0) for other in mind.groups]) / group.count
        for group in mind.groups
        if group.kind is GroupKind.PERSONS
    ]
    return np.array([*members, *(limited.weight for limited in _protected(case, mind))])


def _protected(case: Case, mind: Mind) -> list[Belief]:
    return [limited for limited in protected(case, mind) if limited.gate is Gate.BELIEF]


def _gates(case: Case, mind: Mind, before: Moment, after: Moment) -> Iterator[Reached]:
    """Every gate: what was already over stands where it was, and must not get worse."""
    limits, number = person_limits(case, mind.reader), counts(mind)
    for index, group in enumerate(mind.groups):
        if group.kind is GroupKind.PERSONS:
            limit = max(limits.top_suspect, float(before.hi[index]))
            yield _reached(Gate.TOP_SUSPECT, f"group:{group.id}", float(after.hi[index]), limit)
    yield from _beliefs(case, mind, before, after)
    crowd = min(limits.crowd, _crowd(mind, before))
    if crowd:
        found = _crowd(mind, after)
        yield Reached(gate=Gate.CROWD, about="", reached=found, limit=crowd, load=crowd / found if found else math.inf)
    caught = [best_tries(moment.hi, number, limits.tries) for moment in (before, after)]
    allowed = max(limits.tries_limit, caught[0])
    if allowed < 1:
        yield _reached(Gate.TRIES, "", caught[1], allowed)
    yield _investigated(mind, limits, before, after)


def _beliefs(case: Case, mind: Mind, before: Moment, after: Moment) -> Iterator[Reached]:
    factor = 2 ** steps(case)
    for index, limited in enumerate(_protected(case, mind)):
        limit = max(limited.limit, float(before.beliefs_hi[index]))
        yield _reached(Gate.BELIEF, limited.about, float(after.beliefs_hi[index]), limit)
        jump = float(before.beliefs_mid[index]) * factor
        if jump < 1:
            yield _reached(Gate.STEP, limited.about, float(after.beliefs_mid[index]), jump)


def _crowd(mind: Mind, moment: Moment) -> int:
    """Persons at least half as suspected, at the best point, as the most suspected one."""
    alike = moment.mid >= moment.mid.max() / 2 * (1 - TOLERANCE)
    return int(counts(mind)[alike & persons(mind)].sum())


def _investigated(mind: Mind, limits: PersonLimits, before: Moment, after: Moment) -> Reached:
    pays = limits.threshold * (1 + TOLERANCE)
    newly = int(counts(mind)[(after.hi > pays) & (before.hi <= pays)].sum())
    load = 0.0 if newly == 0 else (newly / limits.newly if limits.newly else math.inf)
    return Reached(gate=Gate.INVESTIGATION, about="", reached=newly, limit=limits.newly, load=load)


def _reached(gate: Gate, about: str, value: float, limit: float) -> Reached:
    load = value / limit if limit > 0 else (math.inf if value > 0 else 0.0)
    return Reached(gate=gate, about=about, reached=value, limit=limit, load=load)
