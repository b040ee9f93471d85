"""US markings: reading, writing, rules, roll-up with reasons, need to know, and who may read."""

from __future__ import annotations

import datetime as dt

import pytest

from tearline.errors import InputError
from tearline.markings.ism import groups
from tearline.markings.ism.access import admits
from tearline.markings.ism.attributes import marked, xml
from tearline.markings.ism.document import Portion, roll_up_document
from tearline.markings.ism.json_portions import portion as from_json
from tearline.markings.ism.mark import IsmMark
from tearline.markings.ism.need_to_know import ORCON_POLICY, Profile, Value, agencies
from tearline.markings.ism.reading import read
from tearline.markings.ism.rollup import roll_up
from tearline.markings.ism.rules import faults
from tearline.markings.ism.writing import banner, colour, in_words, portion
from tearline.markings.reading import Reader, Standing

TODAY = dt.date(2026, 11, 23)

BRITON = Reader(countries=frozenset({"GBR"}), serves="GBR", clearance={"ism": "TS"}, accesses=frozenset({"SI", "TK"}))
AMERICAN = Reader(
    countries=frozenset({"USA"}), serves="USA", agency="DIA", clearance={"ism": "TS"}, accesses=frozenset({"SI", "TK"})
)


def rolled(*texts: str) -> str:
    """The banner of portions."""
    return banner(roll_up([read(text) for text in texts], TODAY).mark)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(U)", "UNCLASSIFIED"),
        ("(U//FOUO)", "UNCLASSIFIED//FOUO"),
        ("(S//NF)", "SECRET//NOFORN"),
        ("(TS//SI-G/TK//OC/NF)", "TOP SECRET//SI-G/TK//ORCON/NOFORN"),
        ("(//CAN S//REL TO USA, AUS, CAN, GBR)", "//CAN SECRET//REL TO USA, AUS, CAN, GBR"),
        ("TOP SECRET//FGI CAN DEU", "TOP SECRET//FGI CAN DEU"),
        ("(//CTS//BOHEMIA)", "//COSMIC TOP SECRET//BOHEMIA"),
        ("(//NS-A)", "//NATO SECRET//ATOMAL"),
        ("//JOINT SECRET AUS GBR", "//JOINT SECRET AUS GBR"),
        ("(//FGI S)", "//FGI SECRET"),
        ("(S//USA/AUS EYES ONLY)", "SECRET//USA/AUS EYES ONLY"),
        ("(S//DISPLAY ONLY CAN, GBR)", "SECRET//DISPLAY ONLY CAN, GBR"),
        ("(S//RD-CNWDI-SG 14 18)", "SECRET//RD-CNWDI-SIGMA 14 18"),
        ("(U//DCNI)", "UNCLASSIFIED//DOD UCNI"),
        ("(TS//SI-G ABCD EFGH/TK//SAR-BP//OC/NF)", "TOP SECRET//SI-G ABCD EFGH/TK//SAR-BP//ORCON/NOFORN"),
        ("(C//DSEN//LES-NF/ACCM-TEST)", "CONFIDENTIAL//DEA SENSITIVE//LES NOFORN/ACCM-TEST"),
        ("(U//SBU-NF)", "UNCLASSIFIED//SBU NOFORN"),
        ("(S//NF//ND)", "SECRET//NOFORN//NODIS"),
    ],
)
def test_a_portion_is_written_as_a_banner(text: str, expected: str) -> None:
    assert banner(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(S//NOFRON)", "no value `NOFRON`; did you mean `NOFORN`?"),
        ("(X//NF)", "no classification `X`"),
        ("(s//NF)", "no classification `s`; did you mean `S`?"),
        ("(S", "one bracket only"),
        ("(S//NF) The text", "without its text"),
        ("S//", "empty section"),
        ("S////NF", "empty section"),
        ("", "empty marking"),
        ("()", "empty section"),
        ("R//NF", "no level of the United States"),
        ("S//SI/NF", "no control system or compartment `NF`"),
        ("S//NF/SI", "no dissemination control `SI`"),
        ("S//NF//NF", "two sections of one kind"),
        ("S//NF/NF", "stands twice"),
        ("S//NF/REL TO USA, GBR", "NF and REL exclude one another (ISM-ID-00033)"),
        ("S//NF/DISPLAY ONLY GBR", "(ISM-ID-00169)"),
        ("S//OC/RELIDO", "(ISM-ID-00325)"),
        ("S//REL TO USA, ZZZ", "no country or group `ZZZ`"),
        ("S//REL TO", "no dissemination control `REL TO`"),
        ("S//USA/DEU EYES ONLY", "EYES ONLY is for the Five Eyes, not for DEU"),
        ("//ZZZ S", "no country or group `ZZZ`"),
        ("//JOINT S GBR", "two or more owners"),
        ("//NATO", "no foreign classification"),
        ("S//SI-QQ", "no control system or compartment `SI-QQ`"),
        ("S//RD-SG 99", "no atomic energy marking"),
        ("CUI", "no classification"),
    ],
)
def test_what_is_not_exactly_known_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("(U//OC)", "ISM-ID-00028"),
        ("(S//REL)", "ISM-ID-00031"),
        ("(S//DISPLAY ONLY)", "ISM-ID-00213"),
        ("(S//REL TO GBR, AUS)", "ISM-ID-00214"),
        ("(S//REL TO USA)", "ISM-ID-00319"),
        ("(S//SI-G//OC/NF)", "ISM-ID-00044"),
        ("(TS//SI-G//NF)", "ISM-ID-00045"),
        ("(C//HCS//NF)", "ISM-ID-00048"),
        ("(S//HCS)", "ISM-ID-00049"),
        ("(S//ND)", "ISM-ID-00313"),
        ("(S//XD)", "ISM-ID-00314"),
        ("(S)", "ISM-ID-00119"),
        ("(//DEU S//RELIDO)", "ISM-ID-00124"),
    ],
)
def test_a_broken_rule_is_told_by_its_number(text: str, rule: str) -> None:
    assert rule in [fault.rule for fault in faults(read(text))]


