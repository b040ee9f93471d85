"""The pages of one case, and what may be done on them."""

from __future__ import annotations

import hmac
import traceback
from collections.abc import Mapping
from importlib import resources
from typing import Annotated, Any, Final, cast

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.enums import MediaType, RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import Body, FromPath

from tearline.assess.answer import Text
from tearline.cases.document import MAX_BYTES
from tearline.domain import ClaimId, VersionId
from tearline.errors import CaseFileError, InputError, Problem, StaleError
from tearline.web import views
from tearline.web.desk import Desk
from tearline.web.door import App, Door
from tearline.web.figures import figures
from tearline.web.marking import marked_words, marks
from tearline.web.views import FIELD

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
AnyRequest = Request[Any, Any, State]

MOST_BYTES: Final = 3 * MAX_BYTES + 65_536
"""The largest request that is read: a whole case file, each byte spelled with three."""

KINDS: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def door(desk: Desk, port: int) -> Door:
    """The whole application for one case, behind its door."""
    found = Door(app=_nobody, port=port)
    found.app = cast(App, application(desk, found.form_token))
    return found


async def _nobody(*_: object) -> None:
    """What a door leads to before there is anything behind it."""


def application(desk: Desk, form_token: str) -> Litestar:
    """The pages, without the door. ``form_token`` must come with every form."""
    pages = _Pages(desk=desk, form_token=form_token, static=_static())

    @get("/", sync_to_thread=True)
    def case_page(request: AnyRequest) -> Response[str]:
        return pages.case(_text(_fields(request)))

    @get("/try", sync_to_thread=True)
    def trial(request: AnyRequest) -> Response[str]:
        return pages.trial(_text(_fields(request)))

    @get("/edit", sync_to_thread=False)
    def editor() -> Response[str]:
        return pages.editor()

    @get("/case.yaml", sync_to_thread=False)
    def download() -> Response[str]:
        return pages.download()

    @get("/static/{name:str}", sync_to_thread=False)
    def static(name: FromPath[str]) -> Response[bytes]:
        return pages.file(name)

    @post("/choose", sync_to_thread=True)
    def choose(data: Form) -> Response[str]:
        return pages.choose(data)

    @post("/edit", sync_to_thread=True)
    def edit(data: Form) -> Response[str]:
        return pages.edit(data)

    @post("/step/{which:str}", sync_to_thread=True)
    def step(which: FromPath[str], data: Form) -> Response[str]:
        return pages.step(which, data)

    return Litestar(
        route_handlers=[case_page, trial, editor, download, static, choose, edit, step],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MOST_BYTES,
        exception_handlers={HTTPException: pages.failed, InputError: pages.wrong, 500: pages.broken},
    )


def _fields(request: AnyRequest) -> dict[str, str]:
    """What an address says; of several values the last."""
    return {key: values[-1] for key, values in request.query_params.dict().items()}


def _text(fields: Mapping[str, str]) -> Text | None:
    """The text that an address or a form names; ``None``: it names none."""
    named = {key.removeprefix(FIELD): value for key, value in fields.items() if key.startswith(FIELD)}
    if not named:
        return None
    return {ClaimId(claim): VersionId(version) for claim, version in named.items() if version}


