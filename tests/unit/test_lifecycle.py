"""The life of a proposal: every edge of the table can be walked, and nothing else."""

import datetime as dt
import itertools
from typing import Any

import attrs
import pytest

from experiments.moves import FOLDER, figures, lifecycle_picture
from tearline.domain.dossier import Entry, Moved, Viewed, authors, faults, first_views, stage, worse_before
from tearline.domain.lifecycle import MOVES, Facts, Kind, Move, Need, Stage, Verdict, in_the_way, move, moves_from
from tearline.domain.officers import Duty, look_alike, may_be_one

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
PASSING = Verdict(kind=Kind.ALLOW, said={"meeting": "vague"}, value=3.0)
ASKING = Verdict(kind=Kind.ASK, said={"meeting": "vague"}, value=3.0, consult=("C",))
REFUSING = Verdict(kind=Kind.REFUSE)

EDGES = [(m.start, m.to) for m in MOVES]


def words(edge: object) -> str:
    """An edge as a test is called."""
    return edge.value if isinstance(edge, Stage) else str(edge)


def facts(**changes: Any) -> Facts:
    """Everything is well: another person with every duty, a reason, the text as cleared, an answer that passes."""
    well = Facts(
        by="chief",
        duties=frozenset(Duty),
        authors=("officer-7",),
        because="it is time",
        text="t1",
        assessed_text="t1",
        assessed=PASSING,
        cleared_text="t1",
        cleared=PASSING,
        today=PASSING,
    )
    return attrs.evolve(well, **changes)


def suited(made: Move) -> dict[str, Any]:
    """What must be otherwise for a move that needs it so."""
    if Need.CHANGED in made.needs:
        return {"text": "t2"}
    return {"assessed": ASKING, "today": ASKING} if Need.MUST_ASK in made.needs else {}


def moved(to: Stage, *, by: str = "officer-7", minutes: int = 0, **changes: Any) -> Moved:
    """An entry of a move."""
    entry = Moved(at=NOON + dt.timedelta(minutes=minutes), by=by, text="t1", to=to, proposer="officer-7")
    return attrs.evolve(entry, **changes)


# --- the table --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "to"), EDGES, ids=words)
def test_every_edge_can_be_walked_where_all_is_well(start: Stage | None, to: Stage) -> None:
    made = move(start, to)

    assert made is not None
    assert in_the_way(made, facts(**suited(made))) == ()


@pytest.mark.parametrize(
    ("start", "to"), [pair for pair in itertools.product([None, *Stage], Stage) if pair not in EDGES], ids=words
)
def test_nothing_else_is_an_edge(start: Stage | None, to: Stage) -> None:
    assert move(start, to) is None


def test_no_edge_is_there_twice() -> None:
    assert len(EDGES) == len(set(EDGES))


def test_every_stage_can_be_reached_and_only_what_is_over_leads_nowhere() -> None:
    reached: set[Stage | None] = {None}
    while more := {m.to for start in reached for m in moves_from(start)} - reached:
        reached |= more

    assert reached == {None, *Stage}
    assert [s for s in Stage if not moves_from(s)] == [Stage.EXPIRED]


def test_what_has_gone_out_never_comes_back_to_before() -> None:
    inside = {Stage.DRAFT, Stage.ASSESSED, Stage.CONSULTING, Stage.CLEARED, Stage.REFUSED}

    out = {s for s in Stage if s not in inside} - {Stage.EXPIRED}

    assert [(m.start, m.to) for m in MOVES if m.start in out and m.to in inside] == []


def test_only_what_is_cleared_is_released() -> None:
    assert [m.start for m in MOVES if m.to is Stage.RELEASED] == [Stage.CLEARED]


@pytest.mark.parametrize(("start", "to"), EDGES, ids=words)
def test_without_the_duty_nobody_makes_a_move(start: Stage | None, to: Stage) -> None:
    made = move(start, to)
    assert made is not None

    found = in_the_way(made, facts(**suited(made), duties=frozenset()))

    assert [text for text in found if "it takes the duty to" in text]


@pytest.mark.parametrize(("start", "to"), EDGES, ids=words)
def test_nobody_without_a_name_makes_a_move(start: Stage | None, to: Stage) -> None:
    made = move(start, to)
    assert made is not None

    assert "nobody is named who makes it" in in_the_way(made, facts(**suited(made), by=" "))


