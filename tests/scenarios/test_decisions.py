"""Stories: one small situation, and how the decision turns with what is known, agreed and allowed."""

import datetime as dt
from typing import Any

import attrs
import pytest

from small_case import TODAY, claim, small_case, with_claim, with_proposal, with_source, yes
from tearline.assess import assess, recommend
from tearline.assess.answer import Lever
from tearline.assess.search import Best, best
from tearline.domain import (
    AgreedUse,
    Allow,
    AllowIf,
    Answer,
    Ask,
    Budget,
    Case,
    Cover,
    Form,
    Given,
    Group,
    Harm,
    Interval,
    LeakPath,
    Party,
    PartyKind,
    Passage,
    Permission,
    Person,
    Purpose,
    Refuse,
    Risk,
    Rule,
    Secret,
    SecretKind,
    Source,
    SourceKind,
    Trust,
    access,
)
from tearline.domain.defaults import REVIEW_AFTER_DAYS
from tearline.exposure.budgets import person_limits
from tearline.exposure.worlds import Gate

AGREED = small_case(consents=(yes("C", "exact"),))


def said(case: Case) -> dict[str, str | None]:
    return {s.claim: s.version for s in assess(case).tearline.said}


def test_a_stake_nobody_was_asked_about_makes_ask_and_names_what_they_could_stop() -> None:
    found = assess(small_case())

    assert isinstance(found.decision, Ask)
    assert found.decision.consult == ("C",)
    assert found.asked[0].covers == (("meeting", "vague"),)
    assert found.asked[0].could_stop == ("training",)
    assert found.outgoing is None


def test_with_consent_the_best_safe_version_goes_and_nothing_more() -> None:
    found = assess(AGREED)

    assert isinstance(found.decision, Allow)
    assert said(AGREED) == {"meeting": "vague"}
    assert found.outgoing is not None
    assert found.outgoing.words == ("They meet this week.",)
    assert found.tearline.proved
    assert found.tearline.upper_bound == found.tearline.value == 3


def test_why_not_more_names_version_limit_and_reader() -> None:
    (obstacle,) = assess(AGREED).obstacles

    assert (obstacle.claim, obstacle.version) == ("meeting", "exact")
    assert {b.reader for b in obstacle.breaches} == {"B", "X"}
    assert Gate.TOP_SUSPECT in {b.gate for b in obstacle.breaches}
    assert all(b.reached > b.limit or b.gate is Gate.CROWD for b in obstacle.breaches)


def test_removing_the_consent_turns_allow_into_ask() -> None:
    assert isinstance(assess(attrs.evolve(AGREED, consents=())).decision, Ask)


def test_a_no_refuses_with_owner_review_day_and_the_harm_of_silence() -> None:
    decision = assess(attrs.evolve(AGREED, consents=(yes("C", "vague", answer=Answer.NO),))).decision

    assert isinstance(decision, Refuse)
    assert decision.owner == "officer-1"
    assert decision.review_on == TODAY + dt.timedelta(days=REVIEW_AFTER_DAYS)
    assert decision.harm_of_silence == "an ambush"


def test_a_refusal_is_reviewed_before_the_day_after_which_it_is_worthless() -> None:
    case = with_proposal(
        attrs.evolve(AGREED, consents=(yes("C", answer=Answer.NO),)), harm_by=TODAY + dt.timedelta(days=3)
    )

    decision = assess(case).decision

    assert isinstance(decision, Refuse)
    assert decision.review_on == TODAY + dt.timedelta(days=3)


def tightened(**budget: float) -> Case:
    return attrs.evolve(AGREED, secrets=(Secret(id="who", of="s", kind=SecretKind.PERSON, budget=Budget(**budget)),))


def test_where_no_version_is_safe_the_routine_answer_is_refuse() -> None:
    decision = assess(tightened(top_suspect=0.0001)).decision

    assert isinstance(decision, Refuse)
    assert decision.reasons[0].rule is Rule.NOTHING_USEFUL
    assert Rule.EXPOSURE in {reason.rule for reason in decision.reasons}


