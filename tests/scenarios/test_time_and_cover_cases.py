"""The shipped cases about an act, cover, a day, a leaking partner or a reader with the raw text, and their lessons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs
import pytest

from scenarios.answers import going, obstacle, reached, refusals, shipped
from scenarios.perturbation import COVER_UNSEEN, NO_COPIES, sealed, varied
from tearline.assess import assess
from tearline.assess.probe import measured
from tearline.domain import (
    Allow,
    AllowIf,
    Answer,
    Ask,
    Budget,
    Case,
    ClaimId,
    Consent,
    Interval,
    PartyId,
    Permission,
    Purpose,
    Refuse,
    Secret,
    SecretKind,
    VersionId,
)
from tearline.exposure.worlds import Gate, Reached

POSSIBLE = Interval(0.1, 0.2, 0.3)


def on(case: Case, day: dt.date) -> Case:
    """The same decision on another day."""
    return attrs.evolve(case, as_of=day)


def proposing(case: Case, *claims: str) -> Case:
    """The same proposal for these claims only."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims={ClaimId(c): None for c in claims}))


def weighing(case: Case, group: str, weight: float) -> Case:
    """The case with another weight for one explanation."""
    readers = (
        attrs.evolve(r, groups=tuple(attrs.evolve(g, weight=weight) if g.id == group else g for g in r.groups))
        for r in case.readers
    )
    return attrs.evolve(case, readers=tuple(readers))


# --- each case --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("matapan", {"interception": "wait"}),
        ("ultra", {"citadel": "place"}),
        ("video", {"video": "appears"}),
    ],
)
def test_the_safe_words_or_the_safe_act_may_go(name: str, said: dict[str, str | None]) -> None:
    answer = assess(shipped(name))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == said


@pytest.mark.parametrize("name", ["satphone", "manchester", "alert", "iraq"])
def test_where_only_what_is_in_print_is_safe_nothing_new_goes(name: str) -> None:
    answer = assess(shipped(name))

    assert isinstance(answer.decision, Refuse)
    assert set(going(answer).values()) == {None}
    assert "that says more than the recipient has or can read already" in answer.decision.reasons[0].text


@pytest.mark.parametrize(
    ("name", "claim", "version", "reader", "gate"),
    [
        ("matapan", "interception", "message", "italy", ("belief", "channel:cipher-read")),
        ("ultra", "citadel", "units", "moscow", ("belief", "channel:cipher-read")),
        ("video", "video", "words", "alqaeda", ("belief", "channel:network-entered")),
        ("ukraine", "pretext", "staged", "russia", ("belief", "channel:traffic-read")),
        ("satphone", "telephone", "set", "alqaeda", ("belief", "channel:phone-tapped")),
        ("satphone", "calls", "called", "alqaeda", ("belief", "channel:phone-tapped")),
        ("satphone", "listening", "heard", "alqaeda", ("belief", "channel:phone-tapped")),
        ("manchester", "device", "description", "network", ("crowd", "")),
        ("alert", "warning", "files", "alqaeda", ("crowd", "")),
        ("iraq", "talk", "substance", "iraq", ("belief", "channel:line-read")),
    ],
)
def test_the_next_more_exact_version_breaks_a_limit_of_that_reader(
    name: str, claim: str, version: str, reader: str, gate: tuple[str, str]
) -> None:
    answer = assess(shipped(name))

    assert obstacle(answer, claim).version == version
    assert gate in refusals(answer, claim)
    assert reader in {broken.reader for broken in obstacle(answer, claim).breaches}


@pytest.mark.parametrize(
    ("name", "claim", "version", "reader"),
    [
        ("video", "video", "file", "alqaeda"),
        ("ukraine", "pretext", "scene", "russia"),
        ("satphone", "listening", "voice", "alqaeda"),
        ("manchester", "device", "photographs", "network"),
        ("alert", "warning", "name", "alqaeda"),
        ("iraq", "talk", "recording", "iraq"),
    ],
)
def test_what_was_really_told_breaks_a_limit(name: str, claim: str, version: str, reader: str) -> None:
    assert reached(shipped(name), claim, version, reader)


# --- Matapan: an act and its cover ------------------------------------------------------------------


def test_the_fleet_may_wait_because_the_aircraft_was_seen() -> None:
    seen, unseen = shipped("matapan"), varied(COVER_UNSEEN)

    without = assess(unseen)

    assert going(assess(seen)) == {"interception": "wait"}
    assert going(without) == {"interception": "clear"}
    assert obstacle(without, "interception").version == "wait"
    assert refusals(without, "interception") == {("belief", "channel:cipher-read")}


@pytest.mark.parametrize("late", [dt.date(1941, 3, 28), dt.date(1941, 4, 1)])
def test_an_aircraft_seen_only_after_the_act_covers_nothing(late: dt.date) -> None:
    case = shipped("matapan")

    answer = assess(attrs.evolve(case, cover=tuple(attrs.evolve(c, on=late) for c in case.cover)))

    assert going(answer) == {"interception": "clear"}


