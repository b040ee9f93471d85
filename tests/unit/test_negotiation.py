"""Negotiation: every edge of the table can be walked, in order, and the substance is not what is haggled with."""

import datetime as dt
import itertools
from typing import Any

import attrs
import pytest

from experiments.moves import negotiation_picture
from small_case import TODAY, small_case, yes
from tearline.assess.bargaining import weigh
from tearline.domain.negotiation import MOVES, Negotiation, Position, Side, Step, Terms, advance, move
from tearline.errors import InputError

A, B = "A", "B"
RANKS = {"exact": 0, "vague": 1, "hint": 2}
TERMS = Terms(teaser={"c": "hint"}, package={"c": "exact"}, asked=("port calls",), until=TODAY)
EDGES = [(m.start, m.to) for m in MOVES]


def rank(_: str, version: str) -> int:
    """How exact a version is."""
    return RANKS[version]


def at(position: Position | None, **changes: Any) -> Negotiation:
    """A negotiation in that position with terms on the table."""
    return attrs.evolve(Negotiation(giver=A, receiver=B, position=position, terms=TERMS), **changes)


def to(position: Position, by: str, **changes: Any) -> Step:
    """A step today."""
    return attrs.evolve(Step(to=position, by=by, today=TODAY), **changes)


def suited(start: Position | None, goal: Position) -> Step:
    """A step along an edge with all that it needs."""
    made = move(start, goal)
    assert made is not None
    step = to(goal, B if made.by is Side.RECEIVER else A)
    if goal is Position.GIVEN:
        return attrs.evolve(step, terms=Terms(package={"c": "vague"}))
    return attrs.evolve(step, received=("port calls",)) if goal is Position.EXCHANGED else step


@pytest.mark.parametrize(("start", "goal"), EDGES)
def test_every_edge_can_be_walked(start: Position | None, goal: Position) -> None:
    found = advance(at(start), suited(start, goal), rank)

    assert isinstance(found, Negotiation)
    assert found.position is goal


@pytest.mark.parametrize(
    ("start", "goal"), [pair for pair in itertools.product([None, *Position], Position) if pair not in EDGES]
)
def test_nothing_else_is_an_edge(start: Position | None, goal: Position) -> None:
    assert isinstance(advance(at(start), to(goal, A), rank), tuple)


@pytest.mark.parametrize(("start", "goal"), [edge for edge in EDGES if move(*edge).by is not Side.EITHER])  # type: ignore[union-attr]
def test_nobody_makes_the_move_of_the_other_side(start: Position | None, goal: Position) -> None:
    step = suited(start, goal)
    other = attrs.evolve(step, by=A if step.by == B else B)

    assert isinstance(advance(at(start), other, rank), tuple)
    assert isinstance(advance(at(start), attrs.evolve(step, by="X"), rank), tuple)


def test_a_whole_trade_tells_the_teaser_first_and_the_package_last() -> None:
    told = []
    now = Negotiation(giver=A, receiver=B)
    steps = [
        to(Position.ANNOUNCED, A),
        to(Position.OFFERED, A, terms=TERMS),
        to(Position.COUNTERED, B, terms=attrs.evolve(TERMS, asked=("visas",))),
        to(Position.AGREED, A),
        to(Position.ESCROWED, A),
        to(Position.EXCHANGED, A, received=("visas",)),
    ]

    for step in steps:
        found = advance(now, step, rank)
        assert isinstance(found, Negotiation), found
        now = found
        told.append(dict(now.told))

    assert told == [{}, *[{"c": "hint"}] * 4, {"c": "exact"}]


def refused(start: Position | None, step: Step, **changes: Any) -> str:
    """Everything that stands in the way of a step."""
    found = advance(at(start, **changes), step, rank)
    assert isinstance(found, tuple)
    return "; ".join(found)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"teaser": {}}, "the teaser comes first"),
        ({"asked": ()}, "that is a gesture"),
        ({"teaser": {"c": "exact"}}, "gives the whole package away"),
        ({"teaser": {"d": "hint"}}, "tells what the package does not hold"),
        ({"package": {"c": "hint"}, "teaser": {"c": "vague"}}, "tells what the package does not hold"),
    ],
)
def test_an_offer_has_a_teaser_that_is_less_than_the_package(terms: dict[str, Any], why: str) -> None:
    step = to(Position.OFFERED, A, terms=attrs.evolve(TERMS, **terms))

    assert why in refused(Position.ANNOUNCED, step)


