"""What must not be worked out, and how far a reader may get."""

from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.domain.names import GroupId, OrganisationId, PartyId, SecretId, SourceId, fixed


class SecretKind(Enum):
    """What a reader would have learnt."""

    PERSON = "person"  # who the source is
    CHANNEL = "channel"  # that a method is in use
    ORGANISATION = "organisation"  # where the source sits
    PARTNER = "partner"  # that a partner is involved
    PROPOSITION = "proposition"  # anything else that follows from an explanation


@attrs.frozen(kw_only=True)
class Budget:
    """Limits that a reader's inference must stay inside; ``None``: the default of the kind of source.

    Attributes:
        top_suspect: G1, the most suspected person's probability, upper edge.
        crowd: G2, how many persons must stay at least half as suspected as the most suspected one.
        investigation: G3, how many persons may newly cross the reader's threshold of investigation.
        tries: G4, the chance that the reader finds the source among those it can investigate at once.
        belief: G5, the probability of a proposition or of a protected cell, upper edge.
        step: G5, how many bits one release may add to a belief.
    """

    top_suspect: float | None = None
    crowd: int | None = None
    investigation: int | None = None
    tries: float | None = None
    belief: float | None = None
    step: float | None = None


@attrs.frozen(kw_only=True)
class Secret:
    """One thing to be protected.

    Attributes:
        of: The source it belongs to.
        group: For ``CHANNEL``: the candidate group that stands for the method.
        organisation: For ``ORGANISATION``: the cell.
        party: For ``PARTNER``: who is involved.
        given: For ``PARTNER`` and ``PROPOSITION``: P(the secret | that explanation), by group.
    """

    id: SecretId
    of: SourceId
    kind: SecretKind
    group: GroupId | None = None
    organisation: OrganisationId | None = None
    party: PartyId | None = None
    given: Mapping[GroupId, float] = attrs.field(converter=fixed, factory=dict)
    budget: Budget = Budget()
