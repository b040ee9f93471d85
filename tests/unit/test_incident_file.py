"""The incident file: read whole against its case, every fault at once, with line, column, path and hint."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.cases.incident_templates import TEMPLATES, incident_template
from tearline.cases.incidents import (
    incident_names,
    incident_schema,
    incident_text,
    load_incident,
    read_incident,
    shipped_incident,
)
from tearline.domain.incidents import Account, IncidentKind, Motive
from tearline.errors import CaseFileError, InputError

HEAD = "tearline_incident: 1\ntitle: t\nkind: off-script\non: 2026-11-20\ncase: essay\nbriefed: {plot: target}\n"


def faults(text: str) -> list[str]:
    """What is wrong with an incident file, a line for each fault."""
    with pytest.raises(CaseFileError) as raised:
        read_incident(text, "i.yaml")
    return str(raised.value).splitlines()


def test_an_account_of_one_version_names_it_and_one_in_doubt_gives_numbers() -> None:
    says = "accounts:\n  a: {by: x, says: {plot: warning}}\n  b: {by: y, says: {plot: {target: 0.7, warning: 0.3}}}\n"

    found = read_incident(HEAD + says).incident

    assert [dict(each.says["plot"]) for each in found.accounts] == [{"warning": 1.0}, {"target": 0.7, "warning": 0.3}]
    assert found.accounts[0] == Account(id="a", by="x", says={"plot": {"warning": 1.0}}, motive=Motive.NONE)


def test_every_fault_of_a_file_comes_at_once_with_its_place_and_a_hint() -> None:
    wrong = """tearline_incident: 1
