"""What the key pledges to sign: whoever can write the record's file, but has not its key, gets nothing signed."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from releasing_desk import OTHER, Captured, Desk, desk_in
from tearline.ledger.notes import Signer
from tearline.store.record import Record

THIRD = OTHER.replace("dine", "sail").replace("dinner", "regatta").replace("cook", "boatman")
FOURTH = THIRD.replace("sail", "ride").replace("regatta", "outing").replace("boatman", "groom")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    made = desk_in(tmp_path, monkeypatch, capsys)
    assert made.release()[0] == 0
    return made


def pledge(desk: Desk) -> Path:
    (found,) = (desk.folder / "keys").glob("*.head")
    return found


def forge(desk: Desk) -> None:
    """Add an entry as the program would, with a key of one's own, and leave its head unsigned."""
    record = Record(desk.record)
    forger = Signer.of(record.origin, bytes(32))
    record.key = forger.key
    now = int(desk.clock.now.timestamp())
    record.append([("release", {"title": "never released"})], now, forger, lambda: bytes(32))
    record.connection.execute("update head set note = null where size = ?", (record.size,))
    record.close()


def test_an_entry_that_somebody_without_the_key_has_added_is_never_signed(desk: Desk) -> None:
    forge(desk)

    code, _, err = desk.release(OTHER, "other.yaml")

    assert code == 2
    assert "entry 1: its head bears no signature" in err
    with sqlite3.connect(desk.record) as connection:
        assert connection.execute("select count(*) from head where note is null").fetchone() == (1,)
    assert len(desk.entries()) == 2


def test_verify_says_where_somebody_without_the_key_has_added_something(desk: Desk) -> None:
    forge(desk)

    code, out, _ = desk.tearline("record", "verify")

    assert code == 4
    assert "entry 1: its head bears no signature" in " ".join(out.split())


def test_an_erasure_signs_no_entry_of_somebody_else_either(desk: Desk) -> None:
    forge(desk)

    code, _, err = desk.tearline("record", "erase", "0", "--by", "archivist", "--because", "order of the court")

    assert code == 2
    assert "bears no signature" in err


def test_a_pledge_of_an_older_state_signs_no_entry_of_somebody_else(desk: Desk) -> None:
    older = pledge(desk).read_bytes()
    assert desk.release(OTHER, "other.yaml")[0] == 0
    pledge(desk).write_bytes(older)
    forge(desk)

    assert desk.release(THIRD, "third.yaml")[0] == 2
    assert desk.tearline("record", "verify")[0] == 4


def test_a_pledge_of_an_older_state_does_not_stop_a_record_whose_head_is_signed(desk: Desk) -> None:
    older = pledge(desk).read_bytes()
    assert desk.release(OTHER, "other.yaml")[0] == 0
    pledge(desk).write_bytes(older)

    assert desk.release(THIRD, "third.yaml")[0] == 0
    assert desk.tearline("record", "verify")[0] == 0


def test_without_its_pledge_nothing_is_added_to_a_record(desk: Desk) -> None:
    pledge(desk).unlink()

    code, _, err = desk.release(OTHER, "other.yaml")

    assert (code, len(desk.entries())) == (2, 1)
    assert "gone; without it nobody can tell what was signed" in err
    assert desk.tearline("record", "verify")[0] == 4


def test_without_its_pledge_a_record_cannot_be_begun_again_under_its_name(desk: Desk) -> None:
    record = Record(desk.record)
    desk.record.unlink()
    Record.create(desk.record, record.key).close()
    record.close()
    assert desk.release(OTHER, "other.yaml")[0] == 2

    pledge(desk).unlink()

    assert desk.release(OTHER, "other.yaml")[0] == 2


def test_a_pledge_that_is_not_by_the_key_is_none(desk: Desk) -> None:
    text = pledge(desk).read_text("utf-8")
    pledge(desk).write_text(text.replace("\n1\n", "\n2\n"), "utf-8")

    code, _, err = desk.release(OTHER, "other.yaml")

    assert code == 2
    assert "damaged" in err
    assert desk.tearline("record", "verify")[0] == 4


def test_a_record_put_back_from_an_older_copy_is_told_of_by_verify(desk: Desk) -> None:
    shutil.copytree(desk.record.parent, desk.folder / "older")
    assert desk.release(OTHER, "other.yaml")[0] == 0
    shutil.rmtree(desk.record.parent)
    shutil.copytree(desk.folder / "older", desk.record.parent)

    code, out, _ = desk.tearline("record", "verify")

    assert code == 4
    assert "its key has signed 2" in " ".join(out.split())


def test_a_pledge_is_for_the_eyes_of_its_owner(desk: Desk) -> None:
    assert stat.S_IMODE(pledge(desk).stat().st_mode) == 0o600


def test_verify_tells_for_good_that_the_pages_were_summed_anew_where_their_sums_were_gone(desk: Desk) -> None:
    sums = desk.record.with_name("record.db.pages")
    older = sums.read_bytes()
    assert desk.release(OTHER, "other.yaml")[0] == 0
    sums.write_bytes(older)

    assert desk.release(THIRD, "third.yaml")[0] == 0
    assert desk.release(FOURTH, "fourth.yaml")[0] == 0

    code, out, _ = desk.tearline("record", "verify")
    told = " ".join(out.split())
    assert code == 0
    assert told.count("the sums of act 2, after the entry of 2026-11-23T12:00:00+00:00, were not there") == 1
