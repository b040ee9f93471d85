"""What a standing arrangement tells at most: the worked channel, composition, and what is refused."""

import math

import numpy as np
import pytest

from tearline.errors import InputError
from tearline.exposure import leakage
from tearline.exposure.leakage import (
    Channel,
    capacity_bits,
    investigation_gain,
    leakage_bits,
    pointwise_bits,
    posterior_investigation_gain,
    posterior_tries_vulnerability,
    posterior_vulnerability,
    tries_vulnerability,
    vulnerability,
)

SIX_FIGURES = 5e-7
PRIOR = np.array([0.5, 0.25, 0.125, 0.125])
CHANNEL = Channel([[1, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]])
SILENT = Channel([[1.0]] * 4)


def uniform(secrets: int) -> np.ndarray:
    return np.full(secrets, 1 / secrets)


def whether_among(people: set[int]) -> Channel:
    """Of a thousand, whether it is one of these."""
    among = np.isin(np.arange(1000), list(people)).astype(float)
    return Channel(np.stack([among, 1 - among], axis=1))


def test_the_worked_channel_measures_as_by_hand() -> None:
    assert vulnerability(PRIOR) == 0.5
    assert posterior_vulnerability(PRIOR, CHANNEL) == 0.75
    assert leakage_bits(PRIOR, CHANNEL) == pytest.approx(0.584963, abs=SIX_FIGURES)
    assert capacity_bits(CHANNEL) == pytest.approx(1.321928, abs=SIX_FIGURES)
    assert pointwise_bits(PRIOR, CHANNEL) == pytest.approx([0.678072, 1.415037, 2.415037], abs=SIX_FIGURES)


def test_the_uniform_prior_reaches_the_capacity() -> None:
    assert leakage_bits(uniform(4), CHANNEL) == pytest.approx(capacity_bits(CHANNEL), abs=1e-12)


def test_six_officials_are_worth_what_three_tries_and_an_investigation_say() -> None:
    access = np.array([1, 0.08, 0.004, 0.064, 0.001, 1e-6])
    prior = np.array([*np.full(6, 0.8 / 6), 0.2]) * np.array([*access, 0.8 * 0.1 * 0.01])
    belief = prior / prior.sum()

    assert [tries_vulnerability(belief, k) for k in (1, 2, 3)] == pytest.approx(
        [0.869413, 0.938966, 0.994609], abs=SIX_FIGURES
    )
    assert investigation_gain(belief, 100, 5) == pytest.approx(84.46, abs=0.005)


def test_capacities_of_two_arrangements_add_up_at_most() -> None:
    first, second = whether_among(set(range(100))), whether_among(set(range(99, 199)))
    both = Channel((first.rows[:, :, None] * second.rows[:, None, :]).reshape(1000, 4))

    assert capacity_bits(both) <= capacity_bits(first) + capacity_bits(second) + 1e-12


def test_what_single_observations_give_away_does_not_add_up() -> None:
    first, second = whether_among(set(range(100))), whether_among(set(range(99, 199)))
    both = Channel((first.rows[:, :, None] * second.rows[:, None, :]).reshape(1000, 4))
    left = first.rows[:, 0] / 100

    alone = [pointwise_bits(uniform(1000), channel)[0] for channel in (first, second)]

    assert alone == pytest.approx([3.321928, 3.321928], abs=SIX_FIGURES)
    assert pointwise_bits(uniform(1000), both)[0] == pytest.approx(9.965784, abs=SIX_FIGURES)
    assert pointwise_bits(left, second)[0] == pytest.approx(6.643856, abs=SIX_FIGURES)


def test_one_catastrophic_observation_vanishes_in_the_average() -> None:
    names_the_first = np.zeros(1000)
    names_the_first[0] = 1.0
    channel = Channel(np.stack([names_the_first, 1 - names_the_first], axis=1))

    assert posterior_vulnerability(uniform(1000), channel) == pytest.approx(0.002)
    assert pointwise_bits(uniform(1000), channel)[0] == pytest.approx(math.log2(1000))


def test_an_investigation_can_gain_more_than_the_capacity_allows_a_guess() -> None:
    assert investigation_gain(uniform(4), 1, 0.25) == 0
    assert posterior_investigation_gain(uniform(4), CHANNEL, 1, 0.25) > 0


def test_a_channel_that_says_always_the_same_changes_nothing() -> None:
    assert leakage_bits(PRIOR, SILENT) == 0
    assert capacity_bits(SILENT) == 0
    assert posterior_tries_vulnerability(PRIOR, SILENT, 2) == 0.75
    assert posterior_investigation_gain(PRIOR, SILENT, 10, 1) == pytest.approx(investigation_gain(PRIOR, 10, 1))


def test_what_cannot_happen_gives_nothing_away() -> None:
    channel = Channel([[1, 0], [0, 1]])

    assert pointwise_bits(np.array([1.0, 0.0]), channel).tolist() == [0, 0]


@pytest.mark.parametrize("fortran", [False, True])
@pytest.mark.parametrize("peaked", [False, True])
def test_reading_in_blocks_changes_no_digit(monkeypatch: pytest.MonkeyPatch, fortran: bool, peaked: bool) -> None:
    monkeypatch.setattr(leakage, "COLUMNS", 50)
    random = np.random.default_rng(7)
    rows = random.exponential(size=(700, 130)) ** 3
    rows /= rows.sum(axis=1, keepdims=True)
    prior = random.exponential(size=700) ** (4 if peaked else 1)
    prior /= prior.sum()
    channel = Channel(np.asfortranarray(rows) if fortran else rows)
    joint = prior[:, None] * rows

    assert posterior_vulnerability(prior, channel) == joint.max(axis=0).sum()
    assert posterior_tries_vulnerability(prior, channel, 3) == pytest.approx(
        np.sort(joint, axis=0)[-3:].sum(), rel=1e-14
    )
    assert posterior_investigation_gain(prior, channel, 50, 1) == pytest.approx(
        np.maximum(50 * joint - joint.sum(axis=0), 0).sum(), rel=1e-12
    )


@pytest.mark.parametrize(
    "rows",
    [[], [[]], [0.5, 0.5], [[0.5, 0.6]], [[1.5, -0.5]], [[math.nan, 1]], [[1.0, 0.0], [0.5, 0.4]]],
)
def test_what_is_no_channel_is_refused(rows: list[object]) -> None:
    with pytest.raises(InputError):
        Channel(rows)


@pytest.mark.parametrize("prior", [[1.0], [0.5, 0.5, 0.5, -0.5], [0.25, 0.25, 0.25, 0.2], [math.nan] * 4])
def test_what_is_no_prior_is_refused(prior: list[float]) -> None:
    for measure in (posterior_vulnerability, leakage_bits, pointwise_bits):
        with pytest.raises(InputError):
            measure(np.array(prior), CHANNEL)


def test_no_guess_and_no_gain_are_refused() -> None:
    with pytest.raises(InputError):
        tries_vulnerability(PRIOR, 0)
    with pytest.raises(InputError):
        posterior_tries_vulnerability(PRIOR, CHANNEL, 0)
    for benefit, cost in ((0, 1), (1, 0), (math.inf, 1), (1, math.nan)):
        with pytest.raises(InputError):
            investigation_gain(PRIOR, benefit, cost)
        with pytest.raises(InputError):
            posterior_investigation_gain(PRIOR, CHANNEL, benefit, cost)
