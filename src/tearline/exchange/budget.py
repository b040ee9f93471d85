"""What ``budget`` says, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.stock import Account, Budget, Cost, Spending, Stock
from tearline.exchange.answer import figure

SHAPE = 1


class WireAccount(msgspec.Struct, kw_only=True):
    """One limit: the belief at its upper edge before anything and now, and the bits that are left."""

    about: str
    sources: list[str]
    limit: float
    before_anything: float
    now: float
    bits_left: float
    used: float


class WireCost(msgspec.Struct, kw_only=True):
    """One past release: bits by belief, given everything before it, and as a fair share of all."""

    on: dt.date
    to: list[str]
    claims: list[str]
    then: dict[str, float]
    in_hindsight: dict[str, float]


class WireStock(msgspec.Struct, kw_only=True):
    """One reader."""

    reader: str
    accounts: list[WireAccount]
    costs: list[WireCost]


class WireSpending(msgspec.Struct, kw_only=True):
    """What the recommended text takes from the limit at which it is dearest."""

    reader: str
    about: str
    bits: float
    price: float


class WireProposal(msgspec.Struct, kw_only=True):
    """The proposal: its worth, what it spends, and what more or earlier room would have bought."""

    value: float
    dearest: WireSpending | None
    routine: bool
    worth_it: bool
    one_more_bit: float
    over_time: list[float]


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything."""

    readers: list[WireStock]
    proposal: WireProposal


class WireBudget(msgspec.Struct, kw_only=True):
    """The stock. ``tearline_budget`` is the number of this shape."""

    tearline_budget: int
    house_only: WireHouse


def encode(found: Budget) -> str:
    """The stock as JSON text, indented."""
    house = WireHouse(readers=[_stock(stock) for stock in found.stocks], proposal=_proposal(found))
    return msgspec.json.format(
        msgspec.json.encode(WireBudget(tearline_budget=SHAPE, house_only=house)), indent=2
    ).decode()


def _stock(stock: Stock) -> WireStock:
    return WireStock(
        reader=stock.reader,
        accounts=[_account(account) for account in stock.accounts],
        costs=[_cost(cost) for cost in stock.costs],
    )


def _account(account: Account) -> WireAccount:
    return WireAccount(
        about=account.about,
        sources=list(account.sources),
        limit=figure(account.limit),
        before_anything=figure(account.empty),
        now=figure(account.now),
        bits_left=figure(account.left),
        used=figure(account.used),
    )


def _cost(cost: Cost) -> WireCost:
    return WireCost(
        on=cost.on,
        to=list(cost.to),
        claims=list(cost.claims),
        then={about: figure(bits) for about, bits in cost.then.items()},
        in_hindsight={about: figure(bits) for about, bits in cost.in_hindsight.items()},
    )


def _proposal(found: Budget) -> WireProposal:
    return WireProposal(
        value=found.found.tearline.value,
        dearest=None if found.dearest is None else _spending(found.dearest),
        routine=found.routine,
        worth_it=found.worth_it,
        one_more_bit=found.one_more_bit,
        over_time=list(found.over_time),
    )


def _spending(spent: Spending) -> WireSpending:
    return WireSpending(reader=spent.reader, about=spent.about, bits=figure(spent.bits), price=figure(spent.price))
