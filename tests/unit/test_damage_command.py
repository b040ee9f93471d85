"""The commands about incidents: the page, its JSON, legal hold, comparison, chart, templates."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tearline.cases.incidents import incident_names, shipped_incident
from tearline.cli import run
from tearline.damage.assessment import damage
from tearline.damage.magnitude import Word

Captured = pytest.CaptureFixture[str]


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    capsys.readouterr()
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, " ".join(out.split()) if "--json" not in arguments else out, err


def test_the_affair_comes_with_intervals_whom_to_tell_and_ranked_questions(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "damage", "oval-office")

    assert code == 0
    for said in (
        "Magnitude +0.",
        "best point",
        "1. Israel, within 48 hours",
        "It is the originator and was not asked",
        "Nobody repeats, corrects or denies any detail",
        "the interpreter about laptops: worth",
        "What was believed when 2017-05-10",
    ):
        assert said in out


@pytest.mark.parametrize("name", incident_names())
def test_every_shipped_incident_has_a_page_and_the_same_figures_as_json(name: str, capsys: Captured) -> None:
    code, out, _ = printed(capsys, "damage", name, "--json")

    house = json.loads(out)["house_only"]
    file = shipped_incident(name)
    found = damage(file.incident, file.case.case if file.case else None)
    assert code == 0
    assert house["taken"]["mid"] == pytest.approx(found.taken.mid, rel=1e-8)
    assert house["legal"] == [word.value for word in found.words]
    assert printed(capsys, "damage", name)[0] == 0


def test_a_placement_never_shows(capsys: Captured) -> None:
    sealed = [text.unseal() for text in shipped_incident("gordievsky").case.sealed.values()]  # type: ignore[union-attr]

    for arguments in (("damage", "gordievsky"), ("damage", "gordievsky", "--json")):
        _, out, _ = printed(capsys, *arguments)
        assert sealed
        assert not any(text in out for text in sealed)


def test_as_of_a_day_leaves_out_what_became_known_later(capsys: Captured) -> None:
    _, early, _ = printed(capsys, "damage", "oval-office", "--as-of", "2017-05-15", "--json")
    _, late, _ = printed(capsys, "damage", "oval-office", "--json")

    days = [[stood["on"] for stood in json.loads(out)["house_only"]["history"]] for out in (early, late)]
    assert days == [["2017-05-10", "2017-05-15"], ["2017-05-10", "2017-05-15", "2017-05-16"]]


@pytest.mark.parametrize(
    ("day", "said"), [("2017-05-09", "is before it happened, on 2017-05-10"), ("yesterday", "write year-month-day")]
)
def test_a_day_that_cannot_be_used_is_told(day: str, said: str, capsys: Captured) -> None:
    code, _, err = printed(capsys, "damage", "oval-office", "--as-of", day)

    assert code == 2
    assert said in err


def test_under_legal_hold_there_are_counts_and_whom_to_tell_and_nothing_that_was_worked_out(
    capsys: Captured, tmp_path: Path
) -> None:
    code, out, _ = printed(capsys, "damage", "oval-office", "--hold")
    _, as_json, _ = printed(capsys, "damage", "oval-office", "--hold", "--json")

    assert code == 0
    assert "LEGAL HOLD" in out
    assert "Israel, within 48 hours" in out
    assert "%" not in out
    assert not any(word.value in out for word in Word)
    house = json.loads(as_json)["house_only"]
    assert set(house) == {"legal_hold", "counts", "to_tell"}
    assert all(isinstance(count, int) for count in house["counts"].values())


def test_the_hold_of_the_file_holds_too(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "held.yaml"
    printed(capsys, "incident", "new", "--template", "spoken", "--output", str(file))
    file.write_text(file.read_text("utf-8").replace("legal_hold: false", "legal_hold: true"), "utf-8")

    assert "LEGAL HOLD" in printed(capsys, "damage", str(file))[1]


def test_an_incident_under_legal_hold_is_not_compared_either(capsys: Captured, tmp_path: Path) -> None:
    file, picture = tmp_path / "held.yaml", tmp_path / "held.svg"
    printed(capsys, "incident", "new", "--template", "spoken", "--output", str(file))
    file.write_text(file.read_text("utf-8").replace("legal_hold: false", "legal_hold: true"), "utf-8")

    for more in ([], ["--json"], ["--svg", str(picture)]):
        code, out, err = printed(capsys, "incident", "compare", str(file), "midway", *more)
        assert code == 2
        assert "legal hold: no assessment is written, and none is compared" in " ".join(err.split())
        assert "magnitude" not in out
    assert not picture.exists()


def test_a_theft_and_a_remark_are_orders_of_magnitude_apart(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "incident", "compare", "manning", "oval-office")
    _, as_json, _ = printed(capsys, "incident", "compare", "manning", "oval-office", "--json")

    (pair,) = json.loads(as_json)["pairs"]
    assert code == 0
    assert "manning cost more than oval-office with 100%: surely by at least 1 order of magnitude" in out
    assert "manning is made of: contacts-in-the-cables" in out
    assert pair["first_by"] >= 1
    assert pair["first_exceeds"] + pair["second_exceeds"] + pair["equal"] == pytest.approx(1)


def test_what_cannot_be_told_apart_is_said_to_be(capsys: Captured) -> None:
    assert "Not distinguishable" in printed(capsys, "incident", "compare", "midway", "oval-office")[1]


def test_the_chart_of_all_is_a_picture_with_a_row_for_each(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "all.svg"

    code, out, _ = printed(capsys, "incident", "compare", "--svg", str(file))

    picture = ElementTree.fromstring(file.read_text("utf-8"))
    labels = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert code == 0
    assert set(incident_names()) <= labels
    assert all(name in out for name in incident_names())
    assert run(["incident", "compare", "--svg", str(file)]) == 2


def test_one_incident_cannot_be_compared_and_an_unknown_one_is_told(capsys: Captured) -> None:
    assert "name two incidents" in printed(capsys, "incident", "compare", "midway")[2]
    assert "did you mean `midway`" in printed(capsys, "incident", "compare", "midwy", "manning")[2]


@pytest.mark.parametrize("template", ["spoken", "theft"])
def test_a_new_incident_can_be_assessed_at_once(template: str, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"

    code, _, err = printed(capsys, "incident", "new", "--template", template, "--output", str(file))

    assert code == 0
    assert "written:" in err
    assert printed(capsys, "damage", str(file))[0] == 0
    assert printed(capsys, "incident", "new", "--template", template, "--output", str(file))[0] == 2


def test_faults_of_an_incident_come_as_json_where_json_is_asked_for(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("tearline_incident: 1\ntitle: t\nkind: theft\non: tomorrow\n", "utf-8")

    code, out, err = printed(capsys, "damage", str(file), "--json")

    (fault,) = json.loads(out)["faults"]
    assert code == 2
    assert (fault["line"], fault["path"]) == (4, "on")
    assert "on: `tomorrow` is not a day" in err


def test_the_list_of_incidents_and_one_as_it_was_written(capsys: Captured) -> None:
    _, listed, _ = printed(capsys, "incident", "list", "--json")
    code, one, _ = printed(capsys, "incident", "list", "midway")

    assert [each["name"] for each in json.loads(listed)["incidents"]] == list(incident_names())
    assert code == 0
    assert "tearline_incident: 1" in one


def test_the_figure_of_the_explanation_is_what_the_command_draws(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "magnitude.svg"

    printed(capsys, "incident", "compare", "--svg", str(file))

    kept = Path(__file__).parents[2] / "docs" / "explanation" / "figures" / "magnitude.svg"
    assert kept.read_text("utf-8") == file.read_text("utf-8")
