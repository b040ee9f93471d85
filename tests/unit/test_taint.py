"""Marks on material that may have been got by torture or against the law: they follow, whoever passes it on."""

import attrs
import pytest

from small_case import WIDE, small_case, with_claim, with_proposal, with_source, yes
from tearline.assess import assess
from tearline.cases import read, template
from tearline.domain import (
    AllowIf,
    Case,
    Claim,
    Party,
    PartyKind,
    Permission,
    Refuse,
    Rule,
    Source,
    SourceKind,
    Taint,
    Version,
    Wrong,
)
from tearline.errors import CaseFileError
from tearline.policy import taint

CONFESSION = Taint(how=Wrong.TORTURE, why="a statement made in a prison known for it")
DECIDED = attrs.evolve(CONFESSION, authority="the minister")
AGREED = small_case(consents=(yes("C", "exact"),))


def worked_out(case: Case) -> Case:
    """The case with an assessment of ours, from no source of its own, worked out from its claim, proposed instead."""
    analysis = Claim(
        id="assessment",
        derived_from=("meeting",),
        persons=(),
        versions=(Version(id="only", text="We judge that they will meet.", value=5.0, known=WIDE),),
    )
    return with_proposal(attrs.evolve(case, claims=(*case.claims, analysis)), claims={"assessment": None})


def test_a_mark_on_a_source_is_a_mark_on_its_claims() -> None:
    case = with_source(AGREED, tainted=CONFESSION)

    assert taint.marks(case, case.claims[0]) == (CONFESSION,)


def test_a_mark_follows_what_depends_on_the_source() -> None:
    method = Source(id="s", kind=SourceKind.SIGNALS, owner="A", depends_on=("prisoner",))
    prisoner = Source(id="prisoner", kind=SourceKind.HUMAN, owner="A", tainted=CONFESSION)
    case = small_case(sources=(method, prisoner))

    assert taint.marks(case, case.claims[0]) == (CONFESSION,)


def test_a_mark_follows_into_what_was_worked_out_from_it() -> None:
    case = worked_out(with_claim(AGREED, tainted=CONFESSION))

    assert taint.marks(case, case.claims[1]) == (CONFESSION,)


def test_a_partner_who_passes_it_on_does_not_launder_it() -> None:
    """Recommendation 15 of the Arar inquiry: what comes from such a place is to be identified as such."""
    prisoner = Source(id="prisoner", kind=SourceKind.HUMAN, owner="X", tainted=CONFESSION)
    liaison = Source(id="s", kind=SourceKind.LIAISON, owner="C", depends_on=("prisoner",))
    case = small_case(sources=(liaison, prisoner))

    assert taint.marks(case, case.claims[0]) == (CONFESSION,)


def test_a_clean_source_beside_it_takes_no_mark_off() -> None:
    clean = Source(id="clean", kind=SourceKind.OPEN, owner="A")
    case = with_source(AGREED, tainted=CONFESSION)
    both = with_claim(attrs.evolve(case, sources=(*case.sources, clean)), sources=("s", "clean"))

    assert taint.marks(both, both.claims[0]) == (CONFESSION,)


def test_stakes_follow_into_what_was_worked_out_too() -> None:
    case = worked_out(small_case())

    assert case.stakeholders(case.claims[1]) == {"C": False}
    assert not any("ours to give" in condition for condition in assess(case).decision.conditions)


def test_nobody_has_decided_so_nothing_goes_whoever_agrees_and_whatever_it_is_worth() -> None:
    case = with_source(AGREED, tainted=CONFESSION)

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert "may have been got by torture" in found.decision.reasons[0].text
    assert found.outgoing is None
    assert {r.rule for o in found.obstacles for r in o.reasons} == {Rule.TAINTED}


def test_what_the_authority_has_decided_about_goes_with_its_mark() -> None:
    case = with_source(AGREED, tainted=DECIDED)

    found = assess(case)

    assert isinstance(found.decision, AllowIf)
    assert any("the minister" in condition for condition in found.decision.conditions)
    assert found.marks[0].made_on == "s"


def test_the_mark_travels_with_the_text_and_does_not_tell_how_it_was_got() -> None:
    from tearline.assess.decide import limits_of_use

    case = with_source(AGREED, tainted=DECIDED)
    found = assess(case)

    limits = limits_of_use(case, found.tearline)

    assert taint.TRAVELS in limits
    assert not any("torture" in limit for limit in limits)


@pytest.mark.parametrize("how", Wrong)
def test_what_torture_may_have_yielded_is_no_evidence_whoever_has_decided(how: Wrong) -> None:
    """UN Convention against Torture, article 15."""
    marked = with_source(AGREED, tainted=attrs.evolve(DECIDED, how=how))
    case = with_proposal(marked, allows=(Permission.EVIDENCE,))

    refused = taint.refused(case, case.claims[0])

    assert bool(refused) == (how is Wrong.TORTURE)


def test_what_torture_may_have_yielded_is_not_published_as_fact() -> None:
    press = Party(id="press", kind=PartyKind.PUBLIC)
    marked = with_source(AGREED, tainted=DECIDED)
    case = with_proposal(attrs.evolve(marked, parties=(*marked.parties, press)), to="press")

    assert taint.refused(case, case.claims[0])


def test_a_file_says_where_a_mark_was_made() -> None:
    case = read(template("full")).case

    assert case.claim("place").tainted == Taint(
        how=Wrong.UNLAWFUL, why="how the list was got is in doubt", authority="the minister"
    )
    assert [t.authority for t in taint.marks(case, case.claim("place"))] == ["the minister", "the minister"]


def test_a_claim_is_not_worked_out_from_itself() -> None:
    broken = template("full").replace(
        "    event: meeting                  #", "    derived_from: [place]\n    event: meeting #"
    )

    with pytest.raises(CaseFileError) as wrong:
        read(broken)

    assert any("worked out from itself" in problem.message for problem in wrong.value.problems)
