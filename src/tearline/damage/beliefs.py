"""What each reader believes of each source, in each case of what may have come out.

The same minds, priors, channels and pasts as for a release: only that the text is not chosen but unknown.
Limits play no part in a belief; whether one is passed is asked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
import numpy as np

from tearline.assess.audience import pasts
from tearline.damage.versions import CameOut
from tearline.domain import Case, ClaimId, Party, PartyId, PartyKind, Secret, SecretKind, Source, SourceId, VersionId
from tearline.domain.defaults import BUDGETS, CELL_BELIEF
from tearline.domain.incidents import Incident
from tearline.exposure.budgets import resolved
from tearline.exposure.envelope import FARTHEST, Floats
from tearline.exposure.leak_graph import leak_graph
from tearline.exposure.leaks import CERTAIN, NEVER, Reach, reach
from tearline.exposure.readings import readings
from tearline.exposure.situation import Block, Setting, blocks, settings
from tearline.exposure.worlds import Gate, LogMass, World, member

PERSONS = "persons"
"""What a belief is about where it is the suspicion of the person who is suspected most."""


ANY_CHANNEL = "channel:"
"""What it is about where no secret says by which channel a method works: the channel that is believed in most."""


@attrs.frozen(kw_only=True)
class Matter:
    """One thing about a source that a reader could work out.

    Attributes:
        about: ``persons``, or a belief as :class:`tearline.exposure.account.Line` names it.
        limit: How far a reader may get, as for a release.
    """

    source: SourceId
    about: str
    limit: float


@attrs.frozen(eq=False, kw_only=True)
class Believed:
    """One matter in the eyes of one reader, in one way of reasoning.

    Attributes:
        written: Whether it starts from the prior that the case states: only that gives the best point.
        plain: Whether, besides, it holds everything given before that it may, and takes it as one source's.
        before: The belief without the incident: lower edge, best point, upper edge.
        lo, mid, hi: The belief with it, in each case; shape ``(cases,)``.
    """

    reader: PartyId
    matter: Matter
    written: bool
    plain: bool
    before: tuple[float, float, float]
    lo: Floats
    mid: Floats
    hi: Floats


def after_incident(case: Case, incident: Incident) -> Case:
    """The case on the day of the incident, with the most exact words that could come out in place of a proposal.

    Ways onward that the incident adds are open. Nothing that was answered for the case's own proposal holds.
    """
    told = case.told_to(next(iter(hearing(case, incident)), case.proposal.to))
    proposal = attrs.evolve(told.proposal, claims=dict(incident.briefed), allows=(), already_known={})
    given = tuple(release for release in case.given if release.on <= incident.on)
    paths = (*case.leak_paths, *incident.leak_paths)
    return attrs.evolve(told, as_of=incident.on, proposal=proposal, given=given, leak_paths=paths)


def hearing(case: Case, incident: Incident) -> tuple[PartyId, ...]:
    """Who has it for certain, as far as it came out: doubt falls on the source's side."""
    return incident.hearers or tuple(party.id for party in case.parties if party.hostile)


def gets(case: Case, incident: Incident, reader: PartyId) -> Reach:
    """How likely ``reader`` has what the hearers have; where nobody is named, every hostile party is a hearer."""
    hearers = frozenset(hearing(case, incident))
    if reader in hearers:
        return CERTAIN
    if not hearers:
        return NEVER
    return reach(leak_graph(case, (hearers,)), hearers, reader)


def reading(case: Case, incident: Incident) -> tuple[tuple[Party, Reach], ...]:
    """Everybody who may come to hold something, how likely that is; not us, our overseers, or who knows already.

    Hostile parties always: what they could work out is at stake, whether they read or not.
    """
    behind = sources_behind(case, incident)
    others = [
        party
        for party in case.parties
        if party.id != case.us
        and party.kind is not PartyKind.OVERSIGHT
        and not (behind and all(case.knows_how(source, party.id) for source in behind))
    ]
    found = [(party, gets(case, incident, party.id)) for party in others]
    return tuple((party, has) for party, has in found if has.hi > 0 or party.hostile)


def sources_behind(case: Case, incident: Incident) -> tuple[Source, ...]:
    """The sources that what could have come out rests on, in the order of the case."""
    behind = {source.id for claim in incident.briefed for source in case.lineage(case.claim(claim))}
    return tuple(source for source in case.sources if source.id in behind)


def matters(case: Case, incident: Incident) -> tuple[Matter, ...]:
    """What could be worked out about every source: its secrets, and what is guarded for its kind anyway."""
    found: list[Matter] = []
    for source in sources_behind(case, incident):
        own = [secret for secret in case.secrets if secret.of == source.id]
        found += [_of_secret(case, secret) for secret in own]
        budget = BUDGETS[source.kind]
        if source.kind.is_method and not any(secret.kind is SecretKind.CHANNEL for secret in own):
            found.append(Matter(source=source.id, about=ANY_CHANNEL, limit=budget.belief or 1.0))
        if not source.kind.is_method and not any(secret.kind is SecretKind.PERSON for secret in own):
            found.append(Matter(source=source.id, about=PERSONS, limit=budget.top_suspect or 1.0))
    return tuple(found)


