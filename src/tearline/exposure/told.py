"""All that is told with what is said: what words imply in turn, and by which day that was known.

What words imply counts as said, by the day by which the words themselves show that they were known: whoever
yielded words that date themselves had all that follows from them by then. Whoever holds a report as it was
collected may recognise it behind what words imply, too, and is then told all that the report implies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tearline.domain import Case, Claim, ClaimId
from tearline.domain.defaults import LEAK_GATE


def shown_by(claim: Claim, rank: int, on: dt.date) -> dt.date:
    """The day by which words told on some day show that they were known; what vaguer ones show, they show too."""
    return min([on, *(version.known_by for version in claim.versions[rank:] if version.known_by)])


def told_with(
    case: Case, claim: ClaimId, rank: int, on: dt.date | None
) -> Iterator[tuple[ClaimId, int, dt.date | None]]:
    """What is said and all that it implies, in turn: claims and ranks, each on the day on which it counts as said.

    Some may come more than once, and beside others that say more; undated words (``None``) imply undated ones.
    """
    waiting, met = [(claim, rank, on)], set[tuple[ClaimId, int, dt.date | None]]()
    while waiting:
        each = waiting.pop()
        if each in met:
            continue
        met.add(each)
        yield each
        known, at, day = each
        shown = None if day is None else shown_by(case.claim(known), at, day)
        for version in case.claim(known).versions[at:]:
            waiting += [(other, case.claim(other).rank(words), shown) for other, words in version.implies.items()]


def with_raw_texts(case: Case, told: Iterable[ClaimId]) -> frozenset[ClaimId]:
    """``told``, and all that they may tell in turn to readers who may hold some of these reports as collected."""
    held = {claim for reader in case.readers for claim, chance in reader.holds_raw.items() if chance.hi >= LEAK_GATE}
    found = set(told)
    waiting = found & held
    while waiting:
        new = case.entails(waiting.pop(), 0).keys() - found
        found |= new
        waiting |= new & held
    return frozenset(found)


def could_tell(case: Case, claims: Iterable[ClaimId]) -> frozenset[ClaimId]:
    """All of which something could be told by telling ``claims`` as collected, raw texts in some hands included."""
    return with_raw_texts(case, (entailed for claim in claims for entailed in case.entails(claim, 0)))
