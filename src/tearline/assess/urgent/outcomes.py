"""How it may end with a leader who is tipped off: he falls, he stays; who then reads what he was told.

Each outcome is a cause of the case. Leak paths that open with it say who comes to read; the engine's
beliefs say what they work out. Probabilities stay intervals, and who is in danger is listed, not weighed:
nobody's life is set against another's, nor against what the words are worth.
"""

from __future__ import annotations

import attrs

from tearline.assess.audience import listeners
from tearline.assess.probe import Ranks, measured
from tearline.domain import Case, Interval, Outcome, PartyId
from tearline.exposure.leaks import Reach
from tearline.exposure.worlds import Gate


@attrs.frozen(kw_only=True)
class Shown:
    """What one reader believes in one outcome, at the upper edge.

    Attributes:
        gate, about: Which belief, as in :class:`tearline.assess.answer.Breach`.
        before, after: Without the words, and with them.
        limit: The limit of that belief.
        broken: Whether the words pass it.
    """

    gate: Gate
    about: str
    before: float
    after: float
    limit: float
    broken: bool


@attrs.frozen(kw_only=True)
class Witness:
    """One who reads, in some outcome, what the leader was told; who reads it knows that we told him.

    Attributes:
        reads: How likely, if it ends so.
        learns: How likely it ends so and they read it.
        shown: Beliefs that have a limit.
    """

    party: PartyId
    reads: Interval
    learns: Interval
    shown: tuple[Shown, ...]


@attrs.frozen(kw_only=True)
class Ending:
    """One outcome.

    Attributes:
        told: How likely it is once he is told.
        witnesses: Everybody besides him who may come to read, hostile ones first.
    """

    outcome: Outcome
    told: Interval
    witnesses: tuple[Witness, ...]


def endings(case: Case, said: Ranks) -> tuple[Ending, ...]:
    """Every outcome of the case with the text ``said``, in the order of the case."""
    return tuple(_ending(case, outcome, said) for outcome in (case.urgent.outcomes if case.urgent else ()))


def learns_in_all(found: tuple[Ending, ...], party: PartyId) -> Interval:
    """How likely a party learns that we told him, however it ends: only one outcome comes about."""
    every = [each.learns for ending in found for each in ending.witnesses if each.party == party]
    return Interval(*(min(1.0, sum(edge)) for edge in ([getattr(i, at) for i in every] for at in ("lo", "mid", "hi"))))


def _ending(case: Case, outcome: Outcome, said: Ranks) -> Ending:
    told = case.cause(outcome.id).probability
    then = supposed(case, outcome)
    found = [
        _witness(then, listener.party.id, _interval(listener.gets), told, said)
        for listener in listeners(then)
        if listener.party.id != case.proposal.to and listener.gets.hi > 0
    ]
    found.sort(key=lambda each: not case.party(each.party).hostile)
    return Ending(outcome=outcome, told=told, witnesses=tuple(found))


def _interval(reach: Reach) -> Interval:
    return Interval(reach.lo, reach.mid, reach.hi)


def supposed(case: Case, outcome: Outcome) -> Case:
    """The case in which it surely ends so, and no other way."""
    ends = {each.id for each in case.urgent.outcomes} if case.urgent else set()
    causes = tuple(
        attrs.evolve(cause, probability=Interval.exactly(float(cause.id == outcome.id))) if cause.id in ends else cause
        for cause in case.causes
    )
    return attrs.evolve(case, causes=causes)


def _witness(case: Case, party: PartyId, reads: Interval, told: Interval, said: Ranks) -> Witness:
    learns = Interval(told.lo * reads.lo, told.mid * reads.mid, told.hi * reads.hi)
    return Witness(party=party, reads=reads, learns=learns, shown=_shown(case, party, said))


def _shown(case: Case, party: PartyId, said: Ranks) -> tuple[Shown, ...]:
    before, after = _worst(case, party, {}), _worst(case, party, said)
    return tuple(
        Shown(
            gate=gate, about=about, before=before.get((gate, about), (0.0,))[0], after=reached, limit=limit, broken=over
        )
        for (gate, about), (reached, limit, over) in after.items()
        if gate in (Gate.BELIEF, Gate.TOP_SUSPECT)
    )


Worst = dict[tuple[Gate, str], tuple[float, float, bool]]


def _worst(case: Case, party: PartyId, said: Ranks) -> Worst:
    """Of every belief the furthest that it goes: the suspicion of persons as one, whoever it falls on."""
    found: Worst = {}
    for gate, about, reached in measured(case, party, said):
        key = (gate, "" if gate is Gate.TOP_SUSPECT else about)
        was = found.get(key, (-1.0, 0.0, False))
        found[key] = (
            (reached.reached, reached.limit, reached.broken or was[2])
            if reached.reached > was[0]
            else (was[0], was[1], was[2] or reached.broken)
        )
    return found
