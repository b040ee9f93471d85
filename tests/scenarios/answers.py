"""Reading answers about the shipped cases: what goes, what stands in the way, what would break."""

from __future__ import annotations

from tearline.assess.answer import Assessment, Obstacle
from tearline.assess.probe import measured
from tearline.cases import open_shipped
from tearline.domain import Case, ClaimId, PartyId, VersionId


def shipped(name: str) -> Case:
    """A shipped case as the engines get it."""
    return open_shipped(name).case


def going(answer: Assessment) -> dict[str, str | None]:
    """The version of each claim in the recommendation, ``None`` for withheld."""
    return {said.claim: said.version for said in answer.tearline.said}


def obstacle(answer: Assessment, claim: str) -> Obstacle:
    """Why that claim is not said more exactly."""
    return next(found for found in answer.obstacles if found.claim == claim)


def refusals(answer: Assessment, claim: str) -> set[tuple[str, str]]:
    """Gates that the first more exact version breaks, and what they are about."""
    return {(broken.gate.value, broken.about) for broken in obstacle(answer, claim).breaches}


def reached(case: Case, claim: str, version: str, reader: str) -> set[tuple[str, str]]:
    """Gates that ``version`` breaks, the rest of the recommendation unsaid."""
    ranks = {ClaimId(claim): case.claim(ClaimId(claim)).rank(VersionId(version))}
    found = measured(case, PartyId(reader), ranks)
    return {(gate.value, about) for gate, about, how_far in found if how_far.broken}
