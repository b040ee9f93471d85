"""What happened with partners decides what they may be told: the shipped case `liaison`, and the law of the gate."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from scenarios.answers import going, shipped
from small_case import small_case, with_proposal, yes
from tearline.assess import assess
from tearline.assess.answer import Lever
from tearline.domain import (
    Allow,
    AllowIf,
    Case,
    ClaimId,
    Dealing,
    Event,
    LeakPath,
    Party,
    PartyId,
    Passage,
    Permission,
    Refuse,
    Scope,
    Severity,
    Trust,
    chance,
)
from tearline.domain.defaults import LEAK_GATE

A, B, C, R, X = map(PartyId, ("A", "B", "C", "R", "X"))
STATION = Scope(agency="service", channel="station")
MINISTRY = Scope(agency="ministry", channel="minister-office")
LEDGER = shipped("liaison")


def without(case: Case, what: Event) -> Case:
    """The case without any dealing of that kind."""
    return attrs.evolve(case, dealings=tuple(dealing for dealing in case.dealings if dealing.what is not what))


def binds(case: Case) -> dict[str, bool]:
    return {reader.listener.party.id: reader.listener.binds for reader in assess(case).readers}


# --- the shipped case -------------------------------------------------------------------------------------


def test_after_a_breach_an_ally_gets_less() -> None:
    now, had_nothing_happened = assess(LEDGER), assess(without(LEDGER, Event.BREACH))

    assert going(now) == {"ships": "port"}
    assert going(had_nothing_happened) == {"ships": "named"}
    assert not any(reader.listener.binds for reader in had_nothing_happened.readers)


def test_a_breach_that_is_taken_back_was_never_there() -> None:
    taken = tuple(
        attrs.evolve(dealing, retracted=LEDGER.as_of) if dealing.what is Event.BREACH else dealing
        for dealing in LEDGER.dealings
    )

    assert going(assess(attrs.evolve(LEDGER, dealings=taken))) == {"ships": "named"}


@pytest.mark.parametrize(("scope", "version"), [(STATION, "named"), (MINISTRY, "port")])
def test_a_suspension_is_limited_to_the_channel_that_leaked(scope: Scope, version: str) -> None:
    assert going(assess(with_proposal(LEDGER, through=scope))) == {"ships": version}


def test_the_better_channel_is_named_as_a_way() -> None:
    (way,) = [way for way in assess(LEDGER).better if way.lever is Lever.ROUTE]

    assert "through service, station" in way.text
    assert {said.version for said in way.said} == {"named"}


def test_the_answer_says_what_moved_it_and_what_did_not_count() -> None:
    notes = assess(LEDGER).leaned_on

    (moved,) = [note for note in notes if "last moved by" in note and "State B" in note]
    assert "by its word alone 0.34–0.8%" in moved
    assert "breach on 2 May 2026, judged by security branch" in moved


def test_a_stated_leak_path_is_not_moved_and_that_is_said() -> None:
    stated = LeakPath(giver=B, to=PartyId("K"), how=Passage.ONWARD, probability=chance(0.01))

    found = assess(attrs.evolve(LEDGER, leak_paths=(stated,)))

    assert any("its record moves nothing there" in note for note in found.leaned_on)
    assert going(found) == going(assess(attrs.evolve(LEDGER, leak_paths=(stated,), dealings=())))


# --- the law of the leak gate ----------------------------------------------------------------------------------


def ledger(word: Trust, *dealings: Dealing) -> Case:
    """The small case where everybody has agreed, with B under that word, and no leak path stated."""
    parties = (Party(id=A), Party(id=B, handling=word), Party(id=C, handling=Trust.SOUND), Party(id=X, hostile=True))
    return small_case(parties=parties, consents=(yes("C", "exact"),), dealings=dealings)


BREACH = Dealing(parties=(B,), on=dt.date(2026, 5, 2), what=Event.BREACH)


@pytest.mark.parametrize(
    ("word", "hostile_binds"),
    [(Trust.SOUND, False), (Trust.FAIR, False), (Trust.WARY, True), (Trust.RIVAL, True)],
)
def test_ally_routine_partner_and_rival_are_told_apart_at_the_leak_gate(word: Trust, hostile_binds: bool) -> None:
    assert binds(ledger(word))[X] is hostile_binds


@pytest.mark.parametrize("word", Trust)
def test_one_breach_makes_any_partner_bind(word: Trust) -> None:
    clean = Dealing(
        parties=(B,), on=dt.date(2026, 1, 1), what=Event.CLEAN, count=10_000, noticed=chance(0.2), judged_by="desk"
    )

    assert binds(ledger(word, BREACH))[X]
    assert binds(ledger(word, clean, BREACH))[X]


def test_an_ally_that_leaked_is_no_longer_only_reported() -> None:
    assert binds(ledger(Trust.SOUND))[B] is False
    assert binds(ledger(Trust.SOUND, BREACH))[B] is True


def test_trust_comes_back_slowly() -> None:
    def watched(count: int) -> Dealing:
        later = dt.date(2026, 6, 1)
        return Dealing(
            parties=(B,), on=later, what=Event.CLEAN, count=count, noticed=chance((0.2, 0.2)), judged_by="the desk"
        )

    assert binds(ledger(Trust.SOUND, BREACH, watched(50)))[X]
    assert not binds(ledger(Trust.SOUND, BREACH, watched(300)))[X]


def test_what_a_partner_did_to_others_than_the_recipient_counts_where_they_hold_it() -> None:
    """C is asked, so it is told; what it is known to leak then counts like the recipient's."""
    leaked = attrs.evolve(BREACH, parties=(C,))

    assert binds(ledger(Trust.SOUND))[X] is False
    assert binds(ledger(Trust.SOUND, leaked))[X] is True


