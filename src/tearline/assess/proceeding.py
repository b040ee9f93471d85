"""Making a move: what is so, what stands in the way, and the entry that records it.

Everything is handed in, the clock's time too; nothing is written here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tearline.assess.card import Card, card
from tearline.assess.verdict import Told, as_proposed, deciding_edits, on_day, verdict_on
from tearline.cases.edits import plain
from tearline.domain import Case, ClaimId, Officer, VersionId
from tearline.domain.dossier import (
    Briefed,
    Edit,
    Entries,
    Moved,
    Spoken,
    Viewed,
    authors,
    last,
    stage,
    worse_before,
)
from tearline.domain.lifecycle import Facts, Kind, Stage, Verdict, in_the_way, move, moves_from
from tearline.domain.officers import look_alike, may_be_one
from tearline.errors import InputError
from tearline.policy.agreements import cleared_alone_under
from tearline.policy.overrides import against_a_no


@attrs.frozen(kw_only=True)
class Request:
    """What somebody wants to do, and when.

    Attributes:
        case, text: The case as it is now, and its digest.
        by: Who, as they spell it.
        at: What the clock says, UTC.
        override: Whether a releasing authority decides against the answer.
    """

    case: Case
    text: str
    by: str
    at: dt.datetime
    because: str = ""
    override: bool = False


@attrs.frozen(kw_only=True)
class Barred:
    """A move that cannot be made.

    Attributes:
        why: Everything that stands in the way, in sentences.
    """

    start: Stage | None
    to: Stage
    why: tuple[str, ...]


def proceed(entries: Entries, to: Stage, asked: Request, told: Told = lambda _: None) -> Moved | Barred:
    """The entry of a move, or everything that stands in its way.

    Raises:
        InputError: The case declares officers, and none of ours is called so.
    """
    start = stage(entries)
    made = move(start, to)
    officer = acting(asked.case, asked.by)
    by = officer.id if officer else asked.by.strip()
    if made is None:
        return Barred(start=start, to=to, why=(_no_such_move(start, to),))
    told("the answer for today")
    found = facts(entries, to, attrs.evolve(asked, by=by), officer)
    why = in_the_way(made, found)
    if why:
        return Barred(start=start, to=to, why=why)
    now = _verdict(to, found)
    edits = _edits(entries, asked, now, told) if to is Stage.ASSESSED and now else ()
    own = any(may_be_one(author, by) for author in found.authors) if to is Stage.CLEARED else False
    return Moved(
        at=asked.at,
        by=by,
        text=asked.text,
        because=asked.because.strip(),
        to=to,
        proposer=asked.case.proposal.by,
        verdict=now,
        override=asked.override and to is Stage.CLEARED,
        alone=cleared_alone_under(on_day(asked.case, asked.at.date())) if own else "",
        case=plain(asked.case) if to is Stage.ASSESSED else None,
        edits=edits,
    )


def acting(case: Case, by: str) -> Officer | None:
    """The officer of ours who is called so, however it is spelled; ``None``: the case declares none.

    Raises:
        InputError: It declares some, and none is called so.
    """
    ours = [officer for officer in case.officers if officer.of in (None, case.us)]
    if not ours:
        return None
    for officer in ours:
        if look_alike(officer.id, by):
            return officer
    names = ", ".join(f"`{officer.id}`" for officer in ours)
    raise InputError(f"`{by}` is no officer of ours in this case; there is {names}")


def facts(entries: Entries, to: Stage, asked: Request, officer: Officer | None) -> Facts:
    """What is so when somebody wants to make a move."""
    case, today = asked.case, asked.at.date()
    is_cleared = stage(entries) is Stage.CLEARED
    assessed = last(entries, Stage.ASSESSED)
    cleared = last(entries, Stage.CLEARED) if is_cleared else None
    needs_answer = to in (Stage.ASSESSED, Stage.CLEARED, Stage.RELEASED)
    now = _today(case, today, asked.override, cleared) if needs_answer else None
    proposer = (case.proposal.by,) if case.proposal.by.strip() else ()
    return Facts(
        by=asked.by,
        duties=None if officer is None else frozenset(officer.may),
        authors=tuple(dict.fromkeys((*authors(entries), *proposer))),
        declared=frozenset(officer.id for officer in case.officers),
        two_required=not cleared_alone_under(on_day(case, today)),
        because=asked.because,
        override=asked.override,
        text=asked.text,
        assessed_text=assessed.text if assessed else None,
        assessed=assessed.verdict if assessed else None,
        cleared_text=cleared.text if cleared else None,
        cleared=cleared.verdict if cleared else None,
        today=now,
        dated_ahead=case.as_of is not None and case.as_of > today,
        against=against_a_no(on_day(case, today), now.said) if now else (),
        unbriefed=_unbriefed(entries, asked),
    )


def _today(case: Case, today: dt.date, override: bool, cleared: Moved | None) -> Verdict:
    """The answer for today; where it refuses and is overridden, what was proposed goes as it was."""
    now = verdict_on(case, today)
    if (override or (cleared is not None and cleared.override)) and now.kind is Kind.REFUSE:
        return attrs.evolve(now, said=as_proposed(case))
    return now


def _verdict(to: Stage, found: Facts) -> Verdict | None:
    return found.today if to in (Stage.ASSESSED, Stage.CLEARED, Stage.RELEASED) else None


def _edits(entries: Entries, asked: Request, now: Verdict, told: Told) -> tuple[Edit, ...]:
    """What was changed since the first answer that was worse; nothing where none was."""
    before = worse_before(entries, now)
    if before is None or before.case is None:
        return ()
    return deciding_edits(before.case, plain(asked.case), now, told, asked.case.policy)


def _no_such_move(start: Stage | None, to: Stage) -> str:
    since = f"what is {start.value}" if start else "what nobody has proposed yet"
    there = ", ".join(f"`{m.to.value}`" for m in moves_from(start)) or "nothing"
    return f"{since} cannot become {to.value}; from there it goes on to {there}"


def _unbriefed(entries: Entries, asked: Request) -> str:
    """What is missing before a principal may speak."""
    carrier = asked.case.proposal.carried_by
    if carrier is None or not asked.case.officer(carrier).principal:
        return ""
    receipts = [e for e in entries if isinstance(e, Briefed) and e.principal == carrier]
    if any(receipt.text == asked.text for receipt in receipts):
        return ""
    return f"{carrier} has not been briefed on this text (`tearline card`, then `tearline log --briefed`)"


def view(case: Case, asked: Request, own: Kind) -> Viewed:
    """The entry of an officer's own view.

    Raises:
        InputError: As :func:`acting`.
    """
    return Viewed(at=asked.at, by=_called(case, asked), text=asked.text, because=asked.because.strip(), view=own)


def briefed(asked: Request, principal: str, number: str, shown: Card) -> Briefed:
    """The receipt of a principal.

    Args:
        number: The number of the card.
        shown: The card.
    Raises:
        InputError: As :func:`acting`; or it is the same person who briefs.
    """
    by = _called(asked.case, asked)
    if may_be_one(by, principal):
        raise InputError(f"`{by}` cannot brief themselves")
    caveats = tuple(standing.caveat.words for _, standing in shown.caveats)
    return Briefed(
        at=asked.at,
        by=by,
        text=asked.text,
        because=asked.because.strip(),
        principal=principal,
        card=number,
        caveats=caveats,
    )


def spoken(asked: Request, said: Mapping[ClaimId, VersionId], sure: float) -> Spoken:
    """What was probably said, and which of it was not on the card.

    Raises:
        InputError: As :func:`acting`; or the case has no such claim or version.
    """
    case = asked.case
    on_card = card(case)
    cleared = on_card.found.tearline.versions if on_card.say else {}
    beyond = []
    for claim_id, version in said.items():
        claim = next((c for c in case.claims if c.id == claim_id), None)
        if claim is None or version not in [v.id for v in claim.versions]:
            raise InputError(f"the case has no `{claim_id}` as `{version}`")
        if claim_id not in cleared or claim.rank(version) < claim.rank(cleared[claim_id]):
            beyond.append(claim_id)
    return Spoken(
        at=asked.at,
        by=_called(case, asked),
        text=asked.text,
        because=asked.because.strip(),
        said=said,
        beyond=tuple(beyond),
        sure=sure,
    )


def _called(case: Case, asked: Request) -> str:
    officer = acting(case, asked.by)
    if officer is None and not asked.by.strip():
        raise InputError("nobody is named who does it")
    return officer.id if officer else asked.by.strip()
