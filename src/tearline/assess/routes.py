"""Another recipient, or two: what could be said to whoever else could act, each tried with the actual search.

Other parties with people where it matters are put in the recipient's place. A text is taken to be worth
to them what it is worth to the recipient, less what they were told before.

*Splitting* tells one recipient one part and another the rest. Where the two may compare notes, or one
reader may come to hold both parts, nothing is gained: such a reader holds the whole text either way,
and telling the better placed of the two everything is worth at least as much. So it is only tried where
nobody who binds reads both: neither reaches the other nor a common reader with the probability that
counts. Then the second is decided as if the first had been told, and what both hold between them is
worth what the more exact sentence of either is worth.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence

import attrs

from tearline.assess.answer import Better, Lever, Said, Tearline
from tearline.assess.phrases import listed
from tearline.assess.search import useful, worth
from tearline.domain import WHOLE, Case, Given, PartyId


@attrs.frozen(eq=False, kw_only=True)
class Told:
    """The best text for one recipient.

    Attributes:
        binding: Readers for whom it had to stay inside their limits.
    """

    to: PartyId
    text: Tearline
    binding: frozenset[PartyId]


Tell = Callable[[Case, bool], Told]
"""The best text of a case with its recipient, as things stand or once everybody agreed."""


def candidates(case: Case) -> tuple[PartyId, ...]:
    """Who else has people where it matters."""
    return tuple(
        party.id
        for party in case.parties
        if party.id not in (case.us, case.proposal.to) and party.presence and not party.hostile
    )


def routes(case: Case, here: Told, asked: Tearline, tell: Tell) -> Iterator[Better]:
    """Another recipient in its place, then two instead of one, where that gains anything.

    Args:
        here: What the recipient may be told as things stand.
        asked: What it may be told once everybody has agreed.
    """
    now, others = _kept(here.text), []
    for other in candidates(case):
        told, once_agreed = (tell(case.told_to(other), today) for today in (True, False))
        others.append(told)
        best, before = (told, now) if _kept(told.text) > now else (once_agreed, _kept(asked))
        if (gain := _kept(best.text) - before) > 0:
            asking = "" if best.text.versions == told.text.versions else ", once everybody who must be asked has agreed"
            text = f"tell {case.party(other).label} instead, whose people could act{asking}"
            yield Better(lever=Lever.ROUTE, text=text, gain=round(gain, 6), said=best.text.said)
    yield from _split(case, [here, *others], tell)


def _split(case: Case, told: Sequence[Told], tell: Tell) -> Iterator[Better]:
    """Two recipients who do not compare notes, as things stand; only the pair that gains most.

    The second part is decided once the first has been told: chances that a reader gets either add up.

    Args:
        told: The recipient of the proposal first.
    """
    found, alone = [], max(_kept(each.text) for each in told)
    for one, other in itertools.combinations(told, 2):
        if one.text.versions and not pooled(one, other):
            second = tell(_once_told(case, one, other.to), True)
            said, value = both(one.text, second.text)
            if value > alone and useful(value, case.proposal.minimum_value or 0.0):
                found.append((value, one, second, said))
    if found:
        value, one, other, said = max(found, key=lambda each: each[0])
        gain = value - _kept(told[0].text)
        parts = [
            f"{case.party(each.to).label} {listed([f'{c} as {v}' for c, v in each.text.versions.items()])}"
            for each in (one, other)
        ]
        text = f"tell {parts[0]}, and {parts[1]}: no reader who counts comes to hold both"
        yield Better(lever=Lever.SPLIT, text=text, gain=round(gain, 6), said=said)


def pooled(one: Told, other: Told) -> bool:
    """Whether somebody may hold both parts: then they are taken to be compared."""
    common = one.binding & other.binding
    return bool(common) or one.to in other.binding or other.to in one.binding


def both(one: Tearline, other: Tearline) -> tuple[tuple[Said, ...], float]:
    """What two recipients hold between them, and what it is worth: each claim where it is said best.

    What is worth more together counts where one of them has all of it.
    """
    said = tuple(
        max(pair, key=lambda each: (each.value, each.version is not None)) for pair in _pairs(one.said, other.said)
    )
    return said, worth(said, max(one.together, other.together))


def _pairs(these: tuple[Said, ...], those: tuple[Said, ...]) -> Iterator[tuple[Said, ...]]:
    """What is said of each claim in either text."""
    for claim in dict.fromkeys(said.claim for said in (*these, *those)):
        yield tuple(said for said in (*these, *those) if said.claim == claim)


def _kept(text: Tearline) -> float:
    return text.value if text.serves else 0.0


def _once_told(case: Case, first: Told, second: PartyId) -> Case:
    """The case of a second recipient once the first has been told its part."""
    told = Given(
        to=(first.to,),
        on=case.as_of or dt.date.min,
        claims=first.text.versions,
        form=case.proposal.form,
        allows=case.proposal.allows,
        through=case.proposal.through if first.to == case.proposal.to else WHOLE,
    )
    return attrs.evolve(case, given=(*case.given, told)).told_to(second)
