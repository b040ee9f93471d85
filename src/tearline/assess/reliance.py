"""What the answer rests on of partners' records, and the channel through which more could go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tearline.assess.answer import Better, Lever
from tearline.assess.audience import Listener
from tearline.assess.phrases import listed
from tearline.assess.standpoint import Standpoint, still_to_ask
from tearline.domain import WHOLE, Case, Dealing, PartyId, Scope
from tearline.domain.defaults import LEAK_GATE
from tearline.domain.estimative import percent_up, percents
from tearline.exposure.leak_graph import Edge, edges_of
from tearline.policy.reliance import may_go_wrong, permitted
from tearline.trust import Measure, Standing, leak_rate, standing
from tearline.trust.record import Entry

MOST_MOVES = 3
"""How many of the last movements are named."""

MOST_CHANNELS = 2
"""So many other channels are tried, each with a search of its own."""


def on_record(case: Case, listeners: Sequence[Listener]) -> Iterator[str]:
    """What moved the chance that partners pass things on, what did not, and what a recipient may do unasked."""
    edges = edges_of(case)
    for listener in listeners:
        yield from _handling(case, listener.party.id, edges)
    yield from _use(case)


def _handling(case: Case, party: PartyId, edges: Sequence[Edge]) -> Iterator[str]:
    through = case.proposal.through if party == case.proposal.to else WHOLE
    found, who = standing(case, party, Measure.HANDLING, through), case.party(party).label
    if not found.entries:
        return
    own = [edge for edge in edges if edge.giver == party]
    if found.moved_by and own and not any(edge.assumed for edge in own):
        yield f"how {who} passes things on is stated (`leak_paths`), so its record moves nothing there"
    elif found.moved_by:
        yield _moved(case, party, found, who)
    yield from _unheard(found.entries, who)


def _moved(case: Case, party: PartyId, found: Standing, who: str) -> str:
    word, now = leak_rate(case.party(party).handling), found.rate
    where = f" through {found.scope.label}" if found.scope.label else ""
    last = listed(told(dealing) for dealing in found.moved_by[-MOST_MOVES:])
    return (
        f"one share to {who}{where} leaks with {percents(now.lo, now.hi)}, by its word alone "
        f"{percents(word.lo, word.hi)}; last moved by {last}"
    )


def told(dealing: Dealing) -> str:
    """One dealing in a sentence: what, how often, when, and who judged it."""
    often = f"{dealing.count:,} × " if dealing.count > 1 else ""
    doer = " (ours)" if dealing.ours else ""
    maybe = " (perhaps theirs)" if dealing.times_likelier is not None or len(dealing.parties) > 1 else ""
    judge = f", judged by {dealing.judged_by}" if dealing.judged_by else ""
    return f"{often}{dealing.what.words}{maybe}{doer} on {dealing.on.day} {dealing.on:%B %Y}{judge}"


def _unheard(entries: Sequence[Entry], who: str) -> Iterator[str]:
    for entry in entries:
        if entry.silent is not None:
            yield f"{told(entry.dealing)} does not count for {who}: {entry.silent.value}"


def _use(case: Case) -> Iterator[str]:
    """A recipient that is permitted nothing may use it all the same."""
    rate, recipient = may_go_wrong(case), case.party(case.proposal.to)
    if rate is not None and rate >= LEAK_GATE and not permitted(case):
        chance = percent_up(rate)
        yield f"that {recipient.label} only reads it: by word and record, a use by it goes wrong with up to {chance}"


def another_channel(at: Standpoint) -> Iterator[Better]:
    """The best of the recipient's channels that have a record of their own, if more could go through it.

    Tried where the recipient's own handling makes readers bind, with the few channels through which it would not.
    """
    found = []
    for scope in _recorded(at.case):
        changed = attrs.evolve(at.case, proposal=attrs.evolve(at.case.proposal, through=scope))
        now, asked = at.solve(changed, True), at.solve(changed, False)
        then, before = (now, at.now) if at.gain(now, at.now) > 0 else (asked, at.asked)
        if (gain := at.gain(then, before)) > 0:
            found.append((gain, scope, then, still_to_ask(changed, then)))
    if found:
        gain, scope, then, consent = max(found, key=lambda each: (each[0], each[1].steps))
        text = f"hand it to {at.case.party(at.case.proposal.to).label} through {scope.label}, which has a better record"
        yield Better(
            lever=Lever.ROUTE, text=f"{text}; and ask {consent}" if consent else text, gain=gain, said=then.said
        )


def _recorded(case: Case) -> tuple[Scope, ...]:
    """Scopes of the recipient through which its own handling would not bind, the best first; none where it does not."""
    to = case.proposal.to
    if not _binds(case, case.proposal.through):
        return ()
    own = [dealing.through for dealing in case.dealings if to in dealing.parties and not dealing.ours]
    free = [scope for scope in dict.fromkeys(own) if scope != case.proposal.through and not _binds(case, scope)]
    return tuple(sorted(free, key=lambda scope: (_rate(case, scope), scope.steps))[:MOST_CHANNELS])


def _binds(case: Case, scope: Scope) -> bool:
    return _rate(case, scope) >= LEAK_GATE


def _rate(case: Case, scope: Scope) -> float:
    return standing(case, case.proposal.to, Measure.HANDLING, scope).rate.hi
