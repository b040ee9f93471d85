"""What a bit of a limit must buy before it may be spent: the reserve price.

A limit is a stock that does not grow back. Routine use that takes whatever comes leaves nothing for the
report that matters, and nobody knows what will come. The price below which a bit is kept rises with the
share that is used up, and it is the best rule there is for that ignorance.
"""

from __future__ import annotations

import math


def reserve_price(used: float, least: float, most: float) -> float:
    """The value per bit below which a bit is kept: ``(least / e) * (most * e / least) ** used``.

    Args:
        used: The share of the stock that is used up, in [0, 1]; more counts as all of it.
        least, most: Between them lies the value per bit of everything that may come, ``0 < least <= most``.
    Laws:
        Rises with ``used``; it is ``least`` once ``1 / (1 + ln(most / least))`` is used, and ``most``
        once everything is. If every release is small against the stock, what is bought is worth at
        least ``1 / (1 + ln(most / least))`` of what could have been bought by somebody who knew the
        future, and no rule without that knowledge can promise more.
    Source:
        Zhou, Chakrabarty, Lukose, "Budget constrained bidding in keyword auctions and online knapsack
        problems" (WINE 2008).

    >>> round(reserve_price(0.5, 1, 100), 4)
    6.0653
    """
    return least / math.e * math.exp(min(max(used, 0.0), 1.0) * math.log(most * math.e / least))
