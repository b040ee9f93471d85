"""Label systems beside the US one: what they read, write, roll up and refuse, and who may read."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tearline.errors import InputError
from tearline.markings import SYSTEMS, system
from tearline.markings.colours import Colour
from tearline.markings.reading import Reader, Standing

TODAY = dt.date(2026, 11, 23)


def banner(key: str, *texts: str) -> str:
    """The banner that labels of one system roll up to."""
    found = SYSTEMS[key]
    return found.write(found.roll_up([found.read(text) for text in texts], TODAY).label).banner


@pytest.mark.parametrize(
    ("key", "texts", "expected"),
    [
        ("tlp", ("TLP:GREEN", "TLP:AMBER"), "TLP:AMBER"),
        ("tlp", ("TLP:AMBER+STRICT", "tlp:amber"), "TLP:AMBER+STRICT"),
        ("tlp", ("TLP:WHITE",), "TLP:CLEAR"),
        ("tlp", ("TLP:CLEAR EX:CHR", "TLP:GREEN"), "TLP:GREEN EX:CHR"),
        ("tlp", ("(TLP:RED)",), "TLP:RED"),
        ("tlp", ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",), "TLP:CLEAR"),
        ("pap", ("PAP:GREEN", "PAP:AMBER"), "PAP:AMBER"),
        ("pap", ("PAP:WHITE",), "PAP:CLEAR"),
        ("europol", ("B2 H0", "A1 H1"), "A1 B2 H1"),
        ("europol", ("H1", "H2"), "H1/H2"),
        ("europol", ('H3 "ask first // really/"', "H1"), 'H1/H3 "ask first // really/"'),
        ("uk", ("UK OFFICIAL", "OFFICIAL-SENSITIVE - COMMERCIAL"), "UK OFFICIAL-SENSITIVE - COMMERCIAL"),
        ("uk", ("UK SECRET - UK/US EYES ONLY", "UK SECRET - UK EYES ONLY"), "UK SECRET - UK EYES ONLY"),
        ("uk", ("UK SECRET - UK EYES ONLY", "UK SECRET - US EYES ONLY"), "UK SECRET - NO EYES ONLY"),
        ("uk", ("UK TOP SECRET - STRAP 2", "UK SECRET"), "UK TOP SECRET - STRAP 2"),
        ("admiralty", ("B2", "A1"), "A1 B2"),
        ("3x5x2", ("1AP", "2/B/C"), "1AP 2BC"),
        ("nato", ("(NS)", "CTS-B"), "COSMIC TOP SECRET BOHEMIA"),
        ("nato", ("NATO UNCLASSIFIED Releasable to ISAF, KFOR", "NATO UNCLASSIFIED Releasable to KFOR"),
         "NATO UNCLASSIFIED Releasable to KFOR"),
        ("nato", ("NATO/KFOR SECRET",), "NATO/KFOR SECRET"),
        ("nato", ("NATO SECRET Australia, Korea, Republic of ONLY",), "NATO SECRET Australia, Korea, Republic of ONLY"),
        ("iep", ("IEP tlp=green permitted_actions=none", "IEP tlp=amber"), "IEP permitted_actions=none tlp=amber"),
        ("iep", ("IEP attribution=must", "IEP attribution=must-not"), "IEP attribution=conflict"),
        ("iep", ("IEP unmodified_resale=may", "IEP"), "IEP"),
    ],
)  # fmt: skip
def test_labels_roll_up_to_the_strictest(key: str, texts: tuple[str, ...], expected: str) -> None:
    assert banner(key, *texts) == expected


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("tlp", "TLP:ORANGE", "no TLP level `ORANGE`"),
        ("tlp", "AMBER", "does not begin with `TLP:`"),
        ("tlp", "TLP:RED TLP:GREEN", "is no TLP label"),
        ("tlp", "TLP:UNCLEAR", "no TLP level `UNCLEAR`"),
        ("pap", "PAP:BLUE", "no PAP level `BLUE`"),
        ("pap", "TLP:RED", "does not begin with `PAP:`"),
        ("admiralty", "G2", "is no grade"),
        ("admiralty", "B7", "is no grade"),
        ("3x5x2", "1A", "is no grade"),
        ("europol", "B2", "no handling code"),
        ("europol", "H0/H1", "H0 means no further limit"),
        ("europol", "H3", "H3 stands with its text"),
        ("europol", 'H1 "text"', "H3 stands with its text"),
        ("europol", "H4", "neither a grade"),
        ("europol", 'H3 "unended', "no text in quotation marks"),
        ("europol", 'H3 "turned \\u202e round"', "which does not show"),
        ("uk", "UK CONFIDENTIAL", "has had no CONFIDENTIAL since 2014"),
        ("uk", "UK OFFICIAL - STRAP 1", "STRAP stands with SECRET"),
        ("uk", "UK SECRET - MADE UP", "no UK caveat"),
        ("uk", "UK SECRET - ZZ EYES ONLY", "no nation `ZZ`"),
        ("nato", "NATO SECERT", "no level of the policy NATO"),
        ("nato", "NATO RESTRICTED ATOMAL", "ATOMAL must not stand with RESTRICTED"),
        ("nato", "COSMIC TOP SECRET Releasable to KFOR", "KFOR must not stand with TOP SECRET"),
        ("nato", "NATO SECRET Releasable to Atlantis", "no value of the policy NATO"),
        ("nato", "NATO SECRET - STAFF ATOMAL", "no value of the policy NATO"),
        ("iep", "IEP tlp=purple", "no value of tlp `purple`"),
        ("iep", "IEP colour=red", "no policy statement `colour`"),
        ("iep", "IEP tlp=red tlp=green", "says one thing twice"),
        ("iep", '{"tlp": "red"}', "no IEP of version 2.0"),
        ("iep", '{"iep_version": 2.0, "start_date": "tomorrow"}', "is a moment"),
        ("iep", '{"iep_version": 2.0, "tlp": 3}', "is no text"),
        ("acs", "ACS U", "is a JSON object"),
        ("acs", '{"control_set": {"classification": "X"}}', "no ACS classification"),
        ("acs", '{"control_set": {"classification": "U"}, "more": 1}', "unknown key `more`"),
    ],
)
def test_what_is_not_exactly_known_is_refused_in_every_system(key: str, text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        SYSTEMS[key].read(text)

    assert says in str(refused.value)


@pytest.mark.parametrize("key", sorted(SYSTEMS))
def test_nothing_rolls_up_to_nothing_in_any_system(key: str) -> None:
    with pytest.raises(InputError, match="nothing to roll up"):
        SYSTEMS[key].roll_up([], TODAY)


@pytest.mark.parametrize("key", sorted(SYSTEMS))
@pytest.mark.parametrize("text", ["", " ", "\x00", "\uff34LP:RED", "S//N\u041eFORN", "S\u202e//NF", "x" * 100_000])
def test_nothing_odd_is_read_in_any_system(key: str, text: str) -> None:
    with pytest.raises(InputError):
        SYSTEMS[key].read(text)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("TLP:CLEAR", Standing.PUBLIC),
        ("TLP:GREEN", Standing.COMMUNITY),
        ("TLP:AMBER", Standing.CLIENT),
        ("TLP:AMBER+STRICT", Standing.ORGANISATION),
        ("TLP:RED", Standing.NAMED),
    ],
)
def test_tlp_lets_in_those_near_enough(text: str, standing: Standing) -> None:
    tlp = SYSTEMS["tlp"]
    label = tlp.read(text)

    let_in = [each for each in Standing if tlp.admits(label, Reader(standing=each)).granted]

    assert let_in == [each for each in Standing if each >= standing]


@pytest.mark.parametrize(("key", "text"), [("pap", "PAP:CLEAR"), ("admiralty", "A1"), ("3x5x2", "1AP"), ("iep", "IEP")])
def test_a_label_that_says_nothing_on_readers_lets_nobody_in(key: str, text: str) -> None:
    found = SYSTEMS[key].admits(SYSTEMS[key].read(text), Reader(standing=Standing.ORGANISATION))

    assert "ask the originator" in found.refusals[0]


def test_the_uk_lets_in_the_cleared_of_the_right_nation() -> None:
    uk = SYSTEMS["uk"]
    label = uk.read("UK SECRET - STRAP 1 - UK/US EYES ONLY")
    officer = {"clearance": {"uk": "SECRET"}, "accesses": frozenset({"STRAP 2"})}

    briton = Reader(countries=frozenset({"GBR"}), serves="GBR", **officer)  # type: ignore[arg-type]
    german = Reader(countries=frozenset({"DEU"}), serves="DEU", **officer)  # type: ignore[arg-type]

    assert uk.admits(label, briton).granted
    assert uk.admits(label, german).refusals == ("UK/US EYES ONLY",)


def test_europol_codes_limit_passing_on() -> None:
    europol = SYSTEMS["europol"]
    authority, named = Reader(standing=Standing.COMMUNITY), Reader(standing=Standing.NAMED)

    assert europol.admits(europol.read("H1"), authority).granted
    assert not europol.admits(europol.read("H2"), authority).granted
    assert europol.admits(europol.read("H2"), named).granted


def test_a_nation_that_nato_writes_otherwise_is_the_same_nation() -> None:
    nato = SYSTEMS["nato"]
    label = nato.read("NATO SECRET Bulgaria ONLY")

    bulgarian = Reader(
        countries=frozenset({"BGR"}), serves="BGR", groups=frozenset({"NATO"}), clearance={"nato": "SECRET"}
    )

    assert nato.admits(label, bulgarian).granted


def test_a_stix_definition_that_contradicts_itself_is_refused() -> None:
    definition: dict[str, Any] = {
        "type": "marking-definition",
        "id": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
        "definition_type": "tlp",
        "definition": {"tlp": "red"},
    }

    with pytest.raises(InputError, match="two TLP levels"):
        SYSTEMS["tlp"].read(json.dumps(definition))


ACS_TEXT = json.dumps(
    {
        "identifier": "isa:guide.1",
        "access_privilege": [
            {
                "privilege_action": "DSPLY",
                "privilege_scope": {"permitted_nationalities": ["USA", "GBR"], "entity": ["ALL"]},
                "rule_effect": "permit",
            },
            {
                "privilege_action": "DSPLY",
                "privilege_scope": {"permitted_organizations": ["USA.X"]},
                "rule_effect": "deny",
            },
            {"privilege_action": "TEARLINE", "privilege_scope": {"entity": ["ALL"]}, "rule_effect": "permit"},
        ],
        "further_sharing": [{"sharing_scope": ["USA.USG"], "rule_effect": "permit"}],
        "control_set": {"classification": "S", "formal_determination": ["FOUO"], "caveat": ["FISA"]},
    }
)


def test_in_acs_denial_wins_and_silence_denies() -> None:
    acs = SYSTEMS["acs"]
    label = acs.read(ACS_TEXT)

    def may(nation: str, agency: str = "") -> bool:
        reader = Reader(countries=frozenset({nation}), agency=agency, clearance={"acs": "S"})
        return acs.admits(label, reader).granted

    assert may("GBR")
    assert not may("DEU")
    assert not may("GBR", "USA.X")
    handling = acs.handling(label)
    assert (handling.tearline.name, handling.evidence.name, handling.onward.name) == ("YES", "NO", "ASK")


def test_acs_is_written_as_a_stix_definition_and_read_back() -> None:
    acs = SYSTEMS["acs"]
    label = acs.read(ACS_TEXT)

    written = acs.write(label)

    assert written.banner == "ACS S//FOUO/FISA//DSPLY/TEARLINE"
    assert acs.read(json.dumps(dict(written.stix or {}))) == label


def test_a_harmless_determination_holds_for_a_whole_only_where_all_have_it() -> None:
    acs = SYSTEMS["acs"]
    public = acs.read('{"control_set": {"classification": "U", "formal_determination": ["PUBREL"]}}')
    silent = acs.read('{"control_set": {"classification": "U"}}')

    assert "PUBREL" in acs.write(acs.roll_up([public, public], TODAY).label).banner
    assert "PUBREL" not in acs.write(acs.roll_up([public, silent], TODAY).label).banner


def test_an_iep_that_ends_before_it_begins_blocks() -> None:
    iep = SYSTEMS["iep"]
    labels = [iep.read("IEP tlp=clear end_date=2024-01-01"), iep.read("IEP tlp=clear start_date=2025-01-01")]

    both = iep.roll_up(labels, TODAY).label

    assert iep.admits(labels[0], Reader()).granted
    assert iep.admits(both, Reader(standing=Standing.NAMED)).refusals == ("it begins after its end",)


@pytest.mark.parametrize("colour", Colour)
def test_every_colour_is_readable(colour: Colour) -> None:
    assert colour.contrast >= 4.5


def test_contrasts_are_those_of_the_formula() -> None:
    assert round(Colour.GREEN.contrast, 2) == 5.48
    assert round(Colour.LIGHT_RED.contrast, 2) == 5.63
    assert Colour.LIGHT_CLEAR.contrast == 21


def test_a_label_system_is_asked_for_by_name() -> None:
    with pytest.raises(InputError, match="did you mean `tlp`"):
        system("tpl")
    with pytest.raises(InputError, match="needs a policy file"):
        system("stanag4774")
    with pytest.raises(InputError, match="needs no policy file"):
        system("tlp", "<SPIF/>")