def test_a_duty_to_warn_still_goes_in_the_least_telling_version_and_somebody_signs() -> None:
    case = with_proposal(tightened(top_suspect=0.0001), purpose=Purpose.WARNING)

    found = assess(case)

    assert isinstance(found.decision, AllowIf)
    assert Rule.DUTY_TO_WARN in {reason.rule for reason in found.decision.reasons}
    assert said(case) == {"meeting": "vague"}
    assert any(line.broken for reader in found.readers for line in reader.lines)
    assert found.outgoing is None


def test_a_warning_that_nothing_depends_on_is_no_duty() -> None:
    case = with_proposal(tightened(top_suspect=0.0001), purpose=Purpose.WARNING, harm_of_silence="")

    assert isinstance(assess(case).decision, Refuse)


def test_what_is_already_over_may_stay_but_not_get_worse() -> None:
    told = (Given(to=("B",), on=dt.date(2026, 1, 1), claims={"meeting": "exact"}),)
    case = attrs.evolve(tightened(top_suspect=0.0001), given=told)
    again = with_proposal(case, claims={"meeting": "exact"})

    found = assess(again)

    top = [line for reader in found.readers for line in reader.lines if line.gate is Gate.TOP_SUSPECT]
    assert all(line.over_before and not line.broken for line in top)


def test_telling_what_the_recipient_has_already_is_worth_nothing() -> None:
    told = (Given(to=("B",), on=dt.date(2026, 1, 1), claims={"meeting": "vague"}),)

    found = assess(attrs.evolve(AGREED, given=told))

    assert isinstance(found.decision, Refuse)
    assert found.tearline.value == 0


def test_a_text_below_the_stated_minimum_is_not_sent() -> None:
    assert isinstance(assess(with_proposal(AGREED, minimum_value=3.0)).decision, Allow)
    assert isinstance(assess(with_proposal(AGREED, minimum_value=3.5)).decision, Refuse)


def test_a_proposal_may_ask_for_no_more_than_a_version() -> None:
    trusted = tuple(attrs.evolve(p, handling=Trust.SOUND) for p in AGREED.parties if p.id != "X")
    unguarded = attrs.evolve(AGREED, readers=(), parties=trusted)
    vague = with_proposal(unguarded, claims={"meeting": "vague"})

    assert said(unguarded) == {"meeting": "exact"}
    assert said(vague) == {"meeting": "vague"}


HARMED = Person(id="p7", risk={**dict.fromkeys(Harm, Risk.NONE), Harm.TORTURE: Risk.REAL})


def test_harm_to_a_person_refuses_whatever_the_value_and_whatever_the_duty() -> None:
    case = with_proposal(with_claim(AGREED, persons=(HARMED,)), purpose=Purpose.WARNING)

    decision = assess(case).decision

    assert isinstance(decision, Refuse)
    assert Rule.PERSON_HARM in {reason.rule for reason in decision.reasons}


def test_a_named_authority_makes_it_conditional() -> None:
    case = with_claim(AGREED, persons=(attrs.evolve(HARMED, authority="the minister"),))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert "the minister" in decision.conditions[0]


@pytest.mark.parametrize("permission", [Permission.DETAIN, Permission.LETHAL])
def test_harm_that_is_permitted_waits_for_the_authority_even_if_every_risk_is_judged_none(
    permission: Permission,
) -> None:
    safe = Person(id="p7", risk=dict.fromkeys(Harm, Risk.NONE), authority="the court")
    consents = tuple(attrs.evolve(c, permissions=(permission,)) for c in AGREED.consents)
    case = with_proposal(with_claim(attrs.evolve(AGREED, consents=consents), persons=(safe,)), allows=(permission,))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert "the court" in decision.conditions[0]


@pytest.mark.parametrize(("unstated", "named"), [({"persons": None}, "persons"), ({"sources": ()}, "sources")])
def test_what_nobody_has_stated_must_be_confirmed_first(unstated: dict[str, object], named: str) -> None:
    found = assess(with_claim(AGREED, **unstated))

    assert isinstance(found.decision, AllowIf)
    assert any(f"`{named}`" in condition for condition in found.decision.conditions)
    assert found.outgoing is None


