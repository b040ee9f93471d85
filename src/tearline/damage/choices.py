"""What to do for a source, and which question is worth asking first.

Two things that must not be mixed. Whether the person who is the source may be found is a limit: a measure that
leaves more danger than the source's own limit allows is not among the choices while a safer one is. What is left is
weighed by loss of future take. So no life is priced, and an expensive rescue is not outweighed by a rich flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from tearline.damage.magnitude import Span
from tearline.damage.versions import TRUTHFUL, CameOut, bent, heard
from tearline.domain import SourceId, SourceKind
from tearline.domain.incidents import TO_HOLD, Measure, Witness
from tearline.exposure.envelope import Floats

HOLD: Final = Measure(name=TO_HOLD, costs=0.0, saves=0.0, spares=0.0)

FOR_PEOPLE: Final = (
    HOLD,
    Measure(name="warn the source", costs=0.02, saves=0.2, spares=0.3),
    Measure(name="pause tasking", costs=0.1, saves=0.4, spares=0.4),
    Measure(name="bring the source out", costs=1.0, saves=0.0, spares=0.95, signals=True),
)
FOR_METHODS: Final = (
    HOLD,
    Measure(name="act on nothing from it for a while", costs=0.1, saves=0.3),
    Measure(name="change the method", costs=0.3, saves=0.8, signals=True),
)
"""What can be done where the file names nothing: shares of the source's value. Judgement.

Deception is not among them: Tearline proposes no falsehood.
"""


def measures_for(kind: SourceKind, stated: Sequence[Measure] = ()) -> tuple[Measure, ...]:
    """Everything that can be done, to hold first."""
    if stated:
        return (HOLD, *(measure for measure in stated if measure.name != HOLD.name))
    return FOR_METHODS if kind.is_method else FOR_PEOPLE


@attrs.frozen(kw_only=True)
class Weighing:
    """One measure for one source.

    Attributes:
        loss: Expected loss of take with it, in source-years.
        feared: The same where every belief stands at its upper edge: measures are ranked by it.
        regret: How much more it may lose than the best would have, there, in the worst case of what came out.
        danger: For a person: the upper belief that is left of having been found.
        allowed: Whether that danger is inside the source's limit, or no measure leaves less.
    """

    measure: Measure
    loss: Span
    feared: float
    regret: float
    danger: float | None
    allowed: bool


def losses(measures: Sequence[Measure], exposed: Floats, value: float) -> Floats:
    """What each measure loses in each case, shape ``(measures, cases)``.

    Args:
        exposed: How much likelier the source has been found, in each case.
        value: Its future take.
    """
    costs = np.array([[measure.costs] for measure in measures])
    left = np.array([[1 - measure.saves] for measure in measures])
    found: Floats = value * np.minimum(1.0, costs + left * exposed[None, :])
    return found


def weigh(
    measures: Sequence[Measure],
    found: CameOut,
    exposed: tuple[Floats, Floats, Floats],
    value: Span,
    danger: float | None,
    limit: float,
) -> tuple[Weighing, ...]:
    """Every measure, the best first: doubt about beliefs falls on the source's side.

    Args:
        exposed: Lower edge, best point and upper edge in each case.
        danger: For a person: the upper belief, over everything, of having been found; ``None`` for a method.
        limit: How far a reader may get with the person.
    """
    tables = [losses(measures, e, v) for e, v in zip(exposed, (value.lo, value.mid, value.hi), strict=True)]
    feared = losses(measures, exposed[2], value.mid)
    left = [None if danger is None else danger * (1 - measure.spares) for measure in measures]
    least = min((one for one in left if one is not None), default=0.0)
    weighed = []
    for place, measure in enumerate(measures):
        edges = [found.mean(table[place]) for table in tables]
        remains = left[place]
        weighed.append(
            Weighing(
                measure=measure,
                loss=Span(*sorted((edges[0][0], edges[1][1], edges[2][2]))),
                feared=found.mean(feared[place])[1],
                regret=float((feared[place] - feared.min(axis=0)).max()),
                danger=remains,
                allowed=remains is None or remains <= max(limit, least) * (1 + 1e-12),
            )
        )
    return tuple(sorted(weighed, key=lambda one: (not one.allowed, one.feared, measures.index(one.measure))))


# --- what to ask -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Asked:
    """What one question is worth, in source-years.

    Attributes:
        worth: Expected value of the answer (EVSI): least, best point and most over the corners of what is doubtful,
            for a witness as reliable as its grade says. Between two corners it may be worth more.
        perfect: The same if the answer were certain and complete (EVPI).
        net: The best point of ``worth`` less what asking costs.
    """

    witness: Witness
    worth: Span
    perfect: Span
    net: float


def value_of_answer(likely: Floats, table: Floats, answers: Floats) -> float:
    """EVSI: how much less is lost on average if one may wait for an answer and then choose.

    Args:
        likely: Of each case, shape ``(cases,)``; sums to 1.
        table: Loss of each measure in each case, shape ``(measures, cases)``.
        answers: P(answer | case), shape ``(answers, cases)``; columns sum to 1.
    Law: from 0 to :func:`value_of_certainty`.
    """
    now = float((table @ likely).min())
    then = float(((table[None] * (answers * likely)[:, None, :]).sum(axis=2)).min(axis=1).sum())
    return _told_from_rounding(now - then)


def value_of_certainty(likely: Floats, table: Floats) -> float:
    """EVPI: the same if one were told which case it is."""
    return _told_from_rounding(float((table @ likely).min() - (table.min(axis=0) @ likely)))


def _told_from_rounding(value: float) -> float:
    return value if value > 1e-12 else 0.0


def answers_of(witness: Witness, found: CameOut) -> Floats:
    """P(what the witness says | case): one answer for each version that could have come out."""
    place = found.claims.index(witness.about)
    ranks = sorted({case[place] for case in found.cases}, key=lambda rank: (rank is None, rank or 0))
    suits = bent(witness.motive, len(ranks))
    truthful = TRUTHFUL[witness.reliability].mid
    true = np.array([[float(case[place] == rank) for case in found.cases] for rank in ranks])
    return np.array([heard(row, float(suit), truthful) for row, suit in zip(true, suits, strict=True)])


def questions(
    witnesses: Sequence[Witness], found: CameOut, tables: Sequence[tuple[SourceId, Floats]]
) -> tuple[Asked, ...]:
    """Every question, that with the largest net worth first. Sources are decided one by one, so worths add."""

    def over_stances(answers: Floats | None) -> Span:
        sums = [
            sum(
                value_of_certainty(row, table) if answers is None else value_of_answer(row, table, answers)
                for _, table in tables
            )
            for row in found.stances
        ]
        return Span(min(sums), sums[0], max(sums))

    perfect = over_stances(None) if witnesses else Span(0.0, 0.0, 0.0)
    asked = []
    for witness in witnesses:
        if witness.about in found.claims:
            worth = over_stances(answers_of(witness, found))
            asked.append(Asked(witness=witness, worth=worth, perfect=perfect, net=worth.mid - witness.cost))
    return tuple(sorted(asked, key=lambda one: -one.net))
