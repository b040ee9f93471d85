"""Golden cases of outside data as parameters, so that each is counted by its name."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOT_THERE = "data missing"


def golden(path: str, cases: Callable[[Any], Iterable[tuple[str, Any]]]) -> list[Any]:
    """A parameter for each case of a JSON file below the outside data, with its id.

    Where the file is missing there is one parameter, :data:`NOT_THERE`: the test asks the fixture for the file first,
    which then skips or fails.
    """
    file = (ROOT / os.environ.get("TEARLINE_DATA", "../shared/data") / path).resolve()
    if not file.exists():
        return [pytest.param(None, id=NOT_THERE)]
    return [pytest.param(case, id=name) for name, case in cases(json.loads(file.read_text("utf-8")))]