def test_a_permission_that_nobody_agreed_to_is_asked_for_or_left_out() -> None:
    hidden = with_proposal(AGREED, allows=(Permission.ONWARD,))

    found = assess(hidden)

    assert isinstance(found.decision, Ask)
    (better,) = [b for b in found.better if b.lever is Lever.PERMISSION]
    assert better.text == "give no permission to pass it on"
    assert [s.version for s in better.said] == ["vague"]


def test_a_refusal_names_what_stands_in_the_way() -> None:
    declined = attrs.evolve(AGREED, consents=(yes("C", "vague", answer=Answer.NO),))
    too_tight = tightened(top_suspect=0.0001)
    too_little = with_proposal(AGREED, minimum_value=9.0)

    for case, named in ((declined, "said no"), (too_tight, "certain person"), (too_little, "less than 9")):
        found = assess(case)

        assert isinstance(found.decision, Refuse)
        assert named in found.decision.reasons[0].text
        assert found.asked == ()


def test_a_version_in_which_the_person_cannot_be_recognised_goes() -> None:
    case = with_claim(AGREED, persons=(attrs.evolve(HARMED, versions=("exact",)),))

    assert isinstance(assess(case).decision, Allow)
    assert said(case) == {"meeting": "vague"}


def test_dropping_a_permission_that_cannot_be_given_is_offered_as_the_better_answer() -> None:
    limit = AgreedUse(forbids=Permission.ONWARD, spelled="no onward")
    case = with_proposal(with_source(AGREED, agreed_use=(limit,)), allows=(Permission.ONWARD,))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    (better,) = [b for b in found.better if b.lever is Lever.PERMISSION]
    assert better.gain == 3


COVER = Cover(
    claims=("meeting",),
    version="exact",
    makes={"elsewhere": access("present")},
    what="a photograph in the newspaper",
    evidence="press-4",
)


def test_cover_counts_only_once_the_readers_have_seen_it() -> None:
    roomy = attrs.evolve(tightened(top_suspect=0.2, crowd=4, tries=0.9), cover=(COVER,))
    seen = attrs.evolve(roomy, cover=(attrs.evolve(COVER, seen_by=("X", "B"), on=TODAY),))
    tomorrow = attrs.evolve(roomy, cover=(attrs.evolve(COVER, seen_by=("X", "B"), on=TODAY + dt.timedelta(days=1)),))

    assert said(seen) == {"meeting": "exact"}
    assert said(roomy) == said(tomorrow) == {"meeting": "vague"}


def test_cover_not_yet_seen_is_offered_as_the_better_answer() -> None:
    roomy = attrs.evolve(tightened(top_suspect=0.2, crowd=4, tries=0.9), cover=(COVER,))

    (better,) = [b for b in assess(roomy).better if b.lever is Lever.COVER]

    assert better.gain is not None
    assert 0 < better.gain < 5  # 5 for the exact words, less what they lose in credibility
    assert "press-4" in better.text
    assert "credibility" in better.text


def test_an_action_is_seen_by_every_hostile_reader() -> None:
    case = with_proposal(AGREED, form=Form.ACTION)

    (reader,) = [r for r in assess(case).readers if r.listener.party.id == "X"]

    assert reader.listener.gets.lo == 1


def test_what_goes_out_names_no_party_claim_source_or_version() -> None:
    found = assess(AGREED)

    assert found.outgoing is not None
    text = " ".join(str(value) for value in attrs.asdict(found.outgoing).values())
    assert "C" not in text.split()
    assert "meeting" not in text
    assert "vague" not in text


def test_that_something_is_withheld_is_said_and_how_much_is_not() -> None:
    outgoing = assess(AGREED).outgoing

    assert outgoing is not None
    assert outgoing.withheld is True
    assert not any(isinstance(value, float) for value in attrs.asdict(outgoing).values())


def test_parts_without_an_engine_are_named_not_passed_over() -> None:
    case = with_proposal(with_source(AGREED, descriptor="a good source"), ask_in_return=("news",))

    notes = assess(case).not_weighed

    assert any("descriptor" in note for note in notes)
    assert any("asked in return" in note for note in notes)


