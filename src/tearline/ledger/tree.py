"""A log as a Merkle tree: what it commits to at every size, and the proofs that it gives.

Source: RFC 9162 §2.1 (SHA-256), the same tree as in RFC 6962. Only complete subtrees are kept: the node at
``(level, index)`` covers the entries from ``index * 2**level`` up to ``(index + 1) * 2**level``. An entry adds
less than two nodes on average, and none that is there ever changes: that is what makes proofs of an old size
good for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, Protocol

from tearline.errors import InvariantError

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a log that has no entries."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of an entry, told apart from that of two nodes by its first byte."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\1" + left + right).digest()


class Nodes(Protocol):
    """Where the complete subtrees of one log are kept."""

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree.

        Raises:
            InvariantError: The log has no such subtree.
        """
        ...


class Tree:
    """A growing log in memory.

    Laws: the root and the proofs of a size are the same however much is appended after it.
    """

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self._levels[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> int:
        """Add an entry by the hash of its data; returns its index.

        Raises:
            InvariantError: Not a hash.
        """
        return self.extend((leaf,))

    def extend(self, leaves: Sequence[bytes]) -> int:
        """Add entries by the hashes of their data; returns the index of the first.

        Raises:
            InvariantError: One is not a hash; nothing was added.
        """
        for leaf in leaves:
            if len(leaf) != HASH_BYTES:
                raise InvariantError(f"a leaf hash of {len(leaf)} bytes")
        first = self.size
        for level, place, nodes in grown(first, leaves, self.node):
            if level == len(self._levels):
                self._levels.append(bytearray())
            if len(self._levels[level]) != place * HASH_BYTES:
                raise InvariantError("a log with a hole")
            self._levels[level] += b"".join(nodes)
        return first

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        start = index * HASH_BYTES
        if not 0 <= level < len(self._levels) or index < 0 or start >= len(self._levels[level]):
            raise InvariantError(f"no complete subtree {index} on level {level}")
        return bytes(self._levels[level][start : start + HASH_BYTES])

    def root(self, size: int | None = None) -> bytes:
        """What the log of that size commits to; of its whole size if none is said."""
        return root(self, self.size if size is None else size)


class _Lookup(Protocol):
    def __call__(self, level: int, index: int, /) -> bytes: ...


def grown(first: int, leaves: Sequence[bytes], node: _Lookup) -> Iterator[tuple[int, int, Sequence[bytes]]]:
    """The subtrees that entries from index ``first`` on complete: level by level from the leaves, the index of the
    first on it, and their hashes in a row."""
    level, start, here = 0, first, leaves
    while here:
        yield level, start, here
        if start & 1:
            here = [node(level, start - 1), *here]
        here = [node_hash(here[place], here[place + 1]) for place in range(0, len(here) - 1, 2)]
        level, start = level + 1, start >> 1


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the first ``size`` entries."""
    return subtree_root(nodes, 0, size)


def subtree_root(nodes: Nodes, start: int, end: int) -> bytes:
    """The hash of the entries from ``start`` up to ``end``.

    Args:
        start: A multiple of the smallest power of two that is not below ``end - start``.
    Raises:
        InvariantError: Not such a range, or not that many entries.
    """
    if not is_subtree(start, end):
        raise InvariantError(f"entries from {start} to {end} are no subtree")
    return EMPTY_ROOT if start == end else _hash_of(nodes, start, end)


def is_subtree(start: int, end: int) -> bool:
    """Whether the entries from ``start`` up to ``end`` may hang together as one subtree of a larger log."""
    return 0 <= start <= end and (start == end or start % (1 << (end - start - 1).bit_length()) == 0)


def inclusion_path(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that entry ``index`` is in the log of that size, from the leaf to the root.

    Raises:
        InvariantError: There is no such entry.
    """
    return subtree_inclusion_path(nodes, index, 0, size)


def subtree_inclusion_path(nodes: Nodes, index: int, start: int, end: int) -> tuple[bytes, ...]:
    """The proof that entry ``index`` is in the subtree of the entries from ``start`` up to ``end``."""
    if not (is_subtree(start, end) and start <= index < end):
        raise InvariantError(f"no entry {index} between {start} and {end}")
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        beside = (middle, end) if index < middle else (start, middle)
        path.append(_hash_of(nodes, *beside))
        start, end = (start, middle) if index < middle else (middle, end)
    return tuple(reversed(path))


def consistency_path(nodes: Nodes, size: int, later: int) -> tuple[bytes, ...]:
    """The proof that the log of ``size`` entries, one at least, is the beginning of that of ``later`` entries."""
    if size < 1:
        raise InvariantError("a log without entries is the beginning of every log: there is nothing to prove")
    return subtree_consistency_path(nodes, 0, size, later)


def subtree_consistency_path(nodes: Nodes, start: int, end: int, size: int) -> tuple[bytes, ...]:
    """The proof that the entries from ``start`` up to ``end`` are a subtree of the log of that size.

    Source: RFC 9162 §2.1.4.1, and its extension to subtrees in the IETF draft on Merkle tree certificates.
    """
    if not (is_subtree(start, end) and start < end <= size):
        raise InvariantError(f"entries from {start} to {end} are no subtree of a log of {size}")
    path: list[bytes] = []
    left, right, given = 0, size, True
    while (left, right) != (start, end):
        middle = left + _split(right - left)
        if end <= middle:
            path.append(_hash_of(nodes, middle, right))
            right = middle
        else:
            path.append(_hash_of(nodes, left, middle))
            given = given and start >= middle  # else it ends in the right half, of which the proof must tell
            left, start = middle, max(start, middle)
    if not given:
        path.append(_hash_of(nodes, left, right))
    return tuple(reversed(path))


def _hash_of(nodes: Nodes, start: int, end: int) -> bytes:
    """The hash of a subtree that has entries, put together from complete ones, from the right."""
    here: bytes | None = None
    while count := end - start:
        level = (count & -count).bit_length() - 1
        part = nodes.node(level, (end >> level) - 1)
        here = part if here is None else node_hash(part, here)
        end -= 1 << level
    if here is None:
        raise InvariantError("a subtree without entries")
    return here


def _split(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1
