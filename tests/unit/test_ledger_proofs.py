"""Trees and their proofs: published numbers, every proof of every small log, and every way to damage one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.errors import InvariantError
from tearline.ledger.proofs import (
    ProofError,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)
from tearline.ledger.tree import (
    Tree,
    consistency_path,
    inclusion_path,
    is_subtree,
    leaf_hash,
    subtree_consistency_path,
    subtree_inclusion_path,
    subtree_root,
)

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def log_of(count: int) -> Tree:
    log = Tree()
    for number in range(count):
        log.append(leaf_hash(bytes.fromhex(DATA[number]) if number < len(DATA) else b"%d" % number))
    return log


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size: int) -> None:
    assert log_of(8).root(size).hex() == ROOTS[size]


def test_the_published_proofs_come_out() -> None:
    log = log_of(8)

    assert [h.hex()[:8] for h in inclusion_path(log, 0, 8)] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [h.hex()[:8] for h in inclusion_path(log, 5, 8)] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [h.hex()[:8] for h in inclusion_path(log, 2, 3)] == ["fac54203"]
    assert [h.hex()[:8] for h in inclusion_path(log, 1, 5)] == ["6e340b9c", "5f083f0a", "bc1a0643"]
    assert consistency_path(log, 1, 8) == inclusion_path(log, 0, 8)
    assert [h.hex()[:8] for h in consistency_path(log, 6, 8)] == ["0ebc5d34", "ca854ea1", "d37ee418"]
    assert [h.hex()[:8] for h in consistency_path(log, 2, 5)] == ["5f083f0a", "bc1a0643"]
    assert [h.hex()[:8] for h in consistency_path(log, 6, 7)] == ["0ebc5d34", "b08693ec", "d37ee418"]


def test_every_proof_of_every_small_log_is_accepted() -> None:
    log = log_of(40)

    for size in range(1, 41):
        for index in range(size):
            verify_inclusion(log.node(0, index), index, size, inclusion_path(log, index, size), log.root(size))
        for before in range(1, size + 1):
            path = consistency_path(log, before, size)
            verify_consistency(before, log.root(before), size, log.root(size), path)


def test_every_proof_of_every_part_of_a_small_log_is_accepted() -> None:
    log = log_of(24)

    for start, end in itertools.combinations(range(25), 2):
        if is_subtree(start, end):
            part = subtree_root(log, start, end)
            for index in range(start, end):
                path = subtree_inclusion_path(log, index, start, end)
                verify_subtree_inclusion(log.node(0, index), index, start, end, path, part)
            for size in range(end, 25):
                path = subtree_consistency_path(log, start, end, size)
                verify_subtree_consistency(start, end, size, path, part, log.root(size))


@given(st.data())
def test_whatever_is_changed_in_a_proof_breaks_it(data: st.DataObject) -> None:
    log = log_of(33)
    size = data.draw(st.integers(2, 33))
    index = data.draw(st.integers(0, size - 1))
    leaf, path, top = log.node(0, index), list(inclusion_path(log, index, size)), log.root(size)
    what = data.draw(st.sampled_from(["leaf", "index", "size", "hash", "root", "more", "less"]))
    bit = data.draw(st.integers(0, 255))

    def flipped(hashed: bytes) -> bytes:
        return bytes(b ^ (1 << bit % 8 if place == bit // 8 else 0) for place, b in enumerate(hashed))

    place = data.draw(st.integers(0, len(path) - 1))
    changed = {
        "leaf": (flipped(leaf), index, size, path, top),
        "index": (leaf, data.draw(st.integers(0, 40).filter(lambda i: i != index)), size, path, top),
        "size": (leaf, index, data.draw(st.integers(0, index)), path, top),
        "hash": (leaf, index, size, [*path[:place], flipped(path[place]), *path[place + 1 :]], top),
        "root": (leaf, index, size, path, flipped(top)),
        "more": (leaf, index, size, [*path, top], top),
        "less": (leaf, index, size, path[:-1], top),
    }[what]

    with pytest.raises(ProofError):
        verify_inclusion(*changed)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_heads_that_follow_one_another_follow_in_one_step_too(one: int, two: int, three: int) -> None:
    first, second, third = sorted((one, two, three))
    log = log_of(third)

    for before, after in ((first, second), (second, third), (first, third)):
        path = consistency_path(log, before, after)
        verify_consistency(before, log.root(before), after, log.root(after), path)


def test_a_log_that_was_rewritten_is_not_the_beginning_of_what_it_became() -> None:
    log, other = log_of(20), Tree()
    for index in range(20):
        other.append(leaf_hash(b"other") if index == 7 else log.node(0, index))

    for before in range(8, 20):
        with pytest.raises(ProofError):
            verify_consistency(before, log.root(before), 20, other.root(), consistency_path(other, before, 20))


def test_appending_changes_no_root_and_no_proof_of_an_earlier_size() -> None:
    short, long = log_of(11), log_of(40)

    assert long.root(11) == short.root()
    assert inclusion_path(long, 5, 11) == inclusion_path(short, 5, 11)
    assert consistency_path(long, 4, 11) == consistency_path(short, 4, 11)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_entries_added_together_make_the_same_log_as_one_after_the_other(batches: list[int]) -> None:
    one, many, count = Tree(), Tree(), 0
    for batch in batches:
        leaves = [leaf_hash(b"%d" % number) for number in range(count, count + batch)]
        assert many.extend(leaves) == count
        for leaf in leaves:
            one.append(leaf)
        count += batch

    assert many.root() == one.root()
    for index in range(count):
        assert inclusion_path(many, index, count) == inclusion_path(one, index, count)


def test_nothing_is_proved_of_nothing() -> None:
    log = log_of(3)

    with pytest.raises(InvariantError, match="nothing to prove"):
        consistency_path(log, 0, 3)
    with pytest.raises(ProofError, match="nothing can be proved"):
        verify_consistency(0, log.root(0), 3, log.root(3), [])
    with pytest.raises(ProofError, match="more than 63"):
        verify_inclusion(log.node(0, 0), 0, 3, [log.root(3)] * 64, log.root(3))
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(log.node(0, 0)[:31], 0, 1, [], log.node(0, 0)[:31])


def test_a_log_says_where_it_ends() -> None:
    log = log_of(3)

    with pytest.raises(InvariantError, match="no complete subtree 0 on level 2"):
        log.root(4)
    with pytest.raises(InvariantError, match="no entry 3"):
        inclusion_path(log, 3, 3)
    with pytest.raises(InvariantError, match="hash of 3 bytes"):
        log.append(b"abc")
