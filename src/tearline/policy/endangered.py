"""Who could be harmed on the strength of what is proposed, and which marks it bears: for the page and the record."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.domain import Case, ClaimId, Harm, Person, SourceId, Taint, VersionId
from tearline.domain.persons import WORSE
from tearline.policy.authority import decided
from tearline.policy.persons import Danger, concerned, dangers, harmed, records
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
    said = {claim: case.claim(claim).rank(version) for claim, version in _proposed(case).items()}
    found_at = {one.person: one for one in located(case, said, held)}
    every = dict.fromkeys(person.id for claim in case.claims for person in claim.persons or ())
    found = (_account(case, person, found_at.get(person)) for person in every)
    return tuple(one for one in found if one.located or (one.dangers and one.shown))


def marked(case: Case) -> tuple[Marked, ...]:
    """Every mark of every proposed claim, and of what it implies."""
    found, told = [], case.told_by(_proposed(case))
    for claim in (each for each in case.claims if each.id in told):
        for taint in marks(case, claim):
            own: list[SourceId | ClaimId] = [origin.id for origin in case.origins(claim) if origin.tainted == taint]
            own += [source.id for source in case.lineage(claim) if source.tainted == taint]
            found.append(Marked(claim=claim.id, taint=taint, made_on=own[0]))
    return tuple(found)


def _account(case: Case, person: str, found_at: Located | None) -> PersonAccount:
    shown: list[tuple[ClaimId, VersionId]] = []
    hidden: list[tuple[ClaimId, VersionId]] = []
    bars = found_at is not None and found_at.bars
    for claim, version, record, known in _concerning(case, person):
        (shown if known else hidden).append((claim, version))
        bars = bars or (bool(harmed(case, record, known)) and not decided(case, record.authority))
    listed, faced = records(case, person), dict[Harm, Danger]()
    for danger in (danger for record in listed for danger in dangers(case, record)):
        before = faced.setdefault(danger.harm, danger)
        if (danger.removed, -WORSE.index(danger.baseline)) < (before.removed, -WORSE.index(before.baseline)):
            faced[danger.harm] = danger
    return PersonAccount(
        person=person,
        shown=tuple(dict.fromkeys(shown)),
        hidden=tuple(dict.fromkeys(hidden)),
        dangers=tuple(faced.values()),
        located=found_at,
        authority=decided(case, listed[0].authority),
        bars=bars,
    )


def _concerning(case: Case, person: str) -> Iterator[tuple[ClaimId, VersionId, Person, bool]]:
    """Every version that would be told and concerns a person, and whether it lets it be identified."""
    told = case.told_by(_proposed(case))
    for claim in (each for each in case.claims if each.id in told):
        for version in claim.versions[told[claim.id] :]:
            for record, known in concerned(case, claim, version.id):
                if record.id == person:
                    yield claim.id, version.id, record, known


def _proposed(case: Case) -> dict[ClaimId, VersionId]:
    """Every claim in the most exact version that was proposed."""
    return {claim: most or case.claim(claim).versions[0].id for claim, most in case.proposal.claims.items()}
