"""A theft of any number of documents against any number of sources: what each reader of all of it could find.

Documents are added up as they come (:mod:`tearline.damage.bulk`), so memory is that of the counts. What a source is
worth, the scale, and the limit for a life are those of any other incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs
import numpy as np

from tearline.cases.bulk_file import GRADES, BulkDocument, BulkFile, BulkSource
from tearline.damage.assessment import FOUND, HOURS_TO_HARM
from tearline.damage.bulk import CHUNK, Documents, Leaked, Progress, exposed, in_parts
from tearline.damage.magnitude import Span, Word, ahead, legal_words, magnitude, total
from tearline.domain import ACCESS_WORDS, GroupKind, Interval
from tearline.domain.defaults import BUDGETS
from tearline.exposure.candidates import priors
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.rosters import Grades


@attrs.frozen(kw_only=True)
class Found:
    """What a theft does to one source.

    Attributes:
        documents: How many rest on it.
        before: The upper belief without what was taken.
        now: The belief of who has read all of it.
        open: How much likelier a reader of all of it has found it.
        taken: The same, given how likely a hostile reader came to see it.
        value: Its future take, in source-years.
        danger: For a person: the upper belief of having been found; ``None`` for a method.
    """

    source: BulkSource
    documents: int
    before: float
    now: Span
    open: Span
    taken: Span
    value: Span
    danger: float | None

    @property
    def loss(self) -> Span:
        """Expected loss of its take, in source-years."""
        return self.taken * self.value

    @property
    def hours(self) -> float:
        """How soon harm may come."""
        stated = self.source.hours_to_harm
        return HOURS_TO_HARM[self.source.kind] if stated is None else stated

    @property
    def in_danger(self) -> bool:
        """Whether a person may have been found beyond the limit that stands for its life."""
        limit = BUDGETS[self.source.kind].top_suspect or 1.0
        return self.danger is not None and self.danger > limit and self.taken.hi >= FOUND


@attrs.frozen(kw_only=True)
class Theft:
    """The whole of it; ``found`` in the order of work: lives first, then by what is at stake per hour to harm."""

    title: str
    documents: int
    found: tuple[Found, ...]
    accessible: Span
    taken: Span
    scale: Span | None
    words: tuple[Word, ...]

    @property
    def lives(self) -> int:
        """How many persons may have been found."""
        return sum(each.in_danger for each in self.found)


def theft(file: BulkFile, progress: Progress | None = None) -> Theft:
    """Add up the documents of a file, and say what they betray.

    Guarantee:
        The order of documents changes nothing. Memory does not grow with them, but for a short mark of each, by
        which one that stands there twice is known.
    Raises:
        CaseFileError: A document is wrong.
    """
    grades = Grades(tuple(ACCESS_WORDS[word] for word in GRADES))
    leaked = Leaked(len(file.sources), file.most_groups, grades)
    many = np.zeros(len(file.sources), np.int64)
    done = in_parts(_parts(file.documents(), many), leaked, progress)
    found = [
        _found(source, int(documents), beliefs, file.seen)
        for source, documents, beliefs in zip(file.sources, many, _beliefs(file.sources, leaked), strict=True)
    ]
    found.sort(key=lambda one: (not one.in_danger, -one.loss.hi / one.hours))
    taken = total([one.loss for one in found])
    lives = any(one.in_danger for one in found)
    return Theft(
        title=file.title,
        documents=done,
        found=tuple(found),
        accessible=total([one.open * one.value for one in found]),
        taken=taken,
        scale=magnitude(taken),
        words=legal_words(taken, lives),
    )


def _parts(documents: Iterable[BulkDocument], many: Ints) -> Iterator[Documents]:
    """Documents in compressed rows, some thousands at a time; ``many`` counts them by source."""
    reading = iter(documents)
    while chunk := list(islice(reading, CHUNK)):
        np.add.at(many, [document.source for document in chunk], 1)
        claims = [claim for document in chunk for claim in document.claims]
        entries = [entry for claim in claims for entry in claim]
        yield Documents(
            first_claim=np.cumsum([0, *(len(document.claims) for document in chunk)]),
            source=np.array([document.source for document in chunk], np.int64),
            first_entry=np.cumsum([0, *map(len, claims)]),
            candidate=np.array([group for group, _ in entries], np.int64),
            grade=np.array([grade for _, grade in entries], np.uint8),
        )


def _beliefs(sources: Sequence[BulkSource], leaked: Leaked) -> Iterator[tuple[float, Span, Span]]:
    """By source the belief before, the belief now, and the gain, prior by prior: edges over the whole sweep."""
    each = [priors(source.groups) for source in sources]
    shape = (len(sources), leaked.log_likelihood()[0].shape[1])
    count, sought = np.ones(shape, np.int64), np.zeros(shape, np.bool_)
    for place, source in enumerate(sources):
        kind = GroupKind.CHANNEL if source.kind.is_method else GroupKind.PERSONS
        for number, group in enumerate(source.groups):
            count[place, number], sought[place, number] = group.count, group.kind is kind
    now, gain = _Edges.none(len(sources)), _Edges.none(len(sources))
    before = np.zeros(len(sources))
    for number in range(max(map(len, each))):
        prior = np.zeros(shape)
        written = np.zeros(len(sources), np.bool_)
        for place, sweep in enumerate(each):
            one = sweep[min(number, len(sweep) - 1)]
            prior[place, : len(one.log_mass)] = np.exp(one.log_mass)
            written[place] |= one.written
        found = exposed(leaked, prior, count, sought)
        edges = (found.lo, found.mid, found.hi)
        now = now.with_prior(edges, written)
        gain = gain.with_prior([np.maximum(0.0, edge - found.before) for edge in edges], written)
        before = np.where(written, found.before, before)
    for place in range(len(sources)):
        yield float(before[place]), now.at(place), gain.at(place)


@attrs.frozen(eq=False)
class _Edges:
    """Edges over priors, with the best point as written; shape ``(sources,)`` each."""

    lo: Floats
    mid: Floats
    hi: Floats

    @classmethod
    def none(cls, sources: int) -> _Edges:
        return cls(np.ones(sources), np.zeros(sources), np.zeros(sources))

    def with_prior(self, edges: Sequence[Floats], written: Bools) -> _Edges:
        lo, mid, hi = edges
        return _Edges(np.minimum(self.lo, lo), np.where(written, mid, self.mid), np.maximum(self.hi, hi))

    def at(self, place: int) -> Span:
        return Span(*sorted(float(edge[place]) for edge in (self.lo, self.mid, self.hi)))


def _found(source: BulkSource, documents: int, beliefs: tuple[float, Span, Span], seen: Interval) -> Found:
    before, now, gain = beliefs
    return Found(
        source=source,
        documents=documents,
        before=before,
        now=now,
        open=gain,
        taken=gain * Span(seen.lo, seen.mid, seen.hi),
        value=ahead(source.worth, source.years),
        danger=None if source.kind.is_method else seen.hi * now.hi + (1 - seen.hi) * before,
    )
