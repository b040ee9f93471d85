"""Who may decide not to warn, and on what ground: rules that need no engine.

Whoever weighs a waiver must have seen the evidence, and so must the one who reviews it. The value of a
source is no ground. Whether a warning would really endanger the source is for the engine
(:mod:`tearline.assess.urgent.waiving`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tearline.domain import Case, Ground, PartyId, PartyKind, ToWarn, Waiver
from tearline.domain.officers import look_alike


def faults(case: Case, waiver: Waiver) -> tuple[str, ...]:
    """Why a waiver does not count whatever an engine finds; empty: nothing here stands against it."""
    return (*_of_who_decides(case, waiver), *_of_review(case, waiver), *_of_ground(case, waiver))


def concerned(case: Case, waiver: Waiver) -> tuple[ToWarn, ...]:
    """Whom it would leave unwarned, of those who are named."""
    every = case.urgent.to_warn if case.urgent else ()
    return tuple(each for each in every if not waiver.of or each.id in waiver.of)


def _of_who_decides(case: Case, waiver: Waiver) -> Iterator[str]:
    urgent = case.urgent
    assert urgent is not None
    named = urgent.authorities.waive
    if waiver.by not in urgent.seen_by:
        yield f"{waiver.by} has not seen the evidence (`seen_by`), so may not weigh it"
    if named is None:
        yield "no authority is named that may waive (`authorities`)"
    elif waiver.by not in named.names:
        yield f"{waiver.by} may not waive: {' or '.join(named.names)} may"


def _of_review(case: Case, waiver: Waiver) -> Iterator[str]:
    seen = case.urgent.seen_by if case.urgent else ()
    if not waiver.reviewer:
        yield "nobody reviews it"
    elif any(look_alike(waiver.reviewer, other) for other in (waiver.by, case.proposal.by)):
        yield f"{waiver.reviewer} is no independent reviewer"
    elif waiver.reviewer not in seen:
        yield f"{waiver.reviewer}, who is to review it, has not seen the evidence (`seen_by`)"
    if waiver.review_on is None:
        yield "it has no day of review"
    elif _is_after_the_harm(case, waiver.review_on):
        yield "it would be reviewed after the harm"


def _is_after_the_harm(case: Case, when: dt.datetime) -> bool:
    """Whether it is after the last day on which a warning is worth anything, or after the time of that day."""
    day, time = case.proposal.harm_by, case.proposal.harm_at
    return day is not None and (when.date() > day or (when.date() == day and time is not None and when.timetz() > time))


def _of_ground(case: Case, waiver: Waiver) -> Iterator[str]:
    for each in concerned(case, waiver):
        if waiver.ground is Ground.AWARE and not _told_before(case, each.id):
            yield f"nothing in the case says that {case.party(each.id).label} knows it already (`given`, `public`)"
        if waiver.ground is Ground.NO_MEANS and (who := _in_place(case, each)):
            yield f"{' and '.join(who)} could tell {case.party(each.id).label}"


def _told_before(case: Case, party: PartyId) -> bool:
    """Whether the party was told, or everybody can read, something of every claim that is proposed."""
    told = {claim for given in case.given if party in given.to for claim in given.claims}
    return all(
        claim in told
        or any(v.public and case.as_of and v.public.last <= case.as_of for v in case.claim(claim).versions)
        for claim in case.proposal.claims
    )


def _in_place(case: Case, victim: ToWarn) -> list[str]:
    """Who has people where somebody in danger is."""
    return [
        p.label for p in case.parties if not p.hostile and p.kind is PartyKind.STATE and has_people(p.presence, victim)
    ]


def has_people(presence: Iterable[str], victim: ToWarn) -> bool:
    """Whether those places are where somebody in danger is, however they are spelled."""
    return bool(victim.where) and victim.where.casefold().strip() in {place.casefold().strip() for place in presence}
