"""Taking an answer apart: what past releases cost, and which sentence points at whom."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tearline.assess.answer import Assessment
from tearline.domain import Case, ClaimId, PartyId
from tearline.errors import InputError
from tearline.exposure.evidence import Explanation, explain
from tearline.exposure.history import Spent, held, history, in_order
from tearline.exposure.likelihood import seen
from tearline.exposure.situation import settings


@attrs.frozen(kw_only=True)
class Reasoning:
    """One way in which a reader may reason, and where it leads.

    Attributes:
        like: The reader whose candidates it borrows; ``None``: it has its own, or assumed ones.
        evidence: The weight of each piece, under the prior as written.
    """

    like: PartyId | None
    evidence: Explanation


@attrs.frozen(kw_only=True)
class ReaderExplanation:
    """One reader's reasoning about everything given so far and the recommended text.

    It is taken to hold all of that, as the limits take it.

    Attributes:
        spent: Past releases and what each cost, in their order.
        ways: Every way in which it may reason; one unless it has to borrow from several readers.
    """

    reader: PartyId
    spent: tuple[Spent, ...]
    ways: tuple[Reasoning, ...]


def explained(found: Assessment, reader: PartyId | None = None) -> tuple[ReaderExplanation, ...]:
    """Explain ``reader``, or every reader that binds: hostile ones first, then in the order of the case.

    Raises:
        InputError: There is no such reader.
    """
    case = found.case
    heard = sorted((r.listener for r in found.readers), key=lambda listener: not listener.party.hostile)
    if reader is None:
        return tuple(_explained(case, found, each.party.id) for each in heard if each.binds)
    if reader not in {each.party.id for each in heard}:
        raise InputError(_who_reads(case, reader, [each.party.id for each in heard]))
    return (_explained(case, found, reader),)


def _who_reads(case: Case, reader: PartyId, heard: Sequence[PartyId]) -> str:
    who = f"those who come to read something: {', '.join(f'`{r}`' for r in heard) or 'nobody'}"
    if reader not in {party.id for party in case.parties}:
        return f"no party `{reader}`; {who}"
    return f"`{reader}` does not come to read anything in this case; {who}"


def _explained(case: Case, found: Assessment, reader: PartyId) -> ReaderExplanation:
    said = [(s.claim, case.claim(s.claim).rank(s.version)) for s in found.tearline.said if s.version]
    before = held(case, in_order(case))
    view = seen(case, [*before.items(), *said])
    ordered = {c: view[c] for c in dict.fromkeys([*_released(case), *view])}
    written = [s for s in settings(case, reader, before, ()) if s.prior.written]
    return ReaderExplanation(
        reader=reader,
        spent=history(case, reader),
        ways=tuple(Reasoning(like=s.mind.borrowed_from, evidence=explain(case, s, ordered)) for s in written),
    )


def _released(case: Case) -> list[ClaimId]:
    return [claim for given in in_order(case) for claim in given.claims]
