"""What the text of a case file may not be, and that a scalar stays text."""

import json

import pytest

from tearline.cases.document import MAX_BYTES, MAX_DEPTH, MAX_NODES, MappingNode, ScalarNode, SequenceNode, parse
from tearline.errors import CaseFileError, Problem


def refusal(text: str) -> Problem:
    with pytest.raises(CaseFileError) as refused:
        parse(text, "case.yaml")
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("text", ["NO", "yes", "2026-11-20", "0x10", "1_000", "null ", "12:30:00", "1e3", ".inf"])
def test_nothing_has_a_type_of_its_own(text: str) -> None:
    root = parse(f"key: {text}", "case.yaml")

    assert isinstance(root, MappingNode)
    value = root.entries[0][1]
    assert isinstance(value, ScalarNode)
    assert value.text == text.strip()


def test_every_node_knows_its_place() -> None:
    root = parse("a:\n  - {b: c}\n", "case.yaml")

    assert isinstance(root, MappingNode)
    items = root.entries[0][1]
    assert isinstance(items, SequenceNode)
    inner = items.items[0]
    assert isinstance(inner, MappingNode)
    key, value = inner.entries[0]
    assert (inner.line, inner.column, key.line, key.column, value.line, value.column) == (2, 5, 2, 6, 2, 9)


def test_columns_count_characters_and_not_bytes() -> None:
    root = parse("ключ: значение", "case.yaml")

    assert isinstance(root, MappingNode)
    assert root.entries[0][1].column == 7


def test_json_is_read() -> None:
    root = parse(json.dumps({"a": [1, True, None, "x: y"]}, indent="  "), "case.json")

    assert isinstance(root, MappingNode)
    items = root.entries[0][1]
    assert isinstance(items, SequenceNode)
    assert [item.text for item in items.items if isinstance(item, ScalarNode)] == ["1", "true", "null", "x: y"]


@pytest.mark.parametrize("text", ["𐀀", "a🙂b🙂", "\\🙂", "\\ud83d\\ude42", "/", "é\u2028"])
def test_json_may_escape_any_character(text: str) -> None:
    root = parse(json.dumps({"a": text}).replace("/", "\\/"), "case.json")

    assert isinstance(root, MappingNode)
    value = root.entries[0][1]
    assert isinstance(value, ScalarNode)
    assert value.text == text


@pytest.mark.parametrize("text", ["a\u2028b", "a\x85b", "a\u2029", "🙂\u2028", "a\xa0b"])
def test_json_may_hold_any_character_as_it_is(text: str) -> None:
    root = parse(json.dumps({"a": text}, ensure_ascii=False, separators=(",", ":")), "case.json")

    assert isinstance(root, MappingNode)
    value = root.entries[0][1]
    assert isinstance(value, ScalarNode)
    assert value.text == text


def test_half_a_character_of_json_is_refused() -> None:
    assert refusal('{"a": "\\ud83d"}').message == "an escape that is no character"


def test_what_only_looks_like_json_is_left_alone() -> None:
    root = parse("{a: '\\ud83d\\ude42'}", "case.yaml")

    assert isinstance(root, MappingNode)
    value = root.entries[0][1]
    assert isinstance(value, ScalarNode)
    assert value.text == "\\ud83d\\ude42"


def test_a_byte_order_mark_is_skipped() -> None:
    root = parse("\ufeffa: b", "case.yaml")

    assert isinstance(root, MappingNode)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "---\n", "null"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert refusal(text).message == "the file is empty"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\ufffe", "\ud800"])
def test_a_control_character_is_refused_where_it_stands(character: str) -> None:
    problem = refusal(f"a: b\nc: d{character}")

    assert "control character" in problem.message
    assert (problem.line, problem.column) == (2, 5)


def test_an_escaped_control_character_is_a_fault_of_its_value() -> None:
    root = parse('a: "x\\0y"', "case.yaml")

    assert isinstance(root, MappingNode)
    assert "control character" in root.entries[0][1].fault


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("&name x", "anchor"),
        ("*name", "alias"),
        ("!tag x", "tag"),
        ("!!python/object:os.system x", "tag"),
        ("&a [b]", "anchor"),
    ],
)
def test_anchors_aliases_and_tags_are_faults_that_quote_nothing(value: str, what: str) -> None:
    root = parse(f"a: {value}", "case.yaml")

    assert isinstance(root, MappingNode)
    fault = root.entries[0][1].fault
    assert what in fault
    assert "name" not in fault
    assert "python" not in fault


def test_a_second_document_is_refused() -> None:
    problem = refusal("a: b\n---\nc: d\n")

    assert problem.message == "a second document"
    assert problem.line == 2


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: b: c", (1, 5), "quote the value"),
        ("a:\n\tb: c", (2, 1), "not tabs"),
        ("a: [1, 2", (2, 1), "bracket is not closed"),
        ("a: 'x", (1, 6), "close the quotes"),
        ("a: @b", (1, 4), "quote the value"),
        ("a:\n  - b\n c: d", (3, 2), "indentation"),
        ('a: "\\q"', (1, 5), "escape"),
        ("%x", (1, 3), "not YAML"),
    ],
)
def test_broken_yaml_is_refused_in_plain_words_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    problem = refusal(text)

    assert (problem.line, problem.column) == place
    assert words in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{a: "])
def test_deep_nesting_is_refused_before_it_is_read(opening: str) -> None:
    problem = refusal(opening * (MAX_BYTES // len(opening)))

    assert problem.message == f"nested more than {MAX_DEPTH} deep"


def test_too_many_values_are_refused() -> None:
    problem = refusal("[" + "a," * (MAX_NODES + 1) + "]")

    assert "keys and values" in problem.message


def test_a_text_that_is_too_large_is_refused() -> None:
    assert "larger than 4 MB" in refusal("#" * (MAX_BYTES + 1)).message


def test_a_bomb_of_aliases_does_not_unfold() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 40)]

    root = parse("\n".join(lines), "case.yaml")

    assert isinstance(root, MappingNode)
    assert all(value.fault for _, value in root.entries)
