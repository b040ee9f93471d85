"""Journeys from a pasted report to an answer: words taken, written and marked, by key and without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_journeys import NARROW, violations
from tearline.web.desk import Desk

Visit = Callable[..., Page]

REPORT = (
    "A ship with 47 men left the port on 3 November 2026 at 14:20. Our source overheard the captain. "
    "They carried the crates ashore."
)


def looked_at(page: Page) -> Page:
    """The report sentence by sentence, as somebody comes there from the start."""
    page.get_by_role("link", name="Paste a report").click()
    page.get_by_label("The report").fill(REPORT)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sentence by sentence")
    return page


def test_words_are_marked_in_the_report_by_key_and_answered(visit: Visit, tmp_path: Path, said: list[str]) -> None:
    page = looked_at(visit(Desk(None, tmp_path)))

    page.get_by_role("checkbox", name="A ship").nth(1).focus()
    page.keyboard.press("Space")
    page.get_by_label("The report", exact=True).focus()
    page.keyboard.press("Control+End")
    for _ in range(len("crates ashore.")):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Words of the report")).to_have_value("crates ashore.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="4 claims")).to_be_visible()
    page.get_by_role("button", name="Show me the answer").focus()
    page.keyboard.press("Enter")

    expect(page.locator("section.answer h1")).to_be_visible()
    text = (tmp_path / "case.yaml").read_text("utf-8")
    assert "crates ashore." in text
    assert said == []


def test_words_are_typed_without_javascript(visit: Visit, tmp_path: Path) -> None:
    page = looked_at(visit(Desk(None, tmp_path), java_script_enabled=False))
    expect(page.get_by_role("button", name="Use the words selected")).to_be_hidden()

    page.get_by_label("Words of the report").fill("not in it")
    page.get_by_role("button", name="Add this claim").click()
    expect(page.get_by_role("alert")).to_contain_text("do not stand in the report")
    page.get_by_label("Words of the report").fill("the crates")
    page.get_by_role("button", name="Add this claim").click()
    page.get_by_role("button", name="Show me the answer").click()

    expect(page.locator("section.answer h1")).to_be_visible()
    assert "text: the crates" in (tmp_path / "case.yaml").read_text("utf-8")


@pytest.mark.parametrize("look", ["light", "dark", "forced", "narrow"])
def test_no_state_of_a_report_has_a_fault_that_a_checker_finds(
    visit: Visit, axe: str, tmp_path: Path, look: str
) -> None:
    looks = {"forced": {"forced_colors": "active"}, "narrow": {"viewport": NARROW}}
    page = visit(Desk(None, tmp_path), bypass_csp=True, **looks.get(look, {"color_scheme": look}))
    page.get_by_role("link", name="Paste a report").click()
    assert violations(page, axe) == []
    page.get_by_role("link", name="Back").click()
    looked_at(page)

    assert violations(page, axe) == []
    if look == "narrow":
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_role("button", name="Add this claim").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe) == []
