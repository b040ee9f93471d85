"""The two-regime filter without a filter: every hidden course of a partner, one by one, in exact fractions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from tearline.trust import Regimes


def unsound_after(history: Sequence[Fraction | None], regimes: Regimes) -> Fraction:
    """P(unsound at the end) given what was seen of each share; ``None`` stands for a certain breach.

    A course says for each share, and for the moment before the first, whether the partner was unsound.
    """
    weight = {False: Fraction(0), True: Fraction(0)}
    for course in itertools.product((False, True), repeat=len(history) + 1):
        start = Fraction(regimes.start)
        chance = start if course[0] else 1 - start
        for (before, now), seen in zip(itertools.pairwise(course), history, strict=True):
            chance *= _moves(before, now, regimes) * _shows(now, seen, regimes)
        weight[course[-1]] += chance
    return weight[True] / (weight[True] + weight[False])


def _moves(before: bool, now: bool, regimes: Regimes) -> Fraction:
    turns = Fraction(regimes.back) if before else Fraction(regimes.drift)
    return turns if before != now else 1 - turns


def _shows(unsound: bool, seen: Fraction | None, regimes: Regimes) -> Fraction:
    """P(what was seen), up to a factor that is the same in both regimes."""
    hazard = Fraction(regimes.leak_unsound if unsound else regimes.leak_sound) * Fraction(regimes.noticed)
    return hazard if seen is None else hazard * seen + 1 - hazard
