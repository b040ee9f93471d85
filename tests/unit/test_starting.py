"""Where a case begins on the page: by questions, from an example, as text; what is written, and where only."""

import re
import stat
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.working import Working, held
from tearline.cli import run
from tearline.errors import InputError
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.naming import named
from tearline.web.starting import PARTS

PORT = 8733
HERE = f"http://127.0.0.1:{PORT}"
GOOD = cases.text_of("essay")
BAD = GOOD.replace("key-desk: near", "key-dsk: near")
Client = TestClient[Any]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on which nothing lies; new files are made in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return Desk(None, folder)


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    """The browser that came in."""
    entrance = door(desk, PORT)
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.get(entrance.address)
        client.headers["origin"] = HERE
        client.follow_redirects = False
        yield client


def form(client: Client, **fields: str) -> dict[str, str]:
    """What every form of the page carries besides its own fields."""
    found = re.search(r'name="form_token" value="([^"]*)"', client.get("/start/examples").text)
    assert found
    return {"form_token": found[1], "keep": "file", "file": "case.yaml", **fields}


def step(client: Client, **fields: str) -> dict[str, str]:
    """What the editor carries."""
    page = client.get("/edit").text
    return {**dict(re.findall(r'name="(form_token|made_to|draft)" value="([^"]*)"', page)), **fields}


def made(desk: Desk) -> list[str]:
    """The files that were made."""
    return sorted(path.name for path in desk.folder.iterdir())


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- where one begins ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["/", "/try", "/edit", "/case.yaml", "/save"])
def test_without_a_case_every_page_leads_to_where_one_begins(client: Client, place: str) -> None:
    answer = client.get(place)

    assert (answer.status_code, answer.headers["location"]) == (303, "/start")


@pytest.mark.parametrize("place", ["/choose", "/edit", "/edit/aside", "/step/undo", "/save"])
def test_without_a_case_no_form_does_anything(client: Client, desk: Desk, place: str) -> None:
    answer = client.post(place, data=form(client, text=GOOD))

    assert (answer.status_code, answer.headers["location"]) == (303, "/start")
    assert (desk.opened, made(desk)) == (None, [])


def test_the_command_without_a_case_serves_an_empty_desk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[Desk] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tearline.web.serving.serve", lambda desk, port, tell: (served.append(desk), tell("here")))

    code = run(["open", "--no-browser"])

    assert code == 0
    assert [(desk.opened, desk.folder) for desk in served] == [(None, tmp_path)]
    assert "no file of yours" not in capsys.readouterr().err


@pytest.mark.parametrize("place", ["/start/questions", "/start/examples", "/start/text", "/start/let-go", "/save"])
def test_a_form_without_its_token_begins_nothing(client: Client, desk: Desk, place: str) -> None:
    fields = {**form(client, text=GOOD, example="essay"), "form_token": "x"}

    answer = client.post(place, data=fields)

    assert answer.status_code == 403
    assert (desk.opened, made(desk)) == (None, [])


@pytest.mark.parametrize("place", ["/start/questions", "/start/examples", "/start/text"])
def test_every_form_carries_the_token(client: Client, place: str) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", client.get(place).text, re.DOTALL)

    assert forms
    assert all('name="form_token"' in each for each in forms)


# --- by questions -------------------------------------------------------------------------------------------------


def test_every_question_of_the_interview_is_asked_once(client: Client) -> None:
    page = words_of(client.get("/start/questions").text)

    assert sorted(key for keys in PARTS.values() for key in keys) == sorted(q.key for q in cases.QUESTIONS)
    for question in cases.QUESTIONS:
        assert page.count(question.text) == 1
        assert question.hint in page
        assert all(choice in page for choice in question.choices)
        assert question.choices or not question.default or f"Left empty: “{question.default}”" in page


def test_no_answer_at_all_begins_the_case_of_all_defaults(client: Client, desk: Desk) -> None:
    answer = client.post("/start/questions", data=form(client))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (desk.folder / "case.yaml").read_text("utf-8") == cases.compose({})
    assert stat.S_IMODE((desk.folder / "case.yaml").stat().st_mode) == 0o600
    assert "What may the recipient be told?" in words_of(client.get("/").text)


def test_answers_lead_to_the_same_case_as_on_the_command_line(client: Client, desk: Desk) -> None:
    answers = {"recipient": "State B", "hostile": "X", "kind": "signals", "partners": "C, D", "known": "3, 40"}

    client.post("/start/questions", data=form(client, **{f"answer.{key}": said for key, said in answers.items()}))

    assert (desk.folder / "case.yaml").read_text("utf-8") == cases.compose(answers)


