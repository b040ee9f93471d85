"""Warning without a consent that has not come: only a named authority may, only in danger, never against a no.

An override is for silence, not for an answer. It takes nobody's answer back and invents none: the stake
stays a stake, and the party is told at once what was done without it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tearline.domain import Answer, Case, ClaimId, Override, PartyId, VersionId
from tearline.policy import equities
from tearline.policy.authority import decided
from tearline.policy.equities import Stake, Standing


def faults(case: Case, override: Override) -> tuple[str, ...]:
    """Why an override does not count; empty: it does, for whoever has not answered."""
    urgent = case.urgent
    assert urgent is not None
    named, found = urgent.authorities.override, []
    if not case.owes_warning:
        found.append("there is no duty to warn: a consent is only overridden where people are in danger")
    if named is None:
        found.append("no authority is named that may override (`authorities`)")
    elif override.by not in named.names:
        found.append(f"{override.by} may not override: {' or '.join(named.names)} may")
    if not decided(case, override.by):
        found.append(f"{override.by} proposes the warning, and nobody overrides for their own proposal")
    if answer := _answered(case, override.party):
        found.append(f"{case.party(override.party).label} has {answer}: an override is for silence, not for an answer")
    return tuple(found)


def _answered(case: Case, party: PartyId) -> str:
    """A no to any words at all, less granted than was asked, or a consent taken back; empty: none of it."""
    stakes = (stake for told in sorted(case.tells) for stake in equities.stakes(case, case.claim(told)))
    own = [stake for stake in stakes if stake.party == party]
    vaguest = {equities.standing(case, stake, case.claim(stake.claim).versions[-1].id) for stake in own}
    if Standing.DECLINED in vaguest:
        return "said no"
    if Standing.LESS in vaguest:
        return "granted less than it was asked for"
    return "taken its consent back" if any(_taken_back(case, stake) for stake in own) else ""


def against_a_no(case: Case, said: Mapping[ClaimId, VersionId]) -> tuple[str, ...]:
    """Who has answered, and not with a yes to all of it, what a text tells or implies; in sentences, each once.

    Silence is none of it: nobody asked, no answer yet, none by the day of the question, or a yes that has lapsed.
    """
    found = []
    for claim_id, rank in case.told_by(said).items():
        claim = case.claim(claim_id)
        for stake in equities.stakes(case, claim):
            if answer := _no_to(case, stake, claim.versions[rank].id):
                found.append(f"{case.party(stake.party).label} has {answer} (`{claim_id}`)")
    return tuple(dict.fromkeys(found))


def _no_to(case: Case, stake: Stake, version: VersionId) -> str:
    stands = equities.standing(case, stake, version)
    if stands is Standing.DECLINED:
        return "said no"
    if stands is Standing.AGREED:
        return ""
    if _taken_back(case, stake):
        return "taken its consent back"
    return "granted less than is proposed" if stands is Standing.LESS or _granted_less(case, stake, version) else ""


def _granted_less(case: Case, stake: Stake, version: VersionId) -> bool:
    """Whether a yes to the recipient holds that does not go so far, and nobody has asked for more since."""
    asked = equities.question(case, stake, version)
    return any(
        consent.party == stake.party
        and consent.answer is Answer.YES
        and stake.claim in consent.covers
        and case.proposal.to in consent.to
        and equities.in_force(case, consent)
        and (asked is None or asked.on <= consent.on)
        for consent in equities.known(case)
    )


def _taken_back(case: Case, stake: Stake) -> bool:
    """Whether the last that the party said of the claim, to anybody or to the recipient, was taken back."""
    said = [c for c in case.consents if c.party == stake.party and stake.claim in c.covers]
    said = [c for c in said if case.as_of is None or c.on <= case.as_of]
    to_it = [c for c in said if case.proposal.to in c.to]
    last = [c for some in (said, to_it) for c in some if c.on == max(each.on for each in some)]
    return any(c.withdrawn is not None and (case.as_of is None or c.withdrawn <= case.as_of) for c in last)


def overridden(case: Case) -> frozenset[PartyId]:
    """Whose missing consent somebody who may has overridden."""
    every = case.urgent.overrides if case.urgent else ()
    return frozenset(override.party for override in every if not faults(case, override))


def conditions(case: Case, parties: frozenset[PartyId]) -> tuple[str, ...]:
    """What must be done for every override that something rests on."""
    found = [override for override in (case.urgent.overrides if case.urgent else ()) if not faults(case, override)]
    return tuple(
        f"{override.by} answers for acting without the consent of {case.party(override.party).label}, which is told "
        "at once what went to whom"
        for override in found
        if override.party in parties
    )
