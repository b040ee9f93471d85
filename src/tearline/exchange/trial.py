"""What one text would mean, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import msgspec

from tearline.assess.what_if import Tried
from tearline.exchange.answer import WireBreach, WireReader, WireSaid, breach, reader, said
from tearline.exchange.banner import WireBanner, banner
from tearline.exchange.parts import figure

SHAPE = 1


class WireTried(msgspec.Struct, kw_only=True):
    """One text, what it is worth, and what stands in its way.

    ``serves``: whether it is worth sending at all. ``stopped``: whether a limit or a rule stands in its way,
    whoever agrees. ``forbidden``: rules that nothing in the case lifts. ``ask``: who has a stake and has not
    answered. ``conditions``: what must hold besides.
    """

    said: list[WireSaid]
    value: float
    serves: bool
    stopped: bool
    readers: list[WireReader]
    breaches: list[WireBreach]
    forbidden: list[str]
    ask: list[str]
    conditions: list[str]
    banner: WireBanner | None


class WireTrial(msgspec.Struct, kw_only=True):
    """What one text would mean. ``tearline_trial`` is the number of this shape."""

    tearline_trial: int
    house_only: WireTried


def trial(found: Tried) -> WireTrial:
    """A text that was tried."""
    return WireTrial(
        tearline_trial=SHAPE,
        house_only=WireTried(
            said=[said(each) for each in found.said],
            value=figure(found.value),
            serves=found.serves,
            stopped=found.stopped,
            readers=[reader(each) for each in found.readers],
            breaches=[breach(each) for each in found.breaches],
            forbidden=list(found.forbidden),
            ask=list(found.ask),
            conditions=list(found.conditions),
            banner=None if found.banner is None else banner(found.banner),
        ),
    )
