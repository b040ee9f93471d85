"""A paper as plain text, in pages of 78 columns and 60 lines, with the banner at the top and bottom of each.

Pages are parted by a form feed. A sentence that is longer than a page goes on overleaf.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tearline.paper.document import Document, Part

COLUMNS = 78
LINES = 60
"""A4 and Letter in a common typewriter face, with a line to spare on either."""

_BLANK = "_" * 24
_DAY = "_" * 12
_ASIDE = 11
"""Columns in front of a fact."""

Block = list[str]


def plain(found: Document) -> str:
    """The paper as plain text."""
    banner = [line for text in found.banner for line in _centred(text)]
    pages = list(_paged(list(_blocks(found)), LINES - 2 * len(banner) - 3))
    return "\f".join(_page(page, banner, number, len(pages)) for number, page in enumerate(pages, 1))


def _page(lines: Sequence[str], banner: Sequence[str], number: int, count: int) -> str:
    foot = f"Page {number} of {count}".rjust(COLUMNS)
    return "".join(f"{line}\n" for line in (*banner, "", *lines, "", foot, *banner))


def _centred(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, COLUMNS):
        yield line.center(COLUMNS).rstrip()


def _paged(blocks: Sequence[Block], room: int) -> Iterator[list[str]]:
    """Blocks in pages; one that does not fit any more begins a page, and one that fits none is cut."""
    page: list[str] = []
    for block in blocks:
        lines = block if page else _without_blank(block)
        if page and len(page) + len(lines) > room:
            yield page
            page, lines = [], _without_blank(block)
        while len(lines) > room:
            yield lines[:room]
            lines = lines[room:]
        page = [*page, *lines]
    yield page


def _without_blank(block: Block) -> Block:
    return block[1:] if block and not block[0] else block


def _blocks(found: Document) -> Iterator[Block]:
    """What must not be torn apart, from top to bottom."""
    yield _wrapped(found.heading.upper() if found.leaves else found.heading)
    if found.facts:
        yield ["", *(line for name, says in found.facts for line in _wrapped(says, f"{name:<{_ASIDE}}", _ASIDE))]
    yield from (["", *_wrapped(text)] for text in found.lead)
    for part in found.parts:
        yield from _headed(part.title, list(_part(part)))
    if found.signatures:
        yield _signed(found.signatures)


def _headed(title: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks of a part, the first one together with the title."""
    for number, block in enumerate(blocks):
        if number == 0:
            yield ["", *([*_wrapped(title)] if title else []), *block]
        else:
            yield block


def _part(part: Part) -> Iterator[Block]:
    for number, each in enumerate(part.sentences, 1):
        grade = f" [{each.grade}]" if each.grade else ""
        mark = f"{each.mark} " if each.mark else ""
        gap = [""] if number > 1 else []
        yield [*gap, *_wrapped(f"{mark}{each.words}{grade}", f"{number:>3}. ", 5)]
    yield from (_wrapped(box, "  [ ] ", 6) for box in part.boxes)
    yield from (_wrapped(point, "  - ", 4) for point in part.points)


def _signed(signatures: Sequence[tuple[str, str]]) -> Block:
    signed = [_wrapped(f"{role}: {name}".rstrip()) for role, name in signatures]
    return [line for who in signed for line in ("", *who, "", f"  {_BLANK} on {_DAY}")]


def _wrapped(text: str, first: str = "", indent: int = 0) -> Block:
    return textwrap.wrap(
        text, COLUMNS, initial_indent=first, subsequent_indent=" " * indent, break_on_hyphens=False
    ) or [first.rstrip()]
