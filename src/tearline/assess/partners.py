"""One partner, seen whole: how far it can be relied on, what moved that, what passed between us, what to ask.

Two bars, never one score. What is for advice only (how they may see us, good will, favours, requests) says
so, and no gate reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tearline.assess.search import recipient_holds
from tearline.domain import (
    WHOLE,
    Case,
    ClaimId,
    Dealing,
    Dossier,
    Event,
    Interval,
    Item,
    Lineage,
    Party,
    PartyId,
    Passage,
    Scope,
    Worth,
)
from tearline.domain.defaults import LEAK_GATE
from tearline.domain.favours import UNJUDGED
from tearline.errors import InputError
from tearline.exposure.leak_graph import LeakGraph, leak_graph
from tearline.exposure.leaks import reach
from tearline.trust import Measure, Standing, course, leak_chance_of, standing
from tearline.trust.advantage import Plan, plan
from tearline.trust.asking import Scored, ranked
from tearline.trust.favours import Balance, Dependence, Trends, balances, dependence, inflow, trends
from tearline.trust.novelty import Reading, weigh_dossier
from tearline.trust.record import in_order
from tearline.trust.swaps import Swap, swaps

MOST_MOVES = 12
"""How many of the last movements of each measure are followed."""


@attrs.frozen(kw_only=True)
class Move:
    """One dealing and what it made of a measure.

    Attributes:
        before, after: P(sound), at the best point, for the whole partner; for good will P(willing).
        ours: It moved how they may see us.
    """

    dealing: Dealing
    measure: Measure
    ours: bool
    before: float
    after: float


@attrs.frozen(kw_only=True)
class Through:
    """One scope that has a record."""

    scope: Scope
    rate: Interval
    shares: int

    @property
    def binds(self) -> bool:
        """Whether what goes through it makes hostile readers bind by the partner's own handling."""
        return self.rate.hi >= LEAK_GATE


@attrs.frozen(kw_only=True)
class Refusal:
    """What it would cost to refuse an officer of theirs. Advice.

    Attributes:
        pending: The officer they proposed, if none has been accepted or refused since.
        inflow: What comes from them in a year, as far as the record tells.
        willing, then: P(they go on sharing) now and after a refusal.
        price: What a year's inflow would lose.
    """

    pending: Dealing | None
    inflow: Worth
    willing: Interval
    then: Interval
    price: Worth


@attrs.frozen(kw_only=True)
class Gift:
    """One claim that is proposed, and how much of it would be news to them.

    Attributes:
        known: How likely they hold it already.
        stated: Whether anybody has said so, or it is on record.
    """

    claim: ClaimId
    worth: float
    new: Worth
    known: Interval
    stated: bool


@attrs.frozen(kw_only=True)
class Partner:
    """Everything the ledger says of one partner.

    Attributes:
        handling, use: How we see it, for the whole of it.
        theirs: How it may see us: handling, then use.
        goodwill: How willing it is to go on sharing; ``unsound`` is that it is not.
        stated: Whether the file states how it passes things on: then the record moves nothing there.
        so_far: P(at least one of everything given to it, and of one share more, leaks by its own handling).
        channels: Scopes with a record of their own, the best first.
        moves: What moved it, by day.
        others: Topics that rest on one partner, whichever.
    """

    case: Case
    party: Party
    handling: Standing
    use: Standing
    theirs: tuple[Standing, Standing]
    goodwill: Standing
    stated: bool
    so_far: Interval
    channels: tuple[Through, ...]
    moves: tuple[Move, ...]
    refusal: Refusal
    balances: tuple[Balance, ...]
    trends: Trends
    others: tuple[Dependence, ...]
    dossiers: tuple[Reading, ...]
    gifts: tuple[Gift, ...]
    requests: tuple[Scored, ...]
    plan: Plan | None
    swaps: tuple[Swap, ...]

    @property
    def binds(self) -> bool:
        """Whether one share to it, through nobody in particular, makes hostile readers bind."""
        return not self.stated and self.handling.rate.hi >= LEAK_GATE


def partner(case: Case, party: PartyId) -> Partner:
    """The page of one partner.

    Raises:
        InputError: It is no party of the case, or it is us.
    """
    held = {each.id: each for each in case.parties}
    if party not in held:
        known = ", ".join(f"`{each}`" for each in held if each != case.us)
        raise InputError(f"no party `{party}` in the case; there is {known}")
    if party == case.us:
        raise InputError(f"`{party}` is us; name a partner")
    today, goodwill = _today(case), standing(case, party, Measure.GOODWILL)
    return Partner(
        case=case,
        party=held[party],
        handling=standing(case, party, Measure.HANDLING),
        use=standing(case, party, Measure.USE),
        theirs=(
            standing(case, party, Measure.HANDLING, ours=True),
            standing(case, party, Measure.USE, ours=True),
        ),
        goodwill=goodwill,
        stated=any(path.giver == party and path.how is Passage.ONWARD for path in case.leak_paths),
        so_far=leak_chance_of(case, party, [WHOLE, *(g.through for g in case.given if party in g.to)]),
        channels=_channels(case, party),
        moves=moves(case, party),
        refusal=_refusal(case, party, goodwill, today),
        balances=balances(case, party, today),
        trends=trends(case, party),
        others=dependence(case, today),
        dossiers=tuple(reading(case, dossier) for dossier in case.received if dossier.giver == party),
        gifts=tuple(_gifts(case)) if case.proposal.to == party else (),
        requests=ranked((r for r in case.requests if r.of == party), _willing(goodwill)),
        plan=plan(case.topics, case.us, party) if _planned(case, party) else None,
        swaps=tuple(swap for swap in swaps(case.offers) if {party, case.us} <= {*swap.parties}),
    )


