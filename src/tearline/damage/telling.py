"""Who must be told, in which order, and in which words.

A partner is told about what is its own, never how our house failed. Every notice passes the gate of any other
release, charged after the incident: the hearers are taken to hold the most exact words that may have come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.decide import assess
from tearline.damage.assessment import FOUND, Damage, Exposed
from tearline.damage.beliefs import hearing
from tearline.domain import (
    WHOLE,
    Case,
    ClaimId,
    Form,
    Given,
    Interest,
    Party,
    PartyId,
    PartyKind,
    Proposal,
    Purpose,
    SourceKind,
)
from tearline.domain.incidents import Incident


class Urgent(IntEnum):
    """Why somebody is told, the most urgent first; among equals the hours decide."""

    LIFE = 0
    METHOD = 1
    EQUITY = 2
    HOLDS = 3

    @property
    def words(self) -> str:
        """For people."""
        return _WORDS[self]


_WORDS: Final = {
    Urgent.LIFE: "a person may have been found",
    Urgent.METHOD: "a way of collecting may have been found",
    Urgent.EQUITY: "it has a stake in what came out",
    Urgent.HOLDS: "it holds the same material, and must not confirm it by what it does",
}


@attrs.frozen(eq=False, kw_only=True)
class ToTell:
    """One party that must be told.

    Attributes:
        hours: How soon harm may come to what it has a stake in.
        claims: What it is told about: what it has a stake in, or holds.
        breached: Whether it was the originator, and was not asked.
        notice: The answer of the gate, with the words; ``None``: it is ourselves.
    """

    party: Party
    why: Urgent
    hours: float
    claims: tuple[ClaimId, ...]
    breached: bool
    notice: Assessment | None


def to_tell(found: Damage) -> tuple[ToTell, ...]:
    """Everybody who must be told, the most urgent first.

    Owners, joint partners, hosts and limits through the whole of where it came from; partners who were given the
    same; not hostile parties, the public, the hearers themselves, or oversight, which sees the record anyway.
    """
    if found.case is None or found.came_out is None:
        return ()
    stakes = _stakes(found.case, found)
    listed = [
        _one(found, found.case, party, *stakes[party.id])
        for party in found.case.parties
        if party.id in stakes and not _is_left_out(found, party)
    ]
    return tuple(sorted(listed, key=lambda one: (one.why, one.hours)))


Held = tuple[list[ClaimId], list[Exposed], bool]


def _stakes(case: Case, found: Damage) -> dict[PartyId, Held]:
    """By party the claims and the sources that it has to do with, and whether as an originator."""
    stakes: dict[PartyId, Held] = {}
    for claim in case.claims:
        if found.came_out is None or claim.id not in found.came_out.claims:
            continue
        behind = {source.id for source in case.lineage(claim)}
        exposed = [each for each in found.sources if each.source.id in behind]
        interests = dict(_interests(case, claim.id))
        for source in case.lineage(claim):
            if source.owner == case.us:
                interests.setdefault(case.us, (Interest.SOURCE,))
        for party, why in interests.items():
            _note(stakes, party, claim.id, exposed, any(interest.is_originator for interest in why))
        for release in case.given:
            if claim.id in release.claims:
                for party in release.to:
                    if party not in interests:
                        _note(stakes, party, claim.id, [], False)
    return stakes


def _interests(case: Case, claim: ClaimId) -> dict[PartyId, tuple[Interest, ...]]:
    """Whoever has a stake, the recipient of the case's proposal among them: here it is one of several."""
    nobody = attrs.evolve(case, proposal=attrs.evolve(case.proposal, to=case.us))
    return nobody.interests(case.claim(claim))


def _note(
    stakes: dict[PartyId, Held], party: PartyId, claim: ClaimId, exposed: Iterable[Exposed], originator: bool
) -> None:
    claims, sources, before = stakes.get(party, ([], [], False))
    claims += [] if claim in claims else [claim]
    sources += [each for each in exposed if each not in sources]
    stakes[party] = (claims, sources, before or originator)


def _is_left_out(found: Damage, party: Party) -> bool:
    return (
        party.hostile
        or party.kind in (PartyKind.PUBLIC, PartyKind.OVERSIGHT)
        or (party.id in found.incident.hearers and found.incident.kind.is_spoken)
    )


def _one(
    found: Damage, case: Case, party: Party, claims: Sequence[ClaimId], sources: Sequence[Exposed], originator: bool
) -> ToTell:
    touched = [each for each in sources if each.taken.hi >= FOUND or each.in_danger]
    people = [each for each in touched if each.source.kind is SourceKind.HUMAN]
    why = Urgent.LIFE if people else Urgent.METHOD if touched else Urgent.EQUITY if sources else Urgent.HOLDS
    hours = min((each.hours for each in people or touched or sources), default=336.0)
    ours = party.id == case.us
    return ToTell(
        party=party,
        why=why,
        hours=hours,
        claims=tuple(claims),
        breached=originator and not ours,
        notice=None if ours else assess(notice_case(case, found.incident, party.id, claims)),
    )


def notice_case(case: Case, incident: Incident, to: PartyId, claims: Sequence[ClaimId]) -> Case:
    """The case in which ``to`` is told what came out of ``claims``, after the incident.

    Args:
        case: As it stood on the day of the incident.
    Guarantee:
        Nothing is proposed more exactly than it may have come out, and no claim in which ``to`` has no stake.
    """
    hearers = hearing(case, incident) or (case.proposal.to,)
    told = Given(to=hearers, on=incident.on, claims=incident.briefed, form=Form.DISCLOSURE)
    proposal = Proposal(
        to=to,
        purpose=Purpose.JOINT_WORK,
        form=Form.DISCLOSURE,
        claims={claim: incident.briefed[claim] for claim in claims},
        by=case.proposal.by,
        harm_of_silence="it learns from the press what became of its own",
        through=WHOLE,
    )
    return attrs.evolve(case, given=(*case.given, told), proposal=proposal, urgent=None)
