"""Whoever has a stake in a source or a method is found through provenance, and asked.

A consent binds text, recipient, purpose, form, permissions and time; beyond any of these it is as if
it had not been given. Silence is never consent: a yes that does not speak of a permission that the
recipient would get does not extend to it.
"""

from __future__ import annotations

from enum import Enum

import attrs

from tearline.domain import Answer, Case, Claim, ClaimId, Consent, PartyId, Reason, Rule, VersionId


class Standing(Enum):
    """Where a party stands on one version of one claim going to this recipient."""

    AGREED = "agreed"
    UNASKED = "unasked"
    DECLINED = "declined"


@attrs.frozen(kw_only=True)
class Stake:
    """One party's stake in one claim.

    Attributes:
        originator: It owns a source behind the claim, so the claim is not ours to pass on without it;
            otherwise it helped to get the source, or a limit agreed for the source names it.
    """

    party: PartyId
    claim: ClaimId
    originator: bool

    @property
    def rule(self) -> Rule:
        """The rule that makes us ask."""
        return Rule.ORIGINATOR if self.originator else Rule.EQUITY


def stakes(case: Case, claim: Claim) -> tuple[Stake, ...]:
    """Every party with a stake in ``claim``, by party id.

    We ourselves and the recipient are not asked about their own sources.
    """
    return tuple(
        Stake(party=party, claim=claim.id, originator=originator)
        for party, originator in case.stakeholders(claim).items()
    )


def standing(case: Case, stake: Stake, version: VersionId) -> Standing:
    """Whether the party has agreed to this version of the claim.

    A yes extends to the version it names and vaguer ones; a no to the version it names and more exact
    ones, and to everybody whom the proposal reaches. The latest answer counts, on the same day a no
    before a yes; once it has lapsed or been withdrawn nothing is agreed, whatever was said before.
    """
    spoken = [
        c
        for c in case.consents
        if c.party == stake.party and _speaks_of(case, c, stake, version) and (case.as_of is None or c.on <= case.as_of)
    ]
    if not spoken:
        return Standing.UNASKED
    last = [c for c in spoken if c.on == max(c.on for c in spoken)]
    if any(c.answer is Answer.NO and _in_force(case, c) for c in last):
        return Standing.DECLINED
    return Standing.AGREED if all(c.answer is Answer.YES and _in_force(case, c) for c in last) else Standing.UNASKED


def reason(case: Case, stake: Stake) -> Reason:
    """Why the party is asked, in a sentence that never says who the source is."""
    party, us = case.party(stake.party).label, case.party(case.us).label
    if stake.originator:
        text = f"{party} is the originator of what stands behind `{stake.claim}`: not ours to pass on without asking."
    else:
        text = f"{party} has a stake in how `{stake.claim}` was got, together with {us}."
    return Reason(rule=stake.rule, text=text, claim=stake.claim, party=stake.party)


def _speaks_of(case: Case, consent: Consent, stake: Stake, version: VersionId) -> bool:
    if stake.claim not in consent.covers:
        return False
    claim, proposal = case.claim(stake.claim), case.proposal
    covered, wanted = claim.rank(consent.covers[stake.claim]), claim.rank(version)
    if consent.answer is Answer.NO:
        asked = {party for told in case.tells for party in case.stakeholders(case.claim(told))}
        reached = {proposal.to, *case.noticing(case.uses), *asked} - {stake.party}
        return wanted <= covered and not reached.isdisjoint(consent.to)
    return (
        proposal.to in consent.to
        and wanted >= covered
        and (not consent.purposes or proposal.purpose in consent.purposes)
        and (not consent.forms or proposal.form in consent.forms)
        and proposal.permits <= set(consent.permissions)
    )


def _in_force(case: Case, consent: Consent) -> bool:
    """Whether an answer holds today; in a case without a date a no always does, a yes only if it never ends."""
    if case.as_of is None:
        return consent.answer is Answer.NO or (consent.until is None and consent.withdrawn is None)
    return (consent.until is None or case.as_of <= consent.until) and (
        consent.withdrawn is None or case.as_of < consent.withdrawn
    )
