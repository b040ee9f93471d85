"""What journeys on the page in a real browser share: how it is started, and what a checker finds on a page."""

import os
from typing import NoReturn

import pytest
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1440, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def missing(what: str) -> NoReturn:
    """Fail where a browser is required, else skip."""
    if os.environ.get("TEARLINE_REQUIRE_BROWSER") == "1":
        pytest.fail(what)
    pytest.skip(what)


def violations(page: Page, axe: str) -> list[str]:
    """What the accessibility checker finds, rule and place."""
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]
