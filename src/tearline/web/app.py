"""All pages of one desk as one application, behind its door."""

from __future__ import annotations

import traceback
from typing import Final, cast

import attrs
from litestar import Litestar, Response, Router
from litestar.exceptions import HTTPException

from tearline.cases.document import MAX_BYTES
from tearline.errors import CaseFileError, InputError, NothingOpenError
from tearline.web import api, card_page, case_page, editing, forms, reporting, starting, static_files, taking_page
from tearline.web.desk import Desk
from tearline.web.door import App, Door
from tearline.web.shell import AnyRequest, Shell

MOST_BYTES: Final = 3 * MAX_BYTES + 65_536
"""The largest request that is read: a whole case file, each byte spelled with three."""


def door(desk: Desk, port: int) -> Door:
    """The whole application for one case, behind its door."""
    found = Door(app=_nobody, port=port)
    found.app = cast(App, application(desk, found.form_token))
    return found


async def _nobody(*_: object) -> None:
    """What a door leads to before there is anything behind it."""


def application(desk: Desk, form_token: str, has_incident: bool = False) -> Litestar:
    """The pages, without the door. ``form_token`` must come with every form."""
    files = static_files.loaded()
    shell = Shell(desk=desk, form_token=form_token, has_htmx="htmx.min.js" in files, has_incident=has_incident)
    faults = _Faults(shell)

    pages = [
        *static_files.routes(files),
        *case_page.routes(shell),
        *card_page.routes(shell),
        *editing.routes(shell),
        *forms.routes(shell),
        *starting.routes(shell),
        *reporting.routes(shell),
        *taking_page.routes(shell),
    ]
    return Litestar(
        route_handlers=[Router("/", route_handlers=pages, include_in_schema=False), api.router(desk)],
        openapi_config=api.config(),
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
