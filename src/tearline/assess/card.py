"""The principal's card: what a leader may say in a meeting, and the briefing that goes before it.

Two papers, and a tear line between them. The *briefing* stays in the house: what would be broken, for whom,
who has a stake, what originators said. The *card* is taken into the room, where it may be left on a table
or photographed: it holds only words that may be said to everybody in the room and behind it, and sentences
that are the same whatever the case is about. Not even what kind of detail must stay out is on it, for that
would tell what we know.
"""

from __future__ import annotations

from enum import Enum

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.decide import assess
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED
from tearline.assess.stepping import Step, steps
from tearline.assess.wording import Detail, left_out
from tearline.domain import Allow, AllowIf, Ask, Case, ClaimId, Form, OfficerId, PartyKind, Proposal, Refuse
from tearline.policy import caveats
from tearline.policy.caveats import Standing


class Clearance(Enum):
    """How far the words have come."""

    CLEARED = "cleared"
    NOT_YET = "not yet"
    NEVER = "not to be said"


DO_NOT_SAY = (
    "any place, day, number or name beyond these words",
    "how we know, or how sure we are of it",
    "who told us, or whom we asked",
    "whether there is more",
)
"""What is never said, whatever the case: the same on every card, so that it tells nothing."""

INSTEAD_IN_PUBLIC = {
    Clearance.CLEARED: "I shall not go beyond that here.",
    Clearance.NOT_YET: "I have nothing to say on that today.",
    Clearance.NEVER: "I have nothing to say on that.",
}
"""The same before the public, which has no services to talk to."""

INSTEAD = {
    Clearance.CLEARED: "Anything further our services will settle with yours, through the normal channels.",
    Clearance.NOT_YET: "If there is anything on that, our services will take it up with yours, through the normal "
    "channels.",
    Clearance.NEVER: "Such questions I leave to our services. They talk to each other through the normal channels.",
}
"""What to say instead of a detail. Only what is cleared is promised: a promise raises what nobody approved."""


@attrs.frozen(kw_only=True)
class KeptBack:
    """What the more exact versions of a claim hold that the words do not, by kind and never by content."""

    claim: ClaimId
    details: tuple[Detail, ...]


@attrs.frozen(kw_only=True)
class Card:
    """Everything on both papers.

    Attributes:
        found: The answer it rests on, for words that are told and nothing handed over.
        clearance: Whether the words may be said.
        say: What may be said, sentence by sentence; empty unless it is cleared.
        once: What could be said once every condition is met. For the briefing only.
        kept_back: What must stay out, claim by claim.
        steps: What one step more would cost.
        caveats: What originators said of any claim that the proposal tells, in any version that would go.
        channels: Officers of ours whom the recipient has accepted: what the normal channels are.
        instead, if_pressed, if_it_leaks: Lines to speak.
    """

    found: Assessment
    clearance: Clearance
    say: tuple[str, ...]
    once: tuple[str, ...]
    kept_back: tuple[KeptBack, ...]
    steps: tuple[Step, ...]
    caveats: tuple[tuple[ClaimId, Standing], ...]
    channels: tuple[OfficerId, ...]
    instead: str
    if_pressed: str = IF_PRESSED
    if_it_leaks: str = IF_IT_LEAKS

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold before anything is said, besides asking."""
        made = self.found.decision
        return made.conditions if isinstance(made, Ask | AllowIf) else ()


def card(case: Case) -> Card:
    """The card for telling the proposal of ``case`` to its recipient.

    Whatever form was proposed, a leader tells and hands nothing over, so the answer is for a disclosure.

    Guarantee:
        ``say`` holds only words of a decision to allow, so they break no limit of any reader that
        binds: everybody in the room, and everybody behind it.
    """
    found = assess(attrs.evolve(case, proposal=_told(case)))
    clearance = _clearance(found)
    words = found.tearline.words
    return Card(
        found=found,
        clearance=clearance,
        say=words if clearance is Clearance.CLEARED else (),
        once=words if clearance is Clearance.NOT_YET else (),
        kept_back=_kept_back(found),
        steps=steps(found),
        caveats=_caveats(found),
        channels=_channels(case),
        instead=_instead(found, clearance),
    )


def _told(case: Case) -> Proposal:
    """The proposal as something told. That the principal who carries it be briefed is what the card is for."""
    carrier = case.proposal.carried_by
    by_principal = carrier is not None and case.officer(carrier).principal
    return attrs.evolve(case.proposal, form=Form.DISCLOSURE, carried_by=None if by_principal else carrier)


def _channels(case: Case) -> tuple[OfficerId, ...]:
    return tuple(
        officer.id
        for officer in case.officers
        if officer.of in (None, case.us)
        and officer.declared_to == case.proposal.to
        and officer.accredited(case.as_of)
        and not officer.principal
    )


def _instead(found: Assessment, clearance: Clearance) -> str:
    is_public = found.case.party(found.case.proposal.to).kind is PartyKind.PUBLIC
    return (INSTEAD_IN_PUBLIC if is_public else INSTEAD)[clearance]


def _clearance(found: Assessment) -> Clearance:
    match found.decision:
        case Allow():
            return Clearance.CLEARED
        case Ask() | AllowIf():
            return Clearance.NOT_YET
        case Refuse():
            return Clearance.NEVER


def _kept_back(found: Assessment) -> tuple[KeptBack, ...]:
    """Kinds of detail by claim. A claim of which nothing is said keeps everything back."""
    case, said, kept = found.case, found.tearline.versions, []
    for claim in case.claims:
        if claim.id in case.proposal.claims:
            rank = claim.rank(said[claim.id]) if claim.id in said else len(claim.versions)
            words = claim.versions[rank].text if rank < len(claim.versions) else ""
            details = left_out(words, [version.text for version in claim.versions[:rank]])
            if rank > 0:
                kept.append(KeptBack(claim=claim.id, details=details))
    return tuple(kept)


def _caveats(found: Assessment) -> tuple[tuple[ClaimId, Standing], ...]:
    """What stands for the words, and for the vaguest ones of a claim that stays unsaid: the speaker knows it too."""
    case, told = found.case, found.case.told_by(found.tearline.versions)
    return tuple(
        (claim.id, standing)
        for claim in case.claims
        if claim.id in case.tells
        for standing in caveats.standing(case, claim, claim.versions[told.get(claim.id, -1)].id)
    )
