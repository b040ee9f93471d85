"""The command that prints a page to be signed."""

from __future__ import annotations

import os
from pathlib import Path

from tearline.assess import assess
from tearline.assess.submission import Submission, submission
from tearline.cli import render_submission
from tearline.cli.answers import code, interruptible, waiting
from tearline.cli.files import faults_told, judge_place, opened
from tearline.cli.layout import console
from tearline.cli.streams import put_file, put_json, say
from tearline.errors import InputError
from tearline.exchange import submission as wire

FORMATS = ("terminal", "markdown")


def submit(case: str, *, form: str, out: Path | None, as_json: bool) -> int:
    """Print or write the submission of a case; return the exit code of its decision."""
    with faults_told(case, as_json=as_json):
        if form not in FORMATS:
            raise InputError(f"no format `{form}`; there is `terminal` and `markdown`")
        if out is not None:
            judge_place(out)
        file = opened(case)
        with waiting("searching for the best text", hint=" (Ctrl-C: answer now)") as told, interruptible() as asked:
            found = assess(file.case, progress=told, stop=asked)
        page = submission(found)
        if out is not None:
            written = wire.encode(page) + "\n" if as_json else _text(page, form)
            _write(out, written)
    if out is None and as_json:
        put_json(wire.encode(page))
    elif out is None and form == "markdown":
        put_file(render_submission.markdown(page))
    elif out is None:
        terminal = console()
        terminal.width = min(terminal.width, render_submission.COLUMNS)
        render_submission.page(terminal, page)
    return code(found)


def _text(page: Submission, form: str) -> str:
    return render_submission.markdown(page) if form == "markdown" else render_submission.plain(page)


def _write(out: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all, for its owner's eyes."""
    try:
        with open(out, "x", encoding="utf-8", opener=_privately) as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                out.unlink()
                raise
    except FileExistsError:
        raise InputError(f"`{out}` is there already; nothing was overwritten") from None
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        raise InputError(f"`{out}` cannot be written: {reason}; name another place") from failure
    say(f"written: {out}")


def _privately(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
