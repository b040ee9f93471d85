"""Laws of clearance: what each rule may do where it meets the others."""

import datetime as dt
from collections.abc import Callable, Mapping

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearance_cases import OTHER, TAINTS, clearances
from generated_cases import RECIPIENT
from tearline.assess import assess
from tearline.assess.admission import Admission, admissions
from tearline.assess.answer import Lever
from tearline.assess.apart import flagged
from tearline.assess.decide import limits_of_use
from tearline.assess.routes import candidates
from tearline.assess.ruled import why
from tearline.assess.waiting import on_day
from tearline.domain import Answer, Case, PartyKind, Refuse
from tearline.policy import equities, rules, taint
from tearline.policy.equities import Standing

Standings = Mapping[tuple[str, str], Admission]
# Cases with everything in them take long to draw on a busy machine.
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def standings(case: Case) -> Standings:
    return {(found.claim, found.version): found for found in admissions(case)}


def admits_no_more(narrow: Case, wide: Case) -> None:
    """Nothing is admitted in the first case, today or once everybody agreed, that is not in the second."""
    found, before = standings(narrow), standings(wide)
    assert all(before[words].today for words, one in found.items() if one.today)
    assert all(before[words].if_asked for words, one in found.items() if one.if_asked)


def proposing(case: Case, claim: str, version: str) -> Case:
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims={claim: version}))


# --- what is entailed ----------------------------------------------------------------------------------------


@MANY
@given(clearances())
def test_words_meet_every_rule_that_what_they_imply_would_meet_alone(case: Case) -> None:
    for (claim, version), found in standings(case).items():
        for other, rank in case.entails(claim, case.claim(claim).rank(version)).items():
            words = case.claim(other).versions[rank].id
            alone = standings(proposing(case, other, words))[other, words]
            assert alone.if_asked or not found.if_asked
            assert alone.today or not found.today
            assert set(alone.conditions) <= set(found.conditions)


@MANY
@given(clearances(), st.data())
def test_one_more_implication_admits_no_more(case: Case, data: st.DataObject) -> None:
    claim, other = data.draw(st.sampled_from(case.claims)), data.draw(st.sampled_from(case.claims))
    words = data.draw(st.sampled_from(other.versions)).id
    first = attrs.evolve(claim.versions[0], implies={**claim.versions[0].implies, other.id: words})
    if words != claim.versions[0].implies.get(other.id, words) or other is claim:
        return
    changed = attrs.evolve(claim, versions=(first, *claim.versions[1:]))
    more = attrs.evolve(case, claims=tuple(changed if one is claim else one for one in case.claims))

    admits_no_more(more, case)


@FEW
@given(clearances())
def test_marks_and_caveats_of_all_that_is_told_travel(case: Case) -> None:
    found = assess(case)

    if not case.for_oversight and not isinstance(found.decision, Refuse):
        told, limits = found.tearline.versions, limits_of_use(case, found.tearline)
        marked = any(taint.marks(case, case.claim(claim)) for claim in case.told_by(told))
        assert (taint.TRAVELS in limits) == marked


# --- every rule only takes away ------------------------------------------------------------------------------


@MANY
@given(clearances(), st.data())
def test_an_answer_that_is_taken_back_or_never_came_or_is_a_no_admits_no_more(case: Case, data: st.DataObject) -> None:
    if not case.consents:
        return
    place = data.draw(st.integers(0, len(case.consents) - 1))
    one, rest = case.consents[place], [c for n, c in enumerate(case.consents) if n != place]
    yes = attrs.evolve(one, answer=Answer.YES, withdrawn=None, until=None)
    given = attrs.evolve(case, consents=(*rest, yes), questions=(), urgent=None)
    today = case.as_of or one.on

    for worse in (attrs.evolve(yes, withdrawn=today), attrs.evolve(yes, until=today - dt.timedelta(days=1)), None):
        less = attrs.evolve(given, consents=(*rest, worse) if worse else tuple(rest))
        before = standings(given)
        later = [c for c in rest if c.party == one.party and c.on > one.on]
        if not later:
            assert all(before[w].today for w, found in standings(less).items() if found.today and worse is not None)
    no = attrs.evolve(one, answer=Answer.NO, withdrawn=None, until=None)
    assert sum(a.today for a in admissions(attrs.evolve(given, consents=(*given.consents, no)))) <= sum(
        a.today for a in admissions(given)
    )


@MANY
@given(clearances(), st.data())
def test_a_mark_admits_no_more(case: Case, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(TAINTS))
    one = data.draw(st.sampled_from(case.claims))
    marked = attrs.evolve(case, claims=tuple(attrs.evolve(c, tainted=mark) if c is one else c for c in case.claims))
    admits_no_more(
        marked, attrs.evolve(case, claims=tuple(attrs.evolve(c, tainted=None) if c is one else c for c in case.claims))
    )


