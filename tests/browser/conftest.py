"""A real browser on a real page. Debian's chromium where it is found; else these tests are loudly missing."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tearline import cases
from tearline.cases.working import Working
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.serving import listening

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def missing(what: str) -> None:
    """Fail where a browser is required, else skip."""
    if os.environ.get("TEARLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("browser missing: no `chromium` on the path")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
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
def served(tmp_path: Path) -> Iterator[Callable[[str], tuple[str, Path]]]:
    """Serve a shipped case as a file of one's own; gives the address that works once, and the file."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(name: str) -> tuple[str, Path]:
        file = tmp_path / f"{name}.yaml"
        file.write_text(cases.text_of(name), "utf-8")
        listener = listening(0)
        entrance = door(Desk(Working.on(str(file), cases.load(file))), listener.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return entrance.address, file

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def said(browser: Browser) -> list[str]:
    """Everything the browser complains of."""
    return []


@pytest.fixture
def come_in(
    browser: Browser, said: list[str], served: Callable[[str], tuple[str, Path]]
) -> Iterator[Callable[..., tuple[Page, Path]]]:
    """Open a case in a browser of its own; options are those of a browser context."""
    contexts = []

    def enter(name: str, **options: object) -> tuple[Page, Path]:
        address, file = served(name)
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.wait_for_url("**/")
        return page, file

    yield enter
    for context in contexts:
        context.close()
