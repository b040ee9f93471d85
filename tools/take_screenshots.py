"""Take a picture of every state of the pages, put them on one sheet, and renew the pictures of the tutorial.

    python tools/take_screenshots.py [NAME ...]

The sheet is build/screenshots/index.html, and sheet.png beside it. Names take only those states; ``tutorial`` follows
the tutorial and renews its pictures. Needs chromium, and what ``make page`` fetches.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tearline import cases
from tearline.cases.working import Working, held
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.door import Door
from tearline.web.incident_app import incident_door
from tearline.web.incident_desk import IncidentDesk
from tearline.web.serving import listening
from tools.follow_tutorial import TUTORIAL, follow

OUT: Final = Path(__file__).resolve().parent.parent / "build" / "screenshots"
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDE, NARROW, WIDEST = ((1280, 900), (320, 700), (1920, 1080))
TUTORIAL_SIZE: Final = (1180, 760)
PATIENCE: Final = 60_000
"""Milliseconds that a page may take: a large case is searched."""


@attrs.frozen(kw_only=True)
class State:
    """One page as somebody sees it.

    Attributes:
        open: The shipped case that lies open; empty: nothing does.
        incident: The shipped incident that lies open instead.
        faulty: Whether the case has faults.
        looks: What the person prefers, as options of a browser.
    """

    place: str
    open: str = ""
    incident: str = ""
    faulty: bool = False
    size: tuple[int, int] = WIDE
    looks: dict[str, Any] = attrs.field(factory=dict)


DARK, FORCED, MORE = ({"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"})
STATES: Final = {
    "start": State(place="/start"),
    "start-questions": State(place="/start/questions"),
    "start-examples": State(place="/start/examples"),
    "start-text-dark": State(place="/start/text", looks=DARK),
    "faulty": State(place="/edit", open="essay", faulty=True),
    "faulty-narrow": State(place="/edit", open="essay", faulty=True, size=NARROW),
    "essay": State(place="/", open="essay"),
    "essay-dark": State(place="/", open="essay", looks=DARK),
    "essay-forced": State(place="/", open="essay", looks=FORCED),
    "essay-more-contrast": State(place="/", open="essay", looks=MORE),
    "essay-too-exact": State(place="/?say.plot=target", open="essay"),
    "essay-narrow": State(place="/", open="essay", size=NARROW),
    "certificate": State(place="/certificate", open="essay"),
    "card": State(place="/card", open="essay"),
    "form": State(place="/edit/form", open="essay"),
    "form-narrow-dark": State(place="/edit/form", open="essay", size=NARROW, looks=DARK),
    "text": State(place="/edit", open="essay"),
    "take": State(place="/take", open="gordievsky"),
    "report": State(place="/start/report"),
    "save": State(place="/save", open="essay"),
    "nowhere": State(place="/nowhere", open="essay"),
    "gordievsky": State(place="/", open="gordievsky"),
    "iraq-refused": State(place="/", open="iraq"),
    "oval-office-dark": State(place="/", open="oval-office", looks=DARK),
    "ukraine-widest": State(place="/", open="ukraine", size=WIDEST),
    "incident": State(place="/incident", incident="oval-office"),
    "incident-narrow-dark": State(place="/incident", incident="gordievsky", size=NARROW, looks=DARK),
    "incident-compare": State(place="/incident/compare", incident="manning"),
}


def main(names: Sequence[str]) -> int:
    """Take them all, or those that are named."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    unknown = [name for name in names if name not in (*STATES, "tutorial")]
    if found is None or unknown:
        print("no `chromium` on the path" if found is None else f"no state {unknown[0]}", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name in [name for name in STATES if name in names or not names]:
            _whole(browser, STATES[name]).screenshot(path=OUT / f"{name}.png", full_page=True)
        if "tutorial" in names or not names:
            _tutorial(browser)
        _sheet(browser)
        browser.close()
    print(OUT / "index.html")
    return 0


def _whole(browser: Browser, state: State) -> Page:
    page = _entered(browser, _door(state), state.size, **state.looks)
    page.goto("/".join(page.url.split("/")[:3]) + state.place)
    return page


def _tutorial(browser: Browser) -> None:
    """Follow it, and take its pictures where they stand in it."""
    page = _entered(browser, _door(State(place="/", open="essay")), TUTORIAL_SIZE)
    folder = TUTORIAL.parent

    def take(name: str) -> None:
        page.screenshot(path=folder / name)

    follow(page, TUTORIAL.read_text("utf-8"), take)


def _sheet(browser: Browser) -> None:
    """All pictures side by side, as a page and as a picture."""
    shown = [name for name in STATES if (OUT / f"{name}.png").exists()]
    style = (
        "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}"
        "img{width:300px;height:440px;object-fit:cover;object-position:top left;border:1px solid #999}"
    )
    each = "".join(
        f'<figure><figcaption>{n}</figcaption><a href="{n}.png"><img src="{n}.png" alt="{n}"></a></figure>'
        for n in shown
    )
    title = "Tearline, page by page"
    written = f"<!doctype html><meta charset=utf-8><title>{title}</title><style>{style}</style>{each}"
    (OUT / "index.html").write_text(written, "utf-8")
    page = browser.new_page(viewport={"width": 1640, "height": 900})
    page.goto((OUT / "index.html").as_uri())
    page.screenshot(path=OUT / "sheet.png", full_page=True)


def _door(state: State) -> Door:
    if state.incident:
        return incident_door(IncidentDesk.on(state.incident), None, 0)
    if not state.open:
        return door(Desk(None), 0)
    if state.faulty:
        text = cases.text_of(state.open).replace("us: A", "us: Z").replace("key-desk: near", "key-dsk: near")
        return door(Desk(Working(name="mine.yaml", path=None, file=held(text, "mine.yaml", None))), 0)
    return door(Desk(Working(name=state.open, path=None, file=cases.open_shipped(state.open))), 0)


def _entered(browser: Browser, entrance: Door, size: tuple[int, int], **looks: Any) -> Page:
    """Serve until this process ends, and come in."""
    listener = listening(0)
    entrance.port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(entrance, log_config=None, lifespan="off", ws="none"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, **looks).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(entrance.address)
    page.wait_for_url(lambda address: "/enter" not in address)
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
