"""Is what the engine reports true, is it no higher than it must be, and would a worse engine be caught?"""

from __future__ import annotations

import math
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest

from experiments.calibration import PAGE, check, figure, placed
from oracle.rejected_worlds import kept_sources
from tearline.assess.recommend import recommend
from tearline.assess.replay import replay
from tearline.exposure.account import account
from tearline.exposure.envelope import Floats
from tearline.exposure.history import held, in_order
from tearline.exposure.situation import settings
from tearline.exposure.worlds import Gate
from tearline.sim import truth as real
from tearline.sim.calibration import (
    Guesser,
    Quantity,
    Trial,
    at_least,
    bend,
    column,
    joined,
    reliability,
    report,
    right_about,
    trial,
)
from tearline.sim.gatekeeper import gated, worth
from tearline.sim.lists import from_lists
from tearline.sim.organisations import bureau, post_room
from tearline.sim.traffic import HOSTILE, House, around, worlds
from tearline.sim.truth import INSIDE, Truth

SEED = 1815
EACH = 300
NEEDLESS = 0.03
"""An engine that reports so much more, on average, than the worst truth inside the intervals gives a reader."""


@pytest.fixture(scope="module")
def tried() -> Trial:
    houses = (bureau(people=200, gatherings=600), post_room(people=200, messages=2_000))
    return joined([trial(worlds(house, EACH, SEED), SEED, INSIDE) for house in houses])


@pytest.mark.parametrize("quantity", Quantity)
@pytest.mark.parametrize("truth", INSIDE)
def test_nobody_gets_further_than_reported_while_the_truth_lies_inside_the_intervals(
    tried: Trial, truth: Truth, quantity: Quantity
) -> None:
    reported = column(tried.reported, quantity)

    most, beyond = bend(reported, column(tried.chance[truth], quantity))
    bins = reliability(reported, right_about(tried, truth, Guesser.KNOWS, quantity))

    assert beyond == 0
    assert most == pytest.approx(0, abs=1e-12)
    assert [each for each in bins if each.under_reported] == []


def needless(tried: Trial, reported: Floats) -> float:
    """How much more is reported of one person, on average, than the worst truth inside gives a reader."""
    return float((reported - column(tried.chance[Truth.WORST], Quantity.TOP)).mean())


def test_the_report_is_no_higher_than_the_worst_truth_inside_the_intervals_needs(tried: Trial) -> None:
    assert 0 <= needless(tried, column(tried.reported, Quantity.TOP)) < NEEDLESS


def test_an_engine_that_always_cries_wolf_is_caught(tried: Trial) -> None:
    wolf = np.ones(2 * EACH)

    assert needless(tried, wolf) > NEEDLESS


def test_the_best_points_are_right_on_both_sides(tried: Trial) -> None:
    outside = 0
    for quantity in Quantity:
        right = right_about(tried, Truth.MODEL, Guesser.BEST, quantity)
        outside += sum(not each.covers for each in reliability(column(tried.point, quantity), right))

    assert outside <= 4  # of thirty intervals at 95 %


def test_an_over_confident_engine_is_caught_by_hits_alone(tried: Trial) -> None:
    too_low = column(tried.point, Quantity.TOP) * 0.5

    bins = reliability(too_low, right_about(tried, Truth.MODEL, Guesser.KNOWS, Quantity.TOP))

    assert any(each.under_reported for each in bins)


def test_an_engine_that_reports_best_points_as_edges_is_caught_by_the_worst_truth(tried: Trial) -> None:
    points = column(tried.point, Quantity.TOP)

    bins = reliability(points, right_about(tried, Truth.WORST, Guesser.KNOWS, Quantity.TOP))
    most, beyond = bend(points, column(tried.chance[Truth.WORST], Quantity.TOP))

    assert sum(each.under_reported for each in bins) >= 3
    assert most > 0.05
    assert beyond > 0.9


def test_an_engine_without_the_sweep_is_caught(tried: Trial) -> None:
    _, beyond = bend(column(tried.box, Quantity.TOP), column(tried.chance[Truth.WORST], Quantity.TOP))

    assert beyond > 0.1


def test_what_is_tried_is_what_the_account_says() -> None:
    for world in worlds(bureau(people=200, gatherings=600), 12, SEED):
        view = held(world.case, in_order(world.case))
        lines = account(world.case, settings(world.case, HOSTILE, view, ()), ())

        said = report(world)

        cells = [line.after for line in lines if line.about.startswith("organisation:")]
        (top,) = (line.after for line in lines if line.gate is Gate.TOP_SUSPECT)
        (tries,) = (line.after for line in lines if line.gate is Gate.TRIES)
        most = max(cells, key=lambda cell: cell.hi)
        assert said.reported == pytest.approx([top.hi, tries.hi, most.hi])
        assert said.point[2] == pytest.approx(most.mid)


def test_the_truth_is_drawn_as_by_throwing_worlds_away() -> None:
    house = House.of(bureau(people=80, gatherings=150))
    rng = np.random.default_rng(4)
    (world,) = (w for w in (around(house, [n, n + 1, n + 2], rng)[0] for n in (9,)))
    aim = report(world).aim
    access = real.access(world, Truth.MODEL, aim, rng)
    absent = real.absent(world, Truth.MODEL, aim, rng)

    mass = world.prior * real.likelihood(world, access, absent)
    kept = kept_sources(world, access, absent, 60_000, rng)

    assert kept == pytest.approx(mass / mass.sum(), abs=0.02)


