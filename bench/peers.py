"""Throw-away environments for the programs that Tearline is measured against.

Each peer gets its own virtual environment below ``bench/.venvs`` (or ``TEARLINE_BENCH_VENVS``), made
on first use with pip from the index that pip is set up for, and is never a dependency of Tearline.
A peer that cannot be installed is skipped loudly, not silently.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = {
    "qif": ("qif==1.6.0", "numpy==2.4.6"),
    "pyagrum": ("pyagrum==3.3.1", "numpy==2.4.6"),
    "problog": ("problog==2.3.0",),
    "cedarpy": ("cedarpy==4.12.2",),
    "pymerkle": ("pymerkle==7.0.0",),
    "ortools": ("ortools==9.15.6755", "numpy==2.4.6"),
}
"""What each environment holds. The packages are used for measuring only; nothing of them is shipped."""

FOLDER = Path(os.environ.get("TEARLINE_BENCH_VENVS", Path(__file__).parent / ".venvs"))


def interpreter(peer: str) -> Path | None:
    """The Python in which ``peer`` can be imported, made if need be; ``None`` if it cannot be had."""
    home = FOLDER / peer
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = home / "installed.txt"
    wanted = "\n".join(REQUIREMENTS[peer])
    if done.exists() and done.read_text() == wanted:
        return python
    print(f"installing {peer} into {home}", file=sys.stderr, flush=True)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(home)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS[peer]],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            last = (ran.stderr.strip().splitlines() or ["no message"])[-1]
            print(f"SKIPPED: {peer} cannot be installed: {last}", file=sys.stderr, flush=True)
            return None
    done.write_text(wanted)
    return python
