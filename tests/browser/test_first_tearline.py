"""The tutorial of the page, followed word by word in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tools.follow_tutorial import TUTORIAL, NoStepError, Step, follow, steps

ComeIn = Callable[..., tuple[Page, Path]]
STEPS_AT_LEAST = 25


@pytest.mark.usefixtures("at_once")
def test_the_tutorial_can_be_followed_word_by_word(come_in: ComeIn, said: list[str]) -> None:
    page, file = come_in("essay")
    before, pictures = file.read_text("utf-8"), list[str]()

    count = follow(page, TUTORIAL.read_text("utf-8"), pictures.append)

    assert count >= STEPS_AT_LEAST
    assert len(pictures) >= 3
    assert all((TUTORIAL.parent / each).is_file() for each in pictures), "make screenshots takes them"
    assert file.read_text("utf-8") == before
    assert said == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "wrong",
    ["The page says *No such words.*", "Press **No such button**.", "Choose **no-such-rung** under **plot**."],
)
def test_a_tutorial_that_says_what_is_not_so_is_found_out(come_in: ComeIn, wrong: str) -> None:
    page, _ = come_in("essay")
    page.set_default_timeout(1_000)

    with pytest.raises(Exception, match="such"):
        follow(page, wrong, lambda _: None)


def test_bold_words_that_are_no_step_are_found_out() -> None:
    with pytest.raises(NoStepError, match="Apply"):
        list(steps("Now click **Apply**."))


def test_steps_are_read_in_the_order_of_the_text() -> None:
    text = "*A* and then\n```\n*not this* **nor this**\n```\nChoose **b** under **c**. ![d](e.png) Press **f**."

    assert list(steps(text)) == [
        Step("says", "A"),
        Step("rung", "b", "c"),
        Step("picture", "e.png"),
        Step("press", "f"),
    ]
