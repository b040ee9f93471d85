"""Asking is telling: what must hold before a partner hears words because it is asked about them.

The recipient's consents and judgements say nothing of whoever else hears the words on the way. So whose
material they rest on must agree to that hearer too, and somebody confirms that it does nobody harm who can
be identified. A question that is out has been heard already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tearline.domain import Case, Claim, PartyId, VersionId
from tearline.policy import equities
from tearline.policy.equities import Stake, Standing
from tearline.policy.persons import concerned


def conditions(case: Case, claim: Claim, version: VersionId, unasked: Sequence[Stake]) -> tuple[str, ...]:
    """What must hold before whoever is ``unasked`` hears ``version`` with the question."""
    fresh = [stake.party for stake in unasked if equities.question(case, stake, version) is None]
    return tuple(text for hearer in fresh for text in _before(case, claim, version, hearer))


def _before(case: Case, claim: Claim, version: VersionId, hearer: PartyId) -> Iterator[str]:
    if not case.unsourced(claim) and all(source.owner == hearer for source in case.lineage(claim)):
        return  # it is all its own
    who = case.party(hearer).label
    for owner in _not_agreed(case, claim, version, hearer):
        yield f"{case.party(owner).label} agrees that {who} hears `{claim.id}` with the question"
    for person in dict.fromkeys(p.id for p, recognised in concerned(case, claim, version) if recognised):
        yield f"it is confirmed that {who}, which hears of person {person} with the question, would do it no harm"


def _not_agreed(case: Case, claim: Claim, version: VersionId, hearer: PartyId) -> list[PartyId]:
    """Originators of the claim who have not agreed that ``hearer`` be told, to read it and no more."""
    asking = case.told_to(hearer)
    read = attrs.evolve(asking, proposal=attrs.evolve(asking.proposal, allows=()))
    return [
        stake.party
        for stake in equities.stakes(read, claim)
        if stake.originator and equities.standing(read, stake, version) is not Standing.AGREED
    ]
