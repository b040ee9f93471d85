"""Small random cases for property tests: everything a case file can say, small enough to list every possibility.

A generated case keeps what the reader of the file checks: no reference dangles, access never sinks
explicitly from a version to a vaguer one, nor does value rise; weights leave room for persons without one;
cover speaks for explanations that are no persons; the claims of one event agree about who was there;
nothing is given after the day of the case; a secret's budget has only the fields of its kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from tearline.domain import (
    ABSENT,
    ACCESS_WORDS,
    AgreedUse,
    Answer,
    Budget,
    Case,
    Cause,
    CauseId,
    Claim,
    ClaimId,
    Consent,
    Cover,
    Days,
    Dealing,
    Event,
    EventId,
    Form,
    Given,
    Group,
    GroupId,
    GroupKind,
    Interval,
    LeakPath,
    ListId,
    Listing,
    Organisation,
    OrganisationId,
    OtherWords,
    Party,
    PartyId,
    PartyKind,
    Passage,
    Permission,
    Proposal,
    Purpose,
    Reader,
    Scope,
    Secret,
    SecretId,
    SecretKind,
    Sibling,
    Source,
    SourceId,
    SourceKind,
    Spread,
    Together,
    Trust,
    Version,
    VersionId,
    access,
)

Thing = TypeVar("Thing")

US, RECIPIENT, HOSTILE, PARTNER, PRESS = map(PartyId, ("A", "B", "X", "C", "press"))
TODAY = dt.date(2026, 11, 20)
CELLS = (OrganisationId("ministry"), OrganisationId("directorate"))
HUMAN, CIPHER, OTHERS = SourceId("s-human"), SourceId("s-cipher"), SourceId("s-others")

LIMITED_PERSON = ("top_suspect", "crowd", "investigation", "tries")
LIMITED_BELIEF = ("belief", "step")


def intervals() -> st.SearchStrategy[Interval]:
    """An access grade: a word, a number, or a pair of numbers, now and then without width."""
    hundredths = st.integers(1, 100).map(lambda n: n / 100)
    pairs = st.tuples(hundredths, hundredths).map(lambda pair: access((min(pair), max(pair))))
    points = hundredths.map(lambda point: access((point, point)))
    return st.sampled_from(list(ACCESS_WORDS.values())) | hundredths.map(access) | points | pairs


def at_least(interval: Interval, floor: Interval) -> Interval:
    """The first grade raised so far that no edge is below the second's, in a form that a file can spell."""
    if interval.lo >= floor.lo and interval.mid >= floor.mid and interval.hi >= floor.hi:
        return interval
    highest = max(interval.hi, floor.hi)
    raised = access((max(interval.lo, floor.lo), highest))
    middle = max(interval.mid, floor.mid)
    return raised if raised.mid >= middle else access((middle, highest))


@st.composite
def candidates(draw: st.DrawFn, prefix: str, most: int = 5) -> tuple[Group, ...]:
    """The groups of one reader: persons first or last or among channels and innocent explanations."""
    kinds = draw(st.lists(st.sampled_from(GroupKind), min_size=1, max_size=most))
    if GroupKind.PERSONS not in kinds:
        kinds[0] = GroupKind.PERSONS
    ids = [GroupId(f"{prefix}{number}") for number in range(len(kinds))]
    people = [g for g, kind in zip(ids, kinds, strict=True) if kind is GroupKind.PERSONS]
    return tuple(draw(groups(group, kind, people)) for group, kind in zip(ids, kinds, strict=True))


@st.composite
def groups(draw: st.DrawFn, group: GroupId, kind: GroupKind, people: Sequence[GroupId]) -> Group:
    """One group; with at most five or so to a reader the weights always leave room."""
    weights = st.sampled_from([0.003, 0.02, 0.05, 0.1, 0.15])
    if kind is GroupKind.PERSONS:
        return Group(
            id=group,
            count=draw(st.sampled_from([1, 1, 2, 3, 8, 30, 400])),
            weight=(weight := draw(st.none() | weights)),
            suspected=1.0 if weight else draw(st.sampled_from([1.0, 1.0, 1.0, 5.0, 0.5])),
            within=tuple(draw(st.lists(st.sampled_from(CELLS), unique=True))),
        )
    if kind is GroupKind.OTHER:
        return Group(id=group, kind=kind, weight=draw(weights))
    shares = st.sampled_from([0.1, 0.3, 0.5])
    via = draw(
        st.just({})
        | st.dictionaries(st.sampled_from(people), shares, max_size=2)
        | st.sampled_from(people).map(lambda only: {only: 1.0})
    )
    return Group(id=group, kind=kind, weight=draw(weights), via=via)


