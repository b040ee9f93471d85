"""The slow, obvious twin of the exposure engine: every possibility listed, every number exact.

Plain Python, `fractions.Fraction` throughout, floats taken at their exact binary value. Nothing here is
shared with the engine except the nouns of `tearline.domain` and its table of defaults. Meant for cases
of at most six groups, four claims and three versions: it visits all `2**groups` corners of every box of
masses and all vectors of versions.

How to read it, in order: whom a reader suspects (`priors`), how well placed each was (`access_of`,
`likelihood`), what that makes of each explanation (`masses`), what a reader may believe (`Box`), what is
limited (`limited_beliefs`), and whether it may go (`weigh`, `best_tearline`).
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from tearline.domain import (
    ABSENT,
    Budget,
    Case,
    Claim,
    ClaimId,
    Cover,
    Days,
    Group,
    GroupId,
    GroupKind,
    Interval,
    ListId,
    Listing,
    OrganisationId,
    OtherWords,
    Party,
    PartyId,
    PartyKind,
    Reader,
    Secret,
    SecretKind,
    Sibling,
    SourceId,
    Trust,
    Version,
    VersionId,
)
from tearline.domain.defaults import (
    ASSUMED_GROUPS,
    BUDGETS,
    CELL_BELIEF,
    HUMAN_BUDGET,
    INVESTIGATES_ABOVE,
    LEAK_GATE,
    METHOD_BUDGET,
    OTHER_SWEEP,
    TELLING_BELOW,
    TRIES,
    UNKNOWN_ACCESS,
    assumed_access,
)

Edges = tuple[Fraction, Fraction, Fraction]
"""Lower edge, best point, upper edge."""

Tearline = Mapping[ClaimId, VersionId]
"""What is said: a claim that is not there is withheld."""

History = tuple[tuple[Tearline, dt.date | None], ...]
"""All that a reader was told: what was said, and on which day (`None`: undated)."""

SLACK = Fraction(1, 10**12)
"""Relative slack of every comparison with a limit."""

ONE: Edges = (Fraction(1), Fraction(1), Fraction(1))


def exact(interval: Interval) -> Edges:
    """The three numbers of an interval, as the fractions that the floats are."""
    return Fraction(interval.lo), Fraction(interval.mid), Fraction(interval.hi)


def times(left: Edges, right: Edges) -> Edges:
    """Edge by edge: lower with lower, and so on."""
    return left[0] * right[0], left[1] * right[1], left[2] * right[2]


# Whom a reader suspects before it has read anything.


def other_points(groups: Sequence[Group]) -> tuple[Fraction | None, ...]:
    """Prior masses of the innocent explanations that are tried, smallest first; `None`: as written."""
    written = as_written(groups)
    innocent = _sum(written[g.id] for g in groups if g.kind is GroupKind.OTHER)
    if innocent in (0, 1):
        return (None,)
    return tuple(sorted({innocent, *(Fraction(point) for point in OTHER_SWEEP)}))


def as_written(groups: Sequence[Group]) -> dict[GroupId, Fraction]:
    """Prior mass of each whole group, summing to 1: its weight, or its heads' share of what the weights leave.

    A head that is suspected twice as much gets two shares.
    """
    weights = {g.id: Fraction(g.weight) for g in groups if g.weight is not None}
    shares = {g.id: g.count * Fraction(g.suspected) for g in groups if g.weight is None}
    heads = _sum(shares.values())
    left = 1 - _sum(weights.values())
    mass = {g.id: weights[g.id] if g.id in weights else left * shares[g.id] / heads for g in groups}
    total = _sum(mass.values())
    return {group: each / total for group, each in mass.items()}


def priors(groups: Sequence[Group], other: Fraction | None) -> dict[GroupId, Fraction]:
    """Prior mass of each group, summing to 1, when the innocent explanations together weigh `other`."""
    written = as_written(groups)
    if other is None:
        return written
    innocent = _sum(written[g.id] for g in groups if g.kind is GroupKind.OTHER)
    return {
        g.id: written[g.id] * (other / innocent if g.kind is GroupKind.OTHER else (1 - other) / (1 - innocent))
        for g in groups
    }


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


# How well each group was placed to yield what was said.


def access_of(
    case: Case, reader: PartyId, groups: Sequence[Group], claim: Claim, rank: int, day: dt.date | None
) -> dict[GroupId, Edges]:
    """P(a group could have yielded the claim in at least this exactness, that day), by group, as this reader sees it.

    What the version says; where it says nothing of a group, what the next more exact version says; else
    the group is absent. Where nothing is said of any group of this reader, anything is possible. Then
    who has come to know it by then, and everybody if it was public.
    """
    stated: dict[GroupId, Interval] = {}
    for words in words_of(claim, rank):
        stated.update(words.known)
    if not stated and not any(r.groups for r in case.readers):
        stated = assumed_access(rank, len(claim.versions))
    silent = ABSENT if any(g.id in stated for g in groups) else UNKNOWN_ACCESS
    found = {g.id: with_time(claim, rank, day, g.id, exact(stated.get(g.id, silent))) for g in groups}
    return {g.id: with_cover(case, reader, claim, rank, day, g, found[g.id]) for g in groups}


def plus(left: Edges, weight: Fraction, right: Edges) -> Edges:
    """Edge by edge, the second one weighed."""
    return left[0] + weight * right[0], left[1] + weight * right[1], left[2] + weight * right[2]


def best(left: Edges, right: Edges) -> Edges:
    """Edge by edge the larger one."""
    return max(left[0], right[0]), max(left[1], right[1]), max(left[2], right[2])


def with_time(claim: Claim, rank: int, day: dt.date | None, group: GroupId, edges: Edges) -> Edges:
    """Access of those who came to know it later, if they did so by the day of telling or the day the words show."""
    if day is None:
        return edges
    by = shown_by(claim, rank, day)
    for words in words_of(claim, rank):
        for spread in words.later:
            if group in spread.known:
                edges = best(edges, times(exact(spread.known[group]), come(spread.on, by)))
        if isinstance(words, Version) and words.public is not None:
            edges = best(edges, come(words.public, by))
    return edges


def words_of(claim: Claim, rank: int) -> list[Version | OtherWords]:
    """The wordings from which it follows who could yield a claim at a rank, the most exact first.

    Where a sibling is true, its own as far as it differs, up to the first that is no more exact; then those
    that are the same whichever is true.
    """
    if claim.siblings and claim.siblings[0].id == TRUE:
        own = {words.id: words for words in claim.siblings[0].versions}
        listed = [at for at, version in enumerate(claim.versions) if version.id in own]
        last = next((at for at in listed if at >= rank), rank)
        return [
            *(own[claim.versions[at].id] for at in listed if at <= last),
            *claim.versions[listed[-1] + 1 : rank + 1],
        ]
    return list(claim.versions[: rank + 1])


def speaks_of_the_truth(claim: Claim, cover: Cover) -> bool:
    """Whether a cover explains words that say which sibling is true, while another one is."""
    if not claim.siblings or claim.siblings[0].id != TRUE:
        return False
    return claim.rank(cover.version) <= max(claim.rank(words.id) for words in claim.siblings[0].versions)


def shown_by(claim: Claim, rank: int, day: dt.date) -> dt.date:
    """The day by which words told on some day show that they were known: what vaguer ones show, they show too."""
    return min([day, *(version.known_by or day for version in claim.versions[rank:])])


def come(on: Days, by: dt.date) -> Edges:
    """Whether a day between two days has come: surely, if all days between are as likely, possibly."""
    days = [on.first + dt.timedelta(days=n) for n in range((on.last - on.first).days + 1)]
    if by not in days[:-1]:
        return ONE if by >= on.last else (Fraction(0), Fraction(0), Fraction(0))
    return Fraction(0), Fraction(days.index(by), len(days) - 1), Fraction(1)


def with_cover(
    case: Case, reader: PartyId, claim: Claim, rank: int, day: dt.date | None, group: Group, edges: Edges
) -> Edges:
    """Access after every cover that counts for this reader, this claim, and this version or a more exact one.

    What was seen only after that telling speaks for no innocent explanation.
    """
    by = None if day is None else shown_by(claim, rank, day)
    for cover in case.cover:
        applies = claim.id in cover.claims and group.id in cover.makes and rank >= claim.rank(cover.version)
        applies = applies and not speaks_of_the_truth(claim, cover)
        before = {c for given in case.given for part in with_implied(case, given.claims) for c in part}
        first_time = claim.id not in and_recognised(case, before)
        in_time = first_time if cover.on is None else by is not None and cover.on <= by
        helps = in_time or group.kind is not GroupKind.OTHER
        if applies and helps and counts_for(case, cover, reader):
            edges = best(edges, exact(cover.makes[group.id]))
    return edges


def counts_for(case: Case, cover: Cover, reader: PartyId) -> bool:
    """Whether this reader has seen a cover, and not only after the day of the case."""
    if reader not in cover.seen_by:
        return False
    return cover.on is None or (case.as_of is not None and cover.on <= case.as_of)


def together(accesses: Sequence[Edges]) -> Edges:
    """Claims of one event whose attendance nobody has stated: who knew the hardest knew them all."""
    lo, mid, hi = zip(*accesses, strict=True)
    return min(lo), min(mid), min(hi)


def attended_event(alpha: Fraction, inside: Sequence[Edges], outside: Sequence[Edges]) -> Edges:
    """`alpha * prod(inside) + (1 - alpha) * prod(outside)`, edge by edge."""
    was_in, was_not = ONE, ONE
    for edges in inside:
        was_in = times(was_in, edges)
    for edges in outside:
        was_not = times(was_not, edges)
    lo, mid, hi = (alpha * a + (1 - alpha) * b for a, b in zip(was_in, was_not, strict=True))
    return lo, mid, hi


def events(case: Case, history: History) -> Iterator[list[Claim]]:
    """The claims that were told, those of one event together, every other one alone."""
    seen = [claim for claim in case.claims if any(claim.id in said for said, _ in history)]
    named = {claim.event for claim in seen if claim.event is not None}
    for event in sorted(named):
        yield [claim for claim in seen if claim.event == event]
    for claim in seen:
        if claim.event is None:
            yield [claim]


def attendance(case: Case, claims: Sequence[Claim], group: GroupId) -> Fraction | None:
    """P(the group was in on the event of these claims), if any claim of that event states it."""
    event = claims[0].event
    of_event = claims if event is None else [claim for claim in case.claims if claim.event == event]
    stated = {claim.attended[group] for claim in of_event if group in claim.attended}
    if not stated:
        return None
    (alpha,) = stated  # two claims of one event cannot disagree about who was there
    return Fraction(alpha)


def told(case: Case, reader: PartyId, groups: Sequence[Group], claim: Claim, history: History) -> dict[GroupId, Edges]:
    """Access to one claim in all exactness in which it was ever told, each by its day: by the hardest.

    What was told as exactly and as early by another telling adds nothing. Undated is earliest of all.
    """
    found = [access_of(case, reader, groups, claim, rank, day) for rank, day in news(case, claim, history)]
    return {g.id: together([access[g.id] for access in found]) for g in groups}


Telling = tuple[int, dt.date | None]


def news(case: Case, claim: Claim, history: History) -> list[Telling]:
    """The tellings of a claim that add something to all others."""
    every = {(claim.rank(said[claim.id]), day) for said, day in history if claim.id in said}
    return [t for t in every if not any(adds_nothing(case, claim, t, other) for other in every - {t})]


def adds_nothing(case: Case, claim: Claim, telling: Telling, other: Telling) -> bool:
    """Whether a telling adds nothing to another one; of two that are equal in all that counts, the undated one goes."""
    first, second = ((rank, counted_day(case, claim, rank, day)) for rank, day in (telling, other))
    if first == second:
        return (telling[1] or dt.date.max) > (other[1] or dt.date.max)
    return second[0] <= first[0] and second[1] <= first[1]


def counted_day(case: Case, claim: Claim, rank: int, day: dt.date | None) -> dt.date:
    """The day by which it must have been known; always the same where no day makes a difference."""
    matters = [list_day(case, listing, claim, rank, day) for listing in case.lists if claim.id in listing.items]
    alone = Listing(id=ListId("alone"), items=(claim.id,), complete=Interval.exactly(0))
    return max([*matters, list_day(case, alone, claim, rank, day)])


def with_implied(case: Case, said: Tearline) -> Iterator[Tearline]:
    """What is said, and what it implies, and what that implies, one after the other."""
    return (part for part, _ in with_implied_by_day(case, said, None))


def with_implied_by_day(case: Case, said: Tearline, day: dt.date | None) -> Iterator[tuple[Tearline, dt.date | None]]:
    """The same, each with its day: whoever yielded words by a day had what they imply by that day."""
    waiting = [(claim, words, day) for claim, words in said.items()]
    met = set()
    while waiting:
        each = claim, words, told_on = waiting.pop()
        if each not in met:
            met.add(each)
            yield {claim: words}, told_on
            of = case.claim(claim)
            shown = None if told_on is None else shown_by(of, of.rank(words), told_on)
            for version in of.versions[of.rank(words) :]:
                waiting += [(other, implied, shown) for other, implied in version.implies.items()]


def left_off(
    case: Case, reader: PartyId, groups: Sequence[Group], history: History, complete: Fraction, way: Way
) -> dict[GroupId, Edges]:
    """P(every list lacks what it lacks | the group is how we know), for lists of which something was told.

    A list counts as of the day when something was last added to it: to say again what was said is no news.
    """
    total = {g.id: ONE for g in groups}
    for listing in case.lists:
        told_of = [item for item in listing.items if any(item in said for said, _ in history)]
        if told_of:
            of_each = [(case.claim(item), news(case, case.claim(item), history)) for item in told_of]
            days = [list_day(case, listing, of, *telling) for of, tellings in of_each for telling in tellings]
            share = Fraction(listing.complete.lo) + complete * Fraction(listing.complete.hi - listing.complete.lo)
            looked_at = set(listing.items) if way.only is None else set(listing.items) & way.only
            for claim in looked_at - set(told_of):
                of = case.claim(claim)
                knew = access_of(case, reader, groups, of, len(of.versions) - 1, max(days))
                for group in total:
                    lo, mid, hi = knew[group]
                    total[group] = times(total[group], (1 - share * hi, 1 - share * mid, 1 - share * lo))
    return total


def list_day(case: Case, listing: Listing, claim: Claim, rank: int, day: dt.date | None) -> dt.date:
    """The day by which what is told of a list must have been known, if a day matters to anything on it."""
    covered = any(set(listing.items) & set(cover.claims) and cover.on is not None for cover in case.cover)
    items = [case.claim(item) for item in listing.items]
    moves = any(v.later or v.public for item in items for v in item.versions)
    moves = moves or any(words.later for item in items for sibling in item.siblings for words in sibling.versions)
    return shown_by(claim, rank, day) if day is not None and (covered or moves) else dt.date.min


def likelihood(
    case: Case,
    reader: PartyId,
    groups: Sequence[Group],
    told_so_far: History,
    complete: Fraction = Fraction(0),
    way: Way | None = None,
) -> dict[GroupId, Edges]:
    """P(the reader is told this | the group is how we know), by group, if it takes what it is told in some way."""
    how = PLAIN if way is None else way
    nothing = (Fraction(0), Fraction(0), Fraction(0))
    total: dict[GroupId, Edges] = {g.id: nothing for g in groups}
    for weight, believing in stories(case, reader):
        history = entailed(believing, told_so_far, how)
        found = left_off(believing, reader, groups, history, complete, how)
        for claims in events(believing, history):
            factor = of_event(believing, reader, groups, claims, history)
            found = {group: times(found[group], factor[group]) for group in found}
        total = {g: plus(total[g], weight, found[g]) for g in total}
    return total


def stories(case: Case, reader: PartyId) -> Iterator[tuple[Fraction, Case]]:
    """Every way to believe in covers or not, with its weight: the case with those left that are believed in."""
    chances = [Fraction(cover.credence) if reader in cover.seen_by else Fraction(1) for cover in case.cover]
    for believed in itertools.product((True, False), repeat=len(chances)):
        weight = Fraction(1)
        for chance, is_believed in zip(chances, believed, strict=True):
            weight *= chance if is_believed else 1 - chance
        if weight:
            kept = [c if b else attrs.evolve(c, makes={}) for c, b in zip(case.cover, believed, strict=True)]
            yield weight, attrs.evolve(case, cover=tuple(kept))


def entailed(case: Case, told_so_far: History, way: Way) -> History:
    """All that was told with what was said, claim by claim, as it is taken."""
    every = [each for said, day in told_so_far for each in with_implied_by_day(case, said, day)]
    return tuple(each for part, day in every for each in taken(case, part, day, way))


def of_event(
    case: Case, reader: PartyId, groups: Sequence[Group], claims: Sequence[Claim], history: History
) -> dict[GroupId, Edges]:
    """P(what was told of one event | the group is how we know), by group."""
    rows = [told(case, reader, groups, claim, history) for claim in claims]
    found = {}
    for g in groups:
        accesses = [row[g.id] for row in rows]
        alpha = attendance(case, claims, g.id)
        outside = [exact(ABSENT)] * len(claims)
        found[g.id] = together(accesses) if alpha is None else attended_event(alpha, accesses, outside)
    return found


def all_given(case: Case) -> History:
    """What a reader was told that holds everything ever given to anybody."""
    return tuple((given.claims, given.on) for given in case.given)


def today(case: Case, said: Tearline) -> History:
    """Something said on the day of the case."""
    return ((said, case.as_of),)


# What a reader brings: the raw text, and which claims share a source.


@attrs.frozen(kw_only=True)
class Way:
    """One way to take what was told: only some claims, some of them as if in the words of the report."""

    only: frozenset[ClaimId] | None = None
    raw: frozenset[ClaimId] = frozenset()


PLAIN = Way()


def taken(case: Case, told: Tearline, day: dt.date | None, way: Way) -> History:
    """What words amount to. Words that fit few documents are as good as the report to whoever holds it.

    Then it knows all that the report implies, known by the day by which the report was; and what is implied may
    fit few documents, too.
    """
    found: list[tuple[Tearline, dt.date | None]] = [({claim: version}, day) for claim, version in told.items()]
    for part, on in found:  # which grows on the way
        ((claim_id, version),) = part.items()
        claim = case.claim(claim_id)
        fits = max(v.fits for v in claim.versions[: claim.rank(version) + 1])
        if claim_id in way.raw and fits < TELLING_BELOW:
            shown = None if on is None else shown_by(claim, 0, on)
            all_of_it = with_implied_by_day(case, {claim_id: claim.versions[0].id}, shown)
            found += [each for each in all_of_it if each not in found]
    looked_at = [({c: v for c, v in said.items() if way.only is None or c in way.only}, on) for said, on in found]
    return tuple((said, on) for said, on in looked_at if said)


def kin(case: Case, source: SourceId) -> set[SourceId]:
    """All sources that exist through this one or through which it exists, directly or not."""
    found = {source}
    while True:
        more = {s.id for s in case.sources if s.id in found or found & set(s.depends_on)}
        more |= {below for s in case.sources if s.id in found for below in s.depends_on}
        if more <= found:
            return found
        found |= more


def of_one_source(case: Case, told: Iterable[ClaimId], mixed: bool = True) -> list[set[ClaimId]]:
    """Sets of told claims that may rest on one source; those of which nobody has said alone and with each other set."""
    told = set(told)
    unsaid = {claim for claim in told if not case.claim(claim).sources}
    found = []
    for source in case.sources:
        family = kin(case, source.id)
        found.append({claim for claim in told if family & set(case.claim(claim).sources)})
    together = [claims | unsaid for claims in found if claims] if mixed else []
    return [claims for claims in (*found, unsaid, *together) if claims]


def told_at_all(case: Case) -> set[ClaimId]:
    """Every claim that was given or is proposed, or follows from what was or is."""
    exactest = {c: case.claim(c).versions[0].id if v is None else v for c, v in case.proposal.claims.items()}
    said = [*(given.claims for given in case.given), exactest]
    return and_recognised(case, {claim for each in said for part in with_implied(case, each) for claim in part})


def and_recognised(case: Case, told: set[ClaimId]) -> set[ClaimId]:
    """What was told, and all that it tells in turn to those who may hold some of these reports as collected."""
    held = {c for reader in case.readers for c, chance in reader.holds_raw.items() if chance.hi >= LEAK_GATE}
    while True:
        raw = {c: case.claim(c).versions[0].id for c in held & told}
        more = {claim for part in with_implied(case, raw) for claim in part}
        if more <= told:
            return told
        told |= more


def ways(case: Case, reader: PartyId) -> list[Way]:
    """Every way in which a reader may take what was told and is proposed."""
    told = told_at_all(case)
    held = entry(case, reader).holds_raw
    likely = [claim for claim in sorted(told) if claim in held and held[claim].hi >= LEAK_GATE]
    raws = [frozenset(some) for size in range(len(likely) + 1) for some in itertools.combinations(likely, size)]
    parts = [None, *(frozenset(claims) for claims in of_one_source(case, told))]
    return [Way(only=only, raw=raw) for raw in raws for only in dict.fromkeys(parts)]


def masses(
    case: Case,
    reader: PartyId,
    groups: Sequence[Group],
    other: Fraction | None,
    history: History,
    complete: Fraction = Fraction(0),
    way: Way | None = None,
) -> dict[GroupId, Edges]:
    """Prior times likelihood of each whole group, three edges."""
    seen = likelihood(case, reader, groups, history, complete, way)
    return {group: times((prior, prior, prior), seen[group]) for group, prior in priors(groups, other).items()}


# What a reader may believe, when every mass is known only between two edges.


class Box:
    """All combinations of group masses; beliefs over it are found by visiting every corner.

    A belief is `sum(q * mass) / sum(mass)`. In each mass alone it rises, falls or stands still all
    the way, so its extremes lie in corners.
    """

    def __init__(self, edges: Mapping[GroupId, Edges]) -> None:
        self.groups = list(edges)
        self.mid = {group: mass[1] for group, mass in edges.items()}
        scale = math.lcm(*(edge.denominator for mass in edges.values() for edge in mass))
        whole = [(int(mass[0] * scale), int(mass[2] * scale)) for mass in edges.values()]
        self.corners = [(corner, sum(corner)) for corner in itertools.product(*whole)]

    def at_best_point(self, q: Mapping[GroupId, Fraction]) -> Fraction:
        """The belief with every mass at its best point."""
        return sum((q.get(g, Fraction(0)) * m for g, m in self.mid.items()), Fraction(0)) / sum(self.mid.values())

    def sup(self, q: Mapping[GroupId, Fraction]) -> Fraction:
        """The largest belief over the box."""
        return self._extreme(q, lambda new, old: new > old)

    def inf(self, q: Mapping[GroupId, Fraction]) -> Fraction:
        """The smallest belief over the box."""
        return self._extreme(q, lambda new, old: new < old)

    def _extreme(self, q: Mapping[GroupId, Fraction], better: Callable[[int, int], bool]) -> Fraction:
        scale = math.lcm(*(value.denominator for value in q.values()))
        weights = [int(q.get(group, 0) * scale) for group in self.groups]
        best: tuple[int, int] | None = None
        for corner, total in self.corners:
            part = sum(map(int.__mul__, weights, corner))
            if best is None or better(part * best[1], best[0] * total):
                best = part, total
        assert best is not None
        return Fraction(best[0], best[1] * scale)


def person_weights(groups: Sequence[Group], group: Group) -> dict[GroupId, Fraction]:
    """`q` of one member of `group`: an equal share of it, and of every channel that leads to it."""
    q = {group.id: Fraction(1, group.count)}
    for channel in groups:
        if group.id in channel.via:
            q[channel.id] = q.get(channel.id, Fraction(0)) + Fraction(channel.via[group.id]) / group.count
    return q


def cell_weights(groups: Sequence[Group], organisation: OrganisationId) -> dict[GroupId, Fraction]:
    """`q` of an organisation: the groups of persons inside, and what leads to them through channels."""
    inside = [g.id for g in groups if g.kind is GroupKind.PERSONS and organisation in g.within]
    q = dict.fromkeys(inside, Fraction(1))
    for channel in groups:
        leads = [Fraction(share) for group, share in channel.via.items() if group in inside]
        if leads:
            q[channel.id] = sum(leads, Fraction(0))
    return q


# What is limited. Limits are blind: they never ask which candidate is the true one.


def budget_of(case: Case, secret: Secret) -> Budget:
    """The secret's budget, filled up from the defaults of its kind of source."""
    stated = {name: value for name, value in attrs.asdict(secret.budget).items() if value is not None}
    return attrs.evolve(BUDGETS[case.source(secret.of).kind], **stated)


