"""The ways to a better answer that the case supports, and what it lacks to judge the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from tearline.assess.admission import Admission, admissions
from tearline.assess.answer import Better, Consultation, Lever, Tearline
from tearline.assess.audience import Listener
from tearline.domain import Case, Cover, VersionId
from tearline.policy.equities import Stake, reason

Solve = Callable[[Case, Sequence[Admission]], Tearline]
"""Find the best text of a case among versions that may be considered once everybody has agreed."""


def consultations(case: Case, found: Sequence[Admission], wanted: Tearline) -> tuple[Consultation, ...]:
    """Whom to ask for ``wanted``, what each has to agree to, and what it could stop."""
    said = {s.claim: s.version for s in wanted.said if s.version is not None}
    stakes: dict[str, list[tuple[Stake, VersionId]]] = {}
    for admission in found:
        if said.get(admission.claim) == admission.version:
            for stake in admission.unasked:
                stakes.setdefault(stake.party, []).append((stake, admission.version))
    return tuple(_consultation(case, held) for _, held in sorted(stakes.items()))


def _consultation(case: Case, stakes: list[tuple[Stake, VersionId]]) -> Consultation:
    party = case.party(stakes[0][0].party)
    recipient = case.party(case.proposal.to).label
    permissions = sorted(case.proposal.permits, key=lambda p: p.value)
    told = [f"that we wish to tell {recipient} ({case.proposal.purpose.value}):"]
    told += [f"“{case.claim(stake.claim).version(version).text}”" for stake, version in stakes]
    told += [f"with permission to {p.value}" for p in permissions]
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


def ways(case: Case, listeners: Sequence[Listener], now: Tearline, asked: Tearline, solve: Solve) -> tuple[Better, ...]:
    """Consent, cover, a permission less: each tried alone; then waiting and another route."""
    return (
        *_consent(case, now, asked),
        *_cover(case, listeners, asked, solve),
        *_permission(case, asked, solve),
        Better(lever=Lever.WAITING, text="no claim says who will know it later, or when it will be public"),
        Better(lever=Lever.ROUTE, text=_route(case)),
    )


def _consent(case: Case, now: Tearline, asked: Tearline) -> Iterator[Better]:
    parties = [case.party(c.party).label for c in consultations(case, admissions(case), asked)]
    if parties and asked.value > now.value:
        text = f"ask {', '.join(parties)}"
        yield Better(lever=Lever.CONSENT, text=text, gain=asked.value - now.value, said=asked.said)


def _cover(case: Case, listeners: Sequence[Listener], asked: Tearline, solve: Solve) -> Iterator[Better]:
    binding = tuple(listener.party.id for listener in listeners if listener.binds)
    for cover in case.cover:
        missing = [case.party(p).label for p in binding if not _has_seen(case, cover, p)]
        if not missing:
            continue
        seen = attrs.evolve(cover, seen_by=(*cover.seen_by, *binding), on=None)
        changed = attrs.evolve(case, cover=tuple(seen if c is cover else c for c in case.cover))
        then = solve(changed, admissions(changed))
        text = f"let {', '.join(missing)} see first: {cover.what} ({cover.evidence})"
        if then.value > asked.value:
            yield Better(lever=Lever.COVER, text=text, gain=then.value - asked.value, said=then.said)


def _has_seen(case: Case, cover: Cover, reader: str) -> bool:
    if reader not in cover.seen_by:
        return False
    return cover.on is None or (case.as_of is not None and cover.on <= case.as_of)


def _permission(case: Case, asked: Tearline, solve: Solve) -> Iterator[Better]:
    for permission in case.proposal.allows:
        fewer = tuple(p for p in case.proposal.allows if p is not permission)
        changed = attrs.evolve(case, proposal=attrs.evolve(case.proposal, allows=fewer))
        then = solve(changed, admissions(changed))
        if then.value > asked.value:
            yield Better(
                lever=Lever.PERMISSION,
                text=f"do not give the permission to {permission.value}",
                gain=then.value - asked.value,
                said=then.said,
            )


def _route(case: Case) -> str:
    others = [
        party.label
        for party in case.parties
        if party.id not in (case.us, case.proposal.to) and party.presence and not party.hostile
    ]
    if others:
        return f"{', '.join(others)} could be asked to act instead: put it to the test with another `proposal.to`"
    return "no other party in the case has people where it matters"
