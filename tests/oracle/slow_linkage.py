"""The slow, obvious twin of a reader in doubt about sources: every partition listed, every number exact.

Pieces of evidence fall into blocks; each block has one source. Nothing here is shared with the engine but
the nouns of `tearline.domain` and its table of defaults; whatever a reader in doubt has in common with one
who takes everything for one source's is taken from `slow_exposure`.

Read `weight` first (what a partition is worth), then `belief`, then `bound` (the upper edge that the engine
promises to state, written down from its definition), and last `doubt_gates`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from oracle import slow_exposure as slow
from oracle.slow_exposure import Edges, Reached, Tearline
from tearline.domain import Case, Group, GroupId, GroupKind, PartyId, Reader
from tearline.domain.defaults import INVESTIGATES_ABOVE, SEVERAL_SOURCES, TRIES

Piece = Mapping[GroupId, Fraction]
"""The likelihood of one piece of evidence, by group."""

Query = Mapping[GroupId, Fraction]
"""The chance with which a source of each group speaks for something."""

Pieces = tuple[Piece, ...]


def partitions(things: Sequence[int]) -> Iterator[list[list[int]]]:
    """All ways to put things into blocks."""
    if not things:
        yield []
        return
    first, rest = things[0], things[1:]
    for smaller in partitions(rest):
        yield [[first], *smaller]
        for index, block in enumerate(smaller):
            yield [*smaller[:index], [first, *block], *smaller[index + 1 :]]


def covering(which: Sequence[int], pieces: Pieces, mass: Mapping[GroupId, Fraction], alpha: Fraction) -> Fraction:
    """The sum over all partitions of `which` of what they are worth, with these masses for sources."""
    return sum((weight(blocks, pieces, mass, alpha) for blocks in partitions(which)), Fraction(0))


def weight(
    blocks: Sequence[Sequence[int]], pieces: Pieces, mass: Mapping[GroupId, Fraction], alpha: Fraction
) -> Fraction:
    """What one partition is worth: for each block `alpha * (size - 1)! * sum of mass * product of likelihoods`."""
    total = Fraction(1)
    for block in blocks:
        told = sum((m * math.prod(pieces[c][g] for c in block) for g, m in mass.items()), Fraction(0))
        total *= alpha * math.factorial(len(block) - 1) * told
    return total


def thinned(mass: Mapping[GroupId, Fraction], query: Query) -> dict[GroupId, Fraction]:
    """Of each mass the part that does not speak."""
    return {group: m * (1 - query.get(group, Fraction(0))) for group, m in mass.items()}


def belief(pieces: Pieces, mass: Mapping[GroupId, Fraction], query: Query, alpha: Fraction) -> Fraction:
    """P(the source of some block speaks)."""
    everything = range(len(pieces))
    return 1 - covering(everything, pieces, thinned(mass, query), alpha) / covering(everything, pieces, mass, alpha)


def behind(pieces: Pieces, mass: Mapping[GroupId, Fraction], query: Query, alpha: Fraction, piece: int) -> Fraction:
    """P(the source of one piece speaks)."""
    spoken = Fraction(0)
    speaking = {group: m * query.get(group, Fraction(0)) for group, m in mass.items()}
    for blocks in partitions(range(len(pieces))):
        own = [block for block in blocks if piece in block]
        others = [block for block in blocks if piece not in block]
        spoken += weight(own, pieces, speaking, alpha) * weight(others, pieces, mass, alpha)
    return spoken / covering(range(len(pieces)), pieces, mass, alpha)


def from_an_urn(pieces: Pieces, mass: Mapping[GroupId, Fraction], one: GroupId, alpha: Fraction) -> Fraction:
    """The same for one group, by drawing the source of each piece in turn: a new one, or an old one again.

    A group that has been drawn `k` times is drawn next in proportion to `alpha * mass + k`.
    """
    total, without = Fraction(0), Fraction(0)
    for drawn in itertools.product(mass, repeat=len(pieces)):
        chance, times = Fraction(1), dict.fromkeys(mass, 0)
        for piece, group in zip(pieces, drawn, strict=True):
            chance *= (alpha * mass[group] + times[group]) * piece[group]
            times[group] += 1
        total += chance
        without += chance if one not in drawn else 0
    return 1 - without / total


# The upper edge, as it is defined: of two pieces the worst corner of the box; else bounds on the weight of
# every set of pieces that those are behind whom a query is about, and the largest belief between them.


@attrs.frozen(kw_only=True)
class Boxed:
    """Pieces whose likelihoods are known between edges, and what they are weighed with."""

    lo: Pieces
    hi: Pieces
    mass: Mapping[GroupId, Fraction]
    alpha: Fraction

    def upper(self, query: Query) -> Fraction:
        """The upper edge: of two pieces the worst corner, else a bound."""
        return self.worst_corner(query) if len(self.lo) == 2 else self.bound(query)

    def worst_corner(self, query: Query) -> Fraction:
        """The largest belief with every likelihood at one of its edges."""
        cells = [(piece, group) for piece in range(len(self.lo)) for group in self.mass]
        found = Fraction(0)
        for ends in itertools.product((self.lo, self.hi), repeat=len(cells)):
            told: list[dict[GroupId, Fraction]] = [{} for _ in self.lo]
            for (piece, group), end in zip(cells, ends, strict=True):
                told[piece][group] = end[piece][group]
            found = max(found, belief(tuple(told), self.mass, query, self.alpha))
        return found

    def bound(self, query: Query) -> Fraction:
        """A bound: the sum over single groups, or all that speak together if that is less."""
        speaking = [group for group, chance in query.items() if chance]
        singly = sum((self._of_one(group, query[group]) for group in speaking), Fraction(0))
        jointly = self._of_many(query) if len(speaking) > 1 else singly
        return min(Fraction(1), singly, jointly)

    def _of_one(self, group: GroupId, chance: Fraction) -> Fraction:
        own = {group: self.mass[group]}
        others = {g: m for g, m in self.mass.items() if g != group}
        certain = (dict.fromkeys(self.mass, Fraction(1)),) * len(self.lo)
        spoken = []
        for size in range(1, len(self.lo) + 1):
            silent = covering(range(size), certain, thinned(own, {group: chance}), self.alpha)
            spoken.append(1 - silent / covering(range(size), certain, own, self.alpha))
        return self._largest(own, others, spoken)

    def _of_many(self, query: Query) -> Fraction:
        own = {group: m * query.get(group, Fraction(0)) for group, m in self.mass.items()}
        return self._largest(own, thinned(self.mass, query), [Fraction(1)] * len(self.lo))

    def _largest(
        self, own: Mapping[GroupId, Fraction], others: Mapping[GroupId, Fraction], spoken: Sequence[Fraction]
    ) -> Fraction:
        """The largest `sum of spoken * x / (1 + sum of x)`, every x at one of its bounds."""
        everything = frozenset(range(len(self.lo)))
        all_lo = self._covering(everything, self.lo, others)
        if not all_lo:
            return spoken[-1]
        bounds = [[Fraction(0), Fraction(0)] for _ in everything]
        for size in range(1, len(self.lo) + 1):
            for chosen in itertools.combinations(sorted(everything), size):
                rest = everything - set(chosen)
                least = max(
                    self._covering(frozenset(chosen), self.lo, others),
                    all_lo / self._covering(rest, self.hi, others),
                )
                bounds[size - 1][1] += self._covering(frozenset(chosen), self.hi, own) / least
                bounds[size - 1][0] += (
                    self._covering(frozenset(chosen), self.lo, own)
                    * self._covering(rest, self.lo, others)
                    / self._covering(everything, self.hi, others)
                )
        found = []
        for corner in itertools.product(*bounds):
            found.append(sum(map(Fraction.__mul__, spoken, corner), Fraction(0)) / (1 + sum(corner)))
        return max(found)

    def _covering(self, which: frozenset[int], pieces: Pieces, mass: Mapping[GroupId, Fraction]) -> Fraction:
        return covering(sorted(which), pieces, mass, self.alpha)


# The gates.


@attrs.frozen(kw_only=True)
class Moment:
    """What a reader in doubt believes of one member of each group of persons, and of what is limited."""

    mid: Mapping[GroupId, Fraction]
    hi: Mapping[GroupId, Fraction]
    limited_mid: Mapping[str, Fraction]
    limited_hi: Mapping[str, Fraction]


def is_doubtful(case: Case, history: slow.History) -> bool:
    """Whether several pieces are held that no one source of ours is behind."""
    view = {claim for part, _ in slow.entailed(case, history, slow.PLAIN) for claim in part}
    whole = any(view == of_one for of_one in slow.of_one_source(case, view, mixed=False))
    return len(list(slow.events(case, slow.entailed(case, history, slow.PLAIN)))) > 1 and not whole


Known = dict[object, Moment]
"""Moments that were worked out for the same case."""


def doubt_gates(
    case: Case,
    reader: PartyId,
    model: Reader,
    past: slow.History,
    said: Tearline,
    way: slow.Way,
    known: Known | None = None,
) -> list[Reached]:
    """Every gate at every point of both sweeps, for a reader that takes things in this way."""
    known = {} if known is None else known
    before, after = past, (*past, *slow.today(case, said))
    if not is_doubtful(case, after):
        return []
    found = []
    for other in slow.other_points(model.groups):
        for alpha in map(Fraction, SEVERAL_SOURCES):
            both = []
            for history in (before, after):
                told = slow.entailed(case, history, way)
                key = (reader, model.id, other, alpha, tuple((tuple(part.items()), day) for part, day in told))
                if key not in known:
                    known[key] = moment(case, reader, model.groups, other, history, alpha, way)
                both.append(known[key])
            found += list(_gates(case, reader, model.groups, *both))
    return found


def moment(
    case: Case,
    reader: PartyId,
    groups: Sequence[Group],
    other: Fraction | None,
    told_so_far: slow.History,
    alpha: Fraction,
    way: slow.Way,
) -> Moment:
    """What is believed once all that is held; before anything is, one piece that says nothing stands for it."""
    doubtful = [c for c in case.cover if c.credence < 1]
    sure = tuple(attrs.evolve(c, makes={}) if c in doubtful else c for c in case.cover)
    history = slow.entailed(case, told_so_far, way)
    mass = slow.priors(groups, other)
    told: list[Mapping[GroupId, Edges]] = [
        slow.of_event(attrs.evolve(case, cover=sure), reader, groups, claims, history)
        for claims in slow.events(case, history)
    ]
    told = told or [dict.fromkeys(mass, slow.ONE)]
    lo, mid, hi = (tuple({g: edges[edge] for g, edges in piece.items()} for piece in told) for edge in range(3))
    box = Boxed(lo=lo, hi=hi, mass=mass, alpha=alpha)
    persons = {g.id: slow.person_weights(groups, g) for g in groups if g.kind is GroupKind.PERSONS}
    limited = {one.about: one.q for one in slow.limited_beliefs(case, groups)}
    known = {group.id for group in groups}
    limited = {about: {g: v for g, v in q.items() if g in known} for about, q in limited.items()}
    return Moment(
        mid={g: belief(mid, mass, q, alpha) for g, q in persons.items()},
        hi={g: box.upper(q) for g, q in persons.items()},
        limited_mid={about: belief(mid, mass, q, alpha) for about, q in limited.items()},
        limited_hi={about: box.upper(q) for about, q in limited.items()},
    )


def _gates(case: Case, reader: PartyId, groups: Sequence[Group], old: Moment, new: Moment) -> Iterator[Reached]:
    budgets, behaviour = slow.person_budgets(case), slow.entry(case, reader)
    strict = slow.strictest(b.top_suspect for b in budgets)
    for group in new.hi:
        yield _reached("top_suspect", f"group:{group}", old.hi[group], new.hi[group], max(strict, old.hi[group]))
    step = slow.largest_step(case)
    for one in slow.limited_beliefs(case, groups):
        was, now = old.limited_hi[one.about], new.limited_hi[one.about]
        yield _reached("belief", one.about, was, now, max(one.limit, was))
        was, now = old.limited_mid[one.about], new.limited_mid[one.about]
        if was * step < 1:
            yield _reached("step", one.about, was, now, was * step)
    before, after = Fraction(_crowd(groups, old)), Fraction(_crowd(groups, new))
    limit = min(before, Fraction(max(b.crowd or 0 for b in budgets)))
    load = slow.share(limit, after)
    yield Reached(gate="crowd", about="", before=before, reached=after, limit=limit, load=load)
    tries = TRIES if behaviour.tries is None else behaviour.tries
    before, after = _caught(groups, old, tries), _caught(groups, new, tries)
    limit = max(before, slow.strictest(b.tries for b in budgets))
    if limit < 1:
        yield _reached("tries", "", before, after, limit)
    stated = behaviour.investigates_above
    pays = Fraction(INVESTIGATES_ABOVE if stated is None else stated) * (1 + slow.SLACK)
    newly = sum(g.count for g in groups if g.id in new.hi and new.hi[g.id] > pays >= old.hi[g.id])
    allowed = Fraction(0) if behaviour.purges else slow.strictest(b.investigation for b in budgets)
    yield _reached("investigation", "", Fraction(0), Fraction(newly), allowed)


def _reached(gate: str, about: str, before: Fraction, reached: Fraction, limit: Fraction) -> Reached:
    load = slow.share(reached, limit)
    return Reached(gate=gate, about=about, before=before, reached=reached, limit=limit, load=load)


def _crowd(groups: Sequence[Group], now: Moment) -> int:
    most = max(now.mid.values(), default=Fraction(0))
    return sum(g.count for g in groups if g.id in now.mid and now.mid[g.id] * 2 >= most * (1 - slow.SLACK))


def _caught(groups: Sequence[Group], now: Moment, tries: int) -> Fraction:
    heads = [now.hi[g.id] for g in groups if g.id in now.hi for _ in range(g.count)]
    return min(Fraction(1), sum(sorted(heads, reverse=True)[:tries], Fraction(0)))


def all_tearlines(case: Case, who: Sequence[tuple[PartyId, Reader]]) -> list[slow.Candidate]:
    """Every vector of versions, weighed for every reader in every way it may take things, in doubt or not."""
    past, known = slow.all_given(case), Known()
    found = []
    for ranks, said in slow.tearlines(case):
        gates: list[Reached] = []
        for reader, model in who:
            for way in slow.ways(case, reader):
                gates += [gate for world in slow.weigh(case, reader, model, said, past, way) for gate in world.gates]
                if way.only is None:
                    gates += doubt_gates(case, reader, model, past, said, way, known)
        found.append(
            slow.Candidate(
                ranks=ranks,
                said=said,
                value=slow.worth(case, said),
                load=max((gate.load for gate in gates), default=Fraction(0)),
                holds=not any(gate.broken for gate in gates),
            )
        )
    return found
