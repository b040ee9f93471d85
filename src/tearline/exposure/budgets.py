"""Which limits a reader's inference must stay inside.

Limits are blind: they protect every person who could be the source, every channel and every listed
organisation alike, whichever of them is the true one.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np

from tearline.domain import Budget, Case, GroupKind, PartyId, Secret, SecretKind
from tearline.domain.defaults import (
    BUDGETS,
    CELL_BELIEF,
    HUMAN_BUDGET,
    INVESTIGATES_ABOVE,
    METHOD_BUDGET,
    TRIES,
)
from tearline.exposure.candidates import Mind, traits
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.readings import told_of
from tearline.exposure.worlds import Belief, Gate


@attrs.frozen(kw_only=True)
class PersonLimits:
    """G1 to G4 for every person who could be suspected: the strictest budget of any personal secret."""

    top_suspect: float
    crowd: int
    newly: int
    tries_limit: float
    tries: int
    threshold: float


def resolved(case: Case, secret: Secret) -> Budget:
    """The budget of ``secret``, what is not set taken from the table for its kind of source."""
    default = BUDGETS[case.source(secret.of).kind]
    written = {k: v for k, v in attrs.asdict(secret.budget).items() if v is not None}
    return attrs.evolve(default, **written)


def person_limits(case: Case, reader: PartyId) -> PersonLimits:
    """The strictest limits of any secret about a person, and of the table for sources in use without one."""
    about_persons = [s for s in case.secrets if s.kind is SecretKind.PERSON]
    used = {source.id: source.kind for claim in told_of(case) for source in case.lineage(case.claim(claim))}
    spoken_for = {secret.of for secret in about_persons}
    budgets = [resolved(case, secret) for secret in about_persons]
    budgets += [BUDGETS[kind] for source, kind in used.items() if source not in spoken_for]
    budgets = budgets or [HUMAN_BUDGET]
    behaviour = traits(case, reader)
    return PersonLimits(
        top_suspect=_strictest(b.top_suspect for b in budgets),
        crowd=max(b.crowd or 0 for b in budgets),
        newly=0 if behaviour.purges else min(b.investigation or 0 for b in budgets),
        tries_limit=_strictest(b.tries for b in budgets),
        tries=TRIES if behaviour.tries is None else behaviour.tries,
        threshold=INVESTIGATES_ABOVE if behaviour.investigates_above is None else behaviour.investigates_above,
    )


def counts(mind: Mind) -> Ints:
    """How many candidates each group has, shape ``(groups,)``."""
    return np.array([g.count if g.kind is GroupKind.PERSONS else 1 for g in mind.groups], dtype=np.int64)


def persons(mind: Mind) -> Bools:
    """Which groups are made of persons, shape ``(groups,)``."""
    return np.array([g.kind is GroupKind.PERSONS for g in mind.groups])


def protected(case: Case, mind: Mind) -> tuple[Belief, ...]:
    """Every belief that is limited, with its budget as written; its step limit is set by the caller.

    Suspicion that reaches a group of persons through a channel; every channel; every organisation;
    every partner and proposition that a secret names.
    """
    return (*_reached_through_channels(case, mind), *_channels(case, mind), *_cells(case, mind), *_follows(case, mind))


def steps(case: Case) -> float:
    """The smallest number of bits that one release may add to any belief."""
    allowed = [resolved(case, s).step for s in case.secrets if s.kind is not SecretKind.PERSON]
    return min((bits for bits in allowed if bits is not None), default=METHOD_BUDGET.step or 0.0)


def _reached_through_channels(case: Case, mind: Mind) -> list[Belief]:
    limit = person_limits(case, mind.reader).top_suspect
    leading = [(place, group.via) for place, group in enumerate(mind.groups) if group.via]
    led_to = {member for _, via in leading for member in via}
    found = []
    for index, group in enumerate(mind.groups):
        if group.id in led_to and group.kind is GroupKind.PERSONS:
            weight = np.zeros(len(mind.groups))
            for place, via in leading:
                weight[place] = via.get(group.id, 0.0) / group.count
            weight[index] = 1 / group.count
            about = f"group:{group.id}"
            found.append(Belief(gate=Gate.TOP_SUSPECT, weight=weight, limit=limit, about=about, count=group.count))
    return found


def _channels(case: Case, mind: Mind) -> list[Belief]:
    written = [resolved(case, s).belief for s in case.secrets if s.kind is SecretKind.CHANNEL]
    limit = _strictest(written or [METHOD_BUDGET.belief])
    return [
        Belief(gate=Gate.BELIEF, weight=_only(mind, index), limit=limit, about=f"channel:{group.id}")
        for index, group in enumerate(mind.groups)
        if group.kind is GroupKind.CHANNEL
    ]


def _cells(case: Case, mind: Mind) -> list[Belief]:
    found = []
    for cell in case.organisations:
        members = {g.id for g in mind.groups if g.kind is GroupKind.PERSONS and cell.id in g.within}
        weight = np.array(
            [1.0 if g.id in members else sum(p for m, p in g.via.items() if m in members) for g in mind.groups]
        )
        named = [s for s in case.secrets if s.kind is SecretKind.ORGANISATION and s.organisation == cell.id]
        limits = [cell.belief, *(s.budget.belief for s in named)]
        written = [limit for limit in limits if limit is not None]
        if members:
            limit = min(written, default=CELL_BELIEF)
            found.append(Belief(gate=Gate.BELIEF, weight=weight, limit=limit, about=f"organisation:{cell.id}"))
    return found


def _follows(case: Case, mind: Mind) -> list[Belief]:
    return [
        Belief(
            gate=Gate.BELIEF,
            weight=np.array([secret.given.get(g.id, 0.0) for g in mind.groups]),
            limit=_strictest([resolved(case, secret).belief]),
            about=f"secret:{secret.id}",
        )
        for secret in case.secrets
        if secret.kind in (SecretKind.PARTNER, SecretKind.PROPOSITION)
        and any(g.id in secret.given for g in mind.groups)
    ]


def _only(mind: Mind, index: int) -> Floats:
    weight = np.zeros(len(mind.groups))
    weight[index] = 1.0
    return weight


def _strictest(limits: Iterable[float | None]) -> float:
    return min(limit for limit in limits if limit is not None)
