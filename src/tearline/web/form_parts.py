"""The parts of a case of which a form shows one at a time, in the order in which people think of them."""

from __future__ import annotations

import re
from typing import Final

import attrs

from tearline.cases.format import CASE
from tearline.cases.places import Value
from tearline.cases.shapes import Field, Path, Record, spelled_path
from tearline.errors import InputError
from tearline.web.form_fields import Forms, Shown
from tearline.web.form_paths import data_at, entries_of, heading, is_collection, pointer, titled, within

FIRST: Final = ("proposal", "claims", "sources", "parties", "leak_paths", "readers", "secrets", "given")
"""What is changed most, in the order in which one thinks of it. The other parts follow in that of the format."""

WHOLE: Final = "The case itself"

MOST_STEPS: Final = 8
"""So many steps a path in a form has at most."""

LONGEST: Final = 400
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,4}")
_KEYS: Final = {field.name: field for field in CASE.fields}


@attrs.frozen(kw_only=True)
class Part:
    """One part in the list of all.

    Attributes:
        current: It is the one that is shown, or holds it.
        entries: The parts in it; only of the current one.
    """

    name: str
    title: str
    current: bool
    here: bool
    size: int | None
    often: bool
    entries: tuple[Part, ...] = ()


@attrs.frozen(kw_only=True)
class Shelf:
    """A part that is a collection: its entries, each a page of its own, and what is needed to add one."""

    path: Path
    name: str
    entries: tuple[tuple[str, str], ...]
    by_id: bool
    offered: str
    ids: tuple[str, ...]
    one: str


@attrs.frozen(kw_only=True)
class Sheet:
    """What is shown of one part: the values of an entry, or the entries of a collection."""

    path: Path
    title: str
    says: str
    held: tuple[Shown, ...]
    shelf: Shelf | None
    above: Path | None


def path_of(spelled: str, plain: Value) -> Path:
    """The path that a form names.

    Raises:
        InputError: It is none of the format, or leads to no place that the text has.
    """
    steps = spelled.split("/")
    if len(spelled) > LONGEST or len(steps) - 1 > MOST_STEPS or steps[0]:
        raise InputError("no such part of a case")
    path: Path = ()
    for step in steps[1:]:
        key = step.replace("~2", "=").replace("~1", "/").replace("~0", "~")
        is_item = isinstance(data_at(plain, path), list)
        if is_item and not _INDEX.fullmatch(key):
            raise InputError("no such part of a case")
        path = (*path, int(key) if is_item else key)
    shape = within(CASE, path)
    is_there = len(path) < 2 or path[-1] in entries_of(data_at(plain, path[:-1]))
    if shape is None or pointer(path) != spelled or not is_there:
        raise InputError("no such part of a case")
    return path


def is_part(path: Path) -> bool:
    """Whether it has a page of its own."""
    if not path:
        return True
    shape = _KEYS[str(path[0])].shape if path[0] in _KEYS else None
    return (len(path) == 1 and (is_collection(shape) or isinstance(shape, Record))) or (
        len(path) == 2 and is_collection(shape)
    )


def part_with(path: Path, plain: Value) -> Path:
    """The part on whose page a place stands, or the nearest one."""
    for length in (2, 1):
        if len(path) >= length and is_part(path[:length]):
            shape = within(CASE, path[:length])
            there = length < 2 or path[1] in entries_of(data_at(plain, path[:1]))
            if shape is not None and there:
                return path[:length]
    return ()


def path_in(spelled: str, plain: Value) -> Path:
    """The part that a problem is about, by the words of its path."""
    best: Path = ()
    for key in _KEYS:
        candidates: list[Path] = [(key,), *((key, step) for step in entries_of(data_at(plain, (key,))))]
        for path in candidates:
            is_longer = len(spelled_path(path)) > len(spelled_path(best))
            if is_part(path) and is_longer and is_at(spelled, path):
                best = path
    return best


def is_at(spelled: str, path: Path) -> bool:
    """Whether words for a path lead to this place or below it."""
    stem = spelled_path(path)
    return spelled == stem or spelled.startswith((f"{stem}.", f"{stem}["))


def parts(plain: Value, here: Path) -> tuple[Part, ...]:
    """The list of all parts."""
    rest = [key for key in _KEYS if key not in FIRST]
    names = [*FIRST, *(key for key in rest if is_part((key,)))]
    whole = Part(name="", title=WHOLE, current=here == (), here=here == (), size=None, often=True)
    return (_part(FIRST[0], plain, here), whole, *(_part(key, plain, here) for key in names[1:]))


def _part(key: str, plain: Value, here: Path) -> Part:
    held = entries_of(data_at(plain, (key,)))
    is_here = here[:1] == (key,)
    is_many = is_collection(_KEYS[key].shape)
    entries = tuple(_inside((key, step), plain, here) for step in held) if is_here and is_many else ()
    return Part(
        name=pointer((key,)),
        title=heading(key),
        current=is_here,
        here=here == (key,),
        size=len(held) if is_many else None,
        often=key in FIRST or data_at(plain, (key,)) is not None,
        entries=entries,
    )


def _inside(path: Path, plain: Value, here: Path) -> Part:
    title = titled(path, plain)
    return Part(
        name=pointer(path), title=_cut(title, 48), current=here == path, here=here == path, size=None, often=True
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def sheet(plain: Value, path: Path) -> Sheet:
    """What is shown of a part. ``path``: as :func:`is_part` allows."""
    forms = Forms(plain)
    if not path:
        return Sheet(path=(), title=WHOLE, says=CASE.says, held=forms.record(CASE, ()), shelf=None, above=None)
    field, shape = _KEYS[str(path[0])], within(CASE, path)
    title = heading(field.name) if len(path) == 1 else f"{_singular(field)}: {_cut(titled(path, plain), 90)}"
    above = path[:-1] if len(path) > 1 else None
    if isinstance(shape, Record):
        held = forms.record(shape, path)
        return Sheet(path=path, title=title, says=shape.says, held=held, shelf=None, above=above)
    return Sheet(path=path, title=title, says=field.says, held=(), shelf=_shelf(forms, field, path), above=above)


def _singular(field: Field) -> str:
    shape = within(CASE, (field.name, 0)) or within(CASE, (field.name, "x"))
    return heading(shape.name) if isinstance(shape, Record) else heading(field.name)


def _shelf(forms: Forms, field: Field, path: Path) -> Shelf:
    empty = forms.collection(field.shape, path, field)
    entries = tuple((each.name, titled(each.path, forms.plain)) for each in empty.entries)
    return Shelf(
        path=path,
        name=empty.name,
        entries=entries,
        by_id=empty.by_id,
        offered=empty.offered,
        ids=empty.ids,
        one=empty.one,
    )
