"""The life of a proposal as a table of moves: who may make each, and what must hold for it.

The table is the whole of it. What is not in :data:`MOVES` cannot be done; the documentation draws the table
and the tests walk every edge. Nothing here knows a clock or a file: what is so arrives as :class:`Facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, IntEnum
from typing import Final

import attrs

from tearline.domain.names import ClaimId, PartyId, VersionId, fixed
from tearline.domain.officers import Duty, may_be_one


class Stage(Enum):
    """Where a proposal stands."""

    DRAFT = "draft"
    ASSESSED = "assessed"
    CONSULTING = "consulting"
    CLEARED = "cleared"
    REFUSED = "refused"
    RELEASED = "released"
    ACKNOWLEDGED = "acknowledged"
    ONWARD_ASKED = "onward-asked"
    ACT_ASKED = "act-asked"
    CORRECTED = "corrected"
    RECALLED = "recalled"
    EXPIRED = "expired"


class Kind(IntEnum):
    """The kinds of decision, the worst for whoever wants to release first."""

    REFUSE = 0
    ASK = 1
    ALLOW_IF = 2
    ALLOW = 3

    @property
    def label(self) -> str:
        """As it is written in answers: ``allow_if``."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """As a sentence says it."""
        return {
            Kind.REFUSE: "nothing may go",
            Kind.ASK: "somebody must be asked first",
            Kind.ALLOW_IF: "it may go if conditions hold",
            Kind.ALLOW: "it may go",
        }[self]


@attrs.frozen(kw_only=True)
class Verdict:
    """An answer, as far as the life of a proposal depends on it.

    Attributes:
        said: What it lets go, claim by claim; with ``ASK`` what could go then.
        value: What that is worth to the recipient.
        consult: Who must be asked.
        conditions: What must hold besides.
        harms: Whether it refuses and what was proposed would harm a person or is tainted, and nobody whom the
            law names has decided; nobody overrides that here.
    """

    kind: Kind
    said: Mapping[ClaimId, VersionId] = attrs.field(converter=fixed, factory=dict)
    value: float = 0.0
    consult: tuple[PartyId, ...] = ()
    conditions: tuple[str, ...] = ()
    harms: bool = False

    @property
    def passes(self) -> bool:
        """Whether something may go, conditions met."""
        return self.kind >= Kind.ALLOW_IF

    def better_than(self, other: Verdict) -> bool:
        """Whether more may go, or sooner."""
        return (self.kind, self.value) > (other.kind, other.value)


@attrs.frozen(kw_only=True)
class Facts:
    """What is so when somebody wants to make a move.

    Attributes:
        by: Who makes it.
        duties: What they may do; ``None``: the case declares no officers, so nobody can tell.
        authors: Everybody who proposed it, or vouched for a change of the text.
        declared: Every officer whom the case declares: two of them are two persons.
        two_required: Whether nobody may clear what they have proposed.
        because: The reason given.
        override: Whether a releasing authority decides against the answer.
        text: The digest of the case as it is now.
        assessed_text, assessed: The case as it was assessed last, and the answer then.
        cleared_text, cleared: The case as it was cleared, and what was.
        today: What would be answered today.
        dated_ahead: Whether the case says a day that has not come.
        against: Whose no it would go against if the answer is overridden, in sentences; empty: nobody's.
        unbriefed: What is missing before a principal may speak; empty: nothing, or nobody does.
    """

    by: str
    duties: frozenset[Duty] | None = None
    authors: tuple[str, ...] = ()
    declared: frozenset[str] = frozenset()
    two_required: bool = True
    because: str = ""
    override: bool = False
    text: str = ""
    assessed_text: str | None = None
    assessed: Verdict | None = None
    cleared_text: str | None = None
    cleared: Verdict | None = None
    today: Verdict | None = None
    dated_ahead: bool = False
    against: tuple[str, ...] = ()
    unbriefed: str = ""


class Need(Enum):
    """What must hold for a move, as it is written in the table."""

    REASON = "a reason"
    AS_ASSESSED = "the text is the one assessed last"
    AS_CLEARED = "the text is the one that was cleared"
    CHANGED = "the text has changed since it was refused"
    MUST_ASK = "somebody must be asked"
    PASSES = "the answer still lets these words go today"
    CONDITIONS = "every condition is signed for"
    SECOND_PERSON = "another person than proposed it"
    BRIEFED = "a principal has been briefed"


@attrs.frozen(kw_only=True)
class Move:
    """One edge of the table.

    Attributes:
        start: ``None``: there was nothing before.
        who: Any of these duties is enough.
        says: What it means, in a few words.
    """

    start: Stage | None
    to: Stage
    who: frozenset[Duty]
    needs: tuple[Need, ...] = ()
    says: str = ""


_PROPOSER: Final = frozenset({Duty.PROPOSE})
_DESK: Final = frozenset({Duty.PROPOSE, Duty.CLEAR})
_AUTHORITY: Final = frozenset({Duty.CLEAR, Duty.OVERRIDE})
_LIAISON: Final = frozenset({Duty.RELEASE})
_ANYBODY: Final = frozenset(Duty)


def _moves() -> Iterable[Move]:
    s = Stage
    yield Move(start=None, to=s.DRAFT, who=_PROPOSER, says="somebody proposes")
    yield Move(start=s.DRAFT, to=s.ASSESSED, who=_DESK, says="the answer is recorded")
    yield Move(start=s.ASSESSED, to=s.ASSESSED, who=_DESK, says="assessed again")
    yield Move(
        start=s.ASSESSED,
        to=s.CONSULTING,
        who=_DESK,
        needs=(Need.AS_ASSESSED, Need.MUST_ASK),
        says="partners are asked",
    )
    yield Move(start=s.CONSULTING, to=s.ASSESSED, who=_DESK, says="their answers are in the case")
    yield Move(
        start=s.ASSESSED,
        to=s.CLEARED,
        who=_AUTHORITY,
        needs=(Need.SECOND_PERSON, Need.AS_ASSESSED, Need.PASSES, Need.CONDITIONS),
        says="a named person clears it",
    )
    for start in (s.ASSESSED, s.CONSULTING, s.CLEARED):
        says = "the clearance is taken back" if start is s.CLEARED else "a named person refuses"
        yield Move(start=start, to=s.REFUSED, who=_AUTHORITY, needs=(Need.REASON,), says=says)
    yield Move(
        start=s.REFUSED, to=s.ASSESSED, who=_DESK, needs=(Need.CHANGED, Need.REASON), says="tried again, changed"
    )
    yield Move(start=s.CLEARED, to=s.ASSESSED, who=_DESK, says="changed: the clearance is void")
    yield Move(
        start=s.CLEARED,
        to=s.RELEASED,
        who=_LIAISON,
        needs=(Need.AS_CLEARED, Need.PASSES, Need.BRIEFED),
        says="it is handed over or told",
    )
    yield Move(start=s.RELEASED, to=s.ACKNOWLEDGED, who=_LIAISON, says="the recipient confirms receipt")
    for held in (s.RELEASED, s.ACKNOWLEDGED):
        yield Move(start=held, to=s.ONWARD_ASKED, who=_LIAISON, needs=(Need.REASON,), says="may it pass it on?")
        yield Move(start=held, to=s.ACT_ASKED, who=_LIAISON, needs=(Need.REASON,), says="may it act on it?")
    for asked in (s.ONWARD_ASKED, s.ACT_ASKED):
        says = "answered; to grant it is a proposal of its own"
        yield Move(start=asked, to=s.ACKNOWLEDGED, who=_AUTHORITY, needs=(Need.REASON,), says=says)
    out = (s.RELEASED, s.ACKNOWLEDGED, s.ONWARD_ASKED, s.ACT_ASKED)
    for held in out:
        yield Move(start=held, to=s.CORRECTED, who=_AUTHORITY, needs=(Need.REASON,), says="a correction follows it")
    yield Move(start=s.CORRECTED, to=s.ACKNOWLEDGED, who=_LIAISON, says="the recipient confirms the correction")
    for held in (*out, s.CORRECTED):
        yield Move(
            start=held, to=s.RECALLED, who=_ANYBODY, needs=(Need.REASON,), says="withdrawn; what was read stays read"
        )
    for start in (s.DRAFT, s.ASSESSED, s.CONSULTING, s.REFUSED, s.CLEARED, *out, s.CORRECTED, s.RECALLED):
        yield Move(start=start, to=s.EXPIRED, who=_ANYBODY, needs=(Need.REASON,), says="its time is over")


MOVES: Final = tuple(_moves())
"""Every move there is."""


def move(start: Stage | None, to: Stage) -> Move | None:
    """The move from one stage to another; ``None``: there is none."""
    return next((m for m in MOVES if (m.start, m.to) == (start, to)), None)


def moves_from(start: Stage | None) -> tuple[Move, ...]:
    """Every move from a stage, in the order of the table."""
    return tuple(m for m in MOVES if m.start is start)


def in_the_way(made: Move, facts: Facts) -> tuple[str, ...]:
    """Everything that stands in the way of a move, in sentences; empty: it may be made.

    Doubt is in the way: a case that declares no officers leaves duties open, and then only what follows
    from names is judged.
    """
    found = []
    if not facts.by.strip():
        found.append("nobody is named who makes it")
    if facts.duties is not None and not made.who & facts.duties:
        found.append(f"{facts.by} may not: it takes the duty to {_either(made.who)}")
    found += [text for need in made.needs if (text := _UNMET[need](facts))]
    return tuple(found)


def _either(duties: frozenset[Duty]) -> str:
    return " or ".join(duty.value for duty in Duty if duty in duties)


# --- what must hold ------------------------------------------------------------------------------------------


def _reason(facts: Facts) -> str:
    return "" if facts.because.strip() else "no reason is given"


def _as_assessed(facts: Facts) -> str:
    if facts.assessed_text is None:
        return "it has never been assessed"
    return "" if facts.text == facts.assessed_text else "the case was changed since it was assessed: assess it again"


def _as_cleared(facts: Facts) -> str:
    if facts.cleared_text is None:
        return "it has never been cleared"
    return (
        "" if facts.text == facts.cleared_text else "the case was changed since it was cleared: the clearance is void"
    )


def _changed(facts: Facts) -> str:
    return "" if facts.text != facts.assessed_text else "nothing in the case has changed since it was refused"


def _must_ask(facts: Facts) -> str:
    asking = facts.assessed is not None and facts.assessed.kind is Kind.ASK
    return "" if asking else "the answer asks nobody"


def _passes(facts: Facts) -> str:
    now, before = facts.today, facts.cleared or facts.assessed
    if facts.dated_ahead:
        return "the case is dated ahead of today"
    if now is None or before is None:
        return "there is no answer for today"
    new = [] if facts.cleared is None else [c for c in now.conditions if c not in facts.cleared.conditions]
    if new:
        return f"nobody has signed that {'; that '.join(new)}"
    if facts.override or (facts.cleared is not None and not facts.cleared.passes):
        return _overridden(facts, now, before)
    if not now.passes:
        return f"today the answer is that {now.kind.words}"
    return "" if now.said == before.said else "the answer lets other words go today: assess it again"


def _overridden(facts: Facts, now: Verdict, before: Verdict) -> str:
    """What even a releasing authority may not decide here; the clearance that was so given is only repeated."""
    if now.harms:
        why = "a person could come to harm, or it is tainted"
        return f"{why}: that is for the authority that the law names, in the case itself"
    if facts.against:
        return f"{'; '.join(facts.against)}: an override is for silence, never against a no"
    if facts.cleared is None and facts.duties is not None and Duty.OVERRIDE not in facts.duties:
        return f"{facts.by} may not: it takes the duty to {Duty.OVERRIDE.value}"
    if facts.cleared is None and not facts.because.strip():
        return "no reason is given for deciding against the answer"
    worse = facts.cleared is not None and (now.kind < before.kind or set(now.consult) - set(before.consult))
    return "the answer is worse today than when it was overridden" if worse else ""


def _conditions(facts: Facts) -> str:
    now = facts.today
    if now is None or not now.conditions or facts.because.strip():
        return ""
    return f"no reason is given why it holds that {'; that '.join(now.conditions)}"


def _second_person(facts: Facts) -> str:
    same = [author for author in facts.authors if _is_one(facts, author)]
    if not facts.two_required or not same:
        return ""
    called = "" if facts.by in same else f", who may be {same[0]}"
    return f"nobody clears what they proposed themselves: not {facts.by}{called}"


def _is_one(facts: Facts, author: str) -> bool:
    if {author, facts.by} <= facts.declared:
        return author == facts.by
    return may_be_one(author, facts.by)


_UNMET: Final[Mapping[Need, Callable[[Facts], str]]] = {
    Need.REASON: _reason,
    Need.AS_ASSESSED: _as_assessed,
    Need.AS_CLEARED: _as_cleared,
    Need.CHANGED: _changed,
    Need.MUST_ASK: _must_ask,
    Need.PASSES: _passes,
    Need.CONDITIONS: _conditions,
    Need.SECOND_PERSON: _second_person,
    Need.BRIEFED: lambda facts: facts.unbriefed,
}
