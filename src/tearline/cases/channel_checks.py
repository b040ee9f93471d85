"""What a case file must not say about channels: caveats, agreements and officers.

Checks as in :mod:`.checks`, one function each over the draft of the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Fields, Path
from tearline.domain import Policy
from tearline.domain.officers import look_alike


def caveats_were_said_by_now(draft: Draft) -> None:
    """Nobody said anything about handling after the day of the case."""
    today = draft.fields.get("as_of")
    for path, caveat in _caveats(draft):
        on = caveat.get("on")
        if isinstance(today, dt.date) and isinstance(on, dt.date) and on > today:
            draft.report((*path, "on"), f"{on} is after the day of the case, {today}")


def _caveats(draft: Draft) -> Iterator[tuple[Path, Fields]]:
    places: list[tuple[Path, Fields]] = [(("sources", id_), held) for id_, held in draft.named("sources").items()]
    holders = [((*path, "caveats"), held.get("caveats", ())) for path, held in places]
    holders += [(("consents", index, "said"), held.get("said", ())) for index, held in draft.listed("consents")]
    for path, caveats in holders:
        for index, caveat in enumerate(caveats):
            if isinstance(caveat, dict):
                yield (*path, index), caveat


def officers_are_told_apart(draft: Draft) -> None:
    """No two officers are spelled so that nobody could say which one acts; nobody is declared to their own party."""
    ids = list(draft.named("officers"))
    for number, officer in enumerate(ids):
        same = next((other for other in ids[:number] if look_alike(officer, other)), None)
        if same is not None:
            draft.report(("officers", officer), f"`{officer}` cannot be told from `{same}`", "rename one of them")
    us = draft.fields.get("us")
    for officer, held in draft.named("officers").items():
        if us is not None and held.get("declared_to") == held.get("of", us):
            draft.report(("officers", officer, "declared_to"), f"`{held['declared_to']}` is their own party")


def agreements_are_with_somebody_else(draft: Draft) -> None:
    """An agreement is with others, ends after it begins, and was signed by today."""
    us, today = draft.fields.get("us"), draft.fields.get("as_of")
    for id_, held in draft.named("agreements").items():
        path: Path = ("agreements", id_)
        if us is not None and us in held.get("with", ()):
            draft.report((*path, "with"), f"`{us}` is us", "name the partners")
        since, until = held.get("since"), held.get("until")
        if since and until and until < since:
            draft.report((*path, "until"), f"{until} is before it begins, {since}")
        for index, signature in enumerate(held.get("signed", ())):
            on = signature.get("on") if isinstance(signature, dict) else None
            if isinstance(today, dt.date) and isinstance(on, dt.date) and on > today:
                draft.report((*path, "signed", index, "on"), f"{on} is after the day of the case, {today}")


def agreements_exist(draft: Draft) -> None:
    """Where the case has agreements, what is named is one of them or of its policy; else they stand elsewhere."""
    known, policy = dict.fromkeys(draft.named("agreements")), draft.fields.get("policy")
    if isinstance(policy, str):
        return  # it could not be opened, which has been reported
    proposal = draft.fields.get("proposal", {})
    named: list[tuple[Path, object]] = [(("proposal", "agreement"), proposal.get("agreement"))]
    named += [(("given", index, "agreement"), held.get("agreement")) for index, held in draft.listed("given")]
    if known and isinstance(policy, Policy):
        known |= dict.fromkeys(str(agreement.id) for agreement in policy.agreements)
    for path, agreement in named if known else ():
        if isinstance(agreement, str) and agreement not in known:
            draft.report_unknown(path, f"no agreement `{agreement}`", agreement, known)


CHANNEL_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    caveats_were_said_by_now,
    officers_are_told_apart,
    agreements_are_with_somebody_else,
    agreements_exist,
)