def _today(case: Case) -> dt.date:
    """The day of the case, else the last day on record."""
    days = [*(f.on for f in case.favours), *(d.on for d in case.dealings), *(d.on for d in case.received)]
    return case.as_of or max(days, default=dt.date.min)


def _planned(case: Case, party: PartyId) -> bool:
    return any(party in topic.costs and case.us in topic.costs for topic in case.topics)


def _willing(goodwill: Standing) -> Interval:
    """P(the partner is willing)."""
    ends = goodwill.unsound
    return Interval(1 - ends.hi, 1 - ends.mid, 1 - ends.lo)


def _channels(case: Case, party: PartyId) -> tuple[Through, ...]:
    own = [d.through for d in case.dealings if party in d.parties and not d.ours and d.through != WHOLE]
    found = [standing(case, party, Measure.HANDLING, scope) for scope in dict.fromkeys(own)]
    through = [Through(scope=each.scope, rate=each.rate, shares=each.shares) for each in found]
    return tuple(sorted(through, key=lambda each: (each.rate.hi, each.scope.steps)))


# --- what moved it --------------------------------------------------------------------------------------


def moves(case: Case, party: PartyId) -> tuple[Move, ...]:
    """The last movements of every measure, by day; what did not count is not among them."""
    found = [
        *_moves(case, party, Measure.HANDLING),
        *_moves(case, party, Measure.USE),
        *_moves(case, party, Measure.GOODWILL),
        *_moves(case, party, Measure.HANDLING, ours=True),
        *_moves(case, party, Measure.USE, ours=True),
    ]
    return tuple(sorted(found, key=lambda move: move.dealing.on))


def _moves(case: Case, party: PartyId, measure: Measure, *, ours: bool = False) -> Iterator[Move]:
    for dealing, before, after in course(case, party, measure, ours=ours)[-MOST_MOVES:]:
        yield Move(dealing=dealing, measure=measure, ours=ours, before=1 - before, after=1 - after)


# --- what passed between us ---------------------------------------------------------------------------------


def _refusal(case: Case, party: PartyId, goodwill: Standing, today: dt.date) -> Refusal:
    refused = Dealing(parties=(party,), on=max(today, _last_day(case)), what=Event.ACCREDITATION_REFUSED, ours=True)
    after = standing(attrs.evolve(case, dealings=(*case.dealings, refused)), party, Measure.GOODWILL)
    comes, now, then = inflow(case, party, today), _willing(goodwill), _willing(after)
    lost = [_lost(*ends) for ends in ((now.lo, then.lo), (now.mid, then.mid), (now.hi, then.hi))]
    price = Worth(comes.lo * min(lost), comes.mid * lost[1], comes.hi * max(lost))
    return Refusal(pending=_pending(case, party), inflow=comes, willing=now, then=then, price=price)


def _lost(now: float, then: float) -> float:
    return max(0.0, 1 - then / now) if now > 0 else 0.0


def _last_day(case: Case) -> dt.date:
    return max((dealing.on for dealing in case.dealings), default=dt.date.min)


def _pending(case: Case, party: PartyId) -> Dealing | None:
    """Their last proposal of an officer, if we have not answered it since."""
    pending = None
    for dealing in in_order(case):
        if party not in dealing.parties or dealing.retracted is not None:
            continue
        if dealing.what is Event.ACCREDITATION_ASKED and not dealing.ours:
            pending = dealing
        elif dealing.what in (Event.ACCREDITATION_GRANTED, Event.ACCREDITATION_REFUSED) and dealing.ours:
            pending = None
    return pending


def reading(case: Case, dossier: Dossier) -> Reading:
    """A dossier, claim by claim, with what lineage says: whether it may be our own coming back."""
    echoes = {item.id: _echo(case, dossier, item) for item in dossier.items}
    return weigh_dossier(dossier, {name: echo for name, echo in echoes.items() if echo is not None})


def _echo(case: Case, dossier: Dossier, item: Item) -> Interval | None:
    """How likely a claim descends from what we gave before, to the giver or to whom it may have it from.

    Who held it may have reported it, or found it out again: between no and surely.
    """
    if item.matches is None:
        return None
    graph, chances = leak_graph(case), []
    for given in case.given:
        if given.on < dossier.on and item.matches in given.claims:
            starts = frozenset(given.to)
            got = (1.0, 1.0) if dossier.giver in starts else _reached(graph, starts, dossier.giver)
            chances.append(got)
    if not chances:
        return None
    mid, hi = max(chances)
    return Interval(0.0, 0.0 if item.lineage is Lineage.DIFFERENT else mid / 2, hi)


def _reached(graph: LeakGraph, starts: frozenset[PartyId], party: PartyId) -> tuple[float, float]:
    found = reach(graph, starts, party)
    return found.mid, found.hi


def _gifts(case: Case) -> Iterator[Gift]:
    """The claims that are proposed, most exact first, and whether the recipient knows them already."""
    has = recipient_holds(case)
    for claim, most in case.proposal.claims.items():
        rank = 0 if most is None else case.claim(claim).rank(most)
        worth = case.claim(claim).versions[rank].value
        known, stated = case.proposal.already_known.get(claim, UNJUDGED), claim in case.proposal.already_known
        if claim in has and has[claim] <= rank:
            known, stated = Interval.exactly(1), True
        new = Worth(worth * (1 - known.hi), worth * (1 - known.mid), worth * (1 - known.lo))
        yield Gift(claim=claim, worth=worth, new=new, known=known, stated=stated)
