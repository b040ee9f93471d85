"""Which input moves the answer most: what to check first, and how far a table of ranks may be wrong.

One input at a time is put to either of its edges, or left out, and the loss at the best point is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.damage.assessment import Damage, damage
from tearline.damage.magnitude import ahead
from tearline.domain import Case, Interval
from tearline.domain.incidents import Incident, Looseness, Rank

MOVES = 0.005
"""Source-years by which the loss must move for an input to be named."""


@attrs.frozen(kw_only=True)
class Moves:
    """One input, and between which losses at the best point the answer moves with it, in source-years."""

    what: str
    least: float
    most: float

    @property
    def by(self) -> float:
        """How far it moves the answer."""
        return self.most - self.least


def movers(incident: Incident, case: Case | None, found: Damage) -> tuple[Moves, ...]:
    """Every input that moves the loss, the one that moves it most first."""
    now = found.taken.mid
    moved = [*_judged(found, now)]
    for what, changes in _changes(incident):
        losses = [now, *(damage(changed, case).taken.mid for changed in changes)]
        moved.append(Moves(what=what, least=min(losses), most=max(losses)))
    return tuple(sorted((one for one in moved if one.by > MOVES), key=lambda one: -one.by))


def _changes(incident: Incident) -> Iterator[tuple[str, tuple[Incident, ...]]]:
    """What changes what may have come out: accounts one by one, how loosely somebody spoke, whether it was read."""
    for account in incident.accounts:
        others = tuple(other for other in incident.accounts if other is not account)
        yield f"the account of {account.by}", (attrs.evolve(incident, accounts=others),)
    if incident.kind.is_spoken and incident.briefed:
        ways = tuple(attrs.evolve(incident, looseness={way: 1.0}) for way in Looseness)
        yield "how loosely it was told", ways
    elif incident.briefed:
        edges = (incident.seen.lo, incident.seen.hi)
        yield "whether it was read", tuple(attrs.evolve(incident, seen=Interval.exactly(edge)) for edge in edges)
        if incident.taken:
            yield "how much was taken", tuple(_taken(incident, edge) for edge in ("lo", "hi"))


def _taken(incident: Incident, edge: str) -> Incident:
    taken = {claim: Interval.exactly(getattr(chance, edge)) for claim, chance in incident.taken.items()}
    return attrs.evolve(incident, taken=taken)


def _judged(found: Damage, now: float) -> Iterator[Moves]:
    """What is judged and enters the loss as a factor: years, ranks, how likely a partner stops, how many there are."""
    for each in found.sources:
        loss, value = each.taken.mid, each.value
        yield _factor(f"the years ahead of {each.source.id}", now, loss * value.mid, loss * value.lo, loss * value.hi)
        stake = found.incident.sources.get(each.source.id)
        rank = stake.worth if stake else Rank.ORDINARY
        years = stake.years if stake else (1.0, 5.0)
        beside = [loss * ahead(other, years).mid for other in _neighbours(rank)]
        yield _factor(f"the rank of {each.source.id}, one up or down", now, loss * value.mid, *beside)
    for flow in found.flows:
        stops, worth = flow.stake.stops, ahead(flow.stake.worth, flow.stake.years).mid
        label = found.case.party(flow.party).label if found.case else str(flow.party)
        yield _factor(f"whether {label} stops sharing", now, flow.loss.mid, worth * stops.lo, worth * stops.hi)
    for group in found.beside:
        first, last = group.beside.count
        worth = ahead(group.beside.worth, group.beside.years).mid
        chance = group.beside.taken
        edges = [count * worth * chance.mid for count in (first, last)]
        yield _factor(f"how many {group.beside.id} there are", now, group.taken.mid, *edges)
        exposed = [(first + last) / 2 * worth * edge for edge in (chance.lo, chance.hi)]
        yield _factor(f"how exposed {group.beside.id} are", now, group.taken.mid, *exposed)


def _factor(what: str, now: float, part: float, *others: float) -> Moves:
    """The loss with one part of it replaced."""
    losses = [now, *(now - part + other for other in others)]
    return Moves(what=what, least=min(losses), most=max(losses))


def _neighbours(rank: Rank) -> tuple[Rank, ...]:
    order = list(Rank)
    place = order.index(rank)
    return tuple(order[at] for at in (place - 1, place + 1) if 0 <= at < len(order))