@pytest.mark.parametrize(
    ("portions", "expected"),
    [
        (("(U)", "(S//REL TO USA, AUS)"), "SECRET//REL TO USA, AUS"),
        (("(S//REL TO USA, AUS, CAN)", "(S//REL TO USA, CAN, GBR)"), "SECRET//REL TO USA, CAN"),
        (("(S//REL TO USA, FVEY)", "(C//REL TO USA, FVEY)"), "SECRET//REL TO USA, FVEY"),
        (("(S//REL TO USA, DEU, FVEY)", "(S//REL TO USA, DEU, NZL, FVEY)"), "SECRET//REL TO USA, DEU, FVEY"),
        (("(S//REL TO USA, AUS)", "(S//REL TO USA, DEU)"), "SECRET//NOFORN"),
        (("(S//REL TO AUS)", "(S//REL TO AUS)"), "SECRET//NOFORN"),
        (("(S//REL)", "(S//REL TO USA, AUS)"), "SECRET//NOFORN"),
        (("(U//FOUO)", "(S//REL TO USA, AUS)"), "SECRET//NOFORN"),
        (("(U//FOUO)", "(U)"), "UNCLASSIFIED//FOUO"),
        (("(U//DCNI)", "(U//REL TO USA, AUS)"), "UNCLASSIFIED//DOD UCNI//NOFORN"),
        (("(S//REL TO USA, AUS)", "(S//USA/AUS/GBR EYES ONLY)"), "SECRET//REL TO USA, AUS"),
        (("(S//REL TO USA, CAN)", "(S//DISPLAY ONLY CAN)"), "SECRET//DISPLAY ONLY CAN"),
        (("(S//OC/OC-USGOV/NF)", "(S//OC/NF)"), "SECRET//ORCON/NOFORN"),
        (("(S//OC/OC-USGOV/NF)", "(S//NF)"), "SECRET//ORCON/ORCON-USGOV/NOFORN"),
        (("(S//RELIDO)", "(S//RELIDO)"), "SECRET//RELIDO"),
        (("(S//RELIDO)", "(S)"), "SECRET"),
        (("(U//SBU-NF)", "(S)"), "SECRET//NOFORN//SBU"),
        (("(U//SBU-NF)", "(U)"), "UNCLASSIFIED//SBU NOFORN"),
        (("(//DEU S)", "(S)"), "SECRET//FGI DEU"),
        (("(//DEU S)", "(//FGI S)"), "SECRET//FGI"),
        (("(//NR)", "(U)"), "CONFIDENTIAL//FGI NATO"),
        (("(S//RD)", "(U//DCNI)"), "SECRET//RD"),
        (("(S//SI)", "(TS//TK)"), "TOP SECRET//SI/TK"),
        (("(S)", "(C//FRD-SG 14)", "(U//LES)"), "SECRET//FRD-SIGMA 14//LES"),
    ],
)
def test_portions_roll_up(portions: tuple[str, ...], expected: str) -> None:
    assert rolled(*portions) == expected


