"""Where a claim came from and how it was got, as far as an engine may know it.

There is deliberately no field here for who the source is or where it sits: what the case file
calls ``placement`` is kept apart, sealed, by :mod:`tearline.cases`, and no engine can be handed it.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

import attrs

from tearline.domain.grades import Reliability
from tearline.domain.names import OperationId, PartyId, SourceId
from tearline.domain.taint import Taint


class SourceKind(Enum):
    """By what means; the default budgets go by it."""

    HUMAN = "human"
    SIGNALS = "signals"
    IMAGERY = "imagery"
    TECHNICAL = "technical"
    CYBER = "cyber"
    FINANCIAL = "financial"
    OPEN = "open"
    LIAISON = "liaison"

    @property
    def is_method(self) -> bool:
        """Whether it is a way of collecting rather than somebody who can be arrested."""
        return self not in (SourceKind.HUMAN, SourceKind.LIAISON)


class Permission(Enum):
    """What a recipient may do with it beyond reading. Holding one never implies another."""

    ONWARD = "onward"
    ACT = "act"
    EVIDENCE = "evidence"
    DETAIN = "detain"
    LETHAL = "lethal"

    @property
    def involves(self) -> frozenset[Permission]:
        """Every use that it makes: an arrest and a strike are acts, evidence is passed on."""
        more = {
            Permission.EVIDENCE: {Permission.ONWARD},
            Permission.DETAIN: {Permission.ACT},
            Permission.LETHAL: {Permission.ACT},
        }
        return frozenset({self, *more.get(self, ())})


@attrs.frozen(kw_only=True)
class AgreedUse:
    """A limit agreed when the source was recruited or the material was received.

    Attributes:
        forbids: The permission that may not be given.
        without: The party whose consent lifts the limit; ``None``: nobody's does.
        spelled: The words of the file.
    """

    forbids: Permission
    without: PartyId | None = None
    spelled: str = attrs.field(default="", eq=False)


@attrs.frozen(kw_only=True)
class Quiet:
    """A rhythm that only the source knows: nothing may be released for ``days`` after ``after``.

    Attributes:
        on: The days on which it happened; ``None``: nobody has said.
    """

    after: str
    days: int
    on: tuple[dt.date, ...] | None = None


class Interest(Enum):
    """Why a party has a say in a source."""

    SOURCE = "source"  # it owns the source
    MATERIAL = "material"  # the raw material is its own
    OPERATION = "operation"  # it ran the operation in which the source was recruited
    JOINT = "joint"  # it helped to get the source
    PLACE = "place"  # it lets it happen on its soil
    LIMIT = "limit"  # a limit agreed for the source names it

    @property
    def is_originator(self) -> bool:
        """Whether it makes the claim somebody else's to pass on."""
        return self in (Interest.SOURCE, Interest.MATERIAL)


@attrs.frozen(kw_only=True)
class Operation:
    """An operation in which sources were recruited.

    Attributes:
        owners: Who ran it; each has a stake in every source that came of it.
        host: On whose soil it was, with its knowledge. Who does not know has no say, and must not be asked.
    """

    id: OperationId
    name: str = ""
    owners: tuple[PartyId, ...]
    host: PartyId | None = None


@attrs.frozen(kw_only=True)
class Source:
    """One source or method.

    Attributes:
        owner: The originator. Its consent governs onward use.
        joint_with: Parties who helped to get it, each with an equity.
        depends_on: Sources without which this one would not exist; equities flow through.
        descriptor: The words a recipient may see about it.
        tainted: A mark on all that comes from it.
        recruited_in: The operation that brought it.
        material: Who owns the raw material, where that is not the owner of the source.
        host: On whose soil it works, with its knowledge.
    """

    id: SourceId
    kind: SourceKind
    owner: PartyId
    joint_with: tuple[PartyId, ...] = ()
    depends_on: tuple[SourceId, ...] = ()
    reliability: Reliability | None = None
    descriptor: str = ""
    agreed_use: tuple[AgreedUse, ...] = ()
    quiet: Quiet | None = None
    tainted: Taint | None = None
    recruited_in: OperationId | None = None
    material: tuple[PartyId, ...] = ()
    host: PartyId | None = None
