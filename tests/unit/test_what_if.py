"""Trying a text: the same figures as the answer has for the text that it recommends, and what stands in the way."""

import pytest

from tearline import cases
from tearline.assess import assess
from tearline.assess.what_if import what_if
from tearline.domain import Case, ClaimId, PartyId, Refuse, VersionId
from tearline.errors import InputError
from tearline.exposure.worlds import Gate

PLOT, CONVOY = ClaimId("plot"), ClaimId("convoy")


@pytest.fixture(scope="module")
def essay() -> Case:
    """The worked example."""
    return cases.open_shipped("essay").case


@pytest.mark.parametrize("name", cases.names())
def test_the_recommended_text_comes_out_as_the_answer_has_it(name: str) -> None:
    case = cases.open_shipped(name).case
    found = assess(case)
    if isinstance(found.decision, Refuse) or case.owes_warning:
        return  # nothing goes, or it goes beyond the limits

    tried = what_if(case, found.tearline.versions)

    assert tried.value == found.tearline.value
    assert not tried.stopped
    assert {r.listener: r.lines for r in tried.readers} == {r.listener: r.lines for r in found.readers}


@pytest.mark.parametrize("name", cases.names())
def test_what_is_in_the_way_of_a_more_exact_version_stops_it_here_too(name: str) -> None:
    case = cases.open_shipped(name).case
    found = assess(case)

    for obstacle in found.obstacles:
        if not case.claim(obstacle.claim).version(obstacle.version).needs:
            tried = what_if(case, {**found.tearline.versions, obstacle.claim: obstacle.version})

            assert tried.stopped


def test_words_that_are_too_exact_break_the_limits_that_the_answer_names(essay: Case) -> None:
    tried = what_if(essay, {PLOT: VersionId("target")})

    assert tried.value == 8
    assert {breach.gate for breach in tried.breaches} == {Gate.BELIEF, Gate.TOP_SUSPECT}
    assert tried.ask == (PartyId("C"),)


def test_nothing_said_changes_nothing(essay: Case) -> None:
    tried = what_if(essay, {})

    assert (tried.value, tried.serves, tried.stopped, tried.ask) == (0, False, False, ())
    assert all(line.before == line.after for reader in tried.readers for line in reader.lines)


def test_a_claim_that_is_not_proposed_can_be_tried(essay: Case) -> None:
    tried = what_if(essay, {CONVOY: VersionId("exact"), PLOT: VersionId("warning")})

    assert [said.claim for said in tried.said] == [CONVOY, PLOT]
    assert tried.stopped


@pytest.mark.parametrize(("claim", "version"), [("plto", "exact"), ("plot", "exakt")])
def test_what_the_case_does_not_have_is_named_with_what_it_has(essay: Case, claim: str, version: str) -> None:
    with pytest.raises(InputError, match=f"`{'plto' if claim == 'plto' else 'exakt'}`.*there is"):
        what_if(essay, {ClaimId(claim): VersionId(version)})
