"""The card as a page: it holds what the command prints, on two papers, and the one that is carried tells nothing."""

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.assess import card_phrases as told
from tearline.assess.card import DO_NOT_SAY, Card, Clearance, card
from tearline.cases.working import Working
from tearline.exchange.card import number
from tearline.web.app import door
from tearline.web.desk import Desk

PORT = 8732
Client = TestClient[Any]


@contextmanager
def entered(working: Working) -> Iterator[Client]:
    """A browser that has come in."""
    entrance = door(Desk(working), PORT)
    with TestClient(entrance, base_url=f"http://127.0.0.1:{PORT}") as client:
        client.get(entrance.address)
        yield client


def shipped(name: str) -> Working:
    """A shipped case, worked on in memory."""
    return Working(name=name, path=None, file=cases.open_shipped(name))


@functools.cache
def card_of(name: str) -> Card:
    """The card of a shipped case."""
    return card(cases.open_shipped(name).case)


def words_of(page: str) -> str:
    """What the main part of a page says, without its tags."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "<" + main)).replace("`", "").split())


def carried(page: str) -> str:
    """What the card that is carried says."""
    part = page.partition('<section class="carried"')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "<" + part)).split())


def in_one_line(text: str) -> str:
    """As a page writes it."""
    return " ".join(text.replace("`", " ").split()).replace(" ,", ",")


@pytest.mark.parametrize("name", cases.names())
def test_every_shipped_case_has_the_card_that_the_command_prints(name: str) -> None:
    found = card_of(name)

    with entered(shipped(name)) as client:
        page = words_of(client.get("/card").text).replace(" ,", ",")

    for line in (told.verdict(found), told.receipt(found, number(found)), found.instead, *told.must_hold(found)):
        assert in_one_line(line) in page
    for step in found.steps:
        assert in_one_line(told.step_taken(found.found.case, step)) in page
        for cost in told.step_costs(found.found.case, step):
            assert in_one_line(cost) in page
    for line in (*found.say, *found.once, *told.caveats(found), *map(told.kept_back, found.kept_back)):
        assert in_one_line(line) in page


@pytest.mark.parametrize("name", cases.names())
def test_the_card_in_the_hand_holds_its_lines_and_nothing_else(name: str) -> None:
    found = card_of(name)
    lines = ["SAY", *(f"“{sentence}”" for sentence in found.say)] if found.say else ["SAY", told.NOTHING]
    lines += ["DO NOT SAY", *DO_NOT_SAY]
    lines += [part for when, words in told.to_speak(found) for part in (when, f"“{words}”")]

    with entered(shipped(name)) as client:
        both, alone = client.get("/card").text, client.get("/card/hand").text

    assert carried(alone) == carried(both) == in_one_line(" ".join(lines))


def test_two_cards_that_clear_nothing_for_somebody_cannot_be_told_apart() -> None:
    never = [name for name in cases.names() if card_of(name).clearance is Clearance.NEVER]
    pages = []
    for name in never:
        with entered(shipped(name)) as client:
            pages.append(carried(client.get("/card/hand").text))

    assert len(never) > 1
    assert len(set(pages)) <= 2  # before the public there are no services to talk to


def test_what_is_not_cleared_is_never_on_the_card_itself() -> None:
    with entered(shipped("essay")) as client:
        page = client.get("/card").text

    assert "A state-backed group plans an attack" in page
    assert "A state-backed group" not in carried(page)
    assert "SAY nothing of it." in carried(page)


def test_the_title_of_the_page_names_no_case_for_printers_put_it_on_the_sheet() -> None:
    with entered(shipped("essay")) as client:
        pages = [client.get(place).text for place in ("/card", "/card/hand")]

    assert all("<title>Card · Tearline</title>" in page for page in pages)


def test_marks_stay_in_the_briefing(tmp_path: Path) -> None:
    file = tmp_path / "marked.yaml"
    file.write_text(cases.text_of("essay").replace("\nus: ", "\nmarked_in: ism\nus: ", 1), "utf-8")

    with entered(Working.on(str(file), cases.load(file))) as client:
        page = client.get("/card").text

    assert "How the words are marked" in words_of(page)
    assert "BANNER NOT KNOWN" in words_of(page)
    assert "plot as warning: (not marked)" in words_of(page)
    assert "BANNER" not in carried(page)
    assert "marked" not in carried(page)


def test_the_card_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(cases.text_of("essay"), "utf-8")
    working = Working.on(str(file), cases.load(file))
    with entered(working) as client:
        before = client.get("/card").text
        working.change(working.text.replace("title: X will", "title: Somebody will"), working.digest)

        after = client.get("/card").text

    assert "Somebody will" not in before
    assert "Somebody will" in after


def test_what_a_case_says_is_shown_as_text_on_the_card(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    attack = "<script>alert(1)</script><img src=x>"
    text = cases.text_of("liaison").replace("text: Two freighters", f"text: {attack}Two freighters")
    assert attack in text
    file.write_text(text, "utf-8")

    with entered(Working.on(str(file), cases.load(file))) as client:
        pages = [client.get(place).text for place in ("/card", "/card/hand")]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)
    assert all("&lt;script&gt;alert(1)" in page for page in pages)


@pytest.mark.parametrize("place", ["/card", "/card/hand"])
def test_nobody_sees_the_card_without_the_address(place: str) -> None:
    with TestClient(door(Desk(shipped("essay")), PORT), base_url=f"http://127.0.0.1:{PORT}") as client:
        assert client.get(place).status_code == 401
