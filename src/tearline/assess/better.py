"""The ways to a better answer that the case supports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tearline.assess.answer import Better, Lever, Obstacle, Timing
from tearline.assess.audience import Listener
from tearline.assess.content import all_in_words
from tearline.assess.covering import covers
from tearline.assess.phrases import PERMITTED_TO, listed
from tearline.assess.reliance import another_channel
from tearline.assess.routes import candidates, routes
from tearline.assess.search import useful
from tearline.assess.standpoint import Standpoint, still_to_ask
from tearline.assess.waiting import on_day, turning_days
from tearline.domain import AtLeast, Case, Permission


def ways(
    at: Standpoint, listeners: Sequence[Listener], barred: Sequence[Obstacle], times: Sequence[Timing]
) -> tuple[Better, ...]:
    """Consent, waiting, cover, a permission less, less to act on: each tried alone; what may go meanwhile; a route."""
    return (
        *_consent(at),
        *_waiting(at, times),
        *covers(at, listeners, barred),
        *_permission(at),
        *_meanwhile(at),
        *_content(at),
        *another_channel(at),
        *routes(at.case, at.here, at.asked, at.tell),
    )


def _consent(at: Standpoint) -> Iterator[Better]:
    """Consents for more than what may go now; where nothing may, they are what is recommended."""
    parties = still_to_ask(at.case, at.asked)
    gain = at.gain(at.asked, at.now)
    if at.now.serves and parties and gain > 0:
        yield Better(lever=Lever.CONSENT, text=f"ask {parties}", gain=gain, said=at.asked.said)


def _meanwhile(at: Standpoint) -> Iterator[Better]:
    """What could be said at once, while something else waits for an answer or a signature."""
    going = [f"{claim} as {version}" for claim, version in at.now.versions.items()]
    if at.waits and useful(at.now.value, at.case.proposal.minimum_value or 0.0):
        text = f"{listed(going)} may go at once; nobody need be asked, and no limit is passed"
        yield Better(lever=Lever.MEANWHILE, text=text, said=at.now.said)


def _waiting(at: Standpoint, times: Sequence[Timing]) -> Iterator[Better]:
    """The first day on which more could be said, and the day on which most could."""
    best, safe = 0.0, {timing.safe_from for timing in times}
    for day, happens in turning_days(at.case).items():
        if day not in safe:
            continue
        changed = on_day(at.case, day)
        then = at.solve(changed, False)
        gain = at.gain(then, at.asked)
        if gain > best:
            best, consent = gain, still_to_ask(changed, then)
            text = f"wait until {day.day} {day:%B %Y} ({listed(happens)})"
            yield Better(
                lever=Lever.WAITING, text=f"{text}; and ask {consent}" if consent else text, gain=gain, said=then.said
            )


def _content(at: Standpoint) -> Iterator[Better]:
    """Where nothing is enough to act on: each line of `actionable` left out in turn, then all of them."""
    every = at.case.proposal.actionable
    if at.now.serves or at.asked.serves:
        return
    singly = [every[:place] + every[place + 1 :] for place in range(len(every))] if len(every) > 1 else []
    found = [way for fewer in singly for way in _with_less(at, fewer)]
    yield from found or (_with_less(at, ()) if every else ())


def _with_less(at: Standpoint, lines: tuple[AtLeast, ...]) -> Iterator[Better]:
    """What could be said if less were enough to act on."""
    case = attrs.evolve(at.case, proposal=attrs.evolve(at.case.proposal, actionable=lines))
    then = at.solve(case, True)
    then = then if then.serves else at.solve(case, False)
    gain = at.gain(then, at.asked)
    if gain > 0:
        gone = [line for line in at.case.proposal.actionable if line not in lines]
        consent = still_to_ask(case, then)
        text = f"find out whether it can do without {all_in_words(case, gone)}"
        yield Better(
            lever=Lever.CONTENT, text=f"{text}; and ask {consent}" if consent else text, gain=gain, said=then.said
        )


def _permission(at: Standpoint) -> Iterator[Better]:
    """Fewer permissions, one left out at a time; none at all where that alone admits more."""
    every = at.case.proposal.allows
    singly = [tuple(p for p in every if p is not left_out) for left_out in every]
    found = [way for allows in dict.fromkeys(singly) for way in _without(at, allows)]
    yield from found or (_without(at, ()) if every else ())


def _without(at: Standpoint, allows: tuple[Permission, ...]) -> Iterator[Better]:
    """What could be said if the recipient got no permission but ``allows``."""
    case = attrs.evolve(at.case, proposal=attrs.evolve(at.case.proposal, allows=allows))
    at_once, once_agreed = at.solve(case, True), at.solve(case, False)
    then, gain = at_once, at.gain(at_once, at.now)
    if gain <= 0:
        then, gain = once_agreed, at.gain(once_agreed, at.asked)
    if gain > 0:
        withheld = [p for p in Permission if p in at.case.proposal.allows and p not in allows]
        consent = still_to_ask(case, then)
        text = f"give no permission {' or '.join(PERMITTED_TO[p] for p in withheld)}"
        yield Better(
            lever=Lever.PERMISSION, text=f"{text}, and ask {consent}" if consent else text, gain=gain, said=then.said
        )


def unjudged(case: Case) -> tuple[str, ...]:
    """Ways that the case says too little to judge, and what it would have to say."""
    found = []
    if not case.cover:
        found.append("cover: the case names no true event that could explain it otherwise")
    if not candidates(case):
        found.append("another route: no other party in the case has people where it matters (`presence`)")
    if not turning_days(case):
        found.append("waiting: nothing in the case says who will know it later, or when it will be public")
    return tuple(found)
