"""Papers of a case as things stand: made from the answer of today or from what is on record, or not at all.

What goes by the record or the journal of a case goes before what its answer says: nothing is taken away that was
recalled, and what was released is taken in the words that are on record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.card import card
from tearline.assess.phrases import listed
from tearline.assess.recorded import with_record
from tearline.assess.verdict import on_day
from tearline.cases import CaseFile
from tearline.cases.journal import digest, path_of, read_journal
from tearline.domain import Allow, AllowIf, Ask, Case, ClaimId, VersionId
from tearline.domain.dossier import stage
from tearline.domain.lifecycle import Stage
from tearline.errors import InputError
from tearline.paper import Document, Paper, released, submission, tearline
from tearline.paper import card as card_paper

_OVER: Final = (Stage.REFUSED, Stage.CORRECTED, Stage.RECALLED, Stage.EXPIRED)
"""Where somebody has decided that it goes no further."""


@attrs.frozen(kw_only=True)
class Taken:
    """A paper, or why there is none.

    Attributes:
        paper: The paper; ``None``: it may not be made.
        answer: The answer that it rests on; ``None``: it rests on the record or the journal.
        told: What to say besides.
    """

    paper: Document | None
    answer: Assessment | None = None
    told: str = ""


def taken(file: CaseFile, wanted: Paper, *, path: Path | None, record: Path | None, at: dt.datetime) -> Taken:
    """A paper of a case as things stand.

    Args:
        path: Where the case lies, so that its journal lies beside it; ``None``: it is no file.
        record: Where the record lies, if there is one.
        at: What time it is.
    Raises:
        InputError: The record or the journal cannot be used, or says other words than the case.
    """
    match wanted:
        case Paper.CARD:
            found = card(file.case)
            return Taken(paper=card_paper(found), answer=found.found)
        case Paper.SUBMISSION:
            answer = assess(file.case)
            return Taken(paper=submission(answer), answer=answer)
        case Paper.TEARLINE:
            return _tearline(file, path, record, at)


def _tearline(file: CaseFile, path: Path | None, record: Path | None, at: dt.datetime) -> Taken:
    """The tearline of what is on record; else the draft of what may go today."""
    over = None if path is None else _over(path, at)
    if over is not None:
        return Taken(paper=None, told=f"no tearline: the journal says that it is {over.value}")
    judged, gone = _from_record(file, record)
    if gone is not None:
        return Taken(paper=gone)
    if judged.as_of is not None and judged.as_of > at.date():
        return Taken(paper=None, told="no tearline: the case is dated ahead of today")
    found = assess(on_day(judged, at.date()))
    if not isinstance(found.decision, Allow):
        return Taken(paper=None, answer=found, told=f"no tearline: {_why_not(found)}; see `tearline assess`")
    told = "a draft, for nothing is on record: `tearline release` first, then take it again"
    return Taken(paper=tearline(found, on=at.date()), answer=found, told=told)


def _over(path: Path, at: dt.datetime) -> Stage | None:
    """Where the journal of a case says that nothing goes any more."""
    found = stage(read_journal(path_of(str(path)), at))
    return found if found in _OVER else None


def _from_record(file: CaseFile, path: Path | None) -> tuple[Case, Document | None]:
    """The case with what is on record, and the tearline of its own release if there was one."""
    if path is None:
        return file.case, None
    from tearline.store import acts  # a database, which most papers do without
    from tearline.store.record import Record

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