@pytest.mark.parametrize(
    ("need", "broken"),
    [
        (Need.REASON, {"because": " "}),
        (Need.AS_ASSESSED, {"text": "t2"}),
        (Need.AS_ASSESSED, {"assessed_text": None}),
        (Need.AS_CLEARED, {"text": "t2"}),
        (Need.AS_CLEARED, {"cleared_text": None}),
        (Need.CHANGED, {"text": "t1"}),
        (Need.MUST_ASK, {"assessed": PASSING}),
        (Need.MUST_ASK, {"assessed": None}),
        (Need.PASSES, {"today": ASKING}),
        (Need.PASSES, {"today": REFUSING}),
        (Need.PASSES, {"today": None}),
        (Need.PASSES, {"today": attrs.evolve(PASSING, said={"meeting": "exact"})}),
        (Need.PASSES, {"dated_ahead": True}),
        (Need.CONDITIONS, {"today": attrs.evolve(PASSING, conditions=("it holds",)), "because": ""}),
        (Need.SECOND_PERSON, {"authors": ("chief",)}),
        (Need.BRIEFED, {"unbriefed": "nobody has been briefed"}),
    ],
)
def test_whatever_a_move_needs_and_lacks_is_in_the_way(need: Need, broken: dict[str, Any]) -> None:
    needing = [m for m in MOVES if need in m.needs]

    found = [in_the_way(m, facts(**{**suited(m), **broken})) for m in needing]

    assert needing
    assert all(found)


def test_the_picture_has_every_edge_and_no_other() -> None:
    picture = lifecycle_picture()

    assert sorted(picture.edges) == sorted((m.start.value, m.to.value) for m in MOVES if m.start)
    assert picture.first == ["draft"]


