"""Every number that Tearline falls back on where a case is silent: one table, the same for every case.

They are judgement, cautious on the source's side, and an answer names those it leaned on.
"""

from typing import Final

import attrs

from tearline.domain.grades import ACCESS_FLOOR, ACCESS_WORDS, Interval, Reliability
from tearline.domain.names import GroupId
from tearline.domain.readers import Group, GroupKind
from tearline.domain.secrets import Budget
from tearline.domain.sources import SourceKind

LEAK_GATE: Final = 0.05
"""η: a reader whose upper probability of getting the material is below this does not bind."""

USE_REFUSED: Final = 0.15
"""A recipient whose use goes wrong with at least this upper probability gets no permission beyond reading; from
:data:`LEAK_GATE` on it gets one under a condition."""

OTHER_SWEEP: Final = (0.05, 0.2, 0.5)
"""Prior masses of the innocent explanation that every gate must also hold for."""

INVESTIGATES_ABOVE: Final = 0.1
"""c/B: it pays a reader to investigate a person whom it suspects at least this much."""

TRIES: Final = 3
"""How many persons a reader can investigate at once without being noticed."""

METHOD_BUDGET: Final = Budget(top_suspect=0.1, crowd=10, investigation=0, tries=0.25, belief=0.35, step=5.0)
HUMAN_BUDGET: Final = attrs.evolve(METHOD_BUDGET, top_suspect=0.05)

BUDGETS: Final[dict[SourceKind, Budget]] = {
    kind: METHOD_BUDGET if kind.is_method else HUMAN_BUDGET for kind in SourceKind
}
"""Budgets by kind of source: a person may die of it, a method can be rebuilt."""

CELL_BELIEF: Final = 0.35
"""How far a reader may come to believe that the source sits in one protected organisation."""

VALUE_PER_BIT: Final = (0.5, 50.0)
"""Between these lies what one bit of a limit may ever buy, in the recipient's value (0 to 10 a claim)."""

REVIEW_AFTER_DAYS: Final = 30
"""A refusal is looked at again after this many days, or on the last day it can still help."""

UNKNOWN_ACCESS: Final = Interval(ACCESS_FLOOR, 0.1, 1.0, spelled="unknown")
"""Access of every group to a claim of which nobody has said who could know it: anything is possible."""

COMPLETE: Final = Interval.between(0.0, 0.3)
"""How complete a reader takes a list to be, if nobody has said."""

SEVERAL_SOURCES: Final = (0.5, 1.0)
"""How readily a reader in doubt takes the next piece for another source's (Chinese-restaurant concentration)."""

TELLING_BELOW: Final = 5
"""k_doc: words that fit so many documents no longer point at the one in a reader's hands."""

RELIES_ON: Final = {
    Reliability.A: 0.95,
    Reliability.B: 0.85,
    Reliability.C: 0.7,
    Reliability.D: 0.4,
    Reliability.E: 0.2,
    Reliability.F: 0.5,
}
"""How far a recipient takes a report for more than guesswork, by our grade for its source, before it asks how."""

INNER, CIRCLE, WIDER, METHOD, ELSEWHERE = map(GroupId, ("inner-circle", "circle", "wider", "method", "elsewhere"))

ASSUMED_GROUPS: Final = (
    Group(id=INNER, count=5),
    Group(id=CIRCLE, count=50),
    Group(id=WIDER, count=500),
    Group(id=METHOD, kind=GroupKind.CHANNEL, weight=0.01),
    Group(id=ELSEWHERE, kind=GroupKind.OTHER, weight=0.2),
)
"""Whom a reader is taken to consider when the case names nobody: few, so that exposure rounds up."""

_COLLECTED = {INNER: "informed", CIRCLE: "rumour", METHOD: "informed"}
_BETWEEN = {INNER: "informed", CIRCLE: "near", METHOD: "informed", ELSEWHERE: "rumour"}
_VAGUE = {INNER: "informed", CIRCLE: "informed", WIDER: "near", METHOD: "informed", ELSEWHERE: "near"}


def assumed_access(rank: int, versions: int) -> dict[GroupId, Interval]:
    """Who of :data:`ASSUMED_GROUPS` could have yielded version ``rank`` of so many (0: most exact)."""
    words = _COLLECTED if rank == 0 else _VAGUE if rank == versions - 1 else _BETWEEN
    return {group: ACCESS_WORDS[word] for group, word in words.items()}
