"""Readers who hunt the source of a case, each with arithmetic of its own.

All hold everything that was told, from the first release on, and keep every candidate. What differs is
the model: how sure it is of who knew what, whether it weighs or counts, and whether it knows the method.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

import attrs
import numpy as np

from tearline.domain import ACCESS_FLOOR, Case, ClaimId, GroupId
from tearline.exposure.account import suspicion
from tearline.exposure.candidates import Mind
from tearline.exposure.envelope import Bools, Floats, belief, upper
from tearline.exposure.likelihood import Telling, View, access, access_to_all, attendance, events, log_together
from tearline.exposure.situation import Setting, settings
from tearline.exposure.worlds import Gate, member
from tearline.sim.counting import CLOSE, COUNTING, Counting

KNOWS: Final = 0.1
"""Who has at least this access, at the best point, is on the list of a reader who only counts lists."""

MODELS: Final = 200
"""So many wrong models are drawn."""

FACTOR: Final = 2.0
"""Every grade of a wrong model is off by up to this factor, up or down."""

SEED: Final = 1985


class Attacker(Enum):
    """How a reader hunts."""

    TRUE = "true model"
    WRONG = "wrong model"
    INTERSECTION = "intersection"
    STATISTICAL = "statistical disclosure"
    PATIENT = "unlimited patience"
    TEARLINE = "runs Tearline"


@attrs.frozen(eq=False, kw_only=True)
class Told:
    """What a reader holds, and one way in which it may reason about it.

    Attributes:
        settings: Its worlds, one for each point of the sweep, with ``view`` as their past.
        ruled_out: Groups for whom other words would have been chosen; only who knows the method uses it.
    """

    case: Case
    mind: Mind
    view: View
    settings: tuple[Setting, ...]
    ruled_out: frozenset[GroupId] = frozenset()

    @classmethod
    def of(cls, case: Case, mind: Mind, view: View, ruled_out: frozenset[GroupId] = frozenset()) -> Told:
        """Take ``view`` as all that the reader holds."""
        every = settings(case, mind.reader, view, ())
        own = tuple(s for s in every if s.mind.borrowed_from == mind.borrowed_from and not s.mind.truth)
        return cls(case=case, mind=mind, view=view, settings=own, ruled_out=ruled_out)

    @property
    def written(self) -> Setting:
        """The world under the prior as the case states it."""
        return next(s for s in self.settings if s.prior.written)


@attrs.frozen(eq=False, kw_only=True)
class Standing:
    """How far a hunt has come, in every model that the reader may have.

    Attributes:
        person: Belief in one person of each group; shape ``(models, groups)``, 0 for what is no person.
        score: By what the reader orders persons, shaped alike; it looks into the highest first.
        belief: For each protected belief the reader's own, shape ``(models,)``; a reader who counts
            lists has none about channels.
        enough: In what share of the models something must be found to count as found, above 0.
    """

    person: Floats
    score: Floats
    belief: Mapping[str, Floats]
    enough: float

    def reached(self, beliefs: Floats) -> float:
        """The belief that enough of the models reach, from ``beliefs`` of shape ``(models,)``."""
        return float(np.sort(beliefs)[::-1][math.ceil(self.enough * len(beliefs) - CLOSE) - 1])

    def looks(self, count: Floats, group: int) -> Floats:
        """How many persons the reader looks into until it has seen all of ``group``, shape ``(models,)``.

        Whoever is tied with the group may come before it.
        """
        own = self.score[:, group][:, None]
        before = (self.score >= own - CLOSE * np.abs(own)) & (self.person > 0)
        before[:, group] = True
        found: Floats = before @ count
        return found


Hunter = Callable[[Told], Standing]


def true_model(told: Told) -> Standing:
    """Every grade is what we take it for at the best point, and so is the prior."""
    return _at(told, told.written.before.mid[None])


def runs_tearline(told: Told) -> Standing:
    """The true model, and whoever would have led to other words is ruled out."""
    out = np.array([g.id in told.ruled_out for g in told.mind.groups])
    mid = told.written.before.mid
    return _at(told, np.where(out & ~out.all(), -np.inf, mid)[None])


def wrong_model(told: Told) -> Standing:
    """Each grade off by a factor drawn between 1/2 and 2, :data:`MODELS` times; most must find it.

    The factor is the same for all versions of a claim, so that whoever knew the more exact one still
    knew the vaguer one.
    """
    case, mind = told.case, told.mind
    factor = _factors(case, mind)
    mass = np.tile(told.written.prior.log_mass, (MODELS, 1))
    for together in events(case, told.view):
        rows = [_spread(_grades(told, claim) * factor[claim]) for claim in together]
        there = attendance(case, mind, case.claim(together[0]))
        there = None if there is None else np.tile(there, MODELS)
        mass = mass + log_together(rows, there)[1].reshape(mass.shape)
    return attrs.evolve(_at(told, mass), enough=0.5)


def _factors(case: Case, mind: Mind) -> dict[ClaimId, Floats]:
    """By what every grade is multiplied, by claim, shape ``(models, groups)``; the order of a file has no part."""
    rng = np.random.default_rng(SEED)
    by_name = np.argsort(np.argsort([group.id for group in mind.groups]))
    return {
        claim: (FACTOR ** rng.uniform(-1.0, 1.0, (MODELS, len(by_name))))[:, by_name]
        for claim in sorted(claim.id for claim in case.claims)
    }


def _grades(told: Told, claim: ClaimId) -> Floats:
    """Access of each group to what was told of ``claim``, at the best point."""
    found: Floats = access_to_all(told.case, told.mind, told.case.claim(claim), told.view[claim])[1]
    return found


def _spread(grades: Floats) -> Floats:
    """Grades of shape ``(models, groups)`` as three equal edges of one long row."""
    return np.tile(np.clip(grades, ACCESS_FLOOR, 1.0).reshape(-1), (3, 1))


def _at(told: Told, mass: Floats) -> Standing:
    """Where log masses of shape ``(models, groups)`` lead under the written prior."""
    world = told.written.world
    share = np.exp(mass - np.logaddexp.reduce(mass, axis=1, keepdims=True))
    person = np.where(world.person, share / world.count, 0.0)
    for limited in world.beliefs:
        if limited.gate is Gate.TOP_SUSPECT:
            person[:, member(world.person, limited)] = share @ limited.weight
    found = {limited.about: share @ limited.weight for limited in world.beliefs if limited.gate is Gate.BELIEF}
    return Standing(person=person, score=person, belief=found, enough=1.0)


def unlimited_patience(told: Told) -> Standing:
    """In time it learns whatever our intervals leave open: any value inside them, any prior of the sweep.

    It finds what it could find under the best of these: that is what the limits are kept against. It looks
    into persons in the order of the best points.
    """
    person = np.array([suspicion(setting.world, setting.before).hi for setting in told.settings])
    found: dict[str, list[float]] = {}
    for setting in told.settings:
        for limited in setting.world.beliefs:
            if limited.gate is Gate.BELIEF:
                reached = upper(limited.weight, setting.before.lo, setting.before.hi)
                found.setdefault(limited.about, []).append(reached)
    return Standing(
        person=person,
        score=np.repeat(true_model(told).score, len(person), axis=0),
        belief={about: np.array(each) for about, each in found.items()},
        enough=1 / len(person),
    )


def counts_lists(count_by: Counting) -> Hunter:
    """Hard lists of who knew: suspicion is shared equally among those with the highest score.

    Such a reader takes it for granted that a person talked, and asks nothing about channels.
    """

    def hunter(told: Told) -> Standing:
        world = told.written.world
        lists, common = _lists(told), _common(told)
        people = world.person
        score = np.full(len(people), -np.inf)
        if lists.any() and common[people].any():
            score[people] = count_by(lists[:, people], common[people], world.count[people])
        else:
            score[people] = 0.0
        top = score >= score.max() - CLOSE
        mass = np.where(top, np.log(world.count), -np.inf)
        person = np.where(people, np.exp(mass - np.logaddexp.reduce(mass)) / world.count, 0.0)
        shifted = np.where(people, score - score[people].min() + 1.0, 0.0)
        found = {
            b.about: np.array([belief(b.weight, mass)])
            for b in world.beliefs
            if b.gate is Gate.BELIEF and b.weight[people].any()
        }
        place = np.where(people, shifted, 0.0)[None]
        return Standing(person=_kept(person, people), score=place, belief=found, enough=1.0)

    return hunter


def _kept(person: Floats, people: Bools) -> Floats:
    """Persons whom the score leaves behind are believed almost nothing, but stay on the list."""
    return np.where(people, np.maximum(person, np.finfo(np.float64).tiny), 0.0)[None]


def _lists(told: Told) -> Bools:
    """Who could have yielded all that was told of each event, shape ``(events, groups)``."""
    rows = [
        np.min([_grades(told, claim) for claim in together], axis=0) >= KNOWS
        for together in events(told.case, told.view)
    ]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(told.mind.groups))


def _common(told: Told) -> Floats:
    """How many claims of the case each group could have yielded in some wording: how busy it is."""
    today = told.case.as_of or dt.date.min
    vaguest = ((claim, Telling(len(claim.versions) - 1, today)) for claim in told.case.claims)
    near = [access(told.case, told.mind, claim, telling)[1] >= KNOWS for claim, telling in vaguest]
    found: Floats = np.sum(near, axis=0).astype(np.float64)
    return found


HUNTERS: Final[Mapping[Attacker, Hunter]] = {
    Attacker.TRUE: true_model,
    Attacker.WRONG: wrong_model,
    Attacker.INTERSECTION: counts_lists(COUNTING["intersection"]),
    Attacker.STATISTICAL: counts_lists(COUNTING["statistical"]),
    Attacker.PATIENT: unlimited_patience,
    Attacker.TEARLINE: runs_tearline,
}
