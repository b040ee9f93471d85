"""The command that exercises a warning: reads, decides, asks people, times every step. Nothing leaves.

The only thing written is the report, to a file that was named and is not there yet.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import attrs

from tearline.assess.urgent.drilling import Exercise, Report, Result, Timed, exercises, report
from tearline.assess.urgent.gaps import Gap
from tearline.assess.urgent.package import package
from tearline.assess.urgent.plan import Plan, plan
from tearline.cli.files import faults_told, judge_place, opened, write_new
from tearline.cli.render import console, heading, item, paragraph
from tearline.cli.streams import put_json, say
from tearline.errors import InputError
from tearline.exchange import drill as wire

FINE, GAPS = 0, 3
YES, NO = ("y", "yes"), ("n", "no")

Ask = Callable[[str], str]
Seconds = Callable[[], float]
Made = TypeVar("Made")


@attrs.define
class Stopwatch:
    """What every step took so far.

    Attributes:
        now: Seconds that only ever rise.
    """

    now: Seconds = time.monotonic
    steps: list[Timed] = attrs.field(factory=list)

    def machine(self, name: str, work: Callable[[], Made]) -> Made:
        """Do something and note what it took; what fails is noted, and goes on."""
        start = self.now()
        try:
            made = work()
        except InputError:
            self._note(name, start, Result.FAILED, by_people=False)
            raise
        self._note(name, start, Result.DONE, by_people=False)
        return made

    def people(self, exercise: Exercise, ask: Ask | None) -> Result:
        """Put a question to people; without somebody to ask it was not tried."""
        start = self.now()
        result = Result.NOT_TRIED if ask is None else Result.DONE if _is_yes(exercise, ask) else Result.FAILED
        self._note(exercise.name, start, result, by_people=True)
        return result

    def _note(self, name: str, start: float, result: Result, by_people: bool) -> None:
        self.steps.append(Timed(name=name, by_people=by_people, seconds=self.now() - start, result=result))

    @property
    def gone(self) -> float:
        """Seconds so far."""
        return sum(step.seconds for step in self.steps)


def _is_yes(exercise: Exercise, ask: Ask) -> bool:
    while True:
        answer = ask(exercise.ask).strip().casefold()
        if answer in YES or answer in NO:
            return answer in YES


def drill(case: str, *, yes: bool, output: Path | None, as_json: bool) -> int:
    """Exercise the warning of a case; 0 if nothing is missing, 3 if something is."""
    with faults_told(case, as_json=as_json):
        if output is not None:
            judge_place(output)
        found = rehearsed(case, Stopwatch(), None if yes else _asked_at_the_terminal)
        if output is not None:
            write_new(output, written(found))
            say(f"written: {output}")
    if as_json:
        put_json(wire.encode(found))
    else:
        _page(found)
    return GAPS if found.gaps else FINE


def rehearsed(case: str, watch: Stopwatch, ask: Ask | None) -> Report:
    """Go through the whole path.

    Args:
        ask: Puts a question to people and gives their answer; ``None``: nobody is asked.
    Raises:
        InputError: The case cannot be read or is none in a hurry.
    """
    file = watch.machine("read the case", lambda: opened(case))
    assumed = [f"{a.path}: {a.what}" for a in file.assumed]
    found = watch.machine("decide, and find the words", lambda: plan(file.case, assumed=assumed))
    missing = _page_missing(watch, found)
    failed = [
        exercise for exercise in exercises(found) if watch.people(exercise, _clocked(watch, ask)) is Result.FAILED
    ]
    return report(found, watch.steps, [*missing, *(exercise.gap for exercise in failed)])


def _page_missing(watch: Stopwatch, found: Plan) -> list[Gap]:
    try:
        watch.machine("write the page that would go", lambda: package(found))
    except InputError as why:
        return [Gap(what=str(why), where="proposal")]
    return []


def _clocked(watch: Stopwatch, ask: Ask | None) -> Ask | None:
    return None if ask is None else lambda question: ask(f"[{minutes(watch.gone)}] {question}")


def _asked_at_the_terminal(question: str) -> str:
    """One answer, asked for on standard error so that the report alone goes to standard output.

    Raises:
        InputError: Nobody answers any more.
    """
    print(f"\n{question} [y/n] ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        print(file=sys.stderr)
        raise InputError("the drill ended before its last step; nothing was written; `--yes` tries only the machine")
    return line


def minutes(seconds: float) -> str:
    """A time as a stopwatch shows it.

    >>> minutes(3725.4)
    '1:02:05'
    """
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def written(found: Report) -> str:
    """The report as Markdown."""
    lines = [
        f"# Drill: {found.title}",
        "",
        "Nothing was sent.",
        "",
        "| step | who | took | result |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {step.name} | {'people' if step.by_people else 'machine'} | {_took(step)} | {step.result.value} |"
        for step in found.steps
    ]
    lines += ["", _in_all(found), "", "## Gaps", ""]
    lines += [f"- {gap.what} (`{gap.where}`)" for gap in found.gaps] or ["None."]
    return "\n".join(lines) + "\n"


def _took(step: Timed) -> str:
    return minutes(step.seconds) if step.by_people else f"{step.seconds:.1f} s"


def _in_all(found: Report) -> str:
    text = f"In all {minutes(found.seconds)}"
    if found.room is not None:
        text += f", where there is room for {minutes(found.room.total_seconds())}"
    if not found.tried:
        return f"{text}. The people's part was not tried, so this says nothing about the night."
    return f"{text}: {'in time' if found.in_time else 'TOO LATE'}." if found.in_time is not None else f"{text}."


def _page(found: Report) -> None:
    out = console()
    paragraph(out, f"Drill: {found.title}", indent=0, style="bold")
    paragraph(out, "Nothing was sent.", indent=0, style="dim")
    heading(out, "What it took")
    for step in found.steps:
        who = "people" if step.by_people else "machine"
        style = "bold" if step.result is Result.FAILED else ""
        paragraph(out, f"{step.name}: {step.result.value}", 20, style, f"  {who:<8} {_took(step):>8}")
    paragraph(out, _in_all(found))
    heading(out, "Gaps")
    if not found.gaps:
        paragraph(out, "None.")
    for gap in found.gaps:
        item(out, f"{gap.what} (`{gap.where}`)")
