"""A report pasted into the page: sentence by sentence, what is taken and what is not, and the case that follows."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases, drafting
from tearline.web.app import door
from tearline.web.desk import Desk

PORT = 8734
HERE = f"http://127.0.0.1:{PORT}"
REPORT = (
    "A ship with 47 men left the port on 3 November 2026 at 14:20. Our source overheard the captain.\n"
    "They carried the crates ashore."
)
Client = TestClient[Any]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on which nothing lies."""
    return Desk(None, tmp_path)


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    """The browser that came in."""
    entrance = door(desk, PORT)
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.get(entrance.address)
        client.headers["origin"] = HERE
        client.follow_redirects = False
        yield client


def token(client: Client) -> str:
    """What every form carries."""
    found = re.search(r'name="form_token" value="([^"]*)"', client.get("/start/report").text)
    assert found
    return found[1]


def looked_at(client: Client, report: str = REPORT, **fields: str) -> Any:
    """The page on which the report stands sentence by sentence."""
    return client.post("/start/report", data={"form_token": token(client), "report": report, **fields})


def filled(page: str, **fields: str) -> dict[str, str]:
    """What the browser would send of a page: hidden fields, ticks that are set, the report; and what is added."""
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    ticked = re.findall(r'<input type="checkbox" name="([^"]*)" value="1" checked', page)
    report = re.search(r'<textarea class="prose" id="report"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert report
    sent = {**dict(hidden), **dict.fromkeys(ticked, "1"), "report": unescape(report[1]).replace("\n", "\r\n")}
    return {**sent, "file": "case.yaml", "act": "begin", **fields}


def test_a_report_is_shown_sentence_by_sentence_with_what_is_proposed(client: Client) -> None:
    page = unescape(looked_at(client).text)

    for claim in drafting.drafted(REPORT):
        assert claim.text in page
        assert all(vaguer.text in page for vaguer in claim.vaguer)
        assert all(f"“{telltale.words}”" in page for telltale in claim.telltales)
    assert any(claim.vaguer for claim in drafting.drafted(REPORT))
    assert any(claim.telltales for claim in drafting.drafted(REPORT))


def test_nothing_is_taken_that_nobody_ticked(client: Client, desk: Desk) -> None:
    answer = client.post("/start/report", data=filled(looked_at(client).text))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert desk.working.text == drafting.draft(REPORT)
    assert all(len(claim.versions) == 1 for claim in desk.case.claims)
    # Sentences that may go under no limit at all are on the page too.
    assert "more than any limit" in client.get("/").text


def test_what_was_ticked_and_written_become_versions(client: Client, desk: Desk) -> None:
    page = looked_at(client).text
    key = next(re.finditer(r'name="take\.([0-9-]+)\.0"', page))[1]

    client.post("/start/report", data=filled(page, **{f"take.{key}.0": "1", f"own.{key}": "A ship left."}))

    texts = [version.text for version in desk.case.claims[0].versions]
    assert texts == [drafting.drafted(REPORT)[0].text, drafting.drafted(REPORT)[0].vaguer[0].text, "A ship left."]


def test_a_sentence_that_is_not_kept_is_no_claim(client: Client, desk: Desk) -> None:
    fields = filled(looked_at(client).text)
    del fields[next(key for key in fields if key.startswith("claim."))]

    client.post("/start/report", data=fields)

    assert len(desk.case.claims) == len(drafting.drafted(REPORT)) - 1
    assert "47 men" not in desk.working.text


def test_further_words_become_a_claim_however_lines_are_broken(client: Client, desk: Desk) -> None:
    page = client.post(
        "/start/report", data=filled(looked_at(client).text, act="add", words="overheard  the captain. They carried")
    ).text

    client.post("/start/report", data=filled(page))

    assert [claim.versions[0].text for claim in desk.case.claims][2] == "overheard the captain. They carried"


@pytest.mark.parametrize("words", ["", "nowhere in it", "<script>alert(1)</script>", "(.*"])
def test_words_that_the_report_does_not_hold_are_no_claim(client: Client, words: str) -> None:
    answer = client.post("/start/report", data=filled(looked_at(client).text, act="add", words=words))

    assert answer.status_code == 422
    assert 'id="words-fault"' in answer.text
    assert "<script>alert" not in answer.text


def test_words_that_were_typed_and_not_added_are_not_lost(client: Client, desk: Desk) -> None:
    answer = client.post("/start/report", data=filled(looked_at(client).text, words="the crates"))

    assert answer.status_code == 422
    assert 'value="the crates"' in answer.text
    assert desk.opened is None


def test_a_wrong_answer_keeps_what_was_ticked(client: Client, desk: Desk) -> None:
    page = looked_at(client).text
    key = next(re.finditer(r'name="take\.([0-9-]+)\.0"', page))[1]

    answer = client.post(
        "/start/report", data=filled(page, **{f"take.{key}.0": "1", "answer.kind": "psychic", "file": "../x"})
    )

    assert answer.status_code == 422
    assert f'name="take.{key}.0" value="1" checked' in answer.text
    assert 'href="#q-kind"' in answer.text
    assert 'id="file-fault"' in answer.text
    assert desk.opened is None


@pytest.mark.parametrize("key", ["span.0-999999", "span.5-5", "span.9-3"])
def test_a_stretch_that_is_none_is_said(client: Client, desk: Desk, key: str) -> None:
    answer = client.post("/start/report", data=filled(looked_at(client).text, **{key: "1"}))

    assert answer.status_code == 422
    assert desk.opened is None


@pytest.mark.parametrize(("report", "written"), [("", ""), ("  ", ""), (REPORT, "yesterday")])
def test_nothing_to_look_at_and_no_day_are_said(client: Client, report: str, written: str) -> None:
    answer = looked_at(client, report, written=written)

    assert answer.status_code == 422
    assert 'id="written-fault"' in answer.text or 'id="report-fault"' in answer.text


def test_a_report_is_shown_as_text(client: Client) -> None:
    page = looked_at(client, "The man said </textarea><script>alert(1)</script> to 'us' twice.").text

    assert "<script>alert" not in page


def test_a_form_without_its_token_looks_at_nothing(client: Client, desk: Desk) -> None:
    answer = client.post("/start/report", data={"form_token": "x", "report": REPORT})

    assert answer.status_code == 403
    assert desk.opened is None


def test_every_question_that_a_report_leaves_open_is_asked(client: Client) -> None:
    page = unescape(looked_at(client).text)

    assert all(question.text in page for question in cases.QUESTIONS if question.key not in ("exact", "vague", "known"))
