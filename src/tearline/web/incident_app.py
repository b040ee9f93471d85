"""The pages of an incident as one application, beside those of its case and behind the same door."""

from __future__ import annotations

import traceback
from typing import Final, cast

import attrs
from litestar import Litestar, Response, get
from litestar.exceptions import HTTPException

from tearline.errors import InputError
from tearline.web import incident_page, static_files
from tearline.web.app import application
from tearline.web.desk import Desk
from tearline.web.door import App, Door, Receive, Scope, Send
from tearline.web.incident_desk import IncidentDesk
from tearline.web.incident_page import IncidentShell
from tearline.web.shell import AnyRequest, see

FIRST: Final = "/incident"


def incident_door(incident: IncidentDesk, desk: Desk | None, port: int) -> Door:
    """The whole application for one incident, and for its case where it has one, behind its door."""
    found = Door(app=_nobody, port=port, first=FIRST)
    shell = IncidentShell(desk=incident, form_token=found.form_token, has_case=desk is not None)
    case = None if desk is None else cast(App, application(desk, found.form_token, has_incident=True))
    found.app = _Beside(incident=cast(App, incident_application(shell)), case=case)
    return found


async def _nobody(*_: object) -> None:
    """What a door leads to before there is anything behind it."""


@attrs.frozen(eq=False)
class _Beside:
    """Two applications side by side: what is under :data:`FIRST` is the incident's, everything else the case's."""

    incident: App
    case: App | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", FIRST)
        is_incident = path == FIRST or path.startswith(f"{FIRST}/")
        await (self.incident if is_incident or self.case is None else self.case)(scope, receive, send)


def incident_application(shell: IncidentShell) -> Litestar:
    """The pages of the incident, without the door."""
    faults = _Faults(shell)

    @get("/", sync_to_thread=False)
    def first() -> Response[str]:
        return see(FIRST)

    return Litestar(
        route_handlers=[first, *static_files.routes(static_files.loaded()), *incident_page.routes(shell)],
        openapi_config=None,
        logging_config=None,
        exception_handlers={HTTPException: faults.failed, InputError: faults.wrong, 500: faults.broken},
    )


@attrs.define(eq=False)
class _Faults:
    """What is answered when something cannot be."""

    shell: IncidentShell

    def failed(self, _: AnyRequest, failure: HTTPException) -> Response[str]:
        """A request that leads nowhere. Never a trace."""
        told = {404: "There is no such page.", 403: failure.detail}
        return self._page(failure.status_code, told.get(failure.status_code, "This cannot be answered."))

    def wrong(self, _: AnyRequest, wrong: InputError) -> Response[str]:
        """An address that names what there is not, or what a legal hold forbids."""
        return self._page(422, str(wrong))

    def broken(self, _: AnyRequest, mistake: Exception) -> Response[str]:
        """A mistake of ours; the terminal is told which, the page is not."""
        traceback.print_exception(mistake)
        return self._page(500, "A mistake of ours: nothing was done. The terminal says more.")

    def _page(self, status: int, fault: str) -> Response[str]:
        return self.shell.page("incident_fault.html", status, fault=fault)
