"""The normal form: what a marking lets a recipient do, in words that every label system can be put into.

Labels of two systems meet only here. What a system says nothing about is *ask*, never *yes*; and nothing is looser
than something else because it is silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum, IntEnum

import attrs

from tearline.markings.reading import Standing


class Answer(IntEnum):
    """Whether something may be done; the lower binds where two meet."""

    NO = 0
    ASK = 1
    YES = 2


class Act(Enum):
    """What a recipient may do by itself with what it reads."""

    QUIETLY = "in its own network, unseen from outside"
    THIRD_PARTIES = "questions to third parties"
    INDIRECTLY = "seen from outside, not directed at anybody"
    DIRECTLY = "directed at the adversary"


EVERY_ACT = frozenset(Act)


@attrs.frozen(kw_only=True)
class Level:
    """A clearance that a reader needs, in one system. Levels of two systems are never compared."""

    system: str
    name: str
    rank: int = attrs.field(default=0, eq=False)
    """Within its system; higher is stricter."""


@attrs.frozen(kw_only=True)
class Handling:
    """What a marking lets its recipients do. By default everything must be asked, and everybody is near enough.

    Attributes:
        level: The clearance a reader needs; ``None``: none.
        near: How near a reader must be to whoever it was given to; ``None``: the system does not say, so that it
            lets in nobody new and keeps nobody out.
        nations: Whose people may read; ``None``: of any nation; empty: nobody.
        shown: To whose people it may be shown, and neither given nor copied; empty: to nobody beyond ``nations``.
        needs: What else a reader must have: compartments, categories, lists, each by name.
        acts: What may be done without asking.
        otherwise: Of every other act: whether it may be asked for.
        name_source: Whether the source may be named; ``attribute``: whether the provider may, or must.
        conditions: Texts that stand word for word.
    """

    level: Level | None = None
    near: Standing | None = Standing.PUBLIC
    nations: frozenset[str] | None = None
    shown: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    onward: Answer = Answer.ASK
    acts: frozenset[Act] = frozenset()
    otherwise: Answer = Answer.ASK
    evidence: Answer = Answer.ASK
    attribute: Answer = Answer.ASK
    name_source: Answer = Answer.ASK
    notify_target: Answer = Answer.ASK
    tearline: Answer = Answer.ASK
    resale: Answer = Answer.ASK
    encrypted: bool = False
    conditions: frozenset[str] = frozenset()
    since: dt.datetime | None = None
    until: dt.datetime | None = None


_ANSWERS = ("onward", "evidence", "attribute", "name_source", "notify_target", "tearline", "resale")


def looser(than: Handling, this: Handling) -> tuple[str, ...]:
    """The fields in which ``this`` allows something that ``than`` does not; none: it is not looser.

    Law: for every ``h``, ``looser(h, h)`` is empty; and what is looser in nothing than something that is looser in
    nothing than a third is looser in nothing than that one.
    """
    return tuple(_looser(than, this))


def _looser(than: Handling, this: Handling) -> Iterator[str]:
    if than.level is not None and not _as_high(this.level, than.level):
        yield "level"
    if (than.near, this.near) != (None, None) and _nearness(this, Standing.PUBLIC) < _nearness(than, Standing.NAMED):
        yield "audience"
    if than.nations is not None and (this.nations is None or not this.nations <= than.nations):
        yield "nations"
    if than.nations is not None and not this.shown <= than.nations | than.shown:
        yield "showing"
    if not than.needs <= this.needs:
        yield "needs"
    if not this.acts <= than.acts or (this.otherwise > than.otherwise and than.acts != EVERY_ACT):
        yield "acts"
    for name in _ANSWERS:
        if getattr(this, name) > getattr(than, name):
            yield name.replace("_", " ")
    if than.encrypted and not this.encrypted:
        yield "encryption"
    if not than.conditions <= this.conditions:
        yield "conditions"
    if (than.since and (this.since is None or this.since < than.since)) or (
        than.until and (this.until is None or this.until > than.until)
    ):
        yield "time"


def _as_high(this: Level | None, than: Level) -> bool:
    """Whether a level is the same or a higher one of the same system."""
    return this is not None and this.system == than.system and (this == than or this.rank > than.rank)


def _nearness(handling: Handling, unsaid: Standing) -> Standing:
    return unsaid if handling.near is None else handling.near


def told(handling: Handling) -> dict[str, str]:
    """What a handling says, field by field, in words; what must be asked is left out."""
    found: dict[str, str] = {}
    if handling.level:
        found["level"] = handling.level.name
    if handling.near:
        found["audience"] = _AUDIENCE[handling.near]
    if handling.nations is not None:
        found["nations"] = ", ".join(sorted(handling.nations)) or "nobody"
    if handling.shown:
        found["showing"] = f"to be shown, not given, to {', '.join(sorted(handling.shown))}"
    if handling.needs:
        found["needs"] = ", ".join(sorted(handling.needs))
    if handling.acts == EVERY_ACT:
        found["acts"] = "any"
    elif handling.acts:
        found["acts"] = "; ".join(act.value for act in Act if act in handling.acts)
    elif handling.otherwise is Answer.NO:
        found["acts"] = "none"
    found |= {
        name.replace("_", " "): answer.name.lower()
        for name in _ANSWERS
        if (answer := getattr(handling, name)) is not Answer.ASK
    }
    if handling.encrypted:
        found["encryption"] = "whenever passed on"
    if handling.conditions:
        found["conditions"] = "; ".join(sorted(handling.conditions))
    if handling.since or handling.until:
        found["time"] = f"{handling.since or 'ever'} to {handling.until or 'ever'}"
    return found


_AUDIENCE = {
    Standing.COMMUNITY: "its community",
    Standing.CLIENT: "its organisation and clients",
    Standing.ORGANISATION: "its organisation",
    Standing.NAMED: "those named",
}
