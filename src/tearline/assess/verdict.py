"""Answers as the life of a proposal needs them, and what edits made one better.

Whoever is refused may change the case until it passes: correct it, or shop for a grade. Which of the two it
was, a person has to judge; here it is only said which changes the better answer hangs on.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Final

import attrs

from tearline.assess.admission import admissions
from tearline.assess.answer import Assessment
from tearline.assess.apart import flagged
from tearline.assess.decide import assess
from tearline.cases.edits import NOTHING, Change, Plain, changed_back, changes, rebuilt
from tearline.domain import AllowIf, Ask, Case, Policy, Refuse, Rule
from tearline.domain.dossier import Edit
from tearline.domain.lifecycle import Kind, Verdict
from tearline.domain.names import ClaimId, VersionId
from tearline.errors import CaseFileError
from tearline.policy.persons import PERMITTED

MOST_TRIED: Final = 40
"""So many changes are undone one by one; beyond them they are only listed."""

LONGEST: Final = 60
"""Characters of what stood in one place."""

Told = Callable[[str], None]


def verdict(found: Assessment) -> Verdict:
    """The answer, as far as the life of a proposal depends on it."""
    made = found.decision
    kind = Kind.REFUSE if isinstance(made, Refuse) else Kind.ASK if isinstance(made, Ask) else Kind.ALLOW
    if isinstance(made, AllowIf):
        kind = Kind.ALLOW_IF
    return Verdict(
        kind=kind,
        said=found.tearline.versions,
        value=0.0 if kind is Kind.REFUSE else found.tearline.value,
        consult=made.consult if isinstance(made, Ask) else (),
        conditions=made.conditions if isinstance(made, Ask | AllowIf) else (),
        harms=kind is Kind.REFUSE and _harms(found.case),
    )


def _harms(case: Case) -> bool:
    """Whether what goes against a refusal, all as it was proposed, is for the authority that the law names.

    The reasons of the refusal do not tell: of each claim they give what stands in the way of the vaguest words.
    """
    wanted = as_proposed(case)
    barred = {r.rule for a in admissions(case) if wanted[a.claim] == a.version for r in a.forbidden}
    to_harm = not case.proposal.permits.isdisjoint(PERMITTED)
    return (
        not barred.isdisjoint({Rule.PERSON_HARM, Rule.TAINTED})
        or (to_harm and Rule.PERMISSION in barred)
        or any(one.bars for one in flagged(case, wanted))
    )


def verdict_on(case: Case, day: dt.date) -> Verdict:
    """The answer on a day: what held on the day of the case may not hold any more.

    A case without a day has the same answer on every day. One that is dated ahead keeps its own day, which is
    for the caller to notice.
    """
    return verdict(assess(on_day(case, day)))


def on_day(case: Case, day: dt.date) -> Case:
    """The case as it stands on ``day``, if that is later than its own."""
    return case if case.as_of is None or case.as_of >= day else attrs.evolve(case, as_of=day)


def as_proposed(case: Case) -> dict[ClaimId, VersionId]:
    """What goes if a proposal goes as it was made: every claim as exactly as was proposed."""
    return {claim: most or case.claim(claim).versions[0].id for claim, most in case.proposal.claims.items()}


def deciding_edits(
    before: Plain, after: Plain, now: Verdict, told: Told = lambda _: None, policy: Policy | None = None
) -> tuple[Edit, ...]:
    """Every change from one case to another, and whether the better answer falls without it.

    Args:
        now: The answer to ``after``.
        told: Called with what is being tried.
        policy: The policy that the case names now, if any.
    """
    found = changes(before, after)
    return tuple(
        _edit(change, after, now, told if number < MOST_TRIED else None, policy) for number, change in enumerate(found)
    )


def _edit(change: Change, after: Plain, now: Verdict, told: Told | None, policy: Policy | None) -> Edit:
    needed = None
    if told is not None:
        told(f"what if `{change.spelled}` had stayed as it was")
        needed = _is_needed(changed_back(after, change), now, policy)
    return Edit(path=change.spelled, before=_shown(change.before), after=_shown(change.after), needed=needed)


def _is_needed(without: Plain, now: Verdict, policy: Policy | None) -> bool | None:
    """Whether the answer is worse without a change; ``None``: without it the rest makes no case."""
    try:
        case = rebuilt(without, policy)
    except CaseFileError:
        return None
    return now.better_than(verdict(assess(case)))


def _shown(data: Any) -> str | None:
    if data is NOTHING:
        return None
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
