"""Attackers who count lists: no grades, no priors, no Bayes.

Each knows whom every wording that it saw would fit, and scores people by it. They are the attacks of the
literature, and stand beside the engine so that it is not only set against readers who reason as it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints

CLOSE: Final = 1e-9
"""Scores that differ by less than this are a tie."""

Counting = Callable[[Bools, Floats, Ints], Floats]
"""From the lists that were pointed at, shape ``(lists, columns)``, how often each column is on a list at
all, and how many people it stands for, both of shape ``(columns,)``, to a score for each column; the
highest is the first suspect."""


def intersection(lists: Bools, common: Floats, count: Ints) -> Floats:
    """Who is on most of the lists? (An intersection attack that forgives errors in the lists.)"""
    score: Floats = lists.sum(axis=0).astype(np.float64)
    return score


def rarity(lists: Bools, common: Floats, count: Ints) -> Floats:
    """The same, but to be on a short list counts for more: log(people / length)."""
    length = np.maximum(lists @ count, 1)
    score: Floats = np.log(count.sum() / length) @ lists
    return score


def statistical(lists: Bools, common: Floats, count: Ints) -> Floats:
    """Who is on more of the lists than someone so busy should be, in standard deviations?

    Source:
        The statistical disclosure attack on mixes (Danezis 2003), with the background subtracted.
    """
    share = common / (common @ count)
    expected = np.minimum(np.outer(lists @ count, share), 0.999)
    spread = np.sqrt((expected * (1 - expected)).sum(axis=0)) + 1e-6
    score: Floats = (lists.sum(axis=0) - expected.sum(axis=0)) / spread
    return score


COUNTING: Final[Mapping[str, Counting]] = {
    "intersection": intersection,
    "rarity": rarity,
    "statistical": statistical,
}
