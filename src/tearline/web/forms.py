"""Editing by forms: one part of the case at a time, and all that was typed travels along until it is kept.

A page carries the text with every change made so far. Nothing is written before somebody keeps it, as one
change; then the faults are those of the text, each beside the field that it is about.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import attrs
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import RawBody

from tearline.cases.amending import inserted, moved, put, removed
from tearline.cases.edits import NOTHING, Change, changes
from tearline.cases.format import CASE
from tearline.cases.places import Value, places
from tearline.cases.read import read
from tearline.cases.scalars import MalformedError, Name
from tearline.cases.shapes import Listed, Named, Path, Record, spelled_path
from tearline.domain import ACCESS_WORDS
from tearline.errors import CaseFileError, InputError, Problem, StaleError
from tearline.web.form_faults import placed, worded
from tearline.web.form_fields import all_asked
from tearline.web.form_parts import is_part, part_with, parts, path_of, sheet
from tearline.web.form_paths import bare, data_at, entries_of, is_collection, order, pointer, within
from tearline.web.form_typed import skeleton, typed_into
from tearline.web.shell import AnyRequest, Shell, fields, see

PLACE: Final = "/edit/form"

MOST_FIELDS: Final = 20_000
"""So many fields one form may send."""

CONTROL: Final = frozenset({"form_token", "made_to", "at", "draft", "judged", "do"})

KEPT_TEXTS: Final = 20
"""So many texts that forms were made of are remembered, to tell what was changed in a form from the rest."""


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the forms."""
    desk = _Forms(shell)

    @get(PLACE, sync_to_thread=False)
    def show(request: AnyRequest) -> Response[str]:
        asked = fields(request)
        return desk.show(asked.get("at", "/proposal"), "kept" in asked)

    @post(PLACE, sync_to_thread=True)
    def act(body: RawBody) -> Response[str]:
        return desk.act(_sent(body))

    return [show, act]


