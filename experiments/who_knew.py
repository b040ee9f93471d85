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

import numpy as np
import yaml

from tearline.sim.organisations import LADDER, Knowers, Neighbours, WhoKnew, like_gatherings

TEI: Final = "{http://www.tei-c.org/ns/1.0}"


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
