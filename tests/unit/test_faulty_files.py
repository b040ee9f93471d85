"""A text that is no case yet, worked on: opened with its faults, put aside, found again, never lost."""

import datetime as dt
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.unfinished import Unfinished
from tearline.cases.working import Disk, Faulty, Working, held
from tearline.cli.opening import worked_on
from tearline.errors import CaseFileError, InputError, Problem, StaleError
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.faults import faults

PORT = 8732
HERE = f"http://127.0.0.1:{PORT}"
NOW = dt.datetime(2026, 11, 24, 14, 2, tzinfo=dt.UTC)
GOOD = cases.text_of("essay")
BAD = GOOD.replace("key-desk: near", "key-dsk: near")
WORSE = BAD.replace("us: A", "us: Z")
Client = TestClient[Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The worked example as a file."""
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, "utf-8")
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The worked example with one fault."""
    file = tmp_path / "broken.yaml"
    file.write_text(BAD, "utf-8")
    return file


@contextmanager
def entered(working: Working | None) -> Iterator[Client]:
    """A browser that has come in."""
    entrance = door(Desk(working), PORT)
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.get(entrance.address)
        client.headers["origin"] = HERE
        client.follow_redirects = False
        yield client


def form(client: Client, **fields: str) -> dict[str, str]:
    """What the editor sends besides its own fields."""
    page = client.get("/edit").text
    return {**dict(re.findall(r'name="(form_token|made_to|draft)" value="([^"]*)"', page)), **fields}


def shown_text(page: str) -> str:
    """What stands in the editor."""
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


# --- the text -----------------------------------------------------------------------------------------------------


def test_what_is_held_is_a_case_or_all_that_is_wrong_with_it() -> None:
    assert held(GOOD, "mine.yaml", None) == cases.read(GOOD)
    faulty = held(WORSE, "mine.yaml", None)

    assert isinstance(faulty, Faulty)
    with pytest.raises(CaseFileError) as wrong:
        cases.read(WORSE)
    assert faulty.problems == wrong.value.problems


def test_no_text_is_faulty_without_a_fault() -> None:
    with pytest.raises(ValueError, match="problems"):
        Faulty("", ())


def test_a_faulty_file_has_no_case_but_its_problems(broken: Path) -> None:
    working = worked_on(str(broken))

    assert [problem.line for problem in working.problems] == [BAD.split("key-dsk")[0].count("\n") + 1]
    with pytest.raises(CaseFileError, match="key-dsk"):
        _ = working.file


def test_a_mended_file_is_written_and_the_faulty_one_can_be_had_back(broken: Path) -> None:
    working = worked_on(str(broken))

    working.change(GOOD, working.digest)
    assert (broken.read_text("utf-8"), working.problems) == (GOOD, ())
    working.undo(working.digest)

    assert broken.read_text("utf-8") == BAD
    assert working.problems


def test_a_file_that_becomes_faulty_on_disk_is_gone_on_with(path: Path) -> None:
    working = worked_on(str(path))
    path.write_text(BAD, "utf-8")

    working.reload()

    assert working.text == BAD
    assert working.problems
    working.undo(working.digest)
    assert path.read_text("utf-8") == GOOD


def test_a_file_that_is_gone_is_written_again_and_nothing_else_is(path: Path) -> None:
    working = worked_on(str(path))
    path.unlink()
    assert working.disk() is Disk.GONE

    working.write_again(working.digest)

    assert path.read_text("utf-8") == GOOD
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_came_in_the_place_of_a_file_that_was_gone_stays(path: Path) -> None:
    working = worked_on(str(path))
    path.unlink()
    path.write_text("theirs", "utf-8")

    working.write_again(working.digest)

    assert path.read_text("utf-8") == "theirs"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path, path: Path) -> None:
    working = worked_on(str(path))
    (tmp_path / "new.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    with pytest.raises(InputError, match="there is one already"):
        working.save_as(tmp_path / "new.yaml", "new.yaml")

    assert not (tmp_path / "elsewhere.yaml").exists()


# --- what is put aside ----------------------------------------------------------------------------------------------


def test_what_was_typed_lies_beside_the_file_for_its_owner_only(path: Path) -> None:
    working = worked_on(str(path))

    working.put_aside(BAD, "", NOW)

    aside = Path(f"{path}.draft")
    assert aside.read_text("utf-8") == BAD
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert path.read_text("utf-8") == GOOD


def test_it_is_found_again_by_the_next_command(path: Path) -> None:
    worked_on(str(path)).put_aside(BAD, "", NOW)

    found = worked_on(str(path)).unfinished()

    assert found is not None
    assert (found.text, found.lasting, found.outdated) == (BAD, True, False)


def test_a_file_that_was_changed_after_it_makes_it_outdated(path: Path) -> None:
    worked_on(str(path)).put_aside(BAD, "", NOW)
    later = Path(f"{path}.draft").stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))

    found = worked_on(str(path)).unfinished()

    assert found is not None
    assert found.outdated


