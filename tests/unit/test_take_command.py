"""`tearline take`: a paper as a file, or nothing; what is on record, a draft of what may go, and no more."""

import datetime as dt
import json
import os
import re
import stat
from pathlib import Path

import pytest

from paper_bytes import pages_of
from releasing_desk import CASE, NOON, Captured, Desk, desk_in
from tearline.cli import taking
from tearline.cli.taking import write_whole
from tearline.errors import InputError

JOINT = CASE.replace("owner: A,", "owner: A, joint_with: [C],")
UNJUDGED = CASE.replace("    persons: []\n", "")
TOLD = CASE.replace("  harm_of_silence", "  form: disclosure\n  harm_of_silence")
DRAFT = "DRAFT: not released"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    return desk_in(tmp_path, monkeypatch, capsys)


def reference(desk: Desk) -> str:
    """What the only release on record is filed under."""
    (entry,) = desk.entries()
    digits = entry.commitment.hex()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"


def test_what_is_on_record_is_taken_with_its_day_and_a_reference_that_counts_nothing(desk: Desk) -> None:
    desk.release()
    desk.clock.now += dt.timedelta(days=3)

    code, out, err = desk.tearline("take", "mine.yaml", "tearline", "--as", "txt")

    assert (code, err) == (0, "")
    assert "1. They meet this week. [F6]" in out
    assert "Date       23 November 2026" in out
    assert f"Reference  {reference(desk)}" in out
    assert DRAFT not in out


def test_what_may_go_and_has_not_gone_is_a_draft(desk: Desk) -> None:
    code, out, err = desk.tearline("take", desk.write(), "tearline")

    assert (code, out.count(DRAFT)) == (0, 2)
    assert "`tearline release` first" in err
    assert desk.entries() == []


def test_a_case_changed_since_its_release_is_judged_anew(desk: Desk) -> None:
    desk.release()

    code, out, err = desk.tearline("take", desk.write(CASE + "# changed\n"), "tearline")

    assert (code, out) == (4, "")
    assert "no tearline: nothing may go to State B" in err


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        (JOINT, 3, "State C must be asked first"),
        (UNJUDGED, 3, "only under conditions, and `tearline release` must find them signed for"),
        (CASE.replace("as_of: 2026-11-20", "as_of: 2026-12-24"), 4, "dated ahead of today"),
        (TOLD, 2, "no copy is kept; take the card"),
    ],
)
def test_what_may_not_go_now_makes_no_paper_and_no_file(desk: Desk, text: str, code: int, why: str) -> None:
    case = desk.write(text)

    ended, out, err = desk.tearline("take", case, "tearline", "-o", "b.pdf")

    assert (ended, out) == (code, "")
    assert why in err
    assert sorted(os.listdir(desk.folder)) == ["mine.yaml"]


def test_what_was_signed_for_and_released_can_be_taken(desk: Desk) -> None:
    asked = desk.json("assess", desk.write(UNJUDGED))["house_only"]["decision"]["conditions"]
    signed = "".join(f"    - {{that: {json.dumps(each)}, by: chief, on: 2026-11-20}}\n" for each in asked)
    desk.release(UNJUDGED + "  signed:\n" + signed)

    code, out, _ = desk.tearline("take", "mine.yaml", "tearline")

    assert (code, DRAFT in out) == (0, False)
    assert "They meet this week" in out


def test_what_was_refused_or_recalled_in_its_journal_makes_no_paper(desk: Desk) -> None:
    case = desk.write()
    desk.tearline("move", case, "--to", "draft", "--by", "desk")
    desk.tearline("move", case, "--to", "assessed", "--by", "analyst")
    desk.tearline("move", case, "--to", "refused", "--by", "chief", "--because", "not now")

    code, out, err = desk.tearline("take", case, "tearline")

    assert (code, out) == (4, "")
    assert "the journal says that it is refused" in err