def test_attended_events_are_drawn_as_by_throwing_worlds_away() -> None:
    drawn = worlds(bureau(people=80, gatherings=150), 60, SEED, told=1)
    world = next(w for w in drawn if any(p.attended is not None for p in w.pieces) and (w.lo[:, -2] > 0.5).all())
    rng = np.random.default_rng(5)
    aim = report(world).aim
    access = real.access(world, Truth.MODEL, aim, rng)
    absent = real.absent(world, Truth.MODEL, aim, rng)

    mass = world.prior * real.likelihood(world, access, absent)
    kept = kept_sources(world, access, absent, 60_000, rng)

    assert kept == pytest.approx(mass / mass.sum(), abs=0.03)


def test_a_reader_who_knows_all_is_right_as_often_as_it_thinks() -> None:
    (world,) = worlds(bureau(people=200, gatherings=600), 1, SEED)
    rng = np.random.default_rng(6)
    mass = world.prior * real.likelihood(world, world.mid, world.mid)
    score = real.suspicion(world, mass)
    secrets = [real.drawn(world, mass, rng) for _ in range(20_000)]

    expected = real.chance(world, mass, 0)

    for tries, chance in ((1, expected[0]), (3, expected[1])):
        right = np.mean([real.guessed(world, score, secret, tries) for secret in secrets])
        assert right == pytest.approx(chance, abs=4 * math.sqrt(chance / 20_000) + 1e-3)
    sits = np.mean([real.sits_in(world, secret, 0) for secret in secrets])
    assert sits == pytest.approx(expected[2], abs=0.015)


def test_one_grade_off_by_two_at_most_doubles_the_odds() -> None:
    rng = np.random.default_rng(8)
    for world in worlds(bureau(people=200, gatherings=600), 60, SEED):
        said = report(world)
        access, absent = (draw(world, Truth.WORST, said.aim, rng) for draw in (real.access, real.absent))
        sentence = int(rng.integers(len(access)))
        group = said.aim.group if rng.random() < 0.5 else int(rng.integers(access.shape[1]))
        access[sentence, group] *= 2.0 if group == said.aim.group else 0.5

        mass = real.prior(world, Truth.WORST, said.aim) * real.likelihood(world, access, absent)

        reported = said.reported[0]
        assert real.chance(world, mass, -1)[0] <= 2 * reported / (1 + reported) * (1 + 1e-9)


def test_the_same_seed_draws_the_same_worlds_however_many_are_drawn() -> None:
    few, many = (worlds(post_room(people=60, messages=400), count, SEED) for count in (2, 4))

    assert [world.case for world in few] == [world.case for world in many[:2]]


def test_persons_taken_apart_weigh_what_their_groups_weigh() -> None:
    for world in worlds(bureau(people=80, gatherings=150), 6, SEED):
        single = real.apart(world)

        mass, each = (w.prior * real.likelihood(w, w.mid, w.mid) for w in (world, single))

        assert each.sum() == pytest.approx(mass.sum())
        assert real.chance(single, each, 0) == pytest.approx(real.chance(world, mass, 0))


def test_chances_of_so_many_hits_are_exact() -> None:
    for hits, size, chance in ((0, 5, 0.3), (2, 5, 0.3), (5, 5, 0.3), (7, 40, 0.1), (3, 9, 0.9)):
        exact = Fraction(chance)
        ways = (math.comb(size, k) * exact**k * (1 - exact) ** (size - k) for k in range(hits, size + 1))

        assert at_least(hits, size, chance) == pytest.approx(float(sum(ways)))


def test_lists_taken_as_the_truth_are_found_out_and_reported() -> None:
    tried = from_lists(bureau(people=200, gatherings=600), 150, SEED)

    reported = column(tried.reported, Quantity.TOP)
    right = right_about(tried, Truth.LISTS, Guesser.BEST, Quantity.TOP)

    assert right.mean() > right_about(tried, Truth.LISTS, Guesser.COUNTS, Quantity.TOP).mean()
    assert reported.mean() == pytest.approx(right.mean(), abs=0.1)


def test_with_tearline_at_the_door_no_limit_is_passed_and_the_choice_of_words_tells_nothing() -> None:
    drawn = worlds(bureau(), 6, SEED)

    passed = [world for world in map(gated, drawn) if world is not None]

    assert passed
    for world in passed:
        assert report(world).reported[0] <= 0.05 * (1 + 1e-9)
        assert replay(world.case, recommend(world.case)).leak == 0
    assert sum(map(worth, (w.case for w in passed))) < sum(map(worth, (w.case for w in drawn)))


def test_the_page_says_what_a_fresh_run_of_a_few_worlds_says() -> None:
    page = PAGE.read_text("utf-8")

    fresh = placed(page, "check", check(lambda _: None))

    assert fresh == page, "run `python -m experiments.calibration`"


def test_the_figure_is_drawn_in_three_panels(tried: Trial) -> None:
    picture = ElementTree.fromstring(figure(tried))

    circles = [each for each in picture.iter() if each.tag.endswith("circle")]
    assert len(circles) == 3 * 3 * 10 + 3
