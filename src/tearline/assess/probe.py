"""Measuring one given text against one reader, in the names of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tearline.assess.audience import pasts
from tearline.domain import Case, ClaimId, PartyId, VersionId
from tearline.exposure.situation import Setting, blocks, settings
from tearline.exposure.worlds import Gate, Reached, measure

Ranks = Mapping[ClaimId, int | None]
"""A text: the rank of the version of each claim, ``None`` for withheld."""


def measured(case: Case, reader: PartyId, ranks: Ranks) -> Iterator[tuple[Setting, Gate, str, Reached]]:
    """Every gate of ``reader`` after the text ``ranks``, and what it is about.

    For everything that the reader may hold by then, every way it may reason and every prior.
    """
    said: dict[ClaimId, tuple[VersionId, ...]] = {
        claim: () if rank is None else (case.claim(claim).versions[rank].id,) for claim, rank in ranks.items()
    }
    decisions = blocks(case, said)
    for past in pasts(case, reader):
        for setting in settings(case, reader, past, decisions):
            for reached in measure(setting.world, setting.world.mass((0,) * len(decisions))):
                yield setting, reached.gate, _named(setting, reached), reached


def _named(setting: Setting, reached: Reached) -> str:
    if reached.gate is Gate.TOP_SUSPECT and reached.about.isdigit():
        return f"group:{setting.mind.groups[int(reached.about)].id}"
    return reached.about
