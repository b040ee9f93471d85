"""Whom to ask, in which words, what asking tells, and what each could stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tearline.assess.admission import Admission
from tearline.assess.answer import Asking, Consultation, ReaderAccount, Tearline
from tearline.assess.asking import asking
from tearline.assess.phrases import FORM, PERMITTED_TO, PURPOSE, listed
from tearline.domain import Case, PartyId, Permission, Question, VersionId
from tearline.policy.equities import Stake, question, reason, told_without


def consultations(
    case: Case, found: Sequence[Admission], wanted: Tearline, accounts: Sequence[ReaderAccount] = ()
) -> tuple[Consultation, ...]:
    """Whom to ask for ``wanted``, what each has to agree to, and what it could stop.

    Args:
        accounts: What each reader could work out from ``wanted``; without them nothing is said of what it
            tells to ask.
    Where several claims imply another, it is asked about in the most exact words in which they do.
    """
    said = wanted.versions
    stakes: dict[str, dict[Stake, VersionId]] = {}
    for admission in found:
        if said.get(admission.claim) == admission.version:
            for stake, version in admission.unasked:
                held, claim = stakes.setdefault(stake.party, {}), case.claim(stake.claim)
                held[stake] = min(version, held.get(stake, version), key=claim.rank)
    return tuple(_consultation(case, list(held.items()), accounts) for _, held in sorted(stakes.items()))


def _consultation(case: Case, stakes: list[tuple[Stake, VersionId]], accounts: Sequence[ReaderAccount]) -> Consultation:
    party = case.party(stakes[0][0].party)
    recipient = case.party(case.proposal.to).label
    permissions = sorted(case.proposal.permits, key=lambda p: p.value)
    told = [f"that we wish to tell {recipient} ({case.proposal.purpose.value}):"]
    told += [f"“{case.claim(stake.claim).version(version).text}”" for stake, version in stakes]
    told += [f"with permission {PERMITTED_TO[p]}" for p in permissions]
    if case.proposal.harm_of_silence:
        told.append(f"what silence may cost: {case.proposal.harm_of_silence}")
    out = _out(case, stakes)
    how = asking(case, party, accounts, out is not None)
    return Consultation(
        party=party.id,
        covers=tuple((stake.claim, version) for stake, version in stakes),
        permissions=tuple(permissions),
        must_be_told=tuple(told),
        question=_letter(case, stakes, permissions, how),
        asked_on=out.on if out else None,
        due=out.due if out else None,
        asking=how,
        told_before=_told_before(case, party.id),
        could_stop=party.shares_with_us,
        reasons=tuple(reason(case, stake) for stake, _ in stakes),
    )


def _out(case: Case, stakes: Sequence[tuple[Stake, VersionId]]) -> Question | None:
    """The question that is out for all of it; ``None`` where something has not been asked yet."""
    asked = [question(case, stake, version) for stake, version in stakes]
    if any(one is None for one in asked):
        return None
    return max((one for one in asked if one is not None), key=lambda one: one.on)


def _letter(
    case: Case, stakes: Sequence[tuple[Stake, VersionId]], permissions: Sequence[Permission], how: Asking
) -> tuple[str, ...]:
    """The question as the partner would read it: the words, for whom and what for, and by when; nothing else.

    It names no claim, no source, and nobody else who is asked.
    """
    proposal, recipient = case.proposal, case.party(case.proposal.to).label
    lines = [f"We should like to tell {recipient}, {PURPOSE[proposal.purpose]} and {FORM[proposal.form]}:"]
    lines += [f"“{case.claim(stake.claim).version(version).text}”" for stake, version in stakes]
    if permissions:
        lines.append(f"{recipient} would be permitted {listed(PERMITTED_TO[p] for p in permissions)}.")
    else:
        lines.append(f"{recipient} may read it, and nothing beyond.")
    if proposal.harm_of_silence:
        lines.append(f"What silence may cost: {proposal.harm_of_silence}.")
    until = f" by {how.answer_by.day} {how.answer_by:%B %Y}" if how.answer_by else ""
    lines.append(f"Do you agree? Please answer{until}. We take silence for a no.")
    return tuple(lines)


def _told_before(case: Case, party: PartyId) -> tuple[tuple[dt.date, PartyId], ...]:
    found = {(given.on, to) for given in told_without(case, party) for to in given.to}
    return tuple(sorted((on, to) for on, to in found if to != party))
