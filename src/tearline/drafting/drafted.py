"""A case file from a report: its sentences as claims, accepted wordings as versions, the rest as comments.

Nothing is asserted that nobody said. Who could have known which words is left to the stated defaults, which round
exposure up and which every answer lists; a wording that nobody accepted stands in a comment, where no engine reads
it, until its ``#`` is taken away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from tearline.cases.interview import LEAKS, QUESTIONS, Cast, Question, fault_in
from tearline.cases.write import spelled
from tearline.domain import SourceKind
from tearline.drafting.gazetteer import NOWHERE, Gazetteer
from tearline.drafting.proposing import Vaguer, ladder, proposals
from tearline.drafting.sentences import sentences
from tearline.drafting.spans import Level, Proposal, Span
from tearline.drafting.telltales import Telltale, telltales
from tearline.errors import InputError

MOST_CLAIMS: Final = 200
"""A longer report is better split before it is decided."""

_UNASKED: Final = frozenset(("exact", "vague", "known"))
"""Questions of the interview that the report itself answers, or that are left to the stated defaults."""

ASKED: Final = tuple(question for question in QUESTIONS if question.key not in _UNASKED)
"""The questions of the interview that a report leaves open, with their cautious defaults."""

_NAMES: Final = {Level.CLOSE: "close", Level.WIDER: "wider", Level.VAGUE: "vague", Level.FAINT: "faint"}


@attrs.frozen(kw_only=True)
class Marked:
    """A stretch of the report that is to be a claim, and the vaguer wordings that a person has accepted for it.

    Attributes:
        start, end: In characters of the report, as for :class:`Span`.
        versions: Accepted or written by hand, from exact to vague, each following from the one before it.
    """

    start: int
    end: int
    versions: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Drafted:
    """One claim with what is proposed for it and what points at its source.

    Attributes:
        text: Its words in one line, as the case will hold them.
        span: Where they stand in the report. Proposals and telltales count from the start of ``text``.
        found: What could be made vaguer, specific by specific.
        vaguer: The whole claim in vaguer words.
        accepted: The vaguer wordings that a person has taken over.
    """

    text: str
    span: Span
    found: tuple[Proposal, ...]
    vaguer: tuple[Vaguer, ...]
    telltales: tuple[Telltale, ...]
    accepted: tuple[str, ...] = ()


def drafted(
    report: str,
    marked: Sequence[Marked] | None = None,
    gazetteer: Gazetteer = NOWHERE,
    written: dt.date | None = None,
) -> tuple[Drafted, ...]:
    """The claims of a report, each with its proposals.

    Args:
        marked: The stretches that are claims; ``None``: every sentence is one, with nothing accepted.
        written: When the report was written, for dates without a year.
    Raises:
        InputError: A stretch lies outside the report or holds no words, or there are too many or none.
    """
    chosen = [Marked(start=s.start, end=s.end) for s in sentences(report)] if marked is None else list(marked)
    if not chosen:
        raise InputError("no claim: a report needs at least one sentence of three words")
    if len(chosen) > MOST_CLAIMS:
        raise InputError(f"{len(chosen)} claims are more than {MOST_CLAIMS}; split the report, or mark what matters")
    return tuple(_drafted(report, one, gazetteer, written) for one in chosen)


def everything(claims: Sequence[Drafted]) -> tuple[Marked, ...]:
    """Every proposal accepted, for who wants to weed afterwards."""
    return tuple(
        Marked(start=claim.span.start, end=claim.span.end, versions=tuple(one.text for one in claim.vaguer))
        for claim in claims
    )


def _drafted(report: str, one: Marked, gazetteer: Gazetteer, written: dt.date | None) -> Drafted:
    if not 0 <= one.start < one.end <= len(report):
        raise InputError(f"from {one.start} to {one.end} is no stretch of a report of {len(report)} characters")
    text = _in_one_line(report[one.start : one.end])
    if not text:
        raise InputError(f"from {one.start} to {one.end} stand no words")
    found = proposals(text, gazetteer, written)
    accepted = tuple(dict.fromkeys(filter(None, map(_in_one_line, one.versions))))
    return Drafted(
        text=text,
        span=Span(one.start, one.end),
        found=found,
        vaguer=ladder(text, found),
        telltales=telltales(text),
        accepted=tuple(words for words in accepted if words != text),
    )


def _in_one_line(text: str) -> str:
    """A text without characters that no text of a case may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def draft(
    report: str,
    answers: Mapping[str, str] | None = None,
    marked: Sequence[Marked] | None = None,
    gazetteer: Gazetteer = NOWHERE,
    written: dt.date | None = None,
) -> str:
    """The commented case of a report; it reads without problems and can be assessed at once.

    Args:
        answers: By the keys of :data:`ASKED`; what is missing takes its cautious default.
        marked, gazetteer, written: As for :func:`drafted`.
    Raises:
        InputError: As :func:`drafted`; or an answer cannot be used.
    """
    claims = drafted(report, marked, gazetteer, written)
    given = {question.key: _answer(question, answers or {}) for question in ASKED}
    return "\n".join((*_head(given, written), *_claims(claims), *_proposal(given, claims))) + "\n"


