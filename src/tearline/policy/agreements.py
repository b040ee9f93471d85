"""What a standing arrangement covers, and through whom it goes.

A proposal may say under which agreement it goes. Then it must be covered by it: what is certainly outside is
refused, and what nobody can tell must be confirmed, for doubt is outside. Without that word nothing of this
applies, and the proposal is decided by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tearline.domain import Agreement, AgreementId, Case, Claim, Direction, Given, Reason, Rule


@attrs.frozen(kw_only=True)
class Outside:
    """Something that an agreement does not cover.

    Attributes:
        certain: Whether it is certainly outside; else nobody can tell.
    """

    text: str
    certain: bool = True


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Why ``claim`` may not go under the agreement that the proposal names; nothing where it names none."""
    return tuple(
        Reason(rule=Rule.AGREEMENT, text=f"{_capital(found.text)}.", claim=claim.id)
        for found in outside(case, claim)
        if found.certain
    )


def confirmations(case: Case, claim: Claim) -> tuple[str, ...]:
    """What must be confirmed before ``claim`` goes under it, and through the officer who carries it."""
    doubts = [f"it is confirmed to be covered all the same: {f.text}" for f in outside(case, claim) if not f.certain]
    return (*doubts, *_about_the_carrier(case))


def cleared_alone_under(case: Case) -> str:
    """The agreement under which one officer may propose and clear this proposal; empty: there is none.

    Only where it covers every claim beyond doubt, those included that the words of others imply.
    """
    named = case.proposal.agreement
    agreement = case.agreement(named) if named else None
    if agreement is None or not agreement.single_officer:
        return ""
    return "" if any(outside(case, case.claim(claim)) for claim in case.tells) else agreement.id


def outside(case: Case, claim: Claim) -> tuple[Outside, ...]:
    """Everything about ``claim`` in this proposal that the agreement it names does not cover.

    Where the case has none of that id and its policy has, the rules of the policy judge it, and nothing here does.
    """
    named = case.proposal.agreement
    if named is None:
        return ()
    agreement = case.agreement(named)
    if agreement is None and _is_of_the_policy(case, named):
        return ()
    if agreement is None:
        return (Outside(text=f"the case does not say what `{named}` covers", certain=False),)
    called = f"the agreement `{agreement.id}`"
    return (
        *_parties(case, agreement, called),
        *_days(case, agreement, called),
        *_matter(case, agreement, claim, called),
        *_quota(case, agreement, called),
    )


def _is_of_the_policy(case: Case, named: AgreementId) -> bool:
    return case.policy is not None and any(agreement.id == named for agreement in case.policy.agreements)


def _parties(case: Case, agreement: Agreement, called: str) -> Iterator[Outside]:
    to = case.proposal.to
    if to not in agreement.parties:
        yield Outside(text=f"{called} is not with {case.party(to).label}")
    if agreement.gives is Direction.THEM:
        yield Outside(text=f"under {called} we only receive")
    today = case.as_of
    for party in (case.us, to):
        signed = [s.on for s in agreement.signed if s.party == party]
        if not signed:
            yield Outside(text=f"nobody has signed {called} for {case.party(party).label}")
        elif today is not None and min(signed) > today:
            yield Outside(text=f"{called} is signed for {case.party(party).label} only on {_day(min(signed))}")


def _days(case: Case, agreement: Agreement, called: str) -> Iterator[Outside]:
    today = case.as_of
    if today is None:
        if agreement.since or agreement.until or agreement.suspended or agreement.quota:
            yield Outside(text=f"the case has no day, so nobody can tell whether {called} holds", certain=False)
        return
    if agreement.since and today < agreement.since:
        yield Outside(text=f"{called} begins only on {_day(agreement.since)}")
    if agreement.until and today > agreement.until:
        yield Outside(text=f"{called} ended on {_day(agreement.until)}")
    if agreement.suspended and today >= agreement.suspended:
        yield Outside(text=f"{called} is suspended since {_day(agreement.suspended)}")


def _matter(case: Case, agreement: Agreement, claim: Claim, called: str) -> Iterator[Outside]:
    proposal = case.proposal
    if claim.topic is None:
        yield Outside(text=f"nobody has said whether `{claim.id}` is a topic of {called}", certain=False)
    elif claim.topic not in agreement.topics:
        yield Outside(text=f"`{claim.topic}`, the topic of `{claim.id}`, is none of {called}")
    if proposal.form not in agreement.forms:
        yield Outside(text=f"{called} does not extend to the form `{proposal.form.value}`")
    if agreement.purposes and proposal.purpose not in agreement.purposes:
        yield Outside(text=f"{called} does not extend to the purpose `{proposal.purpose.value}`")
    for permission in sorted(proposal.permits - set(agreement.permits), key=lambda p: p.value):
        yield Outside(text=f"{called} does not permit `{permission.value}`")


def _quota(case: Case, agreement: Agreement, called: str) -> Iterator[Outside]:
    """Releases that count: those that name the agreement, and in doubt those to its parties that name none."""
    quota, today = agreement.quota, case.as_of
    if quota is None or today is None:
        return
    first = today - dt.timedelta(days=quota.days - 1)
    recent = [given for given in case.given if first <= given.on <= today]
    under = [given for given in recent if given.agreement == agreement.id]
    unsaid = [given for given in recent if given.agreement is None and _may_count(agreement, given)]
    within = f"{quota.count} in {quota.days} days"
    if len(under) >= quota.count:
        yield Outside(text=f"the quota of {called}, {within}, is used up")
    elif len(under) + len(unsaid) >= quota.count:
        text = f"the quota of {called}, {within}, is used up if what does not say under which agreement it went counts"
        yield Outside(text=text, certain=False)


def _may_count(agreement: Agreement, given: Given) -> bool:
    return not set(given.to).isdisjoint(agreement.parties) and given.form in agreement.forms


def _about_the_carrier(case: Case) -> Iterator[str]:
    """What must be so before the officer who is to carry it may: accredited there, or briefed."""
    carrier = case.proposal.carried_by
    if carrier is None:
        return
    officer, to = case.officer(carrier), case.party(case.proposal.to).label
    if officer.of not in (None, case.us):
        yield f"it is confirmed that {carrier}, who is not ours, may carry it"
    if officer.principal:
        yield f"{carrier} has been briefed, and the receipt is on record (`tearline card`)"
    elif officer.declared_to != case.proposal.to or not officer.accredited(case.as_of):
        yield f"{to} has accepted {carrier}, which is not on record, or another channel is found"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
