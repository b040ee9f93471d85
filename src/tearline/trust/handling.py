"""How likely one share leaks by a partner's own handling, for the word that stands for it."""

from functools import cache

from tearline.domain import Interval, Trust
from tearline.errors import InvariantError
from tearline.trust.regimes import UNSTATED, WORDS, expected_leak_rate, start


@cache
def leak_rate(handling: Trust | None) -> Interval:
    """P(one share leaks by the partner's own handling), for the word that stands for it.

    One edge is the rate at the start, the other the rate after a long clean record; the best point
    is the rate at the start, because a clean record that nobody has written down is not evidence.
    ``None`` is taken as :data:`.UNSTATED`. What is on record moves it: see :mod:`.standing`.

    >>> rate = leak_rate(Trust.WARY)
    >>> round(rate.lo, 4), round(rate.mid, 4), round(rate.hi, 4)
    (0.0602, 0.105, 0.105)
    """
    word = handling or UNSTATED
    regimes = WORDS[word]
    lo, mid, hi = (expected_leak_rate(unsound, regimes) for unsound in start(regimes))
    return Interval(lo, mid, hi, spelled=word.value)


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