def test_a_new_offer_never_has_a_more_telling_teaser() -> None:
    more = attrs.evolve(TERMS, teaser={"c": "vague"})

    assert "bargaining is not paid in substance" in refused(Position.COUNTERED, to(Position.OFFERED, A, terms=more))


def test_who_receives_cannot_write_the_package() -> None:
    more = attrs.evolve(TERMS, package={"c": "exact", "d": "exact"})

    assert "not what it is given" in refused(Position.OFFERED, to(Position.COUNTERED, B, terms=more))


@pytest.mark.parametrize("goal", [Position.AGREED, Position.ESCROWED, Position.EXCHANGED])
def test_terms_do_not_change_once_they_are_taken(goal: Position) -> None:
    start = next(m.start for m in MOVES if m.to is goal)
    other = attrs.evolve(suited(start, goal), terms=attrs.evolve(TERMS, asked=("more",)), received=("more",))

    assert "not those on the table" in refused(start, other)


def test_the_package_is_opened_only_for_all_that_was_asked() -> None:
    two = attrs.evolve(TERMS, asked=("port calls", "visas"))
    half = to(Position.EXCHANGED, A, received=("visas",))

    assert "port calls" in refused(Position.ESCROWED, half, terms=two)
    assert isinstance(advance(at(Position.ESCROWED, terms=two, received=("port calls",)), half, rank), Negotiation)


def test_a_lapsed_offer_can_only_be_closed() -> None:
    tomorrow = TODAY + dt.timedelta(days=1)

    assert "lapsed" in refused(Position.OFFERED, to(Position.AGREED, B, today=tomorrow))
    assert isinstance(advance(at(Position.OFFERED), to(Position.CLOSED, B, today=tomorrow), rank), Negotiation)


def test_what_was_told_stays_told_when_all_is_broken_off() -> None:
    found = advance(at(Position.OFFERED), to(Position.CLOSED, B), rank)

    assert isinstance(found, Negotiation)
    assert dict(found.told) == {"c": "hint"}


def test_a_gesture_asks_for_nothing() -> None:
    asking = Terms(package={"c": "vague"}, asked=("visas",))

    assert "no gesture" in refused(None, to(Position.GIVEN, A, terms=asking))
    assert "nothing is given" in refused(None, to(Position.GIVEN, A, terms=Terms()))


def test_the_picture_of_a_negotiation_has_every_edge() -> None:
    picture = negotiation_picture()

    assert sorted(picture.edges) == sorted((m.start.value, m.to.value) for m in MOVES if m.start)
    assert picture.first == ["announced", "given"]


# --- what an offer tells ----------------------------------------------------------------------------------


def test_an_offer_of_what_cannot_be_given_may_not_be_made() -> None:
    case = small_case(consents=(yes("C", "exact"),))

    found = weigh(case, Terms(teaser={"meeting": "vague"}, package={"meeting": "exact"}, asked=("visas",)))

    assert found.teaser.tearline.versions == {"meeting": "vague"}
    assert found.package.tearline.versions != {"meeting": "exact"}
    assert not found.may_be_offered


def test_the_package_is_weighed_with_the_teaser_told() -> None:
    case = small_case(consents=(yes("C", "exact"),))

    found = weigh(case, Terms(teaser={"meeting": "vague"}, package={"meeting": "exact"}, asked=("visas",)))

    assert len(found.package.case.given) == len(case.given) + 1
    assert found.teaser.case.given == case.given


def test_an_offer_that_can_be_kept_to_may_be_made() -> None:
    case = small_case()
    (meeting,) = case.claims
    purpose = attrs.evolve(meeting, id="purpose", versions=meeting.versions[1:])
    both = attrs.evolve(yes("C"), covers={"meeting": "vague", "purpose": "vague"})
    terms = Terms(teaser={"meeting": "vague"}, package={"meeting": "vague", "purpose": "vague"}, asked=("visas",))

    found = weigh(attrs.evolve(case, claims=(meeting, purpose), consents=(both,)), terms)

    assert found.may_be_offered


def test_a_case_without_a_day_cannot_be_negotiated() -> None:
    with pytest.raises(InputError, match="as_of"):
        weigh(small_case(as_of=None), TERMS)
