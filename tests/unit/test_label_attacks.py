"""Hostile labels and policies: they are refused, and nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tearline.errors import InputError
from tearline.markings import SYSTEMS
from tearline.markings.nato.own_policy import NATO_POLICY
from tearline.markings.nato.spif import policy
from tearline.markings.nato.xml_labels import BY_CODES, NAMESPACE, read_label
from tearline.markings.safe_xml import DEEPEST, LONGEST, MOST, read

BOMB = """<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<lolz>&c;</lolz>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]><x>&file;</x>"""
PARAMETER = """<!DOCTYPE x [<!ENTITY % more SYSTEM "http://localhost/x.dtd"> %more;]><x/>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, PARAMETER, "<!DOCTYPE x><x/>", '<!DOCTYPE x SYSTEM "y"><x/>'])
def test_xml_with_a_document_type_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="document type"):
        read(text)


def _odd() -> Iterator[tuple[str, str]]:
    yield "", "not XML"
    yield "<x>", "not XML"
    yield "<x/><y/>", "not XML"
    yield "<x>&unknown;</x>", "not XML"
    yield "\ud800", "no text"
    yield "<x>turned \u202e round</x>", "which does not show"
    yield "<x>" * (DEEPEST + 1) + "</x>" * (DEEPEST + 1), "levels"
    yield f"<x>{'<y/>' * MOST}</x>", "elements"
    yield " " * (LONGEST + 1), "characters of XML"


@pytest.mark.parametrize(("text", "says"), list(_odd()), ids=range(9))
def test_odd_xml_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(text)


def labelled(inside: str, root: str = "originatorConfidentialityLabel", beside: str = "") -> str:
    """A label with something odd in it."""
    information = f"<ConfidentialityInformation>{inside}</ConfidentialityInformation>"
    return f'<{root} xmlns="{NAMESPACE}">{information}{beside}</{root}>'


def category(name: str, kind: str, *values: str) -> str:
    """A category with values."""
    inside = "".join(f"<GenericValue>{value}</GenericValue>" for value in values)
    return f'<Category TagName="{name}" Type="{kind}">{inside}</Category>'


def by_codes(identity: str, level: str, *tags: str) -> str:
    """A label in numbers."""
    inside = f"<policy id='{identity}'/><classification lacv='{level}'/>{''.join(tags)}"
    return f"<label xmlns='{BY_CODES}'>{inside}</label>"


NAMED = "<PolicyIdentifier>NATO</PolicyIdentifier>"
LEVEL = "<Classification>SECRET</Classification>"
SECRET = NAMED + LEVEL


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (labelled(NAMED), "has no <Classification>"),
        (labelled("<Classification>SECRET</Classification>"), "has no <PolicyIdentifier>"),
        (labelled(f"<PolicyIdentifier>Elsewhere</PolicyIdentifier>{LEVEL}"), "a label of the policy `Elsewhere`"),
        (labelled(f'<PolicyIdentifier URI="urn:oid:1.2">NATO</PolicyIdentifier>{LEVEL}'), "`urn:oid:1.2`"),
        (labelled(f"{NAMED}<Classification>Secret</Classification>"), "no level of the policy NATO `Secret`"),
        (labelled(f"{NAMED}<Classification>S\u0415CRET</Classification>"), "no level of the policy NATO"),
        (labelled(f"{SECRET}<Classification>UNCLASSIFIED</Classification>"), "2 <Classification>"),
        (labelled(f"{SECRET}<Secret/>"), "unknown element <Secret>"),
        (labelled(SECRET, beside="<Override/>"), "unknown element <Override>"),
        (labelled(SECRET, root="publicLabel"), "no confidentiality label"),
        (labelled(SECRET + category("Only", "INFORMATIVE")), "Only is PERMISSIVE, not INFORMATIVE"),
        (labelled(SECRET + category("Made up", "PERMISSIVE")), "no category of the policy NATO"),
        (labelled(SECRET + category("Administrative", "INFORMATIVE")), "without a value"),
        (labelled(SECRET + 2 * category("Only", "PERMISSIVE", "NATO")), "stands twice"),
        (labelled(SECRET + category("Only", "PERMISSIVE", "NATO, RUS")), "no value of Only `NATO, RUS`"),
        (labelled(SECRET + category("Releasable To", "PERMISSIVE", "ISAF")), "ISAF must not stand with SECRET"),
        (labelled(SECRET, beside="<CreationDateTime>yesterday</CreationDateTime>"), "is no moment"),
        (by_codes("1.2", "1"), "`1.2`"),
        (by_codes("1.3.26.1.3.1", "9"), "no level with the number `9`"),
        (
            by_codes("1.3.26.1.3.1", "1", "<tag type='permissive' id='1.3.26.1.4.4' lacv='77'/>"),
            "no value with the number `77`",
        ),
        (
            by_codes("1.3.26.1.3.1", "1", "<tag type='restrictive' id='1.3.26.1.4.4' lacv='1001'/>"),
            "no category `1.3.26.1.4.4` of the kind restrictive",
        ),
    ],
    ids=range(21),
)
def test_an_odd_label_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read_label(text, NATO_POLICY)

    assert says in str(refused.value)


