"""What words imply, by which day it was known, and what whoever holds reports raw makes of it, in turn."""

from __future__ import annotations

import datetime as dt

import attrs
import numpy as np
import pytest

from small_case import TODAY, small_case
from tearline.assess import assess, content
from tearline.assess.reasoning import every_setting
from tearline.domain import (
    Case,
    Claim,
    Cover,
    Days,
    Given,
    Group,
    GroupKind,
    Interval,
    Listing,
    Reader,
    Source,
    SourceKind,
    Spread,
    Version,
)
from tearline.exposure.evidence import explain
from tearline.exposure.likelihood import Telling, seen
from tearline.exposure.readings import Reading, told_of
from tearline.exposure.situation import blocks, settings

MONDAY = TODAY - dt.timedelta(days=9)
FRIDAY = MONDAY + dt.timedelta(days=4)
FEW, MANY = Interval.exactly(1.0), Interval.exactly(0.5)
GROUPS = (
    Group(id="few", count=3),
    Group(id="many", count=500),
    Group(id="luck", kind=GroupKind.OTHER, weight=0.2),
)


def told(name: str, *versions: Version, source: str = "s") -> Claim:
    return Claim(id=name, sources=(source,), persons=(), versions=versions)


def words(version: str, **more: object) -> Version:
    return Version(id=version, text=f"{version}.", value=5, known={"few": FEW, "many": MANY}, **more)


def report(*claims: Claim, proposed: tuple[str, ...], raw: tuple[str, ...] = (), **more: object) -> Case:
    """A report to B, whom X reads; X may hold some claims as they were collected."""
    return small_case(
        sources=tuple(Source(id=name, kind=SourceKind.HUMAN, owner="A") for name in ("s", "z")),
        secrets=(),
        readers=(Reader(id="X", groups=GROUPS, holds_raw={claim: Interval.between(0.1, 0.5) for claim in raw}),),
        claims=claims,
        proposal=attrs.evolve(small_case().proposal, claims=dict.fromkeys(proposed)),
        **more,
    )


def test_words_that_date_themselves_date_what_they_imply() -> None:
    meeting = told("meeting", words("this-morning", known_by=MONDAY, implies={"depot": "bridge"}))
    depot = told("depot", words("bridge", later=(Spread(on=Days.exactly(FRIDAY), known={"many": FEW}),)))
    case = report(meeting, depot, proposed=("meeting",))

    view = seen(case, [("meeting", 0, TODAY)])

    assert view["depot"] == (Telling(0, MONDAY),)


def test_the_report_itself_is_known_by_no_other_day_to_whoever_holds_it() -> None:
    """Where the most exact words go, to hold them already tells nothing besides."""
    meeting = told("meeting", words("this-morning", known_by=MONDAY, implies={"depot": "bridge"}), words("vague"))
    depot = told("depot", words("bridge", later=(Spread(on=Days.exactly(FRIDAY), known={"many": FEW}),)))
    case = report(meeting, depot, proposed=("meeting",), raw=("meeting",))
    view = seen(case, [("meeting", 0, TODAY)])

    taken = Reading(raw=frozenset({"meeting"})).view(case, view)

    assert taken == view


def test_a_recognised_report_puts_what_it_implies_on_a_list_on_its_day() -> None:
    """Who knew what is missing by then counts; that is a question of the day, though nothing that is told spreads."""
    tip = told("tip", words("exact", implies={"raid": "raid"}), words("vague"))
    raid = told("raid", words("raid"))
    search = told("search", words("search", later=(Spread(on=Days.exactly(FRIDAY), known={"many": FEW}),)))
    listed = Listing(id="acts", items=("raid", "search"), complete=Interval.exactly(0.9))
    case = report(tip, raid, search, proposed=("tip",), raw=("tip",), lists=(listed,))

    view = Reading(raw=frozenset({"tip"})).view(case, seen(case, [("tip", 1, MONDAY)]))

    assert view["raid"] == (Telling(0, MONDAY),)


CHAIN = (
    told("tip", words("exact", implies={"raid": "somewhere"}), words("vague")),
    told("raid", words("bridge", implies={"depot": "depot"}), words("somewhere"), source="z"),
    told("depot", words("depot"), source="z"),
)


def test_what_a_recognised_report_implies_may_be_recognised_in_turn() -> None:
    case = report(*CHAIN, proposed=("tip",), raw=("tip", "raid"))
    both = Reading(raw=frozenset({"tip", "raid"}))

    view = both.view(case, seen(case, [("tip", 1, TODAY)]))

    assert view == both.view(case, view)
    assert {claim: [telling.rank for telling in tellings] for claim, tellings in view.items()} == {
        "tip": [0],
        "raid": [0],
        "depot": [0],
    }
    assert told_of(case) == ("tip", "raid", "depot")


