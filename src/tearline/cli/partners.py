"""The command about one partner: how far it can be relied on, and what to do next."""

from __future__ import annotations

from tearline.assess.partners import partner as partner_of
from tearline.cli import render, render_partner
from tearline.cli.files import faults_told, opened
from tearline.cli.streams import put_json
from tearline.domain import PartyId
from tearline.exchange import partner as wire

DONE = 0


def partner(party: str, case: str, *, dossier: str | None, as_json: bool) -> int:
    """Print the page of one partner of a case."""
    with faults_told(case, as_json=as_json):
        page = partner_of(opened(case).case, PartyId(party))
        if dossier is not None:
            render_partner.found(page, dossier)
    if as_json:
        put_json(wire.encode(page))
    else:
        render_partner.partner(render.console(), page, dossier)
    return DONE
