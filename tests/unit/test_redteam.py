"""The attack on a history: what is found after which release, by which sentence, and by whom."""

import datetime as dt
import json
from collections.abc import Sequence

import attrs
import pytest

from small_case import claim, small_case, with_proposal, yes
from tearline.cases import names, open_shipped
from tearline.cli import run
from tearline.domain import Case, Given, Group, GroupKind, Reader, Version, access
from tearline.exchange.redteam import encode
from tearline.exposure.candidates import minds
from tearline.exposure.history import history
from tearline.exposure.likelihood import Telling
from tearline.sim import readers
from tearline.sim.readers import Attacker, Told, true_model, unlimited_patience, wrong_model
from tearline.sim.redteam import Attack, Find, Redteam, Text, Why, redteam

KNOWN = {"first": "abd", "second": "acd", "third": "abc"}
"""Who knew what: only `a`, two persons, knew all three."""


def told_in_turn(*releases: Sequence[str]) -> Case:
    """X considers two of `a`, thirty of `b`, thirty of `c`, three hundred of `d`, and luck."""
    groups = (
        Group(id="a", count=2),
        Group(id="b", count=30),
        Group(id="c", count=30),
        Group(id="d", count=300),
        Group(id="luck", kind=GroupKind.OTHER, weight=0.2),
    )
    everybody = dict.fromkeys(("a", "b", "c", "d", "luck"), access("informed"))
    claims = [told(name, {group: access("informed") for group in known}) for name, known in KNOWN.items()]
    given = tuple(
        Given(to=("B",), on=dt.date(2026, 1, 1 + day), claims=dict.fromkeys(names, "only"))
        for day, names in enumerate(releases)
    )
    case = small_case(
        claims=(*claims, told("weather", everybody), claim()), given=given, readers=(Reader(id="X", groups=groups),)
    )
    return with_proposal(case, claims={"meeting": None})


def told(name: str, known: dict[str, object]) -> object:
    return claim(id=name, versions=(Version(id="only", text=f"about {name}", value=1.0, known=known),))


def attack(found: Redteam, attacker: Attacker, reader: str = "X") -> Attack:
    (hunt,) = (hunt for hunt in found.hunts if hunt.reader == reader)
    (one,) = (one for one in hunt.attacks if one.attacker is attacker)
    return one


def find(found: Redteam, attacker: Attacker, about: str) -> Find:
    (one,) = (one for one in attack(found, attacker).finds if one.about == about)
    return one


@pytest.mark.parametrize("attacker", [Attacker.TRUE, Attacker.INTERSECTION, Attacker.PATIENT, Attacker.TEARLINE])
def test_three_lists_that_share_two_persons_give_them_away_with_the_third(attacker: Attacker) -> None:
    found = redteam(told_in_turn(["first"], ["second"], ["third"]))

    one = find(found, attacker, "group:a")
    assert one.release == 3
    assert one.by == ("third", "only")
    assert one.persons == 2
    assert one.could
    assert one.still


def test_an_intersection_is_what_is_left_of_the_lists() -> None:
    found = redteam(told_in_turn(["first"], ["second"]))

    lead = attack(found, Attacker.INTERSECTION).lead
    assert lead is not None
    assert lead.groups == ("a", "d")
    assert lead.persons == 302
    assert lead.belief == pytest.approx(1 / 302)
    assert lead.since == 2


def test_of_two_sentences_the_one_that_points_is_named() -> None:
    found = redteam(told_in_turn(["first"], ["second"], ["weather", "third"]))

    assert find(found, Attacker.TRUE, "group:a").by == ("third", "only")
    assert find(found, Attacker.INTERSECTION, "group:a").by == ("third", "only")


def test_what_all_know_gives_nobody_away() -> None:
    found = redteam(told_in_turn(["weather"]))

    for one in found.hunts[0].attacks:
        assert one.finds == ()
        assert one.nearest is not None


def test_who_could_not_have_told_it_is_found_wrongly() -> None:
    case = told_in_turn(["first"], ["second"], ["third"])
    (reader,) = case.readers
    suspected = attrs.evolve(reader.groups[1], count=1, weight=0.7)
    case = attrs.evolve(case, readers=(attrs.evolve(reader, groups=(reader.groups[0], suspected, *reader.groups[2:])),))

    found = redteam(case)

    last = [one for one in attack(found, Attacker.TRUE).finds if one.about == "group:b"]
    assert [one.release for one in last] == [0]
    assert last[0].by is None
    assert last[0].why is Why.LIMIT


