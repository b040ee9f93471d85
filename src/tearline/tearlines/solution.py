"""What a search hands back, and how long it may take."""

from __future__ import annotations

from collections.abc import Callable

import attrs

NODES = 20_000
"""Nodes after which the search stops and states its gap. Nodes, not seconds: the same answer everywhere."""

Progress = Callable[[int, int | None, int], None]
"""Called at each node with the nodes so far, the best value so far, and the bound on all texts."""

Stop = Callable[[], bool]
"""Asked at each node; the search ends with what it has when the answer is true."""


@attrs.frozen(kw_only=True)
class Solution:
    """The best text found, and what is proved about it.

    Attributes:
        options: One option per block; ``None`` where no text inside the limits was found.
        value: Its value, in millionths; 0 where there is none.
        load: The largest share of any limit that it uses up, to ten digits.
        upper_bound: No text inside the limits is worth more than this; never below ``value``.
        proved: Whether ``value`` is the largest possible; without options: that no text is inside.
        canonical: Whether, besides, no text of that value has a smaller load, or the same load and
            smaller versions.
        nodes: Nodes looked at.
    """

    options: tuple[int, ...] | None
    value: int
    load: float
    upper_bound: int
    proved: bool
    canonical: bool
    nodes: int


@attrs.frozen(kw_only=True)
class Limits:
    """When to stop, and whom to tell meanwhile."""

    nodes: int | None = NODES
    progress: Progress | None = None
    stop: Stop | None = None

    def stopped(self, nodes: int) -> bool:
        """Whether a search that has looked at so many nodes must end."""
        return (self.nodes is not None and nodes >= self.nodes) or (self.stop is not None and self.stop())
