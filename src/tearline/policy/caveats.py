"""What originators said about handling: no engine reads it, so a named person confirms that it is kept.

A caveat on a source stands for everything that rests on the source. A later yes of the same party to these
very words, this recipient and this use settles it: the party spoke for itself once more. What it said along
with the yes then stands instead.
"""

from __future__ import annotations

import attrs

from tearline.domain import Case, Caveat, Claim, Consent, PartyId, VersionId
from tearline.policy import equities


@attrs.frozen(kw_only=True)
class Standing:
    """A caveat that holds for a version of a claim, and the party who said it."""

    party: PartyId
    caveat: Caveat


def standing(case: Case, claim: Claim, version: VersionId) -> tuple[Standing, ...]:
    """Every caveat that holds if ``version`` goes, each once, nearest source first.

    What the recipient itself said of its own material does not bind us towards it; what we said does.
    """
    agreed = {stake.party: equities.agreements(case, stake, version) for stake in equities.stakes(case, claim)}
    found = [
        Standing(party=caveat.by or source.owner, caveat=caveat)
        for source in case.lineage(claim)
        for caveat in source.caveats
    ]
    left = [each for each in found if not _settled(each, agreed.get(each.party, ()))]
    said_with_yes = [
        Standing(party=caveat.by or answer.party, caveat=caveat)
        for answers in agreed.values()
        for answer in answers
        for caveat in answer.said
    ]
    return tuple(dict.fromkeys(each for each in (*left, *said_with_yes) if each.party != case.proposal.to))


def _settled(found: Standing, answers: tuple[Consent, ...]) -> bool:
    """Whether the party has agreed to these words since; an undated caveat came with the material, before."""
    return any(found.caveat.on is None or found.caveat.on <= answer.on for answer in answers)


def confirmations(case: Case, claim: Claim, version: VersionId) -> tuple[str, ...]:
    """What must be confirmed before ``version`` goes, as conditions."""
    return tuple(
        f"it is confirmed that what {case.party(each.party).label} said of `{claim.id}` is kept: "
        f"“{each.caveat.words}”{' (said, not written)' if each.caveat.oral else ''}"
        for each in standing(case, claim, version)
    )
