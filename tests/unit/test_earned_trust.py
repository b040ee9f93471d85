"""What a partner has earned: its word, or a lower one where what is on record belies it; and what that moves."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from small_case import TODAY, small_case, with_claim
from tearline.domain import (
    Assurance,
    Case,
    Credibility,
    Dealing,
    Event,
    Harm,
    Person,
    Risk,
    Severity,
    Trust,
)
from tearline.domain.vocabulary import TRUST_ORDER
from tearline.policy import persons
from tearline.policy.situation import _of_recipient
from tearline.trust import Measure, earned

YESTERDAY = TODAY - dt.timedelta(days=1)


def misuse(severity: Severity = Severity.GRAVE_HARM, **more: object) -> Dealing:
    return Dealing(parties=("B",), on=YESTERDAY, what=Event.MISUSE, severity=severity, **more)


def recipient(use: Trust | None, *dealings: Dealing, handling: Trust = Trust.SOUND) -> Case:
    case = small_case(dealings=dealings)
    parties = tuple(attrs.evolve(p, use=use, handling=handling) if p.id == "B" else p for p in case.parties)
    return attrs.evolve(case, parties=parties)


@pytest.mark.parametrize("word", [*Trust, None])
def test_without_a_record_everybody_has_the_word_that_was_given(word: Trust | None) -> None:
    assert earned(recipient(word), "B", Measure.USE) is word


@pytest.mark.parametrize("word", [Trust.SOUND, Trust.FAIR, Trust.WARY, Trust.RIVAL, None])
def test_one_grave_harm_leaves_nobody_a_good_word(word: Trust | None) -> None:
    assert earned(recipient(word, misuse()), "B", Measure.USE) is Trust.RIVAL


def test_a_good_record_earns_no_other_word() -> None:
    clean = Dealing(parties=("B",), on=YESTERDAY, what=Event.CLEAN, count=500, judged_by="the desk")

    assert earned(recipient(Trust.WARY, clean, handling=Trust.WARY), "B", Measure.HANDLING) is Trust.WARY


def test_what_happened_on_one_axis_leaves_the_other() -> None:
    case = recipient(Trust.SOUND, misuse())

    assert earned(case, "B", Measure.HANDLING) is Trust.SOUND


PROMISE = Assurance(
    by="B",
    covers=(Harm.TORTURE,),
    credibility=Credibility.HIGH,
    follow_up="visits",
    until=TODAY + dt.timedelta(days=90),
)
COURIER = Person(id="courier", risk=dict.fromkeys(Harm, Risk.NONE) | {Harm.TORTURE: Risk.REAL}, assurances=(PROMISE,))


def test_no_promise_removes_a_risk_where_the_record_belies_the_word() -> None:
    clean, stained = recipient(Trust.SOUND), recipient(Trust.SOUND, misuse())

    before, after = (
        persons.findings(with_claim(case, persons=(COURIER,)), with_claim(case, persons=(COURIER,)).claims[0], "exact")
        for case in (clean, stained)
    )

    assert before == ()
    assert "may face torture by B, and no assurance removes it" in after[0].reason.text
    assert persons.weakness(stained, PROMISE) == "B is not trusted in what it does with what it gets"


def test_a_rule_on_trust_reads_what_is_left_of_the_word() -> None:
    breach = Dealing(parties=("B",), on=YESTERDAY, what=Event.BREACH)

    kept, misused, leaked = (recipient(Trust.FAIR, *some) for some in ((), (misuse(),), (breach,)))

    fair, sound, rival = (TRUST_ORDER.index(word) for word in (Trust.FAIR, Trust.SOUND, Trust.RIVAL))
    assert [_of_recipient(case, "use") for case in (kept, misused, leaked)] == [fair, rival, fair]
    handling = [_of_recipient(case, "handling") for case in (kept, misused, leaked)]
    assert handling == [sound, sound, rival]
