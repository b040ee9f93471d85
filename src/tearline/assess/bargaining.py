"""What an offer tells: the teaser now, and the package to somebody who has had the teaser.

A negotiation costs before it brings anything, so every move is measured beforehand: what the other side
knows after it, whether that may be told, and how near the nearest limit then is. What is asked for is advice;
what may be given does not depend on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.decide import assess
from tearline.domain import Allow, Case, ClaimId, Form, Given, PartyKind, Proposal, Purpose, VersionId
from tearline.domain.negotiation import (
    Move,
    Negotiation,
    Position,
    Rank,
    Terms,
    Text,
    Turn,
    faults_of_offer,
    following,
    walked,
)
from tearline.errors import InputError
from tearline.exposure.account import Line

MOST_TEASERS: Final = 6
"""So many teasers are weighed, the least telling first; whoever wants another one names it."""

Told = Callable[[str], None]


@attrs.frozen(kw_only=True)
class Weighed:
    """Both parts of an offer, each with its own answer.

    Attributes:
        teaser: The answer to telling the teaser, today.
        package: The answer to handing over the package once the teaser is told; the recipient, and
            everybody behind it, then puts the two together.
    """

    terms: Terms
    teaser: Assessment
    package: Assessment

    @property
    def retold(self) -> bool:
        """Whether the recipient was told the whole teaser before, at least as exactly: then it tells nothing."""
        case, terms = self.teaser.case, self.terms
        return all(_was_told(case, claim, version) for claim, version in terms.teaser.items())

    @property
    def may_be_offered(self) -> bool:
        """Whether the offer may be made: the teaser goes as it is, and the package could be kept to.

        An offer of what cannot be given later raises an impression that nobody approved. The package holds the
        teaser, so whoever must agree to the one must agree to the other.
        """
        return (self.retold or goes(self.teaser, self.terms.teaser)) and goes(self.package, self.terms.package)


@attrs.frozen(kw_only=True)
class Bargain:
    """A negotiation about the proposal of a case: where it stands, what may follow, and what that would tell.

    Attributes:
        turns: What was done, and where it stood after it.
        next: The moves that the table knows from here; none of them asks for something while a warning is owed.
        most: The most that may be handed over in the end, to a recipient that holds what it was told so far.
        on_the_table: The package that lies there, weighed today; ``None``: none does.
        openings: Offers that could come first, weighed, the least telling first; none once one was made.
        lapsed: Whether the offer on the table has run out, so that it can only be closed.
    """

    case: Case
    now: Negotiation
    turns: tuple[tuple[Turn, Negotiation], ...]
    next: tuple[Move, ...]
    most: Assessment
    on_the_table: Assessment | None
    openings: tuple[Weighed, ...]
    lapsed: bool

    @property
    def outstanding(self) -> tuple[str, ...]:
        """What of what was asked has not come."""
        return tuple(wish for wish in self.now.terms.asked if wish not in self.now.received)

    @property
    def may_be_kept(self) -> bool:
        """Whether what lies on the table may still be handed over, word for word."""
        return self.on_the_table is not None and goes(self.on_the_table, self.now.terms.package)


def goes(found: Assessment, text: Text) -> bool:
    """Whether the answer lets exactly this text go."""
    return isinstance(found.decision, Allow) and found.tearline.versions == dict(text)


def nearest(found: Assessment) -> Line | None:
    """The limit that comes nearest to breaking for a reader that binds; ``None``: nothing binds."""
    lines = [line for account in found.readers if account.listener.binds for line in account.lines]
    return max(lines, key=lambda line: line.used, default=None)


def weigh(case: Case, terms: Terms) -> Weighed:
    """Weigh an offer to the recipient of ``case``.

    Raises:
        InputError: There is nobody to trade with: the recipient is the public, or oversees us. Or the case does
            not say what day it is; then nobody can tell what was told before what.
    """
    today = _today(case)
    teaser = attrs.evolve(
        _trade(case, terms.teaser),
        form=Form.DISCLOSURE,
        ask_in_return=terms.asked,
        minimum_value=None,
        together=(),
        actionable=(),
    )
    package = attrs.evolve(_trade(case, terms.package), ask_in_return=terms.asked)
    told = Given(to=(case.proposal.to,), on=today, claims=terms.teaser, form=Form.DISCLOSURE)
    return Weighed(
        terms=terms,
        teaser=assess(attrs.evolve(case, proposal=teaser)),
        package=assess(attrs.evolve(case, given=(*case.given, told), proposal=package)),
    )


def bargain(case: Case, told: Told = lambda _: None) -> Bargain:
    """Where the negotiation of a case stands, and what each move from here would tell.

    A warning that is owed is no trade: then only giving it, and breaking off, is left of the table.

    Args:
        told: Called with what is being worked out.
    Raises:
        InputError: As :func:`weigh`.
    """
    today = _today(case)
    start = Negotiation(giver=case.us, receiver=case.proposal.to)
    stood = [found for found in walked(start, case.negotiation, ranks(case)) if isinstance(found, Negotiation)]
    now = stood[-1] if stood else start
    told("searching for the most that may be given")
    most = assess(case if case.owes_warning else attrs.evolve(case, proposal=_trade(case, case.proposal.claims)))
    package = now.terms.package
    told("weighing what lies on the table")
    lies = assess(attrs.evolve(case, proposal=_trade(case, package))) if package and _is_open(now) else None
    told("weighing what could be offered")
    may_open = now.position in (None, Position.ANNOUNCED) and not case.owes_warning
    return Bargain(
        case=case,
        now=now,
        turns=tuple(zip(case.negotiation, stood, strict=True)),
        next=_next(case, now),
        most=most,
        on_the_table=lies,
        openings=tuple(weigh(case, terms) for terms in _offers(case, most)) if may_open else (),
        lapsed=now.terms.until is not None and today > now.terms.until and _is_open(now),
    )


def ranks(case: Case) -> Rank:
    """How exact each version of a claim of the case is."""
    return lambda claim, version: case.claim(claim).rank(version)


def offer(case: Case, teaser: Text, package: Text, asked: tuple[str, ...]) -> Weighed:
    """Weigh an offer that somebody has in mind.

    Raises:
        InputError: It is no offer, with everything that is wrong with it; or as :func:`weigh`.
    """
    for claim, version in (*teaser.items(), *package.items()):
        known = {c.id: [v.id for v in c.versions] for c in case.claims}
        if version not in known.get(claim, ()):
            raise InputError(f"the case has no `{claim}` as `{version}`")
    terms = Terms(teaser=teaser, package=package, asked=asked)
    wrong = tuple(faults_of_offer(terms, ranks(case)))
    if wrong:
        raise InputError("; ".join(wrong))
    if case.owes_warning:
        raise InputError("a warning is owed: it is given, not offered; ask afterwards")
    return weigh(case, terms)


def _was_told(case: Case, claim: ClaimId, version: VersionId) -> bool:
    rank, to = case.claim(claim).rank, case.proposal.to
    told = (given.claims[claim] for given in case.given if to in given.to and claim in given.claims)
    return any(rank(before) <= rank(version) for before in told)


def _today(case: Case) -> dt.date:
    receiver = case.party(case.proposal.to)
    if receiver.kind in (PartyKind.PUBLIC, PartyKind.OVERSIGHT):
        raise InputError(f"`{receiver.id}` is of kind `{receiver.kind.value}`: there is nobody to trade with")
    if case.as_of is None:
        raise InputError("a negotiation goes on from day to day: the case must say `as_of`")
    return case.as_of


def _trade(case: Case, claims: Mapping[ClaimId, VersionId | None] | Text) -> Proposal:
    """The proposal as something that is handed over in return for something."""
    return attrs.evolve(case.proposal, purpose=Purpose.TRADE, form=Form.RELEASE, claims=claims)


def _is_open(now: Negotiation) -> bool:
    """Whether something may still come of it."""
    return now.position not in (Position.EXCHANGED, Position.GIVEN, Position.CLOSED)


def _next(case: Case, now: Negotiation) -> tuple[Move, ...]:
    known = following(now.position)
    if not case.owes_warning:
        return known
    return tuple(move for move in known if move.to in (Position.GIVEN, Position.CLOSED))


def _offers(case: Case, most: Assessment) -> Iterator[Terms]:
    """Offers of the most that may be given, each with another teaser, the least telling first."""
    package = most.tearline.versions
    teasers: list[tuple[float, Text]] = []
    for claim_id, version in package.items():
        claim = case.claim(claim_id)
        least = claim.versions[claim.rank(version) :]
        teasers += [(said.value, {claim_id: said.id}) for said in least]
    asked = case.proposal.ask_in_return or ("something in return",)
    sensible = (Terms(teaser=teaser, package=package, asked=asked) for _, teaser in sorted(teasers, key=_worth))
    yield from islice((terms for terms in sensible if not any(faults_of_offer(terms, ranks(case)))), MOST_TEASERS)


def _worth(teaser: tuple[float, Text]) -> float:
    return teaser[0]
