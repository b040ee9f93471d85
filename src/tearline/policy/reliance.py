"""What a recipient may be permitted beyond reading, by how it has used what it got.

Three bands: a permission may be given; it may be given under a condition; or it may not. Only where the
proposal permits anything, and only for a recipient of which the case says how it uses things: by a word,
or by what is on record. A text that permits nothing is not held up by this: see what the answer leans on.
"""

from __future__ import annotations

from tearline.domain import Case, Claim, PartyKind, Permission, Purpose, Reason, Rule
from tearline.domain.defaults import LEAK_GATE, USE_REFUSED
from tearline.domain.estimative import percent_up
from tearline.trust import Measure, standing


def may_go_wrong(case: Case) -> float | None:
    """The upper probability that the recipient's next use goes wrong; ``None``: the case says nothing of it."""
    recipient = case.party(case.proposal.to)
    if recipient.kind is PartyKind.PUBLIC:
        return None
    found = standing(case, recipient.id, Measure.USE, case.proposal.through)
    return found.rate.hi if recipient.use is not None or found.moved_by else None


def belied(case: Case) -> bool:
    """Whether the recipient's record says, whatever its word, that it may be permitted nothing."""
    found = standing(case, case.proposal.to, Measure.USE, case.proposal.through)
    return bool(found.moved_by) and found.rate.hi >= USE_REFUSED


def permitted(case: Case) -> frozenset[Permission]:
    """What the recipient itself would be permitted; what we do ourselves in an act is not among it."""
    acts = case.proposal.purpose is Purpose.ACTION
    return frozenset(case.proposal.allows) | ({Permission.ACT} if acts else frozenset())


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Why no permission may go with ``claim``; nothing where none is proposed."""
    rate = may_go_wrong(case)
    if rate is None or rate < USE_REFUSED or not permitted(case):
        return ()
    recipient = case.party(case.proposal.to)
    text = (
        f"{recipient.label} may read, and nothing beyond: a use by it goes wrong with up to {percent_up(rate)} "
        f"(limit {percent_up(USE_REFUSED)}), as its word and its record say."
    )
    return (Reason(rule=Rule.PERMISSION, text=text, claim=claim.id, party=recipient.id),)


def conditions(case: Case) -> tuple[str, ...]:
    """What must hold before a recipient of doubtful use is permitted anything."""
    rate = may_go_wrong(case)
    if rate is None or not LEAK_GATE <= rate < USE_REFUSED or not permitted(case):
        return ()
    label = case.party(case.proposal.to).label
    accepts = f"the releasing authority accepts that a use by it goes wrong with up to {percent_up(rate)}"
    return (f"{label} agrees in writing what it may do with it, and {accepts}",)
