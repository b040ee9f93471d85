"""Without the C library the pure parser reads the same cases and refuses the same files."""

import pytest
import yaml

from tearline.cases import document, names, read, template, text_of
from tearline.errors import CaseFileError

TEXTS = [*map(text_of, names()), template("full"), template("minimal")]


@pytest.fixture
def _pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("_pure")
@pytest.mark.parametrize("text", TEXTS)
def test_the_pure_parser_reads_the_same_case(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pure = read(text)

    monkeypatch.undo()
    assert pure == read(text)


@pytest.mark.usefixtures("_pure")
@pytest.mark.parametrize("text", ["[" * 100_000, "a: 'x", "a: b: c", "a:\n\tb: c", "a: b\n---\nc", "%x", "@"])
def test_the_pure_parser_refuses_the_same_files(text: str) -> None:
    with pytest.raises(CaseFileError) as refused:
        read(text)

    assert len(refused.value.problems) == 1


@pytest.mark.usefixtures("_pure")
def test_half_a_character_never_gets_in() -> None:
    with pytest.raises(CaseFileError, match="title: a control character in the text"):
        read('{"title": "\\ud83d"}')
