"""What was believed when: the assessment as it stood on each day on which something became known."""

from __future__ import annotations

import datetime as dt

import attrs

from tearline.damage.assessment import Damage, damage
from tearline.damage.magnitude import Span
from tearline.domain import Case
from tearline.domain.incidents import Incident


@attrs.frozen(kw_only=True)
class Stood:
    """How things stood at the end of a day; ``learnt``: what had become known on it."""

    on: dt.date
    learnt: tuple[str, ...]
    loss: Span
    scale: Span | None


def history(incident: Incident, case: Case | None, last: Damage) -> tuple[Stood, ...]:
    """Day by day up to what ``last`` knows, which is the last entry."""
    stood = []
    for day in incident.days:
        known = incident.known_by(day)
        found = last if known == last.incident else damage(known, case)
        learnt = [f"{account.by}: {account.id}" for account in incident.accounts if account.on == day]
        learnt += [harm.what for harm in incident.harms if harm.on == day]
        stood.append(Stood(on=day, learnt=tuple(learnt), loss=found.taken, scale=found.scale))
    return tuple(stood)
