"""Tilts: value and shelter in one inequality.

Bounds on shelter let every block take its vaguest words, bounds on value its most exact ones; a text
cannot do both. For a text inside the limits the sum over rivals of ``start * product of ratios`` is at
least 1. Multiply both sides by ``exp(slope * value of the text)``: on the left that goes into the ratios,
since values add up block by block, so each rival now prefers words that are worth something *and* that it
could have said. With the best row of every block for each rival::

    value of the text  <=  log(sum over rivals of start * product of max(ratio * exp(slope * value))) / slope

for every slope above 0; with one row fixed the same bounds the worth of texts with that row. The bound has
one minimum over slopes; it is looked for from where it was last found.
"""

from __future__ import annotations

import math

import attrs
import numpy as np

from tearline.exposure.envelope import Floats, Ints
from tearline.tearlines.suspects import SMALLEST_RATIO, Singles

STEPS = (2.0, 1.3)
"""Factors by which slopes are tried, up and down."""

LOST = 1e-30
"""More than shares too small for single precision can come to together."""

LEAST_SLOPE, MOST_SLOPE = 1e-2, 1e3
"""Slopes are counted per largest possible value."""


@attrs.frozen(eq=False, kw_only=True)
class Tilted:
    """What a suspect allows at most.

    Attributes:
        worth: For each row, of all rows of a text together.
        bound: For all texts.
        slope: Where the bound is least, per largest possible value.
    """

    worth: Floats
    bound: float
    slope: float


@attrs.frozen(eq=False, kw_only=True)
class Tilting:
    """A suspect at a node, with what its open rows are worth.

    Attributes:
        ratio: Shape ``(rows, rivals)``, in [0, 1].
        start: What each rival counts for if every part takes its largest ratio.
        value: What each row is worth.
        firsts: The first row of each part.
        enough: What shelter must reach, less what sums may have lost.
    """

    ratio: Singles
    start: Floats
    value: Floats
    firsts: Ints
    enough: float

    def least(self, slope: float) -> Tilted | None:
        """The tightest bound, looked for from ``slope`` on; ``None`` where nothing is known."""
        found = self._at(slope)
        for step in STEPS:
            for factor in (step, 1 / step):
                while found is not None and LEAST_SLOPE < found.slope * factor < MOST_SLOPE:
                    other = self._at(found.slope * factor)
                    if other is None or other.bound >= found.bound:
                        break
                    found = other
        return found

    def _at(self, slope: float) -> Tilted | None:
        top = np.maximum.reduceat(self.value, self.firsts)
        scale = float(top.sum() - np.minimum.reduceat(self.value, self.firsts).sum())
        if scale <= 0:
            return None
        size = np.diff(self.firsts, append=len(self.value))
        steep = slope / scale
        tilted = self.ratio * np.exp(steep * (self.value - np.repeat(top, size))).astype(np.float32)[:, None]
        np.maximum(tilted, SMALLEST_RATIO, out=tilted)  # what is raised only weakens the bound
        peak = np.maximum.reduceat(tilted, self.firsts, axis=0)
        start = self.start * peak.prod(axis=0, dtype=np.float64)
        most = float(start.sum())
        if not 0 < most < np.inf:
            return None
        tilted /= np.repeat(peak, size, axis=0)
        share = (tilted @ (start / most).astype(np.float32)).astype(np.float64) + LOST
        bound = float(top.sum()) + math.log(most / self.enough) / steep
        worth = np.minimum(bound + np.log(share / self.enough) / steep, bound)
        return Tilted(worth=worth, bound=min(bound, float(np.maximum.reduceat(worth, self.firsts).min())), slope=slope)
