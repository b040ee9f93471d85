"""Laws of decisions, over generated cases."""

import itertools
import json

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import any_case
from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.frontiers import frontier
from tearline.domain import Allow, AllowIf, Answer, Ask, Case, Permission, Refuse, Rule
from tearline.exchange.answer import encode


def is_duty_to_warn(found: Assessment) -> bool:
    return Rule.DUTY_TO_WARN in {reason.rule for reason in found.decision.reasons}


@settings(max_examples=20)
@given(any_case())
def test_a_text_that_is_let_go_breaks_no_limit_of_any_reader_that_binds(case: Case) -> None:
    found = assess(case)

    broken = [line for r in found.readers if r.listener.binds for line in r.lines if line.broken]
    assert not broken or is_duty_to_warn(found)


@settings(max_examples=20)
@given(any_case())
def test_every_decision_comes_with_what_its_kind_owes(case: Case) -> None:
    found = assess(case)

    match found.decision:
        case Refuse() as refusal:
            assert refusal.owner
            assert refusal.harm_of_silence
            assert refusal.reasons
            assert not is_duty_to_warn(found)
        case Ask() as ask:
            assert ask.consult
            assert {c.party for c in found.asked} == set(ask.consult)
            assert found.tearline.value > 0
        case AllowIf() as conditional:
            assert conditional.conditions
            assert found.tearline.value > 0
        case Allow():
            assert found.tearline.value > 0


@settings(max_examples=20)
@given(any_case())
def test_words_leave_the_house_only_when_allowed(case: Case) -> None:
    found = assess(case)

    assert (found.outgoing is not None) == isinstance(found.decision, Allow)


def may_go(found: Assessment) -> float:
    """The worth of what may go without asking anybody, inside every limit."""
    asks_nobody = isinstance(found.decision, Allow | AllowIf) and not is_duty_to_warn(found)
    return found.tearline.value if asks_nobody else 0.0


@settings(max_examples=20)
@given(any_case())
def test_taking_a_yes_away_never_lets_more_go(case: Case) -> None:
    refusals = tuple(consent for consent in case.consents if consent.answer is Answer.NO)
    without = attrs.evolve(case, consents=refusals)

    assert may_go(assess(without)) <= may_go(assess(case))


@settings(max_examples=20)
@given(any_case(), st.sampled_from(Permission))
def test_permitting_more_never_lets_more_go(case: Case, permission: Permission) -> None:
    more = attrs.evolve(case.proposal, allows=tuple({*case.proposal.allows, permission}))

    assert may_go(assess(attrs.evolve(case, proposal=more))) <= may_go(assess(case))


@settings(max_examples=20)
@given(any_case())
def test_the_answer_is_json_and_the_same_every_time(case: Case) -> None:
    once, again = encode(assess(case)), encode(assess(case))

    assert once == again
    assert json.loads(once)["tearline_answer"] == 1


@settings(max_examples=20)
@given(any_case())
def test_the_search_proves_what_it_says_on_small_cases(case: Case) -> None:
    found = assess(case)

    if not is_duty_to_warn(found):
        assert found.tearline.proved
        assert found.tearline.upper_bound == found.tearline.value


@settings(max_examples=20)
@given(any_case())
def test_no_point_of_the_frontier_beats_another_and_the_best_that_may_go_is_on_it(case: Case) -> None:
    points = frontier(case)

    assert all(one.value < other.value and one.load < other.load for one, other in itertools.pairwise(points))
    inside = [point.value for point in points if point.load <= 1]
    found = assess(attrs.evolve(case, proposal=attrs.evolve(case.proposal, minimum_value=None)))
    if isinstance(found.decision, Ask):
        assert max(inside) == found.tearline.value
