"""Whoever has a stake in a source or a method is found through provenance, and asked.

A consent binds text, recipient, purpose, form, permissions and time; beyond any of these it is as if
it had not been given. Silence is never consent: a yes that does not speak of a permission that the
recipient would get does not extend to it, a question that is not answered by its day is answered no, and
whoever granted less than it was asked for has refused the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import attrs

from tearline.domain import (
    Answer,
    Case,
    Claim,
    ClaimId,
    Consent,
    Given,
    Interest,
    PartyId,
    Question,
    Reason,
    Rule,
    VersionId,
)


class Standing(Enum):
    """Where a party stands on one version of one claim going to this recipient."""

    AGREED = "agreed"
    UNASKED = "unasked"
    PENDING = "pending"  # asked, and there is still time to answer
    SILENT = "silent"  # asked, and the day for an answer is over: a no
    LESS = "less"  # asked, and granted less
    DECLINED = "declined"

    @property
    def may_agree(self) -> bool:
        """Whether it has neither agreed nor refused."""
        return self in (Standing.UNASKED, Standing.PENDING)

    @property
    def is_silence(self) -> bool:
        """Whether it has given no answer, in time or not: what an authority may override in danger."""
        return self.may_agree or self is Standing.SILENT


@attrs.frozen(kw_only=True)
class Stake:
    """One party's stake in one claim.

    Attributes:
        originator: It owns a source behind the claim, or its raw material, so the claim is not ours to pass
            on without it; otherwise it has a stake.
        interests: Every reason why it has a say.
    """

    party: PartyId
    claim: ClaimId
    originator: bool
    interests: tuple[Interest, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that makes us ask."""
        return Rule.ORIGINATOR if self.originator else Rule.EQUITY


def stakes(case: Case, claim: Claim) -> tuple[Stake, ...]:
    """Every party with a stake in ``claim``, by party id.

    We ourselves and the recipient are not asked about their own sources.
    """
    return tuple(
        Stake(party=party, claim=claim.id, originator=any(i.is_originator for i in interests), interests=interests)
        for party, interests in case.interests(claim).items()
    )


def standing(case: Case, stake: Stake, version: VersionId) -> Standing:
    """Whether the party has agreed to this version of the claim.

    A yes extends to the version it names and vaguer ones; a no to the version it names and more exact
    ones, and to everybody whom the proposal reaches. The latest answer counts, on the same day a no
    before a yes; once it has lapsed or been withdrawn nothing is agreed, whatever was said before. Where no
    answer speaks of it the last question does, see :func:`_as_asked`.
    """
    last, asked = _last(case, stake, version), question(case, stake, version)
    found = _as_answered(case, last)
    since = asked is not None and (not last or asked.on > last[0].on)
    return _as_asked(case, stake, asked) if found is Standing.UNASKED and since and asked else found


def agreements(case: Case, stake: Stake, version: VersionId) -> tuple[Consent, ...]:
    """The answers on which the party's agreement to this version rests; none where it has not agreed."""
    return tuple(_last(case, stake, version)) if standing(case, stake, version) is Standing.AGREED else ()


def conditions(case: Case, stake: Stake, version: VersionId) -> tuple[str, ...]:
    """What the party made its yes depend on and nobody has recorded as met."""
    who = case.party(stake.party).label
    return tuple(
        f"what {who} made its consent depend on has happened: {condition}"
        for consent in agreements(case, stake, version)
        for condition in consent.conditions
        if condition not in consent.met
    )


def caveats(case: Case, stake: Stake, version: VersionId) -> tuple[str, ...]:
    """What the party's yes binds the recipient to, in words that travel and do not say whose they are."""
    return tuple(caveat for consent in agreements(case, stake, version) for caveat in consent.caveats)


def question(case: Case, stake: Stake, version: VersionId) -> Question | None:
    """The last question by this day that asked the party for as much; ``None``: it has not been asked."""
    claim, proposal = case.claim(stake.claim), case.proposal
    asked = [
        q
        for q in case.questions
        if q.party == stake.party
        and proposal.to in q.to
        and claim.rank(version) >= claim.rank(q.covers.get(stake.claim, claim.versions[-1].id))
        and stake.claim in q.covers
        and proposal.permits <= set(q.permissions)
        and (case.as_of is None or q.on <= case.as_of)
    ]
    return max(asked, key=lambda q: q.on, default=None)


def told_without(case: Case, party: PartyId) -> tuple[Given, ...]:
    """Earlier disclosures to others of what the party has a stake in, with no consent of it on record."""
    return tuple(
        given
        for given, stake, rank in _told(case, party)
        if not any(_covered(case, consent, stake, given, rank) for consent in case.consents)
    )


