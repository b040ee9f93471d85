"""Good will: how willing a partner is to go on sharing. It moves neither handling nor use.

Officers accepted or refused, requests answered or not, rich and thin returns, and what we did to them:
most exchanges die of our own blunder. The same filter as for trust, with ratios of its own; it is for
advice and never for a gate.
"""

from typing import Final

from tearline.domain import Dealing, Event

TELLING: Final = {
    Event.ACCREDITATION_REFUSED: 10.0,
    Event.ACCREDITATION_GRANTED: 1 / 4,
    Event.REQUEST_REFUSED: 2.0,
    Event.REQUEST_ANSWERED: 1 / 1.5,
    Event.RICH_RETURN: 1 / 3,
    Event.THIN_RETURN: 1.1,
}
"""How many times likelier it is between two who are drifting apart, whichever of them did it. Judgement."""

OF_OURS: Final = {
    Event.BREACH: 8.0,
    Event.CONFESSION: 3.0,
    Event.MISUSE: 8.0,
    Event.PROMISE_BROKEN: 4.0,
    Event.PROMISE_KEPT: 1 / 1.5,
}
"""The same for what only counts if it was we who did it. Judgement."""


def ratio(dealing: Dealing) -> float | None:
    """The ratio of one dealing; ``None``: it says nothing about good will."""
    if dealing.what in TELLING:
        return TELLING[dealing.what]
    return OF_OURS.get(dealing.what) if dealing.ours else None
