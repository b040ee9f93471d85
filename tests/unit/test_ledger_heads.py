"""Heads of logs: the published signatures to the digit, and everything that must not pass for one."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.errors import InputError
from tearline.ledger import checkpoints, notes
from tearline.ledger.checkpoints import Checkpoint, cosign, cosigned_at, open_checkpoint, parse
from tearline.ledger.commitments import canonical, commit, opens
from tearline.ledger.notes import Key, NoteError, Scheme, Signer
from tearline.ledger.tiles import Tile, bundle, entries_path, tiles
from tearline.ledger.tree import EMPTY_ROOT, Tree, consistency_path, leaf_hash
from tearline.ledger.witness import SIZE_TYPE, Reply, Status, Witness

LOG = Signer.of("tearline.example/test", bytes(range(32)))
WITNESS = Signer.of("witness.example/w1", bytes(range(32, 64)), Scheme.COSIGNATURE)
ROOT = base64.b64decode("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=")
HEAD = Checkpoint("tearline.example/test", 8, ROOT)
SIGNED = (
    "tearline.example/test\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n"
    "\u2014 tearline.example/test 4vY+I+wQPVJn4+rz24Twc/Cp8/Y/j7UME3OimUYwD2VT1qdggChQAjbRBnBe+Bsa5eMh7mD6P7xrQQAEdCld"
    "vIsnWAY=\n"
)
COSIGNED = (
    "\u2014 witness.example/w1 IDJKvgAAAABlU/EAseGDXLUUIeHuw0TBjuBLWyhK2OA0zC7hSaxoBsk0hi81FMqfb7lE1KlF5WKnrb/9rbPFVzN9"
    "+po5HlpQ3Mo8Cw==\n"
)


class KeptHeads:
    """The heads that a witness has seen, in memory."""

    def __init__(self) -> None:
        self.seen: dict[str, Checkpoint] = {}

    def advance(self, origin: str, step: Callable[[Checkpoint | None], Checkpoint]) -> Checkpoint:
        self.seen[origin] = step(self.seen.get(origin))
        return self.seen[origin]


def witness() -> Witness:
    return Witness(signer=WITNESS, logs={LOG.name: (LOG.key,)}, heads=KeptHeads())


def log_of(count: int, salt: bytes = b"") -> Tree:
    log = Tree()
    for number in range(count):
        log.append(leaf_hash(salt + b"%d" % number))
    return log


def asked(old: int, log: Tree, size: int, signer: Signer = LOG, proof: bool = True) -> bytes:
    head = Checkpoint(LOG.name, size, log.root(size))
    path = consistency_path(log, old, size) if old and proof else ()
    lines = [f"old {old}", *(base64.b64encode(each).decode() for each in path)]
    note = notes.sign(str(head), [attrs.evolve(signer, name=LOG.name)])
    return ("\n".join(lines) + "\n\n" + str(note)).encode()


# --- signatures -----------------------------------------------------------------------------------------


def test_the_published_head_and_key_come_out() -> None:
    assert str(HEAD.signed(LOG)) == SIGNED
    assert LOG.key.id.hex() == "e2f63e23"
    assert str(LOG.key) == "tearline.example/test+e2f63e23+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    assert Key.parse(str(LOG.key)) == LOG.key


def test_the_published_cosignature_comes_out() -> None:
    line = cosign(str(HEAD), WITNESS, 1_700_000_000)

    assert str(line) == COSIGNED
    assert WITNESS.key.id.hex() == "20324abe"
    assert cosigned_at(notes.read((SIGNED + COSIGNED).encode()), WITNESS.key) == 1_700_000_000


def test_a_head_is_read_back_with_the_lines_of_others_passed_over() -> None:
    assert open_checkpoint((SIGNED + COSIGNED).encode(), LOG.key) == HEAD


def test_a_secret_is_in_nothing_that_is_printed() -> None:
    assert "private" not in repr(LOG).replace("_private", "")
    assert bytes(range(32)).hex() not in repr(LOG)


@pytest.mark.parametrize(
    "changed",
    [
        SIGNED.replace("\n8\n", "\n9\n"),
        SIGNED.replace("\n8\n", "\n08\n"),
        SIGNED.replace("\n8\n", f"\n{1 << 63}\n"),
        SIGNED.replace("\n8\n", "\n\uff18\n"),
        SIGNED.replace("\n", "\r\n"),
        SIGNED.replace("\u2014", "\u2013"),
        SIGNED.replace("\u2014 ", "\u2014  "),
        SIGNED.replace("Qyg=\n\n", "Qyg= \n\n"),
        SIGNED.replace("Qyg=\n\n", "Qyg\n\n"),
        SIGNED.replace("Qyg=", "Qyh="),
        SIGNED.replace("Qyg=\n", "Qyg=\nmore\n"),
        SIGNED.rstrip("\n"),
        SIGNED + "\n",
        SIGNED.split("\n\n", maxsplit=1)[0] + "\n",
        SIGNED.replace("nWAY=", "nWAZ="),
        SIGNED.replace("tearline.example/test", "tearline.example/best"),
        SIGNED.replace("tearline.example/test", "tearline.example/best", 1),
        "\ufeff" + SIGNED,
    ],
)
def test_whatever_is_not_exactly_a_signed_head_is_refused(changed: str) -> None:
    with pytest.raises(NoteError):
        open_checkpoint(changed.encode(), LOG.key)


def test_a_key_of_the_same_name_and_id_does_not_pass() -> None:
    other = Signer.of(LOG.name, bytes(32))
    forged = notes.Signature(LOG.name, LOG.key.id, other.sign(str(HEAD).encode()))

    with pytest.raises(NoteError, match="not by its key"):
        open_checkpoint(str(notes.Note(str(HEAD), (forged,))).encode(), LOG.key)
    with pytest.raises(NoteError, match="not by its key"):
        open_checkpoint((SIGNED + str(forged)).encode(), LOG.key)
    with pytest.raises(NoteError, match="not signed by"):
        open_checkpoint(str(notes.sign(str(HEAD), [other])).encode(), LOG.key)


def test_a_line_said_twice_counts_once() -> None:
    doubled = SIGNED + SIGNED.split("\n\n")[1]

    assert open_checkpoint(doubled.encode(), LOG.key) == HEAD


def test_only_a_witness_signs_for_a_time_and_only_a_log_for_its_own_heads() -> None:
    with pytest.raises(InputError, match="key for cosignatures"):
        cosign(str(HEAD), LOG, 1)
    with pytest.raises(InputError, match="after 1970"):
        cosign(str(HEAD), WITNESS, 0)
    with pytest.raises(InputError, match="its own name"):
        HEAD.signed(attrs.evolve(LOG, name="tearline.example/other"))


def test_a_time_that_was_not_signed_is_refused() -> None:
    (line,) = notes.read((SIGNED.split("\n\n")[0] + "\n\n" + COSIGNED).encode()).signatures
    later = attrs.evolve(line, blob=(1_700_000_001).to_bytes(8, "big") + line.blob[8:])

    with pytest.raises(NoteError):
        cosigned_at(notes.Note(str(HEAD), (later,)), WITNESS.key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u200bb", "a\nb"])
def test_a_key_has_a_name_that_a_line_can_carry(name: str) -> None:
    with pytest.raises(InputError):
        Signer.of(name, bytes(32)).key  # noqa: B018


def test_an_empty_log_has_one_root() -> None:
    assert Checkpoint("log", 0, EMPTY_ROOT).size == 0
    with pytest.raises(NoteError):
        parse(f"log\n0\n{base64.b64encode(ROOT).decode()}\n")


@given(st.text(max_size=60))
def test_any_text_is_a_head_or_refused(text: str) -> None:
    with contextlib.suppress(NoteError):
        assert str(parse(text)) == text


# --- witnesses ------------------------------------------------------------------------------------------


def test_a_witness_cosigns_what_continues_what_it_saw() -> None:
    one, log = witness(), log_of(20)

    replies = [one.add_checkpoint(asked(old, log, size), 1_700_000_000) for old, size in ((0, 3), (3, 3), (3, 20))]

    assert [reply.status for reply in replies] == [Status.OK] * 3
    head = Checkpoint(LOG.name, 20, log.root())
    note = notes.read((str(head.signed(LOG)) + replies[2].body).encode())
    assert cosigned_at(note, WITNESS.key) == 1_700_000_000


def test_a_witness_says_what_it_has_seen_to_whoever_comes_from_elsewhere() -> None:
    one, log, split = witness(), log_of(20), log_of(20, b"other ")
    one.add_checkpoint(asked(0, log, 8), 1)

    assert one.add_checkpoint(asked(0, log, 20), 1) == Reply(Status.CONFLICT, "8\n", SIZE_TYPE)
    assert one.add_checkpoint(asked(4, log, 20), 1) == Reply(Status.CONFLICT, "8\n", SIZE_TYPE)
    assert one.add_checkpoint(asked(8, split, 8), 1) == Reply(Status.CONFLICT, "8\n", SIZE_TYPE)
    assert one.add_checkpoint(asked(8, split, 20), 1).status == Status.UNPROVED
    assert one.add_checkpoint(asked(8, log, 20, proof=False), 1).status == Status.UNPROVED
    assert one.add_checkpoint(asked(8, log, 20), 1).status == Status.OK
    assert one.add_checkpoint(asked(8, log, 8), 1) == Reply(Status.CONFLICT, "20\n", SIZE_TYPE)


def test_a_witness_refuses_strangers_forgers_and_nonsense() -> None:
    one, log = witness(), log_of(20)
    stranger = attrs.evolve(one, logs={})
    forged = Signer.of("forger", bytes(32))
    good = asked(0, log, 8)

    assert stranger.add_checkpoint(good, 1).status == Status.NOT_FOUND
    assert one.add_checkpoint(asked(0, log, 8, forged), 1).status == Status.FORBIDDEN
    for nonsense in (
        b"",
        b"old 8\n",
        good.replace(b"old 0", b"old 00"),
        good.replace(b"old 0", b"old -1"),
        good.replace(b"old 0", b"old 0\n?"),
        good.replace(
            b"old 0", b"old 0" + b"\n" + base64.b64encode(bytes(32)) * 1 + b"\n" * 0 + b"\n".join([b""] * 1)
        ).replace(b"old 0", b"old 9"),
        b"old 0\n" + b"\n".join([base64.b64encode(bytes(32))] * 64) + b"\n\n" + good.partition(b"\n\n")[2],
    ):
        assert one.add_checkpoint(nonsense, 1).status == Status.BAD_REQUEST
    assert one.heads.seen == {}  # type: ignore[attr-defined]


# --- commitments and tiles ------------------------------------------------------------------------------


def test_the_published_commitment_comes_out() -> None:
    record = {"kind": "release", "party": "B", "seq": 1}

    made = commit(record, bytes(range(32)))

    assert made.hex() == "bb9d13f78fa2787792018da984a7366c72281099ff54a139b752704caffb9bd9"
    assert leaf_hash(made).hex() == "3637a3113d62b254f9df79c17b2fb48ae3b06188f47ebffb7a21c53cbf64b975"
    assert opens(made, {"seq": 1, "party": "B", "kind": "release"}, bytes(range(32)))
    assert not opens(made, record | {"seq": 2}, bytes(range(32)))
    assert not opens(made, record, bytes(32))


records = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(records)
def test_a_record_has_one_spelling_and_it_is_json(record: object) -> None:
    spelled = canonical(record)  # type: ignore[arg-type]

    assert json.loads(spelled) == record
    assert canonical(json.loads(spelled)) == spelled


def test_keys_come_by_their_utf_16_units() -> None:
    assert canonical({"\U0001f600": 1, "\ufb33": 2}).decode() == '{"\U0001f600":1,"\ufb33":2}'


@pytest.mark.parametrize("record", [1.5, 2**53, "\ud800", b"bytes", {"a": {1.0: 1}}, [object()]])
def test_what_has_no_one_spelling_is_no_record(record: object) -> None:
    with pytest.raises(InputError):
        canonical(record)  # type: ignore[arg-type]


def test_the_published_tiles_come_out() -> None:
    found = list(tiles(70_000))

    by_level = {level: [tile for tile in found if tile.level == level] for level in range(4)}
    assert [len([t for t in by_level[level] if t.width == 256]) for level in range(4)] == [273, 1, 0, 0]
    assert [[t.width for t in by_level[level] if t.width < 256] for level in range(4)] == [[112], [17], [1], []]
    assert Tile(0, 1_234_067).path == "tile/0/x001/x234/067"
    assert Tile(1, 1, 17).path == "tile/1/001.p/17"
    assert entries_path(273, 112) == "tile/entries/273.p/112"


def test_a_tile_holds_the_roots_of_its_level() -> None:
    log = log_of(600)

    assert Tile(0, 2, 88).hashes(log) == b"".join(log.node(0, index) for index in range(512, 600))
    assert Tile(1, 0, 2).hashes(log) == log.node(8, 0) + log.node(8, 1)
    assert bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"


def test_a_bundle_has_its_limits() -> None:
    with pytest.raises(InputError):
        bundle([b""] * 257)
    with pytest.raises(InputError):
        bundle([bytes(1 << 16)])
    assert checkpoints.LARGEST == 2**63 - 1
