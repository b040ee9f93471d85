"""Journeys from nothing to an answer, and from a file with faults to one without: by key, without JavaScript."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_journeys import NARROW, WIDE, violations
from tearline import cases
from tearline.cases.working import Working
from tearline.cli.opening import worked_on
from tearline.web.desk import Desk

Visit = Callable[..., Page]

GOOD = cases.text_of("essay")
BAD = GOOD.replace("key-desk: near", "key-dsk: near")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The worked example with one fault."""
    file = tmp_path / "broken.yaml"
    file.write_text(BAD, "utf-8")
    return file


def at(page: Page, place: str) -> Page:
    """The same browser on another page."""
    page.goto("/".join(page.url.split("/")[:3]) + place)
    return page


def focused(page: Page) -> str:
    """What a person at the keyboard is at: its words, or what it is called."""
    return str(
        page.evaluate(
            """() => { const it = document.activeElement;
                       return it.labels?.[0]?.textContent.trim() || it.textContent.trim(); }"""
        )
    )


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something that begins with these words has the focus."""
    for _ in range(60):
        if focused(page).startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words!r} cannot be reached by Tab")


def test_questions_answered_by_keyboard_alone_lead_to_a_decision(visit: Visit, tmp_path: Path, said: list[str]) -> None:
    page = visit(Desk(None, tmp_path))
    press, write = page.keyboard.press, page.keyboard.insert_text

    tab_to(page, "Answer ten questions")
    press("Enter")
    page.wait_for_url("**/start/questions")
    for question, answer in (("Whom do we want", "State B"), ("Who must not", "State X")):
        tab_to(page, question)
        write(answer)
    tab_to(page, "human")
    press("ArrowRight")
    tab_to(page, "What do you want to say")
    write("An attack on the harbour is planned for Friday.")
    tab_to(page, "And in vaguer")
    write("An attack is planned soon.")
    tab_to(page, "How many people")
    write("many")
    press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("answer two whole numbers")
    tab_to(page, "How many people of theirs")
    press("Enter")
    page.wait_for_timeout(100)
    tab_to(page, "How many people of theirs")
    press("Control+A")
    write("20, 4000")
    press("Enter")

    expect(page.locator("section.answer h1")).to_be_visible()
    text = (tmp_path / "case.yaml").read_text("utf-8")
    assert "kind: signals" in text
    assert "An attack is planned soon." in text
    expect(page.locator("section.answer")).to_contain_text("What may State B be told?")
    assert [line for line in said if "422" not in line] == []


def test_questions_work_without_javascript(visit: Visit, tmp_path: Path) -> None:
    page = visit(Desk(None, tmp_path), java_script_enabled=False)

    page.get_by_role("link", name="Answer ten questions").click()
    page.get_by_label("How many people").fill("1")
    page.get_by_role("button", name="Show me the answer").click()
    expect(page.get_by_label("How many people")).to_have_value("1")
    page.get_by_label("How many people").fill("")
    page.get_by_label("Name of the file").fill("first.yaml")
    page.get_by_role("button", name="Show me the answer").click()

    expect(page.locator("section.answer h1")).to_be_visible()
    assert (tmp_path / "first.yaml").read_text("utf-8") == cases.compose({})


def test_an_example_becomes_a_file_of_ones_own(visit: Visit, tmp_path: Path) -> None:
    page = visit(Desk(None, tmp_path))

    page.get_by_role("link", name="Look at an example").click()
    page.get_by_role("button", name="Open essay").click()
    expect(page.locator("section.answer")).to_contain_text("Ask State C first")
    page.get_by_role("link", name="Save as a file").click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("section.answer")).to_contain_text("Ask State C first")
    assert (tmp_path / "essay.yaml").read_text("utf-8") == GOOD


@pytest.mark.parametrize("script", [True, False])
def test_a_file_with_faults_is_mended_and_answered(visit: Visit, broken: Path, script: bool) -> None:
    page = visit(Desk(worked_on(str(broken))), java_script_enabled=script)
    expect(page.get_by_role("heading", level=1)).to_have_text("This text is no case yet")
    expect(page.locator("mark")).to_have_text("key-dsk:")

    page.get_by_label("Case file").fill(GOOD)
    page.get_by_role("button", name="Keep this text").click()

    expect(page.locator("section.answer")).to_contain_text("Ask State C first")
    assert broken.read_text("utf-8") == GOOD


def test_a_fault_leads_to_its_place_in_the_text(visit: Visit, broken: Path) -> None:
    page = visit(Desk(worked_on(str(broken))))

    page.locator("a[data-line]").focus()
    page.keyboard.press("Enter")

    selected, scrolled = page.evaluate(
        """() => { const text = document.activeElement;
                   return [text.value.slice(text.selectionStart, text.selectionEnd), text.scrollTop]; }"""
    )
    assert selected == "key-dsk:"
    assert scrolled > 0


@pytest.mark.usefixtures("at_once")
def test_what_is_being_typed_survives_a_reload_and_the_end_of_the_command(
    visit: Visit, tmp_path: Path, said: list[str]
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, "utf-8")
    page = at(visit(Desk(worked_on(str(file)))), "/edit")

    page.get_by_label("Case file").fill(BAD)
    expect(page.locator("#aside")).to_contain_text("kept aside at")
    page.reload()
    expect(page.get_by_label("Case file")).to_have_value(BAD)
    page.get_by_label("Case file").press_sequentially("# more")
    expect(page.locator("#aside")).to_contain_text("kept aside at")
    typed = page.get_by_label("Case file").input_value()
    again = visit(Desk(worked_on(str(file))))

    again.get_by_role("link", name="Go on with it").click()
    expect(again.get_by_label("Case file")).to_have_value(typed)
    again.get_by_role("button", name="Throw it away").click()
    expect(again.locator("section.answer")).to_contain_text("Ask State C first")
    assert file.read_text("utf-8") == GOOD
    assert not Path(f"{file}.draft").exists()
    assert said == []


def test_without_javascript_a_text_with_faults_survives_too(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, "utf-8")
    page = at(visit(Desk(worked_on(str(file))), java_script_enabled=False), "/edit")

    page.get_by_label("Case file").fill(BAD)
    page.get_by_role("button", name="Keep this text").click()
    expect(page.get_by_role("alert")).to_contain_text("key-dsk")
    again = at(visit(Desk(worked_on(str(file))), java_script_enabled=False), "/")

    again.get_by_role("link", name="Go on with it").click()
    expect(again.get_by_label("Case file")).to_have_value(BAD)


def test_a_file_that_is_gone_is_written_again(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, "utf-8")
    page = visit(Desk(worked_on(str(file))))
    file.unlink()

    page.reload()
    page.get_by_role("button", name="Write it again").click()

    expect(page.get_by_text("gone from disk")).to_have_count(0)
    assert file.read_text("utf-8") == GOOD


def empty(tmp_path: Path, broken: Path) -> Desk:
    """Nothing is open yet."""
    return Desk(None, tmp_path)


def faulty(tmp_path: Path, broken: Path) -> Desk:
    """A file with a fault."""
    return Desk(worked_on(str(broken)), tmp_path)


def unfinished(tmp_path: Path, broken: Path) -> Desk:
    """An example, changed and not saved, with an unfinished text."""
    working = Working(name="essay", path=None, file=cases.open_shipped("essay"))
    working.change(GOOD + "# more\n", working.digest)
    desk = Desk(working, tmp_path)
    working.put_aside(BAD, "", dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    return desk


def gone(tmp_path: Path, broken: Path) -> Desk:
    """A file that is gone from disk."""
    working = worked_on(str(broken))
    broken.unlink()
    return Desk(working, tmp_path)


STATES = {
    "start": (empty, "/start"),
    "questions": (empty, "/start/questions"),
    "examples": (empty, "/start/examples"),
    "text": (empty, "/start/text?template=minimal"),
    "start, something unsaved": (unfinished, "/start"),
    "save": (unfinished, "/save"),
    "faulty": (faulty, "/edit"),
    "unfinished": (unfinished, "/edit"),
    "gone": (gone, "/edit"),
}


@pytest.mark.parametrize("look", ["light", "dark", "forced", "narrow"])
@pytest.mark.parametrize(("make", "place"), STATES.values(), ids=STATES)
def test_no_state_has_a_fault_that_a_checker_finds(
    visit: Visit,
    axe: str,
    tmp_path: Path,
    broken: Path,
    make: Callable[[Path, Path], Desk],
    place: str,
    look: str,
) -> None:
    looks = {"forced": {"forced_colors": "active"}, "narrow": {"viewport": NARROW}}
    page = visit(make(tmp_path, broken), bypass_csp=True, **looks.get(look, {"color_scheme": look}))
    at(page, place)

    assert violations(page, axe) == []


def test_wrong_answers_have_no_fault_that_a_checker_finds(visit: Visit, axe: str, tmp_path: Path) -> None:
    page = at(visit(Desk(None, tmp_path), bypass_csp=True), "/start/questions")
    page.get_by_label("How many people").fill("many")
    page.get_by_label("Name of the file").fill("../x")
    page.get_by_role("button", name="Show me the answer").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert violations(page, axe) == []
    page.get_by_role("link", name="How many people").click()
    assert focused(page).startswith("How many people")


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize(("make", "place"), STATES.values(), ids=STATES)
def test_no_width_makes_a_state_scroll_sideways(
    visit: Visit, tmp_path: Path, broken: Path, make: Callable[[Path, Path], Desk], place: str, size: dict[str, int]
) -> None:
    page = at(visit(make(tmp_path, broken), viewport=size), place)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