@st.composite
def claims(draw: st.DrawFn, number: int, known_to: Sequence[GroupId]) -> Claim:
    """One claim whose versions grow vaguer, worth less, and better known."""
    size = draw(st.integers(1, 3))
    values = sorted(draw(st.lists(st.integers(0, 10), min_size=size, max_size=size)), reverse=True)
    reached: dict[GroupId, Interval] = {}
    versions = []
    for rank, value in enumerate(values):
        known = draw(st.dictionaries(st.sampled_from(known_to), intervals(), max_size=4)) if known_to else {}
        raised = {g: at_least(i, reached.get(g, ABSENT)) if g in reached or rank else i for g, i in known.items()}
        reached.update(raised)
        fits = max([draw(st.sampled_from([1, 1, 1, 3, 12])), *(version.fits for version in versions)])
        versions.append(
            Version(id=VersionId(f"v{rank}"), text=f"wording {rank}", value=float(value), known=raised, fits=fits)
        )
    if known_to:
        versions = [attrs.evolve(version, **draw(times(known_to))) for version in versions]
    return Claim(
        id=ClaimId(f"c{number}"),
        sources=tuple(draw(st.lists(st.sampled_from([HUMAN, CIPHER, OTHERS]), max_size=2, unique=True))),
        event=draw(st.sampled_from([EventId("e0"), EventId("e0"), EventId("e1"), None])),
        persons=(),
        versions=tuple(versions),
    )


def days() -> st.SearchStrategy[dt.date]:
    """A day before, on or after the day of the case."""
    return st.integers(-40, 10).map(lambda n: TODAY + dt.timedelta(days=n))


def between() -> st.SearchStrategy[Days]:
    """A day, or two days between which it lies."""
    return st.lists(days(), min_size=1, max_size=2).map(lambda some: Days(first=min(some), last=max(some)))


def spreads(known_to: Sequence[GroupId]) -> st.SearchStrategy[Spread]:
    """Some who come to know it later."""
    known = st.dictionaries(st.sampled_from(known_to), intervals(), min_size=1, max_size=2)
    return st.builds(Spread, on=between(), known=known)


def times(known_to: Sequence[GroupId]) -> st.SearchStrategy[dict[str, Any]]:
    """What time does to a version: mostly nothing."""
    some = st.fixed_dictionaries(
        {
            "later": st.lists(spreads(known_to), max_size=2).map(tuple),
            "public": st.none() | st.none() | between(),
            "known_by": st.none() | days(),
        }
    )
    return st.just({}) | st.just({}) | some


def histories(told: Sequence[Claim]) -> st.SearchStrategy[tuple[tuple[dict[ClaimId, VersionId], dt.date | None], ...]]:
    """What a reader was told, day by day."""
    return st.lists(st.tuples(views(told), st.none() | days()), max_size=3).map(tuple)


@st.composite
def attended(draw: st.DrawFn, told: Sequence[Claim], known_to: Sequence[GroupId]) -> tuple[Claim, ...]:
    """The claims, some events with a statement about who was in on them, made with some claims of the event."""
    chances = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
    stated = st.dictionaries(st.sampled_from(known_to), chances, min_size=1, max_size=3) if known_to else st.just({})
    was_there = {event: draw(st.just({}) | stated) for event in (EventId("e0"), EventId("e1"))}
    return tuple(
        attrs.evolve(claim, attended=was_there[claim.event]) if claim.event and draw(st.booleans()) else claim
        for claim in told
    )


def views(told: Sequence[Claim], *, least: int = 0) -> st.SearchStrategy[dict[ClaimId, VersionId]]:
    """Some of the claims, each in some version."""
    some = st.lists(st.sampled_from(told), min_size=least, unique_by=lambda claim: claim.id)
    return some.flatmap(
        lambda chosen: st.fixed_dictionaries({c.id: st.sampled_from([v.id for v in c.versions]) for c in chosen})
    )


