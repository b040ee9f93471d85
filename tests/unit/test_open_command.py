"""The command that opens the page: what it prints, where it listens, how it ends, and what it says when it cannot."""

import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tearline.cli import run
from tearline.web.desk import Desk
from tearline.web.incident_desk import IncidentDesk

COMMAND = [sys.executable, "-c", "from tearline.cli import main; main()", "open"]


@pytest.fixture
def running(root: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, serving the worked example on any free port."""
    # Away from whoever runs the tests: they may have interrupts ignored, and a child would inherit that.
    process = subprocess.Popen(
        [*COMMAND, "essay", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield process
    process.kill()
    process.communicate()


def test_it_prints_an_address_of_this_machine_that_answers_until_it_is_interrupted(
    running: subprocess.Popen[str],
) -> None:
    assert running.stdout is not None
    address = running.stdout.readline().strip()

    with urllib.request.urlopen(address, timeout=30) as answer:
        entered = answer.status, answer.headers["set-cookie"]
    with pytest.raises(urllib.error.HTTPError) as again:
        urllib.request.urlopen(address, timeout=30)
    again.value.close()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert entered[0] == 200
    assert "SameSite=Strict" in entered[1]
    assert again.value.code == 401
    assert running.returncode == 130
    assert "the address works once" in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        code = run(["open", "essay", "--no-browser", "--port", str(port)])

    assert code == 2
    assert f"`--port {port}` cannot be used: address already in use" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_is_none_is_said(capsys: pytest.CaptureFixture[str], port: str) -> None:
    code = run(["open", "essay", "--no-browser", f"--port={port}"])

    assert code == 2
    assert f"`--port {port}` cannot be used" in capsys.readouterr().err


def test_what_is_not_installed_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    code = run(["open", "essay"])

    assert code == 2
    assert "install tearline[web]" in capsys.readouterr().err


def test_a_file_with_faults_is_opened_and_its_faults_are_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text("tearline: 1\ntitle: x\n", "utf-8")
    monkeypatch.setattr("tearline.web.serving.serve", lambda desk, port, tell: tell("http://here"))

    code = run(["open", str(tmp_path / "bad.yaml"), "--no-browser"])

    assert code == 0
    assert re.search(r"bad\.yaml: \d+ faults; the page shows where", capsys.readouterr().err)


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_what_is_no_text_is_not_opened(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes) -> None:
    if content is not None:
        (tmp_path / "bad.yaml").write_bytes(content)

    code = run(["open", str(tmp_path / "bad.yaml"), "--no-browser"])

    assert code == 2
    assert "bad.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "incident", "case"),
    [
        (["oval-office"], None, "oval-office"),
        (["oval-office", "--incident"], "oval-office", "oval-office"),
        (["midway"], "midway", "cases/midway.yaml"),
        (["manning"], "manning", None),
    ],
)
def test_a_name_opens_the_case_or_the_incident_that_it_means(
    arguments: list[str],
    incident: str | None,
    case: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    served: list[tuple[str | None, str | None]] = []

    def serve(desk: Desk, port: int, tell: Callable[[str], None]) -> None:
        tell("http://there")
        served.append((None, desk.working.name))

    def serve_incident(found: IncidentDesk, desk: Desk | None, port: int, tell: Callable[[str], None]) -> None:
        tell("http://there")
        served.append((found.name, desk.working.name if desk else None))

    monkeypatch.setattr("tearline.web.serving.serve", serve)
    monkeypatch.setattr("tearline.web.serving.serve_incident", serve_incident)

    code = run(["open", *arguments, "--no-browser"])

    out, err = capsys.readouterr()
    assert code == 0
    assert out == "http://there\n"
    assert served == [(incident, case)]
    assert ("tearline open oval-office --incident" in err) == (arguments == ["oval-office"])
    assert ("names no case" in err) == (case is None)


def test_an_incident_with_faults_is_not_opened(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("tearline_incident: 1\n", "utf-8")

    code = run(["open", str(tmp_path / "bad.yaml"), "--no-browser"])

    assert code == 2
    assert "bad.yaml" in capsys.readouterr().err
