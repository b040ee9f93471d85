"""Laws of asking: a question points no less than its words, a wider round takes from that, and none lets more go."""

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import PARTNER, RECIPIENT, TODAY, cases
from tearline.assess import assess
from tearline.assess.asking import enough, pointed
from tearline.domain import Allow, AllowIf, Case, Question

beliefs = st.just(0.0) | st.floats(1e-9, 1)
limits = st.floats(0.01, 0.99)


@given(beliefs, beliefs, beliefs)
def test_a_question_never_lowers_a_belief_and_a_wider_round_never_raises_it(p: float, one: float, other: float) -> None:
    narrow, wide = sorted((one, other))

    assert p - 1e-12 <= pointed(p, wide) <= pointed(p, narrow) + 1e-12 <= 1 + 2e-12


@given(beliefs, limits)
def test_a_round_is_enough_exactly_where_the_limit_is_kept(p: float, limit: float) -> None:
    share = enough(p, limit)

    assert (share is None) == (p > limit)
    if share is not None:
        assert 0 <= share <= 1 + 1e-12
        assert pointed(p, share) <= limit + 1e-9


@settings(max_examples=25)
@given(cases(), st.integers(-3, 3))
def test_a_question_that_is_out_never_lets_more_go(case: Case, days: int) -> None:
    covers = {claim.id: claim.versions[0].id for claim in case.claims}
    asked = dt.timedelta(days=5)
    out = Question(party=PARTNER, on=TODAY - asked, covers=covers, to=(RECIPIENT,), due=TODAY + dt.timedelta(days=days))

    before, after = assess(case), assess(attrs.evolve(case, questions=(out,)))

    if isinstance(after.decision, Allow | AllowIf):
        assert isinstance(before.decision, Allow | AllowIf)
        assert after.tearline.value <= before.tearline.value


@settings(max_examples=25)
@given(cases())
def test_a_question_holds_only_the_words_that_it_is_about(case: Case) -> None:
    found = assess(case)

    for asked in found.asked:
        said = dict(asked.covers)
        texts = {case.claim(claim).version(version).text for claim, version in said.items()}
        quoted = {line.strip("“”") for line in asked.question if line.startswith("“")}
        assert quoted == texts
