"""Which versions the rules admit, before anything is weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from tearline.assess.search import recipient_holds
from tearline.domain import Case, Claim, ClaimId, Reason, Version, VersionId
from tearline.policy import (
    agreements,
    asked,
    caveats,
    equities,
    marks,
    overrides,
    permissions,
    persons,
    quiet,
    reliance,
    rules,
    taint,
    unstated,
    whereabouts,
)
from tearline.policy.equities import Stake, Standing


@attrs.frozen(kw_only=True)
class Admission:
    """Where the rules stand on one version of one proposed claim.

    Attributes:
        forbidden: Reasons that nothing in the case lifts.
        unasked: Stakes of parties who have not answered yet, in it or in what it implies, and the words
            that each would have to agree to.
        conditions: What must hold besides: a named authority's decision about a person, or what
            somebody must confirm because nobody has stated it.
    """

    claim: ClaimId
    version: VersionId
    forbidden: tuple[Reason, ...]
    unasked: tuple[tuple[Stake, VersionId], ...]
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
    """Every version of every proposed claim that is no more exact than what was proposed.

    Oversight is never a third party: no rule stands between us and a body that oversees us.
    """
    found = []
    for claim in case.claims:
        if claim.id in case.proposal.claims:
            most = case.proposal.claims[claim.id]
            exactest = 0 if most is None else claim.rank(most)
            judged = _unhindered if case.for_oversight else _admission
            found += [judged(case, claim, version) for version in claim.versions[exactest:]]
    return tuple(found)


def admitted(found: Iterable[Admission], when: Callable[[Admission], bool]) -> dict[ClaimId, tuple[VersionId, ...]]:
    """Versions that may be considered, claim by claim; claims without any are there with none."""
    versions: dict[ClaimId, tuple[VersionId, ...]] = {}
    for admission in found:
        more = (admission.version,) if when(admission) else ()
        versions[admission.claim] = versions.get(admission.claim, ()) + more
    return versions


def _admission(case: Case, claim: Claim, version: Version) -> Admission:
    """Where the rules stand on a version and on all that its words imply: that is told with it."""
    told = [(case.claim(told), rank) for told, rank in case.entails(claim.id, claim.rank(version.id)).items()]
    every = [_by_itself(case, each, each.versions[rank]) for each, rank in told]
    located = whereabouts.located(case, {each.id: rank for each, rank in told}, recipient_holds(case))
    return Admission(
        claim=claim.id,
        version=version.id,
        forbidden=(
            *(reason for each in every for reason in each.forbidden),
            *(whereabouts.reason(one, claim.id, version.id) for one in located if one.bars),
        ),
        unasked=tuple(stake for each in every for stake in each.unasked),
        conditions=tuple(dict.fromkeys(condition for each in every for condition in each.conditions)),
    )


def _unhindered(_: Case, claim: Claim, version: Version) -> Admission:
    return Admission(claim=claim.id, version=version.id, forbidden=(), unasked=(), conditions=())


def _by_itself(case: Case, claim: Claim, version: Version) -> Admission:
    stakes = equities.stakes(case, claim)
    standing = {stake: equities.standing(case, stake, version.id) for stake in stakes}
    harmful = persons.findings(case, claim, version.id)
    without = overrides.overridden(case)
    overridden = {s.party for s in stakes if s.party in without and standing[s].is_silence}
    declined = tuple(
        equities.refusal(case, stake, version.id, standing[stake])
        for stake in stakes
        if stake.party not in overridden and standing[stake] is not Standing.AGREED and not standing[stake].may_agree
    )
    silent = tuple(stake for stake in stakes if standing[stake].may_agree or stake.party in overridden)
    unasked = tuple(stake for stake in silent if stake.party not in overridden)
    return Admission(
        claim=claim.id,
        version=version.id,
        forbidden=(
            *(f.reason for f in harmful if not f.authority),
            *permissions.refused(case, claim),
            *reliance.refused(case, claim),
            *taint.refused(case, claim),
            *quiet.refused(case, claim),
            *rules.refused(case, claim, version),
            *marks.refused(case, claim, version),
            *agreements.refused(case, claim),
            *declined,
            *(_not_askable(case, stake) for stake in silent if case.party(stake.party).hostile),
        ),
        unasked=tuple((stake, version.id) for stake in unasked),
        conditions=(
            *(
                f"the decision of {authority} about the persons concerned is on record"
                for authority in sorted({f.authority for f in harmful if f.authority})
            ),
            *(condition for stake in stakes for condition in equities.conditions(case, stake, version.id)),
            *asked.conditions(case, claim, version.id, unasked),
            *taint.conditions(case, claim),
            *persons.confirmations(case, claim, version.id),
            *unstated.confirmations(case, claim),
            *quiet.confirmations(case, claim),
            *quiet.shows(case, claim),
            *caveats.confirmations(case, claim, version.id),
            *agreements.confirmations(case, claim),
            *reliance.conditions(case),
            *rules.conditions(case, claim, version),
            *marks.conditions(case, claim, version),
            *overrides.conditions(case, frozenset(overridden)),
        ),
    )


def _not_askable(case: Case, stake: Stake) -> Reason:
    text = f"{case.party(stake.party).label} is hostile and has a stake in `{stake.claim}`: it cannot be asked."
    return Reason(rule=stake.rule, text=text, claim=stake.claim, party=stake.party)
