"""The slow twin of the leak worlds: every world by itself, in exact fractions.

Nothing is merged, dropped or vectorised. An edge is (giver, to, probability); with ``n`` edges there
are ``2**n`` worlds, so keep ``n`` at a dozen or less.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

Edge = tuple[str, str, Fraction]
Box = tuple[str, str, Fraction, Fraction]  # giver, to, lower and upper probability


def worlds(edges: Sequence[Edge]) -> Iterator[tuple[Fraction, list[tuple[str, str]]]]:
    """Every world that can be: its probability and the edges that are on in it."""
    if not edges:
        yield Fraction(1), []
        return
    (giver, to, chance), rest = edges[0], edges[1:]
    for probability, on in worlds(rest):
        if chance > 0:
            yield probability * chance, [(giver, to), *on]
        if chance < 1:
            yield probability * (1 - chance), on


Cause = tuple[Fraction, Sequence[tuple[str, str]]]  # its probability, and the links that it opens


def with_causes(edges: Sequence[Edge], causes: Sequence[Cause]) -> Iterator[tuple[Fraction, list[tuple[str, str]]]]:
    """The same where causes open links, too; ``2**(edges + causes)`` worlds."""
    if not causes:
        yield from worlds(edges)
        return
    (chance, opened), rest = causes[0], causes[1:]
    for probability, on in with_causes(edges, rest):
        if chance > 0:
            yield probability * chance, [*opened, *on]
        if chance < 1:
            yield probability * (1 - chance), on


def held_by(on: Sequence[tuple[str, str]], recipients: frozenset[str]) -> frozenset[str]:
    """Everybody who holds, in one world, what the recipients were handed."""
    holders = recipients
    while more := {to for giver, to in on if giver in holders} - holders:
        holders |= more
    return holders


def reach(edges: Sequence[Edge], starts: frozenset[str], target: str) -> Fraction:
    """P(target holds what the starts were handed)."""
    return sum((p for p, on in worlds(edges) if target in held_by(on, starts)), Fraction(0))


def masks(
    edges: Sequence[Edge], packages: Sequence[frozenset[str]], reader: str, causes: Sequence[Cause] = ()
) -> dict[int, Fraction]:
    """P(the reader holds exactly these packages), by mask; bit ``i`` stands for package ``i``."""
    found: dict[int, Fraction] = {}
    for probability, on in with_causes(edges, causes):
        mask = sum(1 << i for i, recipients in enumerate(packages) if reader in held_by(on, recipients))
        found[mask] = found.get(mask, Fraction(0)) + probability
    return found


def worst(box: Sequence[Box], packages: Sequence[frozenset[str]], reader: str, bad: Callable[[int], bool]) -> Fraction:
    """The largest P(the reader holds a bad mask) over all vertices of the box."""
    vertices = product(*((lo, hi) if lo < hi else (lo,) for _, _, lo, hi in box))
    return max(
        sum(
            (p for mask, p in masks(at_vertex(box, vertex), packages, reader).items() if bad(mask)),
            Fraction(0),
        )
        for vertex in vertices
    )


def importance(edges: Sequence[Edge], which: int, starts: frozenset[str], target: str) -> Fraction:
    """P(target holds it | that edge is on) - P(target holds it | that edge is off)."""
    giver, to, _ = edges[which]

    def given(chance: int) -> Fraction:
        changed = [*edges[:which], (giver, to, Fraction(chance)), *edges[which + 1 :]]
        return reach(changed, starts, target)

    return given(1) - given(0)


def simple_paths(edges: Sequence[Edge], starts: frozenset[str], target: str) -> list[Fraction]:
    """The probabilities of all simple paths that leave the starts once, largest first."""
    if target in starts:
        return [Fraction(1)]

    def beyond(here: str, met: frozenset[str]) -> Iterator[Fraction]:
        for giver, to, chance in edges:
            if giver == here and to == target:
                yield chance
            elif giver == here and to not in met:
                yield from (chance * rest for rest in beyond(to, met | {to}))

    every = [chance for start in starts for chance in beyond(start, starts) if chance > 0]
    return sorted(every, reverse=True)


def at_vertex(box: Sequence[Box], vertex: Sequence[Fraction]) -> list[Edge]:
    return [(giver, to, chance) for (giver, to, _, _), chance in zip(box, vertex, strict=True)]


def ways(edges: Sequence[Edge], causes: Sequence[Cause], starts: frozenset[str], target: str) -> list[Fraction]:
    """The same with causes: a link opened by a cause is a way of its own, and a cause met twice counts once."""
    steps = [(giver, to, f"edge {number}", chance) for number, (giver, to, chance) in enumerate(edges)]
    steps += [
        (giver, to, f"cause {number}", chance) for number, (chance, opened) in enumerate(causes) for giver, to in opened
    ]

    def beyond(here: str, met: frozenset[str], used: frozenset[str]) -> Iterator[Fraction]:
        for giver, to, switch, chance in steps:
            if giver != here or to in met:
                continue
            counts = Fraction(1) if switch in used else chance
            if to == target:
                yield counts
            else:
                yield from (counts * rest for rest in beyond(to, met | {to}, used | {switch}))

    every = [chance for start in starts for chance in beyond(start, starts, frozenset()) if chance > 0]
    return sorted(every, reverse=True)