def test_a_wrong_model_that_is_not_wrong_is_the_true_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "FACTOR", 1.0)
    case = open_shipped("gordievsky").case
    (mind,) = minds(case, "kgb")
    held = Told.of(case, mind, {"fear": (Telling(1),), "exercise": (Telling(0),), "tasking": (Telling(0),)})

    wrong, true = wrong_model(held), true_model(held)

    assert wrong.person == pytest.approx(true.person.repeat(readers.MODELS, axis=0))
    for about, beliefs in wrong.belief.items():
        assert beliefs == pytest.approx(true.belief[about].repeat(readers.MODELS))


def test_the_true_model_is_the_engine_at_its_best_point_and_patience_at_its_edges() -> None:
    case = open_shipped("gordievsky").case
    (mind,) = minds(case, "kgb")
    held = Told.of(case, mind, {"fear": (Telling(1),), "exercise": (Telling(0),), "tasking": (Telling(0),)})

    true, patient = true_model(held), unlimited_patience(held)

    charged = {charge.about: charge for charge in history(case, "kgb")[-1].charges}
    for about, beliefs in true.belief.items():
        assert beliefs == pytest.approx(charged[about].mid)
    for about, beliefs in patient.belief.items():
        assert beliefs.max() == pytest.approx(charged[about].hi)
    assert patient.person.max() == pytest.approx(charged["top_suspect"].hi)


def test_the_series_of_gordievsky_gives_nothing_away_as_recommended_and_the_traffic_as_proposed() -> None:
    case = open_shipped("gordievsky").case

    recommended, proposed = redteam(case), redteam(case, proposed=True)

    for attacker in (Attacker.TRUE, Attacker.WRONG, Attacker.INTERSECTION, Attacker.PATIENT, Attacker.TEARLINE):
        assert attack(recommended, attacker, "kgb").finds == ()
    one = find_in(proposed, Attacker.PATIENT, "kgb")
    assert (one.about, one.release, one.by) == ("channel:traffic-read", 5, ("reply", "cable"))
    lead = attack(proposed, Attacker.TRUE, "kgb").lead
    assert lead is not None
    assert lead.groups == ("london-residency",)


def find_in(found: Redteam, attacker: Attacker, reader: str) -> Find:
    (one,) = attack(found, attacker, reader).finds
    return one


@pytest.mark.parametrize("name", names())
def test_no_weighing_reader_newly_finds_anything_by_the_recommended_text_of_a_shipped_case(name: str) -> None:
    found = redteam(open_shipped(name).case)

    for hunt in found.hunts:
        for one in hunt.attacks:
            if one.attacker in (Attacker.TRUE, Attacker.PATIENT, Attacker.TEARLINE):
                assert [f for f in one.finds if f.release == len(found.releases)] == []


def test_where_nothing_goes_nothing_is_attacked() -> None:
    refused = with_proposal(small_case(consents=(yes("C", "exact"),)), minimum_value=9.0)

    found = redteam(refused)
    proposed = redteam(refused, proposed=True)

    assert found.releases == ()
    assert [release.text for release in proposed.releases] == [Text.PROPOSED]
    assert proposed.releases[0].claims == {"meeting": "exact"}


def test_the_attack_as_json_stays_in_the_house() -> None:
    answer = json.loads(encode(redteam(told_in_turn(["first"], ["second"], ["third"]))))

    assert set(answer) == {"tearline_redteam", "house_only"}
    assert answer["tearline_redteam"] == 1
    hunt = next(each for each in answer["house_only"]["readers"] if each["reader"] == "X")
    assert [each["attacker"] for each in hunt["attacks"]] == [attacker.value for attacker in Attacker]
    assert hunt["attacks"][0]["finds"][0]["by"] == {"claim": "third", "version": "only"}


def test_the_page_names_the_release_the_sentence_and_the_group(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["redteam", "gordievsky", "--proposed"])

    page = " ".join(capsys.readouterr().out.split())
    assert code == 0
    assert "By the end something is found by: unlimited patience." in page
    assert "Finds that it was got through `traffic-read` after release 5, by `reply` as `cable`" in page
    assert "Looks first into `london-residency`, 50 persons" in page


def test_a_case_that_is_not_there_is_told_as_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["redteam", "nowhere.yaml", "--json"])

    assert code == 2
    assert json.loads(capsys.readouterr().out)["tearline_faults"] == 1
