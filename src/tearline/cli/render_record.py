"""What is on record, as pages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from tearline.assess.phrases import listed
from tearline.assess.proceeding import Barred
from tearline.assess.releasing import Waiting
from tearline.cli.layout import heading, item, paragraph
from tearline.cli.record_json import Shown
from tearline.cli.streams import shown as escaped
from tearline.domain import Case
from tearline.store.acts import OVERRIDE, REFUSAL, RELEASE, WAIVER
from tearline.store.record import ERASURE, Entry
from tearline.store.verifying import Verdict

_ASIDE = 6


def release(out: Console, told: Shown) -> None:
    """A release or a refusal, with its number."""
    says: Mapping[str, Any] = told.entry.content or {}
    again = " (it was on record before; nothing was added)" if told.again else ""
    if told.entry.kind == RELEASE:
        _put(out, f"RELEASED to {says['called']}, number {told.entry.seq}, {_time(told.entry.at)}{again}", 0, "bold")
        for words in says["may_leave"]["words"]:
            _put(out, f"“{words}”")
        _put(out, f"Limits of use: {'; '.join(says['may_leave']['limits_of_use'])}.")
        _put(out, f"Handed over by {says['by']}; authority: {says['authority']}.")
    else:
        _put(out, f"NOT RELEASED: the refusal is on record as number {told.entry.seq}{again}", 0, "bold")
        _refusal(out, says, 2)
    _put(out, f"Record: {told.record}")
    _head(out, told.head)


def barred(out: Console, found: Barred) -> None:
    """Why it cannot be released."""
    _put(out, "NOT RELEASED, and nothing is on record:", 0, "bold")
    for why in found.why:
        item(out, escaped(f"{why}."))


def waiting(out: Console, case: Case, found: Waiting) -> None:
    """What is missing before it can be released."""
    _put(out, "NOT RELEASED YET, and nothing is on record:", 0, "bold")
    for party in found.consult:
        item(out, escaped(f"{case.party(party).label} must be asked first; put its answer under `consents`."))
    for condition in found.unsigned:
        item(out, escaped(f"nobody but the proposer has signed that {condition}; put it under `proposal.signed`."))


def show(
    out: Console, entries: Sequence[Entry], changed: Sequence[int], head: str, counts: Mapping[str, int], full: bool
) -> None:
    """Everything on record."""
    for entry in entries:
        untouched = entry.seq not in changed
        text = f"{_time(entry.at)}  {_headline(entry) if untouched else _changed(entry)}"
        _put(out, text, _ASIDE, first=f"{entry.seq:>4}  ")
        if full and untouched and entry.content is not None:
            _details(out, entry.kind, entry.content)
    if not entries:
        _put(out, "Nothing is on record.", 0)
    if full:
        heading(out, "Counts")
        for what, count in counts.items():
            item(out, f"{what.replace('_', ' ')}: {count}")
    out.print()
    _head(out, head, 0)


def _changed(entry: Entry) -> str:
    """An entry that does not say what was committed to: nothing that it says now is taken for something known."""
    now = "nothing, and no erasure of it is on record" if entry.content is None else json.dumps(entry.content)
    return f"CHANGED SINCE IT WAS WRITTEN: {entry.kind}; what stands there now: {now}"


def _headline(entry: Entry) -> str:
    if entry.content is None:
        return f"{entry.kind}, erased: nobody knows any more what it said"
    says: Mapping[str, Any] = entry.content
    match entry.kind:
        case "release":
            what = listed(f"{one['claim']} as {one['version']}" for one in says["told"])
            return f"release to {says['called']}: {what}"
        case "refusal":
            return f"refusal, nothing to {says['called']}; owner: {says['owner']}"
        case "waiver":
            return f"waiver of a warning by {says['by']}: {says['ground']}"
        case "override":
            return f"without the consent of {says['party']}, by {says['by']}"
        case "erasure":
            return f"erasure of number {says['of']} by {says['by']}: {says['why']}"
    return entry.kind


def _details(out: Console, kind: str, says: Mapping[str, Any]) -> None:
    indent = _ASIDE
    if kind == RELEASE:
        for words in says["may_leave"]["words"]:
            _put(out, f"“{words}”", indent)
        _put(out, f"Limits of use: {'; '.join(says['may_leave']['limits_of_use'])}.", indent)
        against = " AGAINST THE ANSWER" if says["against_the_answer"] else ""
        decided = f"Proposed by {says['proposed_by'] or 'nobody named'}; authority {says['authority']}{against}"
        because = f", because: {says['because']}" if says["because"] else ""
        _put(out, f"{decided}{because}; handed over by {says['by']}. Answer: {says['decision']}.", indent)
        for one in says["conditions"]:
            item(out, escaped(f"{one['by']} answers for it since {one['on']}: {one['that']}"), indent)
        _put(out, _decided(says), indent)
    elif kind == REFUSAL:
        _refusal(out, says, indent)
        _put(out, _decided(says), indent)
    elif kind == WAIVER:
        left = f" of {listed(says['of'])}" if says["of"] else ""
        _put(out, f"Unwarned{left}: {says['because']} What may happen: {says['harm']}", indent)
        reviewed = says["reviewer"] or "NOBODY"
        _put(out, f"Looked at again by {reviewed}, {says['review_on'] or 'on no day'}.", indent)
    elif kind == OVERRIDE:
        _put(out, f"{says['because']}", indent)


def _decided(says: Mapping[str, Any]) -> str:
    """From which case file, and by which rules; entries from before rules were kept do not say these."""
    text = f", {says['policy_text'][:16]}…" if says.get("policy_text") else ""
    policy = f"; policy {says['policy']}{text}" if says.get("policy") else ""
    program = f"; Tearline {says['program']}" if says.get("program") else ""
    return f"Case “{says['title']}”, {says['case'][:16]}…{policy}{program}"


def _refusal(out: Console, says: Mapping[str, Any], indent: int) -> None:
    for reason in says["reasons"]:
        _put(out, reason, indent)
    review = f"; looked at again by {says['review_on']}" if says["review_on"] else ""
    _put(out, f"Owner: {says['owner']}{review}. If nothing is said: {says['harm_of_silence']}", indent)


def verdict(out: Console, found: Verdict, record: str, key: str) -> None:
    """What a check found."""
    if found.faults:
        _put(out, f"CHANGED: {record} is not as it was written.", 0, "bold")
        for fault in found.faults:
            item(out, escaped(f"{fault.place}: {fault.text}"))
    else:
        erased = f", {found.erased} of them erased" if found.erased else ""
        _put(out, f"UNCHANGED: {record} is as it was written; {found.entries} entries{erased}.", 0, "bold")
    for note in found.notes:
        item(out, escaped(note))
    _put(out, f"Checked with the key {key}")


def proved(out: Console, fields: Mapping[str, Any]) -> None:
    """What a proof proves."""
    _put(out, f"PROVED: number {fields['number']} is on the record {fields['log']}, of {fields['size']} entries.", 0)
    for name, at in fields["witnessed"].items():
        item(out, escaped(f"{name} saw that head at {_time(at)}"))
    for note in fields["notes"]:
        item(out, escaped(note))


def erased(out: Console, seq: int, number: int) -> None:
    """What was destroyed, and what was not."""
    _put(out, f"ERASED: number {seq} says nothing any more; its place and its proofs stay.", 0, "bold")
    _put(out, f"On record as number {number}. Copies and backups of the file still hold what it said.")


def counts(entries: Sequence[Entry], changed: Sequence[int] = ()) -> dict[str, int]:
    """How many there are of everything that oversight asks for; ``changed`` do not say what was committed to."""
    found = {f"{kind}s": sum(entry.kind == kind for entry in entries) for kind in (RELEASE, REFUSAL, WAIVER, OVERRIDE)}
    says: list[Mapping[str, Any]] = [
        e.content for e in entries if e.kind == RELEASE and e.content is not None and e.seq not in changed
    ]
    found["released_against_the_answer"] = sum(bool(each["against_the_answer"]) for each in says)
    found["erased"] = sum(entry.kind == ERASURE for entry in entries)
    found["changed_since"] = len(changed)
    return found


def _head(out: Console, head: str, indent: int = 2) -> None:
    if head:
        origin, size, root = head.splitlines()[:3]
        _put(out, f"Head: {origin}, {size} entries, {root}", indent)


def _time(at: int) -> str:
    try:
        return f"{dt.datetime.fromtimestamp(at, dt.UTC):%Y-%m-%d %H:%M}Z"
    except (ValueError, OverflowError, OSError):
        return f"at no time ({at})"


def _put(out: Console, text: str, indent: int = 2, style: str = "", first: str = "") -> None:
    paragraph(out, escaped(" ".join(text.split())), indent, style, first)
