"""A case from a report: its sentences as claims, vaguer words to take or leave, and what points at a source."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import Final

import attrs
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from tearline import cases, drafting
from tearline.drafting import Drafted, Gazetteer, Marked
from tearline.drafting.drafted import ASKED
from tearline.errors import InputError, StaleError
from tearline.web.shell import Form, Shell, see
from tearline.web.starting import Asked, Start

SPAN: Final = re.compile(r"span\.([0-9]{1,9})-([0-9]{1,9})")
"""What a claim is called in the form: where its words begin and end in the report, in characters."""


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the page about a report."""
    report = _Report(shell, Start(shell))

    @get("/start/report", sync_to_thread=False)
    def paste() -> Response[str]:
        return report.paste({}, {})

    @post("/start/report", sync_to_thread=True)
    def act(data: Form) -> Response[str]:
        return report.act(data)

    return [paste, act]


@attrs.frozen(kw_only=True)
class Proposed:
    """One claim as the page shows it.

    Attributes:
        key: Where it stands, as ``start-end``.
        kept: Whether it is to be a claim of the case.
        vaguer: Each vaguer wording, why, and whether it was taken.
        own: Vaguer words that the person wrote.
    """

    key: str
    kept: bool
    words: Drafted
    vaguer: tuple[tuple[str, tuple[str, ...], bool], ...]
    own: str


@functools.cache
def _places() -> Gazetteer | None:
    return drafting.installed()


@attrs.define(eq=False)
class _Report:
    shell: Shell
    start: Start

    def paste(self, form: Mapping[str, str], wrong: Mapping[str, str], status: int = 200) -> Response[str]:
        """Where a report is pasted."""
        shown = {"report": _text(form), "written": form.get("written", ""), "has_places": _places() is not None}
        return self.start.page("report.html", form, wrong, status, **shown)

    def act(self, form: Mapping[str, str]) -> Response[str]:
        """Look at a report, mark further words as a claim, or begin the case with what was taken."""
        self.shell.must_be_ours(form)
        report, spans = _text(form), _spans(form)
        try:
            written = _day(form)
            if not spans:
                found = drafting.drafted(report, None, _places() or Gazetteer({}), written)
                return self._proposals(form, {f"{c.span.start}-{c.span.end}": True for c in found}, {})
        except InputError as wrong:
            field = "written" if "day" in str(wrong) else "report"
            return self.paste(form, {field: str(wrong)}, 422)
        kept = {f"{start}-{end}": f"claim.{start}-{end}" in form for start, end in spans}
        # The return key says neither: what stands in the field for a further claim then decides.
        act = form.get("act") or ("add" if form.get("words", "").strip() else "begin")
        if act == "add":
            return self._add(form, report, kept)
        return self._begin(form, report, kept, written)

    def _add(self, form: Mapping[str, str], report: str, kept: dict[str, bool]) -> Response[str]:
        try:
            start, end = _stretch(report, form.get("words", ""))
        except InputError as wrong:
            return self._proposals(form, kept, {"words": str(wrong)}, 422)
        return self._proposals({**form, "words": ""}, {**kept, f"{start}-{end}": True}, {})

    def _begin(
        self, form: Mapping[str, str], report: str, kept: dict[str, bool], written: dt.date | None
    ) -> Response[str]:
        answers = {question.key: form.get(f"answer.{question.key}", "") for question in ASKED}
        faults = {question.key: cases.fault_in(question, answers[question.key]) for question in ASKED}
        wrong = {key: fault for key, fault in faults.items() if fault} | self.start.wrong_name(form)
        if form.get("words", "").strip():
            wrong = {"words": "add this claim first, or empty the field", **wrong}
        if not any(kept.values()):
            wrong = {"claims": "take at least one claim", **wrong}
        if wrong:
            return self._proposals(form, kept, wrong, 422)
        try:
            marked = [
                Marked(start=one.words.span.start, end=one.words.span.end, versions=_taken(one))
                for one in self._claims(form, report, kept, written)
                if one.kept
            ]
            case = drafting.draft(report, answers, marked, _places() or Gazetteer({}), written)
            self.start.begin(case, form)
        except InputError as failure:
            stale = isinstance(failure, StaleError)
            return self._proposals(form, kept, {"open" if stale else "file": str(failure)}, 409 if stale else 422)
        return see("/")

    def _claims(
        self, form: Mapping[str, str], report: str, kept: dict[str, bool], written: dt.date | None
    ) -> list[Proposed]:
        """Every claim in the order of the report. Raises InputError for a stretch that is none."""
        places = sorted((int(key.partition("-")[0]), int(key.partition("-")[2]), key) for key in kept)
        marked = [Marked(start=start, end=end) for start, end, _ in places]
        found = drafting.drafted(report, marked, _places() or Gazetteer({}), written)
        return [_proposed(form, key, kept[key], words) for (_, _, key), words in zip(places, found, strict=True)]

    def _proposals(
        self, form: Mapping[str, str], kept: dict[str, bool], wrong: Mapping[str, str], status: int = 200
    ) -> Response[str]:
        """The claims with what is proposed for each."""
        report = _text(form)
        try:
            claims = self._claims(form, report, kept, _day(form))
        except InputError as failure:
            return self.paste(form, {"report": str(failure)}, 422)
        asked = [Asked(question=q, answer=form.get(f"answer.{q.key}", ""), fault=wrong.get(q.key, "")) for q in ASKED]
        shown = {"report": report, "written": form.get("written", ""), "words": form.get("words", "")}
        return self.start.page("proposals.html", form, wrong, status, claims=claims, asked=asked, **shown)


def _proposed(form: Mapping[str, str], key: str, kept: bool, words: Drafted) -> Proposed:
    return Proposed(
        key=key,
        kept=kept,
        words=words,
        vaguer=tuple((v.text, v.why, f"take.{key}.{at}" in form) for at, v in enumerate(words.vaguer)),
        own=form.get(f"own.{key}", ""),
    )


def _taken(one: Proposed) -> tuple[str, ...]:
    """The vaguer words of a claim, from exact to vague; the person's own come last."""
    return tuple(text for text, _, taken in one.vaguer if taken) + ((one.own,) if one.own.strip() else ())


def _text(form: Mapping[str, str]) -> str:
    """The report, with the ends of line by which its characters are counted."""
    return form.get("report", "").replace("\r\n", "\n")


def _spans(form: Mapping[str, str]) -> list[tuple[int, int]]:
    found = [SPAN.fullmatch(key) for key in form]
    return [(int(one[1]), int(one[2])) for one in found if one]


def _day(form: Mapping[str, str]) -> dt.date | None:
    given = form.get("written", "").strip()
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise InputError("this is no day; write it as `2026-11-20`, or leave it empty") from None


def _stretch(report: str, words: str) -> tuple[int, int]:
    """Where words stand in the report, however their lines are broken. Raises InputError if they do not."""
    parts = words.split()
    if not parts:
        raise InputError("write or paste the words of the report that are to be a claim")
    found = re.search(r"\s+".join(map(re.escape, parts)), report)
    if not found:
        raise InputError("these words do not stand in the report; copy them to the letter")
    return found.start(), found.end()
