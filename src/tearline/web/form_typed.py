"""From what was typed into a form to the text of the file: only what was changed is changed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from tearline.cases.amending import put, removed, same
from tearline.cases.document import CONTROL
from tearline.cases.format import CASE
from tearline.cases.places import Value, places
from tearline.cases.shapes import NEEDED, Listed, Named, Path, Record, Shape, Spread, spelled_path
from tearline.errors import CaseFileError, InputError, Problem
from tearline.web.form_fields import ANY_WORDS, Asked, Widget, is_prose
from tearline.web.form_paths import bare, data_at, order, within

_BREAK: Final = re.compile("\r\n?")


class _LeftOut:
    """What stands for a key that is to be left out."""


LEFT_OUT: Final = _LeftOut()


@attrs.frozen
class Typed:
    """A text with what was typed in it.

    Attributes:
        kept_out: What was typed and cannot stand in any text, by the name of its field, with why.
    """

    text: str
    kept_out: Mapping[str, tuple[str, Problem]]


def typed_into(text: str, fields: Iterable[Asked], form: Mapping[str, str]) -> Typed:
    """``text`` with everything that a form says otherwise.

    Args:
        fields: Those of the page that was shown of this very text.
        form: By the names of the fields; one that is missing is as it was.
    """
    kept_out: dict[str, tuple[str, Problem]] = {}
    for field in fields:
        if field.name not in form:
            continue
        typed = _BREAK.sub("\n", form[field.name])
        if not _is_changed(field, typed, form):
            continue
        try:
            text = _written(text, field, _meant(field, typed, form))
        except CaseFileError as wrong:
            kept_out[field.name] = (typed, attrs.evolve(wrong.problems[0], path=spelled_path(field.path), line=0))
        except InputError as wrong:
            kept_out[field.name] = (typed, Problem(message=str(wrong), path=spelled_path(field.path)))
    return Typed(text, kept_out)


def _is_changed(field: Asked, typed: str, form: Mapping[str, str]) -> bool:
    if field.widget is Widget.TICKS:
        return any((option.name in form) != option.chosen for option in field.options)
    return typed != _BREAK.sub("\n", field.shown)


def _meant(field: Asked, typed: str, form: Mapping[str, str]) -> Any:
    """The plain data that was typed. Raises CaseFileError for what no text of a case may hold."""
    if odd := CONTROL.search(typed):
        raise CaseFileError("this value", [Problem(message=f"a control character (U+{ord(odd[0]):04X})")])
    match field.widget:
        case Widget.TICKS:
            return _ticked(field, form)
        case Widget.LINES:
            words = [line.strip() for line in typed.split("\n") if line.strip()]
            return _as_list(field, words)
        case Widget.YAML:
            return parsed(typed) if typed.strip() else LEFT_OUT
        case Widget.CHOICE if field.row and typed == ANY_WORDS:
            return None
    if not typed or (field.widget is not Widget.TEXT and not typed.strip()):
        return LEFT_OUT
    return typed if is_prose(field.shape) else bare(typed)


def _ticked(field: Asked, form: Mapping[str, str]) -> Any:
    values = {option.name: _ticks(option.name) for option in field.options}
    on = [value for name, value in values.items() if name in form]
    before = field.now if isinstance(field.now, list) else [] if field.now is None else [field.now]
    return _as_list(field, [v for v in before if v in on] + [v for v in on if v not in before])


def _ticks(name: str) -> str:
    return name.rpartition("=")[2].replace("~2", "=").replace("~1", "/").replace("~0", "~")


def _as_list(field: Asked, words: list[Any]) -> Any:
    shape = field.shape
    if not isinstance(shape, Listed) or not words:
        return LEFT_OUT
    made = words if is_prose(shape.item) else bare(words)
    return made[0] if shape.one and len(made) == 1 and not isinstance(field.now, list) else made


def parsed(typed: str) -> Value:
    """The plain data of a value that was typed as YAML.

    Raises:
        CaseFileError: It is no YAML.
        InputError: It holds anchors, aliases or tags, or a key twice.
    """
    if typed.strip() in ("~", "null"):
        return None
    found: Value = bare(places(typed, "this value").plain)
    return found


def _written(text: str, field: Asked, meant: Any) -> str:
    path = field.path
    if field.row:
        return _row(text, path, meant)
    if meant is not LEFT_OUT:
        return put(text, path, meant, order)
    return _left_out(text, path)


def _left_out(text: str, path: Path) -> str:
    """Without a key, and without the records around it that say nothing then, up to the entry that holds it."""
    plain = places(text).plain
    if not _is_there(plain, path):
        return text
    while len(path) > 1 and isinstance(within(CASE, path[:-1]), Record) and _is_only(plain, path):
        path = path[:-1]
    return removed(text, path)


def _is_only(plain: Value, path: Path) -> bool:
    """Whether an optional record in a record says nothing else."""
    held = data_at(plain, path[:-1])
    in_record = len(path) > 2 and isinstance(within(CASE, path[:-2]), Record)
    return in_record and isinstance(held, dict) and len(held) == 1


def _is_there(plain: Value, path: Path) -> bool:
    held = data_at(plain, path[:-1])
    return isinstance(held, dict) and path[-1] in held


def _row(text: str, path: Path, meant: Any) -> str:
    """A row of a mapping; one that was a list becomes keys and values, unless only its keys count."""
    plain = places(text).plain
    held = data_at(plain, path[:-1])
    rows: dict[Any, Any] = dict.fromkeys(held) if isinstance(held, list) else dict(held or {})  # type: ignore[arg-type]
    if meant is LEFT_OUT:
        rows.pop(path[-1], None)
    else:
        rows[path[-1]] = meant
    if not rows:
        return _left_out(text, path[:-1])
    value: Any = rows
    if isinstance(held, list) and not any(rows.values()):
        value = list(rows)
    return text if same(value, held) else put(text, path[:-1], bare(value), order)


def skeleton(shape: Record) -> Value:
    """The least that a new entry must have, with nothing filled in."""
    made: dict[str, Any] = Spread() if shape.spread else {}
    for field in shape.fields:
        if field.default is NEEDED:
            made[field.name] = _first(field.shape)
    return made


def _first(shape: Shape) -> Value:
    if isinstance(shape, Named) and isinstance(shape.value, Record):
        return {f"{shape.value.name.replace(' ', '-')}-1": skeleton(shape.value)}
    return None
