"""What every test may lean on: outside data, reproducible Hypothesis, and a loud word about skips."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = "tests/conformance/"

# In CI the same examples every time; a failure seen there can be repeated at home.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None)
# For work in progress: the first failure as found, which may be large, instead of the smallest after minutes.
settings.register_profile(
    "fast",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "here"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Folders of a user that no test shares with whoever runs it: records and keys go there."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home / name))
        for name in ("TEARLINE_RECORD", "TEARLINE_KEYS"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def outside_data() -> Callable[[str], Path]:
    """Ask for a set of outside data by its folder or file: ``outside_data("knowers/email-eu")``.

    The sets lie below ``TEARLINE_DATA`` (default: ``../shared/data`` beside the repository). Where one
    is missing the test is skipped; with ``TEARLINE_REQUIRE_DATA=1`` it fails. Nothing is downloaded,
    and nobody writes there.
    """
    top = (ROOT / os.environ.get("TEARLINE_DATA", "../shared/data")).resolve()

    def ask(name: str) -> Path:
        path = top / name
        if path.exists():
            return path
        missing = f"outside data missing: no `{name}` below TEARLINE_DATA={top}"
        if os.environ.get("TEARLINE_REQUIRE_DATA") == "1":
            pytest.fail(missing)
        pytest.skip(missing)

    return ask


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what others wrote and we were held against, suite by suite; say loudly what was skipped and why."""
    _golden(terminalreporter)
    _skipped(terminalreporter)


def _golden(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for every check against outside data: how many cases of it passed, and of how many."""
    ran: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            if getattr(report, "when", "") == "call" and report.nodeid.startswith(GOLDEN):
                suite = report.nodeid.removeprefix(GOLDEN).partition("[")[0]
                ran[suite] += 1
                passed[suite] += outcome == "passed"
                excused[suite] += outcome == "xfailed"
    if ran:
        terminalreporter.section("HELD AGAINST OUTSIDE DATA")
    for suite in sorted(ran):
        expected = f" ({excused[suite]} not expected to)" if excused[suite] else ""
        terminalreporter.line(f"{passed[suite]:>5} of {ran[suite]:>5}  {suite}{expected}")


def _skipped(terminalreporter: pytest.TerminalReporter) -> None:
    """A test that did not run proves nothing."""
    why = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    if why:
        terminalreporter.section("NOT TESTED", red=True)
    for reason, times in sorted(why.items()):
        terminalreporter.line(f"SKIPPED: {times} test{'s'[: times > 1]}: {reason}", red=True)
