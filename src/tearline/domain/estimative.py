"""Words for probabilities, converted by interval and never by word alone.

The bands are those of ICD 203 (*Analytic Standards*, US, 2015); what lies below or above its outermost
bands takes their words. A lower edge belongs to its band, the upper one to the next. Confidence is a
separate matter and is not expressed here.
"""

import math
from collections.abc import Callable
from typing import Final

BANDS: Final = (
    (0.00, "almost no chance"),
    (0.05, "very unlikely"),
    (0.20, "unlikely"),
    (0.45, "roughly even chance"),
    (0.55, "likely"),
    (0.80, "very likely"),
    (0.95, "almost certain"),
)
"""Where each band begins, and its word."""


def word(probability: float) -> str:
    """The word of the band that ``probability`` falls into.

    >>> word(0.2), word(0.199)
    ('unlikely', 'very unlikely')
    """
    return next(name for start, name in reversed(BANDS) if probability >= start)


def words(lo: float, hi: float) -> str:
    """The words for an interval: one, or from one to another where it spans several bands.

    >>> words(0.01, 0.3)
    'almost no chance to unlikely'
    """
    first, last = word(lo), word(hi)
    return first if first == last else f"{first} to {last}"


def percent_up(probability: float) -> str:
    """A percentage of two significant digits, rounded up: what could be believed is never understated.

    >>> percent_up(0.0202), percent_up(0.37), percent_up(0)
    ('2.1%', '37%', '0%')
    """
    return _percent(probability, math.ceil)


def percent_down(probability: float) -> str:
    """As :func:`percent_up`, rounded down: for lower edges and for limits."""
    return _percent(probability, math.floor)


def percents(lo: float, hi: float) -> str:
    """An interval in per cent, rounded outwards.

    >>> percents(0.0105, 0.3767)
    '1–38%'
    """
    low, high = percent_down(lo), percent_up(hi)
    if low == high:
        return high
    if low.startswith("under "):
        return high if high.startswith("under ") else f"under {high}"
    return f"{low.removesuffix('%')}–{high}"


def _percent(probability: float, towards: Callable[[float], int]) -> str:
    share = 100 * probability
    if share <= 0:
        return "0%"
    digits = max(0, 1 - math.floor(math.log10(share)))
    if digits > 4:
        return "under 0.01%"
    return f"{towards(round(share * 10**digits, 6)) / 10**digits:g}%"
