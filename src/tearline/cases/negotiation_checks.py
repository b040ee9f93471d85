"""What a case file must not say about a negotiation.

Checks as in :mod:`.checks`, one function each over the draft of the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import UNREADABLE
from tearline.domain.names import ClaimId, PartyId, VersionId
from tearline.domain.negotiation import Negotiation, Position, Turn, walked

TELLS_TEASER: Final = (Position.OFFERED, Position.COUNTERED)
TELLS_PACKAGE: Final = (Position.EXCHANGED, Position.GIVEN)


def moves_could_be_made(draft: Draft) -> None:
    """Every move is one of the table, made in its turn, by whoever may make it, and not after today."""
    turns = _turns(draft)
    _judge_days(draft, turns)
    start, whole = _start(draft), len(turns) == len(draft.fields.get("negotiation", ()))
    if start is None or not whole or not _readable(draft, turns):
        return
    for index, found in enumerate(walked(start, turns, lambda claim, version: _rank(draft, claim, version))):
        if not isinstance(found, Negotiation):
            for why in found:
                draft.report(("negotiation", index, "to"), why, "the table is in the reference: moves, a negotiation")


def what_was_told_is_on_record(draft: Draft) -> None:
    """A teaser told, or a package handed over, stands among what was given: only there is it reckoned with."""
    start, turns = _start(draft), _turns(draft)
    if start is None or not _readable(draft, turns):
        return
    now = start
    for index, found in enumerate(walked(start, turns, lambda claim, version: _rank(draft, claim, version))):
        if not isinstance(found, Negotiation):
            return
        changed, now = found.told != now.told, found
        for claim, version in found.told.items() if changed and found.position in TELLS_TEASER + TELLS_PACKAGE else ():
            if not _given(draft, start.receiver, turns[index].on, claim, version):
                draft.report(
                    ("negotiation", index),
                    f"`{claim}` as `{version}` was told on {turns[index].on} and is not in `given`",
                    f"add it there: {{to: {start.receiver}, on: {turns[index].on}, claims: {{{claim}: {version}}}}}",
                )


def _start(draft: Draft) -> Negotiation | None:
    us, to = draft.fields.get("us"), draft.fields.get("proposal", {}).get("to")
    if not isinstance(us, str) or not isinstance(to, str):
        return None
    return Negotiation(giver=PartyId(us), receiver=PartyId(to))


def _turns(draft: Draft) -> list[Turn]:
    """The readable moves."""
    found = []
    for _, held in draft.listed("negotiation"):
        if all(held.get(key) not in (None, UNREADABLE) for key in ("on", "to", "by")):
            found.append(Turn(**held))
    return found


def _judge_days(draft: Draft, turns: list[Turn]) -> None:
    today = draft.fields.get("as_of")
    for index, turn in enumerate(turns):
        if isinstance(today, dt.date) and turn.on > today:
            draft.report(("negotiation", index, "on"), f"{turn.on} is after the day of the case, {today}")
        if index and turn.on < turns[index - 1].on:
            draft.report(("negotiation", index, "on"), f"{turn.on} is before the move above it", "oldest first")


def _readable(draft: Draft, turns: list[Turn]) -> bool:
    """Whether all that is told can be ranked; what cannot has been reported elsewhere."""
    return all(_has(draft, *told) for turn in turns for told in _told(turn))


def _told(turn: Turn) -> Iterator[tuple[ClaimId, VersionId]]:
    for text in (turn.teaser, turn.package):
        yield from (text or {}).items()


def _has(draft: Draft, claim: ClaimId, version: VersionId) -> bool:
    return version in (draft.versions(claim) or {})


def _rank(draft: Draft, claim: ClaimId, version: VersionId) -> int:
    return list(draft.versions(claim) or {}).index(version)


def _given(draft: Draft, to: PartyId, on: dt.date, claim: ClaimId, version: VersionId) -> bool:
    """Whether so much of the claim, or more, had been given by then."""
    asked = _rank(draft, claim, version)
    for _, held in draft.listed("given"):
        told = held.get("claims")
        said = told.get(claim) if isinstance(told, Mapping) else None
        in_time = to in held.get("to", ()) and held["on"] <= on
        if in_time and said is not None and _has(draft, claim, said) and _rank(draft, claim, said) <= asked:
            return True
    return False


NEGOTIATION_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (moves_could_be_made, what_was_told_is_on_record)