def _sent(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises InputError for what no browser sends of one of ours."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise InputError("this form cannot be read; nothing was done") from None
    sent = dict(pairs)
    if len(sent) != len(pairs):
        raise InputError("this form says something twice; nothing was done")
    return sent


@attrs.frozen(kw_only=True)
class _Draft:
    """A text on its way, and the text of the file that it was made from.

    Attributes:
        made_to: What stands for that text.
        judged: Whether its faults are shown: somebody has tried to keep it.
        kept_out: What was typed and stands in no text, by the name of its field.
    """

    text: str = attrs.field(repr=False)
    base: str = attrs.field(repr=False)
    made_to: str
    judged: bool = False
    kept_out: Mapping[str, tuple[str, Problem]] = attrs.field(factory=dict, repr=False)

    @property
    def carried(self) -> str:
        """As a form carries it; empty: it is the text of the file."""
        return "" if self.text == self.base else base64.b64encode(self.text.encode()).decode()


@attrs.define(eq=False)
class _Forms:
    shell: Shell
    _seen: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    def show(self, at: str, kept: bool) -> Response[str]:
        """One part, as the file has it."""
        with self.shell.desk.lock:
            working = self.shell.desk.working
            draft = _Draft(text=working.text, base=working.text, made_to=working.digest)
            path = path_of(at, places(draft.text, working.name).plain)
            if not is_part(path):
                raise InputError("no such part of a case")
            return self._page(draft, path, kept=kept)

    def act(self, form: Mapping[str, str]) -> Response[str]:
        """Take in what was typed, then do what was asked for."""
        self.shell.must_be_ours(form)
        with self.shell.desk.lock:
            draft, at = self._taken(form)
            what, _, target = form.get("do", "keep").partition(" ")
            plain = places(draft.text).plain
            if what == "keep":
                return self._keep(draft, at)
            if what == "rebase":
                return self._rebase(draft, at)
            if what == "drop":
                return see(_address(at))
            path = path_of(target, plain)
            acts = {"go": self._go, "up": self._up, "remove": self._ask, "removed": self._remove, "add": self._add}
            if what not in acts:
                raise InputError("no such thing can be done with a form")
            return acts[what](draft, at, path, form)

    def _taken(self, form: Mapping[str, str]) -> tuple[_Draft, Path]:
        """The text of a form with what was typed on its page, and the part that it showed."""
        working = self.shell.desk.working
        made_to = form.get("made_to", "")
        base = working.text if made_to == working.digest else self._seen.get(made_to)
        if not form.get("draft") and base is None:
            raise InputError("this form is too old: the file has been changed since; nothing was done")
        text = _carried(form["draft"]) if form.get("draft") else str(base)
        plain = places(text, working.name).plain
        at = path_of(form.get("at", ""), plain)
        if not is_part(at):
            raise InputError("no such part of a case")
        held = sheet(plain, at)
        asked = list(all_asked(held.held))
        _must_be_known(form, {name for each in asked for name in (each.name, *(o.name for o in each.options))})
        typed = typed_into(text, asked, form)
        judged = form.get("judged") == "1"
        draft = _Draft(
            text=typed.text,
            base=text if base is None else base,
            made_to=made_to,
            judged=judged,
            kept_out=typed.kept_out,
        )
        return draft, at

    # --- what can be done ---------------------------------------------------------------------------------------

    def _keep(self, draft: _Draft, at: Path) -> Response[str]:
        working = self.shell.desk.working
        draft = attrs.evolve(draft, judged=True)
        if draft.kept_out:
            return self._page(draft, at, 422)
        try:
            working.change(draft.text, draft.made_to)
        except CaseFileError:
            return self._page(draft, at, 422)
        except StaleError:
            return self._page(draft, at, 409, stale=True)
        except InputError as wrong:
            return self._page(draft, at, 422, refused=str(wrong))
        return see(_address(part_with(at, places(working.text).plain), kept=True))

    def _rebase(self, draft: _Draft, at: Path) -> Response[str]:
        """Go on with what the file says now, and with what was changed here."""
        working = self.shell.desk.working
        if working.changed_on_disk():
            working.reload()
        text, lost = _carried_over(draft.base, draft.text, working.text)
        new = attrs.evolve(draft, text=text, base=working.text, made_to=working.digest)
        at = part_with(at, places(text).plain)
        return self._page(new, at, carried_over=True, lost=lost, theirs=draft.text if lost else "")

    def _go(self, draft: _Draft, at: Path, path: Path, form: Mapping[str, str]) -> Response[str]:
        if draft.kept_out:
            return self._page(draft, at, 422)
        if not is_part(path):
            raise InputError("no such part of a case")
        if draft.text == draft.base and draft.made_to == self.shell.desk.working.digest:
            return see(_address(path))
        return self._page(draft, path)

    def _up(self, draft: _Draft, at: Path, path: Path, form: Mapping[str, str]) -> Response[str]:
        if not is_collection(within(CASE, path[:-1])):
            raise InputError("this cannot be moved")
        text = moved(draft.text, path)
        return self._page(attrs.evolve(draft, text=text), at, focus=pointer(path))

    def _ask(self, draft: _Draft, at: Path, path: Path, form: Mapping[str, str]) -> Response[str]:
        """Ask before something is removed, with what refers to it."""
        if not is_collection(within(CASE, path[:-1])):
            raise InputError("this cannot be removed")
        if draft.kept_out:
            return self._page(draft, at, 422)
        before = {(each.path, each.message) for each in self._problems(draft.text)}
        after = self._problems(removed(draft.text, path))
        told = [worded(each) for each in after if (each.path, each.message) not in before]
        return self.shell.page(
            "form_remove.html",
            200,
            what=spelled_path(path),
            target=pointer(path),
            at=pointer(at),
            draft=draft.carried,
            judged=draft.judged,
            base=draft.made_to,
            told=told,
        )

    def _remove(self, draft: _Draft, at: Path, path: Path, form: Mapping[str, str]) -> Response[str]:
        if not is_collection(within(CASE, path[:-1])):
            raise InputError("this cannot be removed")
        text = removed(draft.text, path)
        return self._page(attrs.evolve(draft, text=text), part_with(at, places(text).plain), gone=spelled_path(path))

    def _add(self, draft: _Draft, at: Path, path: Path, form: Mapping[str, str]) -> Response[str]:
        """A new entry with nothing filled in; its faults are not shown before somebody keeps it."""
        shape = within(CASE, path)
        if draft.kept_out:
            return self._page(draft, at, 422)
        plain = places(draft.text).plain
        held = data_at(plain, path)
        size = len(entries_of(held))
        index = _index(form.get(f"place={pointer(path)}", str(size)), size)
        if isinstance(shape, Named) and isinstance(shape.value, Record):
            id_ = form.get(f"id={pointer(path)}", "").strip()
            try:
                Name().parse(id_)
            except MalformedError as wrong:
                return self._page(draft, at, 422, refused=f"{wrong}; {wrong.hint}" if wrong.hint else str(wrong))
            if id_ in entries_of(held):
                return self._page(draft, at, 422, refused=f"there is a `{id_}` already; choose another id")
            text, new = _with_entry(draft.text, path, index, id_, skeleton(shape.value)), (*path, id_)
        elif isinstance(shape, Listed) and isinstance(shape.item, Record):
            text = _with_entry(draft.text, path, index, None, skeleton(shape.item))
            new = (*path, index)
        else:
            raise InputError("nothing can be added there")
        target = new if is_part(new) else at
        return self._page(attrs.evolve(draft, text=text), target, focus=pointer(new))

    # --- what is shown ------------------------------------------------------------------------------------------

    def _problems(self, text: str) -> tuple[Problem, ...]:
        working = self.shell.desk.working
        try:
            read(text, working.name, None if working.path is None else str(working.path.parent))
        except CaseFileError as wrong:
            return wrong.problems
        return ()

    def _page(self, draft: _Draft, at: Path, status: int = 200, **told: Any) -> Response[str]:
        working = self.shell.desk.working
        self._remember(draft)
        plain = places(draft.text, working.name).plain
        shown = sheet(plain, at)
        problems = self._problems(draft.text) if draft.judged else ()
        problems = (*(problem for _, problem in draft.kept_out.values()), *problems)
        faults = placed(problems, shown, plain)
        changed = changes({"": places(draft.base).plain}, {"": plain})
        stale = bool(told.get("stale"))
        theirs = told.pop("theirs", "") or ((working.on_disk() or working.text) if stale else "")
        defaults = {"kept": False, "stale": False, "refused": "", "carried_over": False, "lost": (), "gone": ""}
        focus = told.pop("focus", "")
        return self.shell.page(
            "form.html",
            status,
            **(defaults | told),
            sheet=shown,
            parts=parts(plain, at),
            at=pointer(at),
            draft=draft.carried,
            whole=draft.text if draft.carried else "",
            base=draft.made_to,
            judged=draft.judged,
            faults=faults,
            typed={name: typed for name, (typed, _) in draft.kept_out.items()},
            changed=[_named(change) for change in changed],
            theirs=theirs,
            words=tuple(ACCESS_WORDS),
            focus=focus or ("faults" if faults.listed or told.get("refused") else ""),
        )

    def _remember(self, draft: _Draft) -> None:
        self._seen.pop(draft.made_to, None)
        self._seen[draft.made_to] = draft.base
        while len(self._seen) > KEPT_TEXTS:
            del self._seen[next(iter(self._seen))]


def _must_be_known(form: Mapping[str, str], names: set[str]) -> None:
    for name in form:
        stem = name.partition("=")[0]
        if name not in CONTROL and name not in names and stem not in ("id", "place"):
            raise InputError("this form names what the page does not ask for; nothing was done")


def _carried(draft: str) -> str:
    try:
        return base64.b64decode(draft, validate=True).decode()
    except (binascii.Error, ValueError):
        raise InputError("this form cannot be read; nothing was done") from None


def _index(typed: str, size: int) -> int:
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 5 or int(typed) > size:
        raise InputError("there is no such place for a new entry")
    return int(typed)


def _with_entry(text: str, path: Path, index: int, key: str | None, value: Value) -> str:
    if data_at(places(text).plain, path) is None:
        return put(text, path, [value] if key is None else {key: value}, order)
    return inserted(text, path, index, key, value)


def _carried_over(base: str, ours: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    """Their text with our changes, and the places that are theirs now because ours fit nowhere."""
    text, lost = theirs, []
    for change in changes({"": places(base).plain}, {"": places(ours).plain}):
        path = change.path[1:]
        try:
            is_gone = change.after is NOTHING
            text = removed(text, path) if is_gone else put(text, path, bare(change.after), order)
        except InputError:
            lost.append(spelled_path(path))
    return text, tuple(lost)


def _named(change: Change) -> str:
    return spelled_path(change.path[1:]) or "the order of what the case says"


def _address(path: Path, kept: bool = False) -> str:
    asked = {"at": pointer(path)} | ({"kept": "1"} if kept else {})
    return f"{PLACE}?{urlencode(asked)}"
