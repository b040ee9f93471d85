"""The shipped cases as stories: what Tearline answers, why not more, whom to ask, what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs
import pytest

from scenarios.answers import going, obstacle, reached, refusals, shipped
from scenarios.perturbation import CASES, INVENTED
from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.probe import measured
from tearline.cases import names, open_shipped, read, text_of
from tearline.domain import (
    Allow,
    Answer,
    Ask,
    Case,
    ClaimId,
    Consent,
    Harm,
    PartyId,
    Permission,
    Person,
    Purpose,
    Refuse,
    Risk,
    Rule,
    VersionId,
)
from tearline.exchange.answer import encode
from tearline.exposure.worlds import Gate

B, C, PRESS, X = map(PartyId, ("B", "C", "press-b", "X"))
PLOT = ClaimId("plot")
TODAY = dt.date(2026, 11, 20)


# --- each case --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said", "consult"),
    [
        ("essay", {"plot": "warning"}, ("C",)),
        ("oval-office", {"laptops": "plot"}, ("IL",)),
        ("kal007", {"shooting": "transcript"}, ("JP",)),
    ],
)
def test_where_a_partner_has_a_stake_it_is_asked_first(
    name: str, said: dict[str, str | None], consult: tuple[str, ...]
) -> None:
    answer = assess(shipped(name))

    assert isinstance(answer.decision, Ask)
    assert answer.decision.consult == consult
    assert going(answer) == said
    assert answer.outgoing is None
    assert [asked.party for asked in answer.asked] == list(consult)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("arcos", {"espionage": "documents"}),
        ("la-belle", {"order": "ends"}),
        ("gordievsky", {"reply": "doubt"}),
        ("cuba", {"sites": "prints", "key": None}),
    ],
)
def test_where_nobody_needs_to_be_asked_the_safe_words_go(name: str, said: dict[str, str | None]) -> None:
    answer = assess(shipped(name))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == said
    assert answer.outgoing is not None
    assert answer.outgoing.withheld


@pytest.mark.parametrize(
    ("name", "claim", "version", "gate"),
    [
        ("essay", "plot", "target", ("belief", "channel:cipher-read")),
        ("oval-office", "laptops", "details", ("belief", "channel:listened-to")),
        ("gordievsky", "reply", "practice", ("belief", "channel:traffic-read")),
        ("arcos", "espionage", "paraphrase", ("belief", "channel:cipher-read")),
        ("la-belle", "order", "dated", ("belief", "channel:link-read")),
        ("kal007", "shooting", "sound", ("belief", "secret:heard-so-well")),
        ("cuba", "sites", "film", ("belief", "secret:camera-is-finer")),
        ("cuba", "key", "papers", ("belief", "secret:camera-is-finer")),
    ],
)
def test_the_next_more_exact_version_is_refused_by_the_limit_it_breaks(
    name: str, claim: str, version: str, gate: tuple[str, str]
) -> None:
    answer = assess(shipped(name))

    assert obstacle(answer, claim).version == version
    assert gate in refusals(answer, claim)


@pytest.mark.parametrize(
    ("name", "claim", "version", "reader"),
    [
        ("oval-office", "laptops", "city", "RU"),
        ("oval-office", "laptops", "city", "islamic-state"),
        ("arcos", "espionage", "verbatim", "ussr"),
        ("la-belle", "order", "text", "libya"),
        ("gordievsky", "reply", "cable", "kgb"),
    ],
)
def test_what_was_really_said_or_collected_breaks_a_limit(name: str, claim: str, version: str, reader: str) -> None:
    case = shipped(name)

    broken = reached(case, claim, version, reader)

    assert broken


def test_every_claim_that_points_at_israel_waits_for_israel() -> None:
    case = shipped("oval-office")
    agreed = Consent(
        party=PartyId("IL"),
        on=dt.date(2017, 5, 9),
        covers={ClaimId("laptops"): VersionId("threat")},
        to=(PartyId("RU"),),
        answer=Answer.YES,
    )

    answer = assess(attrs.evolve(case, consents=(agreed,)))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"laptops": "threat"}


def test_with_the_consent_of_japan_the_transcript_goes_and_the_tape_does_not() -> None:
    case = shipped("kal007")
    agreed = Consent(
        party=PartyId("JP"),
        on=dt.date(1983, 9, 5),
        covers={ClaimId("shooting"): VersionId("sound")},
        to=(PartyId("council"),),
        answer=Answer.YES,
        permissions=(Permission.ONWARD, Permission.EVIDENCE),
    )

    answer = assess(attrs.evolve(case, consents=(agreed,)))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"shooting": "transcript"}
    assert obstacle(answer, "shooting").version == "sound"


def test_no_single_report_of_the_series_stops_the_next_one_and_the_series_does() -> None:
    case = shipped("gordievsky")

    after_each = [going(assess(attrs.evolve(case, given=(given,)))) for given in case.given]
    after_none = going(assess(attrs.evolve(case, given=())))
    after_all = going(assess(case))

    assert after_each == [{"reply": "practice"}] * 4
    assert after_none == {"reply": "practice"}
    assert after_all == {"reply": "doubt"}


def test_a_partner_that_may_be_read_makes_the_enemy_count() -> None:
    answer = assess(shipped("gordievsky"))

    listener = next(r.listener for r in answer.readers if r.listener.party.id == "kgb")

    assert listener.binds
    assert not next(r.listener for r in answer.readers if r.listener.party.id == "CIA").binds


def test_the_manuals_alone_would_need_the_consent_of_the_partner_who_runs_their_source() -> None:
    case = shipped("cuba")
    alone = attrs.evolve(case.proposal, claims={ClaimId("key"): None})

    answer = assess(attrs.evolve(case, given=(), proposal=alone))

    assert isinstance(answer.decision, Ask)
    assert answer.decision.consult == ("UK",)


# --- the worked example, turned this way and that ----------------------------------------------------


def consent(version: str = "exact", **changed: Any) -> Consent:
    """C agrees to ``plot`` going to B in that version or a vaguer one, unless changed."""
    return attrs.evolve(
        Consent(
            party=C,
            on=dt.date(2026, 11, 19),
            covers={PLOT: VersionId(version)},
            to=(B,),
            answer=Answer.YES,
            until=dt.date(2026, 12, 10),
        ),
        **changed,
    )


def essay(*consents: Consent, june: bool = True, cover: bool = False) -> Case:
    """The essay's case with answers of C, with or without the release of June, with or without cover."""
    case = shipped("essay")
    seen = tuple(attrs.evolve(c, seen_by=(X, B, PRESS), on=dt.date(2026, 11, 18)) for c in case.cover)
    return attrs.evolve(case, consents=consents, given=case.given if june else (), cover=seen if cover else case.cover)


