"""What is remembered of parts of a case: the same arrays, for the same objects, in no more room than was given."""

import numpy as np
import pytest

from tearline.exposure.memo import Memo


def counted(memo: Memo, part: object, key: str, made: list[str], size: int = 2) -> np.ndarray:
    """Ask for what a part comes to, and note when it had to be worked out."""

    def work() -> np.ndarray:
        made.append(key)
        return np.arange(size, dtype=float)

    return memo.of((part,), key, work)


def test_the_same_object_is_worked_out_once() -> None:
    memo, part, made = Memo(), ["a part"], []

    first, second = counted(memo, part, "x", made), counted(memo, part, "x", made)

    assert first is second
    assert made == ["x"]


def test_an_equal_object_and_another_key_are_worked_out_anew() -> None:
    memo, made = Memo(), list[str]()
    one, equal = ["a part"], ["a part"]

    for part, key in ((one, "x"), (equal, "x"), (one, "y")):
        counted(memo, part, key, made)

    assert made == ["x", "x", "y"]


def test_nobody_can_write_to_what_is_remembered() -> None:
    found = counted(Memo(), object(), "x", [])

    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1


def test_what_was_not_asked_for_the_longest_is_forgotten_first() -> None:
    memo, part, made = Memo(room=4), object(), list[str]()
    for key in ("x", "y", "x", "z"):
        counted(memo, part, key, made)

    made.clear()
    for key in ("x", "z", "y"):
        counted(memo, part, key, made)

    assert made == ["y"]


def test_what_has_no_room_at_all_is_not_kept() -> None:
    memo, part, made = Memo(room=4), object(), list[str]()
    counted(memo, part, "small", made)

    counted(memo, part, "huge", made, size=5)
    counted(memo, part, "huge", made, size=5)
    counted(memo, part, "small", made)

    assert made == ["small", "huge", "huge"]


def test_an_object_that_is_remembered_cannot_be_taken_for_a_later_one() -> None:
    memo, made = Memo(), list[str]()

    for _ in range(50):  # each part would be gone, and its place in memory taken by the next
        counted(memo, object(), "x", made)

    assert made == ["x"] * 50