def test_a_wary_recipient_is_gated_and_a_sound_one_only_reported() -> None:
    sound = tuple(attrs.evolve(p, handling=Trust.SOUND) if p.id in "BC" else p for p in AGREED.parties)

    wary_binds = {r.listener.party.id: r.listener.binds for r in assess(AGREED).readers}
    sound_binds = {r.listener.party.id: r.listener.binds for r in assess(attrs.evolve(AGREED, parties=sound)).readers}

    assert wary_binds == {"B": True, "C": False, "X": True}
    assert sound_binds == {"B": False, "C": False, "X": False}


def test_whoever_must_be_asked_is_told_the_words_and_may_leak_them() -> None:
    leaky = LeakPath(giver="C", to="X", how=Passage.PENETRATION, probability=Interval.exactly(0.5))
    tight = LeakPath(giver="B", to="X", how=Passage.ONWARD, probability=Interval.exactly(0))
    case = attrs.evolve(AGREED, leak_paths=(leaky, tight))

    (through_c,) = [r.listener for r in assess(case).readers if r.listener.party.id == "X"]

    assert through_c.gets.lo >= 0.5
    assert through_c.binds


def test_a_hostile_stakeholder_is_never_asked() -> None:
    parties = tuple(attrs.evolve(p, hostile=True) if p.id == "C" else p for p in small_case().parties)

    found = assess(small_case(parties=parties))

    assert isinstance(found.decision, Refuse)
    assert "cannot be asked" in found.decision.reasons[0].text
    assert found.asked == ()


@pytest.mark.parametrize(
    ("limit", "permission"),
    [
        (Permission.ACT, Permission.DETAIN),
        (Permission.ACT, Permission.LETHAL),
        (Permission.ONWARD, Permission.EVIDENCE),
    ],
)
def test_a_limit_agreed_for_the_source_bars_every_use_that_involves_it(
    limit: Permission, permission: Permission
) -> None:
    agreed = AgreedUse(forbids=limit, spelled=f"no {limit.value}")
    case = with_proposal(with_source(AGREED, agreed_use=(agreed,)), allows=(permission,))

    assert isinstance(assess(case).decision, Refuse)


def test_what_goes_to_the_public_is_published() -> None:
    press = Party(id="press", kind=PartyKind.PUBLIC)
    wary = Party(id="W", handling=Trust.WARY)
    limit = AgreedUse(forbids=Permission.ONWARD, spelled="no onward")
    case = with_proposal(attrs.evolve(AGREED, parties=(*AGREED.parties, press, wary)), to="press")

    readers = {r.listener.party.id: r.listener for r in assess(case).readers}

    assert readers["W"].gets.lo == readers["X"].gets.lo == 1
    assert readers["W"].binds
    assert isinstance(assess(with_source(case, agreed_use=(limit,))).decision, Refuse)


def test_a_no_to_anybody_whom_the_proposal_reaches_is_a_no() -> None:
    onward = (Permission.ONWARD,)
    friend = Party(id="D", handling=Trust.SOUND)
    agreed = yes("C", "exact", permissions=onward)
    declined = yes("C", "vague", to=("D",), answer=Answer.NO, on=dt.date(2026, 11, 2))
    case = attrs.evolve(AGREED, parties=(*AGREED.parties, friend), consents=(agreed, declined))

    assert not isinstance(assess(with_proposal(case, allows=onward)).decision, Allow | Ask)
    assert isinstance(assess(case).decision, Allow)  # without onward the no does not speak of it


def test_a_secret_about_a_looser_source_loosens_no_limit() -> None:
    cipher = Source(id="m", kind=SourceKind.SIGNALS, owner="A")
    secret = Secret(id="operator", of="m", kind=SecretKind.PERSON)
    plain = attrs.evolve(AGREED, sources=(*AGREED.sources, cipher), secrets=())

    assert person_limits(attrs.evolve(plain, secrets=(secret,)), "X") == person_limits(plain, "X")


