"""Laws of warnings, over generated cases: who is told how much, what a waiver or an override may do, what is owed."""

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import HOSTILE, PARTNER, RECIPIENT, TODAY, US, cases
from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.urgent.clock import Act
from tearline.assess.urgent.owed import beyond_the_limits
from tearline.assess.urgent.plan import Plan, plan
from tearline.domain import (
    Authorities,
    Authority,
    Case,
    Finding,
    Ground,
    Override,
    Party,
    Permission,
    Purpose,
    Question,
    Refuse,
    Tests,
    ToWarn,
    Urgency,
    VersionId,
    Waiver,
)
from tearline.domain.names import ClaimId

VICTIM = "victim"
NOW = dt.datetime.combine(TODAY, dt.time(8, tzinfo=dt.UTC))
BOSS, REVIEWER, STRANGER = "the boss", "the reviewer", "a stranger"
NAMED = Authorities(waive=Authority(who=BOSS), override=Authority(who=BOSS), oversight=Authority(who=REVIEWER))

SOUND_WAIVER = Waiver(
    on=NOW,
    ground=Ground.ATTACKER,
    because="a reason",
    harm="harm",
    by=BOSS,
    reviewer=REVIEWER,
    review_on=NOW + dt.timedelta(hours=1),
)
"""A waiver in which no rule finds a fault."""

waivers = st.builds(
    attrs.evolve,
    st.just(SOUND_WAIVER),
    ground=st.sampled_from(Ground),
    by=st.sampled_from([BOSS, STRANGER]),
    reviewer=st.sampled_from([REVIEWER, BOSS, ""]),
    review_on=st.sampled_from([SOUND_WAIVER.review_on, None]),
) | st.sampled_from(Ground).map(lambda ground: attrs.evolve(SOUND_WAIVER, ground=ground))
some_waiver = st.builds(attrs.evolve, waivers, of=st.sampled_from([(), (VICTIM,)]))

overrides = st.builds(
    Override,
    on=st.just(NOW),
    party=st.just(PARTNER),
    by=st.sampled_from([BOSS, BOSS, BOSS, STRANGER]),
    because=st.just("nobody answers"),
)


def mostly(usual: object, *others: object) -> st.SearchStrategy[object]:
    """The usual thing three times out of four."""
    return st.sampled_from([usual] * 3 * len(others) + [*others])


urgencies = st.builds(
    Urgency,
    at=st.just(NOW.timetz()),
    tests=mostly(Tests(), Tests(specific=Finding(holds=False, by=STRANGER))),
    seen_by=mostly((BOSS, REVIEWER), (REVIEWER,), ()),
    authorities=mostly(NAMED, Authorities()),
    to_warn=mostly((ToWarn(id=VICTIM),), (ToWarn(id=VICTIM, through=US),), (ToWarn(id=VICTIM, enough=3.0),), ()),
    waivers=st.lists(some_waiver, max_size=1).map(tuple),
    overrides=st.lists(overrides, max_size=1).map(tuple),
)


@st.composite
def questions(draw: st.DrawFn, case: Case) -> Question:
    """The partner was asked, perhaps for less than is proposed, and has time to answer or has not."""
    asked = {claim.id: draw(st.sampled_from([version.id for version in claim.versions])) for claim in case.claims}
    return Question(
        party=PARTNER,
        on=TODAY - dt.timedelta(days=5),
        covers=asked,
        to=(RECIPIENT, VICTIM),
        due=draw(st.sampled_from([None, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)])),
        permissions=draw(st.sampled_from([(), tuple(Permission)])),
    )


@st.composite
def warnings(draw: st.DrawFn, most_claims: int = 1) -> Case:
    """A generated case as a warning, with somebody in danger who is a party of their own."""
    case = draw(cases(most_claims=most_claims, most_groups=3))
    urgent = draw(urgencies)
    urgent = attrs.evolve(urgent, waivers=tuple(w for w in urgent.waivers if not w.of or urgent.to_warn))
    tomorrow, yesterday = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)
    harm = draw(st.sampled_from([tomorrow, tomorrow, yesterday, None]))
    return attrs.evolve(
        case,
        as_of=TODAY,
        parties=(*case.parties, Party(id=VICTIM)),
        urgent=urgent,
        questions=tuple(draw(st.lists(questions(case), max_size=1))),
        proposal=attrs.evolve(case.proposal, purpose=Purpose.WARNING, harm_of_silence="deaths", harm_by=harm),
    )


def exactness(case: Case, said: dict[ClaimId, VersionId], claim: ClaimId) -> int:
    """How exactly a claim is said: larger is more exact, 0 is not at all."""
    return len(case.claim(claim).versions) - case.claim(claim).rank(said[claim]) if claim in said else 0


def without(found: Plan) -> set[str]:
    """Whom a waiver that stands leaves unwarned."""
    every = {each.victim.id for each in found.seconds} | {RECIPIENT}
    return {who for each in found.waivers if each.stands for who in (each.waiver.of or every)}


