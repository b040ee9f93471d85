"""A first case by interview: at most ten questions, answered in a few words, with cautious defaults.

The table of questions and the case that follows from the answers are pure; whoever asks them (the
command line, a page) brings the talking. Who could have known what has the shape of
:data:`tearline.domain.defaults.ASSUMED_GROUPS`, with the counts that were answered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from importlib import resources
from typing import Final

import attrs

from tearline.cases.shapes import LONGEST_ID
from tearline.cases.write import spelled
from tearline.domain import SourceKind
from tearline.errors import InputError


class AnswerKind(Enum):
    """What sort of answer a question takes."""

    TEXT = "text"
    NAMES = "names"  # several, between commas; may be empty
    CHOICE = "choice"
    COUNTS = "counts"  # two whole numbers


@attrs.frozen(kw_only=True)
class Question:
    """One question of the interview.

    Attributes:
        key: What the answer is called in :func:`compose`.
        default: The answer of who just presses return.
        hint: What helps to answer it, in a sentence.
        choices: The words that may be answered, for ``CHOICE``.
    """

    key: str
    text: str
    kind: AnswerKind = AnswerKind.TEXT
    default: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()


LEAKS: Final = {"likely": "[0.2, 0.8]", "possible": "[0.05, 0.5]", "unlikely": "[0.01, 0.1]"}
"""What a word for "the hostile party may read the recipient" stands for, widely."""

MOST_PEOPLE: Final = 100_000_000
"""The largest count an answer may give."""

TEMPLATES: Final = ("minimal", "full")
"""The names that :func:`template` takes."""

QUESTIONS: Final = (
    Question(key="us", text="Who are we?", default="our service"),
    Question(key="recipient", text="Whom do we want to tell?", default="the recipient"),
    Question(key="hostile", text="Who must not work out how we know?", default="the hostile party"),
    Question(
        key="kind",
        text="What kind of source is it?",
        kind=AnswerKind.CHOICE,
        default=SourceKind.HUMAN.value,
        choices=tuple(kind.value for kind in SourceKind),
    ),
    Question(
        key="partners",
        text="Who else helped to get it?",
        kind=AnswerKind.NAMES,
        hint="Names between commas, or nothing. They have a stake and will have to be asked.",
    ),
    Question(
        key="exact",
        text="What do you want to say, exactly as collected?",
        default="The words as they were collected.",
        hint="Do not say how we know.",
    ),
    Question(
        key="vague",
        text="And in vaguer words, which are still true?",
        default="The same in words that many could know.",
    ),
    Question(
        key="known",
        text="How many people of theirs could know the exact words, and how many the vaguer ones?",
        kind=AnswerKind.COUNTS,
        default="10, 500",
        hint="Two numbers. If in doubt, the smaller one is the careful one.",
    ),
    Question(key="silence", text="What may happen if nothing is said?", default="not known"),
    Question(
        key="leak",
        text="May what the recipient is told come to be read by them?",
        kind=AnswerKind.CHOICE,
        default="possible",
        choices=tuple(LEAKS),
    ),
)
"""The whole interview, in order."""


def fault_in(question: Question, answer: str) -> str:
    """What is wrong with an answer, as a hint; empty if it can be used. An empty answer takes the default."""
    answer = answer.strip() or question.default
    if question.kind is AnswerKind.CHOICE and answer not in question.choices:
        return "answer " + ", ".join(f"`{choice}`" for choice in question.choices)
    if question.kind is AnswerKind.COUNTS and _counts(answer) is None:
        return f"answer two whole numbers, such as `{question.default}`, the smaller one first"
    return ""


def _counts(answer: str) -> tuple[int, int] | None:
    """Two counts, ``1 <= exact <= vague``."""
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*[,;\s]\s*([0-9]{1,9})\s*", answer)
    if not found:
        return None
    exact, vague = int(found[1]), int(found[2])
    return (exact, vague) if 1 <= exact <= vague <= MOST_PEOPLE else None


def compose(answers: Mapping[str, str]) -> str:
    """The commented case that follows from the answers; it reads without problems.

    Args:
        answers: By the keys of :data:`QUESTIONS`; what is missing or empty takes its default.
    Raises:
        InputError: An answer cannot be used (:func:`fault_in` says so beforehand).
    """
    given = {question.key: _answer(question, answers) for question in QUESTIONS}
    people = Cast.of(given)
    exact, vague = _counts(given["known"]) or (0, 0)
    kind = SourceKind(given["kind"])
    secret = "method: {of: source, is: method}" if kind.is_method else "source: {of: source, is: person}"
    filled = {
        "title": spelled(f"What may {given['recipient']} be told?"),
        "us": spelled(people.us),
        "recipient": spelled(people.recipient),
        "hostile": spelled(people.hostile),
        "parties": "\n".join(_party(id_, name, id_ == people.hostile) for id_, name in people.names.items()),
        "probability": LEAKS[given["leak"]],
        "kind": kind.value,
        "partners": ", ".join(map(spelled, people.partners)),
        "close": str(exact),
        "wider": _wider(vague - exact),
        "wider_known": ", wider: near" if vague > exact else "",
        "secret": secret,
        "exact": spelled(given["exact"]),
        "vague": spelled(given["vague"]),
        "silence": spelled(given["silence"]),
    }
    return re.sub(r"<(\w+)>", lambda gap: filled[gap[1]], _text_of("interview"))


def answer_to(question: Question, answers: Mapping[str, str]) -> str:
    """What was answered in one line, without characters that no file may hold; else the default."""
    return _cleaned(answers.get(question.key, "")) or question.default


def _answer(question: Question, answers: Mapping[str, str]) -> str:
    answer = answer_to(question, answers)
    if fault := fault_in(question, answer):
        raise InputError(f"`{question.key}` cannot be used; {fault}")
    return answer


def _cleaned(answer: str) -> str:
    """An answer in one line, without characters that no text of a case may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in answer).split())


