"""Which waivers stand: the rules of :mod:`tearline.policy.waivers`, and whether a warning would endanger the source.

That a source is worth much is no ground. A waiver because of the source stands only if even the least
telling useful words would pass a limit; while there are words that pass none, there is nothing to waive.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.assess.answer import Tearline
from tearline.assess.recommend import Recommendation, recommend
from tearline.assess.urgent.second import told_after
from tearline.domain import Case, Ground, PartyId, Waiver
from tearline.policy import waivers


@attrs.frozen(kw_only=True)
class Judged:
    """A waiver, and why it does not stand; without faults it does."""

    waiver: Waiver
    faults: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether nobody whom it is about is warned."""
        return not self.faults


def judged(case: Case, made: Recommendation) -> tuple[Judged, ...]:
    """Every waiver of the case, in its order.

    Args:
        made: What may be said to the recipient.
    """
    found = []
    for waiver in case.urgent.waivers if case.urgent else ():
        faults = [*waivers.faults(case, waiver)]
        if waiver.ground is Ground.ENDANGERS:
            faults += _harmless_words(case, made, waiver)
        found.append(Judged(waiver=waiver, faults=tuple(faults)))
    return tuple(found)


def unwarned(case: Case, judgements: tuple[Judged, ...]) -> frozenset[PartyId]:
    """Whom a waiver that stands leaves unwarned; with the recipient among them nothing goes at all."""
    found: set[PartyId] = set()
    for each in judgements:
        if each.stands:
            found |= {victim.id for victim in waivers.concerned(case, each.waiver)}
            found |= set() if each.waiver.of else {case.proposal.to}
    everybody = {victim.id for victim in case.urgent.to_warn} if case.urgent else set()
    return frozenset(found | ({case.proposal.to} if everybody and everybody <= found else set()))


def _harmless_words(case: Case, made: Recommendation, waiver: Waiver) -> Iterator[str]:
    """Somebody whom it is about, and whom words could warn that pass no limit."""
    victims = waivers.concerned(case, waiver)
    if not victims and (words := _inside(made)):
        yield _fault(case, case.proposal.to, words)
    for victim in victims:
        then = told_after(case, victim, made.recommended.tearline)
        if then is not None and (words := _inside(recommend(then))):
            yield _fault(case, victim.id, words)


def _inside(made: Recommendation) -> Tearline | None:
    text = made.recommended.tearline
    return text if text.serves and not made.over_the_limits else None


def _fault(case: Case, party: PartyId, text: Tearline) -> str:
    words = " ".join(text.words)
    return f"the source is not endangered: “{words}” warns {case.party(party).label} and passes no limit"
