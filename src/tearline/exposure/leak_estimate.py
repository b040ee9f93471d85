"""How likely a reader comes to hold something, from drawn worlds: to be shown, never to be decided on.

Rare leaks are hardly ever met in worlds drawn as they come. So a way is drawn first, as often as it is
likely, then the rest of a world in which it is open; the world counts one over the number of its open
ways. What counts adds up to the chance that any way is open, however rare that is (Karp and Luby). Where
ways are likely, worlds are drawn as they come. Either way drawing stops by a rule that keeps the promise
of :data:`WITHIN` and :data:`SURE` without knowing the answer (Dagum, Karp, Luby and Ross).

Source:
    Karp, Luby and Madras, J. Algorithms 10 (1989); Dagum, Karp, Luby and Ross, SIAM J. Computing 29 (2000).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import attrs
import numpy as np

from tearline.domain.defaults import LEAK_GATE
from tearline.exposure.envelope import Bools, Floats
from tearline.exposure.leak_network import READER, Network, Place, Switches
from tearline.exposure.leak_ways import Piece, pieces

WITHIN: Final = 0.1
"""The largest relative error that is promised."""

SURE: Final = 0.05
"""How often the promise may fail."""

FOLLOWED: Final = 2_000
"""How many beginnings of ways are followed before the rest only widen the estimate."""

MOST_DRAWN: Final = 30_000
"""How many worlds are drawn before there is no estimate."""

BATCH: Final = 500
"""So many worlds are drawn at a time."""


def stops_at(within: float = WITHIN, sure: float = SURE) -> float:
    """The sum of scores at which drawing may stop, ``1 + (1 + within) * 4 (e - 2) ln(2 / sure) / within**2``.

    >>> round(stops_at(), 3)
    1166.848
    """
    return 1 + (1 + within) * 4 * (math.e - 2) * math.log(2 / sure) / within**2


@attrs.frozen(kw_only=True)
class Estimate:
    """A probability from drawn worlds.

    Attributes:
        value: Within :data:`WITHIN` of the chance that one of the ways followed is open, in all but
            :data:`SURE` of all seeds.
        lo, hi: Where the probability then lies; ``hi`` counts every way that was not followed.
        drawn: How many worlds it took.
    """

    value: float
    lo: float
    hi: float
    drawn: int


def estimate_of(network: Network, seed: int = 0) -> Estimate | None:
    """The probability that the reader holds it, at the best points; ``None`` if that takes too many worlds.

    Args:
        network: With one content at most. One that surely arrives, or that has no way, needs no drawing.
    """
    if network.surely or not network.links:
        sure = float(bool(network.surely))
        return Estimate(value=sure, lo=sure, hi=sure, drawn=0)
    (source,) = network.contents
    every = pieces(network, source, FOLLOWED)
    ways = [piece for piece in every if piece.arrives and piece.chance[1] > 0]
    rest = math.fsum(piece.chance[1] for piece in every if not piece.arrives)
    total = math.fsum(way.chance[1] for way in ways)
    order = sorted(network.chances)
    chances = np.array([network.chances[switch].mid for switch in order])
    if total + rest >= 1:
        found = _drawn(worlds_as_they_come(network, source, chances, order), seed)
        total, rest = 1.0, 0.0
    elif rest > LEAK_GATE or not ways:
        return None
    else:
        found = _drawn(_forced(ways, chances, order), seed)
    if found is None:
        return None
    mean, drawn = found
    value = mean * total
    return Estimate(value=value, lo=value / (1 + WITHIN), hi=min(1.0, value / (1 - WITHIN) + rest), drawn=drawn)


Scores = Callable[[np.random.Generator], Floats]
"""Draws :data:`BATCH` worlds and gives what each counts, in [0, 1]."""


def _drawn(scores: Scores, seed: int) -> tuple[float, int] | None:
    """The mean score by the stopping rule, and how many worlds it took."""
    chance, enough = np.random.default_rng(seed), stops_at()
    so_far = 0.0
    for batch in range(MOST_DRAWN // BATCH):
        sums = so_far + np.cumsum(scores(chance))
        if sums[-1] >= enough:
            drawn = batch * BATCH + int(np.argmax(sums >= enough)) + 1
            return enough / drawn, drawn
        so_far = float(sums[-1])
    return None


def _forced(ways: Sequence[Piece], chances: Floats, order: Sequence[int]) -> Scores:
    """A way is drawn and open; one over the number of open ways counts."""
    needs = np.array([[switch in way.switches for switch in order] for way in ways], np.bool_)
    likely = np.array([way.chance[1] for way in ways])
    shares = likely / likely.sum()

    def scores(chance: np.random.Generator) -> Floats:
        drawn = chance.choice(len(ways), BATCH, p=shares)
        on = (chance.random((BATCH, len(order))) < chances) | needs[drawn]
        lacking = (~on).astype(np.float32) @ needs.T.astype(np.float32)
        score: Floats = 1.0 / (lacking == 0).sum(axis=1)
        return score

    return scores


def worlds_as_they_come(network: Network, source: Place, chances: Floats, order: Sequence[int]) -> Scores:
    """Worlds as they come; one in which the reader holds it counts."""
    column = {switch: number for number, switch in enumerate(order)}

    def is_open(switches: Switches, on: Bools) -> Bools:
        found: Bools = np.zeros(len(on), np.bool_) if switches else np.ones(len(on), np.bool_)
        for switch in switches:
            found |= on[:, column[switch]]
        return found

    def scores(chance: np.random.Generator) -> Floats:
        on = chance.random((BATCH, len(order))) < chances
        links = {joint: is_open(switches, on) for joint, switches in sorted(network.links.items())}
        holds = {place: np.zeros(BATCH, np.bool_) for joint in links for place in joint}
        holds[source] = np.ones(BATCH, np.bool_)
        grows = True
        while grows:
            before = sum(int(held.sum()) for held in holds.values())
            for (giver, to), passes in links.items():
                holds[to] |= holds[giver] & passes
            grows = before < sum(int(held.sum()) for held in holds.values())
        return holds[READER].astype(np.float64)

    return scores
