"""Counterfactual replay: would the same words have gone out if somebody else had been the source?

A reader may run Tearline too. It then asks of each candidate not only "could he have yielded what is
said?" but "if he had been the source, would exactly this have been said?" Whoever is ruled out by the
second question is ruled out by our choice of words, not by the words. So every candidate is put in the
source's place: only what he could have told us is there to be said, everything else (history, limits,
consents, what readers hold) stays, and the question is asked again.

Where a text is proved to be the best of all, taking away wordings that were not chosen changes nothing:
ties are broken in one fixed order that knows no candidates. What else depends on the proposal (who must be
asked, who reads, the limits of sources in use) could still tell. So all of that is worked out anew for
every candidate and compared. Where it is the same, the first search is the proof for him as well, and is
not run a second time (:mod:`tearline.assess.same_question`). Where anything differs the actual search is
run again, once for those who ask the same question; where a search was cut short, and under a duty to
warn, it is run for everybody.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping

import attrs
import numpy as np

from tearline.assess.answer import Candidate, OtherTruth, Replay, Text
from tearline.assess.probe import after
from tearline.assess.recommend import Found, Recommendation, recommend
from tearline.assess.same_question import SameQuestion
from tearline.assess.search import THOROUGH, Effort, chosen
from tearline.domain import Case, Claim, ClaimId, GroupKind, OtherWords, PartyId, Sibling, VersionId
from tearline.exposure.candidates import Mind
from tearline.exposure.likelihood import Telling, access

KNOWS = 0.1
"""Who has at least this access, at the best point, is taken to have been able to tell us."""


def replay(case: Case, made: Recommendation, effort: Effort = THOROUGH, *, always_search: bool = False) -> Replay:
    """Put every candidate of every reader that binds in the source's place.

    Candidates who could tell us the same are replayed once.

    Args:
        made: What :func:`recommend` made of the case as it is, with as much ``effort``.
        always_search: Whether to run the search again where the first one is proof enough.
    Law:
        Searching always finds the same, as far as the searches are finished.
    """
    found = made.recommended
    text = found.tearline.versions
    minds = {_named(mind): mind for mind in _minds(found)}
    known = {name: _could_tell(case, mind) if text else [] for name, mind in minds.items()}
    able = {name: [_covers(case, most, text) for most in each] for name, each in known.items()}
    distinct = dict.fromkeys(
        _key(most) for name, each in known.items() for most, covers in zip(each, able[name], strict=True) if covers
    )
    asked = _Asked(case, made, effort, always_search=always_search)
    outcomes = asked.of(distinct)
    candidates, leak, proved = [], 0.0, found.tearline.proved
    for name, mind in minds.items():
        differs = []
        for index, (group, most, covers) in enumerate(zip(mind.groups, known[name], able[name], strict=False)):
            if not covers or group.kind is GroupKind.OTHER:
                continue
            said, certain = outcomes[_key(most)]
            proved = proved and certain
            differs += [] if said == text else [index]
            candidates.append(
                Candidate(
                    reader=mind.reader,
                    group=group.id,
                    count=group.count,
                    persons=group.kind is GroupKind.PERSONS,
                    said=said,
                    same=said == text,
                )
            )
        leak = max(leak, _bits(case, found, mind, differs))
    others = tuple(_other_truths(case, text, effort))
    proved = proved and all(certain for _, certain in others)
    truths = tuple(other for other, _ in others)
    return Replay(
        text=text,
        candidates=tuple(candidates),
        truths=truths,
        leak=leak,
        proved=proved,
        replays=len(distinct),
        searched=asked.searched,
    )


_Key = tuple[tuple[ClaimId, VersionId], ...]


def _key(most: Mapping[ClaimId, VersionId]) -> _Key:
    return tuple(most.items())


class _Asked:
    """What would have been said had only some wordings been there, with as few searches as prove it.

    Proposals of the same claims mostly ask the same question. So where the first search is no proof for several
    of them, the widest proposal of these claims is searched, and serves as proof for the others.

    Attributes:
        searched: How many searches were run.
    """

    def __init__(self, case: Case, made: Recommendation, effort: Effort, *, always_search: bool) -> None:
        self.searched = 0
        self._case = case
        self._effort = effort
        self._first = SameQuestion(case, made)
        self._text = made.recommended.tearline.versions
        self._always_search = always_search

    def of(self, every: Iterable[_Key]) -> dict[_Key, tuple[Text, bool]]:
        """By proposal the text, and whether it is proved; all of them cover the text of the first search."""
        outcomes: dict[_Key, tuple[Text, bool]] = {}
        alike: dict[frozenset[ClaimId], list[_Key]] = {}
        for key in every:
            if not self._always_search and self._first.is_asked(dict(key)):
                outcomes[key] = self._text, True
            else:
                alike.setdefault(frozenset(dict(key)), []).append(key)
        for claims, keys in alike.items():
            outcomes.update(self._searched(claims, keys))
        return outcomes

    def _searched(self, claims: frozenset[ClaimId], keys: list[_Key]) -> dict[_Key, tuple[Text, bool]]:
        """The same for proposals of the same claims, for which the first search is no proof."""
        outcomes: dict[_Key, tuple[Text, bool]] = {}
        if len(keys) > 1 and self._first.is_settled and not self._always_search:
            proposed = {claim: most for claim, most in self._case.proposal.claims.items() if claim in claims}
            widest, made = self._recommended(proposed)
            same, text = SameQuestion(widest, made), made.recommended.tearline.versions
            proved = [key for key in keys if _covers(widest, dict(key), text) and same.is_asked(dict(key))]
            outcomes = dict.fromkeys(proved, (text, True))
        for key in keys:
            if key not in outcomes:
                found = self._recommended(dict(key))[1].recommended.tearline
                outcomes[key] = found.versions, found.proved
        return outcomes

    def _recommended(self, proposed: Mapping[ClaimId, VersionId | None]) -> tuple[Case, Recommendation]:
        self.searched += 1
        narrower = attrs.evolve(self._case, proposal=attrs.evolve(self._case.proposal, claims=proposed))
        return narrower, recommend(narrower, self._effort)


def _minds(found: Found) -> list[Mind]:
    every = (setting.mind for settings in found.question.binding.values() for setting in settings)
    return [mind for mind in every if not mind.truth]


def _named(mind: Mind) -> tuple[PartyId, PartyId | None]:
    return mind.reader, mind.borrowed_from


def _could_tell(case: Case, mind: Mind) -> list[dict[ClaimId, VersionId]]:
    """The most exact version of each proposed claim that each group could have told us, within the proposal."""
    most: list[dict[ClaimId, VersionId]] = [{} for _ in mind.groups]
    for claim_id, wanted in case.proposal.claims.items():
        claim = case.claim(claim_id)
        first = 0 if wanted is None else claim.rank(wanted)
        for rank in range(first, len(claim.versions)):
            knows = access(case, mind, claim, Telling(rank, case.as_of or dt.date.min))[1] >= KNOWS
            for group in np.flatnonzero(knows).tolist():
                most[group].setdefault(claim_id, claim.versions[rank].id)
    return most


def _covers(case: Case, most: Mapping[ClaimId, VersionId], text: Text) -> bool:
    """Whether somebody who could tell us ``most`` could have yielded ``text``."""
    return all(c in most and case.claim(c).rank(most[c]) <= case.claim(c).rank(v) for c, v in text.items())


def _other_truths(case: Case, text: Text, effort: Effort) -> Iterator[tuple[OtherTruth, bool]]:
    """Every sibling of every proposed claim put in the place of the truth, and whether what is found is proved.

    Which of them is true gives nothing away once everybody can read it.
    """
    for claim in map(case.claim, case.proposal.claims):
        for sibling in claim.siblings:
            if _is_known_to_all(case, claim, sibling):
                continue
            found = recommend(_had_it_been(case, claim, sibling), effort).recommended.tearline
            differs = claim.differs(sibling.id)
            now, then = (said.get(claim.id) for said in (text, found.versions))
            depths = [version is not None and claim.rank(version) <= differs for version in (now, then)]
            yield OtherTruth(claim=claim.id, sibling=sibling.id, alike=depths[0] == depths[1]), found.proved


def _is_known_to_all(case: Case, claim: Claim, sibling: Sibling) -> bool:
    """Whether words that are not the sibling's are public by the day of the case for certain."""
    days = (version.public for version in claim.versions[: claim.differs(sibling.id) + 1])
    return case.as_of is not None and any(day is not None and day.last <= case.as_of for day in days)


