"""The Oval Office affair as it could have gone, on files: the card, the ally, the briefing, and what was said."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tearline.cases import text_of
from tearline.cli import journals, run

YES = "consents: [{party: IL, on: 2017-05-09, covers: {laptops: plot}, to: RU, answer: yes, forms: [disclosure]}]"
UNASKED = "consents: []                         # Israel has not been asked"

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case as a file, on the eve of the visit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEARLINE_RECORD", str(tmp_path / "record"))
    Path("visit.yaml").write_text(text_of("oval-office"), "utf-8")
    hours = iter(dt.datetime(2017, 5, 9, hour, tzinfo=dt.UTC) for hour in range(24))
    monkeypatch.setattr(journals, "_now", lambda: next(hours))


def go(to: str, by: str, *more: str) -> int:
    """Make a move."""
    return run(["move", "visit.yaml", "--to", to, "--by", by, *more])


def agreed() -> None:
    """Israel agrees."""
    path = Path("visit.yaml")
    text = path.read_text("utf-8")
    assert UNASKED in text
    path.write_text(text.replace(UNASKED, YES), "utf-8")


def hand(capsys: Captured) -> dict[str, list[str]]:
    """What is on the card that goes into the room."""
    capsys.readouterr()
    run(["card", "visit.yaml", "--json"])
    found: dict[str, list[str]] = json.loads(capsys.readouterr().out)["may_leave"]
    return found


def test_before_the_ally_has_agreed_the_card_says_nothing(capsys: Captured) -> None:
    assert hand(capsys)["say"] == []


def test_once_it_has_agreed_the_plot_may_be_told_and_never_the_city(capsys: Captured) -> None:
    agreed()

    (said,) = hand(capsys)["say"]

    assert "airliners" in said
    assert "city" not in json.dumps(hand(capsys))


def test_from_draft_to_the_meeting_and_what_was_said_in_it(capsys: Captured) -> None:
    assert go("draft", "staff") == 0
    assert go("assessed", "staff") == 0
    assert go("consulting", "staff") == 0
    agreed()
    assert go("assessed", "staff") == 0
    assert go("cleared", "staff", "--because", "he wants it") == 4
    assert go("cleared", "adviser", "--because", "he is briefed tonight") == 0
    assert go("released", "adviser") == 4
    assert run(["log", "visit.yaml", "--by", "adviser", "--briefed", "president"]) == 0
    assert go("released", "adviser") == 0
    said = ("--said", "laptops=city", "--sure", "0.6", "--because", "press accounts")
    assert run(["log", "visit.yaml", "--by", "staff", *said]) == 0
    capsys.readouterr()

    run(["history", "visit.yaml"])

    page = capsys.readouterr().out
    assert "BEYOND THE CARD: laptops" in page
    assert "president briefed by adviser" in page
    assert "Now: released" in page
