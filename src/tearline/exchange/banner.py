"""The marks of the recommended text, as they stand in the answer's JSON."""

from __future__ import annotations

import msgspec

from tearline.exchange.marking import WireColour
from tearline.policy.marks import Banner


class WirePortion(msgspec.Struct, kw_only=True):
    """One sentence and its mark (null: nobody has marked it). ``tells``: compartments and lists that the mark names."""

    claim: str
    version: str
    mark: str | None
    tells: list[str]


class WireBanner(msgspec.Struct, kw_only=True):
    """The mark of the whole.

    ``banner`` is null while a sentence is unmarked; ``at_least`` is then the banner of those that are marked
    (null: none is). ``refusals``: why the recipient may not read the whole, though it may read every sentence.
    """

    system: str
    banner: str | None
    at_least: str | None
    colour: WireColour | None
    portions: list[WirePortion]
    unmarked: list[str]
    reasons: list[str]
    faults: list[str]
    refusals: list[str]


def banner(found: Banner) -> WireBanner:
    """The marks, field by field."""
    written = found.written
    reads = None if written is None else written.banner
    return WireBanner(
        system=found.title,
        banner=None if found.unmarked else reads,
        at_least=reads if found.unmarked else None,
        colour=None if written is None else WireColour(background=written.colour.background, text=written.colour.text),
        portions=[
            WirePortion(claim=p.claim, version=p.version, mark=p.mark or None, tells=list(p.tells))
            for p in found.portions
        ],
        unmarked=list(found.unmarked),
        reasons=list(found.reasons),
        faults=list(found.faults),
        refusals=list(found.refusals),
    )