def person_budgets(case: Case) -> list[Budget]:
    """The budgets of all secrets that are persons, and the defaults of all sources in use that have none."""
    persons = [s for s in case.secrets if s.kind is SecretKind.PERSON]
    used = {source.id for claim in told_at_all(case) for source in case.lineage(case.claim(claim))}
    silent = [source for source in case.sources if source.id in used and all(s.of != source.id for s in persons)]
    return [budget_of(case, s) for s in persons] + [BUDGETS[s.kind] for s in silent] or [HUMAN_BUDGET]


def strictest(values: Iterable[float | None]) -> Fraction:
    """The smallest of the values that are stated."""
    return min(Fraction(value) for value in values if value is not None)


def largest_step(case: Case) -> Fraction:
    """By which factor one release may raise any belief that is limited."""
    budgets = [budget_of(case, s) for s in case.secrets if s.kind is not SecretKind.PERSON] or [METHOD_BUDGET]
    return Fraction(2 ** float(strictest(b.step for b in budgets)))


@attrs.frozen(kw_only=True)
class Limited:
    """A proposition with a limit: which share of each group's mass speaks for it, and how far it may go."""

    about: str
    q: Mapping[GroupId, Fraction]
    limit: Fraction


def limited_beliefs(case: Case, groups: Sequence[Group]) -> list[Limited]:
    """Everything that gate G5 limits for a reader with these groups; what none of them speaks for is left out."""
    named = {group.id for group in groups}
    every = [*_channels(case, groups), *_cells(case, groups), *_propositions(case)]
    return [one for one in every if named & one.q.keys()]


