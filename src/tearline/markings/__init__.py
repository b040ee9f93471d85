"""Label systems: what a marking says, how it rolls up, who may read, and what is lost on the way to another system.

A marking says who may *read*; what a reader can *work out* is the exposure engine's question. Each system has one
shape, :class:`~tearline.markings.system.System`: read exact words, write every form, roll up without ever loosening,
admit readers, and say what recipients may do in the normal form of :mod:`tearline.markings.handling`, where alone
two systems meet (:mod:`tearline.markings.mapping`). What is not known is refused or taken at its strictest, never
guessed. Nothing here opens a file: whoever has a policy file hands over its text.

Read next: :mod:`tearline.markings.ism.rollup`.
"""

from __future__ import annotations

from typing import Any, Final

from tearline.markings.europol import EUROPOL
from tearline.markings.grades import ADMIRALTY, UK_GRADES
from tearline.markings.ism.system import ISM
from tearline.markings.legible import unknown
from tearline.markings.pap import PAP
from tearline.markings.system import System
from tearline.markings.tlp import TLP
from tearline.markings.uk import UK

SYSTEMS: Final[dict[str, System[Any]]] = {each.key: each for each in (ISM, TLP, PAP, EUROPOL, UK, ADMIRALTY, UK_GRADES)}
"""Every system that needs no policy file, by its name on the command line."""


def system(key: str) -> System[Any]:
    """The label system of that name.

    Raises:
        InputError: There is none.
    """
    if key not in SYSTEMS:
        raise unknown("label system", key, SYSTEMS, f"there are {', '.join(SYSTEMS)}")
    return SYSTEMS[key]


__all__ = ["SYSTEMS", "System", "system"]
