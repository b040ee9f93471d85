"""A theft in bulk as a file of lines: one JSON object each, first what it is, then sources, then documents.

Nothing is kept of a document once it has been handed on, so a file may be of any length. Every line is checked;
the first faults are told together, each with its line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Annotated, BinaryIO, Final, NoReturn, TypeVar

import attrs
import msgspec

from tearline.cases.incident_format import MOST_HOURS, MOST_YEARS
from tearline.cases.shapes import nearest, printable
from tearline.domain import ACCESS_WORDS, Group, GroupKind, Interval, SourceKind
from tearline.domain.incidents import Rank
from tearline.errors import CaseFileError, Problem

BULK_FORMAT: Final = 1
MOST_LINE: Final = 1024 * 1024
"""Bytes of the longest line that is read."""

MOST_TOLD: Final = 20
"""So many faults are told; then reading ends."""

MOST_CELLS: Final = 20_000_000
"""Sources, times the most groups that one of them has, times grades: what the counts may take in memory."""

GRADES: Final = tuple(reversed(ACCESS_WORDS))
"""Words of access, the worst first; the code of a grade is its place."""

_UNPRINTABLE: Final = "a control character in the text"
_Line = TypeVar("_Line", bound=msgspec.Struct)
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    tearline_bulk: int
    title: _Name
    seen: tuple[_Share, _Share] = (0.0, 1.0)


class _Group(msgspec.Struct, forbid_unknown_fields=True):
    count: Annotated[int, msgspec.Meta(ge=1, le=100_000_000)] = 1
    weight: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    channel: bool = False
    other: bool = False


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    source: _Name
    groups: Annotated[dict[_Name, _Group], msgspec.Meta(min_length=1, max_length=1_000)]
    kind: SourceKind = SourceKind.HUMAN
    worth: Rank = Rank.ORDINARY
    years: tuple[Annotated[float, msgspec.Meta(ge=0)], Annotated[float, msgspec.Meta(le=MOST_YEARS)]] = (1.0, 5.0)
    hours_to_harm: Annotated[float, msgspec.Meta(gt=0, le=MOST_HOURS)] | None = None


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    document: _Name
    source: _Name
    claims: list[dict[str, str]]


@attrs.frozen(kw_only=True)
class BulkSource:
    """One source of a bulk file, with those who could have been it in a reader's eyes."""

    id: str
    kind: SourceKind
    worth: Rank
    years: tuple[float, float]
    hours_to_harm: float | None
    groups: tuple[Group, ...]


@attrs.frozen
class BulkDocument:
    """One document for one source.

    Attributes:
        source: The place of its source among the sources.
        claims: For each the groups that it names, by place among those of the source, with their grades.
    """

    source: int
    claims: Sequence[Sequence[tuple[int, int]]]


