"""`tearline negotiate`: where a trade stands, what each move would tell, and what a case file may say of one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest

from small_case import TODAY, small_case, with_proposal, yes
from tearline.assess.bargaining import bargain, nearest, offer
from tearline.cases import open_shipped, read
from tearline.cli import run
from tearline.domain import Case, Form, Given, PartyKind, Purpose
from tearline.domain.negotiation import Position, Turn
from tearline.errors import CaseFileError, InputError

TRADE = """
tearline: 1
title: t
us: A
as_of: 2026-11-20
parties: {A: {}, B: {trust: {handling: wary}}, X: {hostile: true}}
sources: {s: {kind: human, owner: A}}
readers: {X: {groups: {insiders: {count: 4}, staff: {count: 4000}, elsewhere: {other: true, weight: 0.2}}}}
claims:
  meeting:
    sources: [s]
    persons: []
    versions:
      day: {text: They meet on Thursday., value: 8, known: {insiders: informed}}
      week: {text: They meet this week., value: 5, known: {insiders: informed, staff: informed, elsewhere: near}}
      soon: {text: They will meet., value: 2, known: {insiders: informed, staff: informed, elsewhere: informed}}
GIVEN
negotiation:
MOVES
proposal: {to: B, claims: [meeting], ask_in_return: [visas]}
"""
ANNOUNCED = "  - {on: 2026-11-10, to: announced, by: A}"
OFFERED = (
    "  - {on: 2026-11-12, to: offered, by: A, teaser: {meeting: soon}, package: {meeting: week}, "
    "asked: visas, until: 2026-12-01}"
)
TOLD = "given: [{to: B, on: 2026-11-12, claims: {meeting: soon}, form: disclosure}]"


def trade(*moves: str, given: str = TOLD) -> str:
    """A case file with these moves."""
    return TRADE.replace("GIVEN", given).replace("MOVES", "\n".join(moves) or "  []").lstrip()


def faults(text: str) -> list[str]:
    """Everything that is wrong with a case file, as it is shown."""
    with pytest.raises(CaseFileError) as caught:
        read(text)
    return [problem.seen_in("case.yaml") for problem in caught.value.problems]


def agreed(**changes: object) -> Case:
    """The small case with C's consent, so that the vague version may go."""
    return small_case(consents=(yes("C"),), **changes)


# --- where it stands ---------------------------------------------------------------------------------------


def test_what_a_move_leaves_out_lies_on_the_table_as_it_lay() -> None:
    countered = "  - {on: 2026-11-18, to: countered, by: B, asked: port calls}"

    found = bargain(read(trade(ANNOUNCED, OFFERED, countered)).case)

    assert found.now.position is Position.COUNTERED
    assert dict(found.now.terms.package) == {"meeting": "week"}
    assert found.now.terms.asked == ("port calls",)
    assert found.now.terms.until == dt.date(2026, 12, 1)
    assert [after.position for _, after in found.turns] == [Position.ANNOUNCED, Position.OFFERED, Position.COUNTERED]


def test_what_lies_on_the_table_is_weighed_on_the_day_of_the_case() -> None:
    kept = bargain(read(trade(ANNOUNCED, OFFERED)).case)
    more = trade(ANNOUNCED, OFFERED).replace("package: {meeting: week}", "package: {meeting: day}")

    broken = bargain(read(more).case)

    assert kept.may_be_kept
    assert broken.on_the_table is not None
    assert not broken.may_be_kept


def test_what_has_come_is_set_against_what_was_asked() -> None:
    agreed_to = "  - {on: 2026-11-18, to: agreed, by: B}"
    escrow = "  - {on: 2026-11-19, to: escrowed, by: A, received: port calls}"
    both = OFFERED.replace("asked: visas", "asked: [visas, port calls]")

    found = bargain(read(trade(ANNOUNCED, both, agreed_to, escrow)).case)

    assert found.outstanding == ("visas",)


