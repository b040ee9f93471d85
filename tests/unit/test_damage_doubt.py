"""Where doubt falls: what is in print, what names, what lay open, what nobody has said yet."""

from __future__ import annotations

import itertools

import attrs
import numpy as np
import pytest

from incident_case import a_case, a_theft, account, an_incident
from small_case import claim
from tearline.damage.assessment import BY_ITSELF, blame, damage
from tearline.damage.comparing import compare
from tearline.damage.gains import least_out
from tearline.damage.magnitude import Span
from tearline.damage.versions import DRAWN, MOST_NUMBERS, UNDRAWN, came_out
from tearline.domain import Case, Claim, Interval, LeakPath, Passage, SourceKind
from tearline.domain.incidents import Beside, IncidentKind, Rank, RealisedHarm, Stake

SURE = Interval(1.0, 1.0, 1.0)
PERHAPS = Interval(0.2, 0.3, 0.4)


def unread() -> Case:
    """The small case without any way from B to X: whatever a partner's word says, the file states none."""
    path = LeakPath(giver="B", to="X", how=Passage.ONWARD, probability=Interval(0.0, 0.0, 0.0))
    return attrs.evolve(a_case(), leak_paths=(path,))


def many_claims(count: int) -> tuple[Claim, ...]:
    """So many claims of the small case's form."""
    return tuple(claim(id=f"c{number}") for number in range(count))


def test_what_lay_open_is_what_every_hostile_party_would_learn_who_reads_it_or_not() -> None:
    heard = damage(an_incident(hearers=("X",)), a_case()).sources[0]

    for case in (a_case(), unread()):
        (told_to_another,) = damage(an_incident(hearers=("B",)), case).sources
        assert told_to_another.accessible == heard.accessible
        assert told_to_another.taken.hi < heard.taken.hi


def test_a_hostile_party_that_cannot_have_read_stands_in_no_view() -> None:
    (exposed,) = damage(an_incident(hearers=("B",)), unread()).sources

    assert "X" not in {view.reader for view in exposed.views}
    assert exposed.taken.hi == 0


def test_who_is_found_from_what_is_in_print_is_in_danger_though_no_hostile_party_heard_it() -> None:
    printed = an_incident(hearers=("B",), published={"meeting": "exact"}, accounts=())
    heard = an_incident(hearers=("X",), published={"meeting": "exact"}, accounts=())

    (exposed,) = damage(printed, unread()).sources

    assert exposed.danger == pytest.approx(damage(heard, unread()).sources[0].danger)
    assert exposed.in_danger


def test_danger_is_never_less_than_what_was_believed_before() -> None:
    (exposed,) = damage(an_incident(hearers=("B",)), a_case()).sources

    assert exposed.danger is not None
    assert exposed.danger >= max(view.before.hi for view in exposed.views if view.reader == "X")


@pytest.mark.parametrize("kind", [IncidentKind.PUBLICATION, IncidentKind.THEFT])
def test_a_name_in_what_is_all_in_print_is_read_by_everybody(kind: IncidentKind) -> None:
    stakes = {"s": Stake(named=PERHAPS)}
    printed = an_incident(
        kind=kind, hearers=("B",), published={"meeting": "exact"}, accounts=(), sources=stakes, seen=SURE
    )

    (exposed,) = damage(printed, unread()).sources

    assert exposed.taken.lo >= 0.2
    assert exposed.published == exposed.taken
    assert exposed.danger is not None
    assert exposed.danger >= 0.4


def test_whether_the_part_in_print_names_counts_at_the_upper_edge_only() -> None:
    printed = an_incident(hearers=("B",), published={"meeting": "vague"}, sources={"s": Stake(named=PERHAPS)})
    unnamed = attrs.evolve(printed, sources={})

    (exposed,), (without,) = (damage(each, unread()).sources for each in (printed, unnamed))

    assert exposed.published.lo == without.published.lo
    assert exposed.published.mid == without.published.mid
    assert exposed.published.hi >= 0.4


def test_where_cases_are_drawn_nothing_in_print_still_means_nothing_published() -> None:
    claims = many_claims(8)
    case = attrs.evolve(a_case(), claims=claims)
    incident = an_incident(hearers=("X",), briefed={each.id: "exact" for each in claims}, accounts=())

    found = damage(incident, case)

    assert found.came_out is not None
    assert found.came_out.drawn
    assert len(found.came_out.cases) == UNDRAWN + DRAWN
    assert set(found.came_out.cases[least_out(found.came_out)]) == {None}
    assert found.published.hi == 0
    assert found.taken.hi > 0


def test_what_partners_could_stop_counts_before_anybody_knows_what_came_out() -> None:
    flows = {"C": Stake(worth=Rank.IRREPLACEABLE, years=(2.0, 4.0), stops=Interval(0.1, 0.2, 0.3))}

    found = damage(an_incident(briefed={}, accounts=(), witnesses=(), flows=flows), a_case())

    assert [flow.party for flow in found.flows] == ["C"]
    assert found.taken.lo > 0


def test_people_who_are_only_counted_can_be_in_danger_too() -> None:
    people = Beside(
        id="informants", kind=SourceKind.HUMAN, count=(1.0, 9.0), accessible=PERHAPS, taken=PERHAPS, published=PERHAPS
    )

    assert damage(an_incident(briefed={}, beside=(people,))).lives
    assert not damage(an_incident(briefed={}, beside=(attrs.evolve(people, kind=SourceKind.SIGNALS),))).lives


def test_a_harm_without_a_named_rival_may_have_come_by_itself() -> None:
    harm = RealisedHarm(source="s", what="an arrest", explains=Interval(0.4, 0.5, 0.6), checked="the desk")

    found = blame(harm, Span(0.0, 0.01, 0.02))

    assert found.mid == pytest.approx(0.005 / (0.005 + BY_ITSELF))
    assert (found.lo, found.hi) == (0, 1)


def test_an_incident_that_cost_nothing_is_told_apart_from_one_that_did() -> None:
    flows = {"C": Stake(worth=Rank.IRREPLACEABLE, years=(2.0, 4.0), stops=SURE)}
    dear, free = (damage(an_incident(briefed={}, flows=each), a_case()) for each in (flows, {}))

    one, other, same = compare(dear, free), compare(free, dear), compare(free, free)

    assert (one.first_exceeds, one.second_exceeds, one.equal) == (1, 0, 0)
    assert one.distinguishable
    assert one.first_by == other.second_by == 3
    assert (same.first_exceeds, same.second_exceeds, same.equal) == (0, 0, 1)


def test_corners_are_tried_only_as_far_as_memory_goes() -> None:
    claims = many_claims(12)
    taken = {each.id: PERHAPS for each in claims[:6]}
    told = tuple(account(f"a{number}", says={"c0": {"exact": 1.0}}) for number in range(8))
    incident = a_theft(briefed={each.id: "exact" for each in claims}, taken=taken, accounts=told)

    found = came_out(attrs.evolve(a_case(), claims=claims), incident)

    assert found.stances.size <= MOST_NUMBERS
    assert np.allclose(found.stances.sum(axis=1), 1)


def test_more_hearers_never_leave_a_source_safer() -> None:
    chosen = [combination for many in (1, 2, 3) for combination in itertools.combinations(("B", "C", "X"), many)]
    found = {hearers: damage(an_incident(hearers=hearers), a_case()).sources[0] for hearers in chosen}

    for few, more in itertools.product(chosen, chosen):
        if set(few) <= set(more):
            assert found[few].taken.hi <= found[more].taken.hi + 1e-12
            assert (found[few].danger or 0) <= (found[more].danger or 0) + 1e-12
