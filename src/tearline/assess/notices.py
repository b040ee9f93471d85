"""What the answer leans on where the case is silent, and what no engine weighs yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tearline.assess.audience import Listener
from tearline.assess.phrases import listed
from tearline.assess.reliance import on_record
from tearline.domain import Agrement, Case, Form, GroupKind, PartyId, Purpose, Secret, SecretKind
from tearline.domain.estimative import percents
from tearline.exposure.candidates import Mind, minds


def leaned_on(case: Case, listeners: Sequence[Listener]) -> tuple[str, ...]:
    """What the engines took for granted about readers and leaks, each once.

    What the file itself leaves to defaults is known where it is read
    (:attr:`tearline.cases.CaseFile.assumed`).
    """
    found = (
        *_about_minds(case, listeners),
        *_about_secrets(case, listeners),
        *_about_leaks(case, listeners),
        *on_record(case, listeners),
        *_about_acts(case),
        *case.from_record.counted,
    )
    return tuple(dict.fromkeys(found))


def _about_leaks(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    for listener in listeners:
        for edge in dict.fromkeys(edge for path in listener.paths for edge in path.edges if edge.assumed):
            giver, to = case.party(edge.giver).label, case.party(edge.to).label
            chance = percents(edge.probability.lo, edge.probability.hi)
            yield f"that {giver} passes it on to {to} is not stated: {chance} assumed from trust"


def _about_acts(case: Case) -> Iterator[str]:
    told = [version for claim in case.proposal.claims for version in case.claim(claim).versions]
    if case.proposal.form is Form.ACTION and not any(version.implies for version in told):
        yield "that the act shows no more than the words of its claims (`implies` names what else it shows)"


def _about_minds(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    alike: dict[PartyId | None, list[str]] = {}
    for listener in listeners:
        for mind in minds(case, listener.party.id):
            if mind.assumed or mind.borrowed_from:
                alike.setdefault(mind.borrowed_from, []).append(listener.party.label)
    for lender, readers in alike.items():
        who = listed(readers)
        if lender is None:
            yield f"whom {who} would consider is not stated: a small circle is assumed"
        else:
            yield f"{who} {'is' if len(readers) == 1 else 'are'} taken to reason as {case.party(lender).label} does"


def _about_secrets(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    """Secrets that protect nothing from a reader: none of its candidates speaks for them."""
    if not case.secrets:
        yield "no secret is stated: every person and channel has the table's budget"
    for listener in listeners:
        if not listener.binds:
            continue
        considered = [mind for mind in minds(case, listener.party.id) if not mind.assumed]
        for secret in case.secrets:
            if any(not _concerns(secret, mind) for mind in considered):
                reader = listener.party.label
                yield f"no candidate of {reader} stands for the secret `{secret.id}`: there it protects nothing"


def _concerns(secret: Secret, mind: Mind) -> bool:
    """Whether a limit of ``secret`` is about anything that a reader of that mind considers."""
    persons = [g for g in mind.groups if g.kind is GroupKind.PERSONS]
    match secret.kind:
        case SecretKind.PERSON:
            return bool(persons)
        case SecretKind.CHANNEL:
            return any(g.id == secret.group for g in mind.groups) or secret.group is None
        case SecretKind.ORGANISATION:
            return any(secret.organisation in g.within for g in persons)
        case _:
            return any(g.id in secret.given for g in mind.groups)


_OFFENCES = (Agrement.REFUSED, Agrement.EXPELLED)


def not_weighed(case: Case) -> tuple[str, ...]:
    """Parts of the case that are kept but that no engine weighs yet; none is passed over in silence."""
    return tuple(_not_weighed(case))


def _not_weighed(case: Case) -> Iterator[str]:
    for reader in case.readers:
        if reader.roster:
            yield f"the roster of `{reader.id}` is not read: it is taken to reason as others do"
    for source in case.sources:
        if source.descriptor:
            yield f"the descriptor of `{source.id}`, which therefore does not go along"
    if case.marked_in is None and _is_marked(case):
        yield "marks: the case does not say in which system they are (`marked_in`), so nobody is kept out by one"
    if case.policy is None and _speaks_to_a_policy(case):
        yield "types, agreement, answers and approvals: the case names no policy that would read them"
    if case.proposal.purpose is Purpose.TIP_OFF and case.urgent and case.urgent.outcomes:
        yield "how it may end, outcome by outcome (`tearline warn` does)"
    elif case.proposal.purpose not in (Purpose.ROUTINE, Purpose.WARNING, Purpose.ACTION):
        yield f"what is peculiar to a `{case.proposal.purpose.value}`: weighed as any other release"
    if any(party.presence for party in case.parties):
        yield "where exactly a party has people: only whether it has any"
    for agreement in case.agreements:
        if agreement.their_quota:
            yield f"how much they give under the agreement `{agreement.id}`"
    if any(event.answer in _OFFENCES for officer in case.officers for event in officer.accreditation):
        yield "what an accreditation that was refused or ended says about trust"
    if set(case.proposal.ask_in_return) - {request.id for request in case.requests}:
        yield "the worth of what is asked in return, where it is none of `requests`"


def _speaks_to_a_policy(case: Case) -> bool:
    """Whether the case holds what only rules of a policy read."""
    proposal = case.proposal
    typed = any(c.type for c in case.claims)
    elsewhere = proposal.agreement is not None and case.agreement(proposal.agreement) is None
    return typed or elsewhere or bool(proposal.answers or proposal.approvals)


def _is_marked(case: Case) -> bool:
    """Whether it bears marks that nothing reads: no policy, and no system."""
    return case.policy is None and any(c.marking or any(v.marking for v in c.versions) for c in case.claims)
