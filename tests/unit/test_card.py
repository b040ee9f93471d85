"""The principal's card: what is on it, and above all what is not."""

import functools
import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from small_case import TODAY, small_case, with_claim, with_proposal, yes
from tearline.assess import assess
from tearline.assess.card import Card, Clearance, card
from tearline.assess.probe import measured
from tearline.assess.wording import Detail, left_out
from tearline.cases import names, open_shipped, text_of
from tearline.cli import run
from tearline.domain import (
    Accreditation,
    Agrement,
    AllowIf,
    Case,
    Consent,
    Form,
    Harm,
    Officer,
    Party,
    Permission,
    Person,
    Risk,
    Rule,
)
from tearline.exchange.card import encode, number

Captured = pytest.CaptureFixture[str]

SHIPPED = names()


def cleared_case(**changes: Any) -> Case:
    """The small case with the consent of C to its vaguest words."""
    return small_case(consents=(yes("C"),), **changes)


@functools.cache
def shipped(name: str) -> Card:
    """The card of a shipped case."""
    return card(open_shipped(name).case)


def hand_of(found: Card) -> str:
    """Everything that is carried into the room, as one text."""
    return json.dumps(json.loads(encode(found))["may_leave"], ensure_ascii=False)


def briefing_of(found: Card) -> str:
    """Everything of the briefing, as one text."""
    return json.dumps(json.loads(encode(found))["house_only"], ensure_ascii=False)


def test_words_are_on_the_card_once_everybody_has_agreed() -> None:
    found = card(cleared_case())

    assert found.clearance is Clearance.CLEARED
    assert found.say == ("They meet this week.",)
    assert "They meet this week." in hand_of(found)


def test_no_words_are_on_the_card_while_somebody_must_be_asked() -> None:
    found = card(small_case())

    assert found.clearance is Clearance.NOT_YET
    assert found.say == ()
    assert "They meet" not in hand_of(found)
    assert found.once == ("They meet this week.",)


def test_a_consent_to_handing_over_a_copy_is_none_to_telling() -> None:
    only_a_copy = yes("C", forms=(Form.RELEASE,))

    found = card(small_case(consents=(only_a_copy,)))

    assert found.clearance is Clearance.NOT_YET


