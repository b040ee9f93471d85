"""One step more: what the next more exact version of each claim would break, for whom, and who would mind.

A speaker who is carried away says the next detail, whether or not anybody proposed it. So every claim that
the proposal touches is taken one step further than the recommendation, the others held there, and on
through whatever else that detail needs to make sense.
"""

from __future__ import annotations

import attrs

from tearline.assess.admission import admissions
from tearline.assess.answer import Assessment, Breach
from tearline.assess.content import Known, completed
from tearline.assess.obstacles import breaches, locating
from tearline.assess.search import recipient_holds
from tearline.domain import Case, Claim, ClaimId, PartyId, Reason, VersionId
from tearline.policy import persons


@attrs.frozen(kw_only=True)
class Step:
    """What one more detail of one claim would cost, and what it would be worth.

    Attributes:
        said: The version recommended; ``None``: withheld.
        further: The next version that tells the recipient anything new.
        gain: What it adds to the value for the recipient, in the proposal's units, 0 to 10.
        breaches: Limits that it passes, the most exceeded first; none: no reader limit stands in its way.
        reasons: Rules that stand in its way whatever a reader could infer.
        offended: Everybody with a stake in the claim or in what it would imply, and what each could stop.
    """

    claim: ClaimId
    said: VersionId | None
    further: VersionId
    gain: float
    breaches: tuple[Breach, ...]
    reasons: tuple[Reason, ...]
    offended: tuple[tuple[PartyId, tuple[str, ...]], ...]


def steps(found: Assessment) -> tuple[Step, ...]:
    """One step for each claim of the proposal that could be said more exactly, in the order of the case."""
    case, said = found.case, found.tearline.versions
    ranks = {c.id: c.rank(said[c.id]) if c.id in said else None for c in case.claims if c.id in case.proposal.claims}
    known = recipient_holds(case)
    return tuple(
        _step(found, claim, ranks, reached)
        for claim, rank in ranks.items()
        if (reached := _reached(case, claim, rank, known)) > 0  # as collected: nothing is more exact
    )


def _reached(case: Case, claim: ClaimId, rank: int | None, known: Known) -> int:
    """How exactly the recipient has it once the recommendation is said; beyond the vaguest version: not at all."""
    nothing = len(case.claim(claim).versions)
    return min(nothing if rank is None else rank, known.get(claim, nothing))


def _step(found: Assessment, claim_id: ClaimId, ranks: dict[ClaimId, int | None], reached: int) -> Step:
    case, claim, rank = found.case, found.case.claim(claim_id), ranks[claim_id]
    further = reached - 1
    before = claim.versions[reached].value if reached < len(claim.versions) else 0.0
    whole = completed(case, {**ranks, claim_id: further}, recipient_holds(case))
    version = claim.versions[further]
    barred = _reasons(case, claim, version.id)
    return Step(
        claim=claim_id,
        said=None if rank is None else claim.versions[rank].id,
        further=version.id,
        gain=round(version.value - before, 6),
        breaches=breaches(case, [reader.listener for reader in found.readers], whole),
        reasons=(*barred, *locating(case, claim_id, version.id, whole, barred)),
        offended=_offended(case, claim_id, further),
    )


def _reasons(case: Case, claim: Claim, version: VersionId) -> tuple[Reason, ...]:
    """What forbids it or what it implies; beyond the exactness that was proposed only harm to persons is judged."""
    for admission in admissions(case):
        if (admission.claim, admission.version) == (claim.id, version):
            return admission.forbidden
    told = ((case.claim(c), rank) for c, rank in case.entails(claim.id, claim.rank(version)).items())
    found = (f for each, rank in told for f in persons.findings(case, each, each.versions[rank].id))
    return tuple(dict.fromkeys(f.reason for f in found if not f.authority))


def _offended(case: Case, claim: ClaimId, further: int) -> tuple[tuple[PartyId, tuple[str, ...]], ...]:
    told = case.entails(claim, further)
    stakes = dict.fromkeys(party for each in told for party in case.stakeholders(case.claim(each)))
    return tuple((party, case.party(party).shares_with_us) for party in stakes)
