"""What past releases have cost: readers put things together, so each is charged after those before it.

Bits are sequential log ratios, which telescope: what the releases cost together is what they cost one
after the other. Scores of single releases, each against the first prior, must never be summed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator

import attrs
import numpy as np

from tearline.domain import Case, Given, GroupId, PartyId
from tearline.exposure.account import Line, account, suspicion
from tearline.exposure.envelope import belief
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
    return seen(case, [(c, case.claim(c).rank(v), given.on) for given in releases for c, v in given.claims.items()])


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


def hindsight(case: Case, reader: PartyId) -> tuple[dict[str, float], ...]:
    """What each past release has cost with ``reader``, knowing all of them: its Shapley value in bits.

    In hindsight an early release is charged for making later ones more telling. For every belief the
    shares sum to what all releases together have added at the best point; for the most suspected person
    it is the one who is suspected most now.

    Returns:
        For each release, in their order, the bits by belief (as in :class:`Charge`).
    """
    releases = in_order(case)
    known: dict[frozenset[int], dict[str, float]] = {}
    suspect = _suspect(case, reader, releases)

    def reached(which: frozenset[int]) -> dict[str, float]:
        if which not in known:
            known[which] = _at_best(case, reader, tuple(r for i, r in enumerate(releases) if i in which), suspect)
        return known[which]

    shares: list[dict[str, float]] = [dict.fromkeys(reached(frozenset()), 0.0) for _ in releases]
    for number, weight, before in orders(len(releases)):
        after = reached(before | {number})
        for about, bits in reached(before).items():
            shares[number][about] += weight * (after[about] - bits)
    return tuple(shares)


def orders(count: int) -> Iterator[tuple[int, float, frozenset[int]]]:
    """Every step of every order in which ``count`` things could come: which, with what weight, after which.

    Exact up to :data:`EXACT`; beyond, over :data:`SAMPLED` orders drawn with a fixed seed. For each thing
    the weights sum to 1.
    """
    if count <= EXACT:
        for number in range(count):
            others = [other for other in range(count) if other != number]
            for size in range(count):
                weight = 1 / (count * math.comb(count - 1, size))
                for before in itertools.combinations(others, size):
                    yield number, weight, frozenset(before)
        return
    drawn = np.random.default_rng(_SEED)
    for _ in range(SAMPLED):
        order = [int(number) for number in drawn.permutation(count)]
        for place, number in enumerate(order):
            yield number, 1 / SAMPLED, frozenset(order[:place])


EXACT = 8
"""Up to so many releases every order counts."""

SAMPLED = 120
"""So many orders are drawn beyond."""

_SEED = 20_261_123


def _suspect(case: Case, reader: PartyId, releases: tuple[Given, ...]) -> GroupId | None:
    line = _beliefs(case, reader, releases).get("top_suspect")
    return None if line is None else GroupId(line.about.partition(":")[2])


def _at_best(case: Case, reader: PartyId, releases: tuple[Given, ...], suspect: GroupId | None) -> dict[str, float]:
    """log2 of every belief at the best point, the most over all ways of reasoning."""
    best: dict[str, float] = {}
    for setting in settings(case, reader, held(case, releases), ()):
        if not setting.prior.written:
            continue
        mid = setting.before.mid
        found = {b.about: belief(b.weight, mid) for b in setting.world.beliefs if b.gate is Gate.BELIEF}
        for index, group in enumerate(setting.mind.groups):
            if group.id == suspect:
                found["top_suspect"] = float(suspicion(setting.world, setting.before).mid[index])
        for about, value in found.items():
            best[about] = max(best.get(about, -math.inf), math.log2(value) if value > 0 else -math.inf)
    return {about: bits if math.isfinite(bits) else 0.0 for about, bits in best.items()}