def test_cover_seen_after_a_release_does_nothing_for_what_was_given() -> None:
    told = Given(to=("B",), on=dt.date(2026, 6, 1), claims={"meeting": "vague"})
    late = attrs.evolve(COVER, seen_by=("X", "B"), on=dt.date(2026, 11, 18))
    case = attrs.evolve(AGREED, given=(told,))

    assert accounts(attrs.evolve(case, cover=(late,))) == accounts(case)
    assert accounts(attrs.evolve(case, cover=(attrs.evolve(late, on=dt.date(2026, 5, 1)),))) != accounts(case)


def accounts(case: Case) -> list[object]:
    return [reader.lines for reader in assess(case).readers]


def test_an_earlier_release_with_a_permission_was_noticed() -> None:
    acted = Given(to=("B",), on=dt.date(2026, 6, 1), claims={"meeting": "vague"}, allows=(Permission.ACT,))
    sound = tuple(attrs.evolve(p, handling=Trust.SOUND) if p.id == "B" else p for p in AGREED.parties)

    found = assess(attrs.evolve(AGREED, parties=sound, given=(acted,)))

    (hostile,) = [r.listener for r in found.readers if r.listener.party.id == "X"]
    assert hostile.ever.lo == 1
    assert hostile.binds


def test_a_duty_to_warn_takes_the_vague_words_though_counts_of_persons_are_as_bad_for_all() -> None:
    few = Group(id="insiders", count=1)
    (reader,) = AGREED.readers
    groups = tuple(few if g.id == "insiders" else g for g in reader.groups)
    case = with_proposal(attrs.evolve(AGREED, readers=(attrs.evolve(reader, groups=groups),)), purpose=Purpose.WARNING)

    found = assess(case)

    assert [s.version for s in found.tearline.said] == ["vague"]


def test_a_duty_to_warn_covers_every_claim_of_the_warning() -> None:
    threat = claim(id="threat", versions=(attrs.evolve(claim().versions[0], id="exact", value=1.0),))
    case = with_proposal(
        attrs.evolve(
            AGREED, claims=(claim(), threat), consents=(yes("C", covers={"meeting": "exact", "threat": "exact"}),)
        ),
        purpose=Purpose.WARNING,
        claims={"meeting": None, "threat": None},
    )

    found = assess(case)

    assert isinstance(found.decision, AllowIf)
    assert Rule.DUTY_TO_WARN in {reason.rule for reason in found.decision.reasons}
    assert all(s.version for s in found.tearline.said)
    assert found.decision.conditions[-1].startswith("the releasing authority signs")


def test_a_warning_that_comes_too_late_is_no_duty() -> None:
    late = {"purpose": Purpose.WARNING, "harm_by": TODAY - dt.timedelta(days=1)}
    case = with_proposal(tightened(top_suspect=0.0001), **late)

    decision = assess(case).decision

    assert isinstance(decision, Refuse)
    assert decision.review_on is not None
    assert decision.review_on > TODAY


def test_words_that_are_worth_nothing_are_not_said() -> None:
    empty = claim(id="noise", versions=(attrs.evolve(claim().versions[1], value=0.0),))
    consents = (yes("C", covers={"meeting": "vague", "noise": "vague"}),)
    case = with_proposal(
        attrs.evolve(AGREED, claims=(claim(), empty), consents=consents), claims={"meeting": None, "noise": None}
    )

    assert said(case) == {"meeting": "vague", "noise": None}


def test_a_refusal_shows_nothing_said_and_what_that_does() -> None:
    found = assess(with_proposal(AGREED, minimum_value=9.0))

    assert isinstance(found.decision, Refuse)
    assert [s.version for s in found.tearline.said] == [None]
    assert all(line.before == line.after for reader in found.readers for line in reader.lines)


def test_what_the_recipient_has_in_full_is_not_withheld_from_it() -> None:
    told = Given(to=("B",), on=dt.date(2026, 1, 1), claims={"meeting": "vague"})
    (only,) = (attrs.evolve(claim(), versions=claim().versions[1:]),)
    news = attrs.evolve(only, id="news")
    case = with_proposal(
        attrs.evolve(
            AGREED,
            claims=(only, news),
            given=(told,),
            consents=(yes("C", covers={"meeting": "vague", "news": "vague"}),),
        ),
        claims={"meeting": None, "news": None},
    )

    outgoing = assess(case).outgoing

    assert outgoing is not None
    assert not outgoing.withheld


