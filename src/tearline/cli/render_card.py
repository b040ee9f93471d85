"""The principal's card on paper: the briefing that stays, a line to tear along, and the card for the room."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.card import DO_NOT_SAY, Card, Clearance
from tearline.assess.marked import UNMARKED, cautions
from tearline.assess.phrases import listed
from tearline.assess.stepping import Step
from tearline.cli import render_banner
from tearline.cli.render import breach_sentences, day, heading, item, paragraph
from tearline.domain import Ask, Case, Refuse
from tearline.policy.caveats import Standing

_ASIDE = 15
"""Columns in front of a line to speak."""

_SAYING = {
    Clearance.CLEARED: "CLEARED. This may be told to {to}, in the words of the card.",
    Clearance.NOT_YET: "NOT CLEARED. Nothing of this may be told to {to} yet.",
    Clearance.NEVER: "NOT TO BE SAID. Nothing of this may be told to {to}.",
}


def card(out: Console, found: Card, number: str) -> None:
    """Print both papers."""
    case = found.found.case
    paragraph(
        out, f"INTERNAL. Briefing {number}: stays in the house; only the card below the line is carried.", 0, "bold"
    )
    out.print()
    _verdict(out, found)
    _kept_back(out, found)
    _steps(out, found)
    _caveats(out, found)
    _channels(out, found)
    if case.proposal.ask_in_return:
        heading(out, "Leave to the services to ask for")
        for wish in case.proposal.ask_in_return:
            item(out, wish)
    _receipt(out, found, number)
    out.print()
    _line(out)
    in_hand(out, found)


def in_hand(out: Console, found: Card) -> None:
    """Print the card alone. It names no case, no number and no day."""
    out.print()
    if found.say:
        for sentence in found.say:
            paragraph(out, f"“{sentence}”", _ASIDE, "bold", "  SAY")
    else:
        paragraph(out, "nothing of it.", _ASIDE, "bold", "  SAY")
    for number, kind in enumerate(DO_NOT_SAY):
        paragraph(out, kind, _ASIDE, first="" if number else "  DO NOT SAY")
    for when, words in (
        ("INSTEAD", found.instead),
        ("IF PRESSED", found.if_pressed),
        ("IF IT LEAKS", found.if_it_leaks),
    ):
        paragraph(out, f"“{words}”", _ASIDE, first=f"  {when}")


def _line(out: Console) -> None:
    words = " tear here "
    side = (out.width - len(words)) // 2
    rule = ("- " * out.width)[:side].strip()
    out.print(f"{rule}{words}{rule}".strip())


def _verdict(out: Console, found: Card) -> None:
    case = found.found.case
    to, date = case.party(case.proposal.to).label, f", {day(case.as_of)}" if case.as_of else ""
    paragraph(out, f"{case.title}{date}", 0, "bold")
    paragraph(out, _SAYING[found.clearance].format(to=to), 0, "bold")
    made = found.found.decision
    if isinstance(made, Ask):
        item(out, f"{listed(case.party(p).label for p in made.consult)} must be asked first.")
    for condition in found.conditions:
        item(out, condition)
    if isinstance(made, Refuse):
        paragraph(out, made.reasons[0].text)
        paragraph(out, f"What silence may cost: {made.harm_of_silence}.")
    if found.once:
        paragraph(out, "Once all that holds, these words may be said, and not before:")
        for sentence in found.once:
            paragraph(out, f"“{sentence}”", indent=4)
    paragraph(out, "Weighed as told: nothing is shown or handed over.")
    _marked(out, found)


def _marked(out: Console, found: Card) -> None:
    """The banner of the words. It stays in the house: a mark can tell how something was collected."""
    banner = found.found.banner
    if banner is None:
        return
    heading(out, "How the words are marked")
    render_banner.over(out, banner)
    for claim in banner.portions:
        item(out, f"{claim.claim} as {claim.version}: {claim.mark or UNMARKED}")
    for sentence in cautions(banner):
        item(out, sentence)
    paragraph(out, "The card that is carried bears no mark: it holds only what may be said in the room.")


def _kept_back(out: Console, found: Card) -> None:
    if found.kept_back:
        heading(out, "What must stay out, by kind")
    for kept in found.kept_back:
        kinds = "; ".join(detail.value for detail in kept.details)
        item(out, f"{kept.claim}: {kinds}. The paper that holds them is not taken along.")


def _steps(out: Console, found: Card) -> None:
    if found.steps:
        heading(out, "What one step more would cost")
    for step in found.steps:
        _step(out, found.found.case, step)


def _step(out: Console, case: Case, step: Step) -> None:
    start = f"{step.claim} as {step.further}"
    instead = f"instead of {step.said}" if step.said else "instead of nothing"
    to = case.party(case.proposal.to).label
    paragraph(out, f"{start}, {instead}: worth {step.gain:g} more to {to}.", style="bold")
    for reason in step.reasons:
        item(out, reason.text)
    for sentence in breach_sentences(case, step.breaches):
        item(out, sentence)
    if not step.reasons and not step.breaches:
        item(out, "It passes no limit by itself, but nobody has cleared it.")
    for party, could_stop in step.offended:
        stops = f" and could stop: {'; '.join(could_stop)}" if could_stop else ""
        item(out, f"{case.party(party).label} has a stake{stops}.")


def _caveats(out: Console, found: Card) -> None:
    if found.caveats:
        heading(out, "What originators said, to be told to the speaker word for word")
    for number, (claim, standing) in enumerate(found.caveats, 1):
        said = f"{_who_said(found.found.case, standing)} of {claim}: “{standing.caveat.words}”"
        paragraph(out, said, 6, first=f"  ({number})")


def _who_said(case: Case, standing: Standing) -> str:
    caveat = standing.caveat
    parts = [case.party(standing.party).label]
    if caveat.oral:
        parts.append("by word of mouth")
    if caveat.on:
        parts.append(f"on {day(caveat.on)}")
    if caveat.heard_by:
        parts.append(f"to {caveat.heard_by}")
    return ", ".join(parts)


def _channels(out: Console, found: Card) -> None:
    """Who the normal channels are, where anybody was ever declared to the recipient."""
    case = found.found.case
    if not any(officer.declared_to == case.proposal.to for officer in case.officers):
        return
    heading(out, "The normal channels")
    if found.channels:
        paragraph(out, f"{listed(found.channels)}, accepted by {case.party(case.proposal.to).label}.")
    else:
        paragraph(out, f"No officer is on record whom {case.party(case.proposal.to).label} has accepted. Promise none.")


def _receipt(out: Console, found: Card, number: str) -> None:
    heading(out, "Receipt")
    numbers = "caveat 1" if len(found.caveats) == 1 else f"the caveats 1 to {len(found.caveats)}"
    told = f", {numbers} word for word" if found.caveats else ""
    paragraph(out, f"I have been told what briefing {number} says{told}, and what one step more would cost.")
    out.print()
    for field in ("Principal", "Briefed by", "Day and hour", "Signature"):
        paragraph(out, "_" * 40, 17, first=f"  {field}")
