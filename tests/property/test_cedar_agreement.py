"""Another engine decides the same: Cedar on the fragment that both languages have."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_policies import policies, situations
from oracle.cedar_policies import cedar_request, cedar_text
from tearline.cases.policies import policy_names, shipped_policy
from tearline.domain import RuleId
from tearline.domain.rules import Effect, OneOf, Policy, PolicyRule
from tearline.domain.vocabulary import ATTRIBUTES, Situation
from tearline.policy.rules import ruling

cedarpy = pytest.importorskip("cedarpy", reason="cedarpy is missing: no second opinion on rules")

SHARED = (Effect.PERMIT, Effect.FORBID)
REVIEW = dt.date(2027, 11, 20)


def cedar_says(policy: Policy, of: Situation) -> tuple[bool, set[str]]:
    """Whether Cedar lets it go, and the rules that decided it."""
    result = cedarpy.is_authorized(cedar_request(of), cedar_text(policy), [])
    assert result.diagnostics.errors == []
    return result.allowed, set(result.diagnostics.id_annotations_by_reason.values())


@settings(max_examples=300)
@given(st.data())
def test_cedar_decides_the_same_for_the_same_rules(data: st.DataObject) -> None:
    policy = data.draw(policies(effects=SHARED))
    of = data.draw(situations(policy, stated=True))

    found = ruling(policy, of)
    allowed, because_of = cedar_says(policy, of)

    deciding = Effect.FORBID if found.barred else Effect.PERMIT
    assert found.goes == allowed
    assert {each.rule.id for each in found.rules if each.applies and each.rule.effect is deciding} == because_of


@pytest.mark.parametrize("name", policy_names())
@settings(max_examples=50)
@given(data=st.data())
def test_cedar_decides_the_same_for_the_shipped_policies(name: str, data: st.DataObject) -> None:
    shipped = shipped_policy(name)
    policy = attrs.evolve(shipped, rules=tuple(rule for rule in shipped.rules if rule.effect in SHARED))
    of = data.draw(situations(policy, stated=True))

    allowed, _ = cedar_says(policy, of)

    assert ruling(policy, of).goes == allowed


def test_where_cedar_skips_a_forbid_that_it_cannot_evaluate_ours_applies() -> None:
    permit = PolicyRule(id=RuleId("p"), effect=Effect.PERMIT, text="p", owner="o", review=REVIEW)
    form = OneOf(ATTRIBUTES["form"], frozenset({"release"}))
    forbid = PolicyRule(id=RuleId("f"), effect=Effect.FORBID, text="f", owner="o", review=REVIEW, when=form)
    policy = Policy(name="doubt", rules=(permit, forbid))

    result = cedarpy.is_authorized(cedar_request({}), cedar_text(policy), [])

    assert result.allowed
    assert not ruling(policy, {}).goes
