"""The command `negotiate`: where a trade with the recipient stands, what may follow, and what that would tell."""

from __future__ import annotations

from tearline.assess.bargaining import bargain, offer
from tearline.cli import render_negotiation
from tearline.cli.answers import ALLOWED, REFUSED, code, stages
from tearline.cli.files import faults_told, opened
from tearline.cli.journals import claims_said
from tearline.cli.layout import console
from tearline.cli.streams import put_json
from tearline.errors import InputError
from tearline.exchange import negotiation as wire


def negotiate(case: str, *, teaser: list[str], package: list[str], ask: list[str], as_json: bool) -> int:
    """Print where it stands; with a teaser and a package in mind, what that offer would tell instead.

    Returns:
        The exit code of the most that may be given; for an offer 0 if it may be made, 4 if not.
    """
    with faults_told(case, as_json=as_json):
        file = opened(case)
        if bool(teaser) != bool(package):
            raise InputError("an offer has both: `--teaser` is told now, `--package` is handed over in the end")
        if teaser:
            asked = tuple(ask) or file.case.proposal.ask_in_return
            with stages() as told:
                told("weighing the offer")
                weighed = offer(file.case, claims_said(teaser), claims_said(package), asked)
            if as_json:
                put_json(wire.encode_offer(weighed))
            else:
                render_negotiation.offer(console(), file.case, weighed)
            return ALLOWED if weighed.may_be_offered else REFUSED
        if ask:
            raise InputError("`--ask` belongs to an offer: name its `--teaser` and `--package`")
        with stages() as told:
            found = bargain(file.case, told)
    if as_json:
        put_json(wire.encode(found))
    else:
        render_negotiation.bargain(console(), found)
    return code(found.most)
