"""Take a picture of every state of the page, and put them on one sheet: build/screenshots/index.html.

Needs chromium, and what ``make page`` fetches for the state with instant trials.
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from tearline import cases
from tearline.cases.working import Working
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.serving import listening

OUT = Path(__file__).resolve().parent.parent / "build" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]

STATES = {
    "essay": ("essay", "/", {"width": 1280, "height": 900}, {}),
    "essay-dark": ("essay", "/", {"width": 1280, "height": 900}, {"color_scheme": "dark"}),
    "essay-forced": ("essay", "/", {"width": 1280, "height": 900}, {"forced_colors": "active"}),
    "essay-too-exact": ("essay", "/?say.plot=target", {"width": 1280, "height": 900}, {}),
    "essay-narrow": ("essay", "/", {"width": 320, "height": 700}, {}),
    "essay-certificate": ("essay", "/certificate", {"width": 1280, "height": 900}, {}),
    "essay-edit": ("essay", "/edit", {"width": 1280, "height": 900}, {}),
    "gordievsky": ("gordievsky", "/", {"width": 1280, "height": 900}, {}),
    "iraq-refused": ("iraq", "/", {"width": 1280, "height": 900}, {}),
    "oval-office-dark": ("oval-office", "/", {"width": 1280, "height": 900}, {"color_scheme": "dark"}),
    "ukraine-wide": ("ukraine", "/", {"width": 1920, "height": 1080}, {}),
}
"""Each state: case, page, size of the window, and what the person prefers."""


def main() -> int:
    """Take them all."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        print("no `chromium` on the path", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, (case, place, size, prefers) in STATES.items():
            context = browser.new_context(viewport=size, **prefers)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(_served(case))
            page.wait_for_url("**/")
            page.goto(page.url.rstrip("/") + place)
            page.screenshot(path=OUT / f"{name}.png", full_page=True)
            context.close()
        browser.close()
    rows = "".join(f'<h2>{name}</h2><img src="{name}.png" alt="" width="480">' for name in STATES)
    (OUT / "index.html").write_text(f"<!doctype html><title>Tearline, page by page</title>{rows}", "utf-8")
    print(OUT / "index.html")
    return 0


def _served(case: str) -> str:
    """Serve a shipped case until this process ends; the address that works once."""
    listener = listening(0)
    entrance = door(Desk(Working(name=case, path=None, file=cases.open_shipped(case))), listener.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return entrance.address


if __name__ == "__main__":
    sys.exit(main())
