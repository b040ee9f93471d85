"""The gate of harm to persons: before any value, and never traded against one.

For every identifiable person: could the recipient detain, torture, render or kill on the strength of
this? The risk is judged without mitigation first. Only an assurance that is highly credible, that is
followed up and that has not expired removes a real risk. What remains refuses the version, or waits
for the authority that the law names.
"""

from __future__ import annotations

import attrs

from tearline.domain import Assurance, Case, Claim, Credibility, Harm, Person, Reason, Risk, Rule, VersionId


@attrs.frozen(kw_only=True)
class PersonFinding:
    """A real risk to an identifiable person that no assurance removes.

    Attributes:
        authority: The named authority that has decided about this person; empty: nobody, so it refuses.
    """

    reason: Reason
    authority: str


def findings(case: Case, claim: Claim, version: VersionId) -> tuple[PersonFinding, ...]:
    """Every risk that stands in the way of ``version``; empty where nobody identifiable is at risk.

    Whoever can be identified in one version can be identified in every more exact one.
    """
    found = []
    for person in claim.persons or ():
        if person.versions and claim.rank(version) > max(map(claim.rank, person.versions)):
            continue
        for harm in Harm:
            real = person.risk.get(harm, Risk.UNKNOWN).is_real
            if real and not any(_removes(case, assurance, harm) for assurance in person.assurances):
                why = _reason(case, claim, version, person, harm)
                found.append(PersonFinding(reason=why, authority=person.authority))
    return tuple(found)


def _removes(case: Case, assurance: Assurance, harm: Harm) -> bool:
    """Whether it takes the risk away; without dates on both sides nobody can tell, so it does not."""
    return (
        harm in assurance.covers
        and assurance.credibility is Credibility.HIGH
        and bool(assurance.follow_up)
        and assurance.until is not None
        and case.as_of is not None
        and case.as_of <= assurance.until
    )


def _reason(case: Case, claim: Claim, version: VersionId, person: Person, harm: Harm) -> Reason:
    known = person.risk.get(harm, Risk.UNKNOWN)
    how = "may face" if known is Risk.REAL else "may, for all anybody has said, face"
    recipient = case.party(case.proposal.to).label
    return Reason(
        rule=Rule.PERSON_HARM,
        text=f"Person {person.id} {how} {harm.value} by {recipient} on the strength of `{claim.id}` "
        f"({version}), and no assurance removes it.",
        claim=claim.id,
        version=version,
    )
