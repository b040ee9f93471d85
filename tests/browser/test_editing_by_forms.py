"""Journeys through the forms, as a person takes them: by key, without JavaScript, narrow, dark, with faults."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_journeys import NARROW, violations
from tearline import cases

ComeIn = Callable[..., tuple[Page, Path]]

LOOKS: dict[str, dict[str, object]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "narrow": {"viewport": NARROW},
}


@pytest.fixture
def open_forms(come_in: ComeIn) -> Callable[..., tuple[Page, Path]]:
    """Open the worked example, as a file of one's own, at the forms of its claim."""

    def enter(**options: object) -> tuple[Page, Path]:
        page, file = come_in("essay", **options)
        page.goto(page.url.rstrip("/") + "/edit/form?at=/claims/plot")
        return page, file

    return enter


def faults(page: Page, axe: str) -> list[str]:
    """What the accessibility checker finds, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return violations(page, axe)


def test_keys_alone_change_words_and_worth_add_a_version_and_take_it_back(open_forms: ComeIn) -> None:
    page, file = open_forms()
    before = file.read_text("utf-8")

    page.get_by_role("group", name="Version target").get_by_label("The words", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("An attack on stations is being prepared.")
    page.get_by_role("group", name="Version target").get_by_label("Worth to the recipient", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept")
    page.get_by_label("Id of a new version").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("region")
    page.get_by_role("button", name="Add a version").focus()
    page.keyboard.press("Enter")
    new = page.get_by_role("group", name="Version region")
    expect(new).to_be_focused()
    new.get_by_label("The words", exact=True).focus()
    page.keyboard.type("Attacks are planned in the region.")
    page.get_by_role("button", name="Keep these changes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept")

    versions = cases.load(file).case.claims[1].versions
    assert [(v.id, v.value) for v in versions] == [("exact", 10), ("target", 7), ("warning", 4), ("region", 2)]
    page.get_by_role("link", name="Case", exact=True).click()
    expect(page.get_by_role("radio", name="region")).to_be_visible()
    for _change in range(2):
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("scripts", [True, False])
def test_a_faulty_number_is_told_beside_its_field_and_stays_as_it_was_typed(open_forms: ComeIn, scripts: bool) -> None:
    page, file = open_forms(java_script_enabled=scripts)
    before = file.read_text("utf-8")

    page.get_by_role("group", name="Version target").get_by_label("Worth to the recipient", exact=True).fill(
        "7,5 or so"
    )
    page.get_by_role("button", name="Keep these changes").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    field = page.get_by_role("group", name="Version target").get_by_label("Worth to the recipient", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("7,5 or so")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("look", LOOKS)
def test_no_form_has_a_fault_that_a_checker_finds(open_forms: ComeIn, axe: str, look: str) -> None:
    page, _ = open_forms(bypass_csp=True, **LOOKS[look])
    assert faults(page, axe) == []
    page.get_by_role("group", name="Version target").get_by_label("Worth to the recipient", exact=True).fill("ten")
    page.get_by_role("button", name="Keep these changes").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert faults(page, axe) == []
    page.get_by_role("button", name="Remove warning").click()
    assert faults(page, axe) == []
    for place in ("", "/proposal", "/claims", "/readers/X", "/leak_paths"):
        page.goto(page.url.partition("/edit")[0] + f"/edit/form?at={place}")
        assert faults(page, axe) == []


@pytest.mark.parametrize("place", ["/claims/plot", "/proposal", "/claims", "/leak_paths/0"])
def test_no_form_scrolls_sideways_on_a_narrow_screen(open_forms: ComeIn, place: str) -> None:
    page, _ = open_forms(viewport=NARROW)
    page.goto(page.url.partition("?")[0] + f"?at={place}")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
