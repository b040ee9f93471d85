"""Levels that two systems hold as equal, by agreement. Off unless somebody names the agreement.

Levels of two systems are not compared otherwise, and what an agreement has no level for is refused, not rounded. The
tables are what security agreements commonly say (from memory): read yours, and correct them, before you lean on one.
"""

from __future__ import annotations

from typing import Final

import attrs

from tearline.markings.handling import Level
from tearline.markings.legible import unknown


@attrs.frozen(kw_only=True)
class Agreement:
    """A table of levels: in each row, the level of each system; a system without one there has none that is equal."""

    key: str
    about: str
    rows: tuple[dict[str, str], ...]

    def level(self, of: Level, system: str) -> Level | None:
        """The level of ``system`` that is held as equal; ``None``: there is none."""
        for row in self.rows:
            if row.get(of.system) == of.name and system in row:
                return Level(system=system, name=row[system])
        return None


def _agreement(key: str, about: str, *rows: dict[str, str]) -> Agreement:
    return Agreement(key=key, about=about, rows=rows)


AGREEMENTS: Final[dict[str, Agreement]] = {
    each.key: each
    for each in (
        _agreement(
            "us-nato",
            "levels as commonly held equal between the United States and NATO",
            {"ism": "TS", "nato": "TOP SECRET"},
            {"ism": "S", "nato": "SECRET"},
            {"ism": "C", "nato": "CONFIDENTIAL"},
        ),
        _agreement(
            "uk-us",
            "levels as commonly held equal between the United Kingdom and the United States; C is held as SECRET",
            {"uk": "TOP SECRET", "ism": "TS"},
            {"uk": "SECRET", "ism": "S"},
        ),
        _agreement(
            "uk-nato",
            "levels as commonly held equal between the United Kingdom and NATO",
            {"uk": "TOP SECRET", "nato": "TOP SECRET"},
            {"uk": "SECRET", "nato": "SECRET"},
        ),
    )
}
"""Every table, by the name to give for it."""

UPWARD: Final[dict[str, tuple[tuple[Level, Level], ...]]] = {
    "uk-us": ((Level(system="ism", name="C"), Level(system="uk", name="SECRET")),),
    "uk-nato": ((Level(system="nato", name="CONFIDENTIAL"), Level(system="uk", name="SECRET")),),
}
"""Levels that a system without an equal one holds as the next higher: one way only."""


def equal_level(agreement: str, of: Level, system: str) -> Level | None:
    """The level of ``system`` for ``of`` by an agreement; ``None``: the agreement has none.

    Raises:
        InputError: There is no agreement of that name.
    """
    if agreement not in AGREEMENTS:
        raise unknown("agreement", agreement, AGREEMENTS, f"there are {', '.join(AGREEMENTS)}")
    upward = {low: high for low, high in UPWARD.get(agreement, ()) if high.system == system}
    return AGREEMENTS[agreement].level(of, system) or upward.get(of)
