"""`tearline partner`: the page, as text and as JSON, and what is wrong with a ledger in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tearline.cases import read, text_of
from tearline.cli import run
from tearline.errors import CaseFileError


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of a command."""
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def page(capsys: pytest.CaptureFixture[str], party: str, case: str = "liaison", *more: str) -> str:
    code, out, _ = printed(capsys, "partner", party, "--case", case, *more)
    assert code == 0
    return " ".join(out.split())


# --- the page -------------------------------------------------------------------------------------------


def test_there_are_two_bars_and_never_one_score(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "B")

    assert "Handling ·▒▒█▒▒▒▒▒▒▒········· 7.7–51% sound" in text
    assert "Use ················▒█▒▒ 83–96% sound" in text
    assert "score" not in text.replace("never one score", "")


def test_the_timeline_shows_what_moved_it_and_who_judged_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "B")

    assert "2026-05-02 ······●────────────○ breach (ministry, minister-office)" in text
    assert "newspaper [security branch]" in text


def test_each_channel_says_whether_it_binds(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "B")

    assert "through service, station: 0.93–2.4% a share, does not bind" in text
    assert "through ministry, minister-office: 9.9–19% a share, binds" in text


def test_where_the_case_states_a_path_the_page_says_that_the_record_moves_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = page(capsys, "B", "essay")

    assert "its record moves nothing there" in text
    assert "something leaks with" not in text


def test_an_officer_proposed_is_priced_before_anybody_answers(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "R")

    assert "State R has proposed a former head of section for our capital. If that is refused" in text
    assert "a year" in text


def test_what_does_not_count_is_named_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not count, for nobody has judged it" in page(capsys, "R")


def test_a_dossier_is_read_claim_by_claim(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "R", "liaison", "--dossier", "first-file")

    assert ": thin" in text
    assert "officers: Who commands it. worth 4, new 0" in text
    assert "carries a variant that we planted" in text
    assert "may be bait" in text
    assert "Two bars" not in text


def test_the_page_says_who_covers_what_and_what_to_swap(capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, "B")

    assert "Each alone: 192 in all. Best shared: 84" in text
    assert "ask State R first" in text


def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "partner", "R", "--case", "liaison", "--json")
    found: dict[str, Any] = json.loads(out)
    house = found["house_only"]

    assert code == 0
    assert found["tearline_partner"] == 1
    assert house["party"] == "R"
    assert house["binds"] is True
    assert house["handling"]["entries"][0]["why_not"] == "nobody has judged it"
    assert house["refusal"]["pending"] == "a former head of section for our capital"
    assert house["received"][0]["thin"] is True
    assert house["how_they_may_see_us"][0]["measure"] == "handling"


def test_the_same_ledger_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    once, again = (printed(capsys, "partner", "B", "--case", "liaison", "--json")[1] for _ in range(2))

    assert once == again


@pytest.mark.parametrize("case", ["minimal", "full"])
def test_every_party_of_a_template_has_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path, case: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(printed(capsys, "new", "--template", case)[1], "utf-8")

    for party in ("B", "X"):
        assert "What to do next" in page(capsys, party, str(file))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Q", "--case", "liaison"), "no party `Q` in the case; there is `B`, `C`, `R`, `K`"),
        (("A", "--case", "liaison"), "`A` is us"),
        (("R", "--case", "liaison", "--dossier", "file"), "no dossier `file` from `R`; there is `first-file`"),
        (("B", "--case", "liaison", "--dossier", "first-file"), "no dossier `first-file` from `B`; there is none"),
        (("B",), "--case"),
    ],
)
def test_what_cannot_be_shown_is_said(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = printed(capsys, "partner", *arguments)

    assert code == 2
    assert out == ""
    assert message in err


def test_attack_nothing_in_a_ledger_drives_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    hostile = r'"seen\n  Handling ████████████████████ 100% sound"'
    text = text_of("liaison").replace("a sentence of ours stood word for word in a newspaper", hostile)
    file.write_text(text, "utf-8")

    _, out, _ = printed(capsys, "partner", "B", "--case", str(file))

    assert not any(line.startswith("  Handling ████") for line in out.splitlines())


def test_no_placement_is_on_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Communications Ministry" not in page(capsys, "B", "essay", "--json")


# --- faults of a ledger -------------------------------------------------------------------------------------


START = """tearline: 1
title: t
us: A
as_of: 2026-11-20
parties: {A: {}, B: {}, C: {}, X: {hostile: true}}
claims: {c: {versions: {e: {text: t}}}, d: {versions: {e: {text: t}}}}
proposal: {to: B, claims: [c]%s}
%s
"""
CLEAN = "on: 2026-01-01, what: clean"
CHOICE = "states: {a: 0.5, b: 0.5}, acts: {go: {a: 1, b: 0}}, answers: {yes: {a: 1, b: 1}}"


def faults(section: str, proposal: str = "") -> str:
    """Every problem of a file with that section."""
    with pytest.raises(CaseFileError) as wrong:
        read(START % (proposal, section))
    return str(wrong.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (f"with: A, {CLEAN}", "`A` is us"),
        (f"with: [B, B], {CLEAN}", "`B` is named twice"),
        (f"with: B, {CLEAN}, severity: grave-harm", "`severity` says nothing of `clean`; it is for `misuse`"),
        (f"with: B, {CLEAN}, times_likelier: 3", "`times_likelier` says nothing of `clean`"),
        (f"with: B, {CLEAN}, about: use", "`about` says nothing of `clean`"),
        ("with: B, on: 2026-01-01, what: thin-return, noticed: 0.2", "`noticed` says nothing of `thin-return`"),
        (f"with: [B, C], {CLEAN}", "only one leak can have several suspects"),
        ("with: [B, C], on: 2026-01-01, what: breach, ours: true", "only one leak can have several suspects"),
        ("with: [B, C], on: 2026-01-01, what: breach, times_likelier: 9", "write `points_at: {B: 9}`"),
        ("with: [B, C], on: 2026-01-01, what: breach, points_at: {X: 9}", "`X` is not among the suspects"),
        ("with: B, on: 2026-01-01, what: breach, points_at: {B: 9}", "write `times_likelier: 9`"),
        ("with: B, on: 2026-12-01, what: clean", "2026-12-01 is after the day of the case"),
        (f"with: B, {CLEAN}, review: 2025-01-01", "2025-01-01 is before it happened"),
        (f"with: B, {CLEAN}, retracted: 2026-02-01", "say who took it back: `judged_by`"),
        (f"with: B, {CLEAN}, count: 0", "outside the range"),
        ("with: B, on: 2026-01-01, what: clear", "did you mean `clean`?"),
    ],
)
def test_a_dealing_that_says_nothing_sensible_is_a_fault(entry: str, message: str) -> None:
    found = faults(f"dealings: [{{{entry}}}]")

    assert message in found
    assert "case.yaml:8:" in found


