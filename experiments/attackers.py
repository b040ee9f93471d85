"""Attackers who never heard of Tearline: they count lists.

Each knows, from lists of its own that are a little wrong, whom every wording it saw would fit, and ranks
the people of the organisation. None uses our access grades, our priors or our arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from experiments.series import Series, told
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.sim.counting import CLOSE, Counting

WRONG: Final = 0.02
"""Share of every list that is missing; as many people stand on it who should not."""


@attrs.frozen(eq=False, kw_only=True)
class Caught:
    """How one attacker did against each series, every array of shape ``(series,)``.

    Attributes:
        first: Chance that its first guess is the source (people it cannot tell apart in any order).
        three: Chance that the source is among its first three guesses.
        alone: Whether the source stands alone at the top of its list.
        rank: Place of the source on its list, 1 at the top; in a tie the middle of the tied places.
    """

    first: Floats
    three: Floats
    alone: Bools
    rank: Floats


def spoil(series: Series, rng: np.random.Generator, wrong: float = WRONG) -> Bools:
    """The attacker's own version of ``series.fits``: in every list a few missing and a few too many.

    The list of everybody has no errors. The same occasion gets the same errors in all of its reports.
    """
    fits = series.fits.copy()
    first = {gathering: series.occasion.index(gathering) for gathering in series.occasion}
    for report in sorted(first.values()):
        length = fits[report].sum(axis=1, keepdims=True)
        outside = np.maximum(series.people - length, 1)
        chance = np.where(fits[report], wrong, np.minimum(wrong * length / outside, 1.0))
        fits[report] ^= (rng.random(fits[report].shape) < chance) & (length < series.people)
    return fits[[first[gathering] for gathering in series.occasion]]


def attack(
    attacker: Counting, drawn: Sequence[Series], spoiled: Sequence[Bools], chosen: Ints, common: Floats
) -> Caught:
    """Let ``attacker`` rank the people after each series as it was sent, ``chosen[series, report]``."""
    results = []
    for series, lists, wordings in zip(drawn, spoiled, chosen, strict=True):
        seen = told(series.occasion, tuple(map(int, wordings)))
        shown = np.array([lists[report, wording] for report, wording in seen.values()], dtype=np.bool_)
        score = attacker(shown.reshape(len(seen), series.people), common, np.ones(series.people, dtype=np.int64))
        results.append(_place(score, series.source))
    first, three, alone, rank = np.array(results).T
    return Caught(first=first, three=three, alone=alone == 1, rank=rank)


def _place(score: Floats, source: int) -> tuple[float, float, float, float]:
    above = int((score > score[source] + CLOSE).sum())
    tied = int((np.abs(score - score[source]) <= CLOSE).sum())
    within = [min(max(guesses - above, 0) / tied, 1.0) for guesses in (1, 3)]
    return within[0], within[1], float(above == 0 and tied == 1), above + (tied + 1) / 2
