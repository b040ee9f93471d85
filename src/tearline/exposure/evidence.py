"""Weight of evidence: which sentence did how much.

Between two candidates the log-odds are additive and free of order. Against everybody else together
they are not, so three readings stand side by side: in the order of release, with each piece left out,
and the Shapley value, which shares the total fairly whatever the order. All at the best point.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, GroupId, GroupKind, ListId
from tearline.exposure.envelope import Bools, Floats
from tearline.exposure.likelihood import View
from tearline.exposure.pieces import log_piece, pieces
from tearline.exposure.situation import Setting

EXACT_SHAPLEY = 12
"""Up to so many pieces of evidence every order counts; beyond, :data:`SAMPLED_ORDERS` are drawn."""

SAMPLED_ORDERS = 2_000
_SEED = 20_261_120


@attrs.frozen(kw_only=True)
class Piece:
    """What one piece of evidence says about the most suspected group: the claims of one event, or one alone.

    Attributes:
        left_off: For what a list leaves out: which list; ``claims`` are those that are missing on it.
        against_other: Bits against the innocent explanations, ``None`` if the reader considers none.
        against_runner_up: Bits against the group suspected next, ``None`` if there is none.
        sequential, left_out, shapley: Bits against everybody else, in the three readings.
    """

    claims: tuple[ClaimId, ...]
    left_off: ListId | None = None
    against_other: float | None
    against_runner_up: float | None
    sequential: float
    left_out: float
    shapley: float


@attrs.frozen(kw_only=True)
class Weighed:
    """What each piece of evidence says about one explanation.

    Attributes:
        before, after: Belief in the whole group, at the best point.
        bits: For each piece, log2 of how much better the group accounts for it than the innocent
            explanations do; where the reader considers none, than all explanations do on average.
    """

    group: GroupId
    before: float
    after: float
    bits: tuple[float, ...]


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a reader would suspect one group more than all others.

    Attributes:
        belief_before, belief_after: Belief in one person of the most suspected group.
        pieces: The evidence, in the order of release.
        groups: Every explanation, the most believed first.
    """

    suspect: GroupId
    runner_up: GroupId | None
    belief_before: float
    belief_after: float
    pieces: tuple[Piece, ...]
    groups: tuple[Weighed, ...]


def explain(case: Case, setting: Setting, view: View) -> Explanation:
    """Take apart how far ``view`` points at the person whom it points at most.

    Args:
        setting: A mind and a prior; what it holds in ``past`` is ignored in favour of ``view``.
        view: All that the reader has seen, in the order of release.
    """
    groups, log_prior = setting.mind.groups, setting.prior.log_mass
    found = pieces(case, view)
    rows = np.array([log_piece(case, setting.mind, piece).mid for piece in found])
    rows = rows.reshape(len(found), len(groups))
    log_count = np.log(setting.world.count)
    each = log_prior + rows.sum(axis=0) - log_count
    ranked = [int(i) for i in np.argsort(-each, kind="stable") if groups[i].kind is GroupKind.PERSONS]
    top, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    other = np.array([g.kind is GroupKind.OTHER for g in groups])
    fair = shapley(log_prior, rows, log_count, top)
    in_order = sequential(log_prior, rows, log_count, top)
    without = left_out(log_prior, rows, log_count, top)
    weighed = tuple(
        Piece(
            claims=tuple(c for c, _ in piece.tellings) if piece.missing is None else piece.missing[1],
            left_off=None if piece.missing is None else piece.missing[0],
            against_other=_against_other(log_prior, rows, other, top, i) if other.any() else None,
            against_runner_up=float(rows[i, top] - rows[i, second]) / math.log(2) if second is not None else None,
            sequential=in_order[i],
            left_out=without[i],
            shapley=fair[i],
        )
        for i, piece in enumerate(found)
    )
    return Explanation(
        suspect=groups[top].id,
        runner_up=groups[second].id if second is not None else None,
        belief_before=_belief(log_prior, log_count, top),
        belief_after=_belief(log_prior + rows.sum(axis=0), log_count, top),
        pieces=weighed,
        groups=_weighed(setting, rows, other if other.any() else np.ones_like(other)),
    )


