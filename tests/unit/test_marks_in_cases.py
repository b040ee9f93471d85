"""Marks of a case: who is kept out, the banner of what goes, and what is said where nothing is marked."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from tearline.assess import assess
from tearline.assess.card import card
from tearline.assess.ruled import why
from tearline.assess.submission import submission
from tearline.cases import names, open_shipped, read
from tearline.cli import run
from tearline.domain import Allow, AllowIf, Ask, Case, Form, MarkSystem, Nearness, PartyKind, Permission, Refuse, Rule
from tearline.errors import CaseFileError
from tearline.exchange.answer import wire
from tearline.markings import SYSTEMS
from tearline.markings.reading import Standing
from tearline.policy import marks

CLEARED = "{countries: GBR, serves: GBR, level: S}"


def text(*, ships: str = "S//REL TO USA, GBR", storm: str = "U", cleared: str = CLEARED, system: str = "ism") -> str:
    """A case file with two claims, each in one version, and their marks; an empty mark is left out."""
    said = {"ships": ships, "storm": storm}
    marking = {claim: f', marking: "{mark}"' if mark else "" for claim, mark in said.items()}
    return f"""tearline: 1
title: Ships in the port
us: US
as_of: 2026-11-20
marked_in: {system}
parties:
  US: {{name: United States}}
  UK: {{name: United Kingdom, trust: {{handling: sound}}, cleared: {cleared}}}
sources: {{port: {{kind: open, owner: US}}}}
claims:
  ships:
    sources: [port]
    persons: []
    versions:
      names: {{text: The Halcyon lies at berth 9., value: 8{marking["ships"]}}}
  storm:
    sources: [port]
    persons: []
    versions:
      coming: {{text: A storm is coming., value: 2{marking["storm"]}}}
proposal: {{to: UK, claims: [ships, storm], by: desk}}
"""


def marked(**changes: str) -> Case:
    """The case of :func:`text`."""
    return read(text(**changes)).case


def proposing(case: Case, **changes: object) -> Case:
    """The case with another proposal."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, **changes))


# --- the banner of what goes -----------------------------------------------------------------------------------


def test_the_text_carries_portion_marks_and_a_banner_with_its_reasons() -> None:
    found = assess(marked())

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert found.outgoing.banner == "SECRET//REL TO USA, GBR"
    assert found.outgoing.portions == ("(S//REL TO USA, GBR)", "(U)")
    assert found.banner is not None
    assert found.banner.reasons
    assert found.banner.unmarked == ()


def test_a_version_inherits_the_mark_of_its_claim_unless_it_has_one() -> None:
    case = read(text(ships="").replace("  ships:\n", "  ships:\n    marking: S\n", 1)).case
    claim = case.claim(case.claims[0].id)

    assert marks.mark_of(claim, claim.versions[0]) == "S"
    assert marks.mark_of(claim, attrs.evolve(claim.versions[0], marking="U")) == "U"


def test_the_banner_is_that_of_the_sentences_that_go_and_no_others() -> None:
    found = assess(marked(ships="S//NF"))

    assert isinstance(found.decision, Allow)
    assert found.outgoing is not None
    assert found.outgoing.words == ("A storm is coming.",)
    assert found.outgoing.banner == "UNCLASSIFIED"


def test_without_a_system_marks_stay_plain_words() -> None:
    case = attrs.evolve(marked(ships="S//NF"), marked_in=None)

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert found.banner is None
    assert found.outgoing is not None
    assert (found.outgoing.banner, found.outgoing.portions) == ("", ())
    assert any("`marked_in`" in sentence for sentence in found.not_weighed)


# --- who is kept out -------------------------------------------------------------------------------------------


def test_a_recipient_who_may_not_read_the_mark_gets_nothing_and_hears_why_in_the_house() -> None:
    found = assess(proposing(marked(ships="S//NF"), claims={"ships": None}))

    assert isinstance(found.decision, Refuse)
    reasons = [reason for reason in found.decision.reasons if reason.rule is Rule.MARKING]
    assert reasons
    assert "NOFORN" in reasons[0].text


@pytest.mark.parametrize(
    "cleared", ["{}", "{countries: GBR, serves: GBR}", "{countries: FRA, serves: FRA, level: S}", "{level: TS}"]
)
def test_what_is_not_known_of_who_would_read_is_a_no(cleared: str) -> None:
    found = assess(marked(cleared=cleared, storm=""))

    assert found.tearline.versions.get("ships") is None


def test_what_may_only_be_shown_is_not_handed_over() -> None:
    case = proposing(marked(ships="S//DISPLAY ONLY GBR"), claims={"ships": None})

    assert isinstance(assess(case).decision, Refuse)
    assert isinstance(assess(proposing(case, form=Form.DISCLOSURE)).decision, Allow)


def test_a_mark_that_forbids_passing_on_refuses_where_that_is_proposed() -> None:
    near = "{nearness: named}"
    case = proposing(
        marked(system="tlp", ships="TLP:AMBER+STRICT", storm="TLP:CLEAR", cleared=near), claims={"ships": None}
    )

    assert isinstance(assess(case).decision, Allow)
    assert Rule.MARKING in {
        reason.rule for reason in assess(proposing(case, allows=(Permission.ONWARD,))).decision.reasons
    }


