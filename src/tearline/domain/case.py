"""A case: everything known about one situation. Every engine is a pure function of it or of a part."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import attrs

from tearline.domain.agreements import Agreement
from tearline.domain.caveats import Caveat
from tearline.domain.claims import Claim, Cover, Listing
from tearline.domain.cleared import MarkSystem
from tearline.domain.content import AtLeast, Together, at_least
from tearline.domain.dealings import WHOLE, Dealing, Scope
from tearline.domain.favours import Dossier, Favour, Offer, Request, Topic
from tearline.domain.forms import Form, Purpose
from tearline.domain.grades import Interval
from tearline.domain.names import (
    AgreementId,
    CauseId,
    ClaimId,
    OfficerId,
    OperationId,
    OrganisationId,
    PartyId,
    QuestionId,
    SourceId,
    VersionId,
    fixed,
)
from tearline.domain.negotiation import Turn
from tearline.domain.officers import Officer
from tearline.domain.parties import Cause, LeakPath, Organisation, Party, PartyKind
from tearline.domain.readers import Reader
from tearline.domain.rules import Policy
from tearline.domain.secrets import Secret
from tearline.domain.sources import Interest, Operation, Permission, Source
from tearline.domain.urgency import Urgency


def _alternatives(lines: Iterable[AtLeast]) -> tuple[AtLeast, ...]:
    return tuple(map(at_least, lines))


@attrs.frozen(kw_only=True)
class Given:
    """An earlier disclosure. What was read stays read.

    Attributes:
        agreement: The agreement under which it went, and on whose quota it counts.
        through: Through whom of the recipient's it went.
    """

    to: tuple[PartyId, ...]
    on: dt.date
    claims: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed)
    form: Form = Form.RELEASE
    allows: tuple[Permission, ...] = ()
    agreement: AgreementId | None = None
    through: Scope = WHOLE

    @property
    def permits(self) -> frozenset[Permission]:
        """Everything that it permitted beyond reading; a visible act is itself an action."""
        return frozenset(self.allows) | ({Permission.ACT} if self.form is Form.ACTION else frozenset())


class Answer(Enum):
    """A partner's answer when asked."""

    YES = "yes"
    NO = "no"


@attrs.frozen(kw_only=True)
class Consent:
    """A partner's answer: it binds text, recipient, purpose, form and time, and nothing beyond.

    Attributes:
        covers: The most exact version it extends to, claim by claim.
        to: Recipients it extends to.
        purposes, forms: Empty: any.
        permissions: What the recipient may do beyond reading.
        conditions: What must have happened before it goes.
        met: Those of them that have happened.
        caveats: What binds the recipient, in the words that travel with the text.
        said: What was said along with the answer about handling; it stays in the house.
    """

    party: PartyId
    on: dt.date
    covers: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed)
    to: tuple[PartyId, ...]
    answer: Answer
    until: dt.date | None = None
    purposes: tuple[Purpose, ...] = ()
    forms: tuple[Form, ...] = ()
    permissions: tuple[Permission, ...] = ()
    withdrawn: dt.date | None = None
    conditions: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    said: tuple[Caveat, ...] = ()


@attrs.frozen(kw_only=True)
class Question:
    """A question that is out: whether a partner agrees. Without an answer by its day the answer is no.

    Attributes:
        covers: The most exact version asked for, claim by claim.
        due: The last day for an answer; ``None``: none was set, and it stays open.
        permissions: What it was asked that the recipient may do beyond reading.
    """

    party: PartyId
    on: dt.date
    covers: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed)
    to: tuple[PartyId, ...]
    due: dt.date | None = None
    permissions: tuple[Permission, ...] = ()


@attrs.frozen(kw_only=True)
class Answered:
    """An officer's answer to a question of the policy, for this proposal and this recipient.

    Attributes:
        evidence: What it rests on.
        owner: Who answers for it.
        exception: For a no: the named authority that lets it go all the same.
    """

    id: QuestionId
    answer: Answer
    evidence: str
    owner: str
    exception: str = ""


@attrs.frozen(kw_only=True)
class Approval:
    """An approval on record, for this proposal and this recipient."""

    by: str
    on: dt.date


@attrs.frozen(kw_only=True)
class Signed:
    """A condition of the answer for which somebody has signed, for this proposal and this recipient.

    Attributes:
        that: The condition, in the words of the answer.
    """

    that: str
    by: str
    on: dt.date


