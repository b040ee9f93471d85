"""What others wrote about markings: labels under policy files, machine tags, STIX markings; all are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tearline.errors import InputError
from tearline.markings import SYSTEMS, acs, europol, system
from tearline.markings.grades import ADMIRALTY_SCALE
from tearline.markings.ism import reading, values
from tearline.markings.nato.own_policy import NATO_POLICY
from tearline.markings.nato.spif import policy
from tearline.markings.reading import Reader

Ask = Callable[[str], Path]

FOLDER = "markings/stanag4774-spif"
ORACLES = {
    "17-1": "NATO UNCLASSIFIED Releasable to ISAF, KFOR, RESOLUTE SUPPORT",
    "17-2": "NATO UNCLASSIFIED",
    "17-3": "NATO UNCLASSIFIED - STAFF",
}
"""What the policy tool prints for its own labels."""

STAFF = Reader(groups=frozenset({"NATO"}))
IN_KFOR = Reader(groups=frozenset({"KFOR"}))
NOBODY = Reader()


def taxonomy(ask: Ask, name: str) -> Any:
    """One list of machine tags."""
    return json.loads(ask(f"markings/misp-taxonomies/{name}/machinetag.json").read_text("utf-8"))


def entries(listed: Any, predicate: str) -> list[str]:
    """The values below one predicate."""
    found: list[str] = next(
        [entry["value"] for entry in values_of["entry"]]
        for values_of in listed["values"]
        if values_of["predicate"] == predicate
    )
    return found


@pytest.mark.parametrize("encoding", ["nato", "xml"])
@pytest.mark.parametrize("name", ORACLES)
def test_every_label_of_the_policy_tool_is_read_printed_and_read_back(
    outside_data: Ask, name: str, encoding: str
) -> None:
    files = outside_data(FOLDER)
    under = system("stanag4774", (files / "nato-4774-policy.xml").read_text("utf-8"))

    label = under.read((files / f"nato-4774-{name}.{encoding}").read_text("utf-8"))

    written = under.write(label)
    assert written.banner == ORACLES[name]
    assert under.read(written.xml) == label
    assert under.read(written.banner) == label


@pytest.mark.parametrize("encoding", ["nato", "xml"])
@pytest.mark.parametrize(
    ("name", "reader", "may"),
    [
        ("17-1", STAFF, True),
        ("17-1", IN_KFOR, True),
        ("17-1", NOBODY, False),
        ("17-2", STAFF, True),
        ("17-2", IN_KFOR, False),
        ("17-3", STAFF, True),
        ("17-3", NOBODY, False),
    ],
    ids=["one-nato", "one-kfor", "one-nobody", "two-nato", "two-kfor", "three-nato", "three-nobody"],
)
def test_who_may_read_each_label_of_the_policy_tool(
    outside_data: Ask, name: str, encoding: str, reader: Reader, may: bool
) -> None:
    files = outside_data(FOLDER)
    under = system("stanag4774", (files / "nato-4774-policy.xml").read_text("utf-8"))
    label = under.read((files / f"nato-4774-{name}.{encoding}").read_text("utf-8"))

    found = under.admits(label, reader)

    assert found.granted is may


def test_the_two_encodings_of_a_label_say_the_same(outside_data: Ask) -> None:
    files = outside_data(FOLDER)
    nato = SYSTEMS["nato"]

    pairs = [
        [nato.read((files / f"nato-4774-{name}.{encoding}").read_text("utf-8")) for encoding in ("nato", "xml")]
        for name in ORACLES
    ]

    assert all(one == other for one, other in pairs)


def test_our_nato_policy_is_the_published_one(outside_data: Ask) -> None:
    assert policy((outside_data(FOLDER) / "nato-4774-policy.xml").read_text("utf-8")) == NATO_POLICY


def test_the_tlp_policy_file_is_read_and_its_labels_printed_and_read_back(outside_data: Ask) -> None:
    under = system("stanag4774", (outside_data(FOLDER) / "tlp.xml").read_text("utf-8"))

    label = under.read("TLP:AMBER [REGION=EU/US] [Imported Data]")

    written = under.write(label)
    assert written.banner == "TLP:AMBER [REGION=EU/US] [Imported Data]"
    assert under.read(written.xml) == label
    assert not under.admits(label, Reader(clearance={"stanag4774": "RED"})).granted
    assert under.admits(label, Reader(clearance={"stanag4774": "RED"}, groups=frozenset({"US"}))).granted


@pytest.mark.parametrize("name", ["tlp", "PAP"])
def test_every_traffic_light_of_the_machine_tags_is_read(outside_data: Ask, name: str) -> None:
    tags = [predicate["value"] for predicate in taxonomy(outside_data, name)["predicates"]]
    levels = [tag for tag in tags if tag not in ("ex:chr", "unclear")]

    read = [SYSTEMS[name.lower()].read(f"{name}:{level}") for level in levels]

    assert len(read) == len(levels) > 4


def test_traffic_lights_have_the_colours_of_the_machine_tags(outside_data: Ask) -> None:
    for name in ("tlp", "PAP"):
        for predicate in taxonomy(outside_data, name)["predicates"]:
            if predicate["value"] not in ("ex:chr", "unclear"):
                written = SYSTEMS[name.lower()].write(SYSTEMS[name.lower()].read(f"{name}:{predicate['value']}"))
                assert written.colour.text == predicate["colour"].upper()


def test_admiralty_grades_are_those_of_the_machine_tags_but_for_the_one_that_is_no_standard(outside_data: Ask) -> None:
    listed = taxonomy(outside_data, "admiralty-scale")
    (_, sources), (_, information) = ADMIRALTY_SCALE.parts

    assert [value.upper() for value in entries(listed, "source-reliability")] == [*sources, "G"]
    assert entries(listed, "information-credibility") == list(information)


def test_acs_values_are_those_of_the_machine_tags(outside_data: Ask) -> None:
    listed = taxonomy(outside_data, "acs-marking")

    assert set(acs.PRIVILEGES) == set(entries(listed, "privilege_action"))
    assert set(acs.LEVELS) == set(entries(listed, "classification"))
    for field, known in acs.CONTROLS.items():
        assert set(known) == set(entries(listed, field))
    for field in ("shareability", "entity"):
        assert set(acs.SCOPES[field]) == set(entries(listed, field))


def test_every_nato_level_of_the_machine_tags_is_read(outside_data: Ask) -> None:
    tags = entries(taxonomy(outside_data, "nato"), "classification")

    written = [SYSTEMS["nato"].write(SYSTEMS["nato"].read(tag)).banner for tag in tags]

    assert written == [
        "COSMIC TOP SECRET",
        "COSMIC TOP SECRET BOHEMIA",
        "NATO SECRET",
        "NATO CONFIDENTIAL",
        "NATO RESTRICTED",
        "NATO UNCLASSIFIED",
        "COSMIC TOP SECRET ATOMAL",
        "NATO SECRET ATOMAL",
        "NATO CONFIDENTIAL ATOMAL",
    ]


def test_older_us_values_of_the_machine_tags_are_still_read(outside_data: Ask) -> None:
    listed = taxonomy(outside_data, "dni-ism")

    assert all(values.is_sci(token) for token in entries(listed, "scicontrols"))
    assert set(entries(listed, "dissem")) <= set(values.DISSEM)
    assert set(entries(listed, "nonic")) <= set(values.NON_IC)
    for token in entries(listed, "scicontrols"):
        assert token in reading.read(f"(TS//{token})").sci


def test_the_traffic_lights_that_stix_bundles_refer_to_are_read(outside_data: Ask) -> None:
    text = "".join(file.read_text("utf-8") for file in sorted(outside_data("cti/marking-idioms").rglob("*.json")))
    referred = set(re.findall(r"marking-definition--[0-9a-f-]{36}", text))

    levels = {each: _level(each) for each in referred}

    assert sorted(level for level in levels.values() if level) == ["TLP:AMBER", "TLP:CLEAR", "TLP:GREEN", "TLP:RED"]


def _level(identifier: str) -> str | None:
    try:
        return SYSTEMS["tlp"].write(SYSTEMS["tlp"].read(identifier)).banner
    except InputError:
        return None


def test_handling_codes_have_no_gap() -> None:
    assert list(europol.CODES) == ["H0", "H1", "H2", "H3"]