@MANY
@given(clearances())
def test_a_policy_admits_no_more_than_none(case: Case) -> None:
    admits_no_more(case, attrs.evolve(case, policy=None))


@MANY
@given(clearances())
def test_an_override_lets_nothing_go_that_somebody_has_answered(case: Case) -> None:
    without = standings(attrs.evolve(case, urgent=None))

    for (claim, version), found in standings(case).items():
        if found.today and not without[claim, version].today:
            for other, rank in case.entails(claim, case.claim(claim).rank(version)).items():
                for stake in equities.stakes(case, case.claim(other)):
                    stands = equities.standing(case, stake, case.claim(other).versions[rank].id)
                    assert stands is Standing.AGREED or stands.is_silence


UNSAID: tuple[Callable[[Case], Case], ...] = (
    lambda case: attrs.evolve(case, as_of=None),
    lambda case: attrs.evolve(case, claims=tuple(attrs.evolve(c, sources=()) for c in case.claims)),
    lambda case: attrs.evolve(case, claims=(*case.claims[:-1], attrs.evolve(case.claims[-1], sources=()))),
    lambda case: attrs.evolve(case, claims=tuple(attrs.evolve(c, credibility=None, type=None) for c in case.claims)),
    lambda case: attrs.evolve(case, parties=tuple(attrs.evolve(p, handling=None, use=None) for p in case.parties)),
    lambda case: attrs.evolve(
        case, claims=tuple(attrs.evolve(c, persons=None if c.persons == () else c.persons) for c in case.claims)
    ),
)


@MANY
@given(clearances(), st.sampled_from(UNSAID))
def test_what_a_policy_keeps_back_it_keeps_back_where_less_is_said(case: Case, unsay: Callable[[Case], Case]) -> None:
    unsaid = unsay(case)
    for claim, less in zip(case.claims, unsaid.claims, strict=True):
        for version in claim.versions:
            if rules.refused(case, claim, version):
                assert rules.refused(unsaid, less, version)


# --- what a page says of it ----------------------------------------------------------------------------------


@FEW
@given(clearances())
def test_why_names_a_rule_for_whatever_is_kept_back_and_for_nothing_else(case: Case) -> None:
    if case.for_oversight:
        return
    for ruled in why(case).claims:
        forbids = {rule.rule for rule in ruled.built_in if rule.does == "forbids"}
        asks = {rule.rule for rule in ruled.built_in if rule.does == "asks"}
        barred = ruled.policy is not None and not ruled.policy.ruling.goes
        assert ruled.forbidden == (bool(forbids) or barred)
        assert ruled.today == (not ruled.forbidden and not asks)


@FEW
@given(clearances())
def test_whoever_else_is_advised_may_be_told(case: Case) -> None:
    found = assess(case)

    for way in found.better:
        for other in candidates(case):
            if way.lever is Lever.ROUTE and way.text.startswith(f"tell {case.party(other).label} instead"):
                assert not isinstance(assess(case.told_to(other)).decision, Refuse)


@FEW
@given(clearances())
def test_on_the_day_that_is_given_the_rules_admit_the_whole_text(case: Case) -> None:
    found = assess(case)
    said = {} if isinstance(found.decision, Refuse) else found.tearline.versions

    for timing in found.timings:
        if timing.safe_from:
            then, text = on_day(case, timing.safe_from), {**said, timing.claim: timing.version}
            admitted = standings(then)
            assert all(admitted[words].if_asked for words in text.items())
            assert not any(one.bars for one in flagged(then, text))


@MANY
@given(clearances())
def test_nothing_stands_between_us_and_who_oversees_us(case: Case) -> None:
    parties = tuple(attrs.evolve(p, kind=PartyKind.OVERSIGHT) if p.id == RECIPIENT else p for p in case.parties)
    overseen = attrs.evolve(case, parties=parties)

    if overseen.for_oversight:
        assert all(found.today and not found.conditions for found in admissions(overseen))
        assert flagged(overseen, {claim.id: claim.versions[0].id for claim in case.claims}) == ()


@MANY
@given(clearances())
def test_before_another_recipient_nobody_has_been_promised_or_decided_anything(case: Case) -> None:
    other = case.told_to(OTHER)

    people = [person for claim in other.claims for person in claim.persons or ()]
    assert not any(person.authority or person.assurances for person in people)
    assert (other.proposal.answers, other.proposal.approvals, other.proposal.agreement) == ((), (), None)
