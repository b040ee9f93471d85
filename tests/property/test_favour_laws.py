"""Laws of favours, dossiers, requests, plans and swaps."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.all_deals import best_plan, every_ring
from small_case import TODAY, small_case
from tearline.domain import (
    Capability,
    Choice,
    Dossier,
    Favour,
    Interval,
    Item,
    Offer,
    PartyId,
    Topic,
    Worth,
)
from tearline.trust.advantage import plan
from tearline.trust.asking import value_of_answer
from tearline.trust.favours import balances, faded
from tearline.trust.novelty import effective_ratio, surprise, weigh_dossier
from tearline.trust.swaps import swaps

A, B, C, D = map(PartyId, "ABCD")
AMOUNTS = st.integers(0, 12).map(float)
CHANCES = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def worths(draw: st.DrawFn) -> Worth:
    return Worth(*sorted(draw(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))))


@st.composite
def chances(draw: st.DrawFn) -> Interval:
    return Interval(*sorted(draw(st.tuples(CHANCES, CHANCES, CHANCES))))


FAVOURS = st.builds(
    Favour,
    giver=st.just(A),
    to=st.just(B),
    on=st.integers(0, 2000).map(lambda days: TODAY - dt.timedelta(days=days)),
    topic=st.sampled_from(["ports", "codes"]),
    worth=worths(),
    halves_in=st.integers(1, 1000),
)


@given(FAVOURS, st.integers(1, 20_000))
def test_a_favour_only_ever_fades_and_is_forgotten_in_the_end(favour: Favour, days: int) -> None:
    now, then = faded(favour, TODAY), faded(favour, TODAY + dt.timedelta(days=days))

    assert then.lo <= now.lo
    assert then.hi <= now.hi
    assert faded(favour, TODAY + dt.timedelta(days=60 * favour.halves_in)).hi == pytest.approx(0, abs=1e-12)


@given(st.lists(FAVOURS, max_size=6).map(tuple))
def test_balances_add_up_whatever_the_order(favours: tuple[Favour, ...]) -> None:
    one = {b.topic: b.given.mid for b in balances(small_case(favours=favours), B, TODAY)}
    other = {b.topic: b.given.mid for b in balances(small_case(favours=favours[::-1]), B, TODAY)}

    assert other == pytest.approx(one)
    assert sum(one.values()) == pytest.approx(sum(faded(favour, TODAY).mid for favour in favours))


@given(st.floats(0.01, 1), st.floats(0.01, 1), CHANCES, CHANCES)
def test_the_likelier_an_echo_the_less_a_report_says(if_true: float, if_false: float, one: float, more: float) -> None:
    less_echo, more_echo = sorted((one, more))
    near, far = effective_ratio(if_true, if_false, less_echo), effective_ratio(if_true, if_false, more_echo)

    assert abs(far - 1) <= abs(near - 1) + 1e-9
    assert (far - 1) * (near - 1) >= -1e-9
    assert effective_ratio(if_true, if_false, 1.0) == 1


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_surprise_is_never_negative_and_nothing_is_learnt_from_what_moves_nothing(before: float, after: float) -> None:
    assert surprise(before, after) >= -1e-12
    assert surprise(before, before) == pytest.approx(0, abs=1e-12)


ITEMS = st.builds(Item, id=st.sampled_from("abcde"), worth=worths(), held=chances(), echo=chances())


@given(st.lists(ITEMS, min_size=1, max_size=5).map(tuple))
def test_what_is_new_is_never_more_than_all_of_it_and_nothing_of_our_own_echo(items: tuple[Item, ...]) -> None:
    dossier = Dossier(id="file", giver=B, on=TODAY, topic="ports", items=items)
    echoed = tuple(attrs.evolve(item, echo=Interval.exactly(1)) for item in items)

    found, ours = weigh_dossier(dossier), weigh_dossier(attrs.evolve(dossier, items=echoed))

    assert found.new.hi <= found.volume.hi + 1e-9
    assert ours.new.hi == 0
    assert all(claim.ratio == (1, 1, 1) for claim in ours.claims)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """A decision with two or three states, acts and answers."""
    states, acts, answers = (
        [f"{kind}{number}" for number in range(draw(st.integers(2, 3)))] for kind in ("state", "act", "answer")
    )

    def shares(names: list[str]) -> dict[str, float]:
        weights = [draw(st.integers(1, 9)) for _ in names]
        return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}

    by_state = {state: shares(answers) for state in states}
    utility = st.integers(-20, 20).map(float)
    return Choice(
        states=shares(states),
        acts={act: {state: draw(utility) for state in states} for act in acts},
        answers={answer: {state: by_state[state][answer] for state in states} for answer in answers},
    )


@given(choices())
def test_an_answer_is_worth_something_between_nothing_and_certainty(choice: Choice) -> None:
    value = value_of_answer(choice)

    assert 0 <= value.answer <= value.certainty + 1e-9


@given(choices())
def test_an_answer_that_is_the_same_in_every_state_is_worth_nothing(choice: Choice) -> None:
    deaf = attrs.evolve(choice, answers={"anything": dict.fromkeys(choice.states, 1.0)})

    assert value_of_answer(deaf).answer == pytest.approx(0, abs=1e-9)


@st.composite
def topics(draw: st.DrawFn, number: int) -> Topic:
    capability = Capability(by=draw(st.sampled_from([A, B])), cost=draw(AMOUNTS), exposure=draw(AMOUNTS))
    return Topic(
        id=f"t{number}",
        need=draw(st.integers(1, 5)),
        critical=draw(st.booleans()),
        costs={A: draw(AMOUNTS), B: draw(AMOUNTS)},
        exposure={A: draw(AMOUNTS), B: draw(AMOUNTS)},
        capability=draw(st.none() | st.just(capability)),
        joint=draw(st.none() | AMOUNTS),
    )


TOPICS = st.integers(0, 4).flatmap(lambda count: st.tuples(*(topics(number) for number in range(count))))


@given(TOPICS)
def test_the_plan_is_the_best_of_all_combinations(found: tuple[Topic, ...]) -> None:
    chosen = plan(found, A, B)

    product, total = best_plan(found, A, B)

    assert chosen.exact
    assert min(chosen.gain) >= 0
    assert chosen.gain[0] * chosen.gain[1] == pytest.approx(product)
    assert sum(chosen.gain) == pytest.approx(total)


@given(TOPICS)
def test_a_plan_does_not_care_who_is_we(found: tuple[Topic, ...]) -> None:
    ours, theirs = plan(found, A, B), plan(found, B, A)

    assert ours.gain[0] * ours.gain[1] == pytest.approx(theirs.gain[0] * theirs.gain[1])
    assert sum(ours.gain) == pytest.approx(sum(theirs.gain))


@st.composite
def offers(draw: st.DrawFn, number: int) -> Offer:
    by = draw(st.sampled_from([A, B, C, D]))
    others = [party for party in (A, B, C, D) if party != by]
    originators = tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True)))
    return Offer(
        id=f"o{number}",
        by=by,
        worth=draw(st.dictionaries(st.sampled_from(others), AMOUNTS, min_size=1, max_size=2)),
        cost=draw(st.sampled_from([0.0, 1.0, 4.0])),
        originators=originators,
        agreed=originators[:1] if draw(st.booleans()) else (),
        declined=originators[1:] if draw(st.booleans()) else (),
    )


@given(st.integers(0, 6).flatmap(lambda count: st.tuples(*(offers(number) for number in range(count)))))
def test_the_swaps_are_all_rings_there_are(found: tuple[Offer, ...]) -> None:
    rings = swaps(found)

    assert {swap.parties for swap in rings} == every_ring(found)
    assert all(min(swap.gains) > 0 for swap in rings)
