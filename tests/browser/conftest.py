"""A real browser on a real page: Debian's chromium where it is found; else these tests are loudly missing."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Error, Page, sync_playwright

from page_journeys import FLAGS, missing
from tearline import cases
from tearline.cases.working import Working
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.serving import listening

Serve = Callable[[Desk], str]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The accessibility checker, as npm brings it."""
    script = root / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        missing("axe-core missing: run `make page`")
    return script.read_text("utf-8")


@pytest.fixture
def at_once(root: Path) -> None:
    """What is chosen is answered without loading the page again: htmx does that, and npm brings it."""
    if not (root / "src" / "tearline" / "web" / "static" / "build" / "htmx.min.js").exists():
        missing("htmx missing: run `make page`")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a desk; gives the address that works once."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def served(desk: Desk) -> str:
        listener = listening(0)
        entrance = door(desk, listener.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return entrance.address

    yield served
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def said(browser: Browser) -> list[str]:
    """Everything the browser complains of."""
    return []


@pytest.fixture
def visit(browser: Browser, said: list[str], serve: Serve) -> Iterator[Visit]:
    """Come in to a desk with a browser of its own; options are those of a browser context."""
    contexts = []

    def enter(desk: Desk, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(serve(desk))
        page.wait_for_url(lambda address: "/enter" not in address)
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def come_in(tmp_path: Path, visit: Visit) -> Callable[..., tuple[Page, Path]]:
    """Open a shipped case as a file of one's own; gives the page and the file."""

    def enter(name: str, **options: object) -> tuple[Page, Path]:
        file = tmp_path / f"{name}.yaml"
        file.write_text(cases.text_of(name), "utf-8")
        return visit(Desk(Working.on(str(file), cases.load(file))), **options), file

    return enter
