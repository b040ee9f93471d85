"""What a dossier is worth that was received: claim by claim, how much of it was new.

An impressive dossier may be thin: known already, long public, or our own coming back. That is no breach
and moves no trust; a start counts, and is answered in kind and size. But a report that descends from what
we gave confirms nothing, and one in words that only we got, of which nothing can be checked, may have been
laid out to see where it turns up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from tearline.domain import NOTHING, Dossier, Interval, Item, Lineage, Worth
from tearline.errors import InvariantError

THIN: Final = 0.1
"""Less than this share of what the giver may hold is thin. Judgement."""

MOSTLY_KNOWN: Final = 1 / 3
"""Where nobody has said what the giver may hold: less than this share of it new is thin. Judgement."""

TELLING: Final = 0.25
"""From this chance on, that a report descends from us is said. Judgement."""

NO_ECHO: Final = Interval.exactly(0)


class Sign(Enum):
    """What the substance shows, whatever the cover looks like."""

    OURS = "comes back from us"
    PLANTED = "carries a variant that we planted"
    SHARED = "may rest on a source of ours"
    BAIT = "may be bait"
    UNCHECKABLE = "nothing that is new can be checked"
    CHICKEN_FEED = "true, and known or public long since"


@attrs.frozen(kw_only=True)
class Weighed:
    """One claim of a dossier.

    Attributes:
        new: Its worth, as far as it is new to us.
        echo: κ, as stated or as lineage says.
        ratio: The likelihood ratio of the report, echo allowed for; at the upper edge of κ, the best point,
            the lower edge.
        then: How likely it is after the report at the best point; ``None``: no prior is stated.
        surprise: What we learnt, in bits; ``None``: no prior is stated.
    """

    item: Item
    new: Worth
    echo: Interval
    ratio: tuple[float, float, float]
    then: float | None
    surprise: float | None
    signs: tuple[Sign, ...]


@attrs.frozen(kw_only=True)
class Reading:
    """A dossier, weighed.

    Attributes:
        volume: What it would be worth were all of it new.
        new: What of it was new.
        thinness: ``new`` as a share of what the giver may hold; ``None``: nobody has said what that is.
        public: The share of its claims that was public before it came.
        pages_per_new: Pages for each claim that was more likely new than not; ``None``: not stated, or no such claim.
    """

    dossier: Dossier
    claims: tuple[Weighed, ...]
    volume: Worth
    new: Worth
    thinness: Interval | None
    public: float
    pages_per_new: float | None
    signs: tuple[Sign, ...]

    @property
    def share_new(self) -> float:
        """How much of the volume is new, at the best points."""
        return self.new.mid / self.volume.mid if self.volume.mid else 0.0

    @property
    def is_thin(self) -> bool:
        """Whether it is less than it looks."""
        return self.thinness.mid < THIN if self.thinness is not None else self.share_new < MOSTLY_KNOWN


def weigh_dossier(dossier: Dossier, echoes: Mapping[str, Interval] = MappingProxyType({})) -> Reading:
    """A dossier, claim by claim.

    Args:
        echoes: κ by claim where lineage says more than the file; the larger one counts.
    """
    claims = tuple(_weighed(dossier, item, echoes.get(item.id, NO_ECHO)) for item in dossier.items)
    volume, new = _sum(item.worth for item in dossier.items), _sum(claim.new for claim in claims)
    fresh = [claim for claim in claims if claim.new.mid > claim.item.worth.mid / 2]
    return Reading(
        dossier=dossier,
        claims=claims,
        volume=volume,
        new=new,
        thinness=_thinness(new, dossier.could_hold),
        public=sum(_was_public(dossier, item) for item in dossier.items) / max(1, len(dossier.items)),
        pages_per_new=dossier.pages / len(fresh) if dossier.pages and fresh else None,
        signs=_signs(dossier, claims, fresh),
    )


def _sum(worths: Iterable[Worth]) -> Worth:
    total = NOTHING
    for worth in worths:
        total = total.plus(worth)
    return total


def _thinness(new: Worth, could_hold: Worth | None) -> Interval | None:
    if could_hold is None or could_hold.lo <= 0:
        return None
    ends = (new.lo / could_hold.hi, new.mid / could_hold.mid, new.hi / could_hold.lo)
    return Interval(*(min(1.0, end) for end in ends))


def _weighed(dossier: Dossier, item: Item, found: Interval) -> Weighed:
    echo = _larger(item.echo or NO_ECHO, found)
    if item.carries_variant_of is not None or item.lineage is Lineage.SAME:
        echo = Interval.exactly(1)
    known = _larger(item.held, echo)
    if _was_public(dossier, item):
        known = Interval.exactly(1)
    new = Worth(item.worth.lo * (1 - known.hi), item.worth.mid * (1 - known.mid), item.worth.hi * (1 - known.lo))
    least, ratio, most = (effective_ratio(item.if_true, item.if_false, k) for k in (echo.hi, echo.mid, echo.lo))
    then = None if item.prior is None else posterior(item.prior, ratio)
    return Weighed(
        item=item,
        new=new,
        echo=echo,
        ratio=(least, ratio, most),
        then=then,
        surprise=None if item.prior is None or then is None else surprise(item.prior, then),
        signs=_signs_of(item, echo),
    )


def _larger(one: Interval, other: Interval) -> Interval:
    return Interval(max(one.lo, other.lo), max(one.mid, other.mid), max(one.hi, other.hi))


def _was_public(dossier: Dossier, item: Item) -> bool:
    return item.public is not None and item.public < dossier.on


def effective_ratio(if_true: float, if_false: float, echo: float) -> float:
    """The likelihood ratio of a report that with probability ``echo`` would have been made either way.

    1 for a certain echo: our own voice confirms nothing.

    Raises:
        InvariantError: A value that is no probability, or a report that nothing could have led to.

    >>> round(effective_ratio(0.9, 0.1, 0.5), 3)
    1.727
    """
    if any(not 0 <= p <= 1 for p in (if_true, if_false, echo)):
        raise InvariantError("probabilities lie in [0, 1]")
    above, below = (1 - echo) * if_true + echo, (1 - echo) * if_false + echo
    if below <= 0:
        raise InvariantError("a report that is never made of what is not so")
    return above / below


def posterior(prior: float, ratio: float) -> float:
    """How likely it is after a report with that likelihood ratio."""
    return prior * ratio / (prior * ratio + 1 - prior)


def surprise(before: float, after: float) -> float:
    """What was learnt, in bits: the relative entropy of the belief after to the belief before.

    >>> round(surprise(0.1, 0.8), 6)
    1.966015
    """
    return _part(after, before) + _part(1 - after, 1 - before)


def _part(after: float, before: float) -> float:
    return after * math.log2(after / before) if after > 0 else 0.0


def _signs_of(item: Item, echo: Interval) -> tuple[Sign, ...]:
    found = []
    if item.carries_variant_of is not None:
        found.append(Sign.PLANTED)
    elif echo.mid >= TELLING:
        ours = item.matches is not None and item.lineage is not Lineage.SAME
        found.append(Sign.OURS if ours else Sign.SHARED)
    if item.only_to_us and item.checkable is not True:
        found.append(Sign.BAIT)
    return tuple(found)


def _signs(dossier: Dossier, claims: tuple[Weighed, ...], fresh: list[Weighed]) -> tuple[Sign, ...]:
    found = [sign for claim in claims for sign in claim.signs]
    if fresh and all(claim.item.checkable is False for claim in fresh):
        found.append(Sign.UNCHECKABLE)
    stale = [claim for claim in claims if claim.item.held.mid >= 0.8 or _was_public(dossier, claim.item)]
    if len(claims) > 1 and len(stale) / len(claims) > 0.5:
        found.append(Sign.CHICKEN_FEED)
    return tuple(dict.fromkeys(found))
