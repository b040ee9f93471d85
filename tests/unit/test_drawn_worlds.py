"""Drawn worlds are ordinary cases: they can be written, read, decided and attacked; and they are what they say."""

import numpy as np
import pytest

from tearline.assess import assess
from tearline.cases import CaseFile, read, write
from tearline.domain import ABSENT, GroupKind
from tearline.exposure.candidates import Mind, priors
from tearline.exposure.likelihood import Telling, access
from tearline.sim.organisations import WhoKnew, bureau, post_room
from tearline.sim.redteam import redteam
from tearline.sim.traffic import HOSTILE, World, worlds
from tearline.sim.truth import Aim, Truth, between, drawn, held
from tearline.sim.truth import access as real_access

SEED = 1793
HOUSES = [bureau(people=80, gatherings=150), post_room(people=60, messages=400)]


@pytest.fixture(params=HOUSES, ids=lambda house: house.name)
def some(request: pytest.FixtureRequest) -> list[World]:
    house: WhoKnew = request.param
    return worlds(house, 8, SEED)


def test_a_drawn_world_is_a_case_that_can_be_written_and_read(some: list[World]) -> None:
    for world in some:
        file = CaseFile(case=world.case)

        again = read(write(file), "drawn.yaml")

        assert again.case == world.case


def test_a_drawn_world_can_be_decided_and_attacked(some: list[World]) -> None:
    for world in some[:2]:
        assert assess(world.case).case is world.case
        assert {hunt.reader for hunt in redteam(world.case, proposed=True).hunts} == {HOSTILE}


def test_everybody_is_in_one_group_and_persons_share_what_weights_leave(some: list[World]) -> None:
    for world in some:
        (reader,) = world.case.readers
        persons = [g for g in reader.groups if g.kind is GroupKind.PERSONS]

        (written,) = (prior for prior in priors(reader.groups) if prior.written)

        assert sum(g.count for g in persons) in (80, 60)
        assert world.prior.sum() == pytest.approx(1)
        assert np.exp(written.log_mass) == pytest.approx(world.prior)


def test_the_arrays_of_a_world_say_what_its_case_says(some: list[World]) -> None:
    for world in some:
        (reader,) = world.case.readers
        mind = Mind(reader=HOSTILE, groups=reader.groups)
        told = [(c, v) for given in world.case.given for c, v in given.claims.items()]

        rows = [access(world.case, mind, world.case.claim(c), Telling(world.case.claim(c).rank(v))) for c, v in told]

        np.testing.assert_array_equal(np.array(rows)[:, 0], world.lo)
        np.testing.assert_array_equal(np.array(rows)[:, 1], world.mid)
        np.testing.assert_array_equal(np.array(rows)[:, 2], world.hi)


def test_real_access_lies_inside_and_its_mean_is_the_best_point() -> None:
    lo, mid, hi = (np.full(40_000, edge) for edge in (ABSENT.lo, ABSENT.mid, ABSENT.hi))

    found = between(lo, mid, hi, np.random.default_rng(1))

    assert (found >= ABSENT.lo).all()
    assert (found <= ABSENT.hi).all()
    assert found.mean() == pytest.approx(ABSENT.mid, rel=0.01)


def test_the_worst_truth_lies_at_the_edges_and_beyond_it_off_by_two(some: list[World]) -> None:
    rng, aim = np.random.default_rng(1), Aim(group=0, other=0.05)
    for world in some:
        worst = real_access(world, Truth.WORST, aim, rng)
        beyond = real_access(world, Truth.BEYOND, aim, rng)

        np.testing.assert_array_equal(worst[:, 0], world.hi[:, 0])
        np.testing.assert_array_equal(worst[:, 1:], world.lo[:, 1:])
        np.testing.assert_array_equal(beyond[:, 1:], world.lo[:, 1:] / 2)


def test_what_leaked_is_a_part_of_what_was_told(some: list[World]) -> None:
    for world in some:
        part = held(world)

        assert len(part.mid) == world.leaked.sum()
        assert sum(len(piece.rows) for piece in part.pieces) == len(part.mid)


def test_luck_is_nobody_to_be_found(some: list[World]) -> None:
    luck = np.zeros(len(some[0].prior))
    luck[-1] = 1.0

    secret = drawn(some[0], luck, np.random.default_rng(1))

    assert secret.explanation == len(luck) - 1
    assert secret.group == -1
