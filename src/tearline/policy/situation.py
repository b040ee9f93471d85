"""The situation that rules judge: what a case says of one version of one claim going to its recipient.

What nobody has stated is ``None``, never a guess: a default that an engine takes elsewhere for caution's
sake is not a fact that a rule may rest on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tearline.domain import Answer, Answered, Case, Claim, Policy, Version
from tearline.domain.vocabulary import EXCEPTED, NO, TRUST_ORDER, YES, Attribute, Kin, Sort, Value, Window
from tearline.policy.authority import decided
from tearline.policy.persons import recognised
from tearline.trust import Measure, earned


def situation(case: Case, policy: Policy, claim: Claim, version: Version) -> dict[str, Value | None]:
    """The value of every attribute that a rule of ``policy`` reads; ``None`` for what nobody has stated."""
    return {attribute.key: _value(case, claim, version, attribute) for attribute in policy.attributes}


def _value(case: Case, claim: Claim, version: Version, attribute: Attribute) -> Value | None:
    if attribute.window is not None:
        return _earlier(case, claim, attribute.window)
    area, _, name = attribute.key.partition(".")
    if area == "recipient":
        return _of_recipient(case, name)
    if area == "answers":
        return next((_answer(case, given) for given in case.proposal.answers if given.id == name), None)
    if area == "source":
        return _of_sources(case, claim, name)
    if attribute.key == "marking":
        return _marking(version.marking or claim.marking, attribute)
    return _of_claim(claim, version, attribute.key) if area == "claim" else _of_proposal(case, claim, version, area)


def _of_recipient(case: Case, name: str) -> Value | None:
    party = case.party(case.proposal.to)
    match name:
        case "":
            return party.id
        case "kind":
            return party.kind.value
        case "hostile":
            return party.hostile
        case "handling":
            return _grade(case, Measure.HANDLING)
        case _:
            return _grade(case, Measure.USE)


def _grade(case: Case, measure: Measure) -> int | None:
    """The word that the recipient has, or the lower one that its record leaves it."""
    trust = earned(case, case.proposal.to, measure, case.proposal.through)
    return None if trust is None else TRUST_ORDER.index(trust)


def _answer(case: Case, given: Answered) -> str:
    """The answer; nobody makes an exception for what they propose themselves."""
    if given.answer is Answer.YES:
        return YES
    return EXCEPTED if decided(case, given.exception) else NO


def _of_sources(case: Case, claim: Claim, name: str) -> Value | None:
    sources = tuple(case.lineage(claim))
    if case.unsourced(claim):
        return True if name == "foreign" and any(source.owner != case.us for source in sources) else None
    match name:
        case "kinds":
            return frozenset(source.kind.value for source in sources)
        case "owners":
            return frozenset(source.owner for source in sources)
        case _:
            return any(source.owner != case.us for source in sources)


def _marking(marking: str | None, attribute: Attribute) -> Value | None:
    """The marking, or its place in the policy's order; one that the policy does not list is as good as none."""
    if marking is None or attribute.sort is not Sort.GRADE:
        return marking
    return attribute.words.index(marking) if marking in attribute.words else None


def _of_claim(claim: Claim, version: Version, key: str) -> Value | None:
    match key:
        case "claim.type":
            return claim.type
        case "claim.credibility":
            return claim.credibility
        case _:
            return recognised(claim, version.id) or (None if claim.persons is None else False)


def _of_proposal(case: Case, claim: Claim, version: Version, key: str) -> Value | None:
    proposal = case.proposal
    match key:
        case "purpose":
            return proposal.purpose.value
        case "form":
            return proposal.form.value
        case "permissions":
            return frozenset(use.value for use in case.uses)
        case "as_collected":
            return claim.rank(version.id) == 0
        case "agreement":
            return proposal.agreement
        case "today":
            return case.as_of.toordinal() if case.as_of else None
        case _:
            return (proposal.harm_by - case.as_of).days if proposal.harm_by and case.as_of else None


def _earlier(case: Case, claim: Claim, window: Window) -> int | None:
    """How often the recipient was told, as far as it counts; ``None`` where nobody can tell.

    What an earlier text implied was told with it.
    """
    if window.of is Kin.SAME_SOURCE and case.unsourced(claim):
        return None
    if window.days is not None and case.as_of is None:
        return None
    since = None if window.days is None or case.as_of is None else case.as_of - dt.timedelta(days=window.days)
    earlier = [
        tuple(map(case.claim, case.told_by(given.claims)))
        for given in case.given
        if case.proposal.to in given.to
        and (since is None or given.on > since)
        and (case.as_of is None or given.on <= case.as_of)
    ]
    sure = [told for told in earlier if _counts(case, claim, told, window.of)]
    if window.of is Kin.SAME_SOURCE and any(case.unsourced(c) for told in earlier if told not in sure for c in told):
        return None
    return len(sure)


def _counts(case: Case, claim: Claim, told: Sequence[Claim], of: Kin) -> bool:
    if of is Kin.ANYTHING:
        return True
    if of is Kin.SAME_CLAIM:
        return claim in told
    sources = {source.id for source in case.lineage(claim)}
    return any(source.id in sources for each in told for source in case.lineage(each))