def _weighed(setting: Setting, rows: Floats, measure: Bools) -> tuple[Weighed, ...]:
    """Every group's bits against the groups marked in ``measure``, weighed as they stood before each piece."""
    log_prior = setting.prior.log_mass
    stood = np.vstack([log_prior, log_prior + rows.cumsum(axis=0)])[:, measure]
    against = np.logaddexp.reduce(stood[1:], axis=1) - np.logaddexp.reduce(stood[:-1], axis=1)
    bits = (rows - against[:, None]) / math.log(2)
    reached = log_prior + rows.sum(axis=0)
    before, after = np.exp(log_prior), np.exp(reached - np.logaddexp.reduce(reached))
    order = np.argsort(-after, kind="stable")
    return tuple(
        Weighed(
            group=setting.mind.groups[g].id,
            before=float(before[g]),
            after=float(after[g]),
            bits=tuple(float(b) for b in bits[:, g]),
        )
        for g in order
    )


def log_odds(log_mass: Floats, log_count: Floats, which: int) -> float:
    """Bits for one member of class ``which`` against everybody and everything else.

    Args:
        log_mass: Log mass of whole classes, shape ``(classes,)``.
        log_count: Log number of members, shape ``(classes,)``.
    """
    one = log_mass[which] - log_count[which]
    total = np.logaddexp.reduce(log_mass)
    return float(one - (total + np.log1p(-np.exp(one - total)))) / math.log(2)


def sequential(log_prior: Floats, rows: Floats, log_count: Floats, which: int) -> tuple[float, ...]:
    """Bits that each piece added when it came, shape of ``rows``: ``(pieces, classes)``; they telescope."""
    reached = np.vstack([log_prior, log_prior + rows.cumsum(axis=0)])
    bits = [log_odds(mass, log_count, which) for mass in reached]
    return tuple(after - before for before, after in itertools.pairwise(bits))


def left_out(log_prior: Floats, rows: Floats, log_count: Floats, which: int) -> tuple[float, ...]:
    """Bits that each piece adds to all the others."""
    everything = log_prior + rows.sum(axis=0)
    full = log_odds(everything, log_count, which)
    return tuple(full - log_odds(everything - row, log_count, which) for row in rows)


def shapley(log_prior: Floats, rows: Floats, log_count: Floats, which: int) -> tuple[float, ...]:
    """Each piece's fair share of the total bits: its mean marginal over all orders.

    Exact up to :data:`EXACT_SHAPLEY` pieces, else over :data:`SAMPLED_ORDERS` orders drawn with a fixed
    seed; either way the shares sum to the total.
    """

    def bits(chosen: tuple[int, ...]) -> float:
        return log_odds(log_prior + rows[list(chosen)].sum(axis=0), log_count, which)

    if len(rows) > EXACT_SHAPLEY:
        return _sampled(bits, len(rows))
    pieces = range(len(rows))
    worth = {s: bits(s) for size in range(len(rows) + 1) for s in itertools.combinations(pieces, size)}
    shares = []
    for i in pieces:
        share = 0.0
        for subset, value in worth.items():
            if i not in subset:
                weight = 1 / (len(rows) * math.comb(len(rows) - 1, len(subset)))
                share += weight * (worth[tuple(sorted((*subset, i)))] - value)
        shares.append(share)
    return tuple(shares)


def _sampled(bits: Callable[[tuple[int, ...]], float], pieces: int) -> tuple[float, ...]:
    shares = np.zeros(pieces)
    orders = np.random.default_rng(_SEED)
    for _ in range(SAMPLED_ORDERS):
        order = orders.permutation(pieces)
        reached = [bits(tuple(sorted(order[:k]))) for k in range(pieces + 1)]
        shares[order] += np.diff(reached)
    return tuple(float(s) for s in shares / SAMPLED_ORDERS)


def _against_other(log_prior: Floats, rows: Floats, other: Bools, top: int, which: int) -> float:
    """Bits of one piece for the suspect against all innocent explanations, weighed as they stood before."""
    stood = (log_prior + rows[:which].sum(axis=0))[other]
    before = np.logaddexp.reduce(stood)
    after = np.logaddexp.reduce(stood + rows[which, other])
    return float(rows[which, top] - (after - before)) / math.log(2)


def _belief(log_mass: Floats, log_count: Floats, which: int) -> float:
    return float(np.exp(log_mass[which] - log_count[which] - np.logaddexp.reduce(log_mass)))
