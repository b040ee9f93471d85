"""The command `card`: what a leader may say in a meeting, and the briefing that goes before it."""

from __future__ import annotations

from tearline.assess.card import card as card_of
from tearline.cli import render_card
from tearline.cli.answers import code, stages
from tearline.cli.files import faults_told, opened
from tearline.cli.render import console
from tearline.cli.streams import put_json
from tearline.exchange import card as wire


def card(case: str, *, as_json: bool, hand: bool) -> int:
    """Print the card, or both papers; return the exit code of the decision that it rests on."""
    with faults_told(case, as_json=as_json):
        file = opened(case)
        with stages() as told:
            told("searching for what may be said")
            found = card_of(file.case)
    if as_json:
        put_json(wire.encode(found))
    elif hand:
        render_card.in_hand(console(), found)
    else:
        render_card.card(console(), found, wire.number(found))
    return code(found.found)
