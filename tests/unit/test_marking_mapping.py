"""Mapping: known pairs, what they lose, what is refused; levels go over by a named agreement only."""

import pytest

from tearline.errors import InputError
from tearline.markings import SYSTEMS
from tearline.markings.equivalence import AGREEMENTS
from tearline.markings.mapping import mapped


def to(text: str, one: str, other: str, agreement: str | None = None) -> str:
    """The banner in the other system, or the fields that it would loosen."""
    source, target = SYSTEMS[one], SYSTEMS[other]
    found = mapped(source.read(text), source, target, agreement)
    if found.label is None:
        return f"refused: {', '.join(found.would_loosen)}"
    return target.write(found.label).banner


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("TLP:GREEN", "tlp", "europol", "H1"),
        ("TLP:AMBER", "tlp", "europol", "H2"),
        ("TLP:RED", "tlp", "europol", "refused: onward"),
        ("H1", "europol", "tlp", "TLP:GREEN"),
        ("H2", "europol", "tlp", "TLP:RED"),
        ('H3 "as agreed"', "europol", "tlp", "refused: conditions"),
        ("PAP:RED", "pap", "tlp", "refused: acts"),
        ("PAP:CLEAR", "pap", "tlp", "TLP:RED"),
        ("TLP:CLEAR", "tlp", "pap", "PAP:RED"),
        ("TLP:AMBER", "tlp", "iep", "IEP encrypt_in_transit=may permitted_actions=contact-for-instruction tlp=amber"),
        ("IEP tlp=amber attribution=must-not", "iep", "tlp", "TLP:AMBER EX:CHR"),
        ("IEP tlp=amber permitted_actions=none", "iep", "tlp", "refused: acts"),
        ("IEP permitted_actions=none", "iep", "pap", "PAP:RED"),
        ("(U)", "ism", "tlp", "TLP:AMBER"),
        ("(U//FOUO)", "ism", "tlp", "refused: nations"),
        ("(S//NF)", "ism", "tlp", "refused: level, nations"),
        ("TLP:CLEAR", "tlp", "ism", "UNCLASSIFIED"),
        ("TLP:GREEN", "tlp", "ism", "refused: audience"),
        ("(TS//SI//NF)", "ism", "uk", "refused: level, needs"),
        ("TLP:CLEAR", "tlp", "acs", "refused: everything: it has no such labels"),
    ],
)
def test_a_marking_in_another_system(text: str, one: str, other: str, expected: str) -> None:
    assert to(text, one, other) == expected


@pytest.mark.parametrize(
    ("text", "one", "other", "agreement", "expected"),
    [
        ("(S//REL TO USA, GBR)", "ism", "uk", "uk-us", "UK SECRET - UK/US EYES ONLY"),
        ("(C//REL TO USA, GBR)", "ism", "uk", "uk-us", "UK SECRET - UK/US EYES ONLY"),
        ("UK SECRET - UK/US EYES ONLY", "uk", "ism", "uk-us", "SECRET//REL TO USA, GBR"),
        ("UK SECRET", "uk", "ism", "uk-us", "refused: nations"),
        ("NATO CONFIDENTIAL", "nato", "ism", "uk-nato", "refused: level"),
        ("NATO RESTRICTED", "nato", "ism", "us-nato", "refused: level"),
        ("(S//SI//REL TO USA, GBR)", "ism", "uk", "uk-us", "refused: needs"),
    ],
)
def test_a_level_in_another_system_by_agreement(text: str, one: str, other: str, agreement: str, expected: str) -> None:
    assert to(text, one, other, agreement) == expected


def test_without_an_agreement_no_level_goes_over() -> None:
    assert to("(S//REL TO USA, GBR)", "ism", "uk") == "refused: level"


def test_admiralty_source_grades_have_an_equal_and_information_grades_have_none() -> None:
    admiralty = SYSTEMS["admiralty"]

    found = mapped(admiralty.read("F3"), admiralty, SYSTEMS["europol"])

    assert found.label is None
    assert found.loses == ("source F would be europol source X",)


def test_an_agreement_has_at_most_one_level_for_each() -> None:
    for agreement in AGREEMENTS.values():
        for key in {key for row in agreement.rows for key in row}:
            levels = [row[key] for row in agreement.rows if key in row]
            assert len(set(levels)) == len(levels)
            assert set(levels) <= set(SYSTEMS[key].levels)


def test_an_agreement_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="no agreement"):
        to("(S//NF)", "ism", "uk", "handshake")
