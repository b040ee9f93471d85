"""How single values are read: the expected shape decides."""

import datetime as dt

import pytest

from tearline.cases.document import Node, parse
from tearline.cases.scalars import (
    AgreedLimit,
    Day,
    Flag,
    Judged,
    MalformedError,
    Name,
    Number,
    Placed,
    Sealed,
    SealedText,
)
from tearline.cases.shapes import UNREADABLE, Reading, Shape, nearest, printable
from tearline.domain import ACCESS_WORDS, AgreedUse, Interval, PartyId, Permission, access, chance
from tearline.errors import InvariantError


def node(text: str) -> Node:
    return parse(text, "case.yaml")


def read(shape: Shape, text: str) -> tuple[object, Reading]:
    reading = Reading()
    return shape.read(node(text), ("x",), reading), reading


@pytest.mark.parametrize(
    ("text", "value"), [("0.3", 0.3), ("1", 1.0), (".5", 0.5), ("1e-3", 0.001), ('"0.3"', 0.3), ("+0.1", 0.1)]
)
def test_a_number_is_read_in_decimal(text: str, value: float) -> None:
    assert read(Number(), text)[0] == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("nan", "decimal"),
        (".nan", "decimal"),
        ("inf", "decimal"),
        ("-.inf", "decimal"),
        ("1e999", "decimal"),
        ("0x1", "decimal"),
        ("٣", "decimal"),
        ("1_000", "decimal"),
        ("30%", "write 0.3"),
        ("0,3", "write 0.3"),
        ("5,000", "write 5000"),
        ("1.5", "a number from 0 up to 1"),
        ("-0.1", "a number from 0 up to 1"),
        ("1" * 5000, "decimal"),
    ],
)
def test_what_is_no_number_in_range_is_refused_with_a_hint(text: str, hint: str) -> None:
    draft, reading = read(Number(), text)

    assert draft is UNREADABLE
    assert hint in reading.problems[0].hint


def test_minus_zero_is_zero() -> None:
    assert str(Number().parse("-0.0")) == "0.0"


def test_a_whole_number_has_no_fraction() -> None:
    assert Number(1, 10, whole=True).parse("3.0") == 3
    with pytest.raises(MalformedError, match="not a whole number"):
        Number(1, 10, whole=True).parse("3.5")


def test_a_limit_may_not_be_zero() -> None:
    with pytest.raises(MalformedError, match="outside the range"):
        Number(above=True).parse("0")


def test_a_day_is_read() -> None:
    assert read(Day(), "2026-11-20")[0] == dt.date(2026, 11, 20)


@pytest.mark.parametrize("text", ["28.5.2026", "2026-13-01", "2026-11-20T00:00:00Z", "20261120", "2026-1-2", "today"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert read(Day(), text)[0] is UNREADABLE


@pytest.mark.parametrize("text", ["NO", "null-and-void", "s-min", "Ministère", "министерство", "7", "a.b", "_x", "on"])
def test_an_id_may_be_a_word_of_any_script(text: str) -> None:
    assert read(Name(), text)[0] == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("two words", "write `two-words`"),
        ("-a", "write `a`"),
        ("a/b", "write `a-b`"),
        ('"a\\u202eb"', ""),
        ('""', "letters"),
        ("x" * 81, "at most 80"),
    ],
)
def test_what_is_no_id_is_refused_with_a_hint(text: str, hint: str) -> None:
    draft, reading = read(Name(), text)

    assert draft is UNREADABLE
    assert hint in reading.problems[0].hint


@pytest.mark.parametrize(("text", "value"), [("true", True), ("yes", True), ("False", False), ("no", False)])
def test_a_flag_is_read(text: str, value: bool) -> None:
    assert read(Flag(), text)[0] is value


@pytest.mark.parametrize("word", ACCESS_WORDS)
def test_an_access_word_keeps_its_spelling(word: str) -> None:
    draft, _ = read(Placed(), word)

    assert isinstance(draft, Interval)
    assert draft == ACCESS_WORDS[word]
    assert draft.spelled == word


def test_a_pair_is_taken_as_written() -> None:
    draft, _ = read(Judged(), "[0.1, 0.3]")

    assert draft == chance((0.1, 0.3))


@pytest.mark.parametrize(
    "text", ["[0.3, 0.1]", "[0.1]", "[0.1, 0.2, 0.3]", "[]", "[0, nan]", "{lo: 0.1}", "often", "2"]
)
def test_what_is_no_probability_is_refused(text: str) -> None:
    draft, reading = read(Judged(), text)

    assert draft is UNREADABLE
    assert len(reading.problems) == 1


def test_an_access_number_takes_the_width_of_its_word() -> None:
    assert read(Placed(), "0.5")[0] == access(0.5)


@pytest.mark.parametrize("spelled", ["near", 0.5, (0.1, 0.3), 0.0, (0.0, 0.0)])
def test_an_interval_is_taken_back_as_it_was_spelled(spelled: str | float | tuple[float, float]) -> None:
    assert Placed().take(access(spelled), (), frozenset()) == spelled


def test_an_interval_without_spelling_is_written_as_a_pair() -> None:
    assert Judged().take(Interval(0.25, 0.5, 0.75), (), frozenset()) == (0.25, 0.75)


def test_an_interval_that_no_spelling_stands_for_is_our_mistake() -> None:
    with pytest.raises(InvariantError, match="cannot be spelled"):
        Judged().take(Interval(0.1, 0.11, 0.9), (), frozenset())


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("no onward", AgreedUse(forbids=Permission.ONWARD)),
        ("no action without C", AgreedUse(forbids=Permission.ACT, without=PartyId("C"))),
        ("no lethal without B", AgreedUse(forbids=Permission.LETHAL, without=PartyId("B"))),
    ],
)
def test_an_agreed_limit_is_read_and_keeps_its_words(text: str, limit: AgreedUse) -> None:
    draft, _ = read(AgreedLimit(), text)

    assert draft == limit
    assert isinstance(draft, AgreedUse)
    assert draft.spelled == text


@pytest.mark.parametrize("text", ["onward", "no", "no onwards", "no action without", "no action unless C", "no act C"])
def test_what_is_no_agreed_limit_is_refused(text: str) -> None:
    assert read(AgreedLimit(), text)[0] is UNREADABLE


def test_a_sealed_text_never_prints() -> None:
    draft, _ = read(SealedText(), "a clerk")

    assert isinstance(draft, Sealed)
    assert draft.unseal() == "a clerk"
    assert "clerk" not in f"{draft} {draft!r} {[draft]} {vars(Sealed)}"


def test_sealed_texts_are_compared() -> None:
    assert Sealed("a") == Sealed("a")
    assert Sealed("a") != Sealed("b")
    assert Sealed("a") != "a"
    assert hash(Sealed("a")) == hash(Sealed("a"))


def test_the_nearest_name_is_found_whatever_its_case() -> None:
    assert nearest("KEY-DSK", ["key-desk", "ministry"]) == "did you mean `key-desk`?"
    assert nearest("zzz", ["a", "b"]) == "there is `a`, `b`"
    assert nearest("zzz", []) == ""


def test_what_is_shown_of_an_input_moves_no_cursor() -> None:
    assert printable("a\u202eb\x1b[2J") == "a\\u202eb\\u001b[2J"
    assert len(printable("x" * 10_000)) == 60
