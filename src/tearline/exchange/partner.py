"""What ``partner`` says, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.advice import advice
from tearline.assess.partners import Move, Partner
from tearline.domain import Interval, Worth
from tearline.exchange.answer import figure
from tearline.trust import Standing
from tearline.trust.favours import Balance
from tearline.trust.novelty import Reading, Weighed
from tearline.trust.record import Entry

SHAPE = 1


class WireEnds(msgspec.Struct, kw_only=True):
    """An interval: lower edge, best point, upper edge."""

    lo: float
    mid: float
    hi: float


class WireEntry(msgspec.Struct, kw_only=True):
    """One dealing; ``why_not`` says why it does not count, null: it counts."""

    on: dt.date
    what: str
    count: int
    ours: bool
    through: list[str]
    judged_by: str
    what_happened: str
    why_not: str | None


class WireStanding(msgspec.Struct, kw_only=True):
    """One measure: P(unsound), P(the next share or use goes wrong), and what is on record."""

    measure: str
    unsound: WireEnds
    rate: WireEnds
    clean: int
    entries: list[WireEntry]


class WireMove(msgspec.Struct, kw_only=True):
    """One movement: P(sound) before and after at the best point; ``ours``: of how they may see us."""

    on: dt.date
    what: str
    measure: str
    ours: bool
    before: float
    after: float


class WireChannel(msgspec.Struct, kw_only=True):
    """One scope with a record: agency, channel, topic."""

    through: list[str]
    rate: WireEnds
    clean: int
    binds: bool


class WireBalance(msgspec.Struct, kw_only=True):
    """One topic; ``outside`` never counts as debt."""

    topic: str
    given: WireEnds
    received: WireEnds
    outside: WireEnds


class WireReceived(msgspec.Struct, kw_only=True):
    """One claim of a dossier."""

    id: str
    worth: WireEnds
    new: WireEnds
    held: WireEnds
    echo: WireEnds
    likelihood_ratio: WireEnds
    prior: float | None
    then: float | None
    surprise_bits: float | None
    signs: list[str]


class WireDossier(msgspec.Struct, kw_only=True):
    """A dossier, weighed."""

    id: str
    on: dt.date
    topic: str
    volume: WireEnds
    new: WireEnds
    share_new: float
    thinness: WireEnds | None
    thin: bool
    public: float
    pages_per_new: float | None
    signs: list[str]
    claims: list[WireReceived]


class WireGift(msgspec.Struct, kw_only=True):
    """One claim that is proposed: how much of it would be news to them."""

    claim: str
    worth: float
    new: WireEnds
    known: WireEnds
    stated: bool


class WireRequest(msgspec.Struct, kw_only=True):
    """One request with its score: worth times chances, less its cost."""

    id: str
    what: str
    worth: WireEnds
    score: WireEnds
    cost: float


class WireRefusal(msgspec.Struct, kw_only=True):
    """What it would cost to refuse an officer: a year's inflow, willingness now and then, the price."""

    pending: str | None
    inflow: WireEnds
    willing: WireEnds
    then: WireEnds
    price: WireEnds


class WireArrangement(msgspec.Struct, kw_only=True):
    """How one topic is covered; gains are ours, then theirs."""

    topic: str
    way: str
    by: str | None
    gain: list[float]


class WirePlan(msgspec.Struct, kw_only=True):
    """How all topics are covered."""

    alone: float
    together: float
    gain: list[float]
    exact: bool
    arrangements: list[WireArrangement]
    unplanned: list[str]


class WireHand(msgspec.Struct, kw_only=True):
    """One gives one thing to another."""

    giver: str
    to: str
    offer: str
    gain_of_giver: float


class WireSwap(msgspec.Struct, kw_only=True):
    """A ring of two or three, and the originators who must still be asked."""

    hands: list[WireHand]
    to_ask: list[str]


