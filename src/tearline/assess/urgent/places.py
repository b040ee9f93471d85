"""Who is where: which party with people in place could warn those in danger, and what it could be told."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tearline.assess.recommend import recommend
from tearline.assess.search import THOROUGH, Effort
from tearline.assess.standpoint import hundredths, still_to_ask
from tearline.domain import Case, Contact, PartyId, PartyKind, VersionId
from tearline.domain.names import ClaimId
from tearline.policy.waivers import has_people


@attrs.frozen(kw_only=True)
class Place:
    """One party with people somewhere, as the one to be asked to act.

    Attributes:
        where: Where it has people.
        reaches: Those in danger who are there.
        asked: Whether the proposal goes to it.
        said: What it could be told, claim by claim; empty: nothing useful.
        worth: What that is worth to it, rounded down.
        ask: Who must agree first, as a phrase; empty: nobody.
        contact: How it is reached; ``None``: nobody has said.
    """

    party: PartyId
    where: tuple[str, ...]
    reaches: tuple[PartyId, ...]
    asked: bool
    said: tuple[tuple[ClaimId, VersionId], ...]
    worth: float
    ask: str
    contact: Contact | None


def places(case: Case, effort: Effort = THOROUGH) -> tuple[Place, ...]:
    """Every party that could be asked, the one that reaches most first, then the one that can be told most."""
    found = [_place(case, party, effort) for party in _candidates(case)]
    return tuple(sorted(found, key=lambda one: (-len(one.reaches), -one.worth, bool(one.ask), not one.asked)))


def _candidates(case: Case) -> Sequence[PartyId]:
    return [
        party.id
        for party in case.parties
        if party.id == case.proposal.to
        or (party.id != case.us and party.presence and not party.hostile and party.kind is PartyKind.STATE)
    ]


def _place(case: Case, party: PartyId, effort: Effort) -> Place:
    told = case if party == case.proposal.to else case.told_to(party)
    text = recommend(told, effort).recommended.tearline
    urgent, presence = case.urgent, case.party(party).presence
    to_warn = urgent.to_warn if urgent else ()
    return Place(
        party=party,
        where=presence,
        reaches=tuple(each.id for each in to_warn if has_people(presence, each)),
        asked=party == case.proposal.to,
        said=tuple(text.versions.items()) if text.serves else (),
        worth=hundredths(text.value) if text.serves else 0.0,
        ask=still_to_ask(told, text) if text.serves else "",
        contact=urgent.contact(party) if urgent else None,
    )