def test_the_reasons_name_the_portions_and_what_would_lift_noforn() -> None:
    found = roll_up([read("(S//REL TO USA, AUS)"), read("(U//FOUO)")], TODAY)

    assert found.reasons[:2] == (
        "SECRET: portion 1 (S//REL TO USA, AUS)",
        "NOFORN: portion 2 (U//FOUO) released to nobody, while others are released",
    )
    assert "what would lift NOFORN: without 2 the banner is SECRET//REL TO USA, AUS" in found.reasons


def test_faults_of_portions_are_told_with_their_number() -> None:
    found = roll_up([read("(S//NF)"), read("(U//OC/NF)")], TODAY)

    assert [(number, fault.rule) for number, fault in found.faults] == [(2, "ISM-ID-00028")]


def test_nothing_rolls_up_to_nothing() -> None:
    with pytest.raises(InputError, match="needs a portion"):
        roll_up([], TODAY)


def test_an_excluded_portion_and_the_first_resource_do_not_count_but_the_second_does() -> None:
    secret, plain = read("(S//NF)"), read("(U)")

    found = roll_up_document(
        [
            Portion(mark=read("(TS//NF)"), resource=True),
            Portion(mark=plain),
            Portion(mark=secret, excluded=True),
            Portion(mark=read("(C)"), resource=True),
        ],
        TODAY,
    )

    assert banner(found.banner.mark) == "CONFIDENTIAL"
    assert found.banner.reasons[-2:] == (
        "left out: 1 is the old banner",
        "left out: portion 3 is excluded from roll-up",
    )


def test_declassification_is_the_latest_date_or_25_years_or_an_exception() -> None:
    one = IsmMark(classification="S", declass_date=dt.date(2030, 1, 1))
    two = IsmMark(classification="S", declass_date=dt.date(2035, 1, 1))
    exempt = IsmMark(classification="S", declass_exceptions=("25X1",))
    nato = IsmMark(classification="S", owners=("NATO",))
    nuclear = IsmMark(classification="S", aea=("RD",))

    assert roll_up([one, two], TODAY).mark.declass_date == dt.date(2035, 1, 1)
    assert roll_up([read("(S)")], TODAY).mark.declass_date == dt.date(2051, 11, 23)
    assert roll_up([read("(S)")], dt.date(2028, 2, 29)).mark.declass_date == dt.date(2053, 2, 28)
    assert roll_up([read("(U)")], TODAY).mark.declass_date is None
    assert roll_up([one, exempt], TODAY).mark.declass_date is None
    assert roll_up([nato, nuclear], TODAY).mark.declass_exceptions == ("NATO-AEA",)


# --- who may read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "american", "briton"),
    [
        ("(U)", "read", "read"),
        ("(U//FOUO)", "read", "not"),
        ("(S)", "read", "not"),
        ("(S//NF)", "read", "not"),
        ("(S//RELIDO)", "read", "not"),
        ("(S//REL TO USA, GBR)", "read", "read"),
        ("(S//REL TO USA, FVEY)", "read", "read"),
        ("(S//REL TO USA, GFNX)", "read", "not"),
        ("(S//REL TO USA, AUS)", "read", "not"),
        ("(S//REL TO GBR)", "read", "not"),
        ("(S//REL)", "read", "not"),
        ("(S//USA/GBR EYES ONLY)", "read", "read"),
        ("(S//DISPLAY ONLY GBR)", "read", "see"),
        ("(S//REL TO USA, AUS/DISPLAY ONLY GBR)", "read", "see"),
        ("(TS//SI//REL TO USA, GBR)", "read", "read"),
        ("(TS//HCS//NF)", "not", "not"),
        ("(U//SBU-NF)", "read", "not"),
        ("(S//OC/REL TO USA, GBR)", "not", "not"),
        ("(S//OC/OC-USGOV/REL TO USA, GBR)", "read", "not"),
        ("(S//NF//ND)", "not", "not"),
        ("(U//DCNI)", "read", "not"),
    ],
)
def test_who_may_read(text: str, american: str, briton: str) -> None:
    mark = read(text)

    found = [admits(mark, reader) for reader in (AMERICAN, BRITON)]

    assert ["not" if not each.granted else "see" if each.view_only else "read" for each in found] == [american, briton]