def test_a_lapsed_offer_is_called_so() -> None:
    found = bargain(read(trade(ANNOUNCED, OFFERED.replace("2026-12-01", "2026-11-15"))).case)

    assert found.lapsed


# --- what may be given, and offered -------------------------------------------------------------------------


def test_the_most_that_may_be_given_is_the_answer_to_a_trade_in_writing() -> None:
    case = with_proposal(agreed(), form=Form.DISCLOSURE)

    found = bargain(case)

    assert found.most.case.proposal.purpose is Purpose.TRADE
    assert found.most.case.proposal.form is Form.RELEASE
    assert found.most.tearline.versions == {"meeting": "vague"}


def test_openings_come_least_telling_first_and_never_give_the_package_away() -> None:
    found = bargain(read(trade(given="given: []")).case)

    assert [(dict(o.terms.teaser), dict(o.terms.package)) for o in found.openings] == [
        ({"meeting": "soon"}, {"meeting": "week"})
    ]
    assert all(o.may_be_offered for o in found.openings)


def test_a_consent_that_is_missing_forbids_the_offer() -> None:
    joint = trade(given="given: []").replace("owner: A}", "owner: A, joint_with: [C]}")
    case = read(joint.replace("B: {", "C: {trust: {handling: sound}}, B: {"))

    found = bargain(case.case)

    assert found.openings
    assert not any(o.may_be_offered for o in found.openings)


def test_a_teaser_that_was_told_before_tells_nothing() -> None:
    case = read(trade()).case

    found = offer(case, {"meeting": "soon"}, {"meeting": "week"}, ("visas",))

    assert found.retold
    assert found.may_be_offered


def test_a_warning_that_is_owed_is_never_offered() -> None:
    case = with_proposal(agreed(), purpose=Purpose.WARNING)

    found = bargain(case)

    assert case.owes_warning
    assert found.openings == ()
    assert [move.to for move in found.next] == [Position.GIVEN]
    with pytest.raises(InputError, match="given, not offered"):
        offer(case, {"meeting": "vague"}, {"meeting": "exact"}, ("visas",))


def test_after_an_offer_was_made_there_are_no_openings() -> None:
    assert bargain(read(trade(ANNOUNCED, OFFERED)).case).openings == ()


@pytest.mark.parametrize("kind", [PartyKind.PUBLIC, PartyKind.OVERSIGHT])
def test_nobody_trades_with_the_public_or_with_those_who_oversee(kind: PartyKind) -> None:
    case = small_case()
    parties = tuple(attrs.evolve(p, kind=kind) if p.id == "B" else p for p in case.parties)

    with pytest.raises(InputError, match="nobody to trade with"):
        bargain(attrs.evolve(case, parties=parties))


def test_an_offer_of_what_the_case_does_not_have_is_an_error() -> None:
    with pytest.raises(InputError, match="the case has no `meeting` as `hour`"):
        offer(small_case(), {"meeting": "hour"}, {"meeting": "exact"}, ("visas",))


def test_an_offer_that_is_none_says_all_that_is_wrong_with_it() -> None:
    with pytest.raises(InputError, match="that is a gesture; the teaser gives the whole package away"):
        offer(small_case(), {"meeting": "exact"}, {"meeting": "exact"}, ())


def test_the_nearest_limit_is_of_somebody_who_binds() -> None:
    found = bargain(agreed())

    line = nearest(found.most)

    assert line is not None
    assert line.used >= line.used_before
    assert line.reader in [r.listener.party.id for r in found.most.readers if r.listener.binds]


def test_where_nobody_binds_there_is_no_nearest_limit() -> None:
    file = read(trade(given="given: []").replace("handling: wary", "handling: sound"))

    assert nearest(bargain(file.case).most) is None


# --- the file -----------------------------------------------------------------------------------------------


def test_a_move_out_of_order_is_a_fault_with_its_place() -> None:
    (fault,) = faults(trade(OFFERED))

    assert "negotiation[0].to: what nobody has spoken of cannot become offered" in fault


