"""What nobody has stated, and somebody must confirm before anything goes. Unknown means no."""

from __future__ import annotations

from tearline.domain import Case, Claim


def confirmations(case: Case, claim: Claim) -> tuple[str, ...]:
    """What must be confirmed before ``claim`` goes in any words, as conditions in plain words.

    That it is ours to give, where the file names no source of it or of what it was worked out from; and that
    it endangers nobody who can be identified, where the file says nothing of persons. An empty list of persons
    is a statement.
    """
    found = []
    for origin in case.unsourced(claim):
        rests = "" if origin == claim.id else f", from which `{claim.id}` was worked out,"
        found.append(f"it is confirmed that `{origin}`{rests} is ours to give (the case names no `sources` of it)")
    if claim.persons is None:
        recipient = case.party(case.proposal.to).label
        found.append(
            f"it is confirmed that nobody whom {recipient} could harm can be identified from `{claim.id}` "
            "(the case says nothing of `persons`)"
        )
    return tuple(found)
