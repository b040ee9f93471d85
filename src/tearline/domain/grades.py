"""Graded judgements: how sure, how likely, how good.

Every number that a person types into a case is a judgement, so every one is an interval with a
best point inside. The word or the number as it was written stays with it (``spelled``), so that
tables can be re-tuned and files written back unchanged.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

import attrs

Spelling = str | float | tuple[float, float]


@attrs.frozen
class Interval:
    """A probability known only to lie between two edges, with the best point between them.

    Attributes:
        lo, mid, hi: Probabilities, ``0 <= lo <= mid <= hi <= 1``.
        spelled: As it was written: a word, a number, or a pair of numbers. Two intervals with the
            same edges are equal however they were spelled.

    >>> Interval.exactly(0.3)
    Interval(lo=0.3, mid=0.3, hi=0.3)
    """

    lo: float
    mid: float
    hi: float
    spelled: Spelling = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.lo <= self.mid <= self.hi <= 1:  # also false for NaN
            raise ValueError(f"not an interval of probabilities: [{self.lo}, {self.mid}, {self.hi}]")

    @classmethod
    def exactly(cls, point: float) -> Interval:
        """The interval without width."""
        return cls(point, point, point, spelled=point)

    @classmethod
    def between(cls, lo: float, hi: float) -> Interval:
        """An interval taken as written; its best point is the middle."""
        return cls(lo, (lo + hi) / 2, hi, spelled=(lo, hi))


ACCESS_WORDS: Final[dict[str, Interval]] = {
    "present": Interval(0.95, 1.0, 1.0, spelled="present"),
    "informed": Interval(0.6, 0.8, 0.95, spelled="informed"),
    "near": Interval(0.2, 0.4, 0.6, spelled="near"),
    "rumour": Interval(0.03, 0.1, 0.2, spelled="rumour"),
    "absent": Interval(0.001, 0.01, 0.03, spelled="absent"),
}
"""How well placed somebody was to yield a claim, from wrote-it-or-was-there to no known access.

Never a hard zero: lists of who knew what are wrong sometimes. Judgement, one table for every case.
"""

ABSENT: Final[Interval] = ACCESS_WORDS["absent"]
ACCESS_FLOOR: Final[float] = ABSENT.lo


def access(written: Spelling) -> Interval:
    """Read an access grade: a word, a number, or a pair of numbers.

    A bare number takes the width of the word it falls to; on the edge of two words it takes both,
    because doubt falls on the source's side. A pair is taken as written. Nothing is below
    :data:`ACCESS_FLOOR`: a reader's "cannot have known" is never certain.

    Raises:
        ValueError: An unknown word, or a number outside [0, 1].

    >>> access(0.5)
    Interval(lo=0.2, mid=0.5, hi=0.6)
    >>> access(0.6).lo, access(0.6).hi
    (0.2, 0.95)
    """
    if isinstance(written, str):
        if written not in ACCESS_WORDS:
            raise ValueError(f"no access word `{written}`")
        return ACCESS_WORDS[written]
    if isinstance(written, tuple):
        exact = Interval.between(*written)
        lo, hi = max(exact.lo, ACCESS_FLOOR), max(exact.hi, ACCESS_FLOOR)
        return Interval(lo, (lo + hi) / 2, hi, spelled=written)
    if not 0 <= written <= 1:
        raise ValueError(f"{written} is not a probability")
    point = max(written, ACCESS_FLOOR)
    around = [word for word in ACCESS_WORDS.values() if word.lo <= point <= word.hi]
    return Interval(min(w.lo for w in around), point, max(w.hi for w in around), spelled=written)


def chance(written: Spelling) -> Interval:
    """Read the probability of a leak path: a number takes half its size as width on each side.

    0 and 1 are certain and keep no width. A pair is taken as written.

    >>> chance(0.5)
    Interval(lo=0.25, mid=0.5, hi=0.75)
    """
    if isinstance(written, str):
        raise ValueError(f"`{written}` is not a probability")
    if isinstance(written, tuple):
        return Interval.between(*written)
    if not 0 <= written <= 1:
        raise ValueError(f"{written} is not a probability")
    if written in (0, 1):
        return Interval.exactly(written)
    return Interval(0.5 * written, written, min(1.0, 1.5 * written), spelled=written)


class Reliability(Enum):
    """The source, on the Admiralty scale (STANAG 2511); F is "cannot be judged"."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Trust(Enum):
    """A word for one axis of trust in a partner; what it is worth stands in :mod:`tearline.trust`."""

    SOUND = "sound"
    FAIR = "fair"
    WARY = "wary"
    RIVAL = "rival"