class WireTrends(msgspec.Struct, kw_only=True):
    """How the exchange is going; null where nothing on record tells."""

    lag_days: float | None
    requests_answered: float | None
    one_officer: str | None
    one_officer_share: float | None
    rests_on_it: dict[str, float]


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything. ``binds`` is about one share through nobody in particular."""

    party: str
    handling: WireStanding
    use: WireStanding
    binds: bool
    stated: bool
    so_far: WireEnds
    channels: list[WireChannel]
    moves: list[WireMove]
    how_they_may_see_us: list[WireStanding]
    goodwill: WireStanding
    refusal: WireRefusal
    balances: list[WireBalance]
    trends: WireTrends
    received: list[WireDossier]
    proposed: list[WireGift]
    requests: list[WireRequest]
    plan: WirePlan | None
    swaps: list[WireSwap]
    advice: list[str]


class WirePartner(msgspec.Struct, kw_only=True):
    """The page. ``tearline_partner`` is the number of this shape."""

    tearline_partner: int
    house_only: WireHouse


def encode(page: Partner) -> str:
    """The page as JSON text, indented."""
    house = WireHouse(
        party=page.party.id,
        handling=_standing(page.handling),
        use=_standing(page.use),
        binds=page.binds,
        stated=page.stated,
        so_far=_ends(page.so_far),
        channels=[
            WireChannel(through=list(c.scope.steps), rate=_ends(c.rate), clean=c.shares, binds=c.binds)
            for c in page.channels
        ],
        moves=[_move(move) for move in page.moves],
        how_they_may_see_us=[_standing(found) for found in page.theirs],
        goodwill=_standing(page.goodwill),
        refusal=_refusal(page),
        balances=[_balance(balance) for balance in page.balances],
        trends=_trends(page),
        received=[_dossier(found) for found in page.dossiers],
        proposed=[
            WireGift(claim=g.claim, worth=g.worth, new=_ends(g.new), known=_ends(g.known), stated=g.stated)
            for g in page.gifts
        ],
        requests=[
            WireRequest(
                id=s.request.id,
                what=s.request.what,
                worth=_ends(s.worth),
                score=WireEnds(**dict(zip(("lo", "mid", "hi"), map(figure, s.score), strict=True))),
                cost=s.request.cost,
            )
            for s in page.requests
        ],
        plan=_plan(page),
        swaps=_swaps(page),
        advice=list(advice(page)),
    )
    return msgspec.json.format(
        msgspec.json.encode(WirePartner(tearline_partner=SHAPE, house_only=house)), indent=2
    ).decode()


def _ends(ends: Interval | Worth) -> WireEnds:
    return WireEnds(lo=figure(ends.lo), mid=figure(ends.mid), hi=figure(ends.hi))


def _standing(found: Standing) -> WireStanding:
    return WireStanding(
        measure=found.measure.value,
        unsound=_ends(found.unsound),
        rate=_ends(found.rate),
        clean=found.shares,
        entries=[_entry(entry) for entry in found.entries],
    )


def _entry(entry: Entry) -> WireEntry:
    dealing = entry.dealing
    return WireEntry(
        on=dealing.on,
        what=dealing.what.value,
        count=dealing.count,
        ours=dealing.ours,
        through=list(dealing.through.steps),
        judged_by=dealing.judged_by,
        what_happened=dealing.what_happened,
        why_not=entry.silent.value if entry.silent else None,
    )


def _move(move: Move) -> WireMove:
    return WireMove(
        on=move.dealing.on,
        what=move.dealing.what.value,
        measure=move.measure.value,
        ours=move.ours,
        before=figure(move.before),
        after=figure(move.after),
    )


def _refusal(page: Partner) -> WireRefusal:
    found = page.refusal
    return WireRefusal(
        pending=found.pending.what_happened if found.pending else None,
        inflow=_ends(found.inflow),
        willing=_ends(found.willing),
        then=_ends(found.then),
        price=_ends(found.price),
    )


def _balance(balance: Balance) -> WireBalance:
    return WireBalance(
        topic=balance.topic,
        given=_ends(balance.given),
        received=_ends(balance.received),
        outside=_ends(balance.outside),
    )


def _trends(page: Partner) -> WireTrends:
    one = page.trends.by_one_officer
    return WireTrends(
        lag_days=None if page.trends.lag is None else figure(page.trends.lag),
        requests_answered=None if page.trends.answered is None else figure(page.trends.answered),
        one_officer=one[0] if one else None,
        one_officer_share=figure(one[1]) if one else None,
        rests_on_it={each.topic: figure(each.share) for each in page.others if each.on == page.party.id},
    )


def _dossier(found: Reading) -> WireDossier:
    return WireDossier(
        id=found.dossier.id,
        on=found.dossier.on,
        topic=found.dossier.topic,
        volume=_ends(found.volume),
        new=_ends(found.new),
        share_new=figure(found.share_new),
        thinness=_ends(found.thinness) if found.thinness else None,
        thin=found.is_thin,
        public=figure(found.public),
        pages_per_new=None if found.pages_per_new is None else figure(found.pages_per_new),
        signs=[sign.value for sign in found.signs],
        claims=[_received(claim) for claim in found.claims],
    )


def _received(claim: Weighed) -> WireReceived:
    least, ratio, most = map(figure, claim.ratio)
    return WireReceived(
        id=claim.item.id,
        worth=_ends(claim.item.worth),
        new=_ends(claim.new),
        held=_ends(claim.item.held),
        echo=_ends(claim.echo),
        likelihood_ratio=WireEnds(lo=least, mid=ratio, hi=most),
        prior=claim.item.prior,
        then=None if claim.then is None else figure(claim.then),
        surprise_bits=None if claim.surprise is None else figure(claim.surprise),
        signs=[sign.value for sign in claim.signs],
    )


def _plan(page: Partner) -> WirePlan | None:
    found = page.plan
    if found is None:
        return None
    return WirePlan(
        alone=figure(found.alone),
        together=figure(found.together),
        gain=[figure(gain) for gain in found.gain],
        exact=found.exact,
        arrangements=[
            WireArrangement(topic=a.topic, way=a.way.value, by=a.by, gain=[figure(g) for g in a.gain])
            for a in found.arrangements
        ],
        unplanned=list(found.unplanned),
    )


def _swaps(page: Partner) -> list[WireSwap]:
    return [
        WireSwap(
            hands=[
                WireHand(giver=hand.giver, to=hand.to, offer=hand.offer.id, gain_of_giver=figure(gain))
                for hand, gain in zip(swap.hands, swap.gains, strict=True)
            ],
            to_ask=list(swap.to_ask),
        )
        for swap in page.swaps
    ]