def test_another_unfinished_text_is_never_written_over(path: Path) -> None:
    one, other = worked_on(str(path)), worked_on(str(path))
    one.put_aside(BAD, "", NOW)

    with pytest.raises(StaleError, match="another unfinished text"):
        other.put_aside(WORSE, "", NOW)

    assert Path(f"{path}.draft").read_text("utf-8") == BAD


def test_what_says_the_same_as_the_file_is_finished(path: Path) -> None:
    working = worked_on(str(path))
    working.put_aside(BAD, "", NOW)
    found = working.unfinished()
    assert found is not None

    working.put_aside(GOOD, found.digest, NOW)

    assert working.unfinished() is None
    assert not Path(f"{path}.draft").exists()


@pytest.mark.parametrize("there", ["directory", "not text"])
def test_where_it_cannot_lie_beside_the_file_it_is_remembered(path: Path, there: str) -> None:
    place = Path(f"{path}.draft")
    if there == "directory":
        place.mkdir()
    else:
        place.write_bytes(b"\xff")
    working = worked_on(str(path))

    working.put_aside(BAD, "", NOW)

    assert working.unfinished() == Unfinished(text=BAD, since=NOW, outdated=False, lasting=False)
    assert working.would_be_lost
    assert place.is_dir() or place.read_bytes() == b"\xff"


def test_what_is_thrown_away_is_gone_and_only_that(path: Path) -> None:
    working = worked_on(str(path))
    working.put_aside(BAD, "", NOW)

    working.throw_away("another")
    assert working.unfinished() is not None
    found = working.unfinished()
    working.throw_away(found.digest if found else "")

    assert working.unfinished() is None


def test_a_case_in_memory_becomes_a_file_with_all_that_was_done_to_it(tmp_path: Path) -> None:
    working = worked_on("essay")
    working.change(GOOD + "# more\n", working.digest)
    working.put_aside(BAD, "", NOW)
    assert working.would_be_lost

    working.save_as(tmp_path / "own.yaml", "own.yaml")

    assert (tmp_path / "own.yaml").read_text("utf-8") == GOOD + "# more\n"
    assert (tmp_path / "own.yaml.draft").read_text("utf-8") == BAD
    assert not working.would_be_lost
    working.undo(working.digest)
    assert (tmp_path / "own.yaml").read_text("utf-8") == GOOD


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["/", "/?say.plot=exact", "/try"])
def test_every_page_that_needs_a_case_leads_to_the_editor(broken: Path, place: str) -> None:
    with entered(worked_on(str(broken))) as client:
        answer = client.get(place)

    assert (answer.status_code, answer.headers["location"]) == (303, "/edit")


def test_what_asks_for_a_piece_of_a_page_is_led_there_too(broken: Path) -> None:
    with entered(worked_on(str(broken))) as client:
        answer = client.get("/try", headers={"hx-request": "true"})

    assert answer.headers["hx-redirect"] == "/edit"
    assert "location" not in answer.headers


def test_a_choice_for_a_text_that_is_no_case_leads_there_and_writes_nothing(broken: Path) -> None:
    with entered(worked_on(str(broken))) as client:
        answer = client.post("/choose", data=form(client, **{"say.plot": "warning"}))

    assert (answer.status_code, answer.headers["location"]) == (303, "/edit")
    assert broken.read_text("utf-8") == BAD


def test_the_editor_shows_every_fault_as_the_command_does_with_its_line(broken: Path) -> None:
    broken.write_text(WORSE, "utf-8")
    with entered(worked_on(str(broken))) as client:
        page = client.get("/edit").text

    told = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).replace("`", "").split())
    with pytest.raises(CaseFileError) as wrong:
        cases.load(broken)
    assert len(wrong.value.problems) > 1
    for problem in wrong.value.problems:
        assert " ".join(problem.seen_in(str(broken)).replace("`", "").split()) in told
        assert f'data-line="{problem.line}" data-column="{problem.column}"' in page
    assert "<mark>key-dsk:</mark>" in page
    assert shown_text(page) == WORSE


