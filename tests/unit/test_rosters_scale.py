"""Rosters of many candidates: packing, beliefs, grouping, merging, and what is refused."""

import numpy as np
import pytest

from tearline.domain import ACCESS_WORDS, Interval
from tearline.errors import InputError, InvariantError
from tearline.exposure import grouping
from tearline.exposure.envelope import suspects_upper
from tearline.exposure.grouping import alike, grouped, merged
from tearline.exposure.posterior import Posterior
from tearline.exposure.rosters import ACCESS_GRADES, BLOCK, Grades, Roster, block
from tearline.exposure.worlds import Gate, World, measure

MORE_THAN_A_BLOCK = 8 * BLOCK + 3


def roster_of(*columns: list[int]) -> Roster:
    return Roster.from_codes(np.array(columns, np.uint8))


def random_codes(seed: int, columns: int, candidates: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 5, (columns, candidates), dtype=np.uint8)


def uniform(candidates: int) -> np.ndarray:
    return np.full(candidates, 1 / candidates)


def plain_mass(codes: np.ndarray, prior: np.ndarray, edge: int) -> np.ndarray:
    """Log mass as one would write it in an afternoon: a number for each cell, summed."""
    table = np.array([[g.lo, g.mid, g.hi] for g in ACCESS_GRADES.intervals])[:, edge]
    return np.log(prior) + np.log(table[codes]).sum(axis=0)


def test_codes_follow_the_access_words_from_worst_to_best():
    words = [interval.spelled for interval in ACCESS_GRADES.intervals]

    assert words == ["absent", "rumour", "near", "informed", "present"]


@pytest.mark.parametrize("candidates", [1, 7, 8, 9, 1000])
def test_unpacking_gives_back_what_was_packed(candidates):
    codes = random_codes(1, 11, candidates)

    roster = Roster.from_codes(codes)

    assert np.array_equal(roster.codes(), codes)


def test_five_grades_take_half_a_byte_for_each_candidate_and_claim():
    roster = Roster.from_codes(random_codes(2, 100, 8000))

    assert roster.planes.nbytes == 100 * 8000 / 2


def test_sixteen_grades_work_like_five():
    edges = np.linspace(0.05, 1, 16)
    grades = Grades(tuple(Interval.exactly(float(edge)) for edge in edges))
    codes = np.random.default_rng(3).integers(0, 16, (6, 50), dtype=np.uint8)
    roster = Roster.from_codes(codes, grades)
    posterior = Posterior(roster, uniform(50), view=[(column,) for column in range(5)])

    posterior.release((5,))

    mass = edges[codes].prod(axis=0)
    np.testing.assert_allclose(posterior.beliefs(), mass / mass.sum(), rtol=1e-12)


@pytest.mark.parametrize("edge", [0, 1, 2])
def test_it_agrees_with_plain_numpy_across_blocks(edge):
    codes = random_codes(4, 20, MORE_THAN_A_BLOCK)
    prior = np.random.default_rng(4).uniform(0.5, 1.5, MORE_THAN_A_BLOCK)
    posterior = Posterior(Roster.from_codes(codes), prior, view=[(column,) for column in range(19)])

    posterior.release((19,))

    mass = posterior.log_mass
    np.testing.assert_allclose((mass.lo, mass.mid, mass.hi)[edge], plain_mass(codes, prior, edge), rtol=1e-12)


def test_beliefs_across_blocks_are_shares_of_the_whole():
    codes = random_codes(9, 3, MORE_THAN_A_BLOCK)
    prior = uniform(MORE_THAN_A_BLOCK)

    beliefs = Posterior(Roster.from_codes(codes), prior, view=[(0,), (1,), (2,)]).beliefs()

    mass = np.exp(plain_mass(codes, prior, 1))
    np.testing.assert_allclose(beliefs, mass / mass.sum(), rtol=1e-12)


def test_counters_do_not_run_over_however_long_the_view():
    codes = random_codes(10, 700, 40)
    codes[:, 0] = 4
    view = [(column,) for column in range(700)]

    mass = Roster.from_codes(codes).log_likelihood(view)

    np.testing.assert_allclose(mass.lo, plain_mass(codes, np.ones(40), 0), rtol=1e-12)