@settings(max_examples=12)
@given(warnings(most_claims=2))
def test_whoever_tells_those_in_danger_is_told_at_least_as_much(case: Case) -> None:
    found = plan(case)

    for second in found.seconds:
        if second.through == RECIPIENT and second.found is not None:
            first, then = found.first.tearline.versions, second.found.tearline.versions
            assert all(exactness(case, then, c) <= exactness(case, first, c) for c in then)


@settings(max_examples=12)
@given(warnings())
def test_the_second_text_passes_no_limit_unless_somebody_signs(case: Case) -> None:
    for found in plan(case).told:
        broken = [line for r in found.readers if r.listener.binds for line in r.lines if line.broken]
        assert not broken or beyond_the_limits(found)


@settings(max_examples=12)
@given(warnings())
def test_after_a_waiver_nothing_goes_to_whom_it_is_about(case: Case) -> None:
    found = plan(case)

    told = {each.case.proposal.to for each in found.told if not isinstance(each.decision, Refuse)}
    assert told.isdisjoint(without(found))
    assert not any(each.outgoing for each in found.told if each.case.proposal.to in without(found))


@settings(max_examples=12)
@given(warnings())
def test_a_waiver_that_does_not_stand_changes_nothing(case: Case) -> None:
    found = plan(case)
    assert case.urgent is not None
    never = plan(attrs.evolve(case, urgent=attrs.evolve(case.urgent, waivers=())))

    if not any(each.stands for each in found.waivers):
        assert found.first.decision == never.first.decision
        assert [each.found and each.found.decision for each in found.seconds] == [
            each.found and each.found.decision for each in never.seconds
        ]


@settings(max_examples=12)
@given(warnings(), st.sampled_from([(), (REVIEWER,), (STRANGER,)]))
def test_no_waiver_stands_whose_maker_has_not_seen_the_evidence(case: Case, seen: tuple[str, ...]) -> None:
    assert case.urgent is not None
    blind = attrs.evolve(case, urgent=attrs.evolve(case.urgent, seen_by=seen))

    assert not any(each.stands for each in plan(blind).waivers)


@settings(max_examples=12)
@given(warnings())
def test_without_a_named_authority_an_override_changes_nothing(case: Case) -> None:
    assert case.urgent is not None
    nobody = attrs.evolve(case.urgent, authorities=Authorities(), waivers=())
    plain = attrs.evolve(nobody, overrides=())

    assert same(assess(attrs.evolve(case, urgent=nobody)), assess(attrs.evolve(case, urgent=plain)))


def same(one: Assessment, other: Assessment) -> bool:
    return one.decision == other.decision and one.tearline == other.tearline


@settings(max_examples=12)
@given(warnings())
def test_an_override_lets_go_nothing_that_a_consent_would_not(case: Case) -> None:
    assert case.urgent is not None
    bare = attrs.evolve(case.urgent, overrides=(), waivers=())
    made = attrs.evolve(bare, authorities=NAMED, overrides=(Override(on=NOW, party=PARTNER, by=BOSS, because="x"),))

    before = assess(attrs.evolve(case, urgent=bare, questions=()))
    after = assess(attrs.evolve(case, urgent=made))

    if isinstance(before.decision, Refuse):
        assert isinstance(after.decision, Refuse)
    assert PARTNER not in [asked.party for asked in after.asked] or before.asked != ()


@settings(max_examples=12)
@given(warnings())
def test_something_is_owed_for_a_rule_set_aside_if_and_only_if_one_was(case: Case) -> None:
    found = plan(case)

    going = [each for each in found.told if not isinstance(each.decision, Refuse)]
    overridden = any("answers for acting without" in c for each in going for c in conditions(each))
    waived = any(each.stands for each in found.waivers)
    over = any(beyond_the_limits(each) for each in going)
    assert any(each.set_aside for each in found.owed) == (overridden or waived or over)


def conditions(found: Assessment) -> tuple[str, ...]:
    return getattr(found.decision, "conditions", ())


@settings(max_examples=12)
@given(warnings())
def test_nothing_is_owed_if_and_only_if_nothing_goes_and_nothing_was_waived(case: Case) -> None:
    found = plan(case)

    going = any(not isinstance(each.decision, Refuse) for each in found.told)
    waived = any(each.stands for each in found.waivers)
    assert bool(found.owed) == (going or waived)


@settings(max_examples=12)
@given(warnings())
def test_no_step_comes_before_the_one_above_it_and_the_last_is_at_the_harm(case: Case) -> None:
    timed = plan(case).clock

    by = [step.by for step in timed.steps if step.by is not None]
    assert by == sorted(by)
    if timed.steps and timed.harm is not None:
        assert timed.steps[-1].act is Act.TAKE_COVER
        assert timed.steps[-1].by == timed.harm


@settings(max_examples=8)
@given(cases(most_claims=1, most_groups=3))
def test_a_case_that_says_nothing_of_urgency_decides_as_with_an_empty_one(case: Case) -> None:
    assert same(assess(case), assess(attrs.evolve(case, urgent=Urgency())))


@settings(max_examples=8)
@given(warnings())
def test_no_hostile_party_is_proposed_to_carry_a_warning(case: Case) -> None:
    assert HOSTILE not in [place.party for place in plan(case).places]
