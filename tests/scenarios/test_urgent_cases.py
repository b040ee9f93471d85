"""The cases in a hurry as stories: a warning through a friend, and a leader tipped off."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from scenarios.answers import going, obstacle, reached, refusals, shipped
from scenarios.perturbation import AS_WRITTEN, IN_CLEAR, UNCHANGED, columns_of, in_clear
from tearline.assess import assess
from tearline.assess.urgent.outcomes import learns_in_all
from tearline.assess.urgent.package import package
from tearline.assess.urgent.plan import Plan, plan
from tearline.domain import Allow, Case, Permission, Refuse, Risk, Rule, Trust


@pytest.fixture(scope="module")
def belgrade() -> Plan:
    return plan(shipped("belgrade"))


@pytest.fixture(scope="module")
def moscow() -> Plan:
    return plan(shipped("moscow"))


# --- Belgrade ----------------------------------------------------------------------------------------


def second(found: Plan) -> dict[str, str | None]:
    (only,) = found.seconds
    assert only.found is not None
    return going(only.found)


def test_the_embassy_is_told_who_where_and_when_and_the_journalist_to_leave(belgrade: Plan) -> None:
    assert isinstance(belgrade.first.decision, Allow)
    assert going(belgrade.first) == {"attack": "attackers"}
    assert second(belgrade) == {"attack": "leave"}
    assert belgrade.may_go


def test_in_clear_the_embassy_is_told_less_and_the_journalist_as_much() -> None:
    found = plan(in_clear(shipped("belgrade")))

    assert going(found.first) == {"attack": "threat"}
    assert ("belief", "channel:traffic-read") in refusals(found.first, "attack")
    assert second(found) == {"attack": "leave"}


def test_a_lesser_friend_is_told_of_the_threat_and_no_more() -> None:
    case = shipped("belgrade")
    parties = tuple(attrs.evolve(p, handling=Trust.FAIR) if p.id == "friend" else p for p in case.parties)

    assert going(assess(attrs.evolve(case, parties=parties))) == {"attack": "threat"}


def test_who_and_when_told_to_the_journalist_would_break_a_limit_of_whoever_sees_him_go() -> None:
    case = shipped("belgrade")
    to_him = attrs.evolve(case.proposal, to="journalist", allows=(Permission.ACT,))

    broken = reached(attrs.evolve(case, proposal=to_him), "attack", "attackers", "fry")

    assert ("belief", "channel:traffic-read") in broken


def test_the_way_that_nobody_tried_for_decades_is_the_only_gap(belgrade: Plan) -> None:
    assert [gap.where for gap in belgrade.gaps] == ["urgent.contacts.friend.tried"]


def test_there_is_time_and_every_step_has_a_name(belgrade: Plan) -> None:
    assert not any(step.late for step in belgrade.clock.steps)
    assert all(step.who for step in belgrade.clock.steps)


def test_the_page_for_the_embassy_has_both_texts(belgrade: Plan) -> None:
    page = package(belgrade)

    assert "These men mean to attack the journalist" in page
    assert "FOR JOURNALIST, IN THESE WORDS AND NO OTHERS" in page
    assert "traffic" not in page


# --- Moscow ------------------------------------------------------------------------------------------


def test_an_effort_may_be_told_and_neither_names_nor_circle(moscow: Plan) -> None:
    assert isinstance(moscow.first.decision, Allow)
    assert going(moscow.first) == {"coup": "effort"}
    assert obstacle(moscow.first, "coup").version == "circle"
    assert refusals(moscow.first, "coup") == {("belief", "channel:rooms-heard")}


def test_the_names_are_refused_for_the_sake_of_those_named(moscow: Plan) -> None:
    (reason,) = moscow.refused

    assert (reason.rule, reason.version) == (Rule.PERSON_HARM, "names")


def valuable(case: Case) -> Case:
    """With no limit in the way of anything: every group as well placed as the next, and no secret."""
    return attrs.evolve(case, secrets=(), readers=(), leak_paths=())


def test_no_value_buys_the_names() -> None:
    case = valuable(shipped("moscow"))
    claim = attrs.evolve(case.claims[0], versions=case.claims[0].versions[:1])

    answer = assess(attrs.evolve(case, claims=(claim,)))

    assert isinstance(answer.decision, Refuse)
    assert answer.decision.reasons[1].rule is Rule.PERSON_HARM


def test_were_nobody_in_danger_the_names_would_not_be_refused_for_anybodys_sake() -> None:
    case = shipped("moscow")
    persons = tuple(attrs.evolve(p, risk=dict.fromkeys(p.risk, Risk.NONE)) for p in case.claims[0].persons or ())
    harmless = attrs.evolve(case, claims=(attrs.evolve(case.claims[0], persons=persons),))

    assert plan(harmless).refused == ()


def test_each_ending_says_who_reads_it_and_what_they_would_believe(moscow: Plan) -> None:
    falls, stays = moscow.endings

    assert [(w.party, round(w.reads.hi, 3)) for w in falls.witnesses] == [("plotters", 0.7), ("successors", 1.0)]
    assert [(w.party, round(w.reads.hi, 3)) for w in stays.witnesses] == [("plotters", 0.7), ("successors", 0.04)]
    assert all(not belief.broken for w in (*falls.witnesses, *stays.witnesses) for belief in w.shown)


def test_whoever_follows_him_learns_that_somebody_told_him_mostly_if_he_falls(moscow: Plan) -> None:
    learns = learns_in_all(moscow.endings, "successors")

    assert (round(learns.lo, 3), round(learns.hi, 3)) == (0.107, 0.336)


def test_those_in_danger_stand_in_each_ending_without_a_number(moscow: Plan) -> None:
    assert [ending.outcome.in_danger for ending in moscow.endings] == [
        ("the president", "whoever told"),
        ("the plotters", "whoever told"),
    ]


# --- both, however the numbers are moved -------------------------------------------------------------


@pytest.fixture(scope="module")
def firmness(root: Path) -> dict[str, dict[str, str]]:
    return columns_of((root / "docs" / "explanation" / "historical-cases.md").read_text("utf-8"))


@pytest.mark.parametrize("name", ["belgrade", IN_CLEAR])
def test_the_journalist_is_told_to_leave_in_every_line(name: str, firmness: dict[str, dict[str, str]]) -> None:
    answers = [firmness[name][AS_WRITTEN] if text == UNCHANGED else text for text in firmness[name].values()]

    assert {answer.rpartition(" / ")[2] for answer in answers} == {"Allow: leave"}


def test_the_outcomes_of_a_historical_case_are_on_the_common_scale() -> None:
    for name in ("belgrade", "moscow"):
        case = shipped(name)
        words = {(0.01, 0.04), (0.1, 0.3), (0.3, 0.7)}
        on_scale = words | {(round(1 - hi, 2), round(1 - lo, 2)) for lo, hi in words}
        silent = {o.silent.spelled for o in (case.urgent.outcomes if case.urgent else ()) if o.silent}
        assert {cause.probability.spelled for cause in case.causes} | silent <= on_scale
