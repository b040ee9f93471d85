"""`tearline record`: shown to oversight, proved without content, witnessed by a partner, erased, and attacked."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releasing_desk import CASE, OTHER, Captured, Desk, desk_in
from tearline.ledger import notes, spots
from tearline.ledger.notes import Key, Scheme, Signer
from tearline.store.pages import PAGE, beside
from tearline.store.record import Record
from tearline.store.verifying import verify

REFUSED = CASE.replace("count: 4000", "count: 3").replace("weight: 0.2", "weight: 0.0001")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    made = desk_in(tmp_path, monkeypatch, capsys)
    made.release()
    made.release(OTHER, "other.yaml")
    return made


def saved(desk: Desk, name: str, *arguments: str) -> str:
    """Run a command and keep what it prints in a file."""
    code, out, err = desk.tearline(*arguments)
    assert code == 0, err
    (desk.folder / name).write_text(out, "utf-8")
    return str(desk.folder / name)


class Partner:
    """A partner with keys and a memory of its own, who sees files only."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.monkeypatch = desk, monkeypatch
        self.ours = saved(desk, "ours.key", "record", "key")
        with self.at_home():
            self.key = saved(desk, "partner.key", "record", "key", "--as-witness")

    def at_home(self) -> Any:
        return _Home(self)

    def answer(self, request: str, *arguments: str) -> tuple[int, str, str]:
        with self.at_home():
            state = str(self.desk.folder / "partner" / "seen.db")
            return self.desk.tearline("record", "witness", "answer", request, "--state", state, *arguments)

    def ask(self, *arguments: str) -> str:
        return saved(self.desk, "request", "record", "witness", "ask", "--of", f"@{self.key}", *arguments)

    def cosign(self) -> None:
        """The whole round."""
        code, out, err = self.answer(self.ask(), "--log", f"@{self.ours}")
        assert code == 0, err
        (self.desk.folder / "answer").write_text(out, "utf-8")
        assert self.desk.tearline("record", "witness", "keep", "answer", "--of", f"@{self.key}")[0] == 0


class _Home:
    def __init__(self, partner: Partner) -> None:
        self.partner = partner

    def __enter__(self) -> None:
        self.partner.monkeypatch.setenv("TEARLINE_KEYS", str(self.partner.desk.folder / "partner" / "keys"))

    def __exit__(self, *_: object) -> None:
        self.partner.monkeypatch.setenv("TEARLINE_KEYS", str(self.partner.desk.folder / "keys"))


@pytest.fixture
def partner(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Partner:
    return Partner(desk, monkeypatch)


# --- show, prove, verify, erase -----------------------------------------------------------------------------


def test_oversight_sees_what_was_released_refused_and_by_whom_with_counts(desk: Desk) -> None:
    desk.release(REFUSED, "refused.yaml")

    code, out, _ = desk.tearline("record", "show", "--oversight")

    assert code == 0
    for words in ("“They meet this week.”", "“They dine this week.”", "authority chief", "Owner: desk", "an ambush"):
        assert words in " ".join(out.split())
    assert "releases: 2" in out
    assert "refusals: 1" in out
    found = desk.json("record", "show")["house_only"]
    assert found["counts"]["releases"] == 2
    assert [each["kind"] for each in found["entries"]] == ["release", "release", "refusal"]


def test_a_proof_is_checked_without_the_record_and_shows_no_content(desk: Desk, partner: Partner) -> None:
    proof = saved(desk, "1.proof", "record", "prove", "1")
    desk.record.rename(desk.folder / "gone")

    assert "dine" not in Path(proof).read_text("utf-8")
    assert desk.tearline("record", "verify", "--proof", proof, "--key", f"@{partner.ours}")[0] == 0
    assert desk.tearline("record", "verify", "--proof", proof)[0] == 2


def test_a_proof_with_any_byte_changed_proves_nothing(desk: Desk, partner: Partner) -> None:
    proof = Path(saved(desk, "1.proof", "record", "prove", "1"))
    key = Key.parse(Path(partner.ours).read_text("utf-8").strip())
    whole = proof.read_bytes()
    spots.check(spots.read(whole), key)

    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(notes.PartnerError):
            spots.check(spots.read(changed), key)


def test_verify_says_whether_every_byte_is_as_it_was_written(desk: Desk) -> None:
    code, out, _ = desk.tearline("record", "verify")
    assert (code, "UNCHANGED" in out) == (0, True)

    whole = desk.record.read_bytes()
    place = whole.index(b"They dine")
    desk.record.write_bytes(whole[:place] + b"W" + whole[place + 1 :])
    code, out, _ = desk.tearline("record", "verify")

    page = place // PAGE * PAGE
    assert (code, "CHANGED" in out) == (4, True)
    assert f"bytes {page} to {page + PAGE - 1} of the file" in " ".join(out.split())
    assert desk.json("record", "verify")["house_only"]["faults"] != []
    assert desk.tearline("record", "show")[0] == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_any_flipped_byte_of_a_record_of_releases_is_found_and_located(desk: Desk, data: st.DataObject) -> None:
    whole = desk.record.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    desk.record.write_bytes(whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :])

    try:
        found = desk.tearline("record", "verify", "--json")
        shown = desk.tearline("record", "show")
    finally:
        desk.record.write_bytes(whole)

    page = place // PAGE * PAGE
    places = [fault["place"] for fault in json.loads(found[1])["house_only"]["faults"]]
    assert found[0] == 4
    assert f"bytes {page} to {page + PAGE - 1} of the file" in places
    assert shown[0] in (0, 2, 4)


