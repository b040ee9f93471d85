"""What a case file must not say about marks: words that their system does not know.

Checks as in :mod:`.checks`, one function each over the draft of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tearline.cases.checks import Draft
from tearline.cases.policies import markings_of
from tearline.cases.shapes import MAX_HINTS, nearest, printable
from tearline.domain import MarkSystem
from tearline.errors import InputError
from tearline.markings import SYSTEMS


def marks_can_be_read(draft: Draft) -> None:
    """Every mark is one of the system that the case names; nothing is guessed, nothing taken for none."""
    system = draft.fields.get("marked_in")
    if not isinstance(system, MarkSystem):
        return
    for path, mark in markings_of(draft):
        try:
            SYSTEMS[system.value].read(mark)
        except InputError as wrong:
            said, _, hint = str(wrong).partition("; ")
            draft.report(path, f"no mark of `{system.value}`: {said}", hint)


def levels_are_of_the_system(draft: Draft) -> None:
    """Whoever reads is cleared in the words of the system in which the case is marked."""
    system = draft.fields.get("marked_in")
    known = SYSTEMS[system.value].levels if isinstance(system, MarkSystem) else ()
    for party, held in draft.named("parties").items():
        cleared = held.get("cleared")
        level = cleared.get("level") if isinstance(cleared, dict) else None
        if isinstance(system, MarkSystem) and isinstance(level, str) and level and level not in known:
            hint = nearest(level, known) if known and len(draft.reading.problems) < MAX_HINTS else ""
            path = ("parties", party, "cleared", "level")
            draft.report(path, f"`{system.value}` has no level `{printable(level)}`", hint or "it has no levels")


MARKING_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (marks_can_be_read, levels_are_of_the_system)