def test_sentences_that_each_may_be_read_and_together_may_not_wait_for_their_originators() -> None:
    uk_and_france = marked(
        ships="S//REL TO USA, GBR", storm="S//REL TO USA, FRA", cleared="{countries: [GBR, FRA], serves: GBR, level: S}"
    )
    case = attrs.evolve(
        uk_and_france,
        parties=tuple(
            attrs.evolve(p, cleared=attrs.evolve(p.cleared, serves="")) if p.id == "UK" else p
            for p in uk_and_france.parties
        ),
    )
    found = marks.banner(case, {"ships": "names", "storm": "coming"})

    assert found is not None
    assert found.written is not None
    assert found.written.banner == "SECRET//NOFORN"
    assert found.refusals
    assert "together the sentences are SECRET//NOFORN" in marks.whole(case, {"ships": "names", "storm": "coming"})[0]


def test_no_mark_stands_between_us_and_those_who_oversee_us() -> None:
    case = marked(ships="S//NF", storm="", cleared="{}")
    parties = tuple(attrs.evolve(p, kind=PartyKind.OVERSIGHT) if p.id == "UK" else p for p in case.parties)

    found = assess(attrs.evolve(case, parties=parties))

    assert isinstance(found.decision, Allow)
    assert set(found.tearline.versions) == {"ships", "storm"}
    assert found.outgoing is not None
    assert (found.outgoing.banner, found.outgoing.portions) == ("", ("(S//NF)", ""))


# --- what is not marked ----------------------------------------------------------------------------------------


def test_an_unmarked_sentence_never_lowers_the_banner_and_is_named() -> None:
    found = assess(marked(storm=""))

    assert isinstance(found.decision, AllowIf)
    assert any("marks `storm`" in condition for condition in found.decision.conditions)
    assert found.banner is not None
    assert found.banner.unmarked == ("storm",)
    said = wire(found).house_only.banner
    assert said is not None
    assert (said.banner, said.at_least) == (None, "SECRET//REL TO USA, GBR")


def test_where_nothing_is_marked_there_is_no_least() -> None:
    found = assess(marked(ships="", storm=""))

    said = wire(found).house_only.banner
    assert said is not None
    assert (said.banner, said.at_least, said.colour) == (None, None, None)
    assert said.unmarked == ["ships", "storm"]


# --- the file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"ships": "S//NOFRON"},
            "claims.ships.versions.names.marking: no mark of `ism`: no value `NOFRON`; did you mean",
        ),
        ({"ships": "TLP:RED"}, "claims.ships.versions.names.marking: no mark of `ism`"),
        ({"cleared": "{level: SECRET}"}, "parties.UK.cleared.level: `ism` has no level `SECRET`"),
        ({"system": "isn"}, "marked_in: `isn` is none of the words for this; did you mean `ism`?"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place_and_a_hint(changes: dict[str, str], told: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        read(text(**changes), "marked.yaml")

    assert any(told in problem.seen_in("marked.yaml") for problem in caught.value.problems)
    assert all(problem.line for problem in caught.value.problems)


def test_every_system_of_a_case_is_one_of_the_room_and_nearness_says_the_same_words() -> None:
    assert {system.value for system in MarkSystem} <= SYSTEMS.keys()
    assert [near.name for near in Nearness] == [standing.name for standing in Standing]


@pytest.mark.parametrize("name", names())
def test_no_shipped_case_is_marked_so_none_decides_otherwise(name: str) -> None:
    case = open_shipped(name).case

    assert case.marked_in is None
    assert not any(claim.marking or any(v.marking for v in claim.versions) for claim in case.claims)


# --- the pages -------------------------------------------------------------------------------------------------


def test_the_banner_stands_on_the_page_to_be_signed() -> None:
    page = submission(assess(marked()))

    (words,) = (section for section in page.sections if section.title == "The words")
    assert words.marks == ("(S//REL TO USA, GBR)", "(U)")
    assert words.points == ("Banner: SECRET//REL TO USA, GBR.",)


@pytest.mark.parametrize("command", ["assess", "submission", "card"])
def test_pages_fit_80_columns_and_show_the_banner(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "marked.yaml"
    file.write_text(text(), "utf-8")

    code = run([command, str(file)])

    page = capsys.readouterr().out
    assert code == 0
    assert "SECRET//REL TO USA, GBR" in page
    assert max(map(len, page.splitlines())) <= 80


def test_the_card_that_is_carried_bears_no_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "marked.yaml"
    file.write_text(text(), "utf-8")

    run(["card", str(file), "--hand"])
    in_hand = capsys.readouterr().out
    run(["card", str(file), "--json"])
    both = json.loads(capsys.readouterr().out)

    assert "SECRET" not in in_hand
    assert "banner" not in both["may_leave"]
    assert both["house_only"]["banner"]["banner"] == "SECRET//REL TO USA, GBR"
    assert card(marked()).say


def test_a_mark_that_names_a_compartment_is_said_to_tell_how_it_was_collected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "marked.yaml"
    file.write_text(
        text(ships="TS//SI//REL TO USA, GBR", cleared="{countries: GBR, serves: GBR, level: TS, accesses: SI}"), "utf-8"
    )

    run(["assess", str(file)])

    assert "the marks name SI: that can itself tell how it was collected" in " ".join(capsys.readouterr().out.split())


def test_why_names_the_mark_among_the_built_in_rules() -> None:
    said = {
        ruled.claim: {rule.rule: rule.does for rule in ruled.built_in}
        for ruled in why(marked(ships="S//NF", storm="")).claims
    }

    assert said["ships"]["marking"] == "forbids"
    assert said["storm"]["marking"] == "requires"


def test_a_mark_neither_replaces_a_consent_nor_is_replaced_by_one() -> None:
    joint = (
        text()
        .replace("owner: US}", "owner: US, joint_with: [FR]}")
        .replace("  UK:", "  FR: {trust: {handling: sound}}\n  UK:")
    )

    found = assess(read(joint).case)

    assert isinstance(found.decision, Ask)
    assert found.banner is not None
    assert found.outgoing is None
