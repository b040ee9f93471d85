"""What the page of a case draws and counts: the figures of the answer, every picture explained, banners in colour."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.assess import assess
from tearline.assess.what_if import what_if
from tearline.cases.working import Working
from tearline.domain import ClaimId, VersionId
from tearline.domain.estimative import percent_down, percent_up, percents
from tearline.exchange.answer import encode
from tearline.markings.colours import Colour
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.marking import class_of
from tearline.web.views import ladders

PORT = 8733
Client = TestClient[Any]
Answer = dict[str, Any]


@contextmanager
def entered(name: str) -> Iterator[Client]:
    """A browser on the page of a shipped case."""
    entrance = door(Desk(Working(name=name, path=None, file=cases.open_shipped(name))), PORT)
    with TestClient(entrance, base_url=f"http://127.0.0.1:{PORT}") as client:
        client.get(entrance.address)
        yield client


class Tables(HTMLParser):
    """The tables of a page by their labels, cell by cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "div" and said.get("class") == "scroll":
            self._rows = self.found.setdefault(said["aria-label"] or "", [])
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._in_cell = True
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self._rows[-1][-1] += data


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def as_shown(line: Answer) -> tuple[str, str, str]:
    """What a table says of a line of the answer: before, with these words, and the limit."""
    edge = {"crowd": "lo", "investigation": "hi"}.get(line["gate"])
    if edge:
        before, after = (f"{line[when][edge]:,.0f}" for when in ("before", "after"))
        return before, after, f"{line['allowed']:,.0f}"
    before, after = (percents(line[when]["lo"], line[when]["hi"]) for when in ("before", "after"))
    return before, after, percent_down(line["allowed"])


@pytest.mark.parametrize("name", cases.names())
def test_every_figure_of_the_page_is_one_of_the_answer(name: str) -> None:
    file = cases.open_shipped(name)
    found = assess(file.case, assumed=[f"{a.path}: {a.what}" for a in file.assumed])
    answer: Answer = json.loads(encode(found))["house_only"]
    labels = {party.id: party.label for party in file.case.parties}
    with entered(name) as client:
        page = client.get("/").text

    tables = Tables(page).found
    for reader in answer["readers"]:
        own = [
            rows for label, rows in tables.items() if label[:10] == "Limits for" and labels[reader["party"]] in label
        ]
        shown = {(row[1], row[2], row[4]) for rows in own for row in rows[1:]}
        assert own or reader["knows_already"], reader["party"]
        assert not own or {as_shown(line) for line in reader["lines"]} <= shown
        ways = {
            row[0].removesuffix(" (hostile)"): row for row in tables["Who would come to read it, as a table (1)"][1:]
        }
        assert ways[labels[reader["party"]]][3] == percents(reader["gets"]["lo"], reader["gets"]["hi"])
    text = answer["tearline"]
    assert f"{text['value']:g} of {text['held']:g}" in words_of(page)


@pytest.mark.parametrize("name", cases.names())
def test_every_picture_is_explained_with_what_it_cannot_say(root: Path, name: str) -> None:
    told = (root / "docs/explanation/reading-the-pictures.md").read_text("utf-8")
    explained = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL))
    with entered(name) as client:
        page = client.get("/").text

    titles = re.findall(r"<figcaption><h3>(.*?)</h3>", page)
    assert titles
    assert all("*Not said:*" in explained.get(title, "") for title in titles)


def test_every_picture_has_its_tables(root: Path) -> None:
    with entered("essay") as client:
        page = client.get("/").text

    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 5
    assert all("<table>" in figure and "<svg" in figure for figure in figures)


def test_pictures_follow_the_words_that_are_tried() -> None:
    with entered("essay") as client:
        warning, exact = (client.get("/try", params={"say.plot": each}).text for each in ("warning", "exact"))

    assert "Now: plot as warning" in warning
    assert "Now: plot as exact" in exact
    assert 'hx-swap-oob="true"' in exact or "htmx" not in exact


