"""The case as text: shown, kept, taken along, and its changes taken back."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from tearline.errors import CaseFileError, InputError, Problem, StaleError
from tearline.web.shell import Form, Shell, see


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the text of the file."""
    editor = _Editor(shell)

    @get("/edit", sync_to_thread=False)
    def show() -> Response[str]:
        return editor.page()

    @get("/case.yaml", sync_to_thread=False)
    def download() -> Response[str]:
        return editor.download()

    @post("/edit", sync_to_thread=True)
    def edit(data: Form) -> Response[str]:
        return editor.edit(data)

    @post("/step/{which:str}", sync_to_thread=True)
    def step(which: FromPath[str], data: Form) -> Response[str]:
        return editor.step(which, data)

    return [show, download, edit, step]


@attrs.define(eq=False)
class _Editor:
    shell: Shell

    def page(
        self, text: str | None = None, problems: tuple[Problem, ...] = (), status: int = 200, theirs: str = ""
    ) -> Response[str]:
        """The text of the file, or what somebody made of it and could not be kept."""
        desk = self.shell.desk
        with desk.lock:
            shown = desk.working.text if text is None else text
            return self.shell.page("edit.html", status, text=shown, problems=problems, theirs=theirs)

    def download(self) -> Response[str]:
        """The file to take along."""
        headers = {"content-disposition": 'attachment; filename="case.yaml"'}
        return Response(self.shell.desk.working.text, media_type="application/yaml; charset=utf-8", headers=headers)

    def edit(self, form: Mapping[str, str]) -> Response[str]:
        """Put a text in the place of the file; one that cannot be used is shown again, with what is wrong."""
        self.shell.must_be_ours(form)
        working = self.shell.desk.working
        with self.shell.desk.lock:
            text = self._as_in_file(form.get("text", ""))
            try:
                working.change(text, form.get("made_to", ""))
            except CaseFileError as wrong:
                return self.page(text, wrong.problems, 422)
            except StaleError as stale:
                return self.page(text, (Problem(message=str(stale)),), 409, working.on_disk() or working.text)
            except InputError as wrong:
                return self.page(text, (Problem(message=str(wrong)),), 422)
        return see("/")

    def step(self, which: str, form: Mapping[str, str]) -> Response[str]:
        """Undo, redo, or go on with what is on disk."""
        self.shell.must_be_ours(form)
        working, made_to = self.shell.desk.working, form.get("made_to", "")
        steps = {
            "undo": lambda: working.undo(made_to),
            "redo": lambda: working.redo(made_to),
            "reload": working.reload,
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
