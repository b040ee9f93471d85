"""What the recipient may do beyond reading: each permission apart, none unless it is given."""

from __future__ import annotations

from tearline.domain import Case, Claim, Permission, Reason, Rule
from tearline.policy.authority import decided


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Permissions that cannot be given with ``claim``, whoever agrees.

    A limit agreed for a source that nobody's consent lifts; and *detain* and *lethal*, which are only
    for the authority that the law names, person by person.
    """
    limits = [use for source in case.lineage(claim) for use in source.agreed_use]
    found = [
        Reason(
            rule=Rule.AGREED_USE,
            text=f"The use agreed for the source of `{claim.id}` says `{use.spelled}`.",
            claim=claim.id,
        )
        for use in limits
        if use.forbids in case.uses and use.without is None
    ]
    for permission in (Permission.DETAIN, Permission.LETHAL):
        if permission in case.proposal.permits and (missing := _undecided(case, claim)):
            text = f"`{permission.value}` on the strength of `{claim.id}` is for the authority that the law names: "
            found.append(Reason(rule=Rule.PERMISSION, text=f"{text}{missing}.", claim=claim.id))
    return tuple(found)


def _undecided(case: Case, claim: Claim) -> str:
    """What is missing before anybody may be harmed with permission; empty: nothing."""
    if not claim.persons:
        return "no person is listed on whom it has decided"
    without = [person.id for person in claim.persons if not decided(case, person.authority)]
    return f"no `authority` has decided on {', '.join(without)}" if without else ""