def _channels(case: Case, groups: Sequence[Group]) -> Iterator[Limited]:
    budgets = [budget_of(case, s) for s in case.secrets if s.kind is SecretKind.CHANNEL] or [METHOD_BUDGET]
    for group in groups:
        if group.kind is GroupKind.CHANNEL:
            limit = strictest(b.belief for b in budgets)
            yield Limited(about=f"channel:{group.id}", q={group.id: Fraction(1)}, limit=limit)


def _cells(case: Case, groups: Sequence[Group]) -> Iterator[Limited]:
    for organisation in case.organisations:
        about_it = [s for s in case.secrets if s.kind is SecretKind.ORGANISATION]
        stated = [organisation.belief, *(s.budget.belief for s in about_it if s.organisation == organisation.id)]
        limit = CELL_BELIEF if all(value is None for value in stated) else strictest(stated)
        yield Limited(
            about=f"organisation:{organisation.id}", q=cell_weights(groups, organisation.id), limit=Fraction(limit)
        )


def _propositions(case: Case) -> Iterator[Limited]:
    for secret in case.secrets:
        if secret.kind in (SecretKind.PARTNER, SecretKind.PROPOSITION):
            q = {group: Fraction(share) for group, share in secret.given.items()}
            yield Limited(about=f"secret:{secret.id}", q=q, limit=strictest([budget_of(case, secret).belief]))


