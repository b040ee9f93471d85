"""What past releases have cost: readers put things together, so each is charged after those before it.

Bits are sequential log ratios, which telescope: what the releases cost together is what they cost one
after the other. Scores of single releases, each against the first prior, must never be summed.
"""

from __future__ import annotations

import datetime as dt
import math

import attrs

from tearline.domain import Case, Given, PartyId
from tearline.exposure.account import Line, account
from tearline.exposure.likelihood import View, seen
from tearline.exposure.situation import settings
from tearline.exposure.worlds import Gate


@attrs.frozen(kw_only=True)
class Charge:
    """What one release added to one belief of one reader, given all releases before it.

    Attributes:
        about: The belief, as in :class:`tearline.exposure.account.Line`.
        mid, hi: The belief after it, at the best point and at the upper edge of the whole sweep.
        bits: log2 of after over before, at the best point.
    """

    about: str
    mid: float
    hi: float
    bits: float


@attrs.frozen(kw_only=True)
class Spent:
    """One release and its charges."""

    on: dt.date
    to: tuple[PartyId, ...]
    claims: tuple[str, ...]
    charges: tuple[Charge, ...]


def in_order(case: Case) -> tuple[Given, ...]:
    """Past releases by date; those of one day in the order of the file."""
    return tuple(sorted(case.given, key=lambda given: given.on))


def held(case: Case, releases: tuple[Given, ...]) -> View:
    """The view of a reader that holds all of ``releases``."""
    return seen(case, [(c, case.claim(c).rank(v)) for given in releases for c, v in given.claims.items()])


def history(case: Case, reader: PartyId) -> tuple[Spent, ...]:
    """What every past release cost with ``reader``, who is taken to hold all of them."""
    releases = in_order(case)
    spent = []
    before = _beliefs(case, reader, releases[:0])
    for index, given in enumerate(releases):
        after = _beliefs(case, reader, releases[: index + 1])
        charges = tuple(
            Charge(
                about=about,
                mid=line.after.mid,
                hi=line.after.hi,
                bits=math.log2(line.after.mid / before[about].after.mid) if before[about].after.mid else 0.0,
            )
            for about, line in after.items()
        )
        claims = tuple(f"{c}: {v}" for c, v in given.claims.items())
        spent.append(Spent(on=given.on, to=given.to, claims=claims, charges=charges))
        before = after
    return tuple(spent)


def _beliefs(case: Case, reader: PartyId, releases: tuple[Given, ...]) -> dict[str, Line]:
    lines = account(case, settings(case, reader, held(case, releases), ()), ())
    named = {"top_suspect" if line.gate is Gate.TOP_SUSPECT else line.about: line for line in lines}
    return {about: line for about, line in named.items() if about}
