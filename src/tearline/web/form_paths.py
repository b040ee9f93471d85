"""Ways through the format and through a text that go side by side: what a form may name, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from tearline.cases.format import CASE
from tearline.cases.places import Value
from tearline.cases.shapes import Listed, Mapped, Named, Path, Record, Shape
from tearline.cases.write import Bare, inline
from tearline.errors import InvariantError

_BARE: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|true|false|\d{4}-\d\d-\d\d", re.ASCII)


def pointer(path: Path) -> str:
    """A path as a form and an address carry it: a JSON pointer, with ``=`` spelled too."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1").replace("=", "~2") for step in path)


def within(shape: Shape, path: Sequence[str | int]) -> Shape | None:
    """The shape that stands at a path below ``shape``; ``None``: none can stand there."""
    here: Shape | None = shape
    for step in path:
        if isinstance(here, Record):
            here = next((field.shape for field in here.fields if field.name == step), None)
        elif isinstance(here, Mapped):
            here = here.value if isinstance(step, str) else None
        elif isinstance(here, Listed):
            here = here.item if isinstance(step, int) else None
        else:
            return None
    return here


def order(path: Path) -> tuple[str, ...]:
    """The keys of the format at a path, in their order."""
    here = within(CASE, path)
    return tuple(field.name for field in here.fields) if isinstance(here, Record) else ()


def data_at(plain: Value, path: Path) -> Value:
    """What stands at a path; ``None`` where nothing does."""
    here: Any = plain
    for step in path:
        has_key = isinstance(here, dict) and step in here
        has_item = isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)
        if not has_key and not has_item:
            return None
        here = here[step]
    return here  # type: ignore[no-any-return]


def is_collection(shape: Shape | None) -> bool:
    """Whether it holds entries that are records: they can be added, moved and removed."""
    if isinstance(shape, Named):
        return isinstance(shape.value, Record)
    return isinstance(shape, Listed) and isinstance(shape.item, Record)


def item_of(shape: Shape) -> Record:
    """The record of which a collection holds several."""
    item = shape.value if isinstance(shape, Named) else getattr(shape, "item", None)
    if not isinstance(item, Record):
        raise InvariantError("a collection of what is no record")
    return item


def entries_of(plain: Value) -> list[str | int]:
    """The ids or the indices of a collection."""
    if isinstance(plain, dict):
        return list(plain)
    return list(range(len(plain))) if isinstance(plain, list) else []


def bare(value: Any) -> Any:
    """Plain data with numbers, days and truth values that are written without quotes."""
    if isinstance(value, dict):
        return {key: bare(held) for key, held in value.items()}
    if isinstance(value, list):
        return [bare(held) for held in value]
    return Bare(value) if isinstance(value, str) and _BARE.fullmatch(value) else value


def titled(path: Path, plain: Value) -> str:
    """An entry by its id and its name, or by what it says."""
    held = data_at(plain, path)
    if isinstance(path[-1], int):
        each = list(held.values()) if isinstance(held, dict) else [held]
        said = ", ".join(inline(bare(value), nested=True) for value in each if value is not None)
        return f"{path[-1] + 1}. {said if len(said) < 110 else said[:109] + '…'}"
    name = next((held[key] for key in ("name", "what") if isinstance(held, dict) and held.get(key)), "")
    return f"{path[-1]}: {name}" if isinstance(name, str) and name else path[-1]


def heading(key: str) -> str:
    """A key as a heading."""
    return key.replace("_", " ").capitalize()