def test_a_byte_that_is_no_text_any_more_is_damage_and_no_mistake_of_ours(desk: Desk) -> None:
    whole = desk.record.read_bytes()
    for place in (whole.index(b"CREATE TABLE entry"), whole.index(b"They dine"), whole.index(b"tearline.record/")):
        desk.record.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        assert desk.tearline("record", "verify")[0] == 4
        assert desk.tearline("record", "show")[0] in (2, 4)
        assert desk.tearline("record", "prove", "1")[0] in (0, 2)
        assert desk.release(CASE.replace("A meeting", "The meeting"), "third.yaml")[0] == 2


def test_a_flipped_byte_of_the_sums_is_found_too(desk: Desk) -> None:
    sums = beside(desk.record)
    whole = sums.read_bytes()

    for place in range(0, len(whole), 7):
        sums.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert desk.tearline("record", "verify")[0] == 4


def test_what_was_erased_is_gone_and_still_proved(desk: Desk, partner: Partner) -> None:
    code, _, _ = desk.tearline("record", "erase", "1", "--by", "archivist", "--because", "order of the court")

    proof = saved(desk, "1.proof", "record", "prove", "1")
    assert code == 0
    assert b"They dine" not in desk.record.read_bytes()
    assert desk.tearline("record", "verify", "--proof", proof, "--key", f"@{partner.ours}")[0] == 0
    assert desk.tearline("record", "verify")[0] == 0
    _, out, _ = desk.tearline("record", "show", "--oversight")
    assert "erasure of number 1 by archivist: order of the court" in " ".join(out.split())
    assert desk.tearline("record", "erase", "1", "--by", "archivist", "--because", "again")[0] == 2
    assert desk.tearline("record", "erase", "0", "--by", "archivist", "--because", " ")[0] == 2


def test_content_that_was_taken_out_by_hand_is_no_erasure(desk: Desk) -> None:
    record = Record(desk.record)
    record.connection.execute("delete from content where seq = 0")
    record.close()

    found = verify(desk.record)

    assert "entry 0" in [fault.place for fault in found.faults]


def test_without_a_record_every_command_says_how_to_begin_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    empty = desk_in(tmp_path, monkeypatch, capsys)

    for command in (["show"], ["prove", "0"], ["verify"], ["key"], ["erase", "0", "--by", "a", "--because", "b"]):
        code, _, err = empty.tearline("record", *command)
        assert code == 2
        assert "`tearline release` begins one" in err


# --- witnesses ----------------------------------------------------------------------------------------------


def test_a_partner_cosigns_head_after_head_and_checks_a_proof_by_it(desk: Desk, partner: Partner) -> None:
    partner.cosign()
    desk.release(CASE.replace("A meeting", "The meeting").replace("meet", "sail").replace("clerk", "mate"), "3.yaml")
    partner.cosign()

    proof = saved(desk, "0.proof", "record", "prove", "0")
    check = ("record", "verify", "--proof", proof, "--key", f"@{partner.ours}", "--witness", f"@{partner.key}")
    code, out, _ = desk.tearline(*check)
    assert code == 0
    assert "saw that head at" in out
    assert desk.tearline("record", "verify")[0] == 0


def test_a_proof_that_the_witness_has_not_seen_is_none(desk: Desk, partner: Partner) -> None:
    proof = saved(desk, "0.proof", "record", "prove", "0")

    check = ("record", "verify", "--proof", proof, "--key", f"@{partner.ours}", "--witness", f"@{partner.key}")
    assert desk.tearline(*check)[0] == 4


def test_what_goes_to_a_witness_and_what_it_keeps_says_nothing_of_the_content(desk: Desk, partner: Partner) -> None:
    partner.cosign()

    held = [path.read_bytes() for path in (desk.folder / "partner").rglob("*") if path.is_file()]
    held.append((desk.folder / "request").read_bytes())
    assert not any(word in each for each in held for word in (b"meet", b"dine", b"State", b"chief", b"release"))


def test_an_old_head_is_not_cosigned_again(desk: Desk, partner: Partner) -> None:
    old = Path(partner.ask()).read_bytes()
    partner.cosign()
    desk.release(REFUSED, "refused.yaml")
    partner.cosign()
    (desk.folder / "old").write_bytes(old)

    code, out, err = partner.answer(str(desk.folder / "old"))

    assert (code, out) == (4, "")
    assert "the last head that was seen has 3 entries" in err


