"""What the answer leans on where the case is silent, and what no engine weighs yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tearline.assess.audience import Listener
from tearline.domain import Case, Form, Purpose
from tearline.domain.estimative import percents
from tearline.exposure.candidates import minds


def leaned_on(case: Case, listeners: Sequence[Listener]) -> tuple[str, ...]:
    """What the engines took for granted about readers and leaks, each once.

    What the file itself leaves to defaults is known where it is read
    (:attr:`tearline.cases.CaseFile.assumed`).
    """
    return tuple(dict.fromkeys([*_about_leaks(case, listeners), *_about_minds(case, listeners), *_about_claims(case)]))


def _about_leaks(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    for listener in listeners:
        for edge in dict.fromkeys(edge for path in listener.paths for edge in path.edges if edge.assumed):
            giver, to = case.party(edge.giver).label, case.party(edge.to).label
            chance = percents(edge.probability.lo, edge.probability.hi)
            yield f"that {giver} passes it on to {to} is not stated: {chance} assumed from trust"


def _about_minds(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    for listener in listeners:
        reader = listener.party.label
        for mind in minds(case, listener.party.id):
            if mind.assumed:
                yield f"whom {reader} would consider is not stated: a small circle is assumed"
            elif mind.borrowed_from:
                yield f"{reader} is taken to reason as {case.party(mind.borrowed_from).label} does"


def _about_claims(case: Case) -> Iterator[str]:
    if not case.secrets:
        yield "no secret is stated: every person and channel has the table's budget"
    for claim in case.claims:
        if claim.id in case.proposal.claims and not claim.sources:
            yield f"`{claim.id}` names no source: taken as our own, from a person"


def not_weighed(case: Case) -> tuple[str, ...]:
    """Parts of the case that are kept but that no engine weighs yet; none is passed over in silence."""
    return tuple(_not_weighed(case))


def _not_weighed(case: Case) -> Iterator[str]:
    for reader in case.readers:
        if reader.roster:
            yield f"the roster of `{reader.id}` is not read: it is taken to reason as others do"
    for source in case.sources:
        if source.quiet:
            yield f"the quiet days of `{source.id}`: check by hand that nothing follows `{source.quiet.after}`"
        if source.descriptor:
            yield f"the descriptor of `{source.id}` as a claim of its own"
    if len({s for c in case.proposal.claims for s in case.claim(c).sources}) > 1:
        yield "that several sources may stand behind the claims: a reader is taken to look for one"
    for claim in case.claims:
        if claim.siblings:
            yield f"what else might have been said in place of `{claim.id}`"
    if case.proposal.harm_by:
        yield "how value falls with time, and when it would be safe to say more"
    if case.proposal.form is Form.ACTION:
        yield "what the action itself implies beyond the words of its claims"
    if case.proposal.purpose not in (Purpose.ROUTINE, Purpose.WARNING, Purpose.ACTION):
        yield f"what is peculiar to a `{case.proposal.purpose.value}`: weighed as any other release"
    if any(party.presence for party in case.parties):
        yield "who has people where"
    if any(party.use for party in case.parties):
        yield "trust in how a party uses what it gets"
    if case.proposal.ask_in_return:
        yield "the worth of what is asked in return"
