"""The gate of harm to persons: before any value, and never traded against one.

For every identifiable person: could the recipient detain, torture, render or kill on the strength of
this? The risk is judged without mitigation first. Only an assurance that is highly credible, that is
followed up and that has not expired removes a real risk, and only where nobody but the recipient comes
to read. A harm that the proposal itself permits is
real whatever anybody judged, and nothing removes it. What remains refuses the version, or waits for the
authority that the law names.
"""

from __future__ import annotations

import attrs

from tearline.domain import Assurance, Case, Claim, Credibility, Harm, Permission, Person, Reason, Risk, Rule, VersionId

PERMITTED = {Permission.DETAIN: Harm.DETENTION, Permission.LETHAL: Harm.KILLING}
"""The harm that a permission is a permission for."""


@attrs.frozen(kw_only=True)
class PersonFinding:
    """Harms to an identifiable person that no assurance removes.

    Attributes:
        authority: The named authority that has decided about this person; empty: nobody, so it refuses.
    """

    reason: Reason
    authority: str


def findings(case: Case, claim: Claim, version: VersionId) -> tuple[PersonFinding, ...]:
    """Every person in the way of ``version``; empty where nobody identifiable is at risk.

    Whoever can be identified in one version can be identified in every more exact one. A permission to
    do harm concerns everybody listed, in whatever words.
    """
    found = []
    for person in claim.persons or ():
        clauses = _clauses(case, person, _identifiable(claim, version, person))
        if clauses:
            text = f"Person {person.id} {'; '.join(clauses)} (on the strength of `{claim.id}` as {version})."
            why = Reason(rule=Rule.PERSON_HARM, text=text, claim=claim.id, version=version)
            found.append(PersonFinding(reason=why, authority=person.authority))
    return tuple(found)


def _identifiable(claim: Claim, version: VersionId, person: Person) -> bool:
    return not person.versions or claim.rank(version) <= max(map(claim.rank, person.versions))


def _clauses(case: Case, person: Person, identifiable: bool) -> list[str]:
    """What the person faces, in a clause for each way of knowing it."""
    permitted = {harm for permission, harm in PERMITTED.items() if permission in case.proposal.permits}
    left = [h for h in Harm if identifiable and h not in permitted and not _removed(case, person, h)]
    by = case.party(case.proposal.to).label
    facing = [
        ("would face", [h for h in Harm if h in permitted], ", which the proposal permits in whatever words"),
        ("may face", [h for h in left if _risk(person, h) is Risk.REAL], ", and no assurance removes it"),
        ("may, for all anybody has said, face", [h for h in left if _risk(person, h) is Risk.UNKNOWN], ""),
    ]
    return [f"{verb} {' or '.join(h.value for h in harms)} by {by}{why}" for verb, harms, why in facing if harms]


def _risk(person: Person, harm: Harm) -> Risk:
    return person.risk.get(harm, Risk.UNKNOWN)


def _removed(case: Case, person: Person, harm: Harm) -> bool:
    return Permission.ONWARD not in case.uses and any(
        _removes(case, assurance, harm) for assurance in person.assurances
    )


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
