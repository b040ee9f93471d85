"""The command `take`: a paper of a case as a file. Standard output holds the paper, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.card import card
from tearline.assess.phrases import listed
from tearline.assess.verdict import on_day
from tearline.cases import CaseFile
from tearline.cases.journal import digest, path_of, read_journal
from tearline.cli.answers import ALLOWED, REFUSED, code, stages
from tearline.cli.files import STDIN, faults_told, opened
from tearline.cli.streams import put_file, say
from tearline.domain import Allow, AllowIf, Ask, Case, ClaimId, VersionId
from tearline.domain.dossier import stage
from tearline.domain.lifecycle import Stage
from tearline.errors import InputError
from tearline.paper import Document, Kind, Paper, released, submission, tearline, written
from tearline.paper import card as card_paper

_OVER = (Stage.REFUSED, Stage.CORRECTED, Stage.RECALLED, Stage.EXPIRED)
"""Where somebody has decided that it goes no further."""


@attrs.frozen(kw_only=True)
class Taken:
    """A paper, or why there is none.

    Attributes:
        paper: The paper; ``None``: it may not be made.
        code: How the command ends.
        told: What to say besides.
    """

    paper: Document | None
    code: int
    told: str = ""


def take(
    case: str, paper: str, *, kind: str | None, out: Path | None, force: bool, record: Path | None, at: dt.datetime
) -> int:
    """Write a paper of a case; return the exit code of the decision that it rests on.

    Args:
        at: What time it is.
    """
    wanted, written_as = _paper(paper), _kind(kind, out)
    with faults_told(case, as_json=written_as is Kind.JSON and out is None):
        if out is not None:
            _judge(out, force=force)
        file = opened(case)
        with stages() as told:
            told("the answer that the paper rests on")
            taken = _taken(case, file, wanted, record, at)
        content = None if taken.paper is None else written(taken.paper, written_as)
        if content is not None and out is not None:
            write_whole(out, content, force=force)
    if content is not None and out is None:
        _print(content, written_as)
    if taken.told:
        say(taken.told)
    if taken.paper is not None and out is not None:
        say(f"written: {out} ({taken.paper.name.lower()}, {_where(taken.paper)})")
    return taken.code


def _paper(named: str) -> Paper:
    try:
        return Paper(named)
    except ValueError:
        there_are = listed(f"`{each.value}`" for each in Paper)
        raise InputError(f"there is no paper `{named}`; there are {there_are}") from None


def _kind(named: str | None, out: Path | None) -> Kind:
    """What it is written as: what was asked for, else what the file is called, else Markdown."""
    wanted = named if named is not None else out.suffix.removeprefix(".") if out is not None else Kind.MARKDOWN.value
    try:
        return Kind(wanted)
    except ValueError:
        kinds = listed(f"`{each.value}`" for each in Kind)
        hint = "" if named is not None else "; say `--as`"
        raise InputError(f"nothing is written as `{wanted}`; there are {kinds}{hint}") from None


def _where(paper: Document) -> str:
    return "may leave the house" if paper.leaves and not paper.is_draft else "stays in the house"


def _taken(case: str, file: CaseFile, wanted: Paper, record: Path | None, at: dt.datetime) -> Taken:
    match wanted:
        case Paper.CARD:
            found = card(file.case)
            return Taken(paper=card_paper(found), code=code(found.found))
        case Paper.SUBMISSION:
            answer = assess(file.case)
            return Taken(paper=submission(answer), code=code(answer))
        case Paper.TEARLINE:
            return _tearline(case, file, record, at)


# --- the tearline ------------------------------------------------------------------------------------------


def _tearline(case: str, file: CaseFile, record: Path | None, at: dt.datetime) -> Taken:
    """The tearline of what is on record; else the draft of what may go today."""
    over = _over(case, at)
    if over is not None:
        return Taken(paper=None, code=REFUSED, told=f"no tearline: the journal says that it is {over.value}")
    judged, gone = _from_record(file, record)
    if gone is not None:
        return Taken(paper=gone, code=ALLOWED)
    if judged.as_of is not None and judged.as_of > at.date():
        return Taken(paper=None, code=REFUSED, told="no tearline: the case is dated ahead of today")
    found = assess(on_day(judged, at.date()))
    if not isinstance(found.decision, Allow):
        return Taken(paper=None, code=code(found), told=f"no tearline: {_why_not(found)}; see `tearline assess`")
    told = "a draft, for nothing is on record: `tearline release` first, then take it again"
    return Taken(paper=tearline(found, on=at.date()), code=ALLOWED, told=told)


def _over(case: str, at: dt.datetime) -> Stage | None:
    """Where the journal of a case says that nothing goes any more."""
    if case == STDIN or not os.path.isfile(case):
        return None
    found = stage(read_journal(path_of(case), at))
    return found if found in _OVER else None


def _from_record(file: CaseFile, named: Path | None) -> tuple[Case, Document | None]:
    """The case with what is on record, and the tearline of its own release if there was one."""
    from tearline.assess.recorded import with_record
    from tearline.cli import kept  # a database, which most papers do without
    from tearline.store import acts
    from tearline.store.record import Record

    path = kept.place(named)
    if named is None and not os.path.lexists(path):
        return file.case, None
    with Record.opened(path) as record:
        entry = acts.release_on(record, digest(file.text))
        if entry is None:
            return with_record(file.case, acts.released(record)), None
        return file.case, _gone(file.case, acts.checked(entry), entry.at, entry.commitment)


def _gone(case: Case, says: Mapping[str, Any], at: int, commitment: bytes) -> Document:
    """The tearline of a release, in the words that are on record."""
    on = dt.datetime.fromtimestamp(at, dt.UTC).date()
    said = {ClaimId(one["claim"]): VersionId(one["version"]) for one in says["told"]}
    made = released(on_day(case, on), said, on=on, reference=_reference(commitment))
    words = tuple(one.words for part in made.parts for one in part.sentences)
    if words != tuple(" ".join(each.split()) for each in says["may_leave"]["words"]):
        raise InputError("the record has other words than the case; look at `tearline record show`")
    return made


def _reference(commitment: bytes) -> str:
    """What a release is filed under: the beginning of its commitment. A running number would tell how busy we are."""
    digits = commitment.hex()[:12]
    return "-".join(digits[start : start + 4] for start in range(0, 12, 4))


def _why_not(found: Assessment) -> str:
    """Why nothing goes now, in a clause."""
    case, made = found.case, found.decision
    to = case.party(case.proposal.to).label
    if isinstance(made, Ask):
        return f"{listed(case.party(party).label for party in made.consult)} must be asked first"
    if isinstance(made, AllowIf):
        return f"it may go to {to} only under conditions, and `tearline release` must find them signed for first"
    return f"nothing may go to {to}"


# --- where it goes -----------------------------------------------------------------------------------------


def _print(content: bytes, kind: Kind) -> None:
    """The paper on standard output, to the letter."""
    if kind is not Kind.PDF:
        put_file(content.decode())
        return
    if sys.stdout.isatty():
        raise InputError("a PDF is no page for a terminal; say where it goes: `-o FILE`")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _judge(out: Path, *, force: bool) -> None:
    """Refuse a place that cannot be written to before anything is worked out."""
    if out.is_dir():
        raise InputError(f"`{out}` is a directory; name a file in it")
    if os.path.lexists(out) and not force:
        raise InputError(f"`{out}` is there already; nothing was overwritten; `--force` overwrites")
    if not out.parent.is_dir():
        raise InputError(f"`{out}` cannot be written: there is no directory `{out.parent}`; make it first")


def write_whole(out: Path, content: bytes, *, force: bool) -> None:
    """Write a file, whole or not at all, for its owner's eyes.

    Without ``force`` the name is taken first, so nothing that comes to lie there meanwhile is overwritten.
    """
    made = ""
    try:
        if not force:
            os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            place, made = tempfile.mkstemp(prefix=".tearline.", dir=out.parent)
            with os.fdopen(place, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(made, out)
        except OSError:
            _removed(made, *([] if force else [str(out)]))
            raise
    except FileExistsError:
        raise InputError(f"`{out}` is there already; nothing was overwritten; `--force` overwrites") from None
    except OSError as failure:
        reason = (failure.strerror or str(failure)).lower()
        raise InputError(f"`{out}` cannot be written: {reason}; name another place") from failure


def _removed(*names: str) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            os.unlink(name)
