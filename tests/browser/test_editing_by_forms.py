"""Journeys through the forms, as a person takes them: by key, without JavaScript, narrow, dark, with faults."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import uvicorn
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tearline import cases
from tearline.cases.working import Working
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.serving import listening

ComeIn = Callable[..., tuple[Page, Path]]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
NARROW = {"width": 320, "height": 700}
LOOKS: dict[str, dict[str, object]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "narrow": {"viewport": NARROW},
}


def missing(what: str) -> NoReturn:
    """Fail where a browser is required, else skip."""
    if os.environ.get("TEARLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("browser missing: no `chromium` on the path")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as failure:
            missing(f"browser missing: `{found}` does not start: {failure.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe(root: Path) -> str:
    """The accessibility checker, as npm brings it."""
    script = root / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        missing("axe-core missing: run `make page`")
    return script.read_text("utf-8")


@pytest.fixture
def come_in(browser: Browser, tmp_path: Path) -> Iterator[ComeIn]:
    """Open the worked example, as a file of one's own, in a browser of its own."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []
    contexts = []

    def enter(**options: object) -> tuple[Page, Path]:
        file = tmp_path / "essay.yaml"
        file.write_text(cases.text_of("essay"), "utf-8")
        listener = listening(0)
        entrance = door(Desk(Working.on(str(file), cases.load(file))), listener.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(entrance.address)
        page.goto(page.url.partition("/enter")[0].rstrip("/") + "/edit/form?at=/claims/plot")
        return page, file

    yield enter
    for context in contexts:
        context.close()
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def violations(page: Page, axe: str) -> list[str]:
    """What the accessibility checker finds, rule and place, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]


def test_keys_alone_change_words_and_worth_add_a_version_and_take_it_back(come_in: ComeIn) -> None:
    page, file = come_in()
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
def test_a_faulty_number_is_told_beside_its_field_and_stays_as_it_was_typed(come_in: ComeIn, scripts: bool) -> None:
    page, file = come_in(java_script_enabled=scripts)
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
def test_no_form_has_a_fault_that_a_checker_finds(come_in: ComeIn, axe: str, look: str) -> None:
    page, _ = come_in(bypass_csp=True, **LOOKS[look])
    assert violations(page, axe) == []
    page.get_by_role("group", name="Version target").get_by_label("Worth to the recipient", exact=True).fill("ten")
    page.get_by_role("button", name="Keep these changes").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert violations(page, axe) == []
    page.get_by_role("button", name="Remove warning").click()
    assert violations(page, axe) == []
    for place in ("", "/proposal", "/claims", "/readers/X", "/leak_paths"):
        page.goto(page.url.partition("/edit")[0] + f"/edit/form?at={place}")
        assert violations(page, axe) == []


@pytest.mark.parametrize("place", ["/claims/plot", "/proposal", "/claims", "/leak_paths/0"])
def test_no_form_scrolls_sideways_on_a_narrow_screen(come_in: ComeIn, place: str) -> None:
    page, _ = come_in(viewport=NARROW)
    page.goto(page.url.partition("?")[0] + f"?at={place}")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
