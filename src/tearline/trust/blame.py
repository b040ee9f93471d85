"""One leak and several who may be behind it: how much of it is laid at each door.

Our own house is always among the suspects. What is handed on to a partner's filter is a likelihood ratio
and never the share of the blame: that already holds the prior of all, which would count twice.
"""

import math
from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

from tearline.errors import InvariantError

OWN_HOUSE: Final = 0.004
"""P(a share leaks from our own house and that is noticed). Judgement."""

Suspect = TypeVar("Suspect", bound=Hashable)


def blame(hazards: Mapping[Suspect, float], points_at: Mapping[Suspect, float]) -> dict[Suspect, float]:
    """The share of one leak that is laid at each door: in proportion to hazard times ``Λ``.

    Args:
        hazards: P(it leaks there and that is noticed) before the trace, for each suspect; above 0.
        points_at: ``Λ`` of the trace for each; 1 for whom it says nothing about. ``inf``: certain.
    Returns:
        Adds up to 1.
    Raises:
        InvariantError: A hazard that is no probability, or a ``Λ`` below 0.
    """
    if any(not 0 < hazard < 1 for hazard in hazards.values()) or any(not one >= 0 for one in points_at.values()):
        raise InvariantError("hazards lie inside (0, 1) and likelihood ratios are not negative")
    sure = [suspect for suspect in hazards if math.isinf(points_at.get(suspect, 1.0))]
    if sure:
        total = sum(hazards[suspect] for suspect in sure)
        return {suspect: hazards[suspect] / total if suspect in sure else 0.0 for suspect in hazards}
    weights = {suspect: hazard * points_at.get(suspect, 1.0) for suspect, hazard in hazards.items()}
    total = sum(weights.values())
    if total <= 0:
        raise InvariantError("the trace clears every suspect")
    return {suspect: weight / total for suspect, weight in weights.items()}


def evidence(share: float, hazard: float) -> float:
    """The ``Λ`` for one partner's filter to which its share of the blame comes down.

    Updating on it gives exactly the mixture ``share * (after a breach) + (1 - share) * (after a clean
    share)`` as long as the hazard is the one that the share was found with.

    >>> round(evidence(0.5, 0.5), 6)
    1.0
    """
    if share >= 1:
        return math.inf
    return share * (1 - hazard) / (hazard * (1 - share))
