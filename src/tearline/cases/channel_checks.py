"""What a case file must not say about channels: caveats, agreements and officers.

Checks as in :mod:`.checks`, one function each over the draft of the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Fields, Path


def caveats_were_said_by_now(draft: Draft) -> None:
    """Nobody said anything about handling after the day of the case."""
    today = draft.fields.get("as_of")
    for path, caveat in _caveats(draft):
        on = caveat.get("on")
        if isinstance(today, dt.date) and isinstance(on, dt.date) and on > today:
            draft.report((*path, "on"), f"{on} is after the day of the case, {today}")


def _caveats(draft: Draft) -> Iterator[tuple[Path, Fields]]:
    holders: list[tuple[Path, Fields]] = [(("sources", id_), held) for id_, held in draft.named("sources").items()]
    holders += [(("consents", index), held) for index, held in draft.listed("consents")]
    for path, held in holders:
        for index, caveat in enumerate(held.get("caveats", ())):
            if isinstance(caveat, dict):
                yield (*path, "caveats", index), caveat


CHANNEL_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (caveats_were_said_by_now,)