def test_a_wrong_answer_is_told_beside_its_question_and_nothing_typed_is_lost(client: Client, desk: Desk) -> None:
    fields = {"answer.us": 'Our "own" & <b>', "answer.known": "many", "answer.kind": "psychic"}

    answer = client.post("/start/questions", data=form(client, **fields))

    assert answer.status_code == 422
    known = next(q for q in cases.QUESTIONS if q.key == "known")
    told = cases.fault_in(known, "many").replace("`", "")
    assert told.replace(" ", "") in words_of(answer.text.split('id="q-known-fault"')[1]).replace(" ", "")
    assert 'href="#q-known"' in answer.text
    assert 'href="#q-kind"' in answer.text
    assert 'value="Our &#34;own&#34; &amp; &lt;b&gt;"' in answer.text
    assert (desk.opened, made(desk)) == (None, [])


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "\"'>\x1b[2J\x00 : # {", "\r\nus: X\r\n- &a *b"])
def test_whatever_is_answered_stays_an_answer(client: Client, desk: Desk, attack: str) -> None:
    fields = {
        f"answer.{key}": attack for key in ("us", "recipient", "hostile", "partners", "exact", "vague", "silence")
    }

    answer = client.post("/start/questions", data=form(client, **fields))

    assert answer.status_code == 303
    assert desk.working.problems == ()
    assert "<script>alert" not in client.get("/").text


def test_a_case_may_be_kept_in_memory_only(client: Client, desk: Desk) -> None:
    client.post("/start/questions", data=form(client, keep="memory", file="../never.yaml"))

    assert made(desk) == []
    assert desk.working.path is None
    assert desk.working.text == cases.compose({})


# --- where it is written ------------------------------------------------------------------------------------------


PATHS = ["../x.yaml", "/tmp/x.yaml", "a/b.yaml", "a\\b.yaml", "C:x.yaml", "~.yaml", "$HOME.yaml"]
OTHERS = ["", " ", ".hidden.yaml", "x", "x.py", "x.yaml.draft", "-x.yaml", "é" * 60 + ".yaml"]
UNSEEN = ["x\x00.yaml", "x\n.yaml", "\u202elmay.yaml"]


@pytest.mark.parametrize("name", [*PATHS, *OTHERS, *UNSEEN])
def test_a_name_that_is_more_than_a_plain_name_is_refused(client: Client, desk: Desk, name: str) -> None:
    questions = client.post("/start/questions", data=form(client, file=name))
    text = client.post("/start/text", data=form(client, file=name, text=GOOD))

    assert (questions.status_code, text.status_code) == (422, 422)
    assert 'id="file-fault"' in questions.text
    assert (desk.opened, made(desk)) == (None, [])
    assert not list(desk.folder.parent.glob("*.yaml"))


@pytest.mark.parametrize("name", ["case.yaml", "Fall 7.yml", "köln-2.yaml", "a_(b).yaml", "x..yaml"])
def test_a_plain_name_lies_in_the_folder(tmp_path: Path, name: str) -> None:
    assert named(name, tmp_path) == tmp_path / name


def test_what_is_there_is_never_written_over(client: Client, desk: Desk) -> None:
    (desk.folder / "case.yaml").write_text("theirs", "utf-8")
    (desk.folder / "link.yaml").symlink_to(desk.folder.parent / "elsewhere.yaml")

    there = client.post("/start/questions", data=form(client))
    link = client.post("/start/text", data=form(client, file="link.yaml", text=GOOD))

    assert (there.status_code, link.status_code) == (422, 422)
    assert "nothing was overwritten" in there.text
    assert (desk.folder / "case.yaml").read_text("utf-8") == "theirs"
    assert not (desk.folder.parent / "elsewhere.yaml").exists()
    assert desk.opened is None


def test_a_folder_that_is_gone_is_said_and_the_answers_stay(client: Client, desk: Desk) -> None:
    desk.folder.rmdir()

    answer = client.post("/start/questions", data=form(client, **{"answer.us": "we alone"}))

    assert answer.status_code == 422
    assert "cannot be written" in answer.text
    assert "we alone" in answer.text


# --- from an example ----------------------------------------------------------------------------------------------


def test_every_example_is_listed_with_what_it_is_about(client: Client) -> None:
    page = words_of(client.get("/start/examples").text)

    for name in cases.names():
        assert cases.open_shipped(name).case.title in page
        assert cases.about(name) in page
    assert page.index("Open essay") < page.index("Open alert")


def test_an_example_is_changed_in_memory_and_saved_as_a_file_of_its_own(client: Client, desk: Desk) -> None:
    client.post("/start/examples", data=form(client, example="essay"))
    client.post("/choose", data=step(client, **{"say.plot": "warning"}))
    assert made(desk) == []
    assert 'value="essay.yaml"' in client.get("/save").text

    answer = client.post("/save", data=form(client, file="own.yaml"))

    assert answer.status_code == 303
    assert "claims: {plot: warning}" in (desk.folder / "own.yaml").read_text("utf-8")
    client.post("/step/undo", data=step(client))
    assert (desk.folder / "own.yaml").read_text("utf-8") == GOOD


