"""The page for one case: who gets in, what it shows, what it writes, and what cannot be done to it."""

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.working import Working
from tearline.errors import CaseFileError
from tearline.web import desk
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.door import HEADERS, Door

PORT = 8731
HERE = f"http://127.0.0.1:{PORT}"
Client = TestClient[Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The worked example as a file."""
    file = tmp_path / "mine.yaml"
    file.write_text(cases.text_of("essay"), "utf-8")
    return file


@pytest.fixture
def entrance(path: Path) -> Door:
    """The door before anybody came in."""
    return door(Desk(Working.on(str(path), cases.load(path))), PORT)


@pytest.fixture
def stranger(entrance: Door) -> Iterator[Client]:
    """A browser that has not come in."""
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def client(entrance: Door, stranger: Client) -> Client:
    """The browser that came in by the printed address, and says so of every form as browsers do."""
    assert stranger.get(entrance.address).status_code == 200
    stranger.headers["origin"] = HERE
    return stranger


def marked_essay(folder: Path, mark: str) -> Path:
    """The worked example, marked in the American system; an empty mark is left out."""
    text = cases.text_of("essay").replace("\nus: ", "\nmarked_in: ism\nus: ", 1)
    line = f"\n    marking: {mark}" if mark else ""
    text = text.replace("\n  plot:", f"\n  plot:{line}", 1)
    file = folder / "marked.yaml"
    file.write_text(text, "utf-8")
    return file


@contextmanager
def entered(file: Path) -> Iterator[Client]:
    """A browser that has come in to the page of a file."""
    entrance = door(Desk(Working.on(str(file), cases.load(file))), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        client.get(entrance.address)
        yield client


def form(client: Client, **fields: str) -> dict[str, str]:
    """What a form of the page carries besides its own fields."""
    page = client.get("/edit").text
    hidden = dict(re.findall(r'name="(form_token|made_to)" value="([^"]*)"', page))
    return {**hidden, **fields}


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- who gets in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["/", "/try", "/edit", "/case.yaml", "/static/tearline.css", "/nowhere"])
def test_nobody_gets_in_without_the_address(stranger: Client, place: str) -> None:
    answer = stranger.get(place)

    assert answer.status_code == 401
    assert "essay" not in answer.text
    assert "State" not in answer.text


def test_the_address_lets_in_once(entrance: Door, stranger: Client) -> None:
    first = stranger.get(entrance.address)
    stranger.cookies.clear()
    again = stranger.get(entrance.address)

    assert first.status_code == 200
    assert again.status_code == 401
    assert "set-cookie" not in again.headers


def test_the_cookie_goes_to_this_site_only_and_to_no_script(entrance: Door, stranger: Client) -> None:
    cookie = stranger.get(entrance.address).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert entrance.token not in cookie


@pytest.mark.parametrize("token", ["", "x", "%00", "é"])
def test_a_wrong_token_lets_nobody_in_and_does_not_use_up_the_right_one(
    entrance: Door, stranger: Client, token: str
) -> None:
    wrong = stranger.get(f"/enter?token={token}")

    assert wrong.status_code == 401
    assert stranger.get(entrance.address).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", f"localhost:{PORT}", "127.0.0.1", ""])
def test_a_name_that_somebody_else_points_here_is_not_served(client: Client, host: str) -> None:
    answer = client.get("/", headers={"host": host})

    assert answer.status_code == 421
    assert "State" not in answer.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1", None]
)
def test_what_another_site_sends_changes_nothing(client: Client, path: Path, origin: str | None) -> None:
    fields, before = form(client, **{"say.plot": "warning"}), path.read_bytes()
    del client.headers["origin"]

    answer = client.post("/choose", data=fields, headers={} if origin is None else {"origin": origin})

    assert answer.status_code == 403
    assert path.read_bytes() == before


def test_a_browser_that_tells_of_another_site_is_believed(client: Client, path: Path) -> None:
    fields, before = form(client, **{"say.plot": "warning"}), path.read_bytes()

    answer = client.post("/choose", data=fields, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert path.read_bytes() == before


def test_a_form_without_its_token_changes_nothing(client: Client, path: Path) -> None:
    fields, before = form(client, **{"say.plot": "warning"}), path.read_bytes()
    del fields["form_token"]

    answer = client.post("/choose", data=fields)

    assert answer.status_code == 403
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["/", "/edit"])
def test_every_form_that_changes_something_carries_the_token(client: Client, entrance: Door, place: str) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", client.get(place).text, re.DOTALL)

    assert forms
    assert all(entrance.form_token in each for each in forms)


@pytest.mark.parametrize("place", ["/", "/nowhere", "/static/tearline.css", "/case.yaml", "/enter"])
def test_every_response_carries_the_strict_headers(client: Client, place: str) -> None:
    headers = client.get(place).headers

    assert {name.decode(): headers[name.decode()] for name, _ in HEADERS} == {
        n.decode(): v.decode() for n, v in HEADERS
    }
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "build/htmx.min.js", "app.py", ".", "a%00b"]
)
def test_no_path_leads_out_of_what_pages_load(client: Client, name: str) -> None:
    answer = client.get(f"/static/{name}")

    assert answer.status_code in (400, 404)
    assert "import" not in answer.text


def test_a_body_that_no_case_can_have_is_refused(client: Client, path: Path) -> None:
    fields, before = form(client), path.read_bytes()

    answer = client.post("/edit", data={**fields, "text": "x" * 13_000_000})

    assert answer.status_code == 413
    assert path.read_bytes() == before


# --- what it shows -----------------------------------------------------------------------------------------------


def test_the_page_begins_with_the_answer_and_the_words(client: Client) -> None:
    page = words_of(client.get("/").text)

    assert "Ask State C first. With the consent of State C this may go to State B (warning)." in page
    assert "A state-backed group plans an attack in B before the end of the year." in page
    assert page.index("Ask State C first") < page.index("Choose the words") < page.index("Why not more")


def test_trying_other_words_shows_what_is_in_the_way(client: Client) -> None:
    page = words_of(client.get("/", params={"say.plot": "target"}).text)

    assert "Too exact: a reader could work out too much." in page
    assert "would believe that it was got through cipher-read , up to 38% (limit 30%)" in page
    assert "Worth 8 of 10" in page


def test_a_piece_of_the_page_says_the_same_as_the_whole(client: Client) -> None:
    piece, whole = (client.get(place, params={"say.plot": "target"}).text for place in ("/try", "/"))

    meaning, start, pictures = piece.partition('<div id="figures"')
    assert meaning.strip() in whole
    assert (start + pictures).strip() in whole


def test_a_warning_beyond_the_limits_says_so_and_why_it_is_recommended_all_the_same() -> None:
    entrance = door(Desk(Working(name="ukraine", path=None, file=cases.open_shipped("ukraine"))), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        client.get(entrance.address)

        recommended, other = client.get("/").text, client.get("/?say.pretext=plan").text

    assert "It passes a limit. People are in danger, so it may go all the same once that is signed." in recommended
    assert "Too exact" not in recommended
    assert "Too exact: a reader could work out too much." in other


def test_marked_words_go_under_their_banner_each_after_its_mark(tmp_path: Path) -> None:
    file = marked_essay(tmp_path, "S//NF")
    with entered(file) as client:
        page = words_of(client.get("/?say.plot=warning").text)

    assert "SECRET//NOFORN" in page
    assert "(S//NF) A state-backed group" in page
    assert "may not have plot as warning , marked SECRET//NOFORN" in page


def test_words_that_nobody_has_marked_have_no_banner(tmp_path: Path) -> None:
    file = marked_essay(tmp_path, "")
    with entered(file) as client:
        page = words_of(client.get("/").text)

    assert "BANNER NOT KNOWN: something is not marked" in page
    assert "(not marked) A state-backed group" in page
    assert "the originator marks plot" in page


def test_a_search_that_takes_too_long_is_cut_short_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_NODES", 1)

    page = words_of(client.get("/").text)

    assert "The search for them was cut short: some are missing" in page


def test_withholding_everything_can_be_tried(client: Client) -> None:
    assert "Nothing is said, so nothing more is given away." in client.get("/", params={"say.plot": ""}).text


@pytest.mark.parametrize("name", cases.names())
def test_every_shipped_case_has_its_page(name: str) -> None:
    entrance = door(Desk(Working(name=name, path=None, file=cases.open_shipped(name))), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        client.get(entrance.address)

        page = client.get("/")

    assert page.status_code == 200
    assert "style=" not in page.text
    assert not re.search(r"<script(?! src)|\son\w+=", page.text)


def test_no_placement_reaches_any_page_but_the_file_itself(client: Client) -> None:
    assert "Communications Ministry" not in client.get("/").text
    assert "Communications Ministry" in client.get("/edit").text


def test_what_a_case_says_is_shown_as_text(client: Client) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
    text = cases.text_of("essay").replace(
        "title: X will sponsor", f"title: '{attack.replace(chr(39), chr(39) * 2)} X'\n#"
    )
    text = text.replace("text: A state-backed group plans", "text: </blockquote><b onclick=x>A group plans")
    assert client.post("/edit", data=form(client, text=text)).status_code == 303

    page = client.get("/").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b onclick" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("field", ["say.<script>alert(1)</script>", "say.plot"])
def test_what_an_address_says_is_shown_as_text(client: Client, field: str) -> None:
    answer = client.get("/", params={field: "<script>alert(1)</script>"})

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


# --- what it writes ----------------------------------------------------------------------------------------------


def test_a_choice_is_written_into_the_file_and_nothing_else_changes(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")
    path.chmod(0o640)

    answer = client.post("/choose", data=form(client, **{"say.plot": "warning"}))

    assert answer.status_code == 303
    assert path.read_text("utf-8") == before.replace("  claims: [plot]\n  by", "  claims: {plot: warning}\n  by")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert Path(f"{path}.previous").read_text("utf-8") == before
    assert "This is what the file proposes." in client.get("/").text


def test_a_choice_is_undone_and_made_again(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")
    client.post("/choose", data=form(client, **{"say.plot": "warning"}))
    after = path.read_text("utf-8")

    client.post("/step/undo", data=form(client))
    undone = path.read_text("utf-8")
    client.post("/step/redo", data=form(client))

    assert (undone, path.read_text("utf-8")) == (before, after)


def test_a_fault_is_told_at_its_place_and_what_was_typed_stays(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")
    typed = before.replace("key-desk: near", "key-dsk: near")

    answer = client.post("/edit", data=form(client, text=typed))

    assert answer.status_code == 422
    with pytest.raises(CaseFileError) as wrong:
        cases.read(typed, str(path))
    told = "".join(str(wrong.value).replace("`", "").split())
    assert told in "".join(words_of(answer.text).split())
    assert "key-dsk: near" in answer.text
    assert path.read_text("utf-8") == before


def test_a_change_on_disk_is_noticed_and_never_written_over(client: Client, path: Path) -> None:
    fields = form(client, text=cases.text_of("essay") + "# mine\n")
    path.write_text(cases.text_of("essay") + "# theirs\n", "utf-8")

    answer = client.post("/edit", data=fields)

    assert answer.status_code == 409
    assert "# mine" in answer.text
    assert "# theirs" in answer.text
    assert path.read_text("utf-8").endswith("# theirs\n")
    assert "The file has changed on disk." in client.get("/").text


def test_going_on_with_the_file_on_disk_can_be_undone_too(client: Client, path: Path) -> None:
    theirs = cases.text_of("essay") + "# theirs\n"
    path.write_text(theirs, "utf-8")

    client.post("/step/reload", data=form(client))

    assert "# theirs" in client.get("/edit").text
    client.post("/step/undo", data=form(client))
    assert path.read_text("utf-8") == cases.text_of("essay")


def test_a_form_of_an_older_page_changes_nothing(client: Client, path: Path) -> None:
    old = form(client, **{"say.plot": "target"})
    client.post("/choose", data=form(client, **{"say.plot": "warning"}))

    answer = client.post("/choose", data=old)

    assert answer.status_code == 409
    assert "plot: warning" in path.read_text("utf-8")


def test_nothing_chosen_is_no_proposal(client: Client, path: Path) -> None:
    before = path.read_bytes()

    answer = client.post("/choose", data=form(client, **{"say.plot": ""}))

    assert answer.status_code == 422
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_stays_whole(client: Client, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields, before = form(client, **{"say.plot": "warning"}), path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tearline.cases.working.os.fsync", full)
    answer = client.post("/choose", data=fields)

    assert answer.status_code == 422
    assert "no space left" in answer.text
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["mine.yaml"]


def test_a_shipped_case_is_changed_on_the_page_only() -> None:
    entrance = door(Desk(Working(name="essay", path=None, file=cases.open_shipped("essay"))), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        client.get(entrance.address)
        client.headers["origin"] = HERE

        client.post("/choose", data=form(client, **{"say.plot": "warning"}))

        assert "claims: {plot: warning}" in client.get("/case.yaml").text
    assert "claims: [plot]" in cases.text_of("essay")


# --- nothing else loads it ----------------------------------------------------------------------------------------


def test_only_the_command_that_opens_the_page_loads_it() -> None:
    code = (
        "import sys; from tearline.cli import run; run(['assess', 'essay', '--json']);"
        "sys.exit(any(name.split('.')[0] in ('litestar', 'jinja2', 'uvicorn') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.returncode == 0
