"""Favours, dossiers, requests, topics and swaps: the figures that were worked out by hand, and the attacks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from small_case import TODAY, small_case
from tearline.assess.partners import partner, reading
from tearline.domain import (
    Aside,
    Capability,
    Case,
    Choice,
    Dealing,
    Dossier,
    Event,
    Favour,
    Given,
    Interval,
    Item,
    LeakPath,
    Lineage,
    Offer,
    OfferKind,
    PartyId,
    Passage,
    Request,
    Topic,
    Worth,
)
from tearline.errors import InputError, InvariantError
from tearline.trust.advantage import MOST_TOPICS, Way, plan
from tearline.trust.asking import ranked, scored, value_of_answer
from tearline.trust.favours import balances, dependence, faded, inflow, trends
from tearline.trust.novelty import Sign, effective_ratio, posterior, surprise, weigh_dossier
from tearline.trust.swaps import swaps

A, B, C, D, X = map(PartyId, "ABCDX")
DAY_0 = TODAY - dt.timedelta(days=360)


def point(worth: float) -> Worth:
    return Worth.exactly(worth)


def sure(chance: float) -> Interval:
    return Interval.exactly(chance)


def given(days: int, worth: Worth, **changes: Any) -> Favour:
    favour = Favour(giver=A, to=B, on=DAY_0 + dt.timedelta(days=days), topic="ports", worth=worth)
    return attrs.evolve(favour, **changes)


def received(days: int, worth: Worth, **changes: Any) -> Favour:
    return given(days, worth, **{"giver": B, "to": A, **changes})


# --- the ledger -------------------------------------------------------------------------------------------


def test_favours_fade_by_half_every_half_life() -> None:
    favours = (given(0, Worth(6, 8, 10)), given(360, Worth(3, 4, 5)), received(180, Worth(2, 3, 5)))

    (balance,) = balances(small_case(favours=favours), B, TODAY)

    assert (balance.given.lo, balance.given.mid, balance.given.hi) == (4.5, 6.0, 7.5)
    assert (balance.received.lo, balance.received.mid, balance.received.hi) == (1.0, 1.5, 2.5)
    assert balance.leaning == "we"


@pytest.mark.parametrize("aside", Aside)
def test_what_lies_outside_the_bill_is_never_debt(aside: Aside) -> None:
    (balance,) = balances(small_case(favours=(given(360, point(9), aside=aside),)), B, TODAY)

    assert balance.given == point(0)
    assert balance.outside.mid == 9
    assert balance.leaning == ""


def test_a_favour_of_tomorrow_has_not_happened() -> None:
    with pytest.raises(InvariantError, match="favour of"):
        faded(given(361, point(1)), TODAY)


def test_a_steady_inflow_is_measured_as_what_comes_in_a_year() -> None:
    monthly = tuple(received(day, point(1)) for day in range(-3600, 361, 30))

    assert inflow(small_case(favours=monthly), B, TODAY).mid == pytest.approx(365 / 30, rel=0.07)


def test_trends_are_lag_answers_and_hands() -> None:
    favours = (
        received(100, point(3), promised=DAY_0 + dt.timedelta(days=90), officer="one"),
        received(200, point(1), promised=DAY_0 + dt.timedelta(days=196), officer="two"),
    )
    asked = [
        Dealing(parties=(B,), on=DAY_0, what=what)
        for what in (Event.REQUEST_ANSWERED, Event.REQUEST_REFUSED, Event.REQUEST_ANSWERED)
    ]

    found = trends(small_case(favours=favours, dealings=tuple(asked)), B)

    assert found.lag == 7
    assert found.answered == pytest.approx(2 / 3)
    assert found.by_one_officer == ("one", 0.75)


def test_requests_that_stand_in_one_entry_are_counted_one_by_one() -> None:
    answered = Dealing(parties=(B,), on=DAY_0, what=Event.REQUEST_ANSWERED, count=9)
    refused = Dealing(parties=(B,), on=DAY_0, what=Event.REQUEST_REFUSED)

    found = trends(small_case(dealings=(answered, refused)), B)

    assert found.answered == pytest.approx(0.9)


def test_a_topic_that_rests_on_one_partner_is_named() -> None:
    ports, codes = received(360, point(1), giver=C), received(360, point(1), topic="codes", giver=C)
    favours = (received(360, point(4)), ports, codes)

    found = dependence(small_case(favours=favours), TODAY)

    assert [(each.topic, each.on) for each in found] == [("ports", B), ("codes", C)]
    assert found[0].share == pytest.approx(0.8)


# --- dossiers ------------------------------------------------------------------------------------------------


def item(id_: str, worth: float, held: float, **changes: Any) -> Item:
    return attrs.evolve(Item(id=id_, worth=point(worth), held=sure(held)), **changes)


THIN = Dossier(
    id="file",
    giver=B,
    on=TODAY,
    topic="ports",
    items=(item("a", 5, 0.9), item("b", 4, 0.8), item("c", 3, 1), item("d", 3, 0.5), item("e", 2, 0)),
    could_hold=point(160),
    pages=90,
)


def test_an_impressive_dossier_may_be_thin() -> None:
    found = weigh_dossier(THIN)

    assert found.volume.mid == 17
    assert found.new.mid == pytest.approx(4.8)
    assert found.share_new == pytest.approx(0.282, abs=5e-4)
    assert found.thinness is not None
    assert found.thinness.mid == pytest.approx(0.03)
    assert found.is_thin
    assert found.pages_per_new == 90


def test_without_a_word_on_what_they_hold_a_dossier_is_measured_by_itself() -> None:
    silent = attrs.evolve(THIN, could_hold=None)

    assert weigh_dossier(silent).thinness is None
    assert weigh_dossier(silent).is_thin
    assert not weigh_dossier(attrs.evolve(silent, items=(item("e", 2, 0),))).is_thin


def test_surprise_and_echo_are_what_was_worked_out_by_hand() -> None:
    assert surprise(0.1, 0.8) == pytest.approx(1.966015, abs=5e-7)
    assert surprise(0.7, 0.75) == pytest.approx(0.008893, abs=5e-7)
    ratios = [effective_ratio(0.9, 0.1, echo) for echo in (0, 0.1, 0.5, 1)]
    assert ratios == pytest.approx([9, 4.789, 1.727, 1], abs=5e-4)
    assert posterior(0.3, ratios[0]) == pytest.approx(0.794, abs=5e-4)
    assert posterior(0.3, ratios[2]) == pytest.approx(0.425, abs=5e-4)


def test_a_report_that_nothing_could_have_led_to_is_our_own_mistake() -> None:
    with pytest.raises(InvariantError, match="never made"):
        effective_ratio(0.9, 0.0, 0.0)
    with pytest.raises(InvariantError, match="lie in"):
        effective_ratio(1.1, 0.1, 0.0)


def test_what_was_public_before_it_came_is_not_new() -> None:
    old = item("a", 5, 0, public=TODAY - dt.timedelta(days=1))

    assert weigh_dossier(attrs.evolve(THIN, items=(old,))).new == point(0)
    assert weigh_dossier(attrs.evolve(THIN, items=(attrs.evolve(old, public=TODAY),))).new.mid == 5


def told(to: PartyId, on: dt.date = DAY_0) -> Given:
    return Given(to=(to,), on=on, claims={"meeting": "vague"})


def ours_coming_back(**changes: Any) -> tuple[Dossier, Case]:
    match = item("echo", 5, 0, prior=0.3, if_true=0.9, if_false=0.1, matches="meeting")
    return attrs.evolve(THIN, items=(attrs.evolve(match, **changes),)), small_case(given=(told(B),))


def test_attack_our_own_gift_coming_back_confirms_nothing_for_sure() -> None:
    dossier, case = ours_coming_back()

    (claim,) = reading(case, dossier).claims

    assert claim.echo.hi == 1
    assert claim.ratio[0] == 1  # at the worst it is our own voice
    assert claim.ratio[1] == pytest.approx(1.727, abs=5e-4)
    assert Sign.OURS in claim.signs


def test_attack_a_gift_that_came_round_through_somebody_else_is_known_again() -> None:
    dossier, case = ours_coming_back()
    way = LeakPath(giver=C, to=B, how=Passage.ONWARD, probability=Interval(0.5, 0.6, 0.7))
    round_about = attrs.evolve(case, given=(told(C),), leak_paths=(way,))

    (claim,) = reading(round_about, dossier).claims

    assert claim.echo.hi == pytest.approx(0.7)
    assert claim.echo.mid == pytest.approx(0.3)
    assert Sign.OURS in claim.signs


def test_what_we_gave_later_or_to_nobody_who_could_pass_it_on_is_no_echo() -> None:
    dossier, case = ours_coming_back()

    for others in (told(B, TODAY), told(D)):
        parties = (*case.parties, attrs.evolve(case.party(C), id=D))
        (claim,) = reading(attrs.evolve(case, given=(others,), parties=parties), dossier).claims
        assert claim.echo == sure(0)


def test_attack_a_variant_that_we_planted_is_ours_whatever_they_attest() -> None:
    dossier, case = ours_coming_back(carries_variant_of=C, lineage=Lineage.DIFFERENT)

    (claim,) = reading(case, dossier).claims

    assert claim.echo == sure(1)
    assert claim.ratio == (1, 1, 1)
    assert claim.then == pytest.approx(0.3)
    assert claim.new == point(0)
    assert Sign.PLANTED in claim.signs


def test_the_same_source_confirms_nothing_and_a_different_one_does_in_part() -> None:
    same, case = ours_coming_back(lineage=Lineage.SAME)
    different, _ = ours_coming_back(lineage=Lineage.DIFFERENT)

    assert reading(case, same).claims[0].ratio == (1, 1, 1)
    assert reading(case, different).claims[0].ratio[1] == pytest.approx(9)
    assert reading(case, different).claims[0].ratio[0] == 1  # they may be wrong, or lie


def test_attack_bait_is_told_by_words_that_only_we_got_and_that_nobody_can_check() -> None:
    bait = item("bait", 5, 0, only_to_us=True, checkable=False)

    found = weigh_dossier(attrs.evolve(THIN, items=(bait,)))

    assert found.signs == (Sign.BAIT, Sign.UNCHECKABLE)
    assert Sign.BAIT not in weigh_dossier(attrs.evolve(THIN, items=(attrs.evolve(bait, checkable=True),))).signs


def test_chicken_feed_is_true_and_known_long_since() -> None:
    feed = tuple(item(name, 3, 0.9) for name in "abc")

    assert Sign.CHICKEN_FEED in weigh_dossier(attrs.evolve(THIN, items=feed)).signs


def test_a_thin_dossier_moves_no_trust() -> None:
    with_it, without = small_case(received=(THIN,)), small_case()

    assert partner(with_it, B).handling.rate == partner(without, B).handling.rate
    assert partner(with_it, B).use.rate == partner(without, B).use.rate


# --- what to ask for -----------------------------------------------------------------------------------------


PLOT = Choice(
    states={"plot": 0.1, "none": 0.9},
    acts={"alert": {"plot": -10, "none": -10}, "quiet": {"plot": -200, "none": 0}},
    answers={"warned": {"plot": 0.9, "none": 0.2}, "silent": {"plot": 0.1, "none": 0.8}},
)


def test_what_an_answer_adds_to_a_decision() -> None:
    value = value_of_answer(PLOT)

    assert value.now == pytest.approx(-10)
    assert value.answer == pytest.approx(5.3)
    assert value.certainty == pytest.approx(9.0)


def test_the_best_request_is_not_the_most_valuable_answer() -> None:
    requests = [
        Request(id="calls", of=B, what="port calls", worth=point(5.3), holds=sure(0.8), agrees=sure(0.6), cost=0.4),
        Request(id="list", of=B, what="defectors", worth=point(12), holds=sure(0.3), agrees=sure(0.2), cost=1.5),
        Request(id="visas", of=B, what="visas", worth=point(4), holds=sure(0.9), agrees=sure(0.8), cost=0.1),
    ]

    found = ranked(requests, sure(1))

    assert [each.request.id for each in found] == ["visas", "calls", "list"]
    assert [each.score[1] for each in found] == pytest.approx([2.78, 2.144, -0.78])


def test_a_request_may_take_its_worth_from_a_choice_and_its_chance_from_good_will() -> None:
    request = Request(id="r", of=B, what="word", choice=PLOT, holds=sure(1), cost=0.3)

    found = scored(request, sure(0.5))

    assert found.score[1] == pytest.approx(5.3 * 0.5 - 0.3)
    assert found.willing


@pytest.mark.parametrize(
    "wrong",
    [
        attrs.evolve(PLOT, states={"plot": 0.5, "none": 0.9}),
        attrs.evolve(PLOT, acts={"alert": {"plot": 1}}),
        attrs.evolve(PLOT, answers={"warned": {"plot": 0.9, "none": 0.2}}),
    ],
)
def test_a_choice_that_does_not_add_up_is_our_own_mistake(wrong: Choice) -> None:
    with pytest.raises(InvariantError):
        value_of_answer(wrong)


# --- who covers what ---------------------------------------------------------------------------------------------


AFRICA = Topic(id="south-africa", need=10, costs={A: 2, B: 5})
ASIA = Topic(id="central-asia", need=10, costs={A: 6, B: 3})


def test_each_covers_what_it_does_best_and_both_gain() -> None:
    found = plan((AFRICA, ASIA), A, B)

    assert (found.alone, found.together) == (160, 50)
    assert found.gain == (60 - 0, 50)
    assert {each.topic: (each.way, each.by) for each in found.arrangements} == {
        "south-africa": (Way.PRODUCT, A),
        "central-asia": (Way.PRODUCT, B),
    }


def test_a_critical_topic_keeps_a_second_source() -> None:
    found = plan((attrs.evolve(AFRICA, critical=True), ASIA), A, B)

    assert {each.topic: each.way for each in found.arrangements}["south-africa"] is Way.ALONE


def test_nobody_is_asked_to_give_for_nothing() -> None:
    one_way = plan((attrs.evolve(AFRICA, exposure={A: 1, B: 1}),), A, B)

    assert one_way.gain == (0, 0)
    assert one_way.arrangements[0].way is Way.ALONE


def test_a_capability_serves_where_two_producers_are_needed() -> None:
    shared = attrs.evolve(AFRICA, critical=True, capability=Capability(by=A, cost=3, exposure=5))

    found = plan((shared, ASIA), A, B)

    assert found.arrangements[0].way is Way.CAPABILITY
    assert found.arrangements[0].gain == (-5, 20)


def test_joint_work_is_taken_where_it_is_cheaper_for_both() -> None:
    found = plan((attrs.evolve(AFRICA, costs={A: 5, B: 5}, joint=6),), A, B)

    assert found.arrangements[0].way is Way.JOINT
    assert found.gain == (20, 20)


def test_a_topic_without_the_costs_of_both_is_named_and_not_planned() -> None:
    assert plan((attrs.evolve(AFRICA, costs={A: 2}),), A, B).unplanned == ("south-africa",)


def test_too_many_topics_are_our_own_mistake() -> None:
    with pytest.raises(InvariantError, match="at most"):
        plan([attrs.evolve(AFRICA, id=str(number)) for number in range(MOST_TOPICS + 1)], A, B)


# --- swaps ------------------------------------------------------------------------------------------------------


def offer(id_: str, by: PartyId, worth: dict[PartyId, float], **changes: Any) -> Offer:
    return attrs.evolve(Offer(id=id_, by=by, worth=worth, cost=1), **changes)


RING = (offer("a", A, {C: 6}), offer("c", C, {B: 5}), offer("b", B, {A: 4}))


def test_three_can_swap_where_no_two_could() -> None:
    (found,) = swaps(RING)

    assert found.parties == (A, C, B)
    assert found.gains == (3, 5, 4)
    assert found.to_ask == ()


def test_two_swap_directly() -> None:
    (found,) = swaps((offer("a", A, {B: 3}), offer("b", B, {A: 3})))

    assert set(found.parties) == {A, B}


def test_nobody_swaps_at_a_loss() -> None:
    assert swaps((offer("a", A, {B: 3}, cost=4), offer("b", B, {A: 3}))) == ()


def test_an_originator_is_asked_and_its_no_closes_the_ring() -> None:
    def ring(**answer: tuple[PartyId, ...]) -> tuple[Offer, ...]:
        return (attrs.evolve(RING[0], originators=(D,), **answer), *RING[1:])

    assert swaps(ring())[0].to_ask == (D,)
    assert swaps(ring(agreed=(D,)))[0].to_ask == ()
    assert swaps(ring(declined=(D,))) == ()


def test_an_originator_need_not_be_asked_to_receive_its_own() -> None:
    assert swaps((attrs.evolve(RING[0], originators=(C,)), *RING[1:]))[0].to_ask == ()


def test_too_many_parties_are_our_own_mistake() -> None:
    crowd = [offer(str(number), PartyId(f"p{number}"), {A: 1}) for number in range(31)]

    with pytest.raises(InvariantError, match="at most"):
        swaps(crowd)


# --- the page ---------------------------------------------------------------------------------------------------


def test_a_page_wants_a_partner() -> None:
    with pytest.raises(InputError, match="no party `Q`"):
        partner(small_case(), PartyId("Q"))
    with pytest.raises(InputError, match="`A` is us"):
        partner(small_case(), A)


def test_refusing_an_officer_has_a_price_and_an_open_proposal_is_named() -> None:
    asked = Dealing(parties=(B,), on=DAY_0, what=Event.ACCREDITATION_ASKED, what_happened="a colonel")
    answered = Dealing(parties=(B,), on=TODAY, what=Event.ACCREDITATION_GRANTED, ours=True, judged_by="the minister")
    favours = (received(360, point(4)),)

    page = partner(small_case(dealings=(asked,), favours=favours), B)

    assert page.refusal.pending == asked
    assert 0 < page.refusal.price.mid < page.refusal.inflow.mid
    assert page.refusal.then.mid < page.refusal.willing.mid
    assert partner(small_case(dealings=(asked, answered), favours=favours), B).refusal.pending is None


def test_a_gift_that_they_have_already_is_no_news() -> None:
    case = small_case(given=(Given(to=(B,), on=DAY_0, claims={"meeting": "exact"}),))

    (known,), (unsaid,) = partner(case, B).gifts, partner(small_case(), B).gifts

    assert known.new == point(0)
    assert (unsaid.new.lo, unsaid.new.hi) == (0, 8)
    assert not unsaid.stated


def test_an_offer_of_a_capability_says_that_it_cannot_be_taken_back() -> None:
    from tearline.assess.advice import advice

    offers = (offer("a", A, {B: 3}, kind=OfferKind.CAPABILITY), offer("b", B, {A: 3}))

    assert any("cannot be taken back" in line for line in advice(partner(small_case(offers=offers), B)))


def test_a_hostile_party_has_a_page_too() -> None:
    assert partner(small_case(), X).handling.moved_by == ()