def test_with_the_consent_of_c_on_record_the_warning_goes() -> None:
    answer = assess(essay(consent()))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"plot": "warning"}
    assert answer.outgoing is not None
    assert answer.outgoing.words == (shipped("essay").claim(PLOT).version(VersionId("warning")).text,)


def test_without_the_release_of_june_the_target_goes_once_c_agrees() -> None:
    asked, agreed = assess(essay(june=False)), assess(essay(consent(), june=False))

    assert isinstance(asked.decision, Ask)
    assert going(asked) == {"plot": "target"}
    assert isinstance(agreed.decision, Allow)
    assert going(agreed) == {"plot": "target"}


def test_with_the_cover_seen_by_every_reader_the_target_goes() -> None:
    answer = assess(essay(consent(), cover=True))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"plot": "target"}


def test_cover_that_one_reader_has_not_seen_changes_nothing() -> None:
    case = essay(consent(), cover=True)
    unseen = tuple(attrs.evolve(c, seen_by=(B, PRESS)) for c in case.cover)

    answer = assess(attrs.evolve(case, cover=unseen))

    assert going(answer) == {"plot": "warning"}


@pytest.mark.parametrize("june", [True, False])
@pytest.mark.parametrize("cover", [True, False])
def test_the_exact_text_is_refused_in_every_variant(june: bool, cover: bool) -> None:
    case = essay(consent(), june=june, cover=cover)

    broken = reached(case, "plot", "exact", "X")

    assert broken
    assert going(assess(case))["plot"] != "exact"


