"""What would change this most: the inputs whose uncertainty moves the belief nearest to its limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from tearline.assess.answer import Mover
from tearline.assess.probe import After, Ranks, after
from tearline.domain import Case, ClaimId, PartyId
from tearline.domain.estimative import percent_up
from tearline.exposure.candidates import Mind
from tearline.exposure.envelope import Floats, suspects_upper, upper
from tearline.exposure.likelihood import View, access_to_all, attendance, events, log_together
from tearline.exposure.readings import may_hold
from tearline.exposure.worlds import Gate, World

MOST = 3
"""How many inputs are named."""

_TELLING = 0.01
"""An input is named if knowing it would lower the belief by at least this share."""

_GROUPS = 40
"""So many groups, the most massive ones, have their grades tried; others hardly move anything."""


@attrs.frozen(kw_only=True)
class Target:
    """The belief whose inputs are tried, and the text after which it is reached."""

    reader: PartyId
    gate: Gate
    about: str
    limit: float
    ranks: Ranks


def movers(case: Case, target: Target) -> tuple[Mover, ...]:
    """The inputs that would lower ``target`` most if they were known to be as estimated, most first."""
    reached = [
        (then, _belief(target, then.setting.world, then.mass.lo, then.mass.hi))
        for then in after(case, target.reader, target.ranks)
    ]
    now = max(value for _, value in reached)
    tried = [*_innocent(case, target, reached), *_raw(case, target, reached), *_grades(case, target, reached)]
    telling = [
        (now - then, text, then)
        for text, then in tried
        if now - then > _TELLING * now and percent_up(then) != percent_up(now)
    ]
    telling.sort(key=lambda found: (-found[0], found[1]))
    return tuple(
        Mover(
            text=text,
            reader=target.reader,
            gate=target.gate,
            about=target.about,
            now=now,
            then=then,
            limit=target.limit,
        )
        for _, text, then in telling[:MOST]
    )


Reached = Sequence[tuple[After, float]]


def _belief(target: Target, world: World, log_lo: Floats, log_hi: Floats) -> float:
    """The target's upper edge; for the most suspected person whoever that then is."""
    if target.gate is Gate.BELIEF:
        return max((upper(b.weight, log_lo, log_hi) for b in world.beliefs if b.about == target.about), default=0.0)
    direct = suspects_upper(world.count, log_lo, log_hi)[np.isfinite(world.limit)]
    through = [upper(b.weight, log_lo, log_hi) for b in world.beliefs if b.gate is Gate.TOP_SUSPECT]
    return max([*direct, *through], default=0.0)


def _innocent(case: Case, target: Target, reached: Reached) -> Iterator[tuple[str, float]]:
    reader = case.party(target.reader).label
    as_written = max(value for then, value in reached if then.setting.prior.written)
    yield f"{reader} were known to believe in innocent explanations as readily as estimated", as_written


def _raw(case: Case, target: Target, reached: Reached) -> Iterator[tuple[str, float]]:
    """Every raw text that the reader may hold, one at a time, known not to be in its hands."""
    reader = case.party(target.reader).label
    for claim in may_hold(case, target.reader):
        without = max(value for then, value in reached if claim not in then.setting.reading.raw)
        yield f"{reader} were known not to hold the raw text of `{claim}`", without


def _grades(case: Case, target: Target, reached: Reached) -> Iterator[tuple[str, float]]:
    """Every grade in the view, one at a time, known to be its best estimate."""
    minds = {then.setting.mind.borrowed_from: then.setting.mind for then, _ in reached}
    for key, mind in minds.items():
        own = [then for then, _ in reached if then.setting.mind.borrowed_from == key]
        others = max((value for then, value in reached if then.setting.mind.borrowed_from != key), default=0.0)
        largest = np.argsort(-np.max([then.mass.hi for then in own], axis=0), kind="stable")[:_GROUPS]
        versions = [(claim, t.rank) for then in own for claim, tellings in then.view.items() for t in tellings]
        for claim, rank in dict.fromkeys(versions):
            inwards = [_narrowed(case, mind, then.view, claim, rank) for then in own]
            for group in largest:
                known = [_if_known(target, *at, int(group)) for at in zip(own, inwards, strict=True)]
                name = case.claim(claim).versions[rank].id
                text = f"`{mind.groups[group].id}` were known to be as well placed for `{claim}` ({name}) as estimated"
                yield text, max([others, *known])


def _if_known(target: Target, then: After, inwards: tuple[Floats, Floats], group: int) -> float:
    """The target if one group's grade for one claim were known exactly."""
    lo, hi = then.mass.lo.copy(), then.mass.hi.copy()
    lo[group] += inwards[0][group]
    hi[group] += inwards[1][group]
    return _belief(target, then.setting.world, lo, hi)


def _narrowed(case: Case, mind: Mind, view: View, claim: ClaimId, rank: int) -> tuple[Floats, Floats]:
    """How far the edges of each group's log mass move in if its grade for ``claim`` is its best estimate.

    Not at all for a view that does not hold that version.
    """
    if all(telling.rank != rank for telling in view.get(claim, ())):
        return np.zeros(len(mind.groups)), np.zeros(len(mind.groups))
    (together,) = [claims for claims in events(case, view) if claim in claims]
    rows = [access_to_all(case, mind, case.claim(c), view[c]) for c in together]
    which = together.index(claim)
    sure = [np.stack([row[1]] * 3) if i == which else row for i, row in enumerate(rows)]
    column = attendance(case, mind, case.claim(claim))
    change = log_together(sure, column) - log_together(rows, column)
    return change[0], change[2]
