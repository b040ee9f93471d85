"""Who could be harmed on the strength of what is proposed, and which marks it bears: for the page and the record."""

from __future__ import annotations

import attrs

from tearline.domain import Case, Claim, ClaimId, Harm, Person, SourceId, Taint, VersionId
from tearline.domain.persons import WORSE
from tearline.policy.authority import decided
from tearline.policy.persons import Danger, dangers, harmed, identifiable
from tearline.policy.taint import marks
from tearline.policy.whereabouts import Located, Ranks, located


@attrs.frozen(kw_only=True)
class PersonAccount:
    """One person who could be harmed, or found, on the strength of what is proposed.

    Attributes:
        shown: Where the person can be recognised from one version alone, the most exact proposed first.
        hidden: Proposed versions of the same claims in which it cannot.
        dangers: Each harm before mitigation, and what was promised.
        located: How the whole of what is proposed would tell who, where and when; ``None``: it would not.
        authority: Who has decided about the person; empty: nobody.
        bars: Whether something proposed may not go because of the person.
    """

    person: str
    shown: tuple[tuple[ClaimId, VersionId], ...]
    hidden: tuple[tuple[ClaimId, VersionId], ...]
    dangers: tuple[Danger, ...]
    located: Located | None
    authority: str
    bars: bool


@attrs.frozen(kw_only=True)
class Marked:
    """A mark that a proposed claim bears, and the source or the claim on which it was made."""

    claim: ClaimId
    taint: Taint
    made_on: SourceId | ClaimId


def people(case: Case, held: Ranks) -> tuple[PersonAccount, ...]:
    """Every listed person whom something proposed endangers or locates, in the order of the case.

    Args:
        held: What the recipient has or can read already.
    """
    proposed = [case.claim(claim) for claim in case.proposal.claims]
    said = {claim.id: claim.rank(_proposed(case, claim)[0]) for claim in proposed}
    found_at = {one.person: one for one in located(case, said, held)}
    records: dict[str, list[tuple[Claim, Person]]] = {}
    for claim in case.claims:
        for person in claim.persons or ():
            records.setdefault(person.id, []).append((claim, person))
    found = (_account(case, listed, found_at.get(person)) for person, listed in records.items())
    return tuple(one for one in found if one.located or (one.dangers and one.shown))


def marked(case: Case) -> tuple[Marked, ...]:
    """Every mark of every proposed claim."""
    found = []
    for claim in map(case.claim, case.proposal.claims):
        for taint in marks(case, claim):
            own: list[SourceId | ClaimId] = [origin.id for origin in case.origins(claim) if origin.tainted == taint]
            own += [source.id for source in case.lineage(claim) if source.tainted == taint]
            found.append(Marked(claim=claim.id, taint=taint, made_on=own[0]))
    return tuple(found)


def _account(case: Case, listed: list[tuple[Claim, Person]], found_at: Located | None) -> PersonAccount:
    shown: list[tuple[ClaimId, VersionId]] = []
    hidden: list[tuple[ClaimId, VersionId]] = []
    bars = found_at is not None and found_at.bars
    for claim, person in listed:
        for version in _proposed(case, claim):
            known = identifiable(claim, version, person)
            (shown if known else hidden).append((claim.id, version))
            bars = bars or (bool(harmed(case, person, known)) and not decided(case, person.authority))
    faced: dict[Harm, Danger] = {}
    for danger in (danger for _, person in listed for danger in dangers(case, person)):
        before = faced.setdefault(danger.harm, danger)
        if (danger.removed, -WORSE.index(danger.baseline)) < (before.removed, -WORSE.index(before.baseline)):
            faced[danger.harm] = danger
    return PersonAccount(
        person=listed[0][1].id,
        shown=tuple(shown),
        hidden=tuple(hidden),
        dangers=tuple(faced.values()),
        located=found_at,
        authority=decided(case, listed[0][1].authority),
        bars=bars,
    )


def _proposed(case: Case, claim: Claim) -> tuple[VersionId, ...]:
    """The versions of a claim that are no more exact than what is proposed; none if it is not."""
    if claim.id not in case.proposal.claims:
        return ()
    most = case.proposal.claims[claim.id]
    return tuple(version.id for version in claim.versions[0 if most is None else claim.rank(most) :])
