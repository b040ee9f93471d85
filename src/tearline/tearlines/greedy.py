"""A good text quickly: the first answer of the search, never the last word.

:func:`greedy` makes one claim after another more exact, the cheapest gain first. :func:`improved` then
changes one or two blocks at a time as long as the text is worth more for it. Both only propose; every
step is measured exactly before it is taken.
"""

from __future__ import annotations

import numpy as np

from tearline.exposure.envelope import Floats, Ints
from tearline.tearlines.bounds import Panel

TRIALS = 40
"""How many exchanges are measured before a text is taken to be as good as exchanges can make it."""


def greedy(panel: Panel) -> tuple[int, ...] | None:
    """Start from silence and take the option with the most value for the least exposure, again and again.

    Returns:
        A text inside every limit, or ``None`` where even silence is not.
    """
    layout = panel.layout
    rows = layout.rows(panel.problem.silence())
    if not panel.admits(layout.options(rows)):
        return None
    barred = np.zeros(len(layout.value), dtype=np.bool_)
    while True:
        gain = layout.value - layout.value[rows][layout.block]
        open_rows = np.flatnonzero((gain > 0) & ~barred)
        if not len(open_rows):
            return layout.options(rows)
        cost = _costs(panel, rows)[open_rows]
        row = int(open_rows[int(np.argmax(gain[open_rows] / np.maximum(cost, 1e-9)))])
        tried = _with(panel, rows, [row])
        if panel.admits(layout.options(tried)):
            rows = tried
        else:
            barred[row] = True


def improved(panel: Panel, options: tuple[int, ...]) -> tuple[int, ...]:
    """Exchange one or two options of an admissible text for more value until no exchange is found."""
    layout = panel.layout
    rows, left = layout.rows(options), TRIALS
    while left:
        for pair in _exchanges(panel, rows):
            left -= 1
            tried = _with(panel, rows, pair)
            if panel.plausible(tried[None, :])[0] and panel.admits(layout.options(tried)):
                rows, left = tried, TRIALS
                break
            if not left:
                break
        else:
            break
    return layout.options(rows)


def _with(panel: Panel, rows: Ints, changed: list[int]) -> Ints:
    after = rows.copy()
    after[panel.layout.block[changed]] = changed
    return after


def _costs(panel: Panel, rows: Ints) -> Floats:
    """For each row what it would take from the least sheltered suspect, in nats."""
    least_now, least_then = np.inf, np.full(len(panel.layout.value), np.inf)
    with np.errstate(all="ignore"):
        for index in range(len(panel.suspects)):
            start, ratio = panel.around(index, rows)
            least_now = min(least_now, float(start.sum()))
            least_then = np.minimum(least_then, ratio @ start)
        if not np.isfinite(least_now):
            return np.ones(len(panel.layout.value))
        costs: Floats = np.nan_to_num(np.log(least_now) - np.log(least_then), nan=0.0)
    return costs


def _exchanges(panel: Panel, rows: Ints) -> list[list[int]]:
    """Exchanges of two options (or one) that gain value and leave the tightest suspect enough shelter."""
    layout = panel.layout
    gain = layout.value - layout.value[rows][layout.block]
    together = gain[:, None] + gain[None, :]
    wanted = (together > 0) & (layout.block[:, None] < layout.block[None, :])
    index = panel.tightest(rows)
    with np.errstate(all="ignore"):
        if index is not None:
            start, ratio = panel.around(index, rows)
            wanted &= ~((ratio * start) @ ratio.T < panel.enough)
    one, other = np.nonzero(wanted)
    order = np.lexsort((other, one, -together[one, other]))[:TRIALS]
    return [[int(one[k]), int(other[k])] for k in order]