def test_an_empty_permissive_category_lets_nobody_in() -> None:
    nato = SYSTEMS["nato"]
    label = nato.read(labelled(SECRET + category("Only", "PERMISSIVE")))

    assert nato.write(label).banner == "NATO SECRET NOBODY ONLY"
    assert nato.handling(label).nations == frozenset()


SPIF = (
    '<SPIF xmlns="http://www.xmlspif.org/spif"><securityPolicyId name="P" id="1.2.3"/><securityClassifications>{levels}'
    "</securityClassifications><securityCategoryTagSets>{sets}</securityCategoryTagSets></SPIF>"
)
LOW = '<securityClassification name="LOW" lacv="1" hierarchy="1"/>'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<SPIF/>", "no policy file"),
        (SPIF.format(levels="", sets=""), "without levels"),
        (SPIF.format(levels=LOW + LOW.replace("LOW", "ALSO"), sets=""), "two levels of one rank"),
        (SPIF.format(levels=LOW.replace('hierarchy="1"', 'hierarchy="high"'), sets=""), "is no number"),
        (
            SPIF.format(
                levels=LOW,
                sets='<securityCategoryTagSet name="s" id="1"><securityCategoryTag name="t" tagType="new"/>'
                "</securityCategoryTagSet>",
            ),
            "kind of category `new` is not known",
        ),
        (
            SPIF.format(
                levels=LOW,
                sets='<securityCategoryTagSet name="s" id="1"><securityCategoryTag name="t" tagType="restrictive">'
                '<tagCategory name="v" lacv="1"><excludedClass>HIGH</excludedClass></tagCategory></securityCategoryTag>'
                "</securityCategoryTagSet>",
            ),
            "no level that v excludes `HIGH`",
        ),
    ],
    ids=range(6),
)
def test_an_odd_policy_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        policy(text)

    assert says in str(refused.value)


@pytest.mark.parametrize("separator", ["//", "/", ", ", " ", "-", '"', "(", ")", "=", ":"])
@pytest.mark.parametrize("key", sorted(SYSTEMS))
def test_separators_alone_are_no_marking(key: str, separator: str) -> None:
    with pytest.raises(InputError):
        SYSTEMS[key].read(separator)


def test_a_country_with_a_separator_in_its_name_is_one_country() -> None:
    nato = SYSTEMS["nato"]

    label = nato.read("NATO SECRET Korea, Republic of ONLY")

    assert label.categories["Only"] == {"KOR"}


def test_a_long_list_of_values_is_read_in_good_time_and_a_longer_one_is_refused() -> None:
    ism = SYSTEMS["ism"]
    longest = "(S//REL TO " + ", ".join(["USA", *["AUS"] * 1500]) + ")"

    assert ism.write(ism.read(longest)).banner == "SECRET//REL TO USA, AUS"
    with pytest.raises(InputError, match="nothing beyond"):
        ism.read(longest * 2)