# The answer for one reader who reasons with one set of candidates under one prior.


@attrs.frozen(kw_only=True)
class Reached:
    """One gate: how far it was before, how far it is now, and how far it may go.

    `limit` is the effective one: where the budget was broken before, what was reached then. `load` is
    the share of it that is used; above 1 the gate is broken.
    """

    gate: str
    about: str
    before: Fraction
    reached: Fraction
    limit: Fraction
    load: Fraction | float

    @property
    def broken(self) -> bool:
        """Whether the limit is passed by more than rounding."""
        return self.load > 1 + SLACK


@attrs.frozen(kw_only=True)
class Beliefs:
    """What a reader may believe of something: smallest, at the best point, largest."""

    lower: Fraction
    mid: Fraction
    upper: Fraction


@attrs.frozen(kw_only=True)
class Weighed:
    """Everything about one reader, one set of candidates and one prior, after a tearline.

    `each` is the belief in a whole group, `direct` in one member of a group without what leads to it
    through channels, `suspicion` with it (persons only), `propositions` by their `about`.
    """

    other: Fraction | None
    complete: Fraction
    truth: Mapping[ClaimId, str]
    masses: Mapping[GroupId, Edges]
    each: Mapping[GroupId, Beliefs]
    direct: Mapping[GroupId, Beliefs]
    suspicion: Mapping[GroupId, Beliefs]
    propositions: Mapping[str, Beliefs]
    gates: tuple[Reached, ...]

    @property
    def holds(self) -> bool:
        """Whether every gate holds."""
        return not any(gate.broken for gate in self.gates)

    @property
    def load(self) -> Fraction | float:
        """The largest share of a limit that is used."""
        return max((gate.load for gate in self.gates), default=Fraction(0))


