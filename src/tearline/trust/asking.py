"""What to ask for: what an answer would be worth, how likely it comes, and what asking costs.

An ask is a release: it shows what we want to know and what we lack. Its price is stated in the case; it
is not worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from tearline.domain import Choice, Interval, Request, Worth
from tearline.errors import InvariantError


@attrs.frozen(kw_only=True)
class Value:
    """A decision without and with an answer, and with perfect knowledge.

    Attributes:
        now: What the best act is worth as things are.
        answer: What an answer adds (EVSI).
        certainty: What to know the state would add (EVPI).
    """

    now: float
    answer: float
    certainty: float


@attrs.frozen(kw_only=True)
class Scored:
    """One request with its score: worth times chances, less its cost. May be negative: then better not ask.

    Attributes:
        score: At least, at the best points, at most.
        willing: Whether how willing they are stands in for an answer that nobody has judged.
    """

    request: Request
    worth: Worth
    score: tuple[float, float, float]
    willing: bool


def value_of_answer(choice: Choice) -> Value:
    """What an answer adds to a decision: ``Σ P(y) max_a E[u | y] - max_a E[u]``, at least 0 and at most EVPI.

    Raises:
        InvariantError: Probabilities that do not add up, or an act without a value in some state.
    """
    states = choice.states
    if abs(sum(states.values()) - 1) > 1e-9 or any(p < 0 for p in states.values()):
        raise InvariantError("the states do not add up to 1")
    if not choice.acts or not choice.answers or any(states.keys() - act.keys() for act in choice.acts.values()):
        raise InvariantError("every act needs a value in every state, and there must be answers")
    for state in states:
        if abs(sum(of.get(state, 0.0) for of in choice.answers.values()) - 1) > 1e-9:
            raise InvariantError(f"the answers do not add up to 1 in the state `{state}`")
    now = _best(choice, states)
    heard = sum(
        _best(choice, {state: p * answer.get(state, 0.0) for state, p in states.items()})
        for answer in choice.answers.values()
    )
    certain = sum(p * max(act[state] for act in choice.acts.values()) for state, p in states.items())
    return Value(now=now, answer=max(0.0, heard - now), certainty=max(0.0, certain - now))


def _best(choice: Choice, weights: Mapping[str, float]) -> float:
    """What the best act comes to under weights that need not add up to 1."""
    return max(sum(weight * act[state] for state, weight in weights.items()) for act in choice.acts.values())


def scored(request: Request, willing: Interval) -> Scored:
    """The score of a request.

    Args:
        willing: P(the partner is willing), where the case does not say whether they would agree.
    """
    choice = request.choice
    worth = request.worth or Worth.exactly(0.0 if choice is None else value_of_answer(choice).answer)
    agrees = request.agrees or willing
    ends = zip((worth.lo, worth.mid, worth.hi), _ends(request.holds), _ends(agrees), strict=True)
    lo, mid, hi = (gain * holds * gives - request.cost for gain, holds, gives in ends)
    return Scored(request=request, worth=worth, score=(lo, mid, hi), willing=request.agrees is None)


def _ends(chance: Interval) -> tuple[float, float, float]:
    return chance.lo, chance.mid, chance.hi


def ranked(requests: Iterable[Request], willing: Interval) -> tuple[Scored, ...]:
    """Requests with their scores, the best first."""
    found = [scored(request, willing) for request in requests]
    return tuple(sorted(found, key=lambda each: (-each.score[1], each.request.id)))