title: t
kind: off-scrip
on: 2026-11-20
case: essay
hearers: [D]
briefed: {plot: targt}
published: {convoy: exact}
accounts: {a: {by: me}}
harms: [{source: s-men, what: x, explains: 0.5}]
"""

    assert faults(wrong) == [
        "i.yaml:3:7 kind: `off-scrip` is none of the words for this; did you mean `off-script`?",
        "i.yaml:6:11 hearers[0]: no party `D`; there is `A`, `B`, `C`, `X`, `press-b`",
        "i.yaml:7:11 briefed.plot: `plot` has no version `targt`; did you mean `target`?",
        "i.yaml:8:13 published.convoy: `convoy` is not among what could come out; name it in `briefed`",
        "i.yaml:9:12 accounts.a: it says nothing; write `says` or `denies`",
        "i.yaml:10:18 harms[0].source: no source `s-men`; did you mean `s-min`?",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("published: {plot: exact}", "published.plot: `exact` is more exact than what could come out; raise `briefed`"),
        ("prior: {plot: {exact: 1}}", "prior.plot: `exact` is more exact than what could come out; raise `briefed`"),
        ("prior: {plot: {target: 0}}", "prior.plot: every weight is 0; give one of them a weight"),
        ("looseness: {loose: 0}", "looseness: every weight is 0; give one of them a weight"),
        ("taken: {plot: 0.5}", "taken: nothing was taken where the kind is `off-script`; leave it out"),
        ("sources: {s-min: {years: [5, 1]}}", "sources.s-min.years: not an interval; write the lower edge"),
        ("looseness: {drunk: 1}", "looseness: `drunk` is none of the words for this"),
        ("flows: {C: {worth: useful}}", "flows.C: `stops` is missing; how likely it stops over this"),
        ("flows: {A: {stops: 1}}", "flows.A: `A` is ourselves; name others only"),
        ("hearers: [B, A]", "hearers[1]: `A` is ourselves; name others only"),
        ("witnesses: [{whom: w, about: convoy}]", "witnesses[0].about: `convoy` is not among what could come out"),
        ("accounts: {a: {by: x, says: {plot: {target: 0}}}}", "accounts.a.says.plot: every number is 0: nobody could"),
        (
            f"accounts: {{{', '.join(f'a{n}: {{by: x, says: {{plot: target}}}}' for n in range(9))}}}",
            "accounts.a8: 9 accounts are more than 8, and they are taken as independent; enter those that repeat",
        ),
        ("measures: {s-min: [{name: hold, costs: 0, saves: 0}]}", "measures.s-min[0].name: `hold` is always among"),
        (
            "measures: {s-min: [{name: a, costs: 0, saves: 0}, {name: a, costs: 0, saves: 1}]}",
            "measures.s-min[1].name: `a` is given twice; call one of them otherwise",
        ),
    ],
)
def test_what_contradicts_the_case_or_the_file_itself_is_a_fault(line: str, fault: str) -> None:
    (found,) = faults(HEAD + line + "\n")

    assert fault in found


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("harms: [{source: m-dec, what: x, explains: 0.5}]", "harms[0].source: nothing that could come out rests on"),
        ("sources: {m-dec: {named: 0.5}}", "sources.m-dec.named: nothing that could come out rests on `m-dec`"),
    ],
)
def test_what_befell_a_source_that_nothing_points_at_is_not_passed_over_in_silence(line: str, fault: str) -> None:
    (found,) = faults(HEAD.replace("briefed: {plot: target}\n", "") + line + "\n")

    assert fault in found


def test_a_stake_in_a_source_that_nothing_points_at_may_stand() -> None:
    assert (
        read_incident(HEAD.replace("briefed: {plot: target}\n", "") + "sources: {m-dec: {worth: useful}}\n").case
        is not None
    )


def test_a_case_that_cannot_be_read_is_told_by_the_name_that_the_file_gives(tmp_path: Path) -> None:
    file = tmp_path / "i.yaml"
    file.write_text(HEAD.replace("essay", "gone.yaml"), "utf-8")

    with pytest.raises(CaseFileError, match=r"cannot be used: gone\.yaml: cannot be read") as raised:
        load_incident(str(file))

    assert str(tmp_path) not in str(raised.value).replace(str(file), "")


def test_a_name_of_a_case_that_is_no_text_is_one_fault() -> None:
    (found,) = faults(HEAD.replace("essay", '"a\\0b.yaml"'))

    assert "case: a control character in the text" in found


def test_a_case_that_cannot_be_opened_is_one_fault_and_its_names_are_not_judged() -> None:
    (found,) = faults(HEAD.replace("essay", "esay") + "hearers: [nobody]\n")

    assert "case: no shipped case `esay`; did you mean `essay`?" in found


@pytest.mark.parametrize("case", ["../other.yaml", "/etc/case.yaml"])
def test_a_case_outside_the_folder_of_the_incident_is_not_opened(case: str, tmp_path: Path) -> None:
    file = tmp_path / "i.yaml"
    file.write_text(HEAD.replace("essay", case), "utf-8")

    with pytest.raises(CaseFileError, match="its own folder or below"):
        load_incident(str(file))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.yaml").write_text("tearline: 1\n", "utf-8")
    (tmp_path / "in" / "case.yaml").symlink_to(tmp_path / "out.yaml")
    file = tmp_path / "in" / "i.yaml"
    file.write_text(HEAD.replace("essay", "case.yaml"), "utf-8")

    with pytest.raises(CaseFileError, match="a link out of it"):
        load_incident(str(file))


def test_an_incident_without_a_case_counts_only_what_it_describes_itself() -> None:
    alone = read_incident("tearline_incident: 1\ntitle: t\nkind: theft\non: 2026-11-20\n")

    assert alone.case is None
    assert alone.incident.kind is IncidentKind.THEFT


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reads_without_a_fault(name: str) -> None:
    assert read_incident(incident_template(name)).case is not None


@pytest.mark.parametrize("name", incident_names())
def test_a_shipped_incident_reads_and_says_where_its_facts_come_from(name: str) -> None:
    found = shipped_incident(name)

    assert found.incident.cites
    assert "nobody's estimate" in " ".join(found.text.replace("#", " ").split())


def test_an_unknown_shipped_incident_and_template_are_told_with_a_hint() -> None:
    with pytest.raises(InputError, match="did you mean `oval-office`"):
        incident_text("oval-ofice")
    with pytest.raises(InputError, match="there is `spoken`, `theft`"):
        incident_template("mole")


@given(st.integers(0, 60), st.sampled_from(["", "[]", "{}", "null", "0.5", "[1, 0]", "exact", "1985-02-30", "A: {"]))
def test_whatever_stands_in_a_line_is_read_or_told_as_a_fault(number: int, instead: str) -> None:
    lines = incident_text("oval-office").splitlines()
    place = number % len(lines)
    key, colon, _ = lines[place].partition(":")
    lines[place] = f"{key}{colon} {instead}"

    with suppress(CaseFileError):
        assert read_incident("\n".join(lines)).incident.title


def test_the_schema_is_one_that_editors_can_use() -> None:
    schema = incident_schema()

    assert json.loads(json.dumps(schema))["$defs"]["account"]["required"] == ["by"]
