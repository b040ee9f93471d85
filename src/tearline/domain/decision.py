"""What Tearline answers: a decision with all its reasons. Only :mod:`tearline.assess` makes one."""

import datetime as dt
from enum import Enum

import attrs

from tearline.domain.names import ClaimId, PartyId, VersionId


class Rule(Enum):
    """What a reason rests on."""

    EXPOSURE = "exposure"  # a gate of the exposure engine
    EQUITY = "equity"  # somebody has a stake in source or method
    ORIGINATOR = "originator"  # third-party rule: not ours to pass on
    AGREED_USE = "agreed-use"  # a limit agreed for the source
    PERMISSION = "permission"  # something the recipient would be allowed to do
    PERSON_HARM = "person-harm"  # gate H: harm to an identifiable person
    AGREEMENT = "agreement"  # the arrangement that the proposal names does not cover it
    POLICY = "policy"  # a rule of the policy that the case names
    MARKING = "marking"  # the recipient may not read what carries this mark
    TAINTED = "tainted"  # it may have been got by torture or against the law
    QUIET = "quiet"  # a release now would follow what only the source knows
    COVER = "cover"  # a true event that must have been seen first
    DUTY_TO_WARN = "duty-to-warn"  # over budget, but people are in danger
    WAIVED = "waived"  # somebody who may has decided not to warn
    COHERENCE = "coherence"  # it makes no sense without something that may not be said
    NOTHING_USEFUL = "nothing-useful"  # no version that is safe is worth sending


@attrs.frozen(kw_only=True)
class Reason:
    """Why, in one sentence, and what it is about."""

    rule: Rule
    text: str
    claim: ClaimId | None = None
    version: VersionId | None = None
    party: PartyId | None = None


@attrs.frozen(kw_only=True)
class Ask:
    """Consents are missing. With them the tearline below may go.

    Attributes:
        consult: Whom to ask, in alphabetical order.
        conditions: What else must be met.
    """

    consult: tuple[PartyId, ...]
    reasons: tuple[Reason, ...]
    conditions: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Allow:
    """It may go, in the words of the tearline."""

    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class AllowIf:
    """It may go once every condition is met."""

    conditions: tuple[str, ...]
    reasons: tuple[Reason, ...]


@attrs.frozen(kw_only=True)
class Refuse:
    """Nothing may go.

    Attributes:
        owner: Who owns the refusal. There is none without.
        review_on: When it is looked at again; ``None`` where the case has no date at all.
        harm_of_silence: What may happen because of it.
    """

    reasons: tuple[Reason, ...]
    owner: str
    review_on: dt.date | None
    harm_of_silence: str


Decision = Allow | AllowIf | Ask | Refuse