def share(value: Fraction, limit: Fraction) -> Fraction | float:
    """The share of a limit that is used; something where nothing is allowed is infinite."""
    if limit:
        return value / limit
    return math.inf if value else Fraction(0)


def believed(box: Box, q: Mapping[GroupId, Fraction]) -> Beliefs:
    """Smallest, at the best point, largest."""
    return Beliefs(lower=box.inf(q), mid=box.at_best_point(q), upper=box.sup(q))


def suspicions(groups: Sequence[Group], box: Box) -> dict[GroupId, Beliefs]:
    """The belief in one member of each group of persons, channels that lead to it included."""
    return {g.id: believed(box, person_weights(groups, g)) for g in groups if g.kind is GroupKind.PERSONS}


def weigh(
    case: Case,
    reader: PartyId,
    model: Reader,
    tearline: Tearline,
    past: History | None = None,
    way: Way = PLAIN,
) -> list[Weighed]:
    """What `reader` may work out with the candidates of `model`, at every point of the sweep.

    The reader holds `past`: everything given so far to anybody, unless something else is said. It takes
    that and the text in one way.
    """
    held = all_given(case) if past is None else past
    return [
        _weigh_at(case, reader, model, held, tearline, other, complete, way, truth)
        for truth in truths(case)
        for complete in completenesses(case)
        for other in other_points(model.groups)
    ]


