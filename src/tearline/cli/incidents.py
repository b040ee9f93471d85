"""Commands about incidents: what one cost, how two compare, beginning a file."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs

from tearline.cases.incident_interview import (
    MOST_QUESTIONS,
    compose_incident,
    fault_of,
    first_questions,
    questions_about,
)
from tearline.cases.incident_templates import incident_template
from tearline.cases.incidents import (
    IncidentFile,
    case_named,
    incident_names,
    incident_text,
    load_incident,
    shipped_incident,
)
from tearline.cases.interview import Question, answer_to
from tearline.cases.read import STDIN
from tearline.cases.scalars import Day, MalformedError
from tearline.cli import render_damage
from tearline.cli.asking import asked
from tearline.cli.clock import now
from tearline.cli.files import faults_told, judge_place, write_new
from tearline.cli.layout import console, paragraph
from tearline.cli.streams import put_file, put_json, say
from tearline.damage import comparing
from tearline.damage.assessment import Damage
from tearline.damage.assessment import damage as damage_of
from tearline.damage.history import history
from tearline.damage.moving import movers
from tearline.damage.phrases import counted
from tearline.damage.telling import to_tell
from tearline.domain import Case
from tearline.domain.incidents import IncidentKind
from tearline.errors import CaseFileError, InputError
from tearline.exchange import damage as wire

DONE = 0


def opened(name: str) -> IncidentFile:
    """An incident by file, by the name of a shipped one, or from standard input; a file of that name wins.

    Raises:
        CaseFileError: The file cannot be used.
        InputError: There is neither.
    """
    is_file = os.path.isfile(name) or (os.path.exists(name) and name not in incident_names())
    if name == STDIN or is_file or any(mark in name for mark in "./\\"):
        return load_incident(name)
    return shipped_incident(name)


def damage(name: str, *, as_of: str | None, hold: bool, as_json: bool) -> int:
    """Print the assessment, or under legal hold only counts and whom to tell."""
    with faults_told(name, as_json=as_json):
        file = opened(name)
        found = _assessed(file, _day(as_of))
    held = hold or found.incident.legal_hold
    tell = to_tell(found)
    if as_json:
        past = () if held else history(found.incident, _case(file), found)
        moved = () if held else movers(found.incident, _case(file), found)
        put_json(wire.encode(found, tell, past, moved, held=held, counts=counted(found)))
        return DONE
    out = console()
    if held:
        render_damage.counts(out, found, tell)
    else:
        past, moved = history(found.incident, _case(file), found), movers(found.incident, _case(file), found)
        render_damage.page(out, found, tell, past, moved)
    return DONE


def _assessed(file: IncidentFile, day: dt.date | None = None) -> Damage:
    incident = file.incident if day is None else file.incident.known_by(day)
    if day is not None and day < incident.on:
        raise InputError(f"`--as-of`: {day} is before it happened, on {incident.on}")
    return damage_of(incident, _case(file))


def _to_compare(name: str) -> Damage:
    """The assessment of one that may be compared."""
    file = opened(name)
    if file.incident.legal_hold:
        raise InputError(f"{name}: legal hold: no assessment is written, and none is compared")
    return _assessed(file)


def _case(file: IncidentFile) -> Case | None:
    return file.case.case if file.case else None


def _day(as_of: str | None) -> dt.date | None:
    if as_of is None:
        return None
    try:
        return Day().parse(as_of)
    except MalformedError as malformed:
        raise InputError(f"`--as-of`: {malformed}; {malformed.hint}") from None


def list_(name: str | None, *, as_json: bool) -> int:
    """List the shipped incidents, or print one as it was written."""
    with faults_told(name, as_json=as_json):
        text = incident_text(name) if name is not None else None
    if text is not None:
        if as_json:
            put_json(json.dumps({"tearline_incidents": 1, "name": name, "text": text}, indent=2))
        else:
            put_file(text)
        return DONE
    shipped = {each: shipped_incident(each).incident for each in incident_names()}
    if as_json:
        listed = [{"name": each, "title": incident.title} for each, incident in shipped.items()]
        put_json(json.dumps({"tearline_incidents": 1, "incidents": listed}, indent=2))
        return DONE
    out = console()
    width = max(map(len, shipped), default=0) + 2
    for each, incident in shipped.items():
        paragraph(out, incident.title, indent=width, first=each)
    print("\ntearline damage NAME assesses one; tearline incident list NAME prints it.")
    return DONE


def new(template: str | None, output: Path | None, *, as_json: bool) -> int:
    """Ask, compose and print an incident, or print a template; or write it to a file that is not there yet."""
    with faults_told(None, as_json=as_json):
        if output is not None:
            judge_place(output)
        folder = os.curdir if output is None else os.path.dirname(output) or os.curdir
        text = incident_template(template) if template is not None else _interview(folder)
        if output is not None:
            write_new(output, text)
            say(f"written: {output}; next: tearline damage {shlex.quote(str(output))}")
            say("every line that you do not know may stay out")
    if as_json:
        put_json(json.dumps({"tearline_incident_new": 1, "incident": text}, indent=2))
    elif output is None:
        put_file(text)
    return DONE


def _interview(folder: str) -> str:
    """Ask; the case is opened once it is named, so that the later questions are about it."""
    today = now().date()
    print(f"At most {MOST_QUESTIONS} questions; return alone takes the answer in brackets.", file=sys.stderr)
    first = first_questions(today)
    answers: dict[str, str] = {}

    def fault(question: Question, answer: str) -> str:
        return _first_fault(question, answer, folder)

    for number, question in enumerate(first, 1):
        answers[question.key] = answer_to(question, {question.key: asked(number, question, fault)})
    case = case_named(answers["case"], folder).case

    def fault_about_it(question: Question, answer: str) -> str:
        return fault_of(question, answer, case)

    for number, question in enumerate(questions_about(case, IncidentKind(answers["kind"])), len(first) + 1):
        answers[question.key] = asked(number, question, fault_about_it)
    print(file=sys.stderr)
    return compose_incident(answers, case, today)


def _first_fault(question: Question, answer: str, folder: str) -> str:
    """What is wrong with an answer before the case is open; for the case itself whether it opens."""
    if question.key != "case":
        return fault_of(question, answer)
    try:
        case_named(answer_to(question, {question.key: answer}), folder)
    except CaseFileError as wrong:
        return f"{wrong.problems[0].seen_in(wrong.name)}; `tearline check` lists all faults"
    except InputError as wrong:
        return str(wrong)
    return ""


@attrs.frozen(eq=False)
class Named:
    """An incident under the name that it was given."""

    name: str
    found: Damage


def compare(names: Sequence[str], svg: Path | None, *, as_json: bool) -> int:
    """Set incidents against each other: a chart of all, and the first against every other one."""
    with faults_told(names[0] if names else None, as_json=as_json):
        chosen = list(dict.fromkeys(names)) or list(incident_names())
        if len(chosen) < 2:
            raise InputError("name two incidents to compare, or none to compare all shipped ones")
        if svg is not None:
            judge_place(svg)
        all_of_them = [Named(os.path.basename(name).removesuffix(".yaml"), _to_compare(name)) for name in chosen]
    pairs = list(itertools.combinations(all_of_them, 2))
    if names:
        pairs = [pair for pair in pairs if pair[0] is all_of_them[0]]
    found = [(one.name, other.name, comparing.compare(one.found, other.found)) for one, other in pairs]
    if svg is not None:
        write_new(svg, render_damage.svg([(each.name, each.found.scale) for each in all_of_them]))
    if as_json:
        put_json(wire.encode_comparison([(each.name, each.found) for each in all_of_them], found))
    else:
        shown = [(each.name, each.found) for each in all_of_them]
        render_damage.comparison(console(), shown, found if names else ())
    return DONE
