"""What was said or taken, as far as anybody can tell: a distribution over versions, and how far it may be off.

Before any account, how exact each claim was is independent *given* how loosely somebody spoke (or whether a
thief was read at all), and that is one unknown behind all of them: product inside, mixture outside. Each
account multiplies in: with its reliability it reports the truth, otherwise what its motive would say. Accounts
are taken as independent; those that repeat each other must be entered as one.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from tearline.domain import Case, ClaimId, Interval, Reliability, VersionId
from tearline.domain.defaults import RELIES_ON
from tearline.domain.incidents import MOST_ACCOUNTS, Account, Incident, Looseness, Motive
from tearline.errors import InputError
from tearline.exposure.envelope import Floats, Ints

TRUTHFUL: Final = {
    Reliability.A: Interval(0.9, RELIES_ON[Reliability.A], 0.99),
    Reliability.B: Interval(0.75, RELIES_ON[Reliability.B], 0.95),
    Reliability.C: Interval(0.5, RELIES_ON[Reliability.C], 0.85),
    Reliability.D: Interval(0.2, RELIES_ON[Reliability.D], 0.6),
    Reliability.E: Interval(0.05, RELIES_ON[Reliability.E], 0.4),
    Reliability.F: Interval(0.0, RELIES_ON[Reliability.F], 0.99),
}
"""How likely an account reports what was said rather than what its teller would say anyway. Judgement."""

ODDS: Final = {Looseness.GUARDED: 0.25, Looseness.USUAL: 1.0, Looseness.LOOSE: 4.0}
"""By what each step towards more exact words is likelier than the one before, set against the prior. Judgement."""

BENT: Final = 3.0
"""By what a teller with a motive prefers each step in the direction of it. Judgement."""

MOST_ENUMERATED: Final = 2**12
"""So many combinations of versions are listed; beyond, :data:`DRAWN` are drawn."""

DRAWN: Final = 2_000
UNDRAWN: Final = 2
"""Cases that stand before those that are drawn: all of it, and the least."""

SEED: Final = 20_261_123

MOST_CORNERS: Final = 6
"""For up to so many claims that are not surely taken every corner is tried."""

MOST_NUMBERS: Final = 2**23
"""But never more corners than make so many chances of cases: beyond, what is doubtful moves together."""

Choice = tuple[int | None, ...]
"""The rank of the version of each claim, in the order of the claims; ``None``: it did not come out."""


@attrs.frozen(eq=False, kw_only=True)
class CameOut:
    """What may have come out, case by case, and how likely each is.

    Attributes:
        claims: Those that could.
        cases: What could have come out of all of them together; the most exact of everything first, and somewhere
            the least of everything.
        stances: Shape ``(stances, cases)``, each row sums to 1. The first is the best point; the others are
            corners of what is doubtful. A fraction of two functions that are each linear in every unknown has its
            extremes at corners, so a mean over cases lies between its values at the rows.
        drawn: Whether the cases were drawn, because there are too many to list.
    """

    claims: tuple[ClaimId, ...]
    cases: tuple[Choice, ...]
    stances: Floats
    drawn: bool = False

    def mean(self, values: Floats) -> tuple[float, float, float]:
        """The least, best and most of the mean of ``values``, shape ``(cases,)``."""
        means = self.stances @ values
        return float(means.min()), float(means[0]), float(means.max())

    def chance(self, claim: ClaimId, rank: int | None) -> Interval:
        """How likely a claim came out with exactly that rank (``None``: not at all)."""
        place = self.claims.index(claim)
        which = np.array([float(case[place] == rank) for case in self.cases])
        return _interval(*self.mean(which))


def _interval(lo: float, mid: float, hi: float) -> Interval:
    lo, mid, hi = (min(1.0, max(0.0, edge)) for edge in (lo, mid, hi))
    return Interval(min(lo, mid), mid, max(mid, hi))


def came_out(case: Case, incident: Incident, *, seed: int = SEED) -> CameOut:
    """What may have come out of the claims of a case.

    Guarantee:
        Nothing more exact than ``briefed``, nothing vaguer than what is in print.
    Raises:
        InputError: Too many accounts, or accounts that no case can explain.
    """
    claims = tuple(claim.id for claim in case.claims if claim.id in incident.briefed)
    ranks = [_ranks(case, incident, claim) for claim in claims]
    accounts = [account for account in incident.accounts if claims]
    if len(accounts) > MOST_ACCOUNTS:
        raise InputError(
            f"{len(accounts)} accounts are more than {MOST_ACCOUNTS}; they are taken as independent: "
            "enter those that repeat each other as one"
        )
    drawn = math.prod(map(len, ranks)) > MOST_ENUMERATED
    mixtures = list(_mixtures(case, incident, claims, ranks))
    places = _drawn(mixtures[0], ranks, seed) if drawn else _listed(ranks)
    rows = [_prior(mixture, places) for mixture in mixtures]
    if drawn:  # drawn from the first mixture: each is weighed by how much likelier another makes it
        drawn_here = np.arange(len(places)) >= UNDRAWN
        rows = [np.divide(row, rows[0], out=np.zeros_like(row), where=drawn_here) for row in rows]
    said = [_of_account(case, account, claims, ranks, places) for account in accounts]
    stances = np.array(list(_stances(rows, accounts, said)))
    total = stances.sum(axis=1, keepdims=True)
    if not (total > 0).all():
        raise InputError("the accounts contradict each other so that nothing can have come out; check their numbers")
    cases = tuple(tuple(ranks[c][p] for c, p in enumerate(row)) for row in places.tolist())
    return CameOut(claims=claims, cases=cases, stances=stances / total, drawn=drawn)


def weighed(prior: Floats, likelihoods: Sequence[Floats]) -> Floats:
    """Bayes' rule: the prior times every likelihood, made to sum to 1. Their order does not matter."""
    found = prior * np.prod(np.array([np.ones_like(prior), *likelihoods]), axis=0)
    whole: Floats = found / found.sum()
    return whole