def _of_secret(case: Case, secret: Secret) -> Matter:
    budget = resolved(case, secret)
    if secret.kind is SecretKind.PERSON:
        return Matter(source=secret.of, about=PERSONS, limit=budget.top_suspect or 1.0)
    if secret.kind is SecretKind.ORGANISATION and secret.organisation is not None:
        limits = [secret.budget.belief, case.organisation(secret.organisation).belief]
        limit = min((limit for limit in limits if limit is not None), default=CELL_BELIEF)
        return Matter(source=secret.of, about=f"organisation:{secret.organisation}", limit=limit)
    about = f"channel:{secret.group}" if secret.kind is SecretKind.CHANNEL else f"secret:{secret.id}"
    return Matter(source=secret.of, about=about, limit=budget.belief or 1.0)


def believed(case: Case, reader: PartyId, found: CameOut, about: Sequence[Matter]) -> tuple[Believed, ...]:
    """Every matter in the eyes of ``reader``, if it reads, in every way in which it may reason.

    Args:
        case: As :func:`after_incident` makes it.
    """
    admitted: dict[ClaimId, tuple[VersionId, ...]] = {}
    for place, claim in enumerate(found.claims):
        ranks = {each[place] for each in found.cases}
        admitted[claim] = tuple(v.id for rank, v in enumerate(case.claim(claim).versions) if rank in ranks)
    parts = blocks(case, admitted)
    options = _options(parts, found)
    answers: list[Believed] = []
    for held, past in enumerate(pasts(case, reader)):
        for taken, way in enumerate(readings(case, reader)):
            for setting in settings(case, reader, past, parts, way):
                answers += _in(setting, options, about, plain=held == taken == 0)
    return tuple(answers)


def _options(parts: Sequence[Block], found: CameOut) -> tuple[tuple[int, ...], ...]:
    """The option of every block in each case."""
    columns = []
    for block in parts:
        places = [found.claims.index(claim) for claim in block.claims]
        by_choice = {choice: number for number, choice in enumerate(block.options)}
        columns.append([by_choice[tuple(case[place] for place in places)] for case in found.cases])
    return tuple(zip(*columns, strict=True)) if columns else tuple(() for _ in found.cases)


def _in(
    setting: Setting, options: Sequence[tuple[int, ...]], about: Sequence[Matter], *, plain: bool
) -> Iterable[Believed]:
    world = setting.world
    masses = [world.mass(option) for option in options]
    after = LogMass(**{edge: np.array([getattr(mass, edge) for mass in masses]) for edge in ("lo", "mid", "hi")})
    before = LogMass(**{edge: getattr(setting.before, edge)[None] for edge in ("lo", "mid", "hi")})
    for matter in about:
        if (then := _belief(world, before, matter)) is not None and (now := _belief(world, after, matter)) is not None:
            lo, mid, hi = now
            yield Believed(
                reader=setting.mind.reader,
                matter=matter,
                written=setting.prior.written,
                plain=plain and setting.prior.written,
                before=(float(then[0][0]), float(then[1][0]), float(then[2][0])),
                lo=lo,
                mid=mid,
                hi=hi,
            )


Edges = tuple[Floats, Floats, Floats]


def _belief(world: World, mass: LogMass, matter: Matter) -> Edges | None:
    """One belief at every row of ``mass``; ``None`` where this mind holds no such explanation."""
    if matter.about == PERSONS:
        return suspicion(world, mass) if world.person.any() else None
    named = [b for b in world.beliefs if b.gate is Gate.BELIEF and b.about.startswith(matter.about)]
    exact = [b for b in named if b.about == matter.about] or (named if matter.about == ANY_CHANNEL else [])
    if not exact:
        return None
    each = [fractions(b.weight, mass) for b in exact]
    lo, mid, hi = (np.max([edges[place] for edges in each], axis=0) for place in range(3))
    return lo, mid, hi


def fractions(weight: Floats, mass: LogMass) -> Edges:
    """Edges and best point of ``sum(weight * mass) / sum(mass)`` at every row, as in :mod:`tearline.exposure.envelope`.

    Args:
        mass: Each edge of shape ``(rows, classes)``.
    """
    steps = np.unique(weight)
    lo = np.min([_share(weight, np.where(weight > t, mass.lo, mass.hi)) for t in steps], axis=0)
    hi = np.max([_share(weight, np.where(weight >= t, mass.hi, mass.lo)) for t in steps], axis=0)
    return lo, _share(weight, mass.mid), hi


def _share(weight: Floats, log_mass: Floats) -> Floats:
    mass = np.exp(log_mass - log_mass.max(axis=1, keepdims=True))
    found: Floats = mass @ weight / mass.sum(axis=1)
    return found


def suspicion(world: World, mass: LogMass) -> Edges:
    """Belief in the most suspected person at every row, suspicion that reaches him through channels included."""
    each = [
        _one(mass.lo, mass.hi, world),
        np.exp(mass.mid - np.logaddexp.reduce(mass.mid, axis=1)[:, None]) / world.count,
        _one(mass.hi, mass.lo, world),
    ]
    for limited in world.beliefs:
        if limited.gate is Gate.TOP_SUSPECT:
            which = member(world.person, limited)
            for now, reached in zip(each, fractions(limited.weight, mass), strict=True):
                now[:, which] = reached
    lo, mid, hi = (now[:, world.person].max(axis=1) for now in each)
    return lo, mid, hi


def _one(own: Floats, rival: Floats, world: World) -> Floats:
    """One member of each class at its own edge against all others at theirs, at every row."""
    top = rival.max(axis=1, keepdims=True)
    everybody = top + np.log(np.exp(rival - top).sum(axis=1, keepdims=True))
    others = np.exp(np.minimum(everybody - own, FARTHEST)) * -np.expm1(np.minimum(rival - everybody, 0.0))
    found: Floats = 1 / (1 + others) / world.count
    return found