def test_the_top_suspect_is_that_of_the_envelope_across_blocks():
    codes = np.minimum(random_codes(5, 6, MORE_THAN_A_BLOCK), 3)
    codes[:, -2:] = 4
    count = np.ones(MORE_THAN_A_BLOCK, np.int64)
    count[-2] = 5
    persons = np.ones(MORE_THAN_A_BLOCK, np.bool_)
    persons[2] = False
    view = [(column,) for column in range(6)]
    posterior = Posterior(Roster.from_codes(codes), uniform(MORE_THAN_A_BLOCK), count=count, view=view)

    top = posterior.top_suspect(among=persons)

    mass = posterior.log_mass
    assert top.candidate == MORE_THAN_A_BLOCK - 1
    assert top.upper == pytest.approx(suspects_upper(count, mass.lo, mass.hi).max(), rel=1e-12)


def test_the_verified_example_of_six_persons_comes_out():
    grades = Grades(tuple(Interval.exactly(point) for point in (0.01, 0.1, 0.4, 0.8, 1.0)))
    a1, a2, b1, b2, c1, d1, other = (4, 4, 4), (4, 3, 1), (4, 2, 0), (2, 2, 2), (1, 0, 4), (0, 0, 0), (3, 1, 0)
    codes = np.array([a1, a2, b1, b2, c1, d1, other], np.uint8).T.copy()
    posterior = Posterior(Roster.from_codes(codes, grades), np.array([0.8 / 6] * 6 + [0.2]), view=[(0,), (1,)])

    posterior.release((2,))

    expected = [0.869413, 0.069553, 0.003478, 0.055642, 0.000869, 0.000001, 0.001043]
    np.testing.assert_allclose(posterior.beliefs(), expected, atol=5e-7)


def test_who_is_no_person_is_a_rival_but_never_the_top_suspect():
    posterior = Posterior(roster_of([4, 1, 0]), uniform(3), view=[(0,)])

    top = posterior.top_suspect(among=np.array([False, True, True]))

    rival = ACCESS_WORDS["present"].lo + ACCESS_WORDS["absent"].lo
    high = ACCESS_WORDS["rumour"].hi
    assert top.candidate == 1
    assert top.upper == pytest.approx(high / (high + rival))


def test_nobody_to_suspect_is_a_mistake_of_ours():
    posterior = Posterior(roster_of([4, 1]), uniform(2))

    with pytest.raises(InvariantError, match="nobody"):
        posterior.top_suspect(among=np.array([False, False]))


def test_claims_of_one_event_count_once_at_the_lowest_grade():
    roster = roster_of([4, 3, 0], [2, 4, 4])

    together = roster.log_likelihood([(0, 1)])

    assert np.array_equal(together.mid, roster_of([2, 3, 0]).log_likelihood([(0,)]).mid)


def test_an_event_given_in_two_instalments_is_an_event_given_at_once():
    roster = roster_of([4, 3, 0], [2, 4, 4])
    posterior = Posterior(roster, uniform(3), view=[(0,)])

    posterior.release((0, 1), instead_of=(0,))

    at_once = Posterior(roster, uniform(3), view=[(0, 1)])
    np.testing.assert_allclose(posterior.beliefs(), at_once.beliefs(), rtol=1e-14)


def test_a_more_exact_version_replaces_the_vaguer_one():
    exact, vague = [4, 1, 0], [4, 3, 2]
    posterior = Posterior(roster_of(exact, vague), uniform(3), view=[(1,)])

    posterior.release((0,), instead_of=(1,))

    only = Posterior(roster_of(exact), uniform(3), view=[(0,)])
    np.testing.assert_allclose(posterior.beliefs(), only.beliefs(), rtol=1e-14)


def test_ten_thousand_claims_neither_underflow_nor_lose_who_recovers():
    first_half = np.tile(np.array([[3, 1]], np.uint8), (5000, 1))
    codes = np.concatenate([first_half, first_half[:, ::-1], [[3, 2]]]).astype(np.uint8)

    posterior = Posterior(Roster.from_codes(codes), uniform(2), view=[(column,) for column in range(len(codes))])

    informed, near = ACCESS_WORDS["informed"].mid, ACCESS_WORDS["near"].mid
    np.testing.assert_allclose(posterior.beliefs(), [informed / (informed + near), near / (informed + near)], rtol=1e-9)


def test_the_gate_survives_edges_too_far_apart_for_the_linear_scale():
    codes = np.tile(np.array([[3, 3, 0]], np.uint8), (10_000, 1))

    top = Posterior(Roster.from_codes(codes), uniform(3), view=[(column,) for column in range(10_000)]).top_suspect()

    assert (top.candidate, top.upper) == (0, 1.0)


