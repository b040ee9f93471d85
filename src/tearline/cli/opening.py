"""The command `open`: a page for one case, in the browser of whoever sits at this machine."""

from __future__ import annotations

import importlib.util
import os
import webbrowser

from tearline.cases.working import Working, held
from tearline.cli.files import STDIN, opened, text_opened
from tearline.cli.opening_incident import both, means_incident, open_incident
from tearline.cli.streams import say
from tearline.errors import InputError

NEEDED = ("jinja2", "litestar", "uvicorn")


def open_page(case: str | None, *, port: int, browser: bool, incident: bool = False) -> int:
    """Serve the page until Ctrl-C. Without a case it shows where one begins.

    Args:
        incident: An incident is meant, also where a case has the same name.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(f"the page needs {', '.join(missing)}; install tearline[web]")
    if incident and case is None:
        raise InputError("`--incident` needs the name of one, such as: tearline open oval-office --incident")
    if case is not None and (incident or means_incident(case)):
        return open_incident(case, port=port, browser=browser)
    working = None if case is None else worked_on(case)

    from tearline.web.desk import Desk
    from tearline.web.serving import serve

    def tell(address: str) -> None:
        print(address, flush=True)
        say("for this machine and one browser; the address works once. Ctrl-C ends.")
        if working is not None:
            _tell_of(working)
        if case is not None and both(case):
            say(f"there is an incident `{case}` too: tearline open {case} --incident")
        if browser:
            webbrowser.open(address)

    serve(Desk(working), port, tell)
    return 0


def worked_on(case: str) -> Working:
    """What a case is called by, to be worked on; a text that is no case yet is opened too.

    Raises:
        InputError: There is nothing of that name, or nothing that is text.
    """
    text = text_opened(case)
    if text is None:
        return Working(name=case, path=None, file=opened(case))
    if case == STDIN:
        return Working(name="stdin", path=None, file=held(text, "stdin", None), is_copy=False)
    return Working.on(case, held(text, case, os.path.dirname(case) or os.curdir))


def _tell_of(working: Working) -> None:
    if working.path is None:
        say(f"`{working.name}` is no file of yours: changes live as long as this page, unless you save them")
    if working.problems:
        count = len(working.problems)
        say(f"{working.name}: {'1 fault' if count == 1 else f'{count} faults'}; the page shows where")
