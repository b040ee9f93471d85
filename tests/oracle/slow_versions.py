"""What was said, worked out the slow way: every looseness, every version, every teller truthful or not, in fractions.

Written from the page on incidents and not from the engine: nothing is vectorised, nothing is shared with it but the
tables of numbers, which both take from the engine.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

Said = tuple[int, ...]
"""For each claim the place of what was said among its options, 0 for the most exact."""


def slow_posterior(
    options: Sequence[int],
    odds: Mapping[str, float],
    looseness: Mapping[str, float],
    accounts: Sequence[tuple[Sequence[Sequence[float] | None], float, float]],
    bend: float,
) -> dict[Said, Fraction]:
    """P(what was said of every claim | all accounts).

    Args:
        options: How many options each claim has.
        odds: By way of speaking, how much likelier each step towards more exact words becomes.
        looseness: The weight of each way of speaking.
        accounts: For each: by claim how likely a truthful teller gives it, by option (``None``: says nothing of
            it); how likely the teller is truthful; the power of ``bend`` by which it prefers vaguer options.
    """
    found: dict[Said, Fraction] = {}
    for said in itertools.product(*(range(n) for n in options)):
        weight = Fraction(0)
        for way, share in looseness.items():
            product = Fraction(share)
            for place, n in zip(said, options, strict=True):
                product *= _step(place, n, Fraction(odds[way]))
            weight += product
        for likely, truthful, towards in accounts:
            weight *= _heard(said, likely, Fraction(truthful), towards, bend, options)
        found[said] = weight
    total = sum(found.values(), Fraction(0))
    return {said: weight / total for said, weight in found.items()}


def _step(place: int, n: int, odds: Fraction) -> Fraction:
    each = [math.comb(n - 1, p) * odds ** (n - 1 - p) for p in range(n)]
    return each[place] / sum(each, Fraction(0))


def _heard(
    said: Said,
    likely: Sequence[Sequence[float] | None],
    truthful: Fraction,
    towards: float,
    bend: float,
    options: Sequence[int],
) -> Fraction:
    """The teller reports the truth, or draws what to say from its motive, claim by claim."""
    true, drawn = Fraction(1), Fraction(1)
    for place, chances, n in zip(said, likely, options, strict=True):
        if chances is not None:
            true *= Fraction(chances[place])
            prefers = [Fraction(bend) ** int(towards * p) for p in range(n)]
            drawn *= sum((Fraction(c) * w for c, w in zip(chances, prefers, strict=True)), Fraction(0)) / sum(
                prefers, Fraction(0)
            )
    return truthful * true + (1 - truthful) * drawn