def test_the_move_of_the_other_side_is_a_fault() -> None:
    ours = "  - {on: 2026-11-14, to: agreed, by: A}"

    assert any("it is not for A" in fault for fault in faults(trade(ANNOUNCED, OFFERED, ours)))


def test_what_was_told_must_stand_among_what_was_given() -> None:
    (fault,) = faults(trade(ANNOUNCED, OFFERED, given="given: []"))

    assert "`meeting` as `soon` was told on 2026-11-12 and is not in `given`" in fault
    assert "add it there: {to: B, on: 2026-11-12, claims: {meeting: soon}}" in fault


def test_what_was_given_later_or_more_vaguely_does_not_stand_for_it() -> None:
    late = TOLD.replace("2026-11-12", "2026-11-13")

    assert faults(trade(ANNOUNCED, OFFERED, given=late))


def test_moves_stand_oldest_first_and_none_is_after_today() -> None:
    late = ANNOUNCED.replace("2026-11-10", "2026-11-21")

    found = faults(trade(late, OFFERED))

    assert any("is after the day of the case" in fault for fault in found)
    assert any("is before the move above it" in fault for fault in found)


def test_a_version_that_is_none_is_reported_once() -> None:
    (fault,) = faults(trade(ANNOUNCED, OFFERED.replace("teaser: {meeting: soon}", "teaser: {meeting: later}")))

    assert "`meeting` has no version `later`" in fault


def test_a_negotiation_changes_no_decision() -> None:
    case = open_shipped("liaison").case

    assert case.negotiation == (Turn(on=dt.date(2026, 11, 18), to=Position.ANNOUNCED, by="A"),)
    without = attrs.evolve(case, negotiation=())
    assert bargain(without).most.decision == bargain(case).most.decision


# --- the command ---------------------------------------------------------------------------------------------


def test_the_page_shows_what_a_stranger_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["negotiate", "liaison"])

    page = capsys.readouterr().out
    assert code == 0
    for title in ("Where it stands: announced", "The most we may give", "Offers that could be made", "What may follow"):
        assert title in page
    assert "may be offered" in page
    assert max(map(len, page.splitlines())) <= 80


def test_the_answer_as_json_keeps_everything_in_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["negotiate", "liaison", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert found["tearline_negotiation"] == 1
    assert [*found] == ["tearline_negotiation", "house_only"]
    house = found["house_only"]
    assert (house["position"], house["receiver"], house["warning_owed"]) == ("announced", "B", False)
    assert house["most"]["said"] == {"ships": "port"}
    assert house["openings"][0]["may_be_offered"] is True


@pytest.mark.parametrize(("package", "code"), [("ships=port", 0), ("ships=named", 4)])
def test_an_offer_in_mind_is_answered_by_the_exit_code(
    package: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(["negotiate", "liaison", "--teaser", "ships=season", "--package", package, "--ask", "visas", "--json"])

    assert found == code
    assert json.loads(capsys.readouterr().out)["house_only"]["may_be_offered"] is (code == 0)


@pytest.mark.parametrize(
    "half", [["--teaser", "ships=season"], ["--ask", "visas"], ["--teaser", "ships", "--package", "ships=port"]]
)
def test_half_an_offer_is_wrong_input(half: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["negotiate", "liaison", *half]) == 2
    assert capsys.readouterr().out == ""


def test_a_teaser_that_points_somewhere_else_never_reaches_the_table(tmp_path: Path) -> None:
    file = tmp_path / "trade.yaml"
    file.write_text(trade(ANNOUNCED, OFFERED), "utf-8")

    assert run(["negotiate", str(file)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["trade.yaml"]


def test_earlier_disclosures_weigh_on_the_most_that_may_be_given() -> None:
    case = agreed()
    more = Given(to=("B",), on=TODAY - dt.timedelta(days=9), claims={"meeting": "vague"})

    told = bargain(attrs.evolve(case, given=(more,)))

    assert told.most.tearline.value <= bargain(case).most.tearline.value
