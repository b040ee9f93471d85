"""The clock of a warning: counted back from the harm, cut where it must be, and never at the victim's cost."""

import datetime as dt

import attrs
import pytest

from tearline.assess.urgent.clock import CONSULT_HOURS, Act, Clock, clock, harm_of, moment_of
from tearline.domain import Authorities, Case, Urgency
from urgent_case import COMPLETE, HARM, NOW, urgent_case, with_urgency

MINUTE = dt.timedelta(minutes=1)


def at(moment: dt.datetime) -> Case:
    """The warning with that as the time of the decision."""
    case = with_urgency(urgent_case(), at=moment.timetz())
    return attrs.evolve(case, as_of=moment.date())


def timed(case: Case) -> Clock:
    """The clock while C has not answered."""
    return clock(case, ["C"], "", COMPLETE.to_warn)


def step(found: Clock, act: Act) -> dt.datetime | None:
    return next(step.by for step in found.steps if step.act is act)


def test_every_step_is_counted_back_from_the_hour_of_the_harm() -> None:
    found = timed(urgent_case())

    assert step(found, Act.TAKE_COVER) == HARM
    assert step(found, Act.DELIVER) == HARM - dt.timedelta(hours=3)
    assert step(found, Act.SEND) == HARM - dt.timedelta(hours=4)
    assert step(found, Act.RELEASE) == HARM - dt.timedelta(hours=4, minutes=30)
    assert step(found, Act.OVERRIDE) == HARM - dt.timedelta(hours=4, minutes=45)
    assert step(found, Act.CONSULT) == HARM - dt.timedelta(hours=5)


def test_a_harm_without_an_hour_begins_with_its_day() -> None:
    case = urgent_case(harm_at=None)

    assert harm_of(case) == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    assert not timed(case).stated


def test_too_little_time_is_taken_from_consultation_first() -> None:
    enough = timed(at(HARM - dt.timedelta(hours=7, minutes=15)))
    hurried = timed(at(HARM - dt.timedelta(hours=6)))

    assert enough.cut == dt.timedelta(0)
    assert hurried.cut == dt.timedelta(hours=1, minutes=15)
    assert hurried.short == dt.timedelta(0)
    assert not any(each.late for each in hurried.steps)


def test_what_somebody_in_danger_needs_is_never_cut() -> None:
    found = timed(at(HARM - dt.timedelta(hours=2)))

    assert next(each.takes for each in found.steps if each.act is Act.TAKE_COVER) == dt.timedelta(hours=3)
    assert found.cut == dt.timedelta(hours=CONSULT_HOURS)
    assert found.short == dt.timedelta(hours=3, minutes=15)
    assert any(each.late for each in found.steps)


def test_without_a_day_of_harm_each_step_follows_the_one_before() -> None:
    found = timed(urgent_case(harm_by=None, harm_at=None))

    assert found.harm is None
    assert found.steps[0].by == NOW + found.steps[0].takes
    assert found.steps[-1].by == NOW + sum((each.takes for each in found.steps), dt.timedelta(0))


def test_without_any_day_nothing_has_a_deadline() -> None:
    found = timed(attrs.evolve(urgent_case(), as_of=None))

    assert found.now is None
    assert {each.by for each in found.steps} == {None}


def test_it_is_as_late_as_the_case_says_else_as_when_it_was_noticed_else_midnight() -> None:
    case = urgent_case()

    assert moment_of(case) == NOW
    assert moment_of(with_urgency(case, at=None, noticed=NOW - MINUTE)) == NOW - MINUTE
    assert moment_of(with_urgency(case, at=None, noticed=NOW - dt.timedelta(days=1))) == dt.datetime(
        2026, 11, 20, tzinfo=dt.UTC
    )
    assert moment_of(attrs.evolve(case, urgent=None)) == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_every_step_says_who_and_what_if_it_is_not_done() -> None:
    found = timed(urgent_case())

    assert all(each.who and each.if_not and each.what for each in found.steps)


def test_a_step_without_an_authority_names_nobody() -> None:
    found = timed(with_urgency(urgent_case(), authorities=Authorities()))

    assert {each.act for each in found.steps if not each.who} == {Act.WAIVE, Act.OVERRIDE, Act.RELEASE}


@pytest.mark.parametrize("asked", [[], ["C"]])
def test_nobody_is_consulted_or_overridden_who_has_agreed(asked: list[str]) -> None:
    acts = {each.act for each in clock(urgent_case(), asked, "", ()).steps}

    assert ({Act.CONSULT, Act.OVERRIDE} <= acts) == bool(asked)
    assert Act.DELIVER not in acts


def test_open_tests_come_first() -> None:
    found = timed(attrs.evolve(urgent_case(), urgent=Urgency()))

    assert found.steps[0].act is Act.TESTS