def test_a_faulty_text_that_was_typed_is_there_again_after_everything(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        client.post("/choose", data=form(client, **{"say.plot": "warning"}))
        assert client.post("/edit", data=form(client, text=BAD)).status_code == 422
        assert shown_text(client.get("/edit").text) == BAD
        assert "You have an unfinished text" in client.get("/").text
        client.post("/step/undo", data=form(client))
        assert shown_text(client.get("/edit").text) == BAD

    with entered(worked_on(str(path))) as client:
        assert "You have an unfinished text" in client.get("/").text
        assert shown_text(client.get("/edit").text) == BAD
        done = client.post("/edit", data=form(client, text=GOOD + "# mended\n"))

    assert done.status_code == 303
    assert path.read_text("utf-8") == GOOD + "# mended\n"
    assert not Path(f"{path}.draft").exists()


def test_an_unfinished_text_is_thrown_away_when_that_is_asked_for(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        client.post("/edit", data=form(client, text=BAD))
        client.post("/step/throw-away", data=form(client))

        assert shown_text(client.get("/edit").text) == GOOD


def test_what_is_typed_is_put_aside_on_the_way(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        fields = form(client)
        told = client.post("/edit/aside", data={**fields, "text": BAD})

    assert "kept aside at" in told.text
    assert Path(f"{path}.draft").read_text("utf-8") == BAD


def test_two_pages_with_unfinished_texts_lose_neither(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        fields = form(client)
        client.post("/edit/aside", data={**fields, "text": BAD})

        told = client.post("/edit/aside", data={**fields, "text": WORSE})
        answer = client.post("/edit", data={**fields, "text": WORSE})

    assert "Not kept: another page" in told.text
    assert answer.status_code == 409
    assert shown_text(answer.text) == WORSE
    assert "us: A" in answer.text.split('id="theirs"')[1]
    assert Path(f"{path}.draft").read_text("utf-8") == BAD


def test_a_text_that_came_too_late_is_put_aside_too(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        fields = form(client, text=GOOD + "# mine\n")
        path.write_text(GOOD + "# theirs\n", "utf-8")
        client.post("/edit", data=fields)
        client.post("/step/reload", data=form(client))

        assert shown_text(client.get("/edit").text) == GOOD + "# mine\n"


def test_a_file_that_is_gone_is_said_and_can_be_written_again(path: Path) -> None:
    with entered(worked_on(str(path))) as client:
        path.unlink()
        assert "The file is gone from disk." in client.get("/").text

        client.post("/step/again", data=form(client))

    assert path.read_text("utf-8") == GOOD


@pytest.mark.parametrize("content", [None, b"\xff", b"tearline: 1\n"])
def test_whatever_the_file_becomes_no_page_breaks(path: Path, content: bytes | None) -> None:
    with entered(worked_on(str(path))) as client:
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        client.post("/step/reload", data=form(client))

        assert client.get("/").status_code in (200, 303)
        assert client.get("/edit").status_code == 200


@pytest.mark.parametrize("place", ["/edit/aside", "/step/throw-away", "/step/again"])
def test_a_form_without_its_token_keeps_and_throws_away_nothing(path: Path, place: str) -> None:
    working = worked_on(str(path))
    working.put_aside(BAD, "", NOW)
    with entered(working) as client:
        fields = {**form(client, text=WORSE), "form_token": "x"}

        assert client.post(place, data=fields).status_code == 403

    assert Path(f"{path}.draft").read_text("utf-8") == BAD


@pytest.mark.parametrize("attack", ["</textarea><script>alert(1)</script>", "' onclick='x", "<img src=x>\x1b[2J\u202e"])
def test_a_faulty_text_is_shown_as_text(tmp_path: Path, attack: str) -> None:
    file = tmp_path / "attack.yaml"
    file.write_text(f"tearline: 1\nnothing: {attack}\n{attack}: x\n", "utf-8")
    with entered(worked_on(str(file))) as client:
        page = client.get("/edit").text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\x1b" not in page.split("<textarea")[0]
    assert "\u202e" not in page.split("<textarea")[0]


# --- the line of a fault --------------------------------------------------------------------------------------------


def test_a_line_is_quoted_around_its_fault() -> None:
    (found,) = faults([Problem(message="no", line=2, column=7)], "a.yaml", "one\n  two three four\n")

    assert (found.place, found.told) == ("a.yaml:2:7", " no")
    assert (found.before, found.word, found.after) == ("two ", "three", " four")


def test_a_long_line_is_cut() -> None:
    text = "a " * 500 + "here " + "b " * 500

    (found,) = faults([Problem(message="no", line=1, column=1001)], "a.yaml", text)

    assert found.word == "here"
    assert found.before.startswith("…")
    assert found.after.endswith("…")
    assert len(found.before + found.after) < 130


@pytest.mark.parametrize("line", [0, 9])
def test_a_fault_of_the_whole_file_quotes_no_line(line: int) -> None:
    (found,) = faults([Problem(message="no", line=line, column=1)], "a.yaml", "one\n")

    assert (found.line, found.word) == (0, "")
