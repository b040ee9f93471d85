"""Shipped incidents against what history's judges hold: what comes first, what to do, what proves nothing."""

from __future__ import annotations

import functools

import pytest

from tearline.cases.incidents import incident_names, shipped_incident
from tearline.damage.assessment import Damage, damage
from tearline.damage.comparing import compare
from tearline.damage.magnitude import magnitude
from tearline.damage.telling import to_tell
from tearline.domain import Refuse


@functools.cache
def assessed(name: str) -> Damage:
    """The assessment of a shipped incident."""
    file = shipped_incident(name)
    return damage(file.incident, file.case.case if file.case else None)


@pytest.mark.parametrize("name", incident_names())
def test_no_shipped_incident_is_a_bare_point(name: str) -> None:
    scale = assessed(name).scale

    assert scale is not None
    assert scale.lo < scale.mid < scale.hi


def test_the_ally_whose_source_it_was_is_told_first_and_in_words_that_pass_the_gate() -> None:
    first = to_tell(assessed("oval-office"))[0]

    assert (first.party.id, first.breached) == ("IL", True)
    assert first.notice is not None
    assert not isinstance(first.notice.decision, Refuse)


def test_accounts_that_contradict_each_other_leave_the_affair_open() -> None:
    found = assessed("oval-office")
    (city,) = (each.chance for each in found.uttered if each.version == "city")

    assert city.lo < 0.05
    assert city.hi > 0.5
    assert found.questions[0].net > 0


def test_after_midway_to_hold_is_best_and_a_trial_costs_more() -> None:
    (code,) = assessed("midway").sources
    feared = {choice.measure.name: choice.feared for choice in code.choices}

    assert code.choices[0].measure.name == "hold"
    assert feared["prosecute in open court"] > feared["hold"]


def test_the_change_of_code_after_midway_proves_nothing() -> None:
    (code,) = assessed("midway").sources
    (changed,) = code.happened

    assert changed.tells == 1
    assert changed.ours is not None
    assert changed.ours.hi < 0.5


def test_a_man_who_may_have_been_named_is_brought_out_whatever_that_costs_in_take() -> None:
    (officer,) = assessed("gordievsky").sources
    best, *others = officer.choices

    assert officer.in_danger
    assert best.measure.name == "bring him out"
    assert best.feared > max(other.feared for other in others)
    assert not any(other.allowed for other in others)


def test_the_mole_leads_to_those_whom_the_crowd_alone_would_have_hidden() -> None:
    (officer,) = assessed("gordievsky").sources
    persons = [view for view in officer.views if view.matter.about == "persons"]

    assert all(view.worst <= view.matter.limit for view in persons)
    assert officer.danger is not None
    assert officer.danger > officer.limit


@pytest.mark.parametrize("remark", ["oval-office", "midway"])
def test_a_theft_of_archives_cost_more_than_any_remark_by_an_order_of_magnitude_at_least(remark: str) -> None:
    found = compare(assessed("manning"), assessed(remark))

    assert found.first_by is not None
    assert found.first_by >= 1


def test_loss_that_could_follow_and_harm_that_came_about_stay_two_statements() -> None:
    found = assessed("manning")

    assert magnitude(found.taken) == found.scale
    assert found.incident.harms == ()
    assert found.published.mid < found.taken.mid < found.accessible.mid