def test_two_heads_of_one_size_raise_the_alarm_and_are_kept(desk: Desk, partner: Partner) -> None:
    partner.cosign()
    key = Path(partner.ours).read_text("utf-8").strip().partition("+")[0]
    (file,) = (desk.folder / "keys").glob("*.key")
    record = Record.create(desk.folder / "second", Key.parse(Path(partner.ours).read_text("utf-8").strip()))
    from tearline.store.keys import Keys

    signer = Keys(file.parent, bytes).kept(key)
    record.append([("release", {"a": 1}), ("release", {"b": 1})], 1, signer, lambda: bytes(32))
    head = record.head()
    assert head is not None
    record.close()
    (desk.folder / "split").write_text(f"old 2\n\n{head[1]}", "utf-8")

    code, out, err = partner.answer(str(desk.folder / "split"))

    assert (code, out) == (4, "")
    assert "SPLIT VIEW" in err
    assert head[1].splitlines()[2].encode() in (desk.folder / "partner" / "seen.db").read_bytes()


def test_a_log_that_is_not_followed_or_comes_with_another_key_is_refused(desk: Desk, partner: Partner) -> None:
    request = partner.ask()
    other = Signer.of(Path(partner.ours).read_text("utf-8").partition("+")[0], bytes(32)).key

    assert partner.answer(request)[0] == 4
    assert partner.answer(request, "--log", f"@{partner.ours}")[0] == 0
    assert partner.answer(request, "--log", str(other))[0] == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\u2014", "\u2013"),
        lambda text: text.replace("\u2014 ", "\u2014\u00a0"),
        lambda text: text.replace("old 0", "old 00"),
        lambda text: text.replace("old 0", "old -1"),
        lambda text: text.replace("\n2\n", "\n02\n"),
        lambda text: text.replace("\n2\n", f"\n{1 << 63}\n"),
        lambda text: text.replace("\n2\n", "\n0\n"),
        lambda text: text + " ",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("old 0\n", "old 0\n" + "AAAA\n" * 64),
        lambda text: "",
    ],
    ids=["crlf", "other dash", "other space", "old 00", "old -1", "size 02", "too large", "size 0", *"abcd"],
)
def test_a_spoiled_request_is_not_answered(desk: Desk, partner: Partner, spoil: Any) -> None:
    path = desk.folder / "spoiled"
    path.write_bytes(spoil(Path(partner.ask()).read_text("utf-8")).encode())

    code, out, _ = partner.answer(str(path), "--log", f"@{partner.ours}")

    assert (code, out) == (4, "")


def test_a_signature_said_twice_is_one_and_those_of_strangers_are_passed_over(desk: Desk, partner: Partner) -> None:
    text = Path(partner.ask()).read_text("utf-8")
    last = text.splitlines()[-1]
    stranger = str(notes.sign("x\n", [Signer.of("stranger.example/a", bytes(32))]).signatures[0])
    path = desk.folder / "twice"
    path.write_text(f"{text}{last}\n{stranger}", "utf-8")

    assert partner.answer(str(path), "--log", f"@{partner.ours}")[0] == 0


def test_a_line_with_the_id_of_the_log_that_is_not_by_its_key_spoils_the_head(desk: Desk, partner: Partner) -> None:
    text = Path(partner.ask()).read_text("utf-8")
    key = Key.parse(Path(partner.ours).read_text("utf-8").strip())
    forged = notes.Signature(key.name, key.id, bytes(64))
    path = desk.folder / "forged"
    path.write_text(f"{text}{forged}", "utf-8")

    assert partner.answer(str(path), "--log", f"@{partner.ours}")[0] == 4


def test_an_answer_of_somebody_else_or_from_the_future_is_not_kept(desk: Desk, partner: Partner) -> None:
    desk.clock.now += dt.timedelta(hours=1)
    code, out, _ = partner.answer(partner.ask(), "--log", f"@{partner.ours}")
    desk.clock.now -= dt.timedelta(hours=1)
    (desk.folder / "answer").write_text(out, "utf-8")
    stranger = Signer.of("witness.example/z", bytes(32), Scheme.COSIGNATURE).key

    assert code == 0
    assert desk.tearline("record", "witness", "keep", "answer", "--of", str(stranger))[0] == 2
    code, _, err = desk.tearline("record", "witness", "keep", "answer", "--of", f"@{partner.key}")
    assert (code, "from now" in err) == (2, True)
    desk.clock.now += dt.timedelta(hours=1)
    assert desk.tearline("record", "witness", "keep", "answer", "--of", f"@{partner.key}")[0] == 0


def test_a_witness_answers_only_what_it_has_kept(desk: Desk, partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    from tearline.store.seen import Seen

    def failing(*_: object) -> None:
        raise OSError("no space left")

    request = partner.ask()
    with monkeypatch.context() as patch:
        patch.setattr(Seen, "advance", failing)
        code, out, _ = partner.answer(request, "--log", f"@{partner.ours}")
    assert (code, out) == (1, "")
    assert partner.answer(request)[0] == 0
