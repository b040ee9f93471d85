"""Taking an answer apart: what past releases cost, and which sentence points at whom."""

from __future__ import annotations

import attrs

from tearline.assess.answer import Assessment
from tearline.domain import Case, ClaimId, PartyId
from tearline.errors import InputError
from tearline.exposure.evidence import Explanation, explain
from tearline.exposure.history import Spent, held, history, in_order
from tearline.exposure.likelihood import seen
from tearline.exposure.situation import settings


@attrs.frozen(kw_only=True)
class ReaderExplanation:
    """One reader's reasoning about everything given so far and the recommended text.

    Attributes:
        spent: Past releases and what each cost, in their order.
        evidence: The weight of each piece, under the prior as written; one for each way to reason.
    """

    reader: PartyId
    spent: tuple[Spent, ...]
    evidence: tuple[Explanation, ...]


def explained(found: Assessment, reader: PartyId | None = None) -> tuple[ReaderExplanation, ...]:
    """Explain ``reader``, or every reader that binds and reasons in its own way.

    Raises:
        InputError: There is no such reader.
    """
    case = found.case
    heard = {r.listener.party.id: r for r in found.readers}
    if reader is not None and reader not in heard:
        readers = ", ".join(f"`{r}`" for r in heard)
        raise InputError(f"`{reader}` does not come to read anything in this case; there is {readers or 'nobody'}")
    own = [r.id for r in case.readers if r.groups and r.id in heard and heard[r.id].listener.binds]
    chosen = [reader] if reader else own or [p for p, r in heard.items() if r.listener.binds][:1]
    return tuple(_explained(case, found, each) for each in chosen)


def _explained(case: Case, found: Assessment, reader: PartyId) -> ReaderExplanation:
    said = [(s.claim, case.claim(s.claim).rank(s.version)) for s in found.tearline.said if s.version]
    before = held(case, in_order(case))
    view = seen(case, [*before.items(), *said])
    ordered = {c: view[c] for c in dict.fromkeys([*_released(case), *view])}
    written = [s for s in settings(case, reader, before, ()) if s.prior.written]
    return ReaderExplanation(
        reader=reader,
        spent=history(case, reader),
        evidence=tuple(explain(case, setting, ordered) for setting in written),
    )


def _released(case: Case) -> list[ClaimId]:
    return [claim for given in in_order(case) for claim in given.claims]