def test_a_clearance_too_low_keeps_even_ones_own_out() -> None:
    uncleared = Reader(countries=frozenset({"USA"}), serves="USA")

    assert admits(read("(S//NF)"), uncleared).refusals == ("not cleared for SECRET",)


def test_somebody_of_a_listed_nation_who_serves_another_state_may_not_read() -> None:
    serving_elsewhere = Reader(countries=frozenset({"GBR"}), serves="RUS", clearance={"ism": "TS"})

    assert not admits(read("(S//REL TO USA, GBR)"), serving_elsewhere).granted


def test_orcon_lists_of_two_originators_both_apply() -> None:
    def profile(originator: str, *others: str) -> Profile:
        listed = [
            Value(value=originator, qualifier="originator"),
            *(Value(value=v, qualifier="dissemto") for v in others),
        ]
        return Profile(mark=read("(U)"), policy=ORCON_POLICY, profile="agencydissem", values=tuple(listed))

    cia, dia = profile("CIA", "NRO", "DIA"), profile("DIA", "NGA")

    assert agencies([cia]) == {"CIA", "NRO", "DIA"}
    assert agencies([cia, dia]) == {"DIA"}
    assert agencies([profile("CIA", "NRO"), dia]) == frozenset()
    assert admits(read("(S//OC/NF)"), AMERICAN, orcon=[cia]).granted
    assert not admits(read("(S//OC/NF)"), AMERICAN, orcon=[profile("CIA", "NRO")]).granted


def test_nodis_is_for_those_named() -> None:
    named = Reader(countries=frozenset({"USA"}), serves="USA", clearance={"ism": "S"}, standing=Standing.NAMED)

    assert admits(read("(S//NF//ND)"), named).granted


def test_a_retired_group_counts_for_documents_of_its_time_only() -> None:
    assert groups.opened_to_read(("BHTF",)) == frozenset()
    assert groups.opened_to_read(("BHTF",), dt.date(2015, 1, 1)) == {"USA"}
    assert groups.opened_to_roll_up(("BHTF", "GFNX", "TEYE")) == {"BHTF", "GFNX", "AUS", "GBR", "USA"}


# --- other forms -------------------------------------------------------------------------------------------


def test_xml_attributes_and_words() -> None:
    mark = read("(S//REL TO USA, NATO)")

    assert xml(mark) == (
        'xmlns:ism="urn:us:gov:ic:ism" ism:classification="S" ism:ownerProducer="USA" '
        'ism:disseminationControls="REL" ism:releasableTo="USA NATO"'
    )
    assert "authorised for release to USA, NATO (North Atlantic Treaty Organization)" in in_words(mark)


@pytest.mark.parametrize(
    ("text", "name"),
    [("U", "GREEN"), ("C", "BLUE"), ("S", "RED"), ("TS", "ORANGE"), ("TS//SI//NF", "YELLOW")],
)
def test_a_level_has_its_colour(text: str, name: str) -> None:
    assert colour(read(text)).name == name


def test_a_list_is_always_written_out_in_a_portion() -> None:
    assert portion(read("SECRET//REL TO USA, GBR, AUS")) == "(S//REL TO USA, AUS, GBR)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"classification": "S"}', "`ownerProducer`"),
        ('{"ownerProducer": ["USA"]}', "`classification`"),
        ('{"classification": "S", "ownerProducer": ["USA"], "caveats": ["NF"]}', "no ISM attribute `caveats`"),
        ('{"classification": "S", "classification": "U", "ownerProducer": ["USA"]}', "stands twice"),
        ('{"classification": "S", "ownerProducer": ["USA"], "excludeFromRollup": "maybe"}', "true or false"),
        ('{"classification": "S", "ownerProducer": ["USA"], "releasableTo": ["USA"]}', "neither REL nor EYES"),
        ('{"classification": "S", "ownerProducer": ["USA"], "declassDate": "soon"}', "is a date"),
        ('{"classification": ["S"], "ownerProducer": ["USA"]}', "one value"),
        ('{"classification": "S", "ownerProducer": [1]}', "list of values"),
        ("{", "not JSON"),
        ('{"classification": NaN}', "no value of JSON"),
        ('{"a":' * 40 + "1" + "}" * 40, "deeper"),
    ],
)
def test_attributes_that_are_not_exactly_known_are_refused(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        from_json(text)

    assert says in str(refused.value)


def test_a_token_list_may_be_one_text_with_blanks() -> None:
    given = {"classification": "S", "ownerProducer": "USA", "disseminationControls": "OC NF"}

    assert marked(given).dissem == ("OC", "NF")
