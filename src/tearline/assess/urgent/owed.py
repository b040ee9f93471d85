"""What is owed once a warning has gone, or was waived: notices, reports, debriefs, corrections.

Guarantee:
    Nothing is owed for a rule set aside (``set_aside``) if and only if no consent was overridden, nothing
    waived and no limit passed. Nothing at all is owed if and only if nothing goes and nothing was waived.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.phrases import listed
from tearline.assess.urgent.waiving import Judged
from tearline.domain import Case, PartyId, Refuse, Rule
from tearline.policy import equities, overrides

REPORT_WITHIN: Final = dt.timedelta(days=3)
"""A report on a rule set aside is due so soon after it."""

DEBRIEF_AFTER: Final = dt.timedelta(days=1)
"""Those who were warned are asked so long after the harm was due."""


class Debt(Enum):
    """What kind of thing is owed."""

    NOTICE = "notice"
    REPORT = "report"
    HANDLER = "handler"
    REVIEW = "review"
    CONSULTATION = "consultation"
    RECEIPT = "receipt"
    DEBRIEF = "debrief"
    CORRECTION = "correction"


@attrs.frozen(kw_only=True)
class Owed:
    """One thing that is owed.

    Attributes:
        to: Whom it is owed to; empty: nobody is named.
        by: Until when; ``None``: at once or, for a correction, whenever it turns out.
        set_aside: Whether it is owed because a rule was set aside.
    """

    debt: Debt
    to: str
    what: str
    by: dt.datetime | None = None
    set_aside: bool = False


def owed(
    case: Case,
    told: Sequence[Assessment],
    judgements: Sequence[Judged],
    now: dt.datetime | None,
    harm: dt.datetime | None,
) -> tuple[Owed, ...]:
    """Everything that is owed if what is recommended goes.

    Args:
        told: The answers for the recipient and for those in danger.
        judgements: Waivers, standing or not.
    """
    going = [each for each in told if not isinstance(each.decision, Refuse)]
    soon = now + REPORT_WITHIN if now else None
    later = harm + DEBRIEF_AFTER if harm else None
    every = (
        *_for_waivers(case, judgements, soon),
        *_for_overrides(case, going, soon),
        *_for_limits(case, going, soon),
        *_for_warning(case, going, later),
    )
    return tuple(dict.fromkeys(every))


def _for_waivers(case: Case, judgements: Sequence[Judged], soon: dt.datetime | None) -> Iterator[Owed]:
    for each in judgements:
        if each.stands:
            waiver = each.waiver
            what = f"that {waiver.by} waived the warning ({waiver.ground.value}): {waiver.because}"
            yield Owed(debt=Debt.REPORT, to=_oversight(case), what=what, by=soon, set_aside=True)
            what = f"a second look at the waiver, since {waiver.harm}"
            yield Owed(debt=Debt.REVIEW, to=waiver.reviewer, what=what, by=waiver.review_on, set_aside=True)


def _for_overrides(case: Case, going: Sequence[Assessment], soon: dt.datetime | None) -> Iterator[Owed]:
    for override in case.urgent.overrides if case.urgent else ():
        reached = [each for each in going if override.party in _rests_on(each)]
        if reached and not overrides.faults(case, override):
            who = listed(dict.fromkeys(case.party(each.case.proposal.to).label for each in reached))
            label = case.party(override.party).label
            what = f"what was told to {who} without its consent, on whose authority, and why"
            yield Owed(debt=Debt.NOTICE, to=label, what=what, set_aside=True)
            what = f"why {override.by} acted without {label}: {override.because}"
            yield Owed(debt=Debt.REPORT, to=_oversight(case), what=what, by=soon, set_aside=True)


def _rests_on(found: Assessment) -> frozenset[PartyId]:
    """Whose overridden consent what is told rests on, by its words or by what they imply."""
    case, missing = found.case, set[PartyId]()
    for claim, rank in case.told_by(found.tearline.versions).items():
        version = case.claim(claim).versions[rank].id
        stakes = equities.stakes(case, case.claim(claim))
        missing |= {s.party for s in stakes if equities.standing(case, s, version).is_silence}
    return overrides.overridden(case) & missing


def beyond_the_limits(found: Assessment) -> bool:
    """Whether it is a warning that goes although it passes a limit."""
    return Rule.DUTY_TO_WARN in {reason.rule for reason in found.decision.reasons}


def _for_limits(case: Case, going: Sequence[Assessment], soon: dt.datetime | None) -> Iterator[Owed]:
    over = [each for each in going if beyond_the_limits(each)]
    if not over:
        return
    who = listed(case.party(each.case.proposal.to).label for each in over)
    for source in dict.fromkeys(
        s.id for each in over for c in each.tearline.versions for s in case.lineage(case.claim(c))
    ):
        what = f"that the warning to {who} passes a limit of `{source}`, so that it can be protected"
        yield Owed(debt=Debt.HANDLER, to=f"the handler of `{source}`", what=what, set_aside=True)
    what = f"that the warning to {who} passed a limit, and which"
    yield Owed(debt=Debt.REPORT, to=_oversight(case), what=what, by=soon, set_aside=True)


def _for_warning(case: Case, going: Sequence[Assessment], later: dt.datetime | None) -> Iterator[Owed]:
    for each in going:
        for consultation in each.asked:
            label = case.party(consultation.party).label
            yield Owed(debt=Debt.CONSULTATION, to=label, what="the question before it goes, and the outcome after")
    for each in going:
        who = case.party(each.case.proposal.to).label
        yield Owed(debt=Debt.RECEIPT, to=case.party(case.us).label, what=f"that {who} has it, and when")
        yield Owed(debt=Debt.DEBRIEF, to=case.party(case.us).label, what=f"what {who} did, and who noticed", by=later)
    if going:
        who = listed(case.party(each.case.proposal.to).label for each in going)
        yield Owed(debt=Debt.CORRECTION, to=who, what="a correction, should it turn out wrong or be over")


def _oversight(case: Case) -> str:
    named = case.urgent.authorities.oversight if case.urgent else None
    return named.who if named else ""
