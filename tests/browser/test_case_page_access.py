"""The case page for everybody: any width, any preference, any key; marked, refused and urgent cases among them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_journeys import violations
from tearline import cases
from tearline.cases.working import Working
from tearline.web.desk import Desk

ComeIn = Callable[..., tuple[Page, Path]]
Visit = Callable[..., Page]

STATES = {
    "answered": ("essay", "/"),
    "too exact": ("essay", "/?say.plot=target"),
    "refused": ("iraq", "/"),
    "urgent": ("ukraine", "/"),
    "certified": ("essay", "/certificate"),
}
LOOKS: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
    "dark with more contrast": {"color_scheme": "dark", "contrast": "more"},
}
WIDTHS = (320, 640, 1280)

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""What a person may set who reads better so (WCAG 1.4.12)."""

OUTSIDE = """() => [...document.querySelectorAll('.flow .stop')].flatMap(stop => {
    const box = stop.querySelector('rect').getBBox();
    return [...stop.querySelectorAll('text')].filter(text => {
        const own = text.getBBox();
        return own.x < box.x || own.x + own.width > box.x + box.width || own.y < box.y ||
            own.y + own.height > box.y + box.height;
    }).map(text => text.textContent);
})"""
"""Words of the picture of ways that stand out of their boxes."""


def marked(folder: Path, system: str, mark: str) -> Desk:
    """The worked example, marked in that system."""
    text = cases.text_of("essay").replace("\nus: ", f"\nmarked_in: {system}\nus: ", 1)
    file = folder / "marked.yaml"
    file.write_text(text.replace("\n  plot:", f"\n  plot:\n    marking: {mark}", 1), "utf-8")
    return Desk(Working.on(str(file), cases.load(file)))


def faults(page: Page, axe: str) -> list[str]:
    """What is wrong with a page in any look, with everything on it unfolded, and where it scrolls sideways."""
    found = []
    page.emulate_media(reduced_motion="reduce")  # a colour that is still changing would be measured half way
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
    for look, prefers in LOOKS.items():
        page.set_viewport_size({"width": 320 if look in ("light", "forced") else 1280, "height": 900})
        page.emulate_media(**prefers)  # type: ignore[arg-type]
        found += [f"{look}: {each}" for each in violations(page, axe)]
        page.emulate_media(color_scheme="light", forced_colors="none", contrast="no-preference")
    return found


@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_fault_in_any_look_or_width(come_in: ComeIn, axe: str, state: str) -> None:
    name, place = STATES[state]
    page, _ = come_in(name, bypass_csp=True)
    page.goto(page.url.rstrip("/") + place)

    assert faults(page, axe) == []


@pytest.mark.parametrize(
    ("system", "mark", "shown", "colour"),
    [
        ("ism", "S//NF", "SECRET//NOFORN", "rgb(200, 16, 46)"),
        ("tlp", "TLP:AMBER", "TLP:AMBER", "rgb(0, 0, 0)"),
        ("uk", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", "rgb(31, 42, 54)"),
    ],
)
def test_a_marked_case_has_its_banner_in_its_colour_and_no_fault(
    visit: Visit, axe: str, tmp_path: Path, system: str, mark: str, shown: str, colour: str
) -> None:
    page = visit(marked(tmp_path, system, mark), bypass_csp=True)
    page.goto(page.url.rstrip("/") + "/?say.plot=warning")

    banner = page.locator("#trial .banner")
    expect(banner).to_contain_text(shown)
    expect(banner).to_have_css("background-color", colour)
    expect(page.locator("#trial .portion")).not_to_be_empty()
    assert faults(page, axe) == []


@pytest.mark.parametrize("name", ["essay", "cuba", "alert"])
def test_spaced_out_text_still_fits(come_in: ComeIn, name: str) -> None:
    page, _ = come_in(name, bypass_csp=True, viewport={"width": 1280, "height": 900})
    assert page.evaluate(OUTSIDE) == []

    page.add_style_tag(content=SPACED)

    assert page.evaluate(OUTSIDE) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.usefixtures("at_once")
def test_pictures_follow_the_words_that_are_chosen(come_in: ComeIn, said: list[str]) -> None:
    page, _ = come_in("essay")
    expect(page.locator("#crowd")).to_contain_text("Now: plot as warning")

    page.get_by_role("radio", name="exact").check()

    expect(page.locator("#crowd")).to_contain_text("Now: plot as exact")
    expect(page.locator("#figures figure")).to_have_count(5)
    expect(page.get_by_role("radio", name="exact")).to_be_focused()
    assert said == []


@pytest.mark.usefixtures("at_once")
def test_the_certificate_comes_in_its_place_and_can_be_taken_along(come_in: ComeIn, tmp_path: Path) -> None:
    page, _ = come_in("essay")

    page.get_by_role("link", name="Work it out").click()
    expect(page.locator("#certificate")).to_contain_text("The choice of words gives nothing away")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Take the certificate along").click()

    assert coming.value.suggested_filename == "certificate.json"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask State C first")


def test_the_certificate_needs_no_javascript(come_in: ComeIn) -> None:
    page, _ = come_in("essay", java_script_enabled=False)

    page.get_by_role("link", name="Work it out").click()
    expect(page.locator("#certificate")).to_contain_text("The choice of words gives nothing away")
    page.get_by_role("link", name="Back to the case").click()

    expect(page.locator("#certificate")).to_contain_text("The choice of words gives nothing away")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that fits has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way to `{selector}` by keys")


@pytest.mark.usefixtures("at_once")
def test_the_whole_way_is_gone_with_the_tab_key(come_in: ComeIn) -> None:
    page, file = come_in("essay")

    tab_to(page, "a[href='#ask-C']")
    page.keyboard.press("Enter")
    expect(page.locator("#ask-C")).to_be_in_viewport()
    tab_to(page, "#ladders input[type=radio]")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#trial")).to_contain_text("Too exact")
    tab_to(page, "#trial button")
    page.keyboard.press("Enter")

    expect(page.locator("#trial")).to_contain_text("This is what the file proposes")
    assert "claims: {plot: target}" in file.read_text("utf-8")
