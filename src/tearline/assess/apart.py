"""The best text among those that do not tell together where to lay hands on somebody.

Whether a text does is no sum over its sentences, so it is not left to the solver. A text that it finds and
that locates somebody at risk is taken apart: of who, where and when at least one must go untold, and each
is tried. Every text that locates nobody is in one of the branches, so the best of their best is the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from tearline.assess.search import recipient_holds
from tearline.domain import Aspect, Case, ClaimId, VersionId
from tearline.policy.whereabouts import Located, located, tells

Admitted = Mapping[ClaimId, tuple[VersionId, ...]]
Text = TypeVar("Text")


def apart(
    case: Case,
    admitted: Admitted,
    solve: Callable[[Admitted], Text],
    said: Callable[[Text], Mapping[ClaimId, VersionId]],
    worth: Callable[[Text], tuple[float, ...]],
) -> Text:
    """The best text of ``solve`` that locates nobody whom nothing protects.

    Args:
        solve: The best text among some versions.
        said: What a text says.
        worth: By what the better one is known; the first of equals is taken.
    """
    found = solve(admitted)
    barred = next((one for one in flagged(case, said(found)) if one.bars), None)
    if barred is None:
        return found
    return max((apart(case, less, solve, said, worth) for less in ways(case, admitted, barred)), key=worth)


def ways(case: Case, admitted: Admitted, barred: Located) -> list[Admitted]:
    """What is left to be said, for each way of leaving something about a located person untold."""
    untold = [frozenset({aspect}) for aspect in Aspect if aspect in barred.fresh] or [frozenset(Aspect)]
    return [_without(case, admitted, barred.person, aspects) for aspects in untold]


def flagged(case: Case, said: Mapping[ClaimId, VersionId]) -> tuple[Located, ...]:
    """Every person of whom a text tells, with what the recipient holds, who, where and when.

    Oversight is never a third party: nobody stands between it and what it may read.
    """
    if case.for_oversight:
        return ()
    ranks = {claim: case.claim(claim).rank(version) for claim, version in said.items()}
    return located(case, ranks, recipient_holds(case))


def _without(case: Case, admitted: Admitted, person: str, untold: frozenset[Aspect]) -> Admitted:
    """The versions that leave something about ``person`` untold, or that the recipient has already."""
    held = recipient_holds(case)

    def stays(claim: ClaimId, version: VersionId) -> bool:
        rank = case.claim(claim).rank(version)
        return held.get(claim, rank + 1) <= rank or not tells(case, claim, rank, person) & untold

    return {claim: tuple(v for v in versions if stays(claim, v)) for claim, versions in admitted.items()}