@pytest.mark.parametrize("name", figures())
def test_the_drawn_table_is_current(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == figures()[name], "run `python -m experiments.moves`"


# --- two persons ------------------------------------------------------------------------------------------

CLEARING = move(Stage.ASSESSED, Stage.CLEARED)
assert CLEARING is not None

SPELLINGS = [
    "officer-7",
    "Officer 7",
    " OFFICER_7 ",
    "officer7",
    "7 officer",
    "o f f i c e r 7",
    "0fficer-7",
    "оfficer-7",  # noqa: RUF001 (a Cyrillic letter)
    "οfficer-7",  # noqa: RUF001 (a Greek letter)
    "officer\u200b-7",
    "ofﬁcer-7",
    "officer-７",  # noqa: RUF001 (a wide figure)
    "öfficer-7",
]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_nobody_clears_their_own_proposal_under_another_spelling(spelled: str) -> None:
    (found,) = in_the_way(CLEARING, facts(by=spelled))

    assert "nobody clears what they proposed themselves" in found


@pytest.mark.parametrize(
    ("one", "other"),
    [("John Smith", "Smith, John"), ("J. Smith", "John Smith"), ("John A. Smith", "Smith"), ("José Núñez", "Nunez J")],
)
def test_whoever_may_be_the_same_person_is_taken_to_be(one: str, other: str) -> None:
    assert in_the_way(CLEARING, facts(by=other, authors=(one,)))


@pytest.mark.parametrize(
    ("one", "other"), [("officer-7", "officer-8"), ("officer-1", "officer-10"), ("A. Gray", "B. Gray")]
)
def test_two_persons_are_two(one: str, other: str) -> None:
    assert not may_be_one(one, other)
    assert in_the_way(CLEARING, facts(by=other, authors=(one,))) == ()


def test_two_declared_officers_are_two_persons_however_alike_their_names() -> None:
    pair = frozenset({"officer-7", "officer-7-deputy"})

    assert in_the_way(CLEARING, facts(by="officer-7-deputy"))
    assert in_the_way(CLEARING, facts(by="officer-7-deputy", declared=pair)) == ()
    assert in_the_way(CLEARING, facts(by="officer-7", declared=pair))


def test_where_one_is_enough_one_clears() -> None:
    assert in_the_way(CLEARING, facts(by="officer-7", two_required=False)) == ()


def test_a_name_of_nothing_is_nobody_else() -> None:
    assert may_be_one("---", "officer-7")
    assert not look_alike("---", "officer-7")


# --- against the answer -----------------------------------------------------------------------------------


def test_an_authority_decides_against_the_answer_with_a_reason() -> None:
    against = facts(today=ASKING, assessed=ASKING, cleared=None, cleared_text=None, override=True)

    assert in_the_way(CLEARING, against) == ()
    assert in_the_way(CLEARING, attrs.evolve(against, because=""))
    assert in_the_way(CLEARING, attrs.evolve(against, duties=frozenset({Duty.CLEAR})))


def test_nobody_overrides_harm_to_a_person() -> None:
    harmful = attrs.evolve(REFUSING, harms=True)
    against = facts(today=harmful, assessed=harmful, cleared=None, cleared_text=None, override=True)

    (found,) = in_the_way(CLEARING, against)

    assert "a person could come to harm" in found


def test_what_was_overridden_is_released_only_as_long_as_the_answer_is_no_worse() -> None:
    releasing = move(Stage.CLEARED, Stage.RELEASED)
    assert releasing is not None

    assert in_the_way(releasing, facts(cleared=ASKING, today=ASKING)) == ()
    assert in_the_way(releasing, facts(cleared=ASKING, today=REFUSING))
    assert in_the_way(releasing, facts(cleared=ASKING, today=attrs.evolve(ASKING, consult=("C", "D"))))


def test_a_condition_that_has_come_since_holds_the_release() -> None:
    releasing = move(Stage.CLEARED, Stage.RELEASED)
    assert releasing is not None
    conditional = Verdict(kind=Kind.ALLOW_IF, said=PASSING.said, conditions=("it is ours to give",))
    more = attrs.evolve(conditional, conditions=(*conditional.conditions, "nobody is named"))

    assert in_the_way(releasing, facts(cleared=conditional, today=conditional)) == ()
    assert in_the_way(releasing, facts(cleared=conditional, today=more)) == ("nobody has signed that nobody is named",)


# --- what a journal tells ---------------------------------------------------------------------------------


def test_an_entry_is_where_the_last_move_led() -> None:
    entries: list[Entry] = [moved(Stage.DRAFT), moved(Stage.ASSESSED)]

    assert stage([]) is None
    assert stage([*entries, Viewed(at=NOON, by="x", text="t1", view=Kind.ASK)]) is Stage.ASSESSED


def test_whoever_has_a_changed_text_assessed_vouches_for_the_change() -> None:
    entries = [
        moved(Stage.DRAFT),
        moved(Stage.ASSESSED, by="reader"),
        moved(Stage.ASSESSED, by="editor", text="t2"),
        moved(Stage.ASSESSED, by="chief", text="t2"),
    ]

    assert authors(entries) == ("officer-7", "editor")


def test_a_proposer_taken_out_of_the_case_stays_one() -> None:
    entries = [moved(Stage.DRAFT), moved(Stage.ASSESSED, by="x", text="t2", proposer="somebody else")]

    assert "officer-7" in authors(entries)


def test_a_view_counts_as_first_only_before_the_answer_to_the_same_text() -> None:
    before = Viewed(at=NOON, by="a", text="t1", view=Kind.ASK)
    after = Viewed(at=NOON, by="b", text="t1", view=Kind.ASK)
    anew = Viewed(at=NOON, by="c", text="t2", view=Kind.ASK)

    assert first_views([before, moved(Stage.ASSESSED), after, anew]) == (before, anew)


def test_a_better_answer_is_set_against_the_first_worse_one_not_the_last() -> None:
    refused = moved(Stage.ASSESSED, verdict=REFUSING)
    again = moved(Stage.ASSESSED, verdict=REFUSING, text="t2")

    assert worse_before([refused, again], PASSING) is refused
    assert worse_before([refused, again], REFUSING) is None
    assert worse_before([moved(Stage.ASSESSED, verdict=ASKING)], attrs.evolve(ASKING, value=4.0)) is not None


HONEST = (
    moved(Stage.DRAFT),
    moved(Stage.ASSESSED, minutes=1),
    moved(Stage.CLEARED, by="chief", minutes=2),
    moved(Stage.RELEASED, by="liaison", minutes=3),
)
LATER = NOON + dt.timedelta(hours=1)


def test_what_can_have_happened_has_no_fault() -> None:
    assert faults(HONEST, LATER) == ()


@pytest.mark.parametrize(
    ("forged", "number", "fault"),
    [
        ([*HONEST[:2], attrs.evolve(HONEST[2], by="Officer 7"), HONEST[3]], 3, "proposed themselves"),
        ([*HONEST[:2], attrs.evolve(HONEST[2], text="t2")], 3, "another text than was assessed"),
        ([*HONEST[:3], attrs.evolve(HONEST[3], text="t2")], 4, "another text than was cleared"),
        ([HONEST[0], HONEST[2]], 2, "cannot become cleared"),
        ([HONEST[1]], 1, "nothing cannot become assessed"),
        ([HONEST[0], HONEST[3], HONEST[1]], 3, "before that of the entry above"),
        ([HONEST[0], attrs.evolve(HONEST[1], at=LATER + dt.timedelta(days=1))], 2, "has not come yet"),
        ([*HONEST[:2], HONEST[3]], 3, "cannot become released"),
    ],
)
def test_what_cannot_have_happened_is_found(forged: list[Entry], number: int, fault: str) -> None:
    found = faults(forged, LATER)

    assert [place for place, text in found if fault in text] == [number]
