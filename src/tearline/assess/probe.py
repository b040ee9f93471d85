"""Measuring one given text against one reader, in the names of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from tearline.assess.reasoning import every_doubt, every_setting, then_held
from tearline.domain import Case, ClaimId, PartyId, VersionId
from tearline.exposure.likelihood import View, also
from tearline.exposure.several import steps_for
from tearline.exposure.situation import Setting, blocks
from tearline.exposure.worlds import Gate, LogMass, Reached, measure

Ranks = Mapping[ClaimId, int | None]
"""A text: the rank of the version of each claim, ``None`` for withheld."""


@attrs.frozen(eq=False, kw_only=True)
class After:
    """One setting after a text.

    Attributes:
        view: All that the reader then holds, as it takes it.
        mass: The log mass of its candidates then.
    """

    setting: Setting
    view: View
    mass: LogMass


def saying(case: Case, reader: PartyId, ranks: Ranks) -> tuple[Setting, ...]:
    """Every setting of ``reader`` in which just the text ``ranks`` can be said: the first option of every block.

    For everything that the reader may hold by then, every way it may reason and every prior.
    """
    only: dict[ClaimId, tuple[VersionId, ...]] = {c: (case.claim(c).versions[r].id,) for c, r in _said(ranks).items()}
    return every_setting(case, reader, blocks(case, only))


def after(case: Case, reader: PartyId, ranks: Ranks, every: Sequence[Setting] = ()) -> Iterator[After]:
    """Every setting of ``reader`` after the text ``ranks``.

    Args:
        every: What :func:`saying` makes of the same, where it has been worked out.
    """
    said = _said(ranks).items()
    for setting in every or saying(case, reader, ranks):
        view = setting.reading.view(case, also(case, setting.past, said))
        yield After(setting=setting, view=view, mass=setting.world.mass((0,) * len(setting.world.blocks)))


def _said(ranks: Ranks) -> dict[ClaimId, int]:
    return {claim: rank for claim, rank in ranks.items() if rank is not None}


def measured(
    case: Case, reader: PartyId, ranks: Ranks, *, as_one: bool = False, every: Sequence[Setting] = ()
) -> Iterator[tuple[Gate, str, Reached]]:
    """Every gate of ``reader`` after the text ``ranks``, and what it is about in the names of the case.

    In doubt about sources too, unless that takes more than :data:`QUICK` steps for something it may hold.

    Args:
        as_one: Only as a reader measures up to them that takes everything for one source's.
        every: As for :func:`after`.
    """
    for then in after(case, reader, ranks, every):
        if as_one and then.setting.reading.only is not None:
            continue
        for reached in measure(then.setting.world, then.mass):
            yield reached.gate, _named(then.setting, reached), reached
    if as_one:
        return
    for doubts in every_doubt(case, reader):
        view = then_held(case, doubts, _said(ranks))
        if steps_for(case, reader, view) <= QUICK:
            yield from ((reached.gate, reached.about, reached) for reached in doubts.reached(view))


QUICK = 3e8
"""Steps that are taken for each text with which an answer is explained: seconds."""


def _named(setting: Setting, reached: Reached) -> str:
    if reached.gate is Gate.TOP_SUSPECT and reached.about.isdigit():
        return f"group:{setting.mind.groups[int(reached.about)].id}"
    return reached.about
