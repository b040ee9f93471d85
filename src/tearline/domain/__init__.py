"""The nouns of the trade: parties, sources, claims, readers, secrets, a case, a decision.

Start with :class:`Case`. Everything here is frozen, checked when it is made, and does nothing: no
I/O, no clock, no randomness. A source's identity cannot be represented (see :mod:`.sources`).
"""

from tearline.domain.case import About, Answer, Case, Consent, Form, Given, Proposal, Purpose, Question
from tearline.domain.claims import Claim, Cover, Days, Listing, OtherWords, Sibling, Spread, Version
from tearline.domain.content import AtLeast, Together
from tearline.domain.decision import Allow, AllowIf, Ask, Decision, Reason, Refuse, Rule
from tearline.domain.grades import ABSENT, ACCESS_FLOOR, ACCESS_WORDS, Interval, Reliability, Trust, access, chance
from tearline.domain.names import (
    CauseId,
    ClaimId,
    EventId,
    GroupId,
    ListId,
    OperationId,
    OrganisationId,
    PartyId,
    SecretId,
    SourceId,
    VersionId,
)
from tearline.domain.parties import Cause, Consulted, LeakPath, Organisation, Party, PartyKind, Passage
from tearline.domain.persons import Aspect, Assurance, Credibility, Harm, Judgement, Person, Risk
from tearline.domain.readers import Group, GroupKind, Reader
from tearline.domain.secrets import Budget, Secret, SecretKind
from tearline.domain.sources import AgreedUse, Interest, Operation, Permission, Quiet, Source, SourceKind
from tearline.domain.taint import Taint, Wrong

__all__ = [
    "ABSENT",
    "ACCESS_FLOOR",
    "ACCESS_WORDS",
    "About",
    "AgreedUse",
    "Allow",
    "AllowIf",
    "Answer",
    "Ask",
    "Aspect",
    "Assurance",
    "AtLeast",
    "Budget",
    "Case",
    "Cause",
    "CauseId",
    "Claim",
    "ClaimId",
    "Consent",
    "Consulted",
    "Cover",
    "Credibility",
    "Days",
    "Decision",
    "EventId",
    "Form",
    "Given",
    "Group",
    "GroupId",
    "GroupKind",
    "Harm",
    "Interest",
    "Interval",
    "Judgement",
    "LeakPath",
    "ListId",
    "Listing",
    "Operation",
    "OperationId",
    "Organisation",
    "OrganisationId",
    "OtherWords",
    "Party",
    "PartyId",
    "PartyKind",
    "Passage",
    "Permission",
    "Person",
    "Proposal",
    "Purpose",
    "Question",
    "Quiet",
    "Reader",
    "Reason",
    "Refuse",
    "Reliability",
    "Risk",
    "Rule",
    "Secret",
    "SecretId",
    "SecretKind",
    "Sibling",
    "Source",
    "SourceId",
    "SourceKind",
    "Spread",
    "Taint",
    "Together",
    "Trust",
    "Version",
    "VersionId",
    "Wrong",
    "access",
    "chance",
]
