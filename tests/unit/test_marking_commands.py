"""``tearline marking``: banners with reasons, exit codes, JSON, files and standard input, and what is refused."""

import io
import json
from pathlib import Path

import pytest

from tearline.cli import run

Captured = pytest.CaptureFixture[str]


def printed(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run one command; its exit code, standard output and standard error."""
    code = run(["marking", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_rollup_prints_the_banner_and_why(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "rollup", "--system", "ism", "(S//REL TO USA, AUS)", "(U//FOUO)")

    assert code == 0
    assert out.splitlines()[0].strip() == "SECRET//NOFORN"
    assert "NOFORN: portion 2 (U//FOUO) released to nobody" in out


def test_rollup_as_json_has_the_banner_and_the_reasons(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "rollup", "--system", "ism", "--json", "(S//REL TO USA, AUS)", "(U)")

    said = json.loads(out)
    assert code == 0
    assert list(said)[:3] == ["tearline_marking_rollup", "banner", "reasons"]
    assert said["banner"] == "SECRET//REL TO USA, AUS"
    assert said["reasons"][0] == "SECRET: portion 1 (S//REL TO USA, AUS)"
    assert said["attributes"]["releasableTo"] == ["USA", "AUS"]
    assert said["label"]["colour"] == {"background": "#C8102E", "text": "#FFFFFF"}


@pytest.mark.parametrize(
    "portion", ["(X)", "(S//NOFRON)", "", "(S//NF/REL TO USA, GBR)", "{", '{"classification": "S"}']
)
def test_a_bad_portion_ends_with_2_and_names_its_number(capsys: Captured, portion: str) -> None:
    code, out, err = printed(capsys, "rollup", "--system", "ism", "(S)", portion)

    assert code == 2
    assert out == ""
    assert err.startswith("portion 2: ")


def test_a_bad_portion_is_told_as_json_too(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "rollup", "--system", "ism", "--json", "(X)")

    assert code == 2
    assert json.loads(out)["tearline_faults"] == 1


def test_portions_come_from_standard_input_one_on_each_line(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("(S)\n\n(C//NF)\n"))

    code, out, _ = printed(capsys, "rollup", "--system", "ism", "-")

    assert code == 0
    assert out.splitlines()[0].strip() == "SECRET//NOFORN"


def test_a_label_is_read_from_a_file_with_a_policy_from_another(capsys: Captured, tmp_path: Path) -> None:
    spif = (
        '<SPIF xmlns="http://www.xmlspif.org/spif"><securityPolicyId name="House" id="1.2.3"/>'
        '<securityClassifications><securityClassification name="OPEN" lacv="1" hierarchy="1"/>'
        '<securityClassification name="SHUT" lacv="2" hierarchy="2"/></securityClassifications></SPIF>'
    )
    (tmp_path / "house.xml").write_text(spif, "utf-8")
    (tmp_path / "label.txt").write_text("House SHUT\n", "utf-8")
    policy, label = str(tmp_path / "house.xml"), f"@{tmp_path / 'label.txt'}"

    code, out, _ = printed(
        capsys, "read", "--system", "stanag4774", "--policy", policy, label, "--reader", "clearance=OPEN"
    )

    assert code == 4
    assert "not cleared for House SHUT" in out


@pytest.mark.parametrize(
    ("reader", "code", "says"),
    [
        ("country=GBR,serves=GBR,clearance=S", 0, "MAY SEE IT, and keep no copy."),
        ("country=USA,serves=USA,clearance=S", 0, "MAY READ IT."),
        ("country=DEU,serves=DEU,clearance=S", 4, "MAY NOT READ IT:"),
        ("country=GBR,serves=GBR", 4, "not cleared for SECRET"),
    ],
)
def test_read_says_whether_a_reader_may(capsys: Captured, reader: str, code: int, says: str) -> None:
    found, out, _ = printed(capsys, "read", "--system", "ism", "(S//DISPLAY ONLY GBR)", "--reader", reader)

    assert found == code
    assert says in out


@pytest.mark.parametrize(
    ("reader", "says"),
    [
        ("GBR", "no KEY=VALUE"),
        ("nation=GBR", "no fact about a reader `nation`"),
        ("clearance=COSMIC", "no clearance `COSMIC`"),
        ("standing=near", "no standing `near`"),
        ("clearance=S,clearance=TS", "`clearance` twice"),
    ],
)
def test_a_reader_that_is_not_understood_is_refused(capsys: Captured, reader: str, says: str) -> None:
    code, _, err = printed(capsys, "read", "--system", "ism", "(S)", "--reader", reader)

    assert code == 2
    assert says in err


def test_read_tells_what_breaks_a_rule(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "read", "--system", "ism", "(U//OC)")

    assert code == 0
    assert "(ISM-ID-00028)" in out


def test_read_as_json_keeps_what_was_received(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "read", "--system", "tlp", "tlp:white", "--reader", "standing=public", "--json")

    said = json.loads(out)
    assert code == 0
    assert (said["received"], said["label"]["banner"]) == ("tlp:white", "TLP:CLEAR")
    assert said["reader"] == {"may_read": True, "view_only": False, "refusals": []}
    assert said["label"]["stix"]["id"] == "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("banner", "SECRET//NOFORN\n"),
        ("portion", "(S//NF)\n"),
        ("words", "secret (disclosure could cause serious damage); not releasable to foreign nationals\n"),
    ],
)
def test_render_prints_one_form_to_the_letter(capsys: Captured, form: str, expected: str) -> None:
    code, out, _ = printed(capsys, "render", "--system", "ism", "--as", form, "(S//NF)")

    assert (code, out) == (0, expected)


@pytest.mark.parametrize("form", ["stix", "poster"])
def test_a_form_that_is_not_there_is_refused(capsys: Captured, form: str) -> None:
    code, _, err = printed(capsys, "render", "--system", "ism", "--as", form, "(S//NF)")

    assert code == 2
    assert form in err


def test_render_shows_every_form(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "render", "--system", "tlp", "TLP:RED")

    assert code == 0
    assert "#FF2B2B on #000000" in out
    assert "--as stix" in out


def test_map_says_what_is_lost(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "map", "--system", "tlp", "--to", "europol", "TLP:AMBER")

    assert code == 0
    assert out.splitlines()[0].strip() == "H2"
    assert "audience: its organisation and clients becomes those named" in out


def test_map_refuses_what_would_loosen(capsys: Captured) -> None:
    code, out, _ = printed(capsys, "map", "--system", "pap", "--to", "tlp", "PAP:RED", "--json")

    assert code == 4
    assert json.loads(out)["would_loosen"] == ["acts"]


def test_a_level_goes_over_by_agreement_only(capsys: Captured) -> None:
    arguments = ("map", "--system", "ism", "--to", "nato", "(S//REL TO USA, GBR)")

    without, _, _ = printed(capsys, *arguments)
    with_one, out, _ = printed(capsys, *arguments, "--agreement", "us-nato")
    unknown, _, err = printed(capsys, *arguments, "--agreement", "us-mars")

    assert (without, with_one, unknown) == (4, 0, 2)
    assert "NATO SECRET United Kingdom, United States of America ONLY" in out
    assert "no agreement `us-mars`" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "--system", "ism", "@nowhere.txt"),
        ("read", "--system", "stanag4774", "--policy", "nowhere.xml", "x"),
        ("read", "--system", "runes", "x"),
        ("rollup", "--system", "ism", "--policy", "x.xml", "(S)"),
    ],
    ids=["file", "policy", "system", "policy-not-needed"],
)
def test_what_is_not_there_ends_with_2(capsys: Captured, arguments: tuple[str, ...]) -> None:
    code, _, err = printed(capsys, *arguments)

    assert code == 2
    assert err.count("\n") == 1


def test_a_marking_from_a_hostile_file_drives_no_terminal(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("(S//\x1b[31mNF)\n", "utf-8")

    code, out, err = printed(capsys, "rollup", "--system", "ism", f"@{tmp_path / 'x'}")

    assert code == 2
    assert "\x1b" not in out + err
