"""The interface for programs: the same answers as on the command line, the same care for the file."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.assess import assess
from tearline.assess.frontiers import frontier
from tearline.assess.what_if import what_if
from tearline.cases.working import Working
from tearline.domain import ClaimId, VersionId
from tearline.exchange import answer, explanation
from tearline.web.app import door
from tearline.web.desk import Desk

PORT = 8732
HERE = f"http://127.0.0.1:{PORT}"
Client = TestClient[Any]

READ = ("/api/answer", "/api/frontier", "/api/file", "/api/openapi.json")
CHANGING = (("PUT", "/api/file"), ("POST", "/api/choose"), ("POST", "/api/undo"), ("POST", "/api/redo"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The worked example as a file."""
    file = tmp_path / "mine.yaml"
    file.write_text(cases.text_of("essay"), "utf-8")
    return file


@pytest.fixture
def stranger(path: Path) -> Iterator[Client]:
    """A program that has not come in."""
    entrance = door(Desk(Working.on(str(path), cases.load(path))), PORT)
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.entrance = entrance.address  # type: ignore[attr-defined]
        yield client


@pytest.fixture
def client(stranger: Client) -> Client:
    """A program that came in by the printed address, and names it as the origin."""
    stranger.get(stranger.entrance)  # type: ignore[attr-defined]
    stranger.headers["origin"] = HERE
    return stranger


def made_to(client: Client) -> str:
    """What stands for the text of the file."""
    return str(client.get("/api/file").json()["made_to"])


# --- to read ---------------------------------------------------------------------------------------------------


def test_the_answer_is_that_of_the_command_line(client: Client) -> None:
    found = client.get("/api/answer")

    file = cases.open_shipped("essay")
    expected = answer.encode(assess(file.case, assumed=[f"{a.path}: {a.what}" for a in file.assumed]))
    assert found.status_code == 200
    assert found.json() == json.loads(expected)


def test_the_frontier_is_that_of_the_command_line(client: Client) -> None:
    found = client.get("/api/frontier")

    assert found.json() == json.loads(explanation.encode_frontier(frontier(cases.open_shipped("essay").case)))


def test_other_words_are_tried_and_nothing_is_changed(client: Client, path: Path) -> None:
    before = path.read_bytes()

    found = client.post("/api/try", json={"say": {"plot": "target"}}).json()["house_only"]

    expected = what_if(cases.open_shipped("essay").case, {ClaimId("plot"): VersionId("target")})
    assert found["value"] == expected.value
    assert found["stopped"] is expected.stopped
    assert [b["limit"] for b in found["breaches"]] == [b.limit for b in expected.breaches]
    assert path.read_bytes() == before


def test_words_that_there_are_not_are_named(client: Client) -> None:
    found = client.post("/api/try", json={"say": {"plot": "nowhere"}})

    assert found.status_code == 422
    assert "no version `nowhere` of `plot`" in found.json()["faults"][0]["message"]


# --- to change -------------------------------------------------------------------------------------------------


def test_words_are_chosen_taken_back_and_chosen_again(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")

    chosen = client.post("/api/choose", json={"say": {"plot": "warning"}, "made_to": made_to(client)}).json()
    after = path.read_text("utf-8")
    undone = client.post("/api/undo", json={"made_to": chosen["made_to"]}).json()
    at_first = path.read_text("utf-8")
    client.post("/api/redo", json={"made_to": undone["made_to"]})

    assert after == chosen["text"] != before
    assert at_first == undone["text"] == before
    assert path.read_text("utf-8") == after


def test_a_text_is_put_in_the_place_of_the_file(client: Client, path: Path) -> None:
    text = path.read_text("utf-8") + "# more\n"

    state = client.put("/api/file", json={"text": text, "made_to": made_to(client)})

    assert state.status_code == 200
    assert state.json()["can_undo"] is True
    assert path.read_text("utf-8") == text


def test_a_text_that_is_no_case_is_refused_with_every_fault_in_its_place(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")

    found = client.put("/api/file", json={"text": f"{before}\nnonsense: 1\n", "made_to": made_to(client)})

    assert found.status_code == 422
    fault = found.json()["faults"][0]
    assert fault["line"] == before.count("\n") + 2
    assert "nonsense" in fault["message"] + fault["path"]
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize("place", ["/api/answer", "/api/frontier"])
def test_of_a_file_that_is_no_case_the_faults_are_told_and_nothing_is_answered(
    client: Client, path: Path, place: str
) -> None:
    text = path.read_text("utf-8").replace("key-desk: near", "key-dsk: near")
    path.write_text(text, "utf-8")
    token = re.search(r'name="form_token" value="([^"]*)"', client.get("/edit").text)
    assert token
    client.post("/step/reload", data={"form_token": token[1]})

    found = client.get(place)

    assert found.status_code == 422
    assert "key-dsk" in found.json()["faults"][0]["message"]
    assert client.get("/api/file").json()["text"] == text


def test_what_was_changed_meanwhile_is_not_written_over(client: Client, path: Path) -> None:
    seen = made_to(client)
    theirs = path.read_text("utf-8") + "# theirs\n"
    path.write_text(theirs, "utf-8")

    found = client.put("/api/file", json={"text": cases.text_of("arar"), "made_to": seen})

    assert found.status_code == 409
    assert path.read_text("utf-8") == theirs


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"say": 1, "made_to": ""}', b'{"say": {}, "made_to": "", "and": 1}']
)
def test_what_cannot_be_read_is_told_and_changes_nothing(client: Client, path: Path, body: bytes) -> None:
    before = path.read_bytes()

    found = client.post("/api/choose", content=body, headers={"content-type": "application/json"})

    assert found.status_code == 400
    assert found.json()["faults"][0]["message"]
    assert path.read_bytes() == before


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", READ)
def test_no_program_gets_in_without_the_address(stranger: Client, place: str) -> None:
    found = stranger.get(place)

    assert found.status_code == 401
    assert "plot" not in found.text


@pytest.mark.parametrize(("method", "place"), CHANGING)
@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
def test_nothing_is_changed_for_another_site(
    client: Client, path: Path, method: str, place: str, origin: str | None
) -> None:
    before, body = path.read_bytes(), {"made_to": made_to(client), "say": {}, "text": "us: x"}
    del client.headers["origin"]
    headers = {} if origin is None else {"origin": origin}

    found = client.request(method, place, json=body, headers=headers)

    assert found.status_code == 403
    assert path.read_bytes() == before


# --- the description ---------------------------------------------------------------------------------------------


def test_the_description_names_every_address_of_the_interface_and_no_page(client: Client) -> None:
    described = client.get("/api/openapi.json").json()["paths"]

    assert sorted(described) == [
        f"/api/{name}" for name in ("answer", "choose", "file", "frontier", "redo", "try", "undo")
    ]
    assert all("description" in how for ways in described.values() for how in ways.values())


@pytest.mark.parametrize("name", ["answer", "frontier", "file"])
def test_what_is_answered_has_the_shape_that_is_described(client: Client, name: str) -> None:
    described = client.get("/api/openapi.json").json()
    content = described["paths"][f"/api/{name}"]["get"]["responses"]["200"]["content"]
    shape = next(iter(content.values()))["schema"]

    jsonschema.Draft202012Validator({**shape, "components": described["components"]}).validate(
        client.get(f"/api/{name}").json()
    )
