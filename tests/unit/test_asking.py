"""What a question tells besides its words, and what a round about everything takes away."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from small_case import TODAY, small_case, with_proposal
from tearline.assess import assess
from tearline.assess.asking import enough, pointed
from tearline.domain import (
    Ask,
    Budget,
    Case,
    Consulted,
    Interval,
    LeakPath,
    Party,
    Passage,
    Question,
    Secret,
    SecretKind,
)


def read_by_x(asked_anyway: float = 0.0, limit: float = 0.6, **changes: object) -> Case:
    """C's mail may be read by X, who should not come to believe that C is involved."""
    base = small_case()
    involved = Secret(
        id="c-involved",
        of="s",
        kind=SecretKind.PARTNER,
        party="C",
        given={"insiders": 0.5, "staff": 0.1},
        budget=Budget(belief=limit),
    )
    how = Consulted(asked_anyway=Interval.exactly(asked_anyway), **changes)
    parties = tuple(attrs.evolve(p, consulted=how) if p.id == "C" else p for p in base.parties)
    mail = LeakPath(giver="C", to="X", how=Passage.PENETRATION, probability=Interval.between(0.1, 0.3))
    return attrs.evolve(base, parties=parties, secrets=(*base.secrets, involved), leak_paths=(mail,))


def pointing(case: Case) -> float:
    """How far X believes that C is involved once it knows that C was asked."""
    (reader,) = assess(case).asked[0].asking.readers
    assert reader.reader == "X"
    return reader.asked


def test_asked_only_where_it_must_be_the_question_makes_it_certain() -> None:
    assert pointing(read_by_x()) == 1.0


def test_asked_about_everything_the_question_tells_nothing() -> None:
    (reader,) = assess(read_by_x(1.0)).asked[0].asking.readers

    assert reader.asked == pytest.approx(reader.words)


def test_the_wider_the_round_the_less_a_question_points() -> None:
    beliefs = [pointing(read_by_x(share)) for share in (0.0, 0.1, 0.3, 0.6, 1.0)]

    assert beliefs == sorted(beliefs, reverse=True)


def test_where_the_question_alone_breaks_a_limit_it_must_go_in_a_round() -> None:
    found = assess(read_by_x())

    assert isinstance(found.decision, Ask)
    (condition,) = [c for c in found.decision.conditions if "not asked for this report alone" in c]
    assert "X that C is involved, up to 100%" in condition


def test_the_round_that_the_answer_asks_for_is_wide_enough() -> None:
    (reader,) = assess(read_by_x()).asked[0].asking.readers
    assert reader.enough is not None

    found = assess(read_by_x(reader.enough + 1e-9))

    assert isinstance(found.decision, Ask)
    assert not any("not asked for this report alone" in c for c in found.decision.conditions)


def test_who_cannot_read_the_mail_learns_nothing_from_it() -> None:
    sealed = attrs.evolve(read_by_x(), leak_paths=())
    trusted = tuple(attrs.evolve(p, handling=None) if p.id == "C" else p for p in sealed.parties)
    remote = LeakPath(giver="C", to="X", how=Passage.ONWARD, probability=Interval.between(0.0, 0.02))

    found = assess(attrs.evolve(sealed, parties=trusted, leak_paths=(remote,)))

    assert found.asked[0].asking.readers == ()


def test_what_is_out_already_has_told_what_it_tells() -> None:
    out = Question(party="C", on=TODAY, covers={"meeting": "exact"}, to=("B",))

    found = assess(attrs.evolve(read_by_x(), questions=(out,)))

    assert found.asked[0].asking.readers == ()
    assert found.asked[0].asked_on == TODAY


def test_the_next_round_is_the_day_to_ask_and_the_answer_is_due_from_there() -> None:
    soon = TODAY + dt.timedelta(days=4)

    asking = assess(read_by_x(next_round=soon, answers_in=3)).asked[0].asking

    assert (asking.on, asking.answer_by) == (soon, soon + dt.timedelta(days=3))


def test_a_round_that_is_over_is_none() -> None:
    assert assess(read_by_x(next_round=TODAY - dt.timedelta(days=1))).asked[0].asking.on == TODAY


@pytest.mark.parametrize(("days", "late"), [(5, False), (6, True)])
def test_an_answer_that_comes_after_the_harm_is_too_late(days: int, late: bool) -> None:
    case = with_proposal(read_by_x(answers_in=days), harm_by=TODAY + dt.timedelta(days=5))

    assert assess(case).asked[0].asking.too_late is late


def test_the_question_holds_the_words_the_recipient_and_the_day_and_names_nobody_else() -> None:
    base = read_by_x(answers_in=3)
    parties = (*base.parties, Party(id="D", name="State D"))
    shared = tuple(attrs.evolve(source, joint_with=("C", "D")) for source in base.sources)

    found = assess(attrs.evolve(base, parties=parties, sources=shared))

    assert {asked.party for asked in found.asked} == {"C", "D"}
    for asked in found.asked:
        letter = " ".join(asked.question)
        assert "They meet this week." in letter
        assert "They meet at nine." not in letter
        assert "State D" not in letter
        assert "meeting" not in letter
        assert "vague" not in letter


@pytest.mark.parametrize(("belief", "limit"), [(0.2, 0.25), (0.01, 0.35), (0.35, 0.35), (0.0, 0.1)])
def test_what_is_enough_keeps_the_limit_and_nothing_less_does(belief: float, limit: float) -> None:
    share = enough(belief, limit)

    assert share is not None
    assert pointed(belief, share) <= limit + 1e-12
    assert share == 0 or pointed(belief, share * 0.99) > limit


def test_what_a_question_tells_is_what_counting_rounds_gives() -> None:
    """Of 100 reports 20 rest on something of theirs; they are asked about those and about 30 of the others."""
    theirs, others, asked_of_others = 20, 80, 30

    exact = Fraction(theirs, theirs + asked_of_others)

    assert pointed(theirs / (theirs + others), asked_of_others / others) == pytest.approx(float(exact), abs=1e-15)


def test_where_the_words_alone_pass_a_limit_no_round_is_wide_enough() -> None:
    assert enough(0.4, 0.35) is None