def test_what_was_spent_before_is_shown_limit_by_limit() -> None:
    with entered("essay") as client:
        tables = Tables(client.get("/").text).found

    used = {row[0]: row[1:] for row in tables["What was spent before, as a table (1)"][1:]}
    line = next(
        line
        for reader in assess(cases.open_shipped("essay").case).readers
        for line in reader.lines
        if reader.listener.party.id == "X" and line.about == "channel:cipher-read"
    )
    assert used["that it was got through cipher-read"] == [percent_up(line.used_before), percent_up(line.used)]


def test_what_to_do_now_stands_in_its_order() -> None:
    with entered("oval-office") as client:
        page = words_of(client.get("/").text)

    order = ["Ask Israel, in the words that stand below.", "See to it that", "Once Israel has agreed, tell Russia"]
    places = [page.index(each) for each in order]
    assert places == sorted(places)


def test_after_a_refusal_nothing_is_to_be_told() -> None:
    with entered("iraq") as client:
        page = words_of(client.get("/").text)

    assert "Tell Security Council nothing." in page
    assert "Apply the recommended words" not in page


def test_the_first_safe_day_of_each_wording_is_shown() -> None:
    with entered("video") as client:
        page = client.get("/").text

    days = {row[0]: row[1] for row in Tables(page).found["The first day on which each wording is safe"][1:]}
    assert days == {
        "video as file": "8 September 2007",
        "video as words": "8 September 2007",
        "video as appears": "today",
        "video as coming": "today",
    }


def test_a_better_way_through_somebody_else_is_named() -> None:
    with entered("liaison") as client:
        page = words_of(client.get("/").text)

    assert "hand it to State B through service, station, which has a better record" in page.split("Through whom")[1]


# --- banners ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colour", Colour)
def test_every_banner_has_its_colour_in_the_style_sheet(root: Path, colour: Colour) -> None:
    sheet = (root / "src/tearline/web/static/tearline.css").read_text("utf-8")

    rule = f".{class_of(colour)} {{ background: {colour.background.lower()}; color: {colour.text.lower()}; }}"
    assert rule in sheet


# --- the certificate ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["essay", "oval-office", "ukraine"])
def test_the_certificate_is_that_of_the_answer(name: str) -> None:
    answer = json.loads(encode(assess(cases.open_shipped(name).case, replayed=True)))["house_only"]
    with entered(name) as client:
        page, taken = client.get("/certificate").text, client.get("/certificate.json")

    certificate = json.loads(taken.text)
    assert certificate["replay"] == answer["replay"]
    assert certificate["words"] == [said["text"] for said in answer["tearline"]["said"] if said["version"]]
    assert certificate["case_digest"] == hashlib.sha256(cases.text_of(name).encode()).hexdigest()
    assert hashlib.sha256(taken.content).hexdigest() in page
    assert "attachment" in taken.headers["content-disposition"]


def test_once_worked_out_the_certificate_stands_on_the_page() -> None:
    with entered("essay") as client:
        before = words_of(client.get("/").text)
        client.get("/certificate")
        after = words_of(client.get("/").text)

    assert "Work it out" in before
    assert "Work it out" not in after
    assert "The choice of words gives nothing away, even to a reader who knows how it is made." in after


def test_where_nothing_goes_there_is_nothing_to_certify() -> None:
    with entered("iraq") as client:
        page, taken = client.get("/certificate"), client.get("/certificate.json")

    assert "there is nothing to certify" in page.text
    assert taken.status_code == 404


# --- the ladders ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["essay", "iraq", "liaison", "oval-office", "ukraine"])
def test_what_is_marked_as_not_passing_does_not_pass(name: str) -> None:
    case = cases.open_shipped(name).case
    found = assess(case)
    text = found.tearline.versions

    barred = [
        (ClaimId(ladder.claim), VersionId(rung.version))
        for ladder in ladders(found, text)
        for rung in ladder.rungs
        if rung.barred
    ]

    assert barred
    assert all(what_if(case, {**text, claim: version}).stopped for claim, version in barred)
    assert all(text.get(claim) != version for claim, version in barred)
