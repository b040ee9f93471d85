"""What is on record as JSON. ``may_leave`` holds what went out, ``house_only`` all else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tearline.assess.proceeding import Barred
from tearline.assess.releasing import Waiting
from tearline.store.acts import RELEASE
from tearline.store.record import Entry
from tearline.store.verifying import Verdict


@attrs.frozen(kw_only=True)
class Shown:
    """An entry as a command tells of it.

    Attributes:
        head: The signed head over it.
        record: Where the record is.
        again: Whether it was on record before.
    """

    entry: Entry
    head: str
    record: str
    again: bool


def encode_release(shown: Shown) -> str:
    """What went, with its number; or the refusal, with its own."""
    content = shown.entry.content or {}
    goes = shown.entry.kind == RELEASE
    kept = {key: value for key, value in content.items() if key != "may_leave"}
    house = {
        "number": shown.entry.seq,
        "kind": shown.entry.kind,
        "at": shown.entry.at,
        "again": shown.again,
        "record": shown.record,
        "head": shown.head,
        "commitment": shown.entry.commitment.hex(),
        "says": kept,
        "in_the_way": [],
    }
    return _text({"tearline_release": 1, "may_leave": content.get("may_leave") if goes else None, "house_only": house})


def encode_stopped(found: Waiting | Barred) -> str:
    """Why nothing was put on record."""
    if isinstance(found, Barred):
        house: dict[str, Any] = {"number": None, "in_the_way": list(found.why)}
    else:
        house = {"number": None, "in_the_way": [], "consult": list(found.consult), "unsigned": list(found.unsigned)}
    return _text({"tearline_release": 1, "may_leave": None, "house_only": house})


def encode_show(
    entries: Sequence[Entry], changed: Sequence[int], head: str, record: str, counts: Mapping[str, int]
) -> str:
    """Everything on record."""
    told = [
        {
            "number": entry.seq,
            "at": entry.at,
            "kind": entry.kind,
            "commitment": entry.commitment.hex(),
            "changed": entry.seq in changed,
            "erased": entry.content is None and entry.seq not in changed,
            "says": entry.content,
        }
        for entry in entries
    ]
    house = {"record": record, "head": head, "counts": dict(counts), "entries": told}
    return _text({"tearline_record": 1, "house_only": house})


def encode_verdict(found: Verdict, record: str, key: str) -> str:
    """What a check found."""
    faults = [{"place": fault.place, "text": fault.text} for fault in found.faults]
    house = {
        "record": record,
        "key": key,
        "entries": found.entries,
        "erased": found.erased,
        "faults": faults,
        "notes": list(found.notes),
    }
    return _text({"tearline_verify": 1, "house_only": house})


def encode_proved(fields: Mapping[str, Any]) -> str:
    """What a proof proves. It shows no content, so all of it may leave."""
    return _text({"tearline_proof": 1, "may_leave": dict(fields)})


def encode_witness(fields: Mapping[str, Any]) -> str:
    """What a witness was asked, has answered, or what was kept of it."""
    return _text({"tearline_witness": 1, "may_leave": dict(fields)})


def _text(shape: Mapping[str, Any]) -> str:
    return json.dumps(shape, indent=2, ensure_ascii=False)
