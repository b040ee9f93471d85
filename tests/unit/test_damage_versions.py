"""What may have come out: bounded by the briefing, by accounts with grades and motives, doubt at every corner."""

from __future__ import annotations

import attrs
import pytest

from incident_case import a_case, a_theft, account, an_incident
from oracle.slow_versions import slow_posterior
from tearline.damage.assessment import damage
from tearline.damage.versions import BENT, DRAWN, ODDS, TRUTHFUL, UNDRAWN, came_out
from tearline.domain import (
    Interval,
    Reliability,
)
from tearline.domain.incidents import (
    Account,
    Looseness,
    Motive,
)
from tearline.errors import InputError


def test_what_was_said_is_what_the_slow_twin_finds_in_fractions() -> None:
    incident = an_incident(
        briefed={"meeting": "exact", "place": "house"},
        accounts=(
            account(says={"meeting": {"exact": 1.0}, "place": {"house": 0.5, "town": 0.25}}, motive=Motive.PLAY_UP),
            account("b", says={}, denies={"meeting": "exact"}, reliability=Reliability.B, motive=Motive.PLAY_DOWN),
        ),
        looseness={Looseness.USUAL: 0.5, Looseness.LOOSE: 0.25},
    )

    found = came_out(a_case(), incident)

    spoke = (([1.0, 0.0, 0.0], [0.5, 0.25, 0.0]), TRUTHFUL[Reliability.C].mid, -1.0)
    denied = (([0.0, 1.0, 1.0], None), TRUTHFUL[Reliability.B].mid, 1.0)
    odds = {way.value: odd for way, odd in ODDS.items()}
    slow = slow_posterior((3, 3), odds, {"usual": 0.5, "loose": 0.25}, (spoke, denied), BENT)
    places = {0: 0, 1: 1, None: 2}
    for case, share in zip(found.cases, found.stances[0], strict=True):
        assert share == pytest.approx(float(slow[tuple(places[rank] for rank in case)]), abs=1e-12)


def test_where_nobody_says_how_loosely_somebody_spoke_the_edges_cover_every_way_of_speaking() -> None:
    found = came_out(a_case(), an_incident(accounts=())).chance("meeting", 0)

    by_way = [
        came_out(a_case(), an_incident(accounts=(), looseness={way: 1.0})).chance("meeting", 0).mid for way in Looseness
    ]
    assert (found.lo, found.hi) == pytest.approx((min(by_way), max(by_way)))


def test_nothing_more_exact_than_the_briefing_and_nothing_vaguer_than_print_comes_out() -> None:
    bounded = came_out(a_case(), an_incident(briefed={"meeting": "vague"}, accounts=()))
    printed = came_out(a_case(), an_incident(published={"meeting": "vague"}, accounts=()))

    assert {case[0] for case in bounded.cases} == {1, None}
    assert {case[0] for case in printed.cases} == {0, 1}


def test_whether_a_thief_was_read_is_one_unknown_behind_all_claims() -> None:
    found = came_out(a_case(), a_theft(taken={}, seen=Interval(0.5, 0.5, 0.5)))

    shares = dict(zip(found.cases, found.stances[0], strict=True))
    assert shares[0, 0] == shares[None, None] == pytest.approx(0.5)


def test_too_many_combinations_are_drawn_and_the_worst_of_all_is_among_them() -> None:
    claims = tuple(attrs.evolve(a_case().claims[0], id=f"c{n}") for n in range(9))
    case = attrs.evolve(a_case(), claims=claims)
    incident = an_incident(briefed={claim.id: "exact" for claim in claims}, accounts=())

    found = came_out(case, incident)

    assert found.drawn
    assert len(found.cases) == UNDRAWN + DRAWN
    assert found.cases[:UNDRAWN] == ((0,) * 9, (None,) * 9)
    assert not found.stances[:, :UNDRAWN].any()
    assert found.stances[0].sum() == pytest.approx(1)
    listed = came_out(a_case(), an_incident(accounts=())).chance("meeting", 0).mid
    assert found.chance("c3", 0).mid == pytest.approx(listed, abs=0.05)


def test_the_same_seed_draws_the_same() -> None:
    claims = tuple(attrs.evolve(a_case().claims[0], id=f"c{n}") for n in range(9))
    case = attrs.evolve(a_case(), claims=claims)
    incident = an_incident(briefed={claim.id: "exact" for claim in claims}, accounts=())

    assert came_out(case, incident, seed=1).cases == came_out(case, incident, seed=1).cases
    assert came_out(case, incident, seed=1).cases != came_out(case, incident, seed=2).cases


def test_more_accounts_than_could_be_independent_are_refused() -> None:
    with pytest.raises(InputError, match="enter those that repeat each other as one"):
        damage(an_incident(accounts=tuple(account(f"a{n}") for n in range(9))), a_case())


def test_an_account_that_no_version_fits_is_refused() -> None:
    said = Account(id="x", by="x", says={"meeting": {"exact": 0.0}}, reliability=Reliability.F)

    with pytest.raises(InputError, match="contradict"):
        came_out(a_case(), an_incident(accounts=(said,)))


def test_a_denial_of_what_is_in_print_changes_nothing() -> None:
    printed = {"meeting": "exact"}
    denial = account(says={}, denies={"meeting": "exact"})

    said, plain = (damage(an_incident(published=printed, accounts=told), a_case()) for told in ((denial,), ()))

    assert said.taken == plain.taken


def test_an_account_of_more_than_the_briefing_held_tells_nothing() -> None:
    beyond = came_out(a_case(), an_incident(briefed={"meeting": "vague"}, accounts=(account(),)))
    without = came_out(a_case(), an_incident(briefed={"meeting": "vague"}, accounts=()))

    assert beyond.stances[0] == pytest.approx(without.stances[0])


def test_a_prior_only_on_what_cannot_have_come_out_is_refused() -> None:
    incident = an_incident(prior={"meeting": {"vague": 1.0}}, published={"meeting": "exact"}, accounts=())

    with pytest.raises(InputError, match="only to what cannot have come out"):
        damage(incident, a_case())


def test_every_corner_of_what_was_taken_is_tried() -> None:
    sure = Interval(1.0, 1.0, 1.0)

    found = came_out(a_case(), a_theft(seen=sure))

    both, only = found.chance("meeting", 0), dict(zip(found.cases, found.stances.T, strict=True))[0, None]
    assert (both.lo, both.mid, both.hi) == pytest.approx((0.5, 0.7, 0.9))
    assert (only.min(), only[0], only.max()) == pytest.approx((0.5 * 0.4, 0.7 * 0.6, 0.9 * 0.8))
