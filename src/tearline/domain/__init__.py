"""The nouns of the trade: parties, sources, claims, readers, secrets, a case, a decision.

Start with :class:`Case`. Everything here is frozen, checked when it is made, and does nothing: no
I/O, no clock, no randomness. A source's identity cannot be represented (see :mod:`.sources`).
"""

from tearline.domain.agreements import Agreement, Direction, Quota, Signature
from tearline.domain.case import About, Answer, Case, Consent, Given, Proposal
from tearline.domain.caveats import Caveat
from tearline.domain.claims import (
    Assurance,
    Claim,
    Cover,
    Credibility,
    Days,
    Harm,
    Listing,
    OtherWords,
    Person,
    Risk,
    Sibling,
    Spread,
    Version,
)
from tearline.domain.content import AtLeast, Together
from tearline.domain.decision import Allow, AllowIf, Ask, Decision, Reason, Refuse, Rule
from tearline.domain.forms import Form, Purpose
from tearline.domain.grades import ABSENT, ACCESS_FLOOR, ACCESS_WORDS, Interval, Reliability, Trust, access, chance
from tearline.domain.names import (
    AgreementId,
    CauseId,
    ClaimId,
    EventId,
    GroupId,
    ListId,
    OfficerId,
    OrganisationId,
    PartyId,
    SecretId,
    SourceId,
    TopicId,
    VersionId,
)
from tearline.domain.officers import Accreditation, Agrement, Duty, Officer
from tearline.domain.parties import Cause, LeakPath, Organisation, Party, PartyKind, Passage
from tearline.domain.readers import Group, GroupKind, Reader
from tearline.domain.secrets import Budget, Secret, SecretKind
from tearline.domain.sources import AgreedUse, Permission, Quiet, Source, SourceKind

__all__ = [
    "ABSENT",
    "ACCESS_FLOOR",
    "ACCESS_WORDS",
    "About",
    "Accreditation",
    "AgreedUse",
    "Agreement",
    "AgreementId",
    "Agrement",
    "Allow",
    "AllowIf",
    "Answer",
    "Ask",
    "Assurance",
    "AtLeast",
    "Budget",
    "Case",
    "Cause",
    "CauseId",
    "Caveat",
    "Claim",
    "ClaimId",
    "Consent",
    "Cover",
    "Credibility",
    "Days",
    "Decision",
    "Direction",
    "Duty",
    "EventId",
    "Form",
    "Given",
    "Group",
    "GroupId",
    "GroupKind",
    "Harm",
    "Interval",
    "LeakPath",
    "ListId",
    "Listing",
    "Officer",
    "OfficerId",
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
    "Quiet",
    "Quota",
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
    "Signature",
    "Source",
    "SourceId",
    "SourceKind",
    "Spread",
    "Together",
    "TopicId",
    "Trust",
    "Version",
    "VersionId",
    "access",
    "chance",
]
