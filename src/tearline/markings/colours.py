"""A colour for every banner, beside its words and never instead of them.

Every pair of background and text is readable: its contrast is at least 4.5 (WCAG 2, level AA), which a test
works out. Monochrome print loses nothing, since the words say it all.
"""

from __future__ import annotations

from enum import Enum


class Colour(Enum):
    """A background and the colour of the text on it, as six hexadecimal digits each.

    Source: US levels by convention (from memory); TLP 2.0 (FIRST), and PAP with the same colours. No colours are
    laid down for NATO, the UK, Europol and the others: they get a neutral dark one.
    """

    GREEN = ("007A33", "FFFFFF")
    BLUE = ("0033A0", "FFFFFF")
    RED = ("C8102E", "FFFFFF")
    ORANGE = ("FF8C00", "000000")
    YELLOW = ("FCE83A", "000000")
    LIGHT_RED = ("000000", "FF2B2B")
    LIGHT_AMBER = ("000000", "FFC000")
    LIGHT_GREEN = ("000000", "33FF00")
    LIGHT_CLEAR = ("000000", "FFFFFF")
    NEUTRAL = ("1F2A36", "FFFFFF")

    @property
    def background(self) -> str:
        """The background, as ``#RRGGBB``."""
        return f"#{self.value[0]}"

    @property
    def text(self) -> str:
        """The text, as ``#RRGGBB``."""
        return f"#{self.value[1]}"

    @property
    def contrast(self) -> float:
        """Contrast of text and background, from 1 to 21 (WCAG 2).

        >>> round(Colour.RED.contrast, 2)
        5.88
        """
        dark, light = sorted(map(_luminance, self.value))
        return (light + 0.05) / (dark + 0.05)


def _luminance(digits: str) -> float:
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
