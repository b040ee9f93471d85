"""The countries that all portions have in common: how release lists meet in a roll-up.

Tokens on every list stay as they are, so that FVEY on all of them stays FVEY; only what is left over has its
groups opened. USA is on a list or not; it is set apart first, and put in front at the end.

Source: ISM-Rollup.XML V2021-NOV (ODNI), its functions on release tokens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tearline.markings.ism.groups import opened_to_roll_up

Lists = Sequence[Iterable[str]]


def token_counts(lists: Lists) -> dict[str, int]:
    """On how many lists each token stands, groups closed; a token twice on one list counts once."""
    counts = Counter(token for each in lists for token in set(each) - {"USA"})
    return dict(sorted(counts.items()))


def common_closed(lists: Lists) -> frozenset[str]:
    """The tokens that stand on every list as they are written."""
    return frozenset(token for token, count in token_counts(lists).items() if count == len(lists))


def left_over(lists: Lists) -> tuple[frozenset[str], ...]:
    """Each list without what is common to all of them."""
    common = common_closed(lists)
    return tuple(frozenset(each) - common - {"USA"} for each in lists)


def opened(lists: Lists) -> tuple[frozenset[str], ...]:
    """Each list with its groups opened that may be, without USA."""
    return tuple(opened_to_roll_up(each) - {"USA"} for each in lists)


def common(lists: Lists) -> frozenset[str]:
    """The tokens that all lists have in common, without USA; empty for no lists.

    Law: what it lets read, every list lets read.
    """
    if not lists:
        return frozenset()
    return common_closed(lists) | frozenset.intersection(*opened(left_over(lists)))
