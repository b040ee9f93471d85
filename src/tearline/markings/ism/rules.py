"""What is wrong with a US marking that can be read all the same: each fault with the number of its rule.

Marks that contradict themselves, or whose words are not known, are never built (see
:class:`~tearline.markings.ism.mark.IsmMark`). What is listed here breaks a rule, and every function takes it at its
strictest: a release list that is missing releases to nobody.

Source: the rules of ISM.XML 2021-NOVr2022-NOV (ODNI), as far as a desk that shares meets them; some 535 exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from tearline.markings.ism.mark import FOREIGN_DISCLOSURE, IsmMark


@attrs.frozen
class Fault:
    """One rule that a marking breaks.

    Attributes:
        advice: It is a warning only; the marking may stand.
    """

    rule: str
    text: str
    advice: bool = False

    def __str__(self) -> str:
        return f"{self.text} ({self.rule})"


def _has(mark: IsmMark, *tokens: str) -> bool:
    return bool({*mark.dissem, *mark.non_ic, *mark.sci} & set(tokens))


_RULES: Final[tuple[tuple[str, str, Callable[[IsmMark], bool]], ...]] = (
    (
        "ISM-ID-00028",
        "ORCON and EYES ONLY are for TS, S and C only",
        lambda m: m.classification in ("U", "R") and _has(m, "OC", "EYES"),
    ),
    (
        "ISM-ID-00031",
        "REL TO or EYES ONLY without its list of countries; it releases to nobody",
        lambda m: _has(m, "REL", "EYES") and not m.release_to,
    ),
    (
        "ISM-ID-00213",
        "DISPLAY ONLY without its list of countries; it shows to nobody",
        lambda m: _has(m, "DISPLAYONLY") and not m.display_to,
    ),
    (
        "ISM-ID-00214",
        "a release list begins with USA; without it nobody abroad may have this",
        lambda m: bool(m.release_to) and "USA" not in m.release_to,
    ),
    (
        "ISM-ID-00319",
        "a release list with USA alone releases to nobody abroad",
        lambda m: m.release_to == ("USA",),
    ),
    ("ISM-ID-00044", "SI-G is for TOP SECRET only", lambda m: _has(m, "SI-G") and m.classification != "TS"),
    ("ISM-ID-00045", "SI-G needs ORCON", lambda m: _has(m, "SI-G") and not _has(m, "OC")),
    (
        "ISM-ID-00048",
        "HCS is for TOP SECRET and SECRET only",
        lambda m: _has(m, "HCS", "HCS-O", "HCS-P", "HCS-X") and m.classification not in ("TS", "S"),
    ),
    (
        "ISM-ID-00049",
        "HCS needs NOFORN",
        lambda m: _has(m, "HCS", "HCS-O", "HCS-P", "HCS-X") and not _has(m, "NF"),
    ),
    ("ISM-ID-00313", "NODIS needs NOFORN", lambda m: _has(m, "ND") and not _has(m, "NF")),
    ("ISM-ID-00314", "EXDIS needs NOFORN", lambda m: _has(m, "XD") and not _has(m, "NF")),
)
_ADVICE: Final[tuple[tuple[str, str, Callable[[IsmMark], bool]], ...]] = (
    (
        "ISM-ID-00119",
        "a classified portion of the intelligence community says whether foreigners may have it",
        lambda m: m.classified and not FOREIGN_DISCLOSURE & set(m.dissem),
    ),
    (
        "ISM-ID-00124",
        "RELIDO on what is not of the United States",
        lambda m: _has(m, "RELIDO") and "USA" not in m.owners,
    ),
)


def faults(mark: IsmMark) -> tuple[Fault, ...]:
    """The rules that ``mark`` breaks, errors before advice."""
    broken = [Fault(rule, text) for rule, text, applies in _RULES if applies(mark)]
    return (*broken, *(Fault(rule, text, advice=True) for rule, text, applies in _ADVICE if applies(mark)))
