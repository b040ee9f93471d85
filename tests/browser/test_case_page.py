"""Journeys on the case page, as a person takes them: by mouse, by key, without JavaScript, narrow, dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_journeys import NARROW, WIDE, violations

ComeIn = Callable[..., tuple[Page, Path]]


@pytest.mark.usefixtures("at_once")
def test_another_wording_is_tried_proposed_and_taken_back(come_in: ComeIn, said: list[str]) -> None:
    page, file = come_in("essay")
    before = file.read_text("utf-8")

    page.get_by_role("radio", name="target").check()
    expect(page.locator("#trial")).to_contain_text("Too exact")
    page.get_by_role("radio", name="warning").check()
    expect(page.locator("#trial")).to_contain_text("State C must agree first")
    page.get_by_role("button", name="Apply the recommended words").click()

    expect(page.locator("#trial")).to_contain_text("This is what the file proposes")
    assert "claims: {plot: warning}" in file.read_text("utf-8")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    assert file.read_text("utf-8") == before
    assert said == []


@pytest.mark.usefixtures("at_once")
def test_keys_alone_choose_and_propose(come_in: ComeIn) -> None:
    page, file = come_in("essay")

    page.get_by_role("radio", name="warning").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#trial")).to_contain_text("Too exact")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#trial")).to_contain_text("State C must agree first")
    page.get_by_role("button", name="Apply the recommended words").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#trial")).to_contain_text("This is what the file proposes")
    assert "claims: {plot: warning}" in file.read_text("utf-8")


def test_everything_works_without_javascript(come_in: ComeIn) -> None:
    page, file = come_in("essay", java_script_enabled=False)

    page.get_by_role("radio", name="target").check()
    page.get_by_role("button", name="Show what this would mean").click()
    expect(page.locator("#trial")).to_contain_text("Too exact")
    page.get_by_role("link", name="Back to the recommended words").click()
    page.get_by_role("button", name="Apply the recommended words").click()

    expect(page.locator("#trial")).to_contain_text("This is what the file proposes")
    assert "claims: {plot: warning}" in file.read_text("utf-8")


def test_what_was_typed_stays_until_it_can_be_kept(come_in: ComeIn) -> None:
    page, file = come_in("essay")
    page.get_by_role("link", name="Edit as text").click()
    typed = page.get_by_label("Case file").input_value()

    page.get_by_label("Case file").fill(typed.replace("key-desk: near", "key-dsk: near"))
    page.get_by_role("button", name="Keep this text").click()
    expect(page.get_by_role("alert")).to_contain_text("key-dsk")
    page.get_by_label("Case file").fill(page.get_by_label("Case file").input_value().replace("key-dsk", "key-desk"))
    page.get_by_role("button", name="Keep this text").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask State C first")
    assert file.read_text("utf-8") == typed


def test_a_point_of_the_picture_leads_to_its_words(come_in: ComeIn) -> None:
    page, _ = come_in("essay")

    page.locator("#options svg a").last.click()

    expect(page.get_by_role("radio", name="exact")).to_be_checked()


@pytest.mark.usefixtures("at_once")
def test_nothing_stays_in_the_browser(come_in: ComeIn) -> None:
    page, _ = come_in("essay")
    page.get_by_role("radio", name="target").check()
    expect(page.locator("#trial")).to_contain_text("Too exact")

    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
                        document.cookie]"""
    )

    assert kept == [0, 0, 0, ""]


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
@pytest.mark.parametrize("place", ["/", "/?say.plot=exact", "/?say.plot=", "/edit", "/take", "/nowhere"])
def test_no_page_has_a_fault_that_a_checker_finds(come_in: ComeIn, axe: str, place: str, look: str) -> None:
    options = {"forced_colors": "active"} if look == "forced" else {"color_scheme": look}
    page, _ = come_in("essay", bypass_csp=True, **options)
    page.goto(page.url.rstrip("/") + place)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert violations(page, axe) == []


def test_the_checker_finds_a_fault_where_there_is_one(come_in: ComeIn, axe: str) -> None:
    page, _ = come_in("essay", bypass_csp=True)
    page.evaluate("document.querySelector('label.rung').replaceWith(document.createElement('input'))")

    assert violations(page, axe)


@pytest.mark.parametrize("name", ["gordievsky", "iraq", "oval-office", "ukraine"])
def test_other_cases_are_as_free_of_faults(come_in: ComeIn, axe: str, name: str) -> None:
    page, _ = come_in(name, bypass_csp=True)

    assert violations(page, axe) == []


@pytest.mark.parametrize("place", ["/", "/edit"])
@pytest.mark.parametrize("size", [NARROW, {"width": 640, "height": 700}, WIDE, {"width": 2560, "height": 1300}])
def test_no_width_makes_the_page_scroll_sideways(come_in: ComeIn, place: str, size: dict[str, int]) -> None:
    page, _ = come_in("essay", viewport=size)
    page.goto(page.url.rstrip("/") + place)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_focus_is_never_hidden(come_in: ComeIn) -> None:
    page, _ = come_in("essay", viewport=NARROW)
    seen = """() => {
        const focus = document.activeElement, box = focus.getBoundingClientRect();
        if (focus === document.body || !box.width) return true;
        const x = Math.min(innerWidth - 1, box.x + box.width / 2);
        const y = Math.min(innerHeight - 1, box.y + Math.min(box.height, 20) / 2);
        const at = document.elementFromPoint(x, y);
        return at !== null && (focus.contains(at) || at.contains(focus) || !!at.closest('label, summary, a'));
    }"""

    for _step in range(40):
        page.keyboard.press("Tab")

        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML")
