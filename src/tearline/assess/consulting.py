"""Whom to ask, what each has to be told, and what each could stop."""

from __future__ import annotations

from collections.abc import Sequence

from tearline.assess.admission import Admission
from tearline.assess.answer import Consultation, Tearline
from tearline.assess.phrases import PERMITTED_TO
from tearline.domain import Case, VersionId
from tearline.policy.equities import Stake, reason


def consultations(case: Case, found: Sequence[Admission], wanted: Tearline) -> tuple[Consultation, ...]:
    """Whom to ask for ``wanted``, what each has to agree to, and what it could stop.

    Where several claims imply another, in the most exact words in which they do.
    """
    said = wanted.versions
    stakes: dict[str, dict[Stake, VersionId]] = {}
    for admission in found:
        if said.get(admission.claim) == admission.version:
            for stake, version in admission.unasked:
                held, claim = stakes.setdefault(stake.party, {}), case.claim(stake.claim)
                held[stake] = min(version, held.get(stake, version), key=claim.rank)
    return tuple(_consultation(case, tuple(held.items())) for _, held in sorted(stakes.items()))


def _consultation(case: Case, stakes: Sequence[tuple[Stake, VersionId]]) -> Consultation:
    party = case.party(stakes[0][0].party)
    recipient = case.party(case.proposal.to).label
    permissions = sorted(case.proposal.permits, key=lambda p: p.value)
    told = [f"that we wish to tell {recipient} ({case.proposal.purpose.value}):"]
    told += [f"“{case.claim(stake.claim).version(version).text}”" for stake, version in stakes]
    told += [f"with permission {PERMITTED_TO[p]}" for p in permissions]
    if case.proposal.harm_of_silence:
        told.append(f"what silence may cost: {case.proposal.harm_of_silence}")
    return Consultation(
        party=party.id,
        covers=tuple((stake.claim, version) for stake, version in stakes),
        permissions=tuple(permissions),
        must_be_told=tuple(told),
        could_stop=party.shares_with_us,
        reasons=tuple(reason(case, stake) for stake, _ in stakes),
    )
