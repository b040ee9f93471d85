"""What the recipient may do beyond reading: each permission apart, none unless it is given."""

from __future__ import annotations

from tearline.domain import Case, Claim, Permission, Reason, Rule


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Permissions that cannot be given with ``claim``, whoever agrees.

    A limit agreed for a source that nobody's consent lifts; and *detain* and *lethal*, which are only
    for the authority that the law names, person by person.
    """
    wanted = case.proposal.permits
    found = [
        Reason(
            rule=Rule.AGREED_USE,
            text=f"The use agreed for the source of `{claim.id}` says `{use.spelled}`.",
            claim=claim.id,
        )
        for source in case.lineage(claim)
        for use in source.agreed_use
        if use.forbids in wanted and use.without is None
    ]
    for permission in (Permission.DETAIN, Permission.LETHAL):
        if permission in wanted and not _decided_by_authority(claim):
            text = (
                f"`{permission.value}` with `{claim.id}` needs the identifiable persons listed and, "
                "for each, the decision of the authority that the law names."
            )
            found.append(Reason(rule=Rule.PERMISSION, text=text, claim=claim.id))
    return tuple(found)


def _decided_by_authority(claim: Claim) -> bool:
    return bool(claim.persons) and all(person.authority for person in claim.persons or ())
