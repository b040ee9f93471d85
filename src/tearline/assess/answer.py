"""The answer to the whole question, as plain facts. :mod:`tearline.cli` puts it into words.

What may leave the house is kept apart from the rest by :class:`Outgoing`: words, grades and limits of
use, and only when the decision lets them go. Everything else stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.assess.audience import Listener
from tearline.assess.reasoning import RawText
from tearline.domain import Case, ClaimId, Decision, GroupId, PartyId, Permission, Reason, VersionId
from tearline.exposure.account import Line
from tearline.exposure.leaks import Reach
from tearline.exposure.worlds import Gate, Reached
from tearline.policy.endangered import Marked, PersonAccount
from tearline.policy.holders import Holder
from tearline.policy.marks import Banner
from tearline.trust.asking import Scored


@attrs.frozen(kw_only=True)
class Said:
    """One claim in the recommendation.

    Attributes:
        version: The chosen version; ``None``: withheld.
        value: What it is worth to the recipient, 0 to 10.
        held: What the version as collected would be worth.
    """

    claim: ClaimId
    version: VersionId | None
    text: str
    value: float
    held: float


@attrs.frozen(kw_only=True)
class Tearline:
    """The best text inside every limit, with the proof that there is no better one.

    Attributes:
        value, held: Value kept, and value of all that was proposed as collected.
        together: What of the value comes from claims that are worth more together.
        serves: Whether it is worth sending: worth the minimum, enough to act on, and under a duty to warn
            every claim said.
        upper_bound: No text inside the limits is worth more than this.
        proved: Whether the search finished; then ``upper_bound`` equals ``value``.
        load: The largest share of any limit that is used.
    """

    said: tuple[Said, ...]
    value: float
    held: float
    together: float = 0.0
    serves: bool
    upper_bound: float
    proved: bool
    load: float

    @property
    def versions(self) -> dict[ClaimId, VersionId]:
        """The version of each claim that is not withheld."""
        return {s.claim: s.version for s in self.said if s.version is not None}

    @property
    def words(self) -> tuple[str, ...]:
        """The sentences that would go, in their order."""
        return tuple(s.text for s in self.said if s.version is not None)


@attrs.frozen(kw_only=True)
class ReaderAccount:
    """What one reader could work out, before and after the recommendation.

    Attributes:
        in_doubt: The gate nearest to its limit for a reader that cannot tell whether one source or several
            stand behind it; ``None`` where one does, or where it was not tried.
        raw: For each report that it may hold as collected what that would mean.
    """

    listener: Listener
    lines: tuple[Line, ...]
    in_doubt: Reached | None = None
    raw: tuple[RawText, ...] = ()


@attrs.frozen(kw_only=True)
class Breach:
    """A limit that a more exact version would break.

    Attributes:
        because_of: Days of earlier releases without which it would not be broken.
        series: Whether only all of them together make it so; else each alone would.
        if_raw: Whether it is broken only if the reader holds the raw text of something.
        if_several: Whether it is broken only for a reader that does not take everything for one source's.
    """

    reader: PartyId
    gate: Gate
    about: str
    reached: float
    limit: float
    because_of: tuple[dt.date, ...] = ()
    series: bool = False
    if_raw: bool = False
    if_several: bool = False


@attrs.frozen(kw_only=True)
class Obstacle:
    """Why one claim is not said more exactly, the other claims held at the recommendation.

    Attributes:
        version: The first more exact version that cannot go.
        breaches: Limits that it breaks, the most exceeded first.
        reasons: Rules that stand in its way whatever a reader could infer.
    """

    claim: ClaimId
    version: VersionId
    breaches: tuple[Breach, ...]
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class Pointed:
    """What a question to a partner lets one reader believe: that the partner is involved.

    Attributes:
        gets: How likely it reads the question.
        words, asked: Its belief at most, from the words alone and once it is known that it was asked.
        limit: How far it may come to believe it.
        enough: How likely the partner would have to be asked anyway to keep the limit; ``None``: the words
            alone pass it.
        binds: Whether the limit must hold against it.
    """

    reader: PartyId
    gets: Reach
    words: float
    asked: float
    limit: float
    enough: float | None
    binds: bool


@attrs.frozen(kw_only=True)
class Asking:
    """How a partner is asked, and what that tells besides the words.

    Attributes:
        anyway: How likely it would be asked about such a report though it were not involved, at least.
        on: When to ask: its next round, or today; ``None``: the case has no date.
        answer_by: When the answer is due; ``None``: no day is agreed.
        too_late: Whether that is after the last day on which the answer is worth anything.
        readers: Who would learn something from the question.
    """

    anyway: float
    on: dt.date | None
    answer_by: dt.date | None
    too_late: bool
    readers: tuple[Pointed, ...]


@attrs.frozen(kw_only=True)
class Consultation:
    """Whom to ask, what for, and what is at stake with them.

    Attributes:
        covers: The most exact version for which consent is asked, claim by claim.
        must_be_told: What they need to know in order to answer.
        question: The words of the question, paragraph by paragraph.
        asked_on, due: When it was asked and until when it may answer, if it has been asked already.
        asking: How to ask, and what that tells.
        told_before: Days and recipients of earlier disclosures for which no consent of theirs is on record.
        could_stop: What they give us and could stop giving if they were not asked.
    """

    party: PartyId
    covers: tuple[tuple[ClaimId, VersionId], ...]
    permissions: tuple[Permission, ...]
    must_be_told: tuple[str, ...]
    question: tuple[str, ...]
    asked_on: dt.date | None
    due: dt.date | None
    asking: Asking
    told_before: tuple[tuple[dt.date, PartyId], ...]
    could_stop: tuple[str, ...]
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class Timing:
    """When one version may go, the other claims held at the recommendation.

    Attributes:
        safe_from: The first day on which it breaks no limit; ``None``: none that the case knows of.
        value: What it is worth then; today where there is no such day.
        because: What happens on that day; empty: it is safe today.
    """

    claim: ClaimId
    version: VersionId
    safe_from: dt.date | None
    value: float
    because: tuple[str, ...] = ()


class Lever(Enum):
    """A kind of way to a better answer."""

    CONSENT = "consent"
    COVER = "cover"
    PERMISSION = "permission"
    MEANWHILE = "meanwhile"
    WAITING = "waiting"
    CONTENT = "content"
    ROUTE = "route"
    SPLIT = "split"


@attrs.frozen(kw_only=True)
class Resting:
    """What rests on a cover that readers who bind have seen.

    Attributes:
        what, evidence: The event.
        seen_by: Which of them.
        value, without: What may go is worth with it, and would be without.
        left_open: Claims that were told or are recommended and that it does not explain.
        credibility, credibility_without: How far the recipient believes that the text is more than
            guesswork, and would without the event.
    """

    what: str
    evidence: str
    seen_by: tuple[PartyId, ...]
    value: float
    without: float
    left_open: tuple[ClaimId, ...]
    credibility: float
    credibility_without: float


@attrs.frozen(kw_only=True)
class Better:
    """A way to a better answer.

    Attributes:
        text: What to do.
        gain: Value that it adds to what may go as things stand; ``None``: it cannot be computed.
        said: What could then be said.
    """

    lever: Lever
    text: str
    gain: float | None = None
    said: tuple[Said, ...] = ()


@attrs.frozen(kw_only=True)
class Mover:
    """An input whose uncertainty moves the answer: go and check this.

    Attributes:
        text: What to check, as what would be known: ``If … .``
        reader, about, gate: The belief that it moves.
        now, then: Its upper edge, and what that would be if the input were known to be as estimated.
        limit: The limit of that belief; infinite where it has none.
    """

    text: str
    reader: PartyId
    gate: Gate
    about: str
    now: float
    then: float
    limit: float


MOST_LEAK = 0.1
"""Bits that the choice of words may give away before somebody must accept it."""

Text = Mapping[ClaimId, VersionId]
"""What is said; a claim that is not there is withheld."""


@attrs.frozen(kw_only=True)
class Candidate:
    """One group put in the source's place.

    Attributes:
        reader: Who considers it.
        count: How many persons it has; 1 for a channel.
        persons: Whether it is made of persons.
        said: What would have been said.
        same: Whether that is what is said now.
    """

    reader: PartyId
    group: GroupId
    count: int
    persons: bool
    said: Text
    same: bool


@attrs.frozen(kw_only=True)
class OtherTruth:
    """One sibling put in the place of what is true.

    Attributes:
        alike: Whether the text would have been as exact, up to where the two differ: then stopping there, or
            going on, says nothing about which of them is true.
    """

    claim: ClaimId
    sibling: str
    alike: bool


@attrs.frozen(kw_only=True)
class Replay:
    """The certificate of a text.

    Attributes:
        candidates: Everybody who could have yielded all that is said, reader by reader.
        leak: The most bits that the choice of words adds to the suspicion of anybody for whom the same
            words would have gone out; over all readers and ways to reason.
        truths: What would have been said had the truth been other, sibling by sibling.
        proved: Whether every search was finished.
        replays: How many different sets of wordings they could have told us; each was put to the question.
        searched: How many searches were run again for them. For the others the question was the same as in one
            of these, or in the first, but for wordings that were not chosen, so that search is the proof.
    """

    text: Text
    candidates: tuple[Candidate, ...]
    truths: tuple[OtherTruth, ...]
    leak: float
    proved: bool
    replays: int
    searched: int

    @property
    def holds(self) -> bool:
        """Whether the choice of words gives nothing away that counts."""
        return self.proved and self.leak <= MOST_LEAK and all(other.alike for other in self.truths)


@attrs.frozen(kw_only=True)
class Outgoing:
    """What may leave the house, and nothing else.

    Names of claims, versions and sources stay at home: they would tell how the house thinks.

    Attributes:
        words: The text, sentence by sentence.
        banner: The mark of the whole; empty where the case, or a sentence of it, is not marked.
        portions: The mark of each sentence; empty where the case is not marked.
        grades: For each sentence the reliability of its sources and its credibility, as in ``B2``.
        limits_of_use: The conditions that travel with the text.
        withheld: That something is withheld is said; what and how much is not.
        if_pressed: Words to speak when asked for more.
        if_it_leaks: The line to take.
    """

    words: tuple[str, ...]
    banner: str = ""
    portions: tuple[str, ...] = ()
    grades: tuple[str, ...]
    limits_of_use: tuple[str, ...]
    withheld: bool
    if_pressed: str
    if_it_leaks: str


@attrs.frozen(kw_only=True)
class InReturn:
    """Something to ask for in return. Advice.

    Attributes:
        wish: As the proposal has it.
        scored: What it comes to, if it is one of the case's requests.
    """

    wish: str
    scored: Scored | None = None


@attrs.frozen(kw_only=True)
class Assessment:
    """The whole answer to one case.

    Attributes:
        tearline: What is recommended; with ``Ask``: what could go once everybody agreed; with
            ``Refuse`` everything is withheld.
        outgoing: What may leave the house now; ``None`` unless the decision is ``Allow``.
        asked: Consents that are missing for the recommendation, or for something better.
        covers: What rests on events that readers have seen.
        timings: When each version may go; empty where the case knows of no day that changes anything.
        unjudged: Other ways to a better answer, and what the case lacks to judge them.
        in_return: What to ask for, the best first; what nobody has priced comes last.
        leaned_on: What the engines took for granted about readers, leaks and secrets.
        defaults: What the file leaves to defaults.
        not_weighed: Parts of the case that no engine weighs yet.
        holders: Everybody with a stake in what is proposed.
        people: Who could be harmed on the strength of what is proposed.
        marks: Marks that it bears because of how it was got.
        banner: The marks of the recommended text; ``None`` where the case says no system, or nothing goes.
        replay: Whether whoever else could have been the source would have led to the same words; ``None``
            where nobody asked for it.
    """

    case: Case
    decision: Decision
    tearline: Tearline
    outgoing: Outgoing | None
    readers: tuple[ReaderAccount, ...]
    obstacles: tuple[Obstacle, ...]
    asked: tuple[Consultation, ...]
    better: tuple[Better, ...]
    timings: tuple[Timing, ...]
    covers: tuple[Resting, ...]
    unjudged: tuple[str, ...]
    movers: tuple[Mover, ...]
    in_return: tuple[InReturn, ...]
    leaned_on: tuple[str, ...]
    defaults: tuple[str, ...]
    not_weighed: tuple[str, ...]
    holders: tuple[Holder, ...] = ()
    people: tuple[PersonAccount, ...] = ()
    marks: tuple[Marked, ...] = ()
    banner: Banner | None = None
    replay: Replay | None = None
