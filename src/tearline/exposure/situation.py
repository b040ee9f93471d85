"""From a case to worlds: who reads, what it holds, what it may believe at most.

This is the one place where a :class:`~tearline.domain.Case` is turned into plain arrays. A case has
no field for who the source is, and nothing here asks.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, PartyId, VersionId
from tearline.errors import InputError
from tearline.exposure.budgets import counts, person_limits, persons, protected, steps
from tearline.exposure.candidates import Mind, Prior, minds, priors
from tearline.exposure.envelope import Floats, belief, suspects_upper, upper
from tearline.exposure.likelihood import View, events, log_event, log_view, seen
from tearline.exposure.readings import AS_TOLD, Reading
from tearline.exposure.worlds import TOLERANCE, Gate, LogMass, World, crowd_size, measure, member

Choice = tuple[int | None, ...]
"""Ranks of the versions chosen for the claims of one block, in their order; ``None``: withheld."""

MOST_OPTIONS = 5_000
"""More combinations than this within one event are refused: merge versions, or split the report."""


@attrs.frozen(kw_only=True)
class Block:
    """The proposed claims of one event, decided together, and every way of choosing among versions."""

    claims: tuple[ClaimId, ...]
    options: tuple[Choice, ...]


@attrs.frozen(eq=False, kw_only=True)
class Setting:
    """One mind with one prior over one past: a world, and the names for what is in it.

    Attributes:
        past: What the reader holds before this release, as it takes it.
        reading: How it takes what it is told.
        before: The log mass of its candidates then.
    """

    mind: Mind
    prior: Prior
    past: View
    reading: Reading = AS_TOLD
    before: LogMass
    world: World


def blocks(case: Case, admitted: Mapping[ClaimId, Sequence[VersionId]]) -> tuple[Block, ...]:
    """The decisions to be taken, given which versions of each proposed claim may be considered.

    Withholding is always among the options, and comes last.

    Raises:
        InputError: The claims of one event have too many combinations of versions.
    """
    proposed = [c.id for c in case.claims if c.id in admitted]
    found = []
    for claims in events(case, proposed):
        ranks = [[*sorted(case.claim(c).rank(v) for v in admitted[c]), None] for c in claims]
        if np.prod([len(r) for r in ranks], dtype=float) > MOST_OPTIONS:
            raise InputError(
                f"the claims {', '.join(claims)} share one event and have over {MOST_OPTIONS:,} combinations of "
                "versions; merge versions, or split the report"
            )
        found.append(Block(claims=claims, options=tuple(itertools.product(*ranks))))
    return tuple(found)


def settings(
    case: Case, reader: PartyId, past: View, decisions: tuple[Block, ...], reading: Reading = AS_TOLD
) -> tuple[Setting, ...]:
    """Every world in which ``reader``, who holds ``past``, must stay inside the limits.

    One for each way it may reason and each point of the sweep over innocent explanations, for one way to
    take what it is told.
    """
    taken = reading.view(case, past)
    return tuple(s for mind in minds(case, reader) for s in _settings(case, mind, taken, decisions, reading))


def _settings(case: Case, mind: Mind, past: View, decisions: tuple[Block, ...], reading: Reading) -> Iterator[Setting]:
    """The settings of one mind: likelihoods do not depend on the prior, so they are computed once."""
    held = [_same_event(case, past, block) for block in decisions]
    apart = log_view(case, mind, {c: r for c, r in past.items() if not any(c in same for same in held)})
    before = apart
    for same in held:
        before = before + log_event(case, mind, same)
    grouped = tuple(_options(case, mind, same, block, reading) for same, block in zip(held, decisions, strict=True))
    for prior in priors(mind.groups):
        start, base = _add(prior.log_mass, before), _add(prior.log_mass, apart)
        world = _limited(case, mind, start, base, grouped)
        yield Setting(mind=mind, prior=prior, past=past, reading=reading, before=start, world=world)


def _same_event(case: Case, past: View, block: Block) -> dict[ClaimId, int]:
    """What is already held of the event that a block is about."""
    event = case.claim(block.claims[0]).event
    return {c: r for c, r in past.items() if c in block.claims or (event and case.claim(c).event == event)}


def _options(case: Case, mind: Mind, same: View, block: Block, reading: Reading) -> LogMass:
    """Log likelihood of the block's event under every option, with what is already held of it."""
    rows = []
    for option in block.options:
        told = {c: r for c, r in zip(block.claims, option, strict=True) if r is not None}
        said = reading.view(case, told).items()
        rows.append(log_event(case, mind, seen(case, [*same.items(), *said])))
    lo, mid, hi = (np.array([getattr(row, edge) for row in rows]) for edge in ("lo", "mid", "hi"))
    return LogMass(lo=lo, mid=mid, hi=hi)


def _limited(case: Case, mind: Mind, before: LogMass, base: LogMass, grouped: tuple[LogMass, ...]) -> World:
    """The world with its effective limits: what was already over may stay, and must not get worse."""
    limits, is_person, count = person_limits(case, mind.reader), persons(mind), counts(mind)
    suspicion = np.where(is_person, suspects_upper(count, before.lo, before.hi), 0.0)
    alone = is_person.copy()
    beliefs = []
    for limited in protected(case, mind):
        now = upper(limited.weight, before.lo, before.hi)
        jump = math.inf
        if limited.gate is Gate.BELIEF:
            jump = belief(limited.weight, before.mid) * 2 ** steps(case)
        else:
            suspect = member(is_person, limited)
            alone[suspect], suspicion[suspect] = False, now
        beliefs.append(attrs.evolve(limited, limit=max(limited.limit, now), mid_limit=jump))
    open_world = World(
        count=count,
        person=is_person,
        base=base,
        blocks=grouped,
        limit=np.where(alone, np.maximum(limits.top_suspect, suspicion), np.inf),
        beliefs=tuple(beliefs),
        tries=limits.tries,
        tries_limit=limits.tries_limit,
        threshold=limits.threshold,
        newly=limits.newly,
        crossed=is_person & (suspicion > limits.threshold * (1 + TOLERANCE)),
    )
    return _already_over(open_world, before, limits.crowd)


def _already_over(world: World, before: LogMass, crowd: int) -> World:
    caught = [r.reached for r in measure(world, before) if r.gate is Gate.TRIES]
    return attrs.evolve(
        world,
        crowd=min(crowd, crowd_size(world, before)),
        tries_limit=max([world.tries_limit, *caught]),
    )


def _add(log_prior: Floats, held: LogMass) -> LogMass:
    return LogMass(lo=log_prior + held.lo, mid=log_prior + held.mid, hi=log_prior + held.hi)
