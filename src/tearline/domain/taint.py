"""A mark on material that may have been got by torture or against the law. It never comes off."""

from __future__ import annotations

from enum import Enum

import attrs


class Wrong(Enum):
    """How material may have been got."""

    TORTURE = "torture"
    UNLAWFUL = "unlawful"


@attrs.frozen(kw_only=True)
class Taint:
    """A mark made on intake. It follows to all that rests on the material, through whatever hands.

    Attributes:
        how: How it may have been got; that it may have been is enough.
        why: What makes one think so.
        authority: The named authority that has decided that it may be received and used; empty: nobody.
    """

    how: Wrong
    why: str = ""
    authority: str = ""