def _ranks(case: Case, incident: Incident, claim: ClaimId) -> tuple[int | None, ...]:
    """What could have come out of one claim, most exact first."""
    told = case.claim(claim)
    most, printed = told.rank(incident.briefed[claim]), incident.published.get(claim)
    if incident.kind.is_spoken:
        last = len(told.versions) - 1 if printed is None else told.rank(printed)
        return (*range(most, last + 1), *([None] if printed is None else []))
    floor = None if printed is None else told.rank(printed)
    return (most,) if floor == most else (most, floor)


# --- before any account ----------------------------------------------------------------------------------

Mixture = list[tuple[float, list[Floats]]]
"""Ways of speaking with their weights, each with the chances of every option of every claim."""


def _mixtures(
    case: Case, incident: Incident, claims: Sequence[ClaimId], ranks: Sequence[Sequence[int | None]]
) -> Iterator[Mixture]:
    """The prior at its best point first, then at the corners of what nobody has said."""
    if not incident.kind.is_spoken:
        yield from _of_theft(incident, claims, ranks)
        return
    weights = [_weights(case, incident, claim, of) for claim, of in zip(claims, ranks, strict=True)]
    by = {way: [_tilted(weight, odds) for weight in weights] for way, odds in ODDS.items()}
    if incident.looseness:
        total = sum(incident.looseness.values())
        yield [(share / total, by[way]) for way, share in incident.looseness.items()]
        return
    yield [(1 / len(by), each) for each in by.values()]
    yield from ([(1.0, each)] for each in by.values())


def _of_theft(
    incident: Incident, claims: Sequence[ClaimId], ranks: Sequence[Sequence[int | None]]
) -> Iterator[Mixture]:
    """Whether it was seen is one unknown behind all that was taken.

    Every corner of what was taken is tried, claim by claim; beyond :data:`MOST_CORNERS` claims in doubt, or
    :data:`MOST_NUMBERS`, their chances move together.
    """
    sure = Interval(1.0, 1.0, 1.0)
    taken = [incident.taken.get(claim, sure) for claim in claims]
    doubtful = [place for place, chance in enumerate(taken) if chance.lo < chance.hi and len(ranks[place]) > 1]
    numbers = 2 ** (len(doubtful) + 1 + len(incident.accounts)) * min(math.prod(map(len, ranks)), MOST_ENUMERATED)
    apart = len(doubtful) <= MOST_CORNERS and numbers <= MOST_NUMBERS
    ends = itertools.product("lh", repeat=len(doubtful)) if apart else (["l"] * len(doubtful), ["h"] * len(doubtful))
    corners = [[chance.mid for chance in taken]]
    for end in ends:
        corner = [chance.mid for chance in taken]
        for place, which in zip(doubtful, end, strict=True):
            corner[place] = taken[place].lo if which == "l" else taken[place].hi
        corners.append(corner)
    unread = [np.array([0.0, 1.0] if len(of) > 1 else [1.0]) for of in ranks]
    for number, corner in enumerate(corners):
        read = [np.array([t, 1 - t] if len(of) > 1 else [1.0]) for t, of in zip(corner, ranks, strict=True)]
        for chance in (incident.seen.lo, incident.seen.hi) if number else (incident.seen.mid,):
            yield [(chance, read), (1 - chance, unread)]


def _weights(case: Case, incident: Incident, claim: ClaimId, ranks: Sequence[int | None]) -> Floats:
    """The stated weight of each option, else binomial: as many ways as there are to get there step by step."""
    stated = incident.prior.get(claim)
    if stated is None:
        return np.array([float(math.comb(len(ranks) - 1, step)) for step in range(len(ranks))])
    by_rank = {case.claim(claim).rank(version): weight for version, weight in stated.items()}
    found = np.array([by_rank.get(rank, 0.0) if rank is not None else 0.0 for rank in ranks])
    if not found.sum() > 0:
        raise InputError(f"`prior.{claim}` gives a weight only to what cannot have come out; weigh another version")
    return found