def test_groups_feed_a_world_that_measures_the_same_suspicion():
    codes = random_codes(6, 3, 400)
    groups = grouped(Roster.from_codes(codes))
    posterior = Posterior(groups.roster, groups.total(uniform(400)), count=groups.count, view=[(0,)])
    options = block(groups.roster, [(), [(1,)], [(1,), (2,)]])
    classes = len(groups.count)
    world = World(
        count=groups.count,
        person=np.ones(classes, np.bool_),
        base=posterior.log_mass,
        blocks=(options,),
        limit=np.full(classes, 0.5),
        crossed=np.zeros(classes, np.bool_),
    )

    measured = {reached.gate: reached for reached in measure(world, world.mass((2,)))}

    posterior.release((1,))
    posterior.release((2,))
    assert measured[Gate.TOP_SUSPECT].reached == pytest.approx(posterior.top_suspect().upper, rel=1e-12)


def test_groups_keep_the_order_of_their_first_members():
    roster = roster_of([4, 0, 4, 1, 0], [0, 0, 0, 2, 0])

    groups = grouped(roster)

    assert groups.group_of.tolist() == [0, 1, 0, 2, 1]
    assert groups.count.tolist() == [2, 2, 1]
    assert groups.roster.codes().tolist() == [[4, 0, 1], [0, 0, 2]]


def test_what_must_stay_apart_stays_apart():
    roster = roster_of([4, 4, 4, 4])

    groups = grouped(roster, apart=(np.array([0.1, 0.2, 0.1, 0.1]), np.array([True, True, True, False])))

    assert groups.group_of.tolist() == [0, 1, 0, 2]


def test_different_rows_with_one_hash_are_still_told_apart(monkeypatch):
    codes = random_codes(7, 2, 300)
    honest = grouped(Roster.from_codes(codes))
    monkeypatch.setattr(grouping, "_hashed", lambda rows: np.zeros(rows.shape[1], np.uint64))

    collided = grouped(Roster.from_codes(codes))

    assert np.array_equal(collided.group_of, honest.group_of)


def test_alike_classes_agree_first_where_it_is_asked():
    roster = roster_of([0, 0, 1, 1], [2, 3, 2, 3])

    class_of = alike(roster, at_most=2, first=(1,))

    assert class_of.tolist() == [0, 1, 0, 1]


def test_merging_nothing_is_exact():
    groups = grouped(Roster.from_codes(random_codes(8, 4, 200)))
    prior = groups.total(uniform(200))
    view = [(column,) for column in range(4)]

    uppers = merged(groups, prior, np.arange(len(prior))).uppers(view)

    mass = Posterior(groups.roster, prior, view=view).log_mass
    np.testing.assert_allclose(uppers, suspects_upper(groups.count, mass.lo, mass.hi), rtol=1e-12)


@pytest.mark.parametrize(
    "codes",
    [
        np.zeros((2, 3)),
        np.zeros(3, np.uint8),
        np.zeros((0, 3), np.uint8),
        np.zeros((3, 0), np.uint8),
        np.full((2, 3), 5, np.uint8),
    ],
    ids=["not bytes", "not a table", "no column", "nobody", "a grade too high"],
)
def test_what_is_no_table_of_grades_is_refused(codes):
    with pytest.raises(InputError, match="grade code"):
        Roster.from_codes(codes)


@pytest.mark.parametrize(
    ("intervals", "why"),
    [
        ([Interval.exactly(0.5)], "2 to 16"),
        ([Interval.exactly(0.5)] * 17, "2 to 16"),
        ([Interval(0.0, 0.1, 0.2), Interval.exactly(0.5)], "above 0"),
        ([Interval(0.1, 0.2, 0.9), Interval(0.2, 0.3, 0.8)], "must rise"),
    ],
)
def test_grades_that_could_not_be_counted_are_refused(intervals, why):
    with pytest.raises(InputError, match=why):
        Grades(tuple(intervals))


@pytest.mark.parametrize("prior", [[0.5, 0.5], [1, 0, 1], [1, -1, 1], [1, np.nan, 1], [1, np.inf, 1]])
def test_a_prior_that_rules_somebody_out_is_refused(prior):
    with pytest.raises(InputError, match="prior"):
        Posterior(roster_of([4, 1, 0]), np.array(prior, float))


@pytest.mark.parametrize(("piece", "instead_of"), [((), ()), ((1,), ()), ((-1,), ()), ((0,), (1,))])
def test_a_release_of_no_known_column_changes_nothing(piece, instead_of):
    posterior = Posterior(roster_of([4, 1, 0]), uniform(3))

    with pytest.raises(InvariantError, match="piece of evidence"):
        posterior.release(piece, instead_of=instead_of)

    np.testing.assert_allclose(posterior.beliefs(), uniform(3))
