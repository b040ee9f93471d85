"""How much likelier a source has been found, in each case of what may have come out, and what that is on the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from tearline.damage.beliefs import PERSONS, Believed, Edges
from tearline.damage.magnitude import Span
from tearline.damage.versions import CameOut
from tearline.domain import Interval, Party
from tearline.exposure.envelope import Floats
from tearline.exposure.leaks import CERTAIN, Reach

Hostile = Sequence[tuple[Party, Reach, Sequence[Believed]]]
"""Every hostile party, how likely it reads, and what it would believe of one source if it did."""

_EDGES: Final = ("lo", "mid", "hi")


def least_out(found: CameOut) -> int:
    """The case in which the least came out: what is in print, or nothing. Every :class:`CameOut` has it."""

    def exactness(case: tuple[int | None, ...]) -> tuple[float, ...]:
        return tuple(np.inf if rank is None else float(rank) for rank in case)

    return max(range(len(found.cases)), key=lambda place: exactness(found.cases[place]))


def gained(hostile: Hostile, named: Interval, found: CameOut) -> Edges:
    """How much likelier a hostile reader has found the source, in each case; shape ``(cases,)`` each.

    Args:
        named: How likely what came out names it in clear.
    """
    added = [more for _, has, among in hostile if (more := added_to(has, among, least_out(found))) is not None]
    return _with_name(_together(added, len(found.cases)), named, [has for _, has, _ in hostile], found)


def open_to_all(hostile: Hostile, named: Interval, found: CameOut) -> Span:
    """The same had every hostile party all that could come out, in the worst case of it.

    Law: with more that could come out it never gets better (what a mean of beliefs would not promise), and no
    edge is below that of :func:`gained` on average.
    """
    edges = gained([(party, CERTAIN, among) for party, _, among in hostile], named, found)
    return Span(*sorted(float(edge.max()) for edge in edges))


def danger_of(hostile: Hostile, named: Interval, found: CameOut) -> float:
    """The upper belief in a person, in the worst case of what may have come out, all that was held before included.

    Whoever does not read has what is in print, and believes what it believed.
    """
    least = least_out(found)
    suspected = [
        has.hi * float(b.hi.max()) + (1 - has.hi) * float(b.hi[least])
        for _, has, among in hostile
        for b in among
        if b.matter.about == PERSONS
    ]
    reads = [_reads_name(has.hi, found) for _, has, _ in hostile]
    return max([*suspected, *(named.hi * gets for gets in reads)], default=0.0)


def added_to(has: Reach, among: Sequence[Believed], least: int) -> Edges | None:
    """How much likelier one hostile reader has found the source, in each case: read, or only in print."""
    if not among:
        return None
    by_edge = []
    for place, gets in enumerate((has.lo, has.mid, has.hi)):
        rows = [b for b in among if place != 1 or b.plain]
        more = np.array([np.maximum(0.0, (b.lo, b.mid, b.hi)[place] - b.before[place]) for b in rows])
        most: Floats = more.max(axis=0) if place else _least(among)
        by_edge.append(gets * most + (1 - gets) * most[least])
    return by_edge[0], by_edge[1], by_edge[2]


def _least(among: Sequence[Believed]) -> Floats:
    """The least that any way of reasoning adds to what it is most moved about."""
    matters_met = list(dict.fromkeys(b.matter for b in among))
    each = [
        np.min([np.maximum(0.0, b.lo - b.before[0]) for b in among if b.matter == matter], axis=0)
        for matter in matters_met
    ]
    least: Floats = np.max(each, axis=0)
    return least


def _together(added: Sequence[Edges], cases: int) -> Edges:
    """All hostile readers: at least and at best the one who got furthest, at most as if each were another's chance."""
    if not added:
        return np.zeros(cases), np.zeros(cases), np.zeros(cases)
    mid: Floats = np.max([edges[1] for edges in added], axis=0)
    lo: Floats = np.minimum(mid, np.max([edges[0] for edges in added], axis=0))
    hi: Floats = np.maximum(mid, np.minimum(1.0, np.sum([edges[2] for edges in added], axis=0)))
    return lo, mid, hi


def _with_name(edges: Edges, named: Interval, reading: Sequence[Reach], found: CameOut) -> Edges:
    """The same, where what came out may name the source.

    Where nothing came out nothing names it. Whether the part that is in print does, nobody has said: that counts
    at the upper edge, and at every edge where all that could come out is in print.
    """
    if not reading:
        return edges
    by_edge = []
    for edge, exposed in zip(_EDGES, edges, strict=True):
        gets = max(getattr(has, edge) for has in reading)
        tells = np.ones(len(exposed))
        if edge == "hi":
            gets = _reads_name(gets, found)
        if len(found.cases) == 1:
            gets = 1.0
        elif edge != "hi" or not _is_in_print(found):
            tells[least_out(found)] = 0.0
        by_edge.append(exposed + (1 - exposed) * getattr(named, edge) * gets * tells)
    return by_edge[0], by_edge[1], by_edge[2]


def _reads_name(gets: float, found: CameOut) -> float:
    """How likely a name is read at most: what is in print everybody has."""
    return 1.0 if _is_in_print(found) else gets


def _is_in_print(found: CameOut) -> bool:
    return any(rank is not None for rank in found.cases[least_out(found)])


def mean_of(found: CameOut, edges: Edges) -> Span:
    """Over all that may have come out, each edge at its own."""
    lo, mid, hi = found.mean(edges[0])[0], found.mean(edges[1])[1], found.mean(edges[2])[2]
    return Span(min(lo, mid), mid, max(mid, hi))


def in_print(found: CameOut, edges: Edges) -> Span:
    """From what is in print alone."""
    least = least_out(found)
    return Span(*sorted(float(edge[least]) for edge in edges))
