"""What was done with a proposal, as a page: entries in order, where it stands, what may follow."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.phrases import listed
from tearline.assess.proceeding import Barred
from tearline.cli.render import heading, item, paragraph
from tearline.cli.streams import shown
from tearline.domain import Case
from tearline.domain.dossier import Briefed, Edit, Entries, Entry, Moved, Spoken, Viewed, first_views
from tearline.domain.lifecycle import Verdict
from tearline.exchange.history import WireHistory

_ASIDE = 22
"""Columns of a time."""


def barred(out: Console, found: Barred) -> None:
    """Say why a move cannot be made."""
    since = f"{found.start.value} → " if found.start else ""
    _put(out, f"NOT RECORDED: {since}{found.to.value}", 0, "bold")
    for why in found.why:
        _point(out, f"{why}.")


def recorded(out: Console, case: Case, entry: Entry) -> None:
    """Say what was recorded."""
    _put(out, f"RECORDED, {entry.at:%Y-%m-%d %H:%M}Z: {_headline(case, entry)}", 0, "bold")
    _details(out, case, entry, indent=2)
    if isinstance(entry, Spoken):
        _put(out, "What was said is read from now on: put it under `given` in the case.")


def history(out: Console, case: Case, entries: Entries, found: WireHistory) -> None:
    """Print the whole history."""
    _put(out, case.title, 0, "bold")
    if not entries:
        _put(out, "Nobody has proposed it yet.", 0)
    early = first_views(entries)
    for entry in entries:
        note = " (before the answer)" if any(entry is view for view in early) else ""
        _put(out, _headline(case, entry) + note, _ASIDE, first=f"  {entry.at:%Y-%m-%d %H:%M}Z")
        _details(out, case, entry, indent=_ASIDE)
    heading(out, f"Now: {found.stage or 'not proposed'}{', VOID: the case was changed since' if found.void else ''}")
    for following in found.next:
        needs = f"; needs: {', '.join(following.needs)}" if following.needs else ""
        _point(out, f"{following.to}: {following.says}. Duty: {' or '.join(following.who)}{needs}.")
    if not found.next:
        _put(out, "Nothing follows.")


def _put(out: Console, text: str, indent: int = 2, style: str = "", first: str = "") -> None:
    """A paragraph; what somebody typed into a journal drives no terminal."""
    paragraph(out, shown(" ".join(text.split())), indent, style, first)


def _point(out: Console, text: str, indent: int = 2) -> None:
    item(out, shown(" ".join(text.split())), indent)


def _headline(case: Case, entry: Entry) -> str:
    because = f", because: {entry.because}" if entry.because else ""
    match entry:
        case Moved():
            against = ", AGAINST THE ANSWER" if entry.override else ""
            alone = f", alone under `{entry.alone}`" if entry.alone else ""
            return f"{entry.to.value} by {entry.by}{against}{alone}{because}"
        case Viewed():
            return f"{entry.by} thinks: {entry.view.words}{because}"
        case Briefed():
            return f"{entry.principal} briefed by {entry.by} with card {entry.card}{because}"
        case Spoken():
            said = listed(f"{claim} as {version}" for claim, version in entry.said.items())
            return f"said, according to {entry.by} (probability {entry.sure:g}): {said}{because}"
    return entry.by


def _details(out: Console, case: Case, entry: Entry, indent: int) -> None:
    match entry:
        case Moved():
            if entry.verdict is not None:
                _put(out, _answer(case, entry.verdict), indent)
                for condition in entry.verdict.conditions:
                    _point(out, condition, indent)
            _edits(out, entry.edits, indent)
        case Briefed():
            for caveat in entry.caveats:
                _point(out, f"told: “{caveat}”", indent)
        case Spoken():
            if entry.beyond:
                _put(out, f"BEYOND THE CARD: {listed(entry.beyond)}", indent, "bold")


def _answer(case: Case, verdict: Verdict) -> str:
    said = listed(f"{claim} as {version}" for claim, version in verdict.said.items()) if verdict.said else "nothing"
    asked = f" ({listed(case.party(p).label for p in verdict.consult)})" if verdict.consult else ""
    return f"The answer: {verdict.kind.words}{asked}; in words: {said}."


def _edits(out: Console, edits: tuple[Edit, ...], indent: int) -> None:
    """What was changed since a worse answer, what the better one hangs on first."""
    if not edits:
        return
    _put(out, "The answer was worse before. Changed since:", indent, "bold")
    for edit in sorted(edits, key=lambda each: each.needed is not True):
        _point(out, f"{edit.path}: {_was(edit.before)} → {_was(edit.after)}{_hangs(edit)}", indent)
    if not any(edit.needed for edit in edits):
        _put(out, "The answer hangs on none of them alone.", indent)


def _was(value: str | None) -> str:
    return "nothing" if value is None else value


def _hangs(edit: Edit) -> str:
    if edit.needed is None:
        return " (not tried alone)"
    return ": WITHOUT IT THE ANSWER IS WORSE" if edit.needed else ""
