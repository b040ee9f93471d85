"""Generated organisations, for a clone that has no data from outside.

They copy the two habits that decide how fast people are singled out: a *bureau* works in teams and
departments and meets across them; a *post room* sends most of its messages to very few people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from experiments.who_knew import Knowers, WhoKnew, like_gatherings

SEED: Final = 1914
TEAM: Final = 8
DEPARTMENT: Final = 5 * TEAM


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

    return WhoKnew(name=f"bureau of {people}", people=people, gatherings=found, wider=wider)


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
