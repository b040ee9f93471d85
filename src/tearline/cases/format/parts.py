"""What every part of the format is made of: names, numbers, and how fields become nouns."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import attrs

from tearline.cases.scalars import Name, Number
from tearline.cases.shapes import Field, Fields, Kind, Listed, Mapped, Record

FORMAT: Final = 1
"""The version of the format; a file says which one it was written for."""

MOST_COMPLETE: Final = 0.99
"""No reader is sure that a list is complete."""

BEST_VALUE: Final = 10.0
"""What the most exact version is worth to the recipient if nothing is said."""

Noun = TypeVar("Noun")
Parts = Callable[[Any], Fields]


def default_value(before: float | None) -> float:
    """What a version is worth if nothing is said: half of the next more exact one.

    Args:
        before: The value of the next more exact version; ``None`` for the most exact.
    """
    return BEST_VALUE if before is None else before / 2


def parts_of(**renamed: str) -> Parts:
    """How a noun becomes fields: its attributes by their names, except those renamed (field=attribute)."""

    def parts(noun: Any) -> Fields:
        held = {name.name: getattr(noun, name.name) for name in attrs.fields(type(noun))}
        return held | {field.strip("_"): getattr(noun, attribute) for field, attribute in renamed.items()}

    return parts


def made(noun: type[Noun], **renamed: str) -> Callable[[Fields], Noun]:
    """How fields become a noun: the inverse of :func:`parts_of`."""
    attribute = {field.strip("_"): name for field, name in renamed.items()}

    def make(fields: Fields) -> Noun:
        return noun(**{attribute.get(name, name): value for name, value in fields.items()})

    return make


def record(name: str, says: str, fields: tuple[Field, ...], noun: type, spread: bool = False, **renamed: str) -> Record:
    """A record whose fields are the attributes of ``noun``."""
    make: Callable[[Fields], Any] = made(noun, **renamed)
    return Record(name=name, says=says, fields=fields, make=make, parts=parts_of(**renamed), spread=spread)


PARTY: Final = Name(Kind.PARTY)
GROUP: Final = Name(Kind.GROUP)
CLAIM: Final = Name(Kind.CLAIM)
VERSION: Final = Name()
PROBABILITY: Final = Number()
LIMIT: Final = Number(above=True)
PARTIES: Final = Listed(PARTY, one=True, least=1)
TOLD: Final = Mapped(CLAIM, VERSION, least=1)
AT_LEAST: Final = Mapped(CLAIM, VERSION, blank=True, least=1)
