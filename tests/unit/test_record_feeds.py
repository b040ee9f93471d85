"""What is on record counts as given in later cases: how claims are matched, and what must be confirmed instead."""

import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasing_desk import CASE, Captured, Desk, desk_in
from small_case import TODAY, claim, small_case, with_claim
from tearline.assess import assess
from tearline.assess.recorded import with_record
from tearline.domain import Allow, AllowIf, Case, Given, Version
from tearline.domain.released import Released, Told


def told(**changes: Any) -> Told:
    return attrs.evolve(Told(claim="meeting", version="vague", words="They meet this week.", sources=("s",)), **changes)


def released(*claims: Told, **changes: Any) -> Released:
    return attrs.evolve(Released(seq=7, on=TODAY, to="B", called="B", told=claims or (told(),)), **changes)


def given_in(case: Case) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    return [(given.to, dict(given.claims)) for given in case.given]


def test_without_releases_it_is_the_same_case() -> None:
    assert with_record(small_case(), ()) == small_case()


@pytest.mark.parametrize(
    "words", ["They meet this week.", "They  meet\nthis week.", "They meet this week. "], ids=["same", "wrapped", "end"]
)
def test_the_same_words_are_the_same_claim_whatever_it_was_called(words: str) -> None:
    found = with_record(small_case(), [released(told(claim="other", version="v", words=words, sources=("t",)))])

    assert given_in(found) == [(("B",), {"meeting": "vague"})]
    assert found.from_record.confirm == ()
    assert "number 7 on the record" in found.from_record.counted[0]


def test_composed_and_decomposed_letters_are_the_same_words() -> None:
    vague = Version(id="vague", text="Caf\u00e9", value=3.0, known={})
    case = with_claim(small_case(), versions=(claim().versions[0], vague))

    assert given_in(with_record(case, [released(told(words="Cafe\u0301"))])) == [(("B",), {"meeting": "vague"})]


def test_the_same_claim_in_words_that_are_gone_counts_in_its_most_exact_version() -> None:
    found = with_record(small_case(), [released(told(words="They meet soon."))])

    assert given_in(found) == [(("B",), {"meeting": "exact"})]
    assert "the most exact one counts" in found.from_record.counted[0]


@pytest.mark.parametrize(
    ("release", "why"),
    [
        (released(told(words="Something else.", sources=("t",))), "could not be set against any claim"),
        (released(told(claim="other", words="Something else.")), "could not be set against any claim"),
        (released(to="D", called="State D"), "does not know that recipient"),
        (released(called="another B"), "does not know that recipient"),
        (Released(seq=7, on=TODAY, erased=True), "what it said was erased"),
    ],
    ids=["same id, other source", "same source, other claim", "unknown", "another of that id", "erased"],
)
def test_what_cannot_be_set_against_the_case_must_be_confirmed(release: Released, why: str) -> None:
    found = with_record(small_case(), [release])

    (confirm,) = found.from_record.confirm
    assert why in confirm
    assert found.given == ()
    decision = assess(attrs.evolve(found, sources=(attrs.evolve(found.sources[0], joint_with=()),))).decision
    assert isinstance(decision, AllowIf)
    assert confirm in decision.conditions


def test_what_shares_nothing_is_listed_and_changes_nothing() -> None:
    case = attrs.evolve(small_case(), sources=(attrs.evolve(small_case().sources[0], joint_with=()),))
    found = with_record(case, [released(told(claim="other", words="Rain.", sources=("t",)))])

    assert isinstance(assess(found).decision, Allow)
    assert "not counted" in found.from_record.counted[0]
    assert found.from_record.counted[0] in assess(found).leaned_on


def test_what_the_case_says_itself_is_counted_once() -> None:
    mine = Given(to=("B", "C"), on=TODAY, claims={"meeting": "exact"})

    assert with_record(small_case(given=(mine,)), [released()]).given == (mine,)
    assert len(with_record(small_case(given=(mine,)), [released(on=TODAY - dt.timedelta(days=1))]).given) == 2
    vague = attrs.evolve(mine, claims={"meeting": "vague"})
    assert len(with_record(small_case(given=(vague,)), [released(told(words="They meet at nine."))]).given) == 2


def test_a_case_dated_back_gains_nothing_by_it() -> None:
    found = with_record(small_case(), [released(on=TODAY + dt.timedelta(days=30))])

    assert [given.on for given in found.given] == [TODAY]


@given(st.lists(st.sampled_from(["They meet this week.", "They meet at nine.", "Rain."]), max_size=4), st.booleans())
def test_nothing_on_record_is_dropped_without_a_word(words: list[str], known: bool) -> None:
    releases = [released(told(words=each), seq=n, to="B" if known else "D") for n, each in enumerate(words)]

    found = with_record(small_case(), releases)

    said = [*found.from_record.counted, *found.from_record.confirm]
    for release in releases:
        stated = any(f"number {release.seq} on the record" in each for each in said)
        twice = any(given.on == release.on for given in found.given)
        assert stated or twice


# --- by command ---------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    return desk_in(tmp_path, monkeypatch, capsys)


def test_assess_counts_what_is_on_record_only_when_it_is_named(desk: Desk) -> None:
    desk.release()
    later = desk.write(CASE.replace("A meeting of X", "The meeting again"), "later.yaml")

    assert desk.tearline("assess", later)[0] == 0
    code, out, _ = desk.tearline("assess", later, "--record", str(desk.record))
    assert code == 4
    assert "number 0 on the record" in " ".join(out.split())
    assert desk.tearline("assess", later, "--record", "nowhere")[0] == 2


def test_the_life_of_a_proposal_counts_it_too(desk: Desk) -> None:
    desk.release()
    later = desk.write(CASE.replace("A meeting of X", "The meeting again"), "later.yaml")
    desk.tearline("move", later, "--to", "draft", "--by", "desk")

    _, out, _ = desk.tearline("move", later, "--to", "assessed", "--by", "desk")

    assert "nothing may go" in " ".join(out.split())


def test_after_an_erasure_somebody_must_confirm_what_nobody_knows_any_more(desk: Desk) -> None:
    desk.release()
    desk.tearline("record", "erase", "0", "--by", "archivist", "--because", "the court")
    desk.clock.now += dt.timedelta(days=1)

    code, out, _ = desk.release(CASE.replace("A meeting of X", "The meeting again"), "later.yaml")

    assert code == 3
    assert "what it said was erased" in " ".join(out.split())


def test_a_record_that_was_changed_feeds_nothing(desk: Desk) -> None:
    desk.release()
    whole = desk.record.read_bytes()
    desk.record.write_bytes(whole.replace(b"They meet this week.", b"They feed this week."))

    code, _, err = desk.tearline("assess", desk.write(), "--record", str(desk.record))

    assert code == 2
    assert "does not say what was committed to" in err
