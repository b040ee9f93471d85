"""Texts that must say enough, against every text there is."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.all_tearlines import best_text, every_point, every_text, some_demanding_problem, ten_digits
from tearline.tearlines import Problem, frontier, lightest, solve

SEEDS = range(0, 280, 40)

problems = st.builds(some_demanding_problem, st.integers(0, 2**32), monotone=st.booleans())


@pytest.mark.parametrize("first", SEEDS)
def test_brute_force_agrees_on_forty_demanding_instances_half_of_them_not_monotone(first: int) -> None:
    for seed in range(first, first + 40):
        problem = some_demanding_problem(seed, monotone=seed % 2 == 0)

        found = solve(problem)

        expected = best_text(problem)
        if expected is None:
            assert found.options is None
        else:
            assert (found.value, ten_digits(found.load), found.options) == expected
        assert found.proved
        assert found.canonical


@given(problems, st.integers(1, 6))
def test_a_search_cut_short_meets_its_demands_and_its_bound_is_never_below_the_best(
    problem: Problem, nodes: int
) -> None:
    found = solve(problem, nodes=nodes)

    best = best_text(problem)
    assert found.upper_bound >= (best[0] if best else 0) >= found.value
    assert found.options is None or problem.meets(found.options)
    assert not found.proved or found.upper_bound == found.value


@given(problems)
def test_demands_never_raise_the_optimum(problem: Problem) -> None:
    free = solve(attrs.evolve(problem, demands=()))

    found = solve(problem)

    assert found.options is None or found.value <= free.value


@given(problems)
def test_the_frontier_of_demanding_texts_is_every_one_that_none_beats(problem: Problem) -> None:
    points = frontier(problem)

    assert [(p.value, ten_digits(p.load)) for p in points] == every_point(problem)


@given(problems, st.integers(1, 12))
def test_the_lightest_text_says_enough(problem: Problem, least: int) -> None:
    found = lightest(problem, least)

    useful = {options for value, _, _, options in every_text(problem) if value >= least}
    assert found in useful if useful else found is None


@given(problems)
def test_progress_never_tells_a_bound_below_the_answer(problem: Problem) -> None:
    told: list[tuple[int | None, int]] = []

    found = solve(problem, progress=lambda _, best, bound: told.append((best, bound)))

    assert all(bound >= found.value for _, bound in told)
    assert all(best is None or best <= found.value for best, _ in told)
