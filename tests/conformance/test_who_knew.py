"""Real lists of who knew what: read right, isolating as measured, and the engine agrees with Bayes."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from experiments.isolation import isolation
from experiments.who_knew import REAL
from oracle.random_series import assert_the_engine_is_bayes
from tearline.sim.calibration import Quantity, bend, column, trial
from tearline.sim.organisations import WhoKnew
from tearline.sim.traffic import worlds
from tearline.sim.truth import INSIDE

Ask = Callable[[str], Path]

MEASURED = {
    "mailings": (998, 25_027, {1: (0.04, 3), 2: (0.68, 1), 3: (0.85, 1), 4: (0.93, 1)}),
    "committees": (528, 228, {1: (0.00, 20), 2: (0.16, 4), 3: (0.48, 2), 4: (0.76, 1)}),
    "conversations": (95, 78, {1: (0.00, 5), 2: (0.46, 2), 3: (0.86, 1)}),
    "paul-revere": (254, 7, {1: (0.00, 79), 2: (0.01, 11), 3: (0.01, 5), 4: (0.06, 3)}),
    "southern-women": (18, 14, {1: (0.00, 8), 2: (0.02, 5), 3: (0.09, 3), 4: (0.20, 2)}),
}
"""People, gatherings, and after k disclosures the share of draws with one candidate left and the median
left, measured once by other code (400 draws). Two of the 230 congress bodies have no members; that code
counted one conversation fewer."""


def house(ask: Ask, name: str) -> WhoKnew:
    place, read = REAL[name]
    if place.endswith(".rda"):
        pytest.importorskip("rdata", reason="R files need the package `rdata`")
    return read(ask(place))


@pytest.mark.parametrize("name", MEASURED)
def test_people_and_gatherings_are_all_there(outside_data: Ask, name: str) -> None:
    people, gatherings, _ = MEASURED[name]

    found = house(outside_data, name)

    assert (found.people, len(found.gatherings)) == (people, gatherings)


@pytest.mark.parametrize("name", MEASURED)
def test_a_few_disclosures_single_people_out_as_measured(outside_data: Ask, name: str) -> None:
    found = house(outside_data, name)

    seen = {told: isolation(found, told) for told in MEASURED[name][2]}

    for told, (alone, left) in MEASURED[name][2].items():
        assert seen[told].alone == pytest.approx(alone, abs=0.05)
        assert seen[told].left == pytest.approx(left, abs=1)


@pytest.mark.parametrize("name", MEASURED)
def test_people_are_numbers_and_vaguer_wordings_fit_more_of_them(outside_data: Ask, name: str) -> None:
    found = house(outside_data, name)
    chosen = Random(1).sample(range(len(found.gatherings)), 7)

    wordings = [found.wordings(gathering) for gathering in chosen]

    for fits in wordings:
        assert all(exact <= vague for exact, vague in pairwise(fits))
        assert fits[-1] == set(range(found.people))


@pytest.mark.parametrize(("name", "times"), [("mailings", 400), ("committees", 300), ("conversations", 300)])
def test_the_engine_is_bayes_on_random_series_of_real_lists(outside_data: Ask, name: str, times: int) -> None:
    assert_the_engine_is_bayes(house(outside_data, name), times, seed=1812)


@pytest.mark.parametrize("name", ["mailings", "committees", "conversations"])
def test_around_real_lists_nobody_gets_further_than_reported(outside_data: Ask, name: str) -> None:
    drawn = worlds(house(outside_data, name), 120, seed=1816)

    tried = trial(drawn, 1816, INSIDE)

    for truth in INSIDE:
        for quantity in (Quantity.TOP, Quantity.TRIES):
            assert bend(column(tried.reported, quantity), column(tried.chance[truth], quantity)) == (
                pytest.approx(0, abs=1e-12),
                0,
            )