def test_an_aircraft_that_others_saw_covers_nothing_before_italy() -> None:
    case = shipped("matapan")
    ours = tuple(attrs.evolve(c, seen_by=(PartyId("fleet"),)) for c in case.cover)

    answer = assess(attrs.evolve(case, cover=ours))

    assert going(answer) == {"interception": "clear"}


def test_the_act_is_noticed_by_the_enemy_although_only_the_fleet_is_told() -> None:
    answer = assess(shipped("matapan"))

    italy = next(r.listener for r in answer.readers if r.listener.party.id == "italy")

    assert italy.binds
    assert italy.gets.lo == 1


def test_no_cover_explains_being_where_only_the_message_says() -> None:
    assert reached(shipped("matapan"), "interception", "message", "italy")


# --- Ultra: a recipient with the raw text -----------------------------------------------------------


def test_without_copies_in_moscow_the_units_could_be_told() -> None:
    with_copies, without = assess(shipped("ultra")), assess(varied(NO_COPIES))

    assert going(with_copies) == {"citadel": "place"}
    assert going(without) == {"citadel": "units"}


def test_the_refusal_of_the_units_stands_only_against_who_holds_the_messages() -> None:
    answer = assess(shipped("ultra"))

    found = obstacle(answer, "citadel").breaches

    assert {broken.reader for broken in found} == {"moscow"}
    assert not reached(varied(NO_COPIES), "citadel", "units", "moscow")


def test_a_remote_chance_of_copies_does_not_count() -> None:
    case = shipped("ultra")
    remote = tuple(
        attrs.evolve(r, holds_raw={claim: Interval(0.01, 0.025, 0.04) for claim in r.holds_raw}) for r in case.readers
    )

    assert going(assess(attrs.evolve(case, readers=remote))) == {"citadel": "units"}


def test_words_that_restate_one_report_are_no_protection_however_vague() -> None:
    case = shipped("ultra")
    restating = tuple(attrs.evolve(c, versions=tuple(attrs.evolve(v, fits=1) for v in c.versions)) for c in case.claims)

    answer = assess(attrs.evolve(case, claims=restating))

    assert isinstance(answer.decision, AllowIf)
    assert "duty to warn" in " ".join(answer.decision.conditions)


# --- the early video: a day, and a recipient who passes it on ---------------------------------------


def test_copies_that_cannot_be_handed_on_may_go_at_once() -> None:
    answer = assess(sealed(shipped("video")))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"video": "file"}


def test_the_answer_names_the_day_on_which_the_video_becomes_safe_and_what_it_is_worth_then() -> None:
    answer = assess(shipped("video"))

    days = {when.version: (when.safe_from, when.value) for when in answer.timings}

    assert days["file"] == (dt.date(2007, 9, 8), 5.0)
    assert days["appears"][0] == dt.date(2007, 9, 7)


def test_a_day_later_everybody_has_it_and_there_is_nothing_to_send() -> None:
    answer = assess(on(shipped("video"), dt.date(2007, 9, 8)))

    assert isinstance(answer.decision, Refuse)
    assert not reached(on(shipped("video"), dt.date(2007, 9, 8)), "video", "file", "alqaeda")
    assert "the recipient has it already" in answer.decision.reasons[0].text


def test_it_is_those_behind_the_recipients_who_make_the_enemy_count() -> None:
    def counts(case: Case) -> bool:
        return next(r.listener.binds for r in assess(case).readers if r.listener.party.id == "alqaeda")

    assert counts(shipped("video"))
    assert not any(r.listener.binds for r in assess(sealed(shipped("video"))).readers)


# --- Ukraine: a planned publication -----------------------------------------------------------------


def test_the_vaguest_words_go_over_the_limit_if_the_authority_signs() -> None:
    answer = assess(shipped("ukraine"))

    assert isinstance(answer.decision, AllowIf)
    assert going(answer) == {"troops": None, "pretext": "excuse"}
    assert "signs" in " ".join(answer.decision.conditions)


def test_without_people_in_danger_nothing_new_would_go() -> None:
    case = shipped("ukraine")

    answer = assess(attrs.evolve(case, proposal=attrs.evolve(case.proposal, purpose=Purpose.GESTURE)))

    assert isinstance(answer.decision, Refuse)


def test_to_a_reader_who_does_not_suspect_the_method_the_vaguest_words_go_unsigned() -> None:
    answer = assess(weighing(shipped("ukraine"), "traffic-read", 0.01))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"troops": None, "pretext": "excuse"}


def test_pictures_that_anybody_can_buy_make_the_troops_free_to_tell_and_no_news() -> None:
    before = on(shipped("ukraine"), dt.date(2021, 10, 15))

    assert not reached(shipped("ukraine"), "troops", "places", "russia")
    assert going(assess(before))["troops"] == "places"


