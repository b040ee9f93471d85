"""Where a text stops must not say what is true: every sibling has to pass in its place."""

import attrs
import pytest

from small_case import small_case, yes
from tearline.assess import assess
from tearline.assess.replay import had_been
from tearline.domain import (
    Budget,
    Case,
    Claim,
    Group,
    Interval,
    OtherWords,
    Reader,
    Secret,
    SecretKind,
    Sibling,
    Version,
)
from tearline.errors import InputError
from tearline.exposure.candidates import MOST_TRUTHS

KNOWERS = {"raqqa": 40, "al-bab": 3, "daraa": 30, "suwayda": 25}
REGION = {"raqqa": "north", "al-bab": "north", "daraa": "south", "suwayda": "south"}
OF_REGION = {"north": 120, "south": 110}
"""Nested: whoever knew the town knew the region, and whoever knew that knew the country, 600 in all."""


def groups() -> tuple[Group, ...]:
    towns = [Group(id=town, count=count) for town, count in KNOWERS.items()]
    regions = [
        Group(id=region, count=count - sum(KNOWERS[t] for t in KNOWERS if REGION[t] == region))
        for region, count in OF_REGION.items()
    ]
    return (*towns, *regions, Group(id="country", count=600 - sum(OF_REGION.values())))


def those(*known: str) -> dict[str, Interval]:
    """Who knows for certain; nobody else at all."""
    return {g.id: Interval.exactly(1.0 if g.id in known else 1e-3) for g in groups()}


def of_region(region: str) -> tuple[str, ...]:
    return (region, *(town for town in KNOWERS if REGION[town] == region))


def meeting(town: str, *, siblings: bool = True) -> Claim:
    """They meet in a town; had the truth been other, it would have been another one, or another region."""
    region = REGION[town]
    (neighbour,) = (t for t in KNOWERS if REGION[t] == region and t != town)
    (other_region,) = (r for r in OF_REGION if r != region)
    everybody = tuple(g.id for g in groups())
    versions = (
        Version(id="town", text=f"They meet in {town}.", value=9.0, known=those(town)),
        Version(id="region", text=f"They meet in the {region}.", value=5.0, known=those(*of_region(region))),
        Version(id="country", text="They meet in Syria.", value=2.0, known=those(*everybody)),
    )
    others = (
        Sibling(id=neighbour, versions=(OtherWords(id="town", known=those(neighbour)),)),
        Sibling(id=other_region, versions=(OtherWords(id="region", known=those(*of_region(other_region))),)),
    )
    return Claim(id="meeting", sources=("s",), persons=(), versions=versions, siblings=others if siblings else ())


def case_with(claim: Claim, at_least: int) -> Case:
    """Nothing may point at fewer than so many people."""
    budget = Budget(top_suspect=0.999 / at_least + 0.0005, crowd=at_least, investigation=600, tries=1.0)
    return small_case(
        claims=(claim,),
        readers=(Reader(id="X", groups=groups(), investigates_above=1.0),),
        secrets=(Secret(id="who", of="s", kind=SecretKind.PERSON, budget=budget),),
        consents=(yes("C", "town"),),
    )


def said(town: str, at_least: int, *, siblings: bool = True) -> str | None:
    return assess(case_with(meeting(town, siblings=siblings), at_least)).tearline.versions.get("meeting")


@pytest.mark.parametrize(
    ("at_least", "naive", "safe"),
    [
        (3, ("town",) * 4, ("town",) * 4),
        (10, ("town", "region", "town", "town"), ("region", "region", "town", "town")),
        (26, ("town", "region", "town", "region"), ("region", "region", "region", "region")),
        (31, ("town", "region", "region", "region"), ("region", "region", "region", "region")),
        (111, ("region", "region", "country", "country"), ("country",) * 4),
    ],
)
def test_a_claim_is_refined_only_where_every_sibling_passes(
    at_least: int, naive: tuple[str, ...], safe: tuple[str, ...]
) -> None:
    assert tuple(said(town, at_least, siblings=False) for town in KNOWERS) == naive
    assert tuple(said(town, at_least) for town in KNOWERS) == safe


@pytest.mark.parametrize("at_least", [3, 10, 26, 31, 111])
@pytest.mark.parametrize("town", KNOWERS)
def test_the_certificate_holds_where_siblings_are_listed(town: str, at_least: int) -> None:
    found = assess(case_with(meeting(town), at_least), replayed=True)

    assert found.replay is not None
    assert [other.alike for other in found.replay.truths] == [True, True]


def test_what_is_true_becomes_a_sibling_of_what_might_have_been() -> None:
    raqqa = meeting("raqqa")

    other = had_been(raqqa, "al-bab")
    back = had_been(other, "as it is")

    assert other.versions[0].known == those("al-bab")
    assert other.versions[1].known == raqqa.versions[1].known
    assert [sibling.id for sibling in other.siblings] == ["as it is", "south"]
    assert back.versions[0].known == raqqa.versions[0].known


def test_too_many_ways_in_which_the_truth_could_be_other_are_refused_with_a_reason() -> None:
    words = OtherWords(id="town", known=those("al-bab"))
    many = tuple(Sibling(id=f"s{n}", versions=(words,)) for n in range(MOST_TRUTHS))
    case = case_with(attrs.evolve(meeting("raqqa"), siblings=many), 10)

    with pytest.raises(InputError, match="list fewer"):
        assess(case)
