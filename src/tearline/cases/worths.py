"""How a worth stands in a file: a number, or two or three in order."""

from __future__ import annotations

from typing import Any

import attrs

from tearline.cases.document import Node, SequenceNode
from tearline.cases.scalars import Number
from tearline.cases.shapes import UNREADABLE, Path, Reading, Shape, wrong
from tearline.domain import Worth
from tearline.domain.favours import MOST_WORTH
from tearline.errors import InvariantError

_EDGE = Number(0, MOST_WORTH)


def spelled(written: float | tuple[float, ...]) -> Worth:
    """What a number, a pair or three numbers stand for: a number takes half its size as doubt on each side.

    >>> spelled(4).lo, spelled((6, 10)).mid, spelled((6, 8, 10)).mid
    (2.0, 8.0, 8)
    """
    if not isinstance(written, tuple):
        return Worth(0.5 * written, written, 1.5 * written, spelled=written)
    if len(written) == 2:
        lo, hi = written
        return Worth(lo, (lo + hi) / 2, hi, spelled=(lo, hi))
    lo, mid, hi = written
    return Worth(lo, mid, hi, spelled=(lo, mid, hi))


@attrs.frozen
class Worthy(Shape):
    """A worth with its doubt."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            point = Number(0, MOST_WORTH / 2).read(node, path, reading)
            return UNREADABLE if point is UNREADABLE else spelled(point)
        edges = tuple(_EDGE.read(item, (*path, index), reading) for index, item in enumerate(node.items[:4]))
        if UNREADABLE in edges:
            return UNREADABLE
        if len(edges) not in (2, 3) or list(edges) != sorted(edges):
            return wrong(node, path, reading, "not an interval", "write lowest, best and highest: [6, 8, 10]")
        return spelled(edges)

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        for written in (value.spelled, (value.lo, value.mid, value.hi)):
            if written != "" and spelled(written) == value:
                return list(written) if isinstance(written, tuple) else written
        raise InvariantError(f"{value} cannot be spelled in a case file")

    def schema(self) -> dict[str, Any]:
        point = {"type": "number", "minimum": 0, "maximum": MOST_WORTH}
        return {"anyOf": [point, {"type": "array", "items": point, "minItems": 2, "maxItems": 3}]}

    def words(self) -> str:
        return "a number (half its size is doubt on each side), `[lowest, highest]` or `[lowest, best, highest]`"
