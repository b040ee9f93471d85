"""The commands `draft` and `new --from`: a report sentence by sentence, and the case that follows from it."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import sys
from pathlib import Path

from tearline import drafting
from tearline.cases.document import MAX_BYTES
from tearline.cases.opening import decoded, text_in
from tearline.cli.files import FINE, STDIN, faults_told, judge_place, write_new
from tearline.cli.layout import console, heading, item, paragraph
from tearline.cli.streams import put_file, put_json, say
from tearline.drafting import Drafted
from tearline.errors import InputError
from tearline.exchange import drafting as wire

NO_PLACES = "places are not proposed: the extra `drafting` is not installed (pip install 'tearline[drafting]')"


def new_from(
    report: str | None, *, template: str | None, accept: bool, written: str | None, output: Path | None, as_json: bool
) -> int:
    """Write the case of a report, or print it."""
    with faults_told(report, as_json=as_json):
        if report is None:
            raise InputError("`--accept` and `--written` are about a report; name it: `--from report.txt`")
        if template is not None:
            raise InputError("`--from` and `--template` exclude each other; name one")
        if output is not None:
            judge_place(output)
        text, day = _text_of(report), _day(written)
        gazetteer = drafting.installed() or drafting.Gazetteer({})
        marked = drafting.everything(drafting.drafted(text, None, gazetteer, day)) if accept else None
        case = drafting.draft(text, None, marked, gazetteer, day)
        if output is not None:
            write_new(output, case)
            say(f"written: {output}; next: tearline assess {shlex.quote(str(output))}")
    _say_what_is_missing()
    say("every vaguer wording is a proposal: rules made it, and whether it is true nobody has checked")
    if as_json:
        put_json(json.dumps({"tearline_new": 1, "case": case}, indent=2))
    elif output is None:
        put_file(case)
    return FINE


def draft(report: str, *, written: str | None, as_json: bool) -> int:
    """Print what points at a source and what could be said instead."""
    with faults_told(report, as_json=as_json):
        text = _text_of(report)
        claims = drafting.drafted(text, None, drafting.installed() or drafting.Gazetteer({}), _day(written))
    _say_what_is_missing()
    if as_json:
        put_json(wire.encode(claims))
    else:
        _page(claims)
    return FINE


def _say_what_is_missing() -> None:
    if drafting.installed() is None:
        say(NO_PLACES)


def _text_of(report: str) -> str:
    """The text of a report file or of standard input (CaseFileError if it cannot be read)."""
    if report != STDIN:
        return text_in(report)
    try:
        return decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    except OSError as failure:
        raise InputError(f"stdin: cannot be read: {(failure.strerror or str(failure)).lower()}") from failure


def _day(written: str | None) -> dt.date | None:
    try:
        return None if written is None else dt.date.fromisoformat(written)
    except ValueError:
        raise InputError(f"`{written}` is no day; write it as 2026-11-20") from None


def _page(claims: tuple[Drafted, ...]) -> None:
    out = console()
    for number, claim in enumerate(claims, 1):
        heading(out, f"c{number}")
        paragraph(out, claim.text)
        for telltale in claim.telltales:
            item(out, f"{telltale.sign.value} `{telltale.words}`: {telltale.why}; {telltale.do}")
        for vaguer in claim.vaguer:
            paragraph(out, vaguer.text, indent=10, first=f"  {vaguer.level.name.lower()}")
        for taken in dict.fromkeys(one.taken for one in claim.found if one.taken):
            item(out, taken)
    out.print()
    paragraph(
        out, "Proposed by rules that know no facts: whether the vaguer words are true, somebody must say.", indent=0
    )
