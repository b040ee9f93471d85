"""Whom to ask, in which words, what asking tells, and what those could stop who are not asked."""

from __future__ import annotations

import datetime as dt

from rich.console import Console

from tearline.assess.answer import Assessment, Consultation
from tearline.assess.phrases import listed
from tearline.assess.telling import pointing
from tearline.cli.layout import day, heading, item, paragraph
from tearline.domain import Case, PartyId
from tearline.policy.equities import Standing
from tearline.policy.holders import Holder

REFUSED = {
    Standing.DECLINED: "has said no",
    Standing.SILENT: "has not answered in time, which is a no",
    Standing.LESS: "has granted less than it was asked for",
}
"""How a party has refused."""


def whom_to_ask(out: Console, found: Assessment) -> None:
    """Everybody who must be asked, and everybody with a stake who has refused or has reason to be offended."""
    asked = {consultation.party for consultation in found.asked}
    others = [holder for holder in found.holders if holder.party not in asked and _is_told_of(holder)]
    if not found.asked and not others:
        return
    heading(out, "Whom to ask" if found.asked else "Who has a stake")
    for consultation in found.asked:
        _consultation(out, found.case, consultation)
    for holder in others:
        _holder(out, found.case, holder)


def _is_told_of(holder: Holder) -> bool:
    return holder.standing in REFUSED or bool(holder.told_before or holder.to_recall)


def _consultation(out: Console, case: Case, asked: Consultation) -> None:
    covers = listed(f"{claim} as {version}" for claim, version in asked.covers)
    paragraph(out, f"{case.party(asked.party).label}, for {covers}", style="bold")
    for reason in dict.fromkeys(r.text for r in asked.reasons):
        item(out, reason)
    if asked.asked_on:
        until = f", and has until {day(asked.due)} to answer; silence is a no" if asked.due else ""
        item(out, f"It was asked on {day(asked.asked_on)}{until}.")
    else:
        item(out, "To answer, it must be told, and no more:")
        for line in asked.question:
            item(out, line, indent=6)
        for sentence in pointing(case, asked):
            item(out, sentence)
    _past(out, case, asked.told_before)
    if asked.could_stop:
        item(out, f"If it is not asked it could stop: {'; '.join(asked.could_stop)}.")


def _holder(out: Console, case: Case, holder: Holder) -> None:
    stands = f" {REFUSED[holder.standing]}" if holder.standing in REFUSED else ""
    paragraph(out, f"{case.party(holder.party).label}{stands}", style="bold")
    _past(out, case, holder.told_before)
    for on, to in holder.to_recall:
        who = case.party(to).label
        item(out, f"What went to {who} on {day(on)} is to be recalled: its consent is withdrawn. What was read stays.")
    if holder.could_stop:
        item(out, f"If it is passed over it could stop: {'; '.join(holder.could_stop)}.")


def _past(out: Console, case: Case, told: tuple[tuple[dt.date, PartyId], ...]) -> None:
    for on, to in told:
        item(out, f"It is not on record that it agreed to what {case.party(to).label} was told on {day(on)}.")
