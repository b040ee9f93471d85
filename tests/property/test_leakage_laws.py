"""Laws of leakage, and its measures set against their definitions in exact fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.slow_leakage import Row, Table, after, beside, best, capacity, guessing, investigating, pointwise, then
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
)

ROUNDING = 1e-12


@st.composite
def shares(draw: st.DrawFn, size: int) -> Row:
    """Numbers that sum to 1, some of them 0."""
    parts = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size).filter(any))
    return [Fraction(part, sum(parts)) for part in parts]


@st.composite
def tables(draw: st.DrawFn, secrets: int, observations: int | None = None) -> Table:
    size = observations or draw(st.integers(1, 4))
    return [draw(shares(size)) for _ in range(secrets)]


@st.composite
def arrangements(draw: st.DrawFn) -> tuple[Row, Table]:
    secrets = draw(st.integers(1, 5))
    return draw(shares(secrets)), draw(tables(secrets))


def floats(row: Row) -> np.ndarray:
    return np.array([float(x) for x in row])


def channel_of(table: Table) -> Channel:
    return Channel([[float(x) for x in row] for row in table])


@given(arrangements(), st.integers(1, 6))
def test_tries_are_those_of_the_exact_twin(given_: tuple[Row, Table], tries: int) -> None:
    prior, table = given_
    gain = guessing(len(prior), tries)

    assert tries_vulnerability(floats(prior), tries) == pytest.approx(float(best(gain, prior)), rel=ROUNDING)
    assert posterior_tries_vulnerability(floats(prior), channel_of(table), tries) == pytest.approx(
        float(after(gain, prior, table)), rel=ROUNDING
    )


@given(arrangements(), st.fractions(1, 100), st.fractions("1/10", 20))
def test_investigations_are_those_of_the_exact_twin(
    given_: tuple[Row, Table], benefit: Fraction, cost: Fraction
) -> None:
    prior, table = given_
    gain = investigating(len(prior), benefit, cost)

    before = investigation_gain(floats(prior), float(benefit), float(cost))
    found = posterior_investigation_gain(floats(prior), channel_of(table), float(benefit), float(cost))

    assert before == pytest.approx(float(best(gain, prior)), abs=1e-10)
    assert found == pytest.approx(float(after(gain, prior, table)), abs=1e-10)
    assert found >= before - 1e-10


@given(arrangements())
def test_bits_are_those_of_the_exact_twin(given_: tuple[Row, Table]) -> None:
    prior, table = given_
    guess = guessing(len(prior), 1)

    ratio = after(guess, prior, table) / best(guess, prior)

    assert leakage_bits(floats(prior), channel_of(table)) == pytest.approx(math.log2(ratio), abs=ROUNDING)
    assert capacity_bits(channel_of(table)) == pytest.approx(math.log2(capacity(table)), abs=ROUNDING)
    assert pointwise_bits(floats(prior), channel_of(table)) == pytest.approx(
        [math.log2(factor) for factor in pointwise(prior, table)], abs=ROUNDING
    )


@given(st.data())
def test_no_prior_and_no_gain_that_is_never_negative_leaks_more_than_the_capacity(data: st.DataObject) -> None:
    prior, table = data.draw(arrangements())
    amounts = st.lists(st.integers(0, 5).map(Fraction), min_size=len(prior), max_size=len(prior))
    gain = data.draw(st.lists(amounts, min_size=1, max_size=4))

    most = 2 ** capacity_bits(channel_of(table))

    assert float(after(gain, prior, table)) <= most * float(best(gain, prior)) * (1 + ROUNDING)
    assert leakage_bits(floats(prior), channel_of(table)) <= capacity_bits(channel_of(table)) + ROUNDING


@given(st.data())
def test_what_is_done_to_observations_afterwards_never_helps(data: st.DataObject) -> None:
    prior, table = data.draw(arrangements())
    further = data.draw(tables(len(table[0])))
    tries = data.draw(st.integers(1, 4))

    before, later = channel_of(table), channel_of(then(table, further))

    belief = floats(prior)
    assert posterior_vulnerability(belief, later) <= posterior_vulnerability(belief, before) * (1 + ROUNDING)
    assert posterior_tries_vulnerability(belief, later, tries) <= posterior_tries_vulnerability(
        belief, before, tries
    ) * (1 + ROUNDING)
    assert posterior_investigation_gain(belief, later, 10, 2) <= (
        posterior_investigation_gain(belief, before, 10, 2) + 1e-10
    )
    assert capacity_bits(later) <= capacity_bits(before) + ROUNDING
    assert pointwise_bits(belief, later).max() <= pointwise_bits(belief, before).max() + ROUNDING


@given(st.data())
def test_capacities_beside_each_other_add_up_at_most(data: st.DataObject) -> None:
    secrets = data.draw(st.integers(1, 5))
    one, other = data.draw(tables(secrets)), data.draw(tables(secrets))

    both = channel_of(beside(one, other))

    assert capacity_bits(both) <= capacity_bits(channel_of(one)) + capacity_bits(channel_of(other)) + ROUNDING