def test_an_erased_release_can_not_be_taken(desk: Desk) -> None:
    desk.release()
    desk.tearline("record", "erase", "0", "--by", "archivist", "--because", "order of the court")

    code, out, err = desk.tearline("take", "mine.yaml", "tearline")

    assert out == ""
    assert code != 0
    assert err


def test_the_submission_of_what_must_be_asked_is_taken_and_ends_as_the_answer_does(desk: Desk) -> None:
    code, out, _ = desk.tearline("take", desk.write(JOINT), "submission", "--as", "txt")

    assert code == 3
    assert out.splitlines()[0].strip() == "INTERNAL: STAYS IN THE HOUSE"
    assert "ASK FIRST. Ask State C" in out


def test_the_card_is_taken_whatever_the_answer_is(desk: Desk) -> None:
    code, out, _ = desk.tearline("take", desk.write(JOINT), "card")

    assert code == 3
    assert "Nothing of it." in out
    assert "State" not in out


def test_a_file_is_for_its_owner_alone_and_is_what_its_name_ends_with(desk: Desk) -> None:
    desk.release()

    code, out, err = desk.tearline("take", "mine.yaml", "tearline", "-o", "b.pdf")

    made = desk.folder / "b.pdf"
    assert (code, out) == (0, "")
    assert "written: b.pdf (report, may leave the house)" in err
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "They meet this week." in pages_of(made.read_bytes())[0]
    assert b"b.pdf" not in made.read_bytes()
    assert b"mine.yaml" not in made.read_bytes()


def test_a_file_is_overwritten_only_when_that_is_asked_for(desk: Desk) -> None:
    case, there = desk.write(), desk.folder / "b.md"
    there.write_text("mine", "utf-8")

    refused = desk.tearline("take", case, "card", "--out", "b.md")
    kept = there.read_text("utf-8")
    forced = desk.tearline("take", case, "card", "--out", "b.md", "--force")

    assert (refused[0], kept) == (2, "mine")
    assert "`--force` overwrites" in refused[2]
    assert forced[0] == 0
    assert there.read_text("utf-8").startswith("**These words and no others**")
    assert stat.S_IMODE(there.stat().st_mode) == 0o600


def test_what_fails_while_it_is_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(place: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking.os, "fsync", full)

    with pytest.raises(InputError, match="no space left on device"):
        write_whole(tmp_path / "a", b"new", force=False)
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(InputError, match="no space left on device"):
        write_whole(tmp_path / "b", b"new", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"


def test_what_lies_there_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"theirs")

    with pytest.raises(InputError, match="is there already"):
        write_whole(tmp_path / "a", b"ours", force=False)

    assert (tmp_path / "a").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("paper",), "there is no paper `paper`; there are `tearline`, `submission` and `card`"),
        (("card", "--as", "docx"), "nothing is written as `docx`; there are `pdf`, `md`, `txt` and `json`"),
        (("card", "-o", "card.docx"), "nothing is written as `docx`.*say `--as`"),
        (("card", "-o", "nowhere/card.md"), "there is no directory `nowhere`"),
        (("card", "--as", "md", "-o", "."), "is a directory"),
        (("tearline", "--record", "none.db"), "none.db"),
    ],
)
def test_what_cannot_be_taken_is_said(desk: Desk, arguments: tuple[str, ...], why: str) -> None:
    code, out, err = desk.tearline("take", desk.write(), *arguments)

    assert (code, out) == (2, "")
    assert re.search(why, err)


def test_json_is_a_paper_or_a_fault(desk: Desk) -> None:
    paper = json.loads(desk.tearline("take", desk.write(), "card", "--as", "json")[1])
    fault = json.loads(desk.tearline("take", "nowhere.yaml", "card", "--as", "json")[1])

    assert list(paper) == ["tearline_paper", "may_leave", "house_only"]
    assert fault["tearline_faults"] == 1


def test_a_paper_of_today_bears_the_day_of_today(desk: Desk) -> None:
    _, out, _ = desk.tearline("take", desk.write(), "tearline", "--as", "txt")

    assert f"{NOON.day} November 2026" in out
