"""What a reader may bring to a text besides its candidates: which claims share a source, and the raw text.

A reader who knows which claims rest on one source reasons about each source from its own claims alone.
A reader who holds a report as it was collected recognises it behind words that fit few other documents:
then they tell it as much as the report itself, namely that *we* hold it. Paraphrase does not help.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator

import attrs

from tearline.domain import Case, Claim, ClaimId, PartyId, SourceId
from tearline.domain.defaults import LEAK_GATE, TELLING_BELOW
from tearline.exposure.candidates import traits
from tearline.exposure.likelihood import Telling, View, most_telling, telling_of
from tearline.exposure.told import shown_by, told_with, with_raw_texts


@attrs.frozen(kw_only=True)
class Reading:
    """One way to take what was told.

    Attributes:
        only: The claims that it takes for one source's and looks at by themselves; ``None``: all.
        raw: Claims of which it holds the report as collected.
    """

    only: frozenset[ClaimId] | None = None
    raw: frozenset[ClaimId] = frozenset()

    def view(self, case: Case, told: View) -> dict[ClaimId, tuple[Telling, ...]]:
        """What the words amount to for this reader.

        Words that it recognises count as the report as collected: with all that this implies, and known by
        the day by which that was; and so do words that are implied by what it recognises.

        Laws: a larger view never becomes a smaller one, nor a more exact wording a vaguer one; to take
        what is taken already changes nothing.
        """
        taken: dict[ClaimId, set[Telling]] = {}
        for claim, tellings in told.items():
            for telling in tellings:
                for each, as_taken in self._taken(case, case.claim(claim), telling):
                    taken.setdefault(each, set()).add(as_taken)
        kept = (c.id for c in case.claims if c.id in taken and (self.only is None or c.id in self.only))
        return {claim: most_telling(taken[claim]) for claim in kept}

    def _taken(self, case: Case, claim: Claim, telling: Telling) -> Iterator[tuple[ClaimId, Telling]]:
        waiting, met = [(claim, telling)], set[tuple[ClaimId, Telling]]()
        while waiting:
            each, at = waiting.pop()
            if (each.id, at) in met:
                continue
            met.add((each.id, at))
            yield each.id, at
            if each.id in self.raw and is_telling(each, at.rank):
                for told, rank, day in told_with(case, each.id, 0, shown_by(each, 0, at.by)):
                    waiting.append((case.claim(told), telling_of(case, case.claim(told), rank, day)))


AS_TOLD = Reading()
"""Everything as it is worded, as if one source stood behind all of it."""


def fits(claim: Claim, rank: int) -> int:
    """How many documents would have given these words: whatever fits more exact words fits vaguer ones."""
    return max(version.fits for version in claim.versions[: rank + 1])


def is_telling(claim: Claim, rank: int) -> bool:
    """Whether these words prove to a holder of the raw text that we hold it too."""
    return fits(claim, rank) < TELLING_BELOW


def told_of(case: Case) -> tuple[ClaimId, ...]:
    """Every claim of which something was given or is proposed, in the order of the case.

    In their words, by what these imply, and by what the raw text implies where a reader may hold it.
    """
    said = [(claim, case.claim(claim).rank(words)) for given in case.given for claim, words in given.claims.items()]
    told = set(case.tells).union(*(case.entails(claim, rank) for claim, rank in said))
    every = with_raw_texts(case, told)
    return tuple(claim.id for claim in case.claims if claim.id in every)


def readings(case: Case, reader: PartyId) -> tuple[Reading, ...]:
    """Every way in which ``reader`` may take what was given and is proposed: the plain one first.

    With each set of raw texts that it may hold, everything as one source's and, where there are several,
    each source's claims by themselves.
    """
    told = told_of(case)
    parts = [None, *(part for part in resting_on_one(case, told) if len(part) < len(told))]
    return tuple(Reading(only=only, raw=raw) for raw in holdings(case, reader) for only in parts)


def may_take_apart(case: Case, reader: PartyId) -> bool:
    """Whether ``reader`` may take what it is told for more than one source's, or look at a part of it by itself."""
    return has_several(case, told_of(case)) or any(reading.only is not None for reading in readings(case, reader))


# --- which claims share a source ------------------------------------------------------------------------


def families(case: Case) -> dict[SourceId, SourceId]:
    """Sources that exist through one another are one: each source's family, by its first member."""
    first = {source.id: source.id for source in case.sources}
    for source in case.sources:
        for other in source.depends_on:
            one, two = sorted((first[source.id], first[other]), key=list(first).index)
            first = {member: one if root == two else root for member, root in first.items()}
    return first


def _by_family(case: Case, told: Collection[ClaimId]) -> tuple[dict[SourceId, set[ClaimId]], set[ClaimId]]:
    """The claims that rest on each family of sources, and those of which nobody has said."""
    of, resting, unstated = families(case), dict[SourceId, set[ClaimId]](), set[ClaimId]()
    for claim in told:
        sources = [source.id for source in case.sources_of(case.claim(claim))]
        for source in sources:
            resting.setdefault(of[source], set()).add(claim)
        if not sources:
            unstated.add(claim)
    return resting, unstated


def resting_on_one(case: Case, told: Collection[ClaimId]) -> tuple[frozenset[ClaimId], ...]:
    """The sets of claims that may rest on one source, as the case has it.

    A claim that rests on two sources belongs to both. Claims without a source stated may belong
    together, and to any source: they come alone, and with each source once more.
    """
    resting, unstated = _by_family(case, told)
    found = [*resting.values(), unstated, *(claims | unstated for claims in resting.values())]
    return tuple(dict.fromkeys(frozenset(claims) for claims in found if claims))


def has_several(case: Case, told: Collection[ClaimId]) -> bool:
    """Whether no single source is stated to be behind all of ``told``; claims without one may be another's."""
    resting, unstated = _by_family(case, told)
    return not any(len(claims) == len(told) for claims in (*resting.values(), unstated))


# --- the raw text in the reader's hands -----------------------------------------------------------------

RAW_SUBSETS = 4
"""Up to so many raw texts every set of them is tried; beyond, none, each alone, and all."""


def may_hold(case: Case, reader: PartyId) -> tuple[ClaimId, ...]:
    """Claims whose raw text ``reader`` may hold with an upper probability that counts, and where that tells."""
    held = traits(case, reader).holds_raw
    return tuple(
        claim
        for claim in told_of(case)
        if claim in held and held[claim].hi >= LEAK_GATE and any(_changes(case.claim(claim)))
    )


def _changes(claim: Claim) -> Iterator[bool]:
    return (is_telling(claim, rank) for rank in range(1, len(claim.versions)))


def holdings(case: Case, reader: PartyId) -> tuple[frozenset[ClaimId], ...]:
    """The sets of raw texts that are tried for ``reader``: none, the first."""
    claims = may_hold(case, reader)
    sizes = range(len(claims) + 1) if len(claims) <= RAW_SUBSETS else (0, 1, len(claims))
    return tuple(frozenset(some) for size in sizes for some in itertools.combinations(claims, size))


def holdings_untried(case: Case, reader: PartyId) -> bool:
    """Whether there are more sets of raw texts than are tried."""
    return len(may_hold(case, reader)) > RAW_SUBSETS
