"""What would be missing on the night: nobody named, nobody reached, no time to count from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from tearline.assess.urgent.clock import Clock
from tearline.domain import Case, Claim, PartyId, ToWarn, Urgency
from tearline.domain.urgency import STALE_AFTER_DAYS
from tearline.policy.waivers import has_people


@attrs.frozen(kw_only=True)
class Gap:
    """One thing that is missing.

    Attributes:
        where: The key of the case file that would say it.
    """

    what: str
    where: str


def gaps(case: Case, asked: Sequence[PartyId], timed: Clock) -> tuple[Gap, ...]:
    """Everything that is missing for the warning of ``case``.

    Args:
        asked: Whose consent is missing.
    """
    urgent = case.urgent or Urgency()
    return (
        *_of_authorities(urgent, case),
        *_of_contacts(urgent, case, asked),
        *_of_consents(case, asked, urgent),
        *_of_people(urgent, case),
        *_of_time(case, timed),
        *_of_evidence(urgent, case),
    )


_OF_A_DUTY = ("waive", "override")
"""Decisions that there are only where there is a duty to warn."""


def _of_authorities(urgent: Urgency, case: Case) -> Iterator[Gap]:
    for step, authority in attrs.asdict(urgent.authorities, recurse=False).items():
        if step in _OF_A_DUTY and not case.owes_warning:
            continue
        where = f"urgent.authorities.{step}"
        if authority is None:
            yield Gap(what=f"no authority is named for `{step}`", where=where)
            continue
        if not authority.reach:
            yield Gap(what=f"nobody has said how to reach {authority.who}", where=f"{where}.reach")
        if not authority.deputy and step != "oversight":
            yield Gap(what=f"{authority.who} has no deputy", where=f"{where}.deputy")
        if case.proposal.by and step != "oversight" and case.proposal.by == authority.who:
            yield Gap(what=f"{authority.who} proposes and decides `{step}`", where=where)


def _of_contacts(urgent: Urgency, case: Case, asked: Sequence[PartyId]) -> Iterator[Gap]:
    needed = dict.fromkeys((*asked, case.proposal.to))
    for party in needed:
        label, where, contact = case.party(party).label, f"urgent.contacts.{party}", urgent.contact(party)
        if contact is None or not contact.reach:
            yield Gap(what=f"nobody has said how to reach {label} in a hurry", where=where)
        elif contact.tried is None:
            yield Gap(what=f"the way to {label} was never tried", where=f"{where}.tried")
        elif case.as_of and case.as_of - contact.tried > dt.timedelta(days=STALE_AFTER_DAYS):
            ago = _ago((case.as_of - contact.tried).days)
            yield Gap(what=f"the way to {label} was last tried {ago} ago", where=f"{where}.tried")


_YEAR = 365


def _ago(days: int) -> str:
    """How long ago, as people say it: days up to two years, then whole years."""
    return f"{days} days" if days < 2 * _YEAR else f"{days // _YEAR} years"


def _of_consents(case: Case, asked: Sequence[PartyId], urgent: Urgency) -> Iterator[Gap]:
    for party in asked:
        contact = urgent.contact(party)
        if contact is None or contact.answers_within is None:
            what = f"the question to {case.party(party).label} has no deadline"
            yield Gap(what=what, where=f"urgent.contacts.{party}.answers_within")
    for index, consent in enumerate(case.consents):
        if consent.until is None:
            what = f"the answer of {case.party(consent.party).label} has no last day"
            yield Gap(what=what, where=f"consents[{index}].until")


def _of_people(urgent: Urgency, case: Case) -> Iterator[Gap]:
    if not urgent.to_warn and case.owes_warning:
        yield Gap(what="nobody in danger is named, so there is no second tearline", where="urgent.to_warn")
    for victim in urgent.to_warn:
        yield from _of_victim(case, victim)


def _of_victim(case: Case, victim: ToWarn) -> Iterator[Gap]:
    label, where = case.party(victim.id).label, f"urgent.to_warn.{victim.id}"
    if not victim.where:
        yield Gap(what=f"nobody has said where {label} is", where=f"{where}.where")
        return
    through = victim.through or case.proposal.to
    if not has_people(case.party(through).presence, victim):
        what = f"{case.party(through).label}, who is to tell {label}, has no people in {victim.where}"
        yield Gap(what=what, where=f"parties.{through}.presence")
    if victim.needs is None:
        yield Gap(what=f"nobody has said how long {label} needs to act", where=f"{where}.needs")


def _of_time(case: Case, timed: Clock) -> Iterator[Gap]:
    if timed.now is None:
        yield Gap(what="the case has no day, so nothing has a deadline", where="as_of")
    if timed.harm is None:
        yield Gap(what="nobody has said when the harm may come, so nothing is counted back", where="proposal.harm_by")
    elif not timed.stated:
        yield Gap(what="the harm has no hour: its day is taken to begin with it", where="proposal.harm_at")
    if not case.proposal.harm_of_silence:
        yield Gap(what="nobody has said what silence may cost", where="proposal.harm_of_silence")
    claims: list[Claim] = [case.claim(claim) for claim in case.proposal.claims]
    for claim in claims:
        if claim.persons is None:
            yield Gap(
                what=f"nobody has said whether `{claim.id}` endangers anybody", where=f"claims.{claim.id}.persons"
            )


def _of_evidence(urgent: Urgency, case: Case) -> Iterator[Gap]:
    for name in urgent.tests.open if case.owes_warning else ():
        yield Gap(what=f"nobody has recorded whether the threat is {name}", where=f"urgent.tests.{name}")
    if not urgent.seen_by:
        yield Gap(what="nobody is recorded as having seen the evidence", where="urgent.seen_by")
