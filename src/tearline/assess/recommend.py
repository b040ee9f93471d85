"""The best text as things stand, or once everybody agreed, or under a duty to warn: which is recommended."""

from __future__ import annotations

import attrs

from tearline.assess.admission import admissions, admitted
from tearline.assess.answer import Tearline
from tearline.assess.audience import Listener, listeners
from tearline.assess.search import (
    THOROUGH,
    Effort,
    Question,
    best,
    instead,
    least_telling,
    narrowed,
    problem,
    question,
    tearline,
    to_be_said,
)
from tearline.domain import Case, ClaimId


@attrs.frozen(eq=False, kw_only=True)
class Found:
    """The best text among some versions, who comes to read it, and the question it answers.

    Attributes:
        is_canonical: Whether the search has settled ties as well (:class:`tearline.assess.search.Best`).
    """

    heard: tuple[Listener, ...]
    question: Question
    options: tuple[int, ...]
    tearline: Tearline
    is_canonical: bool


@attrs.frozen(eq=False, kw_only=True)
class Recommendation:
    """What is recommended, and what it was chosen from.

    Attributes:
        now: The best text that may go as things stand.
        agreed: The best text once everybody who has not answered has agreed.
        recommended: One of them, or a warning beyond the limits.
        over_the_limits: Whether it is such a warning.
    """

    now: Found
    agreed: Found
    recommended: Found
    over_the_limits: bool


def recommend(case: Case, effort: Effort = THOROUGH) -> Recommendation:
    """Search for the text to recommend; what may go now comes before what waits, if it serves."""
    now = searched(case, True, effort)
    agreed = now
    if any(a.today != a.if_asked for a in admissions(case)):
        agreed = searched(case, False, effort)
    warned = None
    if not agreed.tearline.serves and case.owes_warning:
        warned = _warning(agreed, case.proposal.minimum_value or 0.0, effort)
    recommended = warned or (now if now.tearline.serves else agreed)
    return Recommendation(now=now, agreed=agreed, recommended=recommended, over_the_limits=warned is not None)


def searched(case: Case, today: bool, effort: Effort = THOROUGH) -> Found:
    """The best text among the versions that may be considered today, or once everybody has agreed."""
    standing = admissions(case)
    urgent: frozenset[ClaimId] = frozenset()
    if case.owes_warning:
        urgent = to_be_said(case, admitted(standing, lambda a: a.if_asked))
    may = admitted(standing, lambda a: a.today if today else a.if_asked)
    heard = listeners(narrowed(case, may))
    asked = question(case, heard, may, urgent)
    solution = best(asked, effort)
    return Found(
        heard=heard,
        question=asked,
        options=solution.options,
        tearline=tearline(asked, solution),
        is_canonical=solution.canonical,
    )


def _warning(agreed: Found, minimum: float, effort: Effort) -> Found | None:
    """The least telling useful text, over the limits: people are in danger, and silence has a price."""
    if not agreed.question.urgent:
        return None
    options = least_telling(agreed.question, minimum, effort)
    if options is None:
        return None
    said = instead(agreed.question, options, agreed.tearline)
    return attrs.evolve(agreed, options=options, tearline=said, is_canonical=False)


def silence(found: Found) -> Found:
    """Nothing said, where nothing that may be said is worth sending."""
    options = problem(found.question).silence()
    said = instead(found.question, options, found.tearline)
    return attrs.evolve(found, options=options, tearline=said, is_canonical=False)
