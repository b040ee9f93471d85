"""The principal's card as a page: the briefing that stays in the house, and the card that is carried, to be printed."""

from __future__ import annotations

import attrs
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from tearline.assess import card_phrases as told
from tearline.assess.card import DO_NOT_SAY, Card, Clearance
from tearline.assess.card import card as card_of
from tearline.assess.marked import UNMARKED
from tearline.exchange.card import number
from tearline.web.marking import marks
from tearline.web.shell import Shell

TONES = {Clearance.CLEARED: "inside", Clearance.NOT_YET: "near", Clearance.NEVER: "over"}


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the card."""
    page = _CardPage(shell)

    @get("/card", sync_to_thread=True)
    def both() -> Response[str]:
        return page.both()

    @get("/card/hand", sync_to_thread=True)
    def hand() -> Response[str]:
        return page.in_hand()

    return [both, hand]


@attrs.define(eq=False)
class _CardPage:
    shell: Shell
    _made: dict[str, Card] = attrs.field(factory=dict, init=False)

    def both(self) -> Response[str]:
        """Both papers: what ``tearline card`` prints."""
        with self.shell.desk.lock:
            found = self._card()
            banner = found.found.banner
            return self.shell.page(
                "card.html",
                **_carried(found),
                told=told,
                found=found,
                number=number(found),
                tone=TONES[found.clearance],
                marks=marks(banner),
                portions=banner.portions if banner else (),
                unmarked=UNMARKED,
            )

    def in_hand(self) -> Response[str]:
        """The card alone: what ``tearline card --hand`` prints."""
        with self.shell.desk.lock:
            return self.shell.page("card_in_hand.html", **_carried(self._card()))

    def _card(self) -> Card:
        """The card, worked out once for each text of the file."""
        desk = self.shell.desk
        key = desk.working.digest
        if key not in self._made:
            self._made = {key: card_of(desk.case)}
        return self._made[key]


def _carried(found: Card) -> dict[str, object]:
    """What stands on the card, and nothing else."""
    return {"say": found.say, "nothing": told.NOTHING, "do_not_say": DO_NOT_SAY, "to_speak": told.to_speak(found)}
