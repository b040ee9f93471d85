"""What to ask for in return, the best first. Advice: no decision hangs on it."""

from __future__ import annotations

from tearline.assess.answer import InReturn
from tearline.domain import Case, Interval
from tearline.trust import Measure, standing
from tearline.trust.asking import ranked


def in_return(case: Case) -> tuple[InReturn, ...]:
    """The wishes of the proposal, each with its score where the case prices it."""
    wishes, goodwill = case.proposal.ask_in_return, standing(case, case.proposal.to, Measure.GOODWILL).unsound
    willing = Interval(1 - goodwill.hi, 1 - goodwill.mid, 1 - goodwill.lo)
    priced = ranked((request for request in case.requests if request.id in wishes), willing)
    known = {scored.request.id for scored in priced}
    return (
        *(InReturn(wish=scored.request.id, scored=scored) for scored in priced),
        *(InReturn(wish=wish) for wish in wishes if wish not in known),
    )
