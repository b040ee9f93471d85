"""The small case as a warning: B is to tell the guests, C helped to get the source and has not answered."""

import datetime as dt
from typing import Any

import attrs

from small_case import small_case, with_proposal, yes
from tearline.domain import (
    Authorities,
    Authority,
    Case,
    Contact,
    Finding,
    Ground,
    Override,
    Party,
    Permission,
    Purpose,
    Tests,
    ToWarn,
    Trust,
    Urgency,
    Waiver,
)

DIRECTOR, DEPUTY, DUTY, INSPECTOR = "the director", "the deputy", "the duty head", "the inspector"
HARM = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 20, 6, 30, tzinfo=dt.UTC)
SURE = Finding(holds=True, by="officer-1")

AUTHORITIES = Authorities(
    release=Authority(who=DUTY, deputy=DEPUTY, reach="the operations room"),
    waive=Authority(who=DIRECTOR, deputy=DEPUTY, reach="the operations room"),
    override=Authority(who=DIRECTOR, deputy=DEPUTY, reach="the operations room"),
    oversight=Authority(who=INSPECTOR, reach="the office"),
)

COMPLETE = Urgency(
    at=NOW.timetz(),
    noticed=NOW,
    tests=Tests(credible=SURE, specific=SURE, impending=SURE),
    seen_by=(DIRECTOR, INSPECTOR),
    authorities=AUTHORITIES,
    contacts=(
        Contact(id="B", reach="the line", tried=dt.date(2026, 11, 1), answers_within=1.0),
        Contact(id="C", reach="the line", tried=dt.date(2026, 11, 1), answers_within=2.0),
    ),
    to_warn=(ToWarn(id="guests", where="B", needs=3.0),),
)


def urgent_case(urgent: Urgency = COMPLETE, **proposed: Any) -> Case:
    """The warning; keyword arguments replace parts of its proposal."""
    case = small_case(
        parties=(
            Party(id="A"),
            Party(id="B", handling=Trust.WARY, presence=("B",)),
            Party(id="C", shares_with_us=("training",)),
            Party(id="X", hostile=True),
            Party(id="guests", name="Guests in B"),
        ),
        urgent=urgent,
    )
    warning = {"purpose": Purpose.WARNING, "harm_by": HARM.date(), "harm_at": HARM.timetz()}
    return with_proposal(case, **(warning | proposed))


def agreed(case: Case) -> Case:
    """The case with C's consent for everybody who is told, and for what they do."""
    both = yes("C", "exact", to=("B", "guests"), permissions=(Permission.ACT,))
    return attrs.evolve(case, consents=(both,))


def waiver(**changes: Any) -> Waiver:
    """A waiver of the whole warning that only the engine could refuse."""
    made = Waiver(
        on=NOW,
        ground=Ground.ATTACKER,
        because="the guests plan the attack",
        harm="they may be hurt",
        by=DIRECTOR,
        reviewer=INSPECTOR,
        review_on=NOW + dt.timedelta(days=1),
    )
    return attrs.evolve(made, **changes)


def override(**changes: Any) -> Override:
    """An override of C's missing answer by whoever may."""
    return attrs.evolve(Override(on=NOW, party="C", by=DIRECTOR, because="nobody answers"), **changes)


def with_urgency(case: Case, **changes: Any) -> Case:
    """The case with parts of its urgency changed."""
    assert case.urgent is not None
    return attrs.evolve(case, urgent=attrs.evolve(case.urgent, **changes))