class BulkFile:
    """A bulk file that is read as it goes: its head and sources at once, its documents one after the other.

    Args:
        stream: What is read; it is not closed.
        name: What to call it in messages.
    Raises:
        CaseFileError: The head or a source is wrong.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._line, self._faults = 0, list[Problem]()
        self._waiting: bytes | None = None
        head = self._head()
        self.title = head.title
        self.seen = Interval.between(*head.seen)
        self.sources = tuple(self._sources())
        self._places = {source.id: place for place, source in enumerate(self.sources)}
        self._groups = [{str(g.id): n for n, g in enumerate(source.groups)} for source in self.sources]
        if self._faults:
            self._end()
        if not self.sources:
            self._stop("no source is listed", 'write lines as {"source": ..., "groups": {...}} before the documents')
        self.most_groups = max(map(len, self._groups))
        if len(self.sources) * self.most_groups * len(GRADES) > MOST_CELLS:
            self._stop("too many sources with too many groups to count in memory", "split the file by source")

    def documents(self) -> Iterator[BulkDocument]:
        """Every document, once.

        Raises:
            CaseFileError: After the last line, or :data:`MOST_TOLD` faults.
        """
        met: set[bytes] = set()
        while (line := self._next()) is not None:
            told = self._decoded(line, _Document)
            if told is not None and (document := self._document(told, met)) is not None:
                yield document
        if self._faults:
            self._end()

    def _document(self, told: _Document, met: set[bytes]) -> BulkDocument | None:
        place = self._places.get(told.source)
        if place is None:
            self._fault(f"no source `{printable(told.source)}`", nearest(told.source, self._places), "source")
            return None
        key = hashlib.blake2b(f"{place} {told.document}".encode(errors="surrogatepass"), digest_size=8).digest()
        if key in met:
            message = f"`{printable(told.document)}` stands here twice for `{printable(told.source)}`"
            self._fault(message, "a document is charged once; leave one out", "document")
            return None
        met.add(key)
        groups = self._groups[place]
        claims = []
        for number, claim in enumerate(told.claims):
            for group, word in claim.items():
                at = f"claims[{number}].{printable(group)}"
                if group not in groups:
                    self._fault(f"no group `{printable(group)}`", nearest(group, groups), at)
                elif word not in ACCESS_WORDS:
                    self._fault(f"`{printable(word)}` is no word of access", nearest(word, ACCESS_WORDS), at)
            named = [(groups[g], GRADES.index(w)) for g, w in claim.items() if g in groups and w in ACCESS_WORDS]
            claims.append(named)
        return BulkDocument(place, claims)

    def _head(self) -> _Head:
        line = self._next()
        head = self._decoded(line, _Head) if line is not None else None
        if head is None:
            hint = 'begin with {"tearline_bulk": 1, "title": "what was taken"}'
            self._faults = self._faults or [Problem(message="the file is empty", hint=hint)]
            self._end()
        if head.tearline_bulk != BULK_FORMAT:
            self._stop(f"{head.tearline_bulk} is no version of the format that can be read", f"write {BULK_FORMAT}")
        if not head.title.isprintable():
            self._stop(_UNPRINTABLE, "")
        if head.seen[0] > head.seen[1]:
            self._stop("`seen` is not an interval", "write the lower edge and the upper: [0.2, 0.6]")
        return head

    def _sources(self) -> Iterator[BulkSource]:
        met: dict[str, int] = {}
        while (line := self._next()) is not None:
            if b'"document"' in line and b'"groups"' not in line:
                self._waiting = line
                return
            told = self._decoded(line, _Source)
            if told is None:
                continue
            for named in (told.source, *told.groups):
                if not named.isprintable():
                    self._fault(_UNPRINTABLE, "")
            if told.source in met:
                message = f"`{printable(told.source)}` is given twice; it stands first in line {met[told.source]}"
                self._fault(message, "call one of them otherwise", "source")
            met.setdefault(told.source, self._line)
            if told.years[0] > told.years[1]:
                self._fault("not an interval", "write the lower edge and the upper: [1, 5]", "years")
            yield self._source(told)

    def _source(self, told: _Source) -> BulkSource:
        groups = []
        for id_, group in told.groups.items():
            impersonal = group.channel or group.other
            if impersonal and group.weight is None:
                hint = "what is no person has no share of the heads"
                self._fault("`weight` is missing", hint, f"groups.{printable(id_)}")
            kind = GroupKind.OTHER if group.other else GroupKind.CHANNEL if group.channel else GroupKind.PERSONS
            count = 1 if impersonal else group.count
            groups.append(Group(id=id_, kind=kind, count=count, weight=group.weight))  # type: ignore[arg-type]
        self._judge_groups(groups, told.kind)
        return BulkSource(
            id=told.source,
            kind=told.kind,
            worth=told.worth,
            years=told.years,
            hours_to_harm=told.hours_to_harm,
            groups=tuple(groups),
        )

    def _judge_groups(self, groups: Sequence[Group], kind: SourceKind) -> None:
        weights = sum(group.weight or 0.0 for group in groups)
        sharing = any(group.weight is None for group in groups)
        if weights > 1 + 1e-9 or (sharing and weights >= 1):
            self._fault(f"weights sum to {weights:g}", "leave something for those without one", "groups")
        looked_for = GroupKind.CHANNEL if kind.is_method else GroupKind.PERSONS
        if not any(group.kind is looked_for for group in groups):
            what = "channel" if kind.is_method else "group of persons"
            self._fault(f"no {what}, so nothing could be found", "list whom or what the source could be", "groups")

    def _next(self) -> bytes | None:
        """The next line that is not blank; ``None`` after the last."""
        if self._waiting is not None:
            line, self._waiting = self._waiting, None
            return line
        while line := self._stream.readline(MOST_LINE + 1):
            self._line += 1
            if len(line) > MOST_LINE:
                self._stop("the line is longer than 1 MB", "one line holds one source or one document")
            if line.strip():
                return line
        return None

    def _decoded(self, line: bytes, shape: type[_Line]) -> _Line | None:
        try:
            return msgspec.json.decode(line, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            message, _, where = str(wrong).partition(" - at `$")
            path = "" if message.startswith("JSON") else where.rstrip("`").lstrip(".")
            self._fault(printable(message.replace("`", "")) or "not JSON", "", printable(path))
            return None

    def _fault(self, message: str, hint: str, path: str = "") -> None:
        self._faults.append(Problem(message=message, hint=hint, path=path, line=self._line, column=1))
        if len(self._faults) >= MOST_TOLD:
            self._end()

    def _stop(self, message: str, hint: str) -> NoReturn:
        self._faults.append(Problem(message=message, hint=hint, line=self._line, column=1))
        self._end()

    def _end(self) -> NoReturn:
        raise CaseFileError(self._name, self._faults)
