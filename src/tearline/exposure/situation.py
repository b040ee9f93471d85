"""From a case to worlds: who reads, what it holds, what it may believe at most.

This is the one place where a :class:`~tearline.domain.Case` is turned into plain arrays. A case has
no field for who the source is, and nothing here asks.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, PartyId, VersionId
from tearline.errors import InputError
from tearline.exposure.budgets import PersonLimits, counts, person_limits, persons, protected, steps
from tearline.exposure.candidates import Mind, Prior, expecting, minds, priors, truths
from tearline.exposure.envelope import Bools, Floats, Ints, belief, suspects_upper
from tearline.exposure.likelihood import Telling, View, also, events
from tearline.exposure.pieces import Known, evidence_together, log_view
from tearline.exposure.readings import AS_TOLD, Reading, told_of
from tearline.exposure.told import could_tell
from tearline.exposure.worlds import TOLERANCE, Belief, Gate, LogMass, World, crowd_size, measure, member

Choice = tuple[int | None, ...]
"""Ranks of the versions chosen for the claims of one block, in their order; ``None``: withheld."""

MOST_OPTIONS = 5_000
"""More combinations than this of claims that are decided together are refused: merge versions, or split the report."""


@attrs.frozen(kw_only=True)
class Block:
    """Proposed claims that are decided together, those of an event always, and every way of choosing among versions."""

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


def blocks(
    case: Case,
    admitted: Mapping[ClaimId, Sequence[VersionId]],
    ties: Iterable[frozenset[ClaimId]] = (),
    coherent: Callable[[Mapping[ClaimId, int | None]], bool] = lambda _: True,
) -> tuple[Block, ...]:
    """The decisions to be taken, given which versions of each proposed claim may be considered.

    Withholding is always among the options, and comes last.

    Args:
        ties: Claims that are decided together besides those that touch the same event or list.
        coherent: Whether what is said of the claims of one block (a rank by claim, ``None`` for withheld)
            makes sense; other options are left out.
    Raises:
        InputError: Claims that are decided together have too many combinations of versions.
    """
    proposed = [c.id for c in case.claims if c.id in admitted]
    found = []
    stands = evidence_together(case)
    touched = {claim: _touched(case, stands, (claim,)) for claim in proposed}
    bound = [frozenset(c for c in proposed if touched[c] & touched[claim]) for claim in proposed]
    for claims in _decided_together(events(case, proposed), (*bound, *ties)):
        ranks = [[*sorted(case.claim(c).rank(v) for v in admitted[c]), None] for c in claims]
        if np.prod([len(r) for r in ranks], dtype=float) > MOST_OPTIONS:
            one_event = len(events(case, claims)) == 1
            raise InputError(
                f"the claims {', '.join(claims)} {'share one event' if one_event else 'belong together'} and have over "
                f"{MOST_OPTIONS:,} combinations of versions; merge versions, or split the report"
            )
        options = tuple(o for o in itertools.product(*ranks) if coherent(dict(zip(claims, o, strict=True))))
        found.append(Block(claims=claims, options=options))
    return tuple(found)


def _decided_together(
    shared: Sequence[tuple[ClaimId, ...]], ties: Iterable[frozenset[ClaimId]]
) -> list[tuple[ClaimId, ...]]:
    """The events, those that some tie connects put together, in the order in which they begin."""
    parts = [*shared]
    for tie in ties:
        tied = [part for part in parts if tie.intersection(part)]
        if len(tied) > 1:
            first = parts.index(tied[0])
            parts[first] = tuple(claim for part in tied for claim in part)
            parts = [part for part in parts if part not in tied[1:]]
    return parts


def settings(
    case: Case, reader: PartyId, past: View, decisions: tuple[Block, ...], reading: Reading = AS_TOLD
) -> tuple[Setting, ...]:
    """Every world in which ``reader``, who holds ``past``, must stay inside the limits.

    One for each way it may reason, each way in which the truth could be other, and each point of the sweep
    over innocent explanations, for one way to take what it is told.
    """
    taken = reading.view(case, past)
    return tuple(
        setting
        for mind in minds(case, reader)
        for truth in truths(case, told_of(case))
        for stance in expecting(case, attrs.evolve(mind, truth=truth))
        for setting in _settings(case, stance, taken, decisions, reading)
    )


def _settings(case: Case, mind: Mind, past: View, decisions: tuple[Block, ...], reading: Reading) -> Iterator[Setting]:
    """The settings of one mind: likelihoods do not depend on the prior, so they are computed once."""
    held = [_same_evidence(case, past, block) for block in decisions]
    apart = log_view(
        case, mind, {c: told for c, told in past.items() if not any(c in same for same in held)}, reading.only
    )
    before = apart
    for same in held:
        before = before + log_view(case, mind, same, reading.only)
    grouped = tuple(_options(case, mind, same, block, reading) for same, block in zip(held, decisions, strict=True))
    written = _Written.of(case, mind)
    for prior in priors(mind.groups):
        start, base = _add(prior.log_mass, before), _add(prior.log_mass, apart)
        world = _limited(written, start, base, grouped)
        yield Setting(mind=mind, prior=prior, past=past, reading=reading, before=start, world=world)


def _same_evidence(case: Case, past: View, block: Block) -> dict[ClaimId, tuple[Telling, ...]]:
    """What is already held of all that a block touches: its events and lists, and those of what it entails."""
    stands = evidence_together(case)
    about = _touched(case, stands, block.claims)
    return {claim: told for claim, told in past.items() if stands[claim] in about}


def _touched(case: Case, stands: Mapping[ClaimId, ClaimId], claims: Iterable[ClaimId]) -> frozenset[ClaimId]:
    """What stands for all evidence that could be touched by telling ``claims`` as collected."""
    return frozenset(stands[told] for told in could_tell(case, claims))


def _options(case: Case, mind: Mind, same: View, block: Block, reading: Reading) -> LogMass:
    """Log likelihood of all that the block touches under every option, with what is already held of it."""
    known: Known = {}
    rows = []
    for option in block.options:
        said = [(c, r) for c, r in zip(block.claims, option, strict=True) if r is not None]
        view = reading.view(case, also(case, same, said))
        rows.append(log_view(case, mind, view, reading.only, known))
    lo, mid, hi = (np.array([getattr(row, edge) for row in rows]) for edge in ("lo", "mid", "hi"))
    return LogMass(lo=lo, mid=mid, hi=hi)


@attrs.frozen(eq=False, kw_only=True)
class _Written:
    """The limits of one mind as the case and the table set them.

    Attributes:
        jump: How many times as likely one release may make any belief.
    """

    limits: PersonLimits
    person: Bools
    count: Ints
    beliefs: tuple[Belief, ...]
    jump: float

    @classmethod
    def of(cls, case: Case, mind: Mind) -> _Written:
        return cls(
            limits=person_limits(case, mind.reader),
            person=persons(mind),
            count=counts(mind),
            beliefs=protected(case, mind),
            jump=2 ** steps(case),
        )


def _limited(written: _Written, before: LogMass, base: LogMass, grouped: tuple[LogMass, ...]) -> World:
    """The world with its effective limits: what was already over may stay, and must not get worse."""
    limits, is_person, count = written.limits, written.person, written.count
    suspicion = np.where(is_person, suspects_upper(count, before.lo, before.hi), 0.0)
    alone = is_person.copy()
    beliefs = []
    for limited in written.beliefs:
        now = before.box.upper(limited.weight)
        jump = math.inf
        if limited.gate is Gate.BELIEF:
            jump = belief(limited.weight, before.mid) * written.jump
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