def test_attack_the_same_entry_twice_would_count_twice() -> None:
    entry = f"{{with: B, {CLEAN}, judged_by: desk}}"

    assert "the same as dealings[0]; several alike are one entry with a `count`" in faults(
        f"dealings: [{entry}, {entry}]"
    )


MANY_SCOPES = ", ".join(f"{{with: B, {CLEAN}, through: {{topic: t{n}}}}}" for n in range(201))
MANY_DEALINGS = ", ".join(f"{{with: B, {CLEAN}, what_happened: n{n}}}" for n in range(5001))
MANY_TOPICS = "topics: {" + ", ".join(f"t{n}: {{need: 1, costs: {{A: 1}}}}" for n in range(41)) + "}"
MANY_OFFERS = "offers: {" + ", ".join(f"o{n}: {{by: B, worth: {{A: 1}}}}" for n in range(121)) + "}"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("favours: [{from: B, to: C, on: 2026-01-01, topic: t, worth: 1}]", "not between us and a partner"),
        ("favours: [{from: A, to: B, on: 2026-12-01, topic: t, worth: 1}]", "is after the day of the case"),
        ("favours: [{from: A, to: B, on: 2026-01-01, topic: t, worth: [3, 2]}]", "not an interval; write lowest, best"),
        ("favours: [{from: A, to: B, on: 2026-01-01, topic: t, worth: -1}]", "outside the range"),
        (
            "favours: [{from: B, to: A, on: 2026-01-01, topic: t, worth: 1, promised: 2026-01-02}]",
            "2026-01-02 is after it was given",
        ),
        ("received: {f: {from: A, on: 2026-01-01, topic: t, claims: {c: {worth: 1}}}}", "`A` is us; name the partner"),
        ("received: {f: {from: B, on: 2026-12-01, topic: t, claims: {c: {worth: 1}}}}", "is after the day of the case"),
        ("requests: {r: {of: B, what: w}}", "neither `worth` nor `choice`"),
        (f"requests: {{r: {{of: B, what: w, worth: 1, choice: {{{CHOICE}}}}}}}", "keep one"),
        (f"requests: {{r: {{of: B, what: w, choice: {{{CHOICE.replace('0.5}', '0.4}')}}}}}}}", "add up to 0.9, not 1"),
        (f"requests: {{r: {{of: B, what: w, choice: {{{CHOICE.replace('b: 0}', 'q: 0}')}}}}}}}", "no state `q`"),
        (f"requests: {{r: {{of: B, what: w, choice: {{{CHOICE.replace('{a: 1, b: 1}', '{a: 1}')}}}}}}}", "silence is"),
        ("offers: {o: {by: B, worth: {A: 1}, agreed: C}}", "`C` is no originator"),
        ("offers: {o: {by: B, worth: {A: 1}, originators: C, agreed: C, declined: C}}", "both yes and no"),
        ("offers: {o: {by: B, worth: {B: 1}}}", "`B` has it already"),
        (
            "topics: {" + ", ".join(f"t{n}: {{need: 1, costs: {{A: 1}}}}" for n in range(41)) + "}",
            "more than 40 topics",
        ),
        (
            "offers: {" + ", ".join(f"o{n}: {{by: B, worth: {{A: 1}}}}" for n in range(121)) + "}",
            "more than 120 offers",
        ),
    ],
)
def test_what_passed_between_us_and_makes_no_sense_is_a_fault(section: str, message: str) -> None:
    assert message in faults(section)


def test_what_is_already_known_is_proposed() -> None:
    assert "`d` is not proposed" in faults("", ", already_known: {d: 0.5}")
