"""Commands about markings: read, map, render, rollup."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from tearline import markings
from tearline.cli import render_marking
from tearline.cli.files import faults_told
from tearline.cli.render import console
from tearline.cli.streams import put_json
from tearline.errors import InputError
from tearline.exchange import marking as wire
from tearline.markings.handling import told
from tearline.markings.json_text import LONGEST
from tearline.markings.legible import unknown
from tearline.markings.mapping import mapped
from tearline.markings.reading import Reader, Standing
from tearline.markings.system import System

FINE, REFUSED = 0, 4
STDIN = "-"

FORMS = ("banner", "portion", "words", "xml", "stix", "json")


def read(system: str, text: str, *, policy: Path | None, reader: str | None, as_json: bool) -> int:
    """Say what a marking says, and whether somebody may read what carries it."""
    with faults_told(None, as_json=as_json):
        found = _system(system, policy)
        received = _one(text)
        label = found.read(received)
        asked = None if reader is None else found.admits(label, _reader(found, reader))
    written, faults = found.write(label), found.faults(label)
    handling = told(found.handling(label))
    if as_json:
        put_json(wire.read(found.key, received, written, handling, faults, asked))
    else:
        render_marking.label(console(), written, handling, faults, asked)
    return FINE if asked is None or asked.granted else REFUSED


def render(system: str, text: str, *, policy: Path | None, form: str | None, as_json: bool) -> int:
    """Print a marking in one form, or in all."""
    with faults_told(None, as_json=as_json):
        found = _system(system, policy)
        written = found.write(found.read(_one(text)))
        if form is not None and form not in FORMS:
            raise unknown("form", form, FORMS, f"there are {', '.join(FORMS)}")
        if form is not None and not as_json:
            render_marking.form(written, form)
            return FINE
    if as_json:
        put_json(wire.rendered(found.key, written))
    else:
        render_marking.forms(console(), written)
    return FINE


def rollup(system: str, texts: list[str], *, policy: Path | None, as_json: bool) -> int:
    """Print the banner of several portions, and why it reads so."""
    with faults_told(None, as_json=as_json):
        found = _system(system, policy)
        labels = [_numbered(found, number, text) for number, text in enumerate(_all(texts), 1)]
        if not labels:
            raise InputError("nothing to roll up: a banner needs a portion")
        rolled = found.roll_up(labels, dt.datetime.now(dt.UTC).date())
    written = found.write(rolled.label)
    if as_json:
        put_json(wire.rolled_up(found.key, rolled, written))
    else:
        render_marking.rolled_up(console(), written, rolled)
    return FINE


def map_to(system: str, text: str, *, to: str, agreement: str | None, policy: Path | None, as_json: bool) -> int:
    """Say a marking in another system, and what is lost; 4 where every label there would loosen something."""
    with faults_told(None, as_json=as_json):
        source = _system(system, policy)
        target = source if to == system else markings.system(to)
        found = mapped(source.read(_one(text)), source, target, agreement)
    written = None if found.label is None else target.write(found.label)
    if as_json:
        put_json(wire.mapped(target.key, found, written))
    else:
        render_marking.mapped(console(), target.title, found, written)
    return REFUSED if written is None else FINE


def _system(key: str, policy: Path | None) -> System[Any]:
    return markings.system(key, None if policy is None else _read_file(policy))


def _numbered(system: System[Any], number: int, text: str) -> Any:
    try:
        return system.read(text)
    except InputError as wrong:
        raise InputError(f"portion {number}: {wrong}") from None


def _one(text: str) -> str:
    found = _all([text])
    if len(found) != 1:
        raise InputError(f"{len(found)} markings where one is meant; `tearline marking rollup` takes several")
    return found[0]


def _all(texts: list[str]) -> list[str]:
    """The markings meant: as typed, from a file after ``@``, or from standard input, one on each line."""
    found: list[str] = []
    for text in texts:
        if text == STDIN:
            found += _lines(_read_stdin())
        elif text.startswith("@"):
            found += _lines(_read_file(Path(text[1:])))
        else:
            found.append(text)
    return found


def _lines(text: str) -> list[str]:
    """One marking on each line; a text that begins as XML or JSON is one marking as a whole."""
    if text.lstrip().startswith("<"):
        return [text]
    if text.lstrip().startswith("{") and not all(line.lstrip().startswith("{") for line in text.splitlines() if line):
        return [text]
    return [line for line in text.splitlines() if line.strip()]


def _read_stdin() -> str:
    try:
        return _bounded("stdin", sys.stdin.read(LONGEST + 1))
    except UnicodeDecodeError as odd:
        raise InputError(f"stdin: not text in {odd.encoding}") from None


def _read_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return _bounded(str(path), file.read(LONGEST + 1))
    except UnicodeDecodeError:
        raise InputError(f"`{path}` is not text in UTF-8") from None
    except OSError as failure:
        raise InputError(f"`{path}` cannot be read: {(failure.strerror or str(failure)).lower()}") from failure


def _bounded(name: str, text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(f"{name}: longer than {LONGEST} characters; nothing beyond that is read")
    return text


# --- a reader ----------------------------------------------------------------------------------------------


def _reader(system: System[Any], text: str) -> Reader:
    """A reader as typed: ``country=GBR,serves=GBR,clearance=S``; what is not said does not hold."""
    given: dict[str, list[str]] = {}
    for part in text.split(","):
        key, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise InputError(f"`{part}` in `--reader` is no KEY=VALUE such as country=GBR")
        given.setdefault(key.strip(), []).append(value.strip())
    for key in given:
        if key not in _READER:
            raise unknown("fact about a reader", key, _READER, f"there are {', '.join(_READER)}")
    return Reader(
        countries=frozenset(given.get("country", ())),
        serves=_last(given, "serves"),
        agency=_last(given, "agency"),
        clearance=_clearance(system, given),
        accesses=frozenset(given.get("access", ())),
        groups=frozenset(given.get("group", ())),
        standing=_standing(_last(given, "standing") or "public"),
    )


_READER = ("country", "serves", "agency", "clearance", "access", "group", "standing")


def _last(given: dict[str, list[str]], key: str) -> str:
    values = given.get(key, [""])
    if len(values) > 1:
        raise InputError(f"`{key}` twice in `--reader`; it holds one value")
    return values[0]


def _clearance(system: System[Any], given: dict[str, list[str]]) -> dict[str, str]:
    level = _last(given, "clearance")
    if level and level not in system.levels:
        raise unknown("clearance", level, system.levels, f"{system.key} has {', '.join(system.levels) or 'no levels'}")
    return {system.key: level} if level else {}


def _standing(word: str) -> Standing:
    words = {each.name.lower(): each for each in Standing}
    if word not in words:
        raise unknown("standing", word, words, f"there are {', '.join(words)}")
    return words[word]
