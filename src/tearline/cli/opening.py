"""The command `open`: a page for one case, in the browser of whoever sits at this machine."""

from __future__ import annotations

import importlib.util
import os
import webbrowser

from tearline.cases.working import Working
from tearline.cli.files import STDIN, opened
from tearline.cli.opening_incident import both, means_incident, open_incident
from tearline.cli.streams import say
from tearline.errors import InputError

NEEDED = ("jinja2", "litestar", "uvicorn")


def open_page(case: str, *, port: int, browser: bool, incident: bool = False) -> int:
    """Serve the page until Ctrl-C. ``incident``: an incident is meant, also where a case has the same name."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(f"the page needs {', '.join(missing)}; install tearline[web]")
    if incident or means_incident(case):
        return open_incident(case, port=port, browser=browser)
    file = opened(case)
    is_file = case != STDIN and os.path.isfile(case)
    working = Working.on(case, file) if is_file else Working(name=case, path=None, file=file)

    from tearline.web.desk import Desk
    from tearline.web.serving import serve

    def tell(address: str) -> None:
        print(address, flush=True)
        say("for this machine and one browser; the address works once. Ctrl-C ends.")
        if both(case):
            say(f"there is an incident `{case}` too: tearline open {case} --incident")
        if working.path is None:
            say(f"`{case}` is no file of yours: changes live as long as this page, unless you take them along")
        if browser:
            webbrowser.open(address)

    serve(Desk(working), port, tell)
    return 0
