"""A theft of hundreds of thousands of documents: who is exposed, source by source, in seconds.

Nothing is kept of the documents. Each source has its own candidates, and all that matters of what leaked is how
often each of them had which grade of access: these *counts* are added up document by document, and beliefs follow
from them in one step at the end. So memory is that of the counts (sources x candidates x grades), however many
documents there are, and one pass serves the lower edge, the best point and the upper edge.

The claims of one document about one source share an event: they are one piece of evidence, at the lowest grade among
them, as for a release. A candidate that a claim does not name had the lowest grade.

What it leaves out: versions (what was taken was taken whole), covers, days, and what documents say together about a
source that neither rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs
import numpy as np
import numpy.typing as npt

from tearline.errors import InputError
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.exposure.rosters import Grades

Progress = Callable[[int], None]
"""Called with the number of documents done."""

CHUNK = 8_192
"""Documents that are worked on at a time: what bounds the memory besides the counts."""


@attrs.frozen(eq=False, kw_only=True)
class Documents:
    """Documents, their claims, and who had access to each: two compressed rows, one inside the other.

    Attributes:
        first_claim: Where the claims of each document begin, shape ``(documents + 1,)``; rising.
        source: The source of each document's claims, shape ``(documents,)``. A document that rests on several
            is entered once for each, with the claims that rest on it.
        first_entry: Where the entries of each claim begin, shape ``(claims + 1,)``; rising.
        candidate: The candidate of each entry, by its place among those of the source.
        grade: Its grade, as :class:`tearline.exposure.rosters.Grades` codes it.
    """

    first_claim: Ints
    source: Ints
    first_entry: Ints
    candidate: npt.NDArray[np.integer]
    grade: npt.NDArray[np.uint8]

    def __attrs_post_init__(self) -> None:
        for starts, inner in ((self.first_claim, len(self.first_entry) - 1), (self.first_entry, len(self.candidate))):
            if len(starts) < 1 or starts[0] != 0 or starts[-1] != inner or (np.diff(starts) < 0).any():
                raise InputError("rows must begin at 0, rise, and end where their entries do")
        if len(self.source) != len(self.first_claim) - 1 or len(self.candidate) != len(self.grade):
            raise InputError("every document has one source, and every entry one grade")

    def __len__(self) -> int:
        return len(self.source)


class Leaked:
    """What has leaked so far about every source, as counts. It changes in place.

    Args:
        sources: How many sources.
        candidates: The most candidates that any of them has.
        grades: The access words, worst first.
    Laws: the order of documents changes nothing; two halves taken one after the other are the whole.
    """

    def __init__(self, sources: int, candidates: int, grades: Grades) -> None:
        self.grades = grades
        self._shape = (sources, candidates, len(grades))
        self._above = np.zeros(self._shape, np.int32)  # of the lowest grade only what is left is known
        self._pieces = np.zeros(sources, np.int64)

    def add(self, documents: Documents, progress: Progress | None = None) -> None:
        """Take documents into account.

        Raises:
            InputError: A source, candidate or grade that is not there; nothing has changed then.
        """
        sources, candidates, grades = self._shape
        for given, most, what in (
            (documents.source, sources, "source"),
            (documents.candidate, candidates, "candidate"),
            (documents.grade, grades, "grade"),
        ):
            if len(given) and not 0 <= int(given.min()) <= int(given.max()) < most:
                raise InputError(f"there is no such {what}: numbers go from 0 to {most - 1}")
        for start in range(0, len(documents), CHUNK):
            stop = min(start + CHUNK, len(documents))
            self._add_some(documents, start, stop)
            if progress is not None:
                progress(stop)

    def _add_some(self, documents: Documents, start: int, stop: int) -> None:
        """One chunk: the lowest grade of each candidate in each document, then one count for each."""
        _, candidates, grades = self._shape
        claims = documents.first_claim[start : stop + 1]
        many = np.diff(claims)
        lowest = np.full((stop - start, candidates), grades - 1, np.uint8)
        for place in range(int(many.max(initial=0))):
            having = np.flatnonzero(many > place)
            named = np.zeros((len(having), candidates), np.uint8)
            rows, entries = _entries(documents.first_entry, claims[:-1][having] + place)
            named[rows, documents.candidate[entries]] = documents.grade[entries]
            lowest[having] = np.minimum(lowest[having], named)
        lowest[many == 0] = 0
        told, who = np.nonzero(lowest)
        source = documents.source[start:stop]
        flat = (source[told] * candidates + who) * grades + lowest[told, who]
        self._above += np.bincount(flat, minlength=self._above.size).astype(np.int32).reshape(self._shape)
        self._pieces += np.bincount(source[many > 0], minlength=len(self._pieces))

    def log_likelihood(self) -> tuple[Floats, Floats, Floats]:
        """Lower edge, best point and upper edge for every candidate of every source, ``(sources, candidates)`` each."""
        counts = self._above.astype(float)
        counts[:, :, 0] = self._pieces[:, None] - counts.sum(axis=2)
        lo, mid, hi = (
            counts @ np.log([getattr(interval, edge) for interval in self.grades.intervals])
            for edge in ("lo", "mid", "hi")
        )
        return lo, mid, hi


@attrs.frozen(eq=False, kw_only=True)
class BulkExposure:
    """The belief in the most suspected person of each source, shape ``(sources,)`` each, and what leaked added.

    Attributes:
        before: Upper belief without what leaked.
        lo, mid, hi: Belief with it.
        bits: log2 of the upper belief now over that before: jumps of more than three come first in the work.
    """

    before: Floats
    lo: Floats
    mid: Floats
    hi: Floats

    @property
    def bits(self) -> Floats:
        """How far each upper belief has jumped."""
        found: Floats = np.log2(self.hi / self.before)
        return found

    def order(self, value: Floats, hours: Floats) -> Ints:
        """The order of work: by what is at stake per hour to harm, never by the number of documents."""
        added = np.maximum(0.0, self.hi - self.before) * value / hours
        return np.argsort(-added, kind="stable")


def exposed(leaked: Leaked, prior: Floats, count: Ints, person: Bools) -> BulkExposure:
    """What a reader of everything that leaked believes of each source.

    Args:
        prior: Prior mass of each candidate group, shape ``(sources, candidates)``; 0 where a source has fewer.
        count: Members of each group, at least 1; the same shape.
        person: Which groups are persons; the same shape, at least one for each source.
    Law: equal to :func:`tearline.exposure.envelope.suspects_upper` source by source.
    """
    if not (prior >= 0).all() or not (prior.sum(axis=1) > 0).all() or not (person & (prior > 0)).any(axis=1).all():
        raise InputError("every source needs candidates with a prior above 0, a person among them")
    with np.errstate(divide="ignore"):
        start = np.log(prior)
    lo, mid, hi = (start + edge for edge in leaked.log_likelihood())
    return BulkExposure(
        before=_top(start, start, count, person),
        lo=_top(lo, hi, count, person),
        mid=_top(mid, mid, count, person),
        hi=_top(hi, lo, count, person),
    )


def _top(own: Floats, rival: Floats, count: Ints, person: Bools) -> Floats:
    """The largest belief in one person of each source: a group at its own edge, all others at theirs."""
    highest = np.maximum(own.max(axis=1), rival.max(axis=1))[:, None]
    mine, others = np.exp(own - highest), np.exp(rival - highest)
    rest = np.maximum(0.0, others.sum(axis=1, keepdims=True) - others)
    whole = mine + rest
    each = np.divide(mine, whole * count, out=np.zeros_like(mine), where=(whole > 0) & person)
    found: Floats = each.max(axis=1)
    return found


def _entries(first: Ints, claims: Ints) -> tuple[Ints, Ints]:
    """Of some claims every entry: the place of its claim among them, and its own."""
    starts, sizes = first[claims], first[claims + 1] - first[claims]
    rows = np.repeat(np.arange(len(claims)), sizes)
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows, np.repeat(starts, sizes) + within


def in_parts(parts: Iterable[Documents], leaked: Leaked, progress: Progress | None = None) -> int:
    """Take documents into account part by part, as they are read; returns how many there were."""
    done = 0
    for part in parts:
        before = done

        def told(documents: int, before: int = before) -> None:
            if progress is not None:
                progress(before + documents)

        leaked.add(part, told)
        done += len(part)
    return done
