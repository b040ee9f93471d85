"""All pages of one desk as one application, behind its door."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from importlib import resources
from typing import Final, cast

import attrs
from litestar import Litestar, Response, get
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from tearline.cases.document import MAX_BYTES
from tearline.errors import CaseFileError, InputError, NothingOpenError
from tearline.web import case_page, editing, reporting, starting
from tearline.web.desk import Desk
from tearline.web.door import App, Door
from tearline.web.shell import AnyRequest, Shell

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
    files = _static()
    shell = Shell(desk=desk, form_token=form_token, has_htmx="htmx.min.js" in files)
    faults = _Faults(shell)

    @get("/static/{name:str}", sync_to_thread=False)
    def static(name: FromPath[str]) -> Response[bytes]:
        if name not in files:
            raise HTTPException(status_code=404)
        return Response(files[name], media_type=KINDS[name.rpartition(".")[2]])

    return Litestar(
        route_handlers=[
            static,
            *case_page.routes(shell),
            *editing.routes(shell),
            *starting.routes(shell),
            *reporting.routes(shell),
        ],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MOST_BYTES,
        exception_handlers={
            HTTPException: faults.failed,
            CaseFileError: faults.no_case,
            NothingOpenError: faults.no_case,
            InputError: faults.wrong,
            500: faults.broken,
        },
    )


def _static() -> Mapping[str, bytes]:
    """What pages load, by name. Read once: a name is looked up here and never on disk."""
    top = resources.files("tearline.web") / "static"
    folders = [top, *([top / "build"] if (top / "build").is_dir() else [])]
    found = {}
    for folder in folders:
        for each in folder.iterdir():
            if each.is_file() and each.name.rpartition(".")[2] in KINDS:
                found[each.name] = each.read_bytes()
    return found


@attrs.define(eq=False)
class _Faults:
    """What is answered when something cannot be."""

    shell: Shell

    def failed(self, _: AnyRequest, failure: HTTPException) -> Response[str]:
        """A request that leads nowhere: what happened, and what was not done. Never a trace."""
        told = {404: "There is no such page.", 413: "This is more than a case file can hold. Nothing was kept."}
        detail = failure.detail if failure.status_code == 403 else told.get(failure.status_code, "")
        return self._page(failure.status_code, detail or "This cannot be answered. Nothing was done.")

    def wrong(self, _: AnyRequest, wrong: InputError) -> Response[str]:
        """An address or a form that names what there is not."""
        return self._page(422, str(wrong))

    def no_case(self, request: AnyRequest, wrong: InputError) -> Response[str]:
        """A page that needs a case, where there is none to show: the editor, or where one begins."""
        return self.shell.nothing_to_show(request) or self.wrong(request, wrong)

    def broken(self, _: AnyRequest, mistake: Exception) -> Response[str]:
        """A mistake of ours; the terminal is told which, the page is not."""
        traceback.print_exception(mistake)
        return self._page(500, "A mistake of ours: nothing was done. The terminal says more.")

    def _page(self, status: int, fault: str) -> Response[str]:
        return self.shell.page("fault.html", status, fault=fault)
