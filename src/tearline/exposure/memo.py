"""Remembering what was worked out of parts of a case, as long as there is room.

A case that is changed in one place shares all other parts with the one before, so parts are told apart by
being the very same object: comparing them costs nothing, and equal parts that are two objects are worked out twice.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

import attrs

from tearline.exposure.envelope import Floats

ROOM: Final = 8_000_000
"""So many floats are remembered: 64 MB."""


@attrs.define(eq=False)
class Memo:
    """Arrays by the objects that they follow from; those not asked for the longest are forgotten first.

    Laws: :meth:`of` returns what ``work`` would return, and nobody can write to it; what is kept never needs
    more than ``room`` floats. Several threads may ask: at worst something is worked out twice.
    """

    room: int = ROOM
    _kept: OrderedDict[Hashable, tuple[tuple[object, ...], Floats]] = attrs.field(
        factory=OrderedDict, init=False, repr=False
    )

    def of(self, parts: tuple[object, ...], key: Hashable, work: Callable[[], Floats]) -> Floats:
        """What ``work`` makes of ``parts``, immutable objects, and ``key``."""
        name = (*map(id, parts), key)  # parts are kept alive here, so that no other object has their ids
        found = self._kept.pop(name, None)
        if found is not None:
            self._kept[name] = found
            return found[1]
        made = work()
        made.flags.writeable = False
        if made.size <= self.room:
            self._kept[name] = (parts, made)
            while sum(array.size for _, array in list(self._kept.values())) > self.room:
                with contextlib.suppress(KeyError):  # another thread has made room
                    self._kept.popitem(last=False)
        return made
