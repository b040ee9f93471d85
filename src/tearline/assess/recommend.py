"""The best text as things stand, or once everybody agreed, or under a duty to warn: which is recommended."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tearline.assess.admission import admissions, admitted
from tearline.assess.answer import Tearline
from tearline.assess.apart import Admitted, apart, flagged
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
from tearline.domain import Case, ClaimId, VersionId


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
        warned = _warning(case, agreed, effort)
    recommended = warned or (now if now.tearline.serves else agreed)
    return Recommendation(now=now, agreed=agreed, recommended=recommended, over_the_limits=warned is not None)


def searched(case: Case, today: bool, effort: Effort = THOROUGH) -> Found:
    """The best text among the versions that may be considered today, or once everybody has agreed."""
    standing = admissions(case)
    urgent: frozenset[ClaimId] = frozenset()
    if case.owes_warning:
        urgent = to_be_said(case, admitted(standing, lambda a: a.if_asked))
    may = admitted(standing, lambda a: a.today if today else a.if_asked)

    tried: list[Found] = []

    def solve(versions: Admitted) -> Found:
        heard = listeners(narrowed(case, versions))
        asked = question(case, heard, versions, urgent)
        solution = best(asked, effort)
        found = Found(
            heard=heard,
            question=asked,
            options=solution.options,
            tearline=tearline(asked, solution),
            is_canonical=solution.canonical,
        )
        tried.append(found)
        return found

    return _of_branches(case, apart(case, may, solve, _versions, _worth), tried)


def _of_branches(case: Case, found: Found, tried: Sequence[Found]) -> Found:
    """The best text with what is proved about all branches in which it was looked for.

    Ties between branches are settled by their order, which goes by the text that was taken apart; so with
    several of them the text is no proof for a question with fewer wordings.
    """
    if len(tried) == 1:
        return found
    ends = [one for one in tried if not any(person.bars for person in flagged(case, _versions(one)))]
    rivals = [one.tearline for one in ends if one.tearline.serves == found.tearline.serves or not one.tearline.proved]
    text = attrs.evolve(
        found.tearline,
        proved=all(one.tearline.proved for one in ends),
        upper_bound=max(rival.upper_bound for rival in rivals),
    )
    return attrs.evolve(found, tearline=text, is_canonical=False)


def _warning(case: Case, agreed: Found, effort: Effort) -> Found | None:
    """The least telling useful text, over the limits: people are in danger, and silence has a price.

    Harm to persons is no such limit: a warning that locates somebody at risk is taken apart like any text.
    """
    urgent, minimum = agreed.question.urgent, case.proposal.minimum_value or 0.0
    if not urgent:
        return None

    def solve(versions: Admitted) -> Found | None:
        heard = listeners(narrowed(case, versions))
        asked = question(case, heard, versions, urgent)
        options = least_telling(asked, minimum, effort)
        if options is None:
            return None
        text = instead(asked, options, agreed.tearline)
        return Found(heard=heard, question=asked, options=options, tearline=text, is_canonical=False)

    may = admitted(admissions(case), lambda a: a.if_asked)
    return apart(case, may, solve, lambda f: _versions(f) if f else {}, lambda f: _lightness(f) if f else (0.0, 0.0))


def _versions(found: Found) -> dict[ClaimId, VersionId]:
    return found.tearline.versions


def _worth(found: Found) -> tuple[float, ...]:
    return found.tearline.serves, found.tearline.value


def _lightness(found: Found) -> tuple[float, ...]:
    return 1.0 + found.tearline.serves, -found.tearline.load


def silence(found: Found) -> Found:
    """Nothing said, where nothing that may be said is worth sending."""
    options = problem(found.question).silence()
    said = instead(found.question, options, found.tearline)
    return attrs.evolve(found, options=options, tearline=said, is_canonical=False)