def test_what_is_a_file_already_is_not_saved_as_another(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=GOOD))

    answer = client.post("/save", data=form(client, file="other.yaml"))

    assert answer.headers["location"] == "/"
    assert made(desk) == ["case.yaml"]


def test_saving_over_a_file_is_refused(client: Client, desk: Desk) -> None:
    client.post("/start/examples", data=form(client, example="essay"))
    (desk.folder / "own.yaml").write_text("theirs", "utf-8")

    answer = client.post("/save", data=form(client, file="own.yaml"))

    assert answer.status_code == 422
    assert "nothing was overwritten" in answer.text
    assert (desk.folder / "own.yaml").read_text("utf-8") == "theirs"
    assert desk.working.path is None


@pytest.mark.parametrize("name", ["", "../essay", "nowhere", "<script>alert(1)</script>"])
def test_an_example_that_there_is_not_is_said(client: Client, desk: Desk, name: str) -> None:
    answer = client.post("/start/examples", data=form(client, example=name))

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert desk.opened is None


# --- as text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.TEMPLATES)
def test_a_template_can_be_begun_with(client: Client, name: str) -> None:
    page = client.get(f"/start/text?template={name}").text

    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    assert unescape(found[1]) == cases.template(name)


def test_a_template_that_there_is_not_is_said(client: Client) -> None:
    assert client.get("/start/text?template=../x").status_code == 422


def test_a_text_with_faults_is_begun_and_opens_in_the_editor(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=BAD))

    assert (desk.folder / "case.yaml").read_text("utf-8") == BAD
    assert client.get("/").headers["location"] == "/edit"
    assert "key-dsk" in client.get("/edit").text
    client.post("/edit", data=step(client, text=GOOD))
    assert client.get("/").status_code == 200


def test_a_pasted_text_has_the_ends_of_line_of_a_file(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=GOOD.replace("\n", "\r\n")))

    assert (desk.folder / "case.yaml").read_bytes() == GOOD.encode()


@pytest.mark.parametrize("text", ["", " \r\n ", "x" * 5_000_000])
def test_nothing_and_too_much_are_no_beginning(client: Client, desk: Desk, text: str) -> None:
    answer = client.post("/start/text", data=form(client, text=text))

    assert answer.status_code == 422
    assert made(desk) == []


def test_a_text_with_faults_in_memory_can_be_saved_as_it_is(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=BAD, keep="memory"))

    client.post("/save", data=form(client, file="later.yaml"))

    assert (desk.folder / "later.yaml").read_text("utf-8") == BAD
    assert client.get("/").headers["location"] == "/edit"


# --- another one --------------------------------------------------------------------------------------------------

BEGINNINGS: dict[str, Callable[[Client], Any]] = {
    "questions": lambda client: client.post("/start/questions", data=form(client, **{"answer.us": "we alone"})),
    "example": lambda client: client.post("/start/examples", data=form(client, example="iraq")),
    "text": lambda client: client.post("/start/text", data=form(client, text=GOOD)),
}


@pytest.mark.parametrize("begin", BEGINNINGS.values(), ids=BEGINNINGS)
def test_what_lies_nowhere_on_disk_is_not_lost_by_beginning_another(
    client: Client, desk: Desk, begin: Callable[[Client], Any]
) -> None:
    client.post("/start/examples", data=form(client, example="essay"))
    client.post("/choose", data=step(client, **{"say.plot": "warning"}))

    refused = begin(client)

    assert refused.status_code == 409
    assert "something of it lies nowhere on disk" in refused.text
    assert "claims: {plot: warning}" in desk.working.text
    assert made(desk) == []
    client.post("/start/let-go", data=form(client))
    assert begin(client).status_code == 303


def test_a_case_begun_in_memory_that_nobody_changed_is_not_lost_either(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=BAD, keep="memory"))

    refused = client.post("/start/examples", data=form(client, example="essay"))

    assert refused.status_code == 409
    assert desk.working.text == BAD


def test_a_file_stays_and_makes_room(client: Client, desk: Desk) -> None:
    client.post("/start/text", data=form(client, text=GOOD))

    client.post("/start/examples", data=form(client, example="iraq"))

    assert desk.working.name == "iraq"
    assert (desk.folder / "case.yaml").read_text("utf-8") == GOOD


def test_a_form_of_the_case_that_lay_here_before_changes_nothing(client: Client, desk: Desk) -> None:
    client.post("/start/examples", data=form(client, example="iraq"))
    old = step(client, **{"say.plot": "warning"})
    client.post("/start/text", data=form(client, text=GOOD))

    answer = client.post("/choose", data=old)

    assert answer.status_code == 409
    assert desk.working.text == GOOD


def test_a_new_file_whose_name_is_taken_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()

    with pytest.raises(InputError, match="there is one already"):
        Working.new(tmp_path / "x.yaml", GOOD)

    assert held(GOOD, "x", None)
