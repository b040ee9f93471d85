"""The same worlds with Tearline at the door: every report goes in the words that it recommends, or not at all."""

from __future__ import annotations

import attrs
import numpy as np

from tearline.assess.recommend import recommend
from tearline.domain import Case, ClaimId, Given, Proposal, VersionId
from tearline.exposure.history import in_order
from tearline.sim.traffic import PARTNER, World, world_of


def gated(world: World) -> World | None:
    """The world in which each report was proposed as collected, and went as Tearline recommended.

    Each decision knows what went before it and nothing of what is to come. ``None``: nothing went at all.
    """
    went: list[Given] = []
    for release in in_order(world.case):
        everything: dict[ClaimId, VersionId | None] = dict.fromkeys(release.claims)
        then = attrs.evolve(
            world.case,
            given=tuple(went),
            as_of=release.on,
            proposal=Proposal(to=PARTNER, claims=everything),
        )
        text = recommend(then).recommended.tearline
        if text.serves and text.versions:
            went.append(Given(to=(PARTNER,), on=release.on, claims=text.versions))
    if not went:
        return None
    case = attrs.evolve(world.case, given=tuple(went))
    return world_of(case, np.ones(len(went), dtype=np.bool_), world.busy)


def worth(case: Case) -> float:
    """What everything that was given is worth to the recipient."""
    return sum(
        case.claim(claim).version(version).value for given in case.given for claim, version in given.claims.items()
    )
