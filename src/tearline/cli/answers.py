"""Commands that answer a case: assess, frontier, explain, budget, redteam."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tearline.assess import assess as decide
from tearline.assess.answer import Assessment
from tearline.assess.explaining import explained
from tearline.assess.frontiers import frontier as frontier_of
from tearline.assess.stock import budget as budget_of
from tearline.cli import render, render_budget, render_explanation, render_frontier, render_redteam
from tearline.cli.files import faults_told, opened
from tearline.cli.policies import under
from tearline.cli.streams import put_json, say
from tearline.domain import Allow, Case, PartyId, Refuse
from tearline.errors import InputError
from tearline.exchange import answer as wire
from tearline.exchange import budget as stock
from tearline.exchange import explanation
from tearline.exchange import redteam as attack
from tearline.sim.redteam import redteam as redteam_of
from tearline.tearlines.problem import micro
from tearline.tearlines.solution import NODES, Stop
from tearline.tearlines.solution import Progress as Told

ALLOWED, CONDITIONAL, REFUSED = 0, 3, 4

_PATIENCE = 1.0
"""Seconds before somebody who waits is shown that something is going on."""


def assess(
    case: str,
    *,
    as_json: bool,
    full: bool,
    nodes: int | None,
    replayed: bool,
    policy: str | None,
    record: Path | None = None,
) -> int:
    """Print the answer to ``case``; return the exit code of its decision."""
    with faults_told(case, as_json=as_json):
        if nodes is not None and nodes < 1:
            raise InputError(f"`--nodes {nodes}` is no length of a search; write 1 or more, {NODES} is usual")
        file = opened(case)
        judged = under(file.case, policy)
        if record is not None:
            judged = _recorded(judged, record)
        assumed = [f"{a.path}: {a.what}" for a in file.assumed]
        with waiting("searching for the best text", hint=" (Ctrl-C: answer now)") as told, interruptible() as asked:
            found = decide(
                judged,
                assumed=assumed,
                nodes=NODES if nodes is None else nodes,
                progress=told,
                stop=asked,
                replayed=replayed,
            )
    if as_json:
        put_json(wire.encode(found))
    else:
        render.page(render.console(), found, full)
    return code(found)


def _recorded(case: Case, record: Path) -> Case:
    from tearline.cli.kept import recorded  # a database, which most answers do without

    return recorded(case, record, needed=True)


def code(found: Assessment) -> int:
    """The exit code of a decision."""
    if isinstance(found.decision, Allow):
        return ALLOWED
    return REFUSED if isinstance(found.decision, Refuse) else CONDITIONAL


def frontier(case: str, *, as_json: bool) -> int:
    """Print how much could be said at how much exposure."""
    with faults_told(case, as_json=as_json):
        file = opened(case)
        with stages() as told:
            told("searching for every best text")
            found = frontier_of(file.case)
    if as_json:
        put_json(explanation.encode_frontier(found))
    else:
        render_frontier.frontier(render.console(), file.case, found)
    return ALLOWED


def explain(case: str, *, reader: str | None, proposed: bool, as_json: bool) -> int:
    """Print which sentence points at whom, and what earlier releases have cost."""
    with faults_told(case, as_json=as_json):
        file = opened(case)
        with waiting("searching for the best text") as told:
            found = decide(file.case, progress=told)
        explanations = explained(found, PartyId(reader) if reader is not None else None, proposed=proposed)
    if as_json:
        put_json(explanation.encode(explanations))
    else:
        render_explanation.explanations(render.console(), file.case, explanations)
    return ALLOWED


def budget(case: str, *, as_json: bool) -> int:
    """Print what is left of every limit, what was spent on what, and what the proposal would take."""
    with faults_told(case, as_json=as_json):
        file = opened(case)
        with stages() as told:
            found = budget_of(file.case, told)
    if as_json:
        put_json(stock.encode(found))
    else:
        render_budget.budget(render.console(), file.case, found)
    return ALLOWED


def redteam(case: str, *, proposed: bool, as_json: bool) -> int:
    """Print after which release each reader would have found what, and by which sentence."""
    with faults_told(case, as_json=as_json):
        file = opened(case)
        with stages() as told:
            found = redteam_of(file.case, proposed=proposed, say=told)
    if as_json:
        put_json(attack.encode(found))
    else:
        render_redteam.redteam(render.console(), found)
    return ALLOWED


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Let the first Ctrl-C ask a search for the best answer so far; the second ends everything.

    Gives what tells whether somebody has asked. Python hands signals to its main thread only; elsewhere
    nothing changes.
    """
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        say("stopping: the best answer so far follows; Ctrl-C again ends at once")

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Show on standard error what is being worked out; gone when it is done."""
    aside = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=aside, transient=True, disable=not aside.is_interactive) as bar:
        task = bar.add_task("", total=None)
        yield lambda what: bar.update(task, description=what)


@contextmanager
def waiting(what: str, hint: str = "") -> Iterator[Told]:
    """Show on standard error, after a moment, how far a search has come; gone when it is done."""
    aside = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=aside, transient=True, disable=not aside.is_interactive) as bar:
        task = bar.add_task(what, total=None, visible=False)
        soon = threading.Timer(_PATIENCE, lambda: bar.update(task, visible=True))
        soon.daemon = True
        soon.start()

        def told(nodes: int, best: int | None, bound: int) -> None:
            found, most = (best or 0) / micro(1), bound / micro(1)
            gap = f", gap {(most - found) / most:.0%}" if most > found else ""
            proved = f"{found:g} found, at most {most:g}{gap}{hint}"
            bar.update(task, description=f"{what}: {nodes:,} nodes, {proved}")

        try:
            yield told
        finally:
            soon.cancel()
