"""How much could be said at how much exposure: every text that no other one beats on both."""

from __future__ import annotations

import attrs

from tearline.assess.admission import admissions, admitted
from tearline.assess.answer import Said
from tearline.assess.apart import Admitted, flagged, ways
from tearline.assess.audience import listeners
from tearline.assess.content import largest_bonus
from tearline.assess.search import problem, question, said
from tearline.domain import Case
from tearline.tearlines.frontier import frontier as points
from tearline.tearlines.problem import micro
from tearline.tearlines.solution import Stop


@attrs.frozen(kw_only=True)
class Choice:
    """One text of the frontier.

    Attributes:
        load: The largest share of any limit that it uses; above 1 it may not go.
    """

    said: tuple[Said, ...]
    value: float
    held: float
    load: float


def frontier(case: Case, stop: Stop | None = None) -> tuple[Choice, ...]:
    """The frontier of value against exposure, from nothing said to the most that the rules admit.

    As if everybody who has not answered yet had agreed; versions that a rule forbids are not on it.
    Texts that tell together where to lay hands on somebody, and texts that are not enough to act on, are
    not on it either. Points above a load of 1 show what a
    larger budget would buy.

    Args:
        stop: Asked at each node of each search; once it is true only the texts found so far are there, which
            are the most valuable ones as a rule, and better ones may be missing.
    """
    found = _choices(case, admitted(admissions(case), lambda a: a.if_asked), stop)
    found.sort(key=lambda choice: (choice.value, choice.load))
    return tuple(one for n, one in enumerate(found) if not any(_beats(two, one) for two in found[n + 1 :]))


def _choices(case: Case, may: Admitted, stop: Stop | None) -> list[Choice]:
    """The points among some versions; where one locates somebody at risk, those of each way of leaving it untold."""
    asked, found = question(case, listeners(case), may), []
    for point in points(problem(asked), stop=stop):
        text = said(asked, point.options)
        versions = {s.claim: s.version for s in text if s.version is not None}
        barred = next((one for one in flagged(case, versions) if one.bars), None)
        if barred is not None:
            return [choice for less in ways(case, may, barred) for choice in _choices(case, less, stop)]
        held = sum(s.held for s in text) + largest_bonus(case) / micro(1)
        found.append(Choice(said=text, value=point.value / micro(1), held=held, load=point.load))
    return found


def _beats(one: Choice, other: Choice) -> bool:
    """Whether a choice that is worth at least as much costs no more."""
    return one.load <= other.load
