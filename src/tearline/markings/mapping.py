"""Says a marking in the words of another system: never more loosely, or not at all.

Through the normal form: what the one allows is put into words that both share, and of the other system's labels the
loosest is taken that is looser in nothing. What gets tighter on the way is what the mapping *loses*, and is said. A
mapping is a view: the provider's own marking stays beside it. Grades go over by table instead, as far as there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from tearline.markings.equivalence import equal_level
from tearline.markings.grades import Grades
from tearline.markings.handling import Handling, looser, told
from tearline.markings.system import System


@attrs.frozen(kw_only=True)
class Mapped:
    """A marking in the other system.

    Attributes:
        label: ``None``: refused, because every label would loosen something.
        loses: What is allowed by the one and not, or only after asking, by the other.
        would_loosen: Why it is refused: the fields that even the nearest label would loosen.
    """

    label: Any | None
    loses: tuple[str, ...] = ()
    would_loosen: tuple[str, ...] = ()


def mapped(label: Any, source: System[Any], target: System[Any], agreement: str | None = None) -> Mapped:
    """``label`` of ``source`` in the words of ``target``.

    Args:
        agreement: The table by which levels are held as equal; without one a level does not go over.
    Raises:
        InputError: There is no such agreement.

    Law: what the result lets anybody do, the original does.
    """
    if (grade := _CROSSWALKS.get((source.key, target.key))) is not None:
        return grade(label)
    original = source.handling(label)
    asked = _with_level(original, source, target, agreement)
    held = _held_as(original, asked, agreement)
    nearest: tuple[str, ...] | None = None
    for choice in target.choices(asked):
        given = target.handling(choice)
        if not (fields := looser(asked, given)):
            return Mapped(label=choice, loses=(*held, *_lost(asked, given)))
        nearest = fields if nearest is None or len(fields) < len(nearest) else nearest
    return Mapped(label=None, would_loosen=nearest if nearest is not None else ("everything: it has no such labels",))


def _with_level(asked: Handling, source: System[Any], target: System[Any], agreement: str | None) -> Handling:
    """The handling with its level in the words of the other system, where an agreement has one."""
    if asked.level is None or agreement is None or source.key == target.key:
        return asked
    level = equal_level(agreement, asked.level, target.key)
    return asked if level is None else attrs.evolve(asked, level=level)


def _lost(asked: Handling, given: Handling) -> tuple[str, ...]:
    """What gets tighter: the fields in which the original would loosen the result."""
    before, after = told(asked), told(given)
    fields = [(field, before.get(field, _UNSAID), after.get(field, _UNSAID)) for field in looser(given, asked)]
    return tuple(f"{field}: {old} becomes {new}" for field, old, new in fields if old != new)


def _held_as(original: Handling, asked: Handling, agreement: str | None) -> tuple[str, ...]:
    if original.level is None or asked.level is None or original.level == asked.level:
        return ()
    return (f"level: {original.level.name} is held as {asked.level.name} by the agreement {agreement}",)


_UNSAID: Final = "unsaid"

# --- grades --------------------------------------------------------------------------------------------------

_ADMIRALTY_TO_EUROPOL: Final = {"A": "A", "B": "B", "C": "B", "D": "C", "E": "C", "F": "X"}
_ADMIRALTY_TO_UK: Final = {"A": "1", "B": "1", "C": "2", "D": "3", "E": "3", "F": "2"}
_MEASURE: Final = "the information grade: one measures truth, the other how it is known; only the original says it"


def _to_europol(label: Any) -> Mapped:
    return _source_only(label, _ADMIRALTY_TO_EUROPOL, "europol")


def _to_uk(label: Any) -> Mapped:
    return _source_only(label, _ADMIRALTY_TO_UK, "3x5x2")


def _source_only(label: Grades, table: Mapping[str, str], where: str) -> Mapped:
    """What the source would be called there; the information has no equal, so that no label comes of it."""
    said = [f"source {grade[0]} would be {where} source {table[grade[0]]}" for grade in sorted(label.grades)]
    return Mapped(label=None, loses=tuple(said), would_loosen=(_MEASURE,))


_CROSSWALKS: Final[dict[tuple[str, str], Callable[[Any], Mapped]]] = {
    ("admiralty", "europol"): _to_europol,
    ("admiralty", "3x5x2"): _to_uk,
}
