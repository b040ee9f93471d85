"""What a release would put on record, or everything that stands in its way.

There are two ways out. A case with a journal goes by the table of moves: it must have been cleared, and the
clearance must still hold. A case without one is decided by a single named person, who then needs the duties to
clear and to release, is not the one who proposed it, and finds every condition of the answer signed for in the
case itself. Nothing is written here.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs

from tearline.assess.answer import Assessment, Outgoing, Said, Tearline
from tearline.assess.decide import assess, outgoing
from tearline.assess.proceeding import Barred, Request, acting, facts, proceed
from tearline.assess.verdict import on_day, verdict
from tearline.domain import AllowIf, Ask, Case, ClaimId, PartyId, Refuse, Signed, VersionId
from tearline.domain.dossier import Entries, Moved, last, stage
from tearline.domain.lifecycle import Move, Need, Stage, Verdict, in_the_way
from tearline.domain.officers import Duty, may_be_one
from tearline.domain.released import Told


@attrs.frozen(kw_only=True)
class Going:
    """What goes.

    Attributes:
        text: The digest of the case file as it was decided.
        by: Who hands it over.
        authority: On whose authority: who cleared it.
        verdict: The answer of that day.
        conditions: What had to hold, and who answers for that.
        override: Whether it goes against the answer.
        move: What the journal is told, if there is one.
    """

    case: Case
    text: str
    at: dt.datetime
    by: str
    authority: str
    because: str
    verdict: Verdict
    conditions: tuple[Signed, ...]
    outgoing: Outgoing
    told: tuple[Told, ...]
    override: bool = False
    move: Moved | None = None


@attrs.frozen(kw_only=True)
class Withheld:
    """A refusal: who asked for the release, and who owns that nothing goes."""

    case: Case
    text: str
    at: dt.datetime
    by: str
    refusal: Refuse


@attrs.frozen(kw_only=True)
class Waiting:
    """It may go once somebody has agreed, or something is signed for.

    Attributes:
        consult: Whom to ask.
        unsigned: Conditions for which nobody answers yet.
    """

    consult: tuple[PartyId, ...]
    unsigned: tuple[str, ...]


Outcome = Going | Withheld | Waiting | Barred

_ALONE: Final = (
    Move(start=Stage.ASSESSED, to=Stage.CLEARED, who=frozenset({Duty.CLEAR}), needs=(Need.SECOND_PERSON,)),
    Move(start=Stage.CLEARED, to=Stage.RELEASED, who=frozenset({Duty.RELEASE}), needs=(Need.BRIEFED,)),
)
"""What one person needs who clears and releases at once."""


def releasing(entries: Entries, asked: Request, *, by_table: bool = False) -> Outcome:
    """What a release comes to today.

    Args:
        asked: Who asks, when, and the case with everything that is on record.
        by_table: Whether only the way through the journal is open.
    Raises:
        InputError: The case declares officers, and none of ours is called so.
    """
    case, day = asked.case, asked.at.date()
    officer = acting(case, asked.by)
    asked = attrs.evolve(asked, by=officer.id if officer else asked.by.strip(), because=asked.because.strip())
    if case.as_of is not None and case.as_of > day:
        return Barred(start=stage(entries), to=Stage.RELEASED, why=("the case is dated ahead of today",))
    cleared = last(entries, Stage.CLEARED) if stage(entries) is Stage.CLEARED else None
    if (by_table or stage(entries) is not None) and cleared is None:
        return _moved(entries, asked)
    found = assess(on_day(case, day))
    if isinstance(found.decision, Refuse) and not (cleared and cleared.override):
        return Withheld(case=case, text=asked.text, at=asked.at, by=asked.by, refusal=found.decision)
    return _moved(entries, asked) if cleared else _alone(entries, asked, found)


def _moved(entries: Entries, asked: Request) -> Outcome:
    """The way through the journal."""
    made = proceed(entries, Stage.RELEASED, asked)
    cleared = last(entries, Stage.CLEARED)
    if isinstance(made, Barred):
        return made
    assert made.verdict is not None  # a release is judged
    assert cleared is not None  # and was cleared: the table knows no other way
    conditions = made.verdict.conditions
    signed = tuple(Signed(that=each, by=cleared.by, on=cleared.at.date()) for each in conditions)
    return _going(
        asked, made.verdict, signed, authority=cleared.by, because=cleared.because, override=cleared.override, move=made
    )


def _alone(entries: Entries, asked: Request, found: Assessment) -> Outcome:
    """The way without a journal."""
    answer = verdict(found)
    signed = _signed(found.case, answer.conditions, asked.at.date())
    unsigned = tuple(each for each in answer.conditions if each not in {one.that for one in signed})
    if isinstance(found.decision, Ask):
        return Waiting(consult=found.decision.consult, unsigned=unsigned)
    if isinstance(found.decision, AllowIf) and unsigned:
        return Waiting(consult=(), unsigned=unsigned)
    officer = acting(asked.case, asked.by)
    known = attrs.evolve(facts(entries, Stage.DRAFT, asked, officer), today=answer, assessed=answer)
    why = tuple(dict.fromkeys(each for made in _ALONE for each in in_the_way(made, known)))
    if why:
        return Barred(start=None, to=Stage.RELEASED, why=why)
    return _going(asked, answer, signed, authority=asked.by, because=asked.because)


def _signed(case: Case, conditions: tuple[str, ...], day: dt.date) -> tuple[Signed, ...]:
    """Conditions for which somebody answers by today who has not proposed it."""
    by_words = {
        " ".join(one.that.split()).rstrip(".").casefold(): one
        for one in case.proposal.signed
        if one.on <= day and not (case.proposal.by.strip() and may_be_one(one.by, case.proposal.by))
    }
    found = ((each, by_words.get(" ".join(each.split()).rstrip(".").casefold())) for each in conditions)
    return tuple(attrs.evolve(one, that=each) for each, one in found if one is not None)


def _going(
    asked: Request,
    answer: Verdict,
    signed: tuple[Signed, ...],
    *,
    authority: str,
    because: str,
    override: bool = False,
    move: Moved | None = None,
) -> Going:
    case = asked.case
    text = text_of(case, dict(answer.said))
    told = tuple(
        Told(
            claim=said.claim,
            version=said.version,
            words=said.text,
            sources=tuple(source.id for source in case.lineage(case.claim(said.claim))),
        )
        for said in text.said
        if said.version is not None
    )
    return Going(
        case=case,
        text=asked.text,
        at=asked.at,
        by=asked.by,
        authority=authority,
        because=because,
        verdict=answer,
        conditions=signed,
        outgoing=outgoing(on_day(case, asked.at.date()), text),
        told=told,
        override=override,
        move=move,
    )


def text_of(case: Case, said: dict[ClaimId, VersionId]) -> Tearline:
    """The text that says this; its worth is not asked for here."""
    lines = tuple(
        Said(
            claim=claim,
            version=said.get(claim),
            text=case.claim(claim).version(said[claim]).text if claim in said else "",
            value=0.0,
            held=0.0,
        )
        for claim in case.proposal.claims
    )
    return Tearline(said=lines, value=0.0, held=0.0, serves=True, upper_bound=0.0, proved=True, load=0.0)
