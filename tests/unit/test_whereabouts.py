"""Who, where and when: what is harmless sentence by sentence lets somebody lay hands on a person together."""

import attrs
import pytest

from small_case import TODAY, WIDE, claim, small_case, with_proposal
from tearline.assess import assess
from tearline.assess.card import card
from tearline.assess.frontiers import frontier
from tearline.cases import read, template
from tearline.domain import (
    Aspect,
    Case,
    Claim,
    Given,
    Harm,
    Person,
    Purpose,
    Refuse,
    Risk,
    Rule,
    Source,
    SourceKind,
    Version,
)
from tearline.errors import CaseFileError
from tearline.policy.whereabouts import located

SAFE = dict.fromkeys(Harm, Risk.NONE)
KILLED = {**SAFE, Harm.KILLING: Risk.REAL}


def sentence(name: str, aspect: Aspect, value: float, person: str = "courier") -> Claim:
    """A claim in one version that tells one thing about somebody, and that many could know."""
    version = Version(id="said", text=f"Sentence {name}.", value=value, known=WIDE, tells={person: (aspect,)})
    return Claim(id=name, sources=("s",), persons=(), versions=(version,))


def three(risk: dict[Harm, Risk] = KILLED, **changes: object) -> Case:
    """Three sentences, none of which identifies anybody; the third says so of the man it is about."""
    courier = Person(id="courier", risk=risk, versions=("never",), **changes)
    who, where, when = (
        sentence(name, aspect, value)
        for (name, aspect, value) in (
            ("who", Aspect.IDENTITY, 3.0),
            ("where", Aspect.PLACE, 5.0),
            ("when", Aspect.TIME, 4.0),
        )
    )
    listed = attrs.evolve(who, persons=(attrs.evolve(courier, versions=("exact",)),))
    exact = Version(id="exact", text="His name.", value=9.0, known=WIDE, tells={"courier": (Aspect.IDENTITY,)})
    who = attrs.evolve(listed, versions=(exact, *who.versions))
    case = small_case(
        claims=(who, where, when),
        sources=(Source(id="s", kind=SourceKind.OPEN, owner="A"),),
    )
    return with_proposal(case, claims={"who": "said", "where": None, "when": None})


def said(case: Case) -> set[str]:
    return {s.claim for s in assess(case).tearline.said if s.version}


def test_two_of_three_go_and_the_third_is_left_untold() -> None:
    assert said(three()) == {"where", "when"}


def test_the_third_is_refused_with_the_claims_that_tell_the_rest() -> None:
    found = assess(three())

    (obstacle,) = [o for o in found.obstacles if o.claim == "who"]

    assert [reason.rule for reason in obstacle.reasons] == [Rule.PERSON_HARM]
    assert "who (`who`), where (`where`), when (`when`)" in obstacle.reasons[0].text


def test_any_two_of_them_go_alone() -> None:
    for claims in ({"who": "said", "where": None}, {"where": None, "when": None}, {"who": "said", "when": None}):
        assert said(with_proposal(three(), claims=claims)) == set(claims)


def test_what_the_recipient_was_told_before_counts() -> None:
    told = Given(to=("B",), on=TODAY, claims={"who": "said", "when": "said"})
    case = with_proposal(attrs.evolve(three(), given=(told,)), claims={"where": None})

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert found.obstacles[0].reasons[0].rule is Rule.PERSON_HARM


def test_what_another_was_told_does_not_count_for_the_recipient() -> None:
    told = Given(to=("C",), on=TODAY, claims={"who": "said", "when": "said"})
    case = with_proposal(attrs.evolve(three(), given=(told,)), claims={"where": None})

    assert said(case) == {"where"}


def test_where_nobody_fears_anything_somebody_must_accept_it_all_the_same() -> None:
    found = assess(three(SAFE))

    assert {s.claim for s in found.tearline.said if s.version} == {"who", "where", "when"}
    assert any("accepts that the text tells of person courier who" in c for c in found.decision.conditions)


def test_with_the_decision_of_an_authority_it_may_go_once_that_is_on_record() -> None:
    found = assess(three(authority="the court"))

    assert {s.claim for s in found.tearline.said if s.version} == {"who", "where", "when"}
    assert any("the court" in condition for condition in found.decision.conditions)


def test_a_person_of_whom_nobody_has_judged_anything_faces_anything() -> None:
    assert said(three({})) == {"where", "when"}


def test_what_the_recipient_has_already_may_be_said_again() -> None:
    told = Given(to=("B",), on=TODAY, claims={"who": "said", "where": "said", "when": "said"})
    case = attrs.evolve(three(), given=(told,))

    assert located(case, {"who": 1, "where": 0, "when": 0}, {"who": 1, "where": 0, "when": 0}) == ()


def test_a_duty_to_warn_takes_it_apart_too() -> None:
    case = with_proposal(three(), purpose=Purpose.WARNING)

    found = assess(case)

    assert {s.claim for s in found.tearline.said if s.version} != {"who", "where", "when"}


def test_the_frontier_locates_nobody_either() -> None:
    points = frontier(three())

    assert all(len([s for s in point.said if s.version]) <= 2 for point in points)
    assert max(point.value for point in points) == 9.0


def test_exact_words_tell_what_vague_ones_tell() -> None:
    case = three()
    exact = {"who": 0, "where": 0, "when": 0}

    (found,) = located(case, exact, {})

    assert found.fresh == frozenset(Aspect)


def test_what_words_imply_is_told_with_them() -> None:
    base = three()
    hint = Version(id="only", text="The usual place.", value=1.0, known=WIDE, implies={"where": "said"})
    case = attrs.evolve(base, claims=(*base.claims, Claim(id="hint", sources=("s",), persons=(), versions=(hint,))))

    (found,) = located(case, {"who": 1, "hint": 0, "when": 0}, {})

    assert found.brings[Aspect.PLACE] == ("hint",)


def test_the_answer_shows_the_person_and_what_would_change_it() -> None:
    (account,) = assess(three()).people

    assert account.person == "courier"
    assert account.bars
    assert account.located is not None


def test_a_file_lists_everybody_of_whom_words_tell_something() -> None:
    broken = template("full").replace("tells: {courier: place}", "tells: {curier: place}")

    with pytest.raises(CaseFileError, match=r"no claim lists a person `curier`.*did you mean `courier`"):
        read(broken)


def test_one_person_has_one_authority() -> None:
    second = "    persons: [{id: courier, authority: somebody else}]\n    versions:\n      town:"
    broken = template("full").replace("    persons: []\n    versions:\n      town:", second)

    with pytest.raises(CaseFileError, match="another `authority` in `plan`"):
        read(broken)


def test_a_claim_that_tells_all_three_alone_is_flagged_although_nobody_listed_the_person_there() -> None:
    everything = {"courier": (Aspect.IDENTITY, Aspect.PLACE, Aspect.TIME)}
    telling = attrs.evolve(claim(), versions=tuple(attrs.evolve(v, tells=everything) for v in claim().versions[:1]))
    listed = Claim(
        id="other",
        persons=(Person(id="courier", risk=KILLED, versions=("only",)),),
        versions=(Version(id="only", text="Who he is.", value=1.0),),
    )
    case = small_case(claims=(telling, listed))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert any(reason.text.startswith("Together it tells of person courier") for reason in found.decision.reasons)


def test_the_card_says_of_the_step_that_would_complete_it_why_it_is_barred() -> None:
    found = card(three())

    (step,) = [step for step in found.steps if step.claim == "who"]
    assert [reason.rule for reason in step.reasons] == [Rule.PERSON_HARM]
