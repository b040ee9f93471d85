"""Whom to ask, in which words, what asking tells, and what those could stop who are not asked."""

from __future__ import annotations

import datetime as dt

from rich.console import Console

from tearline.assess.answer import Assessment, Consultation, Pointed
from tearline.assess.phrases import listed
from tearline.cli.layout import day, heading, item, paragraph
from tearline.domain import Case, PartyId
from tearline.domain.estimative import percent_down, percent_up
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


def pointing(case: Case, asked: Consultation) -> list[str]:
    """What it tells to ask, when to ask, and whether an answer comes in time."""
    how, whose = asked.asking, case.party(asked.party).label
    found = []
    if how.anyway >= 1:
        found.append("It is asked about every report of the kind, so that it is asked tells nothing.")
    elif how.anyway <= 0:
        found.append(f"Asked only where it must be, {whose} learns that this rests on something of its own.")
    else:
        share = percent_down(how.anyway)
        found.append(f"It is asked about {share} of such reports anyway, so that it is asked tells less.")
    found += [_pointed(case, whose, reader) for reader in how.readers]
    if how.on and case.as_of and how.on > case.as_of:
        found.append(f"Its next round is on {day(how.on)}: asked then, the question does not stand out.")
    if how.too_late and how.answer_by and case.proposal.harm_by:
        late = f"An answer by {day(how.answer_by)} comes after {day(case.proposal.harm_by)}, when it is too late"
        found.append(f"{late}: ask for a quicker one, or put it to whoever may decide without it.")
    return found


def _pointed(case: Case, whose: str, reader: Pointed) -> str:
    who = case.party(reader.reader).label
    over = "over" if reader.asked > reader.limit else "inside"
    text = f"{who} would then believe that {whose} is involved, up to {percent_up(reader.asked)}"
    text += f" ({percent_up(reader.words)} from the words alone), {over} the limit of {percent_down(reader.limit)}"
    if reader.asked > reader.limit and reader.enough is not None:
        return f"{text}; not if it were asked about {percent_up(reader.enough)} of such reports anyway."
    return f"{text}."


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
