"""Who knew what, in real organisations: sets of people who shared a message, a meeting or a committee.

People become numbers while a file is read; no name leaves this module. Where the files lie is told by
``TEARLINE_DATA`` (default: ``../shared/data`` beside the repository).
"""

from __future__ import annotations

import gzip
import importlib
import os
import warnings
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import attrs
import numpy as np
import yaml

Knowers = frozenset[int]

WORDINGS: Final = 4
"""Every gathering can be told in four wordings, from exact to "somebody in the house"."""

LADDER: Final = 4
"""One step vaguer is meant to fit four times as many people, where nothing better is known."""

TEI: Final = "{http://www.tei-c.org/ns/1.0}"


@attrs.frozen(eq=False, kw_only=True)
class WhoKnew:
    """An organisation as its gatherings: who was at each, and whom vaguer words would fit as well.

    Attributes:
        name: What it is called in tables.
        people: How many there are; they are numbered from 0.
        gatherings: Who was at each meeting, or got each message; never empty.
        wider: From the number of a gathering to the two middle wordings, each holding the one before.
    """

    name: str
    people: int
    gatherings: tuple[Knowers, ...]
    wider: Callable[[int], tuple[Knowers, Knowers]]

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


def data_root() -> Path:
    """Where the outside data lie; the folder need not exist."""
    repository = Path(__file__).resolve().parent.parent
    return (repository / os.environ.get("TEARLINE_DATA", "../shared/data")).resolve()


def numbered(gatherings: Iterable[Iterable[Hashable]]) -> tuple[tuple[Knowers, ...], dict[Hashable, int]]:
    """Number people in the order of their first appearance; empty gatherings are dropped."""
    numbers: dict[Hashable, int] = {}
    found = [frozenset(numbers.setdefault(person, len(numbers)) for person in knowers) for knowers in gatherings]
    return tuple(knowers for knowers in found if knowers), numbers


def mailings(folder: Path) -> WhoKnew:
    """The distinct recipient sets of a European research institute (email-Eu; about 1,000 people).

    Vaguer wordings: "somebody on one of these lists" (the mailings most like it), and with that
    "somebody in these departments". People in the sets are numbered one higher than in the list of
    departments; every set of two is then an edge of the graph that belongs to that list.

    Source:
        SNAP email-Eu-core; Yin, Benson, Leskovec, Gleich, Local Higher-order Graph Clustering, 2017.
    """
    with (folder / "email-Eu-unique-hyperedges.txt").open() as lines:
        gatherings, numbers = numbered([int(word) for word in line.split()] for line in lines)
    department = np.loadtxt(folder / "email-Eu-core-department-labels", dtype=np.int64)
    of = {numbers[node + 1]: int(label) for node, label in department if node + 1 in numbers}
    members: dict[int, set[int]] = {}
    for person, label in of.items():
        members.setdefault(label, set()).add(person)
    neighbours = Neighbours(gatherings, len(numbers))

    def wider(gathering: int) -> tuple[Knowers, Knowers]:
        exact = gatherings[gathering]
        circle = neighbours.around(gathering, LADDER * len(exact))
        return circle, circle.union(*(members[of[person]] for person in exact))

    return WhoKnew(name="email-Eu mailings", people=len(numbers), gatherings=gatherings, wider=wider)


def conversations(volume: Path) -> WhoKnew:
    """Who took part in the conversations that a volume of *Foreign Relations of the United States* prints.

    A participant is known by the volume's own key for persons, or else by the name as printed; people
    printed without any name mark-up ("the Secretary") are missed. Lists of one are dropped.
    """
    with gzip.open(volume) as text:
        lists = [
            [_person(name) for name in element.iter(TEI + "persName")]
            for _, element in ElementTree.iterparse(text)
            if element.tag == TEI + "list" and element.get("type") == "participants"
        ]
    gatherings, numbers = numbered(names for names in lists if len(set(names)) > 1)
    return like_gatherings("FRUS 1958-60 VII/1 talks", gatherings, len(numbers))


def _person(name: ElementTree.Element) -> str:
    return name.get("corresp") or " ".join("".join(name.itertext()).split())


def committees(folder: Path) -> WhoKnew:
    """Committees and subcommittees of the United States Congress.

    Vaguer wordings: "somebody on the committee or one of its subcommittees", "somebody in that chamber"
    (a body's chamber is that of its members who sit in no joint committee's list).
    """
    listed: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.load(
        (folder / "committee-membership-current.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    bodies = {code: members for code, members in listed.items() if members}
    gatherings, numbers = numbered([member["bioguide"] for member in members] for members in bodies.values())
    codes = tuple(bodies)
    family: dict[str, set[int]] = {}
    chamber: dict[str, set[int]] = {"H": set(), "S": set()}
    for code, knowers in zip(codes, gatherings, strict=True):
        family.setdefault(code[:4], set()).update(knowers)
        chamber.get(code[0], set()).update(knowers)

    def wider(gathering: int) -> tuple[Knowers, Knowers]:
        committee = frozenset(family[codes[gathering][:4]])
        seats = (members for members in chamber.values() if members & committee)
        return committee, committee.union(*seats)

    return WhoKnew(name="Congress committees", people=len(numbers), gatherings=gatherings, wider=wider)


def memberships(file: Path) -> WhoKnew:
    """People and what they belonged to, from an R file of the `networkdata` collection (Paul Revere, ...).

    Raises:
        ModuleNotFoundError: The package `rdata` is not installed.
    """
    rdata = importlib.import_module("rdata")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that it does not know the R class of a graph
        graph = next(iter(rdata.read_rda(file).values()))
    if isinstance(graph[0], list):  # several graphs: the last one joins people and groups
        graph = graph[-1]
    is_group = graph[8][2]["type"]
    members: dict[int, list[int]] = {}
    for one, other in zip(graph[2], graph[3], strict=True):
        group, person = (int(one), int(other)) if is_group[int(one)] else (int(other), int(one))
        members.setdefault(group, []).append(person)
    gatherings, numbers = numbered(members[group] for group in sorted(members))
    return like_gatherings(file.stem.replace("_", " "), gatherings, len(numbers))


REAL: Final[Mapping[str, tuple[str, Callable[[Path], WhoKnew]]]] = {
    "mailings": ("knowers/email-eu", mailings),
    "conversations": ("reports/frus/frus1958-60v07p1.xml.gz", conversations),
    "committees": ("knowers/legislators", committees),
    "paul-revere": ("knowers/networkdata/covert_35.rda", memberships),
    "southern-women": ("knowers/networkdata/southern_women.rda", memberships),
}
"""Where each real set lies below :func:`data_root`, and what reads it."""


def load(name: str) -> WhoKnew:
    """Read one of :data:`REAL`.

    Raises:
        FileNotFoundError: The outside data are not there.
    """
    place, read = REAL[name]
    return read(data_root() / place)
