"""Organisations, real or generated: who was at which gathering, and whom vaguer words would fit as well.

The generated ones copy the two habits that decide how fast people are singled out: a *bureau* works in
teams and departments and meets across them; a *post room* sends most of its messages to very few people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final

import attrs
import numpy as np

Knowers = frozenset[int]

WORDINGS: Final = 4
"""Every gathering can be told in four wordings, from exact to "somebody in the house"."""

LADDER: Final = 4
"""One step vaguer is meant to fit four times as many people, where nothing better is known."""

SEED: Final = 1914
TEAM: Final = 8
DEPARTMENT: Final = 5 * TEAM


@attrs.frozen(eq=False, kw_only=True)
class WhoKnew:
    """An organisation as its gatherings: who was at each, and whom vaguer words would fit as well.

    Attributes:
        name: What it is called in tables.
        people: How many there are; they are numbered from 0.
        gatherings: Who was at each meeting, or got each message; never empty.
        wider: From the number of a gathering to the two middle wordings, each holding the one before.
        cells: Departments, chambers: who sits together. They do not overlap; empty where nobody has said.
    """

    name: str
    people: int
    gatherings: tuple[Knowers, ...]
    wider: Callable[[int], tuple[Knowers, Knowers]]
    cells: tuple[Knowers, ...] = ()

    def wordings(self, gathering: int) -> tuple[Knowers, ...]:
        """Whom each wording fits, from the people who were there to everybody (:data:`WORDINGS` sets)."""
        return (self.gatherings[gathering], *self.wider(gathering), frozenset(range(self.people)))

    def attended(self) -> tuple[tuple[int, ...], ...]:
        """For every person the gatherings that he or she was at."""
        found: list[list[int]] = [[] for _ in range(self.people)]
        for number, knowers in enumerate(self.gatherings):
            for person in knowers:
                found[person].append(number)
        return tuple(map(tuple, found))


class Neighbours:
    """Which gatherings resemble one: the ones with the largest share of people in common.

    Likeness is Jaccard's index; ties go to the gathering that was listed first.
    """

    def __init__(self, gatherings: Sequence[Knowers], people: int) -> None:
        self._gatherings = gatherings
        self._size = np.array([len(knowers) for knowers in gatherings])
        found: list[list[int]] = [[] for _ in range(people)]
        for number, knowers in enumerate(gatherings):
            for person in knowers:
                found[person].append(number)
        self._attended = [np.array(numbers, dtype=np.int64) for numbers in found]

    def around(self, gathering: int, people: int) -> Knowers:
        """The gathering with the ones most like it, until ``people`` are reached or none is left."""
        exact = self._gatherings[gathering]
        touching = np.concatenate([self._attended[person] for person in sorted(exact)])
        others, shared = np.unique(touching, return_counts=True)
        likeness = shared / (len(exact) + self._size[others] - shared)
        found = set(exact)
        for other in others[np.lexsort((others, -likeness))]:
            if len(found) >= people:
                break
            found |= self._gatherings[other]
        return frozenset(found)


def like_gatherings(name: str, gatherings: tuple[Knowers, ...], people: int) -> WhoKnew:
    """An organisation of which nothing is known but its gatherings: vaguer words fit the like ones too."""
    neighbours = Neighbours(gatherings, people)

    def wider(gathering: int) -> tuple[Knowers, Knowers]:
        size = len(gatherings[gathering])
        circle = neighbours.around(gathering, LADDER * size)
        return circle, circle | neighbours.around(gathering, LADDER**2 * size)

    return WhoKnew(name=name, people=people, gatherings=gatherings, wider=wider)


def bureau(people: int = 600, gatherings: int = 1_500, seed: int = SEED) -> WhoKnew:
    """Teams of eight, five teams to a department; half of the meetings go beyond one team.

    Of ten meetings five are of a team (each member comes with chance 0.8), three of a department (6 to
    15 of its people, heads of teams always), two are of two or three departments (8 to 24 people).
    Vaguer wordings: "somebody in these teams", "somebody in these departments".
    """
    chance = Random(seed)
    found = tuple(_meeting(chance, people) for _ in range(gatherings))

    def wider(gathering: int) -> tuple[Knowers, Knowers]:
        exact = found[gathering]
        return _units(exact, TEAM, people), _units(exact, DEPARTMENT, people)

    cells = tuple(frozenset(_unit(start, DEPARTMENT, people)) for start in range(0, people, DEPARTMENT))
    return WhoKnew(name=f"bureau of {people}", people=people, gatherings=found, wider=wider, cells=cells)


def _meeting(chance: Random, people: int) -> Knowers:
    kind = chance.random()
    if kind < 0.5:
        team = _unit(chance.randrange(people), TEAM, people)
        return frozenset(p for p in team if chance.random() < 0.8) or frozenset(team[:1])
    if kind < 0.8:
        department = _unit(chance.randrange(people), DEPARTMENT, people)
        heads = department[::TEAM]
        return frozenset([*heads, *chance.sample(department, chance.randint(6, 15) - len(heads))])
    several = [_unit(chance.randrange(people), DEPARTMENT, people) for _ in range(chance.choice((2, 3)))]
    invited = [person for department in several for person in department]
    return frozenset(chance.sample(invited, chance.randint(8, 24)))


def _unit(person: int, size: int, people: int) -> range:
    start = person // size * size
    return range(start, min(start + size, people))


def _units(knowers: Knowers, size: int, people: int) -> Knowers:
    return frozenset(other for person in knowers for other in _unit(person, size, people))


def post_room(people: int = 600, messages: int = 6_000, seed: int = SEED) -> WhoKnew:
    """Half of all messages go to two people, few to many; everybody writes mostly to the same circle.

    Sizes follow the chain "one more recipient with chance one half", up to 40. A recipient is a
    neighbour of the first one with chance 0.85 (distances geometric), else anybody.
    """
    chance = Random(seed)
    found = []
    for _ in range(messages):
        first = chance.randrange(people)
        size = 2
        while size < 40 and chance.random() < (0.5 if size < 6 else 0.8):
            size += 1
        knowers = {first}
        while len(knowers) < size:
            near = (first + chance.choice((-1, 1)) * int(chance.expovariate(1 / 12) + 1)) % people
            knowers.add(near if chance.random() < 0.85 else chance.randrange(people))
        found.append(frozenset(knowers))
    return like_gatherings(f"post room of {people}", tuple(found), people)


def independent(people: int, share: float, gatherings: int, seed: int = SEED) -> WhoKnew:
    """An organisation without habits: everybody is at every gathering with the same chance ``share``."""
    chance = Random(seed)
    drawn = (frozenset(p for p in range(people) if chance.random() < share) for _ in range(gatherings))
    return like_gatherings("independent", tuple(knowers for knowers in drawn if knowers), people)


GENERATED: Final[Mapping[str, Callable[[], WhoKnew]]] = {"bureau": bureau, "post-room": post_room}
"""The generated organisations that stand beside the real ones."""