@attrs.frozen(kw_only=True)
class Cast:
    """The parties of an interview: their ids, and the names that were answered.

    Attributes:
        names: By id, in order; every party has its own id, made from its name.
    """

    us: str
    recipient: str
    hostile: str
    partners: tuple[str, ...]
    names: Mapping[str, str]

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Cast:
        """The cast that the answers name. Who has been named already keeps its id as a partner."""
        names: dict[str, str] = {}
        us, recipient, hostile = (entered(names, given[key], key) for key in ("us", "recipient", "hostile"))
        ids = {name: id_ for id_, name in names.items() if id_ not in (us, hostile)}
        partners: list[str] = []
        for name in filter(None, (part.strip() for part in given["partners"].split(","))):
            if name not in ids:
                ids[name] = entered(names, name, "partner")
            if ids[name] not in partners:
                partners.append(ids[name])
        return cls(us=us, recipient=recipient, hostile=hostile, partners=tuple(partners), names=names)


def entered(names: dict[str, str], name: str, otherwise: str) -> str:
    """Enter a name under an id of its own, made from it; what the id is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST_ID // 2].strip("-") or otherwise
    id_, number = wanted, 2
    while id_ in names:
        id_, number = f"{wanted}-{number}", number + 1
    names[id_] = name
    return id_


def _party(id_: str, name: str, hostile: bool) -> str:
    return f"  {spelled(id_)}: {{name: {spelled(name, nested=True)}{', hostile: true' if hostile else ''}}}"


def _wider(count: int) -> str:
    return f"\n      wider: {{count: {count}}}          # those who could know only the vaguer words" if count else ""


def template(name: str) -> str:
    """The text of a template: ``minimal`` or ``full``.

    Raises:
        InputError: There is no template of that name.
    """
    if name not in TEMPLATES:
        raise InputError(f"no template `{name}`; there is " + " and ".join(f"`{known}`" for known in TEMPLATES))
    return _text_of(name)


def _text_of(name: str) -> str:
    return resources.files("tearline.cases").joinpath("templates", f"{name}.yaml").read_text("utf-8")
