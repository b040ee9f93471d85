"""Which versions the rules admit, before anything is weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from tearline.domain import Case, Claim, ClaimId, Reason, Version, VersionId
from tearline.policy import equities, permissions, persons, quiet, reliance, unstated
from tearline.policy.equities import Stake, Standing


@attrs.frozen(kw_only=True)
class Admission:
    """Where the rules stand on one version of one proposed claim.

    Attributes:
        forbidden: Reasons that nothing in the case lifts.
        unasked: Stakes of parties who have not answered yet.
        conditions: What must hold besides: a named authority's decision about a person, or what
            somebody must confirm because nobody has stated it.
    """

    claim: ClaimId
    version: VersionId
    forbidden: tuple[Reason, ...]
    unasked: tuple[Stake, ...]
    conditions: tuple[str, ...]

    @property
    def today(self) -> bool:
        """Whether it may be considered as things stand."""
        return not self.forbidden and not self.unasked

    @property
    def if_asked(self) -> bool:
        """Whether it may be considered once everybody who has not answered has agreed."""
        return not self.forbidden


def admissions(case: Case) -> tuple[Admission, ...]:
    """Every version of every proposed claim that is no more exact than what was proposed."""
    found = []
    for claim in case.claims:
        if claim.id in case.proposal.claims:
            most = case.proposal.claims[claim.id]
            exactest = 0 if most is None else claim.rank(most)
            always = (
                *permissions.refused(case, claim),
                *reliance.refused(case, claim),
                *quiet.refused(case, claim),
            )
            found += [_admission(case, claim, version, always) for version in claim.versions[exactest:]]
    return tuple(found)


def admitted(found: Iterable[Admission], when: Callable[[Admission], bool]) -> dict[ClaimId, tuple[VersionId, ...]]:
    """Versions that may be considered, claim by claim; claims without any are there with none."""
    versions: dict[ClaimId, tuple[VersionId, ...]] = {}
    for admission in found:
        more = (admission.version,) if when(admission) else ()
        versions[admission.claim] = versions.get(admission.claim, ()) + more
    return versions


def _admission(case: Case, claim: Claim, version: Version, always: tuple[Reason, ...]) -> Admission:
    stakes = equities.stakes(case, claim)
    standing = {stake: equities.standing(case, stake, version.id) for stake in stakes}
    harmful = persons.findings(case, claim, version.id)
    declined = tuple(
        Reason(
            rule=stake.rule,
            text=f"{case.party(stake.party).label} has said no to `{claim.id}` ({version.id}).",
            claim=claim.id,
            version=version.id,
            party=stake.party,
        )
        for stake in stakes
        if standing[stake] is Standing.DECLINED
    )
    unasked = tuple(stake for stake in stakes if standing[stake] is Standing.UNASKED)
    return Admission(
        claim=claim.id,
        version=version.id,
        forbidden=(
            *(f.reason for f in harmful if not f.authority),
            *always,
            *declined,
            *(_not_askable(case, stake) for stake in unasked if case.party(stake.party).hostile),
        ),
        unasked=unasked,
        conditions=(
            *(
                f"the decision of {authority} about the persons concerned is on record"
                for authority in sorted({f.authority for f in harmful if f.authority})
            ),
            *unstated.confirmations(case, claim),
            *quiet.confirmations(case, claim),
            *quiet.shows(case, claim),
            *reliance.conditions(case),
        ),
    )


def _not_askable(case: Case, stake: Stake) -> Reason:
    text = f"{case.party(stake.party).label} is hostile and has a stake in `{stake.claim}`: it cannot be asked."
    return Reason(rule=stake.rule, text=text, claim=stake.claim, party=stake.party)
