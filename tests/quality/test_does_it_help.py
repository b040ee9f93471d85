"""Does Tearline help against an attacker who only counts lists? On a generated organisation it must."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from experiments.attackers import attack, spoil
from experiments.does_it_help import CLOSE_ENOUGH, Family, Study, at_value, interval
from experiments.isolation import expected_alone, isolation
from experiments.series import (
    VAGUEST,
    VALUES,
    always_vague,
    crowd_rule,
    draw,
    markings_only,
    planned_crowd_rule,
    remembering_crowd_rule,
)
from experiments.suspicion import Suspicion, best, planned, solved, tearline
from oracle.random_series import assert_the_engine_is_bayes
from tearline.exposure.envelope import Bools
from tearline.sim.counting import COUNTING
from tearline.sim.organisations import WORDINGS, WhoKnew, bureau, independent, post_room

Make = Callable[[], WhoKnew]

SERIES = 60
BUDGETS = {
    "as it comes": Family(name="as it comes", rule=tearline, budgets=(0.9, 0.6, 0.3)),
    "planned": Family(name="planned", rule=planned, budgets=(0.5, 0.3)),
}


@pytest.fixture(scope="module")
def study() -> Study:
    return Study.of(bureau(), SERIES)


@pytest.mark.parametrize("order", BUDGETS)
def test_at_equal_value_the_first_guess_is_right_less_often_than_under_ten_per_report(study: Study, order: str) -> None:
    theirs = study.outcome(crowd_rule(10))

    ours = at_value(BUDGETS[order], study, float(theirs.value.mean()))

    assert ours.value.mean() >= (1 - CLOSE_ENOUGH) * theirs.value.mean()
    _, high = interval(ours.strongest.first - theirs.strongest.first)
    assert high < 0


def test_a_plan_is_worth_more_than_taking_reports_as_they_come(study: Study) -> None:
    as_it_comes, plan = study.outcome(tearline(0.3)), study.outcome(planned(0.3))

    low, _ = interval(plan.value - as_it_comes.value)

    assert low > 0
    assert plan.risk <= as_it_comes.risk


def test_the_vaguest_words_leave_the_attacker_guessing_at_random(study: Study) -> None:
    outcome = study.outcome(always_vague)

    assert outcome.caught["intersection"].first == pytest.approx(1 / study.house.people)
    assert not outcome.caught["intersection"].alone.any()


def test_markings_alone_give_the_source_away(study: Study) -> None:
    outcome = study.outcome(markings_only)

    assert outcome.risk > 0.9


def test_no_rule_is_told_who_the_source_is() -> None:
    house = bureau(people=80, gatherings=150)
    (series,) = draw(house, 1, seed=3, at_least=4)
    order = Random(4).sample(range(house.people), house.people)

    for rule in (tearline(0.1), planned(0.1), remembering_crowd_rule(10), planned_crowd_rule(10), crowd_rule(10)):
        assert rule(series.fits[:, :, order], series.occasion) == rule(series.fits, series.occasion)


@pytest.mark.parametrize("least", [2, 5, 12, 81])
def test_a_planned_crowd_is_the_best_of_all_texts_that_fit_so_many_people(least: int) -> None:
    for series in draw(bureau(people=80, gatherings=150), 4, seed=11):
        fits, occasion = series.fits[:5], series.occasion[:5]

        chosen = planned_crowd_rule(least)(fits, occasion)

        assert sum(VALUES[list(chosen)]) == most_valuable_crowd(fits, least)


def most_valuable_crowd(fits: Bools, least: int) -> int:
    """By trying every text about five different occasions; where nothing fits enough, the vaguest."""
    reports = np.arange(len(fits))
    found = [VALUES[VAGUEST] * len(fits)]
    for wordings in product(range(WORDINGS), repeat=len(fits)):
        if fits[reports, wordings].all(axis=0).sum() >= least:
            found.append(VALUES[list(wordings)].sum())
    return int(max(found))


def test_a_planned_crowd_takes_reports_of_one_occasion_together() -> None:
    (series,) = draw(bureau(people=80, gatherings=150), 1, seed=8, at_least=4)
    fits, occasion = series.fits[[0, 1, 0]], (*series.occasion[:2], series.occasion[0])

    first, _, again = planned_crowd_rule(6)(fits, occasion)

    assert first == again


def test_an_attacker_with_perfect_lists_keeps_the_source_on_top_of_the_count() -> None:
    house = post_room(people=60, messages=400)
    drawn = draw(house, 20, seed=5)
    spoiled = [spoil(series, np.random.default_rng(1), wrong=0.0) for series in drawn]
    chosen = np.zeros((20, 10), dtype=np.int64)

    caught = attack(COUNTING["intersection"], drawn, spoiled, chosen, np.ones(house.people))

    assert (caught.first > 0).all()


def test_an_attackers_lists_are_wrong_as_often_as_they_are_said_to_be() -> None:
    (series,) = draw(bureau(), 1, seed=6)
    rng = np.random.default_rng(7)

    spoiled = np.array([spoil(series, rng, wrong=0.1)[:, : WORDINGS - 1] for _ in range(200)])

    true = np.broadcast_to(series.fits[:, : WORDINGS - 1], spoiled.shape)
    assert 1 - spoiled[true].mean() == pytest.approx(0.1, abs=0.01)
    assert spoiled[~true].sum() / true.sum() == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("top_suspect", [0.6, 0.3, 0.1, 0.05])
def test_one_report_alone_is_worded_as_the_solver_words_it(top_suspect: float) -> None:
    (series,) = draw(bureau(people=80, gatherings=150), 1, seed=9, at_least=10)
    suspicion = Suspicion.before(series.people)

    for fits, occasion in zip(series.fits, series.occasion, strict=True):
        world = suspicion.world(fits[None], (occasion,), top_suspect)
        wording = best(world)

        assert solved(world, [1]) == (wording,)
        suspicion = suspicion.after(fits, occasion, wording)


def test_two_reports_of_one_occasion_are_one_piece_of_evidence() -> None:
    (series,) = draw(bureau(people=80, gatherings=150), 1, seed=8, at_least=4)
    fits, occasion = series.fits[0], series.occasion[0]
    nothing = Suspicion.before(series.people)

    twice = nothing.after(fits, occasion, 1).after(fits, occasion, 0).after(fits, occasion, 2)

    np.testing.assert_allclose(twice.logs, nothing.after(fits, occasion, 0).logs, atol=1e-12)


@pytest.mark.parametrize(
    ("people", "share", "told", "alone"),
    [
        (1_000, 0.1, 3, 0.368),
        (1_000, 0.1, 4, 0.905),
        (1_000, 0.1, 5, 0.990),
        (10_000, 0.01, 2, 0.368),
        (10_000, 0.01, 3, 0.990),
    ],
)
def test_independent_lists_isolate_by_the_arithmetic(people: int, share: float, told: int, alone: float) -> None:
    assert expected_alone(people, share, told) == pytest.approx(alone, abs=5e-4)


@pytest.mark.parametrize("told", [3, 4, 5])
def test_drawn_lists_isolate_as_the_arithmetic_says(told: int) -> None:
    house = independent(people=1_000, share=0.1, gatherings=120)

    seen = isolation(house, told, draws=2_000)

    assert seen.alone == pytest.approx(expected_alone(1_000, 0.1, told), abs=0.05)


@pytest.mark.parametrize("make", [bureau, post_room])
def test_two_disclosures_single_people_out_as_often_as_counting_every_pair_says(make: Make) -> None:
    house = make()

    seen = isolation(house, 2)

    assert seen.alone == pytest.approx(alone_after_every_pair(house), abs=0.05)


def alone_after_every_pair(house: WhoKnew) -> float:
    """The mean over people, of those who were at two gatherings or more, over all pairs of their gatherings."""
    shares = []
    for numbers in house.attended():
        left = [len(house.gatherings[one] & house.gatherings[other]) for one, other in combinations(numbers, 2)]
        shares += [left.count(1) / len(left)] if left else []
    return sum(shares) / len(shares)


@pytest.mark.parametrize("make", [bureau, post_room])
def test_the_engine_is_bayes_on_random_series_of_generated_lists(make: Make) -> None:
    assert_the_engine_is_bayes(make(), 500, seed=1813)
