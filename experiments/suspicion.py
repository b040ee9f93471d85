"""Tearline's own arm: the product's worlds, gates and solver over a series, one report after the other.

The reader takes it for granted that one of the people of the organisation talked, each as likely as the
next (no innocent explanation, so nothing is put down to luck). Whom a wording fits counts as `present`,
everybody else as `absent`, with the product's intervals; what fits everybody says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from experiments.series import NOT_SENT, VAGUEST, VALUES, Rule
from tearline.domain.defaults import METHOD_BUDGET
from tearline.domain.grades import ACCESS_WORDS, Interval
from tearline.errors import InvariantError
from tearline.exposure.envelope import Bools, Floats, Ints, suspects_upper
from tearline.exposure.worlds import LogMass, World, crowd_size, measure
from tearline.tearlines.problem import Block, Option, Problem, micro
from tearline.tearlines.solve import solve

CROWD: Final = METHOD_BUDGET.crowd or 0

NODES: Final = 2_000
"""How long the solver may search for one answer, in nodes; the best text found by then is sent."""

Edges = tuple[Interval, Interval]
"""Access of those whom a wording fits, and of the others."""

PRODUCT: Final[Edges] = (ACCESS_WORDS["present"], ACCESS_WORDS["absent"])
POINTS: Final[Edges] = (Interval.exactly(1.0), Interval.exactly(ACCESS_WORDS["absent"].mid))


@attrs.frozen(eq=False, kw_only=True)
class Suspicion:
    """What a reader makes of the reports that it already has.

    Attributes:
        logs: Log likelihood of everything told so far for each person: lower edge, best point, upper
            edge; shape ``(3, people)``.
        kind: People with the same number were fitted by the same wordings so far; shape ``(people,)``.
        told: The most exact wording in which each occasion was told.
        edges: Access of those whom a wording fits, and of the others.
    """

    logs: Floats
    kind: Ints
    told: dict[int, int]
    edges: Edges

    @classmethod
    def before(cls, people: int, edges: Edges = PRODUCT) -> Suspicion:
        """Nothing told yet."""
        return cls(logs=np.zeros((3, people)), kind=np.zeros(people, dtype=np.int64), told={}, edges=edges)

    def world(self, fits: Bools, occasions: tuple[int, ...], top_suspect: float) -> World:
        """The world in which the wordings of the next reports are decided.

        There is a block for each occasion; its options are the wordings, exact to vague, and at last
        "not sent". People whom no wording, told or proposed, tells apart are one class. The crowd asked
        for is the product's default, or fewer where ``top_suspect`` lets fewer people share all. Where
        a limit is passed already, it stands at what was reached.
        """
        _, where, count = np.unique(
            np.vstack([self.kind, *fits[:, :VAGUEST]]), axis=1, return_index=True, return_counts=True
        )
        base = _log_mass(np.log(count / len(self.kind)) + self.logs[:, where])
        told = zip(fits[:, :, where], occasions, strict=True)
        world = World(
            count=count,
            person=np.ones(len(count), dtype=np.bool_),
            base=base,
            blocks=tuple(_log_mass(self._rows(wordings, gathering)) for wordings, gathering in told),
            limit=np.maximum(top_suspect, suspects_upper(count, base.lo, base.hi)),
            crossed=np.zeros(len(count), dtype=np.bool_),
        )
        crowd = min(CROWD, int(1 / top_suspect), crowd_size(world, base))
        return attrs.evolve(world, crowd=crowd)

    def after(self, fits: Bools, occasion: int, wording: int) -> Suspicion:
        """The same reader once the report was sent in ``wording``."""
        if wording >= min(VAGUEST, self.told.get(occasion, VAGUEST)):
            return self
        _, kind = np.unique((self.kind << 1) | fits[wording], return_inverse=True)
        logs = self.logs + self._rows(fits, occasion)[:, wording]
        return attrs.evolve(self, logs=logs, kind=kind, told={**self.told, occasion: wording})

    def _rows(self, fits: Bools, occasion: int) -> Floats:
        """What each wording adds, shape ``(3, options, columns of fits)``: nothing if it is no news.

        The sets of one occasion lie inside each other, so the smallest likelihood over its wordings
        (they are one piece of evidence) is that of the most exact one.
        """
        known, unknown = (np.log([edge.lo, edge.mid, edge.hi]) for edge in self.edges)
        rows = np.zeros((3, NOT_SENT + 1, fits.shape[1]))
        before = self.told.get(occasion, VAGUEST)
        for wording in range(before):
            rows[:, wording] = _graded(fits[wording], known, unknown)
            if before < VAGUEST:
                rows[:, wording] -= _graded(fits[before], known, unknown)
        return rows


def _graded(fits: Bools, known: Floats, unknown: Floats) -> Floats:
    return np.where(fits, known[:, None], unknown[:, None])


def _log_mass(edges: Floats) -> LogMass:
    return LogMass(lo=edges[0], mid=edges[1], hi=edges[2])


def best(world: World) -> int:
    """The most valuable wording of one report that breaks no gate: what the solver would choose, sooner."""
    for wording in range(NOT_SENT):
        if not any(gate.broken for gate in measure(world, world.mass((wording,)))):
            return wording
    return NOT_SENT


def tearline(top_suspect: float, edges: Edges = PRODUCT) -> Rule:
    """One report after the other: the most valuable wording whose gates hold over all that was sent."""

    def rule(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
        suspicion = Suspicion.before(fits.shape[2], edges)
        chosen = []
        for wordings, gathering in zip(fits, occasion, strict=True):
            wording = best(suspicion.world(wordings[None], (gathering,), top_suspect))
            suspicion = suspicion.after(wordings, gathering, wording)
            chosen.append(wording)
        return tuple(chosen)

    return rule


def planned(top_suspect: float, edges: Edges = PRODUCT) -> Rule:
    """All reports weighed together before the first one goes: the most valuable wordings of all ten."""

    def rule(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
        once = tuple(dict.fromkeys(occasion))
        first = [occasion.index(gathering) for gathering in once]
        world = Suspicion.before(fits.shape[2], edges).world(fits[first], once, top_suspect)
        wordings = dict(zip(once, solved(world, [occasion.count(gathering) for gathering in once]), strict=True))
        return tuple(wordings[gathering] for gathering in occasion)

    return rule


def solved(world: World, reports: Sequence[int]) -> tuple[int, ...]:
    """The solver's wording for each occasion, about which there are so many ``reports``.

    The reports of one occasion all get the same wording: what one of them says the others may say too.
    Limits stand at what was reached, so saying nothing is always allowed.
    """
    solution = solve(Problem(blocks=tuple(map(_block, reports)), worlds=(world,)), nodes=NODES)
    if solution.options is None:
        raise InvariantError("not even silence is allowed")
    return solution.options


def _block(reports: int) -> Block:
    options = tuple(Option(value=micro(float(worth)) * reports, key=(rank,)) for rank, worth in enumerate(VALUES))
    return Block(options=options, silence=NOT_SENT)
