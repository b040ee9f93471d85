"""How large it was: expected loss of future take, in source-years, on a scale of tens.

One standard source-year is one year of an ordinary source. A source is worth its years ahead, each a little
less than the one before, times its rank. Lives are in none of this: they are never priced.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.domain.incidents import Rank

WEIGHTS: Final = {Rank.ORDINARY: 1.0, Rank.USEFUL: 2.0, Rank.IMPORTANT: 5.0, Rank.IRREPLACEABLE: 10.0}
"""What a year of a source of each rank is worth, in standard source-years. The same for every incident. Judgement."""

DISCOUNT: Final = 0.05
"""By what a year's take is worth less than that of the year before. Judgement."""


@attrs.frozen
class Span:
    """Something known only to lie between two edges, with its best point; in source-years or any unit."""

    lo: float
    mid: float
    hi: float

    def __attrs_post_init__(self) -> None:
        if not self.lo <= self.mid <= self.hi:
            raise ValueError(f"not in order: {self.lo}, {self.mid}, {self.hi}")

    def __add__(self, other: Span) -> Span:
        return Span(self.lo + other.lo, self.mid + other.mid, self.hi + other.hi)

    def __mul__(self, other: Span) -> Span:
        """Edge by edge, for what is not negative."""
        return Span(self.lo * other.lo, self.mid * other.mid, self.hi * other.hi)


NOTHING: Final = Span(0.0, 0.0, 0.0)
LEAST: Final = 0.01
"""Source-years below which a loss cannot be told from none: less than four days of an ordinary source. Judgement."""


def total(parts: Sequence[Span]) -> Span:
    """The sum of all parts; nothing of none."""
    found = NOTHING
    for part in parts:
        found = found + part
    return found


def ahead(rank: Rank, years: tuple[float, float]) -> Span:
    """What the years ahead of a source are worth, in standard source-years.

    >>> round(ahead(Rank.USEFUL, (1, 1)).mid, 4)
    1.9508
    """

    def worth(time: float) -> float:
        return WEIGHTS[rank] * -math.expm1(-DISCOUNT * time) / DISCOUNT

    first, last = years
    return Span(worth(first), worth((first + last) / 2), worth(last))


def magnitude(loss: Span) -> Span | None:
    """log10 of a loss of future take in source-years; ``None`` where nothing is lost.

    An edge without loss has no logarithm; it stands at the smallest that can be told from nothing.

    >>> found = magnitude(Span(0.8, 2.46, 4.3))
    >>> round(found.lo, 4), round(found.mid, 4), round(found.hi, 4)
    (-0.0969, 0.3909, 0.6335)
    """
    if loss.hi < LEAST:
        return None
    lo, mid, hi = (math.log10(max(edge, LEAST)) for edge in (loss.lo, loss.mid, loss.hi))
    return Span(lo, mid, hi)


POINT: Final = 1e-9
"""Tens: an interval that is narrower is a point, and points that are nearer are equal."""


UNTOLD: Final = Span(*[math.log10(LEAST)] * 3)
"""Where nothing that is lost can be told from nothing it is this much at most."""


def exceeds(one: Span | None, other: Span | None, by: float = 0.0) -> float:
    """P(one magnitude exceeds another by more than ``by`` tens), each taken as equally likely all over its interval.

    Two points that are equal exceed each other not at all. No magnitude stands at the smallest that there is.

    >>> round(exceeds(Span(-0.0969, 0.3909, 0.6335), Span(0.2, 0.5, 0.9)), 4)
    0.1838
    """
    one, other = one or UNTOLD, other or UNTOLD
    a, b, c, d = one.lo, one.hi, other.lo + by, other.hi + by
    if b - a < POINT and d - c < POINT:
        return float(a > c + POINT)
    if a >= d or b <= c:
        return float(a >= d)
    if d - c < POINT:
        return min(1.0, max(0.0, (b - c) / (b - a)))
    if b - a < POINT:
        return min(1.0, max(0.0, (a - c) / (d - c)))
    # the mean over x in [a, b] of how far x has come from c to d, clipped to [0, 1]

    def area(x: float) -> float:
        inside = min(max(x, c), d)
        return (inside - c) ** 2 / (2 * (d - c)) + max(0.0, x - d)

    return min(1.0, max(0.0, (area(b) - area(a)) / (b - a)))


def tens_apart(one: Span | None, other: Span | None, sure: float = 0.95) -> int | None:
    """The largest number of tens by which one exceeds the other with at least ``sure``; ``None``: not even by none."""
    if one is None or exceeds(one, other) < sure:
        return None
    by = 0
    while exceeds(one, other, by + 1) >= sure:
        by += 1
    return by


class Word(Enum):
    """The damage in the words of US law (EO 13526 sec. 1.2): what the authority must be able to describe."""

    NONE = "no damage that can be described"
    DAMAGE = "damage"
    SERIOUS = "serious damage"
    GRAVE = "exceptionally grave damage"


FROM: Final = ((10.0, Word.GRAVE), (1.0, Word.SERIOUS), (0.05, Word.DAMAGE))
"""From how many source-years on each word stands. Judgement: the law gives no numbers."""


def legal_words(loss: Span, lives: bool) -> tuple[Word, ...]:
    """The words that the loss may deserve, from its lower to its upper edge, each once.

    Args:
        lives: Whether a person may have been found: that is serious damage at least, whatever the take.
    """
    order = list(Word)
    least = Word.SERIOUS if lives else Word.NONE
    edges = [max(_word(edge), least, key=order.index) for edge in (loss.lo, loss.hi)]
    return tuple(order[order.index(edges[0]) : order.index(edges[1]) + 1])


def _word(loss: float) -> Word:
    return next((word for start, word in FROM if loss >= start), Word.NONE)