@st.composite
def covers(draw: st.DrawFn, told: Sequence[Claim], impersonal: Sequence[GroupId]) -> Cover:
    """A cover of one claim or several, seen by some readers, perhaps only after the day of the case."""
    covered = draw(st.lists(st.sampled_from(told), min_size=1, max_size=3, unique_by=lambda claim: claim.id))
    shared = min((claim.versions for claim in covered), key=len)
    return Cover(
        claims=tuple(claim.id for claim in covered),
        version=draw(st.sampled_from([v.id for v in shared])),
        makes=draw(st.dictionaries(st.sampled_from(impersonal), intervals(), min_size=1, max_size=2)),
        what="a flight that was flown",
        evidence="flight log",
        seen_by=tuple(draw(st.lists(st.sampled_from([RECIPIENT, HOSTILE, PARTNER]), unique=True))),
        on=draw(st.none() | st.just(TODAY) | days()),
        credence=draw(st.sampled_from([1.0, 1.0, 0.9, 0.5, 0.0])),
    )


@st.composite
def given_before(draw: st.DrawFn, told: Sequence[Claim]) -> Given:
    """An earlier disclosure."""
    return Given(
        to=tuple(draw(st.lists(st.sampled_from([RECIPIENT, PARTNER]), min_size=1, unique=True))),
        on=TODAY - dt.timedelta(days=draw(st.integers(0, 40) | st.integers(0, 400))),
        claims=draw(views(told, least=1)),
        form=draw(st.sampled_from(Form)),
    )


@st.composite
def budgets(draw: st.DrawFn, fields: Sequence[str]) -> Budget:
    """Some of the fields that fit a kind of secret; what is left out takes the default."""
    ranges: dict[str, st.SearchStrategy[Any]] = {
        "top_suspect": st.sampled_from([None, 0.02, 0.05, 0.2, 0.6]),
        "crowd": st.sampled_from([None, 1, 3, 10, 40]),
        "investigation": st.sampled_from([None, 0, 2]),
        "tries": st.sampled_from([None, 0.1, 0.4, 0.9, 1.0]),
        "belief": st.sampled_from([None, 0.05, 0.25, 0.6, 0.9]),
        "step": st.sampled_from([None, 0.0, 1.1, 5.0]),
    }
    return Budget(**{field: draw(ranges[field]) for field in fields})


@st.composite
def secrets(draw: st.DrawFn, readers: Sequence[Reader]) -> tuple[Secret, ...]:
    """Up to one secret of each kind that these readers' candidates allow."""
    every = [g for reader in readers for g in reader.groups]
    channels = [g.id for g in every if g.kind is GroupKind.CHANNEL]
    kinds = draw(st.lists(st.sampled_from(SecretKind), unique=True))
    return tuple(
        draw(_secret(kind, [g.id for g in every], channels))
        for kind in kinds
        if channels or kind is not SecretKind.CHANNEL
    )


@st.composite
def _secret(draw: st.DrawFn, kind: SecretKind, every: Sequence[GroupId], channels: Sequence[GroupId]) -> Secret:
    follows = kind in (SecretKind.PARTNER, SecretKind.PROPOSITION)
    share = st.sampled_from([0.1, 0.5, 1.0])
    given = draw(st.dictionaries(st.sampled_from(every), share, min_size=1, max_size=3)) if follows else {}
    return Secret(
        id=SecretId(f"{kind.value}-secret"),
        of=draw(st.sampled_from([HUMAN, CIPHER])),
        kind=kind,
        group=draw(st.sampled_from(channels)) if kind is SecretKind.CHANNEL else None,
        organisation=draw(st.sampled_from(CELLS)) if kind is SecretKind.ORGANISATION else None,
        party=PARTNER if kind is SecretKind.PARTNER else None,
        given=given,
        budget=draw(budgets(LIMITED_PERSON if kind is SecretKind.PERSON else LIMITED_BELIEF)),
    )


