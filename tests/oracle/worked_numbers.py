"""Worked examples and the plain formulas behind them, from which the figures in tests come.

Sources: the measures are those of quantitative information flow (Alvim and others, 2012 and 2014; Issa
and others, 2016, for pointwise maximal leakage); entropies are Shannon's and the min-entropy; the share of
the bits among claims is Shapley's value. Isolation is counting.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tearline.domain import (
    Case,
    Claim,
    ClaimId,
    Given,
    Group,
    GroupId,
    Interval,
    Organisation,
    Party,
    PartyId,
    Proposal,
    Reader,
    Version,
    VersionId,
)

US, RECIPIENT, HOSTILE = map(PartyId, ("A", "B", "X"))
EXACT = VersionId("exact")

SIX_OFFICIALS: dict[str, tuple[float, ...]] = {
    "a1": (1, 1, 1),
    "a2": (1, 0.8, 0.1),
    "b1": (1, 0.4, 0.01),
    "b2": (0.4, 0.4, 0.4),
    "c1": (0.1, 0.01, 1),
    "d1": (0.01, 0.01, 0.01),
    "elsewhere": (0.8, 0.1, 0.01),
}
"""Access of six officials, and of an innocent explanation, to three claims."""


def case_of(
    groups: Sequence[Group],
    access: Mapping[str, Sequence[float]],
    *,
    organisations: Sequence[Organisation] = (),
    **behaviour: Any,
) -> Case:
    """A case in which the hostile reader has these candidates, with accesses known exactly, claim by claim.

    Claims are called `c1`, `c2`, …, and have one version, `exact`. Everything was given already, one claim
    a day, in this order.
    """
    count = len(next(iter(access.values())))
    claims = tuple(
        Claim(
            id=ClaimId(f"c{number + 1}"),
            versions=(
                Version(
                    id=EXACT,
                    text="as collected",
                    value=1.0,
                    known={GroupId(group): Interval.exactly(row[number]) for group, row in access.items()},
                ),
            ),
        )
        for number in range(count)
    )
    day = dt.date(2026, 1, 1)
    return Case(
        title="a worked example",
        us=US,
        parties=(Party(id=US), Party(id=RECIPIENT), Party(id=HOSTILE, hostile=True)),
        organisations=tuple(organisations),
        readers=(Reader(id=HOSTILE, groups=tuple(groups), **behaviour),),
        claims=claims,
        given=tuple(
            Given(to=(RECIPIENT,), on=day + dt.timedelta(days=number), claims={claim.id: EXACT})
            for number, claim in enumerate(claims)
        ),
        proposal=Proposal(to=RECIPIENT, claims={}),
    )


# How uncertain somebody is, in bits.


def shannon_bits(chances: Sequence[float]) -> float:
    """Shannon's entropy."""
    return -sum(p * math.log2(p) for p in chances if p)


def min_entropy_bits(chances: Sequence[float]) -> float:
    """How hard the best single guess is."""
    return -math.log2(max(chances))


# What a channel from candidates to outputs gives away. `channel[candidate][output]` is a probability.

Channel = Sequence[Sequence[float]]


def outputs(prior: Sequence[float], channel: Channel) -> list[float]:
    """How likely each output is."""
    return [sum(p * row[y] for p, row in zip(prior, channel, strict=True)) for y in range(len(channel[0]))]


def guessed_after(prior: Sequence[float], channel: Channel) -> float:
    """P(the best guess after the output is right)."""
    columns = range(len(channel[0]))
    return sum(max(p * row[y] for p, row in zip(prior, channel, strict=True)) for y in columns)


def leakage_bits(prior: Sequence[float], channel: Channel) -> float:
    """By how many bits the output helps the best guess on average."""
    return math.log2(guessed_after(prior, channel) / max(prior))


def capacity_bits(channel: Channel) -> float:
    """The largest leakage over all priors: the logarithm of the sum of the largest entry of each column."""
    return math.log2(sum(max(column) for column in zip(*channel, strict=True)))


def pointwise_bits(prior: Sequence[float], likelihood: Sequence[float]) -> float:
    """By how many bits one realised output raises the belief in the candidate whom it raises most."""
    after = posterior(prior, likelihood)
    return math.log2(max(now / before for now, before in zip(after, prior, strict=True) if before))


def posterior(prior: Sequence[float], likelihood: Sequence[float]) -> list[float]:
    """Bayes' rule."""
    joint = [p * a for p, a in zip(prior, likelihood, strict=True)]
    return [each / sum(joint) for each in joint]


# Who did how much.


def shapley_by_orders(worth: Callable[[frozenset[int]], float], pieces: int) -> list[float]:
    """Each piece's marginal worth, averaged over all orders in which the pieces may come."""
    shares = [0.0] * pieces
    orders = list(itertools.permutations(range(pieces)))
    for order in orders:
        for place, piece in enumerate(order):
            shares[piece] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return [share / len(orders) for share in shares]


# How fast a crowd melts.


def innocent_survivors(persons: int, knowers: float, claims: int) -> float:
    """Expected number of innocent persons who knew all of so many independent claims."""
    return (persons - 1) * knowers**claims


def chance_isolated(persons: int, knowers: float, claims: int) -> float:
    """P(no innocent person knew all of so many independent claims, each known to that share of persons)."""
    return (1 - knowers**claims) ** (persons - 1)
