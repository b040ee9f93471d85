"""Papers that leave the house. They are made of what may leave, and never of what stays with something left out.

Guarantee:
    Nothing on them comes from the case but the words chosen, their marks and grades, the banner, what may be
    done with them, and the names of sender and recipient. No id, no title, no other version, no reader, no
    source, no figure; and every other sentence is the same for every case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tearline.assess.answer import Assessment, Outgoing
from tearline.assess.card import DO_NOT_SAY, Card
from tearline.assess.decide import outgoing
from tearline.assess.releasing import text_of
from tearline.assess.telling import day
from tearline.domain import Allow, Case, ClaimId, Form, Party, PartyKind, Permission, VersionId
from tearline.errors import InputError
from tearline.markings.colours import Colour
from tearline.paper.document import DRAFT, NAMES, Document, Paper, Part, Sentence
from tearline.policy import marks

CARD_BANNER = "These words and no others"
"""What stands on every card, whatever the case."""

GRADES = (
    "The letter grades the sources of a sentence, from A (completely reliable) to E (unreliable), F: cannot be judged.",
    "The figure grades what it says, from 1 (confirmed by others) to 5 (improbable), 6: cannot be judged.",
)

ALWAYS = (
    "It is meant for the recipient named above. More may be held than is said here.",
    "Should it be changed or withdrawn, that will come the way this came.",
)
"""What stands on every tearline, whatever is withheld: so it tells nothing."""


def tearline(found: Assessment, *, on: dt.date, reference: str = "") -> Document:
    """The tearline of an answer.

    Args:
        on: The date that it bears.
        reference: What it is filed under; without one it is a draft, and says so on every page.
    Raises:
        InputError: It may not go as things stand, is not to be handed over, or its banner is not known.
    """
    case = found.case
    if found.outgoing is None or not isinstance(found.decision, Allow):
        raise InputError(f"there is no tearline: nothing of it may go to {case.party(case.proposal.to).label} now")
    return _tearline(case, found.tearline.versions, found.outgoing, on, reference)


def released(case: Case, said: Mapping[ClaimId, VersionId], *, on: dt.date, reference: str) -> Document:
    """The tearline of what was released.

    Args:
        case: The case as it was on the day of the release.
        said: What was released, according to whoever keeps the record: it is not judged again.
    Raises:
        InputError: It is not to be handed over, or its banner is not known.
    """
    return _tearline(case, dict(said), outgoing(case, text_of(case, dict(said))), on, reference)


def _tearline(case: Case, said: Mapping[ClaimId, VersionId], out: Outgoing, on: dt.date, reference: str) -> Document:
    if case.proposal.form is not Form.RELEASE:
        raise InputError(
            f"there is no tearline to hand over: the proposal is for a {case.proposal.form.value} "
            "(`proposal.form`), of which no copy is kept; take the card"
        )
    if out.portions and not out.banner:
        unmarked = [f"sentence {number}" for number, mark in enumerate(out.portions, 1) if not mark]
        raise InputError(f"there is no tearline: its banner is not known, for {', '.join(unmarked)} bears no mark")
    us, to = case.party(case.us), case.party(case.proposal.to)
    banner = marks.banner(case, said)
    return Document(
        paper=Paper.TEARLINE,
        leaves=True,
        banner=(out.banner or _unmarked(case, to), *(() if reference else (DRAFT,))),
        colour=banner.written.colour if banner and banner.written else Colour.NEUTRAL,
        heading=NAMES[Paper.TEARLINE],
        facts=_facts(us, to, out, on, reference),
        parts=(
            Part(sentences=_sentences(out)),
            Part(title="What may be done with it", points=tuple(map(_capital, out.limits_of_use))),
            Part(title="How to read it", points=(*GRADES, *ALWAYS)),
        ),
        signatures=_signatures(us, to),
    )


def _unmarked(case: Case, to: Party) -> str:
    """The banner of a text that no label system marks: whom it is for."""
    if to.kind is PartyKind.PUBLIC:
        return f"For {to.label}"
    return f"For {to.label}{', under its conditions' if Permission.ONWARD in case.proposal.permits else ' only'}"


def _facts(us: Party, to: Party, out: Outgoing, on: dt.date, reference: str) -> tuple[tuple[str, str], ...]:
    filed = ("Reference", reference) if reference else ("Standing", "draft, not released")
    marked = (("Marked", out.banner),) if out.banner else ()
    return ("From", us.label), ("To", to.label), ("Date", day(on)), filed, *marked


def _sentences(out: Outgoing) -> tuple[Sentence, ...]:
    bare = tuple("" for _ in out.words)
    rows = zip(out.words, out.portions or bare, out.grades, strict=True)
    return tuple(Sentence(words=words, mark=mark, grade=grade) for words, mark, grade in rows)


def _signatures(us: Party, to: Party) -> tuple[tuple[str, str], ...]:
    received = () if to.kind is PartyKind.PUBLIC else ((f"Received for {to.label}", ""),)
    return ((f"By authority of {us.label}", ""), *received)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def card(found: Card) -> Document:
    """The card that is carried into the room. It names no case, no number and no day, and bears no mark."""
    say = Part(title="Say", sentences=tuple(Sentence(words=words) for words in found.say))
    nothing = Part(title="Say", points=("Nothing of it.",))
    return Document(
        paper=Paper.CARD,
        leaves=True,
        banner=(CARD_BANNER,),
        heading=NAMES[Paper.CARD],
        parts=(
            say if found.say else nothing,
            Part(title="Do not say", points=tuple(f"{kind[:1].upper()}{kind[1:]}." for kind in DO_NOT_SAY)),
            Part(title="Instead", points=(_spoken(found.instead),)),
            Part(title="If pressed", points=(_spoken(found.if_pressed),)),
            Part(title="If it leaks", points=(_spoken(found.if_it_leaks),)),
        ),
    )


def _spoken(words: str) -> str:
    return f"“{words}”"
