"""What a text is worth beyond its sentences: what belongs together, and what is enough to act on."""

from collections.abc import Mapping

import attrs

from tearline.domain.names import ClaimId, VersionId, fixed

AtLeast = Mapping[ClaimId, VersionId | None]
"""Claims in the named version or a more exact one; ``None``: in any words."""


def at_least(wanted: AtLeast) -> AtLeast:
    """A copy that nobody can change."""
    return fixed(wanted)


@attrs.frozen(kw_only=True)
class Together:
    """Claims that are worth more said together than apart: place and time make it possible to act.

    Attributes:
        value: What they are worth besides, 0 to 10, once the recipient has all of them at least so exactly.
    """

    claims: AtLeast = attrs.field(converter=at_least)
    value: float