def test_after_the_last_day_nothing_is_worth_a_limit() -> None:
    answer = assess(on(shipped("ukraine"), dt.date(2022, 2, 25)))

    assert isinstance(answer.decision, Refuse)


# --- the satellite telephone: what is public, and what a statement implies --------------------------


def test_what_stood_in_a_magazine_for_two_years_gives_nothing_away() -> None:
    case = shipped("satphone")

    now = reached(case, "telephone", "uses", "alqaeda")
    before = reached(on(case, dt.date(1996, 11, 15)), "telephone", "uses", "alqaeda")

    assert now == set()
    assert before == {("belief", "channel:phone-tapped")}


def test_whom_he_called_tells_that_somebody_listens() -> None:
    case = shipped("satphone")
    calls = case.claim(ClaimId("calls"))
    silent = attrs.evolve(calls, versions=tuple(attrs.evolve(v, implies={}) for v in calls.versions))
    alone = attrs.evolve(case, claims=tuple(silent if c is calls else c for c in case.claims))

    with_it, without = (measured(each, PartyId("alqaeda"), {ClaimId("calls"): 0}) for each in (case, alone))

    assert case.entails(ClaimId("calls"), 0) == {ClaimId("calls"): 0, ClaimId("listening"): 1}
    assert believed(with_it) > believed(without)


def believed(found: Iterable[tuple[Gate, str, Reached]]) -> float:
    """The least belief in a method at any point of the sweep."""
    return min(how_far.reached for gate, _, how_far in found if gate is Gate.BELIEF)


def test_the_listening_is_refused_even_to_a_reader_who_never_thought_of_it() -> None:
    case = weighing(proposing(shipped("satphone"), "listening"), "phone-tapped", 0.003)

    assert isinstance(assess(case).decision, Refuse)


# --- Manchester: a partner that leaks ---------------------------------------------------------------


def leaking(case: Case, chance: Interval | None) -> Case:
    """The case with another chance that the US leaks to the press; ``None``: nothing is written of it."""
    paths = (attrs.evolve(p, probability=chance) if p.giver == "US" and chance else p for p in case.leak_paths)
    return attrs.evolve(case, leak_paths=tuple(p for p in paths if chance or p.giver != "US"))


def test_before_that_week_the_photographs_could_go() -> None:
    answer = assess(leaking(shipped("manchester"), None))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"device": "photographs"}


def test_a_promise_alone_does_not_bring_them_back_and_a_closed_way_does() -> None:
    promised = assess(leaking(shipped("manchester"), POSSIBLE))
    closed = assess(leaking(shipped("manchester"), Interval(0.01, 0.025, 0.04)))

    assert isinstance(promised.decision, Refuse)
    assert going(closed) == {"device": "photographs"}


# --- the alert of 2004: somebody in play ------------------------------------------------------------


def agreeing(*parties: str) -> tuple[Consent, ...]:
    """These partners agree to everything."""
    return tuple(
        Consent(
            party=PartyId(party),
            on=dt.date(2004, 8, 1),
            covers={ClaimId("warning"): VersionId("name")},
            to=(PartyId("press"),),
            answer=Answer.YES,
            permissions=(Permission.ONWARD, Permission.EVIDENCE),
        )
        for party in parties
    )


def test_no_consent_brings_the_name_of_a_man_who_may_be_killed_for_it() -> None:
    answer = assess(attrs.evolve(shipped("alert"), consents=agreeing("PK", "UK")))

    assert isinstance(answer.decision, Refuse)
    assert "killing" in answer.decision.reasons[0].text


def test_had_hundreds_known_it_both_partners_would_be_asked_for_the_files_and_no_more() -> None:
    case = shipped("alert")
    crowded = tuple(
        attrs.evolve(r, groups=tuple(attrs.evolve(g, count=300) if g.id == "planners" else g for g in r.groups))
        for r in case.readers
    )

    answer = assess(attrs.evolve(case, readers=crowded))

    assert isinstance(answer.decision, Ask)
    assert answer.decision.consult == ("PK", "UK")
    assert going(answer) == {"warning": "files"}


# --- Iraq: a source with weeks to live --------------------------------------------------------------


def test_a_source_is_spent_only_by_limits_that_say_so() -> None:
    case = shipped("iraq")
    spent = Budget(top_suspect=1.0, crowd=1, investigation=10**6, tries=1.0, belief=1.0, step=100.0)
    secrets = tuple(attrs.evolve(s, budget=spent) for s in case.secrets)
    person = Secret(of=case.secrets[0].of, kind=SecretKind.PERSON, id="speaker", budget=spent)

    answer = assess(attrs.evolve(case, secrets=(*secrets, person)))

    assert isinstance(assess(case).decision, Refuse)
    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"talk": "recording"}