def _answer(question: Question, answers: Mapping[str, str]) -> str:
    answer = _in_one_line(answers.get(question.key, "")) or question.default
    if fault := fault_in(question, answer):
        raise InputError(f"`{question.key}` cannot be used; {fault}")
    return answer


def _head(given: Mapping[str, str], written: dt.date | None) -> Iterator[str]:
    people = Cast.of(given)
    kind = SourceKind(given["kind"])
    yield "# Drafted from a report. Vaguer wordings are proposed by rules that know no facts: whether they are"
    yield "# true, and who could have known them, nobody has checked. Take one over by deleting its `#`, or write"
    yield "# a better one."
    yield "# Everything not said takes a cautious default; `tearline assess` lists those that it leaned on."
    yield "tearline: 1"
    yield f"title: {spelled('What may ' + given['recipient'] + ' be told?')}"
    yield f"us: {spelled(people.us)}"
    if written:
        yield f"as_of: {written.isoformat()}"
    yield ""
    yield "parties:"
    for id_, name in people.names.items():
        hostile = ", hostile: true" if id_ == people.hostile else ""
        yield f"  {spelled(id_)}: {{name: {spelled(name, nested=True)}{hostile}}}"
    yield ""
    yield "# How likely it is that what the recipient is told comes to be read by those who must not work it out."
    yield "leak_paths:"
    yield (
        f"  - {{from: {spelled(people.recipient, True)}, to: {spelled(people.hostile, True)}, how: penetration, "
        f"probability: {LEAKS[given['leak']]}}}"
    )
    yield ""
    yield "sources:"
    yield f"  source: {{kind: {kind.value}, owner: {spelled(people.us, True)}{_joint(people)}}}"
    yield ""
    yield "secrets:"
    yield "  method: {of: source, is: method}" if kind.is_method else "  source: {of: source, is: person}"
    yield ""


def _joint(people: Cast) -> str:
    return f", joint_with: [{', '.join(spelled(one, True) for one in people.partners)}]" if people.partners else ""


def _claims(claims: Sequence[Drafted]) -> Iterator[str]:
    yield "# One claim for each sentence. Refine: `readers` and `known` say who could have known each version; until"
    yield "# then few are taken to have known the exact words. `event` says which claims rest on one event."
    yield "claims:"
    for number, claim in enumerate(claims, 1):
        yield f"  c{number}:"
        yield "    sources: [source]"
        for telltale in claim.telltales:
            yield f"    # {telltale.sign.value}: {_in_one_line(telltale.words)}: {telltale.why}; {telltale.do}"
        yield "    versions:"
        yield f"      exact: {{text: {spelled(claim.text, nested=True)}}}"
        for place, words in enumerate(claim.accepted, 1):
            yield f"      {_name(claim, words, place)}: {{text: {spelled(words, nested=True)}}}"
        yield from _left_open(claim)


def _left_open(claim: Drafted) -> Iterator[str]:
    """The proposals that nobody has accepted, as comments, each reason where it first holds."""
    told: set[str] = set()
    for vaguer in claim.vaguer:
        if vaguer.text not in claim.accepted:
            yield from (f"      # {_in_one_line(reason)}" for reason in vaguer.why if reason not in told)
            told.update(vaguer.why)
            yield f"      # {_NAMES[vaguer.level]}: {{text: {spelled(vaguer.text, nested=True)}}}    # proposed"
    for taken in dict.fromkeys(one.taken for one in claim.found if one.taken):
        yield f"      # {_in_one_line(taken)}"


def _name(claim: Drafted, words: str, place: int) -> str:
    """What a version is called: by its level where it was proposed."""
    levels = [vaguer.level for vaguer in claim.vaguer if vaguer.text == words]
    return _NAMES[levels[0]] if levels else f"version-{place}"


def _proposal(given: Mapping[str, str], claims: Sequence[Drafted]) -> Iterator[str]:
    people = Cast.of(given)
    yield ""
    yield "proposal:"
    yield f"  to: {spelled(people.recipient)}"
    yield "  purpose: routine                  # warning, if people are in danger"
    yield f"  claims: [{', '.join(f'c{number}' for number in range(1, len(claims) + 1))}]"
    yield f"  harm_of_silence: {spelled(given['silence'])}"
