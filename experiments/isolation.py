"""How soon does the list of people who could have known shrink to one?

Pick a person, disclose ``k`` of the gatherings that he or she was at, intersect the lists of who was
there. Run ``python -m experiments.isolation``.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from random import Random

import attrs

from experiments.who_knew import REAL, load
from tearline.sim.organisations import GENERATED, WhoKnew

DRAWS = 4_000
SEED = 1877


@attrs.frozen(kw_only=True)
class Isolation:
    """After ``told`` gatherings: the share of draws with one candidate left, and the median left."""

    told: int
    alone: float
    left: float


def isolation(house: WhoKnew, told: int, draws: int = DRAWS, seed: int = SEED) -> Isolation:
    """Draw persons who were at ``told`` gatherings or more, and that many of their gatherings.

    Raises:
        ValueError: Nobody was at that many.
    """
    chance = Random(seed)
    attended = [numbers for numbers in house.attended() if len(numbers) >= told]
    if not attended:
        raise ValueError(f"nobody was at {told} gatherings")
    left = []
    for _ in range(draws):
        chosen = chance.sample(chance.choice(attended), told)
        left.append(len(frozenset.intersection(*(house.gatherings[number] for number in chosen))))
    alone = sum(count == 1 for count in left) / draws
    return Isolation(told=told, alone=alone, left=statistics.median(left))


def expected_alone(people: int, share: float, told: int) -> float:
    """P(one candidate left) where everybody else knew each thing independently with chance ``share``."""
    return float((1 - share**told) ** (people - 1))


def table(houses: Sequence[WhoKnew], longest: int = 4) -> str:
    """A line for each organisation: share alone / median left, after 1 to ``longest`` gatherings."""
    head = "".join(f"{f'k={told}':>12}" for told in range(1, longest + 1))
    lines = [f"{'organisation':<26}{'people':>7}{'sets':>7}{head}"]
    for house in houses:
        cells = []
        for told in range(1, longest + 1):
            seen = isolation(house, told)
            cells.append(f"{f'{seen.alone:.2f} / {seen.left:g}':>12}")
        lines.append(f"{house.name:<26}{house.people:>7}{len(house.gatherings):>7}" + "".join(cells))
    return "\n".join(lines)


def available() -> list[WhoKnew]:
    """Every real organisation whose data can be read here, and the generated ones."""
    found = []
    for name in REAL:
        try:
            found.append(load(name))
        except (FileNotFoundError, ModuleNotFoundError) as missing:
            sys.stderr.write(f"left out {name}: {missing}\n")
    return [*found, *(make() for make in GENERATED.values())]


def main() -> None:
    """Print the table for everything that is there."""
    sys.stdout.write(table(available()) + "\n")


if __name__ == "__main__":
    main()
