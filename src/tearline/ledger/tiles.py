"""A log laid out as files that never change: tiles of 256 hashes.

Source: C2SP tlog-tiles. Level ``L`` holds the roots of 256**L entries each; what does not fill a tile yet is
a partial tile, named with its width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from tearline.errors import InputError, InvariantError
from tearline.ledger.tree import Nodes

WIDTH: Final = 256
HEIGHT: Final = 8
MOST_ENTRY_BYTES: Final = 0xFFFF


@attrs.frozen
class Tile:
    """One tile: ``width`` roots of ``256**level`` entries each, from ``index * 256`` on."""

    level: int
    index: int
    width: int = WIDTH

    def __attrs_post_init__(self) -> None:
        if not (0 <= self.level < 64 and self.index >= 0 and 0 < self.width <= WIDTH):
            raise InvariantError(f"no tile: level {self.level}, index {self.index}, width {self.width}")

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"tile/{self.level}/{_numbered(self.index, self.width)}"

    def hashes(self, nodes: Nodes) -> bytes:
        """Its content, 32 bytes for each root."""
        first = self.index * WIDTH
        return b"".join(nodes.node(self.level * HEIGHT, place) for place in range(first, first + self.width))


def tiles(size: int) -> Iterator[Tile]:
    """Every tile of a log of that size, level by level.

    >>> [(t.level, t.index, t.width) for t in tiles(257)]
    [(0, 0, 256), (0, 1, 1), (1, 0, 1)]
    """
    level, count = 0, size
    while count:
        full, part = divmod(count, WIDTH)
        yield from (Tile(level, index) for index in range(full))
        if part:
            yield Tile(level, full, part)
        level, count = level + 1, full


def entries_path(index: int, width: int = WIDTH) -> str:
    """Where a bundle of entries is served."""
    return f"tile/entries/{_numbered(index, width)}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Up to 256 entries in one file, each with its length before it.

    Raises:
        InputError: More of them, or one that is too long.
    """
    if len(entries) > WIDTH or any(len(entry) > MOST_ENTRY_BYTES for entry in entries):
        raise InputError(f"a bundle has at most {WIDTH} entries of at most {MOST_ENTRY_BYTES} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _numbered(index: int, width: int) -> str:
    """A number in groups of three digits, all but the last marked: 1234067 is ``x001/x234/067``."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"
