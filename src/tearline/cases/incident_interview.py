"""An incident file by interview: the first hour in nine short questions, and what nobody knows stays out.

The questions and the file that follows from the answers are pure; whoever asks brings the talking, and opens the
case, for the later questions are about its parties, claims and versions. Doubt falls on the source's side: who just
presses return says that every hostile party has everything that the case holds, as exactly as it was collected.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from tearline.cases.incident_format import MOST_HOURS
from tearline.cases.interview import AnswerKind, Question, answer_to, entered, fault_in
from tearline.cases.scalars import Day, MalformedError
from tearline.cases.shapes import nearest, printable
from tearline.cases.write import spelled
from tearline.domain import Case, Claim, Party, VersionId
from tearline.domain.incidents import MOST_ACCOUNTS, IncidentKind
from tearline.errors import InputError

SEEN: Final = {"unknown": "[0, 1]", "unlikely": "[0.02, 0.2]", "possible": "[0.1, 0.6]", "likely": "[0.5, 0.95]"}
"""What a word for "a hostile reader came to see what was taken" stands for, widely."""

MOST_QUESTIONS: Final = 9
_SHOWN: Final = 8
"""So many names or claims are listed with a question; of a larger case the rest is to be looked up."""

_ACCOUNT: Final = re.compile(r"(?P<by>[^:]+):\s*(?P<denies>not\s+)?(?P<claim>\S+)\s+(?P<version>\S+)")


def first_questions(today: dt.date) -> tuple[Question, ...]:
    """What can be asked before the case is open."""
    return (
        Question(
            key="kind",
            text="How did it get out?",
            kind=AnswerKind.CHOICE,
            default=IncidentKind.OFF_SCRIPT.value,
            choices=tuple(kind.value for kind in IncidentKind),
        ),
        Question(key="on", text="On which day?", default=today.isoformat()),
        Question(
            key="case",
            text="Which case is it about?",
            default="essay",
            hint="A file beside the one that is being written, or a shipped case; `tearline new` begins a case.",
        ),
    )


def questions_about(case: Case, kind: IncidentKind) -> tuple[Question, ...]:
    """What is asked once the case is open."""
    claims = _listed([f"{claim.id} ({', '.join(v.id for v in claim.versions)})" for claim in case.claims])
    others = _listed([_named(party) for party in case.parties if party.id != case.us])
    asked = [
        Question(key="spoke", text=f"Who {_did(kind)}?", default="not known", hint="A role; no name is needed."),
        Question(
            key="hearers",
            text="Who has it for certain?",
            hint=f"Between commas, of {others}. Nothing: every hostile party.",
        ),
        Question(
            key="briefed",
            text="What could have come out at most?",
            hint=f"Claims, each with its most exact version, as `claim: version, claim: version`, of {claims}. "
            "Nothing: everything, as it was collected.",
        ),
        Question(
            key="accounts",
            text="Who says that what came out?",
            hint="As `a visitor: claim version; a spokesman: not claim version`. Those who repeat each other are one. "
            "Nothing: there is no account yet.",
        ),
    ]
    if not kind.is_spoken:
        asked.append(
            Question(
                key="seen",
                text="How likely has a hostile reader come to see it?",
                kind=AnswerKind.CHOICE,
                default="unknown",
                choices=tuple(SEEN),
            )
        )
    asked.append(
        Question(
            key="hours",
            text="In how many hours could harm come?",
            hint="A number. Nothing: by kind of source, a person first.",
        )
    )
    return tuple(asked)


def fault_of(question: Question, answer: str, case: Case | None = None) -> str:
    """What is wrong with an answer, as a hint; empty if it can be used.

    Args:
        case: The one that is open; ``None``: none yet.
    """
    given = answer_to(question, {question.key: answer})
    if fault := fault_in(question, given):
        return fault
    try:
        if question.key == "on":
            Day().parse(given)
        elif question.key == "hours" and given:
            _hours(given)
        elif case is not None and question.key in _READ:
            _READ[question.key](case, given)
    except MalformedError as malformed:
        return f"{malformed}; {malformed.hint}" if malformed.hint else str(malformed)
    except InputError as wrong:
        return str(wrong)
    return ""


def compose_incident(answers: Mapping[str, str], case: Case, today: dt.date) -> str:
    """The commented incident file that follows from the answers; it reads without a problem.

    Args:
        answers: By the keys of the questions; what is missing or empty takes its default.
        case: The one that ``case`` names.
    Raises:
        InputError: An answer cannot be used (:func:`fault_of` says so beforehand).
    """
    first = {question.key: _answer(question, answers, None) for question in first_questions(today)}
    kind = IncidentKind(first["kind"])
    given = first | {question.key: _answer(question, answers, case) for question in questions_about(case, kind)}
    hearers, briefed = _hearers(case, given["hearers"]), _briefed(case, given["briefed"])
    lines = [
        "# Written by interview. What nobody knows yet stays out, and is taken for the worse. Refine every line;",
        "# `tearline damage` answers at once, and again with every fact that comes in.",
        "tearline_incident: 1",
        f"title: {spelled(_title(given))}",
        f"kind: {kind.value}",
        f"on: {given['on']}",
        f"case: {spelled(given['case'])}",
        f"spoke: {spelled(given['spoke'])}",
        *([f"hearers: [{', '.join(spelled(who, nested=True) for who in hearers)}]"] if hearers else []),
        "",
        "# What could have come out at most: by claim the most exact version. Nothing beyond it is considered.",
        "briefed:",
        *(f"  {spelled(claim)}: {spelled(version)}" for claim, version in briefed.items()),
        *_accounts_written(case, given["accounts"]),
        *_seen_written(given.get("seen")),
        *_stakes_written(case, tuple(briefed), given["hours"]),
        "",
        "# Who could be asked what came out; to ask is itself to tell.",
        "# witnesses:",
        f"#   - {{whom: the note-taker, about: {next(iter(briefed))}, reliability: B}}",
        "",
        "# Must no assessment be written while somebody may be prosecuted?",
        "legal_hold: false",
        "",
    ]
    return "\n".join(lines)


# --- what is answered ------------------------------------------------------------------------------------


@attrs.frozen
class _Told:
    by: str
    denies: bool
    claim: Claim
    version: VersionId


def _answer(question: Question, answers: Mapping[str, str], case: Case | None) -> str:
    answer = answer_to(question, answers)
    if fault := fault_of(question, answer, case):
        raise InputError(f"`{question.key}` cannot be used; {fault}")
    return answer


def _hearers(case: Case, answer: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_party(case, word) for word in _parts(answer, ",")))


def _party(case: Case, word: str) -> str:
    """The id of a party that is named by its id, or by its name in capitals or not."""
    by_name = {party.name.casefold(): party.id for party in case.parties if party.name}
    found = word if word in [party.id for party in case.parties] else by_name.get(word.casefold())
    if not found:
        raise InputError(f"no party `{printable(word)}`; {nearest(word, [party.id for party in case.parties])}")
    if found == case.us:
        raise InputError(f"`{printable(word)}` is ourselves; name others only")
    return found


def _briefed(case: Case, answer: str) -> dict[str, str]:
    briefed: dict[str, str] = {}
    for part in _parts(answer, ","):
        name, _, version = part.partition(":") if ":" in part else part.partition(" ")
        claim = _claim(case, name.strip())
        if claim.id in briefed:
            raise InputError(f"`{claim.id}` is named twice")
        briefed[claim.id] = _version(claim, version.strip()) if version.strip() else claim.versions[0].id
    return briefed or {claim.id: claim.versions[0].id for claim in case.claims}


def _claim(case: Case, name: str) -> Claim:
    found = next((claim for claim in case.claims if claim.id == name), None)
    if found is None:
        raise InputError(f"no claim `{printable(name)}`; {nearest(name, [claim.id for claim in case.claims])}")
    return found


def _version(claim: Claim, name: str) -> VersionId:
    found = next((version.id for version in claim.versions if version.id == name), None)
    if found is None:
        hint = nearest(name, [version.id for version in claim.versions])
        raise InputError(f"`{claim.id}` has no version `{printable(name)}`; {hint}")
    return found


def _accounts(case: Case, answer: str) -> tuple[_Told, ...]:
    told = []
    for part in _parts(answer, ";"):
        found = _ACCOUNT.fullmatch(part)
        if not found:
            raise InputError(
                f"`{printable(part)}` is no account; write `who: claim version` or `who: not claim version`"
            )
        claim = _claim(case, found["claim"])
        told.append(_Told(found["by"].strip(), bool(found["denies"]), claim, _version(claim, found["version"])))
    if len(told) > MOST_ACCOUNTS:
        raise InputError(f"more than {MOST_ACCOUNTS} accounts; enter those that repeat each other as one")
    return tuple(told)


def _hours(answer: str) -> float:
    try:
        hours = float(answer)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= MOST_HOURS or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", answer):
        raise InputError(f"answer a number of hours, such as `48`, up to {MOST_HOURS:,.0f}")
    return hours


_READ: Final = {"hearers": _hearers, "briefed": _briefed, "accounts": _accounts}


def _parts(answer: str, between: str) -> list[str]:
    return [part.strip() for part in answer.split(between) if part.strip()]


# --- what is written -------------------------------------------------------------------------------------


def _title(given: Mapping[str, str]) -> str:
    return f"{given['kind'].replace('-', ' ').capitalize()} of {given['on']}"


def _did(kind: IncidentKind) -> str:
    return "said or printed it" if kind.is_spoken else "took or lost it"


def _named(party: Party) -> str:
    return f"{party.id} ({party.name})" if party.name and party.name != party.id else str(party.id)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _accounts_written(case: Case, answer: str) -> list[str]:
    told = _accounts(case, answer)
    head = ["", "# Who says what came out. Refine: reliability A to F, motive play-down or play-up, `on` since when."]
    if not told:
        return [*head, "# accounts:", "#   a-visitor: {by: a visitor, says: {CLAIM: VERSION}, reliability: C}"]
    ids: dict[str, str] = {}
    for each in told:
        entered(ids, each.by, "account")
    return [
        *head,
        "accounts:",
        *(
            f"  {spelled(id_)}: {{by: {spelled(each.by, nested=True)}, {'denies' if each.denies else 'says'}: "
            f"{{{spelled(each.claim.id, nested=True)}: {spelled(each.version, nested=True)}}}, "
            "reliability: F, motive: none}"
            for id_, each in zip(ids, told, strict=True)
        ),
    ]


def _seen_written(seen: str | None) -> list[str]:
    if seen is None:
        return []
    return ["", "# How likely a hostile reader came to see what was taken.", f"seen: {SEEN[seen]}"]


def _stakes_written(case: Case, claims: Sequence[str], hours: str) -> list[str]:
    behind = {source.id for claim in case.claims if claim.id in claims for source in case.lineage(claim)}
    soon = f", hours_to_harm: {_hours(hours):.12g}" if hours else ""
    return [
        "",
        "# What is at stake. Refine: worth ordinary, useful, important or irreplaceable; how many years were ahead.",
        "sources:",
        *(
            f"  {spelled(source.id)}: {{worth: ordinary, years: [1, 5]{soon}}}"
            for source in case.sources
            if source.id in behind
        ),
    ]
