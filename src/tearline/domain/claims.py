"""What a report says, statement by statement, and how exactly it may be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tearline.domain.content import AtLeast, at_least
from tearline.domain.defaults import COMPLETE
from tearline.domain.grades import Interval
from tearline.domain.names import ClaimId, EventId, GroupId, ListId, PartyId, SourceId, TopicId, VersionId, fixed
from tearline.domain.persons import Aspect, Person
from tearline.domain.taint import Taint


@attrs.frozen(kw_only=True)
class Days:
    """A day that is known to lie between a first and a last one."""

    first: dt.date
    last: dt.date

    @classmethod
    def exactly(cls, day: dt.date) -> Days:
        """One day."""
        return cls(first=day, last=day)

    def passed(self, by: dt.date) -> tuple[float, float, float]:
        """P(the day has come on ``by``): surely, if every day between is as likely, possibly.

        >>> Days(first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 5)).passed(dt.date(2026, 1, 2))
        (0.0, 0.25, 1.0)
        """
        if by < self.first:
            return 0.0, 0.0, 0.0
        if by >= self.last:
            return 1.0, 1.0, 1.0
        return 0.0, (by - self.first).days / (self.last - self.first).days, 1.0


@attrs.frozen(kw_only=True)
class Spread:
    """Knowledge that grows: from some day on these groups are at least so well placed.

    Attributes:
        because: How it comes to them.
    """

    on: Days
    known: Mapping[GroupId, Interval] = attrs.field(converter=fixed)
    because: str = ""


@attrs.frozen(kw_only=True)
class Version:
    """One wording of a claim.

    Attributes:
        value: What it is worth to the recipient, 0 to 10.
        known: How well placed each group is to have yielded the claim in at least this exactness.
            Groups not named are as well placed as for the next more exact version, else ``absent``.
        later: Who comes to know it later, in this exactness and vaguer ones.
        public: The day on which everybody can read it, in this exactness and vaguer ones.
        known_by: The day by which the wording itself, and so every more exact one, shows that it was
            known, however late it is told.
        implies: What these words, or the act that they stand for, tell besides: other claims, how exactly.
            More exact versions imply it too.
        needs: Other claims without which it makes no sense: a city only with its province.
        fits: How many documents, this report among them, a reader may plausibly hold that would have given
            these words: at least as many as for a more exact version.
        marking: The marking of these words; ``None``: that of the claim.
        tells: What these words tell about a person, by its id: who it is, where, when. More exact versions
            tell it too.
    """

    id: VersionId
    text: str
    value: float
    known: Mapping[GroupId, Interval] = attrs.field(converter=fixed, factory=dict)
    later: tuple[Spread, ...] = ()
    public: Days | None = None
    known_by: dt.date | None = None
    implies: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed, factory=dict)
    needs: AtLeast = attrs.field(converter=at_least, factory=dict)
    fits: int = 1
    marking: str | None = None
    tells: Mapping[str, tuple[Aspect, ...]] = attrs.field(converter=fixed, factory=dict)


@attrs.frozen(kw_only=True)
class OtherWords:
    """What one version would have said had the truth been other, and who would have known it then."""

    id: VersionId
    text: str = ""
    known: Mapping[GroupId, Interval] = attrs.field(converter=fixed, factory=dict)
    later: tuple[Spread, ...] = ()


@attrs.frozen(kw_only=True)
class Sibling:
    """What would have been said in place of a claim had the truth been other.

    Attributes:
        versions: Those in which it differs. In vaguer ones the words are the same; in more exact ones that
            are not listed nobody has said what they would be, and the most exact listed ones stand in.
    """

    id: str
    versions: tuple[OtherWords, ...]


@attrs.frozen(kw_only=True)
class Claim:
    """One statement, in versions from as collected to vague; withholding it is always possible.

    Attributes:
        sources: Where it came from.
        event: What happened that makes it known; claims of one event share their knowers.
        attended: P(in on the event) by group, where it is known better than by the access words.
        credibility: 1 to 6 on the Admiralty scale.
        persons: Identifiable people; ``None``: nobody has said whether there are any.
        versions: Most exact first. Each follows from the one before it.
        halves_in: Days in which its value to the recipient falls by half; ``None``: it keeps its value.
        topic: What it is about, in the words of agreements; ``None``: nobody has said.
        siblings: What would have been said in place of these words had the truth been other.
        type: What kind of statement it is, in a word that the policy knows.
        marking: The marking of its words, a plain word or, where the case says in which, a mark of a label
            system; ``None``: nobody has said.
        derived_from: Claims that it was worked out from. Their sources, stakes and marks are its own too.
        tainted: A mark on the claim itself, beside those of its sources.
    """

    id: ClaimId
    sources: tuple[SourceId, ...] = ()
    event: EventId | None = None
    attended: Mapping[GroupId, float] = attrs.field(converter=fixed, factory=dict)
    credibility: int | None = None
    persons: tuple[Person, ...] | None = None
    versions: tuple[Version, ...]
    halves_in: int | None = None
    topic: TopicId | None = None
    siblings: tuple[Sibling, ...] = ()
    type: str | None = None
    marking: str | None = None
    derived_from: tuple[ClaimId, ...] = ()
    tainted: Taint | None = None

    def chain(self, rank: int, sibling: str | None = None) -> Sequence[Version | OtherWords]:
        """The versions from whose words follows who could yield the claim at ``rank``, most exact first.

        With a ``sibling``: had that been the truth. Then its own words as far as the two differ, and below
        that the words that they share: whoever could have yielded its own could have yielded those.
        """
        if sibling is None:
            return self.versions[: rank + 1]
        (other,) = (one for one in self.siblings if one.id == sibling)
        listed = sorted((self.rank(words.id), place) for place, words in enumerate(other.versions))
        last = min((at for at, _ in listed if at >= rank), default=rank)
        shared = self.versions[self.differs(sibling) + 1 : rank + 1]
        return [*(other.versions[place] for at, place in listed if at <= last), *shared]

    def differs(self, sibling: str | None) -> int:
        """The rank of the vaguest version in which ``sibling`` says something else; -1 without one."""
        others = (one for one in self.siblings if one.id == sibling)
        return max((self.rank(words.id) for other in others for words in other.versions), default=-1)

    def rank(self, version: VersionId) -> int:
        """Place in the order, 0 for the most exact.

        Raises:
            KeyError: No such version.
        """
        for rank, candidate in enumerate(self.versions):
            if candidate.id == version:
                return rank
        raise KeyError(version)

    def version(self, version: VersionId) -> Version:
        """The version of that name.

        Raises:
            KeyError: No such version.
        """
        return self.versions[self.rank(version)]


@attrs.frozen(kw_only=True)
class Listing:
    """Claims that are acted on or published as one list: expulsions, arrests, banned flights.

    Attributes:
        items: Its claims, those that will not be on it too: a reader knows of some, and sees them missing.
        complete: How likely the reader finds it that something we knew of would have been put on the list.
    """

    id: ListId
    items: tuple[ClaimId, ...]
    complete: Interval = COMPLETE


@attrs.frozen(kw_only=True)
class Cover:
    """A true event that makes an innocent explanation of some claims better than it was.

    It counts for a reader that has seen it, for the named version and vaguer ones. Fabricated cover
    cannot be represented: there is no cover without evidence.

    Attributes:
        makes: The access it gives to explanations that are not persons.
        seen_by: Readers who have seen it; empty: nobody yet, so it counts for nothing yet.
        on: The day on which they saw it.
        credence: How likely a reader who has seen it finds it that the event explains the claims, all of
            them or none.
    """

    claims: tuple[ClaimId, ...]
    version: VersionId
    makes: Mapping[GroupId, Interval] = attrs.field(converter=fixed)
    what: str
    evidence: str
    seen_by: tuple[PartyId, ...] = ()
    on: dt.date | None = None
    credence: float = 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether a reader who has seen it would neither quite believe in it nor reject it."""
        return 0 < self.credence < 1
