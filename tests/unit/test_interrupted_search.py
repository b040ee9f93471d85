"""Ctrl-C during a search: the best answer so far; a second one ends."""

import json
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.cases import open_shipped
from tearline.cli import answers, run
from tearline.domain import Case

Captured = pytest.CaptureFixture[str]


def interrupted(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Press Ctrl-C so many times as soon as the search begins."""

    def decide(case: Case, **options: Any) -> Assessment:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return assess(case, **options)

    monkeypatch.setattr(answers, "decide", decide)


def test_the_first_interrupt_gives_the_best_answer_so_far(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, 1)

    code = run(["assess", "essay"])

    out, err = capsys.readouterr()
    assert code in (0, 3, 4)
    assert "the best answer so far follows" in err
    assert "The search was cut short: no text inside the limits is worth more than" in " ".join(out.split())


def test_the_answer_states_its_certified_gap(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, 1)

    run(["assess", "essay", "--json"])

    text = json.loads(capsys.readouterr().out)["house_only"]["tearline"]
    assert not text["proved_optimal"]
    assert text["gap"] == pytest.approx(1 - text["value"] / text["upper_bound"])
    assert text["upper_bound"] >= assess(open_shipped("essay").case).tearline.value


def test_the_second_interrupt_ends_it(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, 2)

    code = run(["assess", "essay"])

    assert code == 130
    assert capsys.readouterr().err.endswith("stopped\n")


def test_afterwards_interrupts_mean_what_they_did_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    interrupted(monkeypatch, 1)

    run(["assess", "essay"])

    assert signal.getsignal(signal.SIGINT) is before


def test_elsewhere_than_in_the_main_thread_nothing_is_changed(capsys: Captured) -> None:
    codes: list[int] = []
    worker = threading.Thread(target=lambda: codes.append(run(["assess", "essay"])))

    worker.start()
    worker.join()

    assert codes == [3]


def test_a_search_is_asked_to_stop_and_gives_what_it_has() -> None:
    case = open_shipped("essay").case
    told: list[int] = []

    found = assess(case, progress=lambda nodes, *_: told.append(nodes), stop=lambda: bool(told))

    assert not found.tearline.proved
    assert found.tearline.upper_bound >= assess(case).tearline.value >= found.tearline.value


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_a_real_signal_to_a_real_process_gets_an_answer() -> None:
    script = (
        "import os, signal, sys\n"
        "from tearline.cli import answers, run\n"
        "real = answers.decide\n"
        "def decide(case, **options):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(case, **options)\n"
        "answers.decide = decide\n"
        "sys.exit(run(['assess', 'essay']))\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode in (0, 3, 4)
    assert "cut short" in done.stdout