def test_the_refusal_of_the_target_names_the_release_of_june() -> None:
    answer = assess(shipped("essay"))

    by_gate = {(b.reader, b.gate): b.because_of for b in obstacle(answer, "plot").breaches}

    assert by_gate[X, Gate.BELIEF] == (dt.date(2026, 6, 2),)


@pytest.mark.parametrize(
    ("version", "cipher", "suspect"),
    [("warning", 0.2525, 0.0128), ("target", 0.3767, 0.0202), ("exact", 0.4054, 0.0220)],
)
def test_the_figures_of_the_worked_example(version: str, cipher: float, suspect: float) -> None:
    case = shipped("essay")
    ranks = {PLOT: case.claim(PLOT).rank(VersionId(version))}

    found = [(gate, about, how_far) for gate, about, how_far in measured(case, X, ranks)]
    believed = [r for gate, about, r in found if gate is Gate.BELIEF and about == "channel:cipher-read"]
    suspected = [r for gate, _, r in found if gate is Gate.TOP_SUSPECT]

    assert max(r.reached for r in believed) == pytest.approx(cipher, abs=5e-5)
    assert max(r.reached for r in suspected) == pytest.approx(suspect, abs=5e-5)
    assert {r.limit for r in believed} == {0.30}
    assert {r.limit for r in suspected} == {0.02}


def test_before_the_plot_is_told_the_cipher_is_hardly_suspected() -> None:
    answer = assess(shipped("essay"))

    lines = next(r.lines for r in answer.readers if r.listener.party.id == X)
    cipher = next(line for line in lines if line.about == "channel:cipher-read" and line.gate is Gate.BELIEF)

    assert cipher.before.hi == pytest.approx(0.0625, abs=5e-5)
    assert cipher.after.hi == pytest.approx(0.2525, abs=5e-5)


def test_the_key_desk_is_endangered_through_the_cipher_by_the_exact_text() -> None:
    case = essay(june=False)

    found = measured(case, X, {PLOT: 0})
    desk = [r for gate, about, r in found if gate is Gate.TOP_SUSPECT and about == "group:key-desk"]

    assert max(r.reached for r in desk) == pytest.approx(0.0217, abs=5e-5)
    assert any(r.broken for r in desk)


def test_a_consent_for_the_warning_never_admits_the_target() -> None:
    answer = assess(essay(consent("warning"), june=False, cover=True))

    assert isinstance(answer.decision, Allow)
    assert going(answer) == {"plot": "warning"}


@pytest.mark.parametrize(
    "short",
    [
        consent(until=dt.date(2026, 11, 19)),
        consent(withdrawn=TODAY),
        consent(to=(PRESS,)),
        consent(purposes=(Purpose.GESTURE,)),
        consent(on=dt.date(2026, 11, 21)),
    ],
    ids=["expired", "withdrawn", "for another recipient", "for another purpose", "not yet given"],
)
def test_a_consent_that_does_not_reach_this_release_is_as_if_it_were_not(short: Consent) -> None:
    answer = assess(essay(short))

    assert isinstance(answer.decision, Ask)
    assert answer.decision.consult == ("C",)
    assert answer.outgoing is None


def test_a_no_of_the_partner_refuses_and_says_what_silence_may_cost() -> None:
    answer = assess(essay(consent("warning", answer=Answer.NO), consent("exact", answer=Answer.NO)))

    assert isinstance(answer.decision, Refuse)
    assert answer.decision.harm_of_silence == shipped("essay").proposal.harm_of_silence
    assert answer.decision.owner == "officer-7"
    assert going(answer) == {"plot": None}