@attrs.frozen(kw_only=True)
class FromRecord:
    """What a record of earlier releases adds to a case. It stands in no file.

    Attributes:
        counted: What was counted as given before, in sentences.
        confirm: What could not be set against this case: each must be confirmed before anything goes.
    """

    counted: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Proposal:
    """What somebody wants to hand over, to whom and why.

    Attributes:
        claims: What to say; with a version where nothing more exact is wanted.
        by: The officer who proposes.
        harm_by: The last day on which it is worth anything.
        harm_at: The time of that day, in UTC.
        harm_of_silence: What may happen if nothing is said. Shown with every refusal.
        allows: What the recipient may do beyond reading; nothing unless listed.
        minimum_value: A text worth less than this is not worth sending.
        together: What is worth more said together than apart.
        actionable: What the recipient needs to act at all: of every line one claim, at least so exactly. A
            text that leaves it with less is not worth sending.
        through: Through whom of the recipient's it would go; not stated: through any of them.
        already_known: How likely the recipient holds it already, by claim. For advice only.
        agreement: The agreement under which it would go: one of the case or, if the case has none of that id, one
            of its policy.
        carried_by: The officer who would hand it over or tell it.
        answers: The officer's answers to what the policy asks for each proposal.
        approvals: Approvals on record.
        signed: Conditions of the answer that somebody has signed for. They change no answer; they let it go.
    """

    to: PartyId
    purpose: Purpose = Purpose.ROUTINE
    form: Form = Form.RELEASE
    claims: Mapping[ClaimId, VersionId | None] = attrs.field(converter=fixed)
    by: str = ""
    harm_by: dt.date | None = None
    harm_at: dt.time | None = None
    harm_of_silence: str = ""
    allows: tuple[Permission, ...] = ()
    ask_in_return: tuple[str, ...] = ()
    minimum_value: float | None = None
    together: tuple[Together, ...] = ()
    actionable: tuple[AtLeast, ...] = attrs.field(converter=_alternatives, default=())
    through: Scope = WHOLE
    already_known: Mapping[ClaimId, Interval] = attrs.field(converter=fixed, factory=dict)
    agreement: AgreementId | None = None
    carried_by: OfficerId | None = None
    answers: tuple[Answered, ...] = ()
    approvals: tuple[Approval, ...] = ()
    signed: tuple[Signed, ...] = ()

    @property
    def permits(self) -> frozenset[Permission]:
        """Everything that it would permit beyond reading; a visible act is itself an action."""
        acts = self.form is Form.ACTION or self.purpose is Purpose.ACTION
        return frozenset(self.allows) | ({Permission.ACT} if acts else frozenset())


@attrs.frozen(kw_only=True)
class About:
    """Where a shipped case comes from, and how far its numbers may be believed.

    Attributes:
        summary: The story in a few sentences.
        cites: Sources of the facts.
        illustrative: Paths of the fields whose numbers are ours, chosen so that there is something
            to compute; they are nobody's estimate.
        judgement: What history's judges held, and where the answer differs from it.
    """

    summary: str = ""
    cites: tuple[str, ...] = ()
    illustrative: tuple[str, ...] = ()
    judgement: str = ""


