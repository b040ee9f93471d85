"""Where a case stands, so that other ways can be compared with it."""

from __future__ import annotations

import math

import attrs

from tearline.assess.admission import admissions
from tearline.assess.answer import Tearline
from tearline.assess.consulting import consultations
from tearline.assess.phrases import listed
from tearline.assess.routes import Tell, Told
from tearline.domain import Case


def hundredths(gain: float) -> float:
    """A gain rounded down to hundredths.

    >>> hundredths(3.1433), hundredths(5.0), hundredths(-0.001)
    (3.14, 5.0, -0.01)
    """
    return math.floor(round(100 * gain, 6)) / 100


@attrs.frozen(eq=False, kw_only=True)
class Standpoint:
    """Where a case stands, to compare other ways with.

    Attributes:
        now: What may go as things stand.
        asked: What may go once everybody who has not answered has agreed.
        waits: Whether something else is recommended than ``now``.
        here: The same as ``now``, with the readers who bind.
        tell: Finds the best text of a changed case, as things stand there or once everybody agreed.
    """

    case: Case
    now: Tearline
    asked: Tearline
    waits: bool
    here: Told
    tell: Tell

    def solve(self, case: Case, today: bool) -> Tearline:
        """The best text of a changed case."""
        return self.tell(case, today).text

    def gain(self, then: Tearline, over: Tearline) -> float:
        """How much more ``then`` is worth than ``over``, rounded down; a text that does not serve is worth nothing."""
        return hundredths(then.value * then.serves - over.value * over.serves)


def still_to_ask(case: Case, wanted: Tearline) -> str:
    """Who would have to agree to ``wanted``, as a phrase; empty: nobody."""
    parties = [case.party(c.party).label for c in consultations(case, admissions(case), wanted)]
    return listed(parties) if parties else ""