@pytest.mark.parametrize("value", [0.5, 10.0])
def test_a_real_risk_to_a_person_refuses_whatever_the_value(value: float) -> None:
    case = essay(consent(), june=False, cover=True)
    courier = Person(id="courier", risk={Harm.TORTURE: Risk.REAL, Harm.KILLING: Risk.NONE})
    plot = case.claim(PLOT)
    versions = tuple(attrs.evolve(v, value=value) for v in plot.versions)
    endangering = attrs.evolve(plot, persons=(courier,), versions=versions)

    answer = assess(attrs.evolve(case, claims=tuple(endangering if c is plot else c for c in case.claims)))

    assert isinstance(answer.decision, Refuse)
    assert Rule.PERSON_HARM in {reason.rule for reason in answer.decision.reasons}
    assert going(answer) == {"plot": None}


# --- what holds for all of them ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["essay", "gordievsky", "cuba", "alert"])
def test_swapping_where_the_source_sits_changes_no_byte_of_the_answer(name: str) -> None:
    file = open_shipped(name)
    (placement,) = (sealed.unseal() for sealed in file.sealed.values())
    swapped = read(text_of(name).replace(f"placement: {placement}", "placement: a quite different desk"))

    before, after = encode(assess(file.case)), encode(assess(swapped.case))

    assert swapped.sealed != file.sealed
    assert after == before
    assert placement not in before


@pytest.mark.parametrize("name", CASES)
def test_names_and_order_of_groups_and_readers_carry_no_weight(name: str) -> None:
    case = shipped(name)
    groups = [g.id for reader in case.readers for g in reader.groups]
    words: dict[str, str] = {g: f"group-{n}" for n, g in enumerate(reversed(groups))}
    words |= {p.id: f"party-{n}" for n, p in enumerate(reversed(case.parties))}
    relabelled: Case = renamed(case, words)
    readers = tuple(attrs.evolve(r, groups=r.groups[::-1]) for r in relabelled.readers[::-1])

    turned = attrs.evolve(relabelled, readers=readers, parties=relabelled.parties[::-1])

    assert figures(assess(turned)) == figures(assess(case))


def renamed(thing: Any, words: Mapping[str, str]) -> Any:
    """A copy with every id replaced; texts are left as they are, since no id is a whole text."""
    if isinstance(thing, Enum):
        return thing
    if isinstance(thing, str):
        return words.get(thing, thing)
    if isinstance(thing, Mapping):
        return {renamed(k, words): renamed(v, words) for k, v in thing.items()}
    if isinstance(thing, tuple):
        return tuple(renamed(item, words) for item in thing)
    if attrs.has(type(thing)):
        fields = {f.alias: renamed(getattr(thing, f.name), words) for f in attrs.fields(type(thing)) if f.init}
        return type(thing)(**fields)
    return thing


def figures(answer: Assessment) -> list[tuple[Any, ...]]:
    """Everything of an answer that is a number or a version, names of parties and groups left out."""
    lines = [
        (line.gate.value, *(round(n, 9) for n in (line.before.hi, line.after.lo, line.after.mid, line.after.hi)))
        for reader in answer.readers
        for line in reader.lines
    ]
    said = [(str(s.claim), str(s.version), s.value) for s in answer.tearline.said]
    broken = [(b.gate.value, round(b.reached, 9), round(b.limit, 9)) for o in answer.obstacles for b in o.breaches]
    return [*sorted(lines), *said, *sorted(broken), (type(answer.decision).__name__, round(answer.tearline.load, 9))]


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_says_where_it_comes_from_and_what_is_illustrative(name: str) -> None:
    about = shipped(name).about

    assert about is not None
    assert about.summary
    assert about.cites
    assert any("claims" in path for path in about.illustrative)
    assert any("readers" in path for path in about.illustrative)
    assert about.judgement or name == "essay"
    assert shipped(name).proposal.harm_of_silence


def test_every_case_shipped_is_in_the_tables() -> None:
    assert {*CASES, *INVENTED} == set(names())