def test_a_reader_who_looks_at_one_source_alone_still_recognises_what_another_ones_report_implies() -> None:
    case = report(*CHAIN, proposed=("tip",), raw=("tip",))
    decisions = blocks(case, {"tip": ["vague"]})

    every = every_setting(case, "X", decisions)

    told_something = [
        s
        for s in every
        if s.reading == Reading(only=frozenset({"raid"}), raw=frozenset({"tip"}))
        and not np.allclose(s.world.mass((0,)).hi, s.before.hi)
    ]
    assert told_something


def test_whoever_looks_at_one_source_alone_is_not_taken_for_one_who_misses_anothers_items() -> None:
    """What would be missing makes two ways to take a text different where nothing that is told does."""
    raid, depot = told("raid", words("raid")), told("depot", words("depot"), source="z")
    listed = Listing(id="acts", items=("raid", "depot"), complete=Interval.exactly(0.9))
    leaky = Given(to=("C",), on=MONDAY, claims={"depot": "depot"})
    case = report(raid, depot, proposed=("raid",), lists=(listed,), given=(leaky,))
    decisions = blocks(case, {"raid": ["raid"]})

    every = every_setting(case, "X", decisions)

    nothing_before = {s.reading.only for s in every if not s.past}
    assert nothing_before >= {None, frozenset({"raid"})}


@pytest.mark.parametrize("credence", [0.25, 0.5, 1.0])
def test_the_explanation_believes_in_a_cover_as_far_as_the_reader_does(credence: float) -> None:
    claims = tuple(told(name, words("exact")) for name in ("one", "two", "three"))
    listed = Listing(id="acts", items=("two", "three"), complete=Interval.exactly(0.9))
    flight = Cover(
        claims=("one", "two", "three"),
        version="exact",
        makes={"luck": FEW},
        what="a flight",
        evidence="log",
        seen_by=("X",),
        credence=credence,
    )
    case = report(*claims, proposed=("one", "two"), cover=(flight,), lists=(listed,))
    view = seen(case, [("one", 0, TODAY), ("two", 0, TODAY)])

    for setting in settings(case, "X", view, ()):
        found = explain(case, setting, view)

        mass = np.exp(setting.before.mid)
        believed = {group.id: share for group, share in zip(GROUPS, mass / mass.sum(), strict=True)}
        assert {each.group: each.after for each in found.groups} == pytest.approx(believed)
        total = sum(piece.sequential for piece in found.pieces)
        assert sum(piece.shapley for piece in found.pieces) == pytest.approx(total)


def test_undated_cover_comes_too_late_for_what_a_recognised_report_told_before() -> None:
    tip = told("tip", words("exact", implies={"raid": "raid"}), words("vague"))
    raid = told("raid", words("raid"))
    flight = Cover(
        claims=("raid",), version="raid", makes={"luck": FEW}, what="a flight", evidence="log", seen_by=("X",)
    )
    before = Given(to=("B",), on=MONDAY, claims={"tip": "vague"})

    masses = {}
    for cover in ((), (flight,)):
        case = report(tip, raid, proposed=("tip",), raw=("tip",), given=(before,), cover=cover)
        view = seen(case, [("tip", 1, MONDAY)])
        taken = settings(case, "X", view, (), Reading(raw=frozenset({"tip"})))
        masses[len(cover)] = [setting.before.mid[-1] for setting in taken]

    assert masses[1] == masses[0]


def test_what_a_text_implies_the_recipient_has() -> None:
    """A city makes sense with its province, and whoever is told of the raid can act, though the depot is not named."""
    raid = told("raid", words("tonight", implies={"province": "north", "depot": "somewhere"}))
    city = told("city", words("city", needs={"province": None}))
    province, depot = told("province", words("north")), told("depot", words("bridge"), words("somewhere"))
    case = report(raid, city, province, depot, proposed=("raid", "city"))
    both = attrs.evolve(case.proposal, actionable=({"depot": "somewhere"},))
    case = attrs.evolve(case, proposal=both)

    assert content.coherent(case, {"raid": 0, "city": 0}, {})
    assert not content.coherent(case, {"raid": None, "city": 0}, {})
    assert not content.missing(case, {"raid": 0}, {})
    assert content.missing(case, {"city": 0}, {})
    assert content.ties(case, ["raid", "city"]) == (frozenset({"raid", "city"}),)
    assert content.counts(case, "raid", "tonight")


def test_a_raw_text_of_what_the_words_imply_is_shown() -> None:
    known_to_all = {group.id: MANY for group in GROUPS}
    meeting = told("meeting", words("meeting", implies={"depot": "somewhere"}))
    depot = told("depot", words("bridge"), words("somewhere"))
    meeting, depot = (
        attrs.evolve(each, versions=tuple(attrs.evolve(v, known=known_to_all) for v in each.versions))
        for each in (meeting, depot)
    )
    case = report(meeting, depot, proposed=("meeting",), raw=("depot",))
    case = attrs.evolve(case, sources=tuple(attrs.evolve(s, kind=SourceKind.IMAGERY) for s in case.sources))

    found = assess(case, replayed=False)

    (hostile,) = [reader for reader in found.readers if reader.listener.party.id == "X"]
    assert set(found.tearline.versions) == {"meeting"}
    assert [raw.claim for raw in hostile.raw] == ["depot"]