def truths(case: Case) -> list[Truth]:
    """Every way in which the truth could be other for anything that was given or is proposed."""
    told = told_at_all(case)
    with_siblings = [claim for claim in case.claims if claim.id in told and claim.siblings]
    every = itertools.product(*([None, *claim.siblings] for claim in with_siblings))
    return [{c.id: s for c, s in zip(with_siblings, way, strict=True) if s is not None} for way in every]


Truth = Mapping[ClaimId, Sibling]
"""What would be true, claim by claim, if not what is."""


def had_it_been(case: Case, truth: Truth) -> Case:
    """The case had the truth been other: only what is then true is left of the siblings."""

    def other(claim: Claim) -> Claim:
        return attrs.evolve(claim, siblings=(attrs.evolve(truth[claim.id], id=TRUE),) if claim.id in truth else ())

    return attrs.evolve(case, claims=tuple(other(claim) for claim in case.claims))


TRUE = "true"
"""A sibling of this name is what is true."""


def completenesses(case: Case) -> tuple[Fraction, ...]:
    """How complete lists are taken to be: at the lower edge, and at the upper one if they differ for any list."""
    return (
        (Fraction(0), Fraction(1))
        if any(each.complete.lo < each.complete.hi for each in case.lists)
        else (Fraction(0),)
    )


