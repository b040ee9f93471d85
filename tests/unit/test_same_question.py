"""What must be as it was before a search is spared, each thing by itself."""

import attrs

from small_case import claim, small_case, with_proposal, yes
from tearline.assess.recommend import Recommendation, recommend
from tearline.assess.replay import replay
from tearline.assess.same_question import SameQuestion
from tearline.assess.search import Effort
from tearline.domain import (
    Answer,
    Case,
    ClaimId,
    Interval,
    Listing,
    Party,
    Purpose,
    Source,
    SourceKind,
    Trust,
    VersionId,
)

FIRST = {ClaimId("meeting"): VersionId("exact")}
"""The narrower proposal: only the first of two claims."""


def two_claims(**second: object) -> Case:
    """The small case with a second claim, of the same source unless it says otherwise."""
    further = attrs.evolve(claim(id="second"), **second)
    agreed = attrs.evolve(yes("C", "exact"), covers={"meeting": "exact", "second": "exact"})
    case = small_case(claims=(claim(), further), consents=(agreed,))
    return with_proposal(case, claims={"meeting": None, "second": None})


def is_asked_of_the_first(case: Case) -> bool:
    return SameQuestion(case, recommend(case)).is_asked(FIRST)


def test_a_claim_less_of_the_same_source_is_the_same_question() -> None:
    assert is_asked_of_the_first(two_claims())


def test_another_partner_who_must_be_asked_makes_another_question() -> None:
    theirs = Source(id="d", kind=SourceKind.HUMAN, owner="A", joint_with=("C", "D"), depends_on=("s",))
    case = two_claims(sources=("d",))
    agreed = attrs.evolve(yes("D", "exact"), covers={"second": "exact"})
    case = attrs.evolve(
        case,
        parties=(*case.parties, Party(id="D", handling=Trust.SOUND)),
        sources=(*case.sources, theirs),
        consents=(*case.consents, agreed),
    )

    assert not is_asked_of_the_first(case)


def test_a_stricter_kind_of_source_makes_another_question() -> None:
    stricter = Source(id="t", kind=SourceKind.HUMAN, owner="A", joint_with=("C",), depends_on=("s",))
    case = two_claims(sources=("t",))
    signals = attrs.evolve(case.sources[0], kind=SourceKind.SIGNALS)

    assert not is_asked_of_the_first(attrs.evolve(case, sources=(signals, stricter), secrets=()))


def test_a_source_of_its_own_makes_another_question() -> None:
    case = two_claims(sources=("t",))
    theirs = Source(id="t", kind=SourceKind.HUMAN, owner="A", joint_with=("C",))

    assert not is_asked_of_the_first(attrs.evolve(case, sources=(*case.sources, theirs)))


def test_an_answer_that_depends_on_who_else_is_asked_makes_another_question() -> None:
    case = two_claims(sources=("s", "d"))
    theirs = Source(id="d", kind=SourceKind.HUMAN, owner="D")
    refused = attrs.evolve(yes("C", "exact"), to=("D",), answer=Answer.NO)
    case = attrs.evolve(
        case,
        parties=(*case.parties, Party(id="D", hostile=True)),
        sources=(*case.sources, theirs),
        consents=(*case.consents, refused),
    )

    assert not is_asked_of_the_first(case)


def test_what_is_missing_from_a_list_makes_another_question() -> None:
    listed = Listing(id="list", items=("meeting", "second"), complete=Interval.exactly(0.3))

    assert not is_asked_of_the_first(attrs.evolve(two_claims(), lists=(listed,)))


def test_a_reader_who_knows_already_makes_another_question() -> None:
    theirs = Source(id="s", kind=SourceKind.HUMAN, owner="A", joint_with=("B", "C"))
    ours = Source(id="t", kind=SourceKind.HUMAN, owner="A", joint_with=("C",), depends_on=("s",))

    assert not is_asked_of_the_first(attrs.evolve(two_claims(sources=("t",)), sources=(theirs, ours)))


def test_a_search_that_was_cut_short_spares_none() -> None:
    case = two_claims()
    made = recommend(case, Effort(stop=lambda: True))

    assert not made.recommended.tearline.proved
    assert not SameQuestion(case, made).is_asked(FIRST)


def test_ties_that_were_left_open_spare_no_search() -> None:
    case = two_claims()
    found = attrs.evolve(recommend(case).now, is_canonical=False)
    made = Recommendation(now=found, agreed=found, recommended=found, over_the_limits=False)

    assert not SameQuestion(case, made).is_asked(FIRST)


def waiting_for_an_answer() -> Case:
    """C must be asked about the first claim, which depends on the source of the second, and has not answered.

    The second may go today, but alone it is not worth sending.
    """
    case = two_claims(sources=("t",))
    plain = Source(id="t", kind=SourceKind.SIGNALS, owner="A")
    (joint,) = case.sources
    sources = (attrs.evolve(joint, depends_on=("t",)), plain)
    return with_proposal(attrs.evolve(case, sources=sources, consents=()), minimum_value=4.0)


def test_what_may_go_today_must_be_the_same_question_where_it_is_passed_over() -> None:
    case = waiting_for_an_answer()
    made = recommend(case)

    assert made.recommended is made.agreed is not made.now
    assert not SameQuestion(case, made).is_asked(FIRST)


def test_what_waits_for_an_answer_can_be_the_same_question() -> None:
    case = attrs.evolve(two_claims(), consents=())
    made = recommend(case)

    assert made.recommended is made.agreed is not made.now
    assert SameQuestion(case, made).is_asked(FIRST)


def test_passed_over_for_a_search_that_was_cut_short_it_spares_none() -> None:
    case = attrs.evolve(two_claims(), consents=())
    made = recommend(case)
    cut_short = attrs.evolve(made.now, tearline=attrs.evolve(made.now.tearline, proved=False))

    assert not SameQuestion(case, attrs.evolve(made, now=cut_short)).is_asked(FIRST)


def test_under_a_duty_to_warn_every_search_is_run_again() -> None:
    case = with_proposal(two_claims(), purpose=Purpose.WARNING)

    found = replay(case, recommend(case))

    assert found.searched == found.replays > 0


def test_where_the_question_is_the_same_no_search_is_run_again() -> None:
    case = two_claims()

    found = replay(case, recommend(case))

    assert found.searched == 0 < found.replays
    assert found.holds
