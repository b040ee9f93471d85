"""A picture together with the tables of its figures."""

from __future__ import annotations

import attrs
from markupsafe import Markup


@attrs.frozen(kw_only=True)
class Cell:
    """One cell of a table; with ``href`` a link."""

    text: str
    href: str = ""


@attrs.frozen(kw_only=True)
class Table:
    """Rows under their heads; the first cell of a row names it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@attrs.frozen(kw_only=True)
class Figure:
    """A picture, how to read it, and the same as tables.

    Attributes:
        wide: Whether it needs the whole width of the page.
    """

    id: str
    title: str
    reading: str
    picture: Markup
    tables: tuple[Table, ...]
    wide: bool = False


def row(*texts: str) -> tuple[Cell, ...]:
    """A row without links."""
    return tuple(Cell(text=text) for text in texts)
