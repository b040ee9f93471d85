"""Everybody with a stake in what is proposed: where each stands, what it was not told, what it could stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tearline.domain import Case, ClaimId, Interest, PartyId, VersionId
from tearline.policy.equities import Stake, Standing, stakes, standing, to_recall, told_without

GRAVEST = (Standing.AGREED, Standing.PENDING, Standing.UNASKED, Standing.LESS, Standing.SILENT, Standing.DECLINED)
"""Standings, the graver later: of several claims the gravest is shown."""


@attrs.frozen(kw_only=True)
class Holder:
    """One party with a stake in what is proposed.

    Attributes:
        interests: Why it has a say.
        standing: Where it stands on the text, on its gravest claim; where nothing goes, on the vaguest words
            of what is proposed.
        told_before: Days and recipients of earlier disclosures with no consent of its on record.
        to_recall: Days and recipients of what went out under a consent that it has withdrawn since.
        could_stop: What it gives us.
    """

    party: PartyId
    interests: tuple[Interest, ...]
    standing: Standing
    told_before: tuple[tuple[dt.date, PartyId], ...]
    to_recall: tuple[tuple[dt.date, PartyId], ...]
    could_stop: tuple[str, ...]

    @property
    def offended(self) -> bool:
        """Whether it would be, if the text went as things stand, or has reason to be already."""
        return self.standing is not Standing.AGREED or bool(self.told_before)


def holders(case: Case, said: Mapping[ClaimId, VersionId]) -> tuple[Holder, ...]:
    """Every party with a stake in a proposed claim, or in what is implied, by party id.

    Args:
        said: The text; a claim that is not there is withheld.
    """
    told = _told(case, said)
    found: dict[PartyId, list[tuple[Stake, Standing | None]]] = {}
    for claim in (each for each in case.claims if each.id in told or each.id in case.proposal.claims):
        for stake in stakes(case, claim):
            version = claim.versions[told[claim.id]].id if claim.id in told else None
            found.setdefault(stake.party, []).append((stake, standing(case, stake, version) if version else None))
    return tuple(_holder(case, party, held) for party, held in sorted(found.items()))


def _told(case: Case, said: Mapping[ClaimId, VersionId]) -> Mapping[ClaimId, int]:
    """The words on which parties stand, implied ones too: of the text, or the vaguest where nothing goes at all."""
    vaguest = {claim: case.claim(claim).versions[-1].id for claim in case.proposal.claims}
    return case.told_by(said or vaguest)


def _holder(case: Case, party: PartyId, held: list[tuple[Stake, Standing | None]]) -> Holder:
    stands = [stand for _, stand in held if stand is not None]
    told = {(given.on, to) for given in told_without(case, party) for to in given.to}
    recall = {(given.on, to) for given in to_recall(case, party) for to in given.to}
    return Holder(
        party=party,
        interests=tuple(i for i in Interest if any(i in stake.interests for stake, _ in held)),
        standing=max(stands, key=GRAVEST.index, default=Standing.AGREED),
        told_before=tuple(sorted((on, to) for on, to in told if to != party)),
        to_recall=tuple(sorted((on, to) for on, to in recall if to != party)),
        could_stop=case.party(party).shares_with_us,
    )