def test_a_card_that_clears_nothing_is_the_same_whatever_the_case_is_about() -> None:
    cards = [shipped(name) for name in ("essay", "oval-office")]

    assert {found.clearance for found in cards} == {Clearance.NOT_YET}
    assert len(set(map(hand_of, cards))) == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_holds_no_words_but_those_that_are_allowed(name: str) -> None:
    case = open_shipped(name).case
    told = attrs.evolve(case, proposal=attrs.evolve(case.proposal, form=Form.DISCLOSURE, carried_by=None))

    found = shipped(name)

    outgoing = assess(told).outgoing
    assert found.say == (outgoing.words if outgoing else ())
    kept = {version.text for claim in case.claims for version in claim.versions} - set(found.say)
    assert [text for text in kept if text in hand_of(found)] == []
    labels = {party.label for party in case.parties} | {claim.id for claim in case.claims}
    assert [label for label in labels if f"`{label}`" in hand_of(found)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_briefing_never_quotes_what_must_stay_out(name: str) -> None:
    case = open_shipped(name).case

    found = shipped(name)

    kept = {version.text for claim in case.claims for version in claim.versions} - {*found.say, *found.once}
    assert [text for text in kept if text in briefing_of(found)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_said_breaks_no_limit_of_anybody_in_the_room_or_behind_it(name: str) -> None:
    found = shipped(name)
    case, said = found.found.case, found.found.tearline.versions
    ranks = {claim: case.claim(claim).rank(version) for claim, version in said.items()}

    broken = [
        (reader.listener.party.id, gate)
        for reader in found.found.readers
        if reader.listener.binds and found.say
        for gate, _, reached in measured(case, reader.listener.party.id, ranks)
        if reached.broken
    ]

    assert broken == []


def test_one_step_more_says_what_breaks_for_whom_and_who_would_mind() -> None:
    found = shipped("oval-office")

    (step,) = found.steps
    assert (step.said, step.further) == ("plot", "details")
    assert ("RU", "channel:listened-to") in {(b.reader, b.about) for b in step.breaches}
    assert step.offended == (("IL", ("what it learns about plots against airliners",)),)


def test_what_the_recipient_can_read_already_is_no_step() -> None:
    case = open_shipped("alert").case

    found = card(case)

    assert found.steps
    public = {(claim.id, version.id) for claim in case.claims for version in claim.versions if version.public}
    assert public & {(step.claim, step.further) for step in found.steps} == set()


def test_a_step_beyond_what_was_proposed_is_shown_too() -> None:
    found = card(with_proposal(cleared_case(), claims={"meeting": "vague"}))

    assert [(step.claim, step.further) for step in found.steps] == [("meeting", "exact")]


def test_a_step_is_judged_with_all_that_its_words_imply() -> None:
    case = with_proposal(cleared_case(), claims={"meeting": "vague"})
    (meeting,), (source,) = case.claims, case.sources
    exact, vague = meeting.versions
    guard = Person(id="guard", risk=dict.fromkeys(Harm, Risk.NONE) | {Harm.TORTURE: Risk.REAL})
    theirs = attrs.evolve(source, id="theirs", owner="D", joint_with=())
    route = attrs.evolve(meeting, id="route", sources=("theirs",), persons=(guard,), versions=(vague,))
    telling = attrs.evolve(meeting, versions=(attrs.evolve(exact, implies={"route": "vague"}), vague))
    parties = (*case.parties, Party(id="D", shares_with_us=("photographs",)))

    found = card(attrs.evolve(case, parties=parties, sources=(source, theirs), claims=(telling, route)))

    (step,) = found.steps
    assert Rule.PERSON_HARM in {reason.rule for reason in step.reasons}
    assert ("D", ("photographs",)) in step.offended


def test_a_claim_said_as_collected_has_no_further_step() -> None:
    (exact, _) = small_case().claims[0].versions
    case = with_claim(small_case(), versions=(attrs.evolve(exact, known={}),))
    said = attrs.evolve(card(case).found.tearline, said=())

    assert said.versions == {}
    assert all(step.further == "exact" for step in card(case).steps)


def test_the_number_of_a_card_changes_with_anything_on_it() -> None:
    case = cleared_case()
    other = with_proposal(case, ask_in_return=("reporting on Y",))

    assert number(card(case)) == number(card(case))
    assert number(card(case)) != number(card(other))
    assert number(card(case)) != number(card(small_case()))


def test_a_permission_needs_its_own_yes_on_the_card_as_anywhere() -> None:
    case = with_proposal(cleared_case(), allows=(Permission.ACT,))

    assert card(case).clearance is not Clearance.CLEARED


def test_a_withdrawn_consent_takes_the_words_off_the_card() -> None:
    withdrawn: Consent = yes("C", withdrawn=small_case().as_of)

    assert card(small_case(consents=(withdrawn,))).say == ()


@pytest.mark.parametrize(
    ("exact", "vague", "details"),
    [
        ("They meet at 14:30.", "They meet.", {Detail.DAY, Detail.NUMBER}),
        ("Three men met in Riga.", "Some met.", {Detail.NUMBER, Detail.NAME}),
        ("He said “go”.", "He agreed.", {Detail.VERBATIM, Detail.VANTAGE}),
        ("They build it in one city.", "They build it in one place.", {Detail.PLACE}),
        ("They build it slowly.", "They build it.", {Detail.OTHER}),
        ("Riga is the place. Riga it is.", "Somewhere.", {Detail.OTHER}),
    ],
)
def test_kinds_of_detail_are_told_by_what_words_look_like(exact: str, vague: str, details: set[Detail]) -> None:
    assert set(left_out(vague, [exact])) == details


def test_nothing_is_left_out_where_nothing_is_more_exact() -> None:
    assert left_out("They meet.", []) == ()


def test_the_normal_channels_are_officers_whom_the_recipient_has_accepted() -> None:
    accepted = Accreditation(on=TODAY, answer=Agrement.ACCEPTED)
    known = Officer(id="liaison", declared_to="B", accreditation=(accepted,))
    others = (
        Officer(id="refused", declared_to="B"),
        attrs.evolve(known, id="elsewhere", declared_to="C"),
        attrs.evolve(known, id="theirs", of="B"),
        attrs.evolve(known, id="head", principal=True),
    )

    assert card(cleared_case(officers=(known, *others))).channels == ("liaison",)


def test_the_card_of_a_principal_does_not_wait_for_the_briefing_that_it_is_for() -> None:
    case = with_proposal(cleared_case(officers=(Officer(id="head", principal=True),)), carried_by="head")

    assert card(case).clearance is Clearance.CLEARED
    assert isinstance(assess(case).decision, AllowIf)


# --- on paper ---------------------------------------------------------------------------------------------


def test_the_page_is_torn_between_the_briefing_and_the_card(capsys: Captured) -> None:
    code = run(["card", "oval-office"])

    briefing, _, hand = capsys.readouterr().out.partition(" tear here ")
    assert code == 3
    assert "INTERNAL." in briefing
    assert "Israel must be asked first." in briefing
    assert "Signature" in briefing
    assert "that it be handled with care" in briefing.replace("\n    ", " ")
    for word in ("Israel", "Russia", "laptops", "Oval", "Islamic", "2017"):
        assert word not in hand


def test_the_hand_alone_is_the_card_and_nothing_else(capsys: Captured) -> None:
    run(["card", "oval-office"])
    whole = capsys.readouterr().out
    run(["card", "oval-office", "--hand"])
    hand = capsys.readouterr().out

    assert whole.endswith(hand)
    assert "INTERNAL" not in hand


def test_the_card_as_json_has_its_two_papers(capsys: Captured) -> None:
    code = run(["card", "arcos", "--json"])

    wire = json.loads(capsys.readouterr().out)
    assert code == 0
    assert wire["tearline_card"] == 1
    assert wire["may_leave"]["say"] == list(shipped("arcos").say)
    assert wire["house_only"]["clearance"] == "cleared"


def test_the_page_fits_80_columns(capsys: Captured) -> None:
    run(["card", "oval-office"])

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_without_an_accepted_officer_no_channel_is_to_be_promised(capsys: Captured, tmp_path: Path) -> None:
    text = text_of("essay").replace("proposal:\n", "officers: {liaison: {declared_to: B}}\nproposal:\n")
    path = tmp_path / "case.yaml"
    path.write_text(text, "utf-8")

    run(["card", str(path)])

    assert "No officer is on record whom State B has accepted." in capsys.readouterr().out
