"""The page to be signed: what stands on it, that it is one page, and what never stands on it."""

import datetime as dt
import os
import stat
from pathlib import Path

import attrs
import pytest

from scenarios.answers import shipped
from scenarios.perturbation import CASES
from small_case import small_case, with_proposal, yes
from tearline.assess import assess
from tearline.assess.submission import Submission, submission
from tearline.cases import open_shipped
from tearline.cli import run
from tearline.cli.render_submission import BANNER, LINES, markdown, plain
from tearline.domain import Case, Consulted, Given, Question

PAGES = Path(__file__).parent / "submissions"
SIGNED = ("essay", "oval-office", "alert", "cuba", "arar")


def page_of(case: Case) -> Submission:
    return submission(assess(case))


def section(page: Submission, start: str) -> str:
    """All that stands in the section whose title begins so; empty if there is none."""
    found = [s for s in page.sections if s.title.startswith(start)]
    return "\n".join(text for s in found for text in (*s.quoted, *s.points, *s.boxes))


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize(("ending", "write"), [("txt", plain), ("md", markdown)])
def test_the_page_is_as_it_was_approved(name: str, ending: str, write: object) -> None:
    assert callable(write)

    found = write(page_of(shipped(name)))

    assert found == (PAGES / f"{name}.{ending}").read_text("utf-8")


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\x1b"])
def test_marks_that_nobody_sees_are_named_once_on_every_page(mark: str) -> None:
    page = page_of(attrs.evolve(small_case(consents=(yes("C"),)), title=f"A{mark}B"))

    for text in (plain(page), markdown(page)):
        assert mark not in text
        assert f"A(U+{ord(mark):04X})B" in text
        assert "\\u" not in text


@pytest.mark.parametrize("name", CASES)
def test_every_shipped_case_has_one_page_without_placements_or_more_exact_words(name: str) -> None:
    file, found = open_shipped(name), assess(open_shipped(name).case)

    page = plain(submission(found))

    assert page.count("\n") <= LINES
    assert max(map(len, page.splitlines())) <= 80
    flowing = " ".join(page.split())
    for placement in file.sealed.values():
        assert placement.unseal() not in flowing
    for said in found.tearline.said:
        claim = file.case.claim(said.claim)
        more = claim.versions[: len(claim.versions) if said.version is None else claim.rank(said.version)]
        assert not any(" ".join(version.text.split()) in flowing for version in more)


def test_it_is_marked_as_internal_above_and_below() -> None:
    lines = plain(page_of(shipped("essay"))).splitlines()

    assert lines[0] == lines[-1] == BANNER


def test_a_decision_maker_finds_what_there_is_to_sign() -> None:
    page = page_of(shipped("essay"))

    assert page.verdict[0] == "ASK FIRST"
    assert "State C has a stake" in page.why[0]
    assert "a state-backed group" in section(page, "The words").lower()
    assert "the words above" in section(page, "Who must be squared")
    assert "signals from Y; training" in section(page, "Who would be furious")
    assert "State B on 2 June 2026" in section(page, "Who would be furious")
    assert "An attack on a crowded station" in section(page, "If nothing is said")
    assert "7 December 2026" in section(page, "If nothing is said")
    assert "reporting on Y" in section(page, "What to ask in return")
    assert page.signatures == (("Proposed by", "officer-7"), ("Decided for State A (not by officer-7)", ""))


def test_a_refusal_owns_its_silence_and_has_no_words() -> None:
    page = page_of(shipped("alert"))

    assert page.verdict[0] == "DO NOT RELEASE"
    assert section(page, "The words") == ""
    assert "owned by an official at the briefing" in section(page, "If nothing is said")


def test_conditions_are_boxes_to_tick() -> None:
    case = small_case(consents=(yes("C", "exact", conditions=("the visit is over",)),))

    page = page_of(case)

    assert page.verdict[0] == "RELEASE IF"
    assert section(page, "Before it goes").endswith("has happened: the visit is over.")


def test_a_question_that_is_out_is_not_asked_again() -> None:
    out = Question(
        party="C", on=dt.date(2026, 11, 18), covers={"meeting": "exact"}, to=("B",), due=dt.date(2026, 11, 25)
    )

    page = page_of(small_case(questions=(out,)))

    told = section(page, "Who must be squared")
    assert told == "C: asked on 18 November 2026, and has until 25 November 2026; silence is a no."


def test_the_next_round_and_a_late_answer_are_said() -> None:
    base = small_case()
    how = Consulted(answers_in=9, next_round=dt.date(2026, 11, 24))
    parties = tuple(attrs.evolve(p, consulted=how) if p.id == "C" else p for p in base.parties)
    case = with_proposal(attrs.evolve(base, parties=parties), harm_by=dt.date(2026, 11, 30))

    told = section(page_of(case), "Who must be squared")

    assert "ask on 24 November 2026, answer by 3 December 2026 (too late: ask for a quicker one)" in told


def test_what_is_to_be_recalled_stands_on_it() -> None:
    told = Given(to=("B",), on=dt.date(2026, 11, 5), claims={"meeting": "vague"})
    case = small_case(given=(told,), consents=(yes("C", "exact", withdrawn=dt.date(2026, 11, 15)),))

    assert "recall what went to B on 5 November 2026" in section(page_of(case), "Who would be furious")


def test_words_that_do_not_fit_go_into_an_annex_whole() -> None:
    base = small_case(consents=(yes("C", "exact"),))
    long = "They meet again and again, " * 120 + "until the end."
    claim = attrs.evolve(base.claims[0], versions=(attrs.evolve(base.claims[0].versions[1], id="exact", text=long),))

    text = plain(page_of(attrs.evolve(base, claims=(claim,))))

    page, _, annex = text.rpartition("\nANNEX\n")
    assert page.count("\n") <= LINES
    assert "See the annex: 1 entry." in page
    assert "until the end." in " ".join(annex.split())


@pytest.mark.parametrize("attack", ["# no\n\n- [x] done", "<script>alert(1)</script>", "a | b *c* `d` [e](f)"])
def test_nothing_in_a_case_becomes_markup(attack: str) -> None:
    text = markdown(page_of(with_proposal(small_case(), harm_of_silence=attack)))

    assert text.count("\n") == markdown(page_of(with_proposal(small_case(), harm_of_silence="harm"))).count("\n")
    assert "<script>" not in text
    assert "*c*" not in text
    assert "[x] done" not in text
    assert "[e](f)" not in text


def test_it_ends_as_the_decision_and_writes_a_file_for_its_owner_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "page.md"

    codes = [run(["submission", name, "--out", str(tmp_path / name)]) for name in ("essay", "arcos", "alert")]
    again = run(["submission", "essay", "--format", "markdown", "--out", str(place)])
    taken = run(["submission", "essay", "--out", str(place)])

    assert (codes, again, taken) == ([3, 0, 4], 3, 2)
    assert place.read_text("utf-8") == markdown(page_of(shipped("essay")))
    assert stat.S_IMODE(os.stat(place).st_mode) == 0o600
    assert "there already" in capsys.readouterr().err


def test_a_format_that_does_not_exist_is_named_with_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["submission", "essay", "--format", "pdf"]) == 2
    assert "there is `terminal` and `markdown`" in capsys.readouterr().err
