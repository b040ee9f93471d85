"""A negotiation through the normal channels as a table of moves: what is told of the substance, and when.

A leader announces *that* something will be shared; the officers settle what, and what comes back. A teaser
goes first, the sealed package is put in escrow only once both have agreed, and is opened only when what was
asked in return is in escrow too. Between two who do not trust each other no exchange is fair without somebody
else, so large things go in small steps. What is given without asking for anything, a gesture or a warning, is
no trade: it has a way of its own, and never counts as a debt.

Every word of an offer is a disclosure. That is for :mod:`tearline.assess`; here only the order is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final

import attrs

from tearline.domain.names import ClaimId, PartyId, VersionId, fixed


class Position(Enum):
    """Where a negotiation stands."""

    ANNOUNCED = "announced"
    OFFERED = "offered"
    COUNTERED = "countered"
    AGREED = "agreed"
    ESCROWED = "escrowed"
    EXCHANGED = "exchanged"
    GIVEN = "given"
    CLOSED = "closed"


class Side(Enum):
    """Who makes a move."""

    GIVER = "giver"
    RECEIVER = "receiver"
    EITHER = "either"


@attrs.frozen(kw_only=True)
class Move:
    """One edge of the table.

    Attributes:
        start: ``None``: nothing was said before.
        tells: What of the substance the other side knows after it.
    """

    start: Position | None
    to: Position
    by: Side
    tells: str
    says: str


_NOTHING, _TEASER, _PACKAGE = "that there is something", "the teaser", "the package"


def _moves() -> Sequence[Move]:
    p, s = Position, Side
    return (
        Move(start=None, to=p.ANNOUNCED, by=s.GIVER, tells=_NOTHING, says="our services will take it up with yours"),
        Move(start=None, to=p.GIVEN, by=s.GIVER, tells=_PACKAGE, says="a gesture or a warning: nothing is asked"),
        Move(start=p.ANNOUNCED, to=p.OFFERED, by=s.GIVER, tells=_TEASER, says="a teaser, and what is asked for it"),
        Move(start=p.OFFERED, to=p.COUNTERED, by=s.RECEIVER, tells=_TEASER, says="something else is offered or asked"),
        Move(start=p.COUNTERED, to=p.OFFERED, by=s.GIVER, tells=_TEASER, says="a new offer, no more exact teaser"),
        Move(start=p.OFFERED, to=p.AGREED, by=s.RECEIVER, tells=_TEASER, says="the offer is taken"),
        Move(start=p.COUNTERED, to=p.AGREED, by=s.GIVER, tells=_TEASER, says="the counter-offer is taken"),
        Move(start=p.AGREED, to=p.ESCROWED, by=s.GIVER, tells=_TEASER, says="the package is sealed and handed over"),
        Move(start=p.ESCROWED, to=p.EXCHANGED, by=s.GIVER, tells=_PACKAGE, says="what was asked has come"),
        *(
            Move(start=start, to=p.CLOSED, by=s.EITHER, tells=tells, says="broken off, or lapsed")
            for start, tells in (
                (p.ANNOUNCED, _NOTHING),
                (p.OFFERED, _TEASER),
                (p.COUNTERED, _TEASER),
                (p.AGREED, _TEASER),
                (p.ESCROWED, _TEASER),
            )
        ),
    )


MOVES: Final = tuple(_moves())
"""Every move there is."""


def move(start: Position | None, to: Position) -> Move | None:
    """The move from one position to another; ``None``: there is none."""
    return next((m for m in MOVES if (m.start, m.to) == (start, to)), None)


def following(start: Position | None) -> tuple[Move, ...]:
    """Every move from a position, in the order of the table."""
    return tuple(m for m in MOVES if m.start == start)


Text = Mapping[ClaimId, VersionId]
"""Claims and how exactly they are said."""

Rank = Callable[[ClaimId, VersionId], int]
"""How exact a version of a claim is: 0 as collected, larger is vaguer."""


@attrs.frozen(kw_only=True)
class Terms:
    """What is on the table.

    Attributes:
        teaser: What is told before anything is agreed.
        package: What is handed over in the end.
        asked: What is asked in return, in words.
        until: The last day of the offer; ``None``: open.
    """

    teaser: Text = attrs.field(converter=fixed, factory=dict)
    package: Text = attrs.field(converter=fixed, factory=dict)
    asked: tuple[str, ...] = ()
    until: dt.date | None = None


@attrs.frozen(kw_only=True)
class Negotiation:
    """One negotiation.

    Attributes:
        giver, receiver: Who gives the package, and who would get it.
        terms: The last terms on the table.
        received: What of what was asked is in escrow with the giver.
    """

    giver: PartyId
    receiver: PartyId
    position: Position | None = None
    terms: Terms = Terms()
    received: tuple[str, ...] = ()

    @property
    def told(self) -> Text:
        """What the receiver has been told of the substance. What was told stays told, also when all is broken off."""
        if self.position in (Position.EXCHANGED, Position.GIVEN):
            return self.terms.package
        return self.terms.teaser


@attrs.frozen(kw_only=True)
class Step:
    """What one side wants to do.

    Attributes:
        terms: What it puts on the table; ``None``: what lies there.
        received: What of what was asked has come besides.
        today: The day.
    """

    to: Position
    by: PartyId
    today: dt.date
    terms: Terms | None = None
    received: tuple[str, ...] = ()


def advance(now: Negotiation, step: Step, rank: Rank) -> Negotiation | tuple[str, ...]:
    """The negotiation after a step, or everything that stands in its way, in sentences."""
    made = move(now.position, step.to)
    if made is None:
        since = f"what is {now.position.value}" if now.position else "what nobody has spoken of"
        return (f"{since} cannot become {step.to.value}",)
    terms = step.terms or now.terms
    received = tuple(dict.fromkeys((*now.received, *step.received)))
    why = (*_whose(now, made, step), *_in_time(now, step), *_fit(now, step, terms, received, rank))
    if why:
        return why
    return attrs.evolve(now, position=step.to, terms=terms, received=received)


def _whose(now: Negotiation, made: Move, step: Step) -> Iterator[str]:
    sides = {Side.GIVER: (now.giver,), Side.RECEIVER: (now.receiver,), Side.EITHER: (now.giver, now.receiver)}
    if step.by not in sides[made.by]:
        yield f"it is not for {step.by} to make it {step.to.value}"


def _in_time(now: Negotiation, step: Step) -> Iterator[str]:
    if now.terms.until and step.today > now.terms.until and step.to is not Position.CLOSED:
        yield f"the offer lapsed on {now.terms.until}: it can only be closed"


def _fit(now: Negotiation, step: Step, terms: Terms, received: Sequence[str], rank: Rank) -> Iterator[str]:
    """What is wrong with the terms at this step."""
    match step.to:
        case Position.OFFERED:
            yield from faults_of_offer(terms, rank)
            if now.position is Position.COUNTERED and not _within(terms.teaser, now.terms.teaser, rank):
                yield "the new teaser tells more than the last one: bargaining is not paid in substance"
        case Position.COUNTERED if (terms.teaser, terms.package) != (now.terms.teaser, now.terms.package):
            yield "whoever receives says what it would give, not what it is given"
        case Position.AGREED | Position.ESCROWED | Position.EXCHANGED if terms != now.terms:
            yield "the terms are not those on the table"
        case Position.GIVEN:
            if terms.asked:
                yield "what asks for something is no gesture: offer it"
            if not terms.package:
                yield "nothing is given"
    if step.to is Position.EXCHANGED and (open_ := [wish for wish in terms.asked if wish not in received]):
        yield f"what was asked has not come: {'; '.join(open_)}"


def faults_of_offer(terms: Terms, rank: Rank) -> Iterator[str]:
    """What is wrong with an offer whatever was said before: no teaser, nothing asked, nothing left to hand over."""
    if not terms.teaser:
        yield "the teaser comes first, and there is none"
    if not terms.asked:
        yield "nothing is asked for it: that is a gesture"
    if not _within(terms.teaser, terms.package, rank):
        yield "the teaser tells what the package does not hold"
    elif _within(terms.package, terms.teaser, rank):
        yield "the teaser gives the whole package away"


def _within(one: Text, other: Text, rank: Rank) -> bool:
    """Whether everything in ``one`` is in ``other``, at least as exactly."""
    return all(claim in other and rank(claim, version) >= rank(claim, other[claim]) for claim, version in one.items())


@attrs.frozen(kw_only=True)
class Turn:
    """A step that was taken, as a case records it.

    Attributes:
        teaser, package, asked, until: What it put on the table; ``None``: that lies there as it lay.
        received: What of what was asked has come besides.
    """

    on: dt.date
    to: Position
    by: PartyId
    teaser: Text | None = attrs.field(converter=attrs.converters.optional(fixed), default=None)
    package: Text | None = attrs.field(converter=attrs.converters.optional(fixed), default=None)
    asked: tuple[str, ...] | None = None
    until: dt.date | None = None
    received: tuple[str, ...] = ()

    def step(self, now: Negotiation) -> Step:
        """The step from where the negotiation stood."""
        named: dict[str, Any] = {
            "teaser": self.teaser,
            "package": self.package,
            "asked": self.asked,
            "until": self.until,
        }
        terms = attrs.evolve(now.terms, **{part: said for part, said in named.items() if said is not None})
        return Step(to=self.to, by=self.by, today=self.on, terms=terms, received=self.received)


def walked(start: Negotiation, turns: Sequence[Turn], rank: Rank) -> Iterator[Negotiation | tuple[str, ...]]:
    """Where the negotiation stood after each turn; the first turn that could not be ends it, with what was wrong."""
    now = start
    for turn in turns:
        found = advance(now, turn.step(now), rank)
        yield found
        if not isinstance(found, Negotiation):
            return
        now = found