# --- what it may do with it ---------------------------------------------------------------------------------------


def permitted(*dealings: Dealing, use: Trust | None = Trust.SOUND) -> Case:
    """The ally may pass it on to its courts; it uses things as that word and these dealings say."""
    case = ledger(Trust.SOUND, *dealings)
    parties = tuple(attrs.evolve(party, use=use) if party.id == B else party for party in case.parties)
    agreed = yes("C", "exact", permissions=(Permission.ACT,))
    return with_proposal(attrs.evolve(case, parties=parties, consents=(agreed,)), allows=(Permission.ACT,))


def misuse(severity: Severity) -> Dealing:
    return attrs.evolve(BREACH, what=Event.MISUSE, severity=severity)


def test_a_permission_goes_to_whom_uses_things_well_in_bands() -> None:
    well, doubtful, badly = (
        assess(permitted(*dealings))
        for dealings in ((), (misuse(Severity.ENDANGERED_FLOW),), (misuse(Severity.GRAVE_HARM),))
    )

    assert isinstance(well.decision, Allow)
    assert isinstance(doubtful.decision, AllowIf)
    assert any("agrees in writing" in condition for condition in doubtful.decision.conditions)
    assert isinstance(badly.decision, Refuse)
    assert any("B may read, and nothing beyond" in reason.text for reason in badly.decision.reasons)
    assert [way.lever for way in badly.better] == [Lever.PERMISSION]


def test_use_of_which_nothing_is_said_holds_nothing_up() -> None:
    assert isinstance(assess(permitted(use=None)).decision, Allow)
    assert isinstance(assess(permitted(misuse(Severity.GRAVE_HARM), use=None)).decision, Refuse)


def test_a_doubtful_user_that_is_permitted_nothing_is_named_among_what_the_answer_leans_on() -> None:
    case = with_proposal(permitted(misuse(Severity.GRAVE_HARM)), allows=())

    found = assess(case)

    assert isinstance(found.decision, Allow)
    assert any("only reads it" in note for note in found.leaned_on)


def test_the_gate_is_the_one_of_the_table() -> None:
    assert LEAK_GATE == 0.05
    assert going(assess(LEDGER))[ClaimId("ships")] == "port"
