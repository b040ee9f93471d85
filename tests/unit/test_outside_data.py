"""A test that cannot run for want of data says so loudly, and fails where it must run."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]
NEEDS_DATA = "def test_it(outside_data):\n    assert outside_data('knowers/nowhere')\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run one test that needs a set of data, with the given environment, and return what it printed."""
    (tmp_path / "test_needing.py").write_text(NEEDS_DATA, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TEARLINE_", "PYTEST_"))}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "test_needing.py"],
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(TESTS), "TEARLINE_DATA": str(tmp_path / "absent"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_missing_data_skips_with_a_loud_line_that_names_folder_and_variable(run: Run, tmp_path: Path) -> None:
    done = run()

    assert done.returncode == 0
    assert "NOT TESTED" in done.stdout
    assert f"no `knowers/nowhere` below TEARLINE_DATA={tmp_path / 'absent'}" in done.stdout
    assert "SKIPPED: 1 test: outside data missing" in done.stdout


def test_missing_data_fails_where_it_is_required(run: Run) -> None:
    done = run(TEARLINE_REQUIRE_DATA="1")

    assert done.returncode == 1
    assert "1 failed" in done.stdout


def test_data_that_is_there_is_handed_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "absent" / "knowers" / "nowhere").mkdir(parents=True)

    done = run(TEARLINE_REQUIRE_DATA="1")

    assert done.returncode == 0
    assert "1 passed" in done.stdout
