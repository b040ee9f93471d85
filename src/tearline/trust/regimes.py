"""How far a partner's handling can be relied on, and why trust falls fast and rises slowly.

A partner is in one of two hidden states of affairs: sound (it seldom leaks) or unsound (it often
does). Most leaks are never noticed, so a clean share says little, while a noticed breach says much:
one breach outweighs dozens of clean shares. Nothing here is tuned by hand to be slow up and fast
down; it follows from the rates. Drift between the two regimes keeps trust from ever saturating, so
an old spotless record buys no immunity.

Here is the filter itself, for the axis of handling; that of use is in :mod:`.use`, what really happened
in :mod:`.record`.
"""

import math
from collections.abc import Iterable
from typing import Final

import attrs

from tearline.domain import Trust
from tearline.errors import InvariantError

CLEAN: Final = 0.0
"""Λ of a share after which nothing was noticed."""

BREACH: Final = math.inf
"""Λ of a breach that was noticed and is certainly theirs."""

UNSTATED: Final = Trust.WARY
"""What a partner's handling is taken to be where nobody has said."""


def _rate(_: object, attribute: "attrs.Attribute[float]", value: float) -> None:
    if not 0 < value < 1:  # also true for NaN
        raise InvariantError(f"`{attribute.name}` is {value}, not a probability inside (0, 1)")


@attrs.frozen(kw_only=True)
class Regimes:
    """The two regimes of one partner and how it moves between them. All values inside (0, 1).

    Attributes:
        start: P(unsound) before the first share.
        drift: P(a sound partner turns unsound) per share.
        back: P(an unsound partner turns sound) per share.
        leak_sound: P(a share leaks | sound).
        leak_unsound: P(a share leaks | unsound); larger than ``leak_sound``.
        noticed: P(we notice | a share leaked), δ.
    Raises:
        InvariantError: A value outside its range, or an unsound partner that leaks less.
    """

    start: float = attrs.field(default=0.2, validator=_rate)
    drift: float = attrs.field(default=0.005, validator=_rate)
    back: float = attrs.field(default=0.001, validator=_rate)
    leak_sound: float = attrs.field(default=0.005, validator=_rate)
    leak_unsound: float = attrs.field(default=0.2, validator=_rate)
    noticed: float = attrs.field(default=0.2, validator=_rate)

    def __attrs_post_init__(self) -> None:
        if self.leak_sound >= self.leak_unsound:
            raise InvariantError("an unsound partner must leak more than a sound one")


WORDS: Final[dict[Trust, Regimes]] = {
    Trust.SOUND: Regimes(start=0.03, drift=0.0003, leak_sound=0.002),
    Trust.FAIR: Regimes(start=0.15, drift=0.003, leak_sound=0.005),
    Trust.WARY: Regimes(start=0.5, drift=0.01, leak_sound=0.01),
    Trust.RIVAL: Regimes(start=0.8, drift=0.05, leak_sound=0.01),
}
"""What the words stand for. Judgement, one table for every case.

Each word has rates of its own: with one set for all, every spotless partner would end at the same
leak rate whatever it was called at the start. Set against the leak gate of 0.05, one share to a
sound or a fair partner does not bind by its handling, one to a wary partner does, and after one
noticed breach one share to any partner does.
"""

CLEAN_RECORD: Final = 100
"""Shares without a noticed breach that make a long clean record."""


def predict(unsound: float, regimes: Regimes) -> float:
    """P(unsound) one share later, before anything is seen of that share.

    Raises:
        InvariantError: ``unsound`` is no probability.
    """
    if not 0 <= unsound <= 1:
        raise InvariantError(f"{unsound} is not a probability")
    return unsound * (1 - regimes.back) + (1 - unsound) * regimes.drift


def update(unsound: float, evidence: float, regimes: Regimes) -> float:
    """P(unsound) after what was seen of one share.

    Args:
        unsound: P(unsound) before, in [0, 1].
        evidence: ``Λ = P(what was seen | they leaked) / P(what was seen | they did not)``, in
            [0, inf]: :data:`CLEAN`, :data:`BREACH`, or anything between for an incident that may
            have had another cause. Feed the likelihood ratio of a trace, never its posterior: the
            posterior already holds a prior, which would then count twice.
    Returns:
        In [0, 1]. A breach never lowers it, a clean share never raises it, ``Λ = 1`` changes
        nothing, and a larger ``Λ`` never gives less.
    Raises:
        InvariantError: A value outside its range.
    Source:
        Bayes' rule with the likelihood ``λδΛ + (1 - λδ)`` of a regime that leaks with rate ``λ``.
    """
    if not 0 <= unsound <= 1:
        raise InvariantError(f"{unsound} is not a probability")
    if not evidence >= 0:  # also true for NaN
        raise InvariantError(f"{evidence} is not a likelihood ratio")
    if_sound = (1 - unsound) * _likelihood(regimes.leak_sound * regimes.noticed, evidence)
    if_unsound = unsound * _likelihood(regimes.leak_unsound * regimes.noticed, evidence)
    return if_unsound / (if_unsound + if_sound)


def follow(unsound: float, history: Iterable[float], regimes: Regimes) -> float:
    """P(unsound) after a history of shares: for each, predict, then update on its evidence ``Λ``.

    Drift apart, the order of a history does not matter. Evidence that is withdrawn is undone by
    following the history again without it.
    """
    for evidence in history:
        unsound = update(predict(unsound, regimes), evidence, regimes)
    return unsound


def expected_leak_rate(unsound: float, regimes: Regimes) -> float:
    """P(the next share leaks), noticed or not, for a partner that is unsound with that probability."""
    return unsound * regimes.leak_unsound + (1 - unsound) * regimes.leak_sound


def start(regimes: Regimes) -> tuple[float, float, float]:
    """P(unsound) before anything that is on record: at least, best point, at most.

    The best point is the start of the word; one edge is what a long clean record would have made of it.
    Nobody has written one down, so it is no evidence, but there may have been one.
    """
    proven = follow(regimes.start, [CLEAN] * CLEAN_RECORD, regimes)
    return min(regimes.start, proven), regimes.start, max(regimes.start, proven)


def likelihood_ratio(evidence: float, noticed: float, regimes: Regimes) -> float:
    """How many times likelier evidence ``Λ`` on one share is from an unsound partner than from a sound one.

    Between ``(1 - λuδ) / (1 - λsδ)`` for a clean share and ``λu / λs`` for a certain breach. It grows with
    ``Λ``, and in ``noticed`` it moves away from 1. One share of which nothing can be noticed says nothing.

    Raises:
        InvariantError: A value outside its range.
    """
    if not 0 <= noticed <= 1 or not evidence >= 0:
        raise InvariantError(f"{noticed} is no probability, or {evidence} no likelihood ratio")
    if math.isinf(evidence):
        return regimes.leak_unsound / regimes.leak_sound
    return _likelihood(regimes.leak_unsound * noticed, evidence) / _likelihood(regimes.leak_sound * noticed, evidence)


def weigh(unsound: float, ratio: float) -> float:
    """P(unsound) after evidence so many times likelier from an unsound partner than from a sound one."""
    return unsound * ratio / (unsound * ratio + 1 - unsound)


def _likelihood(hazard: float, evidence: float) -> float:
    return hazard if math.isinf(evidence) else hazard * evidence + (1 - hazard)
