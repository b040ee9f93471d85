"""Worked cases that come with the product; ``tearline assess NAME`` takes one by its name."""

from __future__ import annotations

import difflib
import itertools
from importlib import resources

from tearline.cases.read import CaseFile, read
from tearline.errors import InputError


def names() -> tuple[str, ...]:
    """The names of the shipped cases, in alphabetical order."""
    found = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def text_of(name: str) -> str:
    """The file of a shipped case, comments and all.

    Raises:
        InputError: There is no case of that name.
    """
    if name not in names():
        close = difflib.get_close_matches(name, names(), n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"there is {', '.join(f'`{n}`' for n in names())}"
        raise InputError(f"no shipped case `{name}`; {hint}")
    return resources.files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")


def about(name: str) -> str:
    """What a shipped case is about: the first paragraph of the comment that it begins with.

    Raises:
        InputError: There is no case of that name.
    """
    lines = itertools.takewhile(lambda line: line.removeprefix("#").strip(), text_of(name).splitlines())
    return " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))


def open_shipped(name: str) -> CaseFile:
    """Read a shipped case.

    Raises:
        InputError: There is no case of that name.
    """
    return read(text_of(name), f"{name}.yaml")
