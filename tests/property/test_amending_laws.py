"""Laws of changing single places of a text, on shipped cases and on drawn texts."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tearline import cases
from tearline.cases.amending import moved, put, removed, same
from tearline.cases.edits import changes
from tearline.cases.places import Place, Sort, places
from tearline.cases.write import Bare
from tearline.errors import InputError

TEXTS = {name: cases.text_of(name) for name in cases.names()} | {"full": cases.template("full")}
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]) | st.just("\n"), max_size=40)
NUMBERS = st.decimals(0, 100, places=2).map(lambda number: Bare(str(number)))
SINGLE = WORDS | NUMBERS | st.none()
VALUES = st.recursive(
    SINGLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)


def paths(place: Place, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path of a text, the whole left out."""
    steps: list[str | int] = [e.name for e in place.entries]
    if place.sort is Sort.LIST:
        steps = list(range(len(place.entries)))
    found = [at] if at else []
    for step, entry in zip(steps, place.entries, strict=True):
        found += paths(entry.value, (*at, step))
    return found


@st.composite
def drawn_places(draw: st.DrawFn) -> tuple[str, tuple[str | int, ...]]:
    """A text and a path in it."""
    text = draw(st.sampled_from(sorted(TEXTS.values())))
    return text, draw(st.sampled_from(paths(places(text))))


def at(text: str, path: tuple[str | int, ...]) -> Any:
    """What stands at a path."""
    here: Any = places(text).plain
    for step in path:
        here = here[step]
    return here


def comments(text: str) -> list[str]:
    """The lines that are comments only."""
    return [line for line in text.split("\n") if line.lstrip().startswith("#")]


@given(drawn_places())
def test_putting_what_is_there_leaves_the_text_to_the_letter(drawn: tuple[str, tuple[str | int, ...]]) -> None:
    text, path = drawn

    assert put(text, path, at(text, path)) == text


@given(drawn_places(), VALUES)
def test_a_place_says_what_was_put_there_and_every_other_what_it_said(
    drawn: tuple[str, tuple[str | int, ...]], value: Any
) -> None:
    text, path = drawn

    try:
        after = put(text, path, value)
    except InputError:
        assume(False)

    assert same(at(after, path), value)
    assert all(
        change.path[: len(path)] == path
        for change in changes(places(text).plain, places(after).plain)  # type: ignore[arg-type]
    )


@given(drawn_places(), SINGLE)
def test_a_single_value_can_be_put_anywhere_a_single_value_is_and_put_back(
    drawn: tuple[str, tuple[str | int, ...]], value: Any
) -> None:
    text, path = drawn
    before = at(text, path)
    assume(not isinstance(before, dict | list))

    after = put(text, path, value)
    back = put(after, path, before)

    assert comments(after) == comments(text)
    assert same(places(back).plain, places(text).plain)
    assert comments(back) == comments(text)


@given(drawn_places())
def test_what_is_taken_out_is_gone_and_nothing_else(drawn: tuple[str, tuple[str | int, ...]]) -> None:
    text, path = drawn

    after = removed(text, path)

    *way, last = path
    left, was = at(after, tuple(way)), at(text, tuple(way))
    if isinstance(was, dict):
        assert list(left.items()) == [(key, held) for key, held in was.items() if key != last]
    else:
        assert left == [held for index, held in enumerate(was) if index != last]
    assert set(comments(after)) <= set(comments(text))


@given(drawn_places())
def test_moving_twice_is_not_moving(drawn: tuple[str, tuple[str | int, ...]]) -> None:
    text, path = drawn
    held = at(text, path[:-1])
    assume(path[-1] != 0 and path[-1] != next(iter(held)))

    after = moved(text, path)
    keys = list(held)
    index = path[-1] if isinstance(held, list) else keys.index(path[-1])
    again = moved(after, (*path[:-1], path[-1] if isinstance(held, list) else keys[index - 1]))

    assert after != text or (isinstance(held, list) and held[index] == held[index - 1])
    assert same(places(again).plain, places(text).plain)
