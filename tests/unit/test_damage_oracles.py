"""Figures worked out by hand: what was said, how large it was, what a question is worth."""

from __future__ import annotations

import numpy as np
import pytest

from tearline.damage.choices import HOLD, losses, value_of_answer, value_of_certainty
from tearline.damage.magnitude import Span, Word, ahead, exceeds, legal_words, magnitude, tens_apart, total
from tearline.damage.versions import bent, heard, weighed
from tearline.domain.incidents import Measure, Motive, Rank

Q = np.array([0.6, 0.4])
P = np.array([0.5, 0.05])


def test_two_accounts_and_a_prior_give_the_posterior_worked_out_by_hand() -> None:
    found = weighed(np.array([0.5, 0.3, 0.2]), [np.array([0.2, 0.7, 0.5]), np.array([0.6, 0.4, 0.3])])

    assert found.round(6).tolist() == [0.344828, 0.482759, 0.172414]
    believed = np.array([0.05, 0.3, 0.7])
    assert found @ believed == pytest.approx(0.282759, abs=1e-6)
    assert found @ (believed > 0.2) == pytest.approx(0.655172, abs=1e-6)


def test_two_levels_give_the_mean_and_the_tail() -> None:
    assert pytest.approx(0.32) == Q @ P
    assert Q @ (P > 0.2) == pytest.approx(0.6)


def test_a_statement_against_the_tellers_interest_weighs_more_than_one_that_suits_it() -> None:
    exact = np.array([1.0, 0.0, 0.0])
    ratio = {}
    for motive in (Motive.PLAY_UP, Motive.PLAY_DOWN):
        likelihood = heard(exact, float(exact @ bent(motive, 3)), 0.7)
        ratio[motive] = likelihood[0] / likelihood[1]

    assert ratio[Motive.PLAY_DOWN] > ratio[Motive.PLAY_UP] > 1


def test_a_loss_and_its_magnitude_are_those_worked_out_by_hand() -> None:
    loss = total([Span(0.1, 0.3, 0.5) * Span(8, 8, 8), Span(0, 0.02, 0.1) * Span(3, 3, 3)])

    assert (loss.lo, loss.mid, loss.hi) == pytest.approx((0.8, 2.46, 4.3))
    scale = magnitude(loss)
    assert scale is not None
    assert (scale.lo, scale.mid, scale.hi) == pytest.approx((-0.0969, 0.3909, 0.6335), abs=5e-5)


def test_one_incident_exceeds_another_as_worked_out_by_hand() -> None:
    first, second, third = Span(-0.0969, 0.3909, 0.6335), Span(0.2, 0.5, 0.9), Span(2.6, 3.1, 3.6)

    assert exceeds(first, second) == pytest.approx(0.1838, abs=5e-5)
    assert exceeds(third, first) == 1
    assert tens_apart(third, first) == 2
    assert tens_apart(first, second) is None


def test_points_and_nothing_are_compared_too() -> None:
    point, wide = Span(1, 1, 1), Span(0, 1, 4)

    assert exceeds(point, point) == 0
    assert exceeds(point, wide) == pytest.approx(0.25)
    assert exceeds(wide, point) == pytest.approx(0.75)
    assert (exceeds(wide, None), exceeds(None, wide), exceeds(None, None)) == (1, 0, 0)


def test_the_value_of_a_question_is_the_one_worked_out_by_hand() -> None:
    measures = (HOLD, Measure(name="bring out", costs=0.3, saves=1.0))
    table = losses(measures, P, 100.0)
    answers = np.array([[0.9, 0.1], [0.1, 0.9]])

    assert (table @ Q).tolist() == pytest.approx([32, 30])
    assert value_of_certainty(Q, table) == pytest.approx(10.0)
    assert value_of_answer(Q, table, answers) == pytest.approx(7.8)


def test_an_answer_that_is_the_same_in_every_case_is_worth_nothing() -> None:
    table = losses((HOLD, Measure(name="bring out", costs=0.3, saves=1.0)), P, 100.0)

    assert value_of_answer(Q, table, np.array([[0.5, 0.5], [0.5, 0.5]])) == 0


def test_years_ahead_weigh_by_rank_and_a_little_less_each_year() -> None:
    one, ten = ahead(Rank.ORDINARY, (1, 1)), ahead(Rank.ORDINARY, (10, 10))

    assert one.mid == pytest.approx(0.9754, abs=1e-4)
    assert ten.mid < 10 * one.mid
    assert ahead(Rank.IRREPLACEABLE, (1, 1)).mid == pytest.approx(10 * one.mid)


@pytest.mark.parametrize(
    ("loss", "lives", "said"),
    [
        (Span(0, 0, 0), False, (Word.NONE,)),
        (Span(0.06, 0.1, 0.9), False, (Word.DAMAGE,)),
        (Span(0.06, 2, 20), False, (Word.DAMAGE, Word.SERIOUS, Word.GRAVE)),
        (Span(0, 0, 0), True, (Word.SERIOUS,)),
    ],
)
def test_the_word_of_the_law_follows_from_the_figures_and_from_danger_to_a_person(
    loss: Span, lives: bool, said: tuple[Word, ...]
) -> None:
    assert legal_words(loss, lives) == said
