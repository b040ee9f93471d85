"""Laws of rosters, and a twin in exact fractions that knows nothing of bits, blocks or logarithms."""

from fractions import Fraction
from math import prod

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tearline.exposure.envelope import suspects_upper
from tearline.exposure.grouping import Grouped, alike, grouped, merged
from tearline.exposure.posterior import Posterior
from tearline.exposure.rosters import ACCESS_GRADES, Roster

LO, MID, HI = range(3)
TABLE = [
    [Fraction(str(edge)) for edge in edges]
    for edges in zip(*((g.lo, g.mid, g.hi) for g in ACCESS_GRADES.intervals), strict=True)
]

Rows = list[list[int]]
"""Codes, one list per candidate."""


@st.composite
def rows(draw: st.DrawFn, most: int = 9, columns: int = 5) -> Rows:
    """Grades of a few candidates, some of them equal on purpose."""
    width = draw(st.integers(1, columns))
    kinds = draw(st.lists(st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=1, max_size=5))
    return draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=most))


@st.composite
def views(draw: st.DrawFn, width: int) -> list[tuple[int, ...]]:
    """Some columns, in any order, some of them tied together by an event."""
    columns = draw(st.permutations(range(width)).map(lambda all_: all_[: draw(st.integers(0, width))]))
    view: list[tuple[int, ...]] = []
    for column in columns:
        if view and draw(st.booleans()):
            view[-1] += (column,)
        else:
            view.append((column,))
    return view


def priors(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 20), min_size=size, max_size=size)


def packed(candidates: Rows) -> Roster:
    return Roster.from_codes(np.array(candidates, np.uint8).T.copy())


def exact_mass(row: list[int], view: list[tuple[int, ...]], edge: int) -> Fraction:
    return prod((min(TABLE[edge][row[column]] for column in piece) for piece in view), start=Fraction(1))


def exact_uppers(candidates: Rows, prior: list[int], view: list[tuple[int, ...]]) -> list[Fraction]:
    """One candidate's best case against everybody else's worst, one after another."""
    lows = [p * exact_mass(row, view, LO) for p, row in zip(prior, candidates, strict=True)]
    highs = [p * exact_mass(row, view, HI) for p, row in zip(prior, candidates, strict=True)]
    return [high / (high + sum(lows) - low) for low, high in zip(lows, highs, strict=True)]


@given(st.data())
def test_beliefs_and_the_top_suspect_are_those_of_the_exact_twin(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = data.draw(priors(len(candidates)))

    posterior = Posterior(packed(candidates), np.array(prior, float))
    for piece in view:
        posterior.release(piece)

    masses = [p * exact_mass(row, view, MID) for p, row in zip(prior, candidates, strict=True)]
    np.testing.assert_allclose(posterior.beliefs(), [float(mass / sum(masses)) for mass in masses], rtol=1e-9)
    uppers = exact_uppers(candidates, prior, view)
    assert abs(posterior.top_suspect().upper - float(max(uppers))) < 1e-9


@given(st.data())
def test_a_release_is_what_a_rebuild_would_have_given(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    known = data.draw(st.integers(0, len(view)))

    posterior = Posterior(packed(candidates), prior, view=view[:known])
    for piece in view[known:]:
        posterior.release(piece)

    rebuilt = Posterior(packed(candidates), prior, view=view).log_mass
    kept = posterior.log_mass
    for edge in ("lo", "mid", "hi"):
        np.testing.assert_allclose(getattr(kept, edge), getattr(rebuilt, edge), rtol=1e-12, atol=1e-12)


@given(st.data())
def test_renaming_the_candidates_renames_their_beliefs(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    order = data.draw(st.permutations(range(len(candidates))))

    renamed = Posterior(packed([candidates[who] for who in order]), prior[order], view=view)

    original = Posterior(packed(candidates), prior, view=view)
    np.testing.assert_allclose(renamed.beliefs(), original.beliefs()[order], rtol=1e-12)


@given(st.data(), st.integers(0, 4))
def test_a_claim_that_says_the_same_of_all_changes_no_belief(data, code):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    posterior = Posterior(packed([[*row, code] for row in candidates]), prior, view=view)
    before = posterior.beliefs()

    posterior.release((len(candidates[0]),))

    np.testing.assert_allclose(posterior.beliefs(), before, rtol=1e-12)


@given(st.data())
def test_the_order_of_releases_does_not_matter(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    shuffled = data.draw(st.permutations(view))

    posterior = Posterior(packed(candidates), prior, view=shuffled)

    np.testing.assert_allclose(
        posterior.beliefs(), Posterior(packed(candidates), prior, view=view).beliefs(), rtol=1e-12
    )


@given(st.data())
def test_one_more_candidate_raises_nobodys_belief(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)

    with_all = Posterior(packed(candidates), prior, view=view)

    without_last = Posterior(packed(candidates[:-1]), prior[:-1], view=view)
    assert (with_all.beliefs()[:-1] <= without_last.beliefs() * (1 + 1e-12)).all()


@given(st.data())
def test_grouping_changes_no_belief(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    roster = packed(candidates)

    groups = grouped(roster, apart=(prior,))

    together = Posterior(groups.roster, groups.total(prior), count=groups.count, view=view)
    each = together.beliefs()[groups.group_of] / groups.count[groups.group_of]
    np.testing.assert_allclose(each, Posterior(roster, prior, view=view).beliefs(), rtol=1e-12)


@given(rows(most=30, columns=25))
def test_two_candidates_share_a_group_exactly_when_their_rows_are_equal(candidates):
    groups = grouped(packed(candidates))

    for one, row in enumerate(candidates):
        for other, another in enumerate(candidates):
            assert (groups.group_of[one] == groups.group_of[other]) == (row == another)


def upper_of_groups(groups: Grouped, prior: np.ndarray, view: list[tuple[int, ...]]) -> np.ndarray:
    mass = Posterior(groups.roster, prior, view=view).log_mass
    return suspects_upper(groups.count, mass.lo, mass.hi)


@given(st.data())
def test_merging_never_lowers_anybodys_exposure(data):
    candidates = data.draw(rows())
    view = data.draw(views(len(candidates[0])))
    prior = np.array(data.draw(priors(len(candidates))), float)
    groups = grouped(packed(candidates), apart=(prior,))
    mass = groups.total(prior)
    labels = data.draw(st.lists(st.integers(0, 2), min_size=len(mass), max_size=len(mass)))
    class_of = np.unique(labels, return_inverse=True)[1]

    uppers = merged(groups, mass, class_of).uppers(view)

    assert (uppers[class_of] >= upper_of_groups(groups, mass, view) * (1 - 1e-12)).all()


@given(rows(most=30), st.integers(1, 6))
def test_alike_classes_are_no_more_than_asked_for_and_all_used(candidates, at_most):
    class_of = alike(packed(candidates), at_most)

    assert np.array_equal(np.unique(class_of), np.arange(class_of.max() + 1))
    assert class_of.max() < at_most
