"""A case: everything known about one situation. Every engine is a pure function of it or of a part."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

import attrs

from tearline.domain.claims import Claim, Cover, Listing
from tearline.domain.content import AtLeast, Together, at_least
from tearline.domain.dealings import WHOLE, Dealing, Scope
from tearline.domain.favours import Dossier, Favour, Offer, Request, Topic
from tearline.domain.grades import Interval
from tearline.domain.names import CauseId, ClaimId, OrganisationId, PartyId, SourceId, VersionId, fixed
from tearline.domain.parties import Cause, LeakPath, Organisation, Party, PartyKind
from tearline.domain.readers import Reader
from tearline.domain.secrets import Secret
from tearline.domain.sources import Permission, Source


def _alternatives(lines: Iterable[AtLeast]) -> tuple[AtLeast, ...]:
    return tuple(map(at_least, lines))


class Form(Enum):
    """Release hands over a copy to keep, disclosure tells or shows, an action lets itself be seen."""

    RELEASE = "release"
    DISCLOSURE = "disclosure"
    ACTION = "action"


class Purpose(Enum):
    """Why it would be given."""

    ROUTINE = "routine"
    WARNING = "warning"
    ACTION = "action"
    TIP_OFF = "tip-off"
    GESTURE = "gesture"
    TRADE = "trade"
    JOINT_WORK = "joint-work"
    CAPABILITY = "capability"


@attrs.frozen(kw_only=True)
class Given:
    """An earlier disclosure. What was read stays read.

    Attributes:
        through: Through whom of the recipient's it went.
    """

    to: tuple[PartyId, ...]
    on: dt.date
    claims: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed)
    form: Form = Form.RELEASE
    allows: tuple[Permission, ...] = ()
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


@attrs.frozen(kw_only=True)
class Proposal:
    """What somebody wants to hand over, to whom and why.

    Attributes:
        claims: What to say; with a version where nothing more exact is wanted.
        by: The officer who proposes.
        harm_by: The last day on which it is worth anything.
        harm_of_silence: What may happen if nothing is said. Shown with every refusal.
        allows: What the recipient may do beyond reading; nothing unless listed.
        minimum_value: A text worth less than this is not worth sending.
        together: What is worth more said together than apart.
        actionable: What the recipient needs to act at all: of every line one claim, at least so exactly. A
            text that leaves it with less is not worth sending.
        through: Through whom of the recipient's it would go; not stated: through any of them.
        already_known: How likely the recipient holds it already, by claim. For advice only.
    """

    to: PartyId
    purpose: Purpose = Purpose.ROUTINE
    form: Form = Form.RELEASE
    claims: Mapping[ClaimId, VersionId | None] = attrs.field(converter=fixed)
    by: str = ""
    harm_by: dt.date | None = None
    harm_of_silence: str = ""
    allows: tuple[Permission, ...] = ()
    ask_in_return: tuple[str, ...] = ()
    minimum_value: float | None = None
    together: tuple[Together, ...] = ()
    actionable: tuple[AtLeast, ...] = attrs.field(converter=_alternatives, default=())
    through: Scope = WHOLE
    already_known: Mapping[ClaimId, Interval] = attrs.field(converter=fixed, factory=dict)

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
    """One situation. Checked when it is read (:mod:`tearline.cases`): no reference dangles."""

    title: str
    us: PartyId
    as_of: dt.date | None = None
    about: About | None = None
    parties: tuple[Party, ...]
    organisations: tuple[Organisation, ...] = ()
    causes: tuple[Cause, ...] = ()
    leak_paths: tuple[LeakPath, ...] = ()
    sources: tuple[Source, ...] = ()
    readers: tuple[Reader, ...] = ()
    secrets: tuple[Secret, ...] = ()
    claims: tuple[Claim, ...]
    lists: tuple[Listing, ...] = ()
    cover: tuple[Cover, ...] = ()
    given: tuple[Given, ...] = ()
    consents: tuple[Consent, ...] = ()
    dealings: tuple[Dealing, ...] = ()
    favours: tuple[Favour, ...] = ()
    received: tuple[Dossier, ...] = ()
    requests: tuple[Request, ...] = ()
    topics: tuple[Topic, ...] = ()
    offers: tuple[Offer, ...] = ()
    proposal: Proposal

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

    def cause(self, cause: CauseId) -> Cause:
        """The cause of that id (KeyError if there is none)."""
        return {c.id: c for c in self.causes}[cause]

    def lineage(self, claim: Claim) -> Iterator[Source]:
        """Every source that ``claim`` rests on, through all dependencies, each once, nearest first."""
        waiting, met = list(claim.sources), set[SourceId]()
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

    @property
    def uses(self) -> frozenset[Permission]:
        """Every use that the proposal makes or permits; what goes to the public is published."""
        permits = self.proposal.permits
        if self.party(self.proposal.to).kind is PartyKind.PUBLIC:
            permits |= {Permission.EVIDENCE}
        return frozenset(use for permission in permits for use in permission.involves)

    def stakeholders(self, claim: Claim) -> dict[PartyId, bool]:
        """Who has a stake in ``claim`` besides us and the recipient, and whether as an originator.

        Found through everything that its sources depend on: whoever owns a source, helped to get it, or
        must agree to a use that is proposed.
        """
        found: dict[PartyId, bool] = {}
        for source in self.lineage(claim):
            limits = [use.without for use in source.agreed_use if use.without and use.forbids in self.uses]
            found[source.owner] = True
            for party in (*source.joint_with, *limits):
                found.setdefault(party, False)
        return {party: found[party] for party in sorted(found) if party not in (self.us, self.proposal.to)}

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
