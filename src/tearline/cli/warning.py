"""The command about a warning: words, clock, debts; and the page that goes."""

from __future__ import annotations

import datetime as dt

from tearline.assess.urgent.package import package as package_of
from tearline.assess.urgent.plan import Plan, plan
from tearline.cases.moments import Moment
from tearline.cases.scalars import MalformedError
from tearline.cli import render, render_warning
from tearline.cli.answers import ALLOWED, CONDITIONAL, REFUSED, interruptible, waiting
from tearline.cli.files import faults_told, opened
from tearline.cli.streams import put_file, put_json
from tearline.domain import Refuse
from tearline.errors import InputError
from tearline.exchange import warning as wire


def warn(case: str, *, at: str | None, package: bool, signed: str, as_json: bool) -> int:
    """Print the warning, or only its page; return the exit code of the whole."""
    with faults_told(case, as_json=as_json):
        found = planned(case, _moment(at))
        page = package_of(found, signed) if package or signed else ""
    if as_json:
        put_json(wire.encode(found))
    elif package:
        put_file(page)
        return ALLOWED
    else:
        render_warning.warning(render.console(), found)
    return code(found)


def planned(case: str, at: dt.datetime | None) -> Plan:
    """The warning of a case by file or name."""
    file = opened(case)
    assumed = [f"{a.path}: {a.what}" for a in file.assumed]
    with waiting("searching for the best text", hint=" (Ctrl-C: answer now)") as told, interruptible() as asked:
        return plan(file.case, at=at, assumed=assumed, progress=told, stop=asked)


def _moment(at: str | None) -> dt.datetime | None:
    if at is None:
        return None
    try:
        return Moment().parse(at)
    except MalformedError as malformed:
        raise InputError(f"`--at`: {malformed}; {malformed.hint}") from None


def code(found: Plan) -> int:
    """0: all of it may go now; 4: the recipient is told nothing; 3: something must be done first."""
    if isinstance(found.first.decision, Refuse):
        return REFUSED
    return ALLOWED if found.may_go else CONDITIONAL