def _static() -> dict[str, bytes]:
    """What pages load, by name. Read once: a name is looked up here and never on disk."""
    top = resources.files("tearline.web") / "static"
    folders = [top, *([top / "build"] if (top / "build").is_dir() else [])]
    found = {}
    for folder in folders:
        for each in folder.iterdir():
            if each.is_file() and each.name.rpartition(".")[2] in KINDS:
                found[each.name] = each.read_bytes()
    return found


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("tearline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["prose"] = views.prose
    return made


@attrs.define(eq=False)
class _Pages:
    """Requests already let in, answered from the desk."""

    desk: Desk
    form_token: str
    static: Mapping[str, bytes]
    _templates: Environment = attrs.field(factory=_environment, init=False)

    # --- to read -------------------------------------------------------------------------------------------

    def case(self, text: Text | None, fault: str = "", status: int = 200) -> Response[str]:
        """The page of the case, with one text tried: the recommended one unless another is named."""
        with self.desk.lock:
            found = self.desk.answer()
            tried = self.desk.tried(found.tearline.versions if text is None else text)
            return self._page(
                "case.html",
                status,
                **self._trial(tried.text),
                found=found,
                headline=views.headline(found),
                ladders=views.ladders(found, tried.text),
                recommended=views.address(found.tearline.versions, found.case),
                words=marked_words(found.case, found.tearline.versions, found.banner),
                marks=marks(found.banner),
                terms=views.terms(found),
                spoken=views.spoken(found),
                obstacles=views.why_not_more(found),
                ways=views.better(found),
                questions=views.questions(found),
                checks=views.to_check(found),
                figures=figures(found.case, tried, self.desk.frontier()),
                fault=fault,
            )

    def trial(self, text: Text | None) -> Response[str]:
        """Only what a text would mean: what a page asks for that shows everything else already."""
        with self.desk.lock:
            return self._page("trial.html", 200, **self._trial(text or {}))

    def _trial(self, text: Text) -> dict[str, Any]:
        found, tried = self.desk.answer(), self.desk.tried(text)
        return {
            "trial": views.trial(found, tried),
            "differences": views.differences(found.case, tried),
            "saying": [(f"{FIELD}{claim}", version) for claim, version in tried.text.items()],
        }

    def editor(
        self, text: str | None = None, problems: tuple[Problem, ...] = (), status: int = 200, theirs: str = ""
    ) -> Response[str]:
        """The text of the file, or what somebody made of it and could not be kept."""
        with self.desk.lock:
            shown = self.desk.working.text if text is None else text
            return self._page("edit.html", status, text=shown, problems=problems, theirs=theirs)

    def download(self) -> Response[str]:
        """The file to take along."""
        headers = {"content-disposition": 'attachment; filename="case.yaml"'}
        return Response(self.desk.working.text, media_type="application/yaml; charset=utf-8", headers=headers)

    def file(self, name: str) -> Response[bytes]:
        """What a page loads."""
        if name not in self.static:
            raise HTTPException(status_code=404)
        return Response(self.static[name], media_type=KINDS[name.rpartition(".")[2]])

    # --- to change ----------------------------------------------------------------------------------------------

    def choose(self, fields: Mapping[str, str]) -> Response[str]:
        """Make the text that was tried the proposal."""
        self._must_be_ours(fields)
        text = _text(fields) or {}
        with self.desk.lock:
            try:
                self.desk.choose(text, fields.get("made_to", ""))
            except StaleError as stale:
                return self.case(text, str(stale), 409)
            except InputError as wrong:
                return self.case(text, str(wrong), 422)
            return _see(views.address(text, self.desk.case))

    def edit(self, fields: Mapping[str, str]) -> Response[str]:
        """Put a text in the place of the file; one that cannot be used is shown again, with what is wrong."""
        self._must_be_ours(fields)
        with self.desk.lock:
            text = self._as_in_file(fields.get("text", ""))
            try:
                self.desk.working.change(text, fields.get("made_to", ""))
            except CaseFileError as wrong:
                return self.editor(text, wrong.problems, 422)
            except StaleError as stale:
                return self.editor(text, (Problem(message=str(stale)),), 409, self._now())
            except InputError as wrong:
                return self.editor(text, (Problem(message=str(wrong)),), 422)
        return _see("/")

    def step(self, which: str, fields: Mapping[str, str]) -> Response[str]:
        """Undo, redo, or go on with what is on disk."""
        self._must_be_ours(fields)
        working, made_to = self.desk.working, fields.get("made_to", "")
        steps = {
            "undo": lambda: working.undo(made_to),
            "redo": lambda: working.redo(made_to),
            "reload": working.reload,
        }
        if which not in steps:
            raise HTTPException(status_code=404)
        with self.desk.lock:
            try:
                steps[which]()
            except InputError as wrong:
                return self.case(None, str(wrong), 409)
        return _see("/")

    def _must_be_ours(self, fields: Mapping[str, str]) -> None:
        if not hmac.compare_digest(fields.get("form_token", "").encode(), self.form_token.encode()):
            raise HTTPException(status_code=403, detail="This form is not from this page. Nothing was done.")

    def _as_in_file(self, text: str) -> str:
        """Text as a form sends it, with the ends of line that the file has."""
        return text if "\r\n" in self.desk.working.text else text.replace("\r\n", "\n")

    def _now(self) -> str:
        """What stands on disk, where it can be read; else what is worked on."""
        working = self.desk.working
        return working.on_disk() or working.text

    # --- to answer ------------------------------------------------------------------------------------------------

    def failed(self, _: AnyRequest, failure: HTTPException) -> Response[str]:
        """A request that leads nowhere: what happened, and what was not done. Never a trace."""
        told = {404: "There is no such page.", 413: "This is more than a case file can hold. Nothing was kept."}
        detail = failure.detail if failure.status_code == 403 else told.get(failure.status_code, "")
        return self._page(
            "fault.html", failure.status_code, fault=detail or "This cannot be answered. Nothing was done."
        )

    def wrong(self, _: AnyRequest, wrong: InputError) -> Response[str]:
        """An address or a form that names what there is not."""
        return self._page("fault.html", 422, fault=str(wrong))

    def broken(self, _: AnyRequest, mistake: Exception) -> Response[str]:
        """A mistake of ours; the terminal is told which, the page is not."""
        traceback.print_exception(mistake)
        return self._page("fault.html", 500, fault="A mistake of ours: nothing was done. The terminal says more.")

    def _page(self, template: str, status: int, **shown: Any) -> Response[str]:
        working = self.desk.working
        text = self._templates.get_template(template).render(
            **shown,
            case=self.desk.case,
            name=working.name,
            is_file=working.path is not None,
            changed_on_disk=working.changed_on_disk(),
            made_to=working.digest,
            can_undo=working.can_undo,
            can_redo=working.can_redo,
            form_token=self.form_token,
            has_htmx="htmx.min.js" in self.static,
        )
        return Response(text, media_type=MediaType.HTML, status_code=status)


def _see(address: str) -> Response[str]:
    """Go and look at a page: nothing is done twice by loading it again."""
    return Response("", status_code=303, headers={"location": address}, media_type=MediaType.HTML)
