"""The record: what is written is there whole or not at all, and no byte of it changes unseen."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.errors import InputError
from tearline.ledger import notes
from tearline.ledger.checkpoints import cosign
from tearline.ledger.commitments import opens
from tearline.ledger.notes import Key, Scheme, Signer
from tearline.ledger.proofs import verify_consistency, verify_inclusion
from tearline.ledger.tree import leaf_hash
from tearline.store import pages
from tearline.store.pledges import read
from tearline.store.record import ERASURE, Record
from tearline.store.verifying import verify

SIGNER = Signer.of("record.example/a", bytes(32))
WITNESS = Signer.of("witness.example/b", bytes([1]) * 32, Scheme.COSIGNATURE)


def salts() -> Callable[[], bytes]:
    count = itertools.count()
    return lambda: next(count).to_bytes(32, "big")


def written(path: Path, releases: int = 3) -> Path:
    record, chance = Record.create(path, SIGNER.key), salts()
    for number in range(releases):
        record.append([("release", {"to": "B", "number": number})], 1_000 + number, SIGNER, chance)
    record.close()
    pages.write(path, releases, SIGNER)
    return path


def test_what_was_written_is_read_back_and_proved(tmp_path: Path) -> None:
    record = Record(written(tmp_path / "record", 7))

    head = record.head()
    proof = record.inclusion(2)

    assert [e.content for e in record.entries("release")] == [{"to": "B", "number": n} for n in range(7)]
    assert head is not None
    verify_inclusion(leaf_hash(proof.commitment), 2, 7, proof.path, head[0].root)
    entry = record.entry(2)
    assert entry.salt is not None
    assert opens(proof.commitment, {"kind": "release", "at": 1_002, "says": {"to": "B", "number": 2}}, entry.salt)
    record.close()


def test_every_head_continues_the_one_before(tmp_path: Path) -> None:
    record, chance = Record.create(tmp_path / "record", SIGNER.key), salts()
    heads = [record.append([("release", {"n": n})], n, SIGNER, chance) for n in range(9)]

    for head in heads:
        verify_consistency(head.size, head.root, 9, heads[-1].root, record.continues(head.size))
    assert record.continues(0) == ()
    record.close()


def test_an_erased_entry_keeps_its_place_and_its_proof(tmp_path: Path) -> None:
    record, chance = Record(written(tmp_path / "record")), salts()

    record.erase(1, {"why": "the court has ordered it"}, 2_000, SIGNER, chance)

    entry, head, proof = record.entry(1), record.head(), record.inclusion(1)
    assert (entry.content, entry.salt) == (None, None)
    assert head is not None
    verify_inclusion(leaf_hash(entry.commitment), 1, 4, proof.path, head[0].root)
    assert [e.content for e in record.entries(ERASURE)] == [{"of": 1, "why": "the court has ordered it"}]
    assert b'number":1' not in record.path.read_bytes()
    record.close()
    pages.write(record.path, 4, SIGNER)
    assert verify(record.path).faults == ()
    assert verify(record.path).erased == 1


@pytest.mark.parametrize(("seq", "why"), [(9, "x"), (1, " "), (3, "x")])
def test_an_erasure_has_an_object_and_a_reason(seq: int, why: str, tmp_path: Path) -> None:
    record, chance = Record(written(tmp_path / "record")), salts()
    record.erase(0, {"why": "first"}, 2_000, SIGNER, chance)

    with pytest.raises(InputError):
        record.erase(seq, {"why": why}, 2_000, SIGNER, chance)
    with pytest.raises(InputError, match="erased before"):
        record.erase(0, {"why": "again"}, 2_000, SIGNER, chance)
    assert record.size == 4
    record.close()


def test_nobody_else_writes_and_nothing_is_dated_back(tmp_path: Path) -> None:
    record, chance = Record(written(tmp_path / "record")), salts()
    other = Signer.of(SIGNER.name, bytes([9]) * 32)

    with pytest.raises(InputError, match="signed by"):
        record.append([("release", {})], 2_000, other, chance)
    with pytest.raises(InputError, match="clock"):
        record.append([("release", {})], 999, SIGNER, chance)
    with pytest.raises(InputError, match="nothing"):
        record.append([], 2_000, SIGNER, chance)
    with pytest.raises(InputError):
        record.append([("release", {}), ("release", {"half": 0.5})], 2_000, SIGNER, chance)  # type: ignore[dict-item]
    assert record.size == 3
    record.close()
    assert verify(record.path).faults == ()


def test_a_witness_signs_the_head_it_was_shown(tmp_path: Path) -> None:
    record = Record(written(tmp_path / "record"))
    last = record.head()
    assert last is not None

    assert record.witnessed(cosign(str(last[0]), WITNESS, 5_000), WITNESS.key) == (last[0], 5_000)

    with pytest.raises(InputError, match="no head of this record"):
        record.witnessed(cosign("another\n", WITNESS, 5_000), WITNESS.key)
    record.close()


def test_a_record_is_not_begun_twice_nor_read_from_anything_else(tmp_path: Path) -> None:
    path = written(tmp_path / "record")
    (tmp_path / "notes.txt").write_text("no record, but some text that is long enough to be one " * 20)
    sqlite3.connect(tmp_path / "other").execute("create table t (x)").connection.close()

    with pytest.raises(InputError, match="there is a record already"):
        Record.create(path, SIGNER.key)
    for name in ("nothing", "notes.txt", "other"):
        with pytest.raises(InputError, match="record"):
            Record(tmp_path / name)


def test_an_untouched_record_has_no_faults(tmp_path: Path) -> None:
    path = written(tmp_path / "record")

    assert verify(path) == verify(path, SIGNER.key)
    assert verify(path).faults == ()
    assert verify(path).entries == 3


def test_a_record_with_another_key_is_not_ours(tmp_path: Path) -> None:
    other = Signer.of("record.example/b", bytes([7]) * 32)

    assert verify(written(tmp_path / "record"), other.key).faults != ()


@given(data=st.data())
def test_any_flipped_byte_is_found_and_located(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = written(tmp_path_factory.mktemp("flip") / "record")
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])

    found = verify(path, SIGNER.key)

    page = at // pages.PAGE * pages.PAGE
    assert f"bytes {page} to {page + pages.PAGE - 1} of the file" in [fault.place for fault in found.faults]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("update content set record = replace(record, '\"B\"', '\"C\"') where seq = 1", "entry 1"),
        ("update entry set at = 5 where seq = 1", "entry 1"),
        ("update entry set kind = 'refusal' where seq = 1", "entry 1"),
        ("update content set salt = zeroblob(32) where seq = 2", "entry 2"),
        ("update entry set commitment = zeroblob(32) where seq = 1", "entry 1"),
        ("update node set hash = zeroblob(32) where level = 1", "node 0 on level 1"),
        ("delete from node where level = 1", "the tree"),
        ("delete from head where size = 3", "the last head"),
        ("update head set note = replace(note, 'record', 'rekord') where size = 2", "the head of 2 entries"),
        ("pragma foreign_keys = off; delete from entry where seq = 1", "entry 1"),
        (
            "pragma foreign_keys = off; delete from entry where seq = 2; delete from content where seq = 2",
            "the last head",
        ),
        ("update log set key = key || 'x'", "the file"),
        ("drop table head", "the file"),
    ],
)
def test_whatever_is_changed_with_the_tools_of_the_trade_is_found_too(change: str, place: str, tmp_path: Path) -> None:
    path = written(tmp_path / "record")
    connection = sqlite3.connect(path)
    connection.executescript(change)
    connection.close()

    found = verify(path)

    assert place in [fault.place for fault in found.faults]


def test_a_history_written_anew_by_somebody_without_the_key_is_found(tmp_path: Path) -> None:
    mine = written(tmp_path / "record")
    forger = Signer.of(SIGNER.name, bytes([5]) * 32)
    record = Record.create(tmp_path / "forged", forger.key)
    record.append([("release", {"to": "C"})], 1_000, forger, salts())
    record.close()
    pages.write(tmp_path / "forged", 1, forger)

    assert verify(mine, SIGNER.key).faults == ()
    assert verify(tmp_path / "forged").faults == ()
    assert verify(tmp_path / "forged", SIGNER.key).faults != ()


ACT = """
import os, signal, sys
from pathlib import Path
from tearline.ledger.notes import Key, Signer
from tearline.store import pages
from tearline.store.pledges import Pledges
from tearline.store.record import Record

