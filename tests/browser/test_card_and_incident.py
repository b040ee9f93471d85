"""Journeys in the worst hour: the card that is carried, the incident, its days, its hold, its comparison."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from page_journeys import NARROW, violations
from tearline.cases.incidents import incident_names, incident_text
from tearline.cli.opening_incident import case_of
from tearline.web.incident_app import incident_door
from tearline.web.incident_desk import IncidentDesk
from tearline.web.serving import listening

ComeIn = Callable[..., tuple[Page, Path]]
LookAt = Callable[..., Page]

DESK = {"width": 1280, "height": 900}
LOOKS = {
    "light": {"color_scheme": "light", "viewport": DESK},
    "dark": {"color_scheme": "dark", "viewport": DESK},
    "forced": {"forced_colors": "active", "viewport": DESK},
    "narrow": {"color_scheme": "light", "viewport": NARROW},
}


@pytest.fixture
def look_at(browser: Browser, said: list[str]) -> Iterator[LookAt]:
    """Open an incident in a browser of its own; options are those of a browser context."""
    contexts, running = [], []

    def look(name: str, **options: object) -> Page:
        incident, listener = IncidentDesk.on(name), listening(0)
        entrance = incident_door(incident, case_of(incident), listener.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(entrance.address)
        page.wait_for_url("**/incident")
        return page

    yield look
    for context in contexts:
        context.close()
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def go_to(page: Page, place: str) -> None:
    """Another page of the same desk."""
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}{place}")


def open_everything(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


# --- the card ----------------------------------------------------------------------------------------------------


def sheets(page: Page) -> list[tuple[int, int]]:
    """The sheets that a printer would get, each with its size in millimetres."""
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    return [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes]


@pytest.mark.parametrize("name", ["essay", "liaison", "oval-office", "ukraine"])
def test_the_briefing_is_one_page_of_a4_and_the_card_one_sheet_of_a6(come_in: ComeIn, name: str) -> None:
    page, _ = come_in(name)
    page.get_by_role("link", name="Card", exact=True).click()
    page.wait_for_url("**/card")

    assert sheets(page) == [(210, 297), (105, 148)]
    page.get_by_role("link", name="The card alone").click()
    page.wait_for_url("**/card/hand")
    assert sheets(page) == [(105, 148)]


def test_the_sheet_that_is_carried_holds_its_lines_and_nothing_else(come_in: ComeIn) -> None:
    page, _ = come_in("essay", color_scheme="dark")
    go_to(page, "/card/hand")
    page.emulate_media(media="print")

    told = " ".join(page.inner_text("body").split())

    assert told.startswith("SAY nothing of it. DO NOT SAY any place")
    assert told.endswith("neither confirm nor deny reports about it.”")
    assert "X will" not in page.title()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", ["/card", "/card/hand"])
def test_the_card_has_no_fault_that_a_checker_finds(come_in: ComeIn, axe: str, place: str, look: str) -> None:
    page, _ = come_in("oval-office", bypass_csp=True, **LOOKS[look])
    go_to(page, place)

    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# --- the incident ------------------------------------------------------------------------------------------------


def test_the_worst_hour_by_keys_alone_and_without_javascript(look_at: LookAt, said: list[str]) -> None:
    page = look_at("gordievsky", java_script_enabled=False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Somebody may be in danger.")
    for link, then in (
        ("16 April 1985", "As it stood at the end of 16 April 1985."),
        ("Show all that is known", "What to ask next"),
        ("Compare", "Set it against"),
        ("manning", "What drives it"),
        ("Incident", "Lock that before any reaction."),
        ("counts and whom to tell only", "LEGAL HOLD: no assessment is written."),
        ("Back to the assessment", "Who is in danger"),
        ("Its case", "Choose the words"),
        ("Incident", "Who is in danger"),
    ):
        page.get_by_role("link", name=link, exact=True).first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(then)

    assert said == []


def test_what_was_written_on_disk_is_looked_at_again(look_at: LookAt, tmp_path: Path) -> None:
    file = tmp_path / "affair.yaml"
    good = incident_text("oval-office")
    file.write_text(good, "utf-8")
    page = look_at(str(file))

    file.write_text(good.replace("{laptops: city}", "{laptops: cty}"), "utf-8")
    page.reload()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("alert")).to_contain_text("cty")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Israel may stop sharing")
    file.write_text(good.replace('title: "Oval Office', 'title: "The office'), "utf-8")
    page.get_by_role("button", name="Look again").click()

    expect(page.locator(".eyebrow")).to_contain_text("The office 2017")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", ["", "?as_of=2017-05-15", "?hold=1", "/compare", "/compare?with=midway"])
def test_no_page_of_an_incident_has_a_fault_that_a_checker_finds(
    look_at: LookAt, axe: str, place: str, look: str
) -> None:
    page = look_at("oval-office", bypass_csp=True, **LOOKS[look])
    go_to(page, f"/incident{place}")
    open_everything(page)

    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", [name for name in incident_names() if name != "oval-office"])
def test_other_incidents_are_as_free_of_faults(look_at: LookAt, axe: str, name: str) -> None:
    page = look_at(name, bypass_csp=True, viewport=NARROW)
    open_everything(page)

    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("place", ["/incident/compare?with=nobody", "/incident/nowhere"])
def test_what_leads_nowhere_is_free_of_faults_too(look_at: LookAt, axe: str, place: str) -> None:
    page = look_at("manning", bypass_csp=True)
    go_to(page, place)

    assert violations(page, axe) == []


def test_every_picture_has_its_figures_as_a_table(look_at: LookAt) -> None:
    page = look_at("oval-office")

    for figure in page.locator("figure.exhibit").all():
        drawn = figure.locator("svg .figure").all_text_contents()
        told = " ".join(figure.locator("table").all_text_contents())
        assert all(part in told for text in drawn for part in text.split(", limit "))


def test_a_file_and_its_faults_are_free_of_faults_of_the_page(look_at: LookAt, axe: str, tmp_path: Path) -> None:
    file = tmp_path / "affair.yaml"
    file.write_text(incident_text("oval-office"), "utf-8")
    page = look_at(str(file), bypass_csp=True, viewport=NARROW)
    file.write_text("tearline_incident: 1\nlong: " + "x" * 400, "utf-8")
    page.reload()
    assert violations(page, axe) == []

    page.get_by_role("button", name="Look again").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
