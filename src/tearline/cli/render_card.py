"""The principal's card on paper: the briefing that stays, a line to tear along, and the card for the room."""

from __future__ import annotations

from rich.console import Console

from tearline.assess import card_phrases as told
from tearline.assess.card import DO_NOT_SAY, Card
from tearline.assess.marked import UNMARKED, cautions
from tearline.cli import render_banner
from tearline.cli.render import heading, item, paragraph

_ASIDE = 15
"""Columns in front of a line to speak."""


def card(out: Console, found: Card, number: str) -> None:
    """Print both papers."""
    case = found.found.case
    paragraph(out, told.stays(number), 0, "bold")
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
        paragraph(out, told.NOTHING, _ASIDE, "bold", "  SAY")
    for number, kind in enumerate(DO_NOT_SAY):
        paragraph(out, kind, _ASIDE, first="" if number else "  DO NOT SAY")
    for when, words in told.to_speak(found):
        paragraph(out, f"“{words}”", _ASIDE, first=f"  {when}")


def _line(out: Console) -> None:
    words = " tear here "
    side = (out.width - len(words)) // 2
    rule = ("- " * out.width)[:side].strip()
    out.print(f"{rule}{words}{rule}".strip())


def _verdict(out: Console, found: Card) -> None:
    paragraph(out, told.about(found.found.case), 0, "bold")
    paragraph(out, told.verdict(found), 0, "bold")
    for condition in told.must_hold(found):
        item(out, condition)
    for sentence in told.refused(found):
        paragraph(out, sentence)
    if found.once:
        paragraph(out, told.ONCE)
        for sentence in found.once:
            paragraph(out, f"“{sentence}”", indent=4)
    paragraph(out, told.ONLY_TOLD)
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
    paragraph(out, told.NO_MARK)


def _kept_back(out: Console, found: Card) -> None:
    if found.kept_back:
        heading(out, "What must stay out, by kind")
    for kept in found.kept_back:
        item(out, told.kept_back(kept))


def _steps(out: Console, found: Card) -> None:
    if found.steps:
        heading(out, "What one step more would cost")
    for step in found.steps:
        paragraph(out, told.step_taken(found.found.case, step), style="bold")
        for cost in told.step_costs(found.found.case, step):
            item(out, cost)


def _caveats(out: Console, found: Card) -> None:
    if found.caveats:
        heading(out, "What originators said, to be told to the speaker word for word")
    for number, said in enumerate(told.caveats(found), 1):
        paragraph(out, said, 6, first=f"  ({number})")


def _channels(out: Console, found: Card) -> None:
    channels = told.channels(found)
    if channels:
        heading(out, "The normal channels")
        paragraph(out, channels)


def _receipt(out: Console, found: Card, number: str) -> None:
    heading(out, "Receipt")
    paragraph(out, told.receipt(found, number))
    out.print()
    for field in told.SIGNED:
        paragraph(out, "_" * 40, 17, first=f"  {field}")
