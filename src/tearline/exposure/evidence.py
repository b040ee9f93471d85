"""Weight of evidence: which sentence did how much.

Between two candidates the log-odds are additive and free of order. Against everybody else together
they are not, so three readings stand side by side: in the order of release, with each piece left out,
and the Shapley value, which shares the total fairly whatever the order. All at the best point.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, GroupId, GroupKind, ListId
from tearline.exposure.envelope import Bools, Floats
from tearline.exposure.likelihood import View
from tearline.exposure.pieces import Piece as Told
from tearline.exposure.pieces import log_piece, pieces, stories
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


@attrs.frozen(eq=False, kw_only=True)
class Evidence:
    """How well every class of candidates accounts for each piece, in every story about covers in doubt.

    Attributes:
        log_prior: Shape ``(classes,)``.
        log_weight: How far each story is believed, shape ``(stories,)``; one story where no cover is in doubt.
        rows: Log likelihoods at the best point, shape ``(stories, pieces, classes)``.
    """

    log_prior: Floats
    log_weight: Floats
    rows: Floats

    def mass(self, chosen: Sequence[int]) -> Floats:
        """Log mass of whole classes after some of the pieces, shape ``(classes,)``."""
        each = self.log_weight[:, None] + self.rows[:, list(chosen)].sum(axis=1)
        mass: Floats = self.log_prior + np.logaddexp.reduce(each, axis=0)
        return mass

    @property
    def in_order(self) -> Floats:
        """Log masses before the first piece and after each, shape ``(pieces + 1, classes)``."""
        return np.array([self.mass(range(number)) for number in range(self.rows.shape[1] + 1)])


def _evidence(case: Case, setting: Setting, found: Sequence[Told]) -> Evidence:
    concerned = frozenset(claim for piece in found for claim in piece.claims)
    told = list(stories(case, setting.mind, concerned))
    rows = np.array([[log_piece(case, mind, piece).mid for piece in found] for _, mind in told])
    return Evidence(
        log_prior=setting.prior.log_mass,
        log_weight=np.log([weight for weight, _ in told]),
        rows=rows.reshape(len(told), len(found), len(setting.mind.groups)),
    )


def explain(case: Case, setting: Setting, view: View) -> Explanation:
    """Take apart how far ``view`` points at the person whom it points at most.

    Args:
        setting: A mind and a prior; what it holds in ``past`` is ignored in favour of ``view``.
        view: All that the reader has seen, in the order of release.
    """
    groups = setting.mind.groups
    found = pieces(case, view)
    evidence, log_count = _evidence(case, setting, found), np.log(setting.world.count)
    reached = evidence.in_order
    each = reached[-1] - log_count
    ranked = [int(i) for i in np.argsort(-each, kind="stable") if groups[i].kind is GroupKind.PERSONS]
    top, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    other = np.array([g.kind is GroupKind.OTHER for g in groups])
    fair = shapley(evidence, log_count, top)
    in_order = sequential(evidence, log_count, top)
    without = left_out(evidence, log_count, top)
    added = np.diff(reached, axis=0) / math.log(2)
    weighed = tuple(
        Piece(
            claims=tuple(c for c, _ in piece.tellings) if piece.missing is None else piece.missing[1],
            left_off=None if piece.missing is None else piece.missing[0],
            against_other=float(added[i, top] - _added(reached, other)[i]) if other.any() else None,
            against_runner_up=float(added[i, top] - added[i, second]) if second is not None else None,
            sequential=in_order[i],
            left_out=without[i],
            shapley=fair[i],
        )
        for i, piece in enumerate(found)
    )
    return Explanation(
        suspect=groups[top].id,
        runner_up=groups[second].id if second is not None else None,
        belief_before=_belief(evidence.log_prior, log_count, top),
        belief_after=_belief(reached[-1], log_count, top),
        pieces=weighed,
        groups=_weighed(setting, reached, other if other.any() else np.ones_like(other)),
    )


def _added(reached: Floats, measure: Bools) -> Floats:
    """Bits by which each piece in its turn changed the mass of the classes in ``measure`` together."""
    together = np.logaddexp.reduce(reached[:, measure], axis=1)
    added: Floats = np.diff(together) / math.log(2)
    return added


def _weighed(setting: Setting, reached: Floats, measure: Bools) -> tuple[Weighed, ...]:
    """Every group's bits against the groups marked in ``measure``, weighed as they stood before each piece."""
    bits = np.diff(reached, axis=0) / math.log(2) - _added(reached, measure)[:, None]
    before, after = (np.exp(mass - np.logaddexp.reduce(mass)) for mass in (reached[0], reached[-1]))
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
    """Bits for one member of class ``which`` against everybody and everything else; 0 where there is nobody else.

    Args:
        log_mass: Log mass of whole classes, shape ``(classes,)``.
        log_count: Log number of members, shape ``(classes,)``.
    """
    one = log_mass[which] - log_count[which]
    others = np.delete(log_mass, which)
    if members := round(math.exp(log_count[which])) - 1:
        others = np.append(others, one + math.log(members))
    return float(one - np.logaddexp.reduce(others)) / math.log(2) if len(others) else 0.0


def sequential(evidence: Evidence, log_count: Floats, which: int) -> tuple[float, ...]:
    """Bits that each piece added when it came; they telescope."""
    bits = [log_odds(mass, log_count, which) for mass in evidence.in_order]
    return tuple(after - before for before, after in itertools.pairwise(bits))


def left_out(evidence: Evidence, log_count: Floats, which: int) -> tuple[float, ...]:
    """Bits that each piece adds to all the others."""
    every = range(evidence.rows.shape[1])
    full = log_odds(evidence.mass(every), log_count, which)
    return tuple(
        full - log_odds(evidence.mass([other for other in every if other != left]), log_count, which) for left in every
    )


def shapley(evidence: Evidence, log_count: Floats, which: int) -> tuple[float, ...]:
    """Each piece's fair share of the total bits: its mean marginal over all orders.

    Exact up to :data:`EXACT_SHAPLEY` pieces, else over :data:`SAMPLED_ORDERS` orders drawn with a fixed
    seed; either way the shares sum to the total.
    """
    number = evidence.rows.shape[1]

    def bits(chosen: tuple[int, ...]) -> float:
        return log_odds(evidence.mass(chosen), log_count, which)

    if number > EXACT_SHAPLEY:
        return _sampled(bits, number)
    pieces = range(number)
    worth = {s: bits(s) for size in range(number + 1) for s in itertools.combinations(pieces, size)}
    shares = []
    for i in pieces:
        share = 0.0
        for subset, value in worth.items():
            if i not in subset:
                weight = 1 / (number * math.comb(number - 1, len(subset)))
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


def _belief(log_mass: Floats, log_count: Floats, which: int) -> float:
    return float(np.exp(log_mass[which] - log_count[which] - np.logaddexp.reduce(log_mass)))
