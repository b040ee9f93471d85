"""Whom a reader considers, and how likely it finds each before it has read anything."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, Group, GroupKind, PartyId, Reader
from tearline.domain.defaults import ASSUMED_GROUPS, OTHER_SWEEP
from tearline.errors import InputError
from tearline.exposure.envelope import Floats


@attrs.frozen(kw_only=True)
class Mind:
    """How one reader reasons: its own candidates, borrowed ones, or those taken for granted.

    Attributes:
        reader: Who reads.
        groups: Its candidates.
        borrowed_from: The reader whose candidates these are; ``None``: its own, or assumed ones.
        assumed: Whether nobody in the case has candidates, so that the table's stand in.
        expects: How complete it takes lists to be, from 0 (the lower edge of what the case says) to 1.
        truth: Which siblings would be true in its world, claim by claim; none: things are as the case says.
        doubts: Covers, by their place, of which it believes that they explain nothing.
    """

    reader: PartyId
    groups: tuple[Group, ...]
    borrowed_from: PartyId | None = None
    assumed: bool = False
    expects: float = 0.0
    doubts: frozenset[int] = frozenset()
    truth: tuple[tuple[ClaimId, str], ...] = ()


@attrs.frozen(eq=False, kw_only=True)
class Prior:
    """One point of the sweep over the weight of innocent explanations.

    Attributes:
        other: Total prior mass of innocent explanations.
        log_mass: Log prior mass of each whole group, shape ``(groups,)``; masses sum to 1.
        written: Whether it is the prior that the case states.
    """

    other: float
    log_mass: Floats
    written: bool


def minds(case: Case, reader: PartyId) -> tuple[Mind, ...]:
    """Every way in which ``reader`` may reason.

    A reader without candidates of its own borrows those that it is said to reason like, else those of
    every reader in the case that has some, one after the other, and has to be safe in each.
    """
    known = {r.id: r for r in case.readers}
    own = known.get(reader)
    with_groups = [r for r in case.readers if r.groups]
    if own is not None and own.groups:
        return (Mind(reader=reader, groups=own.groups),)
    if own is not None and own.like is not None and known[own.like].groups:
        with_groups = [known[own.like]]
    if not with_groups:
        return (Mind(reader=reader, groups=ASSUMED_GROUPS, assumed=True),)
    return tuple(Mind(reader=reader, groups=r.groups, borrowed_from=r.id) for r in with_groups)


def expecting(case: Case, mind: Mind) -> tuple[Mind, ...]:
    """``mind`` at both edges of how complete it may take lists to be; as it is where no list is in doubt."""
    if not any(listing.complete.lo < listing.complete.hi for listing in case.lists):
        return (mind,)
    return (mind, attrs.evolve(mind, expects=1.0))


def truths(case: Case, told: Iterable[ClaimId]) -> tuple[tuple[tuple[ClaimId, str], ...], ...]:
    """Every way in which the truth could be other for the claims of ``told``; as it is first.

    Raises:
        InputError: There are more than :data:`MOST_TRUTHS`.
    """
    with_siblings = [case.claim(claim) for claim in told if case.claim(claim).siblings]
    ways = math.prod(1 + len(claim.siblings) for claim in with_siblings)
    if ways > MOST_TRUTHS:
        raise InputError(
            f"the siblings of {', '.join(c.id for c in with_siblings)} make {ways:,} ways in which the truth could be "
            f"other; more than {MOST_TRUTHS} are too many to be safe in each: list fewer"
        )
    every = itertools.product(*([None, *(sibling.id for sibling in claim.siblings)] for claim in with_siblings))
    return tuple(tuple((c.id, one) for c, one in zip(with_siblings, way, strict=True) if one) for way in every)


MOST_TRUTHS = 64
"""So many ways in which the truth could be other are tried; limits must hold in each."""


def traits(case: Case, reader: PartyId) -> Reader:
    """How the reader behaves (investigations, purges), whether or not the case describes it."""
    return {r.id: r for r in case.readers}.get(reader, Reader(id=reader))


def priors(groups: tuple[Group, ...]) -> tuple[Prior, ...]:
    """The prior as written, and with the mass of innocent explanations at every point of the sweep.

    Weighted groups carry their weight; persons without one share the rest head by head, a head that is
    suspected five times as much as another getting five shares.
    Along the sweep everything else is rescaled in proportion. A reader that considers no innocent
    explanation has the one prior as written.
    """
    weight = np.array([g.weight or 0.0 for g in groups])
    sharing = np.array([g.count * g.suspected if g.weight is None else 0 for g in groups], dtype=float)
    if sharing.any():
        weight = weight + (1 - weight.sum()) * sharing / sharing.sum()
    mass = weight / weight.sum()
    other = np.array([g.kind is GroupKind.OTHER for g in groups])
    written = float(mass[other].sum())
    if not 0 < written < 1:
        return (Prior(other=written, log_mass=np.log(mass), written=True),)
    scaled = {}
    for point in sorted({written, *OTHER_SWEEP}):
        factor = np.where(other, point / written, (1 - point) / (1 - written))
        scaled[point] = Prior(other=point, log_mass=np.log(mass * factor), written=point == written)
    return tuple(scaled.values())