@st.composite
def readers_of(draw: st.DrawFn, most_groups: int = 5, claims: int = 1) -> tuple[Reader, ...]:
    """The hostile reader with candidates of its own; perhaps the recipient or the partner, with or without."""
    chances = st.sampled_from([Interval.between(0.05, 0.2), Interval.between(0.0, 0.02), Interval.exactly(1.0)])
    reports = st.sampled_from([ClaimId(f"c{number}") for number in range(claims)])
    behaving = {
        "investigates_above": st.sampled_from([None, 0.02, 0.1, 0.3]),
        "tries": st.sampled_from([None, 1, 2, 5]),
        "purges": st.booleans(),
        "holds_raw": st.just({}) | st.dictionaries(reports, chances, max_size=2),
    }
    hostile = draw(st.builds(Reader, id=st.just(HOSTILE), groups=candidates("x", most_groups), **behaving))
    other = st.sampled_from([RECIPIENT, PARTNER])
    second = draw(
        st.none()
        | st.builds(Reader, id=other, groups=candidates("y", 3), **behaving)
        | st.builds(Reader, id=other, like=st.sampled_from([None, HOSTILE]), **behaving)
    )
    return (hostile,) if second is None else (hostile, second)


PARTIES = st.builds(
    lambda handling, partner, public: (
        Party(id=US),
        Party(id=RECIPIENT, handling=handling),
        Party(id=HOSTILE, hostile=True),
        Party(id=PARTNER, handling=partner),
        *((Party(id=PRESS, kind=PartyKind.PUBLIC),) if public else ()),
    ),
    st.none() | st.sampled_from(Trust),
    st.none() | st.sampled_from(Trust),
    st.booleans(),
)

SOURCES = (
    Source(
        id=HUMAN,
        kind=SourceKind.HUMAN,
        owner=US,
        joint_with=(PARTNER,),
        agreed_use=(AgreedUse(forbids=Permission.ACT, without=PARTNER, spelled="no action without C"),),
    ),
    Source(id=CIPHER, kind=SourceKind.SIGNALS, owner=US, depends_on=(HUMAN,)),
    Source(id=OTHERS, kind=SourceKind.IMAGERY, owner=US),
)


@st.composite
def consents(draw: st.DrawFn, told: Sequence[Claim]) -> Consent:
    """An answer of the partner who helped."""
    return Consent(
        party=PARTNER,
        on=TODAY - dt.timedelta(days=1),
        covers=draw(views(told, least=1)),
        to=(RECIPIENT,),
        answer=draw(st.sampled_from(Answer)),
        until=draw(st.sampled_from([None, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=9)])),
        purposes=tuple(draw(st.lists(st.sampled_from([Purpose.WARNING, Purpose.ROUTINE]), unique=True))),
    )


@st.composite
def proposals(draw: st.DrawFn, told: Sequence[Claim]) -> Proposal:
    """Something said to the recipient, some of it no more exactly than in a named version."""
    wanted = draw(views(told, least=1))
    unlimited = draw(st.booleans())
    return Proposal(
        to=RECIPIENT,
        purpose=draw(st.sampled_from([Purpose.WARNING, Purpose.ROUTINE])),
        form=draw(st.sampled_from(Form)),
        claims=dict.fromkeys(wanted) if unlimited else wanted,
        by="officer-1",
    )


CAUSES = (
    Cause(id=CauseId("breach"), name="a breach", probability=Interval.between(0.0, 0.04)),
    Cause(id=CauseId("insider"), probability=Interval.exactly(0.1)),
)

LEAKS = st.lists(
    st.builds(
        LeakPath,
        giver=st.sampled_from([RECIPIENT, PARTNER]),
        to=st.just(HOSTILE),
        how=st.sampled_from([Passage.PENETRATION, Passage.ONWARD]),
        probability=st.sampled_from([Interval.between(0.1, 0.3), Interval.exactly(1.0), Interval.between(0.0, 0.02)]),
        or_if=st.sampled_from([(), (), (CAUSES[0].id,), tuple(cause.id for cause in CAUSES)]),
    ),
    max_size=2,
    unique_by=lambda path: (path.giver, path.how),
).map(tuple)


def few(things: st.SearchStrategy[Thing]) -> st.SearchStrategy[list[Thing]]:
    """None, one or two of something, each as often; never the same twice, which no case file may hold."""
    return st.integers(0, 2).flatmap(lambda count: st.lists(things, min_size=count, max_size=count, unique_by=repr))


