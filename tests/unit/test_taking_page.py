"""Taking along from the page: each paper as the command makes it, and none that may not be made."""

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pypdf
import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.working import Working
from tearline.paper import Kind, Paper, written
from tearline.taking import taken
from tearline.web import taking_page
from tearline.web.app import door
from tearline.web.desk import Desk

PORT = 8733
Client = TestClient[Any]
Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record of whoever runs the tests is not looked at."""
    monkeypatch.setenv("TEARLINE_RECORD", str(tmp_path / "none.db"))


@pytest.fixture
def enter(tmp_path: Path) -> Iterator[Enter]:
    """Come in to a shipped case as a file."""
    with ExitStack() as stack:

        def come_in(name: str) -> Client:
            file = tmp_path / "agent-falcon.yaml"
            file.write_text(cases.text_of(name), "utf-8")
            entrance = door(Desk(Working.on(str(file), cases.load(file))), PORT)
            client = TestClient(entrance, base_url=f"http://127.0.0.1:{PORT}", raise_server_exceptions=False)
            stack.enter_context(client).get(entrance.address)
            return client

        yield come_in


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("paper", [Paper.SUBMISSION, Paper.CARD])
def test_a_paper_is_the_one_that_the_command_writes(enter: Enter, paper: Paper, kind: Kind) -> None:
    found = enter("essay").get(f"/take/{paper.value}.{kind.value}")

    now = dt.datetime.now(dt.UTC)
    expected = taken(cases.open_shipped("essay"), paper, path=None, record=None, at=now).paper
    assert expected is not None
    assert found.status_code == 200
    assert found.content == written(expected, kind)
    assert found.headers["content-disposition"] == f'attachment; filename="{paper.value}.{kind.value}"'


def test_what_somebody_must_be_asked_for_first_is_no_tearline_yet(enter: Enter) -> None:
    client = enter("essay")

    page, found = client.get("/take").text, client.get("/take/tearline.pdf")

    assert "State C must be asked first" in page
    assert "/take/tearline." not in page
    assert found.status_code == 422
    assert "A state-backed group" not in found.text


def test_what_may_go_is_a_draft_until_it_is_on_record(enter: Enter) -> None:
    client = enter("gordievsky")

    page = client.get("/take").text
    words = pypdf.PdfReader(io.BytesIO(client.get("/take/tearline.pdf").content)).pages[0].extract_text()
    paper = json.loads(client.get("/take/tearline.json").content)

    assert "a draft, for nothing is on record" in page
    assert page.count("may leave the house") == 1  # the card
    assert "draft" in words.lower()
    assert "agent-falcon" not in words + json.dumps(paper)


def test_a_paper_is_never_called_after_the_case(enter: Enter) -> None:
    client = enter("gordievsky")

    names = [client.get(f"/take/tearline.{kind.value}").headers["content-disposition"] for kind in Kind]

    assert not any("falcon" in name for name in names)


@pytest.mark.parametrize("name", ["", "tearline", "tearline.exe", "../case.pdf", "nothing.pdf", "tearline.pdf.exe"])
def test_what_is_no_paper_is_not_there(enter: Enter, name: str) -> None:
    found = enter("essay").get(f"/take/{name}")

    assert found.status_code == 404 if name else found.status_code == 200


def test_without_typst_no_pdf_is_offered_and_all_else_is(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("essay")
    monkeypatch.setattr(taking_page.importlib.util, "find_spec", lambda _: None)

    page = client.get("/take").text

    assert "/take/card.pdf" not in page
    assert "/take/card.md" in page
    assert "tearline[paper]" in page
