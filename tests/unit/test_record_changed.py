"""A record that somebody has changed, or put back as a whole: shown as what it is, and found out."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from releasing_desk import OTHER, Captured, Desk, desk_in
from tearline.cases.alone import lock_of
from tearline.cli import records


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    made = desk_in(tmp_path, monkeypatch, capsys)
    made.release()
    return made


def change(desk: Desk, *statement: Any) -> None:
    """Change the file with the tools of the trade."""
    connection = sqlite3.connect(desk.record)
    with connection:
        connection.execute(*statement)
    connection.close()


@pytest.mark.parametrize("kind", ["release", "refusal", "waiver", "override", "erasure", "favour"])
@pytest.mark.parametrize("says", ["{}", "[]", '"words"', "5", "null", '{"to": NaN}', '{"told": [{}], "called": 1}'])
def test_whatever_an_entry_says_now_oversight_is_shown_that_it_was_changed(desk: Desk, kind: str, says: str) -> None:
    change(desk, "update content set record = ?", (says,))
    change(desk, "update entry set kind = ?", (kind,))

    code, out, _ = desk.tearline("record", "show", "--oversight")

    assert code == 4
    assert f"CHANGED SINCE IT WAS WRITTEN: {kind}" in " ".join(out.split())
    assert desk.json("record", "show")["house_only"]["counts"]["changed_since"] == 1
    assert desk.tearline("record", "verify")[0] == 4
    assert desk.release(OTHER, "other.yaml")[0] == 2


def test_content_that_was_taken_out_by_hand_is_not_shown_as_erased(desk: Desk) -> None:
    change(desk, "delete from content where seq = 0")

    code, out, _ = desk.tearline("record", "show", "--oversight")

    assert code == 4
    assert "nothing, and no erasure of it is on record" in " ".join(out.split())
    assert desk.json("record", "show")["house_only"]["entries"][0]["erased"] is False


@pytest.mark.parametrize("at", [-(2**60), 2**62])
def test_a_time_that_is_none_is_shown_as_one(desk: Desk, at: int) -> None:
    change(desk, "update entry set at = ?", (at,))

    code, out, _ = desk.tearline("record", "show")

    assert code == 4
    assert f"at no time ({at})" in " ".join(out.split())


def test_what_was_put_into_a_record_moves_no_cursor(desk: Desk) -> None:
    change(desk, "update content set record = ?", ('{"called": "\x9b31m\u202e\\u001b[2J"}',))

    shown = [desk.tearline("record", "show", *how)[1] for how in ([], ["--oversight"], ["--json"])]

    assert [c for out in shown for c in out if not c.isprintable() and c != "\n"] == []
    assert desk.json("record", "show")["house_only"]["entries"][0]["says"] == {"called": "\x9b31m\u202e\x1b[2J"}


def test_an_entry_nested_beyond_all_measure_is_damage(desk: Desk) -> None:
    change(desk, "update content set record = ?", ("[" * 200_000 + "]" * 200_000,))

    code, _, err = desk.tearline("record", "show")

    assert (code, "damaged" in err) == (2, True)
    assert desk.tearline("record", "verify")[0] == 4


def test_nobody_adds_to_a_record_while_it_is_verified(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, verified = [], records.verified

    def look(*given: Any, **more: Any) -> Any:
        looked.append(lock_of(desk.record).exists())
        return verified(*given, **more)

    monkeypatch.setattr(records, "verified", look)

    assert desk.tearline("record", "verify")[0] == 0
    assert looked == [True]


# --- held against a head that was kept elsewhere ------------------------------------------------------------


@pytest.fixture
def older(desk: Desk) -> Path:
    """A copy of record, sums and keys; what went since is proved in the file `kept`."""
    copy = desk.folder / "copy"
    for name in ("data", "keys"):
        shutil.copytree(desk.folder / name, copy / name)
    desk.release(OTHER, "other.yaml")
    (desk.folder / "kept").write_text(desk.tearline("record", "prove", "1")[1], "utf-8")
    return copy


def put_back(desk: Desk, copy: Path) -> None:
    for name in ("data", "keys"):
        shutil.rmtree(desk.folder / name)
        shutil.copytree(copy / name, desk.folder / name)


def test_a_record_put_back_with_its_keys_is_found_by_a_head_from_elsewhere(desk: Desk, older: Path) -> None:
    put_back(desk, older)
    assert desk.tearline("record", "verify")[0] == 0

    code, out, _ = desk.tearline("record", "verify", "--head", "kept")

    assert code == 4
    assert "has 2 entries, this record 1: it was put back from an older copy" in " ".join(out.split())


def test_two_histories_of_one_size_are_told_apart(desk: Desk, older: Path) -> None:
    put_back(desk, older)
    desk.release(OTHER, "other.yaml")

    code, out, _ = desk.tearline("record", "verify", "--head", "kept")

    assert code == 4
    assert "two histories" in " ".join(out.split())


@pytest.mark.parametrize("kept", ["a proof", "a request", "the head alone"])
def test_a_record_that_continues_the_head_says_so(desk: Desk, older: Path, kept: str) -> None:
    proof = (desk.folder / "kept").read_text("utf-8")
    head = proof.partition("\n\n")[2]
    (desk.folder / "kept").write_text({"a proof": proof, "a request": f"old 0\n\n{head}"}.get(kept, head), "utf-8")
    desk.clock.now = desk.clock.now.replace(hour=13)
    desk.release(OTHER.replace("dine", "ride").replace("dinner", "hunt").replace("cook", "groom"), "third.yaml")

    found = desk.json("record", "verify", "--head", "kept")["house_only"]

    assert (found["faults"], found["entries"]) == ([], 3)
    assert "it continues the head of 2 entries that was kept elsewhere" in found["notes"]


def test_a_head_that_is_not_signed_or_not_witnessed_is_none(desk: Desk, older: Path) -> None:
    witness = desk.tearline("record", "key", "--as-witness")[1].strip()
    ours = desk.tearline("record", "key")[1].strip()
    lone = ("record", "verify", "--head", "kept", "--key", ours)

    assert desk.tearline(*lone)[0] == 0
    assert desk.tearline(*lone, "--witness", witness)[0] == 4
    (desk.folder / "kept").write_text((desk.folder / "kept").read_text("utf-8").replace("\n2\n", "\n1\n"), "utf-8")
    assert desk.tearline(*lone)[0] == 4


def test_a_proof_and_a_record_are_not_asked_of_at_once(desk: Desk, older: Path) -> None:
    assert desk.tearline("record", "verify", "--proof", "kept", "--head", "kept")[0] == 2
    assert desk.tearline("record", "verify", "--witness", "x+00000000+AA==")[0] == 2
