"""Whether fewer wordings leave the question as it was: then its best text is known without a second search.

A search takes three things from a proposal: the wordings to choose from; who must be asked, what the
rules say, who comes to read and which limits hold, as they follow from the claims that are there; and how
a reader may take what it is told. Where only the first differs, all texts that remain are worth what they
were worth, and use up what they used up, so the best of all is the best of those that remain, if it is
among them. Ties are settled by value, load and the order of the file, in both alike.

Everything else is compared, never assumed. What cannot be compared is searched: a duty to warn, where what
counts first are claims that have nothing yet; a search that was cut short, or left ties open; a list of
which something is missing.

Sums over the same evidence may be taken in another order than in a second search. What is claimed is the
best text in exact arithmetic over the same numbers; two searches can differ only where a text lies on a
limit, or two texts tie, to within the last digits of a double.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from operator import attrgetter

import attrs

from tearline.assess.admission import admissions, admitted
from tearline.assess.audience import pasts, readership
from tearline.assess.recommend import Found, Recommendation
from tearline.assess.search import narrowed
from tearline.domain import Case, ClaimId, PartyId, VersionId
from tearline.exposure.budgets import person_limits
from tearline.exposure.readings import readings, told_of

Most = Mapping[ClaimId, VersionId]
"""A narrower proposal: some of the claims that are proposed, each at most so exactly."""


class SameQuestion:
    """The searches behind one recommendation, and what they took from the proposal besides its wordings.

    Attributes:
        is_settled: Whether they can be proof for anything else: finished, ties settled, no duty to warn.
    """

    def __init__(self, case: Case, made: Recommendation) -> None:
        self._case = case
        self._standing = {(a.claim, a.version): a for a in admissions(case)}
        self._searches = _deciding(made)
        self.is_settled = made.recommended.is_canonical and all(
            found.tearline.proved and not found.question.urgent for found, _ in self._searches
        )
        self._known: dict[Hashable, bool] = {}

    def is_asked(self, most: Most) -> bool:
        """Whether the case with the proposal ``most`` asks the same question, of fewer wordings.

        Law: where it does, and all that is recommended is among these wordings, :func:`recommend` ends in
        the same text, unless it is cut short.
        """
        if not self.is_settled:
            return False
        narrower = attrs.evolve(self._case, proposal=attrs.evolve(self._case.proposal, claims=most))
        standing = admissions(narrower)
        if any(self._standing.get((a.claim, a.version)) != a for a in standing):
            return False
        for found, today in self._searches:
            may = admitted(standing, attrgetter("today" if today else "if_asked"))
            if not self._is_alike(found, narrowed(narrower, may)):
                return False
        return True

    def _is_alike(self, found: Found, told: Case) -> bool:
        """Whether one search takes the same from ``told`` as from the case it was made for."""
        sayable = told_of(told)
        key = (id(found), frozenset(told.proposal.claims), sayable)
        if key not in self._known:
            readers, within = tuple(found.question.binding), frozenset(sayable)
            self._known[key] = _bearing(found.question.told, readers, within) == _bearing(told, readers, within)
        return self._known[key]


def _deciding(made: Recommendation) -> tuple[tuple[Found, bool], ...]:
    """The searches on which the recommendation rests, and whether each is among what may go today.

    What waits for an answer is recommended only where nothing serves that may go now.
    """
    if made.recommended is made.now:
        return ((made.now, True),)
    return (made.agreed, False), (made.now, True)


def _bearing(told: Case, readers: tuple[PartyId, ...], within: frozenset[ClaimId]) -> Hashable:
    """All that a search takes from a proposal besides its wordings, as far as it bears on some claims.

    Who reads and may hold what (:func:`readership`), the limits for persons, and every way of every reader
    to take what it is told of ``within``. What is *missing* from a list depends on all claims there are.
    Which siblings may be true, and whether several sources may be behind it, follows from ``within``.
    """
    return (
        readership(told),
        tuple(person_limits(told, reader) for reader in readers),
        tuple(_ways(told, reader, within) for reader in readers),
        told_of(told) if told.lists else None,
    )


def _ways(told: Case, reader: PartyId, within: frozenset[ClaimId]) -> Hashable:
    """Every way in which ``reader`` may take what it holds already and what is told of ``within``."""
    return frozenset(
        (
            tuple(reading.view(told, past).items()),
            within if reading.only is None else within & reading.only,
            within & reading.raw,
        )
        for past in pasts(told, reader)
        for reading in readings(told, reader)
    )
