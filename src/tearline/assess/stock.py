"""The memory of a case as a stock: what is left of every limit, what was spent on what, and what it is worth.

Bits do not come back by waiting. So before something routine is told, its worth is set against the price
below which bits are better kept. A warning is always served, and charged like everything else.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import attrs

from tearline.assess.answer import Assessment, ReaderAccount
from tearline.assess.decide import assess
from tearline.assess.frontiers import frontier
from tearline.domain import Case, PartyId, Purpose, SecretKind, SourceId
from tearline.domain.defaults import VALUE_PER_BIT
from tearline.exposure.account import Line
from tearline.exposure.account import account as lines_of
from tearline.exposure.history import held, hindsight, history, in_order
from tearline.exposure.reserve import reserve_price
from tearline.exposure.situation import settings
from tearline.exposure.worlds import Gate

Told = Callable[[str], None]
"""Called with what is being worked out, while the work goes on."""


@attrs.frozen(kw_only=True)
class Account:
    """One limit on a belief of one reader.

    Attributes:
        about: As in :class:`tearline.exposure.account.Line`; ``top_suspect`` for the most suspected person.
        sources: Whose secrets it protects; empty: none names it, the table's limit holds.
        limit: The budget as written.
        empty, now: The upper edge of the belief before anything was given, and now.
        left: Bits until the limit is reached, below 0 where it is passed.
        used: The share of the bits between ``empty`` and the limit that is gone, 0 to 1.
    """

    about: str
    sources: tuple[SourceId, ...]
    limit: float
    empty: float
    now: float
    left: float
    used: float


@attrs.frozen(kw_only=True)
class Cost:
    """What one release has cost with one reader, in bits by belief at the best point.

    Attributes:
        then: Given everything before it; over all releases these telescope.
        in_hindsight: Its fair share of what all of them have cost together.
    """

    on: dt.date
    to: tuple[PartyId, ...]
    claims: tuple[str, ...]
    then: dict[str, float]
    in_hindsight: dict[str, float]


@attrs.frozen(kw_only=True)
class Spending:
    """What the recommended text would spend of one limit.

    Attributes:
        bits: How much it adds to the belief at the best point; never below 0.
        price: The value that so many bits must buy if the use is routine.
    """

    reader: PartyId
    about: str
    bits: float
    price: float


@attrs.frozen(kw_only=True)
class Stock:
    """The accounts of one reader that binds."""

    reader: PartyId
    accounts: tuple[Account, ...]
    costs: tuple[Cost, ...]


@attrs.frozen(kw_only=True)
class Budget:
    """The whole stock, and what the proposal would take from it.

    Attributes:
        found: The answer to the proposal as it stands.
        dearest: What the recommended text spends at the highest price; ``None``: it spends nothing.
        routine: Whether the reserve price applies; a warning is served whatever it costs.
        one_more_bit: What the proposal could gain if every limit were one bit wider (twice as large).
        over_time: What the best text of this proposal would have been worth with none of the earlier
            releases, with the first one, and so on; the last is the value now.
    """

    found: Assessment
    stocks: tuple[Stock, ...]
    dearest: Spending | None
    routine: bool
    one_more_bit: float
    over_time: tuple[float, ...]

    @property
    def worth_it(self) -> bool:
        """Whether the recommended text is worth what it spends."""
        return not self.routine or self.dearest is None or self.found.tearline.value >= self.dearest.price


def budget(case: Case, told: Told = lambda _: None) -> Budget:
    """What is left, what each release cost, and whether the proposal is worth what it would take."""
    told("the answer as it stands")
    found = assess(case)
    binding = [reader for reader in found.readers if reader.listener.binds]
    stocks = []
    for reader in binding:
        told(f"what was spent with {reader.listener.party.label}")
        stocks.append(_stock(case, reader.listener.party.id))
    told("what wider limits would buy")
    room = _gain_of_one_bit(case)
    return Budget(
        found=found,
        stocks=tuple(stocks),
        dearest=_dearest(binding, stocks),
        routine=case.proposal.purpose is not Purpose.WARNING,
        one_more_bit=room,
        over_time=_over_time(case, found, told),
    )


def _stock(case: Case, reader: PartyId) -> Stock:
    releases = in_order(case)
    empty, now = (_lines(case, reader, count) for count in (0, len(releases)))
    spent, fair = history(case, reader), hindsight(case, reader)
    return Stock(
        reader=reader,
        accounts=tuple(_account(case, about, empty[about], line) for about, line in now.items()),
        costs=tuple(
            Cost(
                on=one.on,
                to=one.to,
                claims=one.claims,
                then={charge.about: charge.bits for charge in one.charges},
                in_hindsight=share,
            )
            for one, share in zip(spent, fair, strict=True)
        ),
    )


def _lines(case: Case, reader: PartyId, count: int) -> dict[str, Line]:
    """The lines about beliefs once the first ``count`` releases are held."""
    lines = lines_of(case, settings(case, reader, held(case, in_order(case)[:count]), ()), ())
    return {_name(line): line for line in lines if line.gate in (Gate.TOP_SUSPECT, Gate.BELIEF)}


def _name(line: Line) -> str:
    return "top_suspect" if line.gate is Gate.TOP_SUSPECT else line.about


def _account(case: Case, about: str, empty: Line, now: Line) -> Account:
    total, left = _bits(empty.after.hi, now.budget), _bits(now.after.hi, now.budget)
    return Account(
        about=about,
        sources=_sources(case, about),
        limit=now.budget,
        empty=empty.after.hi,
        now=now.after.hi,
        left=left,
        used=min(max(1 - left / total, 0.0), 1.0) if total > 0 else 1.0,
    )


def _bits(smaller: float, larger: float) -> float:
    return math.log2(larger / smaller) if smaller > 0 and larger > 0 else 0.0


def _sources(case: Case, about: str) -> tuple[SourceId, ...]:
    """The sources whose secrets a belief is about."""
    kind, _, name = about.partition(":")
    found = []
    for secret in case.secrets:
        names = {
            SecretKind.PERSON: about == "top_suspect",
            SecretKind.CHANNEL: kind == "channel" and secret.group == name,
            SecretKind.ORGANISATION: kind == "organisation" and secret.organisation == name,
        }
        if names.get(secret.kind, kind == "secret" and secret.id == name):
            found.append(secret.of)
    return tuple(dict.fromkeys(found))


def _dearest(binding: list[ReaderAccount], stocks: list[Stock]) -> Spending | None:
    """Of all beliefs of all readers the one at which the text is dearest."""
    found = []
    for reader, stock in zip(binding, stocks, strict=True):
        used = {each.about: each.used for each in stock.accounts}
        for line in reader.lines:
            if line.gate in (Gate.TOP_SUSPECT, Gate.BELIEF) and line.bits > 0:
                price = line.bits * reserve_price(used[_name(line)], *VALUE_PER_BIT)
                found.append(Spending(reader=stock.reader, about=_name(line), bits=line.bits, price=price))
    return max(found, key=lambda spending: spending.price, default=None)


def _gain_of_one_bit(case: Case) -> float:
    points = frontier(case)
    inside = max((point.value for point in points if point.load <= 1), default=0.0)
    wider = max((point.value for point in points if point.load <= 2), default=0.0)
    return round(wider - inside, 6)


def _over_time(case: Case, found: Assessment, told: Told) -> tuple[float, ...]:
    releases = in_order(case)
    values = []
    for count in range(len(releases)):
        told(f"what could have been said before release {count + 1} of {len(releases)}")
        values.append(assess(attrs.evolve(case, given=releases[:count])).tearline.value)
    return (*values, found.tearline.value)
