"""Whole worlds drawn from a seed: an organisation, what its people knew, a series of releases, what leaked.

Each world is an ordinary :class:`~tearline.domain.Case`, so that every command and engine can be run on
it. Who the source is stays out of it, as ever: :mod:`tearline.sim.truth` draws that beside the case.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import attrs
import numpy as np

from tearline.domain import (
    ACCESS_WORDS,
    Case,
    Claim,
    ClaimId,
    EventId,
    Given,
    Group,
    GroupId,
    GroupKind,
    Interval,
    LeakPath,
    Organisation,
    OrganisationId,
    Party,
    PartyId,
    Passage,
    Proposal,
    Reader,
    Source,
    SourceId,
    SourceKind,
    Trust,
    Version,
    VersionId,
)
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.sim.organisations import WORDINGS, WhoKnew

US, PARTNER, HOSTILE = map(PartyId, ("us", "partner", "hostile"))
CHANNEL, ELSEWHERE = GroupId("line-read"), GroupId("elsewhere")
SOURCE: Final = SourceId("source")

LADDER: Final = (
    ("present", "rumour", "absent", "absent"),
    ("present", "informed", "rumour", "absent"),
    ("present", "informed", "near", "rumour"),
    ("present", "informed", "informed", "informed"),
)
"""For each wording, exact to vague, the access of those who were there, of the circle around them, of the
wider circle, and of everybody else."""

LUCK: Final = ("absent", "rumour", "near", "informed")
"""Access of innocent explanations to each wording."""

ATTENDED: Final = (0.95, 0.3, 0.05)
"""P(in on it) for those who were there, the circle and the wider circle, where somebody has said."""

VALUES: Final = (10.0, 6.0, 3.0, 1.0)
MOST_TOLD: Final = 6
TOLD_AGAIN: Final = 0.3
"""How often a gathering is reported in two sentences; half of such events say who was there."""

FOCUS: Final = 0.8
"""How often what is told is what one certain person could have seen (not the source: any person)."""

WHISPER: Final = 0.003
"""How often a person stands one circle nearer to a gathering than the lists say."""

LINE: Final = (0.005, 0.1)
"""Between these lies the prior weight of a read line, and of luck below."""

CHANCE: Final = (0.05, 0.5)
NO_LINE: Final = 1e-9

LEAK: Final = Interval(0.2, 0.4, 0.6, spelled=(0.2, 0.6))
FIRST_DAY: Final = dt.date(2026, 1, 5)


@attrs.frozen(eq=False, kw_only=True)
class Piece:
    """The sentences of one event that were told: rows of :attr:`World.lo`, and who was in on it.

    Attributes:
        attended: P(in on the event), shape ``(groups,)``, NaN where nobody has said; ``None``: of nobody.
    """

    rows: tuple[int, ...]
    attended: Floats | None


@attrs.frozen(eq=False, kw_only=True)
class World:
    """One world, and beside the case the same in plain arrays, so that truth is not drawn by the engine.

    Attributes:
        case: What the house knows. All of ``given`` has been told; one more report is proposed.
        lo, mid, hi: Access of each group to every sentence told, shape ``(sentences, groups)``.
        pieces: Sentences of one event belong together.
        prior: The reader's prior mass of each group, as written; sums to 1.
        count: Persons in each group; 0 for what is no person.
        via: P(somebody of a group is behind the channel), shape ``(groups,)``.
        cells: Which groups sit in each organisation, shape ``(organisations, groups)``.
        leaked: Which sentences really reached the hostile reader, shape ``(sentences,)``.
        busy: How many gatherings a person of each group was at, on average; 0 for what is no person.
    """

    case: Case
    lo: Floats
    mid: Floats
    hi: Floats
    pieces: tuple[Piece, ...]
    prior: Floats
    count: Ints
    via: Floats
    cells: Bools
    leaked: Bools
    busy: Floats


@attrs.frozen(eq=False, kw_only=True)
class House:
    """An organisation made ready for drawing: who was where, and in which cell everybody sits."""

    who: WhoKnew
    attended: tuple[tuple[int, ...], ...]
    cell: Ints

    @classmethod
    def of(cls, who: WhoKnew) -> House:
        """Persons of no cell sit in cell -1."""
        cell = np.full(who.people, -1, dtype=np.int64)
        for number, members in enumerate(who.cells):
            cell[list(members)] = number
        return cls(who=who, attended=who.attended(), cell=cell)


def worlds(who: WhoKnew, count: int, seed: int, told: int = MOST_TOLD) -> list[World]:
    """So many worlds around one organisation, with 1 to ``told`` events; the same seed gives the same worlds."""
    house = House.of(who)
    return [drawn(house, np.random.default_rng([seed, number]), told) for number in range(count)]


def drawn(house: House, rng: np.random.Generator, told: int = MOST_TOLD) -> World:
    """Draw one world: what is told, who knew it, what the reader thinks at first, what leaks."""
    gatherings = _gatherings(house, rng, int(rng.integers(1, told + 1)))
    return around(house, gatherings, rng)[0]


def around(
    house: House, gatherings: list[int], rng: np.random.Generator, *, as_collected: bool = False
) -> tuple[World, Ints]:
    """A world in which all but the last of ``gatherings`` have been told of, and the last is proposed.

    Args:
        as_collected: Whether everything is told in one sentence as exactly as it was collected, and the
            lists of who was there are right to the last name; nobody believes in a read line either.
    Returns:
        The world, and the group of every person of the organisation, shape ``(people,)``.
    """
    circles = np.array([_circles(house, gathering, 0.0 if as_collected else WHISPER, rng) for gathering in gatherings])
    groups, group_of, members = np.unique(
        np.vstack([circles, house.cell]), axis=1, return_inverse=True, return_counts=True
    )
    line = NO_LINE if as_collected else float(rng.uniform(*LINE))
    candidates = _candidates(groups[-1], members, line, rng)
    told = len(gatherings) - 1
    exact = [_Sentence(gathering=gathering, wording=0, attended=False) for gathering in range(told)]
    sentences = exact if as_collected else _sentences(told, rng)
    case = _case(house, _claims(sentences, groups[:-1], candidates), sentences, candidates)
    leaks = rng.random(len(case.given)) < LEAK.mid
    group_of = group_of.reshape(-1)
    busy = np.zeros(len(candidates))
    np.add.at(busy, group_of, [len(numbers) for numbers in house.attended])
    busy[: len(members)] /= members
    return world_of(case, leaks, busy), group_of


def world_of(case: Case, leaks: Bools, busy: Floats) -> World:
    """What was told in a drawn case, as plain arrays.

    Args:
        leaks: Which releases reached the hostile reader, shape ``(releases,)``.
        busy: As in :class:`World`.
    """
    (reader,) = case.readers
    told = [
        (case.claim(claim), case.claim(claim).rank(version), bool(leak))
        for given, leak in zip(case.given, leaks, strict=True)
        for claim, version in given.claims.items()
    ]
    table = np.array([[_edges(claim, rank, group) for group in reader.groups] for claim, rank, _ in told])
    events = dict.fromkeys(claim.event for claim, _, _ in told)
    rows = [tuple(row for row, (claim, _, _) in enumerate(told) if claim.event == event) for event in events]
    via = reader.groups[-2].via
    cells = [[cell.id in group.within for group in reader.groups] for cell in case.organisations]
    lo, mid, hi = np.moveaxis(table.reshape(len(told), len(reader.groups), 3), 2, 0)
    return World(
        case=case,
        lo=lo,
        mid=mid,
        hi=hi,
        pieces=tuple(Piece(rows=some, attended=_attended(told[some[0]][0], reader.groups)) for some in rows),
        prior=_prior(reader.groups),
        count=np.array([g.count if g.kind is GroupKind.PERSONS else 0 for g in reader.groups]),
        via=np.array([via.get(g.id, 0.0) for g in reader.groups]),
        cells=np.array(cells, dtype=np.bool_).reshape(len(cells), len(reader.groups)),
        leaked=np.array([leak for _, _, leak in told], dtype=np.bool_),
        busy=busy,
    )


def _attended(claim: Claim, groups: tuple[Group, ...]) -> Floats | None:
    if not claim.attended:
        return None
    return np.array([claim.attended.get(g.id, np.nan) for g in groups])


def _gatherings(house: House, rng: np.random.Generator, told: int) -> list[int]:
    """What is told of, and last what is proposed."""
    wanted = told + 1
    seen = house.attended[int(rng.integers(house.who.people))]
    near = [int(g) for g in rng.permutation(np.array(seen, dtype=np.int64))] if rng.random() < FOCUS else []
    anywhere = [int(g) for g in rng.choice(len(house.who.gatherings), min(wanted, len(house.who.gatherings)), False)]
    return list(dict.fromkeys([*near, *anywhere]))[:wanted]


def _circles(house: House, gathering: int, whisper: float, rng: np.random.Generator) -> Ints:
    """How far each person stands from a gathering: 0, was there; 3, outside every circle."""
    circle = np.full(house.who.people, WORDINGS - 1, dtype=np.int64)
    for wording, fits in reversed(list(enumerate(house.who.wordings(gathering)[: WORDINGS - 1]))):
        circle[list(fits)] = wording
    nearer = (rng.random(house.who.people) < whisper) & (circle > 1)
    return circle - nearer


def _candidates(cell: Ints, members: Ints, weight: float, rng: np.random.Generator) -> tuple[Group, ...]:
    """Persons as they can be told apart, a read line that may lead to some of them, and luck."""
    persons = [
        Group(
            id=GroupId(f"g{number}"),
            count=int(size),
            within=(OrganisationId(f"cell{where}"),) if where >= 0 else (),
        )
        for number, (where, size) in enumerate(zip(cell, members, strict=True))
    ]
    behind = {persons[int(rng.integers(len(persons)))].id: float(rng.choice([0.3, 0.6]))} if rng.random() < 0.5 else {}
    line = Group(id=CHANNEL, kind=GroupKind.CHANNEL, weight=weight, via=behind)
    luck = Group(id=ELSEWHERE, kind=GroupKind.OTHER, weight=float(rng.uniform(*CHANCE)))
    return (*persons, line, luck)


@attrs.frozen(kw_only=True)
class _Sentence:
    """One sentence: about which gathering, in which wording, and whether its event says who was there."""

    gathering: int
    wording: int
    attended: bool


def _sentences(told: int, rng: np.random.Generator) -> list[_Sentence]:
    found = []
    for gathering in range(told):
        twice, stated = rng.random() < TOLD_AGAIN, rng.random() < 0.5
        for _ in range(2 if twice else 1):
            wording = int(rng.choice(WORDINGS, p=[0.35, 0.3, 0.2, 0.15]))
            found.append(_Sentence(gathering=gathering, wording=wording, attended=twice and stated))
    return found


def _claims(sentences: list[_Sentence], rings: Ints, candidates: tuple[Group, ...]) -> tuple[Claim, ...]:
    """Every sentence with all its wordings; the proposed one, about the last gathering, at the end."""
    there = [(s.gathering, s.attended) for s in sentences] + [(len(rings) - 1, False)]
    claims = []
    for number, (gathering, attended) in enumerate(there):
        circle = rings[gathering]
        persons = candidates[: len(circle)]
        in_on_it = {g.id: ATTENDED[c] for g, c in zip(persons, circle, strict=True) if c < len(ATTENDED)}
        claims.append(
            Claim(
                id=ClaimId(f"c{number}"),
                sources=(SOURCE,),
                event=EventId(f"e{gathering}"),
                attended=in_on_it if attended else {},
                persons=(),
                versions=tuple(_version(wording, circle, persons) for wording in range(WORDINGS)),
            )
        )
    return tuple(claims)


def _version(wording: int, circle: Ints, persons: tuple[Group, ...]) -> Version:
    words = [LADDER[wording][c] for c in circle]
    known = {g.id: ACCESS_WORDS[word] for g, word in zip(persons, words, strict=True) if word != "absent"}
    known |= {CHANNEL: ACCESS_WORDS["informed"], ELSEWHERE: ACCESS_WORDS[LUCK[wording]]}
    return Version(id=VersionId(f"v{wording}"), text=f"wording {wording}", value=VALUES[wording], known=known)


def _edges(claim: Claim, wording: int, group: Group) -> tuple[float, float, float]:
    known = claim.versions[wording].known.get(group.id, ACCESS_WORDS["absent"])
    return known.lo, known.mid, known.hi


def _prior(candidates: tuple[Group, ...]) -> Floats:
    """Weighted groups have their weight; persons share the rest head by head."""
    weight = np.array([g.weight or 0.0 for g in candidates])
    heads = np.array([g.count if g.weight is None else 0 for g in candidates])
    found: Floats = weight + (1 - weight.sum()) * heads / heads.sum()
    return found


def _case(house: House, claims: tuple[Claim, ...], sentences: list[_Sentence], candidates: tuple[Group, ...]) -> Case:
    given = []
    for gathering in dict.fromkeys(s.gathering for s in sentences):
        said = {claims[n].id: VersionId(f"v{s.wording}") for n, s in enumerate(sentences) if s.gathering == gathering}
        given.append(Given(to=(PARTNER,), on=FIRST_DAY + dt.timedelta(weeks=gathering), claims=said))
    return Case(
        title=f"A world around {house.who.name}",
        us=US,
        as_of=FIRST_DAY + dt.timedelta(weeks=len(given)),
        parties=(
            Party(id=US),
            Party(id=PARTNER, handling=Trust.SOUND),
            Party(id=HOSTILE, hostile=True),
        ),
        organisations=tuple(Organisation(id=OrganisationId(f"cell{number}")) for number in range(len(house.who.cells))),
        leak_paths=(LeakPath(giver=PARTNER, to=HOSTILE, how=Passage.PENETRATION, probability=LEAK),),
        sources=(Source(id=SOURCE, kind=SourceKind.HUMAN, owner=US),),
        readers=(Reader(id=HOSTILE, groups=candidates),),
        claims=claims,
        given=tuple(given),
        proposal=Proposal(to=PARTNER, claims={claims[-1].id: None}),
    )
