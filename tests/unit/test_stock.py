"""The memory as a stock: bits then and in hindsight, the reserve price, what is left and what it is worth."""

import datetime as dt
import itertools
import json
import math

import attrs
import pytest

from small_case import claim, small_case, with_proposal, yes
from tearline.assess.stock import Budget, budget
from tearline.cases import open_shipped
from tearline.domain import Case, Given, Purpose
from tearline.exchange.budget import encode
from tearline.exposure import history as past
from tearline.exposure.history import hindsight, history, orders
from tearline.exposure.reserve import reserve_price

RATIO = (1.0, 100.0)


@pytest.mark.parametrize(("used", "price"), [(0, 0.3679), (1 / (1 + math.log(100)), 1.0), (0.5, 6.0653), (1, 100.0)])
def test_the_reserve_price_is_the_published_one(used: float, price: float) -> None:
    assert reserve_price(used, *RATIO) == pytest.approx(price, abs=5e-5)


def test_the_reserve_price_never_falls_and_ends_with_the_stock() -> None:
    prices = [reserve_price(used / 10, *RATIO) for used in range(-2, 14)]

    assert all(before <= after for before, after in itertools.pairwise(prices))
    assert prices[0] == prices[2]
    assert prices[-1] == pytest.approx(100)


def test_offers_in_their_order_are_taken_as_the_rule_says() -> None:
    offers = [(3, 2), (2, 1), (50, 2), (8, 3), (90, 2), (99, 2), (400, 4)]
    stock, spent, value, taken = 10, 0, 0, []

    for worth, bits in offers:
        take = worth / bits >= reserve_price(spent / stock, *RATIO) and spent + bits <= stock
        taken.append(take)
        spent, value = (spent + bits, value + worth) if take else (spent, value)

    assert taken == [True, True, True, False, True, True, False]
    assert (spent, value) == (9, 244)


@pytest.mark.parametrize("count", [1, 2, 5, 8, 9, 12])
def test_every_release_is_weighed_in_full(count: int) -> None:
    weight = dict.fromkeys(range(count), 0.0)
    for number, share, before in orders(count):
        assert number not in before
        weight[number] += share

    assert list(weight.values()) == pytest.approx([1.0] * count)


def test_two_releases_share_by_the_mean_of_both_orders() -> None:
    assert sorted(orders(2), key=str) == sorted(
        [(0, 0.5, frozenset()), (0, 0.5, frozenset({1})), (1, 0.5, frozenset()), (1, 0.5, frozenset({0}))], key=str
    )


def test_bits_then_and_in_hindsight_sum_to_the_same() -> None:
    case = open_shipped("gordievsky").case

    spent, fair = history(case, "kgb"), hindsight(case, "kgb")

    for about in ("channel:traffic-read", "organisation:london", "top_suspect"):
        then = sum(charge.bits for one in spent for charge in one.charges if charge.about == about)
        assert sum(share[about] for share in fair) == pytest.approx(then, abs=1e-9)


def series(*claims: str, days: int = 1) -> Case:
    """The small case after releases of the vague wording of claims of their own, to B."""
    case = small_case(consents=(yes("C", "exact"),))
    more = tuple(claim(id=name) for name in dict.fromkeys(claims))
    given = tuple(
        Given(to=("B",), on=dt.date(2026, 1, 1 + n * days), claims={name: "vague"}) for n, name in enumerate(claims)
    )
    return attrs.evolve(case, claims=(*case.claims, *more), given=given)


def test_releases_alike_are_charged_alike_in_hindsight() -> None:
    first, second, third = hindsight(series("a", "b", "c"), "X")

    assert first == pytest.approx(second)
    assert second == pytest.approx(third)


def test_what_was_given_twice_is_shared() -> None:
    once, twice = hindsight(series("a", "a"), "X")
    (alone,) = hindsight(series("a"), "X")

    for about, bits in alone.items():
        assert [once[about], twice[about]] == pytest.approx([bits / 2, bits / 2])


def test_the_order_of_the_file_changes_nothing_in_hindsight() -> None:
    case = series("a", "b", "c", days=0)
    turned = attrs.evolve(case, given=case.given[::-1])

    for one, same in zip(hindsight(turned, "X"), reversed(hindsight(case, "X")), strict=True):
        assert one == pytest.approx(same)


def test_beyond_a_few_releases_orders_are_drawn_and_still_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    case = series("a", "b", "c", "d")
    exact = hindsight(case, "X")
    monkeypatch.setattr(past, "EXACT", 2)

    drawn = hindsight(case, "X")

    for about in exact[0]:
        assert sum(share[about] for share in drawn) == pytest.approx(sum(share[about] for share in exact))


def test_bits_left_are_what_the_limit_allows_and_what_is_used_adds_up() -> None:
    for stock in budget(series("a", "b")).stocks:
        for account in stock.accounts:
            assert account.left == pytest.approx(math.log2(account.limit / account.now))
            assert account.used * math.log2(account.limit / account.empty) == pytest.approx(
                min(max(math.log2(account.now / account.empty), 0), math.log2(account.limit / account.empty)), abs=1e-9
            )


def test_nothing_given_leaves_everything() -> None:
    for stock in budget(series()).stocks:
        assert stock.costs == ()
        assert all(account.used == 0 and account.now == account.empty for account in stock.accounts)


def test_routine_use_is_held_back_when_it_is_worth_too_little_and_a_warning_never() -> None:
    worn = series("a", "b", "c", "d")
    cheap = tuple(
        attrs.evolve(c, versions=tuple(attrs.evolve(v, value=v.value / 100) for v in c.versions)) for c in worn.claims
    )
    routine = attrs.evolve(worn, claims=cheap)
    warning = with_proposal(routine, purpose=Purpose.WARNING)

    assert spends(budget(routine))
    assert not budget(routine).worth_it
    assert budget(warning).worth_it


def spends(found: Budget) -> bool:
    return found.dearest is not None and found.dearest.price > found.found.tearline.value > 0


def test_the_series_costs_the_next_report_two_wordings() -> None:
    found = budget(open_shipped("gordievsky").case)

    assert found.over_time == (8, 8, 6, 6, 6)
    assert found.over_time[-1] == found.found.tearline.value


def test_the_stock_as_json_stays_in_the_house() -> None:
    answer = json.loads(encode(budget(series("a"))))

    assert set(answer) == {"tearline_budget", "house_only"}
    assert answer["tearline_budget"] == 1
    assert answer["house_only"]["readers"][0]["costs"][0]["then"]
