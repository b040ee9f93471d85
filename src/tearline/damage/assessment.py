"""The damage: what came out, who is exposed, what it costs, and how sure that is.

Three tiers are kept apart. *Accessible*: had every hostile reader seen all that could come out. *Taken*: what
probably was said or taken, and read. *Published*: what is in print. And apart from all three: what has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from tearline.damage.beliefs import (
    PERSONS,
    Believed,
    Matter,
    after_incident,
    believed,
    matters,
    reading,
    sources_behind,
)
from tearline.damage.choices import Asked, Weighing, losses, measures_for, questions, weigh
from tearline.damage.gains import added_to, danger_of, gained, in_print, least_out, mean_of, open_to_all
from tearline.damage.magnitude import NOTHING, Span, Word, ahead, legal_words, magnitude, total
from tearline.damage.versions import CameOut, came_out
from tearline.domain import Case, ClaimId, Interval, Party, PartyId, Source, SourceKind, VersionId
from tearline.domain.incidents import Beside, Incident, IncidentKind, RealisedHarm, Stake
from tearline.exposure.account import Estimate
from tearline.exposure.envelope import Floats
from tearline.exposure.leaks import CERTAIN, Reach

HOURS_TO_HARM: Final = {kind: 336.0 if kind.is_method else 168.0 for kind in SourceKind} | {SourceKind.HUMAN: 48.0}
"""How soon harm may come where nobody has said, by kind of source. Judgement, early rather than late."""

FOUND: Final = 0.01
"""A change in belief below this is none."""


@attrs.frozen(kw_only=True)
class Uttered:
    """How likely a claim came out in one version; ``version`` ``None``: not at all."""

    claim: ClaimId
    version: VersionId | None
    chance: Interval


@attrs.frozen(kw_only=True)
class View:
    """What one reader believes of one matter, if it reads, and how likely it reads.

    Attributes:
        before, after: The belief without and with the incident, over all that may have come out.
        adds: How much of it the incident adds; compared edge with edge.
        worst: The upper belief in the worst case of what could have come out.
        passed: How likely the limit is passed.
    """

    reader: PartyId
    gets: Reach
    hostile: bool
    matter: Matter
    before: Estimate
    after: Estimate
    adds: Estimate
    worst: float
    passed: Estimate


@attrs.frozen(kw_only=True)
class Happened:
    """A harm that has come about.

    Attributes:
        ours: How likely this incident is behind it, against its rivals; ``None``: nobody has checked it.
        tells: By what it multiplies the odds that the source was found; 1 where a rival explains it as well.
    """

    harm: RealisedHarm
    ours: Interval | None
    tells: float


@attrs.frozen(eq=False, kw_only=True)
class Exposed:
    """What the incident does to one source.

    Attributes:
        accessible, taken, published: How much likelier a hostile reader has found it, by tier.
        value: Its future take, in source-years.
        loss: ``taken`` times ``value``.
        hours: How soon harm may come.
        danger: For a person: the upper belief of having been found, all that was given before included.
        views: Reader by reader.
        choices: What can be done, the best first.
        happened: What has come about.
    """

    source: Source
    accessible: Span
    taken: Span
    published: Span
    value: Span
    loss: Span
    hours: float
    danger: float | None
    limit: float
    views: tuple[View, ...]
    choices: tuple[Weighing, ...]
    happened: tuple[Happened, ...]

    @property
    def in_danger(self) -> bool:
        """Whether a person may have been found beyond the limit that stands for its life."""
        return self.danger is not None and self.danger > self.limit and self.taken.hi >= FOUND


@attrs.frozen(kw_only=True)
class Group:
    """Sources that the case does not describe, in the three tiers, in source-years."""

    beside: Beside
    accessible: Span
    taken: Span
    published: Span


@attrs.frozen(kw_only=True)
class Flow:
    """What a partner may stop giving, in source-years."""

    party: PartyId
    stake: Stake
    loss: Span


@attrs.frozen(eq=False, kw_only=True)
class Damage:
    """The whole assessment.

    Attributes:
        case: The case on the day of the incident; ``None``: the incident names none.
        accessible, taken, published: Expected loss of future take in each tier.
        scale: The magnitude of ``taken``; ``None``: nothing is lost.
        words: What that may be called in law, derived from the figures.
    """

    incident: Incident
    case: Case | None
    came_out: CameOut | None
    uttered: tuple[Uttered, ...]
    sources: tuple[Exposed, ...]
    beside: tuple[Group, ...]
    flows: tuple[Flow, ...]
    accessible: Span
    taken: Span
    published: Span
    scale: Span | None
    words: tuple[Word, ...]
    questions: tuple[Asked, ...]

    @property
    def lives(self) -> bool:
        """Whether a person may have been found, of those who are only counted too."""
        return any(each.in_danger for each in self.sources) or any(map(_lives, self.beside))

    @property
    def people(self) -> tuple[tuple[ClaimId, int | None], ...]:
        """Claims that may have come out and in which people can be recognised, with how many; ``None``: not known."""
        if self.case is None or self.came_out is None:
            return ()
        claims = [self.case.claim(claim) for claim in self.came_out.claims]
        counted = [(claim.id, None if claim.persons is None else len(claim.persons)) for claim in claims]
        return tuple((claim, count) for claim, count in counted if count != 0)

    @property
    def drivers(self) -> tuple[tuple[str, Span], ...]:
        """What the loss is made of, the largest part first."""
        parts = [(str(each.source.id), each.loss) for each in self.sources]
        parts += [(f"{self._label(flow.party)} stops sharing", flow.loss) for flow in self.flows]
        parts += [(group.beside.id, group.taken) for group in self.beside]
        return tuple(sorted((part for part in parts if part[1].hi > 0), key=lambda part: -part[1].mid))

    def _label(self, party: PartyId) -> str:
        return self.case.party(party).label if self.case else str(party)


def damage(incident: Incident, case: Case | None = None) -> Damage:
    """Assess an incident.

    Args:
        case: The case that it is about; ``None``: only sources beside it are counted.
    Guarantee:
        Every figure is an interval; where nothing became likelier to any hostile reader, the loss in sources is
        none. The order of sources, parties and accounts changes no figure.
    """
    beside = tuple(_beside(each) for each in incident.beside)
    flows = tuple(
        Flow(party=party, stake=stake, loss=ahead(stake.worth, stake.years) * _span(stake.stops))
        for party, stake in incident.flows.items()
    )
    if case is None or not incident.briefed:
        return _summed(incident, case, None, (), beside, flows, ())
    told = after_incident(case, incident)
    found = came_out(told, incident)
    about = matters(told, incident)
    readers = reading(told, incident)
    seen = {party.id: believed(told, party.id, found, about) for party, _ in readers}
    exposed, tables = [], []
    for source in sources_behind(told, incident):
        own = [matter for matter in about if matter.source == source.id]
        one, table = _exposed(incident, source, own, found, readers, seen)
        exposed.append(one)
        tables.append((source.id, table))
    asked = questions(incident.witnesses, found, tables)
    return _summed(incident, told, found, tuple(exposed), beside, flows, asked)


def _summed(
    incident: Incident,
    case: Case | None,
    found: CameOut | None,
    sources: tuple[Exposed, ...],
    beside: tuple[Group, ...],
    flows: tuple[Flow, ...],
    asked: tuple[Asked, ...],
) -> Damage:
    of_flows = total([flow.loss for flow in flows])
    tiers = {
        tier: total([getattr(each, tier) * each.value for each in sources] + [getattr(g, tier) for g in beside])
        for tier in ("accessible", "taken", "published")
    }
    taken = tiers["taken"] + of_flows
    lives = any(each.in_danger for each in sources) or any(map(_lives, beside))
    return Damage(
        incident=incident,
        case=case,
        came_out=found,
        uttered=_uttered(case, found) if case and found else (),
        sources=sources,
        beside=beside,
        flows=flows,
        accessible=tiers["accessible"] + of_flows,
        taken=taken,
        published=tiers["published"],
        scale=magnitude(taken),
        words=legal_words(taken, lives),
        questions=asked,
    )


def _lives(group: Group) -> bool:
    return group.beside.kind is SourceKind.HUMAN and group.beside.taken.hi >= FOUND


def _beside(each: Beside) -> Group:
    first, last = each.count
    value = Span(first, (first + last) / 2, last) * ahead(each.worth, each.years)
    return Group(
        beside=each,
        accessible=_span(each.accessible) * value,
        taken=_span(each.taken) * value,
        published=_span(each.published) * value,
    )


def _span(interval: Interval) -> Span:
    return Span(interval.lo, interval.mid, interval.hi)


def _uttered(case: Case, found: CameOut) -> tuple[Uttered, ...]:
    answers = []
    for place, claim in enumerate(found.claims):
        ranks = sorted({each[place] for each in found.cases}, key=lambda rank: (rank is None, rank or 0))
        for rank in ranks:
            version = None if rank is None else case.claim(claim).versions[rank].id
            answers.append(Uttered(claim=claim, version=version, chance=found.chance(claim, rank)))
    return tuple(answers)


# --- one source ------------------------------------------------------------------------------------------


def _exposed(
    incident: Incident,
    source: Source,
    about: Sequence[Matter],
    found: CameOut,
    readers: Sequence[tuple[Party, Reach]],
    seen: dict[PartyId, tuple[Believed, ...]],
) -> tuple[Exposed, Floats]:
    """One source, and what is feared to be lost with every measure in every case."""
    views = [
        _view(party, has, matter, [b for b in seen[party.id] if b.matter == matter], found)
        for party, has in readers
        if has.hi > 0 or incident.published
        for matter in about
        if any(b.matter == matter for b in seen[party.id])
    ]
    stake = incident.sources.get(source.id, Stake())
    hostile = [(p, has, [b for b in seen[p.id] if b.matter in about]) for p, has in readers if p.hostile]
    edges = gained(hostile, stake.named, found)
    value = ahead(stake.worth, stake.years)
    taken = mean_of(found, edges)
    published = taken if incident.kind is IncidentKind.PUBLICATION else in_print(found, edges)
    danger = None if source.kind.is_method else danger_of(hostile, stake.named, found)
    limit = min((matter.limit for matter in about if matter.about == PERSONS), default=1.0)
    measures = measures_for(source.kind, incident.measures.get(source.id, ()))
    one = Exposed(
        source=source,
        accessible=open_to_all(hostile, stake.named, found),
        taken=taken,
        published=published,
        value=value,
        loss=taken * value,
        hours=stake.hours_to_harm if stake.hours_to_harm is not None else HOURS_TO_HARM[source.kind],
        danger=danger,
        limit=limit,
        views=tuple(sorted(views, key=lambda view: (not view.hostile, -view.adds.hi * view.gets.hi))),
        choices=weigh(measures, found, edges, value, danger, limit),
        happened=tuple(_happened(harm, taken) for harm in incident.harms if harm.source == source.id),
    )
    return one, losses(measures, edges[2], value.mid)


def _view(party: Party, has: Reach, matter: Matter, among: Sequence[Believed], found: CameOut) -> View:
    after = [(found.mean(b.lo)[0], found.mean(b.mid)[1] if b.written else None, found.mean(b.hi)[2]) for b in among]
    mids = [mid for _, mid, _ in after if mid is not None]
    edges = added_to(CERTAIN, among, least_out(found))
    adds = mean_of(found, edges) if edges else NOTHING
    return View(
        reader=party.id,
        gets=has,
        hostile=party.hostile,
        matter=matter,
        before=Estimate(
            min(b.before[0] for b in among),
            max(b.before[1] for b in among if b.written),
            max(b.before[2] for b in among),
        ),
        after=Estimate(min(lo for lo, _, _ in after), max(mids), max(hi for _, _, hi in after)),
        adds=Estimate(adds.lo, adds.mid, adds.hi),
        worst=max(float(b.hi.max()) for b in among),
        passed=_passed(among, matter.limit, found),
    )


def _passed(among: Sequence[Believed], limit: float, found: CameOut) -> Estimate:
    """How likely the limit is passed, by how far the belief may reach in each case."""
    above = limit * (1 + 1e-12)
    lo = min(found.mean((b.lo > above).astype(float))[0] for b in among)
    mid = max(found.mean((b.mid > above).astype(float))[1] for b in among if b.written)
    hi = max(found.mean((b.hi > above).astype(float))[2] for b in among)
    return Estimate(min(lo, mid), mid, max(mid, hi))


# --- what has happened -----------------------------------------------------------------------------------


def _happened(harm: RealisedHarm, taken: Span) -> Happened:
    if not harm.checked:
        return Happened(harm=harm, ours=None, tells=1.0)
    return Happened(harm=harm, ours=blame(harm, taken), tells=told_by(harm))


def blame(harm: RealisedHarm, taken: Span) -> Interval:
    """How likely the incident is behind a harm: how well it explains it, against every rival cause.

    Such things happen by themselves as well (:data:`BY_ITSELF`), but for the upper edge: there only what somebody
    has named counts as another cause.

    Args:
        taken: How much likelier the incident has made it that the source was found.
    """

    def share(ours: float, others: float) -> float:
        return ours / (ours + others) if ours + others > 0 else 0.0

    rivals = [sum(getattr(rival.explains, edge) for rival in harm.rivals) for edge in ("lo", "mid", "hi")]
    lo = share(taken.lo * harm.explains.lo, max(rivals[2], BY_ITSELF))
    mid = share(taken.mid * harm.explains.mid, max(rivals[1], BY_ITSELF))
    hi = share(taken.hi * harm.explains.hi, rivals[0])
    return Interval(min(lo, mid), mid, max(mid, hi))


BY_ITSELF: Final = 0.05
"""How likely such a harm is taken to be at least, whatever rival causes are named. Judgement."""


def told_by(harm: RealisedHarm) -> float:
    """How many times likelier the harm is if the source was found: 1 where a rival explains it as well (never less)."""
    rival = max((rival.explains.mid for rival in harm.rivals), default=BY_ITSELF)
    return max(1.0, harm.explains.mid / max(rival, BY_ITSELF))
