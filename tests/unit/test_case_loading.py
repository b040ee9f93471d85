"""Files, pipes and devices: what is read from disk, and what is refused before it is."""

import io
import os
from pathlib import Path

import pytest

from tearline.cases import load, template
from tearline.cases.document import MAX_BYTES
from tearline.errors import CaseFileError


def refusal(path: str | Path, stdin: io.BytesIO | None = None) -> str:
    with pytest.raises(CaseFileError) as refused:
        load(path, stdin)
    return str(refused.value)


def test_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(template("minimal"), "utf-8")

    loaded = load(file)

    assert loaded.text == template("minimal")


def test_a_dash_is_the_standard_input() -> None:
    loaded = load("-", io.BytesIO(template("minimal").encode()))

    assert loaded.case.us == "A"


def test_too_long_an_input_is_not_read_to_its_end() -> None:
    endless = io.BytesIO(b"a: b\n" * MAX_BYTES)

    text = refusal("-", endless)

    assert text == "stdin: the file is larger than 4 MB; a case is one situation"
    assert endless.tell() == MAX_BYTES + 1


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(100 * 1024 * 1024)

    assert "larger than 4 MB" in refusal(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == f"{tmp_path / 'none.yaml'}: cannot be read: no such file or directory"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "this is a directory" in refusal(tmp_path)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert "cannot be read" in refusal("a\0b")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_an_endless_device_is_refused() -> None:
    assert "not an ordinary file; `-` reads the standard input" in refusal("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "not an ordinary file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_what_is_not_utf_8_is_refused(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes("tearline: 1\ntitle: Ministère\n".encode(encoding))

    assert "not UTF-8" in refusal(file)


def test_the_place_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes("tearline: 1\ntitle: Minist\xe8re\n".encode("latin-1"))

    assert refusal(file).startswith(f"{file}:2:14 not UTF-8")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.touch()

    assert refusal(file) == f"{file}: the file is empty; `tearline new` writes a first case"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_may_end_as_on_other_systems(tmp_path: Path, newline: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(template("minimal").replace("\n", newline).encode())

    assert load(file).case == load("-", io.BytesIO(template("minimal").encode())).case
