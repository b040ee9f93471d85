"""How the crowd thins in which a source is hidden: release by release, then sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from tearline.assess.answer import Text
from tearline.assess.reasoning import every_setting
from tearline.assess.what_if import proposing
from tearline.domain import Case, ClaimId, Given, PartyId, VersionId
from tearline.exposure.account import Estimate, account, suspicion
from tearline.exposure.history import in_order
from tearline.exposure.situation import Setting, blocks
from tearline.exposure.worlds import Gate


@attrs.frozen(kw_only=True)
class Step:
    """The crowd after one more thing was told.

    Attributes:
        given: The release that was told; ``None``: none, or a sentence of the text.
        claim: The sentence of the text that was told; ``None``: none, or a release.
        among: As if the source were one of so many people, all suspected alike: the perplexity of the
            reader's belief in persons, at the best point.
        alike: How many people share the strongest suspicion: what the limit of the crowd is about.
    """

    given: Given | None = None
    claim: ClaimId | None = None
    among: float
    alike: Estimate


def thinning(case: Case, text: Text, reader: PartyId) -> tuple[Step, ...]:
    """The crowd of one reader who is taken to hold everything: before all, after each release, after each sentence."""
    releases, claims = in_order(case), list(text)
    steps = [_step(case, reader, releases[:0], {})]
    for place, given in enumerate(releases, 1):
        steps.append(attrs.evolve(_step(case, reader, releases[:place], {}), given=given))
    for place, claim in enumerate(claims, 1):
        so_far = {each: text[each] for each in claims[:place]}
        steps.append(attrs.evolve(_step(case, reader, releases, so_far), claim=claim))
    return tuple(steps)


def _step(case: Case, reader: PartyId, releases: Sequence[Given], text: dict[ClaimId, VersionId]) -> Step:
    then = proposing(attrs.evolve(case, given=tuple(releases)), text)
    decisions = blocks(then, {claim: (version,) for claim, version in text.items()})
    settings, options = every_setting(then, reader, decisions), (0,) * len(decisions)
    lines = account(then, settings, options)
    alike = next(line.after for line in lines if line.gate is Gate.CROWD)
    among = max(_among(setting, options) for setting in settings if setting.prior.written)
    return Step(among=among, alike=alike)


def _among(setting: Setting, options: tuple[int, ...]) -> float:
    """The perplexity of belief in persons, at the best point; groups count head by head."""
    world = setting.world
    each = suspicion(world, world.mass(options)).mid[world.person]
    count = world.count[world.person]
    total = float((each * count).sum())
    share = each / total if total > 0 else each
    known = share > 0
    return float(np.exp(-(count[known] * share[known] * np.log(share[known])).sum()))
