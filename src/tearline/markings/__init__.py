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

from tearline.errors import InputError
from tearline.markings.acs import ACS
from tearline.markings.europol import EUROPOL
from tearline.markings.grades import ADMIRALTY, UK_GRADES
from tearline.markings.iep import IEP
from tearline.markings.ism.system import ISM
from tearline.markings.legible import unknown
from tearline.markings.nato.system import KEY_OF_FILES, NATO, from_file
from tearline.markings.pap import PAP
from tearline.markings.system import System
from tearline.markings.tlp import TLP
from tearline.markings.uk import UK

_ALL: Final = (ISM, NATO, TLP, PAP, EUROPOL, UK, ADMIRALTY, UK_GRADES, IEP, ACS)

SYSTEMS: Final[dict[str, System[Any]]] = {each.key: each for each in _ALL}
"""Every system that needs no policy file, by its name on the command line."""


def system(key: str, policy: str | None = None) -> System[Any]:
    """The label system of that name.

    Args:
        policy: The text of a policy file; for labels after STANAG 4774 under a policy that is not built in.
    Raises:
        InputError: There is none, or it needs a policy and has none, or the other way round.
    """
    names = [*SYSTEMS, KEY_OF_FILES]
    if key not in names:
        raise unknown("label system", key, names, f"there are {', '.join(names)}")
    if key == KEY_OF_FILES:
        if policy is None:
            raise InputError(f"{KEY_OF_FILES} needs a policy file: `--policy FILE`; NATO's own policy is in `nato`")
        return from_file(policy)
    if policy is not None:
        raise InputError(f"`{key}` needs no policy file; labels under one are `{KEY_OF_FILES}`")
    return SYSTEMS[key]


__all__ = ["KEY_OF_FILES", "SYSTEMS", "System", "system"]
