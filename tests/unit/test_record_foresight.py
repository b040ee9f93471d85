"""What a record will be is summed before it is: no byte is unaccounted for, whoever is cut off."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasing_desk import OTHER, Captured, Desk, desk_in
from tearline.errors import InputError
from tearline.ledger.notes import Signer
from tearline.store import pages
from tearline.store.foresight import Foresight, fill_gaps, image_after
from tearline.store.record import Record

SIGNER = Signer.of("tearline.record/sight", bytes(range(32)))
WORDS = "They sail at dawn. " * 900
"""So many that they take pages of their own."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    made = desk_in(tmp_path, monkeypatch, capsys)
    made.release()
    return made


def cut_off_before_the_sums_arrive(desk: Desk) -> None:
    """A release that counts, of whoever is killed at once."""
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(pages, "arrive", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        desk.release(OTHER, "other.yaml")


def flip_where_nothing_is(path: Path) -> int:
    """Change a byte of a page in a place that holds nothing; the page."""
    data = bytearray(path.read_bytes())
    page = next(n for n in range(len(data) // 4096) if data[n * 4096 + 600 : n * 4096 + 700] == bytes(100))
    data[page * 4096 + 650] ^= 1
    path.write_bytes(data)
    return page


def test_a_byte_changed_after_an_act_that_was_cut_off_is_found_where_nothing_stands(desk: Desk) -> None:
    cut_off_before_the_sums_arrive(desk)
    assert desk.tearline("record", "verify")[0] == 0
    page = flip_where_nothing_is(desk.record)

    code, out, _ = desk.tearline("record", "verify")

    assert code == 4
    assert f"bytes {page * 4096} to {page * 4096 + 4095} of the file: were changed" in " ".join(out.split())
    before = desk.record.read_bytes()
    assert desk.release(OTHER, "other.yaml")[0] == 2
    assert desk.record.read_bytes() == before


def test_an_act_that_was_cut_off_leaves_nothing_to_be_told_of(desk: Desk) -> None:
    cut_off_before_the_sums_arrive(desk)

    assert desk.release(OTHER, "other.yaml")[0] == 0

    found = desk.json("record", "verify")["house_only"]
    assert (found["faults"], found["notes"], found["entries"]) == ([], [], 2)
    assert not pages.coming(desk.record).exists()


def test_sums_of_what_never_came_are_taken_away(desk: Desk) -> None:
    kept = pages.beside(desk.record).read_bytes()
    pages.coming(desk.record).write_bytes(kept.replace(b"\n1\n", b"\n9\n"))

    assert desk.tearline("record", "verify")[0] == 0
    assert desk.release(OTHER, "other.yaml")[0] == 0

    assert not pages.coming(desk.record).exists()
    assert desk.tearline("record", "verify")[0] == 0


@given(st.lists(st.integers(0, 9_000) | st.none(), min_size=1, max_size=8))
def test_a_file_becomes_what_was_foreseen(acts: list[int | None]) -> None:
    """Each act puts down words of so many bytes; ``None``: it erases the first entry that still says something."""
    seen = []

    class Watch:
        def foresee(self, record: Record) -> None:
            seen.append(image_after(record.connection))

        def arrived(self, record: Record) -> None:
            assert record.path.read_bytes() == seen[-1]

    with TemporaryDirectory() as folder:
        record = Record.create(Path(folder) / "record", SIGNER.key)
        record.watch = Watch()
        for length in acts:
            left = [each.seq for each in record.entries("release") if each.content is not None]
            if length is None and left:
                record.erase(left[0], {"by": "archivist", "why": "x"}, 1, SIGNER, lambda: bytes(32))
            else:
                record.append([("release", {"words": "w" * (length or 0)})], 1, SIGNER, lambda: bytes(32))
        record.close()
    assert len(seen) == 2 * len(acts)


def test_pages_that_hold_nothing_are_gone_after_an_erasure(desk: Desk) -> None:
    long = OTHER.replace("this week.", f"this week{'!' * 9_000}")
    desk.release(long, "long.yaml")

    assert desk.tearline("record", "erase", "1", "--by", "archivist", "--because", "time is up")[0] == 0

    with sqlite3.connect(desk.record) as connection:
        assert connection.execute("pragma freelist_count").fetchone() == (0,)
    connection.close()
    assert desk.tearline("record", "verify")[0] == 0
    assert not [path for path in desk.record.parent.rglob("*") if path.is_file() and b"!!!" in path.read_bytes()]
    assert desk.record.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_written_anew_says_the_same_and_takes_more(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "record", SIGNER.key)
    record.append([("release", {"words": WORDS}), ("release", {"words": "short"})], 1, SIGNER, lambda: bytes(32))
    record.erase(0, {"by": "archivist", "why": "x"}, 1, SIGNER, lambda: bytes(32))
    before = list(record.entries())

    fill_gaps(record, Foresight(SIGNER))

    assert list(record.entries()) == before
    assert record.connection.execute("pragma freelist_count").fetchone() == (0,)
    assert pages.read(record.path, SIGNER.key).fit(record.path, record.acts)
    assert record.append([("release", {"words": WORDS})], 1, SIGNER, lambda: bytes(32)).size == 4
    record.close()


def test_a_change_that_cannot_be_foreseen_does_not_count(desk: Desk) -> None:
    desk.record.with_name("record.db.pages.coming.new").mkdir()
    before = desk.record.read_bytes()

    code, out, err = desk.release(OTHER, "other.yaml")

    assert (code, out) == (2, "")
    assert "nothing was put on record" in err
    assert desk.record.read_bytes() == before
    with pytest.raises(InputError):
        Record(desk.record).entry(1)
