"""The axis of use: the same filter as for handling, with how bad it was as columns of the likelihood.

A use that goes wrong embarrasses, endangers the flow, or does grave harm. How much likelier each is from
an unsound partner than from a sound one grows with how bad it is.
"""

from typing import Final

from tearline.domain import Severity
from tearline.trust.regimes import Regimes

TELLING: Final = {Severity.EMBARRASSMENT: 8.0, Severity.ENDANGERED_FLOW: 40.0, Severity.GRAVE_HARM: 120.0}
"""How many times likelier such a misuse is from an unsound partner. Judgement, one table for every case."""

UNSOUND: Final = {Severity.EMBARRASSMENT: 0.12, Severity.ENDANGERED_FLOW: 0.06, Severity.GRAVE_HARM: 0.02}
"""P(one use goes wrong in that way | unsound). Judgement; they add up to the leak rate of an unsound partner."""

SOUND: Final = {severity: rate / TELLING[severity] for severity, rate in UNSOUND.items()}
"""P(one use goes wrong in that way | sound)."""


def of_use(regimes: Regimes) -> Regimes:
    """Regimes of the same partner on the axis of use: how it drifts stays, how often it does harm is of all words.

    ``leak_sound`` and ``leak_unsound`` are then P(one use goes wrong in any way).
    """
    return Regimes(
        start=regimes.start,
        drift=regimes.drift,
        back=regimes.back,
        leak_sound=sum(SOUND.values()),
        leak_unsound=sum(UNSOUND.values()),
        noticed=regimes.noticed,
    )


def of_severity(severity: Severity, regimes: Regimes) -> Regimes:
    """The same where only one kind of misuse is asked for."""
    return Regimes(
        start=regimes.start,
        drift=regimes.drift,
        back=regimes.back,
        leak_sound=SOUND[severity],
        leak_unsound=UNSOUND[severity],
        noticed=regimes.noticed,
    )
