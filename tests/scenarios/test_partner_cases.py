"""Shipped cases whose lesson is a partner: one that took the originals, and one whose officer was refused."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from scenarios.answers import going, obstacle, shipped
from scenarios.perturbation import IN_CLEAR, NOTHING_TAKEN, answer, varied
from tearline.assess import assess
from tearline.assess.partners import Partner, partner
from tearline.domain import Allow, Case, ClaimId, Dealing, Event, Interval, PartyId, Reader, Refuse, Rule, Trust
from tearline.domain.dealings import Dealing as Entry

IL, RUSSIA = PartyId("IL"), PartyId("russia")


# --- Pollard: a partner that holds the originals --------------------------------------------------------------


def test_what_was_stolen_of_earlier_reports_refuses_the_next_one_though_it_was_not_stolen() -> None:
    case = shipped("pollard")
    held = {claim for reader in case.readers for claim in reader.holds_raw}

    found = assess(case)

    assert held == {"deliveries", "training"}
    assert isinstance(found.decision, Refuse)
    assert going(found) == {"readiness": None}


def test_the_day_before_the_arrest_the_next_report_would_have_gone() -> None:
    found = assess(varied(NOTHING_TAKEN))

    assert isinstance(found.decision, Allow)
    assert going(found) == {"readiness": "soon"}


def test_with_nothing_told_before_there_is_nothing_to_reckon_anew() -> None:
    found = assess(attrs.evolve(shipped("pollard"), given=()))

    assert going(found) == {"readiness": "soon"}


def test_the_refusal_names_the_series_and_the_raw_text() -> None:
    found = assess(shipped("pollard"))

    breaches = obstacle(found, "readiness").breaches
    assert {breach.reader for breach in breaches} == {IL}
    assert all(breach.if_raw for breach in breaches)
    assert {day for breach in breaches for day in breach.because_of} <= {dt.date(1985, 3, 15), dt.date(1985, 7, 15)}


def test_when_a_partner_gets_the_originals_all_that_it_was_ever_given_is_reckoned_anew() -> None:
    """The same on the worked example: B, and not only X, may hold what was taken out of the reports."""
    case = shipped("essay")
    stolen = Interval(0.3, 0.5, 0.7)
    thief = Reader(id=PartyId("B"), like=PartyId("X"), holds_raw={ClaimId("convoy"): stolen, ClaimId("plot"): stolen})

    before, after = assess(case), assess(attrs.evolve(case, readers=(*case.readers, thief)))

    raw = [r for account in after.readers if account.listener.party.id == "B" for r in account.raw]
    signed = [reason for reason in after.decision.reasons if reason.rule is Rule.DUTY_TO_WARN]
    assert {r.claim for r in raw} == {"convoy", "plot"}
    assert any(r.if_raw > r.as_worded for r in raw)
    assert signed or after.tearline.value < before.tearline.value


# --- the liaison that fizzled --------------------------------------------------------------------------------


def page(*further: Dealing, nothing: bool = False) -> Partner:
    """The partner's page, with more on record or with nothing at all."""
    case = shipped("fizzled")
    return partner(attrs.evolve(case, dealings=() if nothing else (*case.dealings, *further)), RUSSIA)


def refused(case: Case) -> Entry:
    """The answer that was given to the officer whom they proposed."""
    (asked,) = (d for d in case.dealings if d.what is Event.ACCREDITATION_ASKED)
    return attrs.evolve(asked, what=Event.ACCREDITATION_REFUSED, ours=True, on=dt.date(1995, 6, 1))


def test_after_the_refusal_good_will_is_back_where_it_began() -> None:
    began, built, fell = page(nothing=True), page(), page(refused(shipped("fizzled")))

    assert built.refusal.willing.lo > began.refusal.willing.hi
    assert fell.refusal.willing.hi <= began.refusal.willing.hi
    assert fell.refusal.willing.mid == pytest.approx(began.refusal.willing.mid, abs=0.02)


def test_the_price_of_a_refusal_is_named_before_it_is_given() -> None:
    before = page()

    assert before.refusal.pending is not None
    assert before.refusal.then.hi < before.refusal.willing.lo
    assert before.refusal.price.lo > 0


def test_the_dossier_is_thin_and_that_is_no_breach() -> None:
    found = page()
    (dossier,) = found.dossiers

    assert dossier.is_thin
    assert found.handling.unsound == page(nothing=True).handling.unsound


def test_thanks_go_and_which_sentence_was_known_does_not() -> None:
    found = assess(shipped("fizzled"))

    assert isinstance(found.decision, Allow)
    assert going(found) == {"answer": "thanks"}
    assert obstacle(found, "answer").version == "news"


# --- Belgrade: what was put in by hand -------------------------------------------------------------------------


def trusted(case: Case, trust: Trust) -> Case:
    """The case with another word for the friend."""
    parties = (attrs.evolve(p, handling=trust) if p.id == "friend" else p for p in case.parties)
    return attrs.evolve(case, parties=tuple(parties))


def uncapped(case: Case) -> Case:
    """The case with the report as collected proposed as well."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims={ClaimId("attack"): None}))


@pytest.mark.parametrize("cap", [True, False])
@pytest.mark.parametrize("column", ["belgrade", IN_CLEAR])
def test_a_lesser_friend_is_told_of_the_threat_whatever_is_proposed_and_by_any_way(column: str, cap: bool) -> None:
    case = trusted(varied(column), Trust.FAIR)

    assert answer(case if cap else uncapped(case)) == "Allow: threat / Allow: leave"


def test_only_the_cap_keeps_the_report_itself_from_a_friend_trusted_with_raw_material() -> None:
    assert answer(uncapped(shipped("belgrade"))) == "Allow: item / Allow: leave"
    assert answer(uncapped(varied(IN_CLEAR))) == "Allow: threat / Allow: leave"
