"""Commands about rules: policy check, policy why, policy list."""

from __future__ import annotations

import datetime as dt
import json
import os

import attrs

from tearline.assess.ruled import why as why_of
from tearline.cases import policies
from tearline.cases.scalars import Day, MalformedError
from tearline.cli import render_rules
from tearline.cli.files import FINE, faults_told, opened
from tearline.cli.render import console, paragraph
from tearline.cli.streams import put_file, put_json
from tearline.domain import Case, Policy
from tearline.errors import InputError
from tearline.exchange import rules as wire
from tearline.policy.review import review

FAULTY = 3


def policy_named(name: str) -> Policy:
    """A policy by file, or by the name of a shipped one; a file of that name wins, a directory does not.

    Raises:
        CaseFileError: The file cannot be used.
        InputError: There is neither a file nor a shipped policy of that name.
    """
    if os.path.isfile(name) or policies.is_file_name(name):
        return policies.load_policy(name)
    return policies.shipped_policy(name)


def under(case: Case, name: str | None) -> Case:
    """The case, under another policy where one is named."""
    return case if name is None else attrs.evolve(case, policy=policy_named(name))


def check(names: list[str], *, on: str | None, as_json: bool) -> int:
    """Print every fault of some policies; 3 if there is any."""
    with faults_told(None, as_json=as_json):
        day = _day(on)
        found = [review(policy_named(name), on=day) for name in dict.fromkeys(names)]
    if as_json:
        put_json(wire.encode_check(found))
    else:
        out = console()
        for place, each in enumerate(found):
            if place:
                out.print()
            render_rules.review(out, each)
    return FINE if all(each.sound for each in found) else FAULTY


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return Day().parse(text)
    except MalformedError as wrong:
        raise InputError(f"`--on`: {wrong}; {wrong.hint}" if wrong.hint else f"`--on`: {wrong}") from None


def why(case: str, policy: str | None, *, as_json: bool) -> int:
    """Print which rules apply to a case, and what would have to change."""
    with faults_told(case, as_json=as_json):
        found = why_of(under(opened(case).case, policy))
    if as_json:
        put_json(wire.encode_why(found))
    else:
        render_rules.why(console(), found)
    return FINE


def show(name: str | None, *, as_json: bool) -> int:
    """List the shipped policies, or print one as it was written."""
    with faults_told(name, as_json=as_json):
        shipped = {each: policies.shipped_policy(each) for each in policies.policy_names()}
        text = None if name is None else policies.policy_text(name)
    if as_json:
        listed = [{"name": each, "title": policy.title} for each, policy in shipped.items()]
        said = {"policies": listed} if text is None else {"name": name, "text": text}
        put_json(json.dumps({"tearline_policies": 1, **said}, indent=2))
    elif text is not None:
        put_file(text)
    else:
        out, width = console(), max(map(len, shipped), default=0) + 2
        for each, policy in shipped.items():
            paragraph(out, policy.title, indent=width, first=each)
    return FINE