def _weigh_at(
    case: Case,
    reader: PartyId,
    model: Reader,
    past: History,
    tearline: Tearline,
    other: Fraction | None,
    complete: Fraction,
    way: Way,
    truth: Truth,
) -> Weighed:
    groups = model.groups
    case = had_it_been(case, truth)
    after = masses(case, reader, groups, other, (*past, *today(case, tearline)), complete, way)
    old, new = Box(masses(case, reader, groups, other, past, complete, way)), Box(after)
    limited = limited_beliefs(case, groups)
    return Weighed(
        other=other,
        complete=complete,
        truth={claim: sibling.id for claim, sibling in truth.items()},
        masses=after,
        each={g.id: believed(new, {g.id: Fraction(1)}) for g in groups},
        direct={g.id: believed(new, {g.id: Fraction(1, g.count)}) for g in groups},
        suspicion=suspicions(groups, new),
        propositions={one.about: believed(new, one.q) for one in limited},
        gates=(
            *_suspect_gates(case, groups, old, new),
            _crowd_gate(case, groups, old, new),
            _investigation_gate(case, reader, groups, old, new),
            *_tries_gate(case, reader, groups, old, new),
            *(gate for one in limited for gate in _belief_gates(one, largest_step(case), old, new)),
        ),
    )


def _suspect_gates(case: Case, groups: Sequence[Group], old: Box, new: Box) -> Iterator[Reached]:
    """G1: nobody's upper belief above the limit, or above what he himself reached before."""
    before = {group: found.upper for group, found in suspicions(groups, old).items()}
    limit = strictest(b.top_suspect for b in person_budgets(case))
    for group, found in suspicions(groups, new).items():
        yield _reached("top_suspect", f"group:{group}", before[group], found.upper, max(limit, before[group]))


def _belief_gates(one: Limited, step: Fraction, old: Box, new: Box) -> Iterator[Reached]:
    """G5: an upper belief against its limit; and at the best point, against its last value times a factor.

    A step that would reach certainty is not limited.
    """
    was, now = believed(old, one.q), believed(new, one.q)
    yield _reached("belief", one.about, was.upper, now.upper, max(one.limit, was.upper))
    if was.mid * step < 1:
        yield _reached("step", one.about, was.mid, now.mid, was.mid * step)


def _reached(gate: str, about: str, before: Fraction, reached: Fraction, limit: Fraction) -> Reached:
    load = share(reached, limit)
    return Reached(gate=gate, about=about, before=before, reached=reached, limit=limit, load=load)


def crowd(groups: Sequence[Group], box: Box) -> int:
    """How many persons are at least half as suspected as the most suspected one, at the best point."""
    each = {g.id: box.at_best_point(person_weights(groups, g)) for g in groups if g.kind is GroupKind.PERSONS}
    most = max(each.values(), default=Fraction(0))
    return sum(g.count for g in groups if g.id in each and each[g.id] * 2 >= most * (1 - SLACK))


def _crowd_gate(case: Case, groups: Sequence[Group], old: Box, new: Box) -> Reached:
    """G2: no smaller a crowd than the limit, or than it was before."""
    before, reached = Fraction(crowd(groups, old)), Fraction(crowd(groups, new))
    limit = min(before, Fraction(max(b.crowd or 0 for b in person_budgets(case))))
    load = share(limit, reached)
    return Reached(gate="crowd", about="", before=before, reached=reached, limit=limit, load=load)


def _investigation_gate(case: Case, reader: PartyId, groups: Sequence[Group], old: Box, new: Box) -> Reached:
    """G3: how many persons newly pass the belief at which an investigation pays; none where the reader purges."""
    behaviour = entry(case, reader)
    stated = behaviour.investigates_above
    pays = Fraction(INVESTIGATES_ABOVE if stated is None else stated) * (1 + SLACK)
    above = {group for group, found in suspicions(groups, old).items() if found.upper > pays}
    now = {group for group, found in suspicions(groups, new).items() if found.upper > pays}
    newly = Fraction(sum(g.count for g in groups if g.id in now - above))
    limit = Fraction(0) if behaviour.purges else strictest(b.investigation for b in person_budgets(case))
    return _reached("investigation", "", Fraction(0), newly, limit)


