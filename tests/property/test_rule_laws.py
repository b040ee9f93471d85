"""Laws of rules: deny overrides, order means nothing, what is unknown never widens, fast ways agree with slow ones."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import any_case
from generated_policies import ASKED, policies, rules, situations, values_of
from oracle.all_situations import Tables, all_situations
from tearline.assess.admission import admissions
from tearline.domain.rules import Effect, Policy
from tearline.domain.vocabulary import Situation
from tearline.policy.cells import Cells
from tearline.policy.columns import Column, Decider, Outcome
from tearline.policy.review import Fault, review
from tearline.policy.rules import Ruling, ruling
from tearline.policy.why import Explainer, Means


def outcome(found: Ruling) -> Outcome:
    """The outcome of a ruling."""
    if not found.goes:
        return Outcome.REFUSED
    return Outcome.CONDITIONAL if found.demands else Outcome.ALLOWED


@given(st.data())
def test_another_forbid_or_demand_never_lets_more_go(data: st.DataObject) -> None:
    policy = data.draw(policies())
    more = data.draw(rules(99, ASKED, (Effect.FORBID, Effect.REQUIRE)))
    stricter = attrs.evolve(policy, rules=(*policy.rules, more))
    of = data.draw(situations(stricter))

    assert outcome(ruling(stricter, of)) <= outcome(ruling(policy, of))


@given(st.data())
def test_another_permit_never_forbids_more(data: st.DataObject) -> None:
    policy = data.draw(policies())
    more = data.draw(rules(99, ASKED, (Effect.PERMIT,)))
    wider = attrs.evolve(policy, rules=(*policy.rules, more))
    of = data.draw(situations(wider))

    assert outcome(ruling(wider, of)) >= outcome(ruling(policy, of))


@given(st.data())
def test_the_order_of_rules_means_nothing(data: st.DataObject) -> None:
    policy = data.draw(policies())
    of = data.draw(situations(policy))
    shuffled = attrs.evolve(policy, rules=tuple(data.draw(st.permutations(policy.rules))))

    assert outcome(ruling(shuffled, of)) == outcome(ruling(policy, of))


@given(st.data())
def test_what_is_unknown_never_widens(data: st.DataObject) -> None:
    policy = data.draw(policies())
    of = data.draw(situations(policy))
    less = {key: data.draw(st.sampled_from([value, None])) for key, value in of.items()}

    assert outcome(ruling(policy, less)) <= outcome(ruling(policy, of))


@settings(max_examples=40)
@given(st.data())
def test_a_policy_admits_nothing_that_the_built_in_rules_keep_back(data: st.DataObject) -> None:
    case = data.draw(any_case())
    ruled = attrs.evolve(case, policy=data.draw(policies()))

    for with_it, without in zip(admissions(ruled), admissions(case), strict=True):
        assert set(with_it.forbidden) >= set(without.forbidden)
        assert set(with_it.conditions) >= set(without.conditions)
        assert with_it.unasked == without.unasked


@given(st.data())
def test_a_policy_without_a_permit_lets_nothing_go(data: st.DataObject) -> None:
    policy = data.draw(policies(effects=(Effect.FORBID, Effect.REQUIRE)))

    assert not ruling(policy, data.draw(situations(policy))).goes


@given(st.data())
def test_the_fast_way_decides_as_the_slow_one(data: st.DataObject) -> None:
    policy = data.draw(policies())
    of = data.draw(situations(policy))

    assert Decider(policy).decide(of) == outcome(ruling(policy, of))


@settings(max_examples=50)
@given(st.data())
def test_columns_decide_as_one_by_one(data: st.DataObject) -> None:
    policy = data.draw(policies())
    count = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 3)))
    where = {a.key: data.draw(st.sampled_from(["records", "partners", "pairs", "nowhere"])) for a in policy.attributes}
    sizes = {"records": count[0], "partners": count[1], "pairs": count[0] * count[1]}
    columns: dict[str, dict[str, Column]] = {"records": {}, "partners": {}, "pairs": {}}
    held: dict[str, list[Any]] = {}
    for attribute in policy.attributes:
        size = sizes.get(where[attribute.key], 0)
        held[attribute.key] = [data.draw(st.none() | values_of(attribute)) for _ in range(size)]
        if size:
            columns[where[attribute.key]][attribute.key] = Column.of(held[attribute.key])

    found = Decider(policy).decide_columns(**columns, count=count)

    for record, partner in np.ndindex(*count):
        places = {"records": record, "partners": partner, "pairs": record * count[1] + partner}
        of = {key: held[key][places[where[key]]] for key in held if where[key] in places}
        assert found[record, partner] == outcome(ruling(policy, of))


@settings(max_examples=50)
@given(policies(few=3, most=4))
def test_an_example_is_a_situation_that_there_can_be(policy: Policy) -> None:
    cells = Cells(policy)

    for of in all_situations(policy):
        those = dict(enumerate(cells.cells_of(of)))
        found = cells.situation({place: cell for place, cell in those.items() if cell is not None})

        assert dict(enumerate(cells.cells_of(found))) == those
        assert {key: found[key] for key in counted(policy)} == {key: of[key] for key in counted(policy)}


def counted(policy: Policy) -> list[str]:
    """What a policy counts of earlier releases."""
    return [attribute.key for attribute in policy.attributes if attribute.window is not None]


@settings(max_examples=50)
@given(policies(few=3, most=4))
def test_a_review_counts_what_listing_every_situation_counts(policy: Policy) -> None:
    table = Tables.of(policy)

    found = review(policy)

    assert (found.kinds, found.may_go, found.silent) == (table.possible, table.goes, table.silent)
    assert {f.rules[0] for f in found.findings if f.text.endswith("its condition cannot hold")} == table.never
    contradicting = {
        f.rules[0] for f in found.findings if f.fault is Fault.CONTRADICTION and "permits nothing" in f.text
    }
    assert contradicting == table.powerless
    changing_nothing = {
        f.rules[0] for f in found.findings if f.fault is Fault.UNREACHABLE and "it permits is" in f.text
    }
    assert changing_nothing == table.idle_permits


@settings(max_examples=50)
@given(policies(few=4, most=4))
def test_every_situation_given_as_a_gap_is_one(policy: Policy) -> None:
    cells = Cells(policy)
    looked = review(policy)

    gaps = [finding for finding in looked.findings if finding.fault is Fault.GAP]

    assert bool(gaps) == bool(looked.silent)
    for gap in gaps:
        (of,) = [s for s in all_situations(policy) if dict(gap.example) == spelled(cells, s)][:1]
        found = ruling(policy, of)
        assert not found.permitted
        assert not any(each.applies for each in found.rules if each.rule.effect is Effect.FORBID)


def spelled(cells: Cells, of: Any) -> dict[str, str]:
    """A situation in words."""
    return {a.key: a.spelled(of.get(a.key)) for a in cells.policy.attributes}


@settings(max_examples=60)
@given(st.data())
def test_with_the_changes_named_it_goes(data: st.DataObject) -> None:
    policy = data.draw(policies(few=4))
    of = data.draw(situations(policy))
    explainer = Explainer(policy)

    explained = explainer.explain(of)

    if explained.changes is None:
        assert not any(ruling(policy, each).goes for each in all_situations(policy))
    else:
        assert ruling(policy, explainer.after(of)).goes


PLAIN = tuple(attribute for attribute in ASKED if not attribute.sort.is_set)


@settings(max_examples=60)
@given(st.data())
def test_the_changes_named_touch_as_few_facts_as_any_that_do(data: st.DataObject) -> None:
    policy = data.draw(policies(asked=PLAIN, few=3))
    of = data.draw(situations(policy, stated=True))
    cells = Cells(policy)
    here = cells.cells_of(of)

    found = Explainer(policy).explain(of)

    def facts(then: Situation) -> int:
        changed = zip(cells.variables, here, cells.cells_of(then), strict=True)
        return sum(now != cell and not variable.attribute.chosen for variable, now, cell in changed)

    least = min((facts(then) for then in all_situations(policy) if ruling(policy, then).goes), default=None)
    touched = [change for change in found.changes or () if change.means is Means.FACT]
    assert (len(touched) if found.changes is not None else None) == least