@attrs.frozen(kw_only=True)
class Case:
    """One situation. Checked when it is read (:mod:`tearline.cases`): no reference dangles.

    Attributes:
        marked_in: The label system of all its marks; ``None``: they are plain words that a policy may read.
    """

    title: str
    us: PartyId
    as_of: dt.date | None = None
    about: About | None = None
    policy: Policy | None = None
    marked_in: MarkSystem | None = None
    parties: tuple[Party, ...]
    organisations: tuple[Organisation, ...] = ()
    causes: tuple[Cause, ...] = ()
    leak_paths: tuple[LeakPath, ...] = ()
    operations: tuple[Operation, ...] = ()
    sources: tuple[Source, ...] = ()
    readers: tuple[Reader, ...] = ()
    secrets: tuple[Secret, ...] = ()
    claims: tuple[Claim, ...]
    lists: tuple[Listing, ...] = ()
    cover: tuple[Cover, ...] = ()
    given: tuple[Given, ...] = ()
    consents: tuple[Consent, ...] = ()
    officers: tuple[Officer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    dealings: tuple[Dealing, ...] = ()
    favours: tuple[Favour, ...] = ()
    received: tuple[Dossier, ...] = ()
    requests: tuple[Request, ...] = ()
    topics: tuple[Topic, ...] = ()
    offers: tuple[Offer, ...] = ()
    questions: tuple[Question, ...] = ()
    negotiation: tuple[Turn, ...] = ()
    proposal: Proposal
    urgent: Urgency | None = None
    from_record: FromRecord = FromRecord()

    @property
    def owes_warning(self) -> bool:
        """Whether people are in danger, no test of the duty has failed, and a warning still comes in time."""
        proposal, urgent = self.proposal, self.urgent or Urgency()
        in_time = proposal.harm_by is None or self.as_of is None or self.as_of <= proposal.harm_by
        if proposal.harm_at and urgent.at and self.as_of == proposal.harm_by:
            in_time = urgent.at < proposal.harm_at
        warns = proposal.purpose is Purpose.WARNING and bool(proposal.harm_of_silence)
        return warns and in_time and not urgent.tests.failed

    def told_to(self, other: PartyId) -> "Case":
        """The case with another recipient.

        What was answered and approved for the first does not hold for it, nor through whom it would go and
        what is held already; nor that it would do people no harm, what was promised, and who has decided.
        """
        proposal = attrs.evolve(self.proposal, to=other, through=WHOLE, already_known={})
        changed = attrs.evolve(proposal, agreement=None, answers=(), approvals=(), signed=())
        return attrs.evolve(self, proposal=changed, claims=tuple(map(_before_another, self.claims)))

    @property
    def for_oversight(self) -> bool:
        """Whether it goes to a body that oversees us, to be read and no more: that is never a third party."""
        return self.party(self.proposal.to).kind is PartyKind.OVERSIGHT and not self.uses

    def party(self, party: PartyId) -> Party:
        """The party of that id (KeyError if there is none)."""
        return {p.id: p for p in self.parties}[party]

    def source(self, source: SourceId) -> Source:
        """The source of that id (KeyError if there is none)."""
        return {s.id: s for s in self.sources}[source]

    def claim(self, claim: ClaimId) -> Claim:
        """The claim of that id (KeyError if there is none)."""
        return {c.id: c for c in self.claims}[claim]

    def organisation(self, organisation: OrganisationId) -> Organisation:
        """The organisation of that id (KeyError if there is none)."""
        return {o.id: o for o in self.organisations}[organisation]

    def operation(self, operation: OperationId) -> Operation:
        """The operation of that id (KeyError if there is none)."""
        return {o.id: o for o in self.operations}[operation]

    def cause(self, cause: CauseId) -> Cause:
        """The cause of that id (KeyError if there is none)."""
        return {c.id: c for c in self.causes}[cause]

    def officer(self, officer: OfficerId) -> Officer:
        """The officer of that id (KeyError if there is none)."""
        return {o.id: o for o in self.officers}[officer]

    def agreement(self, agreement: AgreementId) -> Agreement | None:
        """The agreement of that id, if the case has it."""
        return {a.id: a for a in self.agreements}.get(agreement)

    def origins(self, claim: Claim) -> Iterator[Claim]:
        """``claim``, and every claim that it was worked out from in turn, each once, nearest first."""
        waiting, met = [claim.id], set[ClaimId]()
        while waiting:
            origin = self.claim(waiting.pop(0))
            if origin.id not in met:
                met.add(origin.id)
                yield origin
                waiting.extend(origin.derived_from)

    def sources_of(self, claim: Claim) -> tuple[Source, ...]:
        """The sources of ``claim`` and of the claims that it was worked out from, each once, nearest first."""
        named = dict.fromkeys(source for origin in self.origins(claim) for source in origin.sources)
        return tuple(map(self.source, named))

    def unsourced(self, claim: Claim) -> tuple[ClaimId, ...]:
        """Of ``claim`` and of what it was worked out from, all that says neither from whom nor from what it comes."""
        return tuple(o.id for o in self.origins(claim) if not o.sources and not o.derived_from)

    def lineage(self, claim: Claim) -> Iterator[Source]:
        """Every source that ``claim`` rests on, through all dependencies, each once, nearest first."""
        waiting, met = [source.id for source in self.sources_of(claim)], set[SourceId]()
        while waiting:
            source = self.source(waiting.pop(0))
            if source.id not in met:
                met.add(source.id)
                yield source
                waiting.extend(source.depends_on)

    def entails(self, claim: ClaimId, rank: int) -> dict[ClaimId, int]:
        """All that is told with a claim at that rank: itself, and what its words or the act imply, in turn."""
        told = {claim: rank}
        waiting = [(claim, rank)]
        while waiting:
            known, at = waiting.pop()
            for version in self.claim(known).versions[at:]:
                for other, words in version.implies.items():
                    reached = self.claim(other).rank(words)
                    if reached < told.get(other, reached + 1):
                        told[other] = reached
                        waiting.append((other, reached))
        return told

    def told_by(self, text: Mapping[ClaimId, VersionId]) -> dict[ClaimId, int]:
        """Every claim of which a text tells something, by its words or by what they imply, and how exactly."""
        told: dict[ClaimId, int] = {}
        for said, version in text.items():
            for claim, rank in self.entails(said, self.claim(said).rank(version)).items():
                told[claim] = min(rank, told.get(claim, rank))
        return told

    @property
    def tells(self) -> frozenset[ClaimId]:
        """Every claim of which the proposal could tell something: what it proposes, and what that implies."""
        exactest = [(c, 0 if words is None else self.claim(c).rank(words)) for c, words in self.proposal.claims.items()]
        return frozenset(told for claim, rank in exactest for told in self.entails(claim, rank))

    @property
    def uses(self) -> frozenset[Permission]:
        """Every use that the proposal makes or permits; what goes to the public is published."""
        permits = self.proposal.permits
        if self.party(self.proposal.to).kind is PartyKind.PUBLIC:
            permits |= {Permission.EVIDENCE}
        return frozenset(use for permission in permits for use in permission.involves)

    def interests(self, claim: Claim) -> dict[PartyId, tuple[Interest, ...]]:
        """Who has a stake in ``claim`` besides us and the recipient, and why; by party id.

        Found through everything that its sources depend on: whoever owns a source or its raw material, ran
        the operation that brought it, helped to get it, lets it happen on its soil, or must agree to a use
        that is proposed. A body that oversees us is no third party: nobody is asked.
        """
        if self.for_oversight:
            return {}
        found: dict[PartyId, dict[Interest, None]] = {}
        for source in self.lineage(claim):
            for party, interest in self._interests_in(source):
                found.setdefault(party, {})[interest] = None
        others = sorted(party for party in found if party not in (self.us, self.proposal.to))
        return {party: tuple(interest for interest in Interest if interest in found[party]) for party in others}

    def _interests_in(self, source: Source) -> Iterator[tuple[PartyId, Interest]]:
        yield source.owner, Interest.SOURCE
        yield from ((party, Interest.MATERIAL) for party in source.material)
        yield from ((party, Interest.JOINT) for party in source.joint_with)
        hosts = [source.host]
        if source.recruited_in is not None:
            operation = self.operation(source.recruited_in)
            hosts.append(operation.host)
            yield from ((party, Interest.OPERATION) for party in operation.owners)
        yield from ((host, Interest.PLACE) for host in hosts if host is not None)
        yield from (
            (use.without, Interest.LIMIT) for use in source.agreed_use if use.without and use.forbids in self.uses
        )

    def stakeholders(self, claim: Claim) -> dict[PartyId, bool]:
        """Who has a stake in ``claim`` besides us and the recipient, and whether as an originator."""
        interests = self.interests(claim)
        return {party: any(interest.is_originator for interest in why) for party, why in interests.items()}

    def knows_how(self, source: Source, party: PartyId) -> bool:
        """Whether ``party`` knows already how we come by a source: it owns it, or helped to get it."""
        ran = self.operation(source.recruited_in).owners if source.recruited_in is not None else ()
        return party in (source.owner, *source.joint_with, *ran)

    def noticing(self, permits: frozenset[Permission]) -> frozenset[PartyId]:
        """Who reads because of what a recipient may do: a permission is taken to be used to the full.

        Evidence and what is published reach everybody. An act, an arrest or a strike is noticed by every
        hostile party, whomever it was meant for. What may be passed on goes to every party that is
        neither hostile nor the public.
        """
        uses = frozenset(use for permission in permits for use in permission.involves)

        def notices(party: Party) -> bool:
            if Permission.EVIDENCE in uses:
                return True
            if party.hostile:
                return Permission.ACT in uses
            return Permission.ONWARD in uses and party.kind is not PartyKind.PUBLIC

        return frozenset(party.id for party in self.parties if party.id != self.us and notices(party))


def _before_another(claim: Claim) -> Claim:
    """The claim with what other recipients might do to people left open, unless it is real."""
    return attrs.evolve(claim, persons=claim.persons and tuple(person.before_another() for person in claim.persons))