def test_a_warning_that_was_given_is_not_forced_out_again_in_more_exact_words() -> None:
    first = with_proposal(AGREED, purpose=Purpose.WARNING)
    told = Given(to=("B",), on=dt.date(2026, 11, 19), claims={"meeting": "vague"})

    again = assess(attrs.evolve(first, given=(told,)))

    assert said(first) == {"meeting": "vague"}
    assert Rule.DUTY_TO_WARN not in {reason.rule for reason in again.decision.reasons}
    assert again.tearline.words == ()


def test_a_forced_breach_of_one_limit_breaks_no_other() -> None:
    only = attrs.evolve(claim().versions[0], value=1.0, known={"insiders": access("present")})
    threat = claim(id="threat", versions=(only,))
    consents = (yes("C", covers={"meeting": "exact", "threat": "exact"}),)
    case = with_proposal(
        attrs.evolve(AGREED, claims=(claim(), threat), consents=consents),
        purpose=Purpose.WARNING,
        claims={"meeting": None, "threat": None},
    )

    assert said(case) == {"meeting": "vague", "threat": "exact"}


def test_a_stake_in_one_of_two_sources_is_no_knowledge_of_the_other() -> None:
    cipher = Source(id="m", kind=SourceKind.SIGNALS, owner="A")
    case = with_claim(attrs.evolve(AGREED, sources=(*AGREED.sources, cipher)), sources=("s", "m"))

    readers = {r.listener.party.id: r.listener for r in assess(case).readers}

    assert not readers["C"].knows
    assert readers["C"].binds


def test_a_veto_is_no_knowledge_either() -> None:
    limit = AgreedUse(forbids=Permission.ONWARD, without="C", spelled="no onward without C")
    consents = (yes("C", "exact", permissions=(Permission.ONWARD,)),)
    source = with_source(attrs.evolve(AGREED, consents=consents), joint_with=(), agreed_use=(limit,))

    readers = {
        r.listener.party.id: r.listener for r in assess(with_proposal(source, allows=(Permission.ONWARD,))).readers
    }

    assert not readers["C"].knows


def test_who_has_a_stake_only_in_what_is_withheld_is_told_nothing() -> None:
    theirs = Source(id="d", kind=SourceKind.HUMAN, owner="D")
    other = claim(id="other", sources=("d",))
    leaky = Party(id="D")
    case = with_proposal(
        attrs.evolve(
            AGREED,
            parties=(*AGREED.parties, leaky),
            sources=(*AGREED.sources, theirs),
            claims=(claim(), other),
            consents=(
                *AGREED.consents,
                attrs.evolve(yes("D", "vague", answer=Answer.NO), covers={"other": "vague"}),
            ),
        ),
        claims={"meeting": None, "other": None},
    )

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert "D" not in {r.listener.party.id for r in found.readers if r.listener.gets.lo == 1}


def test_what_may_go_at_once_is_said_beside_what_waits() -> None:
    ours = claim(id="ours", sources=("m",))
    mine = Source(id="m", kind=SourceKind.HUMAN, owner="A")
    case = with_proposal(
        small_case(sources=(*small_case().sources, mine), claims=(claim(), ours)),
        purpose=Purpose.WARNING,
        claims={"meeting": None, "ours": None},
    )

    found = assess(case)

    assert isinstance(found.decision, Ask)
    (meanwhile,) = [b for b in found.better if b.lever is Lever.MEANWHILE]
    assert "ours as vague" in meanwhile.text


def test_a_refusal_after_a_search_that_was_cut_short_does_not_claim_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(*given: Any) -> Best:
        return attrs.evolve(best(*given), proved=False, upper_bound=9_500_000)

    case = with_proposal(AGREED, minimum_value=9.0)
    finished = assess(case)
    monkeypatch.setattr(recommend, "best", cut_short)

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert (finished.tearline.proved, finished.tearline.upper_bound) == (True, 0)
    assert (found.tearline.proved, found.tearline.upper_bound) == (False, 9.5)
