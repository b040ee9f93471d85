"""Changing single places of a text: what is changed, what stays, what is refused."""

import pytest

from tearline.cases.amending import inserted, moved, put, removed
from tearline.cases.places import places
from tearline.cases.write import Bare
from tearline.errors import InputError

TEXT = """# who is who
a:  {x: 1, y: [p,  q]}   # kept as it is

b:
  # about one
  one:
    text: 'Some words.'   # said so
    value: 8
  two: {text: Others, value: 4}
c:   # several
  - k: v   # first
    m: n
  - plain
"""


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are only in one of two texts."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_value_is_replaced_in_its_line_and_the_comment_behind_it_stays() -> None:
    after = put(TEXT, ("b", "one", "text"), "Other words: new, [and] # more")

    assert lines_changed(TEXT, after) == (
        ["    text: 'Some words.'   # said so"],
        ['    text: "Other words: new, [and] # more"   # said so'],
    )


def test_a_value_in_brackets_is_replaced_alone() -> None:
    after = put(TEXT, ("a", "y", 1), Bare("0.10"))

    assert "a:  {x: 1, y: [p,  0.10]}   # kept as it is" in after


@pytest.mark.parametrize(
    ("path", "value"),
    [(("a", "x"), "1"), (("b", "one", "text"), "Some words."), (("c", 0, "m"), "n"), (("a", "y"), ["p", "q"])],
)
def test_what_is_there_already_changes_nothing(path: tuple[str | int, ...], value: object) -> None:
    assert put(TEXT, path, value) == TEXT  # type: ignore[arg-type]


def test_a_text_of_several_lines_becomes_a_block_where_it_stands_alone() -> None:
    after = put(TEXT, ("b", "two"), "one\ntwo")

    assert "  two: |-\n    one\n    two\nc:" in after


def test_several_lines_before_a_comment_stay_in_one() -> None:
    after = put(TEXT, ("b", "one", "text"), "one\ntwo")

    assert '    text: "one\\ntwo"   # said so' in after


def test_what_leads_to_a_new_place_is_made_in_the_order_that_is_given() -> None:
    order = {(): ("a", "aa", "b", "c"), ("aa",): ("deep",)}

    after = put(TEXT, ("aa", "deep", "deeper"), "v", lambda path: order.get(path, ()))

    assert "# kept as it is\naa: {deep: {deeper: v}}\n\nb:" in after


def test_an_entry_goes_with_its_lines_and_no_others() -> None:
    after = removed(TEXT, ("b", "one"))

    assert lines_changed(TEXT, after) == (["  one:", "    text: 'Some words.'   # said so", "    value: 8"], [])


@pytest.mark.parametrize(
    ("path", "left"),
    [(("a", "x"), "a:  {y: [p,  q]} "), (("a", "y"), "a:  {x: 1} "), (("a", "y", 0), "y: [q]}"), (("c", 0), "- plain")],
)
def test_an_entry_in_brackets_or_of_a_list_goes_alone(path: tuple[str | int, ...], left: str) -> None:
    assert left in removed(TEXT, path)


def test_the_first_key_after_a_dash_goes_and_the_dash_stays() -> None:
    after = removed(TEXT, ("c", 0, "k"))

    assert places(after).plain["c"] == [{"m": "n"}, "plain"]  # type: ignore[index, call-overload]


def test_the_only_entry_leaves_an_empty_collection() -> None:
    assert removed("a:  # why\n  b: 1\n", ("a", "b")) == "a:  # why\n    {}\n"
    assert removed("a:\n  - 1\nc: d\n", ("a", 0)) == "a: []\nc: d\n"


def test_two_entries_change_places_with_the_comments_in_their_lines() -> None:
    after = moved(TEXT, ("b", "two"))

    assert list(places(after).plain["b"]) == ["two", "one"]  # type: ignore[index, call-overload, arg-type]
    assert sorted(after.split("\n")) == sorted(TEXT.split("\n"))


def test_nothing_comes_before_the_first() -> None:
    with pytest.raises(InputError, match="first already"):
        moved(TEXT, ("b", "one"))


@pytest.mark.parametrize("index", [0, 1, 2])
def test_an_entry_is_added_where_it_is_wanted(index: int) -> None:
    after = inserted(TEXT, ("b",), index, "new", {"text": "T", "value": Bare("2")})

    assert list(places(after).plain["b"]).index("new") == index  # type: ignore[index, call-overload, arg-type]
    assert lines_changed(TEXT, after) == ([], ["  new: {text: T, value: 2}"])


def test_an_item_is_added_to_a_list() -> None:
    after = inserted(TEXT, ("c",), 1, None, {"k": "w"})

    assert "    m: n\n  - {k: w}\n  - plain\n" in after


def test_nothing_is_added_twice() -> None:
    with pytest.raises(InputError, match="there already"):
        inserted(TEXT, ("b",), 0, "one", None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_those_of_the_file(end: str) -> None:
    text = TEXT.replace("\n", end)

    after = put(text, ("b", "two"), {"text": "one\ntwo", "more": ["x"]})

    assert after.replace("\r\n", "").count("\r") == 0
    assert after.count("\n") == after.count(end)


def test_a_file_that_ends_in_the_middle_of_a_line_takes_more() -> None:
    assert put("a: 1", ("b",), "2") == 'a: 1\nb: "2"'
    assert removed("a: 1\nb: 2", ("b",)) == "a: 1"


@pytest.mark.parametrize(
    "value",
    [
        "\n  evil: x",
        "x\nevil: y",
        "!!python/object:os.system",
        "&a",
        "*a",
        "{a: b}",
        "- x",
        "x: y",
        "# no",
        "",
        " ",
        "~",
        "null",
        "'",
        '"',
        "|",
        ">-",
        "%",
        "@",
        "`",
        "\t",
        "a\tb",
        "\u2028",
        "\ufeff",
        "é\U0001f512",
    ],
)
@pytest.mark.parametrize("path", [("a", "x"), ("a", "y", 0), ("b", "one", "text"), ("c", 1)])
def test_no_text_is_ever_read_as_anything_else(path: tuple[str | int, ...], value: str) -> None:
    after = put(TEXT, path, value)

    said = places(after).plain
    for step in path:
        said = said[step]  # type: ignore[index, call-overload]
    assert said == value
    assert set(places(after).plain) == {"a", "b", "c"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["a: &x {b: 1}\nc: *x\n", "a: !!str 1\n", "a: 1\na: 2\n", "? {a: b}\n: c\n", "a: &x 1\nb:\n  <<: *x\n"],
)
def test_what_may_mean_several_places_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(InputError, match="edit this file as text"):
        put(text, ("a",), "2")


@pytest.mark.parametrize("path", [("a", "x", "y"), ("nothing", 0), ("c", 5), ("c", "k"), ("a", "y", -1)])
def test_a_path_that_leads_nowhere_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(InputError):
        put(TEXT, path, "v")


def test_json_is_changed_in_its_place() -> None:
    assert put('{"a": {"b": 1}, "c": []}', ("a", "b"), Bare("2")) == '{"a": {"b": 2}, "c": []}'
    assert inserted('{"c": []}', ("c",), 0, None, "x") == '{"c": [x]}'