@st.composite
def implying(draw: st.DrawFn, told: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, now and then one that implies another, or two, perhaps one through the other or each the other."""
    if len(told) < 2 or draw(st.integers(0, 2)):
        return tuple(told)
    found = {claim.id: claim for claim in told}
    for _ in range(draw(st.integers(1, 2))):
        first, other = draw(st.permutations(list(found.values())))[:2]
        saying = draw(st.sampled_from(first.versions))
        implied = {**saying.implies, other.id: draw(st.sampled_from(other.versions)).id}
        changed = tuple(attrs.evolve(v, implies=implied) if v is saying else v for v in first.versions)
        found[first.id] = attrs.evolve(first, versions=changed)
    return tuple(found.values())


@st.composite
def with_siblings(draw: st.DrawFn, claim: Claim, known_to: Sequence[GroupId]) -> Claim:
    """The claim, now and then with something else that could have been true, or two such things."""
    if not known_to or draw(st.integers(0, 3)):
        return claim
    every = [draw(sibling(claim, name, known_to)) for name in ("other", "another")[: draw(st.sampled_from([1, 1, 2]))]]
    return attrs.evolve(claim, siblings=tuple(one for one in every if one is not None))


@st.composite
def sibling(draw: st.DrawFn, claim: Claim, name: str, known_to: Sequence[GroupId]) -> Sibling | None:
    """Something else that could have been true; nothing if nobody in particular would have known it."""
    listed = draw(
        st.lists(st.sampled_from(range(len(claim.versions))), min_size=1, max_size=2, unique=True).map(sorted)
    )
    reached: dict[GroupId, Interval] = {}
    words = []
    for rank in listed:
        known = draw(st.dictionaries(st.sampled_from(known_to), intervals(), min_size=1, max_size=3))
        raised = {g: at_least(i, reached.get(g, ABSENT)) if g in reached or words else i for g, i in known.items()}
        reached.update(raised)
        later = draw(st.just(()) | st.just(()) | st.lists(spreads(known_to), max_size=1).map(tuple))
        words.append(OtherWords(id=claim.versions[rank].id, known=raised, later=later))
    shared: dict[GroupId, Interval] = {}
    for version in claim.versions[listed[-1] + 1 :]:
        shared = dict(version.known) | shared
    lowered = (attrs.evolve(w, known={g: i for g, i in w.known.items() if g not in shared}) for w in words)
    kept = tuple(each for each in lowered if each.known)
    return Sibling(id=name, versions=kept) if len(kept) == len(words) else None


def lists(told: Sequence[Claim]) -> st.SearchStrategy[tuple[Listing, ...]]:
    """No list, mostly; else one or two with some of the claims, which may overlap."""
    items = st.lists(st.sampled_from([claim.id for claim in told]), min_size=1, unique=True).map(tuple)
    complete = st.sampled_from([Interval.between(0.0, 0.3), Interval.exactly(0.5), Interval.between(0.2, 0.9)])
    one = st.builds(Listing, id=st.just(ListId("list")), items=items, complete=complete)
    other = st.builds(Listing, id=st.just(ListId("wanted")), items=items, complete=complete)
    return st.just(()) | st.just(()) | one.map(lambda listing: (listing,)) | st.tuples(one, other)


@st.composite
def dealings(draw: st.DrawFn) -> Dealing:
    """Something that happened with one or two partners and moves how they are taken to handle what they get."""
    what = draw(st.sampled_from([Event.CLEAN, Event.BREACH, Event.BREACH, Event.CONFESSION, Event.MISUSE]))
    parties = draw(st.sampled_from([(RECIPIENT,), (PARTNER,), (RECIPIENT, PARTNER)]))
    ratio = draw(st.sampled_from([0.0, 0.5, 9.0]))
    shared = len(parties) > 1
    return Dealing(
        parties=parties,
        on=dt.date(2026, draw(st.integers(1, 10)), draw(st.integers(1, 28))),
        what=Event.BREACH if shared else what,
        count=draw(st.sampled_from([1, 1, 40])),
        times_likelier=ratio if not shared and what is Event.BREACH and draw(st.booleans()) else None,
        points_at={parties[0]: ratio} if shared else {},
        through=Scope(channel=draw(st.sampled_from(["", "post"]))),
        judged_by=draw(st.sampled_from(["", "the desk"])),
    )


def apart(some: Sequence[Dealing]) -> tuple[Dealing, ...]:
    """Those that differ in more than how often they happened: a file counts what is alike in one entry."""
    alike = [attrs.evolve(dealing, count=1) for dealing in some]
    return tuple(dealing for place, dealing in enumerate(some) if alike[place] not in alike[:place])


@st.composite
def cases(draw: st.DrawFn, most_claims: int = 3, most_groups: int = 5) -> Case:
    """A small case with any of the things that a case can hold."""
    count = draw(st.integers(1, most_claims))
    readers = draw(readers_of(most_groups, count))
    every = [g for reader in readers for g in reader.groups]
    named = [g.id for g in every]
    told = draw(implying(draw(attended([draw(claims(number, named)) for number in range(count)], named))))
    told = tuple(draw(with_siblings(claim, named)) for claim in told)
    impersonal = [g.id for g in every if g.kind is not GroupKind.PERSONS]
    return Case(
        title="a generated case",
        us=US,
        as_of=draw(st.sampled_from([TODAY, TODAY, None])),
        parties=draw(PARTIES),
        organisations=tuple(
            Organisation(id=c, of=HOSTILE, belief=draw(st.sampled_from([None, 0.2, 0.8]))) for c in CELLS
        ),
        causes=CAUSES,
        leak_paths=draw(LEAKS),
        sources=SOURCES,
        readers=readers,
        secrets=draw(secrets(readers)),
        claims=told,
        lists=draw(lists(told)),
        cover=tuple(draw(few(covers(told, impersonal)))) if impersonal else (),
        given=tuple(draw(few(given_before(told)))),
        consents=tuple(draw(st.lists(consents(told), max_size=1))),
        dealings=apart(draw(few(dealings()))),
        proposal=draw(proposals(told)),
    )


@st.composite
def ten_line_cases(draw: st.DrawFn) -> Case:
    """As little as somebody in a hurry writes: nobody has said who could know it, or what is secret."""
    told = tuple(draw(claims(number, ())) for number in range(draw(st.integers(1, 2))))
    stated = draw(st.sampled_from([(), SOURCES]))
    if not stated:
        told = tuple(attrs.evolve(claim, sources=(), persons=None) for claim in told)
    return Case(
        title="ten lines",
        us=US,
        parties=(Party(id=US), Party(id=RECIPIENT), Party(id=HOSTILE, hostile=True), Party(id=PARTNER)),
        sources=stated,
        claims=told,
        proposal=draw(proposals(told)),
    )


@st.composite
def tied(draw: st.DrawFn, case: Case) -> Case:
    """The case, some of its versions in need of others, some claims worth more together, something to act on."""
    told = case.claims
    claims_, ids = [], [c.id for c in told]
    for claim in told:
        others = [c for c in told if c.id != claim.id]
        needy = draw(st.integers(0, len(claim.versions))) if others else 0
        versions = [
            attrs.evolve(version, needs=draw(_at_least(others))) if rank < needy else version
            for rank, version in enumerate(claim.versions)
        ]
        claims_.append(attrs.evolve(claim, versions=tuple(versions)))
    ties = st.builds(Together, claims=_at_least(told), value=st.sampled_from([0.0, 1.0, 4.0, 10.0]))
    proposal = attrs.evolve(
        case.proposal,
        claims=dict.fromkeys(ids) if draw(st.booleans()) else case.proposal.claims,
        together=tuple(draw(few(ties))),
        actionable=tuple(draw(few(_at_least(told)))),
    )
    return attrs.evolve(case, claims=tuple(claims_), proposal=proposal)


def _at_least(told: Sequence[Claim]) -> st.SearchStrategy[dict[ClaimId, VersionId | None]]:
    """One or two claims, each in some version or in any words."""
    some = st.lists(st.sampled_from(told), min_size=1, max_size=2, unique_by=lambda claim: claim.id)
    return some.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {c.id: st.sampled_from([None, *(v.id for v in c.versions)]) for c in chosen}
        )
    )


def tied_cases() -> st.SearchStrategy[Case]:
    """Cases in which something belongs together."""
    return cases().flatmap(tied)


def any_case() -> st.SearchStrategy[Case]:
    """Mostly cases with much in them, sometimes ten lines."""
    return st.integers(0, 4).flatmap(lambda which: cases() if which else ten_line_cases())
