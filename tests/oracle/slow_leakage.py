"""The measures of quantitative information flow as their definitions say them, in exact fractions.

Gains are tables here, ``gain[w][s]``: what the action *w* brings if the secret is *s*. Guessing once,
guessing several times and investigating are such tables, written out action by action.

Source: Alvim and others, CSF 2012 and CSF 2014.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

Row = Sequence[Fraction]
Table = Sequence[Row]


def _dot(one: Row, other: Row) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def best(gain: Table, weight: Row) -> Fraction:
    """What the best action brings on average."""
    return max(_dot(action, weight) for action in gain)


def after(gain: Table, prior: Row, channel: Table) -> Fraction:
    """The same, with the best action for each observation."""
    columns = zip(*channel, strict=True)
    return sum((best(gain, [p * c for p, c in zip(prior, column, strict=True)]) for column in columns), Fraction(0))


def guessing(secrets: int, tries: int) -> Table:
    """One for each set of guesses that contains the secret."""
    sets = itertools.combinations(range(secrets), min(tries, secrets))
    return [[Fraction(s in chosen) for s in range(secrets)] for chosen in sets]


def investigating(secrets: int, benefit: Fraction, cost: Fraction) -> Table:
    """Every set of persons, none included."""
    sets = [c for size in range(secrets + 1) for c in itertools.combinations(range(secrets), size)]
    return [[benefit * (s in chosen) - cost * len(chosen) for s in range(secrets)] for chosen in sets]


def capacity(channel: Table) -> Fraction:
    """Not in bits: the factor itself."""
    return sum((max(column) for column in zip(*channel, strict=True)), Fraction(0))


def pointwise(prior: Row, channel: Table) -> list[Fraction]:
    """Not in bits: the largest factor by which an observation raises the belief in anything; 1 if impossible."""
    found = []
    for column in zip(*channel, strict=True):
        likely = _dot(prior, column)
        found.append(max(c for p, c in zip(prior, column, strict=True) if p) / likely if likely else Fraction(1))
    return found


def then(channel: Table, further: Table) -> Table:
    """The channel whose observations are handed to another one (post-processing)."""
    columns = list(zip(*further, strict=True))
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in columns] for row in channel
    ]


def beside(one: Table, other: Table) -> Table:
    """Both observations at once, drawn independently given the secret."""
    return [[a * b for a in left for b in right] for left, right in zip(one, other, strict=True)]