def caught(groups: Sequence[Group], box: Box, tries: int) -> Fraction:
    """The sum of the largest upper beliefs in that many persons, at most 1."""
    found = suspicions(groups, box)
    heads = [found[g.id].upper for g in groups if g.id in found for _ in range(g.count)]
    return min(Fraction(1), _sum(sorted(heads, reverse=True)[:tries]))


def _tries_gate(case: Case, reader: PartyId, groups: Sequence[Group], old: Box, new: Box) -> Iterator[Reached]:
    """G4: what the reader catches with all its tries, unless the limit is certainty and so none."""
    stated = entry(case, reader).tries
    tries = TRIES if stated is None else stated
    before = caught(groups, old, tries)
    limit = max(before, strictest(b.tries for b in person_budgets(case)))
    if limit < 1:
        yield _reached("tries", "", before, caught(groups, new, tries), limit)


def entry(case: Case, reader: PartyId) -> Reader:
    """What the case says about a reader; an empty entry where it says nothing."""
    return {r.id: r for r in case.readers}.get(reader, Reader(id=reader))


# Who is gated, and the best that may be said.


def is_gated(case: Case, party: Party) -> bool:
    """Whether a party's inference is limited: every other party's but a sound one's that is not hostile."""
    if party.id == case.us:
        return False
    return party.hostile or party.kind is PartyKind.PUBLIC or party.handling is not Trust.SOUND


def models(case: Case, reader: PartyId) -> list[Reader]:
    """Whose candidates a reader would consider.

    Its own; else those of the reader it is like; else anybody's; where nobody has any, the assumed ones.
    """
    own = entry(case, reader)
    if own.groups:
        return [own]
    if own.like is not None:
        return models(case, own.like)
    return [r for r in case.readers if r.groups] or [Reader(id=reader, groups=ASSUMED_GROUPS)]


def minds(case: Case, binding: Callable[[PartyId], bool] = lambda _: True) -> list[tuple[PartyId, Reader]]:
    """Every gated reader that binds, with every set of candidates that it may reason with."""
    gated = [p.id for p in case.parties if is_gated(case, p) and binding(p.id)]
    return [(party, model) for party in gated for model in models(case, party)]


def tearlines(case: Case) -> Iterator[tuple[tuple[int, ...], Tearline]]:
    """Every vector of versions of the proposed claims, in the order of the case (withheld comes last)."""
    proposed = [claim for claim in case.claims if claim.id in case.proposal.claims]
    choices = []
    for claim in proposed:
        finest = case.proposal.claims[claim.id]
        choices.append(range(0 if finest is None else claim.rank(finest), len(claim.versions) + 1))
    for ranks in itertools.product(*choices):
        said = {c.id: c.versions[r].id for c, r in zip(proposed, ranks, strict=True) if r < len(c.versions)}
        yield ranks, said


@attrs.frozen(kw_only=True)
class Candidate:
    """One vector of versions: what it is worth, how much of the limits it uses, whether it may go."""

    ranks: tuple[int, ...]
    said: Tearline
    value: Fraction
    load: Fraction | float
    holds: bool

    @property
    def preference(self) -> tuple[Fraction, Fraction | float, tuple[int, ...]]:
        """More value first, then less load, then the smaller vector."""
        return -self.value, self.load, self.ranks


def worth(case: Case, said: Tearline) -> Fraction:
    """What a text is worth to the recipient: nothing for what it has or can read, as exactly or more so."""
    told = [given.claims for given in case.given if case.proposal.to in given.to]
    handed = [(c, v) for said in told for part in with_implied(case, said) for c, v in part.items()]
    by_now = [(c.id, v.id) for c in case.claims for v in c.versions if v.public and is_out(case, v.public)]
    had = [(claim, case.claim(claim).rank(version)) for claim, version in (*handed, *by_now)]
    new = {c: v for c, v in said.items() if not any(a == c and rank <= case.claim(c).rank(v) for a, rank in had)}
    return _sum(Fraction(case.claim(claim).version(version).value) for claim, version in new.items())


def is_out(case: Case, public: Days) -> bool:
    """Whether something may be public on the day of the case."""
    return case.as_of is not None and public.first <= case.as_of


def all_tearlines(case: Case, who: Sequence[tuple[PartyId, Reader]]) -> list[Candidate]:
    """Every vector of versions, weighed for every reader at every point of the sweep."""
    found = []
    for ranks, said in tearlines(case):
        worlds = [world for reader, model in who for world in weigh(case, reader, model, said)]
        found.append(
            Candidate(
                ranks=ranks,
                said=said,
                value=worth(case, said),
                load=max((world.load for world in worlds), default=Fraction(0)),
                holds=all(world.holds for world in worlds),
            )
        )
    return found


def best_tearline(case: Case, who: Sequence[tuple[PartyId, Reader]]) -> Candidate:
    """The best of all vectors that hold. There always is one: saying nothing worsens nothing."""
    return min((c for c in all_tearlines(case, who) if c.holds), key=lambda c: c.preference)
