"""The command `open` for an incident: its pages, and beside them those of the case that it is about."""

from __future__ import annotations

import os
import webbrowser
from typing import TYPE_CHECKING

from tearline import cases
from tearline.cases.incidents import incident_names, is_incident
from tearline.cases.opening import text_in
from tearline.cases.working import Working
from tearline.cli.streams import say
from tearline.errors import InputError

if TYPE_CHECKING:
    from tearline.web.desk import Desk
    from tearline.web.incident_desk import IncidentDesk


def means_incident(name: str) -> bool:
    """Whether a name means an incident: a file that says so of itself, or a shipped one that is no case too."""
    if os.path.isfile(name):
        try:
            return is_incident(text_in(name))
        except InputError:
            return False
    return name in incident_names() and name not in cases.names()


def both(name: str) -> bool:
    """Whether there is a shipped case and a shipped incident of a name, and no file: then the case is meant."""
    return not os.path.exists(name) and name in incident_names() and name in cases.names()


def open_incident(name: str, *, port: int, browser: bool) -> int:
    """Serve the pages of an incident until Ctrl-C."""
    from tearline.web.incident_desk import IncidentDesk
    from tearline.web.serving import serve_incident

    incident = IncidentDesk.on(name)
    desk = case_of(incident)

    def tell(address: str) -> None:
        print(address, flush=True)
        say("for this machine and one browser; the address works once. Ctrl-C ends.")
        if desk is None:
            say(f"`{name}` names no case, so there is no page of one")
        if browser:
            webbrowser.open(address)

    serve_incident(incident, desk, port, tell)
    return 0


def case_of(incident: IncidentDesk) -> Desk | None:
    """The desk of the case that an incident is about: its file, or a shipped one in memory."""
    from tearline.web.desk import Desk

    file, place = incident.file.case, incident.case_path
    if file is None:
        return None
    if place is None:
        return Desk(Working(name=incident.file.incident.case, path=None, file=file))
    return Desk(Working.on(str(place), file))