def act(path, until):
    steps = 0
    def step(frame, event, arg):
        nonlocal steps
        if "tearline" in frame.f_code.co_filename:
            steps += 1
            if steps == until:
                os.kill(os.getpid(), signal.SIGKILL)
            return step
    signer = Signer.of("record.example/a", bytes(32))
    record, pledges = Record(path), Pledges(path.with_name(path.name + ".head"), signer)
    pledges.begin()
    sys.settrace(step)
    record.append([("release", {"to": "B"}), ("decision", {"was": "allow"})], 5_000, signer, lambda: bytes(32), pledges)
    record.close()
    pages.write(path, 5, signer)
    sys.settrace(None)
    return steps

folder = Path(sys.argv[1])
begun = (folder / "record").read_bytes(), (folder / "record.pages").read_bytes()
last = act(folder / "record", 0)
for until in range(1, last + 1, 3):
    path = folder / str(until)
    path.write_bytes(begun[0])
    pages.beside(path).write_bytes(begun[1])
    child = os.fork()
    if not child:
        act(path, until)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
"""


def test_whoever_is_killed_while_writing_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    whole = written(tmp_path / "record")

    subprocess.run([sys.executable, "-c", ACT, str(tmp_path)], check=True)

    killed = sorted((path for path in tmp_path.iterdir() if path.name.isdecimal()), key=lambda path: int(path.name))
    pledged = [read(path.with_name(path.name + ".head"), SIGNER.key) for path in killed]
    found = [verify(path, SIGNER.key, sums=False, pledged=each) for path, each in zip(killed, pledged, strict=True)]
    assert len(found) > 50
    assert [verdict.faults for verdict in found] == [()] * len(found)
    sizes = [verdict.entries for verdict in found]
    assert set(sizes) == {3, 5}
    assert sizes == sorted(sizes)
    assert verify(whole, SIGNER.key).entries == 5


def test_sums_of_an_earlier_entry_say_so(tmp_path: Path) -> None:
    path = written(tmp_path / "record")
    record = Record(path)
    record.append([("release", {})], 2_000, SIGNER, salts())
    record.close()

    found = verify(path, sums=False)

    assert verify(path).faults[0].place == "the sums"
    assert found.faults == ()
    assert found.notes == ("the sums beside the record are older than the last act on it, which was cut off after it",)


def test_two_who_write_at_once_write_one_after_the_other(tmp_path: Path) -> None:
    path = written(tmp_path / "record")
    one, other = Record(path), Record(path)

    one.append([("release", {})], 2_000, SIGNER, salts())
    other.append([("release", {})], 2_000, SIGNER, salts())

    assert (one.size, other.size) == (5, 5)
    assert Key.parse(str(one.key)) == SIGNER.key
    one.close()
    other.close()


def test_the_sums_of_a_large_record_are_read_back(tmp_path: Path) -> None:
    large = tmp_path / "record"
    with large.open("wb") as file:
        file.truncate(80 * 2**20)

    pages.write(large, 5, SIGNER)

    assert pages.beside(large).stat().st_size > notes.MOST_BYTES
    assert pages.read(large, SIGNER.key).fit(large, 5)
