"""Checking what a log proves: that an entry is in it, and that it only ever grew.

The check walks the bits of the place in the tree; it needs nothing but the proof. Whatever is not exactly a
proof is refused: a hash too many or too few, an index outside the log, a root of another length.

Source: RFC 9162 §2.1.3.2 and §2.1.4.2; subtrees: the IETF draft on Merkle tree certificates.
"""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest
from typing import Final

from tearline.errors import PartnerError
from tearline.ledger.tree import EMPTY_ROOT, HASH_BYTES, is_subtree, node_hash

MOST_HASHES: Final = 63
"""No log is so long that a proof needs more."""


class ProofError(PartnerError):
    """A proof that proves nothing: the log, or whoever passed it on, broke the protocol."""


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that ``leaf`` is the hash of entry ``index`` in the log of that size and root.

    Raises:
        ProofError: It is not proved.
    """
    verify_subtree_inclusion(leaf, index, 0, size, proof, root)


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that ``leaf`` is the hash of entry ``index`` in a subtree with that root.

    Raises:
        ProofError: It is not proved.
    """
    _check_hashes(leaf, root, *proof)
    if not (is_subtree(start, end) and start <= index < end):
        raise ProofError(f"no entry {index} in a log part from {start} to {end}")
    here, place, last = leaf, index - start, end - start - 1
    for beside in proof:
        if last == 0:
            raise ProofError("the proof goes on beyond the root")
        if place & 1 or place == last:
            here = node_hash(beside, here)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            here = node_hash(here, beside)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof ends before the root")
    _same(here, root, "the entry leads to another root")


def verify_consistency(size: int, root: bytes, later: int, later_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the log of ``size`` entries is the beginning of that of ``later`` entries.

    Nothing can be proved of a log without entries: whoever has seen none of a log trusts its first head.

    Raises:
        ProofError: It is not proved.
    """
    if size < 1:
        raise ProofError("nothing can be proved of a log without entries")
    verify_subtree_consistency(0, size, later, proof, root, later_root)


def verify_subtree_consistency(
    start: int, end: int, size: int, proof: Sequence[bytes], subtree: bytes, root: bytes
) -> None:
    """Check that the entries from ``start`` up to ``end``, with the hash ``subtree``, are part of a log.

    The subtree without entries is part of every log.

    Raises:
        ProofError: It is not proved.
    """
    _check_hashes(subtree, root, *proof)
    if not (is_subtree(start, end) and end <= size):
        raise ProofError(f"entries from {start} to {end} are no part of a log of {size} entries that can be proved")
    if start == end:
        if proof:
            raise ProofError("a proof of nothing")
        _same(subtree, EMPTY_ROOT, "not the root of nothing")
        return
    low, place, last = start, end - 1, size - 1
    while low != place and (place & 1 or place == last):
        low, place, last = low >> 1, place >> 1, last >> 1
    rest = list(proof)
    if low == place:
        ours = theirs = subtree
    elif rest:
        ours = theirs = rest.pop(0)
    else:
        raise ProofError("the proof is empty")
    for beside in rest:
        if last == 0:
            raise ProofError("the proof goes on beyond the root")
        if place & 1 or place == last:
            ours = node_hash(beside, ours) if low < place else ours
            theirs = node_hash(beside, theirs)
            while not place & 1 and place:
                low, place, last = low >> 1, place >> 1, last >> 1
        else:
            theirs = node_hash(theirs, beside)
        low, place, last = low >> 1, place >> 1, last >> 1
    if last:
        raise ProofError("the proof ends before the root")
    _same(ours, subtree, "the earlier log had other entries")
    _same(theirs, root, "the proof leads to another root")


def _check_hashes(*hashes: bytes) -> None:
    if len(hashes) > MOST_HASHES + 2:
        raise ProofError(f"a proof of more than {MOST_HASHES} hashes")
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofError(f"a hash has {HASH_BYTES} bytes")


def _same(one: bytes, other: bytes, otherwise: str) -> None:
    if not compare_digest(one, other):
        raise ProofError(otherwise)