def to_recall(case: Case, party: PartyId) -> tuple[Given, ...]:
    """Earlier disclosures to others under a consent that the party has withdrawn since."""
    return tuple(
        given
        for given, stake, rank in _told(case, party)
        for consent in case.consents
        if consent.withdrawn is not None
        and (case.as_of is None or consent.withdrawn <= case.as_of)
        and _covered(case, consent, stake, given, rank)
    )


def _told(case: Case, party: PartyId) -> Iterator[tuple[Given, Stake, int]]:
    """What others were told that the party has a stake in, claim by claim and how exactly; what was implied, too."""
    for given in case.given:
        for claim, rank in case.told_by(given.claims).items():
            for stake in stakes(case, case.claim(claim)):
                if stake.party == party and set(given.to) - {party}:
                    yield given, stake, rank


def _covered(case: Case, consent: Consent, stake: Stake, given: Given, rank: int) -> bool:
    """Whether a yes extended to an earlier disclosure, so exactly, on its day."""
    claim = case.claim(stake.claim)
    return (
        consent.party == stake.party
        and consent.answer is Answer.YES
        and stake.claim in consent.covers
        and claim.rank(consent.covers[stake.claim]) <= rank
        and set(given.to) - {stake.party} <= set(consent.to)
        and consent.on <= given.on
        and (consent.until is None or given.on <= consent.until)
        and (consent.withdrawn is None or given.on < consent.withdrawn)
        and (not consent.forms or given.form in consent.forms)
        and given.permits <= set(consent.permissions)
    )


def _as_asked(case: Case, stake: Stake, asked: Question) -> Standing:
    """Where a party stands that has said nothing of a version since it was asked for it."""
    if any(c.party == stake.party and stake.claim in c.covers and c.on >= asked.on for c in known(case)):
        return Standing.LESS
    if asked.due is not None and case.as_of is not None and case.as_of > asked.due:
        return Standing.SILENT
    return Standing.PENDING


def known(case: Case) -> list[Consent]:
    """Every answer by the day of the case."""
    return [c for c in case.consents if case.as_of is None or c.on <= case.as_of]


def _last(case: Case, stake: Stake, version: VersionId) -> list[Consent]:
    """The latest answers that speak of this version going to this recipient."""
    spoken = [c for c in known(case) if c.party == stake.party and _speaks_of(case, c, stake, version)]
    return [c for c in spoken if c.on == max(c.on for c in spoken)]


def _as_answered(case: Case, last: list[Consent]) -> Standing:
    if not last:
        return Standing.UNASKED
    if any(c.answer is Answer.NO and in_force(case, c) for c in last):
        return Standing.DECLINED
    return Standing.AGREED if all(c.answer is Answer.YES and in_force(case, c) for c in last) else Standing.UNASKED


def reason(case: Case, stake: Stake) -> Reason:
    """Why the party is asked, in a sentence that never says who the source is."""
    party, us = case.party(stake.party).label, case.party(case.us).label
    if Interest.SOURCE in stake.interests or not stake.interests:
        text = f"{party} is the originator of what stands behind `{stake.claim}`: not ours to pass on without asking."
    elif Interest.MATERIAL in stake.interests:
        text = f"The raw material behind `{stake.claim}` is {party}'s: not ours to pass on without asking."
    elif {Interest.JOINT, Interest.OPERATION} & set(stake.interests):
        text = f"{party} has a stake in how `{stake.claim}` was got, together with {us}."
    elif Interest.PLACE in stake.interests:
        text = f"{party} has a stake in where `{stake.claim}` was got: it lets that happen on its soil."
    else:
        text = f"{party} must agree to such a use of `{stake.claim}`: so it was agreed for its source."
    return Reason(rule=stake.rule, text=text, claim=stake.claim, party=stake.party)


def refusal(case: Case, stake: Stake, version: VersionId, stands: Standing) -> Reason:
    """Why a version may not go that a party has refused, in words or by silence."""
    party, what = case.party(stake.party).label, f"`{stake.claim}` ({version})"
    asked = question(case, stake, version)
    text = f"{party} has said no to {what}."
    if stands is Standing.SILENT and asked is not None and asked.due is not None:
        text = f"{party} was asked for {what} and has not answered by {asked.due:%Y-%m-%d}: silence is a no."
    elif stands is Standing.LESS:
        text = f"{party} was asked for {what} and has granted less."
    return Reason(rule=stake.rule, text=text, claim=stake.claim, version=version, party=stake.party)


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


def in_force(case: Case, consent: Consent) -> bool:
    """Whether an answer holds today; in a case without a date a no always does, a yes only if it never ends."""
    if case.as_of is None:
        return consent.answer is Answer.NO or (consent.until is None and consent.withdrawn is None)
    return (consent.until is None or case.as_of <= consent.until) and (
        consent.withdrawn is None or case.as_of < consent.withdrawn
    )
