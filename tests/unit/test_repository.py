"""The repository keeps its own rules: locks, names, docstrings, a light start, no traces of a machine."""

import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import tearline

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tearline"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SHOWN = ["src", "tests", "docs", "bench", "experiments", "tools", "requirements", ".ci"]

# Put together from halves, or this file would contain what it forbids.
REGISTRIES = ["py" + "pi.org", "pythonhost" + "ed.org", "npm" + "js.org", "npm" + "js.com", "conda.ana" + "conda.org"]
MACHINE_PATHS = ["/wor" + "k/", "/roo" + "t/", "/hom" + "e/", "/User" + "s/"]

HEAVY = {"numpy", "yaml", "msgspec", "duckdb", "ortools", "pandas", "scipy"}
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "misc", "manager", "managers"}


def own_files() -> Iterator[Path]:
    """Every text file that belongs to the repository."""
    folders = (path for name in SHOWN for path in (ROOT / name).rglob("*"))
    for path in [*ROOT.iterdir(), *folders]:
        made = any(part.endswith((".venv", ".venvs", "__pycache__")) for part in path.parts)
        if path.is_file() and not made and path.suffix != ".pyc":
            yield path


def pins(lock: Path) -> dict[str, str]:
    """What a lock file holds: the requirement with its marker, and the version that is pinned."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)((?: ; [^\\]*)?)", lock.read_text("utf-8"), re.MULTILINE)
    return {name + marker.rstrip(): version for name, version, marker in found}


def target_names() -> set[str]:
    """Every target of the Makefile that is meant for people."""
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_carries_no_address(lock: Path) -> None:
    assert "://" not in lock.read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_carries_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())

    bare = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]

    assert bare == []


def test_the_two_locks_agree() -> None:
    core, dev = pins(ROOT / "requirements" / "core.txt"), pins(ROOT / "requirements" / "dev.txt")

    assert core.items() <= dev.items()


def test_the_lock_of_the_page_stands_between_the_two() -> None:
    core, web, dev = (pins(ROOT / "requirements" / f"{name}.txt") for name in ("core", "web", "dev"))

    assert core.items() <= web.items()
    versions = {name.partition(" ; ")[0]: version for name, version in dev.items()}
    assert {name.partition(" ; ")[0]: version for name, version in web.items()}.items() <= versions.items()


def test_the_npm_lock_carries_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = [package for place, package in lock["packages"].items() if place]

    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = {name.partition(" ; ")[0] for name in pins(ROOT / "requirements" / "dev.txt")}

    declared = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["project"]["optional-dependencies"]["web"],
        *project["dependency-groups"]["build"],
    ]

    assert {re.split(r"[<>=!~\[ ]", requirement)[0] for requirement in declared} <= names


def test_no_file_names_a_package_registry_or_a_path_of_somebodys_machine() -> None:
    forbidden = re.compile("|".join(map(re.escape, REGISTRIES + MACHINE_PATHS)))

    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in own_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1)
        if forbidden.search(line)
    ]

    assert found == []


def test_the_help_loads_nothing_heavy() -> None:
    program = (
        "import json, sys\n"
        "from tearline.cli import main\n"
        "sys.argv = ['tearline', '--help']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)

    assert done.returncode == 0, done.stderr
    assert HEAVY & set(json.loads(done.stdout.splitlines()[-1])) == set()


def test_everything_public_has_a_docstring() -> None:
    names = [found.name for found in pkgutil.walk_packages(tearline.__path__, "tearline.")]

    bare = [
        f"{name}.{within}".rstrip(".")
        for name in ["tearline", *names]
        for within, docstring in docstrings(importlib.import_module(name))
        if not docstring
    ]

    assert bare == []


def docstrings(module: ModuleType) -> Iterator[tuple[str, str | None]]:
    """The docstrings of a module and of the public classes, methods and functions that it defines."""
    yield "", module.__doc__
    for name, thing in vars(module).items():
        if not name.startswith("_") and getattr(thing, "__module__", None) == module.__name__:
            if inspect.isclass(thing):
                yield name, vars(thing).get("__doc__")
                yield from _of_methods(name, thing)
            elif inspect.isfunction(thing):
                yield name, thing.__doc__


def _of_methods(name: str, owner: type) -> Iterator[tuple[str, str | None]]:
    """The docstrings of the methods that a class writes itself; an override has its original's."""
    for inner, method in vars(owner).items():
        code = getattr(getattr(method, "fget", None) or getattr(method, "__func__", method), "__code__", None)
        if code and not inner.startswith("_") and code.co_filename.startswith(str(SOURCE)):
            yield f"{name}.{inner}", inspect.getdoc(getattr(owner, inner))


def test_every_module_is_named_for_its_idea() -> None:
    vague = [
        str(path.relative_to(ROOT)) for path in [*own_files()] if SAYS_NOTHING & {path.stem.lower(), path.parent.name}
    ]

    assert vague == []


def test_every_test_file_has_a_name_of_its_own_and_no_test_folder_is_a_package() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("*.py")]

    assert "__init__.py" not in names
    own = [name for name in names if name != "conftest.py"]  # pytest's name for what a folder shares
    assert sorted(own) == sorted(set(own))


def test_make_alone_prints_every_target() -> None:
    make = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

    printed = set(re.findall(r"^  make ([a-z]+) ", make.stdout, re.MULTILINE))

    assert printed == target_names()
    assert {"demo", "test", "check", "fix", "lock", "bench", "clean", "help"} <= printed


def test_every_make_target_the_documentation_names_exists() -> None:
    pages = [path for path in own_files() if path.suffix == ".md"]

    named = {target for page in pages for target in re.findall(r"[`$] ?make ([a-z]+)", page.read_text("utf-8"))}

    assert named <= target_names()


def test_the_script_of_continuous_integration_can_be_run() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
