"""Whoever is killed while releasing, at whatever point: it is wholly on record, once, or not at all."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.fault_points import MEMORY, build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(
    scope="module", params=[(), ("journal", "earlier"), ("erased",)], ids=lambda words: " ".join(words) or "first"
)
def points(request: pytest.FixtureRequest) -> Iterator[list[dict[str, Any]]]:
    """Every point of one release."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield found_in(Path(name), request.param)


def found_in(folder: Path, words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every point of one release on a desk in that folder."""
    library = build(folder)
    if library is None:
        pytest.skip("no C compiler: what a killed release leaves behind is not tried")
    told = {"LD_PRELOAD": str(library), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "fault_points.py"), str(folder / "desks"), *words],
        env=os.environ | told,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_killed_release_is_wholly_there_once_or_not_at_all_and_its_words_never_came_out(
    points: list[dict[str, Any]],
) -> None:
    left = [point["left"] for point in points if point["left"]["code"] < 0]

    assert len(left) > 60
    assert {each["releases"] for each in left} == {0, 1}
    assert [each["faults"] for each in left if each["faults"]] == []
    assert [each for each in left if each["printed"]] == []
    assert [each for each in left if each["moves"] and not each["releases"]] == []


def test_run_again_it_is_there_once_and_nothing_is_left_to_put_right(points: list[dict[str, Any]]) -> None:
    moves = {point["left"]["moves"] is None for point in points}
    (without_journal,) = moves
    whole = {
        "releases": 1,
        "moves": None if without_journal else 1,
        "faults": [],
        "printed": True,
        "code": 0,
    }

    again = [point["again"] for point in points]
    assert [each for each in again if {name: each[name] for name in whole} != whole] == []
    assert [each for each in again if each["notes"]] == []


def test_a_killed_erasure_is_wholly_there_or_not_at_all_and_leaves_no_words_in_any_file(tmp_path: Path) -> None:
    points = found_in(tmp_path, ("erasing",))

    left = [point["left"] for point in points if point["left"]["code"] < 0]
    assert len(left) > 100
    assert {(each["releases"], each["erasures"]) for each in left} == {(1, 0), (0, 1)}
    assert [each for each in left if each["traces"] != bool(each["releases"])] == []
    after = [point["again"] for point in points]
    assert {(each["releases"], each["erasures"], each["traces"]) for each in after} == {(0, 1, False)}
    assert [each["faults"] for each in [*left, *after] if each["faults"]] == []