def _had_it_been(case: Case, claim: Claim, sibling: Sibling) -> Case:
    """The case had ``sibling`` been true: what explains words that it does not share would not have happened."""
    claims = tuple(had_been(c, sibling.id) if c is claim else c for c in case.claims)
    differs = claim.differs(sibling.id)
    cover = tuple(c for c in case.cover if claim.id not in c.claims or claim.rank(c.version) > differs)
    return attrs.evolve(case, claims=claims, cover=cover)


def had_been(claim: Claim, sibling: str) -> Claim:
    """``claim`` had ``sibling`` been true: what is true now is then a sibling of it.

    What is public now would not have been: then nobody would have written it.

    Siblings that lie below what is true now, in versions that are all more exact than the first in which
    the two differ, are no siblings any more: they would not have come into question.
    """
    differs = claim.differs(sibling)
    versions, ours = [], []
    for rank, version in enumerate(claim.versions):
        known = {group: grade for link in claim.chain(rank, sibling) for group, grade in link.known.items()}
        later = tuple(spread for link in claim.chain(rank, sibling) for spread in link.later)
        if rank <= differs:
            ours.append(OtherWords(id=version.id, text=version.text, known=version.known, later=version.later))
            versions.append(attrs.evolve(version, known=known, later=later, public=None))
        else:
            versions.append(version)
    kept = [one for one in claim.siblings if one.id != sibling and claim.differs(one.id) >= differs]
    siblings = (Sibling(id=_OURS, versions=tuple(ours)), *kept)
    return attrs.evolve(claim, versions=tuple(versions), siblings=siblings)


_OURS = "as it is"


def _bits(case: Case, found: Found, mind: Mind, differs: list[int]) -> float:
    """How far suspicion of the others rises once those who would have led to other words are ruled out."""
    if not differs:
        return 0.0
    ranks = chosen(found.question, found.options)
    lost = 0.0
    for then in after(case, mind.reader, ranks):
        if _named(then.setting.mind) == _named(mind):
            mass = np.exp(then.mass.mid - then.mass.mid.max())
            left = float(np.delete(mass, differs).sum())
            lost = max(lost, math.log2(float(mass.sum()) / left) if left > 0 else math.inf)
    return lost
