"""A report sentence by sentence, as JSON that stays in the house: positions count characters from 0, ends excluded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tearline.drafting import Drafted, Proposal, Rung

VERSION = 1


def encode(claims: Sequence[Drafted]) -> str:
    """The claims with telltales and proposals. Spans of a claim count in its ``text``, ``start`` in the report."""
    return json.dumps(
        {"tearline_draft": VERSION, "house_only": {"claims": [claim_of(claim) for claim in claims]}}, indent=2
    )


def claim_of(claim: Drafted) -> dict[str, Any]:
    """One claim as plain data."""
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "telltales": [
            {
                "sign": one.sign.value,
                "start": one.span.start,
                "end": one.span.end,
                "words": one.words,
                "why": one.why,
                "do": one.do,
            }
            for one in claim.telltales
        ],
        "proposals": [_proposal(one) for one in claim.found],
        "vaguer": [{"level": one.level.name.lower(), "text": one.text, "why": one.why} for one in claim.vaguer],
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "specific": one.specific,
        "spans": [{"start": span.start, "end": span.end} for span in one.spans],
        "taken": one.taken,
        "rungs": [_rung(rung) for rung in one.rungs],
    }


def _rung(rung: Rung) -> dict[str, Any]:
    days = None if rung.days is None else [rung.days.first.isoformat(), rung.days.last.isoformat()]
    return {"level": rung.level.name.lower(), "words": rung.words, "why": rung.why, "days": days, "within": rung.within}
