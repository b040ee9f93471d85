"""What ``redteam`` says, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from tearline.domain import ClaimId, VersionId
from tearline.exchange.answer import figure
from tearline.sim.redteam import Attack, Find, Hunt, Lead, Nearest, Redteam, Release, Sentence

SHAPE = 1


class WireRelease(msgspec.Struct, kw_only=True):
    """One release; ``text`` is ``given``, ``recommended`` or ``proposed``."""

    text: str
    on: dt.date | None
    to: list[str]
    claims: Mapping[ClaimId, VersionId]


class WireSentence(msgspec.Struct, kw_only=True):
    """One claim as it was said."""

    claim: str
    version: str


class WireFind(msgspec.Struct, kw_only=True):
    """Something found, after which release (from 1; 0: before any), and by which sentence.

    ``why``: ``limit``, believed beyond its limit; ``tries``, among the first whom the reader looks into.
    """

    about: str
    persons: int
    release: int
    by: WireSentence | None
    belief: float
    limit: float
    why: str
    share_of_models: float
    could_have_told: bool
    still: bool


class WireNearest(msgspec.Struct, kw_only=True):
    """What came nearest to being found."""

    about: str
    persons: int
    release: int
    belief: float
    limit: float
    share_of_models: float


class WireLead(msgspec.Struct, kw_only=True):
    """Whom the reader looks into first at the end, and since which release."""

    groups: list[str]
    persons: int
    belief: float
    since: int
    by: WireSentence | None
    could_have_told: bool


class WireAttack(msgspec.Struct, kw_only=True):
    """One attacker; ``nearest`` only where it found nothing."""

    attacker: str
    finds: list[WireFind]
    nearest: WireNearest | None
    lead: WireLead | None


class WireHunt(msgspec.Struct, kw_only=True):
    """One reader; ``reasons_like`` as in the explanation."""

    reader: str
    reasons_like: str | None
    tries: int
    attacks: list[WireAttack]


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything."""

    releases: list[WireRelease]
    readers: list[WireHunt]


class WireRedteam(msgspec.Struct, kw_only=True):
    """The attack. ``tearline_redteam`` is the number of this shape."""

    tearline_redteam: int
    house_only: WireHouse


def encode(found: Redteam) -> str:
    """The attack as JSON text, indented."""
    house = WireHouse(releases=[_release(r) for r in found.releases], readers=[_hunt(h) for h in found.hunts])
    answer = WireRedteam(tearline_redteam=SHAPE, house_only=house)
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _release(release: Release) -> WireRelease:
    return WireRelease(text=release.text.value, on=release.on, to=list(release.to), claims=dict(release.claims))


def _hunt(hunt: Hunt) -> WireHunt:
    attacks = [_attack(attack) for attack in hunt.attacks]
    return WireHunt(reader=hunt.reader, reasons_like=hunt.like, tries=hunt.tries, attacks=attacks)


def _attack(attack: Attack) -> WireAttack:
    return WireAttack(
        attacker=attack.attacker.value,
        finds=[_find(find) for find in attack.finds],
        nearest=None if attack.nearest is None else _nearest(attack.nearest),
        lead=None if attack.lead is None else _lead(attack.lead),
    )


def _find(find: Find) -> WireFind:
    return WireFind(
        about=find.about,
        persons=find.persons,
        release=find.release,
        by=_sentence(find.by),
        belief=figure(find.belief),
        limit=figure(find.limit),
        why=find.why.value,
        share_of_models=figure(find.share),
        could_have_told=find.could,
        still=find.still,
    )


def _nearest(near: Nearest) -> WireNearest:
    return WireNearest(
        about=near.about,
        persons=near.persons,
        release=near.release,
        belief=figure(near.belief),
        limit=figure(near.limit),
        share_of_models=figure(near.share),
    )


def _lead(lead: Lead) -> WireLead:
    return WireLead(
        groups=list(lead.groups),
        persons=lead.persons,
        belief=figure(lead.belief),
        since=lead.since,
        by=_sentence(lead.by),
        could_have_told=lead.could,
    )


def _sentence(said: Sentence | None) -> WireSentence | None:
    return None if said is None else WireSentence(claim=said[0], version=said[1])
