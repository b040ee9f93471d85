"""Follow the tutorial of the page word by word, as somebody who does just what it says.

What the text says in these words is done or looked for, in its order:

``Choose **RUNG** under **CLAIM**``   a rung of a ladder is chosen
``Press **NAME**``                    a button is pressed
``Follow **NAME**``                   a link is followed
``Open **NAME**``                     a folded part is opened
``*WORDS*``                           the page says so, now, to whoever looks (case apart at the beginning)
``![TEXT](PICTURE)``                  the place of a picture of the page as it now is

Anything else in bold is a fault: it looks like a step and nobody could take it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
from playwright.sync_api import Page, expect

TUTORIAL = Path(__file__).resolve().parents[1] / "docs" / "tutorial" / "your-first-tearline.md"
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(
    r"Choose \*\*(?P<rung>[^*]+)\*\* under \*\*(?P<claim>[^*]+)\*\*"
    r"|Press \*\*(?P<press>[^*]+)\*\*|Follow \*\*(?P<follow>[^*]+)\*\*|Open \*\*(?P<open>[^*]+)\*\*"
    r"|\*\*(?P<unknown>[^*]+)\*\*|!\[[^\]]*\]\((?P<picture>[^)]+)\)|\*(?P<says>[^*\n]+)\*"
)


@attrs.frozen
class Step:
    """One thing to do, to look for, or to take a picture of; ``under`` is the claim of a rung."""

    what: str
    name: str
    under: str = ""


class NoStepError(Exception):
    """The tutorial has words that nobody could follow."""


def steps(text: str) -> Iterator[Step]:
    """What a reader of ``text`` does and sees.

    Raises:
        NoStepError: Something is in bold that is no step.
    """
    for found in STEP.finditer(FENCED.sub("", text)):
        what = str(found.lastgroup if found["rung"] is None else "rung")
        if what == "unknown":
            raise NoStepError(f"`**{found[what]}**` looks like a step, but none of the known verbs stands before it")
        yield Step(what=what, name=found[what], under=found["claim"] or "")


def follow(page: Page, text: str, picture: Callable[[str], None]) -> int:
    """Follow ``text`` on the page it begins with; gives how many steps there were.

    Args:
        picture: Called with the address of each picture once the page is as the picture shows it.
    Raises:
        AssertionError: The page does not say what it should, or has nothing of that name.
        NoStepError: The text cannot be followed.
    """
    every = tuple(steps(text))
    for step in every:
        if step.what == "picture":
            picture(step.name)
        elif step.what == "says":
            expect(page.locator("body")).to_contain_text(re.compile(re.escape(step.name), re.IGNORECASE))
        else:
            _act(page, step)
    return len(every)


def _act(page: Page, step: Step) -> None:
    if step.what == "rung":
        ladder = page.get_by_role("group", name=re.compile(f"^{re.escape(step.under)}\\b"))
        chosen = ladder.get_by_role("radio", name=re.compile(f"^{re.escape(step.name)}\\b"))
        chosen.check()
        expect(chosen).to_be_checked()
    elif step.what == "press":
        page.get_by_role("button", name=step.name, exact=True).click()
    elif step.what == "follow":
        page.get_by_role("link", name=step.name, exact=True).click()
    else:
        page.locator("summary", has_text=step.name).click()
    page.wait_for_load_state("networkidle")