def _tilted(weights: Floats, odds: float) -> Floats:
    steps = np.arange(len(weights))[::-1]
    tilted = weights * odds**steps
    found: Floats = tilted / tilted.sum()
    return found


def _listed(ranks: Sequence[Sequence[int | None]]) -> Ints:
    places = list(itertools.product(*(range(len(of)) for of in ranks)))
    return np.array(places, dtype=np.int64).reshape(len(places), len(ranks))


def _drawn(mixture: Mixture, ranks: Sequence[Sequence[int | None]], seed: int) -> Ints:
    """The most of everything and the least (for the edges, without weight), and cases drawn from a mixture."""
    chance = np.random.default_rng(seed)
    ways = chance.choice(len(mixture), size=DRAWN, p=[share for share, _ in mixture])
    even = chance.random((DRAWN, len(ranks)))
    found = np.zeros((UNDRAWN + DRAWN, len(ranks)), dtype=np.int64)
    found[1] = [len(of) - 1 for of in ranks]
    for way, (_, options) in enumerate(mixture):
        for claim, chances in enumerate(options):
            drawn = np.searchsorted(np.cumsum(chances)[:-1], even[:, claim], side="right")
            found[UNDRAWN:, claim] = np.where(ways == way, drawn, found[UNDRAWN:, claim])
    return found


def _prior(mixture: Mixture, places: Ints) -> Floats:
    """How likely each case is before any account, shape ``(cases,)``."""
    found = np.zeros(len(places))
    for share, options in mixture:
        each = np.full(len(places), share)
        for claim, chances in enumerate(options):
            each = each * chances[places[:, claim]]
        found += each
    return found


# --- accounts --------------------------------------------------------------------------------------------


def _of_account(
    case: Case, account: Account, claims: Sequence[ClaimId], ranks: Sequence[Sequence[int | None]], places: Ints
) -> tuple[Floats, float]:
    """How likely the account comes from a truthful teller in each case; and from one who tells what suits it.

    Whoever tells what suits it may say anything, what cannot have come out too.
    """
    true, suits = np.ones(len(places)), 1.0
    for place, (claim, possible) in enumerate(zip(claims, ranks, strict=True)):
        every = (*range(len(case.claim(claim).versions)), None)
        likely = _likely(case, account, claim, every)
        if likely is not None:
            among = np.array([likely[every.index(rank)] for rank in possible])
            true = true * among[places[:, place]]
            suits *= float(likely @ bent(account.motive, len(every)))
    return true, suits


def _likely(case: Case, account: Account, claim: ClaimId, ranks: Sequence[int | None]) -> Floats | None:
    """How likely a truthful account comes, by rank; ``None``: it says nothing of this claim."""
    told = case.claim(claim)
    says: Mapping[VersionId, float] | None = account.says.get(claim)
    denied = account.denies.get(claim)
    if says is None and denied is None:
        return None
    found = np.ones(len(ranks))
    if says is not None:
        by_rank = {told.rank(version): chance for version, chance in says.items()}
        found = np.array([by_rank.get(rank, 0.0) if rank is not None else 0.0 for rank in ranks])
    if denied is not None:
        found = found * np.array([float(rank is None or rank > told.rank(denied)) for rank in ranks])
    return found


def bent(motive: Motive, options: int) -> Floats:
    """What a teller says who does not report: each option, most exact first, as its motive would have it.

    >>> bent(Motive.PLAY_DOWN, 3).round(3).tolist()
    [0.077, 0.231, 0.692]
    """
    towards = {Motive.NONE: 0, Motive.PLAY_DOWN: 1, Motive.PLAY_UP: -1}[motive]
    preferred = BENT ** (towards * np.arange(options, dtype=float))
    found: Floats = preferred / preferred.sum()
    return found


def heard(true: Floats, suits: float, truthful: float) -> Floats:
    """The likelihood of an account, weighed by how far its teller reports: a statement against interest weighs more."""
    return truthful * true + (1 - truthful) * suits


def _stances(
    rows: Sequence[Floats], accounts: Sequence[Account], said: Sequence[tuple[Floats, float]]
) -> Iterator[Floats]:
    """The best point, then every corner of the priors and of how reliable each account is."""
    grades = [TRUTHFUL[account.reliability] for account in accounts]
    corners = [[grade.mid for grade in grades]]
    for prior in rows:
        each = corners if prior is rows[0] else []
        for truthful in (*each, *itertools.product(*((grade.lo, grade.hi) for grade in grades))):
            likelihood = np.ones_like(prior)
            for (true, suits), share in zip(said, truthful, strict=True):
                likelihood = likelihood * heard(true, suits, share)
            yield prior * likelihood
