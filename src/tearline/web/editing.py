"""The case as text: shown, kept, taken along, and its changes taken back. What is typed is put aside until then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import attrs
from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from tearline.errors import CaseFileError, InputError, StaleError
from tearline.web.faults import faults
from tearline.web.shell import Form, Shell, see


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the text of the file."""
    editor = _Editor(shell)

    @get("/edit", sync_to_thread=False)
    def show() -> Response[str]:
        return editor.show()

    @get("/case.yaml", sync_to_thread=False)
    def download() -> Response[str]:
        return editor.download()

    @post("/edit", sync_to_thread=True)
    def edit(data: Form) -> Response[str]:
        return editor.edit(data)

    @post("/edit/aside", sync_to_thread=True, status_code=200)
    def aside(data: Form) -> Response[str]:
        return editor.aside(data)

    @post("/step/{which:str}", sync_to_thread=True)
    def step(which: FromPath[str], data: Form) -> Response[str]:
        return editor.step(which, data)

    return [show, download, edit, aside, step]


@attrs.define(eq=False)
class _Editor:
    shell: Shell

    def show(self) -> Response[str]:
        """The unfinished text if there is one, else the text of the file."""
        with self.shell.desk.lock:
            working = self.shell.desk.working
            unfinished = working.unfinished()
            text = working.text if unfinished is None else unfinished.text
            outdated = unfinished is not None and unfinished.outdated
            return self._page(text, theirs=working.text if outdated else "")

    def _page(
        self, text: str, status: int = 200, refused: str = "", theirs: str = "", tried: bool = False
    ) -> Response[str]:
        """The editor with a text in it and all that is wrong with it.

        Args:
            refused: Why the text could not be kept although it may be without faults.
            tried: Whether somebody has just tried to keep it.
        """
        working = self.shell.desk.working
        found, unfinished = faults(working.problems_in(text), working.name, text), working.unfinished()
        return self.shell.page(
            "edit.html",
            status,
            text=text,
            faults=found,
            refused=refused,
            theirs=theirs,
            tried=tried,
            draft="" if unfinished is None else unfinished.digest,
            editing=True,
        )

    def download(self) -> Response[str]:
        """The file to take along."""
        headers = {"content-disposition": 'attachment; filename="case.yaml"'}
        return Response(self.shell.desk.working.text, media_type="application/yaml; charset=utf-8", headers=headers)

    def edit(self, form: Mapping[str, str]) -> Response[str]:
        """Put a text in the place of the file; one that cannot be used is put aside and shown with what is wrong."""
        self.shell.must_be_ours(form)
        with self.shell.desk.lock:
            working, text = self.shell.desk.working, self._as_in_file(form.get("text", ""))
            try:
                working.change(text, form.get("made_to", ""))
            except CaseFileError:
                return self._kept_aside(text, form, 422)
            except StaleError as stale:
                return self._kept_aside(text, form, 409, str(stale), working.on_disk() or working.text)
            except InputError as wrong:
                return self._kept_aside(text, form, 422, str(wrong))
            working.throw_away(form.get("draft", ""))
        return see("/")

    def _kept_aside(
        self, text: str, form: Mapping[str, str], status: int, refused: str = "", theirs: str = ""
    ) -> Response[str]:
        """The editor again, what was typed put aside; another unfinished text stays, and is shown beside it."""
        working = self.shell.desk.working
        try:
            working.put_aside(text, form.get("draft", ""), _now())
        except StaleError as stale:
            other = working.unfinished()
            return self._page(text, 409, str(stale), other.text if other else "", tried=True)
        return self._page(text, status, refused, theirs, tried=True)

    def aside(self, form: Mapping[str, str]) -> Response[str]:
        """Put aside what is being typed; answers with the piece of the page that says so."""
        self.shell.must_be_ours(form)
        with self.shell.desk.lock:
            working, text, now = self.shell.desk.working, self._as_in_file(form.get("text", "")), _now()
            known = form.get("draft", "")
            try:
                working.put_aside(text, known, now)
            except StaleError:
                told = "▲ Not kept: another page has an unfinished text too."
                return self.shell.page("aside.html", draft=known, told=told)
            unfinished = working.unfinished()
            if unfinished is None:
                return self.shell.page("aside.html", draft="", told="As in the file.")
            told = f"Not in the file yet; kept aside at {now.astimezone():%H:%M:%S}."
            return self.shell.page("aside.html", draft=unfinished.digest, told=told)

    def step(self, which: str, form: Mapping[str, str]) -> Response[str]:
        """Undo, redo, go on with what is on disk, write again what is gone, or throw an unfinished text away."""
        self.shell.must_be_ours(form)
        working, made_to = self.shell.desk.working, form.get("made_to", "")
        steps: dict[str, Callable[[], None]] = {
            "undo": lambda: working.undo(made_to),
            "redo": lambda: working.redo(made_to),
            "reload": working.reload,
            "again": lambda: working.write_again(made_to),
            "throw-away": lambda: working.throw_away(form.get("draft", "")),
        }
        if which not in steps:
            raise HTTPException(status_code=404)
        with self.shell.desk.lock:
            try:
                steps[which]()
            except InputError as wrong:
                return self.shell.page("fault.html", 409, fault=f"Nothing was written. {wrong}")
        return see("/")

    def _as_in_file(self, text: str) -> str:
        """Text as a form sends it, with the ends of line that the file has."""
        return text if "\r\n" in self.shell.desk.working.text else text.replace("\r\n", "\n")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
