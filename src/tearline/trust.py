"""How far a partner's handling can be relied on, and why trust falls fast and rises slowly.

A partner is in one of two hidden states of affairs: sound (it seldom leaks) or unsound (it often
does). Most leaks are never noticed, so a clean share says little, while a noticed breach says much:
one breach outweighs dozens of clean shares. Nothing here is tuned by hand to be slow up and fast
down; it follows from the rates. Drift between the two regimes keeps trust from ever saturating, so
an old spotless record buys no immunity.

What it does not know: penetration (a hostile service inside an honest partner) and harm done by the
*use* of what was given. Where a rate becomes an edge of the leak graph, see
:mod:`tearline.exposure.leaks`.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

import attrs

from tearline.domain.grades import Interval, Trust
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


@cache
def leak_rate(handling: Trust | None) -> Interval:
    """P(one share leaks by the partner's own handling), for the word that stands for it.

    One edge is the rate at the start, the other the rate after a long clean record; the best point
    is the rate at the start, because a clean record that nobody has written down is not evidence.
    ``None`` is taken as :data:`UNSTATED`.

    >>> rate = leak_rate(Trust.WARY)
    >>> round(rate.lo, 4), round(rate.mid, 4), round(rate.hi, 4)
    (0.0602, 0.105, 0.105)
    """
    word = handling or UNSTATED
    regimes = WORDS[word]
    new = expected_leak_rate(regimes.start, regimes)
    proven = expected_leak_rate(follow(regimes.start, [CLEAN] * CLEAN_RECORD, regimes), regimes)
    return Interval(min(new, proven), new, max(new, proven), spelled=word.value)


def leak_chance(handling: Trust | None, shares: int) -> Interval:
    """P(at least one of several shares leaks by the partner's own handling): ``1 - (1 - rate)**shares``.

    Args:
        shares: How many, at least 0.
    Assumes:
        Shares leak one by one. In truth shares of one regime go together, which makes *some* leak
        no more likely (Jensen's inequality), so this errs on the source's side.
    Raises:
        InvariantError: A negative number of shares.
    """
    if shares < 0:
        raise InvariantError(f"{shares} shares")
    rate = leak_rate(handling)
    lo, mid, hi = (1 - (1 - p) ** shares for p in (rate.lo, rate.mid, rate.hi))
    return Interval(lo, mid, hi, spelled=rate.spelled)


def _likelihood(hazard: float, evidence: float) -> float:
    return hazard if math.isinf(evidence) else hazard * evidence + (1 - hazard)
